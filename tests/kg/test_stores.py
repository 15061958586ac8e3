"""Every store of the package, held to the same contract, and what is special to each."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from affectgraph.kg import EmotionGraph, GraphStore, OxigraphStore, RemoteStore
from affectgraph.ontology.build import write_dumps
from affectgraph.ontology.errors import BackendError, InputError, QueryError
from affectgraph.ontology.iris import AG
from tests.kg.store_compliance import StoreCompliance, ask

# --- a SPARQL server, as small as the protocol allows ---------------------------------------------


class SparqlHandler(BaseHTTPRequestHandler):
    """Answers SPARQL 1.1 queries; the store is set on a subclass."""

    store: OxigraphStore

    def do_GET(self) -> None:
        self.answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def answer(self, query: str) -> None:
        form = parse_qs(query, keep_blank_values=True)
        try:
            result = self.store.query(
                form["query"][0],
                default_graphs=form.get("default-graph-uri", []),
                named_graphs=form.get("named-graph-uri", []),
            )
        except QueryError as error:
            self._send(400, "text/plain", str(error).encode())
            return
        if isinstance(result, QuerySolutions | QueryBoolean):
            body = result.serialize(format=QueryResultsFormat.JSON)
            self._send(200, "application/sparql-results+json", body or b"")
        else:
            body = result.serialize(format=RdfFormat.N_TRIPLES)
            self._send(200, "application/n-triples", body or b"")

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1 and give the URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()


def answering(status: int, media_type: str, body: bytes) -> type[BaseHTTPRequestHandler]:
    """Return a handler that always gives one answer."""

    class Fixed(SparqlHandler):
        def answer(self, query: str) -> None:
            self._send(status, media_type, body)

    return Fixed


# --- the stores -----------------------------------------------------------------------------------


class TestMemory(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls) -> GraphStore:
        return OxigraphStore.packaged()


class TestFile(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
        folder = tmp_path_factory.mktemp("file")
        write_dumps(folder, names=("affectgraph.nq",))
        return OxigraphStore.open(folder / "affectgraph.nq")


class TestDirectory(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
        folder = tmp_path_factory.mktemp("directory") / "store"
        OxigraphStore.packaged().save(folder)
        return OxigraphStore.open(folder)


class TestRemote(StoreCompliance):
    @pytest.fixture(scope="class")
    @classmethod
    def store(cls) -> Iterator[GraphStore]:
        class Handler(SparqlHandler):
            store = OxigraphStore.packaged()

        with serving(Handler) as url:
            yield RemoteStore(url)


# --- on disk --------------------------------------------------------------------------------------


def test_directory_is_opened_read_only_so_that_several_may_hold_it(tmp_path: Path) -> None:
    OxigraphStore.packaged().save(tmp_path / "store")

    first = OxigraphStore.open(tmp_path / "store")
    second = OxigraphStore.open(tmp_path / "store")

    assert len(first) == len(second) == len(OxigraphStore.packaged())
    with pytest.raises(RuntimeError, match="read-write"):
        first._store.clear()


def test_saving_over_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")

    with pytest.raises(BackendError, match="expected a new or empty directory"):
        OxigraphStore.packaged().save(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_directory_that_is_no_store_is_a_backend_error(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("not a store")

    with pytest.raises(BackendError):
        OxigraphStore.open(tmp_path)


def test_empty_directory_is_refused_with_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"without a store.*affectgraph export"):
        OxigraphStore.open(tmp_path)


def test_quads_of_a_file_without_named_graphs_lie_in_the_default_graph(tmp_path: Path) -> None:
    write_dumps(tmp_path, names=("affectgraph-dl.nt",))

    store = OxigraphStore.open(tmp_path / "affectgraph-dl.nt")

    assert not ask(store, "ASK { GRAPH ?g { ?s ?p ?o } }")
    assert ask(store, f"ASK {{ <{AG}Anger> a ?type }}")


def test_binding_of_a_variable_that_is_not_selected_is_a_query_error() -> None:
    store = OxigraphStore.packaged()

    with pytest.raises(QueryError, match=r"\?parent in its SELECT projection"):
        store.query("SELECT ?s WHERE { ?s ?p ?parent }", bindings={"parent": NamedNode("urn:a")})


def test_document_that_does_not_parse_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        OxigraphStore.from_bytes(b"not trig")


def test_store_of_user_data_is_held_apart_from_the_packaged_one() -> None:
    mine = OxigraphStore.from_bytes(b"<urn:a> <urn:b> <urn:c> .", format_=RdfFormat.N_TRIPLES)

    assert len(mine) == 1
    assert not ask(OxigraphStore.packaged(), "ASK { <urn:a> ?p ?o }")


# --- remote ---------------------------------------------------------------------------------------


def test_graph_loads_from_a_url(graph: EmotionGraph) -> None:
    class Handler(SparqlHandler):
        store = OxigraphStore.packaged()

    with serving(Handler) as url:
        assert EmotionGraph.load(url).concept("dread") == graph.concept("dread")


def test_nothing_is_sent_before_the_first_query() -> None:
    RemoteStore("http://127.0.0.1:1/sparql").close()


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://127.0.0.1/x", "127.0.0.1:80"])
def test_other_schemes_than_http_are_refused(url: str) -> None:
    with pytest.raises(InputError, match=r"Expected the http\(s\) URL of a SPARQL endpoint"):
        RemoteStore(url)


def test_server_that_is_not_there_is_a_retryable_backend_error() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"

        with pytest.raises(BackendError, match="no answer from") as caught:
            RemoteStore(url).query("ASK {}")

    assert caught.value.retryable
    assert caught.value.backend == "remote"


@pytest.mark.parametrize(
    ("status", "retryable"), [(401, False), (404, False), (500, True), (503, True)]
)
def test_http_error_is_a_backend_error_with_its_words(status: int, retryable: bool) -> None:
    with (
        serving(answering(status, "text/plain", b"said the server")) as url,
        pytest.raises(BackendError, match=f"HTTP {status}: said the server") as caught,
    ):
        RemoteStore(url).query("ASK {}")

    assert caught.value.retryable is retryable


def test_refused_query_carries_the_servers_reason() -> None:
    with (
        serving(answering(400, "text/plain", b"parse error at line 1")) as url,
        pytest.raises(QueryError, match="parse error at line 1") as caught,
    ):
        RemoteStore(url).query("SELECT")

    assert caught.value.query == "SELECT"


def test_page_that_is_no_sparql_answer_is_a_backend_error() -> None:
    with (
        serving(answering(200, "text/html", b"<h1>Welcome</h1>")) as url,
        pytest.raises(BackendError, match=r"got 'text/html'.*is a SPARQL endpoint"),
    ):
        RemoteStore(url).query("ASK {}")


def test_turtle_of_another_server_is_read_as_triples() -> None:
    body = b"@prefix x: <urn:x:> . x:a x:b x:c ."

    with serving(answering(200, "text/turtle; charset=utf-8", body)) as url:
        result = RemoteStore(url).query("CONSTRUCT WHERE { ?s ?p ?o }")

        assert isinstance(result, QueryTriples)
        assert [str(triple) for triple in result] == ["<urn:x:a> <urn:x:b> <urn:x:c>"]


def test_remote_server_without_the_graph_is_refused() -> None:
    class Empty(SparqlHandler):
        store = OxigraphStore(Store())

    with serving(Empty) as url, pytest.raises(BackendError, match="holds no AffectGraph"):
        EmotionGraph.load(url)
