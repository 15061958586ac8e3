"""A server that does as a test says, request by request, down to the bytes and the ways to break off."""

import gzip
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

TLS = Path(__file__).parent / "tls"
"""A certificate for localhost that no authority has signed, and its key, which is no secret."""
RESULTS = "application/sparql-results+json"
TRUE = b'{"head": {}, "boolean": true}'

Turn = Callable[[socket.socket], bool]
"""Writes to a connection; returns whether it stays open."""


class ScriptedServer:
    """Takes the turns of its script one by one; the last one goes on for ever.

    ``requests`` has the requests as they came, ``connections`` counts what was opened.
    """

    def __init__(self, *turns: Turn) -> None:
        self.turns = list(turns)
        self.requests: list[str] = []
        self.connections = 0
        self.ended = Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        self._thread = Thread(target=self._accept)
        self._tls: ssl.SSLContext | None = None

    def over_tls(self) -> None:
        """Speak TLS from now on."""
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
        self.url = f"https://localhost:{self.port}/sparql"

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, whatever is under way."""
        self.ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _accept(self) -> None:
        threads = []
        while not self.ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                break
            self.connections += 1
            self._open.append(connection)
            threads.append(Thread(target=self._serve, args=[connection]))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._tls is not None:
                with self._tls.wrap_socket(connection, server_side=True) as secure:
                    self._take_turns(secure)
            else:
                self._take_turns(connection)

    def _take_turns(self, connection: socket.socket) -> None:
        while (request := _request(connection)) is not None:
            self.requests.append(request)
            turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
            if not turn(connection):
                break


def _request(connection: socket.socket) -> str | None:
    content = b""
    while b"\r\n\r\n" not in content:
        part = connection.recv(65_536)
        if not part:
            return None
        content += part
    head, _, body = content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    size = next((int(x.split(":")[1]) for x in lines if x.startswith("content-length:")), 0)
    while len(body) < size:
        body += connection.recv(65_536)
    return f"{head.decode('latin-1')}\r\n\r\n{body.decode('latin-1')}"


@contextmanager
def scripted(*turns: Turn, tls: bool = False) -> Iterator[ScriptedServer]:
    """Run a server with a script."""
    server = ScriptedServer(*turns)
    if tls:
        server.over_tls()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def answer(body: bytes = TRUE, *, status: int = 200, type_: str = RESULTS, **headers: str) -> Turn:
    """Return a turn that answers; underscores in names of headers stand for hyphens."""
    named = {"Content-Type": type_, "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in named.items())]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"

    def turn(connection: socket.socket) -> bool:
        connection.sendall(head + body)
        return True

    return turn


def packed(body: bytes) -> Turn:
    """Return a turn that answers with a body packed by gzip."""
    return answer(gzip.compress(body), Content_Encoding="gzip")


def broken(body: bytes = TRUE, *, sent: int) -> Turn:
    """Return a turn that announces a body and closes after some bytes of it."""
    head = f"HTTP/1.1 200 Said\r\nContent-Type: {RESULTS}\r\nContent-Length: {len(body)}\r\n\r\n"

    def turn(connection: socket.socket) -> bool:
        connection.sendall(head.encode() + body[:sent])
        return False

    return turn


def reset(connection: socket.socket) -> bool:
    """Break the connection off, so that the other end is told (RST)."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return False


def dripping(text: bytes) -> Turn:
    """Return a turn that writes a byte every 20 ms, again and again, until nobody listens."""

    def turn(connection: socket.socket) -> bool:
        waiting = Event()
        connection.sendall(text)
        while not waiting.wait(0.02):
            connection.sendall(b"x")
        return False

    return turn


def silent(connection: socket.socket) -> bool:
    """Say nothing until the other end has gone."""
    connection.recv(1)
    return False
