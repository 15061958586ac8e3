"""What a rationale's claims are worth to a reward, each counted once, whatever is said how often.

A mean over claims can be raised by claims that cost nothing: true facts about no face, one fact said ten
times, denials of what nobody would see. The functions here therefore count distinct statements about the
face at hand, and count errors rather than their share.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from affectgraph.kg.faces import usable_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import Readings
from affectgraph.reasoner.conclusion_evidence import Evidence, branch, facial_groups, sightings
from affectgraph.reasoner.model import Claim, Judgement
from affectgraph.reasoner.score import harmonic_mean, named_units
from affectgraph.reasoner.verdict_on_conclusion import ConclusionJudge

HALF_AT = 2.0
"""Contradicted statements at which the penalty is one half."""

REPEATS_HALF_AT = 20.0
"""Repeated runs of four words at which the penalty for duplicates is one half."""

RUN = 4
"""Words of a run that counts as repeated, as in seq-rep-4."""

_THINK_ANSWER = re.compile(r"\s*<think>(.*?)</think>\s*<answer>(.*?)</answer>\s*", re.DOTALL)
_WORDLESS = Claim(
    "", "concludes", (), (), "affirmed", "plain", "plain", "", "", (-1, -1), "", "input"
)
_TAG = re.compile(r"</?(?:think|answer)>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|</?\w+>")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a face, each thing once, with its weight (1, or 0.5 if hedged).

    :param emotions: what it concludes, in order: what it affirms of the person, or, if it says nothing of
        the person and gives no answer, what it says that actions show.
    :param shown: codes that the readings show; without readings, those that the text names.
    :param units: codes said to be shown, those that the detector reports.
    :param backed: the same, those that the readings show; all of them without readings.
    :param linked: backed codes that are rightly said to show an emotion that the text concludes.
    :param mislinked: pairs of code and primary for which no source has that the one shows the other.
    :param is_seen_blank: whether the readings show no action and the text rightly denies one and names none.
    """

    emotions: tuple[Concept, ...]
    shown: frozenset[str]
    units: Mapping[str, float]
    backed: Mapping[str, float]
    linked: Mapping[str, float]
    mislinked: Mapping[tuple[str, str], float]
    is_seen_blank: bool


class Appraiser:
    """Says what the claims of a text are worth, by one graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph
        self._conclusions = ConclusionJudge(graph)

    @cached_property
    def _pattern_units(self) -> dict[str, frozenset[str]]:
        """The codes of the published patterns of every primary or state."""
        found: dict[str, frozenset[str]] = {}
        for pattern in usable_patterns(self._graph.index):
            key = branch(self._graph.index.concepts[pattern.concepts[0]])
            found[key] = found.get(key, frozenset()) | pattern.codes
        return found

    def said(self, text: str, judgements: Sequence[Judgement], readings: Readings | None) -> Said:
        """Return what a text says of a face that has something to do with it.

        :param judgements: the verdicts on the claims of the text.
        """
        emotions = tuple(self._graph.concept(slug) for slug in _concluded(text, judgements))
        named = named_units(sightings((j.claim, j.verdict) for j in judgements))
        if readings is None:
            units, shown = named, frozenset(named)
        else:
            units = {code: weight for code, weight in named.items() if code in readings.shown}
            shown = frozenset(code for code, is_shown in readings.shown.items() if is_shown)
        backed = {code: weight for code, weight in units.items() if code in shown}
        linked, mislinked = self._links(judgements, {branch(c) for c in emotions})
        linked = {code: weight for code, weight in linked.items() if code in backed}
        is_denied = any(j.rule == "reading-agrees" and j.claim.is_denied for j in judgements)
        is_seen_blank = is_denied and not shown and not units
        return Said(emotions, shown, units, backed, linked, mislinked, is_seen_blank)

    def _links(
        self, judgements: Iterable[Judgement], branches: set[str]
    ) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """Return codes rightly linked to one of some emotions, and wrong links to any.

        Right links to other emotions are neither: they may weigh rivals, or recite.
        """
        linked: dict[str, float] = {}
        mislinked: dict[tuple[str, str], float] = {}
        for judgement in judgements:
            claim = judgement.claim
            if claim.type != "expresses" or claim.is_denied:
                continue
            target = branch(self._graph.concept(claim.object[0]))
            for code in {code for group in facial_groups(claim) for code in group}:
                if judgement.verdict == "supported" and target in branches:
                    linked[code] = max(linked.get(code, 0.0), claim.weight)
                elif judgement.verdict in {"contradicted", "unsupported"}:
                    pair = (code, target)
                    mislinked[pair] = max(mislinked.get(pair, 0.0), claim.weight)
        return linked, mislinked

    def faithfulness(self, said: Said) -> float:
        """Return how faithful a text is to the face, 0..1: the harmonic mean of precision and recall.

        Precision: of the distinct units and links that the text asserts, those that the readings and the
        graph bear out. Recall: of the units shown, those the text names; one that it only lists counts
        half if the text concludes nothing, or if a published pattern of what it concludes has that unit,
        since then the text could say what it shows. Own definition, after claim precision and recall as
        RAGChecker joins them (Ru et al. 2024, arXiv 2408.08067). Of a face without any action, a rightful
        denial is the whole truth.
        """
        if said.is_seen_blank:
            return 0.0 if said.mislinked else 1.0
        right = sum(said.backed.values()) + sum(said.linked.values())
        total = sum((*said.units.values(), *said.linked.values(), *said.mislinked.values()))
        if not right:
            return 0.0
        units = [self._pattern_units.get(branch(c), frozenset()) for c in said.emotions]
        all_ = said.shown if not said.emotions else frozenset().union(*units)
        linkable = all_ - frozenset(said.linked)
        named = sum(w * (0.5 if code in linkable else 1.0) for code, w in said.backed.items())
        return harmonic_mean(right / total, named / len(said.shown))

    def consistency(self, said: Said) -> float:
        """Return how well the borne-out evidence fits what a text concludes, 0..1.

        It is what :meth:`ConclusionJudge.consistency` gives for the units that the text names and the
        readings show. Emotion words are no evidence here, since they only say the conclusion again.
        A face that is rightly said to show nothing fits the neutral state alone. Several conclusions have
        their mean; 0 without conclusion or evidence.
        """
        if said.is_seen_blank:
            found = [float(concept.branch == "NeutralState") for concept in said.emotions]
            return sum(found) / len(found) if found else 0.0
        codes = frozenset(said.backed)
        evidence = Evidence(False, (), (), codes, codes)
        found = [
            self._conclusions.consistency(_WORDLESS, c, evidence) or 0.0 for c in said.emotions
        ]
        return sum(found) / len(found) if found else 0.0

    def contradicted(self, judgements: Sequence[Judgement], said: Said) -> float:
        """Return the weight of the distinct statements that are contradicted.

        A list of units that are not shown counts once a unit; any other claim counts once, however often
        it is made.
        """
        wrong: dict[tuple[object, ...], float] = {
            ("unit", code): weight for code, weight in said.units.items() if code not in said.shown
        }
        for judgement in judgements:
            claim = judgement.claim
            is_list = judgement.rule == "reading-disagrees" and not claim.is_denied
            if judgement.verdict == "contradicted" and not is_list:
                key = (claim.type, claim.subject, claim.object, claim.polarity)
                wrong[key] = max(wrong.get(key, 0.0), claim.weight)
        return sum(wrong.values())


def _concluded(text: str, judgements: Iterable[Judgement]) -> list[str]:
    """Return the distinct emotions that a text concludes, in order."""
    claims = [j.claim for j in judgements]
    stated = [claim for claim in claims if claim.type == "concludes"]
    if stated or "<answer>" in text:
        return list(dict.fromkeys(c.subject[0] for c in stated if c.subject and not c.is_denied))
    inferred = [c.object[0] for c in claims if c.type == "expresses" and not c.is_denied]
    return list(dict.fromkeys(inferred))


def repeated_runs(text: str) -> int:
    """Return how many runs of four words a text repeats within its sentences; a shorter sentence is one run.

    The numerator of seq-rep-4 (Welleck et al. 2020, ICLR). The share itself falls with every sentence
    added, so that a reward by it pays for padding.

    >>> repeated_runs("The brows are lowered. The brows are lowered. He frowns.")
    1
    """
    runs = [run for sentence in _SENTENCE.split(text) for run in _runs(sentence)]
    return len(runs) - len(set(runs))


def _runs(sentence: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(sentence.lower())
    if len(words) <= RUN:
        return [tuple(words)] if words else []
    return [tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)]


def has_format(text: str) -> bool:
    """Return whether a text is one ``<think>`` block and one ``<answer>`` block, both filled, and no more.

    The format reward of DeepSeek-R1 (Guo et al. 2025, arXiv 2501.12948).

    >>> has_format("<think>AU6 and AU12 are shown.</think> <answer>joy</answer>")
    True
    """
    match = _THINK_ANSWER.fullmatch(text)
    return (
        match is not None
        and len(_TAG.findall(text)) == 4
        and all(p.strip() for p in match.groups())
    )


def saturating(amount: float, half: float) -> float:
    """Return an amount on 0..1: 0 for none, 0.5 at ``half``, never 1.

    >>> saturating(2, 2)
    0.5
    """
    return amount / (amount + half)
