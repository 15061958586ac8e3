"""The emotion-wheel metric of open-vocabulary emotion recognition: set-level precision, recall and F.

Follows AffectGPT (Lian et al. 2025, arXiv:2501.16566) as ``wheel.py`` of zeroQiaoba/MERTools computes it
(MER2025/MER2025_Track23/my_affectgpt/evaluation): each label goes by word forms to words, by synonym
groups to wheel words, and the first of them in alphabetical order that a wheel has gives its group.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.scores import MARGIN
from affectgraph.linkers.wheel_files import Wheel, WheelSet, split_labels
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.ranks import TIERS


class Grouping(Protocol):
    """A way to put labels into groups within which they count as the same."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    def groups(self, label: str) -> frozenset[str]:
        """Return the groups of a label in lower case; none if it holds no such label."""


class WheelGrouping:
    """The groups of a wheel at a level; each label has one or none.

    :param wheel: the wheel; it is read together with the forms and synonyms of ``words``.
    :param words: word forms and synonym groups.
    :param level: 1 or 2, see :meth:`Wheel.groups`.

    >>> wheel = Wheel("w", (("joy", "pride", "smug"),))
    >>> words = WheelSet((wheel,), {"smugly": ("smug",)}, {"smug": ("smug",)})
    >>> WheelGrouping(wheel, words, 1).groups("smugly")
    frozenset({'joy'})
    """

    def __init__(self, wheel: Wheel, words: WheelSet, level: int) -> None:
        self.name = f"{wheel.name}-level{level}"
        self._words = words
        self._groups = wheel.groups(level)

    def groups(self, label: str) -> frozenset[str]:
        """Return the group of a label: of its first wheel word in alphabetical order that has one."""
        words = self._words
        reached = {w for form in words.forms.get(label, ()) for w in words.synonyms.get(form, ())}
        first = next((word for word in sorted(reached) if word in self._groups), None)
        return frozenset() if first is None else frozenset({self._groups[first]})


class TreeGrouping:
    """The emotion tree as a wheel: a label stands for the concept at a tier on its path.

    Labels are grounded by :class:`LabelLinker`. A concept above the tier, and a state outside the tree,
    stands for itself. An ambiguous or compound label stands for all concepts within the margin of the
    best. A label that grounds to nothing has no group.

    :param graph: the graph, or a linker over it.
    :param tier: ``primary``, ``secondary`` or ``tertiary``.
    :raises InputError: if there is no such tier.

    >>> tree = TreeGrouping(EmotionGraph.load(), "primary")
    >>> sorted(tree.groups("furious")), sorted(tree.groups("table"))
    (['anger'], [])
    """

    def __init__(self, graph: EmotionGraph | LabelLinker, tier: str) -> None:
        if tier not in TIERS:
            raise InputError(f"Expected a tier of {', '.join(TIERS)}, got {tier!r}.")
        self.name = f"tree-{tier}"
        self._depth = TIERS.index(tier)
        self._linker = graph if isinstance(graph, LabelLinker) else LabelLinker(graph)

    def groups(self, label: str) -> frozenset[str]:
        """Return the slugs at the tier of the concepts the label may mean."""
        grounding = self._linker.ground(label)
        if grounding.status == "nil":
            return frozenset()
        likely = grounding.candidates[:1]
        if grounding.status == "ambiguous" or grounding.is_divided:
            likely = tuple(c for c in grounding.candidates if grounding.score - c.score < MARGIN)
        return frozenset(self._at_tier(candidate.concept) for candidate in likely)

    def _at_tier(self, concept: Concept) -> str:
        return (
            concept.path[min(self._depth, len(concept.path) - 1)] if concept.path else concept.slug
        )


@dataclass(frozen=True, slots=True)
class SampleScore:
    """One sample under one grouping.

    :param reference, prediction: groups, sorted.
    :param nil: predicted labels, sorted, that have no group.
    :param precision, recall: None for a sample that is left out since its reference has no group.
    """

    name: str
    reference: tuple[str, ...]
    prediction: tuple[str, ...]
    nil: tuple[str, ...]
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class GroupingScore:
    """The scores of one wheel at one level, or of one tier of the tree.

    :param precision, recall: means over the samples that count.
    :param f_score: of these means, ``2 P R / (P + R)``; 0 if both are 0.
    :param scored, left_out: numbers of samples that count, and of those whose reference has no group.
    """

    name: str
    precision: float
    recall: float
    f_score: float
    scored: int
    left_out: int
    samples: tuple[SampleScore, ...]


@dataclass(frozen=True, slots=True)
class UngroupedLabel:
    """A label that no grouping holds, and in how many references and predictions it stands."""

    label: str
    references: int
    predictions: int


@dataclass(frozen=True, slots=True)
class WheelReport:
    """The metric: means over the groupings, and what they are made of.

    :param groupings: one score each, in the order given.
    :param unknown: labels that no grouping holds, the most frequent first.
    :param missing: samples with a reference and no prediction; they count as predicted empty.
    :param extra: samples with a prediction and no reference; they do not count.
    """

    precision: float
    recall: float
    f_score: float
    is_strict: bool
    groupings: tuple[GroupingScore, ...]
    unknown: tuple[UngroupedLabel, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def wheel_groupings(words: WheelSet, level: int) -> tuple[WheelGrouping, ...]:
    """Return the groupings of all wheels of a set at a level, 1 or 2."""
    return tuple(WheelGrouping(wheel, words, level) for wheel in words.wheels)


def tree_groupings(graph: EmotionGraph) -> tuple[TreeGrouping, ...]:
    """Return the tree as a wheel at each tier, primary first."""
    linker = LabelLinker(graph)
    return tuple(TreeGrouping(linker, tier) for tier in TIERS)


def score_wheels(
    references: Mapping[str, object],
    predictions: Mapping[str, object],
    groupings: Sequence[Grouping],
    *,
    strict: bool = False,
) -> WheelReport:
    """Return precision, recall and F of predicted label sets, as means over wheels.

    Per grouping and sample, with G and P the sets of groups of reference and prediction: precision
    ``|G & P| / |P|``, recall ``|G & P| / |G|``. Labels without a group do not count. A sample whose G is
    empty is left out; one whose P is empty scores 0. F is that of the mean precision and mean recall;
    the report's three figures are means over the groupings.

    :param references, predictions: sample -> labels: a list of texts, or a text such as
        ``[happy, proud]``, see :func:`split_labels`.
    :param groupings: wheels at a level (:func:`wheel_groupings`), tiers of the tree, or your own.
    :param strict: count each predicted label without a group as one more wrong group; the original
        drops them, so that a model that answers nonsense beside one right label loses nothing.
    :raises InputError: if there is no grouping or no reference, if labels are no texts, or if no
        reference has a group in one of the groupings.

    >>> wheel = Wheel("w", (("joy", "pride", "smug"), ("fear", "worry", "tense")))
    >>> words = WheelSet((wheel,), {x: (x,) for x in wheel.words()}, {x: (x,) for x in wheel.words()})
    >>> found = score_wheels({"1": ["smug"]}, {"1": "[pride, tense]"}, wheel_groupings(words, 1))
    >>> found.precision, found.recall
    (0.5, 1.0)
    """
    if not groupings or not references:
        raise InputError(
            f"Expected at least one grouping and one reference, got {len(groupings)} and {len(references)}."
        )
    wanted = {name: _labels(name, "reference", labels) for name, labels in references.items()}
    given = {
        name: _labels(name, "prediction", predictions[name])
        for name in wanted
        if name in predictions
    }
    scores = tuple(_Scorer(grouping, strict).score(wanted, given) for grouping in groupings)
    return WheelReport(
        precision=_mean([score.precision for score in scores]),
        recall=_mean([score.recall for score in scores]),
        f_score=_mean([score.f_score for score in scores]),
        is_strict=strict,
        groupings=scores,
        unknown=_unknown(wanted, given, groupings),
        missing=tuple(name for name in wanted if name not in given),
        extra=tuple(name for name in predictions if name not in wanted),
    )


def _labels(name: str, kind: str, labels: object) -> frozenset[str]:
    try:
        return frozenset(label for label in split_labels(labels) if label)
    except InputError as error:
        raise InputError(f"Sample {name!r}, {kind}: {error}") from error


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


class _Scorer:
    """Scores samples under one grouping; remembers the groups of a label."""

    def __init__(self, grouping: Grouping, strict: bool) -> None:
        self._grouping = grouping
        self._strict = strict
        self._known: dict[str, frozenset[str]] = {}

    def score(
        self, wanted: Mapping[str, frozenset[str]], given: Mapping[str, frozenset[str]]
    ) -> GroupingScore:
        samples = tuple(
            self._sample(n, labels, given.get(n, frozenset())) for n, labels in wanted.items()
        )
        precisions = [s.precision for s in samples if s.precision is not None]
        recalls = [s.recall for s in samples if s.recall is not None]
        if not precisions:
            shown = sorted({label for labels in wanted.values() for label in labels})[:5]
            raise InputError(
                f"Expected references with labels that {self._grouping.name} holds, got none; such as "
                f"{', '.join(shown) or 'no label at all'}."
            )
        precision, recall = _mean(precisions), _mean(recalls)
        both = precision + recall
        return GroupingScore(
            name=self._grouping.name,
            precision=precision,
            recall=recall,
            f_score=2 * precision * recall / both if both else 0.0,
            scored=len(precisions),
            left_out=len(samples) - len(precisions),
            samples=samples,
        )

    def _sample(self, name: str, wanted: frozenset[str], given: frozenset[str]) -> SampleScore:
        reference, prediction = self._all(wanted), self._all(given)
        nil = sorted(label for label in given if not self._groups(label))
        precision: float | None = None
        recall: float | None = None
        if reference:
            right = len(reference & prediction)
            answered = len(prediction) + (len(nil) if self._strict else 0)
            precision = right / answered if answered else 0.0
            recall = right / len(reference)
        return SampleScore(
            name, tuple(sorted(reference)), tuple(sorted(prediction)), tuple(nil), precision, recall
        )

    def _all(self, labels: frozenset[str]) -> frozenset[str]:
        return frozenset(group for label in labels for group in self._groups(label))

    def _groups(self, label: str) -> frozenset[str]:
        if label not in self._known:
            self._known[label] = self._grouping.groups(label)
        return self._known[label]


def _unknown(
    wanted: Mapping[str, frozenset[str]],
    given: Mapping[str, frozenset[str]],
    groupings: Sequence[Grouping],
) -> tuple[UngroupedLabel, ...]:
    references = Counter(label for labels in wanted.values() for label in labels)
    predictions = Counter(label for labels in given.values() for label in labels)
    found = [
        UngroupedLabel(label, references[label], predictions[label])
        for label in {*references, *predictions}
        if not any(grouping.groups(label) for grouping in groupings)
    ]
    return tuple(sorted(found, key=lambda u: (-u.references - u.predictions, u.label)))
