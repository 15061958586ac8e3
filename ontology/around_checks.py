"""Row checks of the tables around the emotion: modalities, cues, causes, vocabularies, links."""

import re
from collections.abc import Iterator

from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.iris import AG
from affectgraph.ontology.layers.around import ITEM_CLASSES, item_iri, link_subject
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.layers.schema import CLASSES, DATA_PROPERTIES, OBJECT_PROPERTIES
from affectgraph.ontology.rows import Row, read_table

W3C = "http://www.w3.org/TR/emotion-voc/xml#"
"""Where the Working Group Note keeps its vocabularies, each under its own id."""

_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_NAMED = {"modalities": "modality", "cue_types": "cue_type", "cause_types": "cause_type"}


def check_around() -> Iterator[OntologyError]:
    """Yield a fault for every odd name or empty definition, and for what refers to nothing."""
    for table, key in _NAMED.items():
        for row in read_table(table):
            yield from _named(row, key)
    modalities = {row["modality"] for row in read_table("modalities")}
    for row in read_table("cue_types"):
        if row["modality"] not in modalities:
            yield row.error(f"expected a modality of modalities.tsv, got {row['modality']!r}.")


def _named(row: Row, key: str) -> Iterator[OntologyError]:
    if not _NAME.fullmatch(row[key]):
        yield row.error(f"expected lower-case words joined by hyphens, got {row[key]!r}.")
    for column in ("label", "definition"):
        if column in row.cells and not row[column]:
            yield row.error(f"expected text in {column!r}, got an empty cell.")


def check_vocabularies() -> Iterator[OntologyError]:
    """Yield a fault for every vocabulary of an unknown kind, address or scheme, and for stray items."""
    schemes = {row["scheme"] for row in read_table("schemes")}
    kinds: dict[str, str] = {}
    for row in read_table("emotionml_vocabularies"):
        kinds[row["vocabulary"]] = row["kind"]
        if row["kind"] not in {"category", *ITEM_CLASSES}:
            yield row.error(
                f"expected a kind category or {list(ITEM_CLASSES)}, got {row['kind']!r}."
            )
        if row["uri"] != W3C + row["vocabulary"]:
            yield row.error(f"expected the address {W3C}{row['vocabulary']}, got {row['uri']!r}.")
        if row["scheme"] and (row["scheme"] not in schemes or row["kind"] != "category"):
            yield row.error(
                f"expected a scheme of schemes.tsv, for a category vocabulary only, "
                f"got {row['scheme']!r}."
            )
    places: dict[str, int] = {}
    for row in read_table("emotionml_items"):
        yield from _named(row, "item")
        if kinds.get(row["vocabulary"]) not in ITEM_CLASSES:
            yield row.error(f"expected a vocabulary with items here, got {row['vocabulary']!r}.")
        place = places.setdefault(row["vocabulary"], 0)
        if row["position"] != str(place):
            yield row.error(f"expected position {place}, got {row['position']!r}.")
        places[row["vocabulary"]] += 1


def check_term_links() -> Iterator[OntologyError]:
    """Yield a fault for every link from a term the ontology lacks, or to no address."""
    declared = {name for name, _, _ in OBSERVATION_TERMS.terms()}
    known = {AG + name for name in (*declared, *CLASSES, *OBJECT_PROPERTIES, *DATA_PROPERTIES)}
    known |= {item_iri(row["vocabulary"], row["item"]) for row in read_table("emotionml_items")}
    for row in read_table("term_links"):
        try:
            subject = link_subject(row["term"])
        except InputError as error:
            yield row.error(f"term: {error}")
            continue
        if subject not in known:
            yield row.error(f"expected a term of the ontology, got {row['term']!r}.")
        if not re.fullmatch(r"https?://\S+", row["iri"]):
            yield row.error(f"expected an IRI, got {row['iri']!r}.")
