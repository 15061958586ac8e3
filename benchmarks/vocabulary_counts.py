"""What is in the vocabulary: entries by kind, part of speech, role and primary; reviews by outcome.

With ``--candidates`` the pipeline of ``affectgraph.ontology.vocabulary`` runs anew and what nobody has read
is counted; this needs WordNet 3.0, the word lists and the extra ``[embeddings]``, and takes minutes.

Run: ``python benchmarks/vocabulary_counts.py``.
"""

import sys
from collections import Counter
from collections.abc import Iterable

from run_info import print_run_info

from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.vocabulary import accepted_rows
from affectgraph.ontology.rows import Row, read_table


def entries(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Return the (form, part of speech) pairs of rows."""
    return {(row["form"], row["pos"]) for row in rows}


def branch(node: str) -> str:
    """Return the primary of a node of the tree, ``state`` for the states outside it."""
    return "state" if node.startswith("state/") else tree_nodes()[node].path[0]


def print_counts(title: str, counts: Counter[str]) -> None:
    """Print counts, most frequent first."""
    print(f"\n{title}")
    for name, count in counts.most_common():
        print(f"  {name:24}{count:7}")


def by_column(rows: Iterable[Row], column: str) -> Counter[str]:
    """Return how many entries have a value in a column."""
    return Counter(value for value, _ in {(row[column], (row["form"], row["pos"])) for row in rows})


def main() -> None:
    """Print the counts."""
    print_run_info()
    rows, accepted = read_table("vocabulary"), accepted_rows()
    print(f"\nrows {len(rows)}, accepted senses {len(accepted)}, entries {len(entries(accepted))}")
    print_counts("entries by kind", by_column(accepted, "kind"))
    print_counts("entries by part of speech", by_column(accepted, "pos"))
    print_counts("entries by role", by_column(accepted, "role"))
    print_counts("entries by polarity", by_column(accepted, "polarity"))
    primaries = {(branch(row["node"]), row["form"], row["pos"]) for row in accepted}
    print_counts(
        "entries by primary (a divided word counts in each)", Counter(p for p, *_ in primaries)
    )
    flagged = Counter(flag for row in accepted for flag in set(row["flags"]))
    print(f"\nsenses: figurative {flagged['F']}, ambiguous {flagged['A']}")
    print_counts("review by decision (rows)", Counter(row["decision"] for row in rows))
    routes = Counter(f"{row['route']} {row['decision']}" for row in rows)
    print_counts("review by route and decision (rows)", routes)
    rejected = (row["reason"] for row in rows if row["decision"] == "reject")
    print_counts("rejected for", Counter(r if " " not in r else "(in words)" for r in rejected))
    if "--candidates" in sys.argv[1:]:
        print_unread()


def print_unread() -> None:
    """Print how many candidates the pipeline finds, and how many of them nobody has read."""
    from affectgraph.ontology.vocabulary import all_candidates, unreviewed

    found = all_candidates()
    left = unreviewed(found)
    print(f"\ncandidates {len(found)}, not read {len(left)}")
    for candidate in left[:20]:
        print(f"  {candidate.form} ({candidate.pos}): {candidate.proposed}, {candidate.gloss}")


if __name__ == "__main__":
    main()
