"""What every store must answer to the project's own queries: the same as the embedded store, term by term.

:class:`QueryCompliance` runs every packaged query and every competency question on a store. What a kind of
server is known to answer otherwise is written down in its subclass, with the reason, and nowhere else.
"""

from pathlib import Path
from typing import ClassVar

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions

from affectgraph.kg import EmotionGraph, GraphStore
from affectgraph.kg.compiled import query_names, query_text
from affectgraph.kg.store import Term
from affectgraph.ontology.iris import XSD

FOLDER = Path(__file__).parent / "competency"
OF_BOTH_LAYERS = {"23-joy-and-sadness-at-once"}
"""Questions that need the description-logic layer beside the core graph, which a store does not hold."""
QUESTIONS = sorted({path.stem for path in FOLDER.glob("*.rq")} - OF_BOTH_LAYERS)

Row = tuple[Term | None, ...]


def table_of(store: GraphStore, query: str) -> tuple[list[str], list[Row]]:
    """Return the variables and rows of a SELECT query."""
    result = store.query(query)
    assert isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables]
    return names, [tuple(row) for row in result]


def question_text(name: str) -> str:
    """Return the text of a competency question."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def as_integer(term: Term | None) -> Term | None:
    """Return a boolean as the integer that some servers give for one they have worked out."""
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}boolean":
        return Literal(str(int(term.value == "true")), datatype=NamedNode(f"{XSD}integer"))
    return term


def put_together(term: Term | None) -> Term | None:
    """Return the words of a text in alphabetical order, without a language.

    SPARQL does not say in which order GROUP_CONCAT takes its members, and gives no language.
    """
    if not isinstance(term, Literal):
        return term
    return Literal(" ".join(sorted(term.value.split(" "))))


class QueryCompliance:
    """Tests that hold for every store; a subclass names what its server is known to give otherwise."""

    booleans: ClassVar[frozenset[str]] = frozenset()
    """Queries with booleans that are worked out, which the server gives as integers."""
    plain: ClassVar[frozenset[str]] = frozenset()
    """Queries with texts put together, which the server gives without a language, in an order of its own."""
    unordered: ClassVar[frozenset[str]] = frozenset()
    """Queries whose rows the server gives in another order."""

    @pytest.mark.parametrize("name", query_names())
    def test_packaged_query_has_the_rows_of_the_embedded_store(
        self, name: str, store: GraphStore, graph: EmotionGraph
    ) -> None:
        self.compare(name, query_text(name), store, graph)

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_question_has_the_rows_of_the_embedded_store(
        self, name: str, store: GraphStore, graph: EmotionGraph
    ) -> None:
        self.compare(name, question_text(name), store, graph)

    def compare(self, name: str, query: str, store: GraphStore, graph: EmotionGraph) -> None:
        """Assert that a query has the same variables and rows, in the same order."""
        names, rows = table_of(store, query)
        expected_names, expected = table_of(graph.store, query)
        if name in self.booleans:
            expected = [tuple(map(as_integer, row)) for row in expected]
            rows = [tuple(map(as_integer, row)) for row in rows]
        if name in self.plain:
            expected = [tuple(map(put_together, row)) for row in expected]
            rows = [tuple(map(put_together, row)) for row in rows]
        if name in self.unordered:
            expected, rows = sorted(expected, key=str), sorted(rows, key=str)

        assert names == expected_names
        assert rows == expected
