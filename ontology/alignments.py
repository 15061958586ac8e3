"""The alignments of concepts to other vocabularies, as values: what was accepted, what was rejected, why.

``alignments.tsv`` holds one decision per concept and term, made by reading the term's definition;
``external_terms.tsv`` the terms as their resources give them. Items of the EmotionML vocabularies have
no identifier of their own: they stand in the graph as labels of schemes, and their anchors in
``scheme_labels.tsv`` are the decisions. The graph and the SSSOM sets are both made from these values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import SKOS
from affectgraph.ontology.layers.schemes import RELATIONS, label_iri
from affectgraph.ontology.rows import Row, read_table

EXTERNAL_PREFIXES: Final[dict[str, str]] = {
    "MFOEM": "http://purl.obolibrary.org/obo/MFOEM_",
    "emotionml": "http://www.w3.org/TR/emotion-voc/xml#",
    "ili": "http://globalwordnet.org/ili/",
    "oewn": "https://en-word.net/id/oewn-",
    "plutchik": "https://w3id.org/spice/SON/PlutchikEmotion_4Atlas/",
    "pwn30": "http://wordnet-rdf.princeton.edu/wn30/",
    "shaver": "https://w3id.org/spice/SON/ShaverEmotions_4Atlas/",
    "wd": "http://www.wikidata.org/entity/",
}
"""Prefix to namespace of the resources aligned to, each read in a file that the resource publishes."""

LOCAL_NAMES: Final[dict[str, re.Pattern[str]]] = {
    "MFOEM": re.compile(r"\d{6}"),
    "ili": re.compile(r"i[1-9]\d*"),
    "oewn": re.compile(r"\d{8}-n"),
    "plutchik": re.compile(r"[A-Z][A-Za-z]*"),
    "pwn30": re.compile(r"\d{8}-n"),
    "shaver": re.compile(r"[A-Z][A-Za-z]*"),
    "wd": re.compile(r"Q[1-9]\d*"),
}
"""How an identifier of a resource looks behind its prefix."""

RESOURCES: Final[dict[str, str]] = {
    "cili": "ili",
    "mfoem": "MFOEM",
    "spice-plutchik": "plutchik",
    "spice-shaver": "shaver",
    "wikidata": "wd",
}
"""Resource of ``external_terms.tsv`` -> prefix of its terms."""

PREDICATES: Final = (
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
    "skos:relatedMatch",
)
"""What an alignment may state; ``broadMatch``: the term is wider than the concept."""

MANUAL: Final = "semapv:ManualMappingCuration"
CHAINED: Final = "semapv:MappingChaining"

_EMOTIONML_ITEM = re.compile(r"emotion-voc\.emotionml #([a-z0-9-]+)$")


@dataclass(frozen=True, slots=True)
class Alignment:
    """One decision on a concept and a term of another vocabulary.

    :param concept: tree node or ``state/...``, as tables name it.
    :param term: full IRI of the term.
    :param label: its name as the resource gives it; the members of a synset, joined by commas.
    :param gloss: its definition as the resource gives it; empty where it has none.
    :param resource: ``cili``, ``emotionml``, ``mfoem``, ``oewn``, ``pwn30``, ``spice-plutchik``,
        ``spice-shaver`` or ``wikidata``.
    :param is_accepted: False if the match was looked at and rejected.
    :param predicate: one of :data:`PREDICATES`; for a rejected one, what it is not.
    :param justification: :data:`MANUAL`, or :data:`CHAINED` for terms that the resource itself gives
        as the same as one that was read.
    :param reason: why, in words.
    :param confidence: ``high``, ``medium`` or ``low``.
    :param also: IRIs that are published for the same term.
    :param vocabulary: IRI of the set the term belongs to; empty if it is the resource itself.
    """

    concept: str
    term: str
    label: str
    gloss: str
    resource: str
    is_accepted: bool
    predicate: str
    justification: str
    reason: str
    confidence: str
    date: str
    also: tuple[str, ...]
    vocabulary: str
    row: Row


def expand_term(name: str) -> str:
    """Return the IRI of a term of another vocabulary given as a CURIE.

    :raises InputError: if the prefix is unknown, or the name is not one the resource gives.

    >>> expand_term("ili:i76265")
    'http://globalwordnet.org/ili/i76265'
    """
    prefix, _, local = name.partition(":")
    pattern = LOCAL_NAMES.get(prefix)
    if pattern is None or not pattern.fullmatch(local):
        raise InputError(
            f"Expected an identifier such as ili:i76265 or MFOEM:000055 with one of the prefixes "
            f"{', '.join(LOCAL_NAMES)}, got {name!r}. Copy it from the resource."
        )
    return EXTERNAL_PREFIXES[prefix] + local


def shorten_term(iri: str) -> str:
    """Return the CURIE of a term of another vocabulary, or the IRI itself if it is of none.

    >>> shorten_term("http://purl.obolibrary.org/obo/MFOEM_000055")
    'MFOEM:000055'
    """
    for prefix, space in EXTERNAL_PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def alignments() -> tuple[Alignment, ...]:
    """Return every decision, read ones by concept and resource, then those on EmotionML items.

    :raises OntologyError: if a row names a term that ``external_terms.tsv`` does not have.
    """
    return (*_read_alignments(), *_emotionml_alignments())


def _read_alignments() -> Iterator[Alignment]:
    terms = {row["term"]: row for row in read_table("external_terms")}
    for row in read_table("alignments"):
        if row["term"] not in terms:
            raise row.error(f"expected a term of external_terms.tsv, got {row['term']!r}.")
        yield _alignment(row, terms[row["term"]])


def _alignment(row: Row, term: Mapping[str, str] | Row) -> Alignment:
    return Alignment(
        concept=row["concept"],
        term=expand_term(row["term"]),
        label=term["label"],
        gloss=term["gloss"],
        resource=term["resource"],
        is_accepted=row["decision"] == "accept",
        predicate=row["predicate"],
        justification=MANUAL,
        reason=row["reason"],
        confidence=row["confidence"],
        date=row["date"],
        also=tuple(expand_term(name) for name in term["same_as"].split()),
        vocabulary="",
        row=row,
    )


def _emotionml_alignments() -> Iterator[Alignment]:
    for row in read_table("scheme_labels"):
        item = _EMOTIONML_ITEM.search(row["locator"])
        if item and row["relation"] in {"exact", "close", "narrower", "broader"}:
            yield _item_alignment(row, item[1])


def _item_alignment(row: Row, vocabulary: str) -> Alignment:
    return Alignment(
        concept=row["target"],
        term=label_iri(row["scheme"], row["label"]),
        label=row["label"],
        gloss="",
        resource="emotionml",
        is_accepted=True,
        predicate="skos:" + RELATIONS[row["relation"]][1].removeprefix(SKOS),
        justification=MANUAL,
        reason=row["note"] or "as the label is anchored in its vocabulary",
        confidence=row["confidence"],
        date=row["date"],
        also=(),
        vocabulary=EXTERNAL_PREFIXES["emotionml"] + vocabulary,
        row=row,
    )


def chained(prefix: str) -> Iterator[Alignment]:
    """Yield the accepted alignments to what is published for the same terms, under a prefix.

    Open English WordNet and Princeton WordNet 3.0 give their synsets' entries in the interlingual index,
    so a match of the entry is one of the synset; nobody read them apart.

    :param prefix: ``oewn`` or ``pwn30``; any other yields nothing.
    """
    space = EXTERNAL_PREFIXES.get(prefix, "\0")
    for found in _read_alignments():
        for iri in found.also:
            if iri.startswith(space) and found.is_accepted:
                reason = f"the synset of {shorten_term(found.term)}: {found.reason}"
                yield replace(
                    found,
                    term=iri,
                    resource=prefix,
                    justification=CHAINED,
                    reason=reason,
                    also=(),
                )
