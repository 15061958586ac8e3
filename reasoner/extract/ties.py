"""Numbers tied to names or phrases: "AU6 (cheek raiser)", "the frown, i.e. AU4"."""

import re
from typing import NamedTuple

from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.scope import value_end

_THE = r"(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?"
_HEDGES = (
    r"(?:(?:presumably|possibly|probably|perhaps|likely|technically|most\s+likely|simply|clearly"
    r"|really)\s+)?"
)
_THAT_IS = (
    r"(?:i\.e\.,?|e\.g\.,?|that\s+is(?:\s+to\s+say)?,?|namely|so|or|aka|also\s+known\s+as"
    r"|known\s+as|called|coded(?:\s+as)?"
    r"|labell?ed(?:\s+as)?|scored(?:\s+as)?|recorded\s+as|in\s+facs(?:\s+terms)?,?"
    r"|in\s+other\s+words,?|which\s+is(?:\s+coded)?(?:\s+as)?"
    r"|which\s+(?:corresponds|maps)\s+to|facs|viz\.)?"
)
_IS = (
    r"(?:is|are|was|were|would\s+be|corresponds?\s+to|(?:is|are|was|were)\s+(?:called|termed"
    r"|known\s+as|coded(?:\s+as)?|scored(?:\s+as)?|labell?ed(?:\s+as)?)"
    r"|refers?\s+to|stands?\s+for|denotes?|means|represents?|describes?|designates?|equals"
    r"|maps\s+(?:on)?to|counts\s+as|names|marks)"
)
_NOT = r"(?:n't|\s+not)?"
_PLACE = r"(?:\s+(?:at|of|on|around|in|over)\s+\w+(?:\s+\w+)?)?"
PHRASE_FIRST = re.compile(
    rf"\s*(?:too\s|also\s|again\s|slightly\s)?\s*[(\[]\s*(?:facs\s|coded\s(?:as\s)?|i\.e\.,?\s)?\Z"
    rf"|{_PLACE}(?:\s(?:too|as\s+well))?\s*(?:,|\u2014|\u2013"
    rf"|\s-)\s*{_HEDGES}{_THAT_IS}\s*{_HEDGES}{_THE}\Z"
    rf"|{_PLACE}(?P<copula>\s+{_HEDGES}{_IS}{_NOT}\s+{_HEDGES}{_THE})\Z"
    r"|,[^,.;]{3,40},\s+which\s+is\s+\Z"
    r"|[^,.;()UF]{0,24},\s+with\s+\Z"
    r"|(?P<gap>\s+)\Z"
    r"|\s+(?:is|are|was|were|seems?|looks?)\s+[^,.;()UFEC]{2,24}\(\Z",
    re.IGNORECASE,
)
"""What stands between a phrase and the code it is said to be."""

CODE_FIRST = re.compile(
    rf"\s*[(\[]\s*{_THE}\Z"
    rf"|\s*(?P<mark>:|=|-|\u2013|\u2014|\|)\s*{_THE}\Z"
    rf"|,\s*(?P<apposition>(?:i\.e\.,?|that\s+is(?:\s+to\s+say)?,?|namely|or"
    rf"|(?:also\s+)?(?:known\s+as|called))?\s*{_THE})\Z"
    rf"|(?:,\s+in\s+turn,)?(?P<copula>\s+{_HEDGES}{_IS}{_NOT}\s+{_HEDGES}(?:called\s+"
    rf"|known\s+as\s+)?{_THE})\Z"
    r"|(?:,\s+in\s+turn,)?(?P<gap>\s+(?:to\s+)?(?:the\s+)?)\Z",
    re.IGNORECASE,
)
"""What stands between a code and its name."""

CODE_SHOWS = re.compile(
    r"\s?\)?\s*(?:,?\s*(?:showing|(?:shows?|says|means|indicates)\s+that|shows?|meaning"
    r"|visible\s+as|seen\s+as|i\.e\.,?|that\s+is,?)\s+|:\s*|->\s*|\u2192\s*)(?:[a-z]+\s+){0,3}\Z"
    r"|[^.;UFEC]{0,30},\s+as\s+(?:[a-z]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""What stands between a code, with or without its value, and the phrase that describes it."""

_CODED = (
    r"(?:coded?|annotated|labell?ed|scored|recorded|listed|tagged|marked|registered|noted"
    r"|numbered|classified|described"
    r"|treated|known|called|named|defined|designated|identified|taken|assigned|given|written"
    r"|reported|categori[sz]ed)"
)
_AS = (
    r"(?:\s+(?:here|usually|often|simply|also))?(?:\s+(?:as|by|with|under|to\s+be|to|the\s+"
    r"(?:code|number)))?"
)
_CALLS = (
    r"(?:facs|the\s+manual|the\s+coder|the\s+detector|one|we|coders)\s+(?:calls?|codes?|numbers?"
    r"|lists?|labels?|names?)(?:\s+as)?"
)
MORE_PHRASE_FIRST = re.compile(
    rf"['\"]?\s*[=:]\s*['\"]?\Z"
    rf"|\s*[(\[]\s*(?:corresponding\s+to|(?:this|that|which)\s+(?:is|are|corresponds\s+to)"
    rf"|{_CODED}{_AS}|=|{_CALLS}|equals)\s+\Z"
    rf"|,\s*(?:which|that|this|all\s+of\s+which)\s+(?:{_CALLS}|(?:is|are|was|were|can\s+be"
    rf"|would\s+be)\s+{_CODED}{_AS})\s+\Z"
    rf"|,\s*(?:{_CODED}{_AS}|giving|yielding|hence|thus|corresponding\s+to|that\s+makes)\s+"
    rf"(?:an?\s+|the\s+)?\Z"
    rf"|(?P<verb>\s+(?:(?:is|are|was|were|would\s+be|can\s+be|could\s+be|may\s+be|should\s+be"
    rf"|gets?|being)\s+)(?:not\s+)?{_CODED}{_AS}\s+\Z"
    rf"|\s+(?:is|are|was|were)\s+(?:what\s+{_CALLS}|equivalent\s+to|the\s+same\s+as"
    rf"|an\s+instance\s+of|part\s+of)\s+\Z"
    r"|\s+(?:belongs?\s+to|(?:carr(?:y|ies)|ha(?:s|ve)|bears?|gets?)\s+the\s+(?:code|number"
    r"|label)|goes\s+by|falls?\s+under|makes?\s+up|constitutes?)\s+\Z)"
)
"""Further words between a phrase and the code it is said to be."""

MORE_CODE_FIRST = re.compile(
    r"/\Z|\s*['\"]\Z|\"\s*:\s*\"\Z"
    r"|\"?,\s*\"(?:name|label|description|meaning|action|au_name|title)\"\s*:\s*\"(?:the\s+)?\Z"
    rf"|\s*[(\[]\s*(?:(?:which|this|that)\s+(?:is|means)|{_CODED}{_AS}|=|meaning|i\.e\.,?)\s+"
    rf"(?:the\s+|an?\s+)?\Z"
    rf"|,\s*(?:in|for)\s+which\s+(?:the\s+|his\s+|her\s+)?\Z|,\s*{_CALLS}\s+(?:the\s+)?\Z"
    rf"|(?P<verb>\s+(?:(?:is|was|gets)\s+)(?:not\s+)?{_CODED}{_AS}\s+(?:the\s+|an?\s+)?\Z"
    rf"|\s+(?:is|was)\s+(?:what\s+{_CALLS}|the\s+one\s+called|the\s+(?:code|number|unit"
    rf"|action\s+unit)\s+(?:for|of))\s+(?:the\s+|an?\s+)?\Z"
    r"|\s+(?:we|they|one|facs)\s+means?\s+(?:the\s+|an?\s+)?\Z)"
    r"|(?P<as>\s+as\s+(?:the\s+|an?\s+)\Z)"
)
"""Further words between a code and its name."""

_DESCRIPTION = re.compile(
    r"[)\]]?(?:\s*[,(]?\s*(?:at\s+|with\s+)?(?:intensity|value|score|level)?\s*(?:of\s+|=\s*)?\d"
    r"(?:\.\d+)?\s*\)?)?\s*(?::|->|\u2192|\u2013|\u2014|-)\s+"
    r"(?:[a-z]+\s+){0,3}\Z"
)
_AFTER_THE = re.compile(r"\b(?:the|his|her|an?)\s+(?:[\w-]+\s+)?\Z")
_LIST = re.compile(r"\s*(?:,|and|,\s*and|&|/|\+)\s*(?:the\s|an?\s)?\Z")


class Tie(NamedTuple):
    """A code tied to a phrase; marks by number.

    :param is_copula: whether a verb ties them, so that the sentence defines and sees nothing.
    :param start, end: places in the masked sentence.
    """

    code: int
    phrase: int
    is_copula: bool
    start: int
    end: int


def find_ties(view: View) -> list[Tie]:
    """Return the ties of a sentence in order."""
    marks, places, mask = view.marks, view.places, view.mask
    found: list[Tie] = []
    tied: set[int] = set()
    has_copula = False
    for number in range(len(marks) - 1):
        first, second = marks[number], marks[number + 1]
        kinds = first.letter + second.letter
        if kinds not in {"FU", "UF", "CU"}:
            continue
        between = mask[places[number] + 1 : places[number + 1]]
        is_named = kinds == "UF" and second.is_name and between.strip() == "("
        if number in tied and not is_named:
            continue
        if kinds == "UF":
            tie = _code_first(view, number, between, has_copula)
        else:
            tie = _phrase_first(view, number, between)
        if tie is not None:
            found.append(tie)
            tied |= {tie.code, tie.phrase}
            has_copula = has_copula or tie.is_copula
    return _with_parallel(view, _with_descriptions(view, found), tied)


def _phrase_first(view: View, number: int, between: str) -> Tie | None:
    phrase = view.marks[number]
    match = PHRASE_FIRST.match(between) or MORE_PHRASE_FIRST.match(between)
    if match is None:
        return None
    is_verb = bool(match.groupdict().get("copula") or match.groupdict().get("verb"))
    if match.groupdict().get("gap") and not _AFTER_THE.search(view.mask[: view.places[number]]):
        return None
    plain = between.strip()
    if plain in {",", "\u2014", "-"} and not _closes(view, number + 1) and not phrase.is_name:
        return None
    end = view.places[number + 1] + 1
    if _is_rest_of_bracket(view, number) or (plain[-1:] != "(" and _is_meant_later(view, number)):
        return None
    if plain[-1:] in {"(", "["}:
        close = re.match(r"[^()\[\]]{0,40}[)\]]", view.mask[end:])
        end += close.end() if close and not any(c.isupper() for c in close[0]) else 0
    return Tie(number + 1, number, is_verb, view.places[number], end)


def _closes(view: View, number: int) -> bool:
    """Return whether a code stands alone between commas: "the frown, AU4, is"."""
    after = view.mask[view.places[number] + 1 :].lstrip()
    return not after or after[0] in ",.;:)\u2014" or after.startswith(("is ", "are ", "and "))


def _is_rest_of_bracket(view: View, number: int) -> bool:
    """Return whether a list of codes in brackets has the phrase's own code further on: "(AU1, AU2)"."""
    phrase, code = view.marks[number], view.marks[number + 1]
    if not code.codes or code.codes[0] in phrase.codes + phrase.any_of:
        return False
    place = number + 2
    while place < len(view.marks) and view.marks[place].letter == "U":
        between = view.mask[view.places[place - 1] + 1 : view.places[place]]
        if ")" in between or len(between) > 12:
            return False
        if set(view.marks[place].codes) & set(phrase.codes + phrase.any_of):
            return True
        place += 1
    return False


def _is_meant_later(view: View, number: int) -> bool:
    """Return whether one of the next codes is the phrase's own: "A and B, which is AU1 and AU4"."""
    own = set(view.marks[number].codes + view.marks[number].any_of)
    if set(view.marks[number + 1].codes) & own:
        return False
    return any(m.letter == "U" and set(m.codes) & own for m in view.marks[number + 2 : number + 5])


def _code_first(view: View, number: int, between: str, has_copula: bool) -> Tie | None:
    phrase = view.marks[number + 1]
    start, end = view.places[number], view.places[number + 1] + 1
    match = CODE_FIRST.match(between)
    if match is not None:
        if match["gap"] is not None:
            is_tied = has_copula if match["gap"].strip() else phrase.is_name or has_copula
            return Tie(number, number + 1, has_copula, start, end) if is_tied else None
        if (
            match["apposition"] is not None
            and not match["apposition"].strip()
            and not phrase.is_name
        ):
            return None
        if view.mask[end : end + 1] in {")", "]"} and between.strip()[:1] in {"(", "["}:
            end += 1
        return Tie(number, number + 1, match["copula"] is not None, start, end)
    more = MORE_CODE_FIRST.match(between)
    if more is not None and (phrase.is_name or not more["as"]):
        if view.mask[end : end + 1] in {")", "]", '"', "'"}:
            end += 1
        return Tie(number, number + 1, more["verb"] is not None, start, end)
    behind = value_end(view.mask, start + 1)
    if behind > start + 1 and CODE_FIRST.match(view.mask[behind : end - 1]) and phrase.is_name:
        close = view.mask[end : end + 1] == ")"
        return Tie(number, number + 1, False, start, end + close)
    if CODE_SHOWS.match(view.mask[behind : end - 1]) and behind <= end - 1:
        return Tie(number, number + 1, False, start, end)
    return None


def _with_descriptions(view: View, found: list[Tie]) -> list[Tie]:
    """Tie a named code to the phrase that describes it, too: "AU4 (brow lowerer): the brows are knitted"."""
    more = []
    for tie in found:
        number = tie.phrase + 1
        if tie.code > tie.phrase or number >= len(view.marks) or view.marks[number].letter != "F":
            continue
        between = view.mask[view.places[tie.phrase] + 1 : view.places[number]]
        described = view.marks[number].codes + view.marks[number].any_of
        if set(described).isdisjoint(view.marks[tie.code].codes):
            continue  # what stands behind the colon may be something else
        if view.marks[tie.phrase].is_name and _DESCRIPTION.match(between):
            more.append(Tie(tie.code, number, False, tie.start, view.places[number] + 1))
    return sorted([*found, *more], key=lambda t: t.start)


def _with_parallel(view: View, found: list[Tie], tied: set[int]) -> list[Tie]:
    """Tie two lists of the same length: "lip suck and lip stretch (AU28 and AU20)"."""
    marks, places, mask = view.marks, view.places, view.mask
    for tie in list(found):
        last, first = tie.phrase, tie.code
        if last > first or first != last + 1 or last - 1 < 0 or first + 1 >= len(marks):
            continue
        joins = (
            mask[places[last - 1] + 1 : places[last]],
            mask[places[first] + 1 : places[first + 1]],
        )
        letters = marks[last - 1].letter + marks[first + 1].letter
        if (
            letters == "FU"
            and all(_LIST.match(j) for j in joins)
            and "(" in mask[places[last] : places[first]]
        ):
            found.remove(tie)
            found.append(Tie(first, last - 1, False, places[last - 1], tie.end))
            found.append(Tie(first + 1, last, False, places[last - 1], tie.end))
            tied |= {last - 1, first + 1}
    return sorted(found, key=lambda t: t.start)
