"""How far two readers agree on what the concepts are in other vocabularies.

``alignment_readings.tsv`` keeps, for a sample of the decisions of ``alignments.tsv``, what each reader said:
a SKOS predicate or ``reject``. Both readings stand there as they were before the differences were settled.
Prints agreement on taking or refusing a term, on the predicate with refusal as one more, and on the
predicate where both take the term, with intervals; outcomes; and every disagreement.
"""

from collections import Counter

from agreement import RESAMPLES, SEED, kappa_line
from run_info import print_run_info

from affectgraph.ontology.rows import Row, read_table

REFUSED = "reject"


def print_figures(rows: tuple[Row, ...]) -> None:
    """Print the figures of agreement."""
    said = [(row["first"], row["second"]) for row in rows]
    print(kappa_line("accept or reject", [(a == REFUSED, b == REFUSED) for a, b in said]))
    print(kappa_line("predicate or reject", said))
    taken = [pair for pair in said if REFUSED not in pair]
    print(kappa_line("predicate, where both accept", taken))


def print_table(rows: tuple[Row, ...]) -> None:
    """Print how often the first reader (down) and the second (across) said what."""
    counts = Counter((row["first"], row["second"]) for row in rows)
    names = sorted({name for pair in counts for name in pair})
    print(f"\n{'first / second':18}" + "".join(f"{name:>18}" for name in names))
    for first in names:
        print(f"{first:18}" + "".join(f"{counts[first, second]:18}" for second in names))


def main() -> None:
    """Print the figures and the disagreements."""
    print_run_info()
    rows = read_table("alignment_readings")
    print(f"decisions: {len(read_table('alignments'))} in the table, {len(rows)} read twice")
    print(f"intervals: Wilson; bootstrap with {RESAMPLES} resamples, seed {SEED}\n")
    print_figures(rows)
    print_table(rows)
    outcomes = Counter(row["outcome"] for row in rows)
    print(f"\noutcomes: {', '.join(f'{n} {name}' for name, n in sorted(outcomes.items()))}\n")
    labels = {row["term"]: row["label"] for row in read_table("external_terms")}
    for row in rows:
        if row["outcome"] != "agrees":
            print(f"{row['concept']} {row['term']} ({labels[row['term']]}): ", end="")
            print(f"{row['first']} | {row['second']} | {row['outcome']}: {row['reason']}")


if __name__ == "__main__":
    main()
