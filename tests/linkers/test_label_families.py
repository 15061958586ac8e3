"""Words and longer labels that are made of known ones, and those that only look so."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.linkers.families import relatives


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize(
    ("label", "slug", "kind"),
    [
        ("ennui-ridden", "state/boredom", "derivation"),
        ("griefladen", "grief", "derivation"),
        ("envy-fuelled", "envy", "derivation"),
        ("woe-stricken", "woe", "derivation"),
        ("dread-inducing", "dread", "derivation"),
        ("irritatedness", "irritation", "derivation"),
        ("dreadingly", "dread", "derivation"),
    ],
)
def test_word_made_of_a_known_one_is_of_its_family(
    linker: LabelLinker, label: str, slug: str, kind: str
) -> None:
    found = linker.ground(label)

    assert found.concept is not None
    assert (found.concept.slug, found.candidates[0].evidence[0].kind) == (slug, kind)


@pytest.mark.parametrize(
    "word",
    ["debt-ridden", "water-filled", "planet-struck", "wetness", "cleverly", "heavy-laden", "ly"],
)
def test_word_made_of_another_word_is_of_no_family(linker: LabelLinker, word: str) -> None:
    assert relatives(word, linker.lexicon) == () or linker.ground(word).reason == "not_an_emotion"


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("adores her sister", "adoration"),
        ("hates this song", "hate"),
        ("hates himself", "hate"),
        ("taunting the player", "scorn"),
        ("beaming dad", "cheerfulness"),
        ("possessive boyfriend vibe", "jealousy"),
        ("true-blue supporter", "state/faithfulness"),
        ("haunted by it", "torment"),
        ("nod of respect", "state/respect"),
        ("yay friday", "jubilation"),
        ("misses her mother", "longing"),
        ("curious about the result", "state/curiosity"),
        ("petrified of heights", "terror"),
        ("crying uncontrollably", "sadness"),
        ("blushing furiously", "embarrassment"),
        ("trembling with anger", "anger"),
    ],
)
def test_label_turns_on_its_verb_its_adjective_its_cry_or_what_it_goes_with(
    linker: LabelLinker, label: str, slug: str
) -> None:
    concept = linker.ground(label).concept

    assert concept is not None
    assert concept.slug == slug


@pytest.mark.parametrize(
    "label",
    [
        "blue team",
        "good boy",
        "nice guy",
        "driving instructor",
        "possessive pronoun",
        "beaming lamp",
    ],
)
def test_adjective_of_a_thing_or_with_another_common_meaning_names_nothing(
    linker: LabelLinker, label: str
) -> None:
    assert linker.ground(label).candidates == ()


@pytest.mark.parametrize(
    "label",
    [
        "no discernible feeling",
        "none detected",
        "neither positive nor negative",
        "no emotion or feeling shown",
        "neutral reading voice",
        "emotionless",
        "expressionless",
        "shows no emotion",
        "nothing in particular",
        "lacks emotion",
    ],
)
def test_label_that_says_there_is_no_emotion_is_neutral(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status == "neutral"


@pytest.mark.parametrize(
    "label",
    ["none", "no", "lacks confidence", "no joy", "no milk", "nothing but tears", "none of it"],
)
def test_label_that_denies_something_else_is_not_neutral(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status != "neutral"
