"""The mirror test of opposites, on points set by hand and on rated emotions."""

import pytest

from affectgraph.ontology.errors import InputError
from affectgraph.ontology.reflection import MIRROR_SHARE, is_mirrored, mirror_ratio


def test_exact_mirror_image_has_ratio_zero() -> None:
    assert mirror_ratio((0.5, -0.2, 0.3), (-0.5, 0.2, -0.3)) == 0


def test_ratio_is_the_distance_to_the_image_over_the_distance_apart() -> None:
    # (1, 0, 0) and (-0.5, 0, 0): 1.5 apart, the image at (0.5, 0, 0) is 0.5 away.
    assert mirror_ratio((1.0, 0.0, 0.0), (-0.5, 0.0, 0.0)) == pytest.approx(1 / 3)


def test_points_at_right_angles_are_as_near_to_the_image_as_to_the_point() -> None:
    assert mirror_ratio((0.5, 0.0, 0.0), (0.0, 0.5, 0.0)) == pytest.approx(1)


def test_equal_points_are_infinitely_far_from_mirroring() -> None:
    assert mirror_ratio((0.5, 0.0, 0.0), (0.5, 0.0, 0.0)) == float("inf")


def test_origin_has_no_side() -> None:
    with pytest.raises(InputError, match="it has no side"):
        mirror_ratio((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def test_order_of_the_points_does_not_matter() -> None:
    first, second = (0.7, 0.5, 0.4), (-0.8, -0.3, -0.5)

    assert mirror_ratio(first, second) == pytest.approx(mirror_ratio(second, first))


# Rows of ontology/tables/vad_glasgow.tsv, copied by hand.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0.765, 0.485, 0.397), (-0.788, -0.308, -0.500), True),  # joy, sadness
        ((-0.610, 0.043, -0.544), (-0.618, 0.159, -0.095), False),  # fear, anger
    ],
)
def test_joy_and_sadness_mirror_each_other_and_fear_and_anger_do_not(
    first: tuple[float, float, float], second: tuple[float, float, float], expected: bool
) -> None:
    assert is_mirrored(first, second) is expected


def test_valence_of_one_sign_is_no_reflection_however_near_the_image() -> None:
    # The other two dimensions mirror each other; valence is slightly pleasant in both.
    first, second = (0.05, 0.8, 0.8), (0.05, -0.8, -0.8)

    assert mirror_ratio(first, second) < MIRROR_SHARE
    assert not is_mirrored(first, second)


def test_share_is_included_in_what_counts_as_mirrored() -> None:
    # Image at distance 0.5, points 1.0 apart: (0.75, 0, 0) and (-0.25, 0, 0).
    assert mirror_ratio((0.75, 0.0, 0.0), (-0.25, 0.0, 0.0)) == MIRROR_SHARE
    assert is_mirrored((0.75, 0.0, 0.0), (-0.25, 0.0, 0.0))
