"""What the service sends of crosswalks: how a scheme is said in another, and what that loses."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, JsonValue

from affectgraph.api.bodies import Body
from affectgraph.api.shapes import LabelName, Shape
from affectgraph.kg import crossing
from affectgraph.kg.graph import EmotionGraph

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


TARGET_LIMIT = 100
"""Schemes that a request may say another one in."""


class CrosswalkBody(Body):
    """A scheme, and those to say it in."""

    source: str = Field(examples=["meld"])
    """Scheme of the labels."""
    targets: list[JsonValue] = Field(max_length=TARGET_LIMIT, examples=[["ekman-6", "plutchik-8"]])
    """Up to 100 schemes to say them in."""


def crosswalk_of(graph: EmotionGraph, source: str, target: str) -> Crosswalk:
    """Return how a scheme can be said in another, as it is sent.

    :raises UnknownTermError: if there is no scheme of one of the names.
    """
    return to_crosswalk(graph.crosswalk_summary(source, target), graph.crosswalk(source, target))


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
