"""Keys of the service: tokens as clients send them, and what is kept of each. Needs no web framework.

A token is 256 random bits and is shown once; a :class:`Key` has its SHA-256. No slow or salted hash is
needed, since nobody can try 2**256 tokens: NIST SP 800-63B (5.1.2.2) asks for salt and a password hash below
112 bits alone. Prefix and checksum follow GitHub's tokens ("Behind GitHub's new authentication token
formats", 2021), so that scanners for secrets know a leaked one by :data:`PATTERN` and :func:`is_token`.
"""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, Literal, get_args
from zlib import crc32

from affectgraph.ontology.errors import InputError

Right = Literal["read", "write", "llm", "admin"]
"""What a key may do. Every key may read, and ``admin`` has the other three."""

RIGHTS: tuple[Right, ...] = get_args(Right)

PREFIX = "agk_"
PATTERN = r"agk_[0-9A-Za-z]{49}"
"""What a token looks like; the last 6 characters are its checksum."""

ID_LENGTH = 12
"""Hexadecimal digits of a key's id."""

_DIGITS = digits + ascii_uppercase + ascii_lowercase
_RANDOM_LENGTH, _CHECK_LENGTH = 43, 6
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEMBERS = ("name", "scopes", "sha256", "created", "expires", "revoked", "graphs")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]{1,1999}")
MOST_PREFIXES = 100
"""Beginnings of IRIs that a key may be limited to."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its token.

    :param name: whom it was given to; 1 to 64 letters, digits and ``._@-``.
    :param scopes: what it may do besides reading.
    :param digest: SHA-256 of the token, in hexadecimal digits.
    :param created: when it was made, UTC. :param expires: from when on it is void; None for never.
    :param revoked: since when it is void; None if it is not.
    :param graphs: how IRIs of graphs begin that it may write, up to 100; all of users if there is none.
    :raises InputError: if a value is none, or graphs are named for a key that may not write, or may all.
    """

    name: str
    scopes: tuple[Right, ...]
    digest: str
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    graphs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InputError(
                "Expected a name of 1 to 64 letters, digits and ._@-, the first a letter or digit, got "
                f"{self.name!r}."
            )
        unknown = [scope for scope in self.scopes if scope not in RIGHTS]
        if unknown or not self.scopes:
            got = repr(unknown[0]) if unknown else "none"
            raise InputError(f"Expected scopes out of {', '.join(RIGHTS)}, got {got}.")
        if not _SHA256.fullmatch(self.digest):
            raise InputError("Expected a SHA-256 of 64 hexadecimal digits, got another text.")
        self._require_graphs()

    def _require_graphs(self) -> None:
        if not self.graphs:
            return
        if "write" not in self.scopes or "admin" in self.scopes:
            raise InputError(
                "Expected the scope write, and not admin, with graphs that a key is limited to, got "
                f"{', '.join(self.scopes)}."
            )
        if len(self.graphs) > MOST_PREFIXES:
            raise InputError(
                f"Expected up to {MOST_PREFIXES} beginnings of IRIs, got {len(self.graphs)}."
            )
        wrong = [prefix for prefix in self.graphs if not _PREFIX.fullmatch(prefix)]
        if wrong:
            raise InputError(
                "Expected the begin of absolute IRIs of graphs, such as "
                f"https://w3id.org/affectgraph/graph/user/lab-, got {wrong[0][:80]!r}."
            )

    @property
    def id(self) -> str:
        """Start of the digest, which tells nothing of the token; stands in logs and lists."""
        return self.digest[:ID_LENGTH]

    def is_valid(self, now: datetime) -> bool:
        """Return whether it may be used at a time."""
        return self.revoked is None and (self.expires is None or now < self.expires)

    def is_of(self, digest: str) -> bool:
        """Return whether a digest is its own, in a time that does not depend on where they differ."""
        return hmac.compare_digest(self.digest, digest)

    def may(self, right: Right) -> bool:
        """Return whether it may do something while it is valid.

        >>> key = Key("lab", ("llm",), "0" * 64, datetime(2026, 1, 1, tzinfo=UTC))
        >>> [right for right in RIGHTS if key.may(right)]
        ['read', 'llm']
        """
        return right == "read" or right in self.scopes or "admin" in self.scopes

    def may_write(self, graph: str) -> bool:
        """Return whether it may write a graph, by its IRI as it stands.

        >>> key = Key("lab", ("write",), "0" * 64, datetime(2026, 1, 1, tzinfo=UTC), graphs=("urn:lab:",))
        >>> key.may_write("urn:lab:one"), key.may_write("urn:other")
        (True, False)
        """
        return self.may("write") and (not self.graphs or graph.startswith(self.graphs))


def make_token() -> str:
    """Return a new token: the prefix, 256 bits from the system's source of randomness, and a checksum."""
    random = _base62(secrets.randbits(256), _RANDOM_LENGTH)
    return f"{PREFIX}{random}{_checksum(random)}"


def is_token(text: str) -> bool:
    """Return whether a text has the form and the checksum of a token; nothing says that it is known.

    >>> is_token("agk_" + "0" * 43 + "2CZclj"), is_token("agk_" + "0" * 49)
    (True, False)
    """
    if not re.fullmatch(PATTERN, text):
        return False
    random = text.removeprefix(PREFIX)[:_RANDOM_LENGTH]
    return text.endswith(_checksum(random))


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token or any other text, in hexadecimal digits."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _checksum(random: str) -> str:
    return _base62(crc32(random.encode("ascii")), _CHECK_LENGTH)


def _base62(number: int, length: int) -> str:
    found = ""
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        found = _DIGITS[digit] + found
    return found


def key_from(data: Any) -> Key:
    """Return a key from its JSON object.

    :raises InputError: if it is none; the message names the member.
    """
    if not isinstance(data, dict) or not set(data) <= set(_MEMBERS):
        raise InputError(f"Expected a JSON object with members out of {', '.join(_MEMBERS)}.")
    return Key(
        name=_text(data, "name"),
        scopes=in_order(_texts(data, "scopes")),
        digest=_text(data, "sha256"),
        created=parse_time(_text(data, "created")),
        expires=_optional_time(data, "expires"),
        revoked=_optional_time(data, "revoked"),
        graphs=tuple(_texts(data, "graphs")) if "graphs" in data else (),
    )


def key_data(key: Key) -> dict[str, Any]:
    """Return a key as its JSON object; :func:`key_from` reads it.

    Graphs stand in it if there are any, so that a release that knows of none refuses the key.
    """
    limited = {"graphs": list(key.graphs)} if key.graphs else {}
    return {
        "name": key.name,
        "scopes": list(key.scopes),
        "sha256": key.digest,
        "created": time_text(key.created),
        "expires": time_text(key.expires),
        "revoked": time_text(key.revoked),
        **limited,
    }


def parse_time(text: str) -> datetime:
    """Return a date, or a date with a time, of ISO 8601 in UTC; without an offset it is UTC.

    :raises InputError: if it is none.

    >>> parse_time("2027-01-31")
    datetime.datetime(2027, 1, 31, 0, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter where UTC has a year below 1 or above 9999
        raise InputError(
            "Expected a date, or a date with a time, of ISO 8601, such as 2027-01-31 or "
            f"2027-01-31T12:00:00Z, got {text[:40]!r}."
        ) from None


def time_text(moment: datetime | None) -> str | None:
    """Return a time in UTC as ISO 8601, to the second; None for none."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(data: dict[str, Any], member: str) -> str:
    value = data.get(member)
    if not isinstance(value, str):
        raise InputError(f"Expected {member} as a text, got {type(value).__name__}.")
    return value


def _texts(data: dict[str, Any], member: str) -> list[str]:
    value = data.get(member)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"Expected {member} as a list of texts.")
    return value


def in_order(scopes: Sequence[Any]) -> tuple[Right, ...]:
    """Return scopes without repeats, in the order of :data:`RIGHTS`; unknown ones last."""
    known = [right for right in RIGHTS if right in scopes]
    return (*known, *dict.fromkeys(scope for scope in scopes if scope not in RIGHTS))


def _optional_time(data: dict[str, Any], member: str) -> datetime | None:
    return None if data.get(member) is None else parse_time(_text(data, member))
