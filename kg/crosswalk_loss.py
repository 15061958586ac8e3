"""States what is lost when a label is said in another scheme: in words, in steps, in names."""

from collections.abc import Iterable

from affectgraph.kg.crossing import Loss
from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import SchemeLabel

Targets = tuple[SchemeLabel, ...]


def merged_groups(
    crossings: Iterable[tuple[SchemeLabel, Targets]],
) -> dict[SchemeLabel, tuple[SchemeLabel, ...]]:
    """Return, for each label that is no longer told apart, the others said by the same labels."""
    groups: dict[Targets, list[SchemeLabel]] = {}
    for label, targets in crossings:
        if targets:
            groups.setdefault(targets, []).append(label)
    return {
        label: tuple(other for other in group if other != label)
        for group in groups.values()
        if len(group) > 1
        for label in group
    }


def loss_of(
    index: GraphIndex,
    label: SchemeLabel,
    targets: Targets,
    relation: str,
    via: tuple[str, ...],
    *,
    merged: tuple[SchemeLabel, ...],
) -> Loss:
    """Return what is lost when a label is said by ``targets``.

    :param merged: labels of its own scheme that are said by the same targets.
    """
    dropped = _dropped(index, label, targets) if relation in {"close", "coarser"} else ()
    distance = _distance(index, label, targets, relation)
    names = tuple(other.name for other in merged)
    sentence = _sentence(label, targets, relation, via, distance, is_alone=not names)
    if dropped:
        sentence += f" Nothing there covers {_and(dropped)}."
    if names:
        sentence += f" It can no longer be told from {_and(names)}."
    return Loss(sentence, distance, names, dropped)


def lineage(index: GraphIndex, concept: str) -> tuple[str, ...]:
    """Return the slugs from the top of a concept's branch down to itself; a state is its own top."""
    return index.concepts[concept].path or (concept,)


def _dropped(index: GraphIndex, label: SchemeLabel, targets: Targets) -> tuple[str, ...]:
    """Return what the label stands for that lies neither at nor under what the targets stand for."""
    covered = {anchor.concept for target in targets for anchor in target.anchors}
    concepts = dict.fromkeys(anchor.concept for anchor in label.anchors)
    return tuple(c for c in concepts if covered.isdisjoint(lineage(index, c)))


def _distance(index: GraphIndex, label: SchemeLabel, targets: Targets, relation: str) -> int | None:
    """Return the steps from the label's nearest concept to the farthest target, on one line of the tree."""
    if relation in {"fallback", "none"}:
        return None
    if label in targets:
        return 0
    steps = [
        min(
            (
                gap
                for mine in label.anchors
                for theirs in target.anchors
                if (gap := _gap(lineage(index, mine.concept), lineage(index, theirs.concept)))
                is not None
            ),
            default=None,
        )
        for target in targets
    ]
    return max((step for step in steps if step is not None), default=None)


def _gap(first: tuple[str, ...], second: tuple[str, ...]) -> int | None:
    """Return the steps between two concepts of which one lies at or under the other, else None."""
    shorter = min(len(first), len(second))
    return abs(len(first) - len(second)) if first[:shorter] == second[:shorter] else None


def _sentence(
    label: SchemeLabel,
    targets: Targets,
    relation: str,
    via: tuple[str, ...],
    distance: int | None,
    *,
    is_alone: bool,
) -> str:
    if relation == "exact":
        kept = "Nothing is lost" if is_alone else "Its meaning is kept"
        return f"{kept}: {_what_both_mean(label, targets, via)}."
    if relation == "close":
        if any(anchor.relation == "component" for anchor in label.anchors):
            return "Lost: that its parts are shown at once."
        return f"Lost: a shade of meaning; not both labels mean exactly {_and(via)}."
    if relation == "coarser":
        return f"Lost: what sets it apart within {via[-1]}{_steps(distance, 'up')}."
    if relation == "finer":
        each = (
            "the label there says" if len(targets) == 1 else f"each of {len(targets)} labels says"
        )
        return f"Lost: its width; {each} more than it does{_steps(distance, 'down')}."
    if relation == "fallback":
        return (
            "Lost: its meaning; it lies outside the tree, and only the grouping of "
            f"{label.fallback_source} puts it under {via[-1]}."
        )
    if label.anchors:
        concepts = _and(tuple(dict.fromkeys(a.concept for a in label.anchors)))
        return (
            f"Lost: all of it; no label there stands for {concepts}, or for what is above or below."
        )
    return "Lost: all of it; it stands for no concept of the graph."


def _what_both_mean(label: SchemeLabel, targets: Targets, via: tuple[str, ...]) -> str:
    if targets == (label,):
        return "it is the same label"
    if len(targets) > 1:
        return f"{len(targets)} labels there mean {_and(via)}, and any will do"
    return f"both mean {_and(via)}"


def _steps(distance: int | None, way: str) -> str:
    if not distance:
        return ", on the same step of the tree"
    return f", {distance} step{'s' * (distance > 1)} {way} the tree"


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
