"""Answers to SPARQL queries as values: a table, a truth or triples."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from affectgraph.kg.store import QueryResult, Term
from affectgraph.ontology.iris import XSD

_NUMBERS = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
}


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query, in the order the store gave them.

    :param variables: names without the question mark.
    :param rows: RDF terms, None where a variable is unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Yield rows as dictionaries of Python values: numbers, booleans, text; IRIs as text."""
        for row in self.rows:
            yield {
                name: to_python(term)
                for name, term in zip(self.variables, row, strict=True)
                if term is not None
            }


Answer = Table | bool | tuple[Triple, ...]
"""What :meth:`EmotionGraph.sparql` gives: SELECT, ASK, CONSTRUCT or DESCRIBE."""


def to_python(term: Term) -> object:
    """Return a term as a Python value: int, Decimal, float, bool or str; an IRI as its text.

    >>> to_python(Literal(7))
    7
    """
    if not isinstance(term, Literal):
        return term.value
    datatype = term.datatype.value
    if datatype in _NUMBERS:
        return _NUMBERS[datatype](term.value)
    if datatype == XSD + "boolean":
        return term.value in {"true", "1"}
    return term.value


def to_answer(result: QueryResult) -> Answer:
    """Return a store's result as a value; reads it to the end."""
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QuerySolutions):
        variables = tuple(variable.value for variable in result.variables)
        return Table(variables, tuple(tuple(solution) for solution in result))
    return tuple(result)


def iri_text(term: Term | None) -> str:
    """Return the IRI of a term that must be one."""
    if not isinstance(term, NamedNode):
        raise TypeError(f"Expected an IRI, got {term!r}.")
    return term.value
