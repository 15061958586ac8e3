"""What a concept is in other vocabularies: lookups over the mappings of the graph."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from affectgraph.kg import model
from affectgraph.ontology.errors import UnknownTermError

PREDICATES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
"""Matches, nearest first."""

Row = Mapping[str, str]


def find_mappings(
    mappings: Mapping[str, tuple[model.Mapping, ...]],
    concept: str,
    *,
    resource: str | None,
    with_rejected: bool,
) -> tuple[model.Mapping, ...]:
    """Return the mappings of a concept, nearest match first, then by resource and term.

    :param mappings: by slug of the concept, as the index holds them.
    :raises UnknownTermError: if the graph maps nothing to the resource.
    """
    if resource is not None:
        known = sorted({found.resource for found_ in mappings.values() for found in found_})
        if resource not in known:
            raise UnknownTermError(resource, kind="a mapped resource", nearest=tuple(known))
    return tuple(
        found
        for found in mappings.get(concept, ())
        if resource in {None, found.resource} and (found.is_accepted or with_rejected)
    )


def read_mappings(rows: Iterator[Row], concept: str) -> Iterator[model.Mapping]:
    """Yield the mappings of one concept from its rows of ``mappings.rq``, in the order of lookups."""
    found = [
        _mapping(concept, tuple(members)) for _, members in groupby(rows, lambda r: r["mapping"])
    ]
    yield from sorted(
        found,
        key=lambda m: (
            not m.is_accepted,
            PREDICATES.index(m.predicate),
            m.resource,
            m.term,
        ),
    )


def _mapping(concept: str, rows: tuple[Row, ...]) -> model.Mapping:
    first = rows[0]
    return model.Mapping(
        iri=first["mapping"],
        concept=concept,
        resource=first["resource"],
        term=first["term"],
        label=first["label"],
        gloss=first["gloss"],
        predicate=first["predicate"].rpartition("#")[2],
        is_accepted=not first["modifier"],
        justification=first["justification"],
        reason=first["reason"],
        confidence=first["confidence"],
        also=tuple(dict.fromkeys(row["also"] for row in rows if row["also"])),
        parents=tuple(dict.fromkeys(row["parent"] for row in rows if row["parent"])),
    )
