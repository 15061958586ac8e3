"""What stands around an emotion: modalities, kinds of cues and of causes, and the vocabularies in
which EmotionML says dimensions, appraisals and action tendencies.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import (
    AG,
    CAUSE_TYPE,
    CUE_TYPE,
    DCT,
    LINK,
    MODALITY,
    RDFS,
    SCHEME,
    SKOS,
    SOURCE,
    VOCABULARY,
    expand,
)
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    describe,
    integer,
    provenance,
    slug,
    string,
    text,
)

ITEM_CLASSES = {
    "dimension": "AffectDimension",
    "appraisal": "AppraisalDimension",
    "action-tendency": "ActionTendency",
}
"""Kind of vocabulary -> class of its items. Items of category vocabularies are labels of a scheme."""


def around_quads() -> Iterator[Quad]:
    """Yield modalities, cue types, cause types, vocabularies with their items, and term links."""
    for row in read_table("modalities"):
        yield from describe(MODALITY + row["modality"], _modality(row))
    for row in read_table("cue_types"):
        yield from describe(CUE_TYPE + row["cue_type"], _cue_type(row))
    for row in read_table("cause_types"):
        yield from describe(CAUSE_TYPE + row["cause_type"], _cause_type(row))
    for row in read_table("vocabularies"):
        yield from describe(VOCABULARY + row["vocabulary"], _vocabulary(row))
    kinds = {row["vocabulary"]: row["kind"] for row in read_table("vocabularies")}
    for row in read_table("vocabulary_items"):
        yield from describe(item_iri(row["vocabulary"], row["item"]), _item(row, kinds))
    for row in read_table("term_links"):
        yield from _term_link(row)


def item_iri(vocabulary: str, item: str) -> str:
    """Return the IRI of an item of a vocabulary.

    >>> item_iri("scherer-appraisals", "urgency")
    'https://w3id.org/affectgraph/vocabulary/scherer-appraisals/urgency'
    """
    return f"{VOCABULARY}{vocabulary}/{item}"


def _named(row: Row, class_: str, key: str) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "Concept"
    yield A, AG + class_
    yield SKOS + "notation", string(row[key])
    yield SKOS + "prefLabel", text(row["label"])
    yield SKOS + "definition", text(row["definition"])
    yield AG + "definitionSource", SOURCE + "affectgraph"
    yield from provenance(row)


def _modality(row: Row) -> Iterator[tuple[str, Object]]:
    yield from _named(row, "Modality", "modality")
    if row["emotionml"]:
        yield AG + "emotionmlToken", string(row["emotionml"])


def _cue_type(row: Row) -> Iterator[tuple[str, Object]]:
    if row["modality"] not in {known["modality"] for known in read_table("modalities")}:
        raise row.error(f"expected a modality of modalities.tsv, got {row['modality']!r}.")
    yield from _named(row, "CueType", "cue_type")
    yield AG + "ofModality", MODALITY + row["modality"]


def _cause_type(row: Row) -> Iterator[tuple[str, Object]]:
    yield from _named(row, "CauseType", "cause_type")
    yield AG + "datasetLabel", string(row["dataset_label"])


def _vocabulary(row: Row) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "ConceptScheme"
    yield A, AG + "DescriptorVocabulary"
    yield DCT + "title", text(row["title"])
    yield SKOS + "notation", string(row["vocabulary"])
    yield AG + "vocabularyKind", string(row["kind"])
    yield RDFS + "seeAlso", row["uri"]
    if row["scheme"]:
        if row["scheme"] not in {known["scheme"] for known in read_table("schemes")}:
            raise row.error(f"expected a scheme of schemes.tsv, got {row['scheme']!r}.")
        yield AG + "vocabularyScheme", SCHEME + row["scheme"]
    yield from provenance(row)


def _item(row: Row, kinds: dict[str, str]) -> Iterator[tuple[str, Object]]:
    kind = kinds.get(row["vocabulary"])
    if kind not in ITEM_CLASSES:
        raise row.error(
            f"expected a vocabulary of vocabularies.tsv that is no category set, "
            f"got {row['vocabulary']!r}."
        )
    yield A, SKOS + "Concept"
    yield A, AG + ITEM_CLASSES[kind]
    yield SKOS + "notation", string(row["item"])
    yield SKOS + "prefLabel", text(row["item"].replace("-", " "))
    yield SKOS + "definition", text(row["definition"])
    yield AG + "definitionSource", SOURCE + "affectgraph"
    yield SKOS + "inScheme", VOCABULARY + row["vocabulary"]
    yield AG + "position", integer(row.integer("position"))
    yield from provenance(row)


def link_subject(term: str) -> str:
    """Return the IRI of a term as ``term_links.tsv`` names it: a CURIE, or a path below the base."""
    if term.startswith("vocabulary/"):
        return VOCABULARY + term.removeprefix("vocabulary/")
    return expand(term)


def _term_link(row: Row) -> Iterator[Quad]:
    subject = link_subject(row["term"])
    pairs: list[tuple[str, Object]] = [
        (A, AG + "TermLink"),
        (AG + "linkedTerm", subject),
        (AG + "nearTerm", row["iri"]),
        (RDFS + "label", text(row["label"])),
        *provenance(row),
    ]
    name = slug(f"{row['term']} {row['label']}")
    yield from describe(LINK + name, pairs)
    yield from describe(subject, [(RDFS + "seeAlso", row["iri"])])
