"""How much of the graph has a match in each other vocabulary, and what became of the candidate senses.

Counts concepts (tree nodes and states) with an exact match, and with an exact or close one, per
resource, from ``alignments.tsv`` and the anchors of EmotionML items; then the decisions by predicate,
and the rejected ones. Nothing is sampled or estimated.
"""

from collections import Counter

from run_info import print_run_info

from affectgraph.ontology.alignments import PREDICATES, Alignment, alignments
from affectgraph.ontology.layers.tree import concept_slugs

NEAR = {"skos:exactMatch", "skos:closeMatch"}


def coverage(found: list[Alignment], known: set[str]) -> str:
    """Return how many of the concepts known have an exact, and an exact or close match."""
    exact = {a.concept for a in found if a.predicate == "skos:exactMatch"} & known
    near = {a.concept for a in found if a.predicate in NEAR} & known
    return f"{len(exact)} / {len(near)} of {len(known)}"


def main() -> None:
    """Print the tables."""
    print_run_info()
    found = alignments()
    accepted = [a for a in found if a.is_accepted]
    slugs = set(concept_slugs())
    states = {slug for slug in slugs if slug.startswith("state/")}
    print("\n| Resource | Tree: exact / near | States: exact / near | Accepted | Rejected |")
    print("|---|--:|--:|--:|--:|")
    for resource in sorted({a.resource for a in found}):
        mine = [a for a in accepted if a.resource == resource]
        rejected = sum(a.resource == resource and not a.is_accepted for a in found)
        print(
            f"| {resource} | {coverage(mine, slugs - states)} | {coverage(mine, states)} "
            f"| {len(mine)} | {rejected} |"
        )
    print(
        f"| any | {coverage(accepted, slugs - states)} | {coverage(accepted, states)} "
        f"| {len(accepted)} | {len(found) - len(accepted)} |"
    )
    print("\n| Predicate | Decisions |\n|---|--:|")
    counts = Counter(a.predicate for a in accepted)
    for predicate in PREDICATES:
        print(f"| {predicate} | {counts[predicate]} |")
    without = sorted(slugs - {a.concept for a in accepted if a.predicate in NEAR})
    print(f"\nNeither exact nor close anywhere ({len(without)}): {', '.join(without)}")


if __name__ == "__main__":
    main()
