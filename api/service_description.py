"""The endpoint's description of itself (SPARQL 1.1 Service Description), and of its data (VoID).

Formats are those the service offers, figures are counted, and what the graph says of its own data set is
taken from the graph. None of the five features that the vocabulary names holds, so none is said: the default
graph is complete by itself and no union, a dataset need not be named, empty graphs are not kept, and nothing
is fetched from elsewhere.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse

from affectgraph.api.negotiation import RDF_TYPES, RESULT_TYPES
from affectgraph.api.query_cancellation import Cancellation
from affectgraph.api.query_evaluation import N_TRIPLES, Question
from affectgraph.api.query_runner import QueryRunner
from affectgraph.api.store_figures import StoreFigures
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import DATASET, DCAT, DCT, ENTAILMENT, FOAF, FORMATS, RDFS, SD, VOID
from affectgraph.ontology.triples import A, Object, describe, integer, text

ENDPOINT = "sparql"
VOID_DOCUMENT = ".well-known/void"
"""Where both are, below the address of the service; VoID's path is registered by RFC 8615."""
QUERY_LANGUAGE = SD + "SPARQL11Query"
UPDATE_LANGUAGE = SD + "SPARQL11Update"

DATASET_QUERY = f"""
PREFIX void: <{VOID}>
PREFIX dcat: <{DCAT}>
PREFIX dct: <{DCT}>
CONSTRUCT {{ ?part ?p ?o }} WHERE {{
  <{DATASET}> (void:subset|void:classPartition|void:propertyPartition|void:objectsTarget
    |dcat:distribution|dct:relation)* ?part .
  ?part ?p ?o .
}}
"""
"""What the graph says of its data set, and of the parts, files, linksets and targets of it."""

Pairs = Iterator[tuple[str, Object]]


def format_iri(format_: QueryResultsFormat | RdfFormat) -> str:
    """Return the IRI by which W3C names a format (https://www.w3.org/ns/formats/).

    >>> format_iri(RdfFormat.TURTLE)
    'http://www.w3.org/ns/formats/Turtle'
    """
    # pyoxigraph 0.5 names another IRI for this one, which is not on W3C's list.
    return FORMATS + "JSON-LD" if format_ == RdfFormat.JSON_LD else format_.iri


def service_description(
    base: str, figures: StoreFigures, *, takes_updates: bool = False
) -> list[Triple]:
    """Return the description of the endpoint, sorted.

    :param base: address of the service, with a slash at its end.
    :param takes_updates: whether it keeps users' graphs, which updates may change.
    :raises InputError: if that is no IRI.
    """
    endpoint = base + ENDPOINT
    languages = (QUERY_LANGUAGE, *([UPDATE_LANGUAGE] if takes_updates else []))
    dataset = dataset_iri(endpoint, figures)
    default = f"{endpoint}#default-graph"
    return _triples(
        (f"{endpoint}#service", _service(endpoint, dataset, languages)),
        (dataset, _dataset(base, default, figures)),
        (default, iter([(A, SD + "Graph"), *_counted(figures.triples)])),
        *((graph, _named_graph(graph, count)) for graph, count in figures.graphs.items()),
    )


def dataset_iri(endpoint: str, figures: StoreFigures) -> str:
    """Return the name of the data set: the project's own, if the store holds it as it was described."""
    return DATASET if figures.is_described else f"{endpoint}#dataset"


def _service(endpoint: str, dataset: str, languages: Iterable[str]) -> Pairs:
    yield A, SD + "Service"
    yield SD + "endpoint", endpoint
    yield SD + "defaultDataset", dataset
    yield SD + "defaultEntailmentRegime", ENTAILMENT + "Simple"
    yield from ((SD + "supportedLanguage", language) for language in languages)
    for offered in (RESULT_TYPES, RDF_TYPES):
        yield from ((SD + "resultFormat", format_iri(format_)) for format_ in offered.values())


def _dataset(base: str, default: str, figures: StoreFigures) -> Pairs:
    yield A, SD + "Dataset"
    yield SD + "defaultGraph", default
    yield RDFS + "seeAlso", base + VOID_DOCUMENT
    yield from ((SD + "namedGraph", graph) for graph in figures.graphs)


def _named_graph(graph: str, triples: int) -> Pairs:
    yield A, SD + "NamedGraph"
    yield SD + "name", graph
    yield from _counted(triples)


def _counted(triples: int | None) -> Pairs:
    yield A, VOID + "Dataset"
    if triples is not None:
        yield VOID + "triples", integer(triples)


# --- the data -------------------------------------------------------------------------------------


def void_description(
    base: str,
    figures: StoreFigures,
    queries: QueryRunner,
    cancellation: Cancellation | None = None,
) -> list[Triple]:
    """Return the VoID description of what the endpoint serves, sorted.

    The graph's own description is given with the address of the endpoint, as long as the store holds what it
    was made of; else what is counted alone.

    :param base: address of the service, with a slash at its end.
    :raises InputError: if that is no IRI.
    """
    endpoint = base + ENDPOINT
    dataset = dataset_iri(endpoint, figures)
    said = _said(queries, cancellation) if figures.is_described else []
    parts = () if figures.is_described else figures.graphs.items()
    served = _triples(
        (base + VOID_DOCUMENT, _document(dataset)),
        (dataset, _served(endpoint, figures)),
        (dataset, ((VOID + "subset", graph) for graph, _ in parts)),
        *((graph, _counted(count)) for graph, count in parts),
    )
    return sorted({*said, *served}, key=str)


def _document(dataset: str) -> Pairs:
    yield A, VOID + "DatasetDescription"
    yield DCT + "title", text("What this SPARQL endpoint serves")
    yield FOAF + "primaryTopic", dataset


def _served(endpoint: str, figures: StoreFigures) -> Pairs:
    yield VOID + "sparqlEndpoint", endpoint
    yield from _counted(figures.triples)
    yield from ((VOID + "feature", format_iri(format_)) for format_ in RDF_TYPES.values())


def _said(queries: QueryRunner, cancellation: Cancellation | None) -> list[Triple]:
    found = queries.run(Question(DATASET_QUERY, rdf_type=N_TRIPLES), cancellation)
    return [quad.triple for quad in parse(found.content, format=RdfFormat.N_TRIPLES)]


def _triples(*subjects: tuple[str, Pairs]) -> list[Triple]:
    try:
        return sorted(
            {quad.triple for iri, pairs in subjects for quad in describe(iri, pairs)}, key=str
        )
    except ValueError as error:
        raise InputError(
            f"Expected an address of the service that is an IRI, got {subjects[0][0]!r}: {error}. "
            "It comes from the request's header Host."
        ) from error
