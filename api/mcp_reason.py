"""The tool that reasons with a language model: progress by round; if cancelled, it ends at the next token."""

from collections.abc import Callable
from contextlib import closing
from threading import Event
from typing import Annotated, Any

import anyio
from mcp.server.mcpserver import Context
from mcp_types import ToolAnnotations
from pydantic import Field

from affectgraph.api.answers import Report
from affectgraph.api.bodies import JsonCoordinate, JsonReadings
from affectgraph.api.mcp_answers import without_facts
from affectgraph.api.mcp_tools import TEXT_LIMIT, OptionalScheme
from affectgraph.api.reasonings import (
    EvidenceAnswer,
    ReasoningAnswer,
    RoundAnswer,
    to_reasoning,
)
from affectgraph.reasoner import GroundedEvidence, Reasoner, Reasoning, Round

CONCURRENT = 4
"""Runs at once; others wait for their turn."""

BEST = 3
"""Concepts of each channel that are sent."""

ANNOTATIONS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=False, open_world_hint=True
)
"""What the tool is: a model, maybe of another machine, may answer otherwise the next time."""

Say = Callable[[str], None]


class ReasonTool:
    """The tool ``reason``, with the reasoner it asks."""

    def __init__(self, reasoner: Reasoner) -> None:
        self._reasoner = reasoner
        self._turns = anyio.CapacityLimiter(CONCURRENT)

    async def reason(
        self,
        ctx: Context[Any, Any],
        text: Annotated[
            str | None, Field(max_length=TEXT_LIMIT, description="What was said or written.")
        ] = None,
        aus: Annotated[
            JsonReadings | None,
            Field(max_length=200, description='Detector columns, such as {"AU06_r": 2.1}.'),
        ] = None,
        vad: Annotated[
            list[JsonCoordinate] | None,
            Field(min_length=3, max_length=3, description="Valence, arousal, dominance, -1..1."),
        ] = None,
        label: Annotated[
            str | None, Field(max_length=1_000, description="Another model's label.")
        ] = None,
        scheme: OptionalScheme = None,
        facts: Annotated[
            int, Field(ge=0, le=50, description="Facts of the graph to give in words.")
        ] = 5,
        drafts: Annotated[
            bool, Field(description="Also what the model answered, with the verdicts on it.")
        ] = False,
    ) -> ReasoningAnswer:
        """Conclude an emotion from an observation, with a rationale that a model drafts and the graph checks.

        Give at least one of text, aus, vad and label. Contradicted claims go back to the model until the
        rationale holds or the effort is spent. `emotion` is left out where it stays open. Takes seconds to
        minutes. Show the `caveat`.
        """
        given = {"text": text, "aus": aus, "vad": vad, "label": label, "scheme": scheme}
        observation = {name: value for name, value in given.items() if value is not None}
        found = await self._run(observation, ctx)
        return brief(to_reasoning(found, facts=facts), drafts=drafts)

    async def _run(self, observation: dict[str, Any], ctx: Context[Any, Any]) -> Reasoning:
        """Return what came of reasoning on a thread; if cancelled, the thread ends at the next event."""
        stop = Event()
        step = 0

        def say(message: str) -> None:
            nonlocal step
            step += 1
            anyio.from_thread.run(ctx.report_progress, float(step), None, message)

        try:
            return await anyio.to_thread.run_sync(
                lambda: follow(self._reasoner, observation, stop, say),
                abandon_on_cancel=True,
                limiter=self._turns,
            )
        finally:
            stop.set()


def follow(reasoner: Reasoner, observation: dict[str, Any], stop: Event, say: Say) -> Reasoning:
    """Return what came of reasoning, and say what happens on the way.

    :param stop: once set, the model's work ends at its next token, and what there is so far is no result.
    :raises AffectGraphError: as :meth:`affectgraph.reasoner.Reasoner.reason` does.
    :raises InterruptedError: if it was stopped.
    """
    with closing(reasoner.events(observation)) as events:
        for event in events:
            if stop.is_set():
                break
            if isinstance(event, Reasoning):
                return event
            if isinstance(event, GroundedEvidence | Round):
                say(progress_text(event))
    raise InterruptedError("the call was cancelled")


def progress_text(event: GroundedEvidence | Round) -> str:
    """Return what happened in one line."""
    if isinstance(event, GroundedEvidence):
        ranked = ", ".join(f"{c.concept.slug} {c.share:.2f}" for c in event.candidates[:3])
        return f"The graph ranks {ranked or 'nothing'}; {event.entropy:.1f} bits are left open."
    best = event.chosen
    outcome = best.problem or f"contradicted claims of the best: {len(best.failures)}"
    return f"Round {event.number}, drafts: {len(event.drafts)}, {outcome}."


def brief(answer: ReasoningAnswer, *, drafts: bool) -> ReasoningAnswer:
    """Return an answer in the length that a reader of tokens can pay for; notes say what was left out.

    :param drafts: whether the rounds stay.
    """
    update: dict[str, Any] = {
        "report": _without_facts(answer.report),
        "evidence": _in_words(answer.evidence),
        "rounds": tuple(map(_without_triples, answer.rounds)) if drafts else (),
    }
    if answer.rounds and not drafts:
        note = f"Rounds left out: {len(answer.rounds)}; drafts=true gives them."
        update["notes"] = (*answer.notes, note)
    return answer.model_copy(update=update)


def _without_facts(report: Report) -> Report:
    return without_facts(report, how="`check` with facts=true gives them.")


def _without_triples(done: RoundAnswer) -> RoundAnswer:
    drafts = (d.model_copy(update={"report": _without_facts(d.report)}) for d in done.drafts)
    return done.model_copy(update={"drafts": tuple(drafts)})


def _in_words(evidence: EvidenceAnswer) -> EvidenceAnswer:
    """Return evidence with its facts in words alone, and the best concepts of each channel."""
    facts = (fact.model_copy(update={"triples": ()}) for fact in evidence.facts)
    channels = (c.model_copy(update={"shares": c.shares[:BEST]}) for c in evidence.channels)
    return evidence.model_copy(update={"facts": tuple(facts), "channels": tuple(channels)})
