"""The client: answers as values, problems as errors, patience with a busy service."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import httpx
import pytest

from affectgraph.api.app import create_app
from affectgraph.api.reasonings import ObservedLabel
from affectgraph.client import (
    AccessRefusedError,
    AsyncClient,
    BusyError,
    Client,
    NotFoundError,
    RefusedError,
    ServiceError,
    ServiceFailedError,
    UnreachableError,
    UnreadableAnswerError,
    lookups,
)
from affectgraph.client.exchange import retry_after_seconds
from affectgraph.kg import EmotionGraph
from affectgraph.kg.answers import Table
from affectgraph.ontology.errors import AffectGraphError, BackendError, InputError
from affectgraph.ontology.iris import EMOTION

VERSION = {"package": "1", "graph": "1", "ontology": "o", "licence": "l", "model": None}
Reply = tuple[int, dict[str, str], Any]


def problem(status: int, name: str = "busy", **more: Any) -> dict[str, Any]:
    return {
        "type": f"https://w3id.org/affectgraph/problem/{name}",
        "title": "t",
        "status": status,
        "detail": "Expected a, got b.",
        "hint": "Do c.",
        **more,
    }


def replying(*replies: Reply, seen: list[httpx.Request] | None = None) -> httpx.MockTransport:
    """Return a transport that gives replies in turn, the last one again and again."""
    left = list(replies)

    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        status, headers, body = left.pop(0) if len(left) > 1 else left[0]
        return httpx.Response(status, headers=headers, json=body)

    return httpx.MockTransport(handle)


def client_of(*replies: Reply, **options: Any) -> Client:
    return Client("http://test/", transport=replying(*replies), **options)


GOOD: Reply = (200, {}, VERSION)

# --- answers --------------------------------------------------------------------------------------


def test_names_with_slashes_spaces_and_signs_reach_the_route(client: Client) -> None:
    assert client.emotion("state/trust").slug == "state/trust"
    assert client.emotion(EMOTION + "dread").slug == "dread"
    with pytest.raises(NotFoundError, match=r"what\?#%"):
        client.emotion("what?#%")


def test_items_of_all_pages_are_the_whole_list(client: Client, graph: EmotionGraph) -> None:
    found = [source.id for source in client.pages(lookups.sources, limit=7)]
    assert found == [source.id for source in graph.sources()]


def test_pages_keep_what_was_asked_for_and_may_be_empty(client: Client) -> None:
    found = client.pages(lookups.emotions, tier="tertiary", primary="fear", limit=2)
    assert {concept.primary for concept in found} == {"fear"}
    assert list(client.pages(lookups.associations, "dread", relation="composedOf")) == []


def test_sparql_gives_what_the_graph_gives(client: Client, graph: EmotionGraph) -> None:
    select = f"SELECT ?p ?o WHERE {{ <{EMOTION}dread> ?p ?o }} ORDER BY ?p ?o"
    ask = f"ASK {{ <{EMOTION}dread> ?p ?o }}"
    construct = f"CONSTRUCT WHERE {{ <{EMOTION}dread> ?p ?o }}"

    assert client.sparql(select) == graph.sparql(select)
    assert client.sparql(ask) is True
    found, expected = client.sparql(construct), graph.sparql(construct)
    assert isinstance(found, tuple)
    assert isinstance(expected, tuple)
    assert set(found) == set(expected)


def test_graphs_of_a_query_are_sent_along(client: Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    name = "https://w3id.org/affectgraph/graph/vad-glasgow"
    whole, part = client.sparql(query), client.sparql(query, default_graphs=[name])
    assert isinstance(whole, Table)
    assert isinstance(part, Table)
    (all_,), (some,) = [[int(str(row["n"])) for row in table] for table in (whole, part)]
    assert 0 < some < all_


def test_models_may_be_given_where_objects_are_sent(client: Client) -> None:
    label = ObservedLabel(label="joy", score=0.9)
    by_model = client.facts(labels=[label], limit=3)
    assert by_model == client.facts(labels=[{"label": "joy", "score": 0.9}], limit=3)


def test_fields_of_a_later_service_are_left_out() -> None:
    later = {**VERSION, "mood": "good"}
    with client_of((200, {}, later)) as client:
        assert client.version().graph == "1"


def test_answers_are_awaited_by_the_other_client(graph: EmotionGraph) -> None:
    async def ask() -> tuple[str, list[str]]:
        transport = httpx.ASGITransport(create_app(graph))
        async with AsyncClient("http://test", transport=transport) as client:
            found = (await client.ground("annoyed")).candidates[0].concept.slug
            primaries = client.pages(lookups.emotions, tier="primary", limit=4)
            return found, [concept.slug async for concept in primaries]

    found, primaries = anyio.run(ask)
    assert found == "annoyance"
    assert sorted(primaries) == ["anger", "fear", "joy", "love", "sadness", "surprise"]


# --- errors ---------------------------------------------------------------------------------------


def test_unknown_name_is_an_error_with_hint_and_nearest(client: Client) -> None:
    with pytest.raises(NotFoundError, match="angr") as caught:
        client.emotion("angr")
    assert "anger" in caught.value.nearest
    assert caught.value.kind == "unknown-term"
    assert "/v1/ground" in caught.value.hint
    assert isinstance(caught.value, LookupError)


def test_wrong_form_is_an_error_that_names_the_place(client: Client) -> None:
    with pytest.raises(RefusedError) as caught:
        client.emotions(limit=0)
    (fault,) = caught.value.problem.errors or []
    assert fault.location == "query.limit"


def test_bad_query_is_refused_with_its_reason(client: Client) -> None:
    with pytest.raises(RefusedError) as caught:
        client.sparql("SELECT nothing")
    assert caught.value.problem.status == 400


@pytest.mark.parametrize(
    ("status", "class_"),
    [
        (400, RefusedError),
        (401, AccessRefusedError),
        (403, AccessRefusedError),
        (404, NotFoundError),
        (413, RefusedError),
        (422, RefusedError),
        (429, BusyError),
        (500, ServiceFailedError),
        (502, ServiceFailedError),
        (503, BusyError),
    ],
)
def test_every_status_is_an_error_of_its_kind(status: int, class_: type[ServiceError]) -> None:
    with client_of((status, {}, problem(status))) as client, pytest.raises(class_) as caught:
        client.version()
    assert type(caught.value) is class_
    assert isinstance(caught.value, AffectGraphError)
    assert str(caught.value) == f"{status}: Expected a, got b. Do c."


def test_refusal_without_a_problem_says_so() -> None:
    with client_of((404, {}, ["no problem"])) as client, pytest.raises(NotFoundError) as caught:
        client.version()
    assert "without a problem" in str(caught.value)


def test_no_connection_is_an_error_of_its_own() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    client = Client("http://nowhere", transport=httpx.MockTransport(refuse))
    with client, pytest.raises(UnreachableError, match=r"http://nowhere.*refused") as caught:
        client.version()
    assert isinstance(caught.value, BackendError)
    assert caught.value.retryable


def test_answer_of_another_form_is_named_by_its_place() -> None:
    wrong = {**VERSION, "graph": 3}
    with client_of((200, {}, wrong)) as client, pytest.raises(UnreadableAnswerError, match="graph"):
        client.version()


def raw(status: int, content: bytes, **headers: str) -> httpx.MockTransport:
    """Return a transport that gives one answer, whatever it is asked."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.MockTransport(lambda _: httpx.Response(status, headers=sent, content=content))


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/html", b"<html>"),
        ("application/sparql-results+json", b""),
        ("application/sparql-results+json", b'{"head":{"vars":["s"]},"results":{"bindings":[{'),
        ("application/n-triples", b"<urn:a> <urn:b"),
    ],
)
def test_answer_to_a_query_that_cannot_be_read_is_no_syntax_error(
    media_type: str, content: bytes
) -> None:
    transport = raw(200, content, content_type=media_type)
    with (
        Client("http://test", transport=transport) as client,
        pytest.raises(UnreadableAnswerError, match=rf"/sparql.*{re.escape(media_type)}"),
    ):
        client.sparql("ASK {}")


def test_answer_that_does_not_unpack_is_no_answer() -> None:
    transport = raw(200, b"xx", content_encoding="gzip")
    with (
        Client("http://test", transport=transport) as client,
        pytest.raises(UnreachableError, match="decompressing"),
    ):
        client.version()


# --- patience -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_busy_service_is_asked_again_when_it_says(status: int) -> None:
    waits: list[float] = []
    busy: Reply = (status, {"retry-after": "2"}, problem(status))
    with client_of(busy, busy, GOOD, wait=waits.append) as client:
        assert client.version().graph == "1"
    assert waits == [2.0, 2.0]


def test_patience_ends_after_the_tries_that_were_asked_for() -> None:
    waits: list[float] = []
    busy: Reply = (503, {"retry-after": "7"}, problem(503))
    with (
        client_of(busy, wait=waits.append, retries=1) as client,
        pytest.raises(BusyError) as caught,
    ):
        client.version()
    assert waits == [7.0]
    assert caught.value.retry_after_seconds == 7.0


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (503, {}),
        (503, {"retry-after": "soon"}),
        (503, {"retry-after": "31"}),
        (500, {"retry-after": "1"}),
        (404, {"retry-after": "1"}),
    ],
)
def test_what_would_fail_again_or_take_too_long_is_not_tried(
    status: int, headers: dict[str, str]
) -> None:
    waits: list[float] = []
    client = client_of((status, headers, problem(status)), GOOD, wait=waits.append)
    with client, pytest.raises(ServiceError):
        client.version()
    assert waits == []


def test_moment_to_come_back_is_read_as_seconds() -> None:
    waits: list[float] = []
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    busy: list[Reply] = [(429, {"retry-after": said}, problem(429)) for said in (moment, past)]
    with client_of(*busy, GOOD, wait=waits.append) as client:
        client.version()
    assert 0 < waits[0] <= 20
    assert waits[1] == 0


def test_moment_without_a_zone_is_in_utc() -> None:
    waits: list[float] = []
    busy: list[Reply] = [
        (429, {"retry-after": said}, problem(429))
        for said in ("Wed, 21 Oct 2015 07:28:00 -0000", "Wed, 21 Oct 2015 07:28:00")
    ]
    with client_of(*busy, GOOD, wait=waits.append) as client:
        assert client.version().graph == "1"
    assert waits == [0.0, 0.0]


def test_sign_that_only_looks_like_a_digit_says_nothing() -> None:
    headers = {b"retry-after": "\N{SUPERSCRIPT TWO}".encode("latin-1")}
    assert retry_after_seconds(httpx.Response(503, headers=headers)) is None


def test_awaiting_client_is_as_patient() -> None:
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    async def ask() -> str:
        transport = replying((503, {"retry-after": "3"}, problem(503)), GOOD)
        async with AsyncClient("http://test", transport=transport, wait=wait) as client:
            return (await client.version()).graph

    assert anyio.run(ask) == "1"
    assert waits == [3.0]


@pytest.mark.parametrize("options", [{"retries": -1}, {"longest_wait_seconds": -1}])
@pytest.mark.parametrize("class_", [Client, AsyncClient])
def test_patience_that_makes_no_sense_is_refused(
    class_: Callable[..., Any], options: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="from 0"):
        class_("http://test", **options)


# --- what is sent ---------------------------------------------------------------------------------


def test_key_goes_with_every_question_and_into_no_message() -> None:
    seen: list[httpx.Request] = []
    transport = replying((401, {}, problem(401)), seen=seen)
    client = Client("http://test", key="secret-key", transport=transport)
    with client, pytest.raises(AccessRefusedError) as caught:
        client.version()
    assert seen[0].headers["authorization"] == "Bearer secret-key"
    assert "secret-key" not in f"{caught.value!r} {vars(client)['base_url']}"


@pytest.mark.parametrize("class_", [Client, AsyncClient])
@pytest.mark.parametrize(
    "key", ["", "sesam\n", " sesam", "sesam\N{LATIN SMALL LETTER E WITH ACUTE}"]
)
def test_key_that_no_header_holds_is_refused_and_not_shown(
    class_: Callable[..., Any], key: str
) -> None:
    with pytest.raises(InputError, match=f"got {len(key)} signs") as caught:
        class_("http://test", key=key)
    assert "sesam" not in str(caught.value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.emotion("a\ud800"),
        lambda client: client.ground("a\ud800"),
        lambda client: client.ground_many(["a\ud800"]),
        lambda client: client.ground_many([object()]),
        lambda client: client.sparql('ASK { ?s ?p "\ud800" }'),
        lambda client: client.put_user_graph("mine", "<urn:s> <urn:p> '\ud800' ."),
        lambda client: client.scheme(".."),
        lambda client: client.emotion("../sources/xed"),
        lambda client: client.emotion("state/./trust"),
    ],
)
def test_what_can_be_in_no_request_is_refused_before_it_is_sent(
    ask: Callable[[Client], object],
) -> None:
    seen: list[httpx.Request] = []
    with (
        Client("http://test", transport=replying(GOOD, seen=seen)) as client,
        pytest.raises(InputError, match="Expected"),
    ):
        ask(client)
    assert seen == []


@pytest.mark.parametrize("address", ["http://[::1", "http://a\ud800"])
def test_address_that_is_none_is_refused(address: str) -> None:
    with Client(address) as client, pytest.raises(InputError, match="an address"):
        client.version()


def test_what_is_not_given_is_not_sent() -> None:
    seen: list[httpx.Request] = []
    transport = replying((422, {}, problem(422)), seen=seen)
    with Client("http://test/below/", transport=transport) as client:
        for ask in (
            lambda: client.check("x"),
            lambda: client.suggest("x", kinds=["word", "label"]),
        ):
            with pytest.raises(RefusedError):
                ask()
    checked, suggested = seen
    assert str(checked.url) == "http://test/below/v1/check"
    assert checked.read() == b'{"rationale":"x","sources":"any"}'
    assert suggested.url.query == b"q=x&limit=10&kinds=word&kinds=label"


def test_client_loads_no_framework_before_or_httpx_before_it_is_made() -> None:
    code = (
        "import affectgraph.client, sys\n"
        "print(sorted({'fastapi', 'starlette', 'uvicorn', 'httpx', 'torch', 'rdflib'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
