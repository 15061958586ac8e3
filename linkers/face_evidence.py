"""Facial actions as evidence: emotions ranked by every published pattern, never one verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Literal, get_args

from affectgraph.kg.faces import CAVEAT, by_authority, grade_patterns
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.lattice import DecidingUnit, compare
from affectgraph.kg.model import Concept, Detector, FacialEvidence, Pattern, PatternAction
from affectgraph.linkers.face_model import UnitMention
from affectgraph.linkers.face_plain import read_actions
from affectgraph.linkers.face_readings import FaceReadings
from affectgraph.linkers.model import check_limit
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.rows import read_table

RankBy = Literal["score", "percent", "discounted"]
"""What the ranking goes by: the plain score, coverage weighted by published percentages, or the score with
frequent actions discounted."""

REQUIRED_PERCENT = 70
"""Percent of posers that a required action counts with where a source prints percentages: Du et al. 2014
list as required what more than 70 % show, without the figure, so this is the published lower bound."""

COMPARED = 3
"""How many of the best concepts are compared with each other for deciding actions."""

LEAST_SHARE = 0.001
"""Shares below this count as this much, so that no action outweighs all others."""


@dataclass(frozen=True, slots=True)
class RankedEmotion:
    """What the actions say for one concept.

    :param best: its best pattern of all sources; :attr:`score`, :attr:`coverage` are of it.
    :param by_source: the best pattern of each source that has the concept and meets any action, by source.
    :param percent_coverage: coverage in 0..1 with each action weighted by the published percentage of
        posers who show it; None where no source prints percentages for the concept.
    :param discounted: the score with each action weighted by its surprise, -log2 of its base rate, so that
        what most faces show counts little.
    """

    concept: Concept
    best: FacialEvidence
    by_source: Mapping[str, FacialEvidence]
    percent_coverage: float | None
    discounted: float

    @property
    def score(self) -> float:
        """Harmonic mean of coverage and precision in 0..1, halved if a source excludes a shown action."""
        return self.best.score

    @property
    def coverage(self) -> float:
        """Share of the required groups that are met, among those the detector can see."""
        return self.best.support


@dataclass(frozen=True, slots=True)
class DecidingAction:
    """An action that speaks for one of two concepts and not for the other.

    :param favours: slug of the concept whose patterns ask for it; ``against``: the other one.
    :param share: share of the favoured concept's patterns that ask for it.
    :param state: ``shown``, ``not-shown`` (could be seen and was not) or ``cannot-see``.
    """

    code: str
    favours: str
    against: str
    share: float
    state: Literal["shown", "not-shown", "cannot-see"]


@dataclass(frozen=True, slots=True)
class FaceEvidence:
    """Ranked emotions for a set of facial actions. It has no answer field on purpose.

    :param shown: codes taken as shown; ``left_out``: mentions that leave open which action is meant.
    :param ranked: best first by ``by``; ties by number of sources, then slug.
    :param deciding: what would tell the best concepts apart, in order of the pairs.
    :param cannot_see: codes that patterns of the ranked concepts ask for and the detector cannot report.
    :param base_rates: name of the data set the discount is from, or ``all`` or ``given``.
    :param unrated: shown codes without a base rate; they count with the mean surprise of those that have one.
    """

    shown: tuple[str, ...]
    left_out: tuple[str, ...]
    by: RankBy
    ranked: tuple[RankedEmotion, ...]
    deciding: tuple[DecidingAction, ...]
    cannot_see: tuple[str, ...]
    base_rates: str
    unrated: tuple[str, ...]
    caveat: str = CAVEAT

    def of_source(self, source: str) -> tuple[FacialEvidence, ...]:
        """Return the concepts as one source alone ranks them, best first; empty if it has none of them."""
        found = [r.by_source[source] for r in self.ranked if source in r.by_source]
        return tuple(sorted(found, key=lambda e: (-e.score, e.concept.slug)))

    def explain(self) -> str:
        """Return the evidence as lines of text, the caveat last."""
        lines = [f"Shown: {', '.join(self.shown)}. Ranked by {self.by}."]
        for item in self.ranked:
            percent = "-" if item.percent_coverage is None else f"{item.percent_coverage:.2f}"
            lines.append(
                f"  {item.score:.2f} {item.concept.slug}: coverage {item.coverage:.2f}, by percentages "
                f"{percent}, discounted {item.discounted:.2f}; {len(item.by_source)} sources"
            )
            lines.append(f"       met {', '.join(item.best.met)} of {item.best.pattern.iri}")
            for name in ("missing", "unseen", "against"):
                codes = getattr(item.best, name)
                if codes:
                    lines.append(f"       {name}: {', '.join(codes)}")
        lines += [
            f"  {d.code} ({d.state}) {'speaks' if d.state == 'shown' else 'would speak'} for "
            f"{d.favours} rather than {d.against}"
            for d in self.deciding
        ]
        if self.cannot_see:
            lines.append(f"  The detector cannot report: {', '.join(self.cannot_see)}")
        return "\n".join([*lines, self.caveat])


def weigh_face(
    graph: EmotionGraph,
    actions: object,
    *,
    detector: str | None = None,
    segment: int | None = None,
    by: RankBy = "score",
    base_rates: str | Mapping[str, float] | None = None,
    limit: int = 5,
) -> FaceEvidence:
    """Return the emotions that facial actions speak for, ranked, with what is open.

    Sides and grades are ignored, as in :func:`affectgraph.kg.faces.rank_emotions`. Costs some 10 ms.

    :param actions: :class:`FaceReadings`, mentions of :class:`ActionUnitLinker.find` (those said to be
        shown), or plain data as :func:`read_actions` takes it.
    :param detector: name of the tool, so that what it cannot see does not count as missing; readings of a
        file know it.
    :param segment: which segment of readings; all together if left out.
    :param by: what the ranking goes by; ``percent`` ranks only concepts with published percentages.
    :param base_rates: data set of ``au_base_rates.tsv`` (``BP4D``, ``DISFA``, ``RAF-AU``, ``FABA-Instruct``),
        or shares by code; the mean over the data sets if left out.
    :param limit: at most so many concepts.
    :raises InputError: if no action is shown, or a parameter is out of range.
    :raises UnknownTermError: if there is no such detector, data set or code.

    >>> found = weigh_face(EmotionGraph.load(), ["AU1", "AU2", "AU5", "AU26"], limit=2)
    >>> [(item.concept.slug, item.coverage) for item in found.ranked]
    [('fear', 1.0), ('surprise', 1.0)]
    """
    name, shares = require_weighing(
        graph, detector=detector, by=by, base_rates=base_rates, limit=limit
    )
    shown, left_out, tool = _shown(graph, actions, segment)
    tool = graph.detector(detector) if detector is not None else tool
    if not shown:
        raise InputError("Expected at least one facial action that is shown, got none.")
    weights = _Weights(shares)
    ranked = _ranked(graph, shown, tool, weights, by)[:limit]
    slugs = [item.concept.slug for item in ranked[:COMPARED]]
    unseen = {u for item in ranked for e in item.by_source.values() for u in e.unseen}
    return FaceEvidence(
        shown,
        left_out,
        by,
        tuple(ranked),
        tuple(_deciding(graph, slugs, set(shown), tool)),
        tuple(sorted(unseen)),
        name,
        tuple(code for code in shown if code not in shares),
    )


def _shown(
    graph: EmotionGraph, actions: object, segment: int | None
) -> tuple[tuple[str, ...], tuple[str, ...], Detector | None]:
    """Return the codes shown, the mentions that leave open which, and the detector if it is known."""
    mentions = _mentions(actions)
    if mentions is not None:
        codes = dict.fromkeys(c for m in mentions if m.says == "shown" for c in m.codes)
        still_open = tuple(m.quote for m in mentions if m.says == "shown" and m.any_of)
        return tuple(codes), still_open, None
    readings = actions if isinstance(actions, FaceReadings) else read_actions(graph, actions)
    if segment is None:
        return readings.shown, (), readings.detector
    if not 0 <= segment < len(readings.segments):
        raise InputError(
            f"Expected a segment from 0 to {len(readings.segments) - 1}, got {segment}."
        )
    return readings.segments[segment].shown, (), readings.detector


def _mentions(actions: object) -> Sequence[UnitMention] | None:
    if not isinstance(actions, list | tuple) or not actions:
        return None
    found = [a for a in actions if isinstance(a, UnitMention)]
    return found if len(found) == len(actions) else None


def _ranked(
    graph: EmotionGraph,
    shown: Iterable[str],
    detector: Detector | None,
    weights: "_Weights",
    by: RankBy,
) -> list[RankedEmotion]:
    graded: dict[str, list[FacialEvidence]] = {}
    for evidence in grade_patterns(graph.index, shown, detector=detector):
        graded.setdefault(evidence.concept.slug, []).append(evidence)
    visible = None if detector is None else detector.codes | set(shown)
    found = [_emotion(found, set(shown), visible, weights) for found in graded.values()]
    kept = [r for r in found if by != "percent" or r.percent_coverage is not None]
    return sorted(kept, key=lambda r: (-_value(r, by), -len(r.by_source), r.concept.slug))


def _value(item: RankedEmotion, by: RankBy) -> float:
    if by == "percent":
        return item.percent_coverage or 0.0
    return item.score if by == "score" else item.discounted


def _emotion(
    graded: list[FacialEvidence],
    shown: set[str],
    visible: frozenset[str] | set[str] | None,
    weights: "_Weights",
) -> RankedEmotion:
    by_source: dict[str, FacialEvidence] = {}
    for evidence in graded:
        held = by_source.get(evidence.pattern.source)
        if held is None or by_authority(evidence) > by_authority(held):
            by_source[evidence.pattern.source] = evidence
    best = max(graded, key=by_authority)
    percents = [
        p for e in graded if (p := _percent_coverage(e.pattern, shown, visible)) is not None
    ]
    return RankedEmotion(
        best.concept,
        best,
        dict(sorted(by_source.items())),
        max(percents, default=None),
        max(weights.score(e, shown, visible) for e in graded),
    )


def _is_visible(action: PatternAction, visible: frozenset[str] | set[str] | None) -> bool:
    return visible is None or action.code in visible


def _percent_coverage(
    pattern: Pattern, shown: set[str], visible: frozenset[str] | set[str] | None
) -> float | None:
    """Return the share of the published percentages that the shown actions make up."""
    actions = [a for group in (*pattern.required, *pattern.optional) for a in group]
    if not any(a.percent is not None for a in actions):
        return None
    judged = {a.code: a.percent or REQUIRED_PERCENT for a in actions if _is_visible(a, visible)}
    total = sum(judged.values())
    return (
        round(sum(p for code, p in judged.items() if code in shown) / total, 4) if total else None
    )


class _Weights:
    """Weights of actions by surprise: -log2 of the share of faces that show them."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._bits = {code: -log2(max(share, LEAST_SHARE)) for code, share in shares.items()}
        self._mean = sum(self._bits.values()) / len(self._bits)

    def of(self, code: str) -> float:
        """Return the surprise in bits; the mean of all codes for one without a base rate."""
        return self._bits.get(code, self._mean)

    def score(
        self,
        evidence: FacialEvidence,
        shown: set[str],
        visible: frozenset[str] | set[str] | None,
    ) -> float:
        """Return the score of a pattern with coverage and precision weighted."""
        coverage_met = coverage_all = 0.0
        for group in evidence.pattern.required:
            if any(_is_visible(a, visible) for a in group):
                # A group is as surprising as its commonest action.
                weight = min(self.of(a.code) for a in group)
                coverage_all += weight
                coverage_met += weight * any(a.code in shown for a in group)
        total = sum(self.of(code) for code in shown)
        precision = sum(self.of(code) for code in evidence.met) / total if total else 0.0
        coverage = coverage_met / coverage_all if coverage_all else 0.0
        if coverage + precision == 0:
            return 0.0
        halved = 0.5 if evidence.against else 1.0
        return round(halved * 2 * coverage * precision / (coverage + precision), 4)


def require_weighing(
    graph: EmotionGraph,
    *,
    detector: str | None,
    by: str,
    base_rates: str | Mapping[str, float] | None,
    limit: int,
) -> tuple[str, Mapping[str, float]]:
    """Return the name of the base rates and the rates by code, once all parameters are known to be good.

    Parameters and errors are those of :func:`weigh_face`.
    """
    if by not in get_args(RankBy):
        raise InputError(f"Expected by to be one of {', '.join(get_args(RankBy))}, got {by!r}.")
    check_limit(limit)
    if detector is not None and not isinstance(detector, str):
        raise InputError(f"Expected the name of a detector, got {detector!r}.")
    if base_rates is not None and not isinstance(base_rates, str | Mapping):
        raise InputError(f"Expected the name of a data set or shares by code, got {base_rates!r}.")
    if detector is not None:
        graph.detector(detector)
    return _shares(graph, base_rates)


@cache
def _tables() -> Mapping[str, Mapping[str, float]]:
    """Return the published shares by data set and code."""
    found: dict[str, dict[str, float]] = {}
    for row in read_table("au_base_rates"):
        found.setdefault(row["dataset"], {})[row["code"]] = float(row["share"])
    return found


def _shares(
    graph: EmotionGraph, wanted: str | Mapping[str, float] | None
) -> tuple[str, Mapping[str, float]]:
    tables = _tables()
    if wanted is None:
        codes = dict.fromkeys(code for shares in tables.values() for code in shares)
        every = {c: [shares[c] for shares in tables.values() if c in shares] for c in codes}
        return "all", {code: sum(values) / len(values) for code, values in every.items()}
    if isinstance(wanted, str):
        name = next((n for n in tables if n.lower() == wanted.lower()), None)
        if name is None:
            raise UnknownTermError(
                wanted, kind="a data set with base rates", nearest=tuple(sorted(tables))
            )
        return name, tables[name]
    if not wanted:
        raise InputError("Expected base rates by code, got none. Leave the parameter out instead.")
    given: dict[str, float] = {}
    for code, share in wanted.items():
        is_number = isinstance(share, int | float) and not isinstance(share, bool)
        if not is_number or not 0 <= share <= 1:
            raise InputError(f"Expected the base rate of {code} in 0..1, got {share!r}.")
        given[graph.action_unit(code).code] = float(share)
    if all(share == 1 for share in given.values()):
        raise InputError("Expected base rates below 1; actions that every face shows tell nothing.")
    return "given", given


def _deciding(
    graph: EmotionGraph, slugs: Sequence[str], shown: set[str], detector: Detector | None
) -> Iterable[DecidingAction]:
    for place, first in enumerate(slugs):
        for second in slugs[place + 1 :]:
            for unit in compare(graph.index, first, second, detector=detector).units:
                against = second if unit.favours == first else first
                yield DecidingAction(
                    unit.code, unit.favours, against, unit.share, _state(unit, shown)
                )


def _state(unit: DecidingUnit, shown: set[str]) -> Literal["shown", "not-shown", "cannot-see"]:
    if unit.code in shown:
        return "shown"
    return "cannot-see" if unit.is_observable is False else "not-shown"
