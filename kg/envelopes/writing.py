"""Writes observations in any of the formats, by name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from affectgraph.kg.envelopes.emotionml import OWN, to_emotionml
from affectgraph.kg.envelopes.model import Envelope
from affectgraph.kg.envelopes.onyx import to_onyx
from affectgraph.kg.envelopes.rdf import to_rdf
from affectgraph.kg.observation import Observation
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

KINDS = ("emotionml", "onyx", "rdf")
"""Kinds of envelopes."""


def write_envelope(
    graph: "EmotionGraph",
    observations: Iterable[Observation],
    *,
    to: str = "emotionml",
    categories: str | None = None,
    dimensions: str | None = None,
    format: str | None = None,  # noqa: A002
) -> Envelope:
    """Return observations as a document of a kind.

    :param to: ``emotionml``, ``onyx``, or ``rdf`` in the project's own terms.
    :param categories: for EmotionML (``big6`` if left out) and Onyx (``affectgraph`` if left out).
    :param dimensions: for EmotionML; ``pad-dimensions`` if left out.
    :param format: for Onyx and RDF; ``turtle`` if left out.
    :raises UnknownTermError: if an observation, or a parameter, names what the graph does not hold.
    :raises InputError: if there is no such kind, or a parameter does not go with it.
    """
    if to not in KINDS:
        raise InputError(f"Expected an envelope of {', '.join(KINDS)}, got {to!r}.")
    given = {"categories": categories, "dimensions": dimensions, "format": format}
    idle = {"emotionml": {"format"}, "onyx": {"dimensions"}, "rdf": {"categories", "dimensions"}}
    for name in sorted(idle[to]):
        if given[name] is not None:
            raise InputError(f"Expected no {name} with {to}, got {given[name]!r}. Leave it out.")
    if to == "rdf":
        return to_rdf(graph, observations, format=format or "turtle")
    if to == "onyx":
        return to_onyx(graph, observations, categories=categories or OWN, format=format or "turtle")
    return to_emotionml(
        graph,
        observations,
        categories=categories or "big6",
        dimensions=dimensions or "pad-dimensions",
    )
