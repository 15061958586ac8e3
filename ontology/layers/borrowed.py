"""Declares what the graph borrows of other vocabularies, so that it lies in OWL 2 DL and RL by itself.

An OWL tool must know of every term whether it is a class, links two resources, gives a value, or only
annotates. The kinds follow the vocabularies' own files where these are in OWL (SKOS, PROV-O, OntoLex,
LexInfo); Dublin Core, VoID and DCAT are plain RDFS or OWL Full, and are taken as annotations, which no
reasoner draws conclusions from; so are SSSOM's slots, which say something of a mapping and not of what it
maps. Nothing else of them is repeated: no hierarchy, no domain.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import OWL, RDFS, expand
from affectgraph.ontology.triples import A, describe

CLASSES = (
    "dcat:Dataset",
    "dcat:Distribution",
    "ontolex:Form",
    "ontolex:LexicalEntry",
    "ontolex:LexicalSense",
    "ontolex:MultiwordExpression",
    "ontolex:Word",
    "prov:Entity",
    "sd:Dataset",
    "sd:NamedGraph",
    "skos:Collection",
    "skos:Concept",
    "skos:ConceptScheme",
    "sssom:Mapping",
    "void:Dataset",
    "void:Linkset",
)

OBJECT_PROPERTIES = (
    "lexinfo:partOfSpeech",
    "ontolex:canonicalForm",
    "ontolex:denotes",
    "ontolex:isDenotedBy",
    "ontolex:isReferenceOf",
    "ontolex:isSenseOf",
    "ontolex:reference",
    "ontolex:sense",
    "prov:wasAttributedTo",
    "prov:wasDerivedFrom",
    "skos:broadMatch",
    "skos:broader",
    "skos:broaderTransitive",
    "skos:closeMatch",
    "skos:exactMatch",
    "skos:hasTopConcept",
    "skos:inScheme",
    "skos:member",
    "skos:narrowMatch",
    "skos:narrower",
    "skos:narrowerTransitive",
    "skos:related",
    "skos:relatedMatch",
    "skos:topConceptOf",
)

DATA_PROPERTIES = ("ontolex:writtenRep", "prov:generatedAtTime", "skos:notation")

ANNOTATION_PROPERTIES = (
    "dcat:distribution",
    "dcat:mediaType",
    "dcat:version",
    "dct:bibliographicCitation",
    "dct:conformsTo",
    "dct:creator",
    "dct:description",
    "dct:identifier",
    "dct:isPartOf",
    "dct:isReplacedBy",
    "dct:issued",
    "dct:language",
    "dct:license",
    "dct:relation",
    "dct:rights",
    "dct:source",
    "dct:title",
    "sd:name",
    "sd:namedGraph",
    "skos:altLabel",
    "skos:definition",
    "skos:example",
    "skos:historyNote",
    "skos:note",
    "skos:prefLabel",
    "sssom:mapping_justification",
    "sssom:predicate_modifier",
    "void:class",
    "void:classPartition",
    "void:classes",
    "void:distinctSubjects",
    "void:entities",
    "void:exampleResource",
    "void:linkPredicate",
    "void:objectsTarget",
    "void:properties",
    "void:property",
    "void:propertyPartition",
    "void:subjectsTarget",
    "void:subset",
    "void:triples",
    "void:uriSpace",
    "void:vocabulary",
)

KINDS: dict[str, tuple[str, ...]] = {
    "AnnotationProperty": ANNOTATION_PROPERTIES,
    "Class": CLASSES,
    "DatatypeProperty": DATA_PROPERTIES,
    "ObjectProperty": OBJECT_PROPERTIES,
}
"""Name of a kind of term in OWL -> the borrowed terms of that kind, as CURIEs."""


def borrowed_quads() -> Iterator[Quad]:
    """Yield the kind of every borrowed term, and the vocabulary that defines it."""
    for kind, names in KINDS.items():
        for name in names:
            iri = expand(name)
            vocabulary = iri[: max(iri.rfind("#"), iri.rfind("/") + 1)]
            yield from describe(iri, [(A, OWL + kind), (RDFS + "isDefinedBy", vocabulary)])
