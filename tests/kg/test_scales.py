"""Scales: their ends, their middles, and the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg.model import Vad
from affectgraph.kg.scales import SCALE_OF_DATASET, SCALES, Scale, scale
from affectgraph.ontology.errors import InputError, UnknownTermError

scales = st.sampled_from(list(SCALES.values()))
bipolar = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("name", "rating", "value"),
    [
        ("0..1", 0.0, -1.0),
        ("0..1", 0.75, 0.5),
        ("1..9", 5.0, 0.0),
        ("1..9", 8.0, 0.75),
        ("1..5", 2.0, -0.5),
        ("1..7", 7.0, 1.0),
        ("1..10", 5.5, 0.0),
        ("1..10", 10.0, 1.0),
        ("-3..3", -1.5, -0.5),
        ("-10..10", 4.0, 0.4),
        ("0..100", 25.0, -0.5),
        ("-1..1", -0.3, -0.3),
    ],
)
def test_rating_becomes_the_value_computed_by_hand(name: str, rating: float, value: float) -> None:
    assert SCALES[name].to_bipolar(rating) == pytest.approx(value)
    assert SCALES[name].from_bipolar(value) == pytest.approx(rating)


@given(scale_=scales, value=bipolar)
def test_there_and_back_is_the_same(scale_: Scale, value: float) -> None:
    assert scale_.to_bipolar(scale_.from_bipolar(value)) == pytest.approx(value, abs=1e-9)


@given(scale_=scales, valence=bipolar, arousal=bipolar, dominance=bipolar)
def test_point_there_and_back_is_the_same(
    scale_: Scale, valence: float, arousal: float, dominance: float
) -> None:
    point = Vad(valence, arousal, dominance)

    back = scale_.vad_to_bipolar(*scale_.vad_from_bipolar(point))

    assert (back.valence, back.arousal, back.dominance) == pytest.approx(
        (valence, arousal, dominance), abs=1e-9
    )


@given(scale_=scales, low=bipolar, high=bipolar)
def test_order_is_kept(scale_: Scale, low: float, high: float) -> None:
    if low < high:
        assert scale_.from_bipolar(low) <= scale_.from_bipolar(high)


def test_flipped_arousal_turns_arousal_only() -> None:
    # MSP-IMPROV: 1 is excited, 5 is calm.
    flipped = scale("msp-improv")

    assert flipped.vad_to_bipolar(4, 2, 4) == Vad(0.5, 0.5, 0.5)
    assert flipped.vad_from_bipolar(Vad(0.5, 0.5, 0.5)) == (4.0, 2.0, 4.0)


@pytest.mark.parametrize("rating", [0.99, 9.01, float("nan"), float("inf"), -5.0])
def test_rating_off_the_scale_is_refused(rating: float) -> None:
    with pytest.raises(InputError, match=r"Expected a rating in 1\.\.9 \(scale 1\.\.9\)"):
        SCALES["1..9"].to_bipolar(rating)


@pytest.mark.parametrize("value", [-1.01, 1.5, float("nan")])
def test_value_off_minus_one_to_one_is_refused(value: float) -> None:
    with pytest.raises(InputError, match=r"Expected a value in -1\.\.1"):
        SCALES["1..9"].from_bipolar(value)


def test_spread_is_divided_by_half_the_width() -> None:
    assert SCALES["1..9"].half_width == 4
    assert SCALES["0..1"].half_width == 0.5


@pytest.mark.parametrize("name", [*SCALES, *SCALE_OF_DATASET, " IEMOCAP "])
def test_scale_is_found_by_its_name_and_by_its_data_set(name: str) -> None:
    assert scale(name).name in SCALES


@pytest.mark.parametrize("name", ["", "1-9", "likert"])
def test_unknown_scale_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownTermError, match=r"There are: -1\.\.1, 0\.\.1"):
        scale(name)
