"""What all commands share: the application, options, output, and errors as exit codes."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from affectgraph.ontology.errors import (
    AffectGraphError,
    BackendError,
    MissingExtraError,
    OntologyError,
    UnknownTermError,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

    from affectgraph.kg.graph import EmotionGraph

DONE, FAULTY, USAGE, UNKNOWN, BACKEND = range(5)
"""Exit codes: done; bad lines or a failed gate; wrong use; unknown term; store, model or extra."""

EPILOG = (
    "Exit codes: 0 done; 1 some input lines were bad (the good ones were answered), or a check or gate "
    "failed; 2 wrong use or refused input; 3 unknown term; 4 the store or a model failed, or an extra is "
    "missing."
)

GraphOption = Annotated[
    str | None,
    typer.Option(
        "--graph",
        metavar="PATH|URL",
        envvar="AFFECTGRAPH_GRAPH",
        help="RDF file, Oxigraph directory or SPARQL endpoint; the packaged graph if left out.",
    ),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--graph",
        "--store",
        metavar="PATH|URL",
        envvar="AFFECTGRAPH_GRAPH",
        help="RDF file, Oxigraph directory or SPARQL endpoint; the packaged graph if left out.",
    ),
]
"""As :data:`GraphOption`, for what is served."""
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]
SchemeOption = Annotated[
    str | None, typer.Option("--scheme", help="Scheme the labels are of, such as goemotions.")
]
VadOption = Annotated[
    Path | None,
    typer.Option(
        "--vad", help="A lexicon written by import-vad, to use beside the graph's own values."
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many answers.")]
InputOption = Annotated[
    str | None,
    typer.Option(
        "--input", "-i", metavar="FILE|-", help="Lines of text, JSON lines, CSV or Parquet."
    ),
]
ToOption = Annotated[
    Path | None, typer.Option(help="With --input: write to this .jsonl file, not to stdout.")
]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on with the file of --to where it ends.")
]
ProgressOption = Annotated[
    bool, typer.Option("--progress", help="Count on stderr also where it is no terminal.")
]


ORDER = (
    "lookup",
    "suggest",
    "ground",
    "annotate",
    "check",
    "ask",
    "reason",
    "facts",
    "reward",
    "nearest",
    "vad",
    "vad-link",
    "vad-place",
    "rescale",
    "vad-series",
    "wheel",
    "aus",
    "faces",
    "face-words",
    "map",
    "column",
    "soft-labels",
    "envelope",
    "sparql",
    "import-vad",
    "import-rdf",
    "data",
    "export",
    "diff",
    "build",
    "serve",
    "config",
    "keys",
    "mcp",
    "doctor",
    "version",
)
"""Commands as the help lists them: most used first."""


class Group(TyperGroup):
    """Commands whose errors become one line on stderr and an exit code."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in :data:`ORDER`."""
        return sorted(super().list_commands(ctx), key=ORDER.index)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; see :data:`EPILOG` for the codes."""
        try:
            return super().invoke(ctx)
        except AffectGraphError as error:
            typer.echo(f"affectgraph: {error}", err=True)
            raise typer.Exit(exit_code(error)) from error
        except BrokenPipeError as error:
            # The reader has gone, as `head` does; later writes at exit must not complain either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(DONE) from error


def exit_code(error: AffectGraphError) -> int:
    """Return the exit code of an error."""
    if isinstance(error, UnknownTermError):
        return UNKNOWN
    if isinstance(error, BackendError | MissingExtraError):
        return BACKEND
    return FAULTY if isinstance(error, OntologyError) else USAGE


app = typer.Typer(
    name="affectgraph",
    cls=Group,
    help="An open knowledge graph of emotions: look up, ground, check, query, serve.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def open_graph(location: str | None, vad: Path | None = None) -> "EmotionGraph":
    """Return the graph at a location, the packaged one if there is none; a lexicon laid over it."""
    from affectgraph.kg.graph import EmotionGraph

    graph = EmotionGraph.load(location)
    if vad is None:
        return graph
    from affectgraph.kg.vad_lexicon import read_lexicon

    return graph.with_vad(read_lexicon(vad))


def emit(text: str) -> None:
    """Write a line to stdout at once."""
    typer.echo(text)


def note(text: str) -> None:
    """Write a line to stderr: progress, counts, warnings."""
    typer.echo(text, err=True)


def emit_json(answer: "BaseModel | Sequence[BaseModel]") -> None:
    """Write an answer as one JSON document."""
    emit(to_json(as_data(answer), indent=2))


def as_data(answer: "BaseModel | Sequence[BaseModel]") -> Any:
    """Return an answer as JSON data."""
    if isinstance(answer, Sequence):
        return [item.model_dump(mode="json") for item in answer]
    return answer.model_dump(mode="json")


def to_json(data: Any, *, indent: int | None = None) -> str:
    """Return data as JSON with characters as they are; lone surrogates, which UTF-8 lacks, escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, indent=indent)
    return text


def usage(message: str) -> typer.BadParameter:
    """Return the error of wrong use, ready to be raised; exit code 2."""
    return typer.BadParameter(message)
