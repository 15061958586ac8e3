"""Commands on the graph as data: ``sparql`` and ``build``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from affectgraph.api.cli_base import FAULTY, GraphOption, app, emit, note, open_graph, usage
from affectgraph.ontology.errors import QueryError

DEFAULT_FOLDER = Path("out")


class Format(StrEnum):
    """Formats of query answers."""

    TABLE = "table"
    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TTL = "ttl"
    NT = "nt"
    RDF = "rdf"
    JSONLD = "jsonld"


@app.command()
def sparql(
    query: Annotated[str | None, typer.Argument(help="SPARQL 1.1 query; stdin for '-'.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="File with the query.")] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="table, or ttl for triples, if left out."),
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Run a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    if (query is None) == (file is None):
        raise usage("Give a query, or --file FILE.")
    text = _query_text(query, file)
    result = open_graph(graph).store.query(text)
    try:
        _write_result(result, format_)
    except (OSError, RuntimeError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise QueryError(str(error), query=text) from error


def _query_text(query: str | None, file: Path | None) -> str:
    try:
        if query == "-":
            return sys.stdin.read()
        return file.read_text(encoding="utf-8") if file is not None else query or ""
    except (OSError, UnicodeDecodeError) as error:
        raise usage(f"Cannot read the query: {error}.") from error


def _write_result(result: Any, format_: Format | None) -> None:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

    is_rdf = isinstance(result, QueryTriples)
    chosen = format_ or (Format.TTL if is_rdf else Format.TABLE)
    if chosen is Format.TABLE:
        from affectgraph.api.text import solutions_text

        if isinstance(result, QueryBoolean):
            emit("true" if result else "false")
        elif is_rdf:
            emit(solutions_text(["subject", "predicate", "object"], result))
        else:
            emit(solutions_text([v.value for v in result.variables], result))
        return
    formats: dict[Format, Any] = {
        Format.JSON: QueryResultsFormat.JSON,
        Format.XML: QueryResultsFormat.XML,
        Format.CSV: QueryResultsFormat.CSV,
        Format.TSV: QueryResultsFormat.TSV,
    }
    if is_rdf:
        formats = {
            Format.TTL: RdfFormat.TURTLE,
            Format.NT: RdfFormat.N_TRIPLES,
            Format.RDF: RdfFormat.RDF_XML,
            Format.JSONLD: RdfFormat.JSON_LD,
        }
    if chosen not in formats:
        kind = "triples" if is_rdf else "solutions"
        names = ", ".join(["table", *formats])
        raise usage(f"The query gives {kind}: expected a format of {names}, got {chosen.value}.")
    emit(result.serialize(format=formats[chosen]).decode("utf-8").rstrip("\r\n"))


@app.command()
def build(
    out: Annotated[
        Path | None,
        typer.Option(help=f"Write the release files here; {DEFAULT_FOLDER} by default."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="List every fault of the tables and every broken rule of the graph."
        ),
    ] = False,
    gate: Annotated[
        bool,
        typer.Option(
            "--gate", help="Run HermiT, the OWL profiles and SHACL; needs Java, [owl] and [shacl]."
        ),
    ] = False,
    vocabulary: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Propose words from WordNet and word lists; write those nobody has read as a table.",
        ),
    ] = None,
) -> None:
    """Build the graph from its tables, or test them.

    With --check or --gate and without --out, nothing is written. Files are written only if the tests
    that were asked for pass.
    """
    if check:
        _check_tables()
    if gate:
        _run_gates()
    if vocabulary is not None:
        _propose_words(vocabulary)
    if out is not None or not (check or gate or vocabulary):
        from affectgraph.ontology.build import write_dumps

        folder = out if out is not None else DEFAULT_FOLDER
        try:
            sizes = write_dumps(folder)
        except OSError as error:
            raise usage(f"Cannot write into {folder}: {error.strerror}.") from error
        emit("\n".join(f"{folder / name}: {size:,} bytes" for name, size in sizes.items()))


def _propose_words(file: Path) -> None:
    from affectgraph.ontology.vocabulary import COLUMNS, all_candidates, cells, unreviewed

    found = all_candidates()
    left = unreviewed(found)
    lines = ["\t".join(COLUMNS), *("\t".join(cells(candidate)) for candidate in left)]
    try:
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise usage(f"Cannot write {file}: {error.strerror}.") from error
    note(f"{len(found):,} candidates, {len(left):,} not read; {file}")


def _check_tables() -> None:
    from affectgraph.ontology.build import build_core
    from affectgraph.ontology.graph_checks import built_store, rules, run_checks
    from affectgraph.ontology.rows import TABLES
    from affectgraph.ontology.table_checks import check_tables
    from affectgraph.ontology.terms import check_released, released_versions

    faults = check_tables()
    for fault in faults:
        emit(str(fault))
    note(f"{len(TABLES)} tables, {len(faults)} faults")
    if faults:
        raise typer.Exit(FAULTY)
    failures = run_checks(built_store())
    for failure in failures:
        emit(str(failure))
    note(f"{len(rules())} rules on the whole graph, {len(failures)} broken")
    lost = list(check_released(build_core()))
    for fault in lost:
        emit(str(fault))
    note(f"terms of {len(released_versions())} releases, {len(lost)} lost")
    if failures or lost:
        raise typer.Exit(FAULTY)


def _run_gates() -> None:
    from affectgraph.ontology.gate import run_gate
    from affectgraph.ontology.profile import release_profiles
    from affectgraph.ontology.shacl import validate_core

    report = run_gate()
    emit(f"HermiT: {report}")
    profiles = release_profiles()
    for profile in profiles:
        emit(f"OWL profiles of {profile}")
    shapes = validate_core()
    emit(f"SHACL: {'conforms' if shapes.conforms else shapes.text}")
    if not (report.passed and shapes.conforms and all(p.passed for p in profiles)):
        raise typer.Exit(FAULTY)
