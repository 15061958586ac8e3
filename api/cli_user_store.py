"""The commands ``data ...``: users' own graphs in a folder beside the packaged graph."""

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affectgraph.api.cli_base import FAULTY, app, emit, note, to_json, usage
from affectgraph.api.cli_user_tables import TABLES, read_table

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from affectgraph.kg.user_catalogue import GraphEntry

data = typer.Typer(
    name="data",
    help="Keep graphs of your own in a folder beside the packaged graph: add, list, export, back up.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(data)

StoreOption = Annotated[
    Path,
    typer.Option(
        "--store", metavar="FOLDER", envvar="AFFECTGRAPH_DATA", help="Folder of your data."
    ),
]
NameArgument = Annotated[str, typer.Argument(help="Short name of the graph, or its IRI.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]


@data.command()
def add(
    file: Annotated[
        Path, typer.Argument(help="RDF file by its ending, or a .csv or .tsv table of its kind.")
    ],
    store: StoreOption,
    name: Annotated[
        str | None,
        typer.Option(
            help="Graph for triples that stand in none: a short name, or an IRI of your own."
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            help="rdf, concepts, vocabulary, scheme, vad, observations, rationales or traces; "
            "all but rdf are checked."
        ),
    ] = "rdf",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="turtle, trig, ntriples, nquads, rdfxml or jsonld, if not by the ending.",
        ),
    ] = None,
    base: Annotated[str | None, typer.Option(help="IRI that relative ones stand below.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what the graph holds, instead of adding.")
    ] = False,
    keep_good: Annotated[
        bool,
        typer.Option(
            "--keep-good", help="Of a table with bad rows, take the good ones all the same."
        ),
    ] = False,
    by: Annotated[str, typer.Option(help="Who adds it, kept with the graph.")] = "",
    source: Annotated[str, typer.Option(help="Where it comes from, kept with the graph.")] = "",
    licence: Annotated[str, typer.Option(help="Terms of its use, kept with the graph.")] = "",
) -> None:
    """Add an RDF file or a table to graphs of your own; all of it is taken, or nothing.

    Bad rows of a table are named by line and column, and make the exit code 1.
    """
    from affectgraph.kg.user_catalogue import About
    from affectgraph.kg.user_intake import take
    from affectgraph.kg.user_store import UserStore

    about = About(kind, agent=by, source=source, licence=licence)
    # Read first, so that no folder is made for what is not taken.
    if file.suffix.lower() in TABLES and format_ is None:
        name, quads, bad = _of_table(store, file, kind, name, replaces=replace)
    else:
        quads, bad = _of_document(file, format_, base), 0
    if bad and not (keep_good and quads):
        advice = "" if keep_good else ", or use --keep-good"
        rows, them = ("bad row", "it") if bad == 1 else ("bad rows", "them")
        note(f"{file.name}: {bad:,} {rows}, nothing is taken; mend {them}{advice}")
        raise typer.Exit(FAULTY)
    with UserStore.open(store) as opened:
        write = take(opened, quads, about, name=name, replaces=replace)
    for entry in write.entries:
        note(f"{entry.name or entry.iri}: {entry.triples:,} triples")
    if bad:
        raise typer.Exit(FAULTY)


def _of_table(
    store: Path, file: Path, kind: str, name: str | None, *, replaces: bool
) -> "tuple[str, list[Quad], int]":
    from pyoxigraph import Quad

    from affectgraph.kg.user_folder import is_store
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store) if is_store(store) else nullcontext() as held:
        iri, triples, bad = read_table(held, file, kind, name, replaces=replaces)
    return iri, [Quad(t.subject, t.predicate, t.object) for t in triples], bad


def _of_document(file: Path, format_: str | None, base: str | None) -> "list[Quad]":
    from affectgraph.kg.rdf_input import ENDINGS, read_rdf

    chosen = format_ or ENDINGS.get(file.suffix.lower())
    if chosen is None:
        raise usage(f"Expected a file in {' '.join(ENDINGS)}, or --format, got {file.name}.")
    return read_rdf(_content(file), chosen, base=base)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise usage(f"Cannot read {file}: {error.strerror}.") from error


@data.command("list")
def list_(store: StoreOption, json_: JsonOption = False) -> None:
    """List your graphs with their kinds, sizes and last writes."""
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        entries = opened.entries()
    if json_:
        emit(to_json([_fields(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        emit(f"{entry.name or entry.iri}\t{entry.kind}\t{entry.triples:,}\t{_at(entry.modified)}")


@data.command()
def show(name: NameArgument, store: StoreOption, json_: JsonOption = False) -> None:
    """Show what is known of a graph: kind, size, digest, who wrote it when, source, licence."""
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        entry = opened.entry(name)
    fields = _fields(entry)
    if json_:
        emit(to_json(fields, indent=2))
        return
    emit("\n".join(f"{key:9} {value}" for key, value in fields.items() if value not in (None, "")))


def _fields(entry: "GraphEntry") -> dict[str, str | int | None]:
    return {
        "iri": entry.iri,
        "name": entry.name,
        "kind": entry.kind,
        "triples": entry.triples,
        "digest": entry.digest,
        "version": entry.version,
        "created": _at(entry.created),
        "modified": _at(entry.modified),
        "agent": entry.agent,
        "source": entry.source,
        "licence": entry.licence,
    }


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


@data.command()
def export(
    store: StoreOption,
    name: Annotated[
        str | None, typer.Argument(help="Graph to write; all, with the catalogue, if left out.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", help="turtle, ntriples, rdfxml or jsonld; trig or nquads for all graphs."
        ),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write to this file, not to stdout.")] = None,
) -> None:
    """Write a graph, or all of them, as RDF, sorted: equal graphs give equal bytes."""
    from affectgraph.kg.user_export import exported
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        content = exported(opened, name, format_ or ("trig" if name is None else "turtle"))
    if to is None:
        typer.echo(content, nl=False)
        return
    try:
        size = to.write_bytes(content)
    except OSError as error:
        raise usage(f"Cannot write {to}: {error.strerror}.") from error
    note(f"{to}: {size:,} bytes")


@data.command()
def delete(name: NameArgument, store: StoreOption) -> None:
    """Delete a graph and what is known of it; only a backup brings it back."""
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        entry = opened.entry(name)
        opened.delete(name)
    note(f"{name}: {entry.triples:,} triples deleted")


@data.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="New folder for the copy.")], store: StoreOption
) -> None:
    """Copy all your data into a new or empty folder, read the copy back, and compare digests."""
    from affectgraph.kg.user_backup import verified
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        opened.backup(folder)
    note(f"{folder}: {verified(folder):,} graphs, each as its digest says")


@data.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Folder that backup has written.")],
    store: StoreOption,
) -> None:
    """Bring a backup into a new or empty folder, and compare digests."""
    from affectgraph.kg.user_backup import restore as restored

    note(f"{store}: {restored(folder, store):,} graphs, each as its digest says")


@data.command()
def check(store: StoreOption) -> None:
    """Read every graph and compare it with its digest; exit code 1 if one is damaged."""
    from affectgraph.kg.user_store import UserStore

    with UserStore.open(store, create=False) as opened:
        found = opened.check()
        count = len(opened.entries())
    for fault in found:
        emit(fault)
    note(f"{count:,} graphs, {len(found)} faults")
    if found:
        raise typer.Exit(FAULTY)
