"""The socket that a service listens on, made once and, by workers, shared."""

import socket

from affectgraph.ontology.errors import BackendError

BACKLOG = 2048
"""Connections that may wait for a worker; as uvicorn has it."""


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens; child processes may inherit it.

    It names its protocol, by which asyncio knows that answers may be sent without delay (``TCP_NODELAY``). Of
    IPv6 it takes no connections of IPv4, as is so for a server that asyncio makes.

    :param port: 0 for any free one.
    :raises BackendError: if the address is taken, or is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            _listen(found, host, port)
        except OSError:
            found.close()
            raise
    except OSError as error:
        raise BackendError(
            f"cannot listen on {host}:{port}: {error.strerror}.",
            backend="server",
            retryable=True,
            hint="Stop what listens there, or name another with --port.",
        ) from error
    found.setblocking(False)
    found.set_inheritable(True)
    return found


def _listen(found: socket.socket, host: str, port: int) -> None:
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if found.family == socket.AF_INET6:
        found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    found.bind((host, port))
    found.listen(BACKLOG)
