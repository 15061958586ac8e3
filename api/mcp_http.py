"""The server of the Model Context Protocol over HTTP: one path, a key, and no pages of others."""

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from affectgraph.api.access import Access, KeyRing
from affectgraph.api.access_errors import AccessError
from affectgraph.api.auth import Guard
from affectgraph.api.keys import Key, Right, digest_of
from affectgraph.api.problems import to_problem
from affectgraph.ontology.errors import AffectGraphError, InputError

PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine for itself, as they stand in URLs."""

GRACE_S = 3
"""Seconds that clients have when the server stops; they may hold a stream open for hours."""

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - told apart, not listened on
"""Addresses that stand for all of a machine's."""

_KEY = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
"""A bearer token of RFC 6750, of at least 16 characters."""
_NAME = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
"""A host as it stands in URLs."""


def is_loopback(host: str) -> bool:
    """Return whether only programs of this machine reach an address.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def require_key(key: str) -> str:
    """Return a key without white space around it.

    :raises InputError: if it cannot stand in a header, or is too short; the message does not show it.
    """
    found = key.strip()
    if not _KEY.fullmatch(found):
        raise InputError(
            "Expected a key of at least 16 letters, digits and signs of ._~+/-, got another text of "
            f"{len(found)} characters. Make one with: openssl rand -hex 32"
        )
    return found


def security(host: str, names: Iterable[str] = ()) -> TransportSecuritySettings:
    """Return what headers requests may have, so that no web page reaches the server by another name of it.

    :param host: address that is listened on. :param names: further names of the server.
    :raises InputError: if a name is none.
    """
    is_own = is_loopback(host) or host in EVERYWHERE
    own = LOOPBACK if is_own else (f"[{host}]" if ":" in host else host,)
    hosts = list(dict.fromkeys((*own, *names)))
    for name in hosts:
        if not _NAME.fullmatch(name):
            raise InputError(
                f"Expected the name of a host, such as emotions.example.org, got {name!r}."
            )
    everywhere = [form for name in hosts for form in (name, f"{name}:*")]
    return TransportSecuritySettings(
        allowed_hosts=everywhere,
        allowed_origins=[
            f"{scheme}://{form}" for form in everywhere for scheme in ("http", "https")
        ],
    )


def http_app(
    server: MCPServer[Any],
    *,
    host: str,
    names: Iterable[str] = (),
    keys: KeyRing | None = None,
    right: Right = "read",
) -> ASGIApp:
    """Return a server as an ASGI application that answers at ``/mcp``.

    Requests whose ``Host`` is none of its names are refused with 421, those whose ``Origin`` is none with
    403, and with keys those without one with 401, those whose key does not reach with 403.

    :param host: address that will be listened on.
    :param names: names besides it by which clients reach the server.
    :param keys: whose tokens they send as ``Authorization: Bearer TOKEN``, such as :class:`OneKey` or
        :class:`affectgraph.api.key_file.KeyFile`; all may ask if left out.
    :param right: what a key has to have; ``llm`` for a server that asks a language model.
    :raises InputError: if a name is none.
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH, transport_security=security(host, names)
    )
    if keys is None:
        return app
    return Guard(app, Access(keys, read="key"), respond=_respond, right=right)


class OneKey:
    """The ring of one key that does not end; keeps its hash alone.

    :raises InputError: if the text is no key.
    """

    def __init__(self, text: str) -> None:
        self._key = Key("key", ("llm",), digest_of(require_key(text)), datetime.now(UTC))

    def find(self, token: str, now: datetime) -> Key | None:
        """Return the key if the token is its own, compared in constant time."""
        return self._key if self._key.is_of(digest_of(token)) else None


def _respond(request: Request, error: Exception) -> Response:
    """Return the problem details of a request that is refused."""
    if isinstance(error, AccessError):
        problem, headers = error.problem(request.url.path), error.headers
    elif isinstance(error, AffectGraphError):
        problem, headers = to_problem(error, instance=request.url.path), {"Retry-After": "5"}
    else:
        raise error
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Answer requests on a socket until stopped by Ctrl+C or SIGTERM."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
