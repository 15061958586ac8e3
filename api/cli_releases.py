"""Commands on whole graphs: ``export`` and ``diff``."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    GraphOption,
    JsonOption,
    app,
    emit,
    note,
    open_graph,
    to_json,
    usage,
)

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from affectgraph.kg.graph import EmotionGraph


class Dump(StrEnum):
    """Formats of the whole graph."""

    TTL = "ttl"
    RDF = "rdf"
    NT = "nt"
    JSONLD = "jsonld"
    TRIG = "trig"
    NQ = "nq"
    OXIGRAPH = "oxigraph"
    CSV = "csv"
    PARQUET = "parquet"
    SITE = "site"


ONE_FILE = (Dump.TTL, Dump.RDF, Dump.NT, Dump.JSONLD, Dump.TRIG, Dump.NQ)
"""Formats that are one document, and may go to stdout."""


@app.command()
def export(
    destination: Annotated[str, typer.Argument(metavar="DEST", help="File or new directory; '-'.")],
    format_: Annotated[
        Dump | None, typer.Option("--format", help="By the file's ending if left out.")
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Write the whole graph: RDF, an Oxigraph directory, tables, pages.

    ttl, rdf, nt and jsonld hold the default graph, which is complete; trig, nq and oxigraph also
    hold the named graphs. csv and parquet are a folder, or a .zip, of flat tables; parquet needs
    [tables]. site is a folder of static pages, one for every IRI; it needs [web].
    """
    chosen = format_ or _format_of(destination)
    if chosen is None:
        raise usage(f"Give --format of {', '.join(Dump)}; {destination!r} has no such ending.")
    if destination != "-":
        _write(open_graph(graph), chosen, Path(destination))
        return
    if chosen not in ONE_FILE:
        raise usage(f"{chosen.value} is several files, which cannot go to stdout; name a place.")
    from affectgraph.api.exporting import rdf_document

    emit(rdf_document(open_graph(graph), f".{chosen.value}").decode("utf-8").rstrip("\n"))


def _format_of(destination: str) -> Dump | None:
    ending = Path(destination).suffix.lower().removeprefix(".")
    return next((dump for dump in ONE_FILE if dump.value == ending), None)


def _write(graph: "EmotionGraph", chosen: Dump, destination: Path) -> None:
    from affectgraph.api.exporting import WRITERS, write_document

    try:
        if chosen in ONE_FILE:
            note(write_document(graph, destination, f".{chosen.value}"))
        else:
            note(WRITERS[chosen.value](graph, destination))
    except OSError as error:
        raise usage(f"Cannot write {destination}: {error.strerror or error}.") from error


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="RDF file, Oxigraph directory or URL.")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The same; the packaged graph if left out.")
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Say what changed between two graphs: terms, names, parents, values.

    Compares the default graphs by what they say of IRIs: terms, labels, definitions, parents, valence,
    arousal and dominance, anchors of labels, sourced relations, words.
    """
    from affectgraph.api.text import diff_text
    from affectgraph.ontology.diff import diff as compare

    found = compare(_triples(old), _triples(new))
    if json_:
        from dataclasses import asdict

        emit(to_json(asdict(found), indent=2))
        return
    emit(diff_text(found))


def _triples(location: str | None) -> "list[Triple]":
    """Return the default graph of a file, a directory, an endpoint or, without any, of the package.

    Any RDF will do: a graph without AffectGraph's header may be compared too.
    """
    from pyoxigraph import QueryTriples

    from affectgraph.kg.remote import RemoteStore
    from affectgraph.kg.store import OxigraphStore

    store: Any
    if location is None:
        store = OxigraphStore.packaged()
    elif location.startswith(("http://", "https://")):
        store = RemoteStore(location)
    else:
        store = OxigraphStore.open(Path(location))
    result = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    if not isinstance(result, QueryTriples):
        raise TypeError("Expected a CONSTRUCT query to give triples.")
    return list(result)
