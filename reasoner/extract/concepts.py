"""Statements on emotions themselves: tier, kind, strength, opposite, exclusion, co-occurrence, blend."""

import re
from collections.abc import Iterator

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.prevailing import prevails
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.triggers import (
    EXCLUSIVE,
    KIND,
    OPPOSITE,
    SELDOM,
    STRENGTH,
    TIER,
    TOGETHER,
)
from affectgraph.reasoner.model import ClaimType

_Q = r"['\"\u2018\u2019\u201c\u201d]?"
_THE = (
    r"(?:(?:the|an?|some|any|being|feeling(?:s)?\s+of|a\s+state\s+of|the\s+(?:emotion"
    r"|feeling)\s+of|of)\s+){0,3}"
)
_ADJ = r"(?:(?:rather|plain|mere|mild|strong|deep|more|simple|bodily|intense|just|outright|great)\s+){0,2}"
_X = rf"{_THE}{_ADJ}{_Q}E{_Q}(?:\s+(?:itself|emotions?|feelings?))?"
_ADV = (
    r"(?:(?:probably|usually|typically|often|clearly|generally|also|really|actually|merely|just"
    r"|simply|in\s+essence|roughly"
    r"|perhaps|arguably|likely|certainly|commonly|in\s+fact|always|itself|mostly|largely|very|quite"
    r"|only|somewhat|even|still|no\s+doubt),?\s+){0,3}"
)
_NOT = r"(?P<not>not\s+|n't\s+|never\s+|hardly\s+|by\s+no\s+means\s+)?"
_NOT2 = r"(?:(?:not|never|hardly|by\s+no\s+means)\s+)?"
_BE = (
    rf"(?:,?\s*(?:which\s+|that\s+|it\s+)?{_ADV}(?:is|are|was|counts?\s+(?:as|among)|ranks?\s+(?:as"
    rf"|among|below|under)|is\s+considered(?:\s+to\s+be)?"
    rf"|(?:can|could|may|might|must|should)\s+be(?:\s+(?:seen|regarded|described|viewed|considered"
    rf"|classed|filed|placed)(?:\s+(?:as|under))?)?"
    rf"|is\s+classified\s+as|seems?(?:\s+to\s+be)?|appears?(?:\s+to\s+be)?|remains?|is\s+(?:seen"
    rf"|regarded|described|thought\s+of|classed)\s+as|would\s+be|tends?\s+to\s+be|(?:may|might|could|can)\s+"
    rf"(?:well\s+)?be(?:\s+(?:seen|described|thought\s+of|understood|regarded)\s+as)?"
    rf"|is\s+best\s+(?:seen|described|understood)\s+as|,?\s*being)"
    rf"(?:n't)?(?:,[^,.;E]{{2,20}},)?\s+{_ADV}{_NOT2}{_ADV})"
)
_ASIDE = r"(?:,[^,.;E]{2,40},)?\s*"
_KINDS = (
    r"(?:kind|form|type|variety|sort|subtype|subclass|subcategory|variant|shade|species|case"
    r"|instance|branch|member|part|child|subset|flavou?r|facet|expression)s?"
)

_TIER = late_pattern(
    rf"(?P<subject>E){_Q}{_ASIDE}(?:{_BE}|,\s+being\s+|\s+(?:seems?\s+to\s+)?(?:sits?|stands?|lies?"
    rf"|belongs?)\s+(?:on|at|to|in|among)\s+|,\s+(?=a\s+(?:primary|basic|secondary|tertiary)))"
    r"(?:an?\s+|one\s+of\s+the\s+|among\s+the\s+|the\s+|as\s+)*(?:(?:six|most|parrott's|twenty-five)\s+)*"
    r"(?P<tier>primary|primaries|basic|secondary|tertiary|(?:first|second|third)[- ](?:tier|level)"
    r"|tier[- ][123])\b"
    r"(?!\s+to\b|\s+(?:reason|cause|cue|driver|driven|goal|focus|sign|evidence|source|colou?r"
    r"|school|concern))"
    r"(?P<more>(?:[- ]level)?(?:\s+(?:emotions?|feelings?|tier|level|nodes?|terms?|words?|category"
    r"|one)|\s+in\b|\s*[.,;]|\s*$|\s+and\b|\s+rather\b|\s+rank)|)"
)
_IT_TIER = late_pattern(
    r"\b(?:it|which|this|they)\s+(?:is|are|counts\s+as)\s+(?:n't\s+|not\s+)?(?:an?\s+"
    r"|one\s+of\s+the\s+)?(?:six\s+)?(?P<tier>primary|primaries|basic|secondary|tertiary)"
    r"(?:\s+(?:emotions?|feelings?|tier|level))?\b(?!\s+to\b)"
)
_SO_IS = late_pattern(
    rf"(?:,?\s*and\s+so\s+(?:is|are)|,\s*as\s+(?:is|are))\s+(?P<list>{_X}(?:(?:,\s*|\s+and\s+){_X})*)"
)
_TIER_WORDS = {
    "primary": ("primar", "basic", "first", "tier 1", "tier-1"),
    "secondary": ("second", "tier 2", "tier-2"),
    "tertiary": ("tertiary", "third", "tier 3", "tier-3"),
}

_KIND = late_pattern(
    rf"(?P<a>E){_Q}{_ASIDE}(?:{_BE}(?:just\s+)?(?:an?\s+|one\s+|one\s+of\s+the\s+"
    rf"|the\s+)?(?:[\w-]+\s+){{0,2}}?{_KINDS}\s+(?:of|that)\s+"
    rf"|,\s+(?:an?|one)\s+(?:[\w-]+\s+){{0,2}}?{_KINDS}\s+of\s+"
    rf"|\s+{_ADV}(?:does\s+not\s+|doesn't\s+|seems\s+to\s+|would\s+)?{_ADV}(?:falls?|comes?"
    rf"|belongs?|sits?|lies?|ranks?|stands?|counts?)\s+(?:directly\s+)?(?:under|within|in|to|into"
    rf"|beneath|below|towards|as)\s+"
    rf"|{_BE}(?:filed|classed|classified|grouped|placed|counted|subsumed|listed)?\s*(?:under|within"
    rf"|below|beneath)\s+)(?:an?\s+(?:kind|form|type)\s+of\s+)?"
    rf"(?P<b>{_X})(?:\s+(?:family|branch))?"
)
_IT_KIND = late_pattern(
    rf"(?:\b(?:which|it|this|that|and)\s+{_ADV}(?:is\s+{_NOT2}(?:an?\s+|one\s+"
    rf"|the\s+)?(?:[\w-]+\s+){{0,2}}?{_KINDS}\s+of|(?:belongs?|falls?|ranks?|comes?|lies?)\s+(?:to"
    rf"|under|within|below|beneath|into)|is\s+(?:filed|placed|classed)\s+under)"
    rf"|,\s+(?:belongs\s+to|an?\s+{_KINDS}\s+of)|\bthat\s+ranks?\s+(?:below|under))\s+(?P<b>{_X})"
)
_GAP_KIND = late_pattern(r",\s*(?:and\s+)?(?P<a>E)\s+to\s+that\s+of\s+(?P<b>E)")

_MORE = (
    r"(?:stronger|more\s+(?:intense|severe|extreme|powerful|violent|acute)|fiercer|greater"
    r"|sharper|deeper|higher\s+in\s+intensity|hotter)"
)
_LESS = (
    r"(?:weaker|milder|less\s+(?:intense|severe|extreme|strong|powerful|violent)|gentler|softer"
    r"|fainter|lesser|slighter)"
)
_STRENGTH = late_pattern(
    rf"(?P<a>E){_Q}{_ASIDE}{_BE}(?:an?\s+|the\s+)?(?:far\s+|much\s+|even\s+|slightly\s+|somewhat\s+"
    rf"|no\s+)?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+"
    rf"(?:(?:feeling\s+|emotion\s+|one\s+)?than|(?:form|version|variant|degree|kind|shade"
    rf"|grade)\s+of)\s+(?P<b>{_X})"
    rf"|(?P<a2>E)\s+{_ADV}(?P<more2>exceeds?|surpass(?:es)?|outranks?)\s+(?P<b2>{_X})"
    rf"|(?P<a3>E),\s+an?\s+(?:even\s+|much\s+|far\s+)?(?:(?P<more3>{_MORE})"
    rf"|(?P<less3>{_LESS}))\s+(?:form|version|variant|degree|kind)\s+of\s+(?P<b3>{_X})"
)
_IT_STRENGTH = late_pattern(
    rf"\b(?:feeling|emotion|state|form|one|it\s+is|which\s+is)\s+(?:even\s+|much\s+"
    rf"|far\s+)?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?:than|(?:form|version)\s+of)\s+(?P<b>{_X})"
)
_ONLY = late_pattern(
    rf"(?:,\s*(?:and\s+|but\s+)?(?:only|just|though|albeit)\s+(?:much\s+"
    rf"|a\s+bit\s+)?(?:(?P<more>{_MORE})|(?P<less>{_LESS})))\b(?!\s+than)"
)

_OPPOSITE = late_pattern(
    rf"(?P<a>E){_Q}{_ASIDE}{_BE}(?:the\s+|an?\s+)?(?:[\w-]+\s+){{0,1}}?(?:opposites?|antithesis"
    rf"|reverse|antonym|contrary)\s+(?:of|to)\s+(?P<b>{_X})"
)
_GAP_OPPOSITE = late_pattern(rf",\s*(?:and\s+|but\s+)?(?P<not>not\s+)?(?:of|to)\s+(?P<b>{_X})")
_OPPOSITES = late_pattern(
    rf"(?P<a>E){_Q}\s+and\s+(?P<b>{_X})\s+{_ADV}(?:are|form|seem|make"
    rf"|were)(?:n't)?(?:,[^,.;E]{{2,20}},)?\s+{_ADV}{_NOT2}(?:[\w-]+\s+){{0,2}}?(?:opposites|antonyms"
    rf"|opposite\s+(?:emotions|feelings|poles)|polar\s+opposites)"
)
_THEY_OPPOSITES = late_pattern(r"\bthey\s+are\s+(?:[\w-]+\s+){0,2}?opposites\b")
_PAIR = late_pattern(r"E\s+and\s+E|E\s+is\s+\w+\s+\w+\s+of\s+E|E\b[^.;E]{0,40}\bE")

_TOGETHER = (
    r"(?:together|at\s+(?:the\s+same\s+time|once)|simultaneously|side\s+by\s+side"
    r"|in\s+the\s+same\s+moment|at\s+one\s+time|concurrently|both)"
)
_FEEL = r"(?:feel|be|experience|have|hold|show|express|felt|experienced|occur|coexist|co-occur|exist|present)"
_EXCLUSIVE = late_pattern(
    rf"(?P<neg>\b(?:cannot|can\s+not|can't|never|nobody|no\s+one|impossible\s+to"
    rf"|not)\b[^.;E]{{0,30}}\s)?(?:\b{_FEEL}\s+)?(?:both\s+)?(?P<a>E)\s+(?:and|with)\s+(?P<b>{_X})"
    rf"(?P<rest>[^.;EUFC]{{0,60}}?)\b(?P<how>{_TOGETHER}|(?:mutually\s+)?exclusive"
    rf"|exclude\s+(?:each\s+other|one\s+another)|incompatible|(?:can|may|might"
    rf"|do)\s+(?:well\s+)?(?:coexist|co-occur))\b"
)
_CAN = late_pattern(r"\b(?:can|may|could|might|possible|perfectly)\b")
_CO = (
    r"(?:comes?\s+(?:along\s+)?with(?:out)?|goes?\s+(?:along\s+)?(?:hand\s+in\s+hand\s+)?with|(?:(?:is"
    r"|are)\s+)?accompanied\s+by|accompan(?:y|ies)|shows?\s+up\s+(?:alongside|with|together\s+with)"
    r"|co-?occurs?\s+with|occurs?\s+(?:together\s+)?with|appears?\s+(?:alongside"
    r"|(?:together\s+)?with|without)|goes?\s+together\s+with|travels?\s+with|is\s+paired\s+with"
    r"|is\s+found\s+with|mixes\s+often\s+with|tends?\s+to\s+come\s+with)"
)
_FREQ = (
    r"(?:(?:very\s+|quite\s+|so\s+)?(?:often|frequently|commonly|usually|typically|regularly"
    r"|rarely|seldom|hardly\s+ever|never|sometimes|generally|might|may|can|could|tends?\s+to"
    r"|does\s+not|doesn't|is|are)\s+){0,4}"
)
_COOCCUR = late_pattern(
    rf"(?P<a>E){_Q}{_ASIDE}(?:is\s+|are\s+)?(?P<freq>{_FREQ}){_CO}\s+(?:plain\s+|some\s+)?(?P<b>{_X})"
    rf"|(?P<a2>E)\s+and\s+(?P<b2>{_X})\s+(?P<freq2>(?:are|were|is|do|may|can"
    rf"|might)?\s*{_FREQ})(?:given|named|mentioned|listed|expressed|reported|annotated|rated|chosen|seen|found|observed"
    rf"|assigned|co-occur|occur|appear|go|come)\s*(?:together|at\s+once)?"
)
_RARELY = late_pattern(
    r"\bone\s+(?:rarely|seldom|hardly\s+ever)\s+(?:sees|finds|meets)\s+both\b[^.;]{0,12}"
)


def concept_claims(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    """Yield the statements of a sentence with the marks they use."""
    mask = view.mask
    if "E" not in mask:
        return
    can = view.triggers
    if can & TIER:
        yield from _tiers(view, scope)
    if can & KIND:
        yield from _kinds(view, scope)
    if mask.count("E") > 1 or "than" in mask.split():
        if can & STRENGTH:
            yield from _strengths(view, scope)
        if can & (OPPOSITE | EXCLUSIVE | TOGETHER | SELDOM):
            yield from _pairs(view, scope)


def _draft(
    view: View,
    scope: Scope,
    type_: ClaimType,
    match: re.Match[str],
    subject: int,
    object_: tuple[str, ...],
    **more: object,
) -> Draft:
    start, end = match.start(), match.end()
    return Draft(
        type_,
        view.start(start),
        view.end(end),
        (view.marks[subject].slug,),
        object_,
        bool(more.get("denied", _denied(match[0]))),
        scope.commitment(start, end),
        scope.degree(start, end),
    )


def _denied(words: str) -> bool:
    denial = r"\b(?:not|never|hardly|no\s+(?:means|kind|form|type|sort|part)|nor|neither)\b|n't\b"
    return re.search(denial, words) is not None


def _last(view: View, start: int, end: int) -> int:
    return view.within(start, end, "E")[-1]


def _subject_before(view: View, position: int) -> int | None:
    found = view.within(0, position, "E")
    return found[-1] if found else None


def _tiers(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    mask = view.mask
    last = None
    for pattern, match in ((p, m) for p in (_TIER, _IT_TIER) for m in p.finditer(mask)):
        is_it = pattern is _IT_TIER
        subject = (
            _subject_before(view, match.start()) if is_it else view.index(match.start("subject"))
        )
        if subject is None:
            continue
        if not is_it and prevails(mask, match.start("subject")):
            continue
        if not is_it and not match["more"] and match["tier"] in {"basic", "primary", "secondary"}:
            continue
        if is_it and last is not None and last[0].end > view.start(match.start()):
            continue
        tier = next(t for t, names in _TIER_WORDS.items() if match["tier"].startswith(names))
        last = (_draft(view, scope, "in_tier", match, subject, (tier,)), frozenset({subject}))
        yield last
        also = _SO_IS.search(mask, match.end())
        if also:
            for number in view.within(also.start(), also.end(), "E"):
                yield _draft(view, scope, "in_tier", also, number, (tier,)), frozenset({number})


def _kinds(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    mask = view.mask
    spans: list[int] = []
    for match in _KIND.finditer(mask):
        a, b = view.index(match.start("a")), _last(view, match.start("b"), match.end("b"))
        spans.append(b)
        yield _draft(view, scope, "subsumed_by", match, a, (view.marks[b].slug,)), frozenset({a, b})
        gap = _GAP_KIND.match(mask, match.end())
        if gap:
            c, d = view.index(gap.start("a")), view.index(gap.start("b"))
            yield (
                _draft(view, scope, "subsumed_by", gap, c, (view.marks[d].slug,)),
                frozenset({c, d}),
            )
    for match in _IT_KIND.finditer(mask):
        b = _last(view, match.start("b"), match.end("b"))
        a_ = view.within(0, match.start(), "E")
        if b in spans or not a_:
            continue
        subject = a_[0] if match[0].startswith(",") else a_[-1]
        yield (
            _draft(view, scope, "subsumed_by", match, subject, (view.marks[b].slug,)),
            frozenset({subject, b}),
        )


def _strengths(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    mask = view.mask
    for match in _STRENGTH.finditer(mask):
        n = "" if match["a"] else "2" if match["a2"] else "3"
        a = view.index(match.start("a" + n))
        b = _last(view, match.start("b" + n), match.end("b" + n))
        is_less = bool(match.groupdict().get("less" + n))
        yield _ordered(view, scope, match, a, b, is_less)
        if re.search(r"(?:form|version|variant|kind|shade)\s+of", match[0]):
            draft = _draft(view, scope, "subsumed_by", match, a, (view.marks[b].slug,))
            yield draft, frozenset({a, b})
        return
    for match in _IT_STRENGTH.finditer(mask):
        b = _last(view, match.start("b"), match.end("b"))
        a_ = view.within(0, match.start(), "E")
        if a_:
            yield _ordered(view, scope, match, a_[-1], b, bool(match["less"]))
    for match in _ONLY.finditer(mask):
        a_ = view.within(0, match.start(), "E")
        if len(a_) > 1:
            yield _ordered(view, scope, match, a_[-2], a_[-1], bool(match["less"]))


def _ordered(
    view: View, scope: Scope, match: re.Match[str], a: int, b: int, is_less: bool
) -> tuple[Draft, frozenset[int]]:
    strong, weak = (b, a) if is_less else (a, b)
    draft = _draft(view, scope, "stronger_than", match, strong, (view.marks[weak].slug,))
    return draft, frozenset({a, b})


def _pairs(view: View, scope: Scope) -> Iterator[tuple[Draft, frozenset[int]]]:
    mask, can = view.mask, view.triggers
    if can & OPPOSITE:
        for pattern, match in ((p, m) for p in (_OPPOSITE, _OPPOSITES) for m in p.finditer(mask)):
            a, b = view.index(match.start("a")), _last(view, match.start("b"), match.end("b"))
            yield (
                _draft(view, scope, "opposite_of", match, a, (view.marks[b].slug,)),
                frozenset({a, b}),
            )
            gap = _GAP_OPPOSITE.match(mask, match.end()) if pattern is _OPPOSITE else None
            if gap:
                c = _last(view, gap.start("b"), gap.end("b"))
                draft = _draft(
                    view,
                    scope,
                    "opposite_of",
                    gap,
                    a,
                    (view.marks[c].slug,),
                    denied=bool(gap["not"]),
                )
                yield draft, frozenset({c})
        they = _THEY_OPPOSITES.search(mask)
        pair = view.within(0, they.start(), "E") if they else []
        if they and len(pair) == 2:
            yield (
                _draft(view, scope, "opposite_of", they, pair[0], (view.marks[pair[1]].slug,)),
                frozenset(pair),
            )
    for match in _EXCLUSIVE.finditer(mask) if can & EXCLUSIVE else ():
        a, b = view.index(match.start("a")), _last(view, match.start("b"), match.end("b"))
        found = _exclusion(view, scope, match, a, b)
        if found is not None:
            yield found, frozenset({a, b})
            return
    for match in _COOCCUR.finditer(mask) if can & TOGETHER else ():
        n = "2" if match["a2"] else ""
        freq = match["freq" + n] or ""
        if n and not freq.strip():
            continue
        a, b = (
            view.index(match.start("a" + n)),
            _last(view, match.start("b" + n), match.end("b" + n)),
        )
        is_rare = bool(re.search(r"rarely|seldom|hardly\s+ever|never|not|n't", freq))
        denied = is_rare != ("without" in match[0])
        yield (
            _draft(view, scope, "co_occurs", match, a, (view.marks[b].slug,), denied=denied),
            frozenset({a, b}),
        )
    rarely = _RARELY.search(mask) if can & SELDOM else None
    pair = view.within(0, rarely.start(), "E") if rarely else []
    if rarely and len(pair) == 2:
        draft = _draft(
            view, scope, "co_occurs", rarely, pair[0], (view.marks[pair[1]].slug,), denied=True
        )
        yield draft, frozenset(pair)


def _exclusion(view: View, scope: Scope, match: re.Match[str], a: int, b: int) -> Draft | None:
    how = match["how"]
    words = view.mask[: match.start("a")] + " " + match["rest"]
    is_exclusive = how.startswith(("exclu", "mutually", "incomp"))
    negated = re.search(
        r"\b(?:cannot|can't|never|nobody|no\s+one|impossible|not|hardly|rarely)\b|n't\b", words
    )
    if is_exclusive:
        denied = negated is not None
    elif negated is not None:
        denied = False
    elif _CAN.search(words + " " + how):
        denied = True
    else:
        return None
    return _draft(view, scope, "exclusive", match, a, (view.marks[b].slug,), denied=denied)
