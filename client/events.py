"""Server-sent events as they come: text of the wire to events, events to values (HTML Standard, 9.2.6)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from affectgraph.api.event_stream import EVENT_STREAM
from affectgraph.api.problems import Problem
from affectgraph.client.call import Call
from affectgraph.client.errors import UnreachableError, UnreadableAnswerError, service_error

Event = TypeVar("Event")

_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class EventsCall(Call[Event]):
    """A question whose answer comes as events; :meth:`affectgraph.client.Client.events` asks it.

    :param kinds: types of the events' data by the events' names; others are passed over. An event ``error``
        has a problem.
    :param last: name of the event that ends an answer which is whole.
    """

    kinds: Mapping[str, Any] = field(default_factory=dict)
    last: str = "result"

    def event(self, name: str, data: str) -> Event | None:
        """Return the value of an event, None for one that this release does not know.

        :raises ServiceError: if it is a problem.
        :raises UnreadableAnswerError: if its data have another form.
        """
        kind = Problem if name == "error" else self.kinds.get(name)
        if kind is None:
            return None
        try:
            found: Any = TypeAdapter(kind).validate_json(data, extra="ignore")
        except ValidationError as error:
            raise UnreadableAnswerError(self.route, EVENT_STREAM, error) from error
        if name == "error":
            raise service_error(found, None)
        event: Event = found
        return event


class EventReader:
    """Reads one stream: chunks as they come, in any pieces, to the values of their events.

    :param call: the question. :param base_url: the service, for the error of a stream that breaks off.
    """

    def __init__(self, call: EventsCall[Event], base_url: str) -> None:
        self._call = call
        self._base_url = base_url
        self._lines = _Lines()
        self._name = ""
        self._data: list[str] = []
        self.is_whole = False
        """Whether the last event has come."""

    def take(self, chunk: bytes) -> Iterator[Any]:
        """Yield the values of the events that a chunk completes.

        :raises ServiceError: at an event ``error``.
        :raises UnreadableAnswerError: at data that have another form.
        """
        for name, data in self._events(self._lines.take(chunk)):
            event = self._call.event(name, data)
            self.is_whole = self.is_whole or name == self._call.last
            if event is not None:
                yield event

    def end(self) -> None:
        """Do nothing if the answer is whole.

        :raises UnreachableError: if it broke off.
        """
        if not self.is_whole:
            said = ValueError(f"the events ended before {self._call.last}")
            raise UnreachableError(self._base_url, said)

    def _events(self, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
        for line in lines:
            if not line:
                if self._data:
                    yield self._name or "message", "\n".join(self._data)
                self._name, self._data = "", []
                continue
            name, _, value = line.partition(":")
            if name == "event":
                self._name = value.removeprefix(" ")
            elif name == "data":
                self._data.append(value.removeprefix(" "))


class _Lines:
    """Splits bytes that come in pieces at the ends of lines that events have, and at no others."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_begun = False

    def take(self, chunk: bytes) -> Iterator[str]:
        """Yield the lines that are complete; a carriage return may be half of an end, so it waits."""
        text = self._rest + chunk
        held = text[-1:] if text.endswith(b"\r") else b""
        *lines, rest = _LINE_END.split(text[: len(text) - len(held)])
        self._rest = rest + held
        for line in lines:
            bare = line if self._is_begun else line.removeprefix(b"\xef\xbb\xbf")
            self._is_begun = True
            yield bare.decode("utf-8", "replace")
