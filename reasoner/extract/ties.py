"""Numbers tied to names or phrases: "AU6 (cheek raiser)", "the frown, i.e. AU4", lists of both."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from affectgraph.reasoner.extract.concessions import ends_concession
from affectgraph.reasoner.extract.marks import Mark, View
from affectgraph.reasoner.extract.scope import value_end
from affectgraph.reasoner.extract.tie_words import (
    ACTS,
    AFTER_THE,
    AND_NOT,
    ANOTHER,
    AS_SHOWN,
    AS_SHOWS,
    BEHIND_LABEL,
    CODE_FIRST,
    CODE_SHOWS,
    DESCRIPTION,
    LABEL,
    LIST,
    LOOSE,
    MORE_CODE_FIRST,
    MORE_PHRASE_FIRST,
    MUSCLE_FIRST,
    PARTICLE,
    PHRASE_ACTS,
    PHRASE_FIRST,
)

_REACH = 4
"""Marks on either side among which the phrase of a code is looked for."""


class Tie(NamedTuple):
    """A code tied to a phrase; marks by number.

    :param is_copula: whether a verb ties them, so that the sentence defines and sees nothing.
    :param start, end: places in the masked sentence.
    :param more: further codes that the phrase is said to be: "oblique brows (AU1 and AU4)".
    """

    code: int
    phrase: int
    is_copula: bool
    start: int
    end: int
    more: tuple[int, ...] = ()


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
        pair = (first, second) if first.letter == "U" else (second, first)
        if (
            between.startswith(",")
            and ends_concession(view, number)
            and not _means(pair[1], pair[0])
        ):
            continue
        is_named = kinds == "UF" and second.is_name and between.strip() == "("
        is_alone = kinds == "UF" and _fill_bracket(view, number, between)
        if number in tied and not is_named and not is_alone:
            continue
        tie: Tie | None
        if is_alone:
            tie = Tie(
                number, number + 1, False, places[number], _closed(view, places[number + 1] + 1)
            )
        elif kinds == "UF":
            tie = _code_first(view, number, between, has_copula)
        else:
            tie = _phrase_first(view, number, between, has_copula)
        if tie is not None:
            own = _listed(view, tie, tied)
            found += own
            tied.update(n for t in own for n in (t.code, t.phrase, *t.more))
            has_copula = has_copula or tie.is_copula
    return _with_descriptions(view, _with_denied(view, found))


def _fill_bracket(view: View, number: int, between: str) -> bool:
    """Return whether a code and a phrase are all that stands in a bracket: "(AU28, lip suck)"."""
    before = view.mask[: view.places[number]].rstrip()
    behind = view.mask[view.places[number + 1] + 1 :].lstrip()
    is_pair = between.strip() in {",", ";", ":", "=", "-", "\u2013", "\u2014"}
    return is_pair and before[-1:] in {"(", "["} and behind[:1] in {")", "]"}


def _with_denied(view: View, found: list[Tie]) -> list[Tie]:
    """Tie a code to the name that it is said not to have, too: "AU28 is lip suck, not lip pucker"."""
    more = []
    for tie in found:
        number = tie.phrase + 1
        if tie.code > tie.phrase or number >= len(view.marks) or not view.marks[number].is_name:
            continue
        if AND_NOT.match(view.mask[view.places[tie.phrase] + 1 : view.places[number]]):
            start = view.places[tie.phrase] + 1
            more.append(Tie(tie.code, number, True, start, view.places[number] + 1))
    return [*found, *more]


def _phrase_first(view: View, number: int, between: str, has_copula: bool) -> Tie | None:
    phrase = view.marks[number]
    particle = PARTICLE.match(between)
    between = between[particle.end() :] if particle else between
    match = PHRASE_FIRST.match(between) or MORE_PHRASE_FIRST.match(between)
    if match is None:
        place = view.places[number + 1] + 1
        if phrase.is_name and between.strip() == "/":
            return Tie(number + 1, number, False, view.places[number], place)
        is_same = (AS_SHOWN.match(between) and AS_SHOWS.match(view.mask, place)) or (
            LOOSE.match(between) and _means(phrase, view.marks[number + 1])
        )
        return Tie(number + 1, number, False, view.places[number], place) if is_same else None
    is_verb = bool(match.groupdict().get("copula") or match.groupdict().get("verb"))
    is_gap = match.groupdict().get("gap") is not None
    if is_gap and not phrase.is_name and not AFTER_THE.search(view.mask[: view.places[number]]):
        return None
    plain = between.strip()
    if plain in {",", "\u2014", "-"} and (
        _is_told_of_code(view, number) or not _closes(view, number + 1)
    ):
        return None
    end = view.places[number + 1] + 1
    if plain[-1:] in {"(", "["}:
        close = re.match(r"[^()\[\]]{0,40}[)\]]", view.mask[end:])
        end += close.end() if close and not any(c.isupper() for c in close[0]) else 0
    return Tie(number + 1, number, is_verb or (is_gap and has_copula), view.places[number], end)


def _is_told_of_code(view: View, number: int) -> bool:
    """Return whether a phrase says what a code before it does: "AU1 and AU2 lift the brows, AU4 ..."."""
    if not number or view.marks[number].is_name or view.marks[number - 1].letter != "U":
        return False
    return not view.mask[view.places[number - 1] + 1 : view.places[number]].strip()


def _closes(view: View, number: int) -> bool:
    """Return whether what a phrase is called stands alone between commas: "the frown, AU4, is".

    Not in a list of codes and names: "cheek raiser, AU12 and AU25". Where the phrase means the code,
    the words around them do not matter.
    """
    code, phrase = view.marks[number], view.marks[number - 1]
    if _means(phrase, code):
        return True
    after = view.mask[view.places[number] + 1 :].lstrip()
    if number + 1 < len(view.marks) and view.marks[number + 1].letter == "U":
        between = view.mask[view.places[number] + 1 : view.places[number + 1]]
        return not LIST.match(between) and not between.strip().startswith("or")
    return not after or after[0] in ",.;:)\u2014" or after.startswith(("is ", "are ", "and "))


def _means(phrase: Mark, code: Mark) -> bool:
    return bool(code.codes) and code.codes[0] in phrase.codes + phrase.any_of


def _code_first(view: View, number: int, between: str, has_copula: bool) -> Tie | None:
    phrase = view.marks[number + 1]
    start, end = view.places[number], view.places[number + 1] + 1
    match = CODE_FIRST.match(between)
    if match is not None:
        if match["gap"] is not None:
            if not match["gap"].strip() and _acts(view, phrase):
                return Tie(number, number + 1, False, start, end)
            is_tied = has_copula if match["gap"].strip() else phrase.is_name or has_copula
            return Tie(number, number + 1, has_copula, start, end) if is_tied else None
        if (match["apposition"] or "").startswith("so") and not _means(phrase, view.marks[number]):
            return None
        is_apposition = match["apposition"] is not None and not match["apposition"].strip("\"' ")
        if match["apposition"] is not None and not _is_apposed(
            view, number, is_bare=is_apposition or match["apposition"].strip() in {"the", "a", "an"}
        ):
            return None
        if is_apposition and not phrase.is_name and not _acts(view, phrase):
            return None
        return Tie(number, number + 1, match["copula"] is not None, start, _closed(view, end))
    more = MORE_CODE_FIRST.match(between)
    if more is not None and (phrase.is_name or not more["as"]):
        return Tie(number, number + 1, more["verb"] is not None, start, _closed(view, end))
    if ACTS.match(between) and _acts(view, phrase):
        return Tie(number, number + 1, False, start, end)
    behind = value_end(view.mask, start + 1)
    rest = view.mask[behind : end - 1].lstrip(";")
    if behind > start + 1:
        valued = CODE_FIRST.match(rest)
        is_listed = (
            valued is not None
            and valued["apposition"] is not None
            and not _is_apposed(view, number, is_bare=True)
        )
        is_told = (
            phrase.is_name or "(" in rest or (valued is not None and valued["mark"] is not None)
        )
        if valued and is_told and not is_listed:
            return Tie(number, number + 1, False, start, _closed(view, end))
        if MORE_CODE_FIRST.match(rest) and phrase.is_name:
            return Tie(number, number + 1, False, start, _closed(view, end))
    is_label = BEHIND_LABEL.match(between) and LABEL.search(view.mask, 0, start)
    if phrase.is_name and (is_label or MUSCLE_FIRST.match(between)):
        return Tie(number, number + 1, False, start, _closed(view, end))
    is_own = _means(phrase, view.marks[number]) or not ANOTHER.search(rest)
    if is_own and CODE_SHOWS.match(rest) and behind <= end - 1:
        return Tie(number, number + 1, False, start, end)
    return None


def _acts(view: View, phrase: Mark) -> bool:
    """Return whether a phrase says what an action does: "lowers the brows"."""
    return not phrase.is_name and PHRASE_ACTS.match(view.text, phrase.start) is not None


def _closed(view: View, end: int) -> int:
    """Return where a tie ends with the bracket or quotation mark that it opened."""
    while view.mask[end : end + 1] in {")", "]", '"', "'", "}"}:
        end += 1
        if view.mask[end - 1] in ")]}":
            break
    return end


def _is_apposed(view: View, number: int, *, is_bare: bool) -> bool:
    """Return whether a name behind a code and a comma is the code's, and no further member of a list.

    "AU12, nose wrinkler and jaw drop are on" lists three actions, "AU12, the nose wrinkler, is on" one.
    """
    phrase = view.marks[number + 1]
    codes = _run(view, number, "U", set())
    if not is_bare or any(_means(phrase, view.marks[n]) for n in codes):
        return True
    behind = view.places[number + 1] + 1
    if len(codes) > 1 or value_end(view.mask, behind) > behind:
        return False  # further members of a list, each with a value of its own
    if number + 2 >= len(view.marks):
        return True
    following = view.marks[number + 2]
    between = view.mask[view.places[number + 1] + 1 : view.places[number + 2]]
    if following.letter not in "UF" or not LIST.match(between):
        return True
    if following.letter == "F":
        return _acts(view, following)
    is_chain = number + 3 < len(view.marks) and view.marks[number + 3].letter == "F"
    return is_chain or between.lstrip().startswith(",")


def _listed(view: View, tie: Tie, tied: set[int]) -> list[Tie]:
    """Return the ties of the lists that a tie joins: "lip suck and lip stretch (AU28 and AU20)".

    In two lists of the same length, of FACS names alone, each stands for its neighbour. Otherwise a phrase
    goes to the codes it means, and only one that means none of them goes to the code beside it.
    """
    codes, phrases = _lists(view, tie, tied)
    if len(codes) == len(phrases) > 1 and all(view.marks[p].is_name for p in phrases):
        start = min(view.places[codes[0]], view.places[phrases[0]])
        end = max(tie.end, _closed(view, view.places[max(codes[-1], phrases[-1])] + 1))
        return [Tie(c, p, tie.is_copula, start, end) for c, p in zip(codes, phrases, strict=True)]
    found = [own for phrase in phrases if (own := _meant(view, tie, codes, phrase, phrases))]
    if not found:
        return [_meant_nearby(view, tie, tied) or _own_tie(view, tie, tie.code, tie.phrase, ())]
    used = {n for t in found for n in (t.code, t.phrase, *t.more)}
    free, lost = [c for c in codes if c not in used], [p for p in phrases if p not in used]
    if len(codes) == len(phrases) and len(free) == len(lost):
        found += [_own_tie(view, tie, c, p, ()) for c, p in zip(free, lost, strict=True)]
    return sorted(found, key=lambda t: t.start)


def _lists(view: View, tie: Tie, tied: set[int]) -> tuple[list[int], list[int]]:
    """Return the codes and the phrases of the lists that meet in a tie."""
    codes, phrases = _run(view, tie.code, "U", tied), _run(view, tie.phrase, "FC", tied)
    if tie.code > tie.phrase:
        return [n for n in codes if n >= tie.code], [n for n in phrases if n <= tie.phrase]
    codes = [n for n in codes if n <= tie.code]
    phrases = [n for n in phrases if n >= tie.phrase]
    is_open = "(" in view.mask[view.places[tie.code] : view.places[tie.phrase]]
    return codes, phrases if is_open or len(codes) == len(phrases) else phrases[:1]


def _meant(view: View, tie: Tie, codes: list[int], phrase: int, phrases: list[int]) -> Tie | None:
    """Return the tie of a phrase to those codes of a list that it means, None if it means none.

    One phrase before a bracket stands for all in it: "the mouth falls open (AU25, AU26)".
    """
    meant = [c for c in codes if _means(view.marks[phrase], view.marks[c])]
    if not meant:
        return None
    nearest = min(meant, key=lambda c: abs(c - tie.code))
    is_whole = len(phrases) == 1 and (_is_bracketed(view, tie) or _is_sum(view, codes))
    rest = tuple(c for c in (codes if is_whole else meant) if c != nearest)
    return _own_tie(view, tie, nearest, phrase, rest)


def _is_bracketed(view: View, tie: Tie) -> bool:
    """Return whether the codes stand in brackets behind the phrase."""
    return tie.code > tie.phrase and (
        view.mask[: view.places[tie.code]].rstrip().endswith(("(", "["))
    )


def _is_sum(view: View, codes: list[int]) -> bool:
    """Return whether codes are added up, "AU6 + AU12", and not only listed."""
    places, mask = view.places, view.mask
    return all("," not in mask[places[a] + 1 : places[b]] for a, b in itertools.pairwise(codes))


def _own_tie(view: View, tie: Tie, code: int, phrase: int, more: tuple[int, ...]) -> Tie:
    """Return the tie of a code and a phrase of two lists, over the words from one to the other."""
    places = [view.places[n] for n in (code, phrase, *more)]
    start, end = min(places), max(places) + 1
    return Tie(code, phrase, tie.is_copula, min(start, tie.start), max(end, tie.end), more)


def _run(view: View, number: int, letters: str, tied: set[int]) -> list[int]:
    """Return the marks of one list around a mark, in order."""
    marks, places, mask = view.marks, view.places, view.mask
    found = [number]
    while found[0] and marks[found[0] - 1].letter in letters and found[0] - 1 not in tied:
        behind = (
            value_end(mask, places[found[0] - 1] + 1)
            if letters == "U"
            else places[found[0] - 1] + 1
        )
        if not LIST.match(mask[behind : places[found[0]]]):
            break
        found.insert(0, found[0] - 1)
    while found[-1] + 1 < len(marks) and marks[found[-1] + 1].letter in letters:
        behind = value_end(mask, places[found[-1]] + 1) if letters == "U" else places[found[-1]] + 1
        if not LIST.match(mask[behind : places[found[-1] + 1]]):
            break
        found.append(found[-1] + 1)
    return found


def _meant_nearby(view: View, tie: Tie, tied: set[int]) -> Tie | None:
    """Return the tie of a code to another phrase of its clause or bracket that means it.

    "She smiles with her teeth showing (AU12)": the smile is AU12, whatever stands beside the number.
    """
    marks, places = view.marks, view.places
    code = marks[tie.code]
    if tie.code > tie.phrase:
        near: Sequence[int] = range(tie.phrase - 1, max(-1, tie.phrase - _REACH), -1)
    else:
        near = range(tie.phrase + 1, min(len(marks), tie.phrase + _REACH))
    for number in near:
        if marks[number].letter == "U":
            break
        low, high = sorted((places[number], places[tie.phrase]))
        if re.search(r"[;.)\]]|\bbut\b", view.mask[low:high]):
            break
        if marks[number].letter == "F" and number not in tied and _means(marks[number], code):
            start, end = min(tie.start, places[number]), max(tie.end, places[number] + 1)
            return tie._replace(phrase=number, start=start, end=end)
    if (
        tie.code > tie.phrase
    ):  # "brows and lips, which is AU1 and AU4": the phrase's own code comes later
        for number in range(tie.code + 1, min(len(marks), tie.code + _REACH)):
            if marks[number].letter != "U" or ")" in view.mask[places[tie.code] : places[number]]:
                break
            if _means(marks[tie.phrase], marks[number]):
                return tie._replace(code=number, end=max(tie.end, places[number] + 1))
    return None


def _with_descriptions(view: View, found: list[Tie]) -> list[Tie]:
    """Tie a named code to the phrase that describes it, too: "AU4 (brow lowerer): the brows are knitted"."""
    more = []
    phrases = {t.phrase for t in found}
    for tie in found:
        number = tie.phrase + 1
        if tie.code > tie.phrase or number >= len(view.marks) or view.marks[number].letter != "F":
            continue
        meant = [n for n in (tie.code, *tie.more) if _means(view.marks[number], view.marks[n])]
        if number in phrases or not meant:
            continue  # what stands behind the colon may be something else
        between = view.mask[view.places[tie.phrase] + 1 : view.places[number]]
        is_told = DESCRIPTION.match(between) or (
            _acts(view, view.marks[number]) and len(between) < 20
        )
        if view.marks[tie.phrase].is_name and is_told:
            end = view.places[number] + 1
            more.append(Tie(meant[0], number, False, tie.start, end, tuple(meant[1:])))
    return sorted([*found, *more], key=lambda t: t.start)
