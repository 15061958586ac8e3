"""docs/action-units.md: its examples run, and its figures are those of the benchmark's sets."""

import doctest
from pathlib import Path

from affectgraph.linkers.face_model import UNIT_P_RIGHT

PAGE = Path(__file__).parent.parent / "docs" / "action-units.md"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 15
    assert failed == 0


def test_scores_of_the_page_are_those_in_use() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for kind, value in UNIT_P_RIGHT.items():
        assert f"`{kind}` {value:.2f}".replace(" 0.", " .") in " ".join(text.split())
