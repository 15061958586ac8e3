"""Whether a word of emotion is meant where it stands: each kind of evidence, with a twin where it is."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator
from affectgraph.linkers.annotation.people import is_noun, names_person, names_thing, nouns
from affectgraph.linkers.annotation.stems import inflects
from affectgraph.linkers.annotation.uses import OTHER, OTHER_BEFORE, parse_pattern, use_of


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


def quotes(annotator: Annotator, text: str) -> list[str]:
    return [mention.quote.lower() for mention in annotator.annotate(text).mentions]


# --- the table of uses ----------------------------------------------------------------------------


def test_use_of_a_word_is_read_with_its_combinations() -> None:
    use = use_of("panic")

    assert use is not None
    assert use.usual == "mostly"
    assert use.combinations(["kernel", "panic"], 1, 2) == OTHER_BEFORE
    assert use.combinations(["panic", "buttons"], 0, 1) == OTHER
    assert use.combinations(["panic", "spread"], 0, 1) == 0


def test_word_outside_the_table_has_no_use() -> None:
    assert use_of("table") is None


def test_form_with_a_hyphen_is_found_without_it() -> None:
    assert use_of("self doubt") == use_of("self-doubt") is not None


@pytest.mark.parametrize(
    ("pattern", "words", "place", "fits"),
    [
        ("_ absorber", ["shock", "absorbers"], 0, True),
        ("_ absorber", ["shock"], 0, False),
        ("fire/smoke _ bell", ["smoke", "alarm", "bell"], 1, True),
        ("fire/smoke _ bell", ["my", "alarm", "bell"], 1, False),
        ("a look of _", ["a", "look", "of", "fear"], 3, True),
        ("a look of _", ["look", "of", "fear"], 2, False),
    ],
)
def test_pattern_fits_by_stems_around_the_word(
    pattern: str, words: list[str], place: int, fits: bool
) -> None:
    (parsed,) = parse_pattern(pattern)

    assert parsed.fits(words, place, place + 1) == fits


@pytest.mark.parametrize("pattern", ["kernel panic", "_ by _", "_", ""])
def test_pattern_without_one_place_or_words_beside_it_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="Expected"):
        parse_pattern(pattern)


def test_only_words_of_open_classes_make_a_pattern_telling() -> None:
    assert parse_pattern("tears of _")[0].is_telling
    assert not parse_pattern("so _")[0].is_telling


# --- persons and things ---------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["she", "i'm", "widow", "engineers", "nurse's", "crowd", "who"])
def test_word_of_a_person_is_known(word: str) -> None:
    assert names_person(word)


@pytest.mark.parametrize("word", ["it", "cable", "printer", "server", "are", "does", "table's"])
def test_word_of_no_person_is_none(word: str) -> None:
    assert not names_person(word)


def test_things_and_other_nouns_are_told_apart() -> None:
    assert names_thing("bottles")
    assert not names_thing("hope")
    assert is_noun("cards")
    assert not is_noun("does")
    assert not nouns().persons & nouns().things


@pytest.mark.parametrize(
    ("word", "base", "expected"),
    [("hated", "hate", True), ("hat", "hate", False), ("wept", "weep", True), ("a", "b", False)],
)
def test_form_of_a_word_is_told_from_one_that_looks_alike(
    word: str, base: str, *, expected: bool
) -> None:
    assert inflects(word, base) == expected


# --- twins ----------------------------------------------------------------------------------------

TWINS = [
    # combinations of the table
    ("The panic button is under the desk", "Panic spread through the city", "panic"),
    ("The electric shock was 40 volts", "I am still in shock", "shock"),
    ("He pleaded guilty to theft", "She feels guilty about it", "guilty"),
    ("The content of the file", "He is content with his life", "content"),
    ("Happy birthday!", "Happy to be home, she smiled", "happy"),
    ("We are happy to help", "They were happy to be home", "happy"),
    ("I'm afraid we're closed", "I'm afraid of dogs", "afraid"),
    ("I would like a table for two", "I like him a lot", "like"),
    # a noun that describes a noun, and one that somebody has
    ("The shop sells sympathy cards", "Her sympathy meant a lot", "sympathy"),
    ("the fear spell lasts 8 seconds", "my fear lasts all night", "fear"),
    ("The relief driver takes over here", "What a relief, she said", "relief"),
    ("the enrage timer ends at six", "it will enrage my boss", "enrage"),
    # said of a thing
    ("The solution is agitated for an hour", "The visitor is agitated", "agitated"),
    ("The sea was calm", "The pilot was calm", "calm"),
    ("A sad iron is made of metal", "A sad child sat there", "sad"),
    ("The alarm is visible from the road", "Alarm is visible in her face", "alarm"),
    ("Any alarm in the kitchen is loud", "They denied any alarm", "alarm"),
    ("The sign points to an amusement park", "The tone points to amusement", "amusement"),
    ("There is a reason for the bitter taste", "She has good reason to be bitter", "bitter"),
    # only mentioned
    ("The word happiness has nine letters", "Her happiness lasted nine days", "happiness"),
    ("How do you spell embarrassed?", "Were you embarrassed?", "embarrassed"),
    ('The noun "anger" is Norse', "Her anger was cold", "anger"),
    ("There are six classes: anger, fear, joy and more", "She feels anger, fear, joy", "fear"),
    ("Sort by the sadness column", "Tears of sadness ran down", "sadness"),
    ("the file fear.csv is large", "the fear is large", "fear"),
    ("it calls panic() and stops", "they panic and stop", "panic"),
    ("set $joy_level to 3", "set your heart to joy", "joy"),
    ("open fear.csv and look", "I was sad.but I am fine", "sad"),
    ("see example.org/joy/index.html", "see the joy in his eyes", "joy"),
    ("The merry-go-round is closed", "We are merry tonight", "merry"),
    ("The sad face emoji is new", "Her sad face is new", "sad"),
    # names, titles, abbreviations
    ("Misery is a 1987 novel", "Misery is what I feel", "misery"),
    ("Fear and Trembling appeared in 1843", "Fear and shame kept me at home", "fear"),
    ("They sailed on HMS Furious", "They were furious", "furious"),
    ("SAD stands for sum of absolute differences", "I am so SAD today", "sad"),
    ("spaCy splits the text", "he is a bit spacy today", "spacy"),
    # forms that only look like it
    ("a hat on his head", "they hate on him", "hate on"),
    ("The hot tap is on the left", "She has the hots for him", "the hots"),
    ("def f(x): return x", "I am ill ):", "):"),
]


@pytest.mark.parametrize(("ordinary", "meant", "word"), TWINS)
def test_ordinary_use_is_not_marked_and_its_twin_is(
    annotator: Annotator, ordinary: str, meant: str, word: str
) -> None:
    assert quotes(annotator, ordinary) == []
    assert any(word in quote for quote in quotes(annotator, meant))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Love this!", "love"),
        ("Proud of the team", "proud of"),
        ("Absolutely fuming.", "fuming"),
        ("The ending was sad", "sad"),
        ("What a boring film", "boring"),
        ("There was no joy in the house", "joy"),
        ("The voice is full of contempt", "contempt"),
        ("Raised brows and wide eyes suggest surprise", "surprise"),
        ("The tenants, tense and silent, waited", "tense"),
        ("They were far from glad, if anything bitter", "bitter"),
        ("She hugged the old dog", "hugged"),
        ("They respect her", "respect"),
        ("The queue made me cross", "cross"),
        ("Satisfied? Never.", "satisfied"),
        ("Officials denied any alarm", "alarm"),
        ("Alarm is visible in her eyes", "alarm"),
        ("The smile points to amusement", "amusement"),
        ("He has every reason to be bitter", "bitter"),
    ],
)
def test_word_with_a_sign_of_feeling_is_marked(annotator: Annotator, text: str, word: str) -> None:
    assert word in quotes(annotator, text)


def test_ordinary_words_come_with_a_flag_if_asked_for(graph: EmotionGraph) -> None:
    (mention,) = Annotator(graph, ambiguous=True).annotate("The panic button").mentions

    assert (mention.quote, mention.is_ambiguous) == ("panic", True)
