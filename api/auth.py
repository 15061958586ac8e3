"""Keeps out who may not ask, or asks too often: ASGI middleware, outside of what keeps answers.

Keys come as ``Authorization: Bearer KEY`` (RFC 6750) and in no other way: addresses end in logs and in
histories. The header goes no further than here. So nothing below can log or pass on a key, and an answer that
is kept is the same for all who may have it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from affectgraph.api.access import Access, Caller, asked_by
from affectgraph.api.access_errors import AccessError, AmbiguousKeyError, BadKeyError, RateError
from affectgraph.api.keys import Key, Right
from affectgraph.api.rates import Taken, client_of
from affectgraph.api.requests_seen import current_exchange
from affectgraph.ontology.errors import BackendError, InputError

logger = logging.getLogger(__name__)

OPEN_PATHS = frozenset({"/healthz", "/readyz", "/style.css"})
"""Paths that need no key and are not counted: probes, and what pages of errors look like."""

POLICY = "default"
"""Name of the limit on requests."""

Headers = list[tuple[bytes, bytes]]

Refusal = AccessError | BackendError

Respond = Callable[[Request, Exception], Response]
"""Makes the answer to a request that is refused."""


class Guard:
    """Passes on requests of those who may ask, with who it is as :func:`current_caller`.

    A key that is sent has to be good even where none is needed. Requests count against the limit of their
    key, those without a good one against that of their address, refused ones too.

    :param respond: makes answers of :class:`AccessError` and :class:`BackendError`.
    :param right: what every request takes.
    :param now: gives the time, UTC.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        *,
        respond: Respond,
        right: Right = "read",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.app = app
        self._keys = access.keys
        self._rights = access.rights
        self._respond = respond
        self._right = right
        self._now = now
        self._rates = access.rates()
        self._llm_rates = access.llm_rates()
        self._is_private = right not in self._rights
        self._logged = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http" or _path(scope) in OPEN_PATHS:
            await self.app(scope, receive, send)
            return
        key, fault = self._identified(scope)
        caller = self._caller(scope, key)
        taken = None if self._rates is None else self._rates.take(caller.bucket)
        late = None if taken is None or taken.is_granted else RateError(taken, POLICY)
        # An error that says how often one may ask has the headers itself.
        marked = self._marking(send, None if late else taken)
        refusal = late or fault or self._missing(caller)
        if refusal is not None:
            answer = self._respond(Request(scope), refusal)
            await answer(scope, receive, marked)
            return
        with asked_by(caller):
            await self.app(_without_key(scope), receive, marked)

    def _identified(self, scope: Scope) -> tuple[Key | None, Refusal | None]:
        """Return the key a request came with, and what is wrong with what it came with."""
        if self._keys is None:
            return None, None
        try:
            token = _token(scope["headers"])
            key = None if token is None else self._keys.find(token, self._now())
            self._logged = self._logged if token is None else ""
        except AmbiguousKeyError as error:
            return None, error
        except InputError as error:
            return None, self._broken(error)
        return key, BadKeyError() if token is not None and key is None else None

    def _broken(self, error: InputError) -> BackendError:
        """Return what is answered while keys cannot be looked up; the log says why, once in a row."""
        if str(error) != self._logged:
            self._logged = str(error)
            logger.error("Keys are refused: %s", error)
        return BackendError(
            "expected keys that can be looked up, got none.",
            backend="keys",
            retryable=True,
            hint="Ask whoever runs the service; its log says what is wrong.",
        )

    def _caller(self, scope: Scope, key: Key | None) -> Caller:
        client = scope.get("client")
        if key is None:
            bucket = client_of(client[0] if client else None)
        else:
            bucket = f"key:{key.id}"
            exchange = current_exchange()
            if exchange is not None:
                exchange.key = key.id
        return Caller(bucket, key, self._rights, self._keys is not None, self._llm_rates)

    def _missing(self, caller: Caller) -> AccessError | None:
        try:
            caller.require(self._right)
        except AccessError as error:
            return error
        return None

    def _marking(self, send: Send, taken: Taken | None) -> Send:
        """Return what sends an answer on, with the state of its limit, and private if it is not for all."""
        if taken is None and not self._is_private:
            return send

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ())]
                if taken is not None:
                    headers += _raw(taken.headers(POLICY))
                if self._is_private:
                    headers = _private(headers)
                message = {**message, "headers": headers}
            await send(message)

        return marked


def _raw(headers: Mapping[str, str]) -> Headers:
    return [
        (name.lower().encode("ascii"), value.encode("ascii")) for name, value in headers.items()
    ]


def _private(headers: Headers) -> Headers:
    """Return the headers of an answer that shared caches may not keep, nor give to another key."""
    found, cached, varies = [], [b"private"], [b"Authorization"]
    for name, value in headers:
        match name.lower():
            case b"cache-control":
                cached += [x for x in value.replace(b" ", b"").split(b",") if x != b"public"]
            case b"vary":
                varies.insert(0, value)
            case _:
                found.append((name, value))
    return [*found, (b"cache-control", b", ".join(cached)), (b"vary", b", ".join(varies))]


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "").rstrip("/"))


def _token(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the token of a request, None if it has none; other schemes than Bearer are not for us.

    :raises AmbiguousKeyError: if there are several headers.
    """
    given = [value for name, value in headers if name == b"authorization"]
    if len(given) > 1:
        raise AmbiguousKeyError
    scheme, _, token = (given[0] if given else b"").decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _without_key(scope: Scope) -> Scope:
    headers = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
    return {**scope, "headers": headers}
