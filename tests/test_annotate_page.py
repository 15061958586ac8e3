"""docs/annotate.md: its Python examples run and give what the page prints."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "annotate.md"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 8
    assert failed == 0
