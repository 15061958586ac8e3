"""SHACL validation: the shapes of ``ontology/shapes`` against the core graph or any RDF document.

The named queries of :mod:`affectgraph.ontology.graph_checks` compare many nodes at once and need
milliseconds; shapes say what each single node must look like, in a form other tools can read.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from affectgraph.ontology.build import build_core, default_triples, dump
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import curie

SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class ShaclResult:
    """One violation.

    :param focus: IRI or blank node of the resource that is wrong.
    :param path: the property at fault, compact where it is a plain one; empty for a whole node.
    :param constraint: which kind of constraint failed, ``MinCount``, ``Datatype``, ...
    :param message: what was expected, in the processor's words.
    """

    focus: str
    path: str
    constraint: str
    message: str


@dataclass(frozen=True, slots=True)
class ShaclReport:
    """What the shapes say of a graph.

    :param conforms: whether no shape is violated.
    :param text: the processor's report for people.
    :param results: the violations, sorted.
    """

    conforms: bool
    text: str
    results: tuple[ShaclResult, ...]


@cache
def shapes_text() -> str:
    """Return the shapes as Turtle, as the package carries them."""
    return files("affectgraph.ontology.shapes").joinpath("affectgraph.ttl").read_text("utf-8")


def validate_core() -> ShaclReport:
    """Return the report on the core graph as built from the tables; takes about five seconds.

    :raises MissingExtraError: if pyshacl is not installed.
    :raises OntologyError: if a table is wrong.
    """
    return validate(dump(default_triples(build_core()), RdfFormat.N_TRIPLES))


def validate(data: bytes, format: RdfFormat = RdfFormat.N_TRIPLES) -> ShaclReport:  # noqa: A002
    """Return the report on a document's default graph.

    :param data: the RDF document.
    :param format: its format.
    :raises MissingExtraError: if pyshacl is not installed.
    :raises InputError: if the document does not parse.
    """
    try:
        import pyshacl
        import rdflib
    except ImportError as error:
        raise MissingExtraError("shacl", feature="SHACL validation") from error
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=_as_ntriples(data, format), format="nt")
    shapes = rdflib.Graph().parse(data=shapes_text(), format="turtle")
    conforms, report, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    return ShaclReport(bool(conforms), str(text), tuple(sorted(_results(report))))


def _as_ntriples(data: bytes, format_: RdfFormat) -> str:
    """Return the default graph as N-Triples: Oxigraph parses any format faster than rdflib."""
    store = Store()
    try:
        store.load(data, format=format_)
    except SyntaxError as error:
        raise InputError(
            f"Expected a document in {format_.name}, got {error}. Name its true format."
        ) from error
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())
    return dump((quad.triple for quad in quads), RdfFormat.N_TRIPLES).decode()


def _results(report: Any) -> list[ShaclResult]:
    store = Store()
    store.load(report.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    found = store.quads_for_pattern(None, None, NamedNode(SH + "ValidationResult"))
    return [_result(store, quad.subject) for quad in found]


def _result(store: Store, node: Any) -> ShaclResult:
    def value(name: str) -> str:
        quads = store.quads_for_pattern(node, NamedNode(SH + name), None)
        return min((_text(quad.object) for quad in quads), default="")

    constraint = value("sourceConstraintComponent").removeprefix(SH)
    return ShaclResult(
        focus=value("focusNode"),
        path=curie(value("resultPath")),
        constraint=constraint.removesuffix("ConstraintComponent"),
        message=value("resultMessage"),
    )


def _text(term: Any) -> str:
    return term.value if hasattr(term, "value") else str(term)
