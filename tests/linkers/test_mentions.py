"""Emotion words in running text: exact offsets, longest match, weak words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Lexicon, Mention, find_mentions, names_feeling

WORDS = {
    "joy": "joy",
    "Angry": "anger",
    "fears": "fear",
    "WORRIED": "worry",
    "grief-stricken": "grief",
    "aesthetic appreciation": "state/aesthetic-appreciation",
    "table": "",
}
FEELINGS = sorted(word for word, slug in WORDS.items() if slug)

# Letters, marks, an emoji of two code points and letters beyond the basic plane; no emotion word.
junk = st.text(
    " \n\t.,;:!?()[]{}\"'/\\\u2026\u2019\u60b2\U0001f600\U0001d4d0\u200d\ufe0f0123456789-",
    max_size=12,
)


@pytest.fixture(scope="module")
def lexicon(graph: EmotionGraph) -> Lexicon:
    return Lexicon(graph)


def slugs(mentions: list[Mention]) -> list[str]:
    return [mention.concept.slug for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is angry and he fears it.", ["anger", "fear"]),
        ("joy, joy, joy", ["joy", "joy", "joy"]),
        ("Grief-stricken and lonely", ["grief", "loneliness"]),
        ("a feeling of aesthetic appreciation", ["state/aesthetic-appreciation"]),
        ("no anger, not happy", ["anger", "happiness"]),  # denial is not decided here
        ("the river and the table", []),
        ("joystick, angrier", ["anger"]),
        ("anger2, 2anger", ["anger", "anger"]),
        ("ANGER", ["anger"]),
        ("anger/fear", ["anger", "fear"]),
        ("self\u2019s anger", ["anger"]),
        ("", []),
        ("   ", []),
        ("\u60b2\u4f24", []),
    ],
)
def test_emotion_words_are_found_in_order(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert slugs(find_mentions(text, lexicon)) == expected


def test_longest_match_wins_over_its_parts(lexicon: Lexicon) -> None:
    (mention,) = find_mentions("His emotional numbness is a fact.", lexicon, weak=True)

    assert mention.quote == "emotional numbness"
    assert mention.concept.slug == "state/emotional-numbness"


def test_phrase_of_two_words_is_one_mention(lexicon: Lexicon) -> None:
    (mention,) = find_mentions("aesthetic appreciation", lexicon)

    assert (mention.start, mention.end) == (0, 22)


def test_phrase_is_found_over_a_line_break(lexicon: Lexicon) -> None:
    (mention,) = find_mentions("aesthetic\nappreciation", lexicon)

    assert mention.quote == "aesthetic\nappreciation"


@pytest.mark.parametrize("word", ["active", "content", "bitter", "strong", "like", "please"])
def test_weak_word_is_found_on_demand_only(lexicon: Lexicon, word: str) -> None:
    text = f"It is {word} here"

    assert find_mentions(text, lexicon) == []
    assert [m.quote for m in find_mentions(text, lexicon, weak=True)] == [word]


def test_weak_words_come_beside_the_others_and_not_instead(lexicon: Lexicon) -> None:
    text = "angry and content"

    assert slugs(find_mentions(text, lexicon, weak=True)) == ["anger", "contentment"]
    assert slugs(find_mentions(text, lexicon)) == ["anger"]


@pytest.mark.parametrize("word", ["smile", "laughs", "frowning", "thanks", "shrug", "weeping"])
def test_act_or_expression_names_no_feeling(lexicon: Lexicon, word: str) -> None:
    assert find_mentions(word, lexicon, weak=True, keep=names_feeling) == []
    assert len(find_mentions(word, lexicon, weak=True)) == 1


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("sad", "sadness"),  # a state
        ("adores", "adoration"),  # the verb of a state's name
        ("terrifying", "terror"),  # what makes somebody feel it
        ("cowardly", "fear"),  # a tendency to feel it
        ("over the moon", "elation"),
    ],
)
def test_word_that_names_a_feeling_does(lexicon: Lexicon, word: str, slug: str) -> None:
    (mention,) = find_mentions(word, lexicon, keep=names_feeling)

    assert mention.concept.slug == slug


def test_mention_tells_whether_its_word_is_weak(lexicon: Lexicon) -> None:
    found = find_mentions("angry and content", lexicon, weak=True)

    assert [mention.is_weak for mention in found] == [False, True]


def test_role_tells_the_feeler_from_the_cause(lexicon: Lexicon) -> None:
    feeler, cause = find_mentions("a terrified man, a terrifying noise", lexicon)

    assert (feeler.role, cause.role) == ("state", "stimulus")
    assert feeler.concept == cause.concept


def test_word_of_two_concepts_carries_both(lexicon: Lexicon) -> None:
    (mention,) = find_mentions("She is sorry.", lexicon, weak=True)

    assert {concept.slug for concept in mention.concepts} == {"regret", "sympathy"}
    assert mention.concept == mention.concepts[0]


@given(st.lists(st.tuples(junk, st.sampled_from(FEELINGS)), max_size=6), junk)
def test_every_word_is_found_at_its_exact_place(
    lexicon: Lexicon, pieces: list[tuple[str, str]], tail: str
) -> None:
    text, expected = "", []
    for gap, word in pieces:
        text += f"{gap} . "  # a stop on each side, so that hyphens and quotes join nothing
        expected.append((len(text), len(text) + len(word), WORDS[word]))
        text += f"{word} . "
    text += tail

    found = find_mentions(text, lexicon)

    assert [(m.start, m.end, m.concept.slug) for m in found] == expected
    assert all(text[m.start : m.end] == m.quote for m in found)


@given(st.text(max_size=300))
def test_mentions_of_any_text_are_exact_ordered_and_apart(lexicon: Lexicon, text: str) -> None:
    found = find_mentions(text, lexicon, weak=True)

    assert all(text[m.start : m.end] == m.quote for m in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=20))
def test_weak_search_finds_all_that_plain_search_finds(lexicon: Lexicon, words: list[str]) -> None:
    text = " ".join(words)

    assert set(find_mentions(text, lexicon)) <= set(find_mentions(text, lexicon, weak=True))
