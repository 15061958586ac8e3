"""Commands on valence, arousal and dominance of words: ``import-vad`` and ``vad``."""

from pathlib import Path
from typing import Annotated

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    VadOption,
    app,
    emit,
    note,
    usage,
)


@app.command(name="import-vad")
def import_vad(
    file: Annotated[Path, typer.Argument(help="Your copy of a VAD lexicon.")],
    format_: Annotated[
        str,
        typer.Option("--format", help="auto, nrc-1, nrc-2.1, warriner, anew, glasgow or csv."),
    ] = "auto",
    scale: Annotated[
        str | None, typer.Option(help="Scale of the ratings, such as 1..9; sniffed if left out.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Keep the lexicon in this file of its own (.nq or .trig).")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Short name of the lexicon; the file's if left out.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Names of columns: word=...,valence=...,arousal=...")
    ] = None,
    duplicates: Annotated[
        str, typer.Option(help="Words twice with different values: refuse, first or drop.")
    ] = "refuse",
    encoding: Annotated[str, typer.Option(help="Encoding of the file.")] = "utf-8",
) -> None:
    """Read your own VAD lexicon, and say what was decided.

    Values are rescaled to -1..1. They never become part of the graph or of an export: --to keeps them in
    a file of their own, for --vad of other commands. Exit code 1 if rows were left out.
    """
    from affectgraph.kg.vad_import import import_vad as read

    found = read(
        file,
        format_=format_,
        scale=scale,
        name=name,
        columns=_columns(columns),
        duplicates=duplicates,
        encoding=encoding,
    )
    emit(found.report.text())
    if to is not None:
        found.lexicon.save(to)
        note(f"{to}: {len(found.lexicon):,} words in {found.lexicon.graph_iri}")
    if found.report.bad:
        raise typer.Exit(FAULTY)


def _columns(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(equals and key.strip() and value.strip() for key, equals, value in pairs):
        raise usage(f"Expected --columns word=...,valence=..., got {text!r}.")
    return {key.strip(): value.strip() for key, _, value in pairs}


@app.command()
def vad(
    word: Annotated[str, typer.Argument(help="Any English word.")],
    sense: Annotated[
        str | None, typer.Option(help="Only this sense, as raters were shown it.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Origin: glasgow, estimated, or user/NAME; may be repeated."),
    ] = None,
    json_: JsonOption = False,
    graph: GraphOption = None,
    lexicon: VadOption = None,
) -> None:
    """Show valence, arousal and dominance of a word.

    Measured values, and those of a lexicon given with --vad; estimates only with --source estimated.
    """
    from affectgraph.api.cli_base import emit_json, open_graph

    found = open_graph(graph, lexicon).vad_of_word(word, sense=sense, sources=source or None)
    if json_:
        from affectgraph.api import shapes

        emit_json([shapes.to_vad(value) for value in found])
        return
    from affectgraph.api.text import vad_text

    emit("\n".join(map(vad_text, found)) or f"No value of {word!r} here.")
