"""Models and streams for tests of the service's reasoning."""

import json
from collections.abc import Iterator, Sequence
from threading import Event
from typing import Any

from affectgraph.reasoner.models import Delta, GenerationRequest, ScriptedModel

SMILE = {"aus": {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU20_r": 0.0}}
GOOD = "AU6 and AU12 suggest joy. Overall, this is joy."
WRONG = "AU6 and AU12 suggest joy. AU20 is the nostril flare. Overall, this is joy."
FREE = {"answer": "free", "effort": {"rounds": 3, "drafts": 1}, "facts": 1}
"""Options with which a script of plain answers goes round by round."""

LONGEST_WAIT = 20.0
"""Seconds after which a test that waits for a thread fails."""


class GatedModel(ScriptedModel):
    """Streams its first word, and each further one once the gate is open; says when a stream was closed."""

    def __init__(self, replies: Sequence[Any]) -> None:
        super().__init__(replies)
        self.gate = Event()
        self.began = Event()
        self.was_cut = Event()
        self.was_closed = Event()

    def stream(self, request: GenerationRequest) -> Iterator[Delta]:
        words = super().stream(request)
        try:
            yield next(words)
            self.began.set()
            yield Delta("")  # a step for the service to find out that nobody waits
            assert self.gate.wait(LONGEST_WAIT)
            yield from words
        except GeneratorExit:
            self.was_cut.set()
            raise

    def close(self) -> None:
        self.was_closed.set()


class Clock:
    """A clock that goes on by so many seconds whenever it is read."""

    def __init__(self, step: float = 0.0) -> None:
        self.seconds = 0.0
        self.step = step

    def __call__(self) -> float:
        self.seconds += self.step
        return self.seconds


def sent_events(text: str) -> list[tuple[str, Any]]:
    """Return names and data of a stream of events as a client reads them; ids must count from 1."""
    found: list[tuple[str, Any]] = []
    for block in text.split("\n\n"):
        fields: dict[str, list[str]] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        if "event" in fields:
            assert fields["id"] == [str(len(found) + 1)]
            found.append((fields["event"][0], json.loads("\n".join(fields["data"]))))
    return found
