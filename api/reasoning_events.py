"""What happens while the reasoner works, as server-sent events: names, numbers and JSON."""

import json
from collections.abc import Callable

from affectgraph.api.bodies import encodable
from affectgraph.api.event_stream import server_sent
from affectgraph.api.problems import Problem
from affectgraph.api.reasonings import ReasoningAnswer, to_evidence, to_round
from affectgraph.api.shapes import Shape
from affectgraph.reasoner import GroundedEvidence, Reasoning, Round
from affectgraph.reasoner.loop import Event
from affectgraph.reasoner.models import Delta

ToAnswer = Callable[[Reasoning], ReasoningAnswer]
"""Shapes the result of a run."""


class Token(Shape):
    """A piece of a draft."""

    text: str
    """What came; the pieces of a draft together are its text."""
    round: int
    """Number of the round, from 1."""
    draft: int
    """Number of the draft in its round, from 1."""


class EventWriter:
    """Writes the events of one run, numbered from 1. For one task at a time.

    :param to_answer: shapes the result. :param facts: how many facts of the evidence to send.
    """

    def __init__(self, to_answer: ToAnswer, *, facts: int) -> None:
        self._to_answer = to_answer
        self._facts = facts
        self._number = 0
        self._round = 1
        self._draft = 1

    def write(self, event: Event) -> bytes:
        """Return an event as text; nothing for the end of a draft, which has no text of its own."""
        if isinstance(event, Delta):
            return self._token(event)
        if isinstance(event, Round):
            self._round, self._draft = event.number + 1, 1
            return self._sent("round", to_round(event))
        if isinstance(event, GroundedEvidence):
            return self._sent("evidence", to_evidence(event, facts=self._facts))
        return self._sent("result", self._to_answer(event))

    def problem(self, problem: Problem) -> bytes:
        """Return the event that ends a run without a result."""
        return self._text("error", problem.model_dump_json(exclude_none=True))

    def _token(self, delta: Delta) -> bytes:
        token = Token(text=delta.text, round=self._round, draft=self._draft)
        if delta.generation is not None:
            self._draft += 1
        return self._sent("token", token) if delta.text else b""

    def _sent(self, name: str, shape: Shape) -> bytes:
        return self._text(name, to_json_text(shape))

    def _text(self, name: str, data: str) -> bytes:
        self._number += 1
        return server_sent(name, data, number=self._number)


def to_json_text(shape: Shape) -> str:
    r"""Return an answer as JSON on one line; lone surrogates, which a model may write, become U+FFFD.

    >>> to_json_text(Token(text="\ud800", round=1, draft=1))
    '{"text":"\ufffd","round":1,"draft":1}'
    """
    data = encodable(shape.model_dump(mode="json"))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
