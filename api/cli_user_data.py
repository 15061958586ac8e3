"""The command ``import-rdf``: a user's own RDF into a user's own copy of the graph."""

from pathlib import Path
from typing import Annotated

import typer

from affectgraph.api.cli_base import app, note, usage


@app.command(name="import-rdf")
def import_rdf(
    folder: Annotated[Path, typer.Argument(help="An Oxigraph directory that export has written.")],
    file: Annotated[Path, typer.Argument(help="RDF file; its ending names the format.")],
    name: Annotated[
        str | None,
        typer.Option(help="Named graph for triples that stand in none: graph/user/NAME."),
    ] = None,
) -> None:
    """Add RDF of your own to your own copy of the graph.

    It stands in named graphs below graph/user/, beside the graph and never in it, so SPARQL may join both:
    `affectgraph export FOLDER --format oxigraph` makes the copy, and `--graph FOLDER` reads it. Exports leave
    such graphs out.
    """
    from pyoxigraph import RdfFormat

    from affectgraph.kg.user_data import add_user_data

    format_ = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format_ is None:
        raise usage(f"Expected a file in .ttl .trig .nt .nq .rdf .jsonld, got {file.name}.")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise usage(f"Cannot read {file}: {error.strerror}.") from error
    added = add_user_data(folder, content, format=format_, name=name)
    note(f"{folder}: {added:,} quads are new")
