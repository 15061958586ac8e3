"""Finds what the graph knows about an observation: ranked emotions, how sure they are, and facts to cite."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.kg.observation import Observation
from affectgraph.linkers.annotation.summary import PRIMARIES
from affectgraph.linkers.face_columns import Readings
from affectgraph.linkers.label import LabelLinker
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.channels import ChannelEvidence, ChannelReader, branch, entropy_bits, pool
from affectgraph.reasoner.citable import FactIndex, FactKind, fact_index
from affectgraph.reasoner.constrain import CitableFact
from affectgraph.reasoner.given import Given, take

FACT_LIMIT = 400
"""Most facts, if a caller does not say another number."""

MOST_FACTS = 1000

CHARACTERS_PER_TOKEN = 3
"""Of the facts' words, for estimates: they hold many codes, names and numbers, which take more tokens than
prose (some 4 characters each in common vocabularies)."""

CANDIDATE_FLOOR = 0.02
"""Least share of a candidate, unless it is among the first :data:`LEAST_CANDIDATES`."""

LEAST_CANDIDATES = 3

_FACTOR: Mapping[FactKind, float] = {
    "word": 1.2,
    "unit": 1.0,
    "pattern": 1.0,
    "tree": 0.9,
    "vad": 0.8,
    "relation": 0.7,
    "label": 0.3,
}
"""What each kind of fact counts in the order, by how directly it can back a rationale's claims."""

_UNSEEN_PATTERN = 0.3
"""What a facial pattern counts of which no action is shown."""

_NEAR = {"ancestor": 0.8, "opposite": 0.5, "sibling": 0.3, "related": 0.3}
"""What a concept near a candidate counts of the candidate's own weight."""

_PRIMARY = 0.1


@dataclass(frozen=True, slots=True)
class RankedEmotion:
    """An emotion or state that the observation may show.

    :param share: its part of the pooled distribution, 0..1; those of all candidates sum to 1 at most.
    :param channels: that speak for it, with its share in each.
    """

    concept: Concept
    share: float
    channels: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class GroundedEvidence:
    """What the graph knows about an observation. Equal observations give equal evidence.

    :param observation: as resolved against the graph. :param text: what was read of its text.
    :param readings: facial actions shown and not shown; None if nothing is known of the face.
    :param channels: what each channel says, apart from the others.
    :param candidates: best first.
    :param entropy: of the pooled distribution over branches (primaries, and states each on its own), in
        bits: 0 if there is but one, 2.585 (the log of 6) if nothing is known, more if states compete.
    :param facts: ranked, most useful first, each with words of its own.
    :param touched: how many facts touch the observation, those that had no room with them.
    :param tokens: estimate for the facts' words, at 3 characters each.
    :param notes: what was left out or cut.
    """

    observation: Observation
    text: str
    readings: Readings | None
    channels: tuple[ChannelEvidence, ...]
    candidates: tuple[RankedEmotion, ...]
    entropy: float
    facts: tuple[CitableFact, ...]
    touched: int
    tokens: int
    notes: tuple[str, ...]
    graph_version: str

    @property
    def is_known(self) -> bool:
        """Whether any channel says something."""
        return bool(self.channels)

    @property
    def shown(self) -> tuple[str, ...]:
        """The FACS codes that are shown."""
        shown = self.readings.shown if self.readings is not None else {}
        return tuple(code for code, is_shown in shown.items() if is_shown)


class Retriever:
    """Finds what a graph knows about observations. Threads may share one; it uses no model.

    The first call indexes the graph's facts, in under a second; later ones take a millisecond or two
    (``benchmarks/reasoning_loop.py``).
    """

    def __init__(self, graph: EmotionGraph, *, linker: LabelLinker | None = None) -> None:
        self.graph = graph
        self._linker = LabelLinker(graph) if linker is None else linker
        self._channels = ChannelReader(self._linker)

    def retrieve(
        self,
        observation: Observation | Mapping[str, Any],
        *,
        limit: int = FACT_LIMIT,
        token_budget: int | None = None,
    ) -> GroundedEvidence:
        """Return what the graph knows about an observation.

        Facts come ranked: they count by the actions shown and the candidates they touch, or ancestors,
        opposites, siblings and related concepts of those; equals keep the graph's order.

        :param observation: an :class:`Observation`, or a record with any of ``text``, ``label``,
            ``labels``, ``scheme``, ``aus``, ``vad``; see :func:`affectgraph.reasoner.given.take`.
        :param limit: most facts, 1 to 1,000.
        :param token_budget: most tokens of the facts' words by estimate; facts that do not fit are passed
            over. No bound if left out.
        :raises InputError: if the observation has nothing to go by, or a value is out of range.
        :raises UnknownTermError: if it names what the graph does not hold.

        >>> found = Retriever(EmotionGraph.load()).retrieve({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})
        >>> found.candidates[0].concept.slug, found.facts[0].text
        ('joy', 'AU6 and AU12 expresses joy, by emfacs (prototype)')
        """
        _check_number("limit", limit, MOST_FACTS)
        if token_budget is not None:
            _check_number("token_budget", token_budget, None)
        return self.retrieve_given(
            take(self._linker, observation), limit=limit, token_budget=token_budget
        )

    def retrieve_given(
        self, given: Given, *, limit: int = FACT_LIMIT, token_budget: int | None = None
    ) -> GroundedEvidence:
        """Return the same for an observation that was taken already."""
        channels = self._channels.read(given)
        shares = pool(channels)
        candidates = self._candidates(channels, shares)
        branches: dict[str, float] = {}
        for slug, share in shares:
            name = branch(self.graph.index.concepts[slug])
            branches[name] = branches.get(name, 0.0) + share
        evidence_facts = tuple(dict.fromkeys(f for c in channels for f in c.facts))
        ranked = _Ranking(self.graph, given, candidates, evidence_facts)
        facts, tokens = _fitting(ranked.best(limit), token_budget)
        return GroundedEvidence(
            observation=given.observation,
            text=given.text,
            readings=given.readings,
            channels=channels,
            candidates=candidates,
            entropy=entropy_bits(branches.values()),
            facts=facts,
            touched=ranked.touched,
            tokens=tokens,
            notes=given.notes,
            graph_version=self.graph.version,
        )

    def _candidates(
        self, channels: Iterable[ChannelEvidence], shares: tuple[tuple[str, float], ...]
    ) -> tuple[RankedEmotion, ...]:
        by_channel = [(c.channel, dict(c.shares)) for c in channels]
        chosen = [
            pair
            for n, pair in enumerate(shares)
            if n < LEAST_CANDIDATES or pair[1] >= CANDIDATE_FLOOR
        ]
        return tuple(
            RankedEmotion(
                self.graph.index.concepts[slug],
                share,
                tuple((name, found[slug]) for name, found in by_channel if slug in found),
            )
            for slug, share in chosen
        )


def retrieve(
    observation: Observation | Mapping[str, Any],
    *,
    graph: EmotionGraph,
    limit: int = FACT_LIMIT,
    token_budget: int | None = None,
) -> GroundedEvidence:
    """Return what a graph knows about an observation; see :meth:`Retriever.retrieve`.

    Retrievers of the last four graphs are kept.
    """
    return _retriever(graph).retrieve(observation, limit=limit, token_budget=token_budget)


@lru_cache(maxsize=4)
def _retriever(graph: EmotionGraph) -> Retriever:
    return Retriever(graph)


def _check_number(name: str, value: object, most: int | None) -> None:
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if not good or (most is not None and isinstance(value, int) and value > most):
        bounds = f"1 to {most:,}" if most is not None else "1 or more"
        raise InputError(f"Expected {name} as a whole number, {bounds}, got {value!r}.")


class _Ranking:
    """The facts that touch an observation, in the order of their use."""

    def __init__(
        self,
        graph: EmotionGraph,
        given: Given,
        candidates: Iterable[RankedEmotion],
        evidence_facts: tuple[CitableFact, ...],
    ) -> None:
        self._index: FactIndex = fact_index(graph)
        self._own = evidence_facts
        shown = given.readings.shown if given.readings is not None else {}
        self._seen = self._overlaps([code for code, is_shown in shown.items() if is_shown])
        self._known = self._weights_known(_concept_weights(graph, candidates))
        self.touched = len(self._known.keys() | self._seen.keys()) + len(evidence_facts)

    def best(self, limit: int) -> Iterator[CitableFact]:
        """Yield at most so many facts, best first: those of observed words come with the best."""
        seen, known = self._seen.get, self._known.get
        factors = _factors(self._index)
        scored = [(-factors[p] * known(p, 0.0), p) for p in self._known.keys() - self._seen.keys()]
        for position in self._seen:
            factor = _FACTOR[self._index.topics[position].kind]
            scored.append((-factor * (seen(position, 0.0) + known(position, 0.0)), position))
        scored += [(-_FACTOR["word"], n - len(self._own)) for n in range(len(self._own))]
        for _, position in sorted(scored)[:limit]:
            yield self._own[position] if position < 0 else self._index.facts[position]

    def _overlaps(self, shown: Sequence[str]) -> dict[int, float]:
        """Return how far a fact's action units are those shown, by its position: Dice's coefficient.

        A fact that names one unit says no more than that, and counts whole.
        """
        met: dict[int, int] = {}
        for code in shown:
            for position in self._index.by_topic.get(code, ()):
                met[position] = met.get(position, 0) + 1
        units = {position: len(self._index.topics[position].units) for position in met}
        return {
            position: 2 * count / (units[position] + len(shown))
            if self._index.topics[position].kind == "pattern"
            else 1.0
            for position, count in met.items()
        }

    def _weights_known(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Return the weight of the weightiest concept that a fact touches, by its position."""
        found: dict[int, float] = {}
        for slug, weight in weights.items():
            for position in self._index.by_topic.get(slug, ()):
                if weight > found.get(position, 0.0):
                    found[position] = weight
        return found


@lru_cache(maxsize=4)
def _factors(index: FactIndex) -> tuple[float, ...]:
    """Return what each fact counts if none of its action units is shown."""
    return tuple(
        _UNSEEN_PATTERN if topics.kind == "pattern" else _FACTOR[topics.kind]
        for topics in index.topics
    )


def _concept_weights(graph: EmotionGraph, candidates: Iterable[RankedEmotion]) -> dict[str, float]:
    """Return what concepts count, 0..1: candidates by their share of the best one's, those near them less."""
    weights = dict.fromkeys(PRIMARIES, _PRIMARY)
    best = 0.0
    for candidate in candidates:
        best = best or candidate.share
        slug, own = candidate.concept.slug, candidate.share / best
        weights[slug] = max(weights.get(slug, 0.0), own)
        for near, kind in _near(graph, slug):
            weights[near] = max(weights.get(near, 0.0), own * _NEAR[kind])
    return weights


@lru_cache(maxsize=4096)
def _near(graph: EmotionGraph, slug: str) -> tuple[tuple[str, str], ...]:
    """Return the concepts near one, each with how: ancestors, opposites, siblings, related ones."""
    concept = graph.index.concepts[slug]
    found = [(name, "ancestor") for name in concept.path[:-1]]
    if concept.related is not None:
        found.append((concept.related, "related"))
    for link in graph.index.associations:
        if slug in (link.start, link.end):
            other = link.end if link.start == slug else link.start
            if other in graph.index.concepts:
                found.append((other, "opposite" if link.relation == "oppositeOf" else "related"))
    if len(concept.path) > 1:
        parent = concept.path[:-1]
        siblings = (c.slug for c in graph.index.concepts.values() if c.path[:-1] == parent)
        found += [(name, "sibling") for name in siblings if name != slug]
    return tuple(dict.fromkeys(found))


def _fitting(
    facts: Iterable[CitableFact], token_budget: int | None
) -> tuple[tuple[CitableFact, ...], int]:
    """Return the facts that fit the budget, in order, and the tokens of their words by estimate."""
    found, total = [], 0
    for fact in facts:
        tokens = estimate_tokens(fact.text)
        if token_budget is None or total + tokens <= token_budget:
            found.append(fact)
            total += tokens
    return tuple(found), total


def estimate_tokens(text: str) -> int:
    """Return how many tokens a text takes, by estimate: one per 3 characters.

    >>> estimate_tokens("joy is a primary emotion")
    8
    """
    return ceil(len(text) / CHARACTERS_PER_TOKEN)
