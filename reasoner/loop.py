"""Drafts a rationale, checks it against the graph, feeds back what fails, and keeps the best draft."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import Observation
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.drafting import DraftReader
from affectgraph.reasoner.effort import Effort, effort_for
from affectgraph.reasoner.estimate import RunEstimate, estimate_run
from affectgraph.reasoner.graph_rationale import concluded, graph_statements
from affectgraph.reasoner.model import Judgement
from affectgraph.reasoner.models.model import (
    Delta,
    Generation,
    GenerationRequest,
    LanguageModel,
    Message,
    answers_in_place,
    require_model,
)
from affectgraph.reasoner.prompt_styles import (
    TONES,
    Answer,
    PromptStyle,
    load_style,
    revision_text,
    system_text,
    user_text,
)
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round, StopReason
from affectgraph.reasoner.retrieve import GroundedEvidence, Retriever

SAMPLE_TEMPERATURE = 0.8
"""Of the drafts beside the greedy one."""

CONCURRENT = 32
"""Observations that :meth:`Reasoner.reason_many` has in work at once with a model."""

Given = Observation | Mapping[str, Any]
Event = GroundedEvidence | Delta | Round | Reasoning
"""What :meth:`Reasoner.events` yields."""


@dataclass(frozen=True, slots=True)
class ReasonSettings:
    """How a model is asked.

    :param style: name of a prompt style; see :func:`affectgraph.reasoner.prompt_styles.load_style`.
    :param prompts: folder with styles, forms or tones of one's own.
    :param answer: ``json``, ``cited`` or ``free``.
    :param feedback: ``plain``; ``affective`` for the six tones in turn; or tones, one per revision, of which
        the last stays.
    :param effort: what may be spent; by the observation's ambiguity if left out.
    :param seed: of the sampled drafts; the same seed gives the same requests.
    :raises InputError: if a value is none of these.
    """

    style: str = "three-section"
    prompts: str | Path | None = None
    answer: Answer = "json"
    feedback: str | Sequence[str] = "plain"
    effort: Effort | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.answer not in get_args(Answer):
            raise InputError(f"Expected an answer of json, cited or free, got {self.answer!r}.")
        if (
            isinstance(self.seed, bool)
            or not isinstance(self.seed, int)
            or not 0 <= self.seed < 2**62
        ):
            raise InputError(f"Expected a seed in 0..2**62-1, got {self.seed!r}.")
        if self.prompts is not None and not isinstance(self.prompts, str | Path):
            raise InputError(f"Expected the path of a folder as prompts, got {self.prompts!r}.")
        if self.effort is not None and not isinstance(self.effort, Effort):
            raise InputError(f"Expected an Effort, got {self.effort!r}.")
        tones = self.schedule if isinstance(self.feedback, Sequence) else ()
        if not tones or any(tone not in (*TONES, "plain") for tone in tones):
            raise InputError(
                f"Expected feedback as 'plain', 'affective' or a list of {', '.join(TONES)}, plain; got "
                f"{self.feedback!r}."
            )

    @property
    def schedule(self) -> tuple[str, ...]:
        """The tones of the revisions in turn; the last one stays."""
        if self.feedback == "affective":
            return TONES
        return (self.feedback,) if isinstance(self.feedback, str) else tuple(self.feedback)


DEFAULT_SETTINGS = ReasonSettings()


class Reasoner:
    """Reasons about observations with a graph, and a language model if one is given. Threads may share one.

    Verdicts come from the graph alone: what an observed text or a model says can change a draft, and never
    what the graph says about a claim.

    :param graph: the graph that knows and judges.
    :param model: writes the drafts; without one the graph reasons alone.
    :param settings: how the model is asked.
    :raises InputError: if the prompt style cannot be read, or model or settings are none.
    """

    def __init__(
        self,
        graph: EmotionGraph,
        model: LanguageModel | None = None,
        *,
        settings: ReasonSettings = DEFAULT_SETTINGS,
    ) -> None:
        _check(model, settings)
        self.graph = graph
        self.model = model
        self.settings = settings
        self._style = load_style(settings.style, settings.prompts)
        self._checker = Checker(graph)
        self._retriever = Retriever(graph, linker=self._checker.linker)
        self._reader = DraftReader(self._checker)

    def using(
        self, model: LanguageModel | None, settings: ReasonSettings | None = None
    ) -> "Reasoner":
        """Return a reasoner with another model or other settings that shares what this one has indexed."""
        _check(model, self.settings if settings is None else settings)
        other = copy(self)
        other.model = model
        if settings is not None:
            other.settings = settings
            other._style = load_style(settings.style, settings.prompts)
        return other

    def reason(self, observation: Given) -> Reasoning:
        """Return what came of reasoning about an observation.

        With a model: a draft, the verdicts on its claims, feedback with the contradicted ones and the triples
        against them, a revision, until nothing is contradicted, nothing changes, or the effort is spent;
        the best draft is kept. Without one: the graph's ranking and a rationale written from its triples.

        :raises InputError: if the observation has nothing to go by, or a value is out of range.
        :raises UnknownTermError: if it names what the graph does not hold.
        :raises BackendError: if the model fails before there is any draft; later, the drafts before are kept
            and the error stands in the result.

        >>> found = Reasoner(EmotionGraph.load()).reason({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})
        >>> found.emotion.slug, found.report.counts()["contradicted"]
        ('joy', 0)
        """
        *_, last = self._events(observation, streams=False)
        assert isinstance(last, Reasoning)  # noqa: S101 - for the type checker
        return last

    def reason_many(self, observations: Iterable[Given]) -> list[Reasoning | AffectGraphError]:
        """Return what came of each observation, in order; a bad one gives its error and loses no other.

        With a model, up to 32 are in work at once, so that its requests share batches.

        :raises InputError: if a single observation is given.
        """
        if isinstance(observations, Observation | Mapping | str):
            raise InputError(
                f"Expected several observations, got one {type(observations).__name__}. Use reason()."
            )
        rows = list(observations)
        if self.model is None or len(rows) < 2:
            return [self._or_error(row) for row in rows]
        with ThreadPoolExecutor(min(CONCURRENT, len(rows)), thread_name_prefix="reason") as pool:
            return list(pool.map(self._or_error, rows))

    def events(self, observation: Given) -> Generator[Event, None, None]:
        """Yield what happens as it does: the evidence, pieces of drafts, rounds with verdicts, the result.

        Closing it ends the model's work at its next token.

        :raises AffectGraphError: as :meth:`reason` does.
        """
        return self._events(observation, streams=True)

    def estimate(self, observation: Given) -> RunEstimate:
        """Return what reasoning about an observation would take with a model, asking none.

        :raises AffectGraphError: if :meth:`reason` would refuse the observation.

        >>> found = Reasoner(EmotionGraph.load()).estimate({"label": "joy"})
        >>> found.ambiguity, found.least.calls, found.least.answer_tokens, found.least == found.most
        ('clear', 1, 256, True)
        """
        evidence = self._retriever.retrieve(observation)
        run = _Run(self, "", evidence)
        return estimate_run(evidence.entropy, run._effort, run.requests())

    def _or_error(self, observation: Given) -> Reasoning | AffectGraphError:
        try:
            return self.reason(observation)
        except AffectGraphError as error:
            return error

    def _events(self, observation: Given, *, streams: bool) -> Generator[Event, None, None]:
        start, started_at = perf_counter(), datetime.now(UTC)
        evidence = self._retriever.retrieve(observation)
        retrieved = perf_counter() - start
        yield evidence
        if self.model is None:
            result = self._of_graph(evidence)
        else:
            run = _Run(self, self.model.name, evidence)
            while requests := run.requests():
                generations: list[Generation] = []
                try:
                    if streams:
                        yield from _stream(self.model, requests, generations)
                    else:
                        generations = self.model.batch(requests)
                except AffectGraphError as error:
                    if any(came := generations or answers_in_place(error, len(requests))):
                        yield run.take(requests, came)
                    run.fail(error)
                    break
                yield run.take(requests, generations)
            result = run.result()
        whole = perf_counter() - start
        yield replace(result, seconds=whole, retrieval_seconds=retrieved, started_at=started_at)

    def _of_graph(self, evidence: GroundedEvidence) -> Reasoning:
        """Return the graph's own reasoning; a sentence that its own check speaks against is left out.

        Where that is the conclusion, the emotion stays undetermined and the rationale says so.
        """
        emotion = concluded(self.graph, evidence)
        statements = graph_statements(self.graph, evidence, emotion)
        notes = list(evidence.notes)
        while True:
            rationale = " ".join(statement.text for statement in statements)
            report = self._checker.check(rationale, aus=evidence.readings)
            wrong = [j for j in report.judgements if _is_refuted(j)]
            kept = tuple(s for s in statements if not any(_is_in(j.claim.quote, s) for j in wrong))
            if not wrong or len(kept) == len(statements):
                break
            dropped = [s.text for s in statements if s not in kept]
            notes.append(f"Left out, since the check speaks against it: {' '.join(dropped)}")
            if emotion is not None and statements[-1] not in kept:
                emotion = None
                kept = graph_statements(self.graph, evidence, None)
            statements = kept
        return Reasoning(
            evidence,
            emotion,
            rationale,
            statements,
            report,
            (),
            None,
            "no_model",
            notes=tuple(notes),
        )


def _check(model: object, settings: object) -> None:
    if model is not None:
        require_model(model)
    if not isinstance(settings, ReasonSettings):
        raise InputError(f"Expected ReasonSettings(...) as settings, got {settings!r}.")


def _is_refuted(judgement: Judgement) -> bool:
    """Return whether a claim is contradicted, or all evidence for a conclusion points elsewhere."""
    return judgement.verdict == "contradicted" or judgement.rule == "evidence-besides"


def _is_in(quote: str, statement: Any) -> bool:
    return quote.strip() in statement.text


def _stream(
    model: LanguageModel, requests: Sequence[GenerationRequest], found: list[Generation]
) -> Iterator[Delta]:
    """Yield the pieces of answers and put the whole ones into ``found``."""
    for request in requests:
        for delta in model.stream(request):
            yield delta
            if delta.generation is not None:
                found.append(delta.generation)


class _Run:
    """One observation on its way through the rounds."""

    def __init__(self, reasoner: Reasoner, model: str, evidence: GroundedEvidence) -> None:
        settings = reasoner.settings
        self._settings = settings
        self._model = model
        self._style: PromptStyle = reasoner._style
        self._effort = settings.effort or effort_for(evidence.entropy)
        self._evidence = evidence
        shown = replace(evidence, facts=evidence.facts[: self._effort.facts])
        self._form = reasoner._reader.form(shown, settings.answer, self._effort.steps)
        self._asked = (
            Message("system", system_text(self._style, settings.answer)),
            Message("user", user_text(self._style, shown, self._form.emotions)),
        )
        self._messages: tuple[Message, ...] = self._asked
        self._tone = ""
        self._rounds: list[Round] = []
        self._stopped: StopReason | None = None
        self._error: AffectGraphError | None = None

    def requests(self) -> tuple[GenerationRequest, ...]:
        """Return what to ask next; nothing if the run has ended."""
        if self._stopped is not None:
            return ()
        if self._rounds:
            self._ask_again(self._rounds[-1].chosen)
        constraint = self._form.constraint
        room = max(self._effort.max_tokens, constraint.reserve if constraint is not None else 0)
        first = self._settings.seed + len(self._rounds) * self._effort.drafts
        greedy = GenerationRequest(self._messages, constraint, max_tokens=room)
        samples = (
            replace(greedy, temperature=SAMPLE_TEMPERATURE, seed=first + number)
            for number in range(1, self._effort.drafts)
        )
        return (greedy, *samples)

    def _ask_again(self, draft: Draft) -> None:
        schedule = self._settings.schedule
        self._tone = schedule[min(len(self._rounds), len(schedule)) - 1]
        feedback = revision_text(self._style, self._tone, draft.problem, draft.failures)
        self._messages = (
            *self._asked,
            Message("assistant", draft.generation.text),
            Message("user", feedback),
        )

    def take(self, asked: Sequence[GenerationRequest], came: Sequence[Generation | None]) -> Round:
        """Read and check answers, keep them as a round, and decide whether it was the last.

        :param came: answers in the order asked, None or nothing in place of one that is missing.
        """
        drafts = tuple(
            replace(self._form.read(answer, self._evidence), temperature=request.temperature)
            for request, answer in zip(asked, came, strict=False)
            if answer is not None
        )
        best = max(range(len(drafts)), key=lambda n: (drafts[n].score, -n))
        number = len(self._rounds) + 1
        done = Round(number, self._messages, self._tone, drafts, best)
        before = self._rounds[-1].chosen.generation.text if self._rounds else None
        self._rounds.append(done)
        if done.chosen.is_clean:
            self._stopped = "clean"
        elif done.chosen.generation.text == before:
            self._stopped = "unchanged"
        elif number >= self._effort.rounds:
            self._stopped = "budget"
        return done

    def fail(self, error: AffectGraphError) -> None:
        """End the run for an error of the model.

        :raises AffectGraphError: the error, if there is no draft to keep.
        """
        if not self._rounds:
            raise error
        self._stopped, self._error = "model_failed", error

    def result(self) -> Reasoning:
        """Return what came of the run: the best draft of all rounds, the earliest of equals."""
        kept = max(self._rounds, key=lambda r: (r.chosen.score, -r.number))
        draft = kept.chosen
        notes = [note for r in self._rounds for d in r.drafts for note in d.generation.notes]
        problem = [f"The answer kept is not in form: {draft.problem}"] if draft.problem else []
        return Reasoning(
            self._evidence,
            draft.emotion,
            draft.rationale,
            draft.statements,
            draft.report,
            tuple(self._rounds),
            kept.number,
            self._stopped or "budget",
            self._model,
            self._style.name,
            self._error,
            (*self._evidence.notes, *dict.fromkeys(notes), *problem),
            settings=self._settings,
            effort=self._effort,
        )
