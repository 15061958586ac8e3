"""What reasoning and retrieval give as plain text for the terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator

from affectgraph.api.reason_run import tokens_text
from affectgraph.api.text import table
from affectgraph.kg.faces import CAVEAT
from affectgraph.reasoner import GroundedEvidence, RankedEmotion, Reasoning
from affectgraph.reasoner.constrain import CitableFact, Statement
from affectgraph.reasoner.reasoning import StopReason

WHY: dict[StopReason, str] = {
    "no_model": "no model: the graph reasoned alone",
    "clean": "clean: nothing in the draft is contradicted",
    "unchanged": "unchanged: a revision repeated the draft",
    "budget": "budget: no round was left",
    "model_failed": "model_failed: the model failed, and what came before it is kept",
}


def reasoning_text(found: Reasoning) -> str:
    """Return what came of reasoning: conclusion, rationale, ranked emotions, verdicts, why it ended."""
    name = "undetermined" if found.emotion is None else found.emotion.slug
    lines = [f"{name} (score {found.score:.2f})", *_rationale_lines(found), ""]
    lines += [*_evidence_lines(found.evidence), "", *_verdict_lines(found), *_run_lines(found)]
    return printable("\n".join([*lines, *found.notes, CAVEAT]))


def evidence_text(evidence: GroundedEvidence) -> str:
    """Return what the graph knows: ranked emotions, then facts with their sources, then notes."""
    shown = len(evidence.facts)
    facts = f"{shown:,} of {evidence.touched:,} facts, about {evidence.tokens:,} tokens"
    lines = [*_evidence_lines(evidence), "", facts, *map(_fact_line, evidence.facts)]
    return printable("\n".join([*lines, *evidence.notes, CAVEAT]))


def printable(text: str) -> str:
    r"""Return a text with U+FFFD for what a model wrote that could steer a terminal, or that UTF-8 lacks.

    >>> ascii(printable("red:\x1b[31m \ud800\nnext"))
    "'red:\\ufffd[31m \\ufffd\\nnext'"
    """
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def _evidence_lines(evidence: GroundedEvidence) -> Iterator[str]:
    if not evidence.is_known:
        yield "The graph knows nothing of what was observed."
        return
    yield table(["share", "emotion", "by channel"], map(_candidate_row, evidence.candidates))
    yield f"left open: {evidence.entropy:.2f} bits"


def _candidate_row(candidate: RankedEmotion) -> tuple[object, ...]:
    channels = ", ".join(f"{name} {share:.2f}" for name, share in candidate.channels)
    return candidate.share, candidate.concept.slug, channels


def _fact_line(fact: CitableFact) -> str:
    return f"  {fact.text} [{_sources(fact)}]"


def _sources(fact: CitableFact) -> str:
    return ", ".join(dict.fromkeys(triple.source for triple in fact.triples))


def _rationale_lines(found: Reasoning) -> list[str]:
    if not found.statements:
        return [f"  {line}" for line in found.rationale.splitlines()]
    return list(map(_statement_line, found.statements))


def _statement_line(statement: Statement) -> str:
    """Return a sentence with the fact that it cites, or that fact's sources if it says just that."""
    text, fact = " ".join(statement.text.split()), statement.fact
    if fact is None:
        return f"  {text}"
    is_fact = text.rstrip(".").casefold() == fact.text.casefold()
    return f"  {text} [{_sources(fact) if is_fact else fact.text}]"


def _verdict_lines(found: Reasoning) -> Iterator[str]:
    counts = found.report.counts().items()
    yield "claims: " + ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in counts)
    for judgement in found.report.contradictions():
        yield f"  contradicted: {judgement.sentence} {judgement.hint}".rstrip()


def _run_lines(found: Reasoning) -> Iterable[str]:
    yield WHY[found.stopped]
    if found.error is not None:
        yield f"error: {found.error}"
    if not found.model:
        return
    drafts = sum(len(done.drafts) for done in found.rounds)
    yield (
        f"model {found.model}, style {found.style}: round {found.chosen} of {len(found.rounds)} kept, "
        f"{drafts} drafts, {found.seconds:.1f} s"
    )
    usage = found.usage
    yield tokens_text(
        Counter(
            prompt=usage.prompt_tokens, cached=usage.cached_tokens, answer=usage.completion_tokens
        )
    )
