"""Annotating texts: what is found where, denied or not, how surely, by whom; and hostile texts."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator, TextMention
from affectgraph.ontology.errors import InputError


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


def polarity(annotator: Annotator, text: str, word: str) -> str:
    return mention_of(annotator, text, word).polarity


def mention_of(annotator: Annotator, text: str, word: str) -> TextMention:
    start = text.index(word)
    (found,) = [m for m in annotator.annotate(text).mentions if m.start <= start < m.end]
    return found


# --- polarity -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I am not happy", "happy"),
        ("He is far from happy.", "happy"),
        ("I'm no longer afraid", "afraid"),
        ("I don't think he is angry", "angry"),
        ("She walked in without fear.", "fear"),
        ("There is nothing to be ashamed of.", "ashamed"),
        ("He was hardly happy about it.", "happy"),
        ("They were anything but furious.", "furious"),
        ("A life free of anger", "anger"),
        ("The lack of joy is striking", "joy"),
        ("I can't say I'm thrilled", "thrilled"),
        ("I\u2019m not jealous", "jealous"),
        ("You aren\u2019t lonely", "lonely"),
        ("Nobody is angry with you", "angry"),
        ("I'm not very happy", "happy"),
        ("She's not unhappy", "unhappy"),
        ("I never felt ashamed of it", "ashamed"),
        ("The fear is gone", "fear"),
        ("He stopped being jealous", "jealous"),
        ("Rather than anger, she met silence", "anger"),
        ("There was no trace of sadness in it", "sadness"),
        ("I was too tired to feel proud", "proud"),
        ("#NotHappy", "Happy"),
    ],
)
def test_denied_emotion_is_negated(annotator: Annotator, text: str, word: str) -> None:
    assert polarity(annotator, text, word) == "negated"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I've never been happier", "happier"),
        ("I couldn't be happier", "happier"),
        ("I could not be more proud of you", "proud"),
        ("No wonder she is angry", "angry"),
        ("No doubt he is jealous", "jealous"),
        ("She couldn't hide her joy", "joy"),
        ("It was not without fear that he went", "fear"),
        ("I don't know why she is so angry", "angry"),
        ("I can't tell you how happy I am", "happy"),
        ("I didn't get the job. I am sad", "sad"),
        ("He did not call, and I am furious", "furious"),
        ("I haven't slept because I'm so anxious", "anxious"),
        ("Never have I been so proud", "proud"),
        ("I can't wait, I'm so excited", "excited"),
        ("Nothing but joy", "joy"),
        ("Without you I am lonely", "lonely"),
        ("Why wouldn't I be angry?", "angry"),
    ],
)
def test_negator_that_denies_nothing_leaves_the_emotion_affirmed(
    annotator: Annotator, text: str, word: str
) -> None:
    assert polarity(annotator, text, word) == "affirmed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("happy, not sad", ["affirmed", "negated"]),
        ("not sad, happy", ["negated", "affirmed"]),
        ("neither angry nor sad", ["negated", "negated"]),
        ("not only angry but furious", ["affirmed", "affirmed"]),
        ("not just sad, heartbroken", ["affirmed", "affirmed"]),
        ("I'm not angry but sad", ["negated", "affirmed"]),
        ("not angry, sad or jealous", ["negated", "negated", "negated"]),
        ("She is proud although he is not happy", ["affirmed", "negated"]),
        ("not angry and not sad", ["negated", "negated"]),
        ("not so much angry as sad", ["negated", "affirmed"]),
        ("sad. Not angry.", ["affirmed", "negated"]),
    ],
)
def test_scope_ends_with_its_clause(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert [m.polarity for m in annotator.annotate(text).mentions] == expected


def test_negated_emotion_asserts_no_other(annotator: Annotator) -> None:
    annotation = annotator.annotate("I am not happy")

    assert annotation.mentions[0].concept.slug == "happiness"
    assert annotation.emotions.shares["neutral"] == 1
    assert annotation.emotions.parts == ()
    assert annotation.vad is None


def test_cues_are_pieces_of_the_text(annotator: Annotator) -> None:
    text = "Maybe she is no longer very afraid"
    mention = mention_of(annotator, text, "afraid")

    assert mention.polarity_cue is not None
    assert mention.polarity_cue.quote == "no longer"
    assert mention.intensity_cue is not None
    assert mention.intensity_cue.quote == "very"
    assert mention.certainty == "hedged"
    assert mention.certainty_cue is not None
    assert mention.certainty_cue.quote == "Maybe"


# --- intensity, certainty, experiencer, role ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "grade"),
    [
        ("He is slightly annoyed", "annoyed", "slight"),
        ("He is a bit sad", "sad", "slight"),
        ("He is sad", "sad", "plain"),
        ("He is very sad", "sad", "strong"),
        ("He is extremely sad", "sad", "extreme"),
        ("I've never been happier", "happier", "extreme"),
        ("so SAD", "SAD", "strong"),
    ],
)
def test_words_of_degree_grade_an_emotion(
    annotator: Annotator, text: str, word: str, grade: str
) -> None:
    mention = mention_of(annotator, text, word)

    assert mention.grade == grade
    assert 0 <= mention.intensity <= 2


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("She is angry", "angry", "certain"),
        ("She seems angry", "angry", "hedged"),
        ("Perhaps he is jealous", "jealous", "hedged"),
        ("She might be jealous", "jealous", "hedged"),
        ("If I were jealous, I'd say so", "jealous", "hypothetical"),
        ("I would be furious", "furious", "hypothetical"),
        ("Are you angry?", "angry", "hypothetical"),
        ("She was furious", "furious", "past"),
        ("I used to be jealous", "jealous", "past"),
    ],
)
def test_words_around_tell_how_sure_an_emotion_is(
    annotator: Annotator, text: str, word: str, certainty: str
) -> None:
    assert mention_of(annotator, text, word).certainty == certainty


@pytest.mark.parametrize(
    ("text", "word", "experiencer"),
    [
        ("My brother is neither angry nor sad.", "angry", "My brother"),
        ("I'm angry", "angry", "I"),
        ("My sister is furious", "furious", "My sister"),
        ("Her anger faded", "anger", "Her"),
        ("Anna is jealous", "jealous", "Anna"),
        ("It makes me sad", "sad", "me"),
        ("Joy to the world", "Joy", None),
    ],
)
def test_feeler_is_found_by_surface_rules_or_not_at_all(
    annotator: Annotator, text: str, word: str, experiencer: str | None
) -> None:
    found = mention_of(annotator, text, word).experiencer

    assert (found.quote if found is not None else None) == experiencer


def test_role_tells_the_feeler_from_the_cause(annotator: Annotator) -> None:
    feeler, cause = annotator.annotate("a terrified man, a terrifying noise").mentions

    assert (feeler.role, cause.role) == ("state", "stimulus")


# --- ordinary senses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "No wonder the train is late.",
        "It looks like rain.",
        "The content of the page is protected.",
        "That works well for me.",
        "What kind of bread is this?",
        "Sorry to interrupt, which room is it?",
        "The patient was seen at nine.",
        "Cold weather is on its way.",
        "Please find the invoice attached.",
        "Happy birthday!",
        "Happy to help.",
        "The interest rate went up.",
        "The shock absorber is worn.",
        "He took sick leave in May.",
        "The blue car is parked outside.",
        "I'm afraid we're out of stock.",
        "The Great Depression began in 1929.",
        "See the table in section 2.",
        "http://example.org/a:/b",
        "",
        "   ",
    ],
)
def test_ordinary_use_of_an_emotion_word_is_not_marked(annotator: Annotator, text: str) -> None:
    assert annotator.annotate(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "quote", "slug"),
    [
        ("I feel content", "content", "contentment"),
        ("She is mad at me", "mad", "anger"),
        ("I miss you", "miss", "longing"),
        ("He sighed with relief", "relief", "relief"),
        ("I felt hurt", "hurt", "hurt"),
        ("I am sorry for your loss", "sorry for your loss", "sympathy"),
    ],
)
def test_context_of_a_feeler_lets_an_ambiguous_word_count(
    annotator: Annotator, text: str, quote: str, slug: str
) -> None:
    assert mention_of(annotator, text, quote).concept.slug == slug


def test_ambiguous_words_come_marked_if_asked_for(graph: EmotionGraph) -> None:
    (mention,) = Annotator(graph, ambiguous=True).annotate("The content is new").mentions

    assert (mention.quote, mention.is_ambiguous) == ("content", True)


# --- matching -------------------------------------------------------------------------------------


def test_every_occurrence_has_its_exact_place(annotator: Annotator) -> None:
    text = "joy, \U0001f600 joy and JOY"
    found = annotator.annotate(text).mentions

    assert [(m.start, m.end) for m in found if m.quote.lower() == "joy"] == [
        (0, 3),
        (7, 10),
        (15, 18),
    ]


def test_longest_match_wins_unless_overlaps_are_asked_for(
    graph: EmotionGraph, annotator: Annotator
) -> None:
    text = "a grief-stricken man"

    assert [m.quote for m in annotator.annotate(text).mentions] == ["grief-stricken"]
    overlapping = Annotator(graph, overlapping=True).annotate(text).mentions
    assert {"grief-stricken", "grief"} <= {m.quote for m in overlapping}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He lost his temper", "lost his temper"),
        ("Her heart sank", "heart sank"),
        ("We are over the moon", "over the moon"),
        ("sooo happyyy", "happyyy"),
        ("#sad day", "sad"),
        ("I love it \u2764\ufe0f", "\u2764\ufe0f"),
        ("great :(", ":("),
    ],
)
def test_phrases_signs_and_drawn_out_words_are_found(
    annotator: Annotator, text: str, quote: str
) -> None:
    assert quote in [m.quote for m in annotator.annotate(text).mentions]


def test_letters_of_a_longer_word_are_no_mention(annotator: Annotator) -> None:
    assert annotator.annotate("joystick, hangersad, unsadly").mentions == ()


# --- what a text sums up to -----------------------------------------------------------------------


def test_emotions_are_shares_explained_by_parts(annotator: Annotator) -> None:
    emotions = annotator.annotate("I am furious and I am afraid").emotions

    assert emotions.shares["anger"] == pytest.approx(0.5)
    assert emotions.shares["fear"] == pytest.approx(0.5)
    assert sum(emotions.shares.values()) == pytest.approx(1)
    assert sum(part.share for part in emotions.parts) == pytest.approx(1)
    assert {part.mention.quote for part in emotions.parts} == {"furious", "afraid"}


def test_vad_is_the_mean_of_its_parts_with_their_origins(annotator: Annotator) -> None:
    vad = annotator.annotate("joy and fear").vad

    assert vad is not None
    assert {part.value.origin for part in vad.parts} == {"glasgow"}
    assert sum(part.weight for part in vad.parts) == pytest.approx(1)
    expected = sum(part.value.mean.valence * part.weight for part in vad.parts)
    assert vad.mean.valence == pytest.approx(expected, abs=1e-6)


# --- batches and hostile input --------------------------------------------------------------------


def test_batch_gives_what_single_texts_give_in_any_order(annotator: Annotator) -> None:
    texts = ["not happy", "", "so sad", "not happy"]

    assert annotator.annotate_many(texts) == [annotator.annotate(text) for text in texts]
    assert annotator.annotate_many(texts[::-1])[::-1] == annotator.annotate_many(texts)


@pytest.mark.parametrize(("between", "found"), [(8, 1), (9, 0), (5_000, 0)])
def test_phrases_are_looked_for_past_so_many_words_and_no_more(
    annotator: Annotator, between: int, found: int
) -> None:
    # Without an end "is is is ..." is walked to its end from each of its words.
    text = f"She is over {'so ' * between}the moon."

    quotes = [m.quote for m in annotator.annotate(text).mentions]

    assert quotes == [text[len("She is ") : -1]] * found


@pytest.mark.parametrize("wrong", [None, 3, b"sad", ["sad"], 1.5])
def test_what_is_no_text_is_refused_by_type(annotator: Annotator, wrong: object) -> None:
    with pytest.raises(InputError, match=f"Expected a text as str, got {type(wrong).__name__}"):
        annotator.annotate(wrong)  # type: ignore[arg-type]


def test_batch_names_the_position_of_what_is_no_text(annotator: Annotator) -> None:
    with pytest.raises(InputError, match="NoneType at position 1"):
        annotator.annotate_many(["sad", None])  # type: ignore[list-item]


def test_single_text_is_refused_as_a_batch(annotator: Annotator) -> None:
    with pytest.raises(InputError, match="Use annotate for one text"):
        annotator.annotate_many("sad")


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 sad \udfff",  # lone surrogates
        "\u05d0\u05e0\u05d9 sad \u05e2\u05e6\u05d5\u05d1",  # right to left
        "\u200dsad\u200d",  # zero-width joiners
        "sad\x00",
        "\u0130\u0130 sad",  # letters whose lower case is longer
        "\ufeffsad",
    ],
)
def test_strange_characters_move_no_offset(annotator: Annotator, text: str) -> None:
    (mention,) = annotator.annotate(text).mentions

    assert text[mention.start : mention.end] == mention.quote == "sad"


@pytest.mark.parametrize(
    "text",
    ["I don`t feel happy.", "I don\uff07t feel happy", "I don\u02bct feel happy", "#ICan'tBeHappy"],
)
def test_denial_is_read_whatever_stands_for_the_apostrophe(annotator: Annotator, text: str) -> None:
    (mention,) = annotator.annotate(text).mentions

    assert (mention.quote.lower(), mention.polarity) == ("happy", "negated")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I\u02bcm sad", "I"),
        ("I`m sad", "I"),
        ("Anna's sister is sad", "Anna's sister"),
        ("#Pr\u00e9Happy", "Pr\u00e9"),
    ],
)
def test_who_feels_it_is_named_without_a_verb_joined_to_it(
    annotator: Annotator, text: str, who: str
) -> None:
    (mention,) = annotator.annotate(text).mentions

    assert mention.experiencer is not None
    assert mention.experiencer.quote == who
    assert text[mention.experiencer.start : mention.experiencer.end] == who


def test_letters_with_marks_of_their_own_are_part_of_a_word(annotator: Annotator) -> None:
    assert (
        annotator.annotate("sad\u030ca is here").mentions == ()
    )  # a name: "sa\u010fa", taken apart


@pytest.mark.parametrize("texts", [None, 5, {"I am sad"}, {"I am sad": 1}])
def test_texts_without_an_order_are_refused(annotator: Annotator, texts: Any) -> None:
    with pytest.raises(InputError, match="texts in order"):
        annotator.annotate_many(texts)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "not " * 50_000,
        "sad, " * 20_000,
        ":(" * 50_000,
        "#" * 100_000,
        # each took a look at the whole text for each mention once: hours at these lengths
        "the ANGER was at the bank of stones. " * 20_000,
        "I am sad and we talked. " * 20_000 + " :",
        "less sad " * 20_000,
    ],
)
def test_long_monotonous_text_is_read_to_its_end(annotator: Annotator, text: str) -> None:
    found = annotator.annotate(text).mentions

    assert all(text[m.start : m.end] == m.quote for m in found)


@given(st.text(max_size=200))
def test_mentions_of_any_text_are_exact_ordered_and_apart(annotator: Annotator, text: str) -> None:
    found = annotator.annotate(text).mentions

    assert all(text[m.start : m.end] == m.quote for m in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@given(
    st.lists(
        st.sampled_from(
            """not , . happy sad no but and never so I am he is without :( # less than more SAD none of at
            point expected to be would have been if had since ; ? wish used once the used anymore""".split()
        )
    )
)
def test_words_of_emotion_and_denial_in_any_order_are_read(
    annotator: Annotator, words: list[str]
) -> None:
    annotation = annotator.annotate(" ".join(words))

    assert len([m for m in annotation.mentions if m.quote in {"happy", "sad"}]) == sum(
        word in {"happy", "sad"} for word in words
    )
    assert sum(annotation.emotions.shares.values()) == pytest.approx(1)
