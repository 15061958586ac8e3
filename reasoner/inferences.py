"""Inferences in a rationale: facial actions that are said to express an emotion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.face_mentions import FaceMention
from affectgraph.reasoner.spans import within
from affectgraph.reasoner.text import SCOPE, Sentence, is_denied

_FORWARD = re.compile(
    r"\b(?:indicat(?:es?|ing|ed)|indicative\s+of|suggest(?:s|ing|ive\s+of)?|signal(?:s|ling|ing)?|signif(?:y|ies)"
    r"|point(?:s|ing)?\s+(?:to|towards?)|consistent\s+with|in\s+line\s+with|(?:typical|characteristic|indicative)\s+(?:of|for)"
    r"|(?:sign|marker|indicator|hallmark|evidence|cue|signature|expression|display|feature|pattern|prototype)s?\s+(?:of|for)"
    r"|associated\s+with|linked\s+(?:to|with)|related\s+to|corresponds?\s+to|fits?|match(?:es)?|reflect(?:s|ing)?"
    r"|express(?:es|ing)?|convey(?:s|ing)?|impl(?:y|ies|ying)|hints?\s+at|hint(?:ing)?\s+(?:at|of)|means?|denotes?"
    r"|supports?|(?:read|interpreted|regarded|seen|understood)\s+as|communicat(?:es?|ing)|reveal(?:s|ing)?"
    r"|betray(?:s|ing)?|gives?\s+away|corroborat(?:es?|ing)|stands?\s+for|diagnostic\s+of"
    r"|reads?\s+as|marks?|confirms?|speaks?\s+for|argues?\s+for|characteri[sz]es?|portrays?|shows?)\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"\b(?:(?:is|are|as|was|were|be)\s+(?:clearly\s+|often\s+|usually\s+|typically\s+)?(?:indicated|shown|suggested|signal(?:l)?ed"
    r"|expressed|conveyed|evidenced|marked|characteri[sz]ed|reflected|revealed|supported|evident)\s+(?:by|in|from|through)"
    r"|due\s+to|because\s+of|based\s+on|judging\s+(?:by|from)|given|as\s+seen\s+in)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\b(?:based\s+on|given|judging\s+(?:by|from)|with|from)\b", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:this|these|they|it|that|those|such|together|both|combination|pattern|configuration|which)\b",
    re.I,
)
_TURN = re.compile(r"\b(?:but|yet|while|whereas|although|though|however)\b|;", re.IGNORECASE)
_REACH = 90
"""Characters within which an emotion must follow its connector."""


@dataclass(frozen=True, slots=True)
class Inference:
    """Facial actions said to express an emotion: ``text[start:end]``."""

    start: int
    end: int
    faces: tuple[FaceMention, ...]
    mention: Mention


def find_inferences(
    text: str,
    sentence: Sentence,
    faces: Sequence[FaceMention],
    mentions: Sequence[Mention],
    earlier: Sequence[FaceMention],
) -> list[Inference]:
    """Return the inferences of a sentence in order; denied ones are left out.

    :param faces: facial actions of the sentence; ``mentions``: its emotion words, both in order.
    :param earlier: affirmed facial actions of the sentence before, for "this suggests ...".
    """
    found: list[Inference] = []
    segment = sentence.start
    for connector in _FORWARD.finditer(text, sentence.start, sentence.end):
        if connector.start() < segment or _is_noun(text, connector):
            continue
        targets = _targets(text, sentence, connector.end(), mentions, faces)
        if not targets or is_denied(text, sentence, connector.start(), connector.end()):
            continue
        start = _segment_start(text, max(segment, connector.start() - SCOPE), connector.start())
        evidence = _affirmed(text, sentence, within(faces, start, connector.start()))
        if not evidence and _ANAPHOR.search(text[start : connector.start()]):
            before = within(faces, max(sentence.start, start - SCOPE), start)
            evidence = _affirmed(text, sentence, before) or list(earlier)
        if evidence:
            begin = min(
                [f.start for f in evidence if f.start >= sentence.start] or [connector.start()]
            )
            found += [Inference(begin, m.end, tuple(evidence), m) for m in targets]
            segment = targets[-1].end
    return found or _backward(text, sentence, faces, mentions)


def _is_noun(text: str, connector: re.Match[str]) -> bool:
    word = connector[0].lower()
    return word in {"means", "shows", "fit", "marks", "expression", "display"} and bool(
        re.search(r"\b(?:the|a|an|by|no)\s+$", text[: connector.start()], re.IGNORECASE)
    )


def _segment_start(text: str, start: int, end: int) -> int:
    last = start
    for turn in _TURN.finditer(text, start, end):
        last = turn.end()
    return last


def _targets(
    text: str,
    sentence: Sentence,
    position: int,
    mentions: Sequence[Mention],
    faces: Sequence[FaceMention],
) -> list[Mention]:
    reach = min(sentence.end, position + _REACH)
    stop = min([f.start for f in within(faces, position, reach)] or [reach])
    ahead = within(mentions, position, stop)
    if not ahead or re.search(r"[.;]|,\s*(?:and|but|so)\b", text[position : ahead[0].start]):
        return []
    found = [ahead[0]]
    for mention in ahead[1:]:
        if not re.fullmatch(
            r"\s*(?:,|or|and|,\s*or|,\s*and|/)\s*(?:some\s+|even\s+)?",
            text[found[-1].end : mention.start],
        ):
            break
        found.append(mention)
    return [m for m in found if not is_denied(text, sentence, m.start, m.end)]


def _affirmed(text: str, sentence: Sentence, faces: Sequence[FaceMention]) -> list[FaceMention]:
    return [
        f
        for f in faces
        if f.all_codes and f.is_present and not is_denied(text, sentence, f.start, f.end)
    ]


def _backward(
    text: str, sentence: Sentence, faces: Sequence[FaceMention], mentions: Sequence[Mention]
) -> list[Inference]:
    connector = _BACKWARD.search(text, sentence.start, sentence.end)
    opening = _OPENING.match(text, sentence.start)
    affirmed = _affirmed(text, sentence, faces)
    said = [m for m in mentions if not is_denied(text, sentence, m.start, m.end)]
    if opening and affirmed and said and affirmed[0].start < said[0].start:
        before = [f for f in affirmed if f.start < said[0].start]
        return [Inference(before[0].start, said[0].end, tuple(before), said[0])]
    if connector is None:
        return []
    behind = [f for f in affirmed if f.start >= connector.end()]
    ahead = [m for m in said if m.end <= connector.start()]
    if not behind or not ahead:
        return []
    return [Inference(ahead[-1].start, behind[-1].end, tuple(behind), ahead[-1])]
