"""Carries requests to one server and bytes back, under time-outs; a failure is an error with a kind."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from threading import BoundedSemaphore
from time import monotonic
from typing import TYPE_CHECKING, Any

from affectgraph.kg.http_sockets import Sockets
from affectgraph.kg.http_waits import retry_after_seconds
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.reasoner.models.server.errors import ModelServerError, failure_of_status
from affectgraph.reasoner.models.server.events import sent_events

if TYPE_CHECKING:
    import httpx

KEY_VARIABLE = "AFFECTGRAPH_LLM_API_KEY"
"""The environment variable that holds the key of a server; the only place it is read from."""

MOST_BYTES = 64 * 2**20
"""Most bytes of an answer."""

MOST_ERROR_BYTES = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for a server, in seconds.

    :param connect_seconds: for a connection.
    :param first_token_seconds: for the first piece of a stream, and for each further one.
    :param total_seconds: for the whole answer.
    :raises InputError: if one is not above 0, or not finite.
    """

    connect_seconds: float = 5.0
    first_token_seconds: float = 60.0
    total_seconds: float = 300.0

    def __post_init__(self) -> None:
        times = (self.connect_seconds, self.first_token_seconds, self.total_seconds)
        if not all(isinstance(x, int | float) and isfinite(x) and x > 0 for x in times):
            raise InputError(f"Expected time-outs above 0 seconds and finite, got {self}.")


def import_httpx() -> Any:
    """Return httpx.

    :raises MissingExtraError: if it is not installed.
    """
    try:
        import httpx
    except ImportError as error:
        raise MissingExtraError("http", feature="A model behind a server") from error
    return httpx


def server_url(url: str) -> str:
    """Return the address that ``/chat/completions`` follows; ``/v1`` is added where there is no path.

    :raises InputError: if it is no HTTP address, or holds a user, a query or a fragment.

    >>> server_url("http://localhost:8000"), server_url("https://a.example/llm/v1/chat/completions")
    ('http://localhost:8000/v1', 'https://a.example/llm/v1')
    """
    httpx = import_httpx()
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise InputError(f"Expected the address of a server, got {type(error).__name__}.") from None
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise InputError(
            f"Expected an address without user, query and fragment, got one of {parsed.host!r} with some. "
            f"A key belongs into {KEY_VARIABLE}."
        )
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise InputError(f"Expected an address that begins with http:// or https://, got {url!r}.")
    path = parsed.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return str(parsed.copy_with(path=path))


def key_from_environment() -> str:
    """Return the key of the server; empty if there is none.

    :raises InputError: if it cannot stand in a header; the key is not said.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise InputError(f"Expected a key of printable ASCII without spaces in {KEY_VARIABLE}.")
    return key


class Transport:
    """Connections to one server. Threads may share one; no more than ``concurrency`` requests are under way.

    :raises InputError: if the concurrency is below 1, or the address or key is wrong.
    """

    def __init__(self, url: str, *, timeouts: Timeouts, concurrency: int) -> None:
        if concurrency < 1:
            raise InputError(f"Expected a concurrency of 1 or more, got {concurrency}.")
        self._httpx = import_httpx()
        self.url = server_url(url)
        self.is_closed = False
        self._key = key_from_environment()
        self._timeouts = timeouts
        self._slots = BoundedSemaphore(concurrency)
        self._sockets = Sockets()
        limits = self._httpx.Limits(
            max_connections=concurrency, max_keepalive_connections=concurrency
        )
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._client = self._httpx.Client(headers=headers, limits=limits)

    def get(self, path: str) -> bytes:
        """Return the body of a page.

        :raises ModelServerError: if there is none.
        """
        with self._response("GET", path, None) as (response, deadline):
            return b"".join(self._chunks(response, deadline))

    def post(self, path: str, body: Mapping[str, Any]) -> bytes:
        """Return the body of the answer to a request.

        :raises ModelServerError: if there is none.
        """
        with self._response("POST", path, body) as (response, deadline):
            return b"".join(self._chunks(response, deadline))

    def events(self, path: str, body: Mapping[str, Any]) -> Iterator[dict[str, Any] | None]:
        """Yield the events of a stream, None for the end; closing the iterator closes the connection.

        :raises ModelServerError: if it fails, or breaks off.
        """
        with self._response("POST", path, body, is_stream=True) as (response, deadline):
            yield from sent_events(self._chunks(response, deadline))

    def close(self) -> None:
        """Close all connections; requests under way fail at once, those that connect when they have."""
        self.is_closed = True
        self._sockets.shut()
        self._client.close()

    @contextmanager
    def _response(
        self, method: str, path: str, body: Mapping[str, Any] | None, *, is_stream: bool = False
    ) -> "Iterator[tuple[httpx.Response, float]]":
        """Give the response of a request whose status is 200, and when it must have ended."""
        with self._slot(), self._translated(), self._cleaned():
            deadline = monotonic() + self._timeouts.total_seconds
            response = self._client.send(self._request(method, path, body, is_stream), stream=True)
            try:
                if response.status_code != 200:
                    raise self._failure(response, deadline)
                yield response, deadline
            finally:
                response.close()

    def _request(
        self, method: str, path: str, body: Mapping[str, Any] | None, is_stream: bool
    ) -> "httpx.Request":
        times = self._timeouts
        silence = min(times.first_token_seconds, times.total_seconds)
        timeout = self._httpx.Timeout(
            connect=min(times.connect_seconds, times.total_seconds),
            read=silence if is_stream else times.total_seconds,
            write=silence,
            pool=times.total_seconds,
        )
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        request: httpx.Request = self._client.build_request(
            method,
            f"{self.url}{path}",
            content=content,
            headers={"Content-Type": "application/json"} if body is not None else {},
            timeout=timeout,
            extensions={"trace": self._sockets.note},
        )
        return request

    def _failure(self, response: "httpx.Response", deadline: float) -> ModelServerError:
        kept = b""
        try:
            for chunk in self._chunks(response, deadline):
                kept += chunk
                if len(kept) > MOST_ERROR_BYTES:
                    break
        except (self._httpx.HTTPError, ModelServerError):
            pass  # the status says enough
        return failure_of_status(
            response.status_code,
            kept.decode("utf-8", "replace"),
            retry_after_seconds=retry_after_seconds(response.headers.get("Retry-After")),
        )

    def _chunks(self, response: "httpx.Response", deadline: float) -> Iterator[bytes]:
        read = 0
        for chunk in response.iter_bytes():
            read += len(chunk)
            if read > MOST_BYTES:
                raise ModelServerError(
                    f"expected an answer of at most {MOST_BYTES} bytes, got more.",
                    kind="malformed",
                    retryable=False,
                    hint="Lower max_tokens.",
                )
            yield chunk
            if monotonic() > deadline:
                raise self._timeout(f"in {self._timeouts.total_seconds} s")

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if self.is_closed:
            raise _closed()
        if not self._slots.acquire(timeout=self._timeouts.total_seconds):
            raise ModelServerError(
                "as many requests as concurrency allows were under way all the time.",
                kind="timeout",
                hint="Raise concurrency, and close streams that nobody reads.",
            )
        try:
            yield
        finally:
            self._slots.release()

    @contextmanager
    def _cleaned(self) -> Iterator[None]:
        """Take the key out of what a server says in an error."""
        try:
            yield
        except ModelServerError as error:
            if self._key and any(self._key in str(part) for part in error.args):
                error.args = tuple(str(part).replace(self._key, "***") for part in error.args)
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the errors of httpx into those of this package."""
        httpx = self._httpx
        try:
            yield
        except (httpx.HTTPError, RuntimeError) as error:
            if self.is_closed:
                raise _closed() from error
            if isinstance(error, httpx.HTTPError):
                raise self._failed(error) from error
            raise

    def _failed(self, error: Exception) -> ModelServerError:
        httpx, times = self._httpx, self._timeouts
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return ModelServerError(
                f"cannot connect to {self.url} within {times.connect_seconds} s: {error}.",
                kind="unreachable",
                hint="Start the server, or check its address.",
            )
        if isinstance(error, httpx.TimeoutException):
            return self._timeout(
                f"within {times.first_token_seconds} s for the next piece and {times.total_seconds} s in all"
            )
        if isinstance(error, httpx.DecodingError):
            return ModelServerError(
                f"expected an answer that unpacks, got {error}.",
                kind="malformed",
                hint="The server, or what stands before it, is at fault.",
            )
        return ModelServerError(
            f"the connection to {self.url} broke off: {error or type(error).__name__}.",
            kind="interrupted",
            hint="Try again; the server's log says more.",
        )

    def _timeout(self, limit: str) -> ModelServerError:
        return ModelServerError(
            f"{self.url} did not answer {limit}.",
            kind="timeout",
            hint="Raise the time-out, lower max_tokens, or ask less at once.",
        )


def _closed() -> ModelServerError:
    return ModelServerError("the model was closed.", kind="closed", hint="Open it anew.")
