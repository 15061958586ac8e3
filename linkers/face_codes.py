"""FACS codes in text: "AU4", "au 04", "action units 1, 2 and 5", "AU6+12", "L12B", "AU 25/26"."""

import re
from dataclasses import dataclass, replace

_PREFIX = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>AUs|ADs|AU|AD|action\s{1,3}units?|action\s{1,3}descriptors?"
    r"|FACS(?:\s{1,3}codes?)?)(?:\s{0,2}(?:no\.?|number))?[\s#_:-]{0,3}(?=[LRU]?\d)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?P<side>[LRU])?0*(?P<number>\d{1,9})(?P<grade>[A-E])?(?P<after>[LR])?(?:_[rc])?"
    r"(?![A-Za-z0-9]|\.\d)"
)
_TIGHT = re.compile(r"\s?(?P<sign>[+/])\s?(?:AU|AD)?\s?(?=[LRU]?\d)", re.IGNORECASE)
_LOOSE = re.compile(r"\s?(?P<sign>,\s?and|,\s?or|,|and|or|&)\s+(?=[LRU]?\d)", re.IGNORECASE)
_AMOUNT = re.compile(r"\s*(?:%|percent|frames?|seconds?|sec|ms|times|days|people|videos)", re.I)
_GRADE_AFTER = re.compile(
    r"\s?\((?:intensity\s|level\s)?(?P<bracket>[A-E])\)"
    r"|,?\s(?:at\s|with\s)?(?:an?\s)?(?:intensity|level|grade)\s(?:of\s)?(?P<said>[A-E])\b"
)
_GRADE_BEHIND_NAME = re.compile(
    r"\s?\([^()]{2,60}\),?\s(?:at\s|with\s)?(?:an?\s)?(?:intensity|level|grade)\s(?:of\s)?([A-E])\b"
)
_SIDE_BEFORE = re.compile(
    r"\b(?P<word>left|right|unilateral|one|one-sided|asymmetric(?:al)?)(?:[\s-]+sided)?\s+$", re.I
)
_SIDE_AFTER = re.compile(
    r"\s?\((?P<bracket>left|right|L|R|unilateral)\)"
    r"|\s(?:on|at)\s(?:the|his|her|their|its)\s(?P<said>left|right)\b(?!\s+side\s+of\s+the\s+head)"
    r"|\s(?P<bare>unilaterally)\b",
    re.IGNORECASE,
)
_MOVEMENT = re.compile(r"(?<![A-Za-z0-9])M(?:5[5-79]|6[0-28-9]|83)(?![A-Za-z0-9])")
_BARE = re.compile(r"(?<![A-Za-z0-9.+$-])[LR]\s?\d{1,2}[A-E]?(?![A-Za-z0-9+]|\.\d)")
_SUM = re.compile(
    r"(?<![A-Za-z0-9.+$])[LRU]?\d{1,2}[A-E]?(?:\+[LRU]?\d{1,2}[A-E]?){1,12}(?![A-Za-z0-9+]|\.\d)"
)
_SUMMAND = re.compile(
    r"(?P<sign>\s?[+/]\s?|)(?P<side>[LRU])?\s?0*(?P<number>\d{1,9})(?P<grade>[A-E])?"
)
_SIDES = {"left": "L", "right": "R", "l": "L", "r": "R"}


@dataclass(frozen=True, slots=True)
class Code:
    """A number of FACS in a text: ``text[start:end]``.

    :param number: as written, without leading zeros; ``M55`` for movements.
    :param kind: ``AU`` or ``AD``, as written before it; ``M`` for movements.
    :param side: ``L``, ``R``, ``one`` (a side that is not said) or empty.
    :param grade: ``A`` to ``E`` or empty.
    :param is_alternative: whether it stands behind "/" or "or" and is one choice with the code before.
    """

    start: int
    end: int
    number: str
    kind: str
    side: str = ""
    grade: str = ""
    is_alternative: bool = False

    @property
    def name(self) -> str:
        """The code as :func:`affectgraph.kg.faces.find_unit` takes it."""
        return self.number if self.kind == "M" else f"{self.kind}{self.number}"


def find_codes(text: str, *, bare: bool = False) -> list[Code]:
    """Return the codes of a text in order, whether FACS has them or not; costs time linear in the text.

    :param bare: also numbers that only their form shows to be codes: "R12", "1+2+5B".

    >>> [(code.name, code.grade) for code in find_codes("AU6+12C and AU 4")]
    [('AU6', ''), ('AU12', 'C'), ('AU4', '')]
    """
    found: list[Code] = []
    for match in _PREFIX.finditer(text):
        if not found or match.start() >= found[-1].end:
            found += _list(text, match)
    found += [Code(m.start(), m.end(), m[0], "M") for m in _MOVEMENT.finditer(text)]
    if bare:
        taken = bytearray(len(text))
        for code in found:
            taken[code.start : code.end] = b"\x01" * (code.end - code.start)
        for match in (*_BARE.finditer(text), *_SUM.finditer(text)):
            if not any(taken[match.start() : match.end()]):
                found += _sum(text, match.start(), match.end())
    return _with_choices(text, sorted(found, key=lambda code: code.start))


def _with_choices(text: str, codes: list[Code]) -> list[Code]:
    """Mark a code with a prefix of its own behind "or": "AU1 or AU2"."""
    for place in range(1, len(codes)):
        between = text[codes[place - 1].end : codes[place].start]
        if between.strip().lower() == "or":
            codes[place] = replace(codes[place], is_alternative=True)
    return codes


def whole_code(text: str) -> list[Code]:
    """Return the codes that a text consists of without a prefix ("12", "6+12C", "R14"), or none."""
    stripped = text.strip()
    if re.fullmatch(r"[LRU]?\d{1,9}[A-E]?(?:\s?[+/]\s?[LRU]?\d{1,9}[A-E]?)*", stripped):
        start = text.index(stripped)
        return _sum(text, start, start + len(stripped))
    return []


def _list(text: str, prefix: re.Match[str]) -> list[Code]:
    """Return the codes behind a prefix; a comma goes on behind a plural or in a list that is closed."""
    word = prefix["prefix"].lower()
    kind = "AD" if word.startswith(("ad", "action d")) else "AU"
    found: list[Code] = []
    closed = 0
    sign = ""
    position = prefix.end()
    is_plural = word.endswith("s") and word != "facs"
    while (item := _ITEM.match(text, position)) is not None:
        if sign and _AMOUNT.match(text, item.end()):
            break
        start = item.start() if found else prefix.start()
        found.append(_code(text, item, start, kind, sign))
        if is_plural or sign not in {"", ","}:
            closed = len(found)
        join = _TIGHT.match(text, found[-1].end) or _LOOSE.match(text, found[-1].end)
        if join is None:
            break
        sign, position = join["sign"].lower(), join.end()
    return found[: max(closed, 1)]


def _sum(text: str, start: int, end: int) -> list[Code]:
    found: list[Code] = []
    for item in _SUMMAND.finditer(text, start, end):
        side = _SIDES.get((item["side"] or "").lower(), "one" if item["side"] else "")
        code = Code(
            item.end("sign"),
            item.end(),
            str(int(item["number"])),
            "AU",
            side,
            item["grade"] or "",
            is_alternative="/" in item["sign"],
        )
        found.append(code)
    return found


def _code(text: str, item: re.Match[str], start: int, kind: str, sign: str) -> Code:
    letter = item["side"] or item["after"] or ""
    side = _SIDES.get(letter.lower(), "one" if letter else "")
    code = Code(
        start,
        item.end(),
        str(int(item["number"])),
        kind,
        side,
        item["grade"] or "",
        is_alternative=sign == "/" or sign.endswith("or"),
    )
    return _with_side(text, _with_grade(text, code))


def _with_grade(text: str, code: Code) -> Code:
    if code.grade:
        return code
    behind = _GRADE_BEHIND_NAME.match(text, code.end)
    if behind is not None:  # "AU 6 (cheek raiser) intensity B": the name is a mention of its own
        return replace(code, grade=behind[1])
    match = _GRADE_AFTER.match(text, code.end)
    if match is None:
        return code
    return replace(code, grade=match["bracket"] or match["said"], end=match.end())


def _with_side(text: str, code: Code) -> Code:
    if code.side:
        return code
    before = _SIDE_BEFORE.search(text[max(0, code.start - 24) : code.start])
    if before is not None:
        side = _SIDES.get(before["word"].lower(), "one")
        return replace(code, side=side, start=code.start - len(before[0]))
    after = _SIDE_AFTER.match(text, code.end)
    if after is None:
        return code
    word = after["bracket"] or after["said"] or after["bare"]
    return replace(code, side=_SIDES.get(word.lower(), "one"), end=after.end())
