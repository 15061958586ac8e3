"""What the service takes for reasoning: observations with how a model is asked, all within bounds."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, JsonValue, Strict

from affectgraph.api.batches import SHOWN, read_item
from affectgraph.api.bodies import Body
from affectgraph.api.problems import shorten
from affectgraph.api.reasonings import ObservationBody
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner import Effort, ReasonSettings
from affectgraph.reasoner.prompt_styles import Answer
from affectgraph.reasoner.retrieve import FACT_LIMIT, MOST_FACTS

RECORD_LIMIT = 100
"""Observations that a batch may have: each may take a model many seconds."""

ALL_FACTS = 20_000
"""Facts that the answers of one request may have together."""

ROUND_LIMIT = 5
"""Rounds, and drafts of a round, that a request may ask for."""

Tone = Literal["plain", "joy", "love", "surprise", "fear", "sadness", "anger"]
Style = Literal["three-section", "three-hop", "free"]
Turns = Annotated[int, Field(ge=1, le=ROUND_LIMIT), Strict()]


class EffortBody(Body):
    """What may be spent on an observation."""

    rounds: Turns = 3
    """Most rounds, 1..5: a draft and its revisions."""
    drafts: Turns = 2
    """Drafts of each round, 1..5; the first is greedy, the others are samples."""
    facts: Annotated[int, Field(ge=1, le=FACT_LIMIT), Strict()] = 200
    """Most facts in the prompt, 1..400."""
    steps: Annotated[int, Field(ge=1, le=16), Strict()] = 8
    """Most sentences of a draft, 1..16."""
    max_tokens: Annotated[int, Field(ge=1, le=2048), Strict()] = 768
    """Most tokens of a draft, 1..2048; more if its form needs them to close."""


class ReasonOptions(Body):
    """How a model is asked, and what is sent."""

    model: Annotated[bool, Strict()] = Field(default=True, examples=[False])
    """False for the graph's own reasoning, also where the service has a model; there is none to choose."""
    style: Style = "three-section"
    """How the model is instructed."""
    answer: Answer = "json"
    """Form of a draft: `json` with a fact for each step, `cited` sentences, or `free`."""
    feedback: (
        Literal["affective"]
        | Tone
        | Annotated[list[Tone], Field(min_length=1, max_length=ROUND_LIMIT)]
    ) = "plain"
    """Tone in which contradicted claims go back: one, `affective` for all in turn, or a list by rounds."""
    effort: EffortBody | None = None
    """By what the graph leaves open if left out: one short round where it is clear."""
    seed: Annotated[int, Field(ge=0, lt=2**62), Strict()] = 0
    """Of the sampled drafts."""
    facts: Annotated[int, Field(ge=0, le=FACT_LIMIT), Strict()] = 20
    """How many facts of the evidence to send, 0..400, most useful first."""

    def settings(self) -> ReasonSettings:
        """Return how a model is asked."""
        effort = None if self.effort is None else Effort(**self.effort.model_dump())
        return ReasonSettings(
            style=self.style,
            answer=self.answer,
            feedback=self.feedback,
            effort=effort,
            seed=self.seed,
        )


class ReasonBody(ReasonOptions, ObservationBody):
    """An observation to reason about."""


class ReasonBatchBody(ReasonOptions):
    """Observations to reason about in the same way."""

    records: list[JsonValue] = Field(
        max_length=RECORD_LIMIT,
        examples=[[{"text": "I was so happy to see her."}, {"label": 3}]],
    )
    """Up to 100 objects with the fields of an observation; other fields are ignored."""


class FactsOptions(Body):
    """How many facts are sent."""

    limit: Annotated[int, Field(ge=1, le=MOST_FACTS), Strict()] = Field(default=50, examples=[3])
    """Most facts of an observation, 1..1000, most useful first."""
    token_budget: Annotated[int, Field(ge=1), Strict()] | None = None
    """Most tokens of the facts' words, estimated at 3 characters a token; facts that do not fit are passed
    over. No bound if left out."""


class FactsBody(FactsOptions, ObservationBody):
    """An observation to find facts for."""


class FactsBatchBody(FactsOptions):
    """Observations to find facts for."""

    records: list[JsonValue] = Field(
        max_length=RECORD_LIMIT,
        examples=[[{"text": "I was so happy to see her."}, {"label": 3}]],
    )
    """Up to 100 objects with the fields of an observation; other fields are ignored."""


def read_observation(record: object) -> dict[str, object]:
    """Return the observation of a batch's record; fields that are none of its own are left out.

    :raises InputError: if it is no object, or a field has not the form of an observation's.
    """
    if not isinstance(record, dict):
        raise InputError(
            f"Expected an object with the fields of an observation, got {shorten(repr(record), SHOWN)}."
        )
    own = {name: record[name] for name in ObservationBody.model_fields if name in record}
    return read_item(ObservationBody, own).record()


def require_facts(records: Sequence[object], each: int) -> None:
    """Refuse a batch whose answers would have more than :data:`ALL_FACTS` facts together.

    :param each: most facts of one answer.
    :raises InputError: if it is one.
    """
    if len(records) * each > ALL_FACTS:
        raise InputError(
            f"Expected at most {ALL_FACTS:,} facts in the answers together, got {len(records)} records with "
            f"up to {each} each. Ask for fewer facts, or send fewer records."
        )
