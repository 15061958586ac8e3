"""Answers of a remote server, unpacked within bounds, and the error where there is none."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Final

from affectgraph.ontology.errors import BackendError

if TYPE_CHECKING:
    import httpcore

NAME: Final = "remote"
MOST_ERROR_BYTES: Final = 64 * 1024
"""Bytes that are read of an answer that is an error."""
_READ_BYTES: Final = 8_000
"""Bytes of an answer that are looked at for what the server says in it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, unpacked.

    :param headers: by name in lower case.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """Media type in lower case without parameters; empty if the server says none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def beginning(self) -> str:
        """The first bytes as text, with what is not of its character set replaced."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        charset = str(message.get_param("charset", "utf-8"))
        try:
            return self.content[:_READ_BYTES].decode(charset, "replace")
        except (LookupError, ValueError):  # some of Python's, such as idna, replace nothing
            return self.content[:_READ_BYTES].decode("utf-8", "replace")


class RemoteFailureError(BackendError):
    """A remote store failed; ``kind`` says how.

    :param kind: ``unreachable``, ``untrusted``, ``interrupted``, ``timeout``, ``status``, ``too_large``,
        ``cut``, ``not_sparql``, ``other_graph``, ``ended`` or ``closed``.
    :param status: HTTP status, if one came.
    :param retry_after_seconds: how long the server asks to wait, if it says so.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str,
        retryable: bool,
        hint: str = "",
        status: int | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message, backend=NAME, retryable=retryable, hint=hint)
        self.kind = kind
        self.status = status
        self.retry_after_seconds = retry_after_seconds


def words(reply: Reply, *, clean: Callable[[str], str]) -> str:
    """Return what a server says in an error, in one short line.

    :param clean: takes secrets out of a text, before it is cut.
    """
    text = clean(reply.beginning)
    if "<html" in text[:1000].lower() or "<!doctype html" in text[:1000].lower():
        text = "an HTML page, " + re.sub(r"<[^<>]*>", " ", text)
    return " ".join(text.split())[:400] or "without a word"


def unpacked(
    response: "httpcore.Response", encoding: str, most_bytes: int, is_answer: bool
) -> bytes:
    """Return the body of an answer; of an error no more than the bound."""
    parts: list[bytes] = []
    size = 0
    for part in _decoded(response, encoding.strip().lower(), most_bytes + 1):
        parts.append(part)
        size += len(part)
        if size > most_bytes:
            if not is_answer:
                break
            raise RemoteFailureError(
                f"expected an answer of at most {most_bytes:,} bytes, got more.",
                kind="too_large",
                retryable=False,
                hint="Ask for less with LIMIT.",
            )
    return b"".join(parts)[: most_bytes if not is_answer else None]


def _decoded(response: "httpcore.Response", encoding: str, most_bytes: int) -> Iterator[bytes]:
    """Yield the body as it comes, unpacked, no piece longer than the bound."""
    if encoding in {"", "identity"}:
        yield from response.iter_stream()
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise _unreadable(f"an answer as it is or packed by gzip, got {encoding!r}")
    unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for part in response.iter_stream():
            while part:
                yield unpack.decompress(part, most_bytes)
                part = unpack.unconsumed_tail
    except zlib.error as error:
        raise _unreadable(f"an answer that unpacks, got {error}") from error
    if not unpack.eof:
        raise RemoteFailureError("the packed answer broke off.", kind="interrupted", retryable=True)


def _unreadable(expected: str) -> RemoteFailureError:
    return RemoteFailureError(
        f"expected {expected}.",
        kind="not_sparql",
        retryable=False,
        hint="The server, or what stands before it, is at fault.",
    )
