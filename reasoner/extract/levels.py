"""Statements on one emotion: a side of valence, arousal or dominance; a word's meaning; a label's scheme."""

import re
from collections.abc import Iterator

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.prevailing import prevails
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.triggers import LEVEL, MEANING

Found = Iterator[tuple[Draft, frozenset[int]]]

_Q = r"['\"\u2018\u2019\u201c\u201d]?"
_ADV = (
    r"(?:(?:very|highly|clearly|generally|typically|usually|strongly|mildly|rather|also|quite|often"
    r"|certainly|probably|decidedly|fairly"
    r"|mostly|essentially|likely|always|so|more|most|both|extremely|clearly|merely|plainly|itself)\s+){0,3}"
)
_VERB = (
    r"(?:is|are|was|has|have|carries|carry|tends?\s+to\s+(?:be|have)|is\s+considered|counts\s+as"
    r"|seems?(?:\s+to\s+be)?|appears?(?:\s+to\s+be)?|ranks|scores|lies|(?:may|might|could)\s+(?:well\s+)?be|shows|goes\s+with"
    r"|comes\s+with|rates|involves|feels|is\s+(?:an?\s+)?(?:state\s+of|marked\s+by"
    r"|characteri[sz]ed\s+by|rated(?:\s+as)?|associated\s+with))"
)
_SIDE = (
    r"(?:(?P<valence>positive|negative|unpleasant|pleasant|aversive|(?:nega|posi)tively\s+valenced)"
    r"(?=\s+(?:emotion|feeling|state|affect|valence|experience|mood|one|and|but|in)|[-\s]valence"
    r"|\s*[.,;:)]|\s*$)"
    r"|(?P<level>high|low|elevated|reduced|strong|weak|little|much)(?:er)?(?:\s+(?:in|on)"
    r"|[-\s])\s*(?:terms\s+of\s+)?(?P<dimension>arousal|dominance|valence|activation|control)"
    r"|(?P<activation>activating|arousing|deactivating|calming|energetic|energi[sz]ing|dominant"
    r"|submissive|high-energy|low-energy|activated)"
    r"(?=\s+(?:emotion|feeling|state|one)|\s*[.,;:)]|\s*$|\s+and\b|\s+but\b))"
)
_LEVEL = late_pattern(
    rf"(?P<a>E){_Q}(?:,[^,.;E]{{2,30}},)?(?:\s+itself)?\s+{_ADV}{_VERB}(?:n't)?\s+{_ADV}"
    rf"(?P<not>not\s+|never\s+|hardly\s+|by\s+no\s+means\s+)?{_ADV}(?:an?\s+|the\s+"
    rf"|one\s+of\s+the\s+)?{_ADV}(?:(?:emotion|state|feeling)\s+of\s+)?(?:[a-z]+,\s+)?{_SIDE}"
)
_WITH = late_pattern(rf"(?P<a>E){_Q},\s+with\s+its\s+{_ADV}{_SIDE}")
_LACKS = late_pattern(
    r"(?P<a>E)\s+(?:lacks|has\s+no|is\s+without)\s+(?:that\s+|this\s+"
    r"|any\s+)?(?P<dimension>dominance|arousal)"
)
_AND_SIDE = late_pattern(
    rf"(?:,?\s+(?:and|but|yet)\s+|,\s+)(?:also\s+|it\s+is\s+|is\s+|has\s+|of\s+"
    rf"|with\s+)*(?P<not>not\s+)?{_ADV}(?:an?\s+)?{_SIDE}"
)
_GAP = late_pattern(
    r"(?:,|;|\s+and|,\s+and|,\s+but|,\s+while)\s+(?P<a>E)\s+(?:(?:is|has|are)\s+(?P<level>high"
    r"|low)\b(?!\s+(?:in|arousal|dominance))|(?P<same>even\s+more\s+so|too|as\s+well|likewise))"
)
_IT_SIDE = late_pattern(
    rf"\b(?:and|it|which|this)\s+(?:is|has|carries"
    rf"|counts\s+as)\s+{_ADV}(?P<not>not\s+)?(?:an?\s+)?{_ADV}{_SIDE}"
)
_OF = late_pattern(
    r"\bthe\s+(?P<dim>valence|arousal|dominance)\s+of\s+(?P<a>E)\s+(?:is|seems|lies)\s+"
    r"(?P<not>not\s+)?(?:\w+ly\s+|very\s+|rather\s+)?"
    r"(?P<side>positive|negative|high|low)"
)
_APPOSITION = late_pattern(rf"(?P<a>E),\s+(?:an?|the)\s+{_ADV}{_SIDE}\s+(?:emotion|feeling|state)")
_BARE = late_pattern(
    rf"(?:^|[.;:,]\s|\ban?\s|\bits?\s)(?P<side>{_SIDE})\s+(?:emotion|feeling|state)s?\s+(?:like"
    rf"|such\s+as)\s+(?P<a>E)"
)

_WORD = late_pattern(
    rf"(?P<lead>(?:\bthe\s+(?:word|adjective|term|verb|noun|phrase|expression|label)\s+"
    rf"|\bto\s+be\s+|\bbeing\s+|\bfeeling\s+"
    rf"|\bsomeone\s+who\s+is\s+)?)(?P<quote>{_Q})(?P<a>E)(?P<close>{_Q})\s*"
    rf"(?:,[^,.;E]{{2,30}},|,\s+(?:which|that)\b)?\s*"
    r"(?P<verb>(?:does\s+not|doesn't|may|might|usually|often|simply|roughly|really|just|can|would"
    r"|could|typically)?\s*(?:means?|denotes?|stands?\s+for|refers?\s+to|expresses|names|describes"
    r"|signifies|suggests?|amounts\s+to)"
    r"|is\s+(?:,\s*roughly,\s*)?(?:just\s+|merely\s+|simply\s+|really\s+|not\s+)?(?:another|a|an"
    r"|one)\s+(?:[\w-]+\s+)?(?:word|term|way|expression|synonym|name)\s+(?:for|of|to\s+say)"
    r"|is(?:n't)?(?:\s+not)?(?:,\s+roughly,)?\s+(?:to\s+(?:be|feel)(?:\s+in\s+a\s+state\s+of)?"
    r"|being))\s+(?:an?\s+|the\s+|being\s+|rather\s+|strong\s+|some\s+|feeling\s+"
    r"|something\s+like\s+|kind\s+of\s+|moment\s+of\s+|state\s+of\s+|form\s+of\s+|deep\s+|mild\s+"
    r"|intense\s+|quiet\s+|great\s+)*"
    rf"{_Q}(?P<b>E)"
)

_IN_SCHEME = late_pattern(
    rf"(?P<a>E|['\"\u2018\u201c][\w -]{{2,24}}['\"\u2019\u201d]){_Q}(?:,[^,.;E]{{2,30}},)?\s+(?:is"
    rf"|are|was|counts\s+as|seems\s+to\s+be|appears(?:\s+to\s+be)?|belongs|comes\s+from|would\s+be"
    rf"|can\s+be\s+found|does|stands|occurs|figures)"
    r"(?P<how>[^.;ESU]{0,60}?)\bS\b"
)
_HAS_LABEL = late_pattern(
    r"S(?:\s+(?:scheme|set|label\s+set|data\s*set|corpus|labels|taxonomy|list|annotation|classes"
    r"|categories|inventory|vocabulary|knows|itself))*(?P<how>[^.;ESU]{0,50}?"
    r"\b(?:lists?|includes?|contains?|knows?|know|has|have|lacks?|annotates?|offers?|uses?|covers?"
    r"|comprises?|provides?|distinguishes|allows|features|counts|leaves?\s+out|omits?|excludes?"
    r"|names?|one\s+(?:may|might|can|could)\s+find)\b[^.;ESU]{0,40}?)"
    rf"(?P<list>{_Q}[E]{_Q}(?:(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+"
    rf"|\s+as\s+well\s+as\s+){_Q}E{_Q})*)(?P<tail>,?\s+(?:among\s+them)|)"
)
_NOT_LIST = late_pattern(r",?\s+but\s+(?:not|no)\s+(?P<a>E)")
_ALSO = late_pattern(
    r",?\s+and\s+(?:seems\s+to\s+|may\s+|also\s+)*(?:know|list|include|contain|have)s?\s+(?P<a>E)"
)
_CHOICE = late_pattern(
    rf"(?:\b(?:following|using|under|in|within|of|from|by|per|given|according\s+to"
    rf"|with)\s+)(?:the\s+)?(?:[\w-]+\s+(?:classes|labels|emotions)\s+of\s+|labels?\s+of\s+"
    rf"|classes\s+of\s+)?(?:the\s+)?S(?P<mid>[^.;ESU]{{0,70}}?){_Q}(?P<a>E){_Q}(?P<tail>[^.;EU]{{0,20}})"
)
_CHOSEN = late_pattern(
    r"\b(?:choose|pick|select|(?:could|might|may)\s+be|assign|label|fits?|would\s+be|answer|apply|category|class|is)\b"
)


_MEANS = (
    r"(?:(?:does\s+not|doesn't|may|might|usually|often|simply|roughly|really|just|can|would"
    r"|could|typically)\s+){0,2}"
    r"(?:means?|denotes?|stands?\s+for|refers?\s+to|names|describes|signifies|is\s+(?:not\s+"
    r"|just\s+|merely\s+|simply\s+)?(?:another|a|one)\s+(?:[\w-]+\s+)?(?:word|term|way|synonym"
    r"|name)\s+(?:for|of))"
)
_OF_E = (
    r"\s+(?:(?:an?|the|being|rather|strong|some|feeling|something|like|kind|moment|state|form|of"
    r"|deep|mild|intense|to|be|someone|is|who)\s+){0,5}"
)
_OTHER_WORD = late_pattern(
    rf"['\"\u2018\u201c](?P<quoted>[a-z][a-z -]{{1,24}})['\"\u2019\u201d]\s*"
    rf"(?:,[^,.;E]{{2,30}},)?\s*{_MEANS}{_OF_E}{_Q}(?P<b>E)"
    rf"|\b(?:being|feeling|to\s+be|to\s+feel)\s+(?P<state>[a-z-]{{3,20}})\s+(?:{_MEANS}|is"
    rf"(?:\s+not)?(?:,\s+roughly,)?){_OF_E}(?P<b2>E)"
    rf"|\A\s*(?:the\s+(?:word|term|adjective|verb|noun)\s+)?(?!(?:this|that|it|which|he|she|they"
    rf"|these|what|smile|face|voice)\b)(?P<bare>[a-z-]{{3,20}})\s+(?:means|denotes|is\s+"
    rf"(?:just\s+|not\s+)?another\s+(?:word|term)\s+for){_OF_E}(?P<b3>E)"
)
"""A word that names no feeling by itself, and what it is said to mean."""


def level_claims(view: View, scope: Scope, before: str) -> Found:
    """Yield the claims on sides of dimensions.

    :param before: slug of the last emotion of the sentence before.
    """
    mask = view.mask
    if not view.triggers & LEVEL:
        return
    used: set[int] = set()
    last: tuple[str, str] | None = None
    for match in _LEVEL.finditer(mask):
        if prevails(mask, match.start("a")):
            continue
        a = view.index(match.start("a"))
        used.add(match.end())
        level = _level(match)
        last = (view.marks[a].slug, level)
        yield _made(view, scope, match, last[0], level, _is_denied(match[0])), frozenset({a})
        yield from _more(view, scope, match.end(), last)
    for match in _WITH.finditer(mask):
        a = view.index(match.start("a"))
        last = (view.marks[a].slug, _level(match))
        yield _made(view, scope, match, *last, False), frozenset({a})
    for match in _OF.finditer(mask):
        a = view.index(match.start("a"))
        side = {"positive": "high", "negative": "low"}.get(match["side"], match["side"])
        if match["dim"] == "valence":
            side = "positive" if side == "high" else "negative"
        level = f"{match['dim']}:{side}"
        yield (
            _made(view, scope, match, view.marks[a].slug, level, bool(match["not"])),
            frozenset({a}),
        )
    for match in _APPOSITION.finditer(mask):
        if prevails(mask, match.start("a")):
            continue
        a = view.index(match.start("a"))
        yield _made(view, scope, match, view.marks[a].slug, _level(match), False), frozenset({a})
    for match in _LACKS.finditer(mask):
        a = view.index(match.start("a"))
        yield (
            _made(view, scope, match, view.marks[a].slug, f"{match['dimension']}:high", True),
            frozenset({a}),
        )
    if last is None:
        for match in _IT_SIDE.finditer(mask):
            earlier = view.within(0, match.start(), "E")
            slug = view.marks[earlier[0]].slug if earlier else before
            if slug:
                yield (
                    _made(view, scope, match, slug, _level(match), bool(match["not"])),
                    frozenset(earlier[:1]),
                )
                return


def _more(view: View, scope: Scope, position: int, last: tuple[str, str]) -> Found:
    """Yield what is added: "and low in dominance", "excitement is high", "and gloom even more so"."""
    stop = re.compile(r"[a-z-]*(?:\s+(?:emotions?|feelings?|states?|valence|in\s+valence))?")
    match = stop.match(view.mask, position)
    end = match.end() if match else position
    more = _AND_SIDE.match(view.mask, end)
    if more:
        yield _made(view, scope, more, last[0], _level(more), bool(more["not"])), frozenset()
        return
    gap = _GAP.match(view.mask, end)
    if gap:
        a = view.index(gap.start("a"))
        level = last[1] if gap["same"] else f"{last[1].partition(':')[0]}:{gap['level']}"
        yield _made(view, scope, gap, view.marks[a].slug, level, False), frozenset({a})


def _made(
    view: View, scope: Scope, match: re.Match[str], slug: str, level: str, denied: bool
) -> Draft:
    start, end = match.start(), match.end()
    return Draft(
        "vad_level",
        view.start(start),
        view.end(end),
        (slug,),
        (level,),
        denied,
        scope.commitment(start, end),
        scope.degree(start, end),
    )


def _is_denied(words: str) -> bool:
    return re.search(r"\b(?:not|never|hardly|by\s+no\s+means)\b|n't\b", words) is not None


def _level(match: re.Match[str]) -> str:
    if match["valence"]:
        is_positive = match["valence"].startswith(("pos", "pleasant"))
        return "valence:positive" if is_positive else "valence:negative"
    if match["activation"]:
        word = match["activation"]
        if word in {"dominant", "submissive"}:
            return "dominance:high" if word == "dominant" else "dominance:low"
        return (
            "arousal:low" if word in {"deactivating", "calming", "low-energy"} else "arousal:high"
        )
    is_high = match["level"] in {"high", "elevated", "strong", "much"}
    dimension = {"activation": "arousal", "control": "dominance"}.get(
        match["dimension"], match["dimension"]
    )
    if dimension == "valence":
        return "valence:positive" if is_high else "valence:negative"
    return f"{dimension}:{'high' if is_high else 'low'}"


def meaning_claims(view: View, scope: Scope) -> Found:
    """Yield the claims that a word means an emotion: "'livid' stands for anger"."""
    if not view.triggers & MEANING:
        return
    if "E" in view.mask:
        yield from _other_words(view, scope)
    if view.mask.count("E") < 2:
        return
    for match in _WORD.finditer(view.mask):
        a, b = view.index(match.start("a")), view.index(match.start("b"))
        mark = view.marks[a]
        is_word = bool(match["quote"]) or bool(match["lead"])
        mention = mark.mention
        word = view.text[mark.start : mark.end]
        is_name = mention is not None and word.lower() == mention.concept.label
        verb = match["verb"].strip()
        if not is_word and (
            is_name or not verb.startswith(("mean", "is ", "denote", "stand", "isn't"))
        ):
            continue
        start, end = match.start("quote"), match.end()
        yield (
            Draft(
                "denotes",
                view.start(start),
                view.end(end),
                (word,),
                (view.marks[b].slug,),
                _is_denied(match[0]),
                scope.commitment(start, end),
            ),
            frozenset({a, b}),
        )


_WITHIN = late_pattern(
    r"\bno\s+(?:label\s+|class\s+)?(?P<none>E)\s+(?:label\s+|class\s+)?in\s+(?:the\s+)?(?P<s1>S)"
    r"|(?:counts?|lists?|puts?|includes?|places?)\s+(?P<in>E)\s+(?:among|in|into)\s+(?:the\s+)?(?P<s2>S)"
    r"|(?P<valid>E)\s+is\s+(?P<not>not\s+)?an?\s+(?:\w+\s+)?(?P<s3>S)\s+(?:label|class|category|emotion)"
    r"|(?P<s4>S)\s+(?:annotators|raters|coders)\s+(?:can|could|may|might)\s+(?P<not2>not\s+)?"
    r"(?:choose|pick|give|use|assign|mark)\s+(?P<choice>E)"
)
"""Further words between a label and its scheme."""


def _other_words(view: View, scope: Scope) -> Found:
    for match in _OTHER_WORD.finditer(view.mask):
        groups = match.groupdict()
        name = next(n for n in ("quoted", "state", "bare") if groups[n])
        number = view.index(match.start(next(n for n in ("b", "b2", "b3") if groups[n])))
        word = view.text[view.start(match.start(name)) : view.end(match.end(name))]
        start, end = match.start(), match.end()
        yield (
            Draft(
                "denotes",
                view.start(start),
                view.end(end),
                (word,),
                (view.marks[number].slug,),
                _is_denied(match[0]),
                scope.commitment(start, end),
            ),
            frozenset({number, -1}),
        )


def scheme_claims(view: View, scope: Scope) -> Found:
    """Yield the claims that a label belongs to a scheme."""
    mask = view.mask
    if "S" not in mask:
        return
    found = False
    for match in _HAS_LABEL.finditer(mask):
        found = True
        denied = (
            re.search(
                r"\b(?:no|not|lacks?|without|leaves?\s+out|omits?|excludes?)\b|n't\b", match["how"]
            )
            is not None
        )
        scheme = view.at(match.start()).value
        for number in view.within(match.start("list"), match.end("list"), "E"):
            yield _label(view, scope, match, number, scheme, denied)
        for pattern in (_NOT_LIST, _ALSO):
            more = pattern.match(mask, match.end())
            if more:
                yield _label(
                    view, scope, more, view.index(more.start("a")), scheme, pattern is _NOT_LIST
                )
    for match in _IN_SCHEME.finditer(mask):
        found = True
        how = match["how"]
        if not re.search(r"\b(?:of|among|in|to|within|from|by|part|listed|label)\b", how):
            continue
        scheme = view.at(match.end() - 1).value
        denied = (
            re.search(r"\b(?:not|no|never|none|missing|absent|outside)\b|n't\b", how) is not None
        )
        if match["a"] == "E":
            yield _label(view, scope, match, view.index(match.start("a")), scheme, denied)
        else:
            word = view.text[view.start(match.start("a")) : view.end(match.end("a"))].strip(
                "'\"\u2018\u2019\u201c\u201d"
            )
            yield _scheme_draft(view, scope, match, word, scheme, denied), frozenset()
    for match in _WITHIN.finditer(mask):
        found = True
        groups = match.groupdict()
        name = next(n for n in ("none", "in", "valid", "choice") if groups[n])
        scheme = view.at(match.start(next(n for n in ("s1", "s2", "s3", "s4") if groups[n]))).value
        denied = bool(groups["none"] or groups["not"] or groups["not2"])
        yield _label(view, scope, match, view.index(match.start(name)), scheme, denied)
    if found:
        return
    for match in _CHOICE.finditer(mask):
        if not _CHOSEN.search(match["mid"] + " " + match["tail"]):
            continue
        place = mask.index("S", match.start())
        number = view.index(match.start("a"))
        draft, _ = _label(view, scope, match, number, view.at(place).value, False)
        yield draft, frozenset()


def _label(
    view: View, scope: Scope, match: re.Match[str], number: int, scheme: str, denied: bool
) -> tuple[Draft, frozenset[int]]:
    mark = view.marks[number]
    draft = _scheme_draft(view, scope, match, view.text[mark.start : mark.end], scheme, denied)
    return draft, frozenset({number})


def _scheme_draft(
    view: View, scope: Scope, match: re.Match[str], word: str, scheme: str, denied: bool
) -> Draft:
    start, end = match.start(), match.end()
    return Draft(
        "label_in_scheme",
        view.start(start),
        view.end(end),
        (word,),
        (scheme,),
        denied,
        scope.commitment(start, end),
    )
