"""The curated tables, row by row: all is well now, and each check can fail."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

import pytest

from affectgraph.ontology import table_checks, vad_checks
from affectgraph.ontology.build import build_core
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers import (
    faces,
    forms,
    relations,
    schemes,
    tree,
    vad,
    vad_datasets,
    vad_further,
    vad_words,
)
from affectgraph.ontology.rows import TABLES, Row, parse_table, read_table

Check = Callable[[], Iterator[OntologyError]]
Edit = Callable[[tuple[Row, ...]], tuple[Row, ...]]

READERS = (
    table_checks,
    vad_checks,
    tree,
    forms,
    vad,
    vad_words,
    vad_further,
    vad_datasets,
    faces,
    schemes,
    relations,
)


def replace_table(monkeypatch: pytest.MonkeyPatch, name: str, edit: Edit) -> None:
    """Let everything that reads a table see an edited one."""
    edited = edit(read_table(name))
    for module in READERS:
        monkeypatch.setattr(
            module, "read_table", lambda asked: edited if asked == name else read_table(asked)
        )


def line_of(table: str, where: Mapping[str, str]) -> int:
    """Return the line of the one row with these cells."""
    (line,) = (r.line for r in read_table(table) if all(r[k] == v for k, v in where.items()))
    return line


def set_cells(line: int, cells: Mapping[str, str]) -> Edit:
    """Return an edit that writes cells of one row."""
    return lambda found: tuple(
        Row(r.file, r.line, {**r.cells, **cells}) if r.line == line else r for r in found
    )


def drop(line: int) -> Edit:
    """Return an edit that leaves a row out."""
    return lambda found: tuple(r for r in found if r.line != line)


# --- the tables as they are -----------------------------------------------------------------------


@pytest.mark.parametrize("check", table_checks.CHECKS, ids=lambda check: check.__name__)
def test_every_row_passes(check: Check) -> None:
    assert [str(fault) for fault in check()] == []


def test_no_table_has_a_fault() -> None:
    assert [str(fault) for fault in table_checks.check_tables()] == []


@pytest.mark.parametrize("name", TABLES)
def test_table_has_rows_and_a_key(name: str) -> None:
    found = read_table(name)

    assert found
    assert set(table_checks.KEYS[name]) <= set(found[0].cells)


def test_every_table_of_the_folder_is_read() -> None:
    folder = files("affectgraph.ontology.tables")

    found = {entry.name for entry in folder.iterdir() if entry.name.endswith(".tsv")}
    assert found == {f"{name}.tsv" for name in TABLES}


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("tree", 166),
        ("states", 69),
        ("action_units", 70),
        ("au_patterns", 134),
        ("vad_glasgow", 5553),
    ],
)
def test_table_has_as_many_rows_as_its_source(table: str, count: int) -> None:
    assert len(read_table(table)) == count


# --- one wrong cell -------------------------------------------------------------------------------

CELLS: list[tuple[Check, str, dict[str, str], dict[str, str], str]] = [
    (
        table_checks.check_keys,
        "definitions",
        {"node": "zest"},
        {"node": "zeal"},
        "{'node': 'zeal'} repeats row ",
    ),
    (
        table_checks.check_provenance,
        "vad_concepts",
        {"node": "dread"},
        {"source": "nobody-1900"},
        "expected a source of sources.tsv, got 'nobody-1900'.",
    ),
    (
        table_checks.check_provenance,
        "tree",
        {"label": "dread"},
        {"curator": ""},
        "expected a curator, got an empty cell.",
    ),
    (
        table_checks.check_provenance,
        "forms",
        {"form": "fearful", "node": "fear"},
        {"date": "21.11.2026"},
        "expected a day YYYY-MM-DD, got '21.11.2026'.",
    ),
    (
        table_checks.check_provenance,
        "dyads",
        {"dyad": "awe"},
        {"confidence": "certain"},
        "expected confidence high|medium|low, got 'certain'.",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "scott-2019"},
        {"licence": "CC BY-NC 4.0"},
        "licence 'CC BY-NC 4.0' is not on the allowed list.",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "shaver-1987"},
        {"doi": "https://doi.org/10.1037/0022-3514.52.6.1061"},
        "expected a bare DOI such as 10.1000/xyz",
    ),
    (
        table_checks.check_sources,
        "sources",
        {"id": "parrott-2001"},
        {"citation": ""},
        "expected a citation, got an empty cell.",
    ),
    (
        table_checks.check_tree,
        "tree",
        {"label": "dread"},
        {"parent_path": "fear"},
        "expected 2 steps in the path, got 1.",
    ),
    (
        table_checks.check_concepts,
        "definitions",
        {"node": "dread"},
        {"node": "dreadd"},
        "node: expected a tree node or state/..., got 'dreadd'.",
    ),
    (
        table_checks.check_concepts,
        "forms",
        {"form": "fearful", "node": "fear"},
        {"node": "trust"},
        "node: expected a tree node or state/..., got 'trust'.",
    ),
    (
        table_checks.check_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"node": "state/dread"},
        "node: expected a tree node or state/..., got 'state/dread'.",
    ),
    (
        table_checks.check_concepts,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"fallback_primary": "wonder"},
        "fallback_primary: expected a tree node or state/..., got 'wonder'.",
    ),
    (
        table_checks.check_definitions,
        "definitions",
        {"node": "zest"},
        {"definition": "Gusto."},
        "expected a definition of 40 to 260 characters, got 6.",
    ),
    (
        table_checks.check_definitions,
        "definitions",
        {"node": "zest"},
        {"definition": "What somebody has who goes at life with great ZEST every day."},
        "the definition uses its own headword 'zest'.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"valence": "-1.2"},
        "expected valence in -1..1, got -1.2.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"arousal": "nan"},
        "expected arousal in -1..1, got nan.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"dominance_sd": "0"},
        "expected dominance_sd in 0..2, got 0.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"raters": "0"},
        "expected at least one rater, got 0.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"match": "near"},
        "expected match exact|form|sense, got 'near'.",
    ),
    (
        vad_checks.check_vad,
        "vad_glasgow",
        {"form": "dread"},
        {"form": ""},
        "expected a word, got an empty cell.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "dread"},
        {"form": "dreadiness"},
        "expected a word and sense of vad_glasgow.tsv, got 'dreadiness'.",
    ),
    (
        vad_checks.check_vad_concepts,
        "vad_concepts",
        {"node": "contentment"},
        {"sense": ""},
        "expected a sense exactly if the match is 'sense', got ''.",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"sense": "cross"},
        "expected a word and sense of vad_glasgow.tsv, got 'mad (cross)'.",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"pos": "adjective"},
        "expected pos of",
    ),
    (
        vad_checks.check_vad_senses,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"under": ""},
        "expected the concept that the sense names or lies under.",
    ),
    (
        table_checks.check_concepts,
        "vad_senses",
        {"form": "mad", "sense": "angry"},
        {"under": "madness"},
        "under: expected a tree node or state/..., got 'madness'.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"valence": "1.01"},
        "expected valence in -1..1, got 1.01.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"arousal_rmse": "nan"},
        "expected arousal_rmse in 0..2, got nan.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"similarity": "2"},
        "expected a similarity in -1..1, got 2.",
    ),
    (
        vad_checks.check_vad_estimated,
        "vad_estimated",
        {"form": "admirable"},
        {"form": "dread"},
        "'dread' was rated; expected no estimate beside a rating.",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"dimension": "potency"},
        "expected a dimension of",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"rmse": "0"},
        "expected rmse in 0..2, got 0.",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"r": "1.2"},
        "expected r in -1..1 and R2 up to 1, got 1.2",
    ),
    (
        vad_checks.check_vad_validation,
        "vad_validation",
        {"method": "ridge", "words": "all words", "dimension": "valence"},
        {"n": "1"},
        "expected at least two words, got 1.",
    ),
    (
        table_checks.check_provenance,
        "shared_provenance",
        {"table": "vad_glasgow"},
        {"source": "nobody-1900"},
        "expected a source of sources.tsv, got 'nobody-1900'.",
    ),
    (
        table_checks.check_provenance,
        "shared_provenance",
        {"table": "vad_glasgow"},
        {"table": "vad_edinburgh"},
        "expected a table of rows.TABLES, got 'vad_edinburgh'.",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": "6 AU12"},
        "Expected action terms such as 12, 5B, L14|R14, 6:51, got 'AU12'",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": "6 99"},
        "required: FACS has no action ['99'].",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "tracy-matsumoto-2008-shame-display-1"},
        {"excluded": "3"},
        "excluded: FACS has no action ['3'].",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"target": "joy + bliss2"},
        "target: expected a tree node or state/..., got 'bliss2'.",
    ),
    (
        table_checks.check_faces,
        "au_patterns",
        {"pattern": "emfacs-happiness-proto-1"},
        {"required": ""},
        "expected required or excluded actions, or a rule.",
    ),
    (
        table_checks.check_faces,
        "au_base_rates",
        {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
        {"code": "1"},
        "expected a FACS code, got '1'.",
    ),
    (
        table_checks.check_faces,
        "au_base_rates",
        {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
        {"share": "25.01"},
        "expected a share in 0..1, got 25.01.",
    ),
    (
        table_checks.check_faces,
        "au_cues",
        {"cue": "raised eyebrows"},
        {"aus": "1 2 3"},
        "aus: FACS has no action ['3'].",
    ),
    (
        table_checks.check_cues,
        "au_cues",
        {"cue": "wide-open eyes"},
        {"aus": "7"},
        "expected the actions of row 204, '5'.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"relation": "same"},
        "expected relation ['broader', 'close', 'component', 'exact', 'narrower'] or none",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"target": ""},
        "expected a target exactly if the relation is not none.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"target": "curiosity"},
        "target: expected a tree node or state/..., got 'curiosity'.",
    ),
    (
        table_checks.check_schemes,
        "scheme_labels",
        {"scheme": "goemotions", "label": "curiosity"},
        {"fallback_source": ""},
        "expected a fallback primary with its source, or neither.",
    ),
    (
        table_checks.check_schemes,
        "schemes",
        {"scheme": "goemotions"},
        {"n_labels": "27"},
        "expected 27 labels, got 28.",
    ),
    (
        table_checks.check_relations,
        "opposites",
        {"scheme_a": "plutchik-8", "label_a": "joy"},
        {"label_b": "gloom"},
        "expected a label of a scheme, got ('plutchik-8', 'gloom').",
    ),
    (
        table_checks.check_relations,
        "dyads",
        {"dyad": "awe"},
        {"component_a": "dread"},
        "expected a label of a scheme, got ('plutchik-8', 'dread').",
    ),
    (
        table_checks.check_relations,
        "opposites",
        {"scheme_a": "plutchik-8", "label_a": "joy"},
        {"label_a": "anger", "label_b": "fear"},
        "the pair repeats row 25.",
    ),
    (
        table_checks.check_forms,
        "forms",
        {"form": "fearful", "node": "fear"},
        {"pos": "adjective"},
        "expected pos of ['adj', 'adv', 'noun', 'verb'], got 'adjective'.",
    ),
    (
        table_checks.check_forms,
        "forms",
        {"form": "fearful", "node": "fear"},
        {"relation": "synonym"},
        "expected relation derivation|lexical, got 'synonym'.",
    ),
    (
        table_checks.check_forms,
        "forms",
        {"form": "fearful", "node": "fear"},
        {"form": "Fearful"},
        "expected a lower-case form, got 'Fearful'.",
    ),
]


@pytest.mark.parametrize(("check", "table", "where", "cells", "words"), CELLS)
def test_wrong_cell_is_named_with_file_row_and_repair(
    check: Check,
    table: str,
    where: dict[str, str],
    cells: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of(table, where)
    replace_table(monkeypatch, table, set_cells(line, cells))

    faults = [fault for fault in check() if fault.row == line]

    assert len(faults) == 1
    assert str(faults[0]).startswith(f"{table}.tsv:{line}: {words}")
    assert str(faults[0]).endswith(
        f"Repair: edit ontology/tables/{table}.tsv line {line}, then run `make data`"
    )


def test_every_check_is_shown_to_fail() -> None:
    assert {case[0] for case in CELLS} == set(table_checks.CHECKS)


# --- rows that are missing, or wrong together -----------------------------------------------------


def test_missing_definition_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_table(monkeypatch, "definitions", drop(line_of("definitions", {"node": "dread"})))

    (fault,) = table_checks.check_concepts()

    assert str(fault) == (
        "definitions.tsv: expected a definition of 'dread'. "
        "Repair: add a row to ontology/tables/definitions.tsv, then run `make data`"
    )


def test_definition_that_repeats_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = (
        row["definition"] for row in read_table("definitions") if row["node"] == "amusement"
    )
    line = line_of("definitions", {"node": "zest"})
    replace_table(monkeypatch, "definitions", set_cells(line, {"definition": first.upper()}))

    faults = [str(fault) for fault in table_checks.check_definitions()]

    assert len(faults) == 1
    repeated = line_of("definitions", {"node": "amusement"})
    assert f"definitions.tsv:{line}: the definition repeats row {repeated}." in faults[0]


def test_lost_line_of_the_tree_is_a_wrong_count(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_table(monkeypatch, "tree", drop(line_of("tree", {"label": "dread"})))

    (fault,) = table_checks.check_tree()

    assert "tree.tsv: expected 6 + 25 + 106 nodes" in str(fault)
    assert "'tertiary': 105" in str(fault)


def test_unknown_tier_is_named_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("tree", {"label": "dread"})
    replace_table(monkeypatch, "tree", set_cells(line, {"tier": "quaternary"}))

    first, second = table_checks.check_tree()

    assert str(first).startswith(f"tree.tsv:{line}: expected a tier of ('primary', ")
    assert "expected 6 + 25 + 106 nodes" in str(second)


def test_parent_that_is_no_node_is_reported_once_and_the_other_checks_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("tree", {"label": "dread"})
    replace_table(monkeypatch, "tree", set_cells(line, {"parent_path": "fear/nerves"}))

    faults = [str(fault) for fault in table_checks.check_tables()]

    assert len(faults) == 1
    assert faults[0].startswith(f"tree.tsv:{line}: expected the parent 'fear/nerves' to be a node.")


def test_all_faults_of_a_table_are_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line_of("vad_concepts", {"node": node}) for node in ("dread", "fear", "zest")]

    def edit(found: tuple[Row, ...]) -> tuple[Row, ...]:
        for line in lines:
            found = set_cells(line, {"match": "near"})(found)
        return found

    replace_table(monkeypatch, "vad_concepts", edit)

    assert [fault.row for fault in table_checks.check_tables()] == lines


def test_cell_that_is_no_number_ends_its_check_with_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of("vad_glasgow", {"form": "dread"})
    replace_table(monkeypatch, "vad_glasgow", set_cells(line, {"valence": "low"}))

    faults = [str(fault) for fault in table_checks.check_tables()]

    assert len(faults) == 1
    assert f"vad_glasgow.tsv:{line}: expected a number in 'valence', got 'low'." in faults[0]


# --- the build stops at the first wrong row -------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "where", "cells", "words"),
    [
        ("tree", {"label": "dread"}, {"parent_path": "fear/nerves"}, "expected the parent"),
        ("vad_glasgow", {"form": "dread"}, {"valence": "x"}, "expected a number in 'valence'"),
        ("vad_glasgow", {"form": "dread"}, {"raters": "3.5"}, "expected an integer in 'raters'"),
        ("forms", {"form": "fearful", "node": "fear"}, {"pos": "x"}, "expected pos of"),
        ("forms", {"form": "fearful", "node": "fear"}, {"node": "x"}, "expected a tree node"),
        (
            "au_patterns",
            {"pattern": "emfacs-happiness-proto-1"},
            {"required": "6 99"},
            "required: FACS has no action '99'",
        ),
        (
            "au_patterns",
            {"pattern": "emfacs-happiness-proto-1"},
            {"optional": "6 x"},
            "optional: Expected action terms",
        ),
        (
            "au_detectors",
            {"detector": "bp4d"},
            {"aus": "AU1 12"},
            "expected a FACS code of action_units.tsv, got '12'",
        ),
        (
            "au_base_rates",
            {"dataset": "RAF-AU", "split": "train", "code": "AU1"},
            {"code": "AU3"},
            "expected a FACS code of action_units.tsv, got 'AU3'",
        ),
        ("scheme_labels", {"scheme": "xed", "label": "joy"}, {"scheme": "x"}, "expected a scheme"),
        (
            "scheme_labels",
            {"scheme": "xed", "label": "joy"},
            {"relation": "x"},
            "expected a relation",
        ),
        (
            "scheme_labels",
            {"scheme": "xed", "label": "joy"},
            {"target": "x"},
            "expected a tree node",
        ),
        ("dyads", {"dyad": "awe"}, {"component_a": "x"}, "expected a label of scheme 'plutchik-8'"),
        ("states", {"state": "awe"}, {"related": "x"}, "expected a tree node"),
    ],
)
def test_build_stops_at_a_wrong_row_and_names_it(
    table: str,
    where: dict[str, str],
    cells: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = line_of(table, where)
    replace_table(monkeypatch, table, set_cells(line, cells))

    with pytest.raises(OntologyError, match=f"^{table}.tsv:{line}: ") as caught:
        build_core()

    assert words in str(caught.value)
    assert (caught.value.file, caught.value.row) == (f"{table}.tsv", line)


# --- reading a table ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.tsv:1: expected a header line, got an empty file."),
        ("a\ta\n1\t2\n", r"t.tsv:1: column names repeat: \['a', 'a'\]."),
        ("a\tb\n1\n", r"t.tsv:2: expected 2 cells \(\['a', 'b'\]\), got 1."),
        ("a\tb\n1\t2\n1\t2\t3\n", r"t.tsv:3: expected 2 cells \(\['a', 'b'\]\), got 3."),
        ("a\tb\n1\t2 \n", "t.tsv:2: white space at the ends of 'b': '2 '."),
        ("a\tb\r\n1\t2\r\n", "t.tsv:2: "),
        ("a\tb\n1\t2\n\n", r"t.tsv:3: expected 2 cells \(\['a', 'b'\]\), got 1."),
    ],
)
def test_malformed_table_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=f"^{message}"):
        parse_table(text, file="t.tsv")


def test_table_with_a_header_only_has_no_rows() -> None:
    assert parse_table("a\tb\n", file="t.tsv") == ()


def test_cells_keep_quotes_and_unicode_as_they_are() -> None:
    (row,) = parse_table('a\tb\n"x"\tnaïve 😀\n', file="t.tsv")

    assert (row["a"], row["b"], row.line) == ('"x"', "naïve 😀", 2)
