"""Says the labels of one scheme in another, over the concepts they are anchored to."""

from collections.abc import Callable

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Anchor, Crossing, Scheme, SchemeLabel

_SAME = {"exact", "close"}


def crosswalk(index: GraphIndex, source: Scheme, target: Scheme) -> tuple[Crossing, ...]:
    """Return how each label of ``source`` can be said in ``target``, in the order of ``source``.

    Tried in this order: the same concept by exact anchors on both sides; the same concept; the
    nearest ancestor the target has a label for (what is lost is the finer distinction); labels for
    descendants; the primary that a published grouping puts the label under; none. Compound labels
    cross by their parts, as ``close`` at best.
    """
    return tuple(_cross(index, label, target) for label in source.labels)


def _cross(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Crossing:
    for relation, rule in RULES.items():
        targets, via = rule(index, label, target)
        if targets:
            return Crossing(label, targets, relation, via)
    return Crossing(label, (), "none", ())


Found = tuple[tuple[SchemeLabel, ...], tuple[str, ...]]
Rule = Callable[[GraphIndex, SchemeLabel, Scheme], Found]


def _labels_for(target: Scheme, concept: str, relations: set[str]) -> list[SchemeLabel]:
    wanted = {Anchor(concept, relation) for relation in relations}
    return [label for label in target.labels if wanted & set(label.anchors)]


def _exact(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    for anchor in label.anchors:
        if anchor.relation == "exact":
            found = _labels_for(target, anchor.concept, {"exact"})
            if found:
                return tuple(found), (anchor.concept,)
    return (), ()


def _same(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    found: list[SchemeLabel] = []
    via: list[str] = []
    for anchor in label.anchors:
        if anchor.relation in {*_SAME, "component"}:
            hits = [x for x in _labels_for(target, anchor.concept, _SAME) if x not in found]
            found += hits
            via += [anchor.concept] if hits else []
    return tuple(found), tuple(via)


def _coarser(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    for anchor in label.anchors:
        path = index.concepts[anchor.concept].path
        above = path if anchor.relation == "narrower" else path[:-1]
        for ancestor in reversed(above):
            found = _labels_for(target, ancestor, _SAME)
            if found:
                return tuple(found), (anchor.concept, ancestor)
    return (), ()


def _finer(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    anchors = {anchor.concept for anchor in label.anchors}
    found = [
        (other, anchor.concept)
        for other in target.labels
        for anchor in other.anchors
        if anchors & set(index.concepts[anchor.concept].path)
    ]
    return tuple(dict.fromkeys(x for x, _ in found)), tuple(dict.fromkeys(c for _, c in found))


def _fallback(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    if label.fallback is None:
        return (), ()
    return tuple(_labels_for(target, label.fallback, _SAME)), (label.fallback,)


RULES: dict[str, Rule] = {
    "exact": _exact,
    "close": _same,
    "coarser": _coarser,
    "finer": _finer,
    "fallback": _fallback,
}
"""Ways to say a label in another scheme, best first."""
