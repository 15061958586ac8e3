"""Finds the emotions a rationale states of a person, and the one it finally concludes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.prevailing import prevails
from affectgraph.reasoner.extract.scope import DENY, Scope
from affectgraph.reasoner.extract.supposed import is_supposed
from affectgraph.reasoner.extract.triggers import (
    ASKS,
    CALLS,
    FIELD,
    MADE,
    MARKER,
    OWN,
    POINTS,
    SIGN,
    STATE,
)
from affectgraph.reasoner.model import Degree

_ADV = r"(?:[\w-]+\s+){0,3}"
_Q = r"[\"'*\u2018\u201c]{0,3}"
_FIELD = late_pattern(
    r"(?:\b(?:final|predicted|overall|most\s+likely|dominant|best|likely|primary|underlying|the"
    r"|main|prevailing|emotional)\b[\s\w-]{0,24})?"
    r"(?:\b|_)(?:emotions?|label|answer|prediction|category|class|sentiment|conclusion|impression|state"
    r"|decision|verdict|choice|feeling|reading|mood|guess"
    r"|summary|outcome|one\s+word)\b"
    r"[\"'*]{0,3}(?:,[^,.;E]{2,30},)?(?:\s+(?:here|shown|displayed|expressed|conveyed|of\s+(?:the|this)\s+\w+"
    r"|(?:of|for)\s+(?:(?:the|this)\s+)?[a-z]+(?:\s+(?:[a-z]|\d{1,4}))?(?=\s*(?:[:=]|->|\u2192|(?:is|was)\b))|to\s+choose))?\s*"
    r"(?:(?:seems|appears)\s+to\s+be|(?:is|was|:|=|->|\u2192|should\s+be|would\s+be|could\s+be"
    r"|may\s+be|might\s+be|remains))\s*"
    rf"(?:(?:not|most\s+likely|likely|probably|one\s+of|that\s+of|clearly|therefore|thus|still|a\s+mild"
    rf"|mild|plain)\s+)*{_Q}\s*\Z"
)
_MARKER = late_pattern(
    r"\b(?:overall|therefore|thus|hence|in\s+(?:conclusion|summary|short|sum|total|the\s+end)"
    r"|to\s+sum\s+up|taken\s+together"
    r"|taking\s+(?:all|everything)|all\s+in\s+all|altogether|conclusion|finally|consequently"
    r"|most\s+likely|as\s+a\s+result|all\s+considered"
    r"|accordingly|best\s+(?:described|fits?|label)|fits\s+best|conclude[sd]?|verdict|so\s+the"
    r"|weighing|on\s+balance|final)\b|^\s*so\b"
)
_PERSON = (
    r"(?:i|he|she|they|we|you|it|who|one|person|people|man|woman|girl|boy|child|baby|speaker"
    r"|subject|actor|actress|patient|student|player|host"
    r"|guest|individual|mother|father|customer|user|writer|author|doctor|face|lady|guy|somebody"
    r"|someone|nobody|participant|expression|voice|ross|rachel"
    r"|teacher|driver|singer|athlete|reporter|presenter|teenager|kid|nurse|officer|employee|winner"
    r"|interviewee|protagonist|character)"
)
_OF_PERSON = late_pattern(rf"\b{_PERSON}\b[^.;:E]{{0,60}}\Z")
_STATE = late_pattern(
    r"\b(?:is|are|was|were|am|feels?|felt|feeling|(?:seem|appear|look|sound)(?:s|ed)?|shows?|expresses"
    r"|experiences|'s|'re|becomes?|gets?|grows|remains?|stays"
    r"|(?:comes?|came)\s+across\s+as|experiencing|displays?|displaying|conveys?|portray(?:s|ing)|be|being|been|have"
    r"|has|(?:is|are|was|were)\s+(?:(?:beam|trembl|glow|shak|brimm|burst|seeth|shiver|quiver|cry|scream|bubbl|burn|radiat)\w*ing"
    r"|filled|overcome|overwhelmed|seized|consumed)\s+(?:with|by))\s+(?:to\s+(?:be|feel|have|show|express)\s+)?"
    r"(?:(?:a|an|the|some|in|with|signs?|sense|state|feeling|clearly|very|quite|rather|really|of"
    r"|mild|deeply|most|likely|probably|genuinely|both|slightly|somewhat|more|visibly"
    r"|experiencing|feeling|expressing|showing|displaying|portraying|so|plainly|simply|just|indeed"
    r"|certainly|truly|obviously|close|to|a\s+bit|strong|how|no|not|a\s+little|mostly|extremely"
    r"|afraid|being|perhaps|possibly|less|than|rarely|still|even|merely|also|always)\s+){0,5}"
    + rf"{_Q}\Z"
)
_CALLS = late_pattern(
    r"\b(?:i(?:'d)?\s+(?:would\s+|will\s+|can\s+|could\s+|may\s+|might\s+|therefore\s+|thus\s+"
    r"|also\s+)*(?:call|say|go|settle|choose|pick|lean|opt|read|label|conclude|assign|see|classify"
    r"|vote|stay|stick|assign|decide|favou?r|suspect|think|believe|interpret|rate|judge|infer|suggest)"
    r"|(?:call|calls|called|labels?|rates?|chooses|picks|reads|classif(?:y|ies)|opts?|settles?"
    r"|leans?|goes|votes?)\b)"
    rf"(?:[^.;E]{{0,50}}?)\s{_Q}\Z"
)
_CALLS_I = late_pattern(r"\b(?:i|calls?\s+it)\b[^.;:E]{0,40}\Z")
_ARROW = late_pattern(r"(?:->|\u2192|=>)\s*\Z")
_OWN = late_pattern(
    r"\b(?:i|we)\s+(?:(?!(?:see|call|say|choose|pick|read|label|conclude|rate|judge|infer|find|detect|vote)\b)"
    r"\w+\s+)?\Z"
)
"""What somebody feels or does of himself, but for judging: "I love", not "I see"."""

_POINTS = late_pattern(
    r"\b(?:evidence|cues?|everything|all\s+(?:this|of\s+this)|this|picture|overall|indicators?"
    r"|combination|together|signals?|nothing|these|face|modalities|expression|it)\b[^.;E]{0,50}"
    r"\b(?:supports?|suggests?|points?\s+(?:to|towards)|indicates?|speaks?\s+for"
    r"|is\s+(?:\w+\s+)?consistent\s+with|is|leads?\s+(?:me\s+)?to|adds?\s+up\s+to|amounts?\s+to"
    r"|means|signals?|fits?|reflects?|agree\s+on|expresses|shows)\s+"
    rf"(?:(?:an?|the|some|clear|mild|strong|of|signs?|genuine|plain|classic)\s+){{0,4}}{_Q}\Z"
)
_AFTER = late_pattern(
    rf"{_Q}\s+(?:(?:emotion|state|reading|label)\s+)?(?:(?:would|may|might|could|also|therefore"
    rf"|thus|clearly|still|probably|perhaps|then|is|seems?|appears?|looks?|remains?|as|not|be|the"
    rf"|to\s+be|cannot|can|fully|quite|more|most|less|best|also|here|a|an|very|only)\s+)*"
    r"(?:fits?\s+best|fit\s+best|best|likely|plausible|possible|excluded|ruled\s+out|set\s+aside"
    r"|dropped|dismissed|probable|deserves\s+mention|label|answer|dominates?|prevails?|conceivable"
    r"|wins|dominant|prediction|choice|stands\s+out|is\s+my|unlikely|conclusion|emotion"
    r"|convincing|far-fetched|out(?=\s*(?:[.,;]|$))|written\s+all\s+over)\b"
)
_MIXED = late_pattern(
    rf"\b(?:mixed\s+with|tinged\s+with|with\s+(?:an?\s+|some\s+)?(?:\w+\s+)?(?:note|hint|touch"
    rf"|trace|undertone|bit|shade|elements?)\s+of|and\s+(?:perhaps|possibly|maybe|even|also|some"
    rf"|a\s+bit\s+of|a\s+little)|combined\s+with|accompanied\s+by|with\s+some|mingled\s+with"
    rf"|along\s+with)\s+(?:[\w-]+\s+){{0,4}}{_Q}\Z"
)
_INSTEAD = late_pattern(
    rf"\b(?:rather\s+than|instead\s+of|not|and\s+not|but\s+not|as\s+opposed\s+to|more\s+than"
    rf"|other\s+than)\s+(?:[\w-]+\s+){{0,2}}{_Q}\Z"
)
_NO_SIGN = late_pattern(rf"\b(?:no|not|nothing|never|any|n't)\b(?:[^.;EFU]{{0,40}})\s{_Q}\Z")
_MAKES = late_pattern(
    r"\b(?:made|makes|making|fills?|left|leaves)\s+(?:him|her|them)\s+(?:look\s+|feel\s+"
    r"|with\s+)?(?:\w+ly\s+)?\Z"
)
_JOINED = late_pattern(
    r"\s*(?:,|and|or|,\s*and|/|&|as\s+well\s+as|,\s*possibly|,\s*perhaps|,\s*maybe"
    r"|,?\s*or\s+even)\s*(?:[\w-]+\s+){0,2}[\"'*]{0,2}\Z"
)
_ANSWER = late_pattern(r"<(?:answer|final|label|emotion|conclusion)>\s*\Z", re.IGNORECASE)
_IF = late_pattern(
    r"^\s*(?:if|when|please|imagine|you\s+(?:can|may|might)|would\s+you|could\s+(?:it|she|he|this|that)|what\s+about|how)\b|\?\s*$"
)
_ATTRIBUTE = late_pattern(r"\b(?:the|these|those|his|her|their|its)\s+\Z")
_THING = late_pattern(
    r"\s+(?!(?:and|or|but|with|in|at|of|about|because|when|as|rather|than|to|that|is|was|seems)\b)[a-z]+"
)
_LATER = late_pattern(
    r"(?:\bbut|,)\s+here\b|\b(?:then|later|afterwards|finally|eventually|now|until|became|becomes|turned|ended\s+up"
    r"|(?:in|by|at|towards?)\s+the\s+end)\b"
)
_MERELY = late_pattern(
    r"(?:\b(?:not|beyond)|n't)\s+(?:just|only|merely|simply)\s+(?:[\w-]+\s+){0,2}\Z"
    r"|\bmore\s+than\s+(?:(?:just|merely|a\s+bit|a\s+little)\s+)?\Z"
)
"""Before what is less than comes: "not just annoyed, she is furious"."""

_BUT = late_pattern(
    rf"{_Q},?\s+but\s+(?:(?:rather|instead|actually|an?|the|some|deep|mild|strong)\s+){{0,3}}{_Q}\Z"
)
"""Between what a state is not and what it is: "not fear but surprise"."""

_ALTERNATIVE = late_pattern(
    r"\b(?:alternatives?|alternatively|runner-up|another\s+(?:possibility|reading|candidate|option)"
    r"|second\s+(?:choice|guess|candidate))\b[^.;E]{0,30}\Z"
)

_EDGES = " .!*\"'#`:-\u2018\u2019\u201c\u201d[]{}(),\n"


@quickly_made
@dataclass(frozen=True, slots=True)
class Stated:
    """An emotion stated of a person.

    :param view: number of the sentence; ``mark``: of the emotion in it.
    :param rank: how conclusive it is, 6 for an answer, 1 for a state in passing.
    :param start, end: of the words that state it, in the text.
    :param is_later: whether it came after the one that the sentence states before: "sad, then angry".
    :param attributed_to: who is said to state it, empty for the text itself.
    """

    view: int
    mark: int
    rank: int
    start: int
    end: int
    is_denied: bool
    is_hedged: bool
    degree: Degree = "plain"
    is_later: bool = False
    attributed_to: str = ""


def find_stated(
    views: Sequence[View],
    scopes: Sequence[Scope],
    used: Sequence[frozenset[int]],
    inferred: Sequence[frozenset[int]],
) -> list[Stated]:
    """Return the emotions that are stated of a person, in order.

    :param used: marks that serve statements on emotions themselves, for each sentence.
    :param inferred: marks that cues are said to show.
    """
    last = max((i for i, v in enumerate(views) if "E" in v.mask), default=-1)
    found: list[Stated] = []
    for index, (view, scope) in enumerate(zip(views, scopes, strict=True)):
        if "E" not in view.mask:
            continue
        previous: Stated | None = None
        for number, mark in enumerate(view.marks):
            if mark.letter != "E" or number in used[index]:
                continue
            stated = _stated(
                view, scope, index, number, number in inferred[index], index == last, previous
            )
            if stated is not None:
                found.append(stated)
                previous = stated
    return _without_rules(views, inferred, found)


def _without_rules(
    views: Sequence[View], inferred: Sequence[frozenset[int]], found: list[Stated]
) -> list[Stated]:
    """Return what is stated without rules in a row: "AU6 -> joy. AU4 -> anger" says what actions show."""
    drawn = [
        item
        for item in found
        if item.mark in inferred[item.view]
        and _ARROW.search(views[item.view].mask[: views[item.view].places[item.mark]])
    ]
    if len({views[item.view].marks[item.mark].slug for item in drawn}) < 2:
        return found
    return [item for item in found if item not in drawn]


def _stated(
    view: View,
    scope: Scope,
    index: int,
    number: int,
    is_inferred: bool,
    is_last: bool,
    previous: Stated | None,
) -> Stated | None:
    mask, place = view.mask, view.places[number]
    mark = view.marks[number]
    clause = scope.clause(place)
    before, after = mask[:place], mask[place + 1 :]
    head = view.text[max(0, view.sentence.start - 14) : view.sentence.start]
    rank = 0
    can = view.triggers
    if _is_aside(view, number, before, after) or is_supposed(view, place):
        return None
    if place < 40 and ">" in head and _ANSWER.search(head):
        rank = 6
    elif (can & ASKS or "?" in mask) and _IF.search(mask):
        return None
    elif can & FIELD and _FIELD.search(before):
        rank = 5
    elif can & FIELD and (prevailing := prevails(mask, place)):
        rank = prevailing
    elif can & MARKER and _MARKER.search(before):
        rank = 4
    elif can & OWN and _OWN.search(before):
        return None
    elif (
        (can & MARKER and _MARKER.search(after))
        or mask.strip(_EDGES) == "E"
        or _ARROW.search(before)
    ):
        rank = 3
    elif (
        (can & STATE and _STATE.search(before[-80:]) and _is_of_person(before))
        or (can & CALLS and _CALLS.search(before[-80:]))
        or _AFTER.match(after)
        or (can & MADE and _MAKES.search(before))
        or (not is_inferred and can & POINTS and _POINTS.search(before))
    ):
        rank = 2
    elif (
        previous is not None
        and (
            _MIXED.search(before)
            or _INSTEAD.search(before)
            or _JOINED.search(mask[view.places[previous.mark] + 1 : place])
        )
    ) or (
        can & SIGN
        and _NO_SIGN.search(before[clause.start :] if clause.start < place else before)
        and re.search(
            r"\b(?:see|signs?|cues?|trace|evidence|hint|looks?|suggests?|indicat\w+|find|shows?)\b",
            before,
        )
    ):
        rank = 1
    if is_inferred and rank in {0, 1}:
        return None
    if is_inferred and rank < 6:
        states = rank >= 4 or (
            (can & STATE and _STATE.search(before[-80:]) and _is_of_person(before))
            or (can & CALLS and _CALLS_I.search(before[-80:]))
            or _ARROW.search(before)
        )
        if not states:
            return None
        rank = min(rank, 3)
    if previous is not None and previous.is_denied:
        between = mask[view.places[previous.mark] + 1 : place]
        rank = max(rank, previous.rank) if _BUT.match(between) else rank
    if not rank:
        return None
    if _ALTERNATIVE.search(before):
        rank = 1
    is_later = previous is not None and (
        _LATER.search(mask, view.places[previous.mark], place) is not None
        or _MERELY.search(mask[: view.places[previous.mark]]) is not None
    )
    if is_later and previous is not None:
        rank = max(rank, previous.rank)
    denied = scope.denied(number) or _is_out(
        before[clause.start :] if clause.start <= place else before, after
    )
    denied ^= scope.is_false(place)
    start = _start(view, scope, number, rank)
    region_end = min(len(mask), place + 1 + (len(after) if len(after) < 40 else 0))
    return Stated(
        index,
        number,
        rank,
        view.start(start),
        mark.end,
        denied,
        scope.hedged(start, max(place, min(region_end, scope.clause(place).end))),
        scope.degree(start, place + 1),
        is_later,
    )


def _is_aside(view: View, number: int, before: str, after: str) -> bool:
    """Return whether a word names a cause ("tempting") or describes a thing ("the restless lips")."""
    mention = view.marks[number].mention
    if mention is None or mention.quote.lower() == mention.concept.label:
        return False
    if mention.role == "stimulus":
        return True
    return _THING.match(after) is not None and _ATTRIBUTE.search(before) is not None


def _is_out(before: str, after: str) -> bool:
    if re.match(
        r"\s+(?:is|seems|looks)\s+(?:\w+\s+)?(?:unlikely|excluded|ruled\s+out|absent|not|far-fetched|out)\b"
        r"|\s+(?:does\s+not|doesn't)\s+fit|\s+(?:or\s+E\s+|and\s+E\s+)?(?:can|may|could"
        r"|might)\s+(?:\w+\s+)?be\s+(?:ruled\s+out|excluded|dropped|set\s+aside|dismissed)",
        after,
    ):
        return True
    return (
        "nothing" in before
        and DENY.search(before[-40:]) is not None
        and re.search(r"\bnothing\b[^E]*\Z", before) is not None
    )


def _start(view: View, scope: Scope, number: int, rank: int) -> int:
    place = view.places[number]
    start = scope.clause(place).start
    earlier = [p for p in view.places[:number] if p >= start]
    return max(start, earlier[-1] + 1) if earlier else start


def _is_of_person(before: str) -> bool:
    return _OF_PERSON.search(before) is not None or before.strip() in {"", "this is", "it is"}


def final(stated: Sequence[Stated]) -> Stated | None:
    """Return what a text finally concludes: the best rank, of equals the last sentence, in it the first.

    But of states that a sentence gives in turn, the last: "he was sad at first, then became angry". What
    others are said to state counts only if the text states nothing itself.
    """
    best: Stated | None = None
    candidates = [item for item in stated if not item.is_denied and item.rank >= 2]
    own = [item for item in candidates if not item.attributed_to]
    for item in own or candidates:
        if (
            best is None
            or item.rank > best.rank
            or (item.rank == best.rank and (item.view != best.view or item.is_later))
        ):
            best = item
    return best
