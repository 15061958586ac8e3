"""The graph as flat tables: as many rows as the graph has facts, and the same values in every format."""

import csv
import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from affectgraph.kg.flat import (
    FlatTable,
    read_table,
    read_tables,
    table_names,
    table_query,
    table_text,
    to_arrow,
    to_csv,
)
from affectgraph.kg.store import GraphStore
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import AG, EMOTION, ONTOLEX, XSD

PREFIXES = f"PREFIX ag: <{AG}> PREFIX ontolex: <{ONTOLEX}>"

# What a row of a table is, counted in the graph by a query of its own.
COUNTS = {
    "action_units": "?x a ag:ActionUnit",
    "associations": "?x a ag:Association",
    "base_rates": "?x a ag:BaseRate",
    "concepts": "VALUES ?c { ag:EmotionConcept ag:StateConcept } ?x a ?c",
    "cues": "?x a ag:CuePhrase ; ag:describesUnit|ag:describesAnyOf ?unit",
    "entries": "?x a ag:TreeEntry",
    "labels": "?x a ag:SchemeLabel OPTIONAL { ?x ag:anchoredTo ?target }",
    "pattern_actions": "?group ag:alternative ?x",
    "patterns": "?x a ag:ExpressionPattern ; ag:expresses|ag:blendComponent ?concept",
    "schemes": "?x a ag:LabelScheme",
    "sources": "?x a ag:Source",
    "vad": "?x a ag:VadValue",
    "variants": "?x a ag:VariantEntry",
    "words": "?x a ontolex:LexicalSense",
}


@pytest.fixture(scope="module")
def tables(store: GraphStore) -> dict[str, FlatTable]:
    return {table.name: table for table in read_tables(store)}


def test_every_table_is_counted() -> None:
    assert sorted(COUNTS) == list(table_names())


@pytest.mark.parametrize("name", table_names())
def test_table_has_as_many_rows_as_the_graph_has_facts(
    name: str, tables: dict[str, FlatTable], store: GraphStore
) -> None:
    query = f"{PREFIXES} SELECT (COUNT(*) AS ?n) WHERE {{ {COUNTS[name]} }}"
    (solution,) = store.query(query)  # type: ignore[misc]

    assert len(tables[name].rows) == int(solution["n"].value) > 0


@pytest.mark.parametrize("name", table_names())
def test_query_says_what_a_row_is_and_its_order(name: str) -> None:
    assert table_text(name).endswith(".")
    assert "Ordered by" in table_text(name)
    assert "ORDER BY" in table_query(name)


@pytest.mark.parametrize("name", table_names())
def test_csv_has_the_rows_and_the_graphs_own_spelling(
    name: str, tables: dict[str, FlatTable]
) -> None:
    table = tables[name]
    header, *rows = csv.reader(io.StringIO(to_csv(table)))

    assert tuple(header) == table.columns
    assert rows == [
        [getattr(cell, "value", "") if cell is not None else "" for cell in row]
        for row in table.rows
    ]


def test_every_fact_names_a_source_of_the_sources_table(tables: dict[str, FlatTable]) -> None:
    known = set(tables["sources"].values("iri"))
    without = {"pattern_actions", "sources"}  # an action's source is its pattern's

    for name in sorted(set(tables) - without):
        assert set(tables[name].values("source")) <= known, name


def test_row_of_dread_is_what_the_tables_say(tables: dict[str, FlatTable]) -> None:
    concepts = tables["concepts"]
    place = concepts.values("slug").index("dread")
    row = {column: concepts.values(column)[place] for column in concepts.columns}

    assert (row["path"], row["tier"], row["parent"]) == (
        "fear/nervousness/dread",
        "tertiary",
        EMOTION + "nervousness",
    )
    assert row["valence"] == -0.734  # vad_glasgow.tsv
    assert row["branch"] is None


def test_parquet_keeps_rows_and_types(tables: dict[str, FlatTable], tmp_path: Any) -> None:
    pq = pytest.importorskip(
        "pyarrow.parquet", reason="needs pyarrow: pip install 'affectgraph[tables]'"
    )
    for name, table in tables.items():
        pq.write_table(to_arrow(table, version="0.1.0"), tmp_path / f"{name}.parquet")
    read = {name: pq.read_table(tmp_path / f"{name}.parquet") for name in tables}

    assert {n: t.num_rows for n, t in read.items()} == {n: len(t.rows) for n, t in tables.items()}
    for name, table in tables.items():
        for column in table.columns:
            assert read[name][column].to_pylist() == table.values(column), (name, column)
    types = {str(field.type) for table in read.values() for field in table.schema}
    assert types == {"string", "double", "int64", "bool", "timestamp[ms, tz=UTC]"}
    assert read["vad"].schema.metadata[b"affectgraph.version"] == b"0.1.0"


def cell(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (None, None),
        (NamedNode(EMOTION + "joy"), EMOTION + "joy"),
        (Literal("glad", language="en"), "glad"),
        (cell("-12", "integer"), -12),
        (cell("0.125", "decimal"), 0.125),
        (cell("true", "boolean"), True),
        (cell("false", "boolean"), False),
        (cell("2026-11-21T00:00:00Z", "dateTime"), datetime(2026, 11, 21, tzinfo=UTC)),
    ],
)
def test_cell_becomes_a_value_of_its_datatype(term: Any, expected: object) -> None:
    assert FlatTable("t", ("a",), ((term,),)).values("a") == [expected]


def test_csv_quotes_what_would_break_a_row() -> None:
    table = FlatTable("t", ("a", "b"), ((Literal('say "so",\nthen'), None),))

    assert to_csv(table) == 'a,b\n"say ""so"",\nthen",\n'


def test_column_without_any_value_is_of_strings() -> None:
    pytest.importorskip("pyarrow")
    table = FlatTable("sources", ("a", "b"), ((None, cell("1", "integer")),))

    assert [str(field.type) for field in to_arrow(table, version="x").schema] == ["string", "int64"]


@pytest.mark.parametrize("ask", [table_query, table_text])
@pytest.mark.parametrize("name", ["", "emotions", "../queries/vad"])
def test_unknown_table_is_refused_with_the_known_ones(ask: Callable[[str], str], name: str) -> None:
    with pytest.raises(InputError, match="Expected a table of action_units"):
        ask(name)


def test_unknown_column_is_refused(store: GraphStore) -> None:
    with pytest.raises(InputError, match="got 'colour'"):
        read_table(store, "sources").values("colour")


def test_missing_pyarrow_is_said_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(MissingExtraError, match=r'pip install "affectgraph\[tables\]"'):
        to_arrow(FlatTable("sources", (), ()), version="x")


def test_folder_holds_queries_only() -> None:
    names = [entry.name for entry in files("affectgraph.kg.tables").iterdir()]

    assert [name for name in names if not name.endswith(".rq")] == []
