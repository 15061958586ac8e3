"""The graph's pages as static files: what the service shows for every IRI, without the service.

Links between pages are relative, so the folder may be opened from disk or served below any address. What
only a service can do (lookups, SPARQL, crosswalks between schemes) is left out of the pages. Every page
lies as ``index.html`` in the folder of its IRI, with its triples as ``index.ttl`` beside it; a class or
property of the ontology has its page under ``ontology/NAME``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat

from affectgraph.api.documents import LISTS, home_document, list_document, resource_document
from affectgraph.api.rendering import render_text, template_text
from affectgraph.api.resources import describe, serialise
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.iris import AG, BASE

TURTLE = "index.ttl"
STYLE = "style.css"
DOWNLOADS = {"Turtle": "ttl"}

SUBJECTS_QUERY = "SELECT DISTINCT ?s WHERE { ?s ?p ?o FILTER(isIRI(?s)) }"

_LINK = re.compile(r'(?P<name>href)="(?P<target>/[^"]*|\?format=ttl)"')


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written.

    :param pages: number of pages.
    :param size: bytes of all files.
    """

    pages: int
    size: int


def page_path(iri: str) -> str:
    """Return where the page of an IRI lies in the site, as a folder.

    >>> page_path("https://w3id.org/affectgraph/ontology#valence")
    'ontology/valence'
    """
    return iri.removeprefix(BASE).replace("#", "/")


def site_iris(graph: EmotionGraph) -> list[str]:
    """Return the IRIs that have a page, sorted: all that the graph describes in its own namespaces."""
    result = graph.store.query(SUBJECTS_QUERY)
    if not isinstance(result, QuerySolutions):
        raise TypeError("Expected a SELECT query to give solutions.")
    subjects = (solution["s"] for solution in result)
    found = (s.value for s in subjects if isinstance(s, NamedNode))
    return sorted(iri for iri in found if iri.startswith(BASE))


def write_site(graph: EmotionGraph, folder: Path) -> SiteReport:
    """Write the site into a folder and return how much was written; takes about a minute.

    :raises OSError: if the folder cannot be written.
    :raises OntologyError: if two IRIs want one place.
    """
    pages = {page_path(iri): iri for iri in site_iris(graph)}
    known = {"", *LISTS, *pages}
    if len(pages) < len(site_iris(graph)):
        raise OntologyError("expected every IRI to have a page of its own, two share one.")
    size = _write(folder / STYLE, template_text(STYLE))
    count = 0
    for path, text, turtle in _documents(graph, pages):
        size += _write(folder / path / "index.html", relative_links(text, path, known))
        size += _write(folder / path / TURTLE, turtle) if turtle else 0
        count += 1
    return SiteReport(count, size)


def _documents(graph: EmotionGraph, pages: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield path, page and Turtle of every page."""
    template, context = home_document(graph, base=BASE)
    yield "", _static(template, context), ""
    for kind in LISTS:
        listed = list_document(graph, kind)
        if listed is not None:
            yield kind, _static(*listed), ""
    for path, iri in pages.items():
        triples = describe(graph, iri)
        template, context = resource_document(graph, iri, triples)
        context["downloads"] = DOWNLOADS
        turtle = serialise(triples, RdfFormat.TURTLE).decode()
        yield path, _static(template, context), turtle


def _static(template: str, context: dict[str, Any]) -> str:
    return render_text(template, {**context, "is_static": True})


def relative_links(text: str, path: str, known: set[str]) -> str:
    """Return a page with its links to other pages made relative to where it lies.

    A link to what has no page leads to its IRI on the web.

    :param path: the page's folder, empty for the first page.
    :param known: the folders that have a page.

    >>> relative_links('<a href="/au/AU1">', "emotion/joy", {"au/AU1"})
    '<a href="../../au/AU1/index.html">'
    """
    up = "../" * len([step for step in path.split("/") if step])

    def relative(link: re.Match[str]) -> str:
        target = link["target"]
        if target == "?format=ttl":
            return f'href="{TURTLE}"'
        place, hash_, fragment = target.removeprefix("/").partition("#")
        own = f"{place}/{fragment}"
        if BASE + f"{place}#{fragment}" == AG + fragment and own in known:
            return f'href="{up}{own}/index.html"'
        if place == STYLE:
            return f'href="{up}{STYLE}"'
        if place in known:
            folder = f"{place}/" if place else ""
            return f'href="{up}{folder}index.html{hash_}{fragment}"'
        return f'href="{BASE}{place}{hash_}{fragment}"'

    return _LINK.sub(relative, text)


def _write(path: Path, text: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode("utf-8")
    path.write_bytes(content)
    return len(content)
