"""Facial actions in a rationale: AU numbers and phrases, and numbers that are tied to a name."""

import re
from dataclasses import dataclass

from affectgraph.kg.faces import find_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.face_phrases import Meaning, PhraseBook, PhraseMatch
from affectgraph.reasoner.spans import clear_of, within
from affectgraph.reasoner.text import Sentence

_UNIT = re.compile(
    r"\b(?P<prefix>AUs|ADs|AU|AD|action\s+units?|action\s+descriptors?)[\s#_-]*"
    r"(?P<numbers>\d{1,6}(?!\d)[A-E]?(?![\d.]\d)(?:_[rc])?(?:\s?(?:\+|/)\s?(?:AU)?\d{1,2}[A-E]?\b)*)"
    r"(?P<more>(?:\s?(?:,\s?and|,\s?or|,|and|&|or)\s+\d{1,3}[A-E]?\b"
    r"(?!\s*(?:%|percent|frames?|seconds?|ms)))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:AU\s?)?(\d{1,6})", re.IGNORECASE)
_CLOSED_LIST = re.compile(r",.*\b(?:and|or)\b|&", re.IGNORECASE)
_TAIL = re.compile(r"[A-E]?(?:_[rc])?")
_NAME_AFTER = re.compile(
    r"\s{0,3}(?:"
    r"\((?P<bracket>[^()]{2,60})\)"
    r"|\|\s*(?P<cell>[A-Za-z][A-Za-z' -]{2,60}?)\s*\|"
    r"|(?::|=|-|\u2013|\u2014)\s*(?P<colon>[A-Za-z][A-Za-z' -]{2,60})"
    r"|,\s*(?:i\.e\.,?|or|that\s+is,?|namely|(?:also\s+)?(?:known\s+as|called))?\s*(?:the|a|an)\s+"
    r"(?P<apposition>[A-Za-z][A-Za-z' -]{2,60})"
    r"|\s+(?:is|refers\s+to|stands\s+for|denotes|means|represents|corresponds\s+to|describes)\s+"
    r"(?:called\s+|known\s+as\s+)?(?:the\s+|a\s+|an\s+)?(?P<copula>[A-Za-z][A-Za-z' -]{2,60})"
    r")",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\s*[(\[]\s*$|,\s*$")
_REST_OF_BRACKET = re.compile(r"(?:AU\s*)(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FaceMention:
    """A facial action said in the text: ``text[start:end]``.

    :param codes: FACS codes it stands for; empty if the number does not exist.
    :param any_of: codes of which one is meant.
    :param number: the number as written; empty for phrases.
    :param is_present: False for phrases that say the action is missing ("relaxed brow").
    """

    start: int
    end: int
    codes: tuple[str, ...]
    any_of: tuple[str, ...]
    number: str
    is_present: bool = True

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Every code it may stand for."""
        return self.codes + self.any_of


@dataclass(frozen=True, slots=True)
class Naming:
    """A number tied to a name: "AU6 (cheek raiser)", "cheek raiser (AU6)", "AU9 is the lip stretcher".

    :param name: the name; empty for a number that does not exist and stands alone.
    :param meaning: what the name stands for; None if the number does not exist.
    """

    start: int
    end: int
    number: str
    code: str | None
    name: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class FaceFindings:
    """Mentions and namings of one sentence, each in order. A name tied to a number is no mention."""

    mentions: tuple[FaceMention, ...]
    namings: tuple[Naming, ...]


def find_faces(
    text: str, sentence: Sentence, graph: EmotionGraph, book: PhraseBook
) -> FaceFindings:
    """Return the facial actions of a sentence."""
    units = _units(text, sentence, graph)
    phrases = book.find(text, sentence.start, sentence.end)
    phrases = clear_of(phrases, units)
    by_end = {phrase.end: phrase for phrase in phrases}
    namings: list[Naming] = []
    tied: set[int] = set()
    merged: list[FaceMention] = []
    for unit in units:
        naming = _name_before(text, unit, by_end) or _name_after(text, sentence, unit, book)
        if naming is None and not unit.codes:
            naming = Naming(unit.start, unit.end, unit.number, None, "", None)
        if naming is not None:
            namings.append(naming)
            tied |= {p.start for p in within(phrases, naming.start, naming.end)}
        start, end = (naming.start, naming.end) if naming else (unit.start, unit.end)
        merged.append(
            FaceMention(min(start, unit.start), max(end, unit.end), unit.codes, (), unit.number)
        )
    free = [_from_phrase(p) for p in phrases if p.start not in tied]
    return FaceFindings(tuple(sorted([*merged, *free], key=lambda m: m.start)), tuple(namings))


def _units(text: str, sentence: Sentence, graph: EmotionGraph) -> list[FaceMention]:
    found: list[FaceMention] = []
    for match in _UNIT.finditer(text, sentence.start, sentence.end):
        is_list = match["prefix"].lower().endswith("s") or _CLOSED_LIST.search(match["more"])
        stop = match.end() if is_list else match.end("numbers")
        for number in _NUMBER.finditer(text, match.start("numbers"), stop):
            unit = find_unit(graph.index, number[1])
            is_first = number.start() == match.start("numbers")
            start = match.start() if is_first else number.start()
            tail = _TAIL.match(text, number.end())
            end = tail.end() if tail else number.end()
            codes = (unit.code,) if unit else ()
            found.append(FaceMention(start, end, codes, (), str(int(number[1]))))
    return found


def _from_phrase(match: PhraseMatch) -> FaceMention:
    meaning = match.meaning
    return FaceMention(
        match.start, match.end, meaning.codes, meaning.any_of, "", is_present=meaning.is_present
    )


def _name_before(text: str, unit: FaceMention, by_end: dict[int, PhraseMatch]) -> Naming | None:
    opener = _NAME_BEFORE.search(text[max(0, unit.start - 8) : unit.start])
    phrase = by_end.get(unit.start - len(opener[0])) if opener else None
    if phrase is None or (opener and opener[0].startswith(",") and not phrase.meaning.is_name):
        return None
    end = unit.end + 1 if text[unit.end : unit.end + 1] in {")", "]"} else unit.end
    others = {f"AU{number}" for number in _REST_OF_BRACKET.findall(_bracket(text, unit.end))}
    if others & set(phrase.meaning.all_codes) and unit.codes[:1] != phrase.meaning.codes[:1]:
        return None  # "(AU1, AU2)" behind a name of AU2
    return _naming(text, phrase.start, end, unit, text[phrase.start : phrase.end], phrase.meaning)


def _bracket(text: str, position: int) -> str:
    return re.split(r"[)\]]", text[position : position + 60], maxsplit=1)[0]


def _name_after(
    text: str, sentence: Sentence, unit: FaceMention, book: PhraseBook
) -> Naming | None:
    match = _NAME_AFTER.match(text, unit.end, min(sentence.end, unit.end + 120))
    if match is None:
        return None
    kind = match.lastgroup or ""
    meaning, end = _recognise(text, match.start(kind), match.end(kind), kind, book)
    if meaning is None:
        is_unknown_unit = not unit.codes and kind in {"bracket", "apposition"}
        return (
            _naming(text, unit.start, match.end(), unit, match[kind], None)
            if is_unknown_unit
            else None
        )
    end = match.end() if kind == "bracket" else end
    return _naming(text, unit.start, end, unit, text[match.start(kind) : end].rstrip(")"), meaning)


def _recognise(
    text: str, start: int, end: int, kind: str, book: PhraseBook
) -> tuple[Meaning | None, int]:
    if kind == "bracket":
        return book.name(text[start:end]), end
    for match in book.find(text, start, end):
        if not text[start : match.start].strip():
            is_name = match.meaning.is_name or kind in {"colon", "apposition", "cell"}
            return (match.meaning, match.end) if is_name else (None, end)
    return None, end


def _naming(
    text: str, start: int, end: int, unit: FaceMention, name: str, meaning: Meaning | None
) -> Naming:
    code = unit.codes[0] if unit.codes else None
    return Naming(start, end, unit.number, code, name.strip(), meaning)
