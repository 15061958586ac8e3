"""Reads a model's answer in its form, and checks what it says."""

from time import perf_counter

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept
from affectgraph.ontology.errors import ClaimError
from affectgraph.reasoner.checker import MAX_LENGTH, Checker
from affectgraph.reasoner.constrain import (
    CitedRationale,
    CitedText,
    JsonSchema,
    LarkGrammar,
    RationaleSchema,
    Statement,
)
from affectgraph.reasoner.model import Report
from affectgraph.reasoner.models.model import Generation
from affectgraph.reasoner.prompt_styles import Answer
from affectgraph.reasoner.reasoning import Draft
from affectgraph.reasoner.retrieve import GroundedEvidence

SENTENCE = 240
"""Most characters of one sentence of a constrained answer."""


class DraftReader:
    """Makes the forms of answers to observations. Threads may share one.

    :param checker: judges what is read.
    """

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def form(self, evidence: GroundedEvidence, answer: Answer, steps: int) -> "AnswerForm":
        """Return the form of the answers to one observation.

        :param evidence: whose facts are offered.
        :param steps: most sentences of an answer.
        """
        emotions = offered_emotions(self.checker.graph, evidence)
        version = evidence.graph_version
        way: RationaleSchema | CitedText | None = None
        if answer == "json":
            units = evidence.shown
            way = RationaleSchema(evidence.facts, emotions, units, version, steps, SENTENCE)
        elif answer == "cited":
            way = CitedText(evidence.facts, version, steps, SENTENCE)
        return AnswerForm(self.checker, way, emotions)


def offered_emotions(graph: EmotionGraph, evidence: GroundedEvidence) -> tuple[str, ...]:
    """Return the slugs that may be concluded: candidates, what they lie under, and all primaries."""
    slugs: dict[str, None] = {}
    for candidate in evidence.candidates:
        slugs[candidate.concept.slug] = None
        slugs |= dict.fromkeys(reversed(candidate.concept.path[:-1]))
    slugs |= dict.fromkeys(c.slug for c in graph.index.concepts.values() if c.tier == "primary")
    return tuple(slugs)


class AnswerForm:
    """The form that the answers to one observation have.

    :param way: the constraint's way of reading; None for plain text.
    :param emotions: that may be concluded, by slug.
    """

    def __init__(
        self, checker: Checker, way: RationaleSchema | CitedText | None, emotions: tuple[str, ...]
    ) -> None:
        self._checker = checker
        self._way = way
        self.emotions = emotions

    @property
    def constraint(self) -> JsonSchema | LarkGrammar | None:
        """What a request carries."""
        return self._way.constraint if self._way is not None else None

    def read(self, generation: Generation, evidence: GroundedEvidence) -> Draft:
        """Return an answer, read and checked.

        The claims are judged by what the graph says and what the readings show; the observed text takes no
        part. An answer out of form is checked as plain text; of one longer than 100,000 characters the
        beginning is, and that counts as out of form.
        """
        start = perf_counter()
        text, problem = generation.text, ""
        found = CitedRationale((Statement(text, None),))
        try:
            if len(text) > MAX_LENGTH:
                raise ClaimError(f"Expected at most {MAX_LENGTH:,} characters, got {len(text):,}.")
            if not text.strip():
                raise ClaimError("Expected an answer, got an empty one.")
            found = self._way.read(text) if self._way is not None else found
        except ClaimError as error:
            problem = str(error)
        is_read = not problem and self._way is not None
        rationale = _joined(found) if is_read else text[:MAX_LENGTH]
        statements = found.statements if is_read else ()
        slug, graph = found.emotion, self._checker.graph
        label = graph.concept(slug).label if slug is not None else None
        report = self._checker.check(rationale, label=label, aus=evidence.readings)
        return Draft(
            generation=generation,
            rationale=rationale,
            statements=statements,
            emotion=self._emotion(found, report),
            action_units=found.action_units,
            problem=problem,
            report=report,
            check_seconds=perf_counter() - start,
        )

    def _emotion(self, found: CitedRationale, report: Report) -> Concept | None:
        graph = self._checker.graph
        if found.emotion is not None:
            return graph.concept(found.emotion)
        if isinstance(self._way, RationaleSchema):
            return None
        final = next((j.claim for j in report.judgements if j.claim.id == report.conclusion), None)
        if final is None or final.is_denied or not final.subject:
            return None
        return graph.concept(final.subject[0])


def _joined(found: CitedRationale) -> str:
    """Return the sentences as one text; one without an end gets a full stop, so that none run together."""
    texts = (statement.text.strip() for statement in found.statements)
    return " ".join(text if text[-1:] in ".!?" else f"{text}." for text in texts)
