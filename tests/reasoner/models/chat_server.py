"""A server on this machine that speaks OpenAI's chat completions, and fails in the ways that servers do."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

MODEL = "tiny-chat"


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """What the server sends back.

    :param chunks: the body, each chunk sent by itself.
    :param is_cut: whether the connection ends without the body's end.
    :param gate: waited for between the first chunk and the others.
    """

    chunks: Sequence[bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    gate: Event | None = None


Reply = Callable[[Asked], Sent]


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128  # with the default of 5, some of 16 clients at once wait for a minute


class ChatServer:
    """Answers each request with the next reply, and all after the last with the last. Threads may ask it."""

    def __init__(self, *replies: Reply) -> None:
        self.asked: list[Asked] = []
        self.models: list[dict[str, str]] = [{"id": MODEL, "owned_by": "vllm"}]
        self.went_away = Event()
        self._replies = replies
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, args=(0.005,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_reply(self, asked: Asked) -> Sent:
        with self._lock:
            self.asked.append(asked)
            reply = self._replies[min(len(self.asked), len(self._replies)) - 1]
        return reply(asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._send(Sent([json.dumps({"object": "list", "data": server.models}).encode()]))

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(server.next_reply(Asked(self.path, dict(self.headers), body)))

            def _send(self, sent: Sent) -> None:
                self.close_connection = True
                self.send_response(sent.status)
                for name, value in sent.headers.items():
                    self.send_header(name, value)
                self.send_header("Transfer-Encoding", "chunked")
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for number, chunk in enumerate(sent.chunks):
                        if number == 1 and sent.gate is not None:
                            sent.gate.wait(10)
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                        self.wfile.flush()
                    if not sent.is_cut:
                        self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    server.went_away.set()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def says(
    content: str | None,
    *,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = (7, 3),
    cut_at: int | None = None,
    **message: Any,
) -> Reply:
    """Return the reply of a whole answer, as a stream where one is asked for.

    :param cut_at: the body ends after so many bytes, or the stream after so many pieces.
    """

    def reply(asked: Asked) -> Sent:
        counted = None if usage is None else dict(zip(_COUNTS, usage, strict=True))
        said = {"role": "assistant", "content": content, **message}
        if asked.body["stream"]:
            return events(*_deltas(said, finish, counted)[:cut_at], is_cut=cut_at is not None)
        choice: dict[str, Any] = {"index": 0, "message": said, "finish_reason": finish}
        whole: dict[str, Any] = {"object": "chat.completion", "model": MODEL, "choices": [choice]}
        body = json.dumps(whole if counted is None else {**whole, "usage": counted}).encode()
        return Sent([body[:cut_at]], headers={"Content-Type": "application/json"})

    return reply


_COUNTS = ("prompt_tokens", "completion_tokens")


def _deltas(
    said: Mapping[str, Any], finish: str | None, counted: Mapping[str, int] | None
) -> list[str]:
    """Return the events of a message, its texts in pieces of three characters."""
    parts: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    for key, value in said.items():
        if key != "role" and isinstance(value, str):
            parts += [{key: value[at : at + 3]} for at in range(0, len(value), 3)]
    pieces: list[dict[str, Any]] = [
        {"choices": [{"delta": part, "finish_reason": None}]} for part in parts
    ]
    pieces.append({"choices": [{"delta": {}, "finish_reason": finish}]})
    if counted is not None:
        pieces.append({"choices": [], "usage": counted})
    return [*(json.dumps({"model": MODEL, **piece}) for piece in pieces), "[DONE]"]


def events(*datas: str, is_cut: bool = False, gate: Event | None = None) -> Sent:
    """Return a stream of events."""
    chunks = [f"data: {data}\n\n".encode() for data in datas]
    return Sent(chunks, headers={"Content-Type": "text/event-stream"}, is_cut=is_cut, gate=gate)


def fails(status: int, body: str, **headers: str) -> Reply:
    """Return the reply of an error; an underscore in a header's name stands for a hyphen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: Sent([body.encode()], status, named)


def error(status: int, message: str, **headers: str) -> Reply:
    """Return the reply of an error in OpenAI's form."""
    return fails(status, json.dumps({"error": {"message": message, "code": status}}), **headers)


def sends(*chunks: bytes, is_cut: bool = False) -> Reply:
    """Return a reply of bytes as they are."""
    return lambda asked: Sent(chunks, is_cut=is_cut)


def piece(text: str) -> str:
    return json.dumps({"choices": [{"delta": {"content": text}, "finish_reason": None}]})


def words(asked: Asked) -> Sent:
    """Answer as a server does that heeds max_tokens, stop and seed; a word is a token."""
    body = asked.body
    seen = body["messages"][-1]["content"][:9].strip() or "nothing"
    tokens = f"I see {seen}. It speaks of joy, seed {body.get('seed')}.".split(" ")
    written = [f" {t}" if n else t for n, t in enumerate(tokens)][: body["max_tokens"]]
    finish = "length" if len(tokens) > body["max_tokens"] else "stop"
    text = "".join(written)
    for stop in body.get("stop", ()):
        if stop in text:
            text, finish = text[: text.index(stop)], "stop"
    return says(text, finish=finish, usage=(9, len(written)))(asked)
