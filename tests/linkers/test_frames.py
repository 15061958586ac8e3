"""Columns of pandas, polars and batches: as the label linker answers, row by row, and never fewer rows."""

import pickle
import subprocess
import sys
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import GroundBatch, LabelLinker, ground_column
from affectgraph.linkers.columns import FIELDS, ground_rows, ground_values, is_missing
from affectgraph.ontology.errors import InputError, UnknownTermError

CELLS: list[Any] = ["joy", None, "Joyous", " ", "table", float("nan"), ["joy"], {"a": 1}, 3, "joy"]
REASONS = [
    None, "not_text", None, "empty", "not_an_emotion", "not_text", "not_text", "not_text", "not_text", None,
]  # fmt: skip


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


# --- any column -----------------------------------------------------------------------------------


def test_each_row_is_answered_as_it_would_be_alone(linker: LabelLinker) -> None:
    found = ground_values(linker, CELLS)

    assert [g.reason for g in found] == REASONS
    for cell, grounding in zip(CELLS, found, strict=True):
        assert [grounding] == ground_values(linker, [cell])


def test_equal_labels_are_grounded_once(
    linker: LabelLinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def count(_: LabelLinker, label: object, __: str | None) -> Any:
        asked.append(label)
        return real(linker, label, None)

    from affectgraph.linkers import columns

    real = columns._ground
    monkeypatch.setattr(columns, "_ground", count)
    assert len(ground_values(linker, ["joy", "fear"] * 1000)) == 2000
    assert asked == ["joy", "fear"]


def test_row_names_concept_tier_and_primary_of_a_linked_label_alone(linker: LabelLinker) -> None:
    linked, state, ambiguous = ground_rows(
        linker,
        ["resentment", "curious", "happily surprised"],
    )
    (compound,) = ground_rows(linker, ["happily surprised"], scheme="raf-ce")

    assert list(linked) == list(FIELDS)
    assert (linked["concept"], linked["tier"], linked["primary"]) == (
        "resentment",
        "tertiary",
        "anger",
    )
    assert (state["tier"], state["primary"]) == (None, None)
    assert compound["status"] == "ambiguous"
    assert (compound["concept"], compound["iri"]) == (None, None)
    assert compound["score"] > 0
    assert ambiguous["label"] == "happily surprised"


def test_scheme_that_is_not_there_is_an_error_also_for_an_empty_column(linker: LabelLinker) -> None:
    with pytest.raises(UnknownTermError):
        ground_values(linker, [], scheme="nope")


# --- pandas ---------------------------------------------------------------------------------------


def test_pandas_column_keeps_its_index_and_all_rows(linker: LabelLinker) -> None:
    pd = pytest.importorskip("pandas")
    index = [f"row-{n}" for n in range(len(CELLS))]
    frame = ground_column(pd.Series(CELLS, index=index, dtype=object), linker=linker)

    assert list(frame.columns) == list(FIELDS)
    assert list(frame.index) == index
    assert [None if is_missing(x) else x for x in frame["reason"]] == REASONS
    assert frame.loc["row-2", "concept"] == "joy"
    assert frame["label"].isna().tolist() == [is_missing(cell) for cell in CELLS]
    assert str(frame["score"].dtype) == "float64"


@pytest.mark.parametrize("dtype", ["category", "string", "object"])
def test_pandas_column_of_any_type_of_text_is_answered_alike(
    linker: LabelLinker, dtype: str
) -> None:
    pd = pytest.importorskip("pandas")
    frame = ground_column(pd.Series(["joy", None, "rage"], dtype=dtype), linker=linker)

    assert frame["status"].tolist() == ["linked", "nil", "linked"]
    assert frame["concept"].tolist()[::2] == ["joy", "rage"]


def test_pandas_columns_of_numbers_times_or_nothing_are_nil(linker: LabelLinker) -> None:
    pd = pytest.importorskip("pandas")
    columns = [
        pd.Series([1, 2]),
        pd.Series([1.5, None]),
        pd.Series(pd.to_datetime(["2026-01-01", None])),
        pd.Series([None, None], dtype=object),
    ]
    for column in columns:
        assert set(ground_column(column, linker=linker)["reason"]) == {"not_text"}
    empty = ground_column(pd.Series([], dtype=object), linker=linker)
    assert (list(empty.columns), len(empty)) == (list(FIELDS), 0)


def test_pandas_index_with_doubles_is_kept(linker: LabelLinker) -> None:
    pd = pytest.importorskip("pandas")
    frame = ground_column(pd.Series(["joy", "rage", "joy"], index=[7, 7, 1]), linker=linker)

    assert frame.index.tolist() == [7, 7, 1]
    assert frame["concept"].tolist() == ["joy", "rage", "joy"]


# --- polars ---------------------------------------------------------------------------------------


def test_polars_column_is_answered_row_by_row(linker: LabelLinker) -> None:
    pl = pytest.importorskip("polars")
    frame = ground_column(pl.Series("emotion", ["joy", None, "table"]), linker=linker)

    assert frame.columns == list(FIELDS)
    assert frame["concept"].to_list() == ["joy", None, None]
    assert frame["reason"].to_list() == [None, "not_text", "not_an_emotion"]
    assert frame["score"].dtype == pl.Float64


@pytest.mark.parametrize("column", [["joy"], "joy", None, {"a": 1}, object()])
def test_what_is_no_column_is_an_error(column: object) -> None:
    with pytest.raises(InputError, match="pandas or polars Series"):
        ground_column(column)


def test_frame_is_not_taken_for_a_column() -> None:
    pd = pytest.importorskip("pandas")
    with pytest.raises(InputError, match="got DataFrame"):
        ground_column(pd.DataFrame({"label": ["joy"]}))


# --- batches --------------------------------------------------------------------------------------


def test_batch_keeps_its_columns_and_gains_the_answers(linker: LabelLinker) -> None:
    batch = {"id": list(range(len(CELLS))), "label": CELLS}
    found = GroundBatch("label")(batch)

    assert found["id"] == batch["id"]
    assert found["label"] is CELLS
    rows = ground_rows(linker, CELLS)
    for name in FIELDS[1:]:
        assert found[f"emotion_{name}"] == [
            row[name] or ("" if name != "score" else 0.0) for row in rows
        ]


def test_batch_columns_have_one_type_whatever_comes() -> None:
    nothing = GroundBatch("label")({"label": [None, "qqq"]})
    something = GroundBatch("label")({"label": ["joy"]})

    for name in FIELDS[1:]:
        types = {type(x) for found in (nothing, something) for x in found[f"emotion_{name}"]}
        assert types == {float if name == "score" else str}


def test_callable_pickles_small_and_loads_in_a_fresh_process() -> None:
    pickled = pickle.dumps(GroundBatch("label", scheme="ekman-6"))
    assert len(pickled) < 300

    code = f"import pickle; print(pickle.loads({pickled!r})({{'label': ['happiness']}})['emotion_concept'])"
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['joy']\n"


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        ({"text": ["joy"]}, "'label', got 'text'"),
        ({}, "no columns"),
        ({"label": "joy"}, "batched=True"),
        ({"label": None}, "batched=True"),
        ({"label": ["joy"], "emotion_iri": [""]}, "'emotion_iri'"),
    ],
)
def test_batch_that_cannot_be_answered_is_an_error(batch: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        GroundBatch("label")(batch)


def test_other_prefix_lets_two_columns_be_grounded() -> None:
    once = GroundBatch("gold", prefix="gold_")({"gold": ["joy"], "guess": ["rage"]})
    twice = GroundBatch("guess", prefix="guess_")(once)

    assert (twice["gold_concept"], twice["guess_concept"]) == (["joy"], ["rage"])


def test_batch_of_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(UnknownTermError, match="ekman-6"):
        GroundBatch("label", scheme="ekman6")({"label": ["joy"]})
