"""Runs of reasoning with a scripted model, for the tests of traces and training data."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Draft, Effort, Reasoner, Reasoning, ReasonSettings, Round
from affectgraph.reasoner.models import ScriptedModel

AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SMILE = {"aus": {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU20_r": 0.0}}
SAID = {**SMILE, "text": "My boss Frank Ogilvy made me laugh.", "id": "clip-7", "agent": "Ann"}

GOOD = "AU6 and AU12 suggest joy. Overall, this is joy."
WRONG = "AU6 and AU12 suggest joy. AU20 is the nostril flare. Overall, this is joy."
WORSE = "AU6 is the nose wrinkler. AU20 is the nostril flare. AU12 is the jaw drop."
FACT = "AU12 is the lip corner puller"


def effort(**chosen: int) -> Effort:
    return Effort(
        **{"rounds": 3, "drafts": 1, "facts": 40, "steps": 6, "max_tokens": 400, **chosen}
    )


def run(
    graph: EmotionGraph, replies: Sequence[Any], observation: Any = SMILE, **chosen: Any
) -> Reasoning:
    """Return a run as it came, but with times that do not change."""
    model = ScriptedModel(replies, name=chosen.pop("model", "scripted"))
    settings = ReasonSettings(**{"answer": "free", "effort": effort(), **chosen})
    return timed(Reasoner(graph, model, settings=settings).reason(observation))


def timed(found: Reasoning) -> Reasoning:
    rounds = tuple(replace(one, drafts=tuple(map(_timed, one.drafts))) for one in found.rounds)
    return replace(found, rounds=rounds, started_at=AT, seconds=1.5, retrieval_seconds=0.25)


def _timed(draft: Draft) -> Draft:
    generation = replace(draft.generation, seconds=0.5)
    return replace(draft, generation=generation, check_seconds=0.125)


def with_answers(found: Reasoning, **fields: Any) -> Reasoning:
    """Return a run whose answers have other fields."""

    def changed(one: Round) -> Round:
        drafts = (replace(d, generation=replace(d.generation, **fields)) for d in one.drafts)
        return replace(one, drafts=tuple(drafts))

    return replace(found, rounds=tuple(map(changed, found.rounds)))


def json_answer(
    *texts: str,
    emotion: str = "joy",
    fact: str = "no fact",
    units: Sequence[str] = ("AU6", "AU12"),
) -> str:
    """Return an answer in JSON; without units it has no field for them, as where none are shown."""
    steps = [{"text": text, "fact": fact} for text in texts]
    named = {"action_units": list(units)} if units else {}
    return json.dumps({"steps": steps, **named, "emotion": emotion})
