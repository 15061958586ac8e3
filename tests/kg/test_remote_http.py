"""What a remote store makes of servers that fail, in every way that was thought of."""

import gzip
import logging
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpcore
import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from affectgraph.kg import RemoteStore
from affectgraph.kg.http_client import LONGEST_GET
from affectgraph.kg.http_deadlines import Call, Deadlines, _Stream
from affectgraph.kg.http_replies import RemoteFailureError
from affectgraph.kg.http_sockets import Sockets
from affectgraph.kg.remote_settings import (
    PASSWORD_VARIABLE,
    TOKEN_VARIABLE,
    USER_VARIABLE,
    RemoteLimits,
)
from affectgraph.ontology.errors import BackendError, InputError, QueryError
from tests.kg.scripted_server import (
    RESULTS,
    TLS,
    Turn,
    answer,
    broken,
    dripping,
    packed,
    reset,
    scripted,
    silent,
)

QUICK = RemoteLimits(
    connect_seconds=20,
    read_seconds=20,
    total_seconds=60,
    first_wait_seconds=0,
    longest_wait_seconds=1,
    most_bytes=10_000,
)
SHORT = RemoteLimits(total_seconds=0.4, attempts=1)
ROW = b'{"x": {"type": "literal", "value": "a"}}'


OPENED: list[RemoteStore] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close the stores that a test has opened."""
    yield
    while OPENED:
        OPENED.pop().close()


def opened(url: str, limits: RemoteLimits = QUICK) -> RemoteStore:
    OPENED.append(RemoteStore(url, dialect="sparql11", limits=limits))
    return OPENED[-1]


def table(rows: int) -> bytes:
    return b'{"head": {"vars": ["x"]}, "results": {"bindings": [%s]}}' % b",".join([ROW] * rows)


def fault(*turns: Turn, limits: RemoteLimits = QUICK) -> tuple[RemoteFailureError, int]:
    """Return the error of a query to a server with a script, and how many requests it got."""
    with scripted(*turns) as server:
        store = opened(server.url, limits)
        with pytest.raises(RemoteFailureError) as caught:
            store.query("ASK {}")
        return caught.value, len(server.requests)


# --- what is sent ---------------------------------------------------------------------------------


def test_short_query_goes_by_get_and_a_long_one_as_a_form() -> None:
    long = f"ASK {{ ?s ?p '{'a' * LONGEST_GET}' }}"

    with scripted(answer()) as server:
        store = opened(server.url)
        for query in ("ASK { ?s ?p 'é&+' }", long):
            assert store.query(query)
        store.close()

    short, posted = server.requests
    assert short.startswith("GET /sparql?")
    assert parse_qs(urlsplit(short.split(" ")[1]).query) == {"query": ["ASK { ?s ?p 'é&+' }"]}
    assert posted.startswith("POST /sparql HTTP/1.1\r\n")
    assert "application/x-www-form-urlencoded" in posted
    assert parse_qs(posted.partition("\r\n\r\n")[2]) == {"query": [long]}


def test_parameters_of_the_address_are_kept() -> None:
    with scripted(answer()) as server:
        opened(f"{server.url}?database=one").query("ASK {}")

    assert server.requests[0].startswith("GET /sparql?database=one&query=ASK")


def test_connection_is_kept_for_the_next_query() -> None:
    with scripted(answer()) as server:
        store = opened(server.url)
        for _ in range(5):
            store.query("ASK {}")
        store.close()

    assert server.connections == 1
    assert len(server.requests) == 5


class Readable(httpcore.NetworkStream):
    """A connection that can be read; what happens meanwhile is up to the test."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = lambda: None

    def get_extra_info(self, info: str) -> object:
        if info == "is_readable":
            self.meanwhile()
        return True if info == "is_readable" else None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take anything."""


def test_connection_that_another_thread_takes_meanwhile_is_not_taken_for_a_closed_one() -> None:
    inner = Readable()
    backend = Deadlines(Sockets())
    stream = _Stream(inner, backend)
    is_closed = stream.get_extra_info("is_readable")

    with backend.during(Call(60)):
        inner.meanwhile = lambda: stream.write(b"GET")
        is_taken = stream.get_extra_info("is_readable")
        inner.meanwhile = lambda: None
        is_answered = stream.get_extra_info("is_readable")
    is_closed_again = stream.get_extra_info("is_readable")

    assert (is_closed, is_taken, is_answered, is_closed_again) == (True, False, False, True)


def test_threads_share_the_connections_that_there_may_be() -> None:
    limits = RemoteLimits(connections=2)
    with scripted(answer()) as server:
        store = opened(server.url, limits)
        threads = [
            Thread(target=lambda: [store.query("ASK {}") for _ in range(10)]) for _ in "abcd"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        store.close()

    assert len(server.requests) == 40
    assert server.connections <= 2


@pytest.mark.parametrize("query", ["INSERT DATA { <urn:a> <urn:b> 1 }", "ASK {}; DROP ALL", ""])
def test_what_is_no_query_is_not_sent(query: str) -> None:
    with scripted(answer()) as server:
        with pytest.raises(QueryError):
            opened(server.url).query(query)

        assert server.requests == []


# --- credentials ----------------------------------------------------------------------------------


def test_user_and_password_are_sent_as_basic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "me")
    monkeypatch.setenv(PASSWORD_VARIABLE, "pässword:1")
    with scripted(answer()) as server:
        opened(server.url).query("ASK {}")

    encoded = b64encode("me:pässword:1".encode()).decode()
    assert f"Authorization: Basic {encoded}\r\n" in server.requests[0]


def test_token_is_sent_as_bearer_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "s3cret-token")
    caplog.set_level(logging.DEBUG)
    said = b"who gave you s3cret-token?"
    with scripted(answer(said, status=503, type_="text/plain")) as server:
        store = opened(server.url)
        with pytest.raises(BackendError) as caught:
            store.query("ASK {}")
        assert "s3cret-token" not in repr(vars(store._client))

    assert "Authorization: Bearer s3cret-token\r\n" in server.requests[0]
    assert "who gave you ***?" in str(caught.value)
    assert "s3cret-token" not in caplog.text


@pytest.mark.parametrize(
    "turn",
    [
        answer(b"you are s3cret-token", status=401, type_="text/plain"),
        answer(b"s3cret-token is no key", type_="text/plain"),
        answer(b"", status=302, Location="https://example.org/?key=s3cret-token"),
        answer(b"x" * 395 + b"s3cret-token", status=500, type_="text/plain"),
    ],
    ids=["refused", "no answer", "redirect", "where words are cut"],
)
def test_token_that_a_server_repeats_is_not_shown(
    turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "s3cret-token")

    error, _ = fault(turn)

    assert "***" in str(error)
    assert "s3cre" not in str(error)


@pytest.mark.parametrize("charset", ["idna", "hex", "undefined", "nobody-1"])
def test_words_of_an_odd_character_set_are_read_as_utf8(charset: str) -> None:
    error, _ = fault(answer("zu müde".encode(), status=500, type_=f"text/plain; charset={charset}"))

    assert "HTTP 500: zu müde" in str(error)


def test_of_a_long_page_the_beginning_is_read() -> None:
    page = b"<html>" + b"<" * 9_000 + b"the end"

    error, _ = fault(answer(page, type_="text/html"))

    assert error.kind == "not_sparql"
    assert "the end" not in str(error)


def test_no_credentials_send_no_header() -> None:
    with scripted(answer()) as server:
        opened(server.url).query("ASK {}")

    assert "authorization" not in server.requests[0].lower()


def test_token_beside_a_user_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "a")
    monkeypatch.setenv(USER_VARIABLE, "b")

    with pytest.raises(InputError, match="got both"):
        RemoteStore("http://127.0.0.1:1/")


@pytest.mark.parametrize("token", ["a b", "a\r\nX: y", "é"])
def test_token_that_cannot_stand_in_a_header_is_refused(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, token)

    with pytest.raises(InputError, match="Expected printable ASCII") as caught:
        RemoteStore("http://127.0.0.1:1/")

    assert token not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://me:word@127.0.0.1/", "http://me@127.0.0.1/", "http://127.0.0.1/#a"]
)
def test_address_with_a_user_or_a_fragment_is_refused_without_saying_it(url: str) -> None:
    with pytest.raises(InputError, match="without user, password and fragment") as caught:
        RemoteStore(url)

    assert "me" not in str(caught.value).split("got one of")[1].split(".")[0]


def test_credentials_in_plain_text_to_another_machine_are_warned_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "abc")
    for url in ("http://127.0.0.1/", "https://example.org/"):
        RemoteStore(url)
    assert caplog.text == ""

    RemoteStore("http://example.org/")

    assert "credentials for example.org are sent without encryption" in caplog.text


# --- TLS ------------------------------------------------------------------------------------------


def test_certificate_of_nobody_is_refused_at_once() -> None:
    with scripted(answer(), tls=True) as server:
        with pytest.raises(RemoteFailureError, match="SSL_CERT_FILE") as caught:
            opened(server.url).query("ASK {}")

        assert (caught.value.kind, caught.value.retryable) == ("untrusted", False)
        assert server.connections == 1
        assert server.requests == []


def test_certificate_of_a_named_authority_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    with scripted(answer(), tls=True) as server:
        store = opened(server.url)

        assert store.query("ASK {}")
        store.close()


# --- failures on the way --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        reset,
        broken(sent=0),
        broken(sent=10),
        answer(b"", status=502),
        answer(b"", status=503),
        answer(b"", status=504),
        answer(b"", status=429, Retry_After="0"),
    ],
    ids=["reset", "no body", "half a body", "502", "503", "504", "429"],
)
def test_failure_on_the_way_is_tried_again(first: Turn) -> None:
    with scripted(first, answer()) as server:
        store = opened(server.url)

        assert store.query("ASK {}")
        store.close()

    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("turn", "kind"), [(reset, "interrupted"), (answer(b"", status=503), "status")]
)
def test_tries_come_to_an_end(turn: Turn, kind: str) -> None:
    error, requests = fault(turn)

    assert (error.kind, error.retryable, requests) == (kind, True, QUICK.attempts)


def test_server_that_asks_for_a_long_wait_is_not_tried_again() -> None:
    error, requests = fault(answer(b"", status=503, Retry_After="60"))

    assert (error.retry_after_seconds, requests) == (60.0, 1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 501])
def test_other_statuses_are_not_tried_again(status: int) -> None:
    with scripted(answer(b"said so", status=status, type_="text/plain")) as server:
        with pytest.raises((BackendError, QueryError), match="said so"):
            opened(server.url).query("ASK {}")

        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_is_told_how(status: int) -> None:
    error, _ = fault(answer(b"", status=status))

    assert TOKEN_VARIABLE in error.hint
    assert not error.retryable


def test_server_that_closes_a_kept_connection_is_asked_on_another() -> None:
    with scripted(answer(), reset, answer()) as server:
        store = opened(server.url)
        for _ in range(2):
            assert store.query("ASK {}")
        store.close()

    assert server.connections == 2


@pytest.mark.parametrize(
    "turn",
    [silent, broken(sent=5), dripping(b"HTTP/1.1 200 Said\r\n"), dripping(b"HTTP/1.1 ")],
    ids=["silent", "broken", "dripping headers", "dripping first line"],
)
def test_slow_server_is_left_by_the_deadline(turn: Turn) -> None:
    error, requests = fault(turn, limits=SHORT)

    assert error.kind in {"timeout", "interrupted"}
    assert error.retryable
    assert requests == 1


def test_dripping_body_is_left_by_the_deadline() -> None:
    head = f"HTTP/1.1 200 Said\r\nContent-Type: {RESULTS}\r\nContent-Length: 100000\r\n\r\n"

    error, _ = fault(dripping(head.encode()), limits=SHORT)

    assert error.kind == "timeout"


def test_silence_is_not_tried_again() -> None:
    error, requests = fault(silent, limits=RemoteLimits(read_seconds=0.3))

    assert (error.kind, requests) == ("timeout", 1)


# --- answers that are none ------------------------------------------------------------------------


def test_html_page_is_no_answer() -> None:
    page = b"<!DOCTYPE html><html><title>Welcome</title><h1>to nginx</h1></html>"

    error, _ = fault(answer(page, type_="text/html"))

    assert error.kind == "not_sparql"
    assert "an HTML page, Welcome to nginx" in str(error)


@pytest.mark.parametrize("type_", ["", "text/plain", "application/sparql-results+xml", "image/png"])
def test_answer_of_another_type_is_refused(type_: str) -> None:
    error, _ = fault(answer(type_=type_))

    assert error.kind == "not_sparql"


@pytest.mark.parametrize("type_", ["application/rdf+xml", "application/sparql-results+json"])
def test_graph_of_another_type_is_refused(type_: str) -> None:
    with (
        scripted(answer(b"<rdf/>", type_=type_)) as server,
        pytest.raises(RemoteFailureError, match="expected SPARQL JSON results, or N-Triples"),
    ):
        opened(server.url).query("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "body",
    [
        table(3)[:-1],
        table(3)[:-20],
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"head": {"vars": ["x"]}}',
        b"\xff",
    ],
)
def test_table_that_is_not_whole_is_an_error_before_its_first_row(body: bytes) -> None:
    with (
        scripted(answer(body)) as server,
        pytest.raises(RemoteFailureError, match="expected a whole answer") as caught,
    ):
        opened(server.url).query("SELECT ?x { ?x ?p ?o }")

    assert caught.value.kind == "interrupted"


def test_error_keeps_no_table_that_another_thread_could_drop() -> None:
    body = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:a"}},'
    with (
        scripted(answer(body)) as server,
        pytest.raises(RemoteFailureError, match="expected a whole answer") as caught,
    ):
        opened(server.url).query("SELECT ?x { ?x ?p ?o }")

    error: BaseException | None = caught.value
    kept: list[object] = []
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            kept += frame.f_locals.values()
        error = error.__cause__
    assert not [value for value in kept if isinstance(value, QuerySolutions)]


def test_graph_that_is_not_whole_is_an_error() -> None:
    with (
        scripted(answer(b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <ur", type_="text/turtle")) as server,
        pytest.raises(RemoteFailureError, match="expected a whole answer"),
    ):
        opened(server.url).query("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("query", "body"), [("ASK {}", table(1)), ("SELECT * {}", b'{"boolean": true}')]
)
def test_table_for_a_truth_is_no_answer_nor_the_other_way(query: str, body: bytes) -> None:
    with scripted(answer(body)) as server, pytest.raises(RemoteFailureError):
        opened(server.url).query(query)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"X_SPARQL_MaxRows": "10000"}),
        (200, {"X_SQL_State": "S1TAT"}),
        (206, {}),
    ],
)
def test_answer_that_says_it_was_cut_is_an_error(status: int, headers: dict[str, str]) -> None:
    with scripted(answer(table(2), status=status, **headers)) as server:
        with pytest.raises(RemoteFailureError, match="that the server cut") as caught:
            opened(server.url).query("SELECT ?x { ?x ?p ?o }")

        assert (caught.value.kind, caught.value.retryable) == ("cut", False)


@pytest.mark.parametrize("turn", [answer(table(500)), packed(table(500))], ids=["plain", "packed"])
def test_answer_over_the_limit_is_refused(turn: Turn) -> None:
    error, requests = fault(turn)

    assert (error.kind, requests) == ("too_large", 1)
    assert "at most 10,000 bytes" in str(error)


def test_small_body_that_unpacks_into_a_huge_one_is_refused() -> None:
    error, _ = fault(packed(b" " * 50_000_000))

    assert error.kind == "too_large"


def test_answer_without_an_end_is_left_at_the_limit() -> None:
    head = f"HTTP/1.1 200 Said\r\nContent-Type: {RESULTS}\r\n\r\n".encode()

    def endless(connection: object) -> bool:
        connection.sendall(head)  # type: ignore[attr-defined]
        while True:
            connection.sendall(b" " * 1_000)  # type: ignore[attr-defined]

    error, _ = fault(endless)

    assert error.kind == "too_large"


def test_packed_answer_is_unpacked() -> None:
    with scripted(packed(table(3))) as server:
        found = opened(server.url).query("SELECT ?x { ?x ?p ?o }")

    assert isinstance(found, QuerySolutions)
    assert len(list(found)) == 3
    assert "Accept-Encoding: gzip\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "turn",
    [answer(b"not packed", Content_Encoding="gzip"), answer(Content_Encoding="br")],
    ids=["not gzip", "unknown"],
)
def test_packing_that_cannot_be_undone_is_an_error(turn: Turn) -> None:
    error, _ = fault(turn)

    assert error.kind == "not_sparql"


def test_packed_answer_that_breaks_off_is_an_error() -> None:
    body = gzip.compress(bytes(range(256)) * 20)[:-30]

    error, _ = fault(answer(body, Content_Encoding="gzip"))

    assert error.kind == "interrupted"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed_and_its_place_is_named(status: int) -> None:
    place = "https://example.org/sparql"

    error, requests = fault(answer(b"", status=status, Location=place))

    assert f"points to {place}" in str(error)
    assert requests == 1


def test_long_error_page_is_read_in_part() -> None:
    error, _ = fault(answer(b"x" * 1_000_000, status=500, type_="text/plain"))

    assert len(str(error)) < 1_000


# --- ends -----------------------------------------------------------------------------------------


def test_store_that_is_closed_sends_nothing() -> None:
    with scripted(answer()) as server:
        store = opened(server.url)
        store.close()
        store.close()
        with pytest.raises(RemoteFailureError, match="the store was closed"):
            store.query("ASK {}")

        assert server.requests == []


def _ended(turns: Sequence[Turn], end: str) -> RemoteFailureError:
    """Return the error of a query that waits when the store is closed, or somebody hangs up."""
    failures: list[RemoteFailureError] = []
    with scripted(*turns) as server:
        store = opened(server.url, RemoteLimits(read_seconds=30, total_seconds=30))
        call = store.call()

        def work() -> None:
            with pytest.raises(RemoteFailureError) as caught:
                store.ask("ASK {}", call)
            failures.append(caught.value)

        thread = Thread(target=work)
        thread.start()
        while not server.requests:
            pass
        call.hang_up() if end == "hang up" else store.close()
        thread.join()
    return failures[0]


@pytest.mark.parametrize(("end", "kind"), [("hang up", "ended"), ("close", "closed")])
def test_query_that_waits_can_be_ended(end: str, kind: str) -> None:
    assert _ended([silent], end).kind == kind


def test_store_goes_on_after_a_query_was_ended() -> None:
    with scripted(answer()) as server:
        store = opened(server.url)
        call = store.call()
        call.hang_up()
        with pytest.raises(RemoteFailureError):
            store.ask("ASK {}", call)

        assert isinstance(store.query("ASK {}"), QueryBoolean)
        store.close()


def test_turtle_and_triples_are_read() -> None:
    with scripted(answer(b"@prefix x: <urn:x:> . x:a x:b 1 .", type_="text/turtle")) as server:
        found = opened(server.url).query("CONSTRUCT WHERE { ?s ?p ?o }")

    assert isinstance(found, QueryTriples)
    assert len(list(found)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"connect_seconds": 0},
        {"read_seconds": float("nan")},
        {"total_seconds": float("inf")},
        {"attempts": 0},
        {"most_bytes": 0},
        {"connections": 0},
        {"first_wait_seconds": 6.0},
    ],
)
def test_limits_out_of_range_are_refused(fields: dict[str, float]) -> None:
    with pytest.raises(InputError, match="Expected"):
        RemoteLimits(**fields)  # type: ignore[arg-type]
