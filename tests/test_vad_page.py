"""docs/vad.md: its Python examples run, its query finds something, its figures are those of the tables."""

import doctest
from pathlib import Path

from affectgraph.ontology.vad_coverage import (
    adjustment_lines,
    concept_kinds,
    coverage_table,
    error_table,
    validation_table,
    word_kinds,
)

PAGE = Path(__file__).parent.parent / "docs" / "vad.md"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 8
    assert failed == 0


def test_figures_of_the_page_are_those_of_the_tables() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for lines in (coverage_table, adjustment_lines, validation_table, error_table):
        assert "\n".join(lines()) in text, "docs/vad.md is out of date: run `make docs`"


def test_every_concept_of_the_tree_has_a_value_and_every_kind_adds_up() -> None:
    # 6 + 25 + 106 emotions and 69 states; 111 emotions and 46 states are measured (vad_concepts.tsv).
    kinds = concept_kinds()

    assert len(kinds) == 6 + 25 + 106 + 69
    measured = [name for name, (_, kind) in kinds.items() if kind in {"exact", "form", "sense"}]
    assert len([name for name in measured if name.startswith("state/")]) == 46
    assert len(measured) == 111 + 46
    assert {kind for tier, kind in kinds.values() if tier != "state"}.isdisjoint(
        {"none", "estimated"}
    )


def test_every_single_word_has_a_rating_or_an_estimate_and_no_phrase_an_estimate() -> None:
    kinds = word_kinds().values()

    words = {kind for group, kind in kinds if group == "words"}
    assert words == {"exact", "sense", "unmarked", "estimated"}
    assert ("phrases", "estimated") not in kinds
    assert ("signs, misspellings", "estimated") not in kinds
