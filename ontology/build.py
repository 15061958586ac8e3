"""Builds the graph from the curated tables and writes it in every format, the same bytes each time.

The core graph is what users query; the description-logic layer is for reasoners. ``write_dumps``
is what ``affectgraph build`` runs; the package carries the TriG and the layer's RDF/XML.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from affectgraph.ontology.dl import dl_quads
from affectgraph.ontology.iris import PREFIXES
from affectgraph.ontology.layers.faces import face_quads
from affectgraph.ontology.layers.forms import form_quads
from affectgraph.ontology.layers.relations import relation_quads
from affectgraph.ontology.layers.schema import schema_quads
from affectgraph.ontology.layers.schemes import scheme_quads
from affectgraph.ontology.layers.sources import source_quads
from affectgraph.ontology.layers.tree import state_quads, tier_quads, tree_quads
from affectgraph.ontology.layers.vad import vad_quads
from affectgraph.ontology.layers.vad_datasets import dataset_quads
from affectgraph.ontology.layers.vad_further import further_vad_quads
from affectgraph.ontology.layers.vad_words import word_quads

LAYERS: tuple[Callable[[], Iterator[Quad]], ...] = (
    schema_quads,
    tier_quads,
    tree_quads,
    state_quads,
    form_quads,
    vad_quads,
    word_quads,
    further_vad_quads,
    dataset_quads,
    face_quads,
    scheme_quads,
    relation_quads,
    source_quads,
)

TRIPLE_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
}
QUAD_FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
PREFIXED = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD}


def build_core() -> list[Quad]:
    """Return the core graph: its quads without duplicates, sorted by graph, subject, predicate, object.

    The default graph is complete; ``graph/vad-...`` repeat the values of one source each.

    :raises OntologyError: if a table is wrong; the message names file, row and repair.
    """
    quads = {quad for layer in LAYERS for quad in layer()}
    return sorted(quads, key=_sort_key)


def _sort_key(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), str(quad.predicate), str(quad.object))


def build_dl() -> list[Quad]:
    """Return the description-logic layer, sorted the same way."""
    return sorted(set(dl_quads()), key=_sort_key)


def default_triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of the default graph."""
    return (quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph))


def dump(items: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> bytes:
    """Return quads or triples in a format, with the project's prefixes where it has any.

    The order of the items is kept, so equal input gives equal bytes.
    """
    prefixes = PREFIXES if format_ in PREFIXED else None
    content = serialize(items, format=format_, prefixes=prefixes) or b""
    return _sort_prefixes(content) if format_ in {RdfFormat.TURTLE, RdfFormat.TRIG} else content


def _sort_prefixes(content: bytes) -> bytes:
    """Return a Turtle or TriG document with its leading prefix lines sorted.

    The serialiser writes them in the order of a hash map, which differs from run to run.
    """
    lines = content.split(b"\n")
    count = next(i for i, line in enumerate(lines) if not line.startswith(b"@prefix "))
    return b"\n".join(sorted(lines[:count]) + lines[count:])


def dumps() -> Iterator[tuple[str, bytes]]:
    """Yield (file name, content) of every file of a release."""
    for stem, quads in (("affectgraph", build_core()), ("affectgraph-dl", build_dl())):
        for ending, format_ in TRIPLE_FORMATS.items():
            yield stem + ending, dump(default_triples(quads), format_)
        if stem == "affectgraph":
            for ending, format_ in QUAD_FORMATS.items():
                yield stem + ending, dump(quads, format_)


PACKAGED = ("affectgraph.trig", "affectgraph-dl.rdf")
"""The files the package carries under ``ontology/built``."""


def write_dumps(folder: Path, *, names: tuple[str, ...] | None = None) -> dict[str, int]:
    """Write the release files into a folder and return their sizes in bytes by name.

    :param names: only these files; all of them if left out.
    :raises OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, content in dumps():
        if names is None or name in names:
            (folder / name).write_bytes(content)
            sizes[name] = len(content)
    return sizes
