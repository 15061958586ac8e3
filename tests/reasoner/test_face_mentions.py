"""Facial actions in a sentence: numbers, lists, phrases and names."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import Mark
from affectgraph.reasoner.extract.reading import Reader, SentenceReading


@pytest.fixture(scope="module")
def reader(graph: EmotionGraph) -> Reader:
    return Reader(graph, Lexicon(graph))


def read(reader: Reader, text: str) -> SentenceReading:
    (sentence,) = reader.read(text).sentences
    return sentence


def mentions(reader: Reader, text: str) -> list[Mark]:
    return [m for m in read(reader, text).view.marks if m.letter in "UF"]


def namings(reader: Reader, text: str) -> list[Draft]:
    return [d for d in read(reader, text).drafts if d.type in {"au_identity", "cue_denotes"}]


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
def test_codes_of_a_sentence_are_read_in_order(reader: Reader, text: str, codes: list[str]) -> None:
    found = mentions(reader, text)

    assert [code for mention in found for code in mention.codes + mention.any_of] == codes


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
def test_other_text_names_no_facial_action(reader: Reader, text: str) -> None:
    assert mentions(reader, text) == []


@pytest.mark.parametrize("text", ["AU 999", "AU3", "AU0"])
def test_number_that_facs_lacks_is_kept_without_a_code(reader: Reader, text: str) -> None:
    (mention,) = mentions(reader, text)

    assert mention.codes == ()
    assert mention.value == str(int(text.removeprefix("AU")))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("see AU1, AU2 and AU5 here", ["AU1", "AU2", "AU5"]),
        ("action units 4, 5 and 7", ["action units 4", "5", "7"]),
        ("with AU12_r high", ["AU12_r"]),
    ],
)
def test_quote_of_a_mention_is_what_names_it(reader: Reader, text: str, quotes: list[str]) -> None:
    found = mentions(reader, text)

    assert [text[m.start : m.end] for m in found] == quotes


def test_quote_of_a_joined_unit_has_its_letters(reader: Reader) -> None:
    found = mentions(reader, "AU1+AU2")

    assert [(m.start, m.end) for m in found] == [(0, 3), (4, 7)]


@pytest.mark.parametrize("text", ["AU 6, 12 and 25 are visible.", "AU6, 12, and 25"])
def test_list_behind_a_single_au_goes_on(reader: Reader, text: str) -> None:
    found = mentions(reader, text)

    assert [m.codes for m in found] == [("AU6",), ("AU12",), ("AU25",)]


def test_longer_number_is_not_cut(reader: Reader) -> None:
    assert "1234" not in [m.value for m in mentions(reader, "AU12345")]


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
        ("AU 999 (forehead spiral)", "AU 999 (forehead spiral)", "999", ()),
    ],
)
def test_number_is_tied_to_the_name_beside_it(
    reader: Reader,
    text: str,
    quote: str,
    number: str,
    codes: tuple[str, ...],
) -> None:
    (naming,) = namings(reader, text)

    assert text[naming.start : naming.end] == quote
    assert naming.subject == (number,)
    assert naming.object[1:] == codes


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
def test_number_without_a_name_beside_it_is_tied_to_none(reader: Reader, text: str) -> None:
    assert namings(reader, text) == []


def test_name_tied_to_a_number_is_no_mention_of_its_own(reader: Reader) -> None:
    (mention,) = [
        d for d in read(reader, "AU12 (cheek raiser) is on").drafts if d.type == "observes"
    ]

    assert mention.subject == ("AU12",)


def test_each_number_of_a_list_keeps_its_own_name(reader: Reader) -> None:
    text = "AU1 (inner brow raiser), AU2 (outer brow raiser) and AU4 (brow lowerer)"

    found = namings(reader, text)

    assert [(n.subject[0], n.object[0]) for n in found] == [
        ("1", "inner brow raiser"),
        ("2", "outer brow raiser"),
        ("4", "brow lowerer"),
    ]
