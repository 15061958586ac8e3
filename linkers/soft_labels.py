"""Soft labels: rater counts and label weights as distributions over labels, concepts and tiers.

No rater is dropped: a vote for something that is no label, or a label that stands for no concept, keeps
its mass under the reason. Mass of names and mass of reasons sum to 1.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Literal

from affectgraph.kg.finite import is_finite
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import SchemeLabel
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.linkers.columns import is_missing
from affectgraph.linkers.scheme import SchemeLinker
from affectgraph.linkers.scores import ANCHOR_WEIGHT
from affectgraph.ontology.errors import InputError

Unplaced = Literal[
    "not_in_scheme", "missing", "not_an_emotion", "neutral", "outside_the_tree", "too_coarse",
    "finer", "cannot_be_said",
]  # fmt: skip
"""Why mass has no home. ``not_in_scheme``: no label of the scheme; ``missing``: an empty vote;
``not_an_emotion``: a label that stands for no concept; ``neutral``: no emotion; ``outside_the_tree``: a
state; ``too_coarse``: a concept above the tier asked for; ``finer``: only narrower labels in the
other scheme; ``cannot_be_said``: no label there at all."""

MOST_RATERS = 2**53
"""Raters an item may have: up to here a float tells every whole number from the next."""

_TIERS = {"primary": 1, "secondary": 2, "tertiary": 3}


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the mass of a soft label lies on names, and on reasons where it has no home.

    :param over: what the names are: a scheme's name, ``concept``, or a tier.
    :param mass: share by name, the largest first, each above 0.
    :param homeless: share by reason, the largest first, each above 0.
    :param raters: number of votes; None for weights that are no counts.
    :raises InputError: if a share is negative or not finite, or they do not sum to 1 (within 1e-6).

    >>> Distribution("concept", {"joy": 0.75}, {"neutral": 0.25}).entropy
    0.8113
    """

    over: str
    mass: Mapping[str, float]
    homeless: Mapping[str, float]
    raters: int | None = None

    def __post_init__(self) -> None:
        parts = [*self.mass.items(), *self.homeless.items()]
        wrong = [name for name, share in parts if not math.isfinite(share) or share < 0]
        total = math.fsum(share for _, share in parts)
        if wrong or abs(total - 1) > 1e-6:
            raise InputError(
                f"Expected shares from 0 that sum to 1, got {total:.6g}"
                + (f" with a bad share of {wrong[0]!r}" if wrong else "")
                + ". Make soft labels with from_counts() or from_weights()."
            )
        object.__setattr__(self, "mass", _ranked(self.mass))
        object.__setattr__(self, "homeless", _ranked(self.homeless))

    @property
    def top(self) -> tuple[str, ...]:
        """The names with the most mass, several if they tie; empty if all mass is homeless."""
        if not self.mass:
            return ()
        best = max(self.mass.values())
        return tuple(name for name, share in self.mass.items() if math.isclose(share, best))

    @property
    def entropy(self) -> float:
        """Shannon entropy in bits, to four places: ``-sum(p * log2(p))`` over names and reasons."""
        shares = [*self.mass.values(), *self.homeless.values()]
        return abs(round(-math.fsum(p * math.log2(p) for p in shares), 4))

    @property
    def agreement(self) -> float | None:
        """Share of the pairs of raters that agree, 0..1, to four places.

        ``sum(n_j * (n_j - 1)) / (n * (n - 1))`` with ``n_j`` votes of ``n`` on name or reason j (Fleiss
        1971); votes under one reason count as agreeing. None for weights, below two raters, and where a
        vote was divided.
        """
        share = _agreement(self)
        return round(share, 4) if share is not None else None

    def counts(self) -> dict[str, float]:
        """Return the votes by name and by reason, parts of votes where one was divided.

        :raises InputError: if the distribution was not made of votes.
        """
        if self.raters is None:
            raise InputError("Expected a distribution made of rater counts, got one of weights.")
        parts = dict(self.mass)
        for reason, share in self.homeless.items():
            parts[reason] = parts.get(reason, 0.0) + share
        return {name: round(share * self.raters, 6) for name, share in parts.items()}


# --- in -------------------------------------------------------------------------------------------


def from_counts(linker: SchemeLinker, counts: Mapping[Any, object]) -> Distribution:
    """Return rater counts as a distribution over the labels of a scheme: ``p(l) = n_l / n``.

    Writings of one label add up; counts of what is no label stand under ``not_in_scheme``, those of a
    missing one under ``missing``.

    :param counts: number of raters by label, as the data file writes it.
    :raises InputError: if a count is no whole number from 0, there is no vote, or there are more than
        :data:`MOST_RATERS`.

    >>> linker = SchemeLinker(EmotionGraph.load(), "ekman-6")
    >>> soft = from_counts(linker, {"anger": 3, "Disgust": 1, "meh": 1})
    >>> soft.mass, soft.homeless, soft.raters, soft.agreement
    ({'anger': 0.6, 'disgust': 0.2}, {'not_in_scheme': 0.2}, 5, 0.3)
    """
    _require_mapping(counts, "counts")
    wrong = [(name, count) for name, count in counts.items() if not _is_count(count)]
    if wrong:
        raise InputError(
            f"Expected whole numbers of raters from 0, got {wrong[0][1]!r} for {wrong[0][0]!r}. "
            "Use from_weights() for shares."
        )
    raters: dict[Any, Any] = dict(counts)
    whole = {name: float(count) for name, count in raters.items()}
    if sum(map(int, raters.values())) > MOST_RATERS:
        most = max(whole, key=whole.__getitem__)
        raise InputError(
            f"Expected at most {MOST_RATERS:,} raters, got more, {whole[most]:g} of them for {most!r}. "
            "Use from_weights() for weights."
        )
    return _over_labels(linker, whole, is_votes=True)


def from_votes(linker: SchemeLinker, votes: Iterable[object]) -> Distribution:
    """Return the votes of raters, one label each, as a distribution over the labels of a scheme.

    :raises InputError: if there is no vote, or one is a list.
    """
    listed = list(votes)
    lists = [vote for vote in listed if not isinstance(vote, str | Real) and not is_missing(vote)]
    if lists:
        raise InputError(
            f"Expected one label a rater, got {lists[0]!r}. Give each label of a rater as a vote."
        )
    blank = sum(map(is_missing, listed))
    counts: Counter[object] = Counter(vote for vote in listed if not is_missing(vote))
    if blank:
        counts[None] = blank
    return from_counts(linker, counts)


def from_weights(linker: SchemeLinker, weights: Mapping[Any, object]) -> Distribution:
    """Return label weights (a model's probabilities) as a distribution: ``p(l) = w_l / sum(w)``.

    :raises InputError: if a weight is no finite number from 0, or all are 0.
    """
    _require_mapping(weights, "weights")
    wrong = [(name, weight) for name, weight in weights.items() if not _is_weight(weight)]
    if wrong:
        raise InputError(
            f"Expected finite weights from 0, got {wrong[0][1]!r} for {wrong[0][0]!r}. "
            "Turn logits into probabilities first."
        )
    numbers = {name: float(weight) for name, weight in weights.items()}  # type: ignore[arg-type]
    heaviest = max(numbers.values(), default=0.0) or 1.0  # no sum shall be beyond floats
    shares = {name: weight / heaviest for name, weight in numbers.items()}
    return _over_labels(linker, shares, is_votes=False)


def _over_labels(
    linker: SchemeLinker, weights: Mapping[object, float], *, is_votes: bool
) -> Distribution:
    total = math.fsum(weights.values())
    if not total > 0:
        raise InputError(f"Expected at least one vote or weight above 0, got {dict(weights)!r}.")
    mass: dict[str, list[float]] = defaultdict(list)
    homeless: dict[str, list[float]] = defaultdict(list)
    for cell, weight in weights.items():
        label = linker.label(cell)
        if label is not None:
            mass[label.name].append(weight / total)
        else:
            homeless["missing" if _is_empty(cell) else "not_in_scheme"].append(weight / total)
    raters = round(total) if is_votes else None
    return Distribution(linker.scheme.name, _summed(mass), _summed(homeless), raters)


# --- from labels to concepts, tiers and other schemes ---------------------------------------------


def to_concepts(linker: SchemeLinker, soft: Distribution) -> Distribution:
    """Return a distribution over labels as one over concepts.

    ``p(c) = sum over labels l of p(l) * a(l, c) / sum over c' of a(l, c')`` where ``a`` is the weight of
    the anchor of ``l`` at ``c`` (:data:`affectgraph.linkers.scores.ANCHOR_WEIGHT`): a label with one anchor
    gives all its mass to that concept, a compound shares it. A label without an anchor keeps its mass
    under ``not_an_emotion``.

    :param soft: over the labels of the linker's scheme.
    :raises InputError: if it is over something else.

    >>> linker = SchemeLinker(EmotionGraph.load(), "raf-ce")
    >>> to_concepts(linker, from_votes(linker, ["happily surprised"])).mass
    {'joy': 0.5, 'surprise': 0.5}
    """
    _require(soft, linker.scheme.name)
    mass: dict[str, list[float]] = defaultdict(list)
    homeless = _as_lists(soft.homeless)
    labels = {label.name: label for label in linker.scheme.labels}
    for name, share in soft.mass.items():
        shares = anchor_shares(labels[name])
        for concept, part in shares.items():
            mass[concept].append(share * part)
        if not shares:
            homeless["not_an_emotion"].append(share)
    return Distribution("concept", _summed(mass), _summed(homeless), soft.raters)


def anchor_shares(label: SchemeLabel) -> dict[str, float]:
    """Return how the mass of a label is shared by its concepts; sums to 1, empty without an anchor.

    A concept with two anchors of a label counts by the heavier.
    """
    weights: dict[str, float] = {}
    for anchor in label.anchors:
        weight = ANCHOR_WEIGHT[anchor.relation]
        weights[anchor.concept] = max(weight, weights.get(anchor.concept, 0.0))
    total = math.fsum(weights.values())
    return {concept: weight / total for concept, weight in weights.items()}


def roll_up(graph: EmotionGraph, soft: Distribution, tier: str = "primary") -> Distribution:
    """Return a distribution over concepts as one over the concepts of a tier.

    Each concept's mass goes to its ancestor of that tier, or stays if it is of that tier. Mass of states
    is kept under ``neutral`` or ``outside_the_tree``, that of concepts above the tier, of which nobody said
    more, under ``too_coarse``.

    :param tier: ``primary``, ``secondary`` or ``tertiary``.
    :raises InputError: if there is no such tier, or the distribution is not over concepts.
    """
    _require(soft, "concept")
    if tier not in _TIERS:
        raise InputError(f"Expected a tier of {', '.join(_TIERS)}, got {tier!r}.")
    mass: dict[str, list[float]] = defaultdict(list)
    homeless = _as_lists(soft.homeless)
    for slug, share in soft.mass.items():
        concept = graph.concept(slug)
        if len(concept.path) >= _TIERS[tier]:
            mass[concept.path[_TIERS[tier] - 1]].append(share)
        elif concept.is_emotion:
            homeless["too_coarse"].append(share)
        else:
            is_neutral = concept.branch == "NeutralState"
            homeless["neutral" if is_neutral else "outside_the_tree"].append(share)
    return Distribution(tier, _summed(mass), _summed(homeless), soft.raters)


def to_scheme(linker: SchemeLinker, soft: Distribution, target: str) -> Distribution:
    """Return a distribution over the labels of one scheme as one over those of another.

    A label's mass is divided evenly among the labels it is said by (:meth:`EmotionGraph.crosswalk`). Where
    only narrower ones are there, each would claim more than was said: the mass stays under ``finer``; where
    there is none, under ``cannot_be_said``.

    :param soft: over the labels of the linker's scheme.
    :raises InputError: if it is over something else.
    :raises UnknownTermError: if there is no such scheme.
    """
    _require(soft, linker.scheme.name)
    other = linker.graph.scheme(target)
    crossings = {c.label.name: c for c in linker.graph.crosswalk(soft.over, other.name)}
    mass: dict[str, list[float]] = defaultdict(list)
    homeless = _as_lists(soft.homeless)
    for name, share in soft.mass.items():
        crossing = crossings[name]
        if crossing.relation in {"finer", "none"}:
            reason = "finer" if crossing.relation == "finer" else "cannot_be_said"
            homeless[reason].append(share)
            continue
        for label in crossing.targets:
            mass[label.name].append(share / len(crossing.targets))
    return Distribution(other.name, _summed(mass), _summed(homeless), soft.raters)


# --- out ------------------------------------------------------------------------------------------


def to_observation(
    graph: EmotionGraph, soft: Distribution, *, item: str = "", text: str = "", agent: str = ""
) -> Observation:
    """Return a distribution over concepts as an observation, for EmotionML, Onyx and RDF.

    One episode for each primary and one for the states outside the tree, the heaviest first; each
    concept's score is its mass. Homeless mass has no place in an observation: the scores sum to 1 less it.

    :raises InputError: if the distribution is not over concepts.

    >>> graph = EmotionGraph.load()
    >>> soft = Distribution("concept", {"joy": 0.5, "glee": 0.2, "anger": 0.3}, {})
    >>> [[r.concept for r in e.concepts] for e in to_observation(graph, soft).episodes]
    [['joy', 'glee'], ['anger']]
    """
    _require(soft, "concept")
    groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for slug, share in soft.mass.items():
        groups[graph.concept(slug).primary or ""].append((slug, share))
    heaviest = sorted(groups.values(), key=lambda group: -math.fsum(share for _, share in group))
    episodes = tuple(
        Episode(tuple(ConceptReading(slug, round(min(share, 1.0), 6)) for slug, share in group))
        for group in heaviest
    )
    return Observation(episodes, item=item, text=text, agent=agent)


# --- agreement ------------------------------------------------------------------------------------


def fleiss_kappa(items: Sequence[Distribution]) -> float | None:
    """Return Fleiss' kappa of items rated by equally many raters, to four places; 1 is full agreement.

    ``(P - E) / (1 - E)`` with ``P`` the mean agreement of the items and ``E`` the sum of the squared shares
    of all names and reasons over all items (Fleiss 1971, Psychological Bulletin 76, 378-382). None if
    all votes are for one name, where chance agrees as well.

    :raises InputError: if there is no item, or their raters or schemes differ.
    """
    if not items or len({(item.raters, item.over) for item in items}) != 1:
        raise InputError(
            "Expected items of one scheme with equally many raters, got "
            f"{sorted({(item.over, item.raters or 0) for item in items})}. Group them by raters first."
        )
    agreements = [_agreement(item) for item in items]
    known = [share for share in agreements if share is not None]
    if len(known) < len(items):
        raise InputError("Expected whole votes of at least two raters on each item, got fewer.")
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for item in items:
        for kind, part in (("name", item.mass), ("reason", item.homeless)):
            for name, share in part.items():
                shares[kind, name].append(share / len(items))
    chance = math.fsum(math.fsum(part) ** 2 for part in shares.values())
    if math.isclose(chance, 1):
        return None
    observed = math.fsum(known) / len(items)
    return round((observed - chance) / (1 - chance), 4)


def _agreement(soft: Distribution) -> float | None:
    raters = soft.raters or 0
    votes = [share * raters for share in (*soft.mass.values(), *soft.homeless.values())]
    if raters < 2 or any(abs(vote - round(vote)) > 1e-6 for vote in votes):
        return None
    return sum(round(vote) * (round(vote) - 1) for vote in votes) / (raters * (raters - 1))


# --- parts ----------------------------------------------------------------------------------------


def _ranked(shares: Mapping[str, float]) -> dict[str, float]:
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return {name: share for name, share in ranked if share > 0}


def _summed(parts: Mapping[str, list[float]]) -> dict[str, float]:
    return {name: round(math.fsum(shares), 12) for name, shares in parts.items()}


def _as_lists(shares: Mapping[str, float]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for name, share in shares.items():
        found[name].append(share)
    return found


def _require(soft: Distribution, over: str) -> None:
    if soft.over != over:
        raise InputError(f"Expected a distribution over {over}, got one over {soft.over}.")


def _is_empty(cell: object) -> bool:
    return is_missing(cell) or (isinstance(cell, str) and not cell.strip())


def _is_weight(value: object) -> bool:
    return is_finite(value) and float(value) >= 0


def _require_mapping(given: object, what: str) -> None:
    if not isinstance(given, Mapping):
        raise InputError(f"Expected {what} by label, got {given!r:.200}.")


def _is_count(value: object) -> bool:
    if not _is_weight(value):
        return False
    return isinstance(value, Integral) or float(value).is_integer()  # type: ignore[arg-type]
