"""Counts the rows of ``word_uses.tsv``, and how two readers agree on the same words.

Run: python benchmarks/word_use_agreement.py. The second reader saw neither the first reading nor the
annotator. "Marked alone" is the line that matters most: a word that counts unless something speaks
against it (feeling, mostly), or one that needs a sign of feeling beside it (sometimes, seldom).
"""

from collections import Counter

from run_info import print_run_info

from affectgraph.ontology.rows import read_table

USES = ("seldom", "sometimes", "mostly", "feeling")
ALONE = frozenset({"mostly", "feeling"})


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa of pairs of readings."""
    firsts, seconds = (Counter(pair[index] for pair in pairs) for index in (0, 1))
    agreed = sum(first == second for first, second in pairs) / len(pairs)
    expected = sum(firsts[use] * seconds[use] for use in firsts) / len(pairs) ** 2
    return (agreed - expected) / (1 - expected)


def main() -> None:
    """Print the counts."""
    print_run_info()
    rows = read_table("word_uses")
    counts = Counter(row["use"] for row in rows)
    print(f"{len(rows)} forms: " + ", ".join(f"{counts[use]} {use}" for use in USES))
    patterns = {
        column: sum(len(row[column].split(";")) for row in rows if row[column])
        for column in ("others", "feelings")
    }
    print(
        f"combinations: {sum(patterns.values())}, "
        f"{patterns['others']} of no feeling and {patterns['feelings']} of feeling"
    )
    pairs = [(row["first"], row["second"]) for row in read_table("word_use_readings")]
    alone = [(str(first in ALONE), str(second in ALONE)) for first, second in pairs]
    near = sum(abs(USES.index(first) - USES.index(second)) <= 1 for first, second in pairs)
    print(f"read twice: {len(pairs)}")
    print(f"same use: {sum(a == b for a, b in pairs)}, kappa {kappa(pairs):.2f}")
    print(f"at most one step apart: {near}")
    print(f"same on marked alone: {sum(a == b for a, b in alone)}, kappa {kappa(alone):.2f}")


if __name__ == "__main__":
    main()
