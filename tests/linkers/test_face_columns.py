"""Columns of detectors: OpenFace and py-feat, and what is refused."""

from fractions import Fraction
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.ontology.errors import InputError


def read(graph: EmotionGraph, **columns: Any) -> Readings:
    return read_readings(graph, columns)


@pytest.mark.parametrize(
    ("column", "value", "is_shown"),
    [
        ("AU12_r", 0.0, False),
        ("AU12_r", 0.99, False),
        ("AU12_r", 1.0, True),
        ("AU12_r", 5, True),
        ("AU12_c", 0, False),
        ("AU12_c", 1.0, True),
        ("AU12", 0.49, False),
        ("AU12", 0.5, True),
        ("AU12", 1, True),
        ("AU12", Fraction(1, 2), True),
    ],
)
def test_unit_is_shown_from_its_threshold_on(
    graph: EmotionGraph, column: str, value: Any, is_shown: bool
) -> None:
    readings = read(graph, **{column: value})

    assert readings.shown == {"AU12": is_shown}
    assert readings.values == {"AU12": ((column, float(value)),)}


@pytest.mark.parametrize(
    ("columns", "detector"),
    [({"AU12_r": 1.0}, "openface"), ({"AU12_c": 1}, "openface"), ({"AU12": 1.0}, "py-feat")],
)
def test_kind_of_column_names_the_detector(
    graph: EmotionGraph, columns: dict[str, float], detector: str
) -> None:
    assert read_readings(graph, columns).detector.name == detector


def test_unit_is_shown_if_presence_or_intensity_says_so(graph: EmotionGraph) -> None:
    readings = read(graph, AU04_r=0.2, AU04_c=1.0, AU06_r=2.0, AU06_c=0.0, AU09_r=0.1, AU09_c=0.0)

    assert readings.shown == {"AU4": True, "AU6": True, "AU9": False}
    assert readings.values["AU4"] == (("AU04_r", 0.2), ("AU04_c", 1.0))


@pytest.mark.parametrize("column", ["AU06_r", "AU6_r", "au06_r", " AU06_r ", "AU 6_r", "AU06_R"])
def test_spelling_of_a_column_does_not_matter(graph: EmotionGraph, column: str) -> None:
    assert read(graph, **{column: 2.0}).shown == {"AU6": True}


def test_columns_of_other_names_are_left_out_and_listed(graph: EmotionGraph) -> None:
    readings = read(graph, frame=3, confidence=nan, pose_Rx="x", AU06_r=1.5)

    assert readings.ignored == ("frame", "confidence", "pose_Rx")
    assert readings.shown == {"AU6": True}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("AU12_r", -0.1),
        ("AU12_r", 5.1),
        ("AU12_c", 1.5),
        ("AU12_c", -1),
        ("AU12", 1.01),
        ("AU12", -0.01),
        ("AU12", 80),
    ],
)
def test_value_out_of_range_is_refused_with_its_column(
    graph: EmotionGraph, column: str, value: float
) -> None:
    with pytest.raises(InputError, match=rf"Expected column '{column}' in 0\.\."):
        read(graph, **{column: value})


@pytest.mark.parametrize("value", [nan, inf, -inf, None, "1", "", True, [1], {}, 1j])
def test_value_that_is_no_finite_number_is_refused(graph: EmotionGraph, value: Any) -> None:
    with pytest.raises(InputError, match="Expected a finite number in column 'AU12_r'"):
        read(graph, AU12_r=value)


@pytest.mark.parametrize("column", ["AU999_r", "AU999", "AU03_c", "AU0", "AU47_r"])
def test_column_of_no_facs_code_is_refused(graph: EmotionGraph, column: str) -> None:
    with pytest.raises(InputError, match="a column of a FACS action unit"):
        read(graph, **{column: 0.0})


@pytest.mark.parametrize(
    "columns",
    [
        {"AU12_r": 1.0, "AU06": 0.5},
        {"AU12": 1.0, "AU06_c": 1},
        {},
        {"frame": 1},
        {"AU12_x": 1.0},
        {"": 1.0},
    ],
)
def test_columns_of_no_kind_or_of_two_are_refused(
    graph: EmotionGraph, columns: dict[str, float]
) -> None:
    with pytest.raises(InputError, match="detector columns of one kind"):
        read_readings(graph, columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"AU12_r": 0.2, "AU012_r": 3.0},
        {"AU12_c": 0, "au12_c": 1},
        {"AU12": 0.1, " AU12 ": 0.9},
    ],
)
def test_two_values_of_one_kind_for_an_action_are_refused(
    graph: EmotionGraph, columns: dict[str, float]
) -> None:
    with pytest.raises(InputError, match="Expected one value for AU12, got"):
        read_readings(graph, columns)


def test_one_value_given_twice_is_no_contradiction(graph: EmotionGraph) -> None:
    assert read_readings(graph, {"AU12_r": 2.0, "AU012_r": 2.0}).shown == {"AU12": True}


def test_message_on_many_columns_stays_short(graph: EmotionGraph) -> None:
    with pytest.raises(InputError) as caught:
        read(graph, **{f"column_{i}": 1.0 for i in range(1000)})

    assert len(str(caught.value)) < 500


@given(st.floats(0, 5), st.floats(0, 1))
def test_readings_never_change_the_values(
    graph: EmotionGraph, strength: float, share: float
) -> None:
    openface, pyfeat = read(graph, AU12_r=strength), read(graph, AU12=share)

    assert openface.values["AU12"] == (("AU12_r", strength),)
    assert openface.shown["AU12"] == (strength >= 1.0)
    assert pyfeat.shown["AU12"] == (share >= 0.5)


@given(st.one_of(st.floats(max_value=-1e-9), st.floats(min_value=5.0001), st.just(nan)))
def test_no_value_outside_the_range_is_ever_read(graph: EmotionGraph, value: float) -> None:
    with pytest.raises(InputError):
        read(graph, AU12_r=value)
