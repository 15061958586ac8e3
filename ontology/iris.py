"""Every IRI namespace and term of the project, written once.

Terms are plain strings; :func:`curie` and :func:`expand` go between the short and the long form.
Identifiers are fixed by docs/decisions/0002-identifiers.md.
"""

from typing import Final

from affectgraph.ontology.errors import InputError

BASE: Final = "https://w3id.org/affectgraph/"
AG: Final = BASE + "ontology#"
ALIAS: Final = BASE + "alias/"
EMOTION: Final = BASE + "emotion/"
STATE: Final = BASE + "state/"
AU: Final = BASE + "au/"
SCHEME: Final = BASE + "scheme/"
SOURCE: Final = BASE + "source/"
LEX: Final = BASE + "lex/"
ASSOCIATION: Final = BASE + "association/"
COOCCURRENCE: Final = BASE + "co-occurrence/"
PATTERN: Final = BASE + "au-pattern/"
CUE: Final = BASE + "cue/"
DETECTOR: Final = BASE + "detector/"
VAD: Final = BASE + "vad/"
ENTRY: Final = BASE + "tree-entry/"
VARIANT: Final = BASE + "tree-variant/"
GRAPH: Final = BASE + "graph/"
MAPPING: Final = BASE + "mapping/"
MODALITY: Final = BASE + "modality/"
CUE_TYPE: Final = BASE + "cue-type/"
CAUSE_TYPE: Final = BASE + "cause-type/"
VOCABULARY: Final = BASE + "vocabulary/"
LINK: Final = BASE + "term-link/"
DATASET: Final = BASE + "dataset"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ONTOLEX: Final = "http://www.w3.org/ns/lemon/ontolex#"
LEXINFO: Final = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
SSSOM: Final = "https://w3id.org/sssom/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ENTAILMENT: Final = "http://www.w3.org/ns/entailment/"
FORMATS: Final = "http://www.w3.org/ns/formats/"

PREFIXES: Final[dict[str, str]] = {
    "ag": AG,
    "alias": ALIAS,
    "association": ASSOCIATION,
    "au": AU,
    "cause-type": CAUSE_TYPE,
    "co-occurrence": COOCCURRENCE,
    "cue": CUE,
    "cue-type": CUE_TYPE,
    "dcat": DCAT,
    "dct": DCT,
    "detector": DETECTOR,
    "emotion": EMOTION,
    "entry": ENTRY,
    "graph": GRAPH,
    "lex": LEX,
    "lexinfo": LEXINFO,
    "mapping": MAPPING,
    "modality": MODALITY,
    "ontolex": ONTOLEX,
    "owl": OWL,
    "pattern": PATTERN,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "scheme": SCHEME,
    "sd": SD,
    "semapv": SEMAPV,
    "skos": SKOS,
    "source": SOURCE,
    "sssom": SSSOM,
    "state": STATE,
    "term-link": LINK,
    "vad": VAD,
    "variant": VARIANT,
    "vocabulary": VOCABULARY,
    "void": VOID,
    "xsd": XSD,
}
"""Prefix to namespace, sorted; the same map serves serialisers, editors and compact output."""

PARROTT_SCHEME: Final = SCHEME + "parrott"
STATE_SCHEME: Final = SCHEME + "states"
"""The two concept schemes of the graph's own: the tree, and the states outside it."""


def curie(iri: str) -> str:
    """Return the compact form of an IRI, or the IRI itself if no prefix fits.

    >>> curie("https://w3id.org/affectgraph/emotion/anger")
    'emotion:anger'
    """
    best = max(
        ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return iri if best is None else f"{best[0]}:{iri[len(best[1]) :]}"


def expand(name: str) -> str:
    """Return the full IRI of a CURIE; a full IRI comes back unchanged.

    :raises InputError: if the prefix is not one of :data:`PREFIXES`.

    >>> expand("emotion:anger")
    'https://w3id.org/affectgraph/emotion/anger'
    """
    prefix, colon, rest = name.partition(":")
    if colon and not rest.startswith("//"):
        if prefix not in PREFIXES:
            raise InputError(
                f"Expected a CURIE with one of the prefixes {', '.join(PREFIXES)}, got {name!r}. "
                "Write the full IRI if the term is not the project's."
            )
        return PREFIXES[prefix] + rest
    return name
