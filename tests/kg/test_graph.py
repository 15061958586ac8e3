"""Typed lookups. Expected values are read off the tables or computed by hand, as noted."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from math import inf, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph, OxigraphStore, Vad
from affectgraph.kg.model import Concept
from affectgraph.ontology.errors import BackendError, InputError, QueryError, UnknownTermError
from affectgraph.ontology.iris import AG, BASE, EMOTION
from affectgraph.ontology.layers.tree import concept_slugs
from affectgraph.ontology.version import VERSION

# The third-tier words of the published tree that repeat a word of a higher tier.
REPEATED = [
    "affection",
    "anger",
    "cheerfulness",
    "contentment",
    "disappointment",
    "disgust",
    "enthrallment",
    "envy",
    "exasperation",
    "fear",
    "horror",
    "irritation",
    "joy",
    "longing",
    "love",
    "lust",
    "neglect",
    "nervousness",
    "optimism",
    "pride",
    "rage",
    "relief",
    "sadness",
    "shame",
    "suffering",
    "surprise",
    "sympathy",
    "torment",
    "zest",
]

slugs = st.sampled_from(sorted(concept_slugs()))
emotions = st.sampled_from(sorted(slug for slug in concept_slugs() if "/" not in slug))


def slugs_of(concepts: tuple[Concept, ...]) -> list[str]:
    return [concept.slug for concept in concepts]


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "resentment",
        "Resentment",
        "  RESENTMENT\n",
        "emotion:resentment",
        "emotion/resentment",
        "https://w3id.org/affectgraph/emotion/resentment",
    ],
)
def test_emotion_is_found_by_any_of_its_names(name: str, graph: EmotionGraph) -> None:
    assert graph.concept(name).iri == EMOTION + "resentment"


@pytest.mark.parametrize(
    "name", ["trust", "Trust", "state/trust", "state:trust", BASE + "state/trust"]
)
def test_state_is_found_by_any_of_its_names(name: str, graph: EmotionGraph) -> None:
    assert graph.concept(name).slug == "state/trust"


def test_label_of_several_words_is_found_in_any_case(graph: EmotionGraph) -> None:
    assert graph.concept("Aesthetic Appreciation").slug == "state/aesthetic-appreciation"


def test_word_at_two_tiers_means_the_higher_one(graph: EmotionGraph) -> None:
    assert graph.concept("sadness").tier == "primary"
    assert graph.concept("surprise").tier == "primary"
    assert graph.concept("sadness-secondary").tier == "secondary"
    assert graph.concept("sadness-secondary").label == "sadness"


@pytest.mark.parametrize(
    "name", ["", " ", "table", "emotion:", "emotion:table", "😀", "anger" * 20_000, AG + "Anger"]
)
def test_unknown_name_is_none_or_an_error(name: str, graph: EmotionGraph) -> None:
    assert graph.get_concept(name) is None
    with pytest.raises(UnknownTermError):
        graph.concept(name)


def test_misspelt_name_is_answered_with_the_nearest_and_never_guessed(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph.concept("resentmnt")

    assert caught.value.term == "resentmnt"
    assert caught.value.nearest[0] == "resentment"
    assert "Expected the name of an emotion or state in the graph, got 'resentmnt'" in str(
        caught.value
    )


def test_every_concept_is_found_by_every_name(graph: EmotionGraph) -> None:
    for concept in (*graph.emotions(), *graph.states()):
        short = concept.iri.removeprefix(BASE)
        for name in (concept.slug, concept.iri, short, short.replace("/", ":", 1)):
            assert graph.concept(name) is concept


def test_concept_says_what_it_is_and_where_its_definition_comes_from(graph: EmotionGraph) -> None:
    dread = graph.concept("dread")

    assert dread.path == ("fear", "nervousness", "dread")
    assert (dread.tier, dread.primary, dread.branch) == ("tertiary", "fear", None)
    assert dread.class_iri == AG + "Dread"
    assert dread.is_emotion
    assert len(dread.definition) >= 40
    assert dread.source == "affectgraph"


def test_state_has_a_branch_and_no_place_in_the_tree(graph: EmotionGraph) -> None:
    trust = graph.concept("state/trust")

    assert (trust.tier, trust.primary, trust.path) == (None, None, ())
    assert trust.branch == "SocialAttitude"
    assert not trust.is_emotion


# --- the tree -------------------------------------------------------------------------------------


def test_path_of_resentment_runs_over_rage_to_anger(graph: EmotionGraph) -> None:
    assert slugs_of(graph.path("resentment")) == ["anger", "rage", "resentment"]


def test_torment_is_secondary_under_anger_and_no_primary(graph: EmotionGraph) -> None:
    torment = graph.concept("torment")

    assert (torment.tier, torment.primary) == ("secondary", "anger")
    assert [entry.tier for entry in graph.tree_entries("torment")] == ["secondary", "tertiary"]


def test_29_words_stand_at_two_tiers_and_two_of_them_at_three(graph: EmotionGraph) -> None:
    words = {entry.label for entry in graph.index.entries}
    tiers = {word: [entry.tier for entry in graph.tree_entries(word)] for word in words}

    assert sorted(word for word, found in tiers.items() if len(set(found)) > 1) == REPEATED
    assert len(REPEATED) == 29
    assert {word for word, found in tiers.items() if len(found) == 3} == {"sadness", "surprise"}


def test_166_lines_of_135_third_tier_words_make_137_concepts(graph: EmotionGraph) -> None:
    tiers = [entry.tier for entry in graph.index.entries]

    assert [tiers.count(tier) for tier in ("primary", "secondary", "tertiary")] == [6, 25, 135]
    assert len(graph.emotions()) == 137


@pytest.mark.parametrize(("tier", "count"), [("primary", 6), ("secondary", 25), ("tertiary", 106)])
def test_tier_has_its_count(tier: str, count: int, graph: EmotionGraph) -> None:
    assert len(graph.emotions(tier=tier)) == count


# Counted by hand in Parrott's table: primary + secondaries + third-tier words of their own.
@pytest.mark.parametrize(
    ("primary", "count"),
    [("love", 16), ("joy", 33), ("surprise", 4), ("anger", 29), ("sadness", 38), ("fear", 17)],
)
def test_branch_has_its_count(primary: str, count: int, graph: EmotionGraph) -> None:
    branch = graph.emotions(primary=primary)

    assert len(branch) == count
    assert {concept.primary for concept in branch} == {primary}
    assert slugs_of(branch)[0] == primary


def test_filters_combine_and_the_answer_is_sorted_by_path(graph: EmotionGraph) -> None:
    found = graph.emotions(tier="secondary", primary="Fear")

    assert slugs_of(found) == ["horror", "nervousness"]


PRIMARIES = "There are: anger, fear, joy, love, sadness, surprise."


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("rage", f"It lies in the branch of anger. {PRIMARIES}"),
        ("dread", f"It lies in the branch of fear. {PRIMARIES}"),
        ("state/trust", PRIMARIES),
    ],
)
def test_concept_that_is_no_primary_has_no_branch_to_list(
    name: str, note: str, graph: EmotionGraph
) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph.emotions(primary=name)

    assert (
        str(caught.value)
        == f"Expected the name of a primary emotion in the graph, got {name!r}. {note}"
    )


@pytest.mark.parametrize("tier", ["Primary", "first", "", "4"])
def test_unknown_tier_is_an_input_error(tier: str, graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected a tier of primary, secondary, tertiary"):
        graph.emotions(tier=tier)


def test_unknown_primary_is_an_unknown_term(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError):
        graph.emotions(primary="ire")


def test_parent_and_children_are_each_others_inverse(graph: EmotionGraph) -> None:
    for concept in graph.emotions():
        for child in graph.narrower(concept.slug):
            assert graph.broader(child.slug) == concept
        parent = graph.broader(concept.slug)
        assert (parent is None) == (concept.tier == "primary")
        assert parent is None or concept in graph.narrower(parent.slug)


def test_children_of_exasperation_are_its_one_third_tier_word(graph: EmotionGraph) -> None:
    assert slugs_of(graph.narrower("exasperation")) == ["frustration"]
    assert graph.narrower("frustration") == ()


def test_state_has_neither_path_nor_parent_nor_children(graph: EmotionGraph) -> None:
    assert graph.path("trust") == ()
    assert graph.broader("trust") is None
    assert graph.narrower("trust") == ()


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("irritation", "anger", True),
        ("resentment", "anger", True),
        ("resentment", "rage", True),
        ("anger", "anger", True),
        ("anger", "resentment", False),
        ("resentment", "envy", False),
        ("dread", "horror", False),
        ("trust", "trust", True),
        ("trust", "joy", False),
        ("joy", "trust", False),
    ],
)
def test_is_a_follows_the_path_upwards_only(
    name: str, other: str, expected: bool, graph: EmotionGraph
) -> None:
    assert graph.is_a(name, other) is expected


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("envy", "wrath", "anger"),
        ("wrath", "resentment", "rage"),
        ("rage", "resentment", "rage"),
        ("dread", "dread", "dread"),
        ("joy", "sadness", None),
        ("dread", "trust", None),
        ("trust", "trust", None),
    ],
)
def test_common_ancestor_is_the_lowest(
    name: str, other: str, expected: str | None, graph: EmotionGraph
) -> None:
    found = graph.common_ancestor(name, other)

    assert (found.slug if found else None) == expected


# Steps counted by hand; branches meet at a root above the primaries.
@pytest.mark.parametrize(
    ("name", "other", "steps"),
    [
        ("dread", "dread", 0),
        ("rage", "resentment", 1),
        ("wrath", "resentment", 2),
        ("envy", "wrath", 3),
        ("jealousy", "wrath", 4),
        ("joy", "sadness", 2),
        ("dread", "resentment", 6),
        ("dread", "trust", None),
    ],
)
def test_tree_distance_counts_steps(
    name: str, other: str, steps: int | None, graph: EmotionGraph
) -> None:
    assert graph.tree_distance(name, other) == steps


@given(first=emotions, second=emotions, third=emotions)
def test_tree_distance_is_a_metric(
    graph: EmotionGraph, first: str, second: str, third: str
) -> None:
    def distance(name: str, other: str) -> int:
        found = graph.tree_distance(name, other)
        assert found is not None
        return found

    assert (distance(first, second) == 0) == (first == second)
    assert distance(first, second) == distance(second, first) <= 6
    assert distance(first, third) <= distance(first, second) + distance(second, third)


@given(first=slugs, second=slugs, third=slugs)
def test_is_a_is_reflexive_antisymmetric_and_transitive(
    graph: EmotionGraph, first: str, second: str, third: str
) -> None:
    assert graph.is_a(first, first)
    if graph.is_a(first, second) and graph.is_a(second, first):
        assert first == second
    if graph.is_a(first, second) and graph.is_a(second, third):
        assert graph.is_a(first, third)


def test_entries_of_an_unknown_word_are_none_or_an_error(graph: EmotionGraph) -> None:
    assert graph.tree_entries("table") == ()
    with pytest.raises(UnknownTermError, match="a word of the tree in the graph, got 'table'"):
        graph.tree_entries("table", strict=True)
    with pytest.raises(UnknownTermError, match="Nearest: torment"):
        graph.tree_entries("tormet", strict=True)
    assert graph.tree_entries("torment", strict=True) == graph.tree_entries("torment")


# --- opposites and blends -------------------------------------------------------------------------


def test_opposites_of_joy_are_given_per_theory(graph: EmotionGraph) -> None:
    # Plutchik: joy/sadness. OCC's joy/distress is no pair of concepts: its distress is only near sadness.
    found = {(link.end, link.source) for link in graph.opposites("joy")}

    assert found == {("sadness", "plutchik-1980")}
    assert all(link.derived_by for link in graph.opposites("joy"))


def test_opposites_are_symmetric(graph: EmotionGraph) -> None:
    concepts = (*graph.emotions(), *graph.states())
    pairs = {(c.slug, link.end, link.source) for c in concepts for link in graph.opposites(c.slug)}

    assert pairs
    assert {(end, start, source) for start, end, source in pairs} == pairs


def test_concept_without_an_opposite_has_none_and_not_its_ancestors(graph: EmotionGraph) -> None:
    assert graph.opposites("elation") == ()


def test_awe_is_fear_and_surprise_in_plutchiks_dyads(graph: EmotionGraph) -> None:
    found = graph.components("awe")

    assert [(link.end, link.source, link.level) for link in found] == [
        ("fear", "plutchik-1980", "primary"),
        ("surprise", "plutchik-1980", "primary"),
    ]


# --- valence, arousal, dominance ------------------------------------------------------------------


# Rows of ontology/tables/vad_glasgow.tsv, copied by hand.
@pytest.mark.parametrize(
    ("name", "mean", "spread", "raters"),
    [
        ("dread", (-0.734, 0.137, -0.500), (0.220, 0.538, 0.347), 31),
        ("anxiety", (-0.686, 0.066, -0.672), (0.218, 0.734, 0.377), 35),
        ("joy", (0.765, 0.485, 0.397), (0.268, 0.450, 0.433), 33),
        ("anger", (-0.618, 0.159, -0.095), (0.375, 0.642, 0.591), 34),
        ("grief", (-0.765, -0.031, -0.343), (0.209, 0.693, 0.525), 34),
        ("trust", (0.601, 0.037, 0.177), (0.364, 0.508, 0.505), 32),
    ],
)
def test_measured_value_is_the_row_of_the_norms(
    name: str,
    mean: tuple[float, float, float],
    spread: tuple[float, float, float],
    raters: int,
    graph: EmotionGraph,
) -> None:
    (value,) = graph.vad(name)

    assert value.mean == Vad(*mean)
    assert value.spread == spread
    assert (value.raters, value.source, value.match) == (raters, "scott-2019", "exact")
    assert value.is_measured


def test_rated_form_and_sense_are_told_apart_from_the_concept(graph: EmotionGraph) -> None:
    (form,) = graph.vad("cheerfulness")
    (sense,) = graph.vad("contentment")

    assert (form.form, form.match) == ("cheerful", "form")
    assert (sense.form, sense.match) == ("content (happy)", "sense")


def test_derived_value_is_the_mean_of_its_measured_branch_and_says_so(graph: EmotionGraph) -> None:
    # Exasperation's branch has one measured node (frustration), so anger's branch stands in.
    measured = [
        graph.vad(concept.slug)[0].mean.valence
        for concept in graph.emotions(primary="anger")
        if graph.vad(concept.slug)[0].is_measured
    ]

    (value,) = graph.vad("exasperation")

    assert not value.is_measured
    assert (value.match, value.raters, value.source) == ("primary-mean", None, "affectgraph")
    assert value.derived_by == "affectgraph.ontology.layers.vad.branch_mean"
    assert value.mean.valence == pytest.approx(sum(measured) / len(measured), abs=0.0005)


def test_every_emotion_has_a_value_and_26_are_derived(graph: EmotionGraph) -> None:
    values = [graph.vad(concept.slug) for concept in graph.emotions()]

    assert {len(found) for found in values} == {1}
    assert sum(not found[0].is_measured for found in values) == 26


def test_state_nobody_rated_has_no_value(graph: EmotionGraph) -> None:
    assert graph.vad("frozenness") == ()


def test_five_nearest_to_a_tense_unpleasant_point(graph: EmotionGraph) -> None:
    found = graph.nearest(-0.4, 0.7, -0.3)

    # Distances by hand: fright sqrt(.115^2 + .309^2 + .138^2) = .3574, and so on.
    assert [(n.concept.slug, round(n.distance, 4)) for n in found] == [
        ("fright", 0.3574),
        ("horror", 0.4468),
        ("wrath", 0.4918),
        ("shock", 0.5005),
        ("torment", 0.5661),
    ]


def test_concept_is_nearest_to_its_own_value(graph: EmotionGraph) -> None:
    (found,) = graph.nearest(0.765, 0.485, 0.397, limit=1)

    assert (found.concept.slug, found.distance) == ("joy", 0.0)


def test_derived_values_are_left_out_unless_asked_for(graph: EmotionGraph) -> None:
    point = graph.vad("joviality")[0].mean
    here = (point.valence, point.arousal, point.dominance)

    measured = graph.nearest(*here, limit=200)
    everything = graph.nearest(*here, limit=200, measured_only=False)

    assert len(measured) == 157
    assert len(everything) == 183
    assert all(neighbour.value.is_measured for neighbour in measured)
    assert everything[0].concept.slug == "joviality"


@given(
    point=st.tuples(*[st.floats(-1, 1)] * 3),
    limit=st.integers(1, 300),
)
def test_neighbours_come_sorted_and_no_more_than_asked(
    graph: EmotionGraph, point: tuple[float, float, float], limit: int
) -> None:
    found = graph.nearest(*point, limit=limit)

    distances = [neighbour.distance for neighbour in found]
    assert distances == sorted(distances)
    assert len(found) == min(limit, 157)
    assert distances[-1] <= 2 * 3**0.5


@pytest.mark.parametrize("bad", [nan, inf, -inf, 1.0001, -1.0001, 5])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_coordinate_out_of_range_is_refused_with_its_name_and_how_to_rescale(
    bad: float, place: int, graph: EmotionGraph
) -> None:
    point = [0.0, 0.0, 0.0]
    point[place] = bad
    name = ("valence", "arousal", "dominance")[place]

    with pytest.raises(InputError, match=rf"Expected {name} in -1\.\.1, got .*\. Rescale"):
        graph.nearest(*point)


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_below_one_is_refused(limit: int, graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected a limit of at least 1"):
        graph.nearest(0, 0, 0, limit=limit)
    with pytest.raises(InputError, match="Expected a limit of at least 1"):
        graph.emotions_by_action_units([12], limit=limit)


# --- facial actions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (12, "AU12"),
        ("12", "AU12"),
        ("AU12", "AU12"),
        ("au12", "AU12"),
        ("AU 12", "AU12"),
        ("AU_12", "AU12"),
        ("AU-12", "AU12"),
        ("AU06", "AU6"),
        ("AU006", "AU6"),
        ("06", "AU6"),
        ("AU12B", "AU12"),
        ("R14", "AU14"),
        ("LAU14", "AU14"),
        ("AD19", "AD19"),
        ("AU19", "AD19"),
        (19, "AD19"),
        ("M55", "M55"),
        ("AU55", "AU55"),
        (55, "AU55"),
        (" AU4 ", "AU4"),
    ],
)
def test_facial_action_is_found_as_tools_and_papers_write_it(
    name: str | int, code: str, graph: EmotionGraph
) -> None:
    assert graph.action_unit(name).code == code


@pytest.mark.parametrize(
    "name",
    [
        999,
        "AU999",
        "AU99",
        0,
        "AU0",
        "AU3",
        -12,
        12.5,
        "",
        "AU",
        "smile",
        "AD12",
        "M12",
        "AU12F",
        "😀",
        "AU1+2",
        "AU12 AU6",
        "12" * 50_000,
    ],
)
def test_code_outside_facs_is_none_or_an_error(name: str | int, graph: EmotionGraph) -> None:
    assert graph.get_action_unit(name) is None
    with pytest.raises(UnknownTermError, match="a FACS code"):
        graph.action_unit(name)


def test_action_units_are_all_70_codes_in_order_of_their_numbers(graph: EmotionGraph) -> None:
    units = graph.action_units()

    numbers = [int(unit.number.lstrip("M")) for unit in units]
    assert len(units) == 70
    assert numbers == sorted(numbers)
    assert [unit.code for unit in units[:4]] == ["AU1", "AU2", "AU4", "AU5"]


def test_au38_dilates_the_nostrils_and_au20_does_not(graph: EmotionGraph) -> None:
    assert graph.action_unit(38).name == "Nostril dilator"
    assert graph.action_unit(20).name == "Lip stretcher"
    assert graph.action_unit("AU19").kind == "action-descriptor"


def test_patterns_of_shame_are_the_two_published_ones(graph: EmotionGraph) -> None:
    found = {p.source: p for p in graph.patterns("shame")}

    assert set(found) == {"cordaro-2018", "tracy-matsumoto-2008"}
    assert found["cordaro-2018"].codes == {"AU4", "AU17", "AU54"}
    assert [[a.code for a in group] for group in found["tracy-matsumoto-2008"].excluded] == [
        ["AU12"]
    ]


def test_alternatives_grades_sides_and_percents_are_kept(graph: EmotionGraph) -> None:
    patterns = {p.iri.rpartition("/")[2]: p for p in graph.index.patterns}

    variant = patterns["facs-2002-fear-variant-1"].required
    happy = patterns["du-2014-happy-p70-1"].optional
    assert [(a.code, a.side, a.grade) for a in variant[4]] == [
        ("AU20", "L", "*"),
        ("AU20", "R", "*"),
    ]
    assert [a.code for a in variant[5]] == ["AU25", "AU26", "AU27"]
    assert [(a.code, a.percent) for a in happy[0]] == [("AU6", 51)]


def test_compound_expressions_belong_to_no_single_concept(graph: EmotionGraph) -> None:
    blends = [p for p in graph.index.patterns if p.is_blend]

    assert len(blends) == 28
    assert all(len(p.concepts) == 2 for p in blends)
    assert not {p.iri for p in blends} & {
        p.iri for c in graph.emotions() for p in graph.patterns(c.slug)
    }


def test_concept_without_a_published_pattern_has_none(graph: EmotionGraph) -> None:
    assert graph.patterns("resentment") == ()


def test_smile_with_raised_cheeks_ranks_joy_first_with_its_rivals(graph: EmotionGraph) -> None:
    best, *others = graph.emotions_by_action_units(["AU6", "AU12"])

    assert best.concept.slug == "joy"
    assert (best.score, best.support, best.precision) == (1.0, 1.0, 1.0)
    assert best.met == ("AU12", "AU6")
    assert (best.missing, best.unseen, best.against) == ((), (), ())
    assert best.rivals == ("amusement", "desire")
    # desire needs 6 7 12 25: two of four met, both actions used: 2 * .5 * 1 / 1.5 = .6667
    desire = next(evidence for evidence in others if evidence.concept.slug == "desire")
    assert (desire.support, desire.precision, desire.score) == (0.5, 1.0, 0.6667)
    assert desire.missing == ("AU7", "AU25")


def test_action_some_source_excludes_halves_the_score_and_is_named(graph: EmotionGraph) -> None:
    found = graph.emotions_by_action_units(["AU54", "AU64", "AU12"])

    # Tracy and Matsumoto: shame is 54 64 and not 12. 2 * 1 * (2/3) / (5/3) / 2 = .4
    shame = next(evidence for evidence in found if evidence.concept.slug == "shame")
    assert shame.against == ("AU12",)
    assert shame.score == 0.4


def test_what_a_detector_cannot_report_is_unseen_and_not_missing(graph: EmotionGraph) -> None:
    def shame(detector: str | None) -> tuple[tuple[str, ...], tuple[str, ...], float]:
        found = graph.emotions_by_action_units([4, 17], detector=detector)
        best = next(evidence for evidence in found if evidence.concept.slug == "shame")
        return best.missing, best.unseen, best.support

    # Cordaro: shame is 4 17 54; OpenFace reports no head position.
    assert shame(None) == (("AU54",), (), 0.6667)
    assert shame("openface") == ((), ("AU54",), 1.0)


def test_action_that_is_shown_counts_as_seen_even_if_the_detector_does_not_list_it(
    graph: EmotionGraph,
) -> None:
    found = graph.emotions_by_action_units([4, 17, 54], detector="openface")

    shame = next(evidence for evidence in found if evidence.concept.slug == "shame")
    assert (shame.missing, shame.unseen, shame.support) == ((), (), 1.0)


def test_same_actions_in_any_writing_and_order_rank_the_same(graph: EmotionGraph) -> None:
    first = graph.emotions_by_action_units(["AU06", "AU12B", "AU6"])
    second = graph.emotions_by_action_units([12, "6"])

    assert first == second


@given(
    actions=st.sets(st.sampled_from([1, 2, 4, 5, 6, 7, 9, 10, 12, 15, 17, 20, 25, 26]), min_size=1)
)
def test_scores_lie_in_0_to_1_best_first_and_one_per_concept(
    graph: EmotionGraph, actions: set[int]
) -> None:
    found = graph.emotions_by_action_units(actions)

    scores = [evidence.score for evidence in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({evidence.concept.slug for evidence in found}) == len(found)
    assert all(set(evidence.met) <= {f"AU{n}" for n in actions} for evidence in found)


def test_limit_cuts_the_ranking_and_nothing_else(graph: EmotionGraph) -> None:
    everything = graph.emotions_by_action_units([1, 4])

    assert graph.emotions_by_action_units([1, 4], limit=2) == everything[:2]


def test_actions_no_pattern_asks_for_give_an_empty_ranking(graph: EmotionGraph) -> None:
    assert graph.emotions_by_action_units(["AU46"]) == []


def test_no_action_at_all_is_an_input_error(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected at least one facial action"):
        graph.emotions_by_action_units([])


def test_one_unknown_action_refuses_the_set(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="'AU999'"):
        graph.emotions_by_action_units(["AU6", "AU999"])


def test_detector_is_found_by_the_start_of_its_name(graph: EmotionGraph) -> None:
    # OpenFace reports 17 intensities and 18 presences; the longer list is meant.
    assert graph.detector("OpenFace").output == "presence"
    assert len(graph.detector("openface").codes) == 18
    assert graph.detector("py").name == "py-feat"


@pytest.mark.parametrize("name", ["", " ", "facereader"])
def test_unknown_detector_is_answered_with_the_known_ones(name: str, graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph.emotions_by_action_units([12], detector=name)

    assert "openface" in caught.value.nearest


# --- schemes and crosswalks -----------------------------------------------------------------------


def test_56_schemes_have_as_many_labels_as_they_say(graph: EmotionGraph) -> None:
    assert len(graph.schemes()) == 56
    assert len(graph.labels("goemotions")) == 28
    assert [label.name for label in graph.labels("ekman-6")] == [
        label.name for label in sorted(graph.labels("ekman-6"), key=lambda label: label.position)
    ]


def test_admiration_of_goemotions_has_a_home_outside_the_tree_and_a_published_fallback(
    graph: EmotionGraph,
) -> None:
    (label,) = [label for label in graph.labels("GoEmotions") if label.name == "admiration"]

    assert [(a.concept, a.relation) for a in label.anchors] == [("state/admiration", "exact")]
    assert (label.fallback, label.fallback_source) == ("joy", "goemotions")


def test_crosswalk_from_goemotions_to_ekman_says_how_each_label_crosses(
    graph: EmotionGraph,
) -> None:
    found = {
        crossing.label.name: (
            crossing.relation,
            [target.name for target in crossing.targets],
            crossing.via,
        )
        for crossing in graph.crosswalk("goemotions", "ekman-6")
    }

    assert len(found) == 28
    assert found["anger"] == ("exact", ["anger"], ("anger",))
    assert found["joy"] == ("exact", ["happiness"], ("joy",))
    assert found["grief"] == ("coarser", ["sadness"], ("grief", "sadness"))
    assert found["disgust"] == ("exact", ["disgust"], ("disgust",))
    assert found["disapproval"] == ("coarser", ["anger"], ("dislike", "anger"))
    assert found["curiosity"] == ("fallback", ["surprise"], ("surprise",))
    # Ekman's six have no love, and neutral is no emotion: nothing is squeezed in.
    assert found["love"] == found["neutral"] == found["caring"] == ("none", [], ())


def test_scheme_crosses_to_itself_without_loss_where_anchors_are_exact(graph: EmotionGraph) -> None:
    for crossing in graph.crosswalk("ekman-6", "ekman-6"):
        assert crossing.relation == "exact"
        assert crossing.targets == (crossing.label,)


def test_compound_label_crosses_by_its_parts(graph: EmotionGraph) -> None:
    (crossing,) = [
        crossing
        for crossing in graph.crosswalk("raf-db-compound", "ekman-6")
        if crossing.label.name.lower() == "happily surprised"
    ]

    assert crossing.relation == "close"
    assert {target.name for target in crossing.targets} == {"happiness", "surprise"}


def test_every_scheme_crosses_to_every_other_with_all_its_labels(graph: EmotionGraph) -> None:
    for source in graph.schemes():
        for target in graph.schemes():
            found = graph.crosswalk(source.name, target.name)
            assert [crossing.label for crossing in found] == list(source.labels)
            assert all((c.relation == "none") == (not c.targets) for c in found)


def test_unknown_scheme_is_answered_with_the_nearest(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph.crosswalk("goemotion", "ekman-6")

    assert "goemotions" in caught.value.nearest


# --- sources, SPARQL, immutability ----------------------------------------------------------------


def test_source_has_its_citation_and_licence(graph: EmotionGraph) -> None:
    source = graph.source("scott-2019")

    assert "Glasgow Norms" in source.citation
    assert source.licence == "CC BY 4.0"
    assert len(graph.sources()) >= 54


def test_unknown_source_is_answered_with_the_nearest(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError) as caught:
        graph.source("scot-2019")

    assert caught.value.nearest[0] == "scott-2019"


def test_version_is_the_packages(graph: EmotionGraph) -> None:
    assert graph.version == VERSION


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "CLEAR ALL",
        "LOAD <http://127.0.0.1:9/x>",
    ],
)
def test_update_is_refused_as_a_query_and_changes_nothing(update: str, graph: EmotionGraph) -> None:
    assert isinstance(graph.store, OxigraphStore)
    before = len(graph.store)

    with pytest.raises(QueryError):
        graph.sparql(update)

    assert len(graph.store) == before
    assert graph.sparql("ASK { <urn:a> ?p ?o }") is False


def test_values_that_lookups_return_cannot_be_changed(graph: EmotionGraph) -> None:
    values: list[object] = [
        graph.concept("dread"),
        graph.vad("dread")[0],
        graph.vad("dread")[0].mean,
        graph.action_unit(12),
        graph.patterns("shame")[0],
        graph.scheme("goemotions"),
        graph.labels("goemotions")[0],
        graph.opposites("joy")[0],
        graph.source("scott-2019"),
        graph.nearest(0, 0, 0)[0],
        graph.emotions_by_action_units([12])[0],
        graph.crosswalk("ekman-6", "ekman-7")[0],
    ]

    for value in values:
        name = fields(value)[0].name  # type: ignore[arg-type]
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


def test_values_are_equal_between_two_loads_and_hashable(graph: EmotionGraph) -> None:
    other = EmotionGraph.load()

    assert {*other.emotions(), *other.states()} == {*graph.emotions(), *graph.states()}
    assert set(other.schemes()) == set(graph.schemes())


def test_threads_that_share_a_fresh_graph_get_the_same_answers(graph: EmotionGraph) -> None:
    fresh = EmotionGraph.load()

    def look(_: int) -> tuple[object, ...]:
        return (
            fresh.concept("dread"),
            fresh.vad("dread"),
            fresh.nearest(-0.4, 0.7, -0.3),
            fresh.emotions_by_action_units([6, 12]),
            fresh.crosswalk("goemotions", "ekman-6"),
            fresh.sparql("ASK { ?s ?p ?o }"),
        )

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(look, range(24)))

    assert answers[0][0] == graph.concept("dread")
    assert all(answer == answers[0] for answer in answers)


def test_graph_can_be_loaded_from_a_file(tmp_path: Path, graph: EmotionGraph) -> None:
    from affectgraph.ontology.build import write_dumps

    write_dumps(tmp_path, names=("affectgraph.ttl",))

    loaded = EmotionGraph.load(tmp_path / "affectgraph.ttl")

    assert loaded.emotions() == graph.emotions()
    assert loaded.vad("dread") == graph.vad("dread")


def test_store_without_the_graph_is_refused_with_what_to_load() -> None:
    with pytest.raises(BackendError, match=r"holds no AffectGraph.*Load affectgraph\.nq"):
        EmotionGraph(OxigraphStore.from_bytes(b""))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.ttl", None, "expected an Oxigraph directory or an RDF file at"),
        ("graph.docx", b"x", "expected an RDF file"),
        ("graph.ttl", b"not turtle", "graph.ttl: "),
    ],
)
def test_location_that_holds_no_graph_is_a_backend_error(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BackendError, match=message) as caught:
        EmotionGraph.load(path)

    assert not caught.value.retryable
