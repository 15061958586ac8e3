"""Finds what a sentence says that others say: "expert B says that she is angry, but I see joy".

Others are those who judge an item or write on emotions: experts, raters, annotators, scholars. What a
detector reports is the record's own; what the author of a text, or the person shown, says is a cue.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.text import sentences
from affectgraph.reasoner.extract.triggers import OTHERS

_WHO = (
    r"(?:(?:the|an?|one|another|some|several|most|many|both|two|three|all|my|our|other)\s+)?"
    r"(?:(?:first|second|third|fourth|last|other|human|independent|experienced|trained|certified|blind|senior"
    r"|previous|earlier|original|outside|clinical|facs|female|male|further|same|remaining|few)\s+){0,2}"
    r"(?:experts?|raters?|annotators?|coders?|observers?|reviewers|clinicians?|psychologists?|specialists?"
    r"|authors|researchers?|scholars|colleagues?|labell?ers?|assessors?)\b"
    r"(?:\s+(?:[a-hj-z]|[a-z]?\d{1,2}|one|two|three)\b(?:\s+and\s+(?:[a-hj-z]|\d{1,2})\b)?)?"
)
_SAYS = (
    r"(?:says?|said|writes?|wrote|reports?|reported|claims?|claimed|thinks?|thought|believes?|believed|argues?"
    r"|argued|notes?|noted|holds?|held|maintains?|maintained|states?|stated|calls?|called|labels?|labell?ed|rates?"
    r"|rated|reads?|sees?|saw|suggests?|suggested|describes?|described|codes?|coded|concludes?|concluded"
    r"|marks?|marked|considers?|considered|finds?|found|gives?|gave|chooses?|chose|picks?|picked|judges?"
    r"|judged|votes?|voted|adds?|added|remarks?|remarked|agrees?|agreed|observes?|observed|insists?|insisted)\b"
)
_SUCH = (
    r"(?:view|opinion|eyes|judge?ment|label|reading|verdict|rating|impression|conclusion|answer|code|vote"
    r"|choice|annotation|note|comment)s?"
)
_REPORT = late_pattern(
    rf"\b(?:according\s+to|in\s+the\s+{_SUCH}\s+of|in\s+(?=[\w\s]{{3,40}}'s?\s+{_SUCH}\b))\s*"
    rf"(?P<by>{_WHO})(?:(?:'s|s'|')\s+{_SUCH}\b)?"
    rf"|\b(?P<owner>{_WHO})(?:'s|'|s')\s+(?:own\s+|final\s+|first\s+)?{_SUCH}\s+(?:is|was|reads|says|would\s+be)\b"
    rf"|\b(?P<who>{_WHO})(?:,?\s+(?:who|whom)\s+[^,.;:]{{2,40}}?,?)?"
    rf"(?:\s+(?:also|then|even|further|would|has|have|had|\w+ly))*\s+{_SAYS}(?:\s*:|\s+that\b)?"
    rf"|\b{_SAYS}\s+(?P<behind>{_WHO})(?=\s*(?:[,.;]|$))"
    rf"|(?:^|(?<=[.;(]))\s*(?P<key>{_WHO})\s*:"
)
_NOTES = (
    r"(?:notes?|noted|reports?|reported|argues?|argued|claims?|claimed|states?|stated|says?|said|writes?|wrote"
    r"|concludes?|concluded|remarks?|remarked|observes?|observed|mentions?|mentioned|points?\s+(?:to|out)"
    r"|explains?|explained|maintains?|insists?|suggests?|codes?|coded|scores?|scored|marks?|marked|rates?|rated)"
)
_MORE = r"(?:also|further|then|additionally|moreover|furthermore|even|finally)"
_GOES_ON = late_pattern(
    r"\W*(?:(?:and|but|yet)\s+)?(?:he|she|they)\s+(?:"
    rf"(?:adds?|added|go(?:es)?\s+on|went\s+on|continues?|continued|{_NOTES})"
    r"(?:\s+to\s+\w+|\s+by\s+\w+ing)?(?:\s+that\b|\s*:)"
    rf"|{_MORE}\s+{_NOTES}(?:\s+that\b|\s*:)?)"
    r"|\W*in\s+(?:his|her|their)\s+(?:own\s+)?(?:view|opinion|eyes|judge?ment|reading|rating)\b,?"
)
"""Opens a sentence in which the one whom the text has just quoted goes on."""

_QUOTED = late_pattern(r"\s*[\"'\u2018\u201c]")
_OWN_AGAIN = late_pattern(
    r";|,\s+(?:but|yet|although|whereas|while|though|however)\b"
    r"|,?\s+(?:but|yet|although|whereas|while|though|and|where)\s+(?:to\s+me\b|(?:i|we)\b|my\b|our\b|in\s+my\b)"
    r"|,?\s+(?:which|with\s+which|something)\s+(?:i|we)\b|\s[\u2014\u2013-]\s"
)
"""Where the text speaks for itself again."""

_JOINING = late_pattern(
    r"[\s,;.()\u2014\u2013-]*(?:and|but|yet|while|whereas|although|though|so|or|however)?[\s,]*"
)
_INSERTED = late_pattern(r",\s+\Z")
_LETTER = late_pattern(r"[A-Za-z]")


class Attribution(NamedTuple):
    """Words that are said to be another's: ``text[start:end]``, and by whom, in the text's words."""

    start: int
    end: int
    who: str


def attributions(view: View) -> list[Attribution]:
    """Return what a sentence attributes to others, in order.

    Each reaches to where the text speaks for itself again ("but I see", ", although"), or to the next.
    """
    found = _reports(view)
    return [a for number in range(len(found)) for a in _attribution(view, found, number)]


def goes_on(view: View, speaker: str) -> list[Attribution]:
    """Return what a sentence goes on to attribute to somebody: "he adds that AU7 is on".

    Not words in quotation marks, which the person shown may say.

    :param speaker: who is said to say the last that is attributed in the text before.
    """
    match = _GOES_ON.match(view.mask)
    if match is None or _QUOTED.match(view.text, view.end(match.end())):
        return []
    end = _end(view.mask, match.end(), len(view.mask))
    return [Attribution(view.start(match.end()), view.end(end), speaker)]


def attributions_in(text: str) -> list[Attribution]:
    """Return what a text attributes to others, in order, its sentences read without their marks.

    >>> attributions_in("Expert B says that she is angry, but I see joy.")
    [Attribution(start=18, end=31, who='Expert B')]
    """
    found: list[Attribution] = []
    speaker, last = "", 0
    for one in sentences(text):
        speaker = "" if "\n\n" in text[last : one.start] else speaker
        last = one.end
        view = View(text, one, ())
        own = attributions(view) or (goes_on(view, speaker) if speaker else [])
        speaker = own[-1].who if own else speaker
        found += own
    return found


def said_by(found: Iterable[Attribution], end: int) -> str:
    """Return who is said to say the words that end at a place of the text, empty for the text itself."""
    return next((one.who for one in found if one.start < end <= one.end), "")


def report_ends(view: View) -> list[int]:
    """Return where the words in a masked sentence end that say who says what follows, in order."""
    return [report.end() for report in _reports(view)]


def _reports(view: View) -> list[re.Match[str]]:
    return list(_REPORT.finditer(view.mask)) if view.triggers & OTHERS else []


def _attribution(view: View, reports: list[re.Match[str]], number: int) -> Iterator[Attribution]:
    mask, report = view.mask, reports[number]
    first = reports[number - 1].end() if number else 0
    last = reports[number + 1].start() if number + 1 < len(reports) else len(mask)
    group = report.lastgroup or 0
    who = view.text[view.start(report.start(group)) : view.end(report.end(group))]
    begin = max((m.end() for m in _OWN_AGAIN.finditer(mask, first, report.start())), default=first)
    end = _end(mask, report.end(), last)
    is_opening = _JOINING.fullmatch(mask, begin, report.start()) is not None
    is_inserted = _INSERTED.search(mask, begin, report.start()) and mask.startswith(
        ",", report.end()
    )
    is_closing = _is_closing(mask, report, end) and not is_inserted
    if not is_opening and (is_closing or is_inserted):
        yield Attribution(view.start(begin), view.end(report.start()), who)
    if is_opening or not is_closing:
        yield Attribution(view.start(report.end()), view.end(end), who)


def _end(mask: str, start: int, last: int) -> int:
    """Return where what is said from a place on ends: where the text speaks itself, or a bracket closes."""
    stop = _OWN_AGAIN.search(mask, start, last)
    end = stop.start() if stop else last
    depth = 0
    for place in range(start, end):
        depth += (mask[place] == "(") - (mask[place] == ")")
        if depth < 0:
            return place
    return end


def _is_closing(mask: str, report: re.Match[str], end: int) -> bool:
    """Return whether a report stands behind what is said: "AU12 is visible, according to the rater"."""
    if report["behind"] is not None or _LETTER.search(mask, report.end(), end) is None:
        return True
    return report["by"] is not None and mask.startswith(",", report.end())
