"""Asking a service from Python: a method for each route, answers and errors as typed values.

Needs httpx (extra ``client``), which is imported when a client is made. Answers are the models that the
service itself sends, of :mod:`affectgraph.api`; no web framework is loaded for them.
"""

from affectgraph.client import (
    faces,
    graph_store,
    judging,
    linking,
    lookups,
    places,
    service,
    user_data,
)
from affectgraph.client.async_client import AsyncClient
from affectgraph.client.call import Call
from affectgraph.client.client import Client
from affectgraph.client.errors import (
    AccessRefusedError,
    BusyError,
    ChangedError,
    NotFoundError,
    RefusedError,
    ServiceError,
    ServiceFailedError,
    UnreachableError,
    UnreadableAnswerError,
)
from affectgraph.client.events import EventsCall

__all__ = [
    "AccessRefusedError",
    "AsyncClient",
    "BusyError",
    "Call",
    "ChangedError",
    "Client",
    "EventsCall",
    "NotFoundError",
    "RefusedError",
    "ServiceError",
    "ServiceFailedError",
    "UnreachableError",
    "UnreadableAnswerError",
    "faces",
    "graph_store",
    "judging",
    "linking",
    "lookups",
    "places",
    "service",
    "user_data",
]
