"""Events of the reasoner, as the client gives them: each as it comes, typed, to the end or an error."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.api.app import create_app
from affectgraph.api.reasoning_events import Token
from affectgraph.api.reasonings import EvidenceAnswer, ReasoningAnswer, RoundAnswer
from affectgraph.client import (
    AsyncClient,
    BusyError,
    Client,
    EventsCall,
    RefusedError,
    UnreachableError,
    UnreadableAnswerError,
    judging,
)
from affectgraph.client.events import EventReader
from affectgraph.client.in_process import InProcessTransport
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner.models import ScriptedModel
from tests.api.models import FREE, GOOD, LONGEST_WAIT, SMILE, WRONG, GatedModel
from tests.api.own_endpoint import serving
from tests.client.conftest import BASE_URL
from tests.client.test_client import problem

ASKED: dict[str, Any] = {**SMILE, **FREE}


def without_seconds(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = answer.model_dump(mode="json")
    return {name: value for name, value in found.items() if name != "seconds"}


@pytest.fixture
def told(graph: EmotionGraph) -> Iterator[InProcessTransport]:
    """The way to a service whose model errs once, twice over: for two runs."""
    model = ScriptedModel([WRONG, GOOD] * 2)
    found = InProcessTransport(create_app(graph, model=model))
    yield found
    found.close()


def test_events_are_evidence_words_rounds_and_the_answer(told: InProcessTransport) -> None:
    client = Client(BASE_URL, transport=told)
    with client.reason_events(**ASKED) as events:
        found = list(events)
    answer = client.reason(**ASKED)

    kinds = list(dict.fromkeys(map(type, found)))
    assert kinds == [EvidenceAnswer, Token, RoundAnswer, ReasoningAnswer]
    drafts: dict[int, str] = {}
    for event in found:
        if isinstance(event, Token):
            drafts[event.round] = drafts.get(event.round, "") + event.text
    assert drafts == {1: WRONG, 2: GOOD}
    assert without_seconds(found[-1]) == without_seconds(answer)


def test_events_are_awaited_as_well(graph: EmotionGraph) -> None:
    app = create_app(graph, model=ScriptedModel([WRONG, GOOD]))

    async def ask() -> list[object]:
        async with (
            AsyncClient(BASE_URL, transport=httpx.ASGITransport(app)) as client,
            client.reason_events(**ASKED) as events,
        ):
            return [event async for event in events]

    found = anyio.run(ask)

    assert isinstance(found[-1], ReasoningAnswer)
    assert [event.number for event in found if isinstance(event, RoundAnswer)] == [1, 2]


def test_first_words_come_while_the_model_still_writes_the_rest(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD])
    with serving(create_app(graph, model=model)) as endpoint:
        client = Client(endpoint.removesuffix("/sparql"))
        with client.reason_events(**ASKED) as events:
            seen = [next(events), next(events)]
            assert not model.gate.is_set()
            model.gate.set()
            rest = list(events)
        client.close()

    assert [type(event) for event in seen] == [EvidenceAnswer, Token]
    assert isinstance(rest[-1], ReasoningAnswer)


def test_leaving_ends_the_work_of_the_model(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD])
    with serving(create_app(graph, model=model)) as endpoint:
        client = Client(endpoint.removesuffix("/sparql"))
        with client.reason_events(**ASKED) as events:
            next(events)
            assert model.began.wait(LONGEST_WAIT)
        client.close()
        model.gate.set()
        assert model.was_cut.wait(LONGEST_WAIT)


def test_model_that_fails_is_an_error_after_the_evidence(graph: EmotionGraph) -> None:
    broken = BackendError("it is down", backend="model", retryable=True)
    transport = InProcessTransport(create_app(graph, model=ScriptedModel([broken])))
    client = Client(BASE_URL, transport=transport)
    with client.reason_events(**ASKED) as events:
        assert isinstance(next(events), EvidenceAnswer)
        with pytest.raises(BusyError) as caught:
            list(events)
    transport.close()

    assert caught.value.problem.status == 503


def test_request_that_cannot_be_answered_is_refused_before_any_event(client: Client) -> None:
    with (
        pytest.raises(RefusedError, match="422"),
        client.reason_events(vad=[7.0, 0.0, 0.0]),
    ):
        pytest.fail("there were events")


# --- streams as others may send them --------------------------------------------------------------

TOKEN = b'event: token\ndata: {"text":"a","round":1,"draft":1}\n\n'
EVENTS = {"content-type": "text/event-stream; charset=utf-8"}


def answering(*replies: httpx.Response) -> Client:
    left = list(replies)
    transport = httpx.MockTransport(lambda request: left.pop(0))
    return Client(BASE_URL, transport=transport, wait=lambda seconds: None)


def test_busy_service_is_asked_again_until_it_begins() -> None:
    busy = httpx.Response(429, headers={"retry-after": "1"}, json=problem(429))
    client = answering(busy, httpx.Response(200, headers=EVENTS, content=TOKEN))

    with client.reason_events(text="a") as events:
        assert next(events) == Token(text="a", round=1, draft=1)


def test_stream_that_breaks_off_is_an_error_and_no_end() -> None:
    client = answering(httpx.Response(200, headers=EVENTS, content=TOKEN))

    with client.reason_events(text="a") as events:
        next(events)
        with pytest.raises(UnreachableError, match="before result"):
            next(events)


def test_connection_that_breaks_is_named() -> None:
    def fail() -> Iterator[bytes]:
        yield TOKEN
        raise httpx.ReadError("reset")

    client = answering(httpx.Response(200, headers=EVENTS, content=fail()))

    with client.reason_events(text="a") as events:
        next(events)
        with pytest.raises(UnreachableError, match="reset"):
            next(events)


def test_answer_that_is_no_stream_cannot_be_read() -> None:
    client = answering(httpx.Response(200, json={}))

    with (
        pytest.raises(UnreadableAnswerError, match="application/json"),
        client.reason_events(text="a"),
    ):
        pytest.fail("there were events")


@pytest.mark.parametrize("data", [b"{}", b"no JSON", b'{"text":1,"round":1,"draft":1}'])
def test_data_of_another_form_are_an_error(data: bytes) -> None:
    stream = b"event: token\ndata: " + data + b"\n\n"
    client = answering(httpx.Response(200, headers=EVENTS, content=stream))

    with client.reason_events(text="a") as events, pytest.raises(UnreadableAnswerError):
        next(events)


def test_events_and_fields_of_later_services_are_passed_over() -> None:
    stream = b"event: news\ndata: 1\n\n" + TOKEN.replace(b"}", b',"new":2}')
    client = answering(httpx.Response(200, headers=EVENTS, content=stream))

    with client.reason_events(text="a") as events:
        assert next(events) == Token(text="a", round=1, draft=1)


LINES: EventsCall[Any] = EventsCall("POST", "/", None, kinds={"said": list[str]}, last="end")


def read(*chunks: bytes) -> list[list[str]]:
    reader = EventReader(LINES, BASE_URL)
    return [event for chunk in chunks for event in reader.take(chunk)]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b'event: said\ndata: ["a"]\n\n', [["a"]]),
        (b'event:said\r\ndata:["a"]\r\n\r\n', [["a"]]),
        (b'event: said\rdata: ["a"]\r\r:\n', [["a"]]),
        (b'\xef\xbb\xbfevent: said\ndata: ["a"]\n\n', [["a"]]),
        (b': at work\n\nid: 1\nevent: said\ndata: ["a",\ndata: "b"]\n\n', [["a", "b"]]),
        (b'event: said\nretry: 3\nunknown\ndata: ["a"]\n\n', [["a"]]),
        (b'event: said\n\nevent: said\ndata: ["a"]\n\n', [["a"]]),
        (b'event: said\ndata: ["a"]\n\ndata: ["no name"]\n\n', [["a"]]),
        (b'event: said\ndata: ["not ended"]\n', []),
        ('event: said\ndata: ["\u2028\x85"]\n\n'.encode(), [["\u2028\x85"]]),
    ],
)
def test_streams_are_read_as_the_html_standard_says(
    stream: bytes, expected: list[list[str]]
) -> None:
    assert read(stream) == expected


@given(st.sets(st.integers(0, 70)))
def test_events_are_the_same_however_the_stream_is_cut(places: set[int]) -> None:
    stream = 'event: said\r\ndata: ["é\u2028"]\r\n\r\n: x\n\nevent: said\ndata: ["b"]\n\n'.encode()
    cuts = [0, *sorted(places), len(stream)]
    pieces = [stream[a:b] for a, b in pairwise(cuts)]

    assert read(*pieces) == [["é\u2028"], ["b"]]


def test_call_names_what_it_accepts() -> None:
    assert judging.reason_events(text="a").headers()["accept"] == "text/event-stream"
