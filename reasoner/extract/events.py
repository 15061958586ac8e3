"""What brings an emotion about, what hides it, what it turns into; and channels that agree or clash."""

import re
from collections.abc import Iterator

from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.drafts import Draft
from affectgraph.reasoner.extract.marks import View
from affectgraph.reasoner.extract.scope import Scope
from affectgraph.reasoner.extract.triggers import CLASH, HIDE, HIM, MADE, REASON, SO, THAT, TURN

Found = Iterator[tuple[Draft, frozenset[int]]]

_ADV = (
    r"(?:(?:then|slowly|gradually|quickly|eventually|soon|suddenly|over\s+time|finally|later"
    r"|rapidly|briefly|perhaps|probably|likely),?\s+){0,3}"
)
_E = r"(?:(?:the|his|her|a|an|some|mild|plain|initial|clear|open|deep|a\s+kind\s+of)\s+){0,3}E"
_TRANSITION = late_pattern(
    rf"\bfrom\s+(?P<a>{_E})\s+(?:in)?to(?:wards)?\s+(?P<b>{_E})"
    rf"|(?P<a2>E),?\s+(?:over\s+time,?\s+|eventually,\s+)?(?P<mid>{_ADV}(?:(?:seems?"
    rf"|appears?)\s+to\s+|may\s+|might\s+|can\s+|could\s+|does\s+not\s+|will\s+)?{_ADV})"
    r"(?:turn(?:s|ed|ing)?\s+(?:in)?to|gives?\s+way\s+to|gave\s+way\s+to|giving\s+way\s+to|becomes?"
    r"|became|leads?\s+to|shifts?\s+(?:in)?to|resolves?\s+into|fades?\s+into|changes?\s+(?:in)?to"
    r"|develops?\s+into|grows?\s+into|is\s+(?:soon\s+|quickly\s+)?(?:followed|replaced)\s+by"
    r"|melts?\s+into|morphs?\s+into|tips?\s+(?:over\s+)?into|dissolves?\s+into|slides?\s+into"
    r"|passes?\s+into|escalates?\s+(?:in)?to|evolves?\s+into|moves?\s+(?:in)?to)\s+"
    rf"{_ADV}(?P<b2>{_E})"
)
_HIDE = (
    r"(?:hid(?:e|es|ing|den)|mask(?:s|ing|ed)?|conceal(?:s|ing|ed)?|cover(?:s|ing|ed)?(?:\s+up)?"
    r"|disguis(?:es|ing|ed)|suppress(?:es|ing)|camouflages?|veil(?:s|ing|ed))"
)
_HIDES = late_pattern(rf"{_HIDE}|\b(?:behind|under|beneath|underneath|disguised)\b")
_MASKS = late_pattern(
    rf"(?P<cover>[FUE])(?P<mid>[^.;EFU]{{0,44}}?)\b(?P<verb>{_HIDE})\s+(?P<gap>[^.;EFU]{{0,30}}?)"
    rf"(?P<hidden>E)"
    rf"|\b(?P<verb2>{_HIDE})\s+(?P<gap2>[^.;EFU]{{0,24}}?)(?P<hidden2>E)\s+(?:behind|under|beneath"
    rf"|with|by)\s+(?:[\w-]+\s+){{0,4}}(?P<cover2>[FUE])"
    rf"|(?P<hidden3>E)\s+(?:is\s+|seems\s+to\s+be\s+|that\s+is\s+|,\s+)?(?:\w+ly\s+)?(?:masked"
    rf"|hidden|disguised|concealed|covered)\s+(?:up\s+)?(?:as|by|behind|under"
    rf"|with)\s+(?:[\w-]+\s+){{0,4}}(?P<cover3>[FUE])"
    rf"|\b(?:masked|hidden|concealed|suppressed|disguised)\s+(?P<hidden4>E)"
    rf"|(?P<cover5>F)[^.;EFU]{{0,30}}\bto\s+hide\s+(?:how\s+)?[^.;EFU]{{0,20}}?(?P<hidden5>E)"
    r"|\b(?:behind|under|beneath|underneath)\s+(?:[\w-]+\s+){0,3}(?P<cover7>F)[^.;EFU]{0,25}(?P<hidden7>E)"
    r"|(?P<hidden8>E)\s+(?:hides|lies|lurks|is\s+hidden)\s+(?:behind|under|beneath)\s+"
    r"(?:[\w-]+\s+){0,3}(?P<cover8>F)"
    rf"|\b(?P<verb6>{_HIDE})\s+(?P<gap6>[^.;EFU]{{0,30}}?)(?P<hidden6>E)"
)
_CAUSE = (
    r"(?:because\s+of|because|due\s+to|owing\s+to|thanks\s+to|over|about|when|after"
    r"|at(?=\s+(?:the|his|her|being|having)\b)|of(?=\s+(?:the|his|her|being)\b)|by(?=\s+(?:the"
    r"|his|her|a)\b)|caused\s+by|triggered\s+by"
    r"|provoked\s+by|in\s+response\s+to|as\s+a\s+reaction\s+to|goes\s+back\s+to|stems\s+from"
    r"|comes\s+from|results\s+from|arises\s+from|now\s+that|that(?=\s+(?:the|he|she|they|it)\b)|(?:has"
    r"|have)\s+nothing\s+to\s+do\s+with|since|for(?=\s+(?:the|his|her|having)\b))"
)
_ELICITED = late_pattern(
    rf"(?P<e>E)(?P<mid>(?:,?\s+(?:most\s+likely|probably|perhaps|likely|possibly|apparently|and"
    rf"|mainly|only|in\s+part"
    rf"|partly|is|was|seems\s+to\s+be|may\s+be|might\s+be|appears\s+to\s+be)){{0,3}})\s*,?\s+"
    rf"(?P<how>{_CAUSE})\s+(?P<cause>[^.;:,EFU]{{3,70}}?[a-z0-9\"'])(?=[.;:,)]|$"
    rf"|\s+(?:and|but|while)\s|[EFU])"
)
_MADE = late_pattern(
    r"(?P<cause>[^.;:EFU]{4,60}?)\s+(?:(?:has\s+)?(?:made|makes|making|left|leaves)\s+(?:him|her"
    r"|them|the\s+\w+)\s+(?:feel\s+)?|fills?\s+(?:him|her|them)\s+with\s+|(?:causes?|caused"
    r"|triggers?|triggered|provokes?|provoked|sparks?|brings?\s+about|elicits?)\s+(?:his\s+|her\s+"
    r"|their\s+|the\s+)?)"
    r"(?:\w+ly\s+|so\s+|very\s+)?(?P<e>E)"
)
_THAT_VERB = late_pattern(r"\bit\s+is\s+(?P<cause>[^.;EFU]{3,50}?)\s+that\s+(?P<e>E)")
_FRIGHTENS = late_pattern(
    r"(?P<cause>\b(?:the|his|her|a|an|this)\s+[^.;,:EFU]{2,40}?)\s+(?P<e>E)\s+(?:him|her|them|me)\b"
)
_REASON = late_pattern(
    r"\b(?:reason|cause|trigger|source)\s+(?:for|of)\s+(?:his|her|the|their)\s+(?P<e>E)\s+(?:is"
    r"|was|may\s+be|might\s+be|seems\s+to\s+be)\s+"
    r"(?P<cause>[^.;:,EFU]{3,60}?[a-z0-9])(?=[.;:,]|$)"
)
_GAP_CAUSE = late_pattern(r",\s+(?P<e>E)\s+to\s+(?P<cause>(?:the|his|her|a)\s+[^.;,EFU]{3,40})")
_PREMISE = late_pattern(r"\b(?P<cause>(?:a|the|his|her)\s+[^.;,EFU]{2,40}),\s+so\s+(?P<e>E)")
_CAUSES = (
    (0, _ELICITED),
    (MADE, _MADE),
    (THAT, _THAT_VERB),
    (SO, _PREMISE),
    (HIM, _FRIGHTENS),
    (REASON, _REASON),
)
"""Wordings of causes with the trigger that each needs, 0 for none."""

_NAMES = (
    (
        "voice",
        r"voice|vocal\w*|audio|tone(?:\s+of\s+voice)?|acoustic\w*|sound|prosody|speech|intonation"
        r"|gasp|sigh|laugh",
    ),
    (
        "face",
        r"face|facial|expression|expressions|visual\w*|video|aus|mouth|smile|brows?|eyes|image"
        r"|action\s+units",
    ),
    (
        "text",
        r"text\w*|words?|wording|transcript|subtitles?|verbal\w*|caption|content|says|said"
        r"|language(?!\s+and)|semantic\w*|remark|message|lines?",
    ),
    ("posture", r"posture|body(?:\s+language)?|gestures?|shoulders|fists|hands|stance|arms"),
    ("context", r"context|scene|situation|setting|circumstances"),
)
_CHANNEL = late_pattern("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _NAMES))
_CONFLICT = late_pattern(
    r"\b(?:conflict(?:s|ing)?|contradict(?:s|ing|ion)?|clash(?:es)?|mismatch(?:es)?|disagree(?:s"
    r"|ment)?|discrepan\w+|incongruen\w+|inconsisten\w+|(?:different|another)\s+(?:stor(?:y|ies)"
    r"|tales?|directions?)"
    r"|at\s+odds|diverge\w*|not\s+(?:match|agree|fit)|opposing|contrast(?:s)?\s+with"
    r"|out\s+of\s+step|belie[sd]?|undercuts?)\b"
)
_AGREE = late_pattern(
    r"\b(?:agree(?:s|ment)?|match(?:es|ing)?|consistent|in\s+line|in\s+agreement|congruent"
    r"|converge(?:s)?|align(?:s|ed)?|supports?|support\s+each\s+other|fits?(?!\s+best)"
    r"|bears?\s+(?:this|it)\s+out|confirms?|corroborates?"
    r"|same\s+(?:direction|story|way|emotion|message|thing)|go\s+together|in\s+harmony"
    r"|back(?:s)?\s+(?:this\s+)?up|reinforces?|mirrors?|point\s+the\s+same)\b"
)
_ALL = late_pattern(
    r"\b(?:all|three|both|two)\s+(?:the\s+)?(?:three\s+|two\s+)?(?:modalities|channels|sources"
    r"|streams)\b|\bthe\s+(?:modalities|channels|streams)\b"
)


def event_claims(view: View, scope: Scope) -> Found:
    """Yield what turns into what, what hides behind what, and what brings an emotion about."""
    mask, can = view.mask, view.triggers
    if "E" not in mask:
        return
    if can & TURN and mask.count("E") > 1:
        for match in _TRANSITION.finditer(mask):
            n = "" if match["a"] else "2"
            a = view.index(match.end("a") - 1 if not n else match.start("a2"))
            b = view.index(match.end("b" + n) - 1)
            draft = _made(view, scope, match, "transition", view.marks[a].slug, view.marks[b].slug)
            yield draft, frozenset({a, b})
    if can & HIDE and _HIDES.search(mask):
        for found in _masking(view, scope):
            yield found
            break
    yield from _causes(view, scope)


def _made(
    view: View, scope: Scope, match: re.Match[str], type_: str, subject: str, object_: str
) -> Draft:
    start, end = match.start(), match.end()
    words = match[0]
    return Draft(
        type_,  # type: ignore[arg-type]  # one of the literals
        view.start(start),
        view.end(end),
        (subject,) if subject else (),
        (object_,) if object_ else (),
        re.search(r"\b(?:not|never|nothing)\b|n't\b|\bcannot\b", words) is not None,
        scope.commitment(
            scope.clause(start).start, max(end, scope.clause(max(start, end - 1)).end)
        ),
    )


def _masking(view: View, scope: Scope) -> Found:
    for match in _MASKS.finditer(view.mask):
        groups = match.groupdict()
        hidden = next(name for name in groups if name.startswith("hidden") and groups[name])
        cover = next((name for name in groups if name.startswith("cover") and groups[name]), None)
        e = view.index(match.start(hidden))
        object_ = ""
        used = {e}
        if cover is not None:
            mark = view.at(match.start(cover))
            object_ = mark.slug or "|".join(mark.codes + mark.any_of)
            if mark.letter == "E":
                used.add(view.index(match.start(cover)))
        yield _made(view, scope, match, "masks", view.marks[e].slug, object_), frozenset(used)


def _causes(view: View, scope: Scope) -> Found:
    mask = view.mask
    for needed, pattern in _CAUSES:
        if needed and not view.triggers & needed:
            continue
        for match in pattern.finditer(mask):
            cause = match["cause"].strip()
            if pattern is _FRIGHTENS and " that" in f" {cause}":
                continue
            if pattern is _MADE and re.search(
                r"\b(?:which|this|that|it|looks?|sign|brow|eyes)\s*$|^(?:this|that|it|which|these)\b",
                cause,
            ):
                continue
            if (
                pattern is _ELICITED
                and match["how"] in {"about", "over", "when", "after", "since"}
                and len(cause) < 4
            ):
                continue
            e = view.index(match.start("e"))
            start, end = view.start(match.start("cause")), view.end(match.end("cause"))
            draft = _made(
                view, scope, match, "elicited_by", view.marks[e].slug, view.text[start:end].strip()
            )
            yield _in_context(draft), frozenset()
            gap = _GAP_CAUSE.match(mask, match.end()) if pattern is _ELICITED else None
            if gap:
                e = view.index(gap.start("e"))
                where = view.text[view.start(gap.start("cause")) : view.end(gap.end("cause"))]
                yield (
                    _in_context(_made(view, scope, gap, "elicited_by", view.marks[e].slug, where)),
                    frozenset(),
                )


def _in_context(draft: Draft) -> Draft:
    return Draft(
        draft.type,
        draft.start,
        draft.end,
        draft.subject,
        draft.object,
        draft.is_denied,
        draft.commitment,
        modality="context",
    )


def channel_claims(view: View, scope: Scope, earlier: tuple[str, ...]) -> Iterator[Draft]:
    """Yield the claims that channels agree or clash.

    :param earlier: channels spoken of so far, for "all modalities".
    """
    if not view.triggers & CLASH:
        return
    text = view.text[view.sentence.start : view.sentence.end].lower()
    conflict = _CONFLICT.search(text)
    agree = None if conflict else _AGREE.search(text)
    match = conflict or agree
    if match is None:
        return
    start = max(text.rfind(";", 0, match.start()), text.rfind(":", 0, match.start())) + 1
    stop = text.find(";", match.end())
    piece = text[start : stop if stop >= 0 else len(text)]
    channels = list(dict.fromkeys(m.lastgroup or "" for m in _CHANNEL.finditer(piece)))
    if len(channels) < 2:
        if not _ALL.search(piece) and not re.search(r"\bchannels?\b|\bmodalit", piece):
            return
        more = [m.lastgroup or "" for m in _CHANNEL.finditer(text)]
        channels = list(dict.fromkeys([*channels, *more, *earlier]))
        if len(channels) < 2:
            return
    if (
        agree
        and "E" in view.mask[len(view.mask) // 2 :]
        and not _ALL.search(piece)
        and "each other" not in piece
    ):
        return
    before = text[max(0, match.start() - 24) : match.start()]
    denied = re.search(r"\b(?:not|never|hardly|no)\b|n't\b", before) is not None
    yield Draft(
        "modal_conflict" if conflict else "modal_agreement",
        view.sentence.start + start,
        view.sentence.start + start + len(piece),
        tuple(channels),
        (),
        denied,
        scope.commitment(0, len(view.mask)),
    )
