"""A reward for rationales in reinforcement learning, reckoned from the verdicts on their claims."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from affectgraph.kg.finite import is_finite, written
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.ontology.errors import ClaimError, InputError
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.model import Judgement
from affectgraph.reasoner.reward_parts import (
    HALF_AT,
    REPEATS_HALF_AT,
    Appraiser,
    Said,
    has_format,
    repeated_runs,
    saturating,
)
from affectgraph.reasoner.score import tree_score, unit_agreement

PENALTIES = ("contradiction", "duplicates")
"""Parts that are taken off."""


HIGHEST_WEIGHT = 1_000_000
"""Larger weights would add up to what no float holds; only their ratios count."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts in the total, in 0..1,000,000, and one that is no penalty above 0.

    :raises InputError: if a weight is no such number.
    """

    au: float = 1.0
    label: float = 1.0
    format: float = 0.25
    faithfulness: float = 1.0
    consistency: float = 0.5
    contradiction: float = 1.0
    duplicates: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not is_finite(value) or not 0 <= float(value) <= HIGHEST_WEIGHT:
                raise InputError(
                    f"Expected the weight {field.name!r} as a finite number of 0 or more, at most "
                    f"{HIGHEST_WEIGHT:,}, got {written(value)}."
                )
        if not any(getattr(self, f.name) for f in fields(self) if f.name not in PENALTIES):
            raise InputError("Expected a weight above 0 for a part that is no penalty, got none.")


DEFAULT_WEIGHTS = Weights()
"""Set by judgement: what is seen, concluded and explained count alike, errors as much, form little."""


@dataclass(frozen=True, slots=True)
class RewardParts:
    """The parts of a reward before they are weighed; None where the input leaves a part undefined.

    :param au: twice the agreement of the actions named with those the readings show, less one; -1..1. If
        there are none of either: 1 if the text rightly denies an action, else 0. None without readings.
    :param label: nearness in the tree of the emotions concluded to the label, their mean; 0..1, 0 if
        none is concluded. None without a label, or if it names no single concept.
    :param format: 1 for one ``<think>`` and one ``<answer>`` block and no more, else 0.
    :param faithfulness: how far the readings and the graph bear out what is said of the face; 0..1.
    :param consistency: how well the borne-out evidence fits what is concluded; 0..1, 0 without either.
    :param contradiction: 0 without contradicted statements, .5 with two, towards 1 with many.
    :param duplicates: 0 without repeated runs of four words, .5 with twenty, towards 1 with many.
    """

    au: float | None
    label: float | None
    format: float
    faithfulness: float
    consistency: float
    contradiction: float
    duplicates: float

    def values(self) -> dict[str, float | None]:
        """Return the parts by name, in their order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class RewardBreakdown:
    """A reward, what it is made of, and the verdicts behind it.

    :param total: the parts weighed and summed, penalties taken off, over the sum of the weights of the
        defined parts that are no penalties: at most 1, at least -1.15 with the default weights.
    :param parts: before they are weighed.
    :param verdicts: on every claim of the text, in order.
    :param notes: parts that were left out, with the reason.
    """

    total: float
    parts: RewardParts
    verdicts: tuple[Judgement, ...]
    notes: tuple[str, ...] = ()


def rationale_reward(
    text: str,
    *,
    observed: Mapping[str, float] | Readings | None,
    label: str | None = None,
    scheme: str | None = None,
    graph: EmotionGraph,
    weights: Weights = DEFAULT_WEIGHTS,
) -> RewardBreakdown:
    """Return the reward for a rationale of one observation.

    It is pure and deterministic, needs no model, and threads may share the graph. "Supported" means that
    a claim agrees with the knowledge cited, not that the label is right; the part ``label`` alone looks
    at that. A part that the *input* leaves undefined (no readings, no label) is left out for every text
    on it; one that the *text* leaves undefined gets its worst value, so that silence never pays.

    :param text: the rationale, at most 100,000 characters.
    :param observed: detector columns as OpenFace or py-feat give them, or readings; None if nothing is
        known of the face, and then any action named is taken for shown.
    :param label: the right label, if known.
    :param scheme: the label's scheme.
    :param graph: the graph that judges. Checkers of the last four graphs are kept.
    :raises ClaimError: if the text is no text or too long.
    :raises InputError: if readings are out of range, the label is no text, the weights are no ``Weights``,
        or no part with a weight is defined.
    :raises UnknownTermError: if there is no such scheme.

    >>> found = rationale_reward(
    ...     "<think>The cheeks are raised (AU6) and the lip corners pulled up (AU12), which together "
    ...     "suggest happiness.</think><answer>happiness</answer>",
    ...     observed={"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9},
    ...     label="happiness",
    ...     graph=EmotionGraph.load(),
    ... )
    >>> found.total
    1.0
    """
    if not isinstance(text, str):
        raise ClaimError(f"Expected the rationale as text, got {type(text).__name__}.")
    if not isinstance(weights, Weights):
        raise InputError(f"Expected weights as Weights(...), got {written(weights)}.")
    checker, appraiser = _judges(graph)
    readings = _readings(graph, observed)
    verdicts = checker.check(text, aus=readings).judgements
    said = appraiser.said(text, verdicts, readings)
    truth = _truth(checker, label, scheme)
    parts = RewardParts(
        au=_au(said, readings),
        label=_label(said, truth),
        format=float(has_format(text)),
        faithfulness=round(appraiser.faithfulness(said), 4),
        consistency=round(appraiser.consistency(said), 4),
        contradiction=round(saturating(appraiser.contradicted(verdicts, said), HALF_AT), 4),
        duplicates=round(saturating(repeated_runs(text), REPEATS_HALF_AT), 4),
    )
    return RewardBreakdown(_total(parts, weights), parts, verdicts, _notes(readings, label, truth))


@lru_cache(maxsize=4)
def _judges(graph: EmotionGraph) -> tuple[Checker, Appraiser]:
    return Checker(graph), Appraiser(graph)


def _readings(
    graph: EmotionGraph, observed: Mapping[str, float] | Readings | None
) -> Readings | None:
    if observed is None or isinstance(observed, Readings):
        return observed
    if not isinstance(observed, Mapping):
        raise InputError(f"Expected detector columns in 'observed', got {observed!r}.")
    return read_readings(graph, observed)


def _truth(checker: Checker, label: str | None, scheme: str | None) -> Concept | None:
    if label is None:
        if scheme is not None:
            checker.graph.scheme(scheme)
        return None
    if not isinstance(label, str):
        raise InputError(
            f"Expected the label as text, got {label!r}. Give its name, not its number."
        )
    return checker.linker.ground(label, scheme=scheme).concept


def _au(said: Said, readings: Readings | None) -> float | None:
    """Return 2 F1 - 1 over action units.

    Facial-R1 (Wu et al. 2025, arXiv 2511.10254) has AU labels as a reward signal; the map to -1..1 is linear.
    """
    if readings is None:
        return None
    if said.is_seen_blank:
        return 1.0
    agreement = unit_agreement(said.units, readings)
    return round(2 * agreement - 1, 4) if agreement is not None else 0.0


def _label(said: Said, truth: Concept | None) -> float | None:
    if truth is None:
        return None
    scores = [tree_score(emotion, truth) for emotion in said.emotions]
    return round(sum(scores) / len(scores), 4) if scores else 0.0


def _total(parts: RewardParts, weights: Weights) -> float:
    defined = {name: value for name, value in parts.values().items() if value is not None}
    worth = {n: float(getattr(weights, n)) for n in defined if n not in PENALTIES}
    if not any(worth.values()):
        raise InputError(
            "Expected readings or a label that names one concept, since only these have a weight, got "
            "none. Give them, or another weight."
        )
    signs = {name: -1 if name in PENALTIES else 1 for name in defined}
    weighed = [signs[name] * float(getattr(weights, name)) * defined[name] for name in defined]
    return round(sum(weighed) / sum(worth.values()), 4)


def _notes(readings: Readings | None, label: str | None, truth: Concept | None) -> tuple[str, ...]:
    found = []
    if readings is None:
        found.append("No readings were given: the part au is left out.")
    if label is None:
        found.append("No label was given: the part label is left out.")
    elif truth is None:
        found.append(f"The label {label!r} names no single concept: the part label is left out.")
    return tuple(found)
