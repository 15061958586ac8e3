"""Why a pool stops a query or has no turn for it, in words."""

from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.query_errors import QueryCostError, QueryTimeoutError
from affectgraph.api.query_evaluation import Question
from affectgraph.api.query_processes import signal_name
from affectgraph.ontology.errors import AffectGraphError, BackendError


def too_slow(limits: PoolLimits, question: Question) -> QueryTimeoutError:
    """Return the error of a query that was stopped at the deadline."""
    return QueryTimeoutError(
        f"The query takes over {limits.timeout_seconds:g} s, and was stopped.",
        query=question.query,
    )


def busy(what: str) -> BackendError:
    """Return the error of a query that has no turn.

    :param what: what goes on instead, as a sentence.
    """
    return BackendError(what, backend="sparql", retryable=True, hint="Try again later.")


def all_busy(limits: PoolLimits) -> BackendError:
    """Return the error of a query that has waited too long."""
    return busy(f"{limits.workers} queries are running.")


def lost(limits: PoolLimits, question: Question, status: int | None) -> AffectGraphError:
    """Return the error of a query whose worker has gone.

    :param status: how it ended, as ``os.waitpid`` says it; None if nobody knows.
    """
    signal = None if status is None else signal_name(status)
    if signal is None:
        return BackendError("a process for queries has gone.", backend="sparql", retryable=True)
    kind = QueryTimeoutError if signal == "SIGXCPU" else QueryCostError
    return kind(
        f"The query ended the process that ran it ({signal}): {_cause(limits, signal)}",
        query=question.query,
    )


def _cause(limits: PoolLimits, signal: str) -> str:
    if signal in {"SIGSEGV", "SIGBUS"}:
        return "it is nested too deeply, or too long a chain."
    if signal == "SIGXCPU":
        return "it takes too much time."
    return f"it needs over {limits.memory_mb} MiB of memory."
