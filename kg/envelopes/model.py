"""What every envelope gives: the document, and what it could not carry."""

from dataclasses import dataclass

from affectgraph.kg.observation import Observation


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of an observation that a format or a vocabulary cannot say, or says with less.

    :param place: which episode, as ``observations[0].episodes[1]``.
    :param field: the field of the episode or observation.
    :param message: what was there, and what became of it.
    """

    place: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}.{self.field}: {self.message}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A document with what it lost.

    :param content: the document as text.
    :param media_type: its media type.
    :param losses: in the order of the observations; empty if the document holds everything.
    """

    content: str
    media_type: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read from a document.

    :param observations: in the order of the document.
    :param notes: what the document says and an observation cannot hold, one sentence each.
    """

    observations: tuple[Observation, ...]
    notes: tuple[str, ...]
