"""Errors of queries that ask too much; each is answered by a problem of its own."""

from affectgraph.ontology.errors import QueryError


class QueryCostError(QueryError):
    """A query was stopped: it took too long, needed too much memory, or ended the engine that ran it."""


class QueryTimeoutError(QueryCostError):
    """A query was stopped since its time was over."""


class ResultSizeError(QueryError):
    """The answer to a query is longer than answers may be; nothing of it is sent."""
