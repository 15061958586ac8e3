"""How a service is run: what an operator chooses of it, apart from graph and model."""

import re
from dataclasses import dataclass
from ipaddress import ip_network

from affectgraph.ontology.errors import InputError

_ORIGIN = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?")
_ROOT = re.compile(r"(/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operator chooses of a service.

    :param cors_origins: sites whose scripts may read answers, such as ``https://example.org``; ``*`` for
        all, empty for none.
    :param metrics: whether ``/metrics`` answers; it needs the extra ``metrics``.
    :param log_client: whether lines of the access log name the address of the client.
    :param tracing: whether spans go to OpenTelemetry; it needs the extra ``otel``.
    :raises InputError: if an origin is none.

    >>> Operation(cors_origins=("https://example.org",)).metrics
    False
    """

    cors_origins: tuple[str, ...] = ("*",)
    metrics: bool = False
    log_client: bool = False
    tracing: bool = False

    def __post_init__(self) -> None:
        for origin in self.cors_origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise InputError(
                    "Expected an origin as browsers send it, such as https://example.org or "
                    f"http://localhost:3000, without a path, or *, got {origin!r}."
                )


DEFAULT_OPERATION = Operation()


def require_root_path(path: str) -> str:
    """Return a path below which a service can be reached; empty for the root of its host.

    :raises InputError: if it is none.

    >>> require_root_path("/affect")
    '/affect'
    """
    if not _ROOT.fullmatch(path):
        raise InputError(
            "Expected a path that starts with a slash and ends without one, such as /affectgraph, "
            f"got {path!r}."
        )
    return path


def require_proxies(text: str | None) -> str | None:
    """Return addresses and networks of proxies, with commas between them, or ``*``; None for none named.

    One that is none would trust nobody, and all clients behind the proxy would share one limit.

    :raises InputError: if one is none, or a network whose address has bits beyond its mask.

    >>> require_proxies("10.0.0.5, fc00::/7")
    '10.0.0.5, fc00::/7'
    """
    if text is None or text == "*":
        return text
    for part in text.split(","):
        try:
            ip_network(part.strip())
        except ValueError as error:
            raise InputError(
                "Expected addresses or networks of proxies, such as 10.0.0.5,10.1.0.0/16, or * alone, got: "
                f"{error}."
            ) from None
    return text
