"""Writes a graph into files: RDF, an Oxigraph directory, flat tables, static pages. One writer a format."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Quad, QuerySolutions, RdfFormat

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.build import QUAD_FORMATS, TRIPLE_FORMATS, default_triples, dump
from affectgraph.ontology.errors import InputError

# Every triple with its graph; ?g is unbound in the default graph.
QUADS_QUERY = """
SELECT ?s ?p ?o ?g WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }
"""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in an archive, so that equal content gives equal bytes."""


def all_quads(graph: EmotionGraph) -> Iterator[Quad]:
    """Yield the quads of a graph's store, sorted; a user's own named graphs are left out.

    What lies below ``graph/user/``, such as an imported VAD lexicon, is not the project's to pass on.
    """
    result = graph.store.query(QUADS_QUERY)
    if not isinstance(result, QuerySolutions):
        raise TypeError("Expected a SELECT query to give solutions.")
    quads: list[Any] = [
        Quad(s, p, o, g or DefaultGraph())
        for s, p, o, g in result
        if g is None or not g.value.startswith(USER_GRAPHS)
    ]
    return iter(sorted(quads, key=lambda q: (str(q.graph_name), str(q.triple))))


def rdf_document(graph: EmotionGraph, ending: str) -> bytes:
    """Return a graph as an RDF document.

    :param ending: ``.ttl``, ``.rdf``, ``.nt`` or ``.jsonld`` for the default graph, ``.trig`` or ``.nq`` for
        all graphs.
    """
    if ending in QUAD_FORMATS:
        return dump(all_quads(graph), QUAD_FORMATS[ending])
    return dump(default_triples(all_quads(graph)), TRIPLE_FORMATS[ending])


def write_document(graph: EmotionGraph, destination: Path, ending: str) -> str:
    """Write an RDF document and return what was written, in words."""
    with destination.open("wb") as file:  # a place that cannot be written is said at once
        size = file.write(rdf_document(graph, ending))
    return f"{destination}: {size:,} bytes"


def write_oxigraph(graph: EmotionGraph, folder: Path) -> str:
    """Write a new Oxigraph directory and return what was written, in words.

    :raises BackendError: if the directory exists and is not empty.
    """
    from affectgraph.kg.store import OxigraphStore

    content = dump(all_quads(graph), RdfFormat.N_QUADS)
    OxigraphStore.from_bytes(content, format_=RdfFormat.N_QUADS).save(folder)
    return f"{folder}: an Oxigraph directory of graph version {graph.version}"


def csv_files(graph: EmotionGraph) -> Iterator[tuple[str, bytes, int]]:
    """Yield (file name, content, number of rows) of every flat table as CSV."""
    from affectgraph.kg.flat import read_tables, to_csv

    for table in read_tables(graph.store):
        yield f"{table.name}.csv", to_csv(table).encode("utf-8"), len(table.rows)


def parquet_files(graph: EmotionGraph) -> Iterator[tuple[str, bytes, int]]:
    """Yield (file name, content, number of rows) of every flat table as Parquet.

    :raises MissingExtraError: if pyarrow is not installed.
    """
    from affectgraph.kg.flat import read_tables, to_arrow

    for table in read_tables(graph.store):
        found = to_arrow(table, version=graph.version)
        import pyarrow.parquet as pq

        out = io.BytesIO()
        pq.write_table(found, out)
        yield f"{table.name}.parquet", out.getvalue(), len(table.rows)


def write_files(files: Iterator[tuple[str, bytes, int]], destination: Path) -> str:
    """Write files into a folder, or into one archive if the destination ends in ``.zip``; say what.

    :raises InputError: if the folder has other files in it.
    """
    found = list(files)
    if destination.suffix.lower() == ".zip":
        _write_archive(found, destination)
    else:
        _require_folder(destination, {name for name, _, _ in found})
        for name, content, _ in found:
            (destination / name).write_bytes(content)
    lines = [f"{name}: {rows:,} rows" for name, _, rows in found]
    return "\n".join([f"{destination}: {len(found)} tables", *lines])


def _write_archive(files: list[tuple[str, bytes, int]], destination: Path) -> None:
    with zipfile.ZipFile(destination, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, _ in files:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def _require_folder(folder: Path, names: set[str]) -> None:
    """Make a folder ready: new, empty, or with earlier versions of the same files only."""
    folder.mkdir(parents=True, exist_ok=True)
    others = sorted(path.name for path in folder.iterdir() if path.name not in names)
    if others:
        raise InputError(
            f"Expected a new or empty folder, {folder} has other files such as {others[0]}. "
            "Name a new one."
        )


def write_csv(graph: EmotionGraph, destination: Path) -> str:
    """Write the flat tables as CSV files, into a folder or a ``.zip``; say what was written."""
    return write_files(csv_files(graph), destination)


def write_parquet(graph: EmotionGraph, destination: Path) -> str:
    """Write the flat tables as Parquet files, into a folder or a ``.zip``; say what was written."""
    return write_files(parquet_files(graph), destination)


def write_pages(graph: EmotionGraph, destination: Path) -> str:
    """Write the static site into a new folder and return what was written, in words.

    :raises InputError: if the folder has files in it.
    :raises MissingExtraError: if the extra ``web``, which renders pages, is not installed.
    """
    from affectgraph.ontology.errors import MissingExtraError

    try:
        from affectgraph.api.site import write_site
    except ImportError as error:
        raise MissingExtraError("web", feature="Writing pages") from error
    _require_folder(destination, set())
    report = write_site(graph, destination)
    return (
        f"{destination}: {report.pages:,} pages, {report.size:,} bytes; "
        f"{report.left_out:,} words and senses have no page of their own"
    )


def write_mappings(graph: EmotionGraph, destination: Path) -> str:
    """Write the SSSOM mapping sets into a new folder and return what was written, in words.

    The sets are those of the package's tables, which a graph of the same version holds.

    :raises InputError: if the graph is of another version, or the folder has other files.
    """
    from affectgraph.ontology.sssom import SETS, write_sssom
    from affectgraph.ontology.version import VERSION

    if graph.version != VERSION:
        raise InputError(
            f"Expected a graph of version {VERSION}, whose mappings the package has, "
            f"got {graph.version}. Install that version of the package."
        )
    _require_folder(destination, {f"{name}.sssom.tsv" for name in ("affectgraph", *SETS)})
    sizes = write_sssom(destination)
    return f"{destination}: {len(sizes)} mapping sets, {sum(sizes.values()):,} bytes"


Writer = Callable[[EmotionGraph, Path], str]

WRITERS: dict[str, Writer] = {
    "csv": write_csv,
    "oxigraph": write_oxigraph,
    "parquet": write_parquet,
    "site": write_pages,
    "sssom": write_mappings,
}
"""Format -> what writes it; RDF formats, which also go to stdout, are those of the build."""
