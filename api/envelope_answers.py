"""What the service sends of a document in a format of others: its text, and what it lost."""

from typing import Literal

from affectgraph.api.shapes import Shape

RdfName = Literal["turtle", "jsonld", "ntriples"]
"""What the writers of documents call a format of RDF."""


class LossAnswer(Shape):
    """Something that a document cannot carry, or carries with less."""

    place: str
    """Which episode, as `observations[0].episodes[0]`."""
    field: str
    """The field of the episode."""
    message: str
    """What was there, and what became of it."""


class EnvelopeAnswer(Shape):
    """A document with what it lost."""

    content: str
    """The document."""
    media_type: str
    """Its media type."""
    losses: tuple[LossAnswer, ...]
    """Empty if the document holds everything."""
