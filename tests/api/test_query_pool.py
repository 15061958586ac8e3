"""The pool of queries: hostile ones get the right problem, end nothing else, and leave no process behind."""

import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread, active_count

import pytest
from pyoxigraph import Store

from affectgraph.api import query_processes, query_template
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_errors import QueryCostError, ResultSizeError
from affectgraph.api.query_evaluation import ROWS, QueryAnswer, Question, rows_of
from affectgraph.api.query_frames import LENGTHS
from affectgraph.api.query_pool import QueryPool, can_isolate, open_queries
from affectgraph.api.query_processes import Template, Worker, WorkerLostError, signal_name
from affectgraph.api.query_runner import InProcessQueries
from affectgraph.api.query_turns import Turns
from affectgraph.api.query_worker import WorkerLimits
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.errors import BackendError, InputError, QueryError

pytestmark = pytest.mark.skipif(not can_isolate(), reason="needs fork")

LIMITS = PoolLimits(workers=2, timeout_seconds=2.0, memory_mb=1024)
POINT = Question(
    "SELECT ?label { <https://w3id.org/affectgraph/emotion/dread> "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label }",
    result_type="text/csv",
)
DREAD = b"label\r\ndread\r\n"
ENDLESS = Question(
    "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(1_000)))} }}" for i in range(6))
    + " }"
)
"""A product of values, which takes no memory to speak of."""
HUNDRED_THOUSAND = 100_000


@pytest.fixture(scope="module")
def pool() -> Iterator[QueryPool]:
    with QueryPool(limits=LIMITS) as found:
        yield found


def children_of(pid: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if parent_of(path) == pid]


def parent_of(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def is_alive(pid: int) -> bool:
    """Return whether a process or a thread of it still runs: its sockets close with the last one."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        state = (
            Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
        )
    except OSError:
        return False
    return state != "Z" or len(threads) > 1


def only_child(pid: int) -> int:
    """Return the child of a process once there is one alone: an end is not waited for."""
    while len(found := children_of(pid)) != 1:
        pass
    return found[0]


def template_of(pool: QueryPool) -> int:
    assert pool._places.template is not None
    return pool._places.template.pid


# --- answers --------------------------------------------------------------------------------------


def test_point_query_is_answered(pool: QueryPool) -> None:
    found = pool.run(POINT)

    assert (found.form, found.media_type, found.content) == ("solutions", "text/csv", DREAD)


FORMS = [
    ("ASK { ?s ?p ?o }", "application/sparql-results+json", "text/turtle"),
    (POINT.query, "application/sparql-results+xml", None),
    ("DESCRIBE <https://w3id.org/affectgraph/emotion/dread>", None, "application/n-triples"),
    ("SELECT ?s ?x { ?s ?p 'dread'@en OPTIONAL { ?s <urn:none> ?x } } ORDER BY ?s", ROWS, ROWS),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", ROWS, ROWS),
    ("ASK {}", None, ROWS),
]


@pytest.mark.parametrize(("query", "result_type", "rdf_type"), FORMS)
def test_answer_is_that_of_the_engine_in_this_process(
    pool: QueryPool, graph: EmotionGraph, query: str, result_type: str | None, rdf_type: str | None
) -> None:
    question = Question(query, result_type=result_type, rdf_type=rdf_type, rows=5)

    assert pool.run(question) == InProcessQueries(graph.store).run(question)


COMPETENCY = sorted((Path(__file__).parents[1] / "kg" / "competency").glob("*.rq"))


@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.slow, id="all"), pytest.param(6, id="some")]
)
def test_competency_queries_are_answered_as_in_this_process(graph: EmotionGraph, step: int) -> None:
    assert len(COMPETENCY) > 20
    questions = [Question(path.read_text(encoding="utf-8")) for path in COMPETENCY[::step]]
    with QueryPool() as pool, ThreadPoolExecutor(2) as threads:
        found = list(threads.map(pool.run, questions))

    assert found == [InProcessQueries(graph.store).run(question) for question in questions]


def test_dataset_of_a_question_counts_in_a_worker(pool: QueryPool) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    glasgow = "https://w3id.org/affectgraph/graph/vad-glasgow"

    def number(**dataset: tuple[str, ...]) -> int:
        found = pool.run(Question(count, result_type="text/csv", **dataset))  # type: ignore[arg-type]
        return int(found.content.split()[1])

    assert 0 < number(default_graphs=(glasgow,)) < number()
    with pytest.raises(QueryError, match=r"got <urn:none>.* named graphs: <.*vad-glasgow>"):
        number(default_graphs=("urn:none",))


def test_rows_of_a_worker_are_terms(pool: QueryPool) -> None:
    query = "SELECT ('a'@en AS ?a) (2.5 AS ?b) (<urn:c> AS ?c) (BNODE('d') AS ?d) ?e {}"
    found = rows_of(pool.run(Question(query, result_type=ROWS, rows=1)))

    (row,) = found.rows
    assert found.names == ("a", "b", "c", "d", "e")
    assert [str(term) for term in row[:3]] == [
        '"a"@en',
        '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "<urn:c>",
    ]
    assert str(row[3]).startswith("_:")
    assert row[4] is None


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("SELEC", "at 1:"),
        ("SELECT * WHERE {\n ?s ?p }", "at 2:9"),
        ("LOAD <http://127.0.0.1:9999/x>", "Expected a SPARQL 1.1 query"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "Expected a SPARQL 1.1 query"),
    ],
)
def test_text_that_is_no_query_is_refused_with_its_place(
    pool: QueryPool, query: str, part: str
) -> None:
    with pytest.raises(QueryError, match="Expected a SPARQL") as caught:
        pool.run(Question(query))

    assert part in caught.value.reason
    assert type(caught.value) is QueryError


def test_graph_name_that_is_no_iri_is_refused(pool: QueryPool) -> None:
    with pytest.raises(QueryError, match="Expected an absolute IRI"):
        pool.run(Question("ASK {}", default_graphs=("not an iri",)))


# --- hostile queries ------------------------------------------------------------------------------

STAR = "(<urn:a>|!<urn:b>)*"
HOSTILE = {
    "parentheses": (
        "SELECT * { FILTER(" + "(" * HUNDRED_THOUSAND + "1" + ")" * HUNDRED_THOUSAND + ") }",
        "nested too deeply",
    ),
    "groups": ("SELECT * " + "{" * HUNDRED_THOUSAND + "}" * HUNDRED_THOUSAND, "nested too deeply"),
    "denials": ("SELECT * { FILTER(" + "!" * HUNDRED_THOUSAND + "1) }", "nested too deeply"),
    "closed paths": (
        f"SELECT (COUNT(*) AS ?n) {{ ?s {STAR} ?o . ?o {STAR} ?x . ?x {STAR} ?y }}",
        "over 2 s",
    ),
    "regular expression": (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?o "
        "FILTER(REGEX(CONCAT(STR(?o), STR(?s)), '(.*.*.*.*.*.*x){20}$')) }",
        "over 2 s",
    ),
    # What it holds grows with the speed of the machine: memory may end it before the time does.
    "cartesian product": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "over (2 s|1024 MiB)",
    ),
    "product of values": (ENDLESS.query, "over 2 s"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_query_is_stopped_while_a_point_query_is_answered(
    pool: QueryPool, name: str
) -> None:
    query, part = HOSTILE[name]
    with ThreadPoolExecutor(1) as beside:
        hostile = beside.submit(pool.run, Question(query))
        assert pool.run(POINT).content == DREAD
        error = hostile.exception()

    assert isinstance(error, QueryCostError)
    assert re.search(part, error.reason)
    assert error.query == query
    assert [pool.run(POINT).content for _ in range(3)] == [DREAD] * 3


@pytest.mark.parametrize("name", ["parentheses", "groups", "denials"])
def test_worker_guards_itself_against_a_query_that_nobody_has_read(
    pool: QueryPool, name: str
) -> None:
    before = children_of(template_of(pool))

    with pytest.raises(QueryError, match="Expected a query with at most") as caught:
        pool.run(Question(HOSTILE[name][0][:150_000], is_guarded=False))

    assert not isinstance(caught.value, QueryCostError)
    assert children_of(template_of(pool)) == before


def test_query_that_eats_memory_is_stopped() -> None:
    limits = PoolLimits(workers=1, timeout_seconds=60, memory_mb=32)
    text = "CONCAT(STR(?s), STR(?o), STR(?c))"
    query = f"SELECT (GROUP_CONCAT({text}) AS ?all) {{ ?s ?p ?o . ?a ?b ?c }}"
    with QueryPool(limits=limits) as pool:
        with pytest.raises(QueryCostError, match="needs over 32 MiB of memory"):
            pool.run(Question(query))
        assert pool.run(POINT).content == DREAD


def test_answer_over_the_limit_is_refused_whole() -> None:
    query = "SELECT * { ?s ?p ?o }"
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=60, result_mb=0.5)) as pool:
        for form in ("text/csv", ROWS):
            with pytest.raises(ResultSizeError, match="over 524,288 bytes"):
                pool.run(Question(query, result_type=form, rows=10_000))
            assert pool.run(POINT).content == DREAD


def test_rows_longer_than_a_page_shows_are_refused_and_other_formats_are_not(
    pool: QueryPool,
) -> None:
    letters = "x" * 100_000
    query = (
        f"SELECT ?a {{ VALUES ?n {{ {' '.join(map(str, range(90)))} }} BIND('{letters}' AS ?a) }}"
    )

    with pytest.raises(ResultSizeError, match="rows have over 8,388,608 bytes"):
        pool.run(Question(query, result_type=ROWS, rows=90))
    assert len(rows_of(pool.run(Question(query, result_type=ROWS, rows=80))).rows) == 80
    assert len(pool.run(Question(query, result_type="text/csv")).content) > 90 * 100_000


def test_service_opens_no_connection(pool: QueryPool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(QueryError, match="Too many open files"):
            pool.run(Question(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_foreign_graphs_are_not_fetched(pool: QueryPool, tmp_path: Path) -> None:
    file = tmp_path / "secret.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.ttl"
        for iri in (file.as_uri(), url):
            for clause in (f"FROM <{iri}> WHERE", f"FROM NAMED <{iri}> WHERE"):
                query = (
                    f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
                )
                with pytest.raises(QueryError, match="nothing is fetched") as caught:
                    pool.run(Question(query, result_type="text/csv"))
                assert caught.value.position == (1, query.index("<") + 1)
        with pytest.raises(BlockingIOError):
            server.accept()


# --- processes ------------------------------------------------------------------------------------


def test_worker_is_confined(pool: QueryPool) -> None:
    for worker in children_of(template_of(pool)):
        text = Path(f"/proc/{worker}/limits").read_text("ascii")
        limits = {line[:26].strip(): line[26:47].strip() for line in text.splitlines()}
        status = Path(f"/proc/{worker}/status").read_text("ascii")
        zero = ("Max open files", "Max processes", "Max file size", "Max core file size")
        assert [limits[name] for name in zero] == ["0"] * 4
        assert limits["Max data size"].isdigit()
        assert limits["Max address space"].isdigit()
        assert "NoNewPrivs:\t1" in status
        assert {str(Path(f"/proc/{worker}/fd/{n}").readlink()) for n in (0, 1, 2)} == {"/dev/null"}


def test_query_of_a_client_that_has_gone_is_ended_and_its_worker_replaced() -> None:
    with QueryPool(limits=PoolLimits(workers=1, timeout_seconds=600)) as pool:
        (before,) = children_of(template_of(pool))
        cancellation = Cancellation()
        with ThreadPoolExecutor(1) as threads:
            running = threads.submit(pool.run, ENDLESS, cancellation)
            while cancellation._worker is None:
                pass
            cancellation.cancel()
            assert isinstance(running.exception(), BackendError)
        assert only_child(template_of(pool)) != before
        assert pool.run(POINT).content == DREAD


def test_query_that_was_cancelled_before_it_began_is_not_run(pool: QueryPool) -> None:
    cancellation = Cancellation()
    cancellation.cancel()

    with pytest.raises(BackendError, match="has gone"):
        pool.run(POINT, cancellation)
    assert pool.run(POINT).content == DREAD


def test_cancelling_an_answered_query_harms_no_later_one(pool: QueryPool) -> None:
    for _ in range(10):
        cancellation = Cancellation()
        assert pool.run(POINT, cancellation).content == DREAD
        cancellation.cancel()


def test_worker_killed_between_queries_is_replaced_unnoticed() -> None:
    with QueryPool(limits=PoolLimits(workers=1)) as pool:
        (worker,) = children_of(template_of(pool))
        os.kill(worker, signal.SIGKILL)
        while is_alive(worker):
            pass
        assert pool.run(POINT).content == DREAD


def test_template_that_was_killed_is_started_anew_and_leaves_no_worker() -> None:
    with QueryPool(limits=PoolLimits(workers=2)) as pool:
        template = template_of(pool)
        workers = children_of(template)
        os.kill(template, signal.SIGKILL)
        while any(map(is_alive, (template, *workers))):
            pass
        assert [pool.run(POINT).content for _ in range(3)] == [DREAD] * 3
        assert template_of(pool) != template


SETTINGS = {
    "location": None,
    "limits": {"seconds": 60, "memory_bytes": 2**30, "result_bytes": 2**20},
}


@pytest.fixture
def template() -> Iterator[Template]:
    found = Template(SETTINGS)
    yield found
    found.close()


def test_late_reply_of_a_template_is_not_taken_for_the_next(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = template.fork(), template.fork()
    monkeypatch.setattr(query_processes, "ORDER_SECONDS", 0.05)
    os.kill(template.pid, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        template.end(first)
    os.kill(template.pid, signal.SIGCONT)
    monkeypatch.setattr(query_processes, "ORDER_SECONDS", 60)

    with pytest.raises(OSError, match=r"."):
        template.end(second)
    first.close()
    second.close()


def test_template_that_hangs_is_ended_and_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with QueryPool(limits=PoolLimits(workers=1)) as pool:
        hanging = pool._places.template
        assert hanging is not None
        os.kill(hanging.pid, signal.SIGSTOP)
        with monkeypatch.context() as hurried, pool._places.held() as place:
            hurried.setattr(query_processes, "ORDER_SECONDS", 0.05)
            pool._places.replace(place, place.worker)

        assert hanging._process.wait(60) == -signal.SIGKILL
        assert pool.run(POINT).content == DREAD
        assert template_of(pool) != hanging.pid


def test_worker_that_is_dropped_is_killed_and_reaped_without_a_further_order(
    template: Template,
) -> None:
    dropped, kept = template.fork(), template.fork()

    template.drop(dropped)

    assert only_child(template.pid) == kept.pid
    template.drop(dropped)  # of no effect
    assert template.end(dropped) == 0
    assert signal_name(template.end(kept)) == "SIGKILL"
    for worker in (dropped, kept):
        worker.close()


def test_wait_for_dropped_workers_leaves_so_many_at_most() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        limits = WorkerLimits(1.0, 1, 1)
        obeying = query_template.Template(ours, OxigraphStore(Store()), limits)
        for _ in range(3):
            child = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], os.environ)
            obeying._ending.add(child)

        obeying._await_end(most=2)
        assert len(obeying._ending) == 2
        obeying._await_end(most=0)
        assert not obeying._ending


def test_socket_to_a_worker_is_not_inherited_by_other_processes(template: Template) -> None:
    worker = template.fork()
    with worker._connection as connection:
        assert not connection.get_inheritable()


def test_closing_ends_every_process_and_the_query_that_runs() -> None:
    pool = QueryPool(limits=PoolLimits(workers=2, timeout_seconds=600))
    pool.start()
    processes = [template_of(pool), *children_of(template_of(pool))]
    cancellation = Cancellation()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(pool.run, ENDLESS, cancellation)
        while cancellation._worker is None:
            pass
        pool.close()
        assert isinstance(running.exception(), BackendError)
    pool.close()

    assert len(processes) == 3
    assert not any(map(is_alive, processes))
    with pytest.raises(BackendError, match="pool of queries is closed"):
        pool.run(POINT)


def test_closed_pool_can_be_started_again() -> None:
    pool = QueryPool(limits=PoolLimits(workers=1))
    for _ in range(2):
        with pool:
            assert pool.run(POINT).content == DREAD


# --- a worker that was taken over -----------------------------------------------------------------

GOOD = b'{"status": "answered", "form": "solutions", "media_type": "text/csv"}'


def framed(meta: bytes, content: bytes = b"") -> bytes:
    return LENGTHS.pack(len(meta), len(content)) + meta + content


def told(sent: bytes) -> QueryAnswer:
    """Return what the server makes of bytes that a worker sends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent)
        theirs.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + 60
        return Worker(0, ours).ask(POINT, deadline=deadline, result_bytes=100)


def test_frame_of_a_good_worker_is_read() -> None:
    assert told(framed(GOOD, DREAD)) == QueryAnswer("solutions", "text/csv", DREAD)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"short",
        framed(GOOD, DREAD)[:-1],
        framed(GOOD, DREAD) + b"more",
        framed(GOOD, b"x" * 101),
        LENGTHS.pack(2**40, 0),
        LENGTHS.pack(0, 2**63),
        framed(b"no JSON"),
        framed(b"[" * 60_000),
        framed(b"[]"),
        framed(b"{}"),
        framed(b'{"status": "answered"}'),
        framed(b"\xff"),
        framed(GOOD.replace(b"text/csv", b"text/html"), b"<script>"),
        framed(GOOD.replace(b"solutions", b"triples")),
        framed(b'{"status": "BaseException", "reason": "x"}'),
        framed(b'{"status": ["refused"]}'),
    ],
)
def test_worker_that_sends_what_no_worker_sends_is_lost(sent: bytes) -> None:
    with pytest.raises(WorkerLostError):
        told(sent)


def test_worker_that_is_silent_is_not_waited_for_beyond_the_deadline() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(framed(GOOD, DREAD)[:-1])
        with pytest.raises(TimeoutError):
            Worker(0, ours).ask(POINT, deadline=time.monotonic() + 0.01, result_bytes=100)


# --- turns ----------------------------------------------------------------------------------------


def busy(pool: QueryPool) -> tuple[Thread, Cancellation]:
    """Give the only worker a query without an end."""
    cancellation = Cancellation()

    def work() -> None:
        with pytest.raises(BackendError):
            pool.run(ENDLESS, cancellation)

    thread = Thread(target=work)
    thread.start()
    while cancellation._worker is None:
        pass
    return thread, cancellation


@pytest.mark.parametrize(
    ("queue", "words"), [(0, "1 queries run or wait"), (1, "1 queries are running")]
)
def test_more_queries_than_turns_are_told_to_come_again(queue: int, words: str) -> None:
    limits = PoolLimits(workers=1, timeout_seconds=600, queue=queue, wait_seconds=0.01)
    with QueryPool(limits=limits) as pool:
        thread, cancellation = busy(pool)
        with pytest.raises(BackendError, match=words) as caught:
            pool.run(POINT)
        cancellation.cancel()
        thread.join()
        assert caught.value.retryable
        assert pool.run(POINT).content == DREAD


def test_turn_goes_to_who_waits_longest() -> None:
    turns = Turns(["turn"])
    served: list[int] = []

    def wait(number: int) -> None:
        assert turns.take(timeout=60) == "turn"
        served.append(number)
        turns.give("turn")

    assert turns.take(timeout=0) == "turn"
    threads = [Thread(target=wait, args=(number,)) for number in range(4)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) <= number:
            pass
    turns.give("turn")
    for thread in threads:
        thread.join()

    assert served == [0, 1, 2, 3]
    assert turns.idle == ("turn",)


def test_wait_without_an_end_leaves_no_place_in_the_queue() -> None:
    turns: Turns[str] = Turns()
    assert turns.take(timeout=0.0) is None
    turns.give("turn")
    assert turns.take(timeout=0.0) == "turn"


@pytest.mark.parametrize(
    "wrong",
    [
        {"workers": 0},
        {"memory_mb": 1},
        {"queue": -1},
        {"timeout_seconds": 0},
        {"timeout_seconds": float("nan")},
        {"result_mb": -1},
        {"wait_seconds": 1e9},
    ],
)
def test_limits_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=f"Expected {next(iter(wrong))}"):
        PoolLimits(**wrong)  # type: ignore[arg-type]


# --- stores ---------------------------------------------------------------------------------------


def test_file_and_directory_are_served(tmp_path: Path) -> None:
    from affectgraph.kg.store import OxigraphStore

    file = tmp_path / "small.ttl"
    file.write_text("<urn:a> <urn:b> 'c' .", encoding="utf-8")
    OxigraphStore.open(file).save(tmp_path / "store")
    question = Question("SELECT ?o { <urn:a> <urn:b> ?o }", result_type="text/csv")
    for location in (file, tmp_path / "store"):
        with QueryPool(location, PoolLimits(workers=1)) as pool:
            assert pool.run(question).content == b"o\r\nc\r\n"


def test_place_without_a_store_is_named(tmp_path: Path) -> None:
    before = active_count()
    pool = QueryPool(tmp_path / "nothing.ttl")
    with pytest.raises(BackendError, match="found nothing"):
        pool.start()
    assert active_count() == before


def test_endpoint_of_others_is_asked_from_this_process(graph: EmotionGraph) -> None:
    assert isinstance(open_queries(graph, "https://example.org/sparql"), InProcessQueries)
    assert isinstance(open_queries(graph, None), QueryPool)
    assert isinstance(open_queries(graph, "store"), QueryPool)
