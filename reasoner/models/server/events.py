"""Reads server-sent events as bytes come."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from affectgraph.reasoner.models.server.errors import ModelServerError, is_html, server_words

DONE = "[DONE]"


def sent_events(chunks: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
    r"""Yield the JSON object of each event, and None for the ``[DONE]`` that ends a stream.

    Lines end in CR, LF or both; comments and fields other than ``data`` are skipped (WHATWG HTML, 9.2.6).

    :raises ModelServerError: if the bytes are no UTF-8, or an event is no JSON object.

    >>> list(sent_events([b': ping\r\n\r\ndata: {"a"', b': 1}\n\ndata: [DONE]\n\n']))
    [{'a': 1}, None]
    """
    data: list[str] = []
    for line in _lines(chunks):
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and data:
            yield _event("\n".join(data))
            data = []
        elif is_html(line):
            raise ModelServerError(
                f"expected a stream of events, got {server_words(line)}.",
                kind="not_the_api",
                hint="Check the address: it is the one before /chat/completions, as in .../v1.",
            )
    if data:
        yield _event("\n".join(data))


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        rest += chunk
        held = (
            b"\r" if rest.endswith(b"\r") else b""
        )  # the LF of a CR LF may come with the next bytes
        whole = rest.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = whole.split(b"\n")
        rest += held
        yield from (_text(line) for line in lines)
    if rest:
        yield _text(rest.removesuffix(b"\r"))


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelServerError(
            f"expected UTF-8, got byte {line[error.start]:#04x} in an event.",
            kind="malformed",
            hint="The server is at fault; its log says more.",
        ) from error


def _event(data: str) -> dict[str, Any] | None:
    if data.strip() == DONE:
        return None
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise ModelServerError(
            f"expected a JSON object in an event, got {data[:80]!r}.",
            kind="malformed",
            hint="The server is at fault; its log says more.",
        )
    return event
