"""Places of VAD space to concepts, with distances; labels to their places."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.kg.model import Vad
from affectgraph.linkers import VadBox, VadEllipsoid, VadLinker, VadMatch, VadPoint
from affectgraph.linkers.vad_regions import gap_of
from affectgraph.ontology.errors import InputError, UnknownTermError
from tests.kg.lexicons import NRC_2

# Anger in the Glasgow Norms, as the graph has it: mean and standard deviation of its ratings.
ANGER = (-0.618, 0.159, -0.095)
ANGER_SD = (0.375, 0.642, 0.591)

unit = st.floats(-1, 1)
radius = st.floats(0.01, 1)


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> VadLinker:
    return VadLinker(graph)


def find(matches: tuple[VadMatch, ...], slug: str) -> VadMatch:
    return next(match for match in matches if match.concept.slug == slug)


# --- geometry -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "gap"),
    [
        ((0.0, 0.9, -0.9), 0.0),  # inside; dominance is left out
        ((-0.5, 0.0, 0.0), sqrt(0.3**2 + 0.2**2)),  # outside in both
        ((0.1, -0.8, 0.0), 1.0),  # outside in arousal only
    ],
)
def test_gap_from_a_box_is_that_from_its_nearest_point(
    mean: tuple[float, float, float], gap: float
) -> None:
    assert gap_of(VadBox(valence=(-0.2, 0.4), arousal=(0.2, 1)), mean) == pytest.approx(gap)


def test_units_divide_each_dimension() -> None:
    # 0.3 / 0.1 and 0.2 / 0.05 are 3 and 4.
    box = VadBox(valence=(-0.2, 0.4), arousal=(0.2, 1))

    assert gap_of(box, (-0.5, 0.0, 0.0), (0.1, 0.05, 9.0)) == pytest.approx(5.0)


def test_gap_from_a_sphere_is_that_from_its_centre_less_the_radius() -> None:
    sphere = VadEllipsoid(valence=(0.1, 0.2), arousal=(0.0, 0.2), dominance=(0.0, 0.2))

    assert gap_of(sphere, (0.1, 0.3, 0.4)) == pytest.approx(0.3)
    assert gap_of(sphere, (0.1, 0.1, 0.1)) == 0


def test_gap_from_an_ellipse_is_along_its_normal() -> None:
    # x = 2 cos t, y = sin t at 45 degrees: point (0.4/s, 0.2/s), s = sqrt 2, with half axes 0.4 and 0.2;
    # its normal is (x / 0.16, y / 0.04). A point 0.02 normals away lies 0.02 of its length off.
    x, y = 0.4 / sqrt(2), 0.2 / sqrt(2)
    normal = (x / 0.16, y / 0.04)
    ellipse = VadEllipsoid(valence=(0.0, 0.4), dominance=(0.0, 0.2))

    gap = gap_of(ellipse, (x + 0.02 * normal[0], 0.7, y + 0.02 * normal[1]))

    assert gap == pytest.approx(0.02 * sqrt(normal[0] ** 2 + normal[1] ** 2))


@given(
    mean=st.tuples(unit, unit, unit), centre=st.tuples(unit, unit), radii=st.tuples(radius, radius)
)
def test_an_ellipsoid_lies_between_its_centre_and_the_box_around_it(
    mean: tuple[float, float, float], centre: tuple[float, float], radii: tuple[float, float]
) -> None:
    ellipsoid = VadEllipsoid(valence=(centre[0], radii[0]), arousal=(centre[1], radii[1]))
    away = [abs(m - c) for m, c in zip(mean, centre, strict=False)]
    box = sqrt(sum(max(a - r, 0) ** 2 for a, r in zip(away, radii, strict=True)))

    assert box - 1e-9 <= gap_of(ellipsoid, mean) <= gap_of(VadPoint(*centre), mean) + 1e-9


# --- ranking --------------------------------------------------------------------------------------


def test_distance_is_one_deviation_away_where_the_point_is(linker: VadLinker) -> None:
    found = linker.link(VadPoint(valence=ANGER[0] + ANGER_SD[0]), limit=500)

    anger = find(found, "anger")
    assert anger.distance_sd == pytest.approx(1)
    assert anger.distance == pytest.approx(ANGER_SD[0])
    assert anger.deviations[0] == pytest.approx(-1)
    assert anger.deviations[1:] == (None, None)
    assert not anger.is_inside


def test_distance_adds_up_squares_of_deviations(linker: VadLinker) -> None:
    place = VadPoint(ANGER[0] + 2 * ANGER_SD[0], ANGER[1] + ANGER_SD[1])

    anger = find(linker.link(place, limit=500), "anger")

    assert anger.distance_sd == pytest.approx(sqrt(5))
    assert anger.distance == pytest.approx(sqrt(0.75**2 + 0.642**2))


def test_concept_lies_at_its_own_mean(linker: VadLinker) -> None:
    best = linker.link(Vad(*ANGER), limit=1)[0]

    assert (best.concept.slug, best.distance_sd, best.distance) == ("anger", 0, 0)
    assert best.is_inside


@pytest.mark.parametrize("by", ["sd", "plain"])
def test_answers_are_ordered_by_the_distance_asked_for(linker: VadLinker, by: str) -> None:
    found = linker.link(VadPoint(-0.4, 0.7, -0.3), limit=500, by=by)  # type: ignore[arg-type]

    distances = [m.distance_sd if by == "sd" else m.distance for m in found]
    assert distances == sorted(distances, key=lambda d: d or 0)


def test_plain_order_of_a_full_point_is_that_of_the_graph(
    linker: VadLinker, graph: EmotionGraph
) -> None:
    found = linker.link(VadPoint(-0.4, 0.7, -0.3), by="plain", limit=20)

    expected = graph.nearest(-0.4, 0.7, -0.3, limit=20)
    assert [m.concept for m in found] == [n.concept for n in expected]
    assert [m.distance for m in found] == pytest.approx([n.distance for n in expected])


def test_concepts_in_a_box_come_first_by_distance_from_its_middle(linker: VadLinker) -> None:
    box = VadBox(valence=(-0.7, -0.5), arousal=(0.1, 0.3))

    found = linker.link(box, limit=500)

    inside = [m for m in found if m.is_inside]
    assert found[: len(inside)] == tuple(inside)
    assert find(found, "anger") in inside
    assert all(-0.7 <= m.value.mean.valence <= -0.5 for m in inside)
    away = [sum(d**2 for d in m.deviations if d is not None) for m in inside]
    assert away == sorted(away)


def test_derived_values_are_left_out_unless_asked_for(linker: VadLinker) -> None:
    place = VadPoint(0, 0, 0)

    assert all(m.value.is_measured for m in linker.link(place, limit=500))
    more = linker.link(place, limit=500, measured_only=False)
    assert {m.value.kind for m in more} == {"measured", "derived"}


def test_values_of_other_origins_are_used_if_named(graph: EmotionGraph) -> None:
    linker = VadLinker(graph, sources=["estimated"])

    assert linker.link(VadPoint(0.5)) == ()
    found = linker.link(VadPoint(0.5), measured_only=False)
    assert {m.value.kind for m in found} == {"estimated"}


def test_values_without_a_spread_have_no_distance_in_deviations_and_come_last(
    graph: EmotionGraph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from affectgraph.kg import import_vad

    file = tmp_path_factory.mktemp("lexicon") / "nrc.txt"
    file.write_text(NRC_2 + "contempt\t-0.8\t0.1\t0.2\n")
    laid = graph.with_vad(import_vad(file, name="nrc").lexicon)
    linker = VadLinker(laid, sources=["user/nrc", "glasgow"])

    found = linker.link(VadPoint(-0.8), limit=500, measured_only=False)

    bare = [m for m in found if m.distance_sd is None]
    assert bare
    assert found[-len(bare) :] == tuple(bare)
    assert all(m.deviations[0] is None for m in bare)


def test_many_places_get_the_answers_of_each(linker: VadLinker) -> None:
    places: list[VadPoint | VadBox | Vad] = [
        VadPoint(0.1),
        VadBox(arousal=(-1, -0.5)),
        Vad(0, 0, 0),
    ]

    assert linker.link_many(places, limit=3) == [linker.link(p, limit=3) for p in places]


# --- scales ---------------------------------------------------------------------------------------


def test_points_and_regions_are_rescaled() -> None:
    # 1..9: (7 - 5) / 4 = 0.5. AFEW-VA: -4 / 10. EMOTIC 1..10: a radius of 0.9 is 0.2 of 4.5.
    assert VadPoint.from_scale("deap", valence=7, dominance=5) == VadPoint(0.5, None, 0.0)
    assert VadBox.from_scale("afew-va", valence=(-4, 5)) == VadBox(valence=(-0.4, 0.5))
    found = VadEllipsoid.from_scale("emotic", arousal=(5.5, 0.9))
    assert found.arousal == pytest.approx((0.0, 0.2))


def test_flipped_arousal_turns_the_ends_of_an_interval() -> None:
    # MSP-IMPROV: 1 is excited. 1..2 becomes 1..0.5, low end first.
    assert VadBox.from_scale("msp-improv", arousal=(1, 2)) == VadBox(arousal=(0.5, 1.0))


# --- labels ---------------------------------------------------------------------------------------


def test_label_that_was_rated_itself_has_its_own_place(linker: VadLinker) -> None:
    found = linker.place("furious")

    assert (found.basis, found.mean) == ("word", Vad(-0.801, 0.357, 0.286))
    assert [part.weight for part in found.parts] == [1.0]


def test_label_in_a_scheme_has_the_place_of_its_anchor(linker: VadLinker) -> None:
    found = linker.place("ang", scheme="iemocap-6")

    assert (found.basis, found.mean) == ("concept", Vad(*ANGER))


def test_label_of_several_concepts_has_their_weighted_mean(
    linker: VadLinker, graph: EmotionGraph
) -> None:
    found = linker.place("xenophobia")

    # Fear and hostility with the same score: half of each.
    fear, hostility = graph.vad("fear")[0].mean, graph.vad("hostility")[0].mean
    assert found.mean is not None
    assert found.basis == "mixture"
    assert found.mean.valence == pytest.approx((fear.valence + hostility.valence) / 2)
    assert [part.weight for part in found.parts] == [0.5, 0.5]


@pytest.mark.parametrize("label", ["table", "", "not happy", None, 3])
def test_label_without_meaning_has_no_place(linker: VadLinker, label: object) -> None:
    found = linker.place(label)

    assert (found.mean, found.basis, found.parts) == (None, None, ())
    assert found.message


def test_concept_without_a_value_is_named(linker: VadLinker) -> None:
    found = linker.place("bittersweet")

    assert found.mean is None
    assert [c.slug for c in found.without_value] == ["state/bittersweetness"]


def test_label_of_an_unknown_scheme_is_refused(linker: VadLinker) -> None:
    with pytest.raises(UnknownTermError):
        linker.place("happy", scheme="no-such-scheme")


# --- wrong input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1.01, -2, float("nan"), float("inf"), "0.5", True])
def test_coordinate_off_the_scale_is_refused(value: float) -> None:
    with pytest.raises(InputError, match=r"Expected arousal in -1\.\.1"):
        VadPoint(arousal=value)


@pytest.mark.parametrize("make", [VadPoint, VadBox, VadEllipsoid])
def test_place_without_a_dimension_is_refused(make: type) -> None:
    with pytest.raises(InputError, match="Expected at least one of valence, arousal, dominance"):
        make()


@pytest.mark.parametrize("interval", [(0.5, 0.1), (0, 0.1, 0.2), (0,)])
def test_interval_that_is_none_is_refused(interval: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="Expected valence as two numbers"):
        VadBox(valence=interval)


@pytest.mark.parametrize("axis", [(0, 0), (0, -0.1), (0, float("nan")), (0,)])
def test_radius_that_is_none_is_refused(axis: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="a radius above 0"):
        VadEllipsoid(valence=axis)


def test_rating_off_its_scale_is_refused() -> None:
    with pytest.raises(InputError, match=r"Expected a rating in 1\.\.5"):
        VadPoint.from_scale("iemocap", valence=6)
    with pytest.raises(InputError, match="Expected valence as two numbers"):
        VadBox.from_scale("iemocap", valence=(5, 1))
    with pytest.raises(UnknownTermError, match="a scale"):
        VadPoint.from_scale("stars", valence=4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"limit": 0}, "Expected a limit of at least 1"),
        ({"by": "cosine"}, "Expected to rank by 'sd' or 'plain'"),
    ],
)
def test_wrong_option_is_refused(
    linker: VadLinker, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        linker.link(VadPoint(0), **arguments)  # type: ignore[arg-type]


def test_place_of_another_kind_is_refused(linker: VadLinker) -> None:
    with pytest.raises(InputError, match="got tuple"):
        linker.link((0, 0, 0))  # type: ignore[arg-type]
