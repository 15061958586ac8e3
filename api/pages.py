"""Pages for people, and every IRI of the graph as HTML or RDF, by what the client accepts."""

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from affectgraph.api.bodies import BATCH_LIMIT
from affectgraph.api.documents import home_document, list_document, resource_document
from affectgraph.api.handlers import ALL_KINDS, OfferError, refuse_get
from affectgraph.api.immutable import PAGES
from affectgraph.api.marking import marked
from affectgraph.api.negotiation import (
    HTML,
    RDF_DOWNLOADS,
    RDF_TYPES,
    SHORT_NAMES,
    accept_of,
    wanted,
)
from affectgraph.api.openapi import describe as describe_api
from affectgraph.api.own_pages import own_triples
from affectgraph.api.rendering import local_href, own_address, render, template_text
from affectgraph.api.resources import describe, serialise
from affectgraph.api.services import Services, ServicesDep
from affectgraph.api.sparql import read_body
from affectgraph.api.unknown_iris import unknown_iri
from affectgraph.kg.faces import CAVEAT
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.ontology.iris import BASE

router = APIRouter(include_in_schema=False)

OF_QUADS = frozenset({"application/trig", "application/n-quads"})
"""Types of RDF that are for named graphs."""
OFFERED = (HTML, *(media_type for media_type in RDF_TYPES if media_type not in OF_QUADS))


@router.get("/")
def get_home(request: Request, services: ServicesDep) -> Response:
    """Return the page that says what this is, with a box for each question and the tree."""
    return render(*home_document(services.graph, base=str(request.base_url)))


@router.get("/lookup")
def get_lookup(
    services: ServicesDep, q: str = "", scheme: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Return what a label means, with its evidence."""
    context: dict[str, Any] = {
        "q": q,
        "scheme": scheme,
        "schemes": services.graph.schemes(),
        "grounding": None,
    }
    try:
        if q.strip():
            context["grounding"] = services.linker.ground(q, scheme=scheme.strip() or None)
    except AffectGraphError as error:
        return render("lookup.html", {**context, "error": str(error)}, status=404)
    return render("lookup.html", {**context, "error": None})


@router.get("/faces")
def get_faces(services: ServicesDep, actions: str = "", detector: str = "") -> Response:
    """Return emotions ranked by facial actions, with the caveat."""
    codes = actions.replace(",", " ").replace("+", " ").split()[:BATCH_LIMIT]
    context: dict[str, Any] = {
        "actions": actions,
        "detector": detector,
        "detectors": sorted({d.name for d in services.graph.index.detectors}),
        "caveat": CAVEAT,
        "ranking": None,
    }
    try:
        if codes:
            context["ranking"] = services.graph.emotions_by_action_units(
                codes, detector=detector.strip() or None, limit=10
            )
    except AffectGraphError as error:
        return render("faces.html", {**context, "error": str(error)}, status=404)
    return render("faces.html", {**context, "error": None})


@router.get("/rationale")
def get_rationale(
    services: ServicesDep, rationale: str = "", label: str = "", scheme: str = ""
) -> Response:
    """Return the verdicts on a rationale given in the address."""
    return _verdicts(services, rationale, label, scheme)


@router.post("/rationale")
def post_rationale(services: ServicesDep, body: Annotated[bytes, Depends(read_body)]) -> Response:
    """Return the verdicts on a rationale given by a form; texts may be long."""
    fields = parse_qs(body.decode("utf-8", "replace"))
    values = (fields.get(name, [""])[0] for name in ("rationale", "label", "scheme"))
    return _verdicts(services, *values)


def _verdicts(services: Services, rationale: str, label: str, scheme: str) -> Response:
    context: dict[str, Any] = {
        "rationale": rationale,
        "label": label,
        "scheme": scheme,
        "schemes": services.graph.schemes(),
        "report": None,
        "pieces": (),
        "href": local_href,
        "base": BASE,
        "error": None,
    }
    if not rationale.strip():
        return render("rationale.html", context)
    try:
        report = services.checker.check(
            rationale, label=label.strip() or None, scheme=scheme.strip() or None
        )
        context |= {"report": report, "pieces": marked(rationale, report.judgements)}
    except AffectGraphError as error:
        return render("rationale.html", {**context, "error": str(error)}, status=422)
    return render("rationale.html", context)


@router.get("/style.css")
def get_style() -> Response:
    """Return the style sheet of all pages."""
    headers = {"Cache-Control": "max-age=3600"}
    return Response(template_text("style.css"), media_type="text/css", headers=headers)


@router.get("/docs")
def get_docs(request: Request) -> Response:
    """Return the routes with their parameters and examples."""
    return render("docs.html", {"document": describe_api(request.app)})


@router.get("/problem/{name}")
def get_problem(name: str) -> Response:
    """Return what a kind of problem means; problem details link here."""
    kinds = {kind.name: kind for kind in ALL_KINDS}
    if name not in kinds:
        raise HTTPException(404, f"There is no kind of problem named {name!r}.")
    return render("problem.html", {"kind": kinds[name]})


@router.get("/emotion")
def get_emotions() -> Response:
    """Return where the emotions stand: in the tree on the home page."""
    return RedirectResponse(own_address("/#tree"), status_code=303)


@router.get("/{kind}")
def get_list(kind: str, request: Request, services: ServicesDep) -> Response:
    """Return all resources of a kind of :data:`affectgraph.api.documents.LISTS`."""
    document = list_document(services.graph, kind)
    return get_resource(kind, request, services) if document is None else render(*document)


@router.get("/{path:path}")
def get_resource(path: str, request: Request, services: ServicesDep) -> Response:
    """Return what the graph says about the IRI that ends in a path, as HTML or RDF.

    ``?format=`` names a format for links, ``?to=`` another scheme on a scheme's page.

    :raises UnknownTermError: 404 if the graph says nothing about it; it names what looks alike.
    :raises HTTPException: 404 if there is no such route, 405 if it is a route without GET.
    :raises OfferError: 406 if no format fits.
    """
    if path.endswith("/"):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(own_address("/" + path.strip("/")) + query, status_code=308)
    if path.startswith("v1/"):
        if any(route.matches(request.scope)[0] is Match.PARTIAL for route in request.app.routes):
            refuse_get()
        raise HTTPException(404, f"There is no route /{path[:300]}.")
    iri = BASE + path
    triples = describe(services.graph, iri) or own_triples(services, iri)
    if not triples:
        if path.partition("/")[0] not in {*PAGES, "graph"}:
            raise HTTPException(404, f"There is no route /{path[:300]}.")
        raise unknown_iri(services.graph, path)
    media_type = wanted(accept_of(request.headers), request.query_params.get("format"), OFFERED)
    if media_type is None:
        raise OfferError(406, f"Expected to send one of {', '.join(OFFERED)}.", offered=OFFERED)
    headers = {"Vary": "Accept", "Link": _links(iri, path)}
    if media_type != HTML:
        content = serialise(triples, RDF_TYPES[media_type])
        return Response(content, media_type=media_type, headers=headers)
    other = request.query_params.get("to") or None
    template, context = resource_document(services.graph, iri, triples, other=other)
    return render(template, context, headers=headers)


def _links(iri: str, path: str) -> str:
    links = [f'<{iri}>; rel="canonical"'] if iri.isascii() else []
    links += [
        f'</{path}?format={short}>; rel="alternate"; type="{SHORT_NAMES[short]}"'
        for short in RDF_DOWNLOADS.values()
        if path.isascii()
    ]
    return ", ".join(links)
