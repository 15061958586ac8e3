"""Names of facial actions and everyday phrases for them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.face_phrases import PhraseBook, content_stems, stem


@pytest.fixture(scope="module")
def book(graph: EmotionGraph) -> PhraseBook:
    return PhraseBook(graph)


def codes(book: PhraseBook, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.start : m.end], m.meaning.all_codes) for m in book.find(text)]


@pytest.mark.parametrize(
    "words",
    [
        ("raise", "raised", "raises", "raising", "Raiser"),
        ("brow", "brows", "eyebrow", "eyebrows"),
        ("lid", "lids", "eyelid", "eyelids"),
        ("nostril", "nostrils"),
        ("up", "upward"),
        ("dip", "dipped", "dipping"),
    ],
)
def test_forms_of_one_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("lip", "lid"), ("brow", "blow"), ("raise", "rise")])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_without_content_carry_no_stem() -> None:
    assert content_stems("the man's brows are very slightly raised") == content_stems("brow raise")
    assert content_stems("is the of in") == ()
    assert content_stems("") == ()


def every_name(graph: EmotionGraph) -> list[tuple[str, str]]:
    return [
        (unit.code, name)
        for unit in graph.index.units.values()
        for name in (unit.name, *unit.aliases)
    ]


def test_every_name_and_alias_of_a_unit_names_a_unit(graph: EmotionGraph, book: PhraseBook) -> None:
    assert [name for _, name in every_name(graph) if book.name(name) is None] == []


def test_every_name_and_alias_names_its_own_unit(graph: EmotionGraph, book: PhraseBook) -> None:
    named = {name: book.name(name) for _, name in every_name(graph)}

    wrong = [
        (code, name)
        for code, name in every_name(graph)
        if (meaning := named[name]) is not None and code not in meaning.all_codes
    ]

    assert wrong == []


def test_every_cue_phrase_stands_for_one_of_its_codes(
    graph: EmotionGraph, book: PhraseBook
) -> None:
    lost = [
        cue.phrase
        for cue in graph.index.cues
        if "tight" not in cue.phrase  # these have a test of their own
        if (meaning := book.name(cue.phrase)) is None
        or meaning.is_present != cue.is_present
        or not {*cue.codes, *cue.any_of} & set(meaning.all_codes)
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("lips tightly closed", {"AU23", "AU24"}),
        ("tightly closed mouth", {"AU23", "AU24"}),
        ("eyes tightly closed", {"AU7", "AU43"}),
        ("raised eyebrow", {"AU2"}),  # one brow alone
        ("mouth slightly open", {"AU25", "AU26"}),
        ("chin raised", {"AU17", "AU53"}),
        ("squinting", {"AU7", "AU44"}),
    ],
)
def test_cue_phrase_stands_for_what_its_table_says(
    book: PhraseBook, phrase: str, codes: set[str]
) -> None:
    meaning = book.name(phrase)

    assert meaning is not None
    assert meaning.is_present
    assert set(meaning.all_codes) == codes


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("The inner brows are slightly raised.", "inner brows are slightly raised", ("AU1",)),
        ("Her eyebrows are raised.", "eyebrows are raised", ("AU1", "AU2")),
        ("a nose wrinkle", "nose wrinkle", ("AU9",)),
        ("flared nostrils", "flared nostrils", ("AU38",)),
        ("The CHEEK RAISER fires", "CHEEK RAISER", ("AU6",)),
        ("the lip corner depressor", "lip corner depressor", ("AU15",)),
        ("eyes squeezed shut", "eyes squeezed shut", ("AU43", "AU7")),
        ("head turned to the left", "head turned to the left", ("AU51",)),
    ],
)
def test_phrase_is_found_however_it_is_inflected(
    book: PhraseBook, text: str, quote: str, expected: tuple[str, ...]
) -> None:
    assert codes(book, text) == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the table",
        "a bitter voice",  # no lip bite
        "brow. Raised voice",  # a stop keeps words apart
        "inner, brow, raised",
        "\u60b2\u4f24 \U0001f600",
        "he raised a question",
    ],
)
def test_other_words_are_no_phrase(book: PhraseBook, text: str) -> None:
    assert book.find(text) == []


def test_longest_phrase_wins(book: PhraseBook) -> None:
    assert codes(book, "upper lip raiser")[0][1] == ("AU10",)
    assert codes(book, "inner brow raiser") == [("inner brow raiser", ("AU1",))]


def test_phrase_for_a_missing_action_says_so(book: PhraseBook) -> None:
    (match,) = book.find("The brow is relaxed.")

    assert not match.meaning.is_present
    assert match.meaning.codes == ("AU4",)


def test_phrase_that_leaves_the_side_open_names_both(book: PhraseBook) -> None:
    (match,) = book.find("the head is tilted")

    assert match.meaning.codes == ()
    assert set(match.meaning.any_of) == {"AU55", "AU56"}


def test_search_keeps_to_its_bounds(book: PhraseBook) -> None:
    text = "cheek raiser and nose wrinkler"

    assert [m.start for m in book.find(text, 13)] == [17]
    assert [m.start for m in book.find(text, 0, 12)] == [0]
    assert book.find(text, 1, 11) == []


@pytest.mark.parametrize("text", ["the strong one", "", "cheek raiser and more words", "anger"])
def test_text_that_a_phrase_does_not_cover_names_nothing(book: PhraseBook, text: str) -> None:
    assert book.name(text) is None


def test_source_of_every_phrase_resolves(graph: EmotionGraph, book: PhraseBook) -> None:
    for phrase in ("cheek raiser", "raised eyebrows", "relaxed brow"):
        meaning = book.name(phrase)

        assert meaning is not None
        assert graph.source(meaning.source).id == meaning.source
        assert graph.sparql(f"ASK {{ <{meaning.iri}> ?p ?o }}") is True


WORDS = [
    "inner",
    "outer",
    "brow",
    "brows",
    "raised",
    "the",
    "is",
    "lip",
    "corner",
    "puller",
    ",",
    ".",
]


@given(st.lists(st.sampled_from([*WORDS, "\U0001f600", "AU6", "\u2019s"]), max_size=30))
def test_phrases_of_any_text_are_exact_ordered_and_apart(
    book: PhraseBook, words: list[str]
) -> None:
    text = " ".join(words)

    found = book.find(text)

    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(content_stems(text[m.start : m.end]) for m in found)
