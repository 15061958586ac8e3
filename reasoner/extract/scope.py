"""What is said of a mark around it: whether it is denied, hedged, and how strong it is.

Works on the masked sentence, so that a list of marks under one negator reads "no F, F or F".
"""

import re
from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract import triggers
from affectgraph.reasoner.extract.falsehoods import FALSE_THAT, MAY_BE_FALSE, false_parts
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.neither import none_is_seen
from affectgraph.reasoner.model import Commitment, Degree

BREAK = late_pattern(
    r"[;:!?()]|\.(?!\d)|,|\u2014|\u2013| - "
    r"|\b(?:but|yet|while|whereas|although|though|however|because|since|so|which|unless)\b"
    r"|\band(?=\s+(?:the|his|her"
    r"|their|its|he|she|they|it|there|nothing|this|these|that|no|not|in|yet)\b)"
    rf"|{FALSE_THAT}"
)
DENY = late_pattern(
    r"\b(?:no(?!\s+(?:doubt|less|longer|matter|wonder|mistaking|denying|question|more\s+than|absence|lack))"
    r"|not(?!\s+(?:only|just|merely|least|deny|stop))|never(?!\s+stop)"
    r"|neither|nor"
    r"|without(?!\s+(?:a\s+)?doubt)|nothing(?!\s+but)|none|nobody|(?<!no\s)lack(?:s|ed|ing)?(?:\s+of)?|(?<!no\s)absence\s+of"
    r"|rather\s+than|instead\s+of|cannot(?!\s+(?:deny|stop))|(?<!not\s)(?<!never\s)(?:stop(?:s|ped)|stop(?=\s+\w+ing)|ceas(?:es|ed)(?:\s+to)?)|free\s+of|hardly|barely|scarcely|denies|(?<!no\s)denying|as\s+opposed\s+to"
    r"|other\s+than|far\s+from|fails?\s+to|unlikely|absent|missing|devoid\s+of|no\s+longer|rules?\s+out"
    r"|ruling\s+out|less\s+(?:of|like)|zero(?=\s+(?:activation|intensity|evidence|signs?))"
    r"|(?<!a\s)little\s+(?:to\s+no|evidence|signs?|activity|activation)(?:\s+of)?)\b|n't\b(?!\s+(?:help|deny|stop|only|just|merely)\b)"
)
_NONE_BUT = late_pattern(
    r"\b(?:no|none|nothing|nobody)\b[^,;.A-Z]{0,30}\b(?:other\s+than|except(?:\s+for)?|besides|apart\s+from)\s+"
    r"(?:the\s+|an?\s+)?(?:[A-Z](?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:the\s+|an?\s+)?)*\Z"
)
"""Before what alone is there: "no action other than AU6 and AU12"."""

_NOT = late_pattern(r"\b(?:not|never|no)\b|n't\b")
_JOIN = late_pattern(
    r"\s*\)?\s*(?:,\s*(?:and\s|or\s|nor\s)?|and\s|or\s|nor\s|/|&|\+|as\s+well\s+as\s)\s*"
    r"(?:(?:an?|the|any|his|her|their|even|also|some)\s+)*"
    r"(?:(?!(?:is|are|was|were|looks?|seems?|appears?|has|have|shows?|feels?|sounds?)\b)[\w-]+\s+){0,2}\Z"
)
_OR = late_pattern(r"\b(?:or|nor)\b")
_OR_AHEAD = late_pattern(
    r"(?:\s*,\s*(?:an?\s|the\s|any\s)?(?:[\w-]+\s){0,2}[A-Z])*\s*,?\s*(?:[\w-]+\s){0,3}(?:or|nor)\b"
)


def _spaced(pattern: str) -> re.Pattern[str]:
    r"""Return a pattern in which ``\s`` stands for up to three blanks, as texts are not always tidy."""
    wide = re.sub(r"\\s(?![*+{?\]])", r"\\s{1,3}", pattern)
    return late_pattern(re.sub(r"\\s\?", r"\\s{0,3}", wide))


_LISTED = (
    r"(?:\s?\([^()]{0,40}\))?\s{0,2}\)?(?:\s{0,2}(?:,|and|or|nor|&|\+|/|,\s?and|plus|with)\s?(?:the\s|her\s|his\s)?[UF]"
    r"(?:\s?\([^()]{0,40}\))?){0,12}"
)
_GONE = (
    r"(?:absent|missing|inactive|lacking|unseen|undetected|unactivated|silent|idle|dormant|quiet|gone|(?:not|never|no\slonger)\s(?!(?:only|just|merely)\b)(?:\w+\s)?(?:visible"
    r"|present|active|shown|seen|observed|detected|raised|there|reported|activated|evident|displayed"
    r"|engaged|involved|found|apparent|noticeable|lifted|move|moving|applicable))"
)
_LOW = (
    r"(?:below|under|less\sthan|beneath|<)\s?(?:the\s|its\s)?"
    r"(?:(?:\w+\s)?thresholds?|cut-?off|0(?:\.\d+)?|1(?:\.0)?)\b(?!\.\d)"
)
_AFTER = _spaced(
    _LISTED + r"\s?(?:\([^()]{0,40}\))?,?\s?(?:and\s|which\s|that\s)?"
    r"(?:(?:is|are|was|were|remains?|stays?|seems?\sto\sbe|appears?\sto\sbe"
    r"|has\sbeen|have\sbeen|both|all|also|clearly|is\sat|stay|entirely|completely|largely|here)\s)*"
    rf"(?:{_GONE}|(?:barely|hardly|scarcely)\s(?!(?:fits?|match|suits?|supports?|points?|indicat|suggest|means?|speaks?"
    r"|agrees?|explains?|counts?|enough|sufficient|surpris|conclusive|a\b|an\b|the\b))\w+|(?:near|at|close\sto"
    r"|around)\s(?:zero|baseline)"
    rf"|{_LOW})\b"
    r"|" + _LISTED + r"\s?\)?,?\s?(?:(?:is|are|was|were|has|have)\s?(?:n't|not\b)"
    r"(?!\s+(?:\w+ly\s+)?(?:absent|missing|lacking|inactive|gone|only|just|merely|part|an?|the|what|why|how|due|because|in\s+line|to(?!\sbe\s)|that|as|so|very|quite|too"
    r"|expected|required|needed|necessary|usual|surprising|conclusive|decisive|strong|intense|pronounced)\b)"
    r"|(?:cannot|can't|can\snot)\s(?:\w+ly\s)?be\s(?:seen|observed|detected|found|made\sout)"
    r"|(?:does|do|did)\s?(?:n't|not)\s(?:appear|occur|show|fire|activate|move|emerge|seem|reach(?!\s(?:the|his|her|their)\seyes)"
    r"|exceed|change|lift|rise|contract|engage))"
    r"(?!.{0,40}\b(?:signs?|indicat|suggest|associat|typical|consistent|evidence|linked|mean|imply"
    r"|signal|express|specific|unique|exclusive|limited|only|just|merely"
    r"|characteristic|markers?|hallmarks?|enough|sufficient|among|the\s+[UF]|an?\s+[UF]))"
    r"|"
    + _LISTED
    + r"\s(?:do(?:es)?\snot|don't|doesn't)\s(?:move|appear|change|reach(?!\s(?:the|his|her|their)\seyes))\b"
    r"|\s(?:that|which)\s[a-z\s]{3,30}\s(?:is|are|was|were)\s(?:absent|missing|lacking)\b"
    r"|"
    + _LISTED
    + r"\s(?:fails?|failed)\sto\s(?:activate|fire|appear|move|engage|contract|rise|emerge)"
    r"|" + _LISTED + r",?\s(?:however,\s)?(?:shows?\s(?:nothing|no|zero|little\sto\sno)\s"
    r"|(?:has|have|had|with)\s(?:no|zero|little\sto\sno)\s(?:\w+\s)?(?:activation|activity|intensity|movement|signs?"
    r"|evidence|trace))"
    r"(?!\w*\s?(?:doubt|relation|link|bearing))"
    rf"|{_LISTED},?\s(?:(?:has|have|had)\s)?(?:\w+ly\s)?(?:vanish(?:es|ed)|disappear(?:s|ed))\b"
    rf"|{_LISTED}\s(?:(?:has|have|had)\s)?(?:\w+ly\s)?(?:faded|died|fades|dies)(?:\saway)?\b(?!\s(?:in|into)\b)"
    rf"|{_LISTED}\s{{1,2}}(?:no|absent|inactive|off)(?=\s*(?:[.;,)\]|]|$))"
    rf"|{_LISTED}\s(?:plays?|played|takes?|took)\sno\s(?:role|part)\b"
    rf"|{_LISTED},?\s(?:and|but)\s(?:(?:i|we)\s)?(?:find|found|see|saw|detect|detected)\s(?:neither|none)\b"
    rf"|{_LISTED},?\s(?:and|but)\s(?:i|we)\s(?:(?:do|did|could|can)\s?(?:n't|not)|cannot|can't)\s(?:find|see|detect"
    r"|observe|make\sout)\s(?:it|them|either|any)\b"
    rf"|{_LISTED}\"?\s{{0,3}}(?:[:=|(\u2013\u2014]|->|\s-)\s{{0,3}}\"?(?:{_GONE}|none|false|off|all\s{_LOW}|both\s{_LOW}|{_LOW}"
    r"|no\b(?=\s*(?:[|\"),.;\]}]|$)))(?!\w)"
)
_EMOTION_AFTER = late_pattern(
    r"\s+(?:is|are|was|were|remains?|seems?)\s+(?:\w+ly\s+)?(?:absent|missing|not\s+(?:visible"
    r"|present|there|apparent|shown|seen|evident))\b"
)
_UNLIKE = late_pattern(
    r"\b(?:unlike|in\s+contrast\s+to|compared\s+(?:to|with)|apart\s+from|besides|except(?:\s+for)?)\s+(?:the\s)?\Z"
)
_VALUE = late_pattern(
    r"\"?(?:'s)?\s{0,2}\)?\s{0,2}(?:,\s?\"(?:intensity|value|score|strength|level|activation)\"\s?:\s?|\(|=|:|,|-|\u2013|\u2014|\||~"
    r"|<)?\s?(?:(?:is|stays|remains|sits|reads|at|with|of|only|just"
    r"|value|intensity|an?|has|(?P<under>under|below|less\sthan)|its|reaches|scores?|level|hovers?|around|about"
    r"|approximately|roughly|near|reading|barely|measures|registers|activation|strength|estimated|to|was|were|are|low"
    r"|both|all|the)\s){0,5}"
    r"[\(<~]?\s?(?P<value>\d(?:\.\d{1,3})?)\b(?!\s?(?:%|\+|\)?\s*(?:seconds|frames|of\b|to\b)))"
)
_DIGIT = late_pattern(r"\d")
_ABSENT_KEY = late_pattern(
    r"[^a-z\n]{0,6}(?:(?:the|following|other|remaining|action|facial|units?|aus?|cues?|actions|movements|checked|searched|looked"
    r"|for|but|and|are|were|that)\s){0,6}(?:(?:below|under)\s(?:the\s)?(?:\w+\s)?threshold|absent|missing|inactive|lacking|none|undetected|unobserved|negative[\s_]+(?:cues?"
    r"|evidence)|not(?:[\s_]+(?:present|observed|seen|shown|detected|active|visible|activated|found))?)(?![a-z])"
    r"[^:;.\n]{0,40}?\s*:",
    re.IGNORECASE,
)
_PRESENT = late_pattern(r";|\bpresent\b", re.IGNORECASE)
"""A heading or key that denies all behind it: "Absent AUs: AU1, AU4"."""

_SO_IS = late_pattern(
    r"\b(?:so|as|nor|neither)\s+(?:is|are|was|were|does|do|did)\s+(?:the\s|his\s|her\s|their\s)?\Z"
)
_AND_THE = late_pattern(r"\band\s+(?:the|his|her|their)\s")
_THE = late_pattern(r"\b(?:the|his|her|their)\s+(?:\w+\s+)?\Z")
_WEIGHS = late_pattern(
    r"\s*(?:\w+ly\s+)?(?:fit|match|suit|explain|support|accord\s+with|go\s+(?:well\s+)?with|agree\s+with|contradict|rule"
    r"\s+out|exclude|mean\s+that)s?\b"
)
_TAKES = late_pattern(
    r"\b(?:read|interpret|take|regard|treat|describe|classify|see|call|mistake|count)\b"
)
HEDGE = late_pattern(
    r"\b(?:may|might|could|seems?|seemed|appears?|appeared|likely|probably|possibly|perhaps"
    r"|somewhat|apparently"
    r"|presumably|maybe|plausible|plausibly|conceivable|possible|seemingly|arguably|lean(?:s"
    r"|ing)?\s+(?:to|towards?)"
    r"|looks?(?!\s+(?:at|away|down|up|into|for|to\s+the|straight|directly|back))|doubt(?:s|ful)?"
    r"|unlikely|tentative(?:ly)?|potentially|suspect|guess"
    r"|would(?!\s+call)|not\s+necessarily|reads?\s+like|i\s+(?:think|believe)|supposedly|an?\s+hint"
    r"|hints?\s+at)\b"
)
_SLIGHT = late_pattern(
    r"\b(?:slight(?:ly)?|faint(?:ly)?|weak(?:ly)?|mild(?:ly)?|traces?|subtl[ey]|a\s+bit|a\s+little"
    r"|small|somewhat|barely|minimal(?:ly)?"
    r"|soft(?:ly)?|low-intensity|gentl[ey]|tiny|modest|hint|touch|partly|partially|light(?:ly)?"
    r"|moderately|a\s+note)\b"
)
_STRONG = late_pattern(
    r"\b(?:strong(?:ly)?|broad(?:ly)?|wide(?:ly)?(?!\s+(?:read|known|used))|very|clear(?:ly)?"
    r"|marked(?:ly)?|intense(?:ly)?|fully"
    r"|sharp(?:ly)?|heav(?:y|ily)|deep(?:ly)?|tight(?:ly)?|extreme(?:ly)?|pronounced|big|huge"
    r"|beaming|severe(?:ly)?|at\s+all"
    r"|whatsoever|a\s+lot|hard\s+to\s+miss|unmistakabl[ey]|obvious(?:ly)?|perfectly|highly"
    r"|completely|definite(?:ly)?|fierce(?:ly)?"
    r"|hard(?!\s+to)|rapidly|constantly|entirely|utter(?:ly)?|much)\b"
)


_END = itemgetter(1)


class Clause(NamedTuple):
    """A piece of the masked sentence: ``mask[start:end]``."""

    start: int
    end: int


class Scope:
    """Denial, hedging and degree within one sentence.

    :param view: the sentence.
    """

    __slots__ = (
        "_absent",
        "_before",
        "_breaks",
        "_clauses",
        "_denied",
        "_false",
        "partners",
        "view",
    )

    def __init__(self, view: View) -> None:
        self.view = view
        self.partners: dict[int, int] = {}
        """Marks that are tied together, a code and its name; what is said of one is said of the other."""
        self._breaks: list[tuple[int, int]] | None = None
        self._clauses: dict[int, Clause] = {}
        self._denied: dict[int, bool] = {}
        self._before: dict[int, bool] = {}
        self._absent: tuple[int, int] | None = None
        self._false: list[tuple[int, int]] | None = None

    @property
    def breaks(self) -> list[tuple[int, int]]:
        """Where clauses end, in order."""
        if self._breaks is None:
            self._breaks = [m.span() for m in BREAK.finditer(self.view.mask)]
        return self._breaks

    def clause(self, position: int) -> Clause:
        """Return the clause around a position of the mask."""
        known = self._clauses.get(position)
        if known is not None:
            return known
        breaks = self.breaks
        behind = bisect_right(breaks, position, key=_END)
        start = breaks[behind - 1][1] if behind else 0
        if behind < len(breaks) and breaks[behind][0] < position:  # within a break
            behind += 1
        end = breaks[behind][0] if behind < len(breaks) else len(self.view.mask)
        found = self._clauses[position] = Clause(start, end)
        return found

    def is_false(self, position: int) -> bool:
        """Return whether the sentence says that what stands there is false: "it is not true that F"."""
        if self._false is None:
            self._false = false_parts(self.view.mask) if self.view.triggers & MAY_BE_FALSE else []
        return any(start <= position < end for start, end in self._false)

    def denied(self, number: int) -> bool:
        """Return whether a mark is denied where it stands: "no F", "F is absent", "neither F nor F"."""
        known = self._denied.get(number)
        if known is None:
            partner = self.partners.get(number)
            known = self._is_denied(number) or (partner is not None and self._is_denied(partner))
            self._denied[number] = known
        return known

    def _is_denied(self, number: int) -> bool:
        view, mark = self.view, self.view.marks[number]
        place = view.places[number]
        can_deny = view.triggers & triggers.DENIAL
        may_lack = view.triggers & triggers.ABSENCE or "<" in view.mask
        if view.is_absent:
            return True
        if may_lack and self._is_under_absent(mark.end - 1):
            return True
        own = view.text[mark.start : mark.end].lower()
        if can_deny and mark.letter == "F" and DENY.search(own):
            return True
        if can_deny and mark.letter == "C" and mark.value != "text" and _NOT.search(own):
            return True
        if can_deny and self._is_denied_before(number):
            return True
        if mark.letter not in "UF":
            return bool(can_deny) and _EMOTION_AFTER.match(view.mask, place + 1) is not None
        if (mark.letter == "U" or number in self.partners) and is_below(view, place + 1):
            return True
        if not may_lack:
            return False
        if _AFTER.match(view.mask, place + 1) is None and not none_is_seen(view, number):
            return False
        return not is_contrasted(view, place)

    def _is_under_absent(self, start: int) -> bool:
        """Return whether a heading denies what stands at a place of the text: "Absent: U and F"."""
        if self._absent is None:
            text, sentence = self.view.text, self.view.sentence
            key = _ABSENT_KEY.match(text, sentence.start, sentence.end)
            stop = _PRESENT.search(text, key.end(), sentence.end) if key else None
            end = stop.start() if stop else sentence.end
            self._absent = (key.end(), end) if key else (0, 0)
        return self._absent[0] <= start < self._absent[1]

    def _is_denied_before(self, number: int) -> bool:
        """Return whether words before a mark deny it; each mark is looked at once.

        A mark asks the one before it and that one's partner, so that without a memory the work doubles with
        every pair of a list: "jaw drop/AU26/jaw drop/AU26".
        """
        known = self._before.get(number)
        if known is None:
            known = self._before[number] = self._read_before(number)
        return known

    def _read_before(self, number: int) -> bool:
        mask, place = self.view.mask, self.view.places[number]
        start = self.clause(place).start
        before = mask[start:place]
        if _NONE_BUT.search(before):
            return False
        last = max(DENY.finditer(before), key=re.Match.start, default=None)
        if last is not None:
            rest = before[last.end() :]
            inner = max((i for i, char in enumerate(rest) if char.isupper()), default=-1)
            if (inner < 0 and not self._weighs(rest, place)) or _JOIN.match(rest[inner + 1 :]):
                return True
        if not number:
            return False
        previous = self.view.places[number - 1]
        between = mask[previous + 1 : place]
        if _SO_IS.search(between) and len(between) < 40:
            return self.denied(number - 1)
        if not _JOIN.match(between):
            return False
        if "," in between and not _OR.search(between) and not _OR_AHEAD.match(mask, place + 1):
            return False
        if _AND_THE.search(between) and not _THE.search(mask, 0, previous):
            return False  # "the lack of a smile and the lowered brows" denies the smile alone
        if self._is_denied_before(number - 1):
            return True
        partner = self.partners.get(number - 1, number)
        return partner < number - 1 and self._is_denied_before(partner)

    def _weighs(self, words: str, place: int) -> bool:
        """Return whether denied words weigh a cue that is there: "does not fit the frown"."""
        if self.view.marks[self.view.index(place)].letter not in "UFC":
            return False
        if _WEIGHS.match(words):
            return True
        return _TAKES.search(words) is not None and " as " in self.view.mask[place : place + 30]

    def hedged(self, start: int, end: int) -> bool:
        """Return whether ``mask[start:end]`` hedges."""
        view = self.view
        return bool(view.triggers & triggers.HEDGE and HEDGE.search(view.mask, start, end))

    def commitment(self, start: int, end: int) -> Commitment:
        """Return how sure ``mask[start:end]`` is of what it says."""
        return "hedged" if self.hedged(start, end) else "plain"

    def degree(self, start: int, end: int) -> Degree:
        """Return the degree that ``mask[start:end]`` and the names in it say."""
        if not self.view.triggers & (triggers.SLIGHT | triggers.STRONG):
            return "plain"
        text = self.view.text[self.view.start(start) : self.view.end(end)].lower()
        if _SLIGHT.search(text):
            return "slight"
        return "strong" if _STRONG.search(text) else "plain"


def is_contrasted(view: View, place: int) -> bool:
    """Return whether a mark is only what others differ from: "unlike AU12, AU6 is absent"."""
    return _UNLIKE.search(view.mask, max(0, place - 30), place) is not None


def _value(mask: str, position: int) -> re.Match[str] | None:
    return _VALUE.match(mask, position) if _DIGIT.search(mask, position) else None


def is_below(view: View, position: int) -> bool:
    """Return whether a code's value behind it says that it is not there: "AU6 at 0.2"."""
    value = _value(view.mask, position)
    if value is None:
        return False
    figure = float(value["value"])
    is_bound = value["under"] is not None or "<" in value[0]
    return figure < view.least or (is_bound and figure <= view.least)


def value_end(mask: str, position: int) -> int:
    """Return where the value behind a code ends, the position itself if there is none."""
    value = _value(mask, position)
    if value is None:
        return position
    end = value.end()
    return end + 1 if mask[end : end + 1] == ")" and "(" in value[0] else end
