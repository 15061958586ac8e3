"""Builds the graph from the curated tables and writes it in every format, the same bytes each time.

The core graph is what users query; the description-logic layer is for reasoners. ``write_dumps``
is what ``affectgraph build`` runs; the package carries the TriG and the layer's RDF/XML.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from affectgraph.ontology.dl import dl_quads
from affectgraph.ontology.iris import DATASET, PREFIXES
from affectgraph.ontology.layers.aliases import alias_quads
from affectgraph.ontology.layers.alignments import alignment_quads
from affectgraph.ontology.layers.antonyms import antonym_quads
from affectgraph.ontology.layers.around import around_quads
from affectgraph.ontology.layers.borrowed import borrowed_quads
from affectgraph.ontology.layers.cooccurrences import cooccurrence_quads
from affectgraph.ontology.layers.deprecated import deprecated_quads
from affectgraph.ontology.layers.faces import face_quads
from affectgraph.ontology.layers.lattice import lattice_quads
from affectgraph.ontology.layers.polarity import polarity_quads
from affectgraph.ontology.layers.relations import relation_quads
from affectgraph.ontology.layers.schema import schema_quads
from affectgraph.ontology.layers.schemes import scheme_quads
from affectgraph.ontology.layers.sequences import sequence_quads
from affectgraph.ontology.layers.signatures import signature_quads, wider_types
from affectgraph.ontology.layers.sources import source_quads
from affectgraph.ontology.layers.tree import state_quads, tier_quads, tree_quads
from affectgraph.ontology.layers.vad import vad_quads
from affectgraph.ontology.layers.vad_datasets import dataset_quads
from affectgraph.ontology.layers.vad_further import further_vad_quads
from affectgraph.ontology.layers.vad_words import word_quads
from affectgraph.ontology.layers.variants import variant_quads
from affectgraph.ontology.layers.vocabulary import vocabulary_quads
from affectgraph.ontology.void import describe_dataset

LAYERS: tuple[Callable[[], Iterator[Quad]], ...] = (
    schema_quads,
    signature_quads,
    borrowed_quads,
    tier_quads,
    tree_quads,
    state_quads,
    vocabulary_quads,
    vad_quads,
    word_quads,
    further_vad_quads,
    dataset_quads,
    face_quads,
    lattice_quads,
    scheme_quads,
    alias_quads,
    polarity_quads,
    relation_quads,
    alignment_quads,
    antonym_quads,
    sequence_quads,
    cooccurrence_quads,
    around_quads,
    source_quads,
    variant_quads,
    deprecated_quads,
)

VOID_FILE = "void.ttl"
TRIPLE_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
}
QUAD_FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
RELEASE = (
    *(f"affectgraph{ending}" for ending in (*TRIPLE_FORMATS, *QUAD_FORMATS)),
    *(f"affectgraph-dl{ending}" for ending in TRIPLE_FORMATS),
    VOID_FILE,
)
"""The files of a release."""

PREFIXED = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD}


def build_core() -> list[Quad]:
    """Return the core graph: its quads without duplicates, sorted by graph, subject, predicate, object.

    The default graph is complete; ``graph/vad-...`` repeat the values of one source each. It holds its
    own description, see :mod:`affectgraph.ontology.void`.

    :raises OntologyError: if a table is wrong; the message names file, row and repair.
    """
    quads = {quad for layer in LAYERS for quad in layer()}
    quads.update(list(wider_types(quads)))
    return sorted(quads.union(describe_dataset(quads)), key=_sort_key)


def _sort_key(quad: Quad) -> tuple[str, str, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), str(quad.predicate), str(quad.object))


def build_dl() -> list[Quad]:
    """Return the description-logic layer, sorted the same way."""
    return sorted(set(dl_quads()), key=_sort_key)


def default_triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of the default graph."""
    return (quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph))


def dump(
    items: Iterable[Quad] | Iterable[Triple],
    format_: RdfFormat,
    *,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """Return quads or triples in a format, with the prefixes, the project's by default, if it has any.

    The order of the items is kept, so equal input gives equal bytes.
    """
    used = dict(prefixes) if format_ in PREFIXED else None
    content = serialize(items, format=format_, prefixes=used) or b""
    return _sort_prefixes(content) if format_ in {RdfFormat.TURTLE, RdfFormat.TRIG} else content


def _sort_prefixes(content: bytes) -> bytes:
    """Return a Turtle or TriG document with its leading prefix lines sorted.

    The serialiser writes them in the order of a hash map, which differs from run to run.
    """
    lines = content.split(b"\n")
    count = next(i for i, line in enumerate(lines) if not line.startswith(b"@prefix "))
    return b"\n".join(sorted(lines[:count]) + lines[count:])


def dumps(names: Container[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, content) of the files of a release: those named, or all of them."""
    core, layer = cache(build_core), cache(build_dl)
    for name in RELEASE:
        if names is None or name in names:
            yield name, _content(name, core, layer)


def _content(name: str, core: Callable[[], list[Quad]], layer: Callable[[], list[Quad]]) -> bytes:
    if name == VOID_FILE:
        return dump(default_triples(described(core())), RdfFormat.TURTLE)
    path = Path(name)
    quads = core() if path.stem == "affectgraph" else layer()
    if path.suffix in QUAD_FORMATS:
        return dump(quads, QUAD_FORMATS[path.suffix])
    return dump(default_triples(quads), TRIPLE_FORMATS[path.suffix])


def described(core: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the description of the graph out of the graph: what is said of the data sets and their parts."""
    quads = list(core)
    named = {quad.graph_name for quad in quads}
    for quad in quads:
        subject = str(quad.subject).strip("<>")
        if quad.subject in named or subject == DATASET or subject.startswith(f"{DATASET}/"):
            yield quad


CORE = "affectgraph.trig"
PACKAGED = (CORE, "affectgraph-dl.rdf")
"""The files the package carries under ``ontology/built``."""


def write_dumps(folder: Path, *, names: tuple[str, ...] | None = None) -> dict[str, int]:
    """Write the release files into a folder and return their sizes in bytes by name.

    :param names: only these files; all of them if left out.
    :raises OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, content in dumps(names):
        (folder / name).write_bytes(content)
        if name == CORE:
            digest = f"{sha256(content).hexdigest()}  {name}\n"
            (folder / f"{name}.sha256").write_text(digest, encoding="ascii")
        sizes[name] = len(content)
    return sizes
