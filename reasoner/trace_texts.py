"""Takes the words out of a reasoning, so that a trace can be kept where texts of persons may not."""

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from affectgraph.kg.observation import Cause, ConceptReading, Episode, Observation, Referent
from affectgraph.reasoner.claim_rdf import ENDS
from affectgraph.reasoner.constrain import Statement
from affectgraph.reasoner.model import Judgement, Report
from affectgraph.reasoner.models.model import Generation, Message
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round
from affectgraph.reasoner.retrieve import GroundedEvidence

OUT_OF_FORM = "not in form"
"""What stands for the reason why an answer is not in its form, since that may quote the answer."""

_CODE = re.compile(r"(?:not )?[A-Za-z]{0,2}\d{1,3}(?:\|[A-Za-z]{0,2}\d{1,3})*")
_FIXED = re.compile(
    r"shown|stated|genuine|posed|primary|secondary|tertiary"
    r"|valence:(?:positive|negative)|(?:arousal|dominance):(?:high|low)"
    r"|(?:valence|arousal|dominance)=[+-]?[\d.]+(?:e-\d+)?"
)


def digest(text: str) -> str:
    """Return ``sha256:`` and the hash of a text in UTF-8 in hexadecimal; an empty text stays empty.

    >>> digest("AU12.")[:15], digest("")
    ('sha256:a3cc2f64', '')
    """
    if not text:
        return ""
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def without_texts(reasoning: Reasoning) -> Reasoning:
    """Return a reasoning in which no observed, prompted or written words are left.

    Whole texts (observed text, messages, answers, thoughts, rationales) become their :func:`digest`;
    quotes, who is said to say them, sentences, hints, notes, labels of no scheme and what a claim says in
    words become empty. What stays is what the graph knows: concepts, codes, verdicts, rules, figures, and
    the triples cited, which can name a word of the vocabulary. Names given to an observation, its item, its
    agent, and to those it is about stay.
    """
    return replace(
        reasoning,
        evidence=_evidence(reasoning.evidence),
        rationale=digest(reasoning.rationale),
        statements=_statements(reasoning.statements),
        report=_report(reasoning.report),
        rounds=tuple(_round(one) for one in reasoning.rounds),
        notes=(),
    )


# --- what was observed ----------------------------------------------------------------------------


def _evidence(evidence: GroundedEvidence) -> GroundedEvidence:
    return replace(
        evidence,
        observation=_observation(evidence.observation),
        text=digest(evidence.text),
        channels=tuple(replace(channel, basis=()) for channel in evidence.channels),
        notes=(),
    )


def _observation(observation: Observation) -> Observation:
    episodes = tuple(_episode(episode) for episode in observation.episodes)
    return replace(observation, text=digest(observation.text), episodes=episodes)


def _episode(episode: Episode) -> Episode:
    return replace(
        episode,
        concepts=tuple(_reading(reading) for reading in episode.concepts),
        cues=tuple(replace(cue, quote="") for cue in episode.cues),
        experiencer=_referent(episode.experiencer),
        stimulus=_referent(episode.stimulus),
        target=_referent(episode.target),
        cause=_cause(episode.cause),
    )


def _reading(reading: ConceptReading) -> ConceptReading:
    return reading if reading.scheme else replace(reading, label="")


def _referent(referent: Referent | None) -> Referent | None:
    """Return a referent by its id alone, None if it has but words."""
    return Referent(referent.id) if referent is not None and referent.id else None


def _cause(cause: Cause | None) -> Cause | None:
    return Cause(cause.type) if cause is not None and cause.type else None


# --- what was asked and answered ------------------------------------------------------------------


def _round(one: Round) -> Round:
    messages = tuple(Message(m.role, digest(m.content)) for m in one.messages)
    return replace(one, messages=messages, drafts=tuple(_draft(draft) for draft in one.drafts))


def _draft(draft: Draft) -> Draft:
    return replace(
        draft,
        generation=_generation(draft.generation),
        rationale=digest(draft.rationale),
        statements=_statements(draft.statements),
        problem=OUT_OF_FORM if draft.problem else "",
        report=_report(draft.report),
    )


def _generation(generation: Generation) -> Generation:
    text, reasoning = digest(generation.text), digest(generation.reasoning)
    return replace(generation, text=text, reasoning=reasoning, notes=())


def _statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(Statement("", statement.fact) for statement in statements)


# --- what the check said --------------------------------------------------------------------------


def _report(report: Report) -> Report:
    return replace(report, judgements=tuple(_judgement(one) for one in report.judgements), notes=())


def _judgement(judgement: Judgement) -> Judgement:
    """Return a judgement without words; its sentence names its verdict and rule."""
    claim = judgement.claim
    subject, object_ = ENDS[claim.type]
    bare = replace(
        claim,
        quote="",
        subject=_tokens(subject, claim.subject),
        object=_tokens(object_, claim.object),
        attributed_to="",
    )
    return replace(
        judgement, claim=bare, sentence=f"{judgement.verdict} by {judgement.rule}", hint=""
    )


def _tokens(kind: str, tokens: Iterable[str]) -> tuple[str, ...]:
    """Return those terms of a claim that the graph or the checker has, and no words of a text."""
    if kind in {"concept", "scheme", "unit or concept"}:
        return tuple(tokens)
    known = _FIXED if kind == "text" else _CODE
    return tuple(token for token in tokens if known.fullmatch(token))
