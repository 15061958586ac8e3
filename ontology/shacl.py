"""SHACL validation: the shapes of ``ontology/shapes`` against the core graph or any RDF document.

The named queries of :mod:`affectgraph.ontology.graph_checks` compare many nodes at once and need
milliseconds; shapes say what each single node must look like, in a form other tools can read. The shapes
of words are in the same file, but pyshacl takes minutes over the thousands of words: the queries
``word-counts``, ``word-sense`` and ``word-values`` hold the whole vocabulary to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple

from affectgraph.ontology.build import build_core, default_triples, dump
from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import AG, LEX, RDF, curie

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


REFERRED = (
    "ActionTendency",
    "ActionUnit",
    "AffectDimension",
    "AppraisalDimension",
    "CauseType",
    "CueType",
    "Detector",
    "EmotionConcept",
    "Modality",
    "SchemeLabel",
    "StateConcept",
)
"""Classes of what an observation refers to."""


@cache
def shapes_text(name: str = "affectgraph") -> str:
    """Return shapes as Turtle, as the package carries them.

    :param name: ``affectgraph`` for those of the core graph, ``observation`` for users' records,
        ``checking`` for checked rationales, ``tracing`` for runs of reasoning.
    """
    return files("affectgraph.ontology.shapes").joinpath(f"{name}.ttl").read_text("utf-8")


def validate_core() -> ShaclReport:
    """Return the report on the core graph as built from the tables, its words left out.

    Words are left to the queries, see above; ``validate`` of a whole dump takes them in.

    :raises MissingExtraError: if pyshacl is not installed.
    :raises OntologyError: if a table is wrong.
    """
    triples = (t for t in default_triples(build_core()) if not _is_of_a_word(t))
    return validate(dump(triples, RdfFormat.N_TRIPLES))


def _is_of_a_word(triple: Triple) -> bool:
    """Return whether a triple starts or ends at a lexical entry, form or sense, or a rejected form."""
    return any(_text(term).startswith(LEX) for term in (triple.subject, triple.object))


def validate_observations(data: bytes, format: RdfFormat = RdfFormat.TURTLE) -> ShaclReport:  # noqa: A002
    """Return the report on a document of observations, next to what the graph knows of their terms.

    :param data: the RDF document.
    :param format: its format.
    :raises MissingExtraError: if pyshacl is not installed.
    :raises InputError: if the document does not parse.
    :raises OntologyError: if a table is wrong.
    """
    known = dump(_referred(), RdfFormat.N_TRIPLES).decode()
    written = known + _as_ntriples(data, format)
    return validate(written.encode(), shapes="observation")


def validate_checks(data: bytes, format: RdfFormat = RdfFormat.TURTLE) -> ShaclReport:  # noqa: A002
    """Return the report on a document of checked rationales; its named graphs are read as one.

    :param data: the RDF document.
    :param format: its format.
    :raises MissingExtraError: if pyshacl is not installed.
    :raises InputError: if the document does not parse.
    """
    return validate(_merged(data, format), shapes="checking")


def validate_traces(data: bytes, format: RdfFormat = RdfFormat.TURTLE) -> ShaclReport:  # noqa: A002
    """Return the report on a document of runs of reasoning; its named graphs are read as one.

    Claims and verdicts in it are held to their own shapes, too; observations are left to
    :func:`validate_observations`.

    :param data: the RDF document.
    :param format: its format.
    :raises MissingExtraError: if pyshacl is not installed.
    :raises InputError: if the document does not parse.
    """
    return validate(_merged(data, format), shapes=("checking", "tracing"))


def _merged(data: bytes, format_: RdfFormat) -> bytes:
    """Return all graphs of a document as one, as N-Triples."""
    triples = {quad.triple for quad in _parsed(data, format_)}
    return dump(sorted(triples, key=str), RdfFormat.N_TRIPLES)


@cache
def _referred() -> tuple[Triple, ...]:
    """Return the classes of what observations may refer to, and the primaries of concepts."""
    classes = {AG + name for name in REFERRED}
    return tuple(
        triple
        for triple in default_triples(build_core())
        if triple.predicate.value == AG + "primary"
        or (triple.predicate.value == RDF + "type" and _text(triple.object) in classes)
    )


def validate(
    data: bytes,
    format: RdfFormat = RdfFormat.N_TRIPLES,  # noqa: A002
    *,
    shapes: str | Sequence[str] = "affectgraph",
) -> ShaclReport:
    """Return the report on a document's default graph.

    :param data: the RDF document.
    :param format: its format.
    :param shapes: name of the shapes, as :func:`shapes_text` has them, or several.
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
    rules = rdflib.Graph()
    for name in [shapes] if isinstance(shapes, str) else shapes:
        rules.parse(data=shapes_text(name), format="turtle")
    conforms, report, text = pyshacl.validate(graph, shacl_graph=rules, inplace=True)
    return ShaclReport(bool(conforms), str(text), tuple(sorted(_results(report))))


def _as_ntriples(data: bytes, format_: RdfFormat) -> str:
    """Return the default graph as N-Triples: Oxigraph parses any format faster than rdflib."""
    store = _parsed(data, format_)
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())
    return dump((quad.triple for quad in quads), RdfFormat.N_TRIPLES).decode()


def _parsed(data: bytes, format_: RdfFormat) -> Store:
    store = Store()
    try:
        store.load(data, format=format_)
    except SyntaxError as error:
        raise InputError(
            f"Expected a document in {format_.name}, got {error}. Name its true format."
        ) from error
    return store


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
