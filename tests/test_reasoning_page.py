"""docs/reasoning.md: its Python examples run and print what the page says."""

import doctest
from pathlib import Path

from affectgraph.reasoner.effort import FULL, MEDIUM, SHORT

PAGE = Path(__file__).parent.parent / "docs" / "reasoning.md"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 15
    assert failed == 0


def test_the_table_of_efforts_is_the_one_in_use() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for effort in (SHORT, MEDIUM, FULL):
        cells = (effort.rounds, effort.drafts, effort.facts, effort.max_tokens)
        assert f"| {' | '.join(map(str, cells))} |" in text
