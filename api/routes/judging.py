"""Grounding of labels, checking of rationales, answers on statements."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from affectgraph.api import answers
from affectgraph.api.annotations import require_total
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented
from affectgraph.api.repeated_names import RepeatedNamesRoute
from affectgraph.api.representations import (
    DATA_FORMATS,
    LOSSES,
    AcceptHeader,
    DataFormatQuery,
    document_response,
    documented_types,
    rdf_format,
    vary_by_accept,
)
from affectgraph.api.routes.parameters import AnswerLimit, PresetQuery, SchemeQuery
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.statements import StatementAnswer, StatementBatchBody, StatementBody
from affectgraph.kg.user_data import user_graph
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner import Report, reports_to_rdf
from affectgraph.reasoner.claim_rdf import of_record
from affectgraph.reasoner.statement import judge_statement_record

router = APIRouter(prefix="/v1", responses=documented(404, 413), route_class=RepeatedNamesRoute)

GraphNameQuery = Annotated[
    str | None,
    Query(description="With TriG: the named graph is `graph/user/NAME`, `checks` if left out."),
]


@router.get("/ground", summary="What a label means", tags=["grounding"])
def get_grounding(
    services: ServicesDep,
    label: Annotated[
        str, Query(description="What a model or data set says.", examples=["annoyed"])
    ],
    scheme: SchemeQuery = None,
    preset: PresetQuery = "balanced",
    limit: AnswerLimit = 5,
) -> answers.Grounding:
    """The concept a label names, with evidence and a score; `nil` with a reason is an answer, too.

    With a scheme, `LABEL_3` is the label of that code or, in schemes without codes, at that place.
    """
    found = services.linker.ground(label, scheme=scheme, preset=preset, limit=limit)
    return answers.Grounding.model_validate(found)


@router.post("/ground", summary="What many labels mean", tags=["grounding"])
def post_groundings(services: ServicesDep, body: answers.GroundBody) -> answers.GroundAnswer:
    """As `GET /v1/ground`, for up to 1,000 labels; each is answered as it would be alone."""
    found = services.linker.ground_many(
        body.labels, scheme=body.scheme, preset=body.preset, limit=body.limit
    )
    return answers.to_ground_answer(found)


@router.post(
    "/check",
    summary="Check a rationale",
    tags=["checking"],
    response_model=answers.Report,
    responses={**documented(406), **documented_types(*DATA_FORMATS)},
    dependencies=[Depends(vary_by_accept)],
)
def post_check(
    services: ServicesDep,
    body: answers.CheckBody,
    format_: DataFormatQuery = None,
    graph: GraphNameQuery = None,
    accept: AcceptHeader = None,
) -> answers.Report | Response:
    """Every claim of the text and of the record's fields, with a verdict and the facts it rests on.

    As JSON-LD, Turtle, N-Triples or TriG: the run as PROV-O, the claims' words as Web Annotation.
    """
    rdf = _rdf_format(accept, format_, graph)
    report = services.checker_by(body.sources).check_record(body.model_dump())
    if rdf is None:
        return answers.to_report(report)
    return _document(services, [body.model_dump()], [report], rdf, graph)


@router.post(
    "/check/batch",
    summary="Check many rationales",
    tags=["checking"],
    response_model=answers.CheckAnswer,
    responses={**documented(406), **documented_types(*DATA_FORMATS)},
    dependencies=[Depends(vary_by_accept)],
)
def post_checks(
    services: ServicesDep,
    body: answers.CheckBatchBody,
    format_: DataFormatQuery = None,
    graph: GraphNameQuery = None,
    accept: AcceptHeader = None,
) -> answers.CheckAnswer | Response:
    """As `POST /v1/check`, for up to 1,000 records; a bad record has its error at its place.

    RDF holds the good ones alone; the header `AffectGraph-Losses` counts the bad.
    """
    rdf = _rdf_format(accept, format_, graph)
    require_total(_texts(body.records, "rationale"), command="check FILE")
    found = services.checker_by(body.sources).check_many(body.records)  # type: ignore[arg-type]
    if rdf is None:
        return answers.to_check_answer(found)
    return _document(services, body.records, found, rdf, graph)


def _rdf_format(accept: str | None, format_: str | None, name: str | None) -> str | None:
    """Return the format of RDF that a request asks for, None for JSON.

    :param name: name of the graph.
    :raises OfferError: 406 if the header takes none of the formats.
    :raises InputError: if a name comes with a format other than TriG, or is none.
    """
    rdf = rdf_format(accept, format_, DATA_FORMATS)
    if name is not None:
        if rdf != "trig":
            raise InputError(
                f"Expected format 'trig' with the name of a graph, got {rdf or 'json'!r}. "
                "Add format=trig, or leave out graph."
            )
        user_graph(name)
    return rdf


def _document(
    services: Services,
    records: Sequence[object],
    found: Sequence[Report | AffectGraphError],
    rdf: str,
    name: str | None,
) -> Response:
    """Return the good records of a run as one RDF document; a header counts the bad ones."""
    checked = [
        of_record(record, report)
        for record, report in zip(records, found, strict=True)
        if isinstance(report, Report) and isinstance(record, dict)
    ]
    document = reports_to_rdf(
        services.graph, checked, format=rdf, name=name, checked_at=datetime.now(UTC)
    )
    response = document_response(document)
    response.headers[LOSSES] = str(len(found) - len(checked))
    return response


@router.post("/ask", summary="Whether a statement holds", tags=["checking"])
def post_statement(services: ServicesDep, body: StatementBody) -> StatementAnswer:
    """True, false or unknown of an observation, with the verdict on every claim of the statement."""
    found = judge_statement_record(services.checker, body.model_dump())
    return StatementAnswer.model_validate(found)


@router.post("/ask/batch", summary="Whether many statements hold", tags=["checking"])
def post_statements(services: ServicesDep, body: StatementBatchBody) -> Batch[StatementAnswer]:
    """As `POST /v1/ask`, for up to 1,000 records; a bad record has its error at its place."""
    require_total(_texts(body.records, "statement"), command="ask --input FILE")
    return answer_each(
        StatementAnswer,
        body.records,
        lambda record: StatementAnswer.model_validate(
            judge_statement_record(services.checker, record)
        ),
    )


def _texts(records: Sequence[object], field: str) -> list[object]:
    return [record.get(field) for record in records if isinstance(record, dict)]
