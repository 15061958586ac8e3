"""Phrases of the vocabulary in other words for who, when and what; and plain phrases that look like them."""

import doctest

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker, phrase_patterns
from affectgraph.linkers.idioms import Idioms
from affectgraph.linkers.phrase_patterns import patterns, stem, tokens


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize(
    ("label", "matched"),
    [
        # verbs in any form, owners and selves as anybody
        ("looks down his nose", "look down one's nose at"),
        ("kicking myself", "kick oneself"),
        ("blew her top", "blow one's top"),
        ("made the whole team's blood boil", "make someone's blood boil"),
        ("got on everyone's nerves", "get on one's nerves"),
        ("slept with one eye open", "sleep with one eye open"),
        ("cried her eyes out", "cry one's eyes out"),
        # light verbs, and none
        ("felt a lump in his throat", "get a lump in one's throat"),
        ("has cold feet", "get cold feet"),
        ("bygones be bygones", "let bygones be bygones"),
        ("came as a bolt from the blue", "bolt from the blue"),
        # comparisons with one "as", two, and none
        ("was as happy as Larry", "happy as larry"),
        ("went as red as a beetroot", "red as a beetroot"),
        ("like a cat on hot bricks", "like a cat on hot bricks"),
        # the verb behind what it is done to
        ("his feathers were ruffled", "ruffle someone's feathers"),
        ("had the wind taken out of his sails", "take the wind out of someone's sails"),
        # spellings
        ("didn't give a monkey's", "not give a monkey's"),
        ("couldn't make head or tail of it", "can't make head or tail of"),
    ],
)
def test_phrase_is_found_in_other_words_for_who_and_when(
    linker: LabelLinker, label: str, matched: str
) -> None:
    found = linker.ground(label)

    assert found.status == "linked"
    assert found.candidates[0].evidence[0].matched == matched


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("had a crush on his teacher", "infatuation"),
        ("had a soft spot for strays", "fondness"),
        ("looked down on her neighbours", "contempt"),
        ("kicked herself afterwards", "regret"),
        ("fell head over heels for him", "infatuation"),
        ("sick of this nonsense", "exasperation"),
        ("took a shine to the newcomer", "liking"),
        ("fed up with the noise", "annoyance|frustration|exasperation"),
        ("over the moon about the baby", "elation"),
        ("in seventh heaven after the news", "bliss"),
        ("found light at the end of the tunnel", "hope"),
        ("took a trip down memory lane", "sentimentality"),
        ("lost his cool in traffic", "anger"),
    ],
)
def test_phrase_may_have_an_object_or_a_circumstance_behind_it(
    linker: LabelLinker, label: str, slug: str
) -> None:
    found = linker.ground(label)

    assert found.concept is not None
    assert found.concept.slug in slug.split("|")
    assert found.candidates[0].evidence[0].kind in {"phrase", "weak"}


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("weighed down with sorrow", "sorrow"),
        ("voice trembling with fear", "fear"),
    ],
)
def test_feeling_that_a_phrase_goes_with_counts_before_the_phrase(
    linker: LabelLinker, label: str, slug: str
) -> None:
    concept = linker.ground(label).concept

    assert concept is not None
    assert concept.slug == slug


@pytest.mark.parametrize(
    "label",
    """crushed grapes|crush the garlic|kicked the ball|kicked out of school|kick the tyres
    looked down the well|look up the word|bolt of cloth|double the amount|heels of the shoes
    head of lettuce|put the box down|put the kettle on|turn on the light|gave up the seat|blew up the balloon
    broke down the door|hit the road|saw a red car|walked on the path|end of the rope
    at the end of the road|on the edge of town|under the weather station|got a goat|hands on the wheel
    lump of sugar|lump in the mattress|light at the end of the street|let the dog out|let down the drawbridge
    hold on to the rail|ran out of milk|stuck to the wall|rub the lamp|ate her sandwich
    butterflies in the garden|chip on the plate|black and white photograph|moved to Paris
    closed by the police|occupied by students""".replace("\n    ", "|").split("|"),
)
def test_plain_phrase_is_not_taken_for_one_that_it_shares_words_with(
    linker: LabelLinker, label: str
) -> None:
    assert linker.ground(label).candidates == ()


@pytest.mark.parametrize(
    "label", ["not over the moon", "never blew his top", "didn't blow his top"]
)
def test_denied_phrase_names_nothing(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).candidates == ()


def test_phrase_of_a_saying_stays_as_it_is(linker: LabelLinker) -> None:
    assert linker.ground("eat your heart out").candidates[0].concept.slug == "pride"
    assert linker.ground("eating her heart out").candidates[0].concept.slug == "envy"
    assert linker.ground("good for the team").candidates == ()


def test_participle_of_a_noun_phrase_is_no_verb(linker: LabelLinker) -> None:
    idioms = Idioms(linker.lexicon)

    found = idioms.look_up("breaks the heart", without="break someone's heart")
    assert found is None or all(entry.form != "broken heart" for entry in found.entries)


def test_phrase_can_be_hidden_for_measuring(linker: LabelLinker) -> None:
    idioms = Idioms(linker.lexicon)

    assert idioms.look_up("holding a grudge") is not None
    assert idioms.look_up("holding a grudge", without="hold a grudge") is None


def test_rest_of_a_match_is_what_follows_the_phrase(linker: LabelLinker) -> None:
    found = Idioms(linker.lexicon).look_up("walked on air after the exam")

    assert found is not None
    assert not found.is_whole
    assert found.rest == ("after", "exam")


@pytest.mark.parametrize("form", ["", "joy", "the a an", "of it", "x " * 40, "\ud800 joy", "' ' '"])
def test_form_without_words_to_compare_matches_nothing(linker: LabelLinker, form: str) -> None:
    assert Idioms(linker.lexicon).look_up(form) is None


def test_tokens_drop_articles_and_degree_and_keep_denials() -> None:
    assert tokens("she isn't so very at the end of it") == ["she", "not", "at", "end", "of", "it"]


def test_stems_of_irregular_forms_agree() -> None:
    assert stem("swept") == stem("sweeping")
    assert stem("wits'") == stem("wit's")
    assert stem("hearted") != stem("heart")


def test_phrase_of_function_words_has_no_pattern() -> None:
    assert list(patterns("be into it")) == []


def test_phrase_with_a_place_for_an_object_is_open() -> None:
    assert [p.is_open for p in patterns("have a crush on")] == [True]


def test_examples_of_the_module_run() -> None:
    assert doctest.testmod(phrase_patterns).failed == 0
