"""Where the labels of every scheme stand in the graph, and how far derived polarity can be trusted.

A label stands in the tree, in a state outside it, in both, is a compound of parts, or has no home; each
label counts once. The second table holds the derived sign of a label's polarity against the group that
the scheme's authors published, for the labels that have both, outside the surprise branch and the
epistemic states, and inside them, where no sign is given. Run: ``python benchmarks/scheme_coverage.py``.
"""

from collections import Counter
from collections.abc import Iterable

from run_info import print_run_info

from affectgraph.kg import EmotionGraph, Scheme, SchemeLabel
from affectgraph.ontology.layers.polarity import (
    LEAST_VALENCE,
    is_ambiguous,
    measured_valences,
)

HOMES = ("tree", "state", "tree and state", "compound", "none")


def home_of(label: SchemeLabel) -> str:
    """Return where a label stands: one of :data:`HOMES`."""
    if any(anchor.relation == "component" for anchor in label.anchors):
        return "compound"
    places = {"state" if a.concept.startswith("state/") else "tree" for a in label.anchors}
    return " and ".join(sorted(places, reverse=True)) or "none"


def coverage(scheme: Scheme) -> dict[str, int]:
    """Return how many labels of a scheme have which home, in the order of :data:`HOMES`."""
    found = Counter(home_of(label) for label in scheme.labels)
    return {home: found[home] for home in HOMES}


def print_coverage(schemes: Iterable[Scheme]) -> None:
    """Print one line per scheme and a line of sums, of all schemes and of those of emotions."""
    print(f"{'scheme':22}{'kind':12}{'labels':>7}" + "".join(f"{home:>15}" for home in HOMES))
    sums: dict[str, Counter[str]] = {
        "all schemes": Counter(),
        "not intent, cause, problem": Counter(),
    }
    for scheme in schemes:
        counts = coverage(scheme)
        _print_line(scheme.name, scheme.kind, counts)
        sums["all schemes"].update(counts)
        if scheme.kind not in {"intent", "cause", "problem"}:
            sums["not intent, cause, problem"].update(counts)
    for name, total in sums.items():
        _print_line(name, "", total)
        share = 1 - total["none"] / total.total()
        print(f"{'':34}{share:.1%} of {total.total()} labels have a home")


def _print_line(name: str, kind: str, counts: dict[str, int] | Counter[str]) -> None:
    cells = "".join(f"{counts[home]:>15}" for home in HOMES)
    print(f"{name:22}{kind:12}{sum(counts.values()):>7}{cells}")


def print_polarity(schemes: Iterable[Scheme]) -> None:
    """Print how many labels have which polarity, and derived signs against published groups."""
    labels = [label for scheme in schemes for label in scheme.labels]
    published = [x for x in labels if x.polarity and not x.polarity_is_derived]
    derived = [x for x in labels if x.polarity_is_derived]
    print(
        f"polarity: {len(published)} labels published, {len(derived)} derived "
        f"(absolute valence of at least {LEAST_VALENCE}), "
        f"{len(labels) - len(published) - len(derived)} without"
    )
    valences = measured_valences()
    for name, inside in (("outside", False), ("inside", True)):
        held = [x for x in published if _is_rated(x, valences, inside)]
        right = sum(_sign(x, valences) == x.polarity for x in held)
        print(
            f"{name} surprise and the epistemic states: sign and group agree for {right} of {len(held)}"
        )


def _is_rated(label: SchemeLabel, valences: dict[str, float], inside: bool) -> bool:
    """Whether every concept of a label was rated far enough from the middle, and lies as asked."""
    concepts = [anchor.concept for anchor in label.anchors]
    is_rated = all(abs(valences.get(concept, 0)) >= LEAST_VALENCE for concept in concepts)
    return bool(concepts) and is_rated and any(map(is_ambiguous, concepts)) == inside


def _sign(label: SchemeLabel, valences: dict[str, float]) -> str | None:
    signs = {"positive" if valences[a.concept] > 0 else "negative" for a in label.anchors}
    return signs.pop() if len(signs) == 1 else None


def main() -> None:
    """Print both tables."""
    print_run_info()
    schemes = EmotionGraph.load().schemes()
    print_coverage(schemes)
    print()
    print_polarity(schemes)


if __name__ == "__main__":
    main()
