"""Rows that are read a key at a time, and values of words made from them."""

from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.grouped import GroupedRows, group_rows, write_grouped
from affectgraph.kg.words import WordForms
from affectgraph.ontology.errors import OntologyError

NAMES = ["form", "role"]
ROWS = [["d\u00e9j\u00e0 vu", "state"], ["joy", "state"], ["joy", ""], ["\U0001f600", "expression"]]


@pytest.fixture
def kept(tmp_path: Path) -> GroupedRows:
    write_grouped(tmp_path / "forms.rows", "SELECT ...\n", NAMES, ROWS, "form")
    return GroupedRows(tmp_path / "forms.rows")


def test_every_key_has_its_rows_in_their_order(kept: GroupedRows) -> None:
    assert dict(kept) == {
        "d\u00e9j\u00e0 vu": [["d\u00e9j\u00e0 vu", "state"]],
        "joy": [["joy", "state"], ["joy", ""]],
        "\U0001f600": [["\U0001f600", "expression"]],
    }
    assert dict(kept) == group_rows(NAMES, ROWS, "form")


def test_all_rows_are_those_that_were_written(kept: GroupedRows) -> None:
    assert kept.rows() == ROWS
    assert (kept.query, kept.names) == ("SELECT ...\n", NAMES)


def test_key_without_rows_is_absent(kept: GroupedRows) -> None:
    assert "sadness" not in kept
    assert kept.get("sadness") is None
    assert len(kept) == 3


def test_answer_without_rows_is_kept(tmp_path: Path) -> None:
    write_grouped(tmp_path / "none", "q", NAMES, [], "form")

    assert GroupedRows(tmp_path / "none").rows() == []


def test_cell_with_a_tab_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="Expected cells without tabs"):
        write_grouped(tmp_path / "bad", "q", NAMES, [["joy", "st\tate"]], "form")


def test_cell_with_a_line_break_is_kept(tmp_path: Path) -> None:
    write_grouped(tmp_path / "lines", "q", NAMES, [["joy", "one\ntwo"]], "form")

    assert GroupedRows(tmp_path / "lines")["joy"] == [["joy", "one\ntwo"]]


def test_words_are_equal_however_often_they_are_asked_for(graph: EmotionGraph) -> None:
    words = graph.index.words

    assert words["furious"] == words["furious"]
    assert words["furious"][0].form == "furious"


def test_word_that_is_missing_is_a_key_error(graph: EmotionGraph) -> None:
    with pytest.raises(KeyError, match="no such word"):
        graph.index.words["no such word"]


def test_reader_gives_cells_as_the_graph_writes_them(graph: EmotionGraph) -> None:
    words: WordForms = graph.index.words

    read = words.reader("form", "strength")

    assert read("furious") == [(s.form, f"{s.strength:g}") for s in words["furious"]]


def test_signs_are_the_symbols_among_the_words(graph: EmotionGraph) -> None:
    symbols = {form.form for form in graph.index.forms if form.part_of_speech == "symbol"}

    assert graph.index.signs == symbols
    assert ":)" in symbols
