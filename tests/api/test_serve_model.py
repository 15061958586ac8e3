"""``affectgraph serve --model``: what is opened before the service listens, and what is refused."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from affectgraph.api import serving
from affectgraph.api.cli_base import BACKEND, USAGE
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.models import ModelServerError
from tests.api.asgi import leave_when
from tests.api.asking import post
from tests.api.models import FREE, GOOD, LONGEST_WAIT, SMILE, WRONG, sent_events
from tests.api.running import run, share_graph
from tests.reasoner.models.chat_server import MODEL, ChatServer, error, events, says
from tests.reasoner.models.tiny import tiny_model, tiny_tokenizer


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> list[FastAPI]:
    """The applications that are handed to the web server, which does not start."""
    share_graph(monkeypatch, graph)
    found: list[FastAPI] = []
    monkeypatch.setattr(serving, "run", lambda served, listening: found.append(served))
    return found


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    server = ChatServer(says(WRONG), says(GOOD))
    yield server
    server.close()


def serve(*options: object, code: int = 0) -> str:
    """Run the command on a free port and return what it says on stderr."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return run("serve", "--port", port, *options, code=code)[1]


def test_a_server_of_models_is_asked_by_the_service(
    handed: list[FastAPI], chat: ChatServer
) -> None:
    said = serve("--model", chat.url, "--llm-concurrency", 3, "--llm-queue", 1)

    assert f"reasoning with {MODEL}" in said
    (app,) = handed
    with TestClient(app) as client:
        assert client.get("/v1/version").json()["model"] == MODEL
        limits = app.state.services.llm.limits
        assert (limits.concurrency, limits.queue) == (3, 1)
        headers = {"accept": "text/event-stream"}
        response = client.post("/v1/reason", json={**SMILE, **FREE}, headers=headers)
        events = sent_events(response.text)
        model = app.state.services.llm.model
    assert [name for name, _ in events if name != "token"] == [
        "evidence",
        "round",
        "round",
        "result",
    ]
    assert "".join(d["text"] for n, d in events if n == "token" and d["round"] == 2) == GOOD
    assert (events[-1][1]["rationale"], events[-1][1]["model"]) == (GOOD, MODEL)
    with pytest.raises(ModelServerError, match="the model was closed"):
        next(model.stream(model_request()))


def model_request() -> Any:
    from affectgraph.reasoner.models import GenerationRequest, Message

    return GenerationRequest((Message("user", "AU4?"),))


def test_a_local_model_is_loaded_from_its_folder(handed: list[FastAPI], tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    tokenizer = tiny_tokenizer()
    tiny_model(tokenizer).save_pretrained(tmp_path / "tiny")
    tokenizer.save_pretrained(tmp_path / "tiny")

    serve("--model", tmp_path / "tiny", "--device", "cpu", "--dtype", "float32")

    effort = {"rounds": 1, "drafts": 1, "facts": 2, "steps": 1, "max_tokens": 9}
    with TestClient(handed[0]) as client:
        found = post(client, "/v1/reason", {"label": "joy", "answer": "free", "effort": effort})
        assert client.get("/healthz").json()["model"] == "tiny"
    assert (found["model"], found["tokens"]["completion"]) == ("tiny", 9)
    assert str(tmp_path) not in str(found)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--model", "/no/such/folder"], BACKEND, "/no/such/folder"),
        (["--model", "org/not-in-the-cache"], BACKEND, "org/not-in-the-cache"),
        (["--model", "x", "--device", "cuda:99"], BACKEND, "cuda:99"),
        (["--model", "x", "--device", "abacus"], BACKEND, "abacus"),
        (["--model", ""], USAGE, "got an empty one"),
        (["--model", "http://localhost:1", "--device", "cpu"], USAGE, "no device for a server"),
        (["--model", "x", "--profile", "vllm"], USAGE, "no profile for a local model"),
        (["--model", "http://a:b@localhost:1"], USAGE, "without user, query and fragment"),
        (["--model", "x", "--llm-concurrency", 0], USAGE, "concurrency as a whole number of 1"),
        (["--model", "x", "--llm-queue", -1], USAGE, "queue as a whole number of 0"),
        (["--model", "x", "--llm-wait", 0], USAGE, "wait_seconds above 0"),
        (["--model", "x", "--llm-timeout", "nan"], USAGE, "timeout_seconds above 0"),
        (["--device", "cpu"], USAGE, "--device goes with --model"),
        (["--llm-queue", 3], USAGE, "--llm-queue goes with --model"),
    ],
)
def test_a_model_that_cannot_be_had_ends_the_command(
    handed: list[FastAPI], options: list[object], code: int, said: str
) -> None:
    words = " ".join(serve(*options, code=code).replace("│", " ").split())

    assert said in words
    assert handed == []


def test_a_server_that_refuses_the_key_ends_the_command_without_the_key(
    handed: list[FastAPI], chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFECTGRAPH_LLM_API_KEY", "sk-secret")

    said = serve("--model", f"{chat.url}#nobody", code=BACKEND)

    assert "got 'nobody'" in said
    assert "sk-secret" not in said
    assert handed == []


def test_a_key_that_the_server_refuses_later_is_in_no_answer(
    handed: list[FastAPI], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFECTGRAPH_LLM_API_KEY", "sk-secret")
    server = ChatServer(error(401, "wrong key sk-secret"))
    try:
        serve("--model", server.url)
        with TestClient(handed[0]) as client:
            response = client.post("/v1/reason", json={**SMILE, **FREE})
    finally:
        server.close()

    assert response.status_code == 502
    assert "401" in response.json()["detail"]
    assert "sk-secret" not in response.text


def test_a_client_that_goes_away_while_a_server_thinks_ends_its_work(
    handed: list[FastAPI],
) -> None:
    thought = json.dumps({"choices": [{"delta": {"reasoning_content": "x" * 50_000}}]})
    gate = Event()
    server = ChatServer(lambda asked: events(*[thought] * 400, gate=gate))
    try:
        serve("--model", server.url)
        app = handed[0]
        app.state.services.warm_up()

        def is_time() -> bool:
            if server.asked:
                gate.set()
            return bool(server.asked)

        for headers in ({}, {"accept": "text/event-stream"}):
            server.asked.clear()
            server.went_away.clear()
            gate.clear()
            anyio.run(leave_when, app, {**SMILE, **FREE}, headers, is_time)
            assert server.went_away.wait(LONGEST_WAIT)
        assert app.state.services.llm.queue.running == 0
        app.state.services.llm.model.close()
    finally:
        server.close()


def test_doctor_lists_what_models_need() -> None:
    text, _ = run("doctor")

    for line in ("[http]      httpx", "[llm]       jinja2"):
        assert line in text
