"""Takes apart the labels that models write: fragments of JSON, lists, numbers, degrees, carrier words.

Nothing here knows the vocabulary. :func:`pieces` splits a label; :func:`simpler` gives the ever plainer
forms of one piece, of which the first that means something counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from affectgraph.linkers.carriers import (
    DEGREE_AFTER,
    DEGREE_BEFORE,
    DEGREE_TAIL,
    NEGATED,
    STRIPPED,
)
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.linkers.normalise import EDGES, normalise

LABEL_KEYS = frozenset(
    "emotion emotions label labels feeling feelings mood class category sentiment prediction answer "
    "name affect state primary secondary tertiary dominant main primary_emotion secondary_emotion "
    "dominant_emotion emotion_label".split()
)
NUMBER_KEYS = frozenset(
    "score confidence probability prob p intensity weight value level strength".split()
)
MOST_RUNS = 4
"""More runs of a letter than this are no drawn-out word."""

_NUMBER = r"[-+]?(?:\d+\.\d+|\.\d+|\d+)(?:\s*%|\s*/\s*\d+)?"
_NAME = r"(?:score|confidence|conf|probability|prob|intensity|level|p)\.?\s*[:=]?\s*"
_AFTER = late_pattern(
    rf"(?P<rest>.*?[^\s:=@(\[-])\s*(?:[(\[]\s*(?:{_NAME})?(?P<a>{_NUMBER})\s*[)\]]"
    rf"|\s*[:=@]\s*(?:{_NAME})?(?P<b>{_NUMBER})"
    rf"|\s+-\s+(?:{_NAME})?(?P<c>{_NUMBER})"
    rf"|\s+(?:{_NAME})?(?P<d>\d*\.\d+|\d+\s*%|\d+\s*/\s*\d+)"
    rf"|\s+{_NAME}(?P<e>{_NUMBER}))\s*[.!]*",
    re.DOTALL | re.IGNORECASE,
)
_BEFORE = late_pattern(r"(?P<a>\d*\.\d+|\d+\s*%)\s*[:x*-]?\s+(?P<rest>[^\W\d].*)", re.DOTALL)
_ENUMERATED = late_pattern(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=[^\W\d])")
_BREAK = late_pattern(
    r"(?<=[^\W\d])[.!?]+\s+|"
    r"\s*(?:[;|\n\r\t&+\u2192\u3001\uff0c\u2022\u00b7\u25aa\u2023]|->|\s>\s|,(?!\d)|(?<!\d),|(?<!\d)/|/(?!\d)|\s[-\u2013\u2014]\s(?!\d))\s*"
    r"|\s+(?:and/or|and|or|nor|but|with|mixed with|plus|vs\.?|versus|yet|then|as well as|tinged with|"
    r"turn(?:ing|ed) (?:in)?to|giving way to|followed by|combined with|coupled with|along with)\s+",
    re.IGNORECASE,
)
_JOINED_DENIAL = re.compile(r"\s(?:n?or)\s|^neither\b")
_BRACKETED = late_pattern(r"\s*[(\[]([^()\[\]]*)[)\]]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASHTAG = re.compile(r"#(?=\w)")
_LETTERS = re.compile(r"[a-z](?: [a-z]){2,}")
_PREAMBLE = late_pattern(
    r"^\s*(?:sure|of course|certainly|okay|ok|absolutely|got it|great question)\s*[!.,:]\s+(?=\S)",
    re.IGNORECASE,
)
"""What models say before they answer."""

_REFUSAL = late_pattern(
    r"\b(?:i|we) (?:can't|cannot|can not|am unable to|am not able to|do not|don't) "
    r"(?:help (?:with|you)|assist|determine|identify|answer|provide|know|say|infer)\b"
    r"|\bas an ai\b(?!(?!.*\b(?:not|cannot|can't|don't|unable)\b)"
    r".*\b(?:detect|sense|see|identify|say|read)\b)"
    r"|\b(?:cannot|can't|unable to|impossible to) (?:determine|identify|tell|infer|be determined)"
)
"""How models say that they will not label."""

_TAG = late_pattern(r"</?\w[\w -]{0,30}>")
_CHANGE = late_pattern(r"^\s*from (\w+(?: \w+)?) to (\w+(?: \w+)?)\s*$", re.IGNORECASE)
_RUN = re.compile(r"([a-z])\1{2,}")
_FIELD = late_pattern(
    r"""["']([^"']*)["']\s*:|["']([^"']*)["']|([-+]?\d*\.?\d+\s*%?)|([{}\[\],])"""
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a label that names one thing.

    :param text: the part as written.
    :param given: number written beside it: 0..1 for percents and for ``a/b``, else as written.
    """

    text: str
    given: float | None = None


@dataclass(frozen=True, slots=True)
class Simpler:
    """A plainer form of a piece.

    :param degree: words of degree or doubt taken off so far, in the order they stood.
    :param is_negated: whether the form, read on, denies what follows.
    """

    form: str
    degree: tuple[str, ...] = ()
    is_negated: bool = False


def pieces(label: str) -> list[Piece]:
    """Return the parts of a label in order; one part, without its number, if it is not compound.

    >>> pieces('{"emotion": "joy", "score": .9}')
    [Piece(text='joy', given=0.9)]
    >>> [(piece.text, piece.given) for piece in pieces("joy (0.7), mild anger: 20%")]
    [('joy', 0.7), ('mild anger', 0.2)]
    """
    found = _fragment(label)
    if found is None:
        found = [piece for part in _parts(label) for piece in _numbered(part)]
    return list(dict.fromkeys(piece for piece in found if normalise(piece.text)))


def _fragment(label: str) -> list[Piece] | None:
    """Return the labels of a fragment of JSON or of a Python literal; None if it is none."""
    start = label.lstrip()
    if not start.startswith(("{", "[", '"')) or not re.search(r"""["']""", start):
        return None
    found: list[Piece] = []
    key, in_list = "", False
    for name, text, number, mark in _FIELD.findall(start):
        if name:
            key = normalise(name).replace(" ", "_")
        elif mark:
            in_list = mark == "[" if mark in "[]" else in_list
            key = "" if mark in "{}" or (mark == "," and not in_list) else key
        elif number:
            _take_number(found, key, read_number(number))
        elif text and (not key or key in LABEL_KEYS):
            found.append(Piece(text))
    return found or None


def _take_number(found: list[Piece], key: str, number: float) -> None:
    """Give a number to the label before it, or take its key as the label."""
    if key in NUMBER_KEYS:
        if found:
            found[-1] = replace(found[-1], given=number)
    elif key and key not in LABEL_KEYS:
        found.append(Piece(key.replace("_", " "), number))


def _parts(label: str) -> list[str]:
    label = _PREAMBLE.sub("", _TAG.sub(" ", label) if "</" in label else label)
    label = _CHANGE.sub(r"\1, \2", label)
    text = _BRACKETED.sub(_comma_for_bracket, _HASHTAG.sub(", ", label).strip(" ,"))
    text = re.sub(r"^\s*\[|\]\s*$", "", text)
    return [part for part in _BREAK.split(text) if part and part.strip()]


def _comma_for_bracket(match: re.Match[str]) -> str:
    """Return what stands for a bracket: a number keeps it, other words become a part."""
    inside = match[1].strip()
    if not inside or re.fullmatch(rf"(?:{_NAME})?{_NUMBER}", inside, re.IGNORECASE):
        return match[0]
    form = normalise(inside)
    said = form in DEGREE_AFTER or DEGREE_TAIL.fullmatch(f" {form}")
    return f" {inside}" if said else f", {inside}"


def _numbered(part: str) -> Iterator[Piece]:
    text = _ENUMERATED.sub("", part.strip())
    found = _AFTER.fullmatch(text) or _BEFORE.fullmatch(text)
    if found is None:
        yield Piece(text)
        return
    written = next(v for k, v in found.groupdict().items() if k != "rest" and v)
    yield Piece(found["rest"].strip(), read_number(written))


def read_number(written: str) -> float:
    """Return a written number; percents and ``a/b`` as a share.

    >>> read_number("80 %"), read_number("4/5"), read_number(".7"), read_number("3")
    (0.8, 0.8, 0.7, 3.0)
    """
    if written.endswith("%"):
        return round(float(written[:-1]) / 100, 6)
    above, _, below = written.partition("/")
    divisor = float(below) if below else 1.0
    return round(float(above) / divisor, 6) if divisor else float(above)


def is_refusal(form: str) -> bool:
    """Return whether a form refuses to label, or asks for something to label.

    >>> is_refusal("i cannot determine the emotion"), is_refusal("as an ai, i detect shame")
    (True, False)
    """
    return _REFUSAL.search(form) is not None


def is_joint_denial(form: str) -> bool:
    """Return whether a form denies all its parts: "neither happy nor sad", "no joy or fear".

    >>> is_joint_denial("not happy or sad"), is_joint_denial("not happy but sad")
    (True, False)
    """
    starts = form.startswith("neither ") or NEGATED.match(form) is not None
    return starts and _JOINED_DENIAL.search(form) is not None


def denied_rest(form: str) -> str:
    """Return what a form denies: its words after the denying one.

    >>> denied_rest("not very happy")
    'very happy'
    """
    return NEGATED.sub("", form, count=1)


def simpler(text: str) -> Iterator[Simpler]:
    """Yield the forms of a piece, the written one first, each plainer than the one before.

    >>> [step.form for step in simpler("The person feels a bit sad.")]
    ['the person feels a bit sad', 'a bit sad', 'sad']
    >>> [step.form for step in simpler("#SoHaaappy")][-1]
    'haappy'
    """
    seen: set[str] = set()
    for form in _writings(text):
        for step in _chain(form):
            if step.form not in seen:
                seen.add(step.form)
                yield step


def _writings(text: str) -> Iterator[str]:
    form = normalise(text)
    yield form
    if _LETTERS.fullmatch(form):  # "e n v y"
        yield form.replace(" ", "")
    spaced = normalise(_CAMEL.sub(" ", text))
    if spaced != form:
        yield spaced
    yield from (x for x in _shortened(spaced) if x != spaced)


def _shortened(form: str) -> Iterator[str]:
    """Yield a form with every drawn-out letter once or twice: "sooo haaappy"."""
    runs = list(_RUN.finditer(form))
    if not 0 < len(runs) <= MOST_RUNS:
        return
    for lengths in product((1, 2), repeat=len(runs)):
        counts = iter(lengths)
        yield _RUN.sub(lambda match, counts=counts: match[1] * next(counts), form)  # type: ignore[misc]


def _chain(form: str) -> Iterator[Simpler]:
    """Yield a form and what stays as carrier words and words of degree are taken off one by one."""
    step: Simpler | None = Simpler(form)
    while step is not None and step.form:
        denied = NEGATED.match(step.form)
        yield replace(step, is_negated=denied is not None)
        step = _less(step, denied)


def _less(step: Simpler, denied: re.Match[str] | None) -> Simpler | None:
    form = step.form
    if denied is not None:
        return None
    if found := DEGREE_BEFORE.match(form):
        return Simpler(form[found.end() :], (*step.degree, found[0].strip()))
    if said := DEGREE_TAIL.search(form):
        return Simpler(form[: said.start()], (*step.degree, said[0].strip(" ,")))
    for pattern in STRIPPED:
        rest = pattern.sub("", form, count=1).strip(EDGES)
        if rest != form and rest:
            return replace(step, form=rest)
    head, _, last = form.rpartition(" ")
    if head and last in DEGREE_AFTER:
        return Simpler(head, (*step.degree, last))
    return None
