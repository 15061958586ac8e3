"""What the service takes and sends for scores of open-vocabulary labels by the tree."""

from typing import Annotated, Literal

from pydantic import Field

from affectgraph.api.bodies import BATCH_LIMIT, Body
from affectgraph.api.shapes import Shape

Labels = list[str] | str
Tier = Literal["primary", "secondary", "tertiary"]


class WheelBody(Body):
    """Label sets by sample: what is right, and what was predicted."""

    references: dict[str, Labels] = Field(
        min_length=1, max_length=BATCH_LIMIT, examples=[{"1": ["fury"], "2": ["joy", "pride"]}]
    )
    """Right labels by name of the sample: a list, or a text such as `[fury, joy]`; up to 1,000 samples."""
    predictions: dict[str, Labels] = Field(
        max_length=BATCH_LIMIT, examples=[{"1": ["rage"], "2": "[joy, fear]"}]
    )
    """Predicted labels by name of the sample; one that is missing counts as predicted empty."""
    tiers: Annotated[list[Tier], Field(min_length=1)] = Field(
        default=["primary", "secondary", "tertiary"], examples=[["primary"]]
    )
    """Tiers of the tree that labels are grouped by."""
    strict: bool = False
    """Whether a predicted label that no group has counts as wrong."""
    samples: bool = Field(default=False, examples=[True])
    """Whether to send the scores of every sample."""


class SampleScore(Shape):
    """One sample under one tier."""

    name: str
    """Name of the sample."""
    reference: tuple[str, ...]
    """Groups of the right labels, sorted."""
    prediction: tuple[str, ...]
    """Groups of the predicted labels, sorted."""
    nil: tuple[str, ...]
    """Predicted labels that have no group, sorted."""
    precision: float | None
    """0..1; null for a sample that is left out, since its reference has no group."""
    recall: float | None
    """0..1; null for the same samples."""


class GroupingScore(Shape):
    """The scores by one tier."""

    name: str
    """Name of the grouping."""
    precision: float
    """Mean over the samples that count, 0..1."""
    recall: float
    """Mean over the samples that count, 0..1."""
    f_score: float
    """Of these means, `2 P R / (P + R)`."""
    scored: int
    """Samples that count."""
    left_out: int
    """Samples whose reference has no group."""
    samples: tuple[SampleScore, ...] | None = None
    """The scores of every sample, if asked for."""


class UngroupedLabel(Shape):
    """A label that no tier holds."""

    label: str
    """The label."""
    references: int
    """References it stands in."""
    predictions: int
    """Predictions it stands in."""


class WheelReport(Shape):
    """The emotion-wheel metric with the tree as the wheel."""

    precision: float
    """Mean over the tiers, 0..1."""
    recall: float
    """Mean over the tiers, 0..1."""
    f_score: float
    """Mean over the tiers, 0..1."""
    is_strict: bool
    """Whether a predicted label that no group has counted as wrong."""
    groupings: tuple[GroupingScore, ...]
    """One per tier, in the order asked for."""
    unknown: tuple[UngroupedLabel, ...]
    """Labels that no tier holds, the most frequent first."""
    missing: tuple[str, ...]
    """Samples without a prediction; they count as predicted empty."""
    extra: tuple[str, ...]
    """Samples without a reference; they do not count."""
