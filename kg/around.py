"""What stands around an emotion, as typed values: modalities, cues, causes and vocabularies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from typing import TypeVar

from affectgraph.kg.index import Row, read_rows
from affectgraph.kg.store import GraphStore
from affectgraph.kg.words import source_id
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import AG

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Modality:
    """A channel through which an emotion is shown or known.

    :param token: EmotionML's value of ``expressed-through``; empty if EmotionML lists none.
    """

    iri: str
    name: str
    label: str
    definition: str
    token: str
    source: str


@dataclass(frozen=True, slots=True)
class CueType:
    """A kind of sign by which an emotion is shown; ``modality`` is the name of its channel."""

    iri: str
    name: str
    label: str
    definition: str
    modality: str
    source: str


@dataclass(frozen=True, slots=True)
class CauseType:
    """Where in a conversation the cause of an emotion stands.

    :param dataset_label: how the files of RECCON write it.
    """

    iri: str
    name: str
    label: str
    definition: str
    dataset_label: str
    source: str


@dataclass(frozen=True, slots=True)
class VocabularyItem:
    """A dimension, appraisal or action tendency, as one theory has it."""

    iri: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary of EmotionML.

    :param kind: ``category``, ``dimension``, ``appraisal`` or ``action-tendency``.
    :param uri: its address at the W3C.
    :param scheme: for categories, the label scheme whose labels are its items; empty if the graph has
        none.
    :param items: for the other kinds, in the order of the vocabulary.
    """

    iri: str
    name: str
    kind: str
    title: str
    uri: str
    scheme: str
    source: str
    items: tuple[VocabularyItem, ...] = field(repr=False)

    def item(self, name: str) -> VocabularyItem:
        """Return an item by name.

        :raises UnknownTermError: if the vocabulary has none of that name.
        """
        return _required({item.name: item for item in self.items}, name, f"an item of {self.name}")


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around the emotion that a graph knows, each by name, in the order of the names."""

    modalities: Mapping[str, Modality]
    cue_types: Mapping[str, CueType]
    cause_types: Mapping[str, CauseType]
    vocabularies: Mapping[str, Vocabulary]

    def modality(self, name: str) -> Modality:
        """Return a modality by name.

        :raises UnknownTermError: if there is none of that name.
        """
        return _required(self.modalities, name, "a modality")

    def cue_type(self, name: str) -> CueType:
        """Return a kind of cue by name.

        :raises UnknownTermError: if there is none of that name.
        """
        return _required(self.cue_types, name, "a kind of cue")

    def cause_type(self, name: str) -> CauseType:
        """Return a kind of cause by name.

        :raises UnknownTermError: if there is none of that name.
        """
        return _required(self.cause_types, name, "a kind of cause")

    def vocabulary(self, name: str, *, kind: str | None = None) -> Vocabulary:
        """Return a vocabulary by its id, such as ``big6``.

        :param kind: only one of this kind.
        :raises UnknownTermError: if there is none of that name and kind.
        """
        known = {n: v for n, v in self.vocabularies.items() if kind in {None, v.kind}}
        return _required(known, name, f"{kind or 'EmotionML'} vocabulary")


def _required(known: Mapping[str, _T], name: str, kind: str) -> _T:
    if name not in known:
        close = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        hint = f"There are: {', '.join(known)}." if known else "The graph has none."
        raise UnknownTermError(name, kind=kind, nearest=tuple(close), hint=hint)
    return known[name]


def read_around(store: GraphStore) -> Around:
    """Return what a store knows around the emotion; empty parts for a graph before 0.2."""
    rows = {type_: list(found) for type_, found in groupby(read_rows(store, "around"), _type)}
    return Around(
        modalities={r["notation"]: Modality(*_named(r, "token")) for r in rows.get("Modality", ())},
        cue_types={r["notation"]: CueType(*_named(r, "channel")) for r in rows.get("CueType", ())},
        cause_types={
            r["notation"]: CauseType(*_named(r, "dataset")) for r in rows.get("CauseType", ())
        },
        vocabularies=_vocabularies(store),
    )


def _type(row: Row) -> str:
    return row["type"].removeprefix(AG)


def _named(row: Row, extra: str) -> tuple[str, str, str, str, str, str]:
    shown = (row["notation"], row["label"], row["definition"])
    return (row["thing"], *shown, row[extra], source_id(row["source"]))


def _vocabularies(store: GraphStore) -> dict[str, Vocabulary]:
    found = {}
    for name, group in groupby(read_rows(store, "vocabularies"), lambda row: row["notation"]):
        rows = list(group)
        items = tuple(
            VocabularyItem(row["item"], row["name"], row["definition"])
            for row in rows
            if row["item"]
        )
        first = rows[0]
        found[name] = Vocabulary(
            first["vocabulary"],
            name,
            first["kind"],
            first["title"],
            first["uri"],
            first["scheme"],
            source_id(first["source"]),
            items,
        )
    return found
