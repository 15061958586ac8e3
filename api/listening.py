"""The socket that a service listens on, made once and shared by its processes."""

import socket

from affectgraph.ontology.errors import BackendError

BACKLOG = 2048
"""Connections that may wait for a worker; as uvicorn has it."""


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens; child processes may inherit it.

    It names its protocol, by which asyncio knows that answers may be sent without delay (``TCP_NODELAY``).

    :raises BackendError: if the address is taken, or is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        raise BackendError(
            f"cannot listen on {host}:{port}: {error.strerror}.",
            backend="server",
            retryable=True,
            hint="Stop what listens there, or name another with --port.",
        ) from error
    found.setblocking(False)
    found.set_inheritable(True)
    return found
