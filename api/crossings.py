"""What the service sends of crosswalks: how a scheme is said in another, and what that loses."""

from collections.abc import Sequence
from typing import Literal

from affectgraph.api.shapes import LabelName, Shape
from affectgraph.kg import crossing

Relation = Literal["exact", "close", "coarser", "finer", "fallback", "none"]


class Loss(Shape):
    """What is lost when a label is said in another scheme."""

    sentence: str
    """The loss in words."""
    distance: int | None
    """Steps in the tree to the farthest concept it is said by; null where no path leads there."""
    merged: tuple[str, ...]
    """Labels of its own scheme from which it can no longer be told."""
    dropped: tuple[str, ...]
    """Slugs of concepts it stands for that no label of the other scheme covers."""


class Crossing(Shape):
    """How one label can be said in another scheme."""

    label: LabelName
    targets: tuple[LabelName, ...]
    """Labels of the other scheme, best first; empty if there is none."""
    relation: Relation
    """`exact` or `close`: the same concept; `coarser`: it only has something wider; `finer`: only
    descendants; `fallback`: a published grouping."""
    via: tuple[str, ...]
    """Slugs of the concepts the path runs over."""
    loss: Loss
    """What is lost on the way."""


class CrosswalkSummary(Shape):
    """What a crosswalk keeps and loses over all labels of the source."""

    labels: int
    """Number of labels of the source."""
    counts: dict[Relation, int]
    """Labels by relation."""
    shares: dict[Relation, float]
    """Share of the labels by relation, 0..1."""
    lossless: int
    """Labels that keep their meaning and can still be told from their siblings."""
    distinctions_lost: int
    """How many labels fewer can be told apart."""
    merged: tuple[tuple[str, ...], ...]
    """Groups of labels that are said by the same labels."""
    unmappable: tuple[str, ...]
    """Labels that cannot be said."""
    homeless: tuple[str, ...]
    """Those of them that stand for no concept of the graph."""
    unreached: tuple[str, ...]
    """Labels of the target that no label is said by."""


class Crosswalk(Shape):
    """How the labels of a scheme can be said in another."""

    source: str
    """Name of the scheme the labels come from."""
    target: str
    """Name of the scheme they are said in."""
    summary: CrosswalkSummary
    """What is kept and lost over all labels."""
    crossings: tuple[Crossing, ...]
    """One per label of the source, in its order."""


def to_crosswalk(
    summary: crossing.CrosswalkSummary, crossings: Sequence[crossing.Crossing]
) -> Crosswalk:
    """Return a crosswalk as it is sent."""
    return Crosswalk(
        source=summary.source,
        target=summary.target,
        summary=CrosswalkSummary.model_validate(summary),
        crossings=tuple(Crossing.model_validate(found) for found in crossings),
    )
