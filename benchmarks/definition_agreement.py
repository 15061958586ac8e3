"""Measure whether a reader who sees only a definition knows which concept it defines.

A second reader got definitions without their headwords, and the list of all 184 names, and wrote down
which each defines (``definition_readings.tsv``). Right at random would be one in 184. Prints the share
right at the first guess and among two, and every definition that was taken for another.
"""

from agreement import wilson
from run_info import print_run_info

from affectgraph.ontology.rows import read_table


def main() -> None:
    """Print the figures and the mistakes."""
    print_run_info()
    rows = read_table("definition_readings")
    first = [row for row in rows if row["guess"] == row["node"]]
    either = [row for row in rows if row["node"] in {row["guess"], row["second"]}]
    for name, found in (("first guess", first), ("first or second", either)):
        low, high = wilson(len(found) / len(rows), len(rows))
        share = len(found) / len(rows)
        print(f"{name}: {len(found)} of {len(rows)}, {share:.1%} (95 % {low:.1%} to {high:.1%})")
    for row in rows:
        if row["guess"] != row["node"]:
            print(f"{row['node']}: taken for {row['guess']}")


if __name__ == "__main__":
    main()
