"""The examples of docs/data-sets.md are run, with the output the page prints."""

import doctest
import re
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.linkers.soft_labels import Unplaced

PAGE = Path(__file__).parent.parent / "docs" / "data-sets.md"


def test_python_examples_give_what_the_page_prints() -> None:
    pytest.importorskip("pandas")
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 30
    assert failed == 0


def test_options_of_the_page_are_those_of_the_command() -> None:
    text = CliRunner().invoke(app, ["ground", "--help"]).stdout

    used = set(re.findall(r"(--[a-z]+)", PAGE.read_text(encoding="utf-8")))
    assert used == {"--input", "--field", "--to", "--progress", "--resume", "--ray"}
    assert all(option in text for option in used)


def test_every_reason_for_which_mass_has_no_home_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [reason for reason in get_args(Unplaced) if f"`{reason}`" not in text] == []
