"""What the service takes and sends for the votes of raters and other soft labels."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from pydantic import Field, JsonValue, StrictFloat, model_validator

from affectgraph.api.batches import Batch, answer_each, read_item
from affectgraph.api.bodies import BATCH_LIMIT, Body
from affectgraph.api.envelope_answers import EnvelopeAnswer, RdfName
from affectgraph.api.shapes import Shape
from affectgraph.kg import envelopes
from affectgraph.kg.envelopes import Envelope, write_envelope
from affectgraph.kg.envelopes.emotionml import OWN
from affectgraph.kg.observation import Observation
from affectgraph.linkers import soft_labels as soft
from affectgraph.linkers.scheme import SchemeLinker
from affectgraph.ontology.errors import InputError

Tier = Literal["primary", "secondary", "tertiary"]

FERPLUS_ROW = {"counts": {"neutral": 4, "happiness": 3, "contempt": 1, "NF": 2}, "item": "face-7"}
VOTES_ROW = {"votes": ["happiness", "happiness", "surprise", None], "item": "face-8"}


class SoftLabel(Body):
    """What the raters, or a model, said of one item: exactly one of `counts`, `votes`, `weights`."""

    counts: dict[str, StrictFloat] | None = None
    """Number of raters by label, as the data file writes it."""
    votes: list[JsonValue] | None = None
    """One label a rater; null for a vote that is missing."""
    weights: dict[str, StrictFloat] | None = None
    """Weight by label, such as a model's probabilities."""
    item: str = ""
    """Name or IRI of the item."""
    text: str = ""
    """The item itself, if it is a text."""
    agent: str = ""
    """Who said so."""

    @model_validator(mode="after")
    def _has_one(self) -> "SoftLabel":
        given = [k for k in ("counts", "votes", "weights") if getattr(self, k) is not None]
        if len(given) != 1:
            got = " and ".join(given) or "none of them"
            raise ValueError(f"Expected exactly one of counts, votes and weights, got {got}")
        return self


class SoftLabelBody(Body):
    """Soft labels of one scheme."""

    items: list[JsonValue] = Field(
        min_length=1, max_length=BATCH_LIMIT, examples=[[FERPLUS_ROW, VOTES_ROW]]
    )
    """Up to 1,000 objects with `counts`, `votes` or `weights`, and `item`, `text`, `agent`; a bad one has
    its error at its place."""
    tier: Tier = Field(default="primary", examples=["primary"])
    """Tier that the concepts are rolled up to."""
    target: str | None = Field(default=None, examples=["ekman-6"])
    """Another scheme to say the labels in."""
    to: Literal["emotionml", "onyx", "rdf"] | None = None
    """Give one document of the good items, too."""
    categories: str | None = None
    """Vocabulary of the document's categories; by default `affectgraph`, the concepts themselves."""
    format: RdfName | None = None
    """Onyx and RDF: Turtle if left out."""


class Distribution(Shape):
    """How the mass of a soft label lies on names, and on reasons where it has no home."""

    over: str
    """What the names are: a scheme's name, `concept`, or a tier."""
    mass: dict[str, float]
    """Share by name, the largest first."""
    homeless: dict[str, float]
    """Share by reason, the largest first; both together sum to 1."""
    top: tuple[str, ...]
    """Names with the most mass; several if they tie."""
    raters: int | None
    """Number of votes; null for weights."""
    counts: dict[str, float] | None
    """Votes by name and reason, parts of votes where one was divided; null for weights."""
    entropy: float
    """In bits, over names and reasons."""
    agreement: float | None
    """Share of the pairs of raters that agree; null for weights and below two raters."""


class SoftAnswer(Shape):
    """One item as distributions; no rater is dropped."""

    item: str
    """Its name, if it has one."""
    labels: Distribution
    """Over the labels of the scheme."""
    concepts: Distribution
    """Over concepts, by the anchors of the labels."""
    tier: Distribution
    """Over the concepts of the tier."""
    target: Distribution | None
    """Over the labels of the other scheme, if one was asked for."""


class SoftLabelAnswer(Batch[SoftAnswer]):
    """The items' distributions, and how far the raters agree."""

    scheme: str
    """The scheme that the labels are of."""
    fleiss_kappa: float | None
    """Agreement beyond chance over the good items; null if it is not defined for them."""
    fleiss_kappa_note: str
    """Why there is none; empty otherwise."""
    document: EnvelopeAnswer | None
    """The good items in another format, if asked for."""


def read_soft(linker: SchemeLinker, given: SoftLabel) -> soft.Distribution:
    """Return what was said of one item as a distribution over the labels of a scheme.

    :raises InputError: if a count, vote or weight is none, or there is no vote.
    """
    if given.counts is not None:
        return soft.from_counts(linker, given.counts)
    if given.votes is not None:
        return soft.from_votes(linker, given.votes)
    return soft.from_weights(linker, given.weights or {})


def to_distribution(found: soft.Distribution) -> Distribution:
    """Return a distribution as it is sent."""
    return Distribution(
        over=found.over,
        mass=dict(found.mass),
        homeless=dict(found.homeless),
        top=found.top,
        raters=found.raters,
        counts=None if found.raters is None else found.counts(),
        entropy=found.entropy,
        agreement=found.agreement,
    )


def to_soft_answer(
    linker: SchemeLinker,
    found: soft.Distribution,
    *,
    item: str = "",
    tier: str = "primary",
    target: str | None = None,
) -> SoftAnswer:
    """Return one item's distributions as they are sent.

    :raises UnknownTermError: if there is no such target.
    :raises InputError: if there is no such tier.
    """
    concepts = soft.to_concepts(linker, found)
    other = soft.to_scheme(linker, found, target) if target is not None else None
    return SoftAnswer(
        item=item,
        labels=to_distribution(found),
        concepts=to_distribution(concepts),
        tier=to_distribution(soft.roll_up(linker.graph, concepts, tier)),
        target=None if other is None else to_distribution(other),
    )


Kept = list[tuple[soft.Distribution, SoftLabel]]
"""The good items of a request, with what was said of them."""


def read_items(
    linker: SchemeLinker, items: Sequence[object], *, tier: str, target: str | None
) -> tuple[Batch[SoftAnswer], Kept]:
    """Return the answer for each item, and the good ones as distributions over labels.

    :param items: as a request has them.
    :raises UnknownTermError: if there is no such target.
    :raises InputError: if there is no such tier.
    """
    if tier not in get_args(Tier):
        raise InputError(f"Expected a tier of {', '.join(get_args(Tier))}, got {tier!r}.")
    if target is not None:
        linker.graph.scheme(target)
    kept: Kept = []

    def answer(item: object) -> SoftAnswer:
        given = read_item(SoftLabel, item)
        found = read_soft(linker, given)
        sent = to_soft_answer(linker, found, item=given.item, tier=tier, target=target)
        kept.append((found, given))
        return sent

    return answer_each(SoftAnswer, items, answer), kept


def require_all(batch: Batch[SoftAnswer]) -> None:
    """Refuse a batch with bad items, for documents that have no place for errors.

    :raises InputError: naming the first of them by place.
    """
    bad = [f"items.{item.index}: {item.error.detail}" for item in batch.items if item.error]
    if bad:
        raise InputError(
            f"Expected good items alone in a document, got {len(bad)} bad. {' '.join(bad[:3])} "
            "Ask for JSON to have the good ones."
        )


def write_items(
    linker: SchemeLinker,
    kept: Kept,
    *,
    to: str,
    categories: str | None = None,
    format: str | None = None,  # noqa: A002
) -> Envelope:
    """Return the items as one document; mass that lies on no concept is among its losses.

    :param to, categories, format: as for :func:`affectgraph.kg.envelopes.write_envelope`; categories are
        the concepts themselves if left out.
    """
    over = [soft.to_concepts(linker, found) for found, _ in kept]
    written = write_envelope(
        linker.graph,
        [_seen(linker, concepts, given) for concepts, (_, given) in zip(over, kept, strict=True)],
        to=to,
        categories=categories or (None if to == "rdf" else OWN),
        format=format,
    )
    homeless = [loss for place, concepts in enumerate(over) for loss in _homeless(place, concepts)]
    return replace(written, losses=(*homeless, *written.losses))


def _seen(linker: SchemeLinker, concepts: soft.Distribution, given: SoftLabel) -> Observation:
    return soft.to_observation(
        linker.graph, concepts, item=given.item, text=given.text, agent=given.agent
    )


def _homeless(place: int, concepts: soft.Distribution) -> Iterator[envelopes.Loss]:
    """Yield what an observation has no place for: mass that lies on no concept."""
    for reason, share in concepts.homeless.items():
        message = f"{share:.4g} of the mass lies on no concept ({reason}) and is not written."
        yield envelopes.Loss(f"observations[{place}]", "episodes", message)


def kappa_of(found: Sequence[soft.Distribution]) -> tuple[float | None, str]:
    """Return Fleiss' kappa of items, or None and why it is not defined for them."""
    if not found:
        return None, "No item is good."
    if any(item.raters is None for item in found):
        return None, "Kappa is of votes, and some items have weights."
    try:
        kappa = soft.fleiss_kappa(found)
    except InputError as error:
        return None, str(error)
    return kappa, "" if kappa is not None else "All votes are for one name."
