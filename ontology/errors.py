"""The errors AffectGraph raises, in one tree, so that a caller catches one name.

Every message has three parts: what was expected, what came, what to do next.
"""

__all__ = [
    "AffectGraphError",
    "BackendError",
    "ClaimError",
    "InputError",
    "MissingExtraError",
    "OntologyError",
    "QueryError",
    "UnknownTermError",
]


class AffectGraphError(Exception):
    """Base of every error the package raises on purpose."""


class OntologyError(AffectGraphError):
    """A source table or an axiom is wrong.

    :param message: what was expected and what came.
    :param file: name of the table or file, if one is to blame.
    :param row: line in the file, counted from 1 with the header as line 1.
    :param repair: the command or edit that mends it.
    """

    def __init__(
        self, message: str, *, file: str = "", row: int | None = None, repair: str = ""
    ) -> None:
        self.file = file
        self.row = row
        self.repair = repair
        place = f"{file}:{row}: " if row is not None else f"{file}: " if file else ""
        super().__init__(f"{place}{message}" + (f" Repair: {repair}" if repair else ""))


class UnknownTermError(AffectGraphError, LookupError):
    """Something was asked for by name and the graph does not hold it.

    :param term: the name as asked.
    :param kind: what kind of thing was expected ("emotion", "action unit", "scheme").
    :param nearest: names that do exist and look alike, best first.
    :param hint: what to do; said where nothing looks alike.
    :param note: what became of the term, said in place of both; such as which one replaces it.
    """

    def __init__(
        self, term: str, *, kind: str, nearest: tuple[str, ...] = (), hint: str = "", note: str = ""
    ) -> None:
        self.term = term
        self.kind = kind
        self.nearest = nearest
        advice = f" Nearest: {', '.join(nearest)}." if nearest else f" {hint}".rstrip()
        advice = f" {note}" if note else advice
        super().__init__(f"Expected the name of {kind} in the graph, got {term!r}.{advice}")


class InputError(AffectGraphError, ValueError):
    """A value handed in is outside what the function takes (range, size, type)."""


class QueryError(AffectGraphError):
    """A SPARQL query or update was refused.

    :param reason: what the engine or the policy says, with the position if it gives one.
    :param query: the text that was refused.
    :param position: line and column of what is wrong, each counted from 1; None if nobody knows.
    :param hint: what to do, where more is known than the reason says.
    """

    def __init__(
        self,
        reason: str,
        *,
        query: str = "",
        position: tuple[int, int] | None = None,
        hint: str = "",
    ) -> None:
        self.reason = reason
        self.query = query
        self.position = position
        self.hint = hint
        super().__init__(reason)


class BackendError(AffectGraphError):
    """A store, model or device failed.

    :param backend: which one.
    :param retryable: whether the same call may succeed later.
    :param hint: what to do.
    """

    def __init__(self, message: str, *, backend: str, retryable: bool, hint: str = "") -> None:
        self.backend = backend
        self.retryable = retryable
        self.hint = hint
        super().__init__(f"{backend}: {message}" + (f" {hint}" if hint else ""))


class MissingExtraError(AffectGraphError, ImportError):
    """A feature needs packages of an optional extra that are not installed.

    :param extra: the extra's name, as in ``pip install "affectgraph[extra]"``.
    :param feature: what was asked for.
    """

    def __init__(self, extra: str, *, feature: str) -> None:
        self.extra = extra
        super().__init__(
            f"{feature} needs packages that are not installed. "
            f'Install them with: pip install "affectgraph[{extra}]"'
        )


class ClaimError(AffectGraphError, ValueError):
    """A rationale or a claim is not in the form that can be checked."""
