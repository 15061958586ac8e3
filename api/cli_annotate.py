"""The command ``annotate``: mentions of emotion in texts."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    GraphOption,
    InputOption,
    JsonOption,
    ProgressOption,
    ResumeOption,
    ToOption,
    app,
    as_data,
    emit,
    open_graph,
    to_json,
    usage,
)
from affectgraph.api.cli_records import answer_file, require_source
from affectgraph.ontology.errors import AffectGraphError

if TYPE_CHECKING:
    from affectgraph.linkers import Annotation, Annotator

TEXT_LIMIT = 1_000_000
"""Characters a text may have; if every word names an emotion, its answer is some hundreds of times as
long, and a thousand times if it is emoji alone."""


@app.command()
def annotate(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT|-", help="Texts; stdin for '-'.")
    ] = None,
    input_: InputOption = None,
    field: Annotated[str, typer.Option(help="Field or column of the text.")] = "text",
    to: ToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    overlapping: Annotated[
        bool, typer.Option("--overlapping", help="Also shorter mentions inside longer ones.")
    ] = False,
    ambiguous: Annotated[
        bool,
        typer.Option(
            "--ambiguous", help="Also words whose ordinary sense could not be ruled out, marked."
        ),
    ] = False,
    nif: Annotated[
        str | None,
        typer.Option(help="Write one text as NIF 2.0: jsonld, turtle or ntriples."),
    ] = None,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Mark the emotions in texts.

    Each mention has its place in code points, what it means, whether it is denied, how strong and how sure
    it is, and who feels it. With --input, each record is answered by a JSON line with all its fields and the
    annotation under "affectgraph"; files are read and runs are resumed as "ground" does.
    """
    require_source(texts, input_, "texts", to=to, resume=resume, progress=progress)
    if nif is not None and (json_ or len(texts or ()) != 1):
        raise usage("--nif goes with one text, and without --json.")
    from affectgraph.linkers import Annotator

    annotator = Annotator(open_graph(graph), overlapping=overlapping, ambiguous=ambiguous)
    if input_ is None:
        found = annotator.annotate_many([_read(text) for text in texts or ()])
        _emit(annotator, found, json_, nif)
        return
    answer_file(
        input_,
        lambda records: [_answer(annotator, record.get(field)) for record in records],
        field=field,
        tally=lambda answer: [f"{mention['polarity']} mentions" for mention in answer["mentions"]],
        to=to,
        resume=resume,
        progress=progress,
    )


def _read(text: str) -> str:
    """Return a text, or all of stdin for ``-``; bytes that are no text become U+FFFD.

    :raises typer.BadParameter: if stdin is not in UTF-8.
    :raises InputError: if it is longer than :data:`TEXT_LIMIT`.
    """
    from affectgraph.api.annotations import require_text
    from affectgraph.api.bodies import encodable

    if text != "-":
        return require_text(encodable(text), limit=TEXT_LIMIT)
    try:
        content = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise usage(f"Expected text in UTF-8 on stdin: {error}.") from error
    return require_text(content, limit=TEXT_LIMIT)


def _emit(
    annotator: "Annotator", found: "list[Annotation]", as_json: bool, nif: str | None
) -> None:
    if nif is not None:
        from affectgraph.api.annotations import nif_of

        emit(nif_of(annotator.graph, found[0], nif).content.rstrip("\n"))
        return
    for annotation in found:
        if as_json:
            from affectgraph.api.annotations import to_annotation

            emit(to_json(as_data(to_annotation(annotation))))
        else:
            from affectgraph.api.linking_text import annotation_text

            emit(annotation_text(annotation))


def _answer(annotator: "Annotator", text: Any) -> Any:
    """Return the annotation of a record's text as JSON data, or what is wrong with it."""
    from affectgraph.api.annotations import require_text, to_annotation
    from affectgraph.api.bodies import encodable

    try:
        checked = require_text(encodable(text), limit=TEXT_LIMIT)
        return as_data(to_annotation(annotator.annotate(checked)))
    except AffectGraphError as error:
        return error
