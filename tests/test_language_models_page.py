"""docs/language-models.md: its Python examples run and print what the page says."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "language-models.md"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 12
    assert failed == 0
