"""Answers with gzip: who gets them, and what is never compressed."""

import gzip

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from affectgraph.api.compression import MINIMUM_BYTES, Compression, accepts_gzip
from affectgraph.kg.graph import EmotionGraph
from tests.api.below import ask_below


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("x-gzip", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("*;q=0", False),
        ("gzipped", False),
        ("gzip;q=much", False),
    ],
)
def test_gzip_is_sent_to_who_takes_it(client: TestClient, header: str, taken: bool) -> None:
    response = client.get("/v1/emotions", headers={"accept-encoding": header})

    assert accepts_gzip([(b"accept-encoding", header.encode())]) is taken
    assert (response.headers.get("content-encoding") == "gzip") is taken
    assert response.json()["total"] == 137


def test_compressed_answer_is_the_same_and_shorter(client: TestClient) -> None:
    plain = client.get("/v1/emotions", headers={"accept-encoding": "identity"})
    with client.stream("GET", "/v1/emotions", headers={"accept-encoding": "gzip"}) as packed:
        content = b"".join(packed.iter_raw())

    assert gzip.decompress(content) == plain.content
    assert int(packed.headers["content-length"]) == len(content) < len(plain.content) / 3


def test_post_is_compressed_and_not_kept(client: TestClient) -> None:
    body = {"labels": ["sad", "seething", "glad"]}
    response = client.post("/v1/ground", json=body, headers={"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "etag" not in response.headers


def test_small_answer_is_sent_as_it_is(client: TestClient) -> None:
    response = client.get("/healthz", headers={"accept-encoding": "gzip"})
    assert len(response.content) < MINIMUM_BYTES
    assert "content-encoding" not in response.headers


def test_events_are_sent_one_by_one_and_never_compressed(graph: EmotionGraph) -> None:
    event = b"data: " + b"x" * MINIMUM_BYTES + b"\n\n"

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": event, "more_body": more})

    sent = ask_below(Compression(stream), graph, "/v1/reason", b"", b"", encoding=b"gzip")

    assert [message.get("body") for message in sent[1:]] == [event] * 3
    assert (b"content-encoding", b"gzip") not in sent[0]["headers"]


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ([(b"content-length", b"1024")], True),
        ([(b"content-length", b"1023")], False),
        ([], True),
        ([(b"Content-Length", b"5000"), (b"vary", b"Accept")], True),
        ([(b"content-type", b"text/event-stream; charset=utf-8")], False),
        ([(b"content-length", b"5000"), (b"content-encoding", b"br")], False),
    ],
)
def test_who_takes_no_gzip_is_told_that_others_may(
    graph: EmotionGraph, headers: list[tuple[bytes, bytes]], told: bool
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert b"accept-encoding" not in dict(scope["headers"])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x" * 5_000})

    sent = ask_below(Compression(app), graph, "/", b"", b"", encoding=b"identity")

    varied = b", ".join(v for k, v in sent[0]["headers"] if k == b"vary").lower()
    assert (b"accept-encoding" in varied) is told
    assert sent[1]["body"] == b"x" * 5_000
