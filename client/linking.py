"""Questions about what people and models say: labels, texts, columns, votes, documents of others."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from affectgraph.api import answers, columns, soft_labels, wheel_answers
from affectgraph.api.annotations import Annotation
from affectgraph.api.batches import Batch
from affectgraph.api.envelope_answers import EnvelopeAnswer, RdfName
from affectgraph.api.suggestions import Suggestion, Suggestions
from affectgraph.client.call import Call, get, post
from affectgraph.linkers.presets import Preset
from affectgraph.linkers.suggest import SuggestionKind

Tier = Literal["primary", "secondary", "tertiary"]
Document = Literal["emotionml", "onyx", "rdf"]


def ground(
    label: str, *, scheme: str | None = None, preset: Preset = "balanced", limit: int = 5
) -> Call[answers.Grounding]:
    """Return what a label means, with evidence; ``nil`` is an answer."""
    return get(
        "/v1/ground", answers.Grounding, label=label, scheme=scheme, preset=preset, limit=limit
    )


def ground_many(
    labels: Sequence[object],
    *,
    scheme: str | None = None,
    preset: Preset = "balanced",
    limit: int = 5,
) -> Call[answers.GroundAnswer]:
    """Return what up to 1,000 labels mean."""
    return post(
        "/v1/ground", answers.GroundAnswer, labels=labels, scheme=scheme, preset=preset, limit=limit
    )


def suggest(
    q: str, *, limit: int = 10, kinds: Sequence[SuggestionKind] | None = None
) -> Call[list[Suggestion]]:
    """Return names that begin as was typed."""
    return get("/v1/suggest", list[Suggestion], q=q, limit=limit, kinds=kinds)


def suggest_many(
    texts: Sequence[object], *, limit: int = 10, kinds: Sequence[SuggestionKind] | None = None
) -> Call[Batch[Suggestions]]:
    """Return the same for up to 1,000 beginnings."""
    return post("/v1/suggest", Batch[Suggestions], texts=texts, limit=limit, kinds=kinds)


def annotate(text: str, *, overlapping: bool = False, ambiguous: bool = False) -> Call[Annotation]:
    """Return the mentions of emotion in a text, and what it sums up to."""
    return get("/v1/annotate", Annotation, text=text, overlapping=overlapping, ambiguous=ambiguous)


def annotate_document(
    text: str,
    *,
    format: RdfName = "turtle",  # noqa: A002
    overlapping: bool = False,
    ambiguous: bool = False,
) -> Call[str]:
    """Return a text with its affirmed mentions as NIF 2.0."""
    return get(
        "/v1/annotate",
        str,
        accept="*/*",
        text=text,
        format=format,
        overlapping=overlapping,
        ambiguous=ambiguous,
    )


def annotate_many(
    texts: Sequence[object],
    *,
    overlapping: bool = False,
    ambiguous: bool = False,
    nif: RdfName | None = None,
) -> Call[Batch[Annotation]]:
    """Return the mentions of emotion in up to 1,000 texts."""
    return post(
        "/v1/annotate",
        Batch[Annotation],
        texts=texts,
        overlapping=overlapping,
        ambiguous=ambiguous,
        nif=nif,
    )


def detect_schemes(labels: Sequence[object], *, limit: int = 5) -> Call[columns.DetectAnswer]:
    """Return the schemes that cover most of a column."""
    return post("/v1/schemes/detect", columns.DetectAnswer, labels=labels, limit=limit)


def read_column(name: str, labels: Sequence[object]) -> Call[columns.LabelColumn]:
    """Return a column in a scheme."""
    return post("/v1/schemes/{name}/read", columns.LabelColumn, names={"name": name}, labels=labels)


def map_column(name: str, labels: Sequence[object], target: str) -> Call[columns.MappedColumn]:
    """Return a column of a scheme in another, and what that loses."""
    return post(
        "/v1/schemes/{name}/map",
        columns.MappedColumn,
        names={"name": name},
        labels=labels,
        target=target,
    )


def soft_label_items(
    name: str,
    items: Sequence[object],
    *,
    tier: Tier = "primary",
    target: str | None = None,
    to: Document | None = None,
    categories: str | None = None,
    format: RdfName | None = None,  # noqa: A002
) -> Call[soft_labels.SoftLabelAnswer]:
    """Return votes of raters as distributions over labels, concepts, a tier and another scheme."""
    return post(
        "/v1/schemes/{name}/soft-labels",
        soft_labels.SoftLabelAnswer,
        names={"name": name},
        items=items,
        tier=tier,
        target=target,
        to=to,
        categories=categories,
        format=format,
    )


def score_wheels(
    references: Mapping[str, wheel_answers.Labels],
    predictions: Mapping[str, wheel_answers.Labels],
    *,
    tiers: Sequence[Tier] = ("primary", "secondary", "tertiary"),
    strict: bool = False,
    samples: bool = False,
) -> Call[wheel_answers.WheelReport]:
    """Return precision, recall and F of predicted label sets, by the tree."""
    return post(
        "/v1/wheels",
        wheel_answers.WheelReport,
        references=references,
        predictions=predictions,
        tiers=tiers,
        strict=strict,
        samples=samples,
    )


def envelope(
    records: Sequence[Mapping[str, Any]],
    *,
    to: Document = "emotionml",
    categories: str | None = None,
    dimensions: Literal["pad-dimensions", "fsre-dimensions"] | None = None,
    format: RdfName | None = None,  # noqa: A002
) -> Call[EnvelopeAnswer]:
    """Return up to 1,000 predictions or observations as one document, with its losses in words."""
    return post(
        "/v1/envelope",
        EnvelopeAnswer,
        records=records,
        to=to,
        categories=categories,
        dimensions=dimensions,
        format=format,
    )
