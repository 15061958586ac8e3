"""What the graph knows of observations, and emotions with rationales that it has checked."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from affectgraph.api.access import admit_to_model
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.event_stream import EVENT_STREAM
from affectgraph.api.handlers import documented
from affectgraph.api.llm_runs import ModelRuns, begin
from affectgraph.api.reasoning_bodies import (
    FactsBatchBody,
    FactsBody,
    ReasonBatchBody,
    ReasonBody,
    read_observation,
    require_facts,
)
from affectgraph.api.reasoning_events import EventWriter
from affectgraph.api.reasoning_responses import EventStream, WatchedJson
from affectgraph.api.reasoning_work import all_reasoned, begin_record, reasoned
from affectgraph.api.reasonings import EvidenceAnswer, ReasoningAnswer, to_evidence, to_reasoning
from affectgraph.api.repeated_names import NamedValuesRoute
from affectgraph.api.representations import (
    AcceptHeader,
    choose_type,
    documented_types,
    vary_by_accept,
)
from affectgraph.api.services import Services, ServicesDep
from affectgraph.reasoner import Reasoning

router = APIRouter(
    prefix="/v1",
    tags=["reasoning"],
    responses=documented(404, 413),
    route_class=NamedValuesRoute,
)


@router.post("/facts", summary="What the graph knows of an observation")
def post_facts(services: ServicesDep, body: FactsBody) -> EvidenceAnswer:
    """Emotions it may show, what is left open, and facts to cite, most useful first; no model is asked.

    For retrieval-augmented generation: `limit` and `token_budget` bound the facts.
    """
    return _facts(services, body.record(), body.limit, body.token_budget)


@router.post("/facts/batch", summary="What the graph knows of many observations")
def post_facts_of_many(services: ServicesDep, body: FactsBatchBody) -> Batch[EvidenceAnswer]:
    """As `POST /v1/facts`, for up to 100 records; a bad record has its error at its place.

    The answers may have 20,000 facts together.
    """
    require_facts(body.records, body.limit)
    return answer_each(
        EvidenceAnswer,
        body.records,
        lambda record: _facts(services, read_observation(record), body.limit, body.token_budget),
    )


@router.post(
    "/reason",
    summary="Which emotion an observation shows, and why",
    response_model=ReasoningAnswer,
    responses={**documented(406, 429), **documented_types(EVENT_STREAM)},
    dependencies=[Depends(vary_by_accept)],
)
def post_reason(
    services: ServicesDep, body: ReasonBody, accept: AcceptHeader = None
) -> ReasoningAnswer | Response:
    """An emotion with a rationale whose every claim the graph has checked, or an abstention.

    With a model, it drafts, contradicted claims go back, and the best draft is kept; without one, or
    with `model: false`, the graph reasons alone.

    With `Accept: text/event-stream` come events as they happen: `evidence`, `token` (a piece of a draft,
    with round and draft), `round` (its drafts with verdicts), and `result` as here, or `error` with a
    problem. A client that goes away ends the model's work. Requests wait in a queue; where it is full, 429
    and `Retry-After` say when to come back.
    """
    media_type = choose_type(accept, [EVENT_STREAM])
    llm = _model(services, body.model, 1)
    run = begin(services.reasoner_for(llm, body.settings()), body.record())
    to_answer = partial(_answer, llm, facts=body.facts)
    if media_type == EVENT_STREAM:
        return EventStream(run, EventWriter(to_answer, facts=body.facts), llm)
    if llm is None:
        return to_answer(run.rest())
    return WatchedJson(partial(reasoned, llm, run, to_answer), Vary="Accept")


@router.post(
    "/reason/batch",
    summary="Which emotions many observations show",
    response_model=Batch[ReasoningAnswer],
    responses=documented(429),
)
def post_reason_of_many(
    services: ServicesDep, body: ReasonBatchBody
) -> Batch[ReasoningAnswer] | Response:
    """As `POST /v1/reason`, for up to 100 records; a bad record has its error at its place.

    With a model, a batch has one place in the queue, and its records take turns with other requests.
    """
    require_facts(body.records, body.facts)
    llm = _model(services, body.model, len(body.records))
    reasoner = services.reasoner_for(llm, body.settings())
    to_answer = partial(_answer, llm, facts=body.facts)
    if llm is not None:
        return WatchedJson(partial(all_reasoned, llm, reasoner, body.records, to_answer))
    return answer_each(
        ReasoningAnswer,
        body.records,
        lambda record: to_answer(begin_record(reasoner, record).rest()),
    )


def _facts(
    services: Services, record: dict[str, Any], limit: int, token_budget: int | None
) -> EvidenceAnswer:
    found = services.retriever.retrieve(record, limit=limit, token_budget=token_budget)
    return to_evidence(found)


def _model(services: Services, is_wanted: bool, observations: int) -> ModelRuns | None:
    """Return the language model if there is one and it is wanted.

    :raises AccessError: if who asks may not ask it, or has asked it too often.
    """
    llm = services.llm if is_wanted else None
    if llm is not None:
        admit_to_model(observations)
    return llm


def _answer(llm: ModelRuns | None, found: Reasoning, *, facts: int) -> ReasoningAnswer:
    """Return a result as it is sent, with the model's name as it is shown."""
    answer = to_reasoning(found, facts=facts)
    return answer if llm is None else answer.model_copy(update={"model": llm.name})
