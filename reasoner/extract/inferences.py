"""What cues are said to show, or to rule out: "AU6 and AU12 suggest joy", "no smile, so joy is out"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from affectgraph.kg.frozen import quickly_made
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.concessions import concessions, is_conceded
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.occurrences import OCCURS_IN, SELDOM, is_on_emotion, occurs
from affectgraph.reasoner.extract.scope import DENY, Scope
from affectgraph.reasoner.extract.ties import Tie
from affectgraph.reasoner.extract.triggers import DRAWN, OUT, READS

_FORWARD = late_pattern(
    r"\b(?:indicat(?:es?|ing|ed)|indicative\s+of|suggest(?:s|ing|ive\s+of)?|signal(?:s|ling|ing)?"
    r"|signif(?:y|ies)"
    r"|point(?:s|ing)?\s+(?:to|towards?)|consistent\s+with|in\s+line\s+with|(?:typical"
    r"|characteristic|indicative)\s+(?:of|for)"
    r"|(?:signs?|markers?|indicators?|hallmarks?|evidence|cues?|signature|expressions?|displays?"
    r"|features?|patterns?|prototypes?|look|variants?|sets?|compounds?|correlates?|combinations?"
    r"|configurations?|region"
    r"|impression|air|core|picture|symptoms?)\s+(?:of|for)"
    r"|associated\s+with|linked\s+(?:to|with)|related\s+to|correspond(?:s|ing)?\s+to"
    r"|fits?(?!\s+best)|match(?:es)?|reflect(?:s|ing)?"
    r"|express(?:es|ing)?|convey(?:s|ing)?|impl(?:y|ies|ying)|hint(?:s|ing)?\s+(?:at|of|towards?)"
    r"|means?|denotes?"
    r"|supports?|(?:read|interpreted|regarded|seen|understood|taken)\s+as|communicat(?:es?|ing)"
    r"|reveal(?:s|ing)?"
    r"|betray(?:s|ing)?|gives?\s+(?:away|off)|corroborat(?:es?|ing)|stands?\s+for|diagnostic\s+of"
    r"|reads?\s+as|marks?|confirms?|speaks?\s+for|argues?\s+for|characteri[sz]es?|portrays?|shows?"
    r"|what(?=\s+E\s+looks)|what\s+[^.;UFCE]{1,40}\s(?:expects?|predicts?|names?|lists?)\s+for"
    r"|(?:units?|actions)\s+(?:of|for|that\s+make\s+up)"
    r"|looks?\s+like|accompan(?:y|ies)|adds?|specific\s+to|speaks?\s+of|tells?\s+of|leads?\s+"
    r"(?:us|me|one)\s+to|(?:could|may|might)\s+(?:also\s+)?be|makes?(?=\s+E\s+(?:likely"
    r"|plausible|probable))|is\s+an?(?=\s+E\s+(?:cue|sign|marker|signal))|are(?=\s+E\s+(?:cues"
    r"|signs|markers|signals))|(?:come|comes|stem|stems)\s+from|explains?"
    r"|goes\s+with|go\s+with|think\s+of|comes?\s+across\s+as|calls?\s+it|(?:make|makes)\s+(?:him"
    r"|her|them)\s+look|would\s+be"
    rf"|{OCCURS_IN}|due\s+to|belongs?\s+to|classic(?:ally)?"
    r"|(?:read|see|call|interpret)\s+(?:this|it|these|that|them)\s+as)\b"
    r"|->|\u2192|:\s+(?:classic|typical|clear|textbook)|=>"
)
_READS = late_pattern(
    r"\b(?:reads?|interprets?|takes?|sees?|regards?"
    r"|understands?)\s+(?P<what>[^.;]*?[UFC][^.;]{0,40}?)\s+(?:as|to\s+mean|to\s+be)\s+"
)
_BACKWARD = late_pattern(
    r"\b(?:(?:is|are|as|was|were|be)\s+(?:clearly\s+|often\s+|usually\s+|typically\s+"
    r"|also\s+)?(?:indicated|shown|suggested|signal(?:l)?ed"
    r"|expressed|conveyed|evidenced|marked|characteri[sz]ed|reflected|revealed|supported|evident"
    r"|visible|seen)\s+(?:by|in|from|through)"
    r"|due\s+to|because\s+of|based\s+on|judging\s+(?:by|from)|given|as\s+seen\s+in"
    r"|(?:would\s+)?(?:normally|usually|typically|also)?\s*(?:needs?|requires?|involves?|includes?"
    r"|comprises?|consists\s+of|shares?)|(?<=E)\s+adds?(?=\s+[UF])|(?<=E)\s+(?:also\s+)?ha(?:s|ve)(?=\s+U)|(?<=E)\s+shows\s+in)\b"
)
_OPENING = late_pattern(r"\s*(?:based\s+on|given|judging\s+(?:by|from)|with|from)\b")
_SO = late_pattern(r",\s*(?:and\s+)?(?:so|hence|thus|therefore)\b(?:\s+that)?|\u2192|->|=>")
_SO_STATE = late_pattern(
    r"[^.;:UFC]{0,40}E\s+(?:seems|appears|is|may|might|would|could"
    r"|looks)(?:\s+to\s+be)?\s+(?:\w+\s+){0,3}?(?:likely|plausible|possible|indicated|probable)"
)
_ANAPHOR = late_pattern(
    r"\b(?:this|these|they|it|that|those|such|together|both|combination|pattern|configuration|which"
    r"|face|facial|expression|all|(?:first|last)\s+(?:two|three|four|[2-9]))\b"
)
_TURN = late_pattern(r"\b(?:but|yet|while|whereas|although|though|however)\b|;")
_TARGET_LIST = late_pattern(
    r"\s*(?:,|or|and|,\s*or|,\s*and|/|&)\s*(?:some\s+|even\s+|perhaps\s+|possibly\s+|mild\s+|of\s+)*"
)
_SKIPPED_AHEAD = late_pattern(
    r"[.;:]|,\s*(?:and|but|so)\b|\b(?:which|because|while|whereas|than)\b"
)
_GENERIC = late_pattern(
    r"\b(?:usually|often|typically|commonly|sometimes|generally|normally|frequently|can"
    r"|in\s+general|in\s+the\s+literature|by\s+itself"
    r"|necessarily|alone|always|traditionally|ordinarily|rarely|hardly\s+ever|(?:has"
    r"|have)\s+been\s+(?:described|named|linked|found))\b"
    rf"|\b{OCCURS_IN}"
    r"|\b(?:is|are)(?:,[^,]{3,30},)?\s+(?:no\s+|an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:hallmarks?"
    r"|indicators?|markers?|cues?|variants?|core|correlates?)\b"
)
_OUT = late_pattern(
    r"\b(?P<verb>rules?\s+out|ruling\s+out|excludes?|excluding|(?:speaks?|argues?|counts?|speaking"
    r"|arguing)\s+against|precludes?"
    r"|(?:is|are)\s+(?:at\s+odds|incompatible|inconsistent)\s+with|makes?|making"
    r"|dismisses|discounts)\b"
)
_LIKELY = late_pattern(
    r"E\s+(?:is\s+|seem\s+|look\s+|quite\s+|rather\s+|very\s+)*(?:unlikely|less\s+(?:likely"
    r"|plausible|probable)|improbable|implausible)"
)
_PASSIVE_OUT = late_pattern(
    r"E(?:\s+or\s+E)?\s+(?:(?:can|may|could|might|should|is|are|seems?|looks?|appears?"
    r"|was)\s+)+(?:(?:probably|therefore|safely|largely|thus|also"
    r"|hence|be|likely|quite|rather|most|very)\s+)*(?:ruled\s+out|excluded|dropped|dismissed"
    r"|discarded|unlikely|less\s+likely|improbable|not\s+indicated"
    r"|set\s+aside|eliminated)"
)
_NO_CUE = late_pattern(r"\b(?:nothing|no\s+(?:clear\s+)?(?:signs?|cues?|evidence|trace|hint))\b")
_SHOWING = late_pattern(
    r"\b(?:(?P<all>everything|all\s+cues|all\s+signs)|(?:the|her|his"
    r"|their)\s+(?:\w+\s+)?(?:(?P<face>face|facial\s+expression|expression|aus|action\s+units)"
    r"|(?P<voice>voice|tone|audio|prosody|intonation|speech)|(?P<text>words|text|wording|transcript"
    r"|sentence|remark)|(?P<posture>posture|body(?:\s+language)?)))\b"
)
_NOT_IT = late_pattern(
    r"\b(?:(?:so|hence|thus|therefore)\s+(?:it|this)\s+(?:can\s*not|can't|is\s+not|isn't)\s+"
    r"(?:be\s+)?|means?\s+no\s+)E"
)
_NOUNS = frozenset({"means", "shows", "fit", "marks", "mark", "look for", "match", "support"})
_ARTICLE = late_pattern(r"\b(?:the|a|an|by|no)\s+\Z")
_THERE = late_pattern(r"\s+(?:there|then)\b")
_LOOK = 60
"""Characters behind an emotion that its connector may look at."""

_REACH = 90
"""Characters of the masked sentence within which an emotion must follow its connector."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Inference:
    """Cues said to express an emotion, or to rule it out; places in the masked sentence.

    :param evidence: numbers of cue marks of the sentence; empty if they stand in the sentence before.
    :param target: number of the emotion mark.
    :param is_out: whether it rules the emotion out.
    :param is_generic: whether it speaks of faces in general.
    :param channels: whose earlier cues it rests on ("the face suggests"); empty for the last ones.
    """

    start: int
    end: int
    evidence: tuple[int, ...]
    target: int
    is_denied: bool
    is_out: bool
    is_generic: bool
    channels: tuple[str, ...] = ()


def find_inferences(
    view: View, scope: Scope, ties: Sequence[Tie], *, has_earlier: bool
) -> list[Inference]:
    """Return the inferences of a sentence in order.

    :param has_earlier: whether a sentence before shows cues that "this" can mean.
    """
    if "E" not in view.mask:
        return []
    cues = heads(view, ties)
    if not cues and not has_earlier:
        return []
    found = _exclusions(view, scope, cues, has_earlier=has_earlier)
    taken = {i.target for i in found}
    found += [i for i in _forward(view, scope, cues, has_earlier) if i.target not in taken]
    taken |= {i.target for i in found}
    if cues and not found:
        found += _backward(view, scope, cues, taken)
    return sorted(found, key=lambda i: i.start)


def heads(view: View, ties: Sequence[Tie]) -> list[int]:
    """Return the cue marks of a sentence, of a code and phrase tied together the one that is meant."""
    dropped = {
        t.phrase if view.marks[t.phrase].is_name or t.code < t.phrase else t.code for t in ties
    }
    return [n for n, mark in enumerate(view.marks) if mark.letter in "UFC" and n not in dropped]


def _forward(view: View, scope: Scope, cues: list[int], has_earlier: bool) -> list[Inference]:
    mask, places = view.mask, view.places
    found: list[Inference] = []
    segment = 0
    for match in _READS.finditer(mask) if view.triggers & READS else ():
        targets = _targets(view, match.end())
        evidence = [n for n in cues if match.start("what") <= places[n] < match.end("what")]
        if targets and evidence:
            made = _made(view, scope, evidence, targets, match.start(), match.start(), False)
            begin = scope.clause(match.start()).start
            is_denied = DENY.search(mask, begin, match.start()) is not None
            found += [replace(i, is_denied=i.is_denied or is_denied) for i in made]
    done = {i.target for i in found}
    for connector in _connectors(mask):
        if connector.start() < segment or _is_noun(mask, connector):
            continue
        clause = mask[scope.clause(connector.start()).start : connector.start()]
        if _NO_CUE.search(clause) and not any(char in clause for char in "UFC"):
            continue
        targets = [t for t in _targets(view, connector.end()) if t not in done]
        if not targets:
            continue
        start = _segment_start(mask, segment, connector.start())
        evidence = [n for n in cues if start <= places[n] < connector.start()]
        evidence = _unconceded(view, evidence, connector.start()) or evidence
        evidence = [n for n in evidence if occurs(mask, places[n])] or _affirmed(
            view, scope, evidence
        )
        before = mask[start : connector.start()]
        anaphor = _ANAPHOR.search(before)
        channels: tuple[str, ...] = ()
        if not evidence:
            channels = _channels(before[max(0, before.rfind(",")) :] if "," in before else before)
        if not evidence and anaphor and not channels:
            evidence = _affirmed(view, scope, [n for n in cues if places[n] < start])
        if not evidence and not ((anaphor or channels) and has_earlier):
            continue
        made = _made(view, scope, evidence, targets, start, connector.start(), False)
        found += [replace(i, channels=channels) for i in made] if channels else made
        segment = places[targets[-1]] + 1
    return found


def _channels(words: str) -> tuple[str, ...]:
    """Return the channels that words name as what shows something: "the face", "the voice and the words"."""
    found = [match.lastgroup or "" for match in _SHOWING.finditer(words)]
    return ("face", "voice", "text", "posture") if "all" in found else tuple(dict.fromkeys(found))


def _connectors(mask: str) -> list[re.Match[str]]:
    last = mask.rfind("E")  # behind it nothing is left to be shown
    found = [m for m in _FORWARD.finditer(mask, 0, last + _LOOK) if m.start() < last]
    for match in _SO.finditer(mask):
        if _SO_STATE.match(mask, match.end()):
            found.append(match)
    return sorted(found, key=lambda m: m.start())


def _made(
    view: View,
    scope: Scope,
    evidence: list[int],
    targets: list[int],
    start: int,
    connector: int,
    is_out: bool,
) -> list[Inference]:
    mask, places = view.mask, view.places
    last = max([places[n] + 1 for n in evidence if places[n] < connector], default=start)
    first = max(last, scope.clause(connector).start)
    verb_denied = DENY.search(mask, first, connector) or SELDOM.search(
        mask, first, places[targets[0]]
    )
    begin = min([places[n] for n in evidence] or [connector])
    is_generic = _GENERIC.search(mask, last, places[targets[-1]]) is not None
    return [
        Inference(
            begin,
            places[t] + 1,
            tuple(evidence),
            t,
            verb_denied is not None or scope.denied(t),
            is_out,
            is_generic,
        )
        for t in targets
    ]


def _is_noun(mask: str, connector: re.Match[str]) -> bool:
    start = connector.start()
    return connector[0] in _NOUNS and _ARTICLE.search(mask, max(0, start - 8), start) is not None


def _segment_start(mask: str, start: int, end: int) -> int:
    last = start
    for turn in _TURN.finditer(mask, start, end):
        last = turn.end()
    return last


def _targets(view: View, position: int) -> list[int]:
    reach = min(len(view.mask), position + _REACH)
    ahead = view.within(position, reach, "UFCE")
    if not ahead or view.marks[ahead[0]].letter != "E":
        return []
    if _SKIPPED_AHEAD.search(view.mask, position, view.places[ahead[0]]):
        return []
    found = [ahead[0]]
    for number in ahead[1:]:
        between = view.mask[view.places[found[-1]] + 1 : view.places[number]]
        if view.marks[number].letter != "E" or not _TARGET_LIST.fullmatch(between):
            break
        found.append(number)
    return found


def _unconceded(view: View, numbers: list[int], point: int) -> list[int]:
    """Return the cues that a sentence does not concede before its point."""
    conceded = concessions(view.mask)
    return [n for n in numbers if not is_conceded(conceded, view.places[n], point)]


def _affirmed(view: View, scope: Scope, numbers: list[int]) -> list[int]:
    return [n for n in numbers if view.marks[n].is_present and not scope.denied(n)]


def _backward(view: View, scope: Scope, cues: list[int], taken: set[int]) -> list[Inference]:
    mask, places = view.mask, view.places
    emotions = [n for n, m in enumerate(view.marks) if m.letter == "E" and n not in taken]
    said = [n for n in emotions if not scope.denied(n)]
    affirmed = _affirmed(view, scope, cues)
    if said and affirmed and said[0] < affirmed[0] and is_on_emotion(view):
        return [_shown(view, affirmed, said[0], is_generic=True)]
    if _OPENING.match(mask) and affirmed and said and affirmed[0] < said[0]:
        before = [n for n in affirmed if n < said[0]]
        generic = _GENERIC.search(mask, places[before[-1]], places[said[0]]) is not None
        return [_shown(view, before, said[0], is_generic=generic)]
    found: list[Inference] = []
    for connector in _BACKWARD.finditer(mask):
        ahead = [n for n in said if places[n] < connector.start()]
        targets = [t for t in _joined(view, ahead) if all(t != i.target for i in found)]
        for start, stop in _told(mask, connector.end()) if targets else ():
            behind = [n for n in affirmed if start <= places[n] < stop]
            if behind:
                generic = _GENERIC.search(mask, places[ahead[-1]], places[behind[0]]) is not None
                found += [_shown(view, behind, t, is_generic=generic) for t in targets]
    return found


def _told(mask: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a sentence that tell of the emotion before a place: "but there the F would"."""
    turn = _TURN.search(mask, start)
    yield start, turn.start() if turn else len(mask)
    if turn and _THERE.match(mask, turn.end()):
        yield turn.end(), len(mask)


def _joined(view: View, emotions: list[int]) -> list[int]:
    """Return the last of some emotions with those that a list joins to it: "fear and surprise both need"."""
    first = len(emotions) - 1
    while first > 0 and not view.mask.startswith(" together", view.places[emotions[-1]] + 1):
        start, end = view.places[emotions[first - 1]] + 1, view.places[emotions[first]]
        if _TARGET_LIST.fullmatch(view.mask, start, end) is None:
            break
        first -= 1
    return emotions[max(0, first) :]


def _shown(view: View, evidence: list[int], target: int, *, is_generic: bool) -> Inference:
    """Return what cues before or behind an emotion are said to show."""
    places = [view.places[n] for n in (*evidence, target)]
    return Inference(
        min(places), max(places) + 1, tuple(evidence), target, False, False, is_generic
    )


def _exclusions(view: View, scope: Scope, cues: list[int], *, has_earlier: bool) -> list[Inference]:
    mask, places = view.mask, view.places
    found: list[Inference] = []
    can = view.triggers
    for match in _OUT.finditer(mask) if can & OUT else ():
        ahead = view.within(match.end(), min(len(mask), match.end() + 40), "UFCE")
        if not ahead or view.marks[ahead[0]].letter != "E":
            continue
        target = ahead[0]
        if match["verb"].startswith("mak") and not _LIKELY.match(mask, places[target]):
            continue
        before = [n for n in cues if places[n] < match.start()]
        near = [n for n in before if places[n] >= _segment_start(mask, 0, match.start())]
        drawn_from = _unconceded(view, near or before, match.start())
        if drawn_from or (has_earlier and not before):
            end = places[target] + 1
            found.append(_exclusion(view, scope, drawn_from, target, match.start(), end))
    for match in _NOT_IT.finditer(mask) if can & DRAWN else ():
        before = [n for n in cues if places[n] < match.start()]
        if before:
            target = view.index(match.end() - 1)
            found.append(_exclusion(view, scope, before, target, match.start(), match.end()))
    for match in _PASSIVE_OUT.finditer(mask):
        target = view.index(match.start())
        before = [n for n in cues if places[n] < match.start()]
        kept = _unconceded(view, before, match.start())
        denied = [n for n in kept if scope.denied(n) or not view.marks[n].is_present]
        is_drawn = re.search(r"\b(?:so|hence|thus|therefore|which)\b", mask[: match.start()])
        if kept or (has_earlier and is_drawn and not before):
            found.append(
                _exclusion(view, scope, denied or kept, target, match.start(), match.end())
            )
    return found


def _exclusion(
    view: View, scope: Scope, evidence: list[int], target: int, connector: int, end: int
) -> Inference:
    start = min([view.places[n] for n in evidence] or [connector])
    clause = scope.clause(connector)
    last = max(
        [view.places[n] + 1 for n in evidence if view.places[n] < connector], default=clause.start
    )
    denied = bool(
        re.search(r"\b(?:not|cannot)\b|n't\b", view.mask[max(last, clause.start) : connector])
    )
    return Inference(start, end, tuple(evidence), target, denied, True, False)
