"""docs/stores.md says of stores what the code does: its tables, variables and figures."""

import doctest
import re
from pathlib import Path

import pytest

from affectgraph.api.remote_queries import READY_SECONDS
from affectgraph.kg.compiled import PackagedStore
from affectgraph.kg.dialects import DIALECTS
from affectgraph.kg.remote import DEFAULT_GRAPH_VARIABLE, DIALECT_VARIABLE
from affectgraph.kg.remote_graph import LOOKUPS_VARIABLE, count_of_counts
from affectgraph.kg.remote_settings import (
    PASSWORD_VARIABLE,
    TOKEN_VARIABLE,
    USER_VARIABLE,
    RemoteLimits,
)

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
RESULTS = (ROOT / "benchmarks" / "results" / "stores-0.1.0.txt").read_text(encoding="utf-8")
SERVER = (ROOT / "benchmarks" / "virtuoso_server.py").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("|")
]


def test_python_of_the_page_gives_what_it_shows() -> None:
    found = doctest.DocTestParser().get_doctest(PAGE, {}, "stores.md", None, 0)

    assert len(found.examples) == 4
    assert doctest.DocTestRunner(verbose=False).run(found).failed == 0


def test_table_of_servers_is_that_of_the_dialects() -> None:
    expected = [
        (
            f"`{dialect.name}`",
            dialect.title,
            "its own" if dialect.default_graph is None else f"`{dialect.default_graph}`",
            "yes" if dialect.is_tested else "no",
        )
        for dialect in DIALECTS.values()
    ]

    assert [row for row in ROWS if row[0].strip("`") in DIALECTS] == expected


@pytest.mark.parametrize(
    "variable",
    [
        TOKEN_VARIABLE,
        USER_VARIABLE,
        PASSWORD_VARIABLE,
        DIALECT_VARIABLE,
        DEFAULT_GRAPH_VARIABLE,
        LOOKUPS_VARIABLE,
    ],
)
def test_every_variable_is_explained(variable: str) -> None:
    assert any(row[0] == f"`{variable}`" for row in ROWS)


def test_variables_of_the_page_are_there() -> None:
    named = {row[0].strip("`") for row in ROWS if row[0].startswith("`AFFECTGRAPH_STORE")}

    assert len(named) == 6


def test_numbers_of_the_page_are_those_of_the_code() -> None:
    store = PackagedStore()
    answer = store.answer("forms")
    assert answer is not None

    text = " ".join(PAGE.split())
    assert f"the words are {len(answer[1]):,} rows" in text
    assert f"{count_of_counts(store)} counts of its own description" in text
    assert f"which has {READY_SECONDS:g} s" in text
    assert RemoteLimits().attempts == 3
    assert f"up to {RemoteLimits().longest_wait_seconds:g} s" in text


def test_statements_for_virtuoso_are_those_that_are_run() -> None:
    (block,) = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for statement in block.splitlines()[1:]:
        assert f'"{statement}"' in SERVER
    assert "ld_dir('{folder}', '{quads.name}', '{DEFAULT_GRAPH}');" in SERVER
    for line in ("CaseMode = 2", "DirsAllowed", "ResultSetMaxRows", "MaxQueryExecutionTime"):
        assert line in SERVER
        assert line in PAGE


def test_figures_are_those_that_were_kept() -> None:
    tables = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)

    assert len(tables) == 3
    for table in tables:
        assert table in RESULTS
