"""Every subject of the graph in the project's namespaces answers with a description that has it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from urllib.parse import quote

import anyio
import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pyoxigraph import NamedNode, RdfFormat, parse

from affectgraph.api.app import create_app
from affectgraph.api.site import site_iris
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.iris import AG, BASE, LEX

TURTLE = {"accept": "text/turtle"}
SAMPLE = 15
"""Documents of each kind in the ordinary run; the slow one asks for all."""


def document_of(iri: str) -> str:
    """Return the IRI without its fragment: where a client of the Web asks for it."""
    return iri.partition("#")[0]


def by_document(iris: Iterable[str]) -> dict[str, set[str]]:
    """Return the subjects that each document has to describe."""
    found: dict[str, set[str]] = {}
    for iri in iris:
        found.setdefault(document_of(iri), set()).add(iri)
    return found


def kind_of(iri: str) -> str:
    """Return what tells kinds of subjects apart: the first part of the path; parts of words apart."""
    path = iri.removeprefix(BASE)
    return f"lex/{path.count('/')}" if iri.startswith(LEX) else path.partition("/")[0]


def sampled(documents: Mapping[str, set[str]], each: int) -> dict[str, set[str]]:
    """Return so many documents of each kind, spread evenly over their order."""
    kinds: dict[str, list[str]] = {}
    for document in documents:
        kinds.setdefault(kind_of(document), []).append(document)
    return {
        document: documents[document]
        for found in kinds.values()
        for document in islice(found, 0, None, -(-len(found) // each))
    }


@contextmanager
def served(graph: EmotionGraph) -> Iterator[FastAPI]:
    """Give the service, ready, which keeps no answers: a hundred thousand are asked once."""
    app = create_app(graph, cache_bytes=0)
    with TestClient(app):
        yield app


async def faults(app: FastAPI, documents: Mapping[str, set[str]]) -> list[str]:
    """Return what is wrong with the answers for documents, one sentence each."""
    wrong = []
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for document, subjects in documents.items():
            address = "/" + quote(document.removeprefix(BASE))
            response = await client.get(address, headers=TURTLE, follow_redirects=True)
            if response.status_code != 200:
                wrong.append(f"{document}: {response.status_code}")
                continue
            quads = parse(response.content, format=RdfFormat.TURTLE)
            described = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
            wrong += [f"{iri}: not in its description" for iri in subjects - described]
    return wrong


@pytest.fixture(scope="module")
def documents(graph: EmotionGraph) -> dict[str, set[str]]:
    return by_document(site_iris(graph))


def test_subjects_of_every_kind_are_described_where_their_iris_lead(
    graph: EmotionGraph, documents: dict[str, set[str]]
) -> None:
    chosen = sampled(documents, SAMPLE)
    with served(graph) as app:
        wrong = anyio.run(faults, app, chosen)

    assert wrong == []
    assert {kind_of(document) for document in documents} == {kind_of(d) for d in chosen}


def test_every_term_of_the_ontology_is_in_its_document(
    documents: dict[str, set[str]],
) -> None:
    terms = documents[document_of(AG)]
    assert {AG + "Anger", AG + "valence", AG + "primaryTier", AG + "Forgiveness"} <= terms


@pytest.mark.slow
def test_every_subject_is_described_where_its_iri_leads(
    graph: EmotionGraph, documents: dict[str, set[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with served(graph) as app:
        wrong = anyio.run(faults, app, documents)

    subjects = sum(map(len, documents.values()))
    with capsys.disabled():
        print(f"\n{subjects:,} subjects in {len(documents):,} documents, {len(wrong)} wrong")
    assert wrong[:20] == []


def test_subject_without_a_description_is_noticed(graph: EmotionGraph) -> None:
    made = {f"{BASE}emotion/anger": {f"{BASE}emotion/angr"}, f"{BASE}emotion/angr": {"x"}}
    with served(graph) as app:
        assert anyio.run(faults, app, made) == [
            f"{BASE}emotion/angr: not in its description",
            f"{BASE}emotion/angr: 404",
        ]
