"""Long answers in pieces: nothing is lost or added, and others have their turn between."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from affectgraph.api.compression import Compression
from affectgraph.api.pieces import PIECE_BYTES, THREAD_BYTES, in_pieces, joined
from affectgraph.kg.graph import EmotionGraph
from tests.api.below import ask_below


def sent_on(*messages: Message) -> list[Message]:
    found: list[Message] = []

    async def send(message: Message) -> None:
        found.append(message)

    async def send_all() -> None:
        sending = in_pieces(send)
        for message in messages:
            await sending(message)

    asyncio.run(send_all())
    return found


def body(content: bytes, **more: Any) -> Message:
    return {"type": "http.response.body", "body": content, **more}


@pytest.mark.parametrize("length", [0, 1, PIECE_BYTES])
def test_short_body_and_start_are_sent_as_they_are(length: int) -> None:
    messages = [{"type": "http.response.start", "status": 200}, body(b"x" * length)]

    assert sent_on(*messages) == messages


@pytest.mark.parametrize(
    ("length", "pieces"),
    [
        (PIECE_BYTES + 1, [PIECE_BYTES, 1]),
        (2 * PIECE_BYTES, [PIECE_BYTES, PIECE_BYTES]),
        (2 * PIECE_BYTES + 7, [PIECE_BYTES, PIECE_BYTES, 7]),
    ],
)
@pytest.mark.parametrize("has_more", [False, True])
def test_pieces_join_to_the_body_and_the_last_says_whether_more_comes(
    length: int, pieces: list[int], has_more: bool
) -> None:
    content = bytes(range(251)) * (length // 251 + 1)
    sent = sent_on(body(content[:length], more_body=has_more))

    assert [len(message["body"]) for message in sent] == pieces
    assert b"".join(message["body"] for message in sent) == content[:length]
    assert [message["more_body"] for message in sent] == [True] * (len(pieces) - 1) + [has_more]


def test_others_have_a_turn_between_pieces() -> None:
    turns: list[str] = []

    async def send(message: Message) -> None:
        turns.append("piece")

    async def other() -> None:
        for _ in range(3):
            turns.append("other")
            await asyncio.sleep(0)

    async def both() -> None:
        task = asyncio.create_task(other())
        await in_pieces(send)(body(b"x" * 3 * PIECE_BYTES))
        await task

    asyncio.run(both())
    assert turns == ["piece", "other"] * 3


@pytest.mark.parametrize("encoding", [b"", b"identity", b"br"])
def test_service_sends_a_long_answer_in_pieces_with_its_whole_length(
    graph: EmotionGraph, encoding: bytes
) -> None:
    content = b"y" * (PIECE_BYTES + 5)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send(body(content))

    start, *bodies = ask_below(Compression(app), graph, "/x", b"", b"", encoding=encoding)

    assert (b"content-length", str(len(content)).encode()) in start["headers"]
    assert [len(message["body"]) for message in bodies] == [PIECE_BYTES, 5]


@pytest.mark.parametrize("parts", [[], [b"a", b"", b"bc"], [b"x" * THREAD_BYTES, b"y"]])
def test_parts_are_joined_in_order(parts: list[bytes]) -> None:
    assert asyncio.run(joined(parts)) == b"".join(parts)
