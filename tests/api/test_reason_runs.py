"""Runs with a model that is slow: full queues, time limits, clients that go away."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from socket import create_connection
from threading import Thread
from typing import Any

import anyio
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from affectgraph.api.app import create_app
from affectgraph.api.event_stream import KEEP_ALIVE
from affectgraph.api.llm_limits import LlmLimits
from affectgraph.api.llm_runs import ModelRuns, begin
from affectgraph.api.reasoning_events import EventWriter
from affectgraph.api.reasoning_responses import EventStream
from affectgraph.api.reasonings import to_reasoning
from affectgraph.api.services import Services
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
from affectgraph.reasoner.models import GenerationRequest, LanguageModel, ScriptedModel
from tests.api.asgi import Message, leave_when, scope_of
from tests.api.asking import errors, post, problem
from tests.api.models import (
    FREE,
    GOOD,
    LONGEST_WAIT,
    SMILE,
    WRONG,
    Clock,
    GatedModel,
    sent_events,
)

BODY = {**SMILE, **FREE}
STREAM = {"accept": "text/event-stream"}


def app_with(
    graph: EmotionGraph, model: LanguageModel, clock: Clock | None = None, **limits: Any
) -> tuple[FastAPI, ModelRuns]:
    """Return a service and the runs of its model."""
    app = create_app(graph)
    llm = ModelRuns(model, LlmLimits(**limits), clock=clock or Clock())
    app.state.services = Services(graph, llm)
    return app, llm


@contextmanager
def busy(
    graph: EmotionGraph, model: GatedModel, **limits: Any
) -> Iterator[tuple[TestClient, ModelRuns, Any]]:
    """Give a client of a service whose model is at work for another request, and that one's answer."""
    app, llm = app_with(graph, model, **limits)
    with TestClient(app, raise_server_exceptions=False) as client, ThreadPoolExecutor(1) as pool:
        try:
            first = pool.submit(client.post, "/v1/reason", json=BODY)
            assert model.began.wait(LONGEST_WAIT)
            yield client, llm, first
        finally:
            model.gate.set()


# --- a full queue ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1/reason", "/v1/reason/batch"])
@pytest.mark.parametrize("headers", [{}, STREAM])
def test_beyond_the_queue_a_request_is_refused_with_when_to_come_back(
    graph: EmotionGraph, path: str, headers: dict[str, str]
) -> None:
    body = {"records": [SMILE], **FREE} if path.endswith("batch") else BODY
    model = GatedModel([GOOD, GOOD])
    with busy(graph, model, concurrency=1, queue=0) as (client, llm, first):
        response = client.post(path, json=body, headers=headers)

        found = problem(response, 429, "busy")
        assert "at most 1 requests at the language model and 0 waiting" in found["detail"]
        assert response.headers["retry-after"] == "5"
        model.gate.set()
        assert first.result().json()["rationale"] == GOOD
        assert post(client, "/v1/reason", BODY)["rationale"] == GOOD
        assert (llm.queue.requests, llm.queue.running) == (0, 0)


def test_what_asks_no_model_does_not_queue(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD])
    with busy(graph, model, concurrency=1, queue=0) as (client, _, first):
        alone = post(client, "/v1/reason", {**SMILE, "model": False})
        stream = client.post("/v1/reason", json={**SMILE, "model": False}, headers=STREAM)
        facts = post(client, "/v1/facts", SMILE)

        assert not first.done()
        assert alone["stopped"] == sent_events(stream.text)[-1][1]["stopped"] == "no_model"
        assert facts["candidates"] == alone["evidence"]["candidates"]


def test_a_bad_observation_is_refused_for_itself_even_where_the_queue_is_full(
    graph: EmotionGraph,
) -> None:
    with busy(graph, GatedModel([GOOD]), concurrency=1, queue=0) as (client, _, _first):
        problem(client.post("/v1/reason", json={"aus": {"AU99_r": 1}}), 422, "input")


def test_a_wait_that_takes_too_long_is_a_problem_and_in_a_stream_an_event(
    graph: EmotionGraph,
) -> None:
    model = GatedModel([GOOD])
    with busy(graph, model, concurrency=1, queue=3, wait_seconds=0.01) as (client, llm, first):
        client.headers["x-request-id"] = "the-same"
        response = client.post("/v1/reason", json=BODY)
        stream = client.post("/v1/reason", json=BODY, headers=STREAM)
        batch = post(client, "/v1/reason/batch", {"records": [SMILE], **FREE})

        found = problem(response, 503, "backend")
        assert "a turn within 0.01 s" in found["detail"]
        assert response.headers["retry-after"] == "5"
        assert sent_events(stream.text)[-1] == ("error", found)
        assert llm.queue.turns_missed == 3
        assert "a turn within 0.01 s" in str(errors(batch)[0])
        assert not first.done()
        assert llm.queue.requests == 1


def test_those_that_wait_leave_the_other_routes_their_threads(graph: EmotionGraph) -> None:
    # More wait than there are threads for all routes together, which are 40.
    model = GatedModel([GOOD] * 60)
    app, llm = app_with(graph, model, concurrency=2, queue=58)
    statuses: list[int] = []

    async def ask(client: httpx.AsyncClient) -> None:
        statuses.append((await client.post("/v1/reason", json=BODY)).status_code)

    async def play() -> None:
        transport = httpx.ASGITransport(app)
        with anyio.fail_after(60):
            async with (
                httpx.AsyncClient(transport=transport, base_url="http://test") as client,
                anyio.create_task_group() as tasks,
            ):
                for _ in range(60):
                    tasks.start_soon(ask, client)
                while llm.queue.requests < 60:
                    await anyio.sleep(0.01)
                health = await client.get("/healthz")
                checked = await client.post("/v1/check", json={"rationale": GOOD})
                assert (health.status_code, checked.status_code, statuses) == (200, 200, [])
                model.gate.set()

    anyio.run(play)
    assert statuses == [200] * 60
    assert llm.queue.requests == 0


def test_a_batch_takes_turns_with_other_requests(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD] * 4)
    app, llm = app_with(graph, model, concurrency=1, queue=1)
    order: list[str] = []

    async def play() -> None:
        transport = httpx.ASGITransport(app)

        async def ask(client: httpx.AsyncClient, path: str, body: Any) -> None:
            response = await client.post(path, json=body)
            assert response.status_code == 200
            order.append(path)

        with anyio.fail_after(60):
            async with (
                httpx.AsyncClient(transport=transport, base_url="http://test") as client,
                anyio.create_task_group() as tasks,
            ):
                batch = {"records": [SMILE] * 3, **FREE}
                tasks.start_soon(ask, client, "/v1/reason/batch", batch)
                while not model.began.is_set():
                    await anyio.sleep(0.01)
                tasks.start_soon(ask, client, "/v1/reason", BODY)
                while llm.queue.requests < 2:
                    await anyio.sleep(0.01)
                model.gate.set()

    anyio.run(play)
    assert order == ["/v1/reason", "/v1/reason/batch"]


# --- the time limit -------------------------------------------------------------------------------


def test_a_run_over_its_time_before_any_draft_is_a_problem(graph: EmotionGraph) -> None:
    model = ScriptedModel([GOOD, GOOD])
    app, llm = app_with(graph, model, Clock(step=10.0), timeout_seconds=5.0)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["x-request-id"] = "the-same"
        response = client.post("/v1/reason", json=BODY)
        stream = client.post("/v1/reason", json=BODY, headers=STREAM)

    found = problem(response, 503, "backend")
    assert "an end within 5 s" in found["detail"]
    assert "--llm-timeout" in found["hint"]
    assert response.headers["retry-after"] == "5"
    assert sent_events(stream.text)[-1] == ("error", found)
    assert (llm.queue.running, llm.runs_overdue) == (0, 2)


def test_a_run_over_its_time_keeps_the_rounds_before(graph: EmotionGraph) -> None:
    # The clock is read once at the turn, once for the deadline, and then at each token within a draft; the
    # first draft has 14 of them, so at 1 s each the time is over at the third token of the second.
    model = ScriptedModel([WRONG, GOOD])
    app, _ = app_with(graph, model, Clock(step=1.0), timeout_seconds=16.5)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/v1/reason", json=BODY, headers=STREAM)

    events = sent_events(response.text)
    result = events[-1][1]
    assert events[-1][0] == "result"
    assert (result["stopped"], result["rationale"], result["chosen"]) == ("model_failed", WRONG, 1)
    assert "an end within 16.5 s" in result["error"]["detail"]
    second = [data["text"] for name, data in events if name == "token" and data["round"] == 2]
    assert "".join(second) == "AU6 and AU12"


def test_a_run_over_its_time_keeps_whole_drafts_of_the_round(graph: EmotionGraph) -> None:
    # As above, but the second draft is of the same round.
    model = ScriptedModel([WRONG, GOOD])
    app, _ = app_with(graph, model, Clock(step=1.0), timeout_seconds=16.5)
    body = {**BODY, "effort": {"rounds": 1, "drafts": 2}}
    with TestClient(app, raise_server_exceptions=False) as client:
        found = post(client, "/v1/reason", body)

    assert [d["text"] for d in found["rounds"][0]["drafts"]] == [WRONG]
    assert (found["stopped"], found["rationale"]) == ("model_failed", WRONG)


# --- clients that go away -------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, STREAM])
@pytest.mark.parametrize("body", [BODY, {"records": [SMILE] * 3, **FREE}])
def test_a_client_that_goes_away_ends_the_models_work(
    graph: EmotionGraph, body: dict[str, Any], headers: dict[str, str]
) -> None:
    model = GatedModel([GOOD] * 3)
    app, llm = app_with(graph, model, concurrency=1, queue=0)

    async def play() -> None:
        def is_time() -> bool:
            if model.began.is_set():
                model.gate.set()  # the model's next token comes; it must not be asked for a third
            return model.began.is_set()

        await leave_when(app, body, headers, is_time)
        assert model.was_cut.is_set()
        assert (llm.queue.requests, llm.queue.running) == (0, 0)

    anyio.run(play)
    assert len(model.requests) == 1


def test_a_server_that_says_at_sending_that_the_client_has_gone_ends_the_work_too(
    graph: EmotionGraph,
) -> None:
    # ASGI 2.4: send raises OSError, and nothing need come from receive.
    model = GatedModel([GOOD])
    app, llm = app_with(graph, model, concurrency=1, queue=0)
    requests: list[Message] = [
        {"type": "http.request", "body": json.dumps(BODY).encode(), "more_body": False}
    ]

    async def receive() -> Message:
        if requests:
            return requests.pop()
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        if b"event: token" in message.get("body", b""):
            model.gate.set()
            raise OSError("gone")

    async def play() -> None:
        with anyio.fail_after(LONGEST_WAIT):
            await app(scope_of("/v1/reason", STREAM), receive, send)

    anyio.run(play)
    assert model.was_cut.is_set()
    assert (llm.queue.requests, llm.queue.running) == (0, 0)


def test_a_client_that_goes_away_while_it_waits_never_asks_the_model(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD] * 2)
    app, llm = app_with(graph, model, concurrency=1, queue=1)

    async def play() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(leave_when, app, BODY, {}, model.was_closed.is_set)
            while not model.began.is_set():
                await anyio.sleep(0.005)
            sent = await leave_when(app, BODY, {}, lambda: llm.queue.requests == 2)
            assert sent == []
            assert (llm.queue.requests, llm.queue.running) == (1, 1)
            model.gate.set()

    anyio.run(play)
    assert len(model.requests) == 1
    assert not model.was_cut.is_set()


@contextmanager
def listening(app: FastAPI) -> Iterator[tuple[str, int]]:
    """Give the address of a server on this machine."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        yield server.servers[0].sockets[0].getsockname()
    finally:
        server.should_exit = True
        thread.join(LONGEST_WAIT)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_connection_that_is_closed_ends_the_models_work(graph: EmotionGraph, accept: str) -> None:
    model = GatedModel([GOOD, GOOD])
    app, llm = app_with(graph, model, concurrency=1, queue=0)
    content = json.dumps(BODY)
    head = (
        f"POST /v1/reason HTTP/1.1\r\nHost: test\r\nAccept: {accept}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    with listening(app) as (host, port):
        with create_connection((host, port), timeout=LONGEST_WAIT) as asking:
            asking.sendall((head + content).encode())
            assert model.began.wait(LONGEST_WAIT)
            if "stream" in accept:
                got = b""
                while b"event: token" not in got:
                    got += asking.recv(65536)
        with httpx.Client(base_url=f"http://{host}:{port}") as client:
            assert client.get("/healthz").json()["model"] == "scripted"
            model.gate.set()
            assert model.was_cut.wait(LONGEST_WAIT)
            while llm.queue.requests:
                client.get("/healthz")
            assert client.post("/v1/reason", json=BODY).json()["rationale"] == GOOD


def test_events_reach_a_client_while_the_model_is_at_work(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD])
    app, _ = app_with(graph, model)
    with (
        listening(app) as (host, port),
        httpx.Client(base_url=f"http://{host}:{port}", timeout=LONGEST_WAIT) as client,
        client.stream("POST", "/v1/reason", json=BODY, headers=STREAM) as response,
    ):
        got = ""
        for text in response.iter_text():
            got += text
            if "event: token" in got and not model.gate.is_set():
                assert "event: round" not in got
                model.gate.set()

    names = [name for name, _ in sent_events(got)]
    assert (names[0], names[1], names[-1]) == ("evidence", "token", "result")


def test_a_stream_says_that_it_lives_while_the_model_is_silent(graph: EmotionGraph) -> None:
    model = GatedModel([GOOD])
    llm = ModelRuns(model)
    settings = ReasonSettings(answer="free", effort=Effort(rounds=1, drafts=1))
    run = begin(Reasoner(graph, model, settings=settings), SMILE)
    writer = EventWriter(lambda found: to_reasoning(found, facts=0), facts=0)
    stream = EventStream(run, writer, llm, keep_alive_seconds=0.01)
    chunks: list[bytes] = []

    async def send(message: Message) -> None:
        chunks.append(message.get("body", b""))
        if chunks.count(KEEP_ALIVE) == 2:
            model.gate.set()

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def play() -> None:
        with anyio.fail_after(LONGEST_WAIT):
            await stream({"type": "http", "path": "/v1/reason"}, receive, send)

    anyio.run(play)
    assert chunks.count(KEEP_ALIVE) >= 2
    events = sent_events(b"".join(chunks).decode())
    assert events[-1][1]["rationale"] == GOOD


def test_a_client_that_reads_slowly_does_not_hold_the_model(graph: EmotionGraph) -> None:
    model = ScriptedModel([GOOD])
    app, llm = app_with(graph, model)

    async def play() -> None:
        may_read = anyio.Event()
        sent: list[Message] = []
        content = json.dumps(BODY).encode()
        requests: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Message:
            if requests:
                return requests.pop()
            await anyio.sleep_forever()
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)
            if len(sent) == 2:
                await may_read.wait()

        with anyio.fail_after(LONGEST_WAIT):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(app, scope_of("/v1/reason", STREAM), receive, send)
                while not (model.requests and not llm.queue.requests):
                    await anyio.sleep(0.005)
                assert len(sent) == 2
                may_read.set()
        assert b"event: result" in sent[-2]["body"]

    anyio.run(play)


# --- the end --------------------------------------------------------------------------------------


def test_the_model_is_closed_when_the_service_stops(graph: EmotionGraph) -> None:
    model = GatedModel([])
    with TestClient(create_app(graph, model=model)):
        assert not model.was_closed.is_set()

    assert model.was_closed.is_set()


def test_each_of_many_runs_at_once_has_its_own_answer(graph: EmotionGraph) -> None:
    def reply(request: GenerationRequest) -> str:
        number = re.search(r"number \d+", request.messages[1].content)
        return f"{number and number[0]}. Overall, this is joy."

    app, _ = app_with(graph, ScriptedModel(reply), concurrency=4, queue=40)
    found: dict[int, str] = {}

    async def play() -> None:
        transport = httpx.ASGITransport(app)

        async def ask(client: httpx.AsyncClient, number: int) -> None:
            body = {**FREE, "text": f"I am happy number {number}."}
            found[number] = (await client.post("/v1/reason", json=body)).json()["rationale"]

        async with (
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
            anyio.create_task_group() as tasks,
        ):
            for number in range(20):
                tasks.start_soon(ask, client, number)

    anyio.run(play)
    assert found == {n: f"number {n}. Overall, this is joy." for n in range(20)}
