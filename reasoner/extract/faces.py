"""Claims on facial actions and other cues: what they are called, whether they are there, a genuine smile."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import cast

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.attributions import report_ends
from affectgraph.reasoner.extract.channel_cues import PREFIX
from affectgraph.reasoner.extract.comparisons import compared
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.inferences import Inference
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.neither import none_is_seen
from affectgraph.reasoner.extract.occurrences import is_on_emotion, occurs
from affectgraph.reasoner.extract.scope import Scope, is_below, is_contrasted, value_end
from affectgraph.reasoner.extract.ties import Tie
from affectgraph.reasoner.extract.triggers import ASKS, COMPARES, GENERAL, HEARD, SMILE
from affectgraph.reasoner.model import Channel, Side

ABSENT = "not "
"""Stands before a code if the words say that the action is missing."""

_DETERMINER = late_pattern(
    r"\b(?:the|his|her|their|its|this|that|these|those|my|your|a\s+(?:slight|faint|small|brief"
    r"|broad|hint)|\w+['\u2019]s|both(?!\s+(?:need|require|involve|include|share)s?\b))\s+(?:(?!of\b)[\w-]+\s+){0,3}\Z"
    r"|\bthe\s+(?:\w+\s+)?(?:absence|lack|presence|activation|activity)\s+of\s+(?:the\s+)?\Z"
)
_NOT_SEEN = late_pattern(
    r"\A\s*(?:if|when(?:ever)?|suppose|please|how|would\s+you|what\s+(?:does|do|is|are)|which)\b|\?\s*\Z"
)
_GENERIC_NEED = late_pattern(
    r"\b(?:(?:hardly\s+ever|rarely|seldom|never)\s+(?:goes|comes|has|shows)|would\s+"
    r"(?:normally\s+|usually\s+|typically\s+|also\s+)?(?:need|require|show|expect"
    r"|include)|typically|usually|normally|prototyp\w+"
    r"|(?:does|do|did)\s+not\s+(?:require|need|involve))\b"
)
_E_WOULD = late_pattern(r"\bE\s+would\s+(?:\w+ly\s+|also\s+)?(?:F(?:,\s*(?:and\s+)?|\s+and\s+))*\Z")
"""Before what an emotion would bring: "fear would raise the inner brow"."""

_JOINED_CODES = late_pattern(
    r"\s*\"?\s*(?:,\s*(?:and\s|or\s|nor\s)?|and\s|nor\s|/|&|\+|plus\s|together\s+with\s|followed\s+by\s"
    r"|with\s)\s*\"?\s*(?:the\s+|a\s+)?(?:\w+ly\s+|mild\s+|strong\s+|weak\s+)?\Z|\s*[+/]\s*\Z|\s*,?\s*\Z"
)
_CHOICE = late_pattern(r"\s*or\s+\Z")
_GENUINE = late_pattern(
    r"\b(?P<kind>(?P<genuine>genuine|sincere|real|authentic|duchenne|heartfelt|felt)|posed|fake[d]?"
    r"|forced|polite|social|insincere|artificial"
    r"|put[\s-]on|not\s+reach|non-duchenne|staged|feigned|unfelt)\b"
)
_THOUGHT_AWAY = late_pattern(r"\W*(?:without|but\s+for|had|were)\b")
_OF_CODES = late_pattern(
    r"(?:\s?\([^()]*\))?(?:\s?(?:,|,\s?and|and|n?or|\+|&)\s?U(?:\s?\([^()]*\))?)*\s+(?:both\s+|all\s+)?(?:acts?\s+on|belongs?\s+to"
    r"|(?:is|are)(?:n't|\s+not)?\s+(?:among|one\s+of|part\s+of|scored|output)|cannot\s+be\s+(?:read|scored|measured))"
)
"""Behind codes that are spoken of as such, and not as seen: "AU5 and AU7 act on the eyelids"."""

_CLAIMED = late_pattern(
    r"\s+(?:(?:that\s+)?(?:is|was|are|were)\s+)?(?:claimed|mentioned|described|reported|named|alleged|asserted|predicted)\s+"
    r"(?:in|by)\s+(?:the|this|that|its)\s+(?!detector|model|system|software|classifier|algorithm|network|openface|py-feat)\w"
)
"""Behind what somebody else says is there: "the smile claimed in the caption"."""

_MODAL = late_pattern(r"\b(?:would|might|could)\b")
_REAL = late_pattern(r"\b(?:real|genuine|true|felt|duchenne|authentic)\b", re.IGNORECASE)
_SMILE = late_pattern(r"\b(?:smil\w*|grin\w*|laugh)\b")
_PREDICATED = late_pattern(
    r"\s+(?:is|looks?|seems?|appears?|can\s+be\s+\w+\s+as|may\s+be|might\s+be|could\s+be|feels"
    r"|strikes\s+\w+\s+as)\s+(?:to\s+be\s+|a\s+bit\s+|\w+ly\s+|not\s+|rather\s+)*(?:E\b|genuine"
    r"|sincere|real|authentic"
    r"|duchenne|posed|fake|forced|polite|social|insincere|artificial)|\s+(?:\w+\s+)?(?:mask|hid"
    r"|conceal)(?:s|es|e)?\b"
)
_FORCES = late_pattern(r"\bforc(?:es|ed|ing)\s+(?:an?\s+)?(?:\w+\s+)?F")
_SHOWS = (
    r"(?:shows?|reveals?|features?|contains?|has|have|includes?|carr(?:y|ies)|displays?"
    r"|exhibits?|registers?|gives?|presents?)"
)
_HEARD = (
    r"audio(?:\s+(?:track|stream|channel|signal))?|sound(?:\s*track)?|voice|tone"
    r"(?:\s+of\s+voice)?|speech|intonation|prosody|recording\s+of\s+(?:the|his|her)\s+voice|pitch"
)
_WRITTEN = (
    r"transcript|subtitles?|text|words|caption|wording|sentence|utterance|script|choice\s+of\s+words"
    r"|handwriting|typing|spelling|punctuation"
)
_BEFORE = late_pattern(
    rf"\b(?:in|from|on|according\s+to|within)\s+(?:the\s+|his\s+|her\s+|their\s+)?(?:\w+\s+)?(?:"
    rf"(?P<voice>{_HEARD})|(?P<text>{_WRITTEN}))\b"
    rf"|(?P<voice2>\b(?:acoustically|vocally|audibly)\b|\b(?:{_HEARD}|(?:acoustic|vocal)\s+"
    rf"(?:cues|features|channel))\s+{_SHOWS}\b"
    r"|\b(?:loudness|pitch|volume)\s+of\b|\b(?:one|i|you|we)\s+(?:(?:can|could|also)\s+){0,2}hears?\b"
    r"|\bto\s+the\s+ear\b|\blistening\s+to\b"
    r"|\b(?:acoustic|vocal|auditory)\s+(?:features?|cues?|signals?|evidence),)"
    rf"|(?P<text2>\b(?:textually|lexically|linguistically|verbally|in\s+writing)\b|\b"
    rf"(?:{_WRITTEN})\s+{_SHOWS}\b|\bin\s+what\s+(?:he|she|they)\s+(?:says?|writes?)\b)"
)
"""Words in front of a cue that take it from what is heard or written."""

_AFTER = late_pattern(
    rf"\b(?P<voice>(?:can|could|may)\s+be\s+heard|(?:is|are)\s+(?:clearly\s+|barely\s+)?audible"
    rf"|audibly|acoustically|vocally|in\s+(?:the|his|her)\s+(?:{_HEARD}))\b"
    rf"|\b(?P<text>in\s+(?:the|his|her)\s+(?:written\s+)?(?:{_WRITTEN})|textually)\b"
)
_NEW_CLAUSE = late_pattern(
    r"\b(?:but|while|whereas|although|though|which|because|since|and|yet|as|so)\b|[;:.]"
)
_TURN = late_pattern(r"\b(?:but|while|whereas|although|though|yet)\b|[;:.]")
_SEEN = late_pattern(
    r"\b(?:(?:face|facial(?:\s+expression)?|video|frames?|image|picture|mouth|eyes)\s+"
    r"(?:\w+\s+)?(?:displays?|shows?|features?|reveals?|has)"
    r"|visually,?|facially,?|(?:on|in)\s+(?:the|his|her)\s+(?:face|forehead|brow|lips|mouth|eyes|image|picture|frame),?"
    r"(?:\s+(?:one|we|i|you)\s+(?:can\s+)?(?:sees?|spots?|notices?)|\s+there\s+is)?)\s+(?:a\s+|an\s+|the\s+)?\Z"
)


def sightings(
    view: View,
    scope: Scope,
    ties: Sequence[Tie],
    inferences: Sequence[Inference],
    known: Container[str] = frozenset(),
) -> Iterator[Draft]:
    """Yield the claims that actions and other cues are there, or are not.

    :param known: actions and cues that sentences before say are there.
    """
    if (view.triggers & ASKS or "?" in view.mask) and _NOT_SEEN.search(view.mask):
        return
    by_mark = {n: t for t in ties for n in (t.phrase, *t.more)}
    by_mark |= {t.code: t for t in reversed(ties)}
    reasoned = {n: i for i in inferences for n in i.evidence}
    said = report_ends(view)
    told_apart = compared(view.mask) if view.triggers & COMPARES else ()
    done: set[int] = set()
    for number, mark in enumerate(view.marks):
        if number in done or mark.letter not in "UFC" or not (mark.groups or mark.letter == "C"):
            continue
        if any(start <= view.places[number] < end for start, end in told_apart):
            continue
        tie = by_mark.get(number)
        if tie is not None and not _is_seen_in_tie(view, tie, number):
            continue
        members = [number]
        if mark.letter == "U":
            members = _code_list(view, number, by_mark)
            done |= set(members)
        inference = reasoned.get(number)
        if inference is not None:
            place = view.places[number]
            start = max((end for end in said if end <= place), default=0)
            has_determiner = _DETERMINER.search(view.mask[start:place]) is not None
            if not _is_seen(view, number, inference, has_determiner, known):
                continue
        if (
            mark.letter == "F"
            and "AU12" in mark.codes
            and _PREDICATED.match(view.mask, view.places[number] + 1)
        ):
            continue
        is_told_missing = none_is_seen(view, number)
        if (
            view.triggers & GENERAL
            and mark.letter != "C"
            and not is_told_missing
            and _would(view, number)
        ):
            continue
        if _is_supposed(view, number) or _CLAIMED.match(view.mask, view.places[number] + 1):
            continue
        if mark.letter == "U" and _OF_CODES.match(view.mask, view.places[number] + 1):
            continue
        if scope.denied(number) and _REAL.search(view.text, mark.start, mark.end):
            continue  # it may be a smile all the same
        if (
            view.triggers & GENERAL
            and mark.letter != "C"
            and not is_told_missing
            and _GENERIC_NEED.search(view.mask[: view.places[number]])
        ):
            continue
        draft = _sighting(view, scope, members, inference)
        if is_told_missing:  # what would hedge tells what was expected
            draft = draft._replace(commitment="plain")
        stop = max((t.end for t in ties if t.code == members[-1] < t.phrase), default=0)
        yield draft._replace(end=max(draft.end, view.end(stop))) if stop else draft


def _is_seen_in_tie(view: View, tie: Tie, number: int) -> bool:
    """Return which mark of a tie is said to be there: the first, unless the tie only defines."""
    if number in tie.more:
        return number < tie.phrase and not tie.is_copula
    first, second = sorted((tie.code, tie.phrase))
    before = view.mask[: view.places[first]]
    if tie.is_copula:
        is_told = number == tie.phrase == first and not view.marks[number].is_name
        return is_told and _DETERMINER.search(before) is not None
    if number == first:
        return True
    after = view.mask[view.places[first] + 1 : view.places[second]]
    if number == tie.code:
        has_value = value_end(view.mask, view.places[number] + 1) > view.places[number] + 1
        return has_value and "with" in after
    return False


def _is_seen(
    view: View, number: int, inference: Inference, has_determiner: bool, known: Container[str]
) -> bool:
    """Return whether a cue that serves an inference is said to be there as well.

    "Raised brows suggest surprise" speaks of brows in general where the raised ones are known already.
    """
    mark, place = view.marks[number], view.places[number]
    if mark.letter != "C" and (occurs(view.mask, place) or is_on_emotion(view)):
        return False
    if mark.letter == "U":
        has_value = value_end(view.mask, place + 1) > place + 1
        return (
            has_value
            or (has_determiner and not inference.is_generic)
            or _is_predicated(view, number)
        )
    if has_determiner:
        return True
    is_new = not any(group in known for group in mark.groups)
    return is_new and not (inference.is_generic or inference.is_denied)


def _is_supposed(view: View, number: int) -> bool:
    """Return whether an action is only thought away: "without AU4 the face might be surprised"."""
    mask, place = view.mask, view.places[number]
    return _THOUGHT_AWAY.match(mask, 0, place) is not None and (
        _MODAL.search(mask, place, place + 60) is not None
    )


def _would(view: View, number: int) -> bool:
    """Return whether an action is only what another case would show: "there the lips would be pressed"."""
    mark = view.marks[number]
    if _E_WOULD.search(view.mask[: view.places[number]]):
        return True
    return " would " in view.text[mark.start : mark.end] or bool(
        re.match(
            r"\s+would\s+(?!(?:suggest|seem|appear|indicate|fit|explain|also|point|speak|mean))",
            view.mask[view.places[number] + 1 :],
        )
    )


def _is_predicated(view: View, number: int) -> bool:
    after = view.mask[view.places[number] + 1 :]
    return bool(
        re.match(
            r"(?:\s?\([^()]*\))?(?:\s?(?:,|,\s?and|and|n?or|\+|&)\s?U(?:\s?\([^()]*\))?)*,?\s+(?:is|are|was|were)\s+(?:\w+ly\s+"
            r"|both\s+)?(?:active|visible|present|on|seen|high|activated|engaged|elevated|strong"
            r"|shown|observed|detected|there|absent|missing|inactive|lacking|pronounced|evident|noticeable|marked|prominent)"
            r"|\s+at\s+the\s+moment|\s+(?:at|in|during)\s+(?:the|second|frame)",
            after,
        )
    )


def _code_list(view: View, number: int, by_mark: dict[int, Tie]) -> list[int]:
    """Return the codes of one list under one predicate: "AU1 at 2.2, AU4 at 1.8 and AU15"."""
    members = [number]
    mask, places = view.mask, view.places
    start = _code_end(view, number, by_mark)
    below = is_below(view, places[number] + 1)
    if is_contrasted(view, places[number]):
        return members
    while members[-1] + 1 < len(view.marks):
        following = next(
            (n for n in range(members[-1] + 1, len(view.marks)) if places[n] >= start), -1
        )
        if following < 0 or view.marks[following].letter != "U" or not view.marks[following].codes:
            break
        if not all(_stands_alone(view, by_mark.get(n), n) for n in (number, following)):
            break
        between = mask[start : places[following]]
        if not _JOINED_CODES.match(between) and not _CHOICE.match(between):
            break
        if is_below(view, places[following] + 1) != below:
            break
        members.append(following)
        start = _code_end(view, following, by_mark)
    return members


def _stands_alone(view: View, tie: Tie | None, number: int) -> bool:
    """Return whether a code has a name at most: it describes no phrase before it and is not defined."""
    if tie is None:
        return True
    return tie.phrase > number and not tie.is_copula and view.marks[tie.phrase].is_name


def _code_end(view: View, number: int, by_mark: dict[int, Tie]) -> int:
    """Return where a code ends with its name or value."""
    tie = by_mark.get(number)
    if tie is not None and tie.phrase == number + 1:
        return value_end(view.mask, tie.end) if tie.end > view.places[tie.phrase] else tie.end
    return value_end(view.mask, view.places[number] + 1)


def _sighting(view: View, scope: Scope, members: list[int], inference: Inference | None) -> Draft:
    marks = [view.marks[n] for n in members]
    first, last = members[0], members[-1]
    start, end = view.places[first], value_end(view.mask, view.places[last] + 1)
    clause = scope.clause(start)
    stop = min(clause.end, view.places[last + 1]) if last + 1 < len(view.marks) else clause.end
    begin = max(clause.start, view.places[first - 1] + 1) if first else clause.start
    hedge_end = start if inference is not None else max(stop, end)
    denied = scope.denied(first)
    mark = marks[0]
    if mark.letter == "C":
        return Draft(
            "observes",
            mark.start,
            mark.end,
            (PREFIX[mark.value] + view.text[mark.start : mark.end],),
            ("shown",),
            denied,
            scope.commitment(begin, hedge_end),
            scope.degree(start, start + 1),
            modality=cast(Channel, "face" if _SEEN.search(view.mask[:start]) else mark.value),
            confidence=mark.confidence,
            marks=tuple(members),
        )
    return Draft(
        "observes",
        mark.start,
        view.end(end),
        tuple(dict.fromkeys(group for m in marks for group in m.groups)),
        ("shown",),
        denied if mark.is_present else not denied,
        scope.commitment(begin, max(begin, hedge_end)),
        scope.degree(begin, max(end, stop) if inference is None else end),
        cast(Side, mark.side if mark.side in {"left", "right", "both"} else ""),
        _channel(view, scope, start),
        min(m.confidence for m in marks),
        tuple(members),
    )


def _channel(view: View, scope: Scope, place: int) -> Channel:
    """Return the channel a facial action is taken from: the face, unless the words say otherwise."""
    if not view.triggers & HEARD:
        return "face"
    before = view.mask[max(0, place - 90) : place]
    last = max(_BEFORE.finditer(before), key=re.Match.start, default=None)
    is_topic = (
        last is not None and place <= 90 and not last.start() and before[last.end() :][:1] == ","
    )
    stop = _TURN if is_topic else _NEW_CLAUSE  # "acoustically, the brows are raised and ..."
    if last is not None and not stop.search(before, last.end()) and "visual" not in before:
        return "voice" if last["voice"] or last["voice2"] else "text"
    after = _AFTER.search(view.mask, place + 1, scope.clause(place).end)
    if after is not None and not any(
        char.isupper() for char in view.mask[place + 1 : after.start()]
    ):
        return "voice" if after["voice"] else "text"
    return "face"


def smiles(view: View, scope: Scope, *, was_smile: bool) -> Iterator[Draft]:
    """Yield the claims that a smile is genuine or posed.

    :param was_smile: whether a sentence before speaks of a smile.
    """
    if not view.triggers & SMILE:
        return
    text = view.text[view.sentence.start : view.sentence.end].lower()
    if not was_smile and not _SMILE.search(text):
        return
    for match in _GENUINE.finditer(text):
        if match["kind"] == "not reach" and not _SMILE.search(text):
            continue
        near = text[max(0, match.start() - 60) : match.end() + 30]
        is_smile = _SMILE.search(near) or (was_smile and re.search(r"\bit\b", near))
        if not is_smile:
            continue
        before = text[max(0, match.start() - 50) : match.start()]
        denied = (
            bool(re.search(r"\b(?:not|never|hardly|doubt|less|lacks?|neither)\b|n't\b", before))
            and match["kind"] != "not reach"
        )
        start = view.sentence.start + max(0, match.start())
        yield Draft(
            "genuine",
            start,
            view.sentence.start + match.end(),
            ("smile",),
            ("genuine" if match["genuine"] else "posed",),
            denied,
            scope.commitment(0, len(view.mask)),
            modality="face",
        )
        return
