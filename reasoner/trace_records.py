"""Writes a run of reasoning as one JSON record: what was observed, asked, answered, judged and kept."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from affectgraph.kg.observed import to_dict
from affectgraph.linkers.face_columns import Readings
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner.claim_rdf import made_iri
from affectgraph.reasoner.constrain import Statement
from affectgraph.reasoner.loop import ReasonSettings
from affectgraph.reasoner.model import Claim, Fact, Judgement, Report
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round
from affectgraph.reasoner.retrieve import GroundedEvidence
from affectgraph.reasoner.trace_texts import without_texts

TRACE_VERSION = 1
"""Of the record's form; a field that goes or changes its meaning raises it, a new one does not."""


def trace_record(reasoned: Reasoning | AffectGraphError, *, texts: bool = True) -> dict[str, Any]:
    """Return a run of reasoning as JSON data; one record is one line of a file of traces.

    ``docs/reasoning.md`` lists the fields. Nothing of the run is left out but the facts that were offered:
    they stand in the messages. An error, as :meth:`Reasoner.reason_many` gives it, is a record with
    ``error`` and no ``rounds``, so that line n stays observation n. A record has some 10 to 20 kB a draft,
    most of it verdicts and messages.

    :param texts: whether observed text, messages, answers and quotes are in it; else whole texts are
        ``sha256:...`` and other words empty (see :func:`affectgraph.reasoner.trace_texts.without_texts`).

    >>> import affectgraph
    >>> found = trace_record(affectgraph.reason({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}}))
    >>> found["emotion"], found["stopped"], found["rounds"], found["report"]["counts"]["contradicted"]
    ('joy', 'no_model', [], 0)
    """
    if isinstance(reasoned, AffectGraphError):
        return {"trace_version": TRACE_VERSION, "id": None, "error": _error(reasoned, texts)}
    return {"id": reasoning_iri(reasoned), **_content(reasoned, texts)}


def reasoning_iri(reasoning: Reasoning) -> str:
    """Return the IRI of a run, made from all that stands in its record, times with it.

    It is the same whether a trace keeps its texts or not.
    """
    return made_iri("reasoning", json.dumps(_content(reasoning, texts=True)))


def _content(reasoning: Reasoning, texts: bool) -> dict[str, Any]:
    shown = reasoning if texts else without_texts(reasoning)
    at = shown.started_at
    return {
        "trace_version": TRACE_VERSION,
        "software": f"affectgraph {VERSION}",
        "graph_version": shown.evidence.graph_version,
        "started_at": at.isoformat() if at is not None else None,
        "observation": to_dict(shown.evidence.observation),
        "evidence": _evidence(shown.evidence),
        "model": shown.model,
        "settings": _settings(shown),
        "rounds": [_round(one) for one in shown.rounds],
        "kept": _kept(shown),
        **_outcome(shown),
        "stopped": shown.stopped,
        "error": _error(shown.error, texts),
        "notes": list(shown.notes),
        "usage": asdict(shown.usage),
        "seconds": shown.seconds,
        "retrieval_seconds": shown.retrieval_seconds,
    }


def _outcome(reasoning: Reasoning) -> dict[str, Any]:
    return {
        "emotion": reasoning.emotion.slug if reasoning.emotion is not None else None,
        "abstains": reasoning.abstains,
        "score": reasoning.score,
        "rationale": reasoning.rationale,
        "statements": [_statement(one) for one in reasoning.statements],
        "report": _report(reasoning.report),
    }


def _error(error: AffectGraphError | None, texts: bool) -> dict[str, str] | None:
    if error is None:
        return None
    return {"type": type(error).__name__, "message": str(error) if texts else ""}


def _evidence(evidence: GroundedEvidence) -> dict[str, Any]:
    channels = [
        {
            "channel": one.channel,
            "basis": list(one.basis),
            "strength": one.strength,
            "shares": dict(one.shares),
        }
        for one in evidence.channels
    ]
    return {
        "text": evidence.text,
        "readings": _readings(evidence.readings),
        "channels": channels,
        "candidates": {one.concept.slug: one.share for one in evidence.candidates},
        "entropy": evidence.entropy,
        "facts": len(evidence.facts),
        "touched": evidence.touched,
    }


def _readings(readings: Readings | None) -> dict[str, Any] | None:
    if readings is None:
        return None
    values = {code: [list(pair) for pair in pairs] for code, pairs in readings.values.items()}
    return {"detector": readings.detector.name, "values": values, "shown": dict(readings.shown)}


def _settings(reasoning: Reasoning) -> dict[str, Any] | None:
    settings: ReasonSettings | None = reasoning.settings
    if settings is None:
        return None
    return {
        "style": reasoning.style,
        "answer": settings.answer,
        "feedback": list(settings.schedule),
        "seed": settings.seed,
        "effort": asdict(reasoning.effort) if reasoning.effort is not None else None,
    }


def _kept(reasoning: Reasoning) -> dict[str, int] | None:
    """Return where the kept draft stands: number of its round, from 1, and place in it, from 0."""
    found = next((one for one in reasoning.rounds if one.number == reasoning.chosen), None)
    return {"round": found.number, "draft": found.best} if found is not None else None


# --- rounds ---------------------------------------------------------------------------------------


def _round(one: Round) -> dict[str, Any]:
    return {
        "number": one.number,
        "tone": one.tone,
        "messages": [asdict(message) for message in one.messages],
        "best": one.best,
        "drafts": [_draft(draft) for draft in one.drafts],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    came = draft.generation
    return {
        "answer": came.text,
        "reasoning": came.reasoning,
        "finish_reason": came.finish_reason,
        "model": came.model,
        "seed": came.seed,
        "temperature": draft.temperature,
        "usage": asdict(came.usage),
        "seconds": came.seconds,
        "check_seconds": draft.check_seconds,
        "notes": list(came.notes),
        "problem": draft.problem,
        "rationale": draft.rationale,
        "statements": [_statement(one) for one in draft.statements],
        "emotion": draft.emotion.slug if draft.emotion is not None else None,
        "action_units": list(draft.action_units),
        "score": draft.score,
        "report": _report(draft.report),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    fact = statement.fact
    cited = None if fact is None else {"text": fact.text, "triples": _facts(fact.triples)}
    return {"text": statement.text, "fact": cited}


def _facts(facts: Iterable[Fact]) -> list[dict[str, str]]:
    return [asdict(fact) for fact in facts]


# --- verdicts -------------------------------------------------------------------------------------


def _report(report: Report) -> dict[str, Any]:
    return {
        "label": report.grounding.text if report.grounding is not None else None,
        "judgements": [_judgement(one) for one in report.judgements],
        "counts": dict(report.counts()),
        "scores": report.scores.values(),
        "conclusion": report.conclusion,
        "notes": list(report.notes),
        "graph_version": report.graph_version,
        "sources": report.sources,
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "claim": _claim(judgement.claim),
        "verdict": judgement.verdict,
        "rule": judgement.rule,
        "strength": judgement.strength,
        "sentence": judgement.sentence,
        "facts": _facts(judgement.facts),
        "hint": judgement.hint,
        "rivals": list(judgement.rivals),
        "dissent": list(judgement.dissent),
        "carried_by": list(judgement.carried_by),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "type": claim.type,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "source": claim.source,
        "subject": list(claim.subject),
        "object": list(claim.object),
        "is_denied": claim.is_denied,
        "is_hedged": claim.is_hedged,
        "degree": claim.degree,
        "side": claim.side,
        "modality": claim.modality,
        "confidence": claim.confidence,
        "attributed_to": claim.attributed_to,
    }
