"""Writes runs of reasoning as RDF: PROV-O for what came from what, the checker's terms for verdicts.

A run is an activity that used an observation and a version of the graph. Each round is an activity of it
that used a prompt and was informed by the round before and by its check; it generated drafts, which revise
the draft that the model was shown. A check of each round generated a report per draft. The terms are those
of ``ontology/layers/tracing_terms.py``, the shapes ``ontology/shapes/tracing.ttl``.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from affectgraph.kg.envelopes.model import Envelope, Loss
from affectgraph.kg.envelopes.names import is_iri, observation_iri, part_iri, thing_iri
from affectgraph.kg.envelopes.rdf import moment, number, observation_quads
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.ontology.iris import AG, BASE, DCT, OWL, PROV, RDFS
from affectgraph.ontology.triples import A, Object, boolean, describe, integer, string
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner.claim_rdf import (
    CheckedRationale,
    clean,
    clean_string,
    fact_iri,
    fact_quads,
)
from affectgraph.reasoner.constrain import Statement
from affectgraph.reasoner.model import Fact
from affectgraph.reasoner.models.model import Message
from affectgraph.reasoner.reasoning import Draft, Reasoning, each_run
from affectgraph.reasoner.report_rdf import checking_quads, user_document
from affectgraph.reasoner.trace_records import reasoning_iri
from affectgraph.reasoner.trace_texts import digest, without_texts

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

Pairs = list[tuple[str, Object]]


def reasonings_to_rdf(
    graph: "EmotionGraph",
    reasonings: Iterable[Reasoning | AffectGraphError],
    *,
    format: str = "turtle",  # noqa: A002
    name: str | None = None,
    texts: bool = True,
) -> Envelope:
    """Return runs of reasoning as one RDF document, sorted.

    Equal input gives equal bytes; the IRI of a run is made from its content, its times with it. An error
    in the list, as :meth:`Reasoner.reason_many` gives it, has no run: it is one of the ``losses``. The
    document is made in memory: some 10 to 30 kB a draft, by the facts in its prompt. RDF leaves out what
    :func:`trace_record` has of a model's thoughts, actions not shown, and what each channel says.

    :param graph: the graph that the runs used.
    :param format: ``turtle``, ``jsonld``, ``ntriples``, or ``trig`` for a named graph.
    :param name: with ``trig``: name of the graph below ``graph/user/``, lower-case letters, digits and
        hyphens; ``traces`` if left out.
    :param texts: whether observed text, prompts, answers and quotes are in it; else the first three have
        their ``ag:textDigest`` alone, as they have with texts, too.
    :raises InputError: if there is no such format, a name comes with another or is none, a single
        reasoning or anything else is given, or a run used another version of the graph.

    >>> import affectgraph
    >>> run = affectgraph.reason({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})
    >>> written = reasonings_to_rdf(affectgraph.load(), [run])
    >>> "ag:concludedConcept emotion:joy" in written.content, written.losses
    (True, ())
    """
    rows = list(each_run(reasonings))
    runs = [row for row in rows if isinstance(row, Reasoning)]
    quads = (quad for run in runs for quad in _Trace(graph, run, texts).quads())
    document = user_document(quads, format, name, default="traces")
    return replace(document, losses=tuple(_losses(rows, texts)))


def _losses(rows: Iterable[Reasoning | AffectGraphError], texts: bool) -> Iterator[Loss]:
    for place, row in enumerate(rows):
        if isinstance(row, AffectGraphError):
            said = f": {row}" if texts else ""
            yield Loss(f"reasonings[{place}]", "error", f"no run, {type(row).__name__}{said}")


class _Trace:
    """One run on its way into RDF.

    :param texts: whether words are written.
    """

    def __init__(self, graph: "EmotionGraph", run: Reasoning, texts: bool) -> None:
        if run.evidence.graph_version != graph.version:
            raise InputError(
                f"Expected runs that used version {graph.version} of the graph, got one of "
                f"{run.evidence.graph_version}. Give the graph that they used."
            )
        self._graph = graph
        self._texts = texts
        self._full = run
        self._run = run if texts else without_texts(run)
        self._iri = reasoning_iri(run)
        self._reasoner = part_iri(self._iri, "reasoner")
        self._model = thing_iri(clean(run.model)) if run.model else ""
        if run.rounds and not run.model:
            self._model = part_iri(self._iri, "model")
        self._observation = observation_iri(run.evidence.observation)

    def quads(self) -> Iterator[Quad]:
        """Yield the triples of the run and of all that belongs to it."""
        yield from describe(self._iri, [*self._provenance(), *self._settings(), *self._outcome()])
        yield from self._agents()
        yield from self._observed()
        if not self._run.rounds:
            yield from self._own_rationale()
        for place in range(len(self._run.rounds)):
            yield from self._round(place)

    # --- the run ----------------------------------------------------------------------------------

    def _provenance(self) -> Pairs:
        pairs: Pairs = [
            (A, AG + "ReasoningRun"),
            (A, PROV + "Activity"),
            (PROV + "used", self._observation),
            (PROV + "used", f"{BASE}ontology/{self._graph.version}"),
            (PROV + "wasAssociatedWith", self._reasoner),
        ]
        if self._model:
            pairs.append((PROV + "wasAssociatedWith", self._model))
        at = self._run.started_at
        if at is not None:
            ended = at + timedelta(seconds=self._run.seconds)
            pairs += [(PROV + "startedAtTime", moment(at)), (PROV + "endedAtTime", moment(ended))]
        return pairs

    def _settings(self) -> Pairs:
        settings = self._run.settings
        if settings is None:
            return []
        return [
            (AG + "promptStyle", string(self._run.style)),
            (AG + "answerForm", string(settings.answer)),
            (AG + "randomSeed", integer(settings.seed)),
        ]

    def _outcome(self) -> Pairs:
        run = self._run
        pairs: Pairs = [
            (AG + "entropyBits", number(run.evidence.entropy)),
            (AG + "keptRationale", self._kept()),
            (AG + "abstains", boolean(run.abstains)),
            (AG + "stopReason", string(run.stopped)),
            (AG + "runSeconds", number(run.seconds)),
            (AG + "retrievalSeconds", number(run.retrieval_seconds)),
        ]
        if run.emotion is not None:
            pairs.append((AG + "concludedConcept", run.emotion.iri))
        if run.error is not None:
            pairs.append((AG + "errorType", string(type(run.error).__name__)))
        return pairs

    def _kept(self) -> str:
        for place, one in enumerate(self._run.rounds):
            if one.number == self._run.chosen:
                return self._draft_iri(place, one.best)
        return part_iri(self._iri, "rationale")

    def _agents(self) -> Iterator[Quad]:
        reasoner: Pairs = [
            (A, PROV + "SoftwareAgent"),
            (RDFS + "label", string("AffectGraph reasoner")),
            (OWL + "versionInfo", string(VERSION)),
        ]
        yield from describe(self._reasoner, reasoner)
        if self._model:
            model: Pairs = [
                (A, PROV + "SoftwareAgent"),
                (RDFS + "label", clean_string(self._run.model or "a model without a name")),
            ]
            yield from describe(self._model, model)

    def _observed(self) -> Iterator[Quad]:
        """Yield the observation under one IRI, with its text or without."""
        full = self._full.evidence.observation
        shown = self._run.evidence.observation
        if not self._texts:
            shown = replace(shown, text="", id=self._observation)
            if full.id and not is_iri(full.id):
                yield from describe(self._observation, [(DCT + "identifier", string(full.id))])
        yield from observation_quads(self._graph, shown)
        yield from describe(self._observation, _digested(full.text))

    def _own_rationale(self) -> Iterator[Quad]:
        """Yield the rationale that the graph wrote without a model."""
        iri = part_iri(self._iri, "rationale")
        yield from describe(iri, [(PROV + "wasGeneratedBy", self._iri)])
        yield from describe(iri, _digested(self._full.rationale))
        yield from _cited(iri, self._run.statements)
        rationale = self._checked(iri, self._run, self._reasoner)
        yield from self._check("check", [rationale], self._iri)

    # --- rounds -----------------------------------------------------------------------------------

    def _round(self, place: int) -> Iterator[Quad]:
        one = self._run.rounds[place]
        iri, prompt = self._round_iri(place), part_iri(self._iri, f"prompt-{one.number}")
        pairs: Pairs = [
            (A, AG + "DraftingRound"),
            (A, PROV + "Activity"),
            (DCT + "isPartOf", self._iri),
            (AG + "roundNumber", integer(one.number)),
            (PROV + "used", prompt),
            (PROV + "wasAssociatedWith", self._model),
        ]
        if one.tone:
            pairs.append((AG + "feedbackTone", string(one.tone)))
        if place:
            pairs += [
                (PROV + "wasInformedBy", self._round_iri(place - 1)),
                (PROV + "wasInformedBy", self._check_iri(place - 1)),
            ]
        yield from describe(iri, pairs)
        yield from self._prompt(prompt, place)
        for number_ in range(len(one.drafts)):
            yield from self._draft(place, number_)
        drafts = [
            self._checked(self._draft_iri(place, n), draft, self._model)
            for n, draft in enumerate(one.drafts)
        ]
        yield from self._check(f"check-{one.number}", drafts, iri)

    def _prompt(self, iri: str, place: int) -> Iterator[Quad]:
        """Yield the messages of a round as JSON, and the draft that they show to the model."""
        said = _written(self._full.rounds[place].messages)
        pairs: Pairs = [(A, AG + "Prompt"), (A, PROV + "Entity"), *_digested(said)]
        if self._texts:
            pairs.append((PROV + "value", clean_string(said)))
        if place:
            pairs.append((PROV + "wasDerivedFrom", self._shown(place - 1)))
        yield from describe(iri, pairs)

    def _draft(self, place: int, number_: int) -> Iterator[Quad]:
        iri = self._draft_iri(place, number_)
        draft = self._run.rounds[place].drafts[number_]
        full = self._full.rounds[place].drafts[number_]
        pairs: Pairs = [
            (A, AG + "RationaleDraft"),
            (PROV + "wasGeneratedBy", self._round_iri(place)),
            *_digested(full.generation.text),
            *_measures(draft),
        ]
        if self._texts and full.generation.text:
            pairs.append((PROV + "value", clean_string(full.generation.text)))
        if place:
            pairs.append((PROV + "wasRevisionOf", self._shown(place - 1)))
        yield from describe(iri, pairs)
        yield from _cited(iri, draft.statements)

    def _checked(self, iri: str, one: Draft | Reasoning, agent: str) -> CheckedRationale:
        return CheckedRationale(one.rationale if self._texts else "", one.report, iri, agent)

    def _check(self, name: str, rationales: list[CheckedRationale], after: str) -> Iterator[Quad]:
        iri = part_iri(self._iri, name)
        yield from checking_quads(self._graph, iri, rationales)
        yield from describe(iri, [(DCT + "isPartOf", self._iri), (PROV + "wasInformedBy", after)])

    def _shown(self, place: int) -> str:
        """Return the draft of a round that the next one's prompt shows."""
        return self._draft_iri(place, self._run.rounds[place].best)

    def _round_iri(self, place: int) -> str:
        return part_iri(self._iri, f"round-{self._run.rounds[place].number}")

    def _check_iri(self, place: int) -> str:
        return part_iri(self._iri, f"check-{self._run.rounds[place].number}")

    def _draft_iri(self, place: int, number_: int) -> str:
        return part_iri(self._iri, f"draft-{self._run.rounds[place].number}-{number_ + 1}")


def _written(messages: Iterable[Message]) -> str:
    return json.dumps([asdict(message) for message in messages], ensure_ascii=False)


def _digested(text: str) -> Pairs:
    return [(AG + "textDigest", string(digest(text).removeprefix("sha256:")))] if text else []


def _measures(draft: Draft) -> Pairs:
    """Return what a draft is worth, how it was asked for, and what it cost."""
    came = draft.generation
    pairs: Pairs = [
        (AG + "draftScore", number(draft.score)),
        (AG + "finishReason", string(came.finish_reason)),
        (AG + "samplingTemperature", number(draft.temperature)),
        (AG + "promptTokens", integer(came.usage.prompt_tokens)),
        (AG + "completionTokens", integer(came.usage.completion_tokens)),
        (AG + "cachedTokens", integer(came.usage.cached_tokens)),
        (AG + "generationSeconds", number(came.seconds)),
        (AG + "checkSeconds", number(draft.check_seconds)),
    ]
    if came.seed is not None:
        pairs.append((AG + "randomSeed", integer(came.seed)))
    if draft.problem:
        pairs.append((AG + "formProblem", clean_string(draft.problem)))
    if draft.emotion is not None:
        pairs.append((AG + "concludedConcept", draft.emotion.iri))
    return pairs


def _cited(iri: str, statements: Iterable[Statement]) -> Iterator[Quad]:
    facts: dict[Fact, None] = {}
    for statement in statements:
        facts |= dict.fromkeys(statement.fact.triples if statement.fact is not None else ())
    yield from describe(iri, [(AG + "cites", fact_iri(fact)) for fact in facts])
    for fact in facts:
        yield from fact_quads(fact)
