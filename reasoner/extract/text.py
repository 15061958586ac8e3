"""Sentences of a rationale with exact offsets."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.late_pattern import late_pattern

_STOP = late_pattern(
    r"(?<=[.!?\u3002\uff01\uff1f])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\ba\.k\.a\.)(?<!\b[Dd]r\.)(?<!\b[Mm]r\.)"
    r"(?<!\bvs\.)(?<!\bcf\.)"
    r"(?=[\s<]|$|[\"')\]\u201d\u2019](?![\s.,;:)\]\"'<]|$))"  # after a full stop
    r"|(?<=[.!?][\"')\]\u201d\u2019])(?=[\s<]|$)"  # and the quotation mark behind it
)
_BETWEEN = late_pattern(
    r"\n+"  # lines
    r"|</?(?!(?:b|i|u|em|strong|code|mark|span)>)[A-Za-z_]+>"  # tags such as <think>
    r"|(?<=[\"\]}]),\s*(?=\"[^\"\n]{1,60}\"\s*:)",  # fields of a JSON object
)
_SIGNS = late_pattern("[.!?\u3002\uff01\uff1f\n<,]")
"""Signs at which, or behind which, a sentence may end."""

_BEFORE = frozenset("\n<,")
"""Signs that stand between sentences and belong to none."""

_LAID_OUT = frozenset(":|{}[]=\t<>")
"""Signs of keys, tables, objects and tags, whose lines are no wrapped sentences."""

_CLOSING = frozenset("\"')]\u201d\u2019")

_KEYS = (
    r"(?:au|aus|ad|id|code|number|unit|action_unit|au_code|au_id|name|label|description|meaning|action|au_name"
    r"|title|muscle|intensity|value|score|level|present|presence|active|confidence|side|evidence)"
)
_SPACE = r"\s{0,16}"
_UNIT_OBJECT = late_pattern(
    rf"\{{(?:{_SPACE}\"{_KEYS}\"{_SPACE}:{_SPACE}(?:\"[^\"\n]{{0,120}}\"|[\w.+-]{{1,12}}){_SPACE},?){{2,12}}"
    rf"{_SPACE}\}}",
    re.IGNORECASE,
)
"""A JSON object that describes one action unit, which is one sentence."""

_SAID = late_pattern(r'(?<![\w:\[{,])(?<!: )"(?![\s,:\]}])[^"\n{}]{2,160}"(?!\s*:)')
"""Words in quotation marks, which are no sentences of the text's own."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, tag content or field of a rationale: ``text[start:end]``."""

    start: int
    end: int
    text: str


_GAP = late_pattern(r"\s\s{31,}")
"""Blanks that end a sentence; no table is laid out with so many. Patterns that allow blanks at several
places next to each other can try all the ways to share a run of them out."""

LONGEST = 600
"""Characters of a sentence; what is longer is read in pieces, so that the cost stays linear."""


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a rationale in order, without space at their ends.

    Breaks stand after full stops, at line ends but those that only wrap a sentence, at tags and between
    the fields of a JSON object.

    >>> [s.text for s in sentences("AU6 is on. <answer>joy</answer>")]
    ['AU6 is on.', 'joy']
    """
    found: list[Sentence] = []
    start = 0
    said = [m.span() for m in _SAID.finditer(text)] if '"' in text else []
    has_object = '{"' in text or "{\n" in text or "{ " in text
    units = [m.span() for m in _UNIT_OBJECT.finditer(text)] if has_object else []
    has_gaps = _GAP.search(text) is not None
    for end, behind in (*_breaks(text), (len(text), len(text))):
        if (said and _is_inside(said, end)) or (units and _is_inside(units, end)):
            continue
        piece = text[start:end]
        if stripped := piece.strip():
            first = start + piece.index(stripped)
            parts = _apart(first, stripped) if has_gaps else ((first, stripped),)
            found += [sentence for part in parts for sentence in _cut(*part)]
        start = behind
    return found


def _is_inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Return whether a place lies within one of some spans in order that do not overlap, not at its edge."""
    number = bisect_left(spans, place, key=itemgetter(0)) - 1
    return number >= 0 and place < spans[number][1]


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences end, and where the next one may begin."""
    last = 0
    for sign in _SIGNS.finditer(text):
        place = sign.start()
        if place < last:
            continue
        if sign[0] == "\n" and _is_wrapped(text, place):
            continue
        if sign[0] in _BEFORE:
            between = _BETWEEN.match(text, place)
            if between is not None:
                last = between.end()
                yield place, last
            continue
        for end in (
            (place + 1, place + 2) if text[place + 1 : place + 2] in _CLOSING else (place + 1,)
        ):
            if _STOP.match(text, end):
                yield end, end


def _is_wrapped(text: str, place: int) -> bool:
    """Return whether a line end only wraps a sentence: words go on in lower case, in no list or table."""
    if not (text[place + 1 : place + 2].islower() and text[place - 1 : place].isalpha()):
        return False
    start = text.rfind("\n", 0, place) + 1
    stop = text.find("\n", place + 1)
    line, after = text[start:place], text[place + 1 : stop if stop >= 0 else len(text)]
    return (
        line.count(" ") >= 2
        and line.lstrip()[0].isalpha()
        and _LAID_OUT.isdisjoint(line)
        and _LAID_OUT.isdisjoint(after)
    )


def _apart(start: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a sentence between long runs of blanks, each with its place."""
    place = 0
    for gap in _GAP.finditer(text):
        yield start + place, text[place : gap.start()]
        place = gap.end()
    yield start + place, text[place:]


def _cut(start: int, text: str) -> list[Sentence]:
    """Return a sentence, or the pieces of one that is too long, cut at spaces if it has any."""
    found: list[Sentence] = []
    while len(text) > LONGEST:
        place = text.rfind(" ", LONGEST // 2, LONGEST)
        place = place if place > 0 else LONGEST
        piece = text[:place].rstrip()
        if piece:
            found.append(Sentence(start, start + len(piece), piece))
        rest = text[place:]
        stripped = rest.lstrip()
        start += place + len(rest) - len(stripped)
        text = stripped
    if text:
        found.append(Sentence(start, start + len(text), text))
    return found
