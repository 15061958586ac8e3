"""Entries of a lexicon as rows of text, ranked already, so that a word costs one row and no sums."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from affectgraph.kg.model import Concept
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.model import EvidenceKind

NAMES = tuple(
    "key form concept kind pos role iri source weak share rare strength divided figurative".split()
)
"""Columns of a row; ``key`` is the form that an entry stands under."""

_YES = "1"


def entry_rows(
    words: Mapping[str, Sequence[Entry]], figurative: frozenset[str]
) -> Iterator[list[str]]:
    """Yield the rows of entries by form, in their order.

    :param figurative: forms that mean an emotion by an image.
    """
    for key, entries in words.items():
        for entry in entries:
            yield [
                key,
                entry.form,
                entry.concept.slug,
                entry.kind,
                " ".join(sorted(entry.parts_of_speech)),
                entry.role,
                entry.iri,
                entry.source,
                _YES * entry.is_weak,
                repr(entry.share),
                _YES * entry.is_rare,
                repr(entry.strength),
                _YES * entry.is_divided,
                _YES * (key in figurative),
            ]


def entry_of(row: Sequence[str], concepts: Mapping[str, Concept]) -> Entry:
    """Return the entry that a row was made of.

    :param concepts: the graph's concepts by slug.
    """
    _, form, concept, kind, pos, role, iri, source, weak, share, rare, strength, divided, _ = row
    return Entry(
        form,
        concepts[concept],
        cast("EvidenceKind", kind),
        _parts_of_speech(pos),
        role,
        iri,
        source,
        weak == _YES,
        float(share),
        rare == _YES,
        float(strength),
        divided == _YES,
    )


def is_figurative_row(row: Sequence[str]) -> bool:
    """Return whether the form of a row means an emotion by an image."""
    return row[-1] == _YES


@cache
def _parts_of_speech(text: str) -> frozenset[str]:
    return frozenset(text.split())
