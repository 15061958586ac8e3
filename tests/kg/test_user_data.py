"""A user's own RDF stands beside the graph, in graphs of its own, or it is refused as a whole."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from affectgraph.api.cli_base import BACKEND, USAGE
from affectgraph.api.exporting import all_quads
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.kg.user_data import add_user_data, user_graph
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.running import run

TRIPLE = b"<urn:s> <urn:p> <urn:o> ."
MINE = f"<urn:s> <urn:p> <urn:o> <{user_graph('mine')}> ."


@pytest.fixture
def folder(small: EmotionGraph, tmp_path: Path) -> Path:
    assert isinstance(small.store, OxigraphStore)
    small.store.save(tmp_path / "own")
    return tmp_path / "own"


def test_data_stands_in_its_graph_and_not_in_the_default_graph(
    folder: Path, small: EmotionGraph
) -> None:
    added = add_user_data(folder, TRIPLE, format=RdfFormat.N_TRIPLES, name="mine")

    graph = EmotionGraph.load(folder)
    assert added == 1
    assert graph.sparql("ASK { <urn:s> <urn:p> <urn:o> }") is False
    assert graph.sparql(f"ASK {{ GRAPH <{user_graph('mine')}> {{ <urn:s> <urn:p> <urn:o> }} }}")
    assert graph.concept("dread") == small.concept("dread")
    assert not [quad for quad in all_quads(graph) if "urn:s" in str(quad)]


def test_document_added_twice_adds_nothing(folder: Path) -> None:
    first = add_user_data(folder, MINE.encode(), format=RdfFormat.N_QUADS)
    second = add_user_data(folder, TRIPLE, format=RdfFormat.TURTLE, name="mine")

    assert (first, second) == (1, 0)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("<urn:s> <urn:p> <urn:o> .", None, "the default graph"),
        ("<urn:s> <urn:p> <urn:o> <urn:g> .", None, "<urn:g>"),
        ("<urn:s> <urn:p> <urn:o> _:g .", "mine", "without an IRI"),
        (
            "<urn:s> <urn:p> <urn:o> <https://w3id.org/affectgraph/graph/vad-glasgow> .",
            "mine",
            "vad-glasgow",
        ),
        ("<urn:s> <urn:p>", "mine", "Expected a document"),
        ("<urn:s> <urn:p> <urn:o> .", "My Graph", "lower-case"),
        ("<urn:s> <urn:p> <urn:o> .", "", "lower-case"),
    ],
)
def test_data_outside_the_users_graphs_is_refused_as_a_whole(
    folder: Path, content: str, name: str | None, said: str
) -> None:
    before = len(list(all_quads(EmotionGraph.load(folder))))

    with pytest.raises(InputError, match=said):
        add_user_data(folder, f"{MINE}\n{content}".encode(), format=RdfFormat.N_QUADS, name=name)

    graph = EmotionGraph.load(folder)
    assert len(list(all_quads(graph))) == before
    assert graph.sparql("ASK { GRAPH ?g { <urn:s> ?p ?o } }") is False


def test_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="affectgraph export"):
        add_user_data(tmp_path, TRIPLE, format=RdfFormat.TURTLE, name="mine")


def test_command_adds_a_file_by_its_ending(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_bytes(TRIPLE)

    assert "1 quads are new" in run("import-rdf", folder, file, "--name", "mine")[1]
    assert "default graph" in run("import-rdf", folder, file, code=USAGE)[1]
    assert "Cannot read" in run("import-rdf", folder, tmp_path / "no.ttl", code=USAGE)[1]
    assert ".trig" in run("import-rdf", folder, tmp_path / "x.html", code=USAGE)[1]
    assert "export" in run("import-rdf", tmp_path / "no", file, "--name", "m", code=BACKEND)[1]
