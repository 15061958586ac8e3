"""Finds numbers of action units in a sentence: "AU12", "AUs: 6, 12", "AU1+2+5B", "Action Unit 4 (AU4)"."""

import re
from operator import attrgetter

from affectgraph.kg.faces import find_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import CODE, Mark
from affectgraph.reasoner.extract.spans import overlaps
from affectgraph.reasoner.extract.text import Sentence
from affectgraph.reasoner.extract.triggers import POSITION, UNIT

_UNIT = late_pattern(
    r"(?<![A-Za-z0-9])(?P<prefix>AU\(s\)|AUs|ADs|AU|AD|action\s+unit\(s\)|action\s+units?"
    r"|action\s+descriptors?)"
    r"(?:\s?\(AUs?\))?(?:\s+(?:number|no\.?|nr\.?|codes?))?"
    r"(?:\s+(?:(?:present|active|activated|detected|observed|seen|visible|shown|here)\s+)?(?:are|were|include)(?=\s+\d{1,2}[A-E]?\s?(?:,|and\b|&)))?"
    r"(?:[\s#_-]*|\"?\s?[:=]?\s?[\[(\"]?)"
    r"(?P<numbers>[LRU]?\d{1,6}(?!\d)[A-E]?(?![\d.]\d)(?:_[rc](?![A-Za-z]))?"
    r"(?:\s?[+/&]\s?(?:AU)?[LRU]?\d{1,2}[A-E]?\b)*)"
    r"(?P<more>(?:\s?(?:,\s?and\s|,\s?or\s|,|and\s|&|or\s)\s*\d{1,3}[A-E]?\b(?!\.\d)"
    r"(?!\s*(?:%|percent|frames?|seconds?|ms)))*)",
    re.IGNORECASE,
)
_OTHER_CODE = late_pattern(
    r"(?<![A-Za-z0-9])(?:M(?:5[5-79]|6[0-28-9]|83)|[LR]\d{1,2}[A-E]?)(?![A-Za-z0-9.])"
)
_NUMBER = late_pattern(r"(?:AU\s?)?(?P<side>[LRU])?(?P<number>\d{1,6})", re.IGNORECASE)
_CLOSED_LIST = late_pattern(r",.*(?:\b(?:and|or)\b|,)|&", re.IGNORECASE)
_TAIL = late_pattern(r"(?:[A-E]?[LR]?(?![A-Za-z]))?(?:_[rc](?![A-Za-z]))?")
_SIDES = {"L": "left", "R": "right"}
_START = attrgetter("start")


def find_units(graph: EmotionGraph, text: str, sentence: Sentence, can: int) -> list[Mark]:
    """Return the numbers of a sentence in order, whether FACS has them or not.

    :param can: triggers of the sentence; only what they allow is looked for.
    """
    found: list[Mark] = []
    for match in _UNIT.finditer(text, sentence.start, sentence.end) if can & UNIT else ():
        found += _listed(graph, text, match)
    found = _told_once(text, found)
    if not can & POSITION:
        return found
    for match in _OTHER_CODE.finditer(text, sentence.start, sentence.end):
        unit = find_unit(graph.index, match[0])
        if unit is not None and not overlaps(match.start(), match.end(), found):
            side = _SIDES.get(match[0][0], "")
            found.append(
                Mark(match.start(), match.end(), CODE, (unit.code,), value=match[0], side=side)
            )
    return sorted(found, key=_START)


def _listed(graph: EmotionGraph, text: str, match: re.Match[str]) -> list[Mark]:
    """Return the numbers behind one prefix; a comma goes on behind a plural or in a list."""
    is_plural = match["prefix"].lower().rstrip(")").endswith("s")
    is_list = is_plural or _CLOSED_LIST.search(match["more"])
    first = match.start("numbers")
    found = []
    for number in _NUMBER.finditer(text, first, match.end() if is_list else match.end("numbers")):
        unit = find_unit(graph.index, number["number"])
        start = match.start() if number.start() == first else number.start()
        tail = _TAIL.match(text, number.end())
        end = tail.end() if tail else number.end()
        codes = (unit.code,) if unit else ()
        side = _SIDES.get((number["side"] or "").upper(), "")
        found.append(Mark(start, end, CODE, codes, value=str(int(number["number"])), side=side))
    return found


def _told_once(text: str, codes: list[Mark]) -> list[Mark]:
    """Return codes with those joined that say a number again in brackets: "Action Unit 4 (AU4)"."""
    found: list[Mark] = []
    for mark in codes:
        last = found[-1] if found else None
        is_again = last is not None and last.value == mark.value
        if last is not None and is_again and text[last.end : mark.start].strip() == "(":
            end = mark.end + (text[mark.end : mark.end + 1] == ")")
            found[-1] = last._replace(end=end)
        else:
            found.append(mark)
    return found
