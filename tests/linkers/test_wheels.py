"""The emotion-wheel metric on small wheels made for the tests, with scores computed by hand."""

import csv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import (
    GroupingScore,
    TreeGrouping,
    Wheel,
    WheelGrouping,
    WheelSet,
    read_wheel_set,
    score_wheels,
    split_labels,
    tree_groupings,
    wheel_groupings,
)
from affectgraph.linkers.spreadsheet import read_cells
from affectgraph.linkers.wheel_files import read_forms, read_synonyms, read_wheel
from affectgraph.ontology.errors import InputError

# Two wheels. In the second, "calm" stands in two branches, and "proud" in none.
FIRST = Wheel(
    "wheel1",
    (
        ("happy", "proud", "confident"),
        ("happy", "content", "calm"),
        ("sad", "lonely", "isolated"),
        ("sad", "guilty", "ashamed"),
    ),
)
SECOND = Wheel(
    "wheel2", (("joy", "happy", "calm"), ("peace", "quiet", "calm"), ("woe", "sad", "low"))
)
FORMS = {
    "happy": ("happy",),
    "happily": ("happy",),
    "proud": ("proud",),
    "proudly": ("proud",),
    "calm": ("calm",),
    "sad": ("sad",),
    "lonely": ("lonely",),
    "ashamed": ("ashamed",),
    "blue": ("blue",),
    "serene": ("serene",),
    "lost": ("lose", "lost"),
}
SYNONYMS = {
    "happy": ("happy",),
    "proud": ("proud",),
    "calm": ("calm",),
    "sad": ("sad",),
    "lonely": ("lonely",),
    "ashamed": ("ashamed",),
    "blue": ("sad", "lonely"),
    "serene": ("quiet", "calm"),
    "lost": ("nowhere",),
    "lose": ("sad",),
}
WORDS = WheelSet((FIRST, SECOND), FORMS, SYNONYMS)


def score(
    references: Mapping[str, object], predictions: Mapping[str, object], *, strict: bool = False
) -> GroupingScore:
    """Return the scores under the first wheel at level 1."""
    groupings = [WheelGrouping(FIRST, WORDS, 1)]
    return score_wheels(references, predictions, groupings, strict=strict).groupings[0]


# --- groups ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "level", "group"),
    [
        ("happy", 1, {"happy"}),
        ("calm", 1, {"happy"}),
        ("calm", 2, {"content"}),
        ("proudly", 2, {"proud"}),  # a form
        ("happy", 2, {"content"}),  # the first level-2 word of the branch in alphabetical order
        ("sad", 2, {"guilty"}),
        ("blue", 1, {"sad"}),
        ("blue", 2, {"lonely"}),  # of its synonyms "lonely" comes before "sad"
        ("serene", 1, {"happy"}),  # "calm" comes first; "quiet" is in the second wheel only
        ("lost", 1, {"sad"}),  # "nowhere" comes before "sad" and is in no wheel
        ("table", 1, set()),
        ("confident", 1, set()),  # on the wheel, but no form leads there
    ],
)
def test_label_goes_by_forms_and_synonyms_to_its_first_wheel_word(
    label: str, level: int, group: set[str]
) -> None:
    assert WheelGrouping(FIRST, WORDS, level).groups(label) == group


def test_word_at_two_places_stands_for_the_last() -> None:
    assert SECOND.groups(1)["calm"] == "peace"
    assert SECOND.groups(2)["calm"] == "quiet"


def test_level_must_be_one_or_two() -> None:
    with pytest.raises(InputError, match="Expected level 1 or 2"):
        FIRST.groups(3)


# --- scores ---------------------------------------------------------------------------------------


def test_scores_are_those_computed_by_hand() -> None:
    # a: {happy, sad} against {happy}: precision 1, recall 1/2. b: {sad} against {happy, sad}: 1/2, 1.
    # c: {happy} against {sad}: 0, 0. Means 1/2 and 1/2.
    found = score(
        {"a": ["proud", "lonely"], "b": ["sad"], "c": ["calm"]},
        {"a": ["happily"], "b": ["blue", "happy"], "c": ["ashamed"]},
    )

    assert [(s.precision, s.recall) for s in found.samples] == [(1, 0.5), (0.5, 1), (0, 0)]
    assert (found.precision, found.recall, found.f_score) == (0.5, 0.5, 0.5)


def test_f_is_that_of_the_means_and_not_the_mean_of_fs() -> None:
    # a: precision 1, recall 1/2 (F 2/3); b: 1, 1 (F 1). F of 1 and 3/4 is 6/7, the mean of Fs 5/6.
    found = score({"a": ["happy", "sad"], "b": ["sad"]}, {"a": ["happy"], "b": ["sad"]})

    assert found.f_score == pytest.approx(6 / 7)


def test_labels_of_one_group_count_once() -> None:
    found = score({"a": ["proud", "calm", "HAPPY "]}, {"a": ["happy", "happy", "calm", "sad"]})

    assert (found.precision, found.recall) == (0.5, 1)
    assert found.samples[0].reference == ("happy",)


def test_sample_without_a_reference_is_left_out_and_without_a_prediction_scores_nothing() -> None:
    found = score(
        {"a": [], "b": ["table"], "c": ["sad"], "d": ["sad"], "e": ["sad"]},
        {"a": ["sad"], "b": ["sad"], "c": [], "d": ["sad"], "e": ["table"]},
    )

    assert (found.scored, found.left_out) == (3, 2)
    assert [found.precision, found.recall] == pytest.approx([1 / 3, 1 / 3])
    assert found.samples[0].precision is None


def test_unknown_predictions_are_dropped_unless_strict() -> None:
    references = {"a": ["sad"], "b": ["sad"]}
    predictions = {"a": ["sad", "table", "chair", "table"], "b": ["table"]}

    kind, strict = score(references, predictions), score(references, predictions, strict=True)

    assert [(s.precision, s.recall) for s in kind.samples] == [(1, 1), (0, 0)]
    # One of three: sad, table, chair.
    assert strict.samples[0].precision == pytest.approx(1 / 3)
    assert strict.samples[0].nil == ("chair", "table")
    assert (strict.samples[1].precision, strict.recall) == (0, 0.5)


def test_all_wrong_has_an_f_of_zero() -> None:
    found = score({"a": ["sad"]}, {"a": ["happy"]})

    assert (found.precision, found.recall, found.f_score) == (0, 0, 0)


def test_report_is_the_mean_over_wheels() -> None:
    # Wheel 1: {happy} against {happy}: 1, 1. Wheel 2: proud is on no branch, so the sample's reference is
    # {peace} against {joy}: 0, 0. Means 1/2.
    report = score_wheels({"a": ["proud", "calm"]}, {"a": ["happy"]}, wheel_groupings(WORDS, 1))

    assert [g.name for g in report.groupings] == ["wheel1-level1", "wheel2-level1"]
    assert [g.f_score for g in report.groupings] == [1, 0]
    assert (report.precision, report.recall, report.f_score) == (0.5, 0.5, 0.5)


def test_labels_that_no_wheel_holds_are_counted() -> None:
    report = score_wheels(
        {"a": ["sad", "table"], "b": ["sad"]},
        {"a": ["Table", "chair"], "b": ["proud", "table"]},
        wheel_groupings(WORDS, 1),
    )

    # "proud" is unknown to the second wheel only, so it is not among them.
    assert [(u.label, u.references, u.predictions) for u in report.unknown] == [
        ("table", 1, 2),
        ("chair", 0, 1),
    ]


def test_missing_and_extra_samples_are_named() -> None:
    groupings = wheel_groupings(WORDS, 1)

    report = score_wheels({"a": ["sad"], "b": ["sad"]}, {"b": ["sad"], "c": ["sad"]}, groupings)

    assert (report.missing, report.extra) == (("a",), ("c",))
    assert report.groupings[0].recall == 0.5


def test_labels_may_be_a_text_that_lists_them() -> None:
    assert split_labels("['Sad', \"at ease\"]") == ["sad", "at ease"]
    assert split_labels("sad,happy, ,") == ["sad", "happy"]
    assert split_labels("") == split_labels("[]") == split_labels(None) == []
    assert split_labels(["Sad, but"]) == ["sad, but"]


@pytest.mark.parametrize("labels", [3, ["sad", None], {"sad": 1}])
def test_labels_of_another_kind_are_refused_with_their_sample(labels: object) -> None:
    with pytest.raises(InputError, match="Sample 'a', prediction: Expected labels"):
        score({"a": ["sad"]}, {"a": labels})


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(InputError, match="at least one grouping and one reference, got 1 and 0"):
        score({}, {})
    with pytest.raises(InputError, match="got 0 and 1"):
        score_wheels({"a": ["sad"]}, {}, [])
    with pytest.raises(InputError, match="wheel1-level1 holds, got none; such as table"):
        score({"a": ["table"]}, {"a": ["sad"]})


# --- the tree -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tier", "label", "groups"),
    [
        ("primary", "furious", {"anger"}),
        ("secondary", "furious", {"rage"}),
        ("tertiary", "furious", {"fury"}),
        ("tertiary", "anger", {"anger"}),  # nothing finer is said
        ("primary", "xenophobia", {"fear", "anger"}),  # shared: fear, and hostility under anger
        ("primary", "trust", {"state/trust"}),
        ("primary", "table", set()),
        ("primary", "not happy", set()),
    ],
)
def test_tree_is_a_wheel_at_each_tier(
    graph: EmotionGraph, tier: str, label: str, groups: set[str]
) -> None:
    assert TreeGrouping(graph, tier).groups(label) == groups


def test_tree_scores_at_all_tiers(graph: EmotionGraph) -> None:
    # fury and wrath share rage; fury and rage share it too, but fury is finer.
    report = score_wheels({"a": ["furious"]}, {"a": ["wrath"]}, tree_groupings(graph))

    assert [(g.name, g.f_score) for g in report.groupings] == [
        ("tree-primary", 1),
        ("tree-secondary", 1),
        ("tree-tertiary", 0),
    ]


def test_unknown_tier_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected a tier of primary, secondary, tertiary"):
        TreeGrouping(graph, "quaternary")


# --- files ----------------------------------------------------------------------------------------


def write(path: Path, *rows: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    return path


def column(number: int) -> str:
    return "ABCDEFGHIJ"[number]


def workbook(path: Path, *rows: list[str], inline: bool = False) -> Path:
    """Write a workbook as spreadsheet programs do: shared texts, and no cell where there is nothing."""
    texts = [cell for row in rows for cell in row if cell]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    lines = []
    for i, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{column(j)}{i}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if inline
            else f'<c r="{column(j)}{i}" t="s"><v>{texts.index(cell)}</v></c>'
            for j, cell in enumerate(row)
            if cell
        )
        lines.append(f'<row r="{i}">{cells}</row>')
    shared = "".join(f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r></si>" for text in texts)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}>{''.join(lines)}</worksheet>"
        )
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workbook(
        tmp_path / "wheel1.xlsx",
        ["level1", "level2", "level3"],
        ["Happy", "Proud", "Confident"],
        ["", "Content", "Calm "],
        ["Sad", "Lonely", "Isolated"],
    )
    write(tmp_path / "wheel2.csv", ["level1", "level2", "level3"], ["joy", "happy", "calm"])
    write(tmp_path / "format.csv", ["name", "format"], ["glad", "glad,gladly"], ["calm", ""])
    workbook(
        tmp_path / "synonym.xlsx",
        ["word_run1", "synonym_run1", "word_run2", "synonym_run2"],
        ["happy", "['glad', 'Merry']", "calm", "glad"],
        ["calm", "", "happy", ""],
    )
    (tmp_path / "wheel1.jpg").write_bytes(b"a picture")
    return tmp_path


def test_folder_of_wheels_is_read(folder: Path) -> None:
    words = read_wheel_set(folder)

    assert [wheel.name for wheel in words.wheels] == ["wheel1", "wheel2"]
    assert words.wheels[0].rows[1] == ("happy", "content", "calm")
    assert words.forms == {"glad": ("glad",), "gladly": ("glad",), "calm": ("calm",)}
    assert words.synonyms["glad"] == ("happy", "calm")
    assert words.synonyms["merry"] == ("happy",)
    assert WheelGrouping(words.wheels[0], words, 2).groups("gladly") == {"content"}


def test_without_synonyms_each_wheel_word_stands_for_itself(folder: Path) -> None:
    (folder / "synonym.xlsx").unlink()

    words = read_wheel_set(folder)

    assert words.synonyms["lonely"] == ("lonely",)
    assert WheelGrouping(words.wheels[0], words, 1).groups("glad") == frozenset()
    assert WheelGrouping(words.wheels[0], words, 1).groups("calm") == {"happy"}


def test_wheels_are_ordered_by_number(folder: Path) -> None:
    write(folder / "wheel10.csv", ["level1", "level2", "level3"], ["a", "b", "c"])

    assert [w.name for w in read_wheel_set(folder).wheels] == ["wheel1", "wheel2", "wheel10"]


def test_empty_cell_repeats_the_one_above_in_the_last_column_too(tmp_path: Path) -> None:
    header = ["level1", "level2", "level3"]
    wheel = read_wheel(write(tmp_path / "wheel3.csv", header, ["a", "b", "c"], ["", "d", ""]))

    assert wheel.rows == (("a", "b", "c"), ("a", "d", "c"))


def test_texts_of_cells_are_read_however_they_are_kept(tmp_path: Path) -> None:
    rows = [["a", "", "long text"], ["", "b"]]
    path = tmp_path / "cells.xlsx"

    assert read_cells(workbook(path, *rows)) == rows
    assert read_cells(workbook(path, *rows, inline=True)) == rows


def test_missing_files_are_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(InputError, match=r"wheel1\.xlsx \(or \.csv\)"):
        read_wheel_set(tmp_path / "nowhere")
    (folder / "format.csv").unlink()
    with pytest.raises(InputError, match=r"format\.csv, got no such file"):
        read_wheel_set(folder)


def test_table_in_two_forms_is_refused(folder: Path) -> None:
    write(folder / "synonym.csv", ["word_run1", "synonym_run1"])
    with pytest.raises(InputError, match="got both"):
        read_wheel_set(folder)
    write(folder / "wheel1.csv", ["level1", "level2", "level3"], ["a", "b", "c"])
    with pytest.raises(InputError, match="each wheel once"):
        read_wheel_set(folder)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["level1", "level2"]], "Expected the columns level1, level2, level3 in wheel7.csv"),
        ([], "got none"),
        ([["level1", "level2", "level3"]], "Expected a wheel in wheel7.csv, got no rows"),
        (
            [["level1", "level2", "level3"], ["a", "", "c"]],
            "wheel7.csv:2: Expected words at level 1",
        ),
    ],
)
def test_table_that_is_no_wheel_is_refused(
    tmp_path: Path, rows: list[list[str]], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_wheel(write(tmp_path / "wheel7.csv", *rows))


def test_tables_of_words_without_their_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Expected the columns name, format"):
        read_forms(write(tmp_path / "format.csv", ["word"], ["a"]))
    with pytest.raises(InputError, match="Expected columns word_run1, synonym_run1"):
        read_synonyms(write(tmp_path / "synonym.csv", ["word_run1"], ["a"]))


def test_files_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wheel9.xlsx"
    path.write_bytes(b"no zip")
    with pytest.raises(InputError, match="Expected an Excel workbook"):
        read_wheel(path)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "text")
    with pytest.raises(InputError, match="Expected a workbook with a sheet"):
        read_wheel(path)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(InputError, match="document type"):
        read_wheel(path)
    (tmp_path / "wheel8.csv").write_bytes(b"level1,level2,level3\n\xff,b,c\n")
    with pytest.raises(InputError, match="Expected a table in UTF-8"):
        read_wheel(tmp_path / "wheel8.csv")
