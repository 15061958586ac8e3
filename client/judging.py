"""Questions to the checker and the reasoner."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from affectgraph.api import answers
from affectgraph.api.batches import Batch
from affectgraph.api.estimates import Estimate
from affectgraph.api.event_stream import EVENT_STREAM
from affectgraph.api.reasoning_bodies import EffortBody, Style
from affectgraph.api.reasoning_events import Token
from affectgraph.api.reasonings import (
    EvidenceAnswer,
    ObservedLabel,
    ReasoningAnswer,
    RoundAnswer,
)
from affectgraph.api.rewards import RewardAnswer, WeightsBody
from affectgraph.api.statements import StatementAnswer
from affectgraph.client.call import Call, post
from affectgraph.client.events import EventsCall
from affectgraph.reasoner.prompt_styles import Answer

DataName = Literal["jsonld", "turtle", "ntriples", "trig"]
Readings = Mapping[str, float]
Label = str | ObservedLabel | Mapping[str, Any]
Effort = EffortBody | Mapping[str, int]
Feedback = str | Sequence[str]
ReasonEvent = EvidenceAnswer | Token | RoundAnswer | ReasoningAnswer
"""What comes of a run while it goes on: evidence, a piece of a draft, a round of drafts, the result."""

REASON_EVENTS = {
    "evidence": EvidenceAnswer,
    "token": Token,
    "round": RoundAnswer,
    "result": ReasoningAnswer,
}


def check(
    rationale: str | None = None,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    id: str | None = None,  # noqa: A002
    agent: str | None = None,
    sources: str = "any",
) -> Call[answers.Report]:
    """Return a verdict on every claim of a rationale."""
    body = _check_body(rationale, label, scheme, aus, vad, id, agent, sources)
    return Call("POST", "/v1/check", answers.Report, body=body)


def check_document(
    rationale: str | None = None,
    *,
    format: DataName = "turtle",  # noqa: A002
    graph: str | None = None,
    label: str | None = None,
    scheme: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    id: str | None = None,  # noqa: A002
    agent: str | None = None,
    sources: str = "any",
) -> Call[str]:
    """Return the same report as RDF; ``graph`` names the graph in TriG."""
    body = _check_body(rationale, label, scheme, aus, vad, id, agent, sources)
    query = {"format": format, "graph": graph}
    return Call("POST", "/v1/check", str, query=query, body=body, accept="*/*")


def _check_body(
    rationale: str | None,
    label: str | None,
    scheme: str | None,
    aus: Readings | None,
    vad: Sequence[float] | None,
    id_: str | None,
    agent: str | None,
    sources: str,
) -> dict[str, Any]:
    return {
        "rationale": rationale,
        "label": label,
        "scheme": scheme,
        "aus": aus,
        "vad": vad,
        "id": id_,
        "agent": agent,
        "sources": sources,
    }


def check_many(records: Sequence[object], *, sources: str = "any") -> Call[answers.CheckAnswer]:
    """Return reports on up to 1,000 records with the fields of :func:`check`."""
    return post("/v1/check/batch", answers.CheckAnswer, records=records, sources=sources)


def check_many_document(
    records: Sequence[object],
    *,
    format: DataName = "turtle",  # noqa: A002
    graph: str | None = None,
    sources: str = "any",
) -> Call[str]:
    """Return the same reports as one document of RDF."""
    query = {"format": format, "graph": graph}
    return post("/v1/check/batch", str, query=query, accept="*/*", records=records, sources=sources)


def ask(
    statement: str,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: Readings | None = None,
) -> Call[StatementAnswer]:
    """Return whether a statement about an observation holds."""
    return post(
        "/v1/ask", StatementAnswer, statement=statement, label=label, scheme=scheme, aus=aus
    )


def ask_many(records: Sequence[object]) -> Call[Batch[StatementAnswer]]:
    """Return the same of up to 1,000 records with the fields of :func:`ask`."""
    return post("/v1/ask/batch", Batch[StatementAnswer], records=records)


def reward(
    rationale: str,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: Readings | None = None,
    weights: WeightsBody | Mapping[str, float] | None = None,
) -> Call[RewardAnswer]:
    """Return what a rationale is worth to training."""
    return post(
        "/v1/reward",
        RewardAnswer,
        rationale=rationale,
        label=label,
        scheme=scheme,
        aus=aus,
        weights=weights,
    )


def reward_many(
    records: Sequence[object], *, weights: WeightsBody | Mapping[str, float] | None = None
) -> Call[Batch[RewardAnswer]]:
    """Return the same of up to 1,000 records with the fields of :func:`reward`."""
    return post("/v1/reward/batch", Batch[RewardAnswer], records=records, weights=weights)


def facts(
    *,
    text: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    label: str | None = None,
    scheme: str | None = None,
    labels: Sequence[Label] | None = None,
    limit: int = 50,
    token_budget: int | None = None,
) -> Call[EvidenceAnswer]:
    """Return what the graph knows of an observation; no model is asked."""
    return post(
        "/v1/facts",
        EvidenceAnswer,
        text=text,
        aus=aus,
        vad=vad,
        label=label,
        scheme=scheme,
        labels=labels,
        limit=limit,
        token_budget=token_budget,
    )


def facts_many(
    records: Sequence[object], *, limit: int = 50, token_budget: int | None = None
) -> Call[Batch[EvidenceAnswer]]:
    """Return the same of up to 100 observations."""
    return post(
        "/v1/facts/batch",
        Batch[EvidenceAnswer],
        records=records,
        limit=limit,
        token_budget=token_budget,
    )


def reason(
    *,
    text: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    label: str | None = None,
    scheme: str | None = None,
    labels: Sequence[Label] | None = None,
    model: bool = True,
    style: Style = "three-section",
    answer: Answer = "json",
    feedback: Feedback = "plain",
    effort: Effort | None = None,
    seed: int = 0,
    facts: int = 20,
) -> Call[ReasoningAnswer]:
    """Return an emotion with a rationale whose every claim the graph has checked."""
    observed = _observation(text, aus, vad, label, scheme, labels)
    options = _options(model, style, answer, feedback, effort, seed, facts)
    return Call("POST", "/v1/reason", ReasoningAnswer, body={**observed, **options})


def reason_events(
    *,
    text: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    label: str | None = None,
    scheme: str | None = None,
    labels: Sequence[Label] | None = None,
    model: bool = True,
    style: Style = "three-section",
    answer: Answer = "json",
    feedback: Feedback = "plain",
    effort: Effort | None = None,
    seed: int = 0,
    facts: int = 20,
) -> EventsCall[ReasonEvent]:
    """Give the events of a run of :func:`reason` as they happen, the result as the last.

    Before it come the evidence, pieces of drafts, and rounds of drafts with their verdicts.
    """
    observed = _observation(text, aus, vad, label, scheme, labels)
    options = _options(model, style, answer, feedback, effort, seed, facts)
    body = {**observed, **options}
    return EventsCall(
        "POST", "/v1/reason", None, body=body, accept=EVENT_STREAM, kinds=REASON_EVENTS
    )


def reason_many(
    records: Sequence[object],
    *,
    model: bool = True,
    style: Style = "three-section",
    answer: Answer = "json",
    feedback: Feedback = "plain",
    effort: Effort | None = None,
    seed: int = 0,
    facts: int = 20,
) -> Call[Batch[ReasoningAnswer]]:
    """Return the same of up to 100 observations."""
    options = _options(model, style, answer, feedback, effort, seed, facts)
    return post("/v1/reason/batch", Batch[ReasoningAnswer], records=records, **options)


def estimate(
    *,
    text: str | None = None,
    aus: Readings | None = None,
    vad: Sequence[float] | None = None,
    label: str | None = None,
    scheme: str | None = None,
    labels: Sequence[Label] | None = None,
    model: bool = True,
    style: Style = "three-section",
    answer: Answer = "json",
    feedback: Feedback = "plain",
    effort: Effort | None = None,
    seed: int = 0,
    facts: int = 20,
) -> Call[Estimate]:
    """Return what :func:`reason` would take with a model; none is asked."""
    observed = _observation(text, aus, vad, label, scheme, labels)
    options = _options(model, style, answer, feedback, effort, seed, facts)
    return Call("POST", "/v1/reason/estimate", Estimate, body={**observed, **options})


def estimate_many(
    records: Sequence[object],
    *,
    model: bool = True,
    style: Style = "three-section",
    answer: Answer = "json",
    feedback: Feedback = "plain",
    effort: Effort | None = None,
    seed: int = 0,
    facts: int = 20,
) -> Call[Batch[Estimate]]:
    """Return the same of up to 100 observations."""
    options = _options(model, style, answer, feedback, effort, seed, facts)
    return post("/v1/reason/estimate/batch", Batch[Estimate], records=records, **options)


def _observation(
    text: str | None,
    aus: Readings | None,
    vad: Sequence[float] | None,
    label: str | None,
    scheme: str | None,
    labels: Sequence[Label] | None,
) -> dict[str, Any]:
    return {
        "text": text,
        "aus": aus,
        "vad": vad,
        "label": label,
        "scheme": scheme,
        "labels": labels,
    }


def _options(
    model: bool,
    style: Style,
    answer: Answer,
    feedback: Feedback,
    effort: Effort | None,
    seed: int,
    facts: int,
) -> dict[str, Any]:
    return {
        "model": model,
        "style": style,
        "answer": answer,
        "feedback": feedback,
        "effort": effort,
        "seed": seed,
        "facts": facts,
    }
