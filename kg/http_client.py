"""Sends queries to one SPARQL endpoint over kept connections, with time-outs, tries and bounds."""

import logging
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from threading import Event
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from affectgraph.kg.http_replies import (
    MOST_ERROR_BYTES,
    RemoteFailureError,
    Reply,
    unpacked,
    words,
)
from affectgraph.kg.http_sockets import Sockets
from affectgraph.kg.http_waits import drawn_wait, retry_after_seconds
from affectgraph.kg.remote_settings import (
    PASSWORD_VARIABLE,
    TOKEN_VARIABLE,
    USER_VARIABLE,
    Credentials,
    RemoteLimits,
    endpoint_url,
)
from affectgraph.ontology.errors import BackendError, MissingExtraError

if TYPE_CHECKING:
    from affectgraph.kg.http_deadlines import Call

logger = logging.getLogger(__name__)

LONGEST_GET: Final = 2_000
"""Characters of an address with its query; RFC 9110 asks servers for 8,000, proxies may take less."""
TRIED_AGAIN: Final = frozenset({429, 502, 503, 504})
"""Statuses after which the same query may succeed."""

FORM: Final = "application/x-www-form-urlencoded"
Fields = Sequence[tuple[str, str]]


def _import_httpcore() -> Any:
    try:
        import httpcore
    except ImportError as error:
        raise MissingExtraError("remote", feature="A store behind a URL") from error
    return httpcore


class EndpointClient:
    """Connections to one endpoint. Threads may share one; nothing is sent before the first query.

    :param url: address of the endpoint.
    :param credentials: those of the environment if left out.
    :param seed: of the draws of waits.
    :raises InputError: if the address or the credentials are wrong.
    :raises MissingExtraError: if httpcore is not installed.
    """

    def __init__(
        self,
        url: str,
        *,
        limits: RemoteLimits,
        credentials: Credentials | None = None,
        seed: int = 0,
    ) -> None:
        self.url = endpoint_url(url)
        self.limits = limits
        self._credentials = credentials or Credentials.from_environment()
        self._httpcore = _import_httpcore()
        from affectgraph.kg.http_deadlines import Deadlines

        self._sockets = Sockets()
        self._backend = Deadlines(self._sockets)
        self._pool = self._httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=limits.connections,
            max_keepalive_connections=limits.connections,
            keepalive_expiry=30.0,
            network_backend=self._backend,
        )
        self._draw = Random(seed)  # noqa: S311 - waits, no secrets
        self._closing = Event()
        self._warn_of_plain_text()

    def _warn_of_plain_text(self) -> None:
        parts = urlsplit(self.url)
        is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if self._credentials.header and parts.scheme == "http" and not is_here:
            logger.warning("credentials for %s are sent without encryption", parts.hostname)

    def call(self, seconds: float | None = None) -> "Call":
        """Return a call that must have ended after some seconds; ``total_seconds`` if left out."""
        from affectgraph.kg.http_deadlines import Call

        return Call(seconds or self.limits.total_seconds)

    def send(
        self, fields: Fields, accept: str, call: "Call", *, most_bytes: int | None = None
    ) -> Reply:
        """Return the answer to a query, whatever its status but those that were tried again in vain.

        :param fields: names and values of the protocol's parameters, ``query`` among them.
        :param most_bytes: of the answer; ``most_bytes`` of the limits if left out.
        :raises RemoteFailureError: if there is no answer, or it is too long.
        """
        attempt = 1
        while True:
            try:
                with self._cleaned(), self._backend.during(call), self._translated(call):
                    return self._once(fields, accept, call, most_bytes or self.limits.most_bytes)
            except RemoteFailureError as error:
                wait = self._wait_seconds(error, attempt, call)
                if wait is None:
                    raise
                logger.info("%s: %s, next try in %.2f s", self.url, error.kind, wait)
            self._closing.wait(wait)
            attempt += 1

    def close(self) -> None:
        """Close all connections: queries under way fail at once. A second call does nothing."""
        self._closing.set()
        self._sockets.shut()
        self._pool.close()

    # --- one try ----------------------------------------------------------------------------------

    def _once(self, fields: Fields, accept: str, call: "Call", most_bytes: int) -> Reply:
        if self._closing.is_set():
            raise _closed()
        method, url, content = self._request(fields)
        with self._pool.stream(
            method,
            url,
            headers=self._headers(accept, content),
            content=content,
            extensions={"timeout": self._timeouts(call)},
        ) as response:
            headers = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            }
            status = response.status
            most = most_bytes if status == 200 else MOST_ERROR_BYTES
            body = unpacked(response, headers.get("content-encoding", ""), most, status == 200)
            reply = Reply(status, headers, body)
        if status in TRIED_AGAIN:
            raise self.failure_of(reply)
        return reply

    def failure_of(self, reply: Reply) -> RemoteFailureError:
        """Return the error of an answer whose status is neither 200 nor a refusal of the query."""
        wait = retry_after_seconds(reply.headers.get("retry-after"))
        return RemoteFailureError(
            f"HTTP {reply.status}: {words(reply, clean=self.clean)}",
            kind="status",
            status=reply.status,
            retryable=reply.status in TRIED_AGAIN or reply.status >= 500,
            retry_after_seconds=wait,
            hint=self._hint(reply),
        )

    def _hint(self, reply: Reply) -> str:
        if reply.status in {401, 403}:
            return f"Set {USER_VARIABLE} and {PASSWORD_VARIABLE}, or {TOKEN_VARIABLE}."
        if 300 <= reply.status < 400:
            place = self.clean(reply.headers.get("location", "nowhere"))[:400]
            return (
                f"Redirects are not followed. Name the endpoint itself; this one points to {place}."
            )
        return "Check the URL." if reply.status in {404, 405, 406} else ""

    def _request(self, fields: Fields) -> tuple[str, str, bytes | None]:
        encoded = urlencode(fields)
        address = f"{self.url}{'&' if urlsplit(self.url).query else '?'}{encoded}"
        if len(address) <= LONGEST_GET:
            return "GET", address, None
        return "POST", self.url, encoded.encode("ascii")

    def _headers(self, accept: str, content: bytes | None) -> list[tuple[str, str]]:
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        found = [
            ("Host", host),
            ("Accept", accept),
            ("Accept-Encoding", "gzip"),
            ("User-Agent", "affectgraph"),
        ]
        if self._credentials.header:
            found.append(("Authorization", self._credentials.header))
        if content is not None:
            found += [("Content-Type", FORM), ("Content-Length", str(len(content)))]
        return found

    def _timeouts(self, call: "Call") -> dict[str, float]:
        limits = self.limits
        return {
            "connect": limits.connect_seconds,
            "read": limits.read_seconds,
            "write": limits.read_seconds,
            "pool": call.left_seconds,
        }

    # --- failures ---------------------------------------------------------------------------------

    def _wait_seconds(self, error: RemoteFailureError, attempt: int, call: "Call") -> float | None:
        """Return the wait before the next try; None if there is none."""
        limits = self.limits
        asked = error.retry_after_seconds or 0.0
        is_over = attempt >= limits.attempts or asked > limits.longest_wait_seconds
        can_help = error.kind in {"unreachable", "interrupted"} or error.status in TRIED_AGAIN
        if is_over or not can_help or call.is_ended or self._closing.is_set():
            return None
        wait = drawn_wait(
            attempt,
            first=limits.first_wait_seconds,
            longest=limits.longest_wait_seconds,
            draw=self._draw,
        )
        wait = max(wait, asked)
        return wait if wait < call.left_seconds else None

    @contextmanager
    def _cleaned(self) -> Iterator[None]:
        """Take secrets out of what a server says in an error."""
        try:
            yield
        except BackendError as error:
            error.args = tuple(self.clean(str(part)) for part in error.args)
            raise

    def clean(self, text: str) -> str:
        """Return a text without the secrets of this client."""
        for secret in self._credentials.secrets:
            text = text.replace(secret, "***")
        return text

    @contextmanager
    def _translated(self, call: "Call") -> Iterator[None]:
        """Turn errors of the transport into those of this package."""
        httpcore = self._httpcore
        try:
            yield
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            if self._closing.is_set():
                raise _closed() from error
            if call.is_ended:
                raise RemoteFailureError(
                    "the query was ended.", kind="ended", retryable=True
                ) from error
            raise self._failed(error, call) from error
        except RuntimeError as error:
            if self._closing.is_set():
                raise _closed() from error
            raise

    def _failed(self, error: Exception, call: "Call") -> RemoteFailureError:
        httpcore, limits = self._httpcore, self.limits
        said = str(error) or type(error).__name__
        if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
            is_untrusted = "CERTIFICATE_VERIFY_FAILED" in said
            return RemoteFailureError(
                f"no answer from {self.url}: {said}.",
                kind="untrusted" if is_untrusted else "unreachable",
                retryable=not is_untrusted,
                hint="Name the authority of its certificate with SSL_CERT_FILE."
                if is_untrusted
                else "Check that the server runs and the URL is right.",
            )
        if isinstance(error, httpcore.TimeoutException):
            return RemoteFailureError(
                f"{self.url} was silent for {limits.read_seconds:g} s, or did not answer within "
                f"{call.seconds:g} s.",
                kind="timeout",
                retryable=True,
                hint="Ask for less, or raise the time-out.",
            )
        return RemoteFailureError(
            f"the connection to {self.url} broke off: {said}.",
            kind="interrupted",
            retryable=True,
            hint="Try again; the server's log says more.",
        )


def _closed() -> RemoteFailureError:
    return RemoteFailureError("the store was closed.", kind="closed", retryable=False)
