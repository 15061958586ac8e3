"""Facial actions in a sentence: numbers, lists, phrases and names."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.face_phrases import PhraseBook
from affectgraph.reasoner.face_mentions import FaceFindings, find_faces
from affectgraph.reasoner.text import sentences


@pytest.fixture(scope="module")
def book(graph: EmotionGraph) -> PhraseBook:
    return PhraseBook(graph)


def find(graph: EmotionGraph, book: PhraseBook, text: str) -> FaceFindings:
    (sentence,) = sentences(text)
    return find_faces(text, sentence, graph, book)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AU12", ["AU12"]),
        ("au12 is on", ["AU12"]),
        ("AU 6 is on", ["AU6"]),
        ("AU06 is on", ["AU6"]),
        ("AU-6 is on", ["AU6"]),
        ("AU_6 is on", ["AU6"]),
        ("AU#6 is on", ["AU6"]),
        ("action unit 6", ["AU6"]),
        ("Action Units 4, 5 and 7", ["AU4", "AU5", "AU7"]),
        ("action units 4, 5, and 7", ["AU4", "AU5", "AU7"]),
        ("AUs 6 & 12", ["AU6", "AU12"]),
        ("AUs 6 or 12", ["AU6", "AU12"]),
        ("AU1, AU2 and AU5", ["AU1", "AU2", "AU5"]),
        ("AU1 and AU2", ["AU1", "AU2"]),
        ("AU1+AU2+AU5", ["AU1", "AU2", "AU5"]),
        ("AU1 + AU2 + AU5", ["AU1", "AU2", "AU5"]),
        ("AU1+2+5B", ["AU1", "AU2", "AU5"]),
        ("AU6/12", ["AU6", "AU12"]),
        ("AU1-AU5", ["AU1", "AU5"]),  # the ends of a range, since nobody says what lies between
        ("AU12_r is 2.5", ["AU12"]),
        ("AU12C", ["AU12"]),
        ("AD19", ["AD19"]),
        ("AU19", ["AD19"]),
        ("action descriptor 19", ["AD19"]),
        ("AU6 at 80%", ["AU6"]),
        ("AUs 6 and 12 in 14 frames", ["AU6", "AU12"]),
        ("AU6 and 12 others", ["AU6"]),
        ("AUs 6 and 14 percent", ["AU6"]),
        ("The EYEBROWS are raised", ["AU1", "AU2"]),
        ("cheek raiser and nose wrinkler", ["AU6", "AU9"]),
    ],
)
def test_codes_of_a_sentence_are_read_in_order(
    graph: EmotionGraph, book: PhraseBook, text: str, codes: list[str]
) -> None:
    mentions = find(graph, book, text).mentions

    assert [code for mention in mentions for code in mention.all_codes] == codes


@pytest.mark.parametrize(
    "text",
    [
        "AU",
        "AU is on",
        "AU 6.5",
        "AUDIO 5",
        "Tau12",
        "12",
        "unit 6",
        "AUs",
        "Au revoir",
        "the audience of 12",
        "\u60b2\u4f24",
    ],
)
def test_other_text_names_no_facial_action(
    graph: EmotionGraph, book: PhraseBook, text: str
) -> None:
    assert find(graph, book, text) == FaceFindings((), ())


@pytest.mark.parametrize("text", ["AU 999", "AU3", "AU0"])
def test_number_that_facs_lacks_is_kept_without_a_code(
    graph: EmotionGraph, book: PhraseBook, text: str
) -> None:
    (mention,) = find(graph, book, text).mentions

    assert mention.codes == ()
    assert mention.number == str(int(text.removeprefix("AU")))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("see AU1, AU2 and AU5 here", ["AU1", "AU2", "AU5"]),
        ("action units 4, 5 and 7", ["action units 4", "5", "7"]),
        ("with AU12_r high", ["AU12_r"]),
    ],
)
def test_quote_of_a_mention_is_what_names_it(
    graph: EmotionGraph, book: PhraseBook, text: str, quotes: list[str]
) -> None:
    mentions = find(graph, book, text).mentions

    assert [text[m.start : m.end] for m in mentions] == quotes


def test_quote_of_a_joined_unit_has_its_letters(graph: EmotionGraph, book: PhraseBook) -> None:
    mentions = find(graph, book, "AU1+AU2").mentions

    assert [(m.start, m.end) for m in mentions] == [(0, 3), (4, 7)]


@pytest.mark.parametrize("text", ["AU 6, 12 and 25 are visible.", "AU6, 12, and 25"])
def test_list_behind_a_single_au_goes_on(graph: EmotionGraph, book: PhraseBook, text: str) -> None:
    mentions = find(graph, book, text).mentions

    assert [m.codes for m in mentions] == [("AU6",), ("AU12",), ("AU25",)]


def test_longer_number_is_not_cut(graph: EmotionGraph, book: PhraseBook) -> None:
    assert "1234" not in [m.number for m in find(graph, book, "AU12345").mentions]


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "number", "codes"),
    [
        ("AU6 (cheek raiser) is on", "AU6 (cheek raiser)", "6", ("AU6",)),
        ("the cheek raiser (AU6) is on", "cheek raiser (AU6)", "6", ("AU6",)),
        ("cheek raiser [AU6]", "cheek raiser [AU6]", "6", ("AU6",)),
        ("AU12: lip corner puller", "AU12: lip corner puller", "12", ("AU12",)),
        ("AU4 = brow lowerer", "AU4 = brow lowerer", "4", ("AU4",)),
        ("AU4 \u2013 brow lowerer", "AU4 \u2013 brow lowerer", "4", ("AU4",)),
        ("AU6, a cheek raiser, fires", "AU6, a cheek raiser", "6", ("AU6",)),
        ("AU20, the nostril flare, is seen", "AU20, the nostril flare", "20", ("AU38",)),
        ("AU9 is the lip stretcher", "AU9 is the lip stretcher", "9", ("AU20",)),
        ("AU9 refers to the lip stretcher", "AU9 refers to the lip stretcher", "9", ("AU20",)),
        ("AU 999 (forehead spiral)", "AU 999 (forehead spiral)", "999", None),
    ],
)
def test_number_is_tied_to_the_name_beside_it(
    graph: EmotionGraph,
    book: PhraseBook,
    text: str,
    quote: str,
    number: str,
    codes: tuple[str, ...] | None,
) -> None:
    (naming,) = find(graph, book, text).namings

    assert text[naming.start : naming.end] == quote
    assert naming.number == number
    assert (naming.meaning.all_codes if naming.meaning else None) == codes


@pytest.mark.parametrize(
    "text",
    [
        "AU6",
        "AU1 (strong)",
        "AU6 (2.5)",
        "AU6 ()",
        "AU6 (the",
        "AU6 is active",
        "AU6, the",
        "AU12 and the cheek raiser",
        "the cheek raiser and AU12",
        "AU6 is not the river",
        "AU6 (forehead spiral)",  # nobody's name, so nothing to hold the number against
    ],
)
def test_number_without_a_name_beside_it_is_tied_to_none(
    graph: EmotionGraph, book: PhraseBook, text: str
) -> None:
    assert find(graph, book, text).namings == ()


def test_name_tied_to_a_number_is_no_mention_of_its_own(
    graph: EmotionGraph, book: PhraseBook
) -> None:
    (mention,) = find(graph, book, "AU12 (cheek raiser) is on").mentions

    assert mention.codes == ("AU12",)


def test_each_number_of_a_list_keeps_its_own_name(graph: EmotionGraph, book: PhraseBook) -> None:
    text = "AU1 (inner brow raiser), AU2 (outer brow raiser) and AU4 (brow lowerer)"

    namings = find(graph, book, text).namings

    assert [(n.number, n.name) for n in namings] == [
        ("1", "inner brow raiser"),
        ("2", "outer brow raiser"),
        ("4", "brow lowerer"),
    ]
