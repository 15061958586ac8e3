"""What the mentions of a text sum up to: a distribution over the primaries, and a VAD estimate."""

from collections.abc import Iterator

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Vad, VadValue
from affectgraph.linkers.annotation.model import (
    EmotionPart,
    TextEmotions,
    TextMention,
    TextVad,
    TextVadPart,
)

PRIMARIES = ("anger", "fear", "joy", "love", "sadness", "surprise")
STATE = "state"
NEUTRAL = "neutral"
CERTAINTY_WEIGHT = {"certain": 1.0, "past": 0.75, "hedged": 0.5, "hypothetical": 0.25}
"""How much a mention counts by its certainty. Set by judgement, not fitted."""

AMBIGUOUS_WEIGHT = 0.25
"""How much a mention counts whose word may have an ordinary sense. Set by judgement."""


class GraphSummariser:
    """Sums up mentions with the tree and the VAD values of a graph. Threads may share one."""

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph

    def emotions(self, mentions: tuple[TextMention, ...]) -> TextEmotions:
        """Return the shares of the primaries, of states outside the tree, and of neutral.

        Affirmed mentions count by intensity and certainty, their candidates by score. Without one the
        text is neutral.
        """
        raw = [part for mention in mentions for part in _raw_parts(mention)]
        total = sum(part.share for part in raw)
        shares = dict.fromkeys((*PRIMARIES, STATE, NEUTRAL), 0.0)
        if total <= 0:
            return TextEmotions(shares | {NEUTRAL: 1.0}, ())
        parts = tuple(EmotionPart(part.mention, part.key, part.share / total) for part in raw)
        for part in parts:
            shares[part.key] += part.share
        return TextEmotions(shares, parts)

    def vad(self, mentions: tuple[TextMention, ...]) -> TextVad | None:
        """Return the mean of the values of affirmed mentions, weighted as in :meth:`emotions`."""
        raw = [
            (mention, value, weight)
            for mention in mentions
            if (weight := mention_weight(mention)) > 0
            and (value := self._value(mention)) is not None
        ]
        total = sum(weight for _, _, weight in raw)
        if total <= 0:
            return None
        parts = tuple(TextVadPart(mention, value, weight / total) for mention, value, weight in raw)
        return TextVad(
            Vad(
                _mean([(p.value.mean.valence, p.weight) for p in parts]),
                _mean([(p.value.mean.arousal, p.weight) for p in parts]),
                _mean([(p.value.mean.dominance, p.weight) for p in parts]),
            ),
            parts,
        )

    def _value(self, mention: TextMention) -> VadValue | None:
        """Return the rating of the mention's word; failing that, the value of its concept."""
        values = self._graph.vad_of_word(mention.quote)
        if len(values) == 1:
            return values[0]
        values = self._graph.vad(mention.concept.slug)
        return values[0] if values else None


def mention_weight(mention: TextMention) -> float:
    """Return how much a mention counts for its text; 0 if it is negated."""
    if mention.is_negated:
        return 0.0
    weight = mention.intensity * CERTAINTY_WEIGHT[mention.certainty]
    return weight * AMBIGUOUS_WEIGHT if mention.is_ambiguous else weight


def _raw_parts(mention: TextMention) -> Iterator[EmotionPart]:
    weight = mention_weight(mention)
    if weight <= 0:
        return
    total = sum(candidate.score for candidate in mention.candidates)
    for candidate in mention.candidates:
        yield EmotionPart(mention, _key(candidate.concept), weight * candidate.score / total)


def _key(concept: Concept) -> str:
    if concept.slug == "state/neutral":
        return NEUTRAL
    return concept.primary or STATE


def _mean(values: list[tuple[float, float]]) -> float:
    mean = sum(value * weight for value, weight in values)
    return max(-1.0, min(1.0, round(mean, 6)))
