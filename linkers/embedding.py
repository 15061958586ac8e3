"""Places labels the vocabulary does not hold by how near their embeddings lie to its words.

For what the lexicon leaves open, and for nothing else: near in such a space means used alike, and opposites
are. So the nearest words vote, the words that were read and rejected with them; few labels pass, and those
are mostly right (``docs/embeddings.md``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from math import exp
from pathlib import Path
from threading import Lock

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.linkers.embedding_index import Near, RowIndex
from affectgraph.linkers.embedding_rows import EmbeddedText, embedded_texts, plain
from affectgraph.linkers.embedding_scores import (
    MARGIN_FLOOR,
    SUPPORT_FLOOR,
    VETO_VALENCE,
    p_right,
)
from affectgraph.linkers.encoder import TextEncoder, check_options
from affectgraph.linkers.encoder_precision import Precision
from affectgraph.linkers.model import Candidate, Evidence, check_limit
from affectgraph.linkers.normalise import is_foreign_script, normalise
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.word_embeddings import model_folder

NEIGHBOURS = 10
"""How many rows vote on a text."""

SOFTNESS = 0.1
"""A row whose cosine is lower by this has 1/e of the vote."""

MAX_LENGTH = 200
"""Longest label in characters, as for every label."""


@dataclass(frozen=True, slots=True)
class EmbeddingMatch:
    """A concept whose words lie near a text.

    :param cosine: of the text and the concept's nearest text, in -1..1.
    :param text: that text: a form of the vocabulary, or name and definition of the concept.
    :param iri: the resource that carries it.
    :param source: id of the source that says so.
    :param margin: cosine less that of the nearest row on another path or rejected; against the last of the
        rows that vote where none of them is one.
    :param agreement: share of the vote for concepts on the same path as this one, in 0..1.
    :param rival: the text the margin is taken from.
    :param share: the concept's own votes as a share of those of the concept with most, in 0..1.
    """

    concept: Concept
    cosine: float
    text: str
    iri: str
    source: str
    margin: float
    agreement: float
    rival: str
    share: float

    @property
    def support(self) -> float:
        """Cosine times agreement, in 0..1: what P(right) is fitted on."""
        return round(max(self.cosine, 0.0) * self.agreement, 4)


class EmbeddingLinker:
    """Finds the concepts whose words lie nearest to a text. Exact: every row is compared.

    Model and vectors are loaded when a text is first asked for. Vectors lie in a clone where ``make data``
    found the extra; where nobody has made them they are made then and kept in the user's cache (a minute or
    two, 40 MB), or before, by :meth:`prepare`. Threads may share one. Answers do not depend on what else is
    asked, up to rounding of the vectors in the seventh digit.

    :param graph: the graph to ground in.
    :param model: folder of a model as sentence-transformers saves it, with mean pooling; all-MiniLM-L6-v2
        from the extra ``[embeddings]`` if left out. Scores are fitted for that one.
    :param device: ``cpu``, ``cuda``, ...; CUDA where there is any, if left out.
    :param threads: ``torch.set_num_threads`` for the whole process; left as it is if left out. A service with
        workers of its own wants 1.
    :param precision: of the model; ``bfloat16`` embeds twice as fast on a CPU with instructions for it and is
        refused without. One answer in a hundred or fewer is then not that of float32
        (``benchmarks/embedding_precision.py``).
    :raises InputError: if the model is no path, ``threads`` is below 1 or there is no such precision.
    """

    def __init__(
        self,
        graph: EmotionGraph,
        *,
        model: str | Path | None = None,
        device: str | None = None,
        threads: int | None = None,
        precision: Precision = "float32",
    ) -> None:
        if not isinstance(model, str | Path | None):
            raise InputError(
                f"Expected a model as the path of its folder, got {type(model).__name__}."
            )
        check_options(threads, precision)
        self.graph = graph
        self._model = Path(model) if model is not None else None
        self._device = device
        self._threads = threads
        self._precision: Precision = precision
        self._lock = Lock()
        self._index: RowIndex | None = None

    @cached_property
    def rows(self) -> tuple[EmbeddedText, ...]:
        """What texts are compared with."""
        return embedded_texts(self.graph)

    def prepare(self) -> RowIndex:
        """Return rows and model, loaded; the vectors are made and kept if this machine has none.

        :raises MissingExtraError: if the extra ``[embeddings]`` is not installed.
        :raises BackendError: if the model or the device is not there, or not made for the precision.
        """
        with self._lock:
            if self._index is None:
                folder = self._model or model_folder()
                encoder = TextEncoder(
                    folder,
                    device=self._device,
                    threads=self._threads,
                    precision=self._precision,
                )
                self._index = RowIndex(encoder, self.rows)
            return self._index

    def nearest(self, texts: Sequence[str], limit: int = 5) -> list[tuple[EmbeddingMatch, ...]]:
        """Return for each text the concepts among its ten nearest rows, most votes first.

        Whatever the text, if there is a letter in it; see :meth:`candidates` for what may be linked. Costs
        one or two ms a text on one core in batches; ``benchmarks/embedding_speed.py`` measures it.

        :param limit: at most so many concepts for each.
        :raises InputError: if ``limit`` is below 1 or a text is no text.
        :raises MissingExtraError: if the extra ``[embeddings]`` is not installed.
        :raises BackendError: if the model or the device is not there.
        """
        check_limit(limit)
        asked = _plain_texts(texts)
        near = self._rows_near(asked)
        return [tuple(islice(self.matches(near.get(text, [])), limit)) for text in asked]

    def candidates(
        self, label: str, *, limit: int = 5, floor: float = SUPPORT_FLOOR
    ) -> tuple[Candidate, ...]:
        """Return the concepts a label may be linked to, best first; mostly there are none.

        The concept with most votes decides whether there are any: its support, its margin and the veto. The
        score of each further one is as much lower as it has fewer votes.

        :param limit: at most so many.
        :param floor: least support, in 0..1; lower gives more answers and more wrong ones.
        :raises InputError: as :meth:`nearest`, and if ``floor`` is not in 0..1.
        """
        return self.candidates_many([label], limit=limit, floor=floor)[0]

    def candidates_many(
        self, labels: Sequence[str], *, limit: int = 5, floor: float = SUPPORT_FLOOR
    ) -> list[tuple[Candidate, ...]]:
        """Return what :meth:`candidates` returns for each label, in order; in batches, so much faster."""
        check_limit(limit)
        if not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise InputError(f"Expected a floor in 0..1, got {floor!r}.")
        asked = _plain_texts(labels)
        near = self._rows_near(asked)
        return [
            tuple(islice(self._candidates(text, near.get(text, []), floor), limit))
            if _is_label(label)
            else ()
            for label, text in zip(labels, asked, strict=True)
        ]

    def matches(self, near: Sequence[Near]) -> Iterator[EmbeddingMatch]:
        """Yield the concepts of the rows near a text, given best first; most votes first."""
        if not near:
            return
        weights = [exp((n.cosine - near[0].cosine) / SOFTNESS) for n in near]
        votes: dict[str, float] = {}
        for neighbour, weight in zip(near, weights, strict=True):
            if neighbour.row.concept is not None:
                votes[neighbour.row.concept] = votes.get(neighbour.row.concept, 0.0) + weight
        for slug in sorted(votes, key=lambda s: (-votes[s], s)):
            yield self._match(slug, near, votes, sum(weights))

    def is_vetoed(self, label: str, concept: Concept) -> bool:
        """Return whether raters found the words of a label pleasant and the concept unpleasant, or so.

        By the Glasgow Norms: the label's rating, or the mean of its words' where all are rated, and the value
        that speaks for the concept. Where either is unrated or near 0, there is no veto; nor is there for a
        phrase with an unrated word, as a few words out of an idiom say nothing of it ("baby blues").
        """
        return self._is_opposite(self._valence(plain(label)), concept)

    def _rows_near(self, asked: Sequence[str]) -> dict[str, list[Near]]:
        """Return the rows near each plain text that has a letter."""
        distinct = [text for text in dict.fromkeys(asked) if any(map(str.isalpha, text))]
        near = self.prepare().nearest(distinct, NEIGHBOURS) if distinct else ()
        return dict(zip(distinct, near, strict=True))

    def _match(
        self, slug: str, near: Sequence[Near], votes: dict[str, float], total: float
    ) -> EmbeddingMatch:
        concepts = self.graph.index.concepts
        concept = concepts[slug]
        best = next(n for n in near if n.row.concept == slug)
        agreeing = sum(v for other, v in votes.items() if on_one_path(concept, concepts[other]))
        rival = next((n for n in near if not self._is_with(n.row, concept)), near[-1])
        return EmbeddingMatch(
            concept,
            best.cosine,
            best.row.text,
            best.row.iri,
            best.row.source,
            round(best.cosine - rival.cosine, 4),
            round(agreeing / total, 4),
            rival.row.text,
            round(votes[slug] / max(votes.values()), 4),
        )

    def _is_with(self, row: EmbeddedText, concept: Concept) -> bool:
        if row.concept is None:
            return False
        return on_one_path(self.graph.index.concepts[row.concept], concept)

    def _candidates(self, text: str, near: Sequence[Near], floor: float) -> Iterator[Candidate]:
        matches = self.matches(near)
        best = next(matches, None)
        if best is None or best.support < floor or best.margin < MARGIN_FLOOR:
            return
        mine = self._valence(text)
        if self._is_opposite(mine, best.concept):
            return
        score = p_right(best.support)
        for match in chain([best], matches):
            if not self._is_opposite(mine, match.concept):
                value = round(score * match.share, 4)
                evidence = Evidence("embedding", text, match.text, match.iri, match.source, value)
                yield Candidate(match.concept, value, (evidence,))

    def _is_opposite(self, mine: float | None, concept: Concept) -> bool:
        """Return whether a valence and that of a concept have opposite signs, neither near 0."""
        values = self.graph.index.vad.get(concept.slug, ())
        if mine is None or not values:
            return False
        other = values[0].mean.valence
        return mine * other < 0 and min(abs(mine), abs(other)) >= VETO_VALENCE

    def _valence(self, text: str) -> float | None:
        whole = self._rated(text)
        if whole is not None:
            return whole
        rated = [self._rated(word) for word in text.split()]
        known = [value for value in rated if value is not None]
        return sum(known) / len(known) if known and len(known) == len(rated) else None

    def _rated(self, word: str) -> float | None:
        values = self.graph.vad_of_word(word, sources=["glasgow"])
        return values[0].mean.valence if values else None


def _plain_texts(texts: Sequence[str]) -> list[str]:
    """Return texts as they are embedded.

    :raises InputError: if they are none.
    """
    if isinstance(texts, str) or not isinstance(texts, Sequence):
        raise InputError(
            f"Expected several texts in a list, got {type(texts).__name__}; for one, put it into a list."
        )
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(f"Expected text at position {index}, got {type(text).__name__}.")
    return [plain(text) for text in texts]


def _is_label(text: str) -> bool:
    return len(text) <= MAX_LENGTH and not is_foreign_script(normalise(text))


def on_one_path(first: Concept, second: Concept) -> bool:
    """Return whether two concepts are one, or one lies above the other."""
    return first.slug == second.slug or first.slug in second.path or second.slug in first.path
