"""The service: ``uvicorn --factory affectgraph.api.app:create_app``, or ``affectgraph serve``."""

from asyncio import get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from fastapi import FastAPI

from affectgraph.api import openapi, pages, sparql, well_known
from affectgraph.api.access import DEFAULT_ACCESS, Access
from affectgraph.api.auth import Guard
from affectgraph.api.compression import Compression
from affectgraph.api.direct_sparql import DirectSparql
from affectgraph.api.handlers import add_handlers, respond
from affectgraph.api.interpreter import made_to_last, settle, short_pauses
from affectgraph.api.limits import BodyLimit
from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.llm_runs import ModelRuns
from affectgraph.api.operated import ServiceApp, add_cors, operate
from affectgraph.api.operation import DEFAULT_OPERATION, Operation
from affectgraph.api.query_pool import open_queries
from affectgraph.api.query_runner import QueryRunner
from affectgraph.api.readiness import compile_while_ready
from affectgraph.api.response_cache import ResponseCache
from affectgraph.api.response_store import STORE_BYTES, ResponseStore
from affectgraph.api.routes import (
    annotating,
    around,
    columns,
    corpora,
    emotions,
    envelopes,
    estimating,
    face_evidence,
    faces,
    graph_store,
    judging,
    looks,
    places,
    reasoning,
    relations,
    rewarding,
    schemes,
    service,
    space,
    suggesting,
    user_data,
    words,
)
from affectgraph.api.services import Services
from affectgraph.api.user_data import UserData
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner.models import LanguageModel

DESCRIPTION = """\
An open knowledge graph of emotions: Parrott's three-tier tree with definitions, valence, arousal and
dominance, published facial action patterns and the label schemes of the field's data sets, every fact
with its source. Labels are grounded in it with evidence, and rationales are checked claim by claim.

Nothing here diagnoses anybody: it is about what texts and faces are said to express. Where an
operator asks for keys, they are sent as `Authorization: Bearer KEY`; where he limits rates, answers say so in
`RateLimit` and `RateLimit-Policy`. Every error is a problem detail (RFC 9457).
"""

TAGS = [
    {"name": "emotions", "description": "The tree, states outside it, and what is known of each."},
    {
        "name": "faces",
        "description": "FACS codes, words and detector readings of faces, and emotions ranked by them.",
    },
    {"name": "nearest", "description": "Concepts by valence, arousal and dominance."},
    {"name": "vad", "description": "Regions, places of labels, rating scales, values over time."},
    {"name": "around", "description": "Modalities, kinds of cues and causes, vocabularies."},
    {"name": "schemes", "description": "Label sets of data sets and theories, and how they cross."},
    {"name": "columns", "description": "Label columns of data sets, and the votes of raters."},
    {"name": "annotating", "description": "Mentions of emotion in texts."},
    {
        "name": "grounding",
        "description": "From a label to a concept, with evidence, or an honest nil.",
    },
    {
        "name": "checking",
        "description": "A verdict on every claim of a rationale; answers on statements; rewards.",
    },
    {
        "name": "reasoning",
        "description": "What is known of an observation; emotions with rationales that were checked.",
    },
    {
        "name": "envelopes",
        "description": "Predictions and observations as EmotionML or Onyx, with what is lost.",
    },
    {"name": "sources", "description": "Where the facts come from, and under which licence."},
    {"name": "sparql", "description": "SPARQL 1.1 Protocol, queries only."},
    {"name": "service", "description": "Version, health and readiness."},
]

DATA_TAG = {"name": "data", "description": "Users' own graphs, written with a key of scope write."}
"""Of a service with users' data."""


def create_app(
    graph: EmotionGraph | None = None,
    *,
    model: LanguageModel | None = None,
    limits: LlmLimits = DEFAULT_LIMITS,
    operation: Operation = DEFAULT_OPERATION,
    access: Access = DEFAULT_ACCESS,
    cache_bytes: int = STORE_BYTES,
    queries: QueryRunner | None = None,
    data: UserData | None = None,
) -> FastAPI:
    """Return the service as an ASGI application.

    :param graph: the graph to serve; the packaged one, loaded at start-up, if left out.
    :param model: what ``/v1/reason`` asks; it is closed when the service stops. Without one the graph
        reasons alone.
    :param limits: what requests may have of the model.
    :param operation: CORS, metrics, spans and the access log.
    :param access: keys and limits.
    :raises MissingExtraError: if metrics or spans are asked for and their package is missing.
    :param cache_bytes: memory for answers that cannot change; 0 keeps none.
    :param queries: what runs SPARQL of strangers, such as :func:`affectgraph.api.query_pool.open_queries`
        gives; it is started and closed with the service. If left out, a graph that was given is asked in
        this process, and the packaged one by a pool.
    :param data: users' data, which come with a graph and queries of their own; closed with the service.
    """
    if data is not None:
        graph, queries = data.graph(), data.pool

    def services_on(served: EmotionGraph, runner: QueryRunner | None) -> Services:
        return Services(served, None if model is None else ModelRuns(model, limits), runner, data)

    @asynccontextmanager
    async def lifespan(app: ServiceApp) -> AsyncIterator[None]:
        if graph is None:
            packaged = EmotionGraph.load()
            app.state.services = services_on(packaged, queries or open_queries(packaged, None))
        services: Services = app.state.services
        try:
            with short_pauses():
                await _get_ready(services)
                app.state.readiness.begin()
                get_running_loop().run_in_executor(None, compile_while_ready, app.state.readiness)
                async with app.state.reporting():
                    yield
        finally:
            app.state.readiness.stop()
            await run_sync(services.queries.close)
            await run_sync(app.end_tracing)
            if data is not None:
                await run_sync(data.close)
            if model is not None:
                await run_sync(model.close)

    app = ServiceApp(
        title="AffectGraph",
        version=VERSION,
        summary="An open knowledge graph of emotions, and the service on it.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0 (code), CC BY 4.0 (graph)"},
        openapi_tags=TAGS if data is None else [*TAGS, DATA_TAG],
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    if graph is not None:
        app.state.services = services_on(graph, queries)
    if data is not None:
        data.shown_by(partial(_show, app))
    operate(app, operation)
    modules = (
        *(relations, looks, corpora, words, around, estimating),  # paths within others come first
        *(emotions, faces, face_evidence, space, places, schemes, columns),
        *(judging, suggesting, rewarding, reasoning, annotating, envelopes, service),
        *(() if data is None else (graph_store, user_data)),
        *(sparql, well_known, pages),
    )
    app.state.routers = [module.router for module in modules]
    for router in app.state.routers:
        app.include_router(router)
    app.router.routes.insert(0, DirectSparql())
    add_handlers(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Compression)
    app.state.responses = ResponseStore(limit=cache_bytes)
    app.add_middleware(ResponseCache, store=app.state.responses)
    if access != DEFAULT_ACCESS:
        app.add_middleware(Guard, access=access, respond=respond)
    add_cors(app, operation)
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]
    return app


def _show(app: FastAPI, graph: EmotionGraph) -> None:
    """Answer on another graph from now on."""
    app.state.services = app.state.services.on(graph)
    settle()


async def _get_ready(services: Services) -> None:
    """Start what runs queries, which takes a process its time, while this one reads the graph."""
    starting = get_running_loop().run_in_executor(None, services.queries.start)
    try:
        with made_to_last():
            services.warm_up()
    finally:
        await starting


def _describe(app: FastAPI) -> dict[str, Any]:
    return openapi.describe(app)
