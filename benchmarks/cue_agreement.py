"""How far two readers agree on which facial actions an everyday phrase describes.

The first reading is ``au_cues.tsv``; the second, blind to it, ``cue_readings.tsv``. A category is the
set of action groups with the polarity; sides and intensities are left out. Prints exact agreement
with a Wilson interval, the mean overlap of the action units named (Jaccard), and every disagreement.
"""

from statistics import fmean

from agreement import wilson
from run_info import print_run_info

from affectgraph.ontology.au_grammar import parse_actions
from affectgraph.ontology.rows import Row, read_table

Groups = frozenset[frozenset[str]]


def groups(row: Row) -> Groups:
    """Return the action groups of a row as sets of FACS numbers."""
    parsed = parse_actions(row["aus"])
    return frozenset(frozenset(term.number for term in group) for group in parsed)


def overlap(first: Groups, second: Groups) -> float:
    """Return the Jaccard overlap of the units that two readings name, 0 to 1."""
    one, other = frozenset().union(*first), frozenset().union(*second)
    return len(one & other) / len(one | other) if one | other else 1.0


def main() -> None:
    """Print the figures and the disagreements."""
    print_run_info()
    cues = {row["cue"]: row for row in read_table("au_cues")}
    pairs = [(cues[row["cue"]], row) for row in read_table("cue_readings") if row["cue"] in cues]
    differ = [
        (first, second)
        for first, second in pairs
        if (groups(first), first["polarity"]) != (groups(second), second["polarity"])
    ]
    size, equal = len(pairs), len(pairs) - len(differ)
    low, high = wilson(equal / size, size)
    shared = fmean(overlap(groups(first), groups(second)) for first, second in pairs)
    print(f"phrases: {len(cues)} in the table, {size} read twice")
    print(f"same actions: {equal} of {size}, {equal / size:.1%} (95 % {low:.1%} to {high:.1%})")
    print(f"mean overlap of units: {shared:.3f}\n")
    for first, second in differ:
        said = [f"{row['aus'] or 'none'} {row['polarity']}" for row in (first, second)]
        print(f"{first['cue']!r}: {' | '.join(said)} | now {first['confidence']}")


if __name__ == "__main__":
    main()
