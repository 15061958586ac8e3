"""Answers of the SPARQL endpoint as the values that the graph itself gives."""

from dataclasses import dataclass

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from affectgraph.client.call import Call
from affectgraph.client.errors import UnreadableAnswerError
from affectgraph.kg.answers import Answer, Table

_SOLUTIONS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
RESULTS = f"{_SOLUTIONS}, {_TRIPLES};q=0.9"
"""What is accepted: rows or a truth, or triples."""

QUERY_TYPE = "application/sparql-query"


@dataclass(frozen=True, slots=True)
class SparqlCall(Call[Answer]):
    """A SPARQL query; its answer is a table, a truth, or triples."""

    def read(self, content: bytes, media_type: str) -> Answer:
        """Return the answer as a value.

        :raises UnreadableAnswerError: if it is neither results in JSON nor N-Triples.
        """
        try:
            return _triples(content) if media_type == _TRIPLES else _results(content)
        except (SyntaxError, ValueError) as error:
            raise UnreadableAnswerError(self.route, media_type, error) from error


def _triples(content: bytes) -> Answer:
    return tuple(quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))


def _results(content: bytes) -> Answer:
    found = parse_query_results(content, format=QueryResultsFormat.JSON)
    return bool(found) if isinstance(found, QueryBoolean) else _table(found)


def _table(found: QuerySolutions) -> Table:
    variables = tuple(variable.value for variable in found.variables)
    return Table(variables, tuple(tuple(solution) for solution in found))
