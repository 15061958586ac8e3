"""What the service and the command line take and send for rewards of rationales."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated

from pydantic import Field, JsonValue, Strict

from affectgraph.api.answers import Judgement
from affectgraph.api.bodies import BATCH_LIMIT, Body, JsonReadings
from affectgraph.api.json_text import read_json
from affectgraph.api.shapes import Shape
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import ClaimError, InputError
from affectgraph.reasoner import Weights, rationale_reward

Weight = Annotated[float, Field(ge=0, allow_inf_nan=False), Strict()]


class WeightsBody(Body):
    """What each part counts; one that is no penalty has to be above 0."""

    au: Weight = 1.0
    """Action units named against those the readings show."""
    label: Weight = 1.0
    """What is concluded against the label."""
    format: Weight = 0.25
    """One `<think>` and one `<answer>` block."""
    faithfulness: Weight = 1.0
    """How far readings and graph bear out what is said of the face."""
    consistency: Weight = 0.5
    """How well the evidence fits the conclusion."""
    contradiction: Weight = 1.0
    """Taken off for contradicted statements."""
    duplicates: Weight = 1.0
    """Taken off for repeated words."""


class RewardBody(Body):
    """A rationale of one observation, and what is known of that."""

    rationale: str = Field(
        examples=[
            "<think>AU6 and AU12 are visible, which suggests joy.</think><answer>joy</answer>"
        ]
    )
    """The text, up to 100,000 characters."""
    label: str | None = Field(default=None, examples=["joy"])
    """The right label, if known."""
    scheme: str | None = None
    """Scheme the label is of."""
    aus: JsonReadings | None = Field(default=None, examples=[{"AU06_r": 2.1, "AU12_r": 2.9}])
    """A detector's readings by column name."""
    weights: WeightsBody = WeightsBody()
    """What each part counts."""


class RewardBatchBody(Body):
    """Rationales to reward, by the same weights."""

    records: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[[{"rationale": "AU12 is visible.", "aus": {"AU12_r": 2.9}}, {"rationale": 3}]],
    )
    """Up to 1,000 objects with `rationale`, `label`, `scheme` and `aus`, whose texts have 300,000 characters
    together; other fields are ignored."""
    weights: WeightsBody = WeightsBody()
    """What each part counts."""


class RewardParts(Shape):
    """The parts before they are weighed; null where the input leaves one undefined."""

    au: float | None
    """-1..1."""
    label: float | None
    """0..1."""
    format: float
    """0 or 1."""
    faithfulness: float
    """0..1."""
    consistency: float
    """0..1."""
    contradiction: float
    """0..1, taken off."""
    duplicates: float
    """0..1, taken off."""


class RewardAnswer(Shape):
    """A reward, what it is made of, and the verdicts behind it."""

    total: float
    """The weighed parts over the weights of those that are no penalties: at most 1."""
    parts: RewardParts
    verdicts: tuple[Judgement, ...]
    """On every claim of the text, in order."""
    notes: tuple[str, ...]
    """Parts that were left out, with the reason."""


def to_weights(body: WeightsBody) -> Weights:
    """Return weights as the reward takes them.

    :raises InputError: if all that are no penalties are 0.
    """
    return Weights(**body.model_dump())


def read_weights(text: str) -> Weights:
    """Return weights from a JSON object; those it leaves out have their default.

    :raises InputError: if the text is no such object, gives a weight twice, or a weight is none.

    >>> read_weights('{"format": 0}').format
    0
    """
    given = read_json(text, "weights as JSON")
    names = {field.name for field in fields(Weights)}
    if not isinstance(given, dict) or not set(given) <= names:
        raise InputError(
            f"Expected a JSON object with some of {', '.join(sorted(names))}, got {text[:80]!r}."
        )
    return Weights(**given)


def reward_of(graph: EmotionGraph, record: object, weights: Weights) -> RewardAnswer:
    """Return the reward of a record with the fields ``rationale label scheme aus``; others are left alone.

    :raises AffectGraphError: as :func:`rationale_reward` does, also for fields of the wrong type.
    """
    if not isinstance(record, Mapping):
        raise ClaimError(
            f"Expected a record with 'rationale', 'label', 'scheme', 'aus', got {type(record).__name__}."
        )
    found = rationale_reward(
        record.get("rationale"),  # type: ignore[arg-type]
        observed=record.get("aus"),
        label=record.get("label"),
        scheme=record.get("scheme"),
        graph=graph,
        weights=weights,
    )
    return RewardAnswer.model_validate(found)
