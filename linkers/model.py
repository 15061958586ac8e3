"""What linking returns: a status, candidates with evidence and scores, and reasons where there are none."""

from dataclasses import dataclass
from typing import Literal

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import Concept
from affectgraph.ontology.errors import InputError

Status = Literal["linked", "ambiguous", "neutral", "nil"]
"""``linked`` one concept; ``ambiguous`` several of different branches, as the word has several senses or the
label several parts; ``neutral`` the label says there is no emotion; ``nil`` none, with a reason."""

NilReason = Literal[
    "empty",
    "not_text",
    "too_long",
    "unknown",
    "language",
    "not_an_emotion",
    "not_in_scheme",
    "negated",
    "unsure",
]
"""Why nothing is linked. ``unknown``: a word the graph does not hold; ``language``: not English;
``not_an_emotion``: a scheme's own label without a home (``others``), a word that was read and rejected
(``table``) or that mostly means something else (``arouse``); ``negated``: "not happy" is never turned into
an opposite; ``unsure``: the evidence is weaker than the preset asks for."""

EvidenceKind = Literal[
    "label",
    "inflection",
    "derivation",
    "lexical",
    "weak",
    "scheme",
    "other-scheme",
    "phrase",
    "spelling",
    "embedding",
]
"""How a candidate was found: by its name, an inflected form, a word of the same family, another word for
it, a word with a common meaning that is no emotion ("content") or that only suggests one, a label of the
scheme given, or, where no scheme is given and the graph's own words do not have it, a label of some
scheme; ``phrase``, the word that a longer label turns on ("fear of failure"), ``spelling``, a word one
edit away, or ``embedding``: words used like it (:class:`~affectgraph.linkers.EmbeddingLinker`)."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a candidate.

    :param kind: how the query led to the concept.
    :param query: the part of the query that matched, normalised.
    :param matched: the word or label in the graph.
    :param iri: the resource that carries it.
    :param source: id of the source that says so.
    :param value: P(right) of this kind of evidence; see ``docs/scores.md``.
    """

    kind: EvidenceKind
    query: str
    matched: str
    iri: str
    source: str
    value: float


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept a label may mean.

    :param score: P(right) in 0..1.
    :param evidence: best first.
    """

    concept: Concept
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """Slugs from the primary down; empty for a state."""
        return self.concept.path


@quickly_made
@dataclass(frozen=True, slots=True)
class Grounding:
    """The answer for one label.

    :param text: the label as given.
    :param scheme: the scheme it was read in, if one was given.
    :param candidates: best first; empty if ``nil``.
    :param reason: why there is none; set exactly if ``nil``.
    :param message: one sentence for people: what was found, or what was expected and what to do.
    :param parts: answers for the parts of a compound label, in its order; empty for a simple one.
    :param degree: words of degree or doubt that were read apart ("very", "slightly", "maybe").
    :param given: the number that stood in the label: 0..1 for percents and ``a/b``, else as written; it
        is the writer's figure and no score of the graph.
    :param is_divided: whether one sense of the word is shared out between concepts, so that other candidates
        near the best are as right as it; the status is ``linked`` all the same.
    """

    text: str
    status: Status
    candidates: tuple[Candidate, ...]
    reason: NilReason | None
    message: str
    scheme: str | None = None
    parts: tuple["Grounding", ...] = ()
    degree: tuple[str, ...] = ()
    given: float | None = None
    is_divided: bool = False

    @property
    def concept(self) -> Concept | None:
        """The best concept, None if ``nil`` or ``ambiguous``."""
        return self.candidates[0].concept if self.status in {"linked", "neutral"} else None

    @property
    def score(self) -> float:
        """Score of the best candidate, 0 if there is none."""
        return self.candidates[0].score if self.candidates else 0.0

    def explain(self) -> str:
        """Return the answer as lines of text: status, then every candidate with its evidence."""
        lines = [f"{self.text!r}: {self.status}. {self.message}"]
        for candidate in self.candidates:
            where = " > ".join(candidate.path) or f"outside the tree ({candidate.concept.branch})"
            lines.append(f"  {candidate.score:.2f} {candidate.concept.slug} [{where}]")
            lines += [
                f"       {e.kind}: {e.query!r} matches {e.matched!r} ({e.source}, {e.value:.2f})"
                for e in candidate.evidence
            ]
        if self.degree:
            lines.append(f"  degree: {', '.join(self.degree)}")
        if self.given is not None:
            lines.append(f"  number given in the label: {self.given:g}")
        lines += [f"  part {line}" for part in self.parts for line in part.explain().split("\n")]
        return "\n".join(lines)


def check_limit(limit: object) -> None:
    """Refuse a number of candidates that is none.

    :raises InputError: if it is no whole number, or below 1.

    >>> check_limit(5)
    """
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise InputError(f"Expected a limit of at least 1, got {limit!r}. Give a whole number.")
