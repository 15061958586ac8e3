"""How a remote store is reached: its address, who asks, how long to wait, how much to take."""

import os
from base64 import b64encode
from dataclasses import dataclass, field
from math import isfinite
from typing import Final
from urllib.parse import urlsplit

from affectgraph.ontology.errors import InputError

USER_VARIABLE: Final = "AFFECTGRAPH_STORE_USER"
PASSWORD_VARIABLE: Final = "AFFECTGRAPH_STORE_PASSWORD"  # noqa: S105 - a name
TOKEN_VARIABLE: Final = "AFFECTGRAPH_STORE_TOKEN"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True)
class RemoteLimits:
    """How long to wait for a server, how often to try, and how much to take.

    :param connect_seconds: for a connection.
    :param read_seconds: longest silence of the server.
    :param total_seconds: for the whole answer, all tries together.
    :param attempts: most tries of a query that failed on the way: no connection, a connection that broke,
        429, 502, 503, 504. Queries change nothing, so that a repeat is safe. A time-out is not tried again.
    :param first_wait_seconds: see :func:`affectgraph.kg.http_waits.drawn_wait`.
    :param longest_wait_seconds: a server that asks for more (``Retry-After``) is not tried again.
    :param most_bytes: of an answer, unpacked.
    :param connections: most at once; further queries wait for one.
    :raises InputError: if a number is out of range.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 60.0
    total_seconds: float = 120.0
    attempts: int = 3
    first_wait_seconds: float = 0.2
    longest_wait_seconds: float = 5.0
    most_bytes: int = 256 * 2**20
    connections: int = 16

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        for name in ("connect_seconds", "read_seconds", "total_seconds"):
            value = getattr(self, name)
            if not isfinite(value) or value <= 0:
                raise InputError(f"Expected {name} above 0 and finite, got {value}.")
        for name in ("attempts", "most_bytes", "connections"):
            if getattr(self, name) < 1:
                raise InputError(f"Expected {name} of at least 1, got {getattr(self, name)}.")
        if not 0 <= self.first_wait_seconds <= self.longest_wait_seconds < float("inf"):
            raise InputError(
                "Expected 0 <= first_wait_seconds <= longest_wait_seconds, got "
                f"{self.first_wait_seconds} and {self.longest_wait_seconds}."
            )


@dataclass(frozen=True, slots=True)
class Credentials:
    """What proves who asks; never shown.

    :param header: value of ``Authorization``; empty for none.
    :param secrets: what must not appear in messages.
    """

    header: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def from_environment(cls) -> "Credentials":
        """Return those that the environment names: a token, else a user with a password, else none.

        :raises InputError: if both are there, or one cannot stand in a header; none is said.
        """
        token = os.environ.get(TOKEN_VARIABLE, "")
        user = os.environ.get(USER_VARIABLE, "")
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if token and (user or password):
            raise InputError(f"Expected {TOKEN_VARIABLE} or {USER_VARIABLE}, got both.")
        if token:
            if not (token.isascii() and token.isprintable()) or " " in token:
                raise InputError(f"Expected printable ASCII without spaces in {TOKEN_VARIABLE}.")
            return cls(f"Bearer {token}", (token,))
        if not user:
            return cls()
        if ":" in user:
            raise InputError(f"Expected a name without a colon in {USER_VARIABLE} (RFC 7617).")
        encoded = b64encode(f"{user}:{password}".encode()).decode("ascii")
        return cls(f"Basic {encoded}", tuple(filter(None, (encoded, password))))


def endpoint_url(url: str) -> str:
    """Return the address of an endpoint as it is.

    :raises InputError: if it is no http(s) address, or holds a user or a fragment.

    >>> endpoint_url("https://example.org/sparql")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise InputError(f"Expected the URL of a SPARQL endpoint: {error}.") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(f"Expected the http(s) URL of a SPARQL endpoint, got {url!r}.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InputError(
            f"Expected a URL without user, password and fragment, got one of {host!r} with some. "
            f"Set {USER_VARIABLE} and {PASSWORD_VARIABLE}, or {TOKEN_VARIABLE}."
        )
    if not url.isascii() or any(character.isspace() for character in url):
        raise InputError(
            f"Expected a URL of ASCII without spaces, got one of {host!r} with others."
        )
    return url
