"""Says the labels of one scheme in another, over the concepts they are anchored to."""

from collections.abc import Callable
from dataclasses import dataclass

from affectgraph.kg.crossing import Crossing, CrosswalkSummary
from affectgraph.kg.crosswalk_loss import lineage, loss_of, merged_groups
from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Anchor, Scheme, SchemeLabel

_SAME = {"exact", "close"}

Found = tuple[tuple[SchemeLabel, ...], tuple[str, ...]]
Rule = Callable[[GraphIndex, SchemeLabel, Scheme], Found]
NOTHING: Found = ((), ())


@dataclass(frozen=True, slots=True)
class _Raw:
    """A crossing before its loss is known, as that depends on the crossings of its siblings."""

    label: SchemeLabel
    targets: tuple[SchemeLabel, ...]
    relation: str
    via: tuple[str, ...]


def crosswalk(index: GraphIndex, source: Scheme, target: Scheme) -> tuple[Crossing, ...]:
    """Return how each label of ``source`` can be said in ``target``, in the order of ``source``.

    Tried in this order: the label itself; the same concept by exact anchors on both sides, or the same
    parts of a compound; the same concept; the nearest wider label (what is lost is the finer
    distinction); labels for descendants; the primary that a published grouping puts the label under;
    none. Other compounds cross by their parts, as ``close`` at best, and no label is said by a compound
    it is only a part of. Each crossing states its loss.
    """
    raw = [_cross(index, label, target) for label in source.labels]
    groups = merged_groups((x.label, x.targets) for x in raw)
    return tuple(
        Crossing(
            x.label,
            x.targets,
            x.relation,
            x.via,
            loss_of(index, x.label, x.targets, x.relation, x.via, merged=groups.get(x.label, ())),
        )
        for x in raw
    )


def summarise(source: Scheme, target: Scheme, crossings: tuple[Crossing, ...]) -> CrosswalkSummary:
    """Return what the crossings of a pair of schemes keep and lose together.

    :param crossings: what :func:`crosswalk` gave for the pair.
    """
    groups = merged_groups((c.label, c.targets) for c in crossings)
    reached = {label for c in crossings for label in c.targets}
    lost = [c.label for c in crossings if c.relation == "none"]
    return CrosswalkSummary(
        source=source.name,
        target=target.name,
        relations=tuple(c.relation for c in crossings),
        lossless=sum(c.is_lossless for c in crossings),
        merged=tuple(
            dict.fromkeys(
                tuple(x.name for x in source.labels if x == label or x in others)
                for label, others in groups.items()
            )
        ),
        unmappable=tuple(label.name for label in lost),
        homeless=tuple(label.name for label in lost if not label.anchors),
        unreached=tuple(label.name for label in target.labels if label not in reached),
    )


def _cross(index: GraphIndex, label: SchemeLabel, target: Scheme) -> _Raw:
    for relation, rule in RULES.items():
        targets, via = rule(index, label, target)
        if targets:
            return _Raw(label, targets, relation, via)
    return _Raw(label, (), "none", ())


def _labels_for(target: Scheme, concept: str, relations: set[str]) -> list[SchemeLabel]:
    wanted = {Anchor(concept, relation) for relation in relations}
    return [label for label in target.labels if wanted & set(label.anchors)]


def _parts(label: SchemeLabel) -> frozenset[str]:
    return frozenset(a.concept for a in label.anchors if a.relation == "component")


def _exact(_index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    concepts = tuple(anchor.concept for anchor in label.anchors)
    if label in target.labels:
        return (label,), concepts
    compounds = [x for x in target.labels if _parts(x) and _parts(x) == _parts(label)]
    if compounds:
        return tuple(compounds), concepts
    for anchor in label.anchors:
        if anchor.relation == "exact":
            found = _labels_for(target, anchor.concept, {"exact"})
            if found:
                return tuple(found), (anchor.concept,)
    return NOTHING


def _same(_index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
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
        for step in reversed(lineage(index, anchor.concept)):
            is_above = step != anchor.concept or anchor.relation == "narrower"
            wider = {"broader", *(_SAME if is_above else ())}
            if anchor.relation == "broader" and not is_above:
                continue
            found = _labels_for(target, step, wider)
            if found:
                return tuple(found), tuple(dict.fromkeys((anchor.concept, step)))
    return NOTHING


def _finer(index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    tops = {a.concept for a in label.anchors if a.relation in {*_SAME, "broader"}}
    found = [x for x in target.labels if x.anchors and _lies_below(index, x, tops)]
    via = (anchor.concept for x in found for anchor in x.anchors)
    return tuple(found), tuple(dict.fromkeys(via))


def _lies_below(index: GraphIndex, label: SchemeLabel, tops: set[str]) -> bool:
    """Whether all a label stands for lies under one of the concepts; a compound lies under none."""
    return all(
        anchor.relation != "component"
        and not tops.isdisjoint(
            set(lineage(index, anchor.concept))
            - ({anchor.concept} if anchor.relation == "broader" else set())
        )
        for anchor in label.anchors
    )


def _fallback(_index: GraphIndex, label: SchemeLabel, target: Scheme) -> Found:
    if label.fallback is None:
        return NOTHING
    return tuple(_labels_for(target, label.fallback, _SAME)), (label.fallback,)


RULES: dict[str, Rule] = {
    "exact": _exact,
    "close": _same,
    "coarser": _coarser,
    "finer": _finer,
    "fallback": _fallback,
}
"""Ways to say a label in another scheme, best first."""
