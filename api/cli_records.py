"""What commands over many records share, and ``ground``. A bad line is answered at its place."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    InputOption,
    JsonOption,
    LimitOption,
    ProgressOption,
    ResumeOption,
    SchemeOption,
    ToOption,
    app,
    as_data,
    emit,
    note,
    open_graph,
    to_json,
    usage,
)
from affectgraph.api.cli_options import options_text
from affectgraph.api.record_answers import GroundRecords, require_preset
from affectgraph.api.record_files import Line, open_input, read_lines
from affectgraph.api.record_output import KEY, STDOUT, Output, not_done, open_output
from affectgraph.ontology.errors import AffectGraphError

CHUNK = 256
"""Lines answered together."""
RAY_CHUNK = 131_072
"""Lines handed to Ray together: some tens of blocks."""


def answer_lines(
    lines: Iterable[Line],
    answer: Callable[[list[dict[str, Any]]], list[Any]],
    *,
    output: Output = STDOUT,
    chunk: int | None = None,
    progress: bool = False,
    written: Callable[[Line, Any], str | None] | None = None,
    pace: Callable[[int], str] | None = None,
) -> int:
    """Write an answered record per line, in order, and return the number of bad lines.

    :param answer: gives one JSON value, or an error, for each record.
    :param written: how a line and its outcome are written, None for not at all; by default as
        :func:`answered_line`.
    :param chunk: number of lines answered together, :data:`CHUNK` if left out; a stopped run has written
        whole chunks.
    :param progress: say how many are done also where stderr is no terminal.
    :param pace: what is said beside that, of so many lines that this run has answered.
    """
    faulty = total = 0
    source = not_done(lines, output)
    while part := list(islice(source, chunk or CHUNK)):
        good = [line for line in part if line.record is not None]
        answers = iter(answer([line.record for line in good if line.record is not None]))
        for line in part:
            outcome = next(answers) if line.record is not None else line.fault
            faulty += isinstance(outcome, AffectGraphError) or line.record is None
            text = (written or answered_line)(line, outcome)
            if text is not None:
                output.write(text)
        output.flush()
        total += len(part)
        if progress or sys.stderr.isatty():
            note(f"{output.done + total} records{f', {pace(total)}' if pace else ''}")
    before = f", {output.done} answered before" if output.done else ""
    note(f"{total} records, {faulty} bad{before}")
    return faulty


def answered_line(line: Line, outcome: Any) -> str:
    """Return a line's record as JSON with its answer, or with what is wrong, under :data:`KEY`."""
    return to_json(_answered(line, outcome))


def _answered(line: Line, outcome: Any) -> dict[str, Any]:
    if line.record is None:
        return {"input": line.raw, KEY: {"error": {"line": line.number, "message": line.fault}}}
    record = {name: value for name, value in line.record.items() if name != KEY}
    if isinstance(outcome, AffectGraphError):
        return {**record, KEY: {"error": {"line": line.number, "message": str(outcome)}}}
    return {**record, KEY: outcome}


def answer_file(
    name: str,
    answer: Callable[[list[dict[str, Any]]], list[Any]],
    *,
    field: str,
    tally: Callable[[Any], Iterable[str]],
    told: Sequence[str] = (),
    to: Path | None = None,
    resume: bool = False,
    progress: bool = False,
    chunk: int | None = None,
) -> None:
    """Answer the records of a file by JSON lines, and say on stderr how many got what.

    :param name: the file, ``-`` for stdin.
    :param answer: as for :func:`answer_lines`.
    :param field: field or column that each record must have.
    :param tally: what is counted of an answer.
    :param told: of what is counted, that which is told first and in this order, also if there is none.
    :param to, resume, progress, chunk: as the options of ``ground`` say.
    :raises typer.Exit: with code 1, when all is written, if lines were bad.
    """
    counts: Counter[str] = Counter(dict.fromkeys(told, 0))

    def counted(records: list[dict[str, Any]]) -> list[Any]:
        answers = answer(records)
        for found in answers:
            if not isinstance(found, AffectGraphError):
                counts.update(tally(found))
        return answers

    with open_input(name) as stream, open_output(to, resume=resume) as output:
        faulty = answer_lines(
            read_lines(stream, name, field=field),
            counted,
            output=output,
            chunk=chunk,
            progress=progress,
        )
    names = [*told, *sorted(set(counts) - set(told))]
    note(", ".join(f"{counts[name]} {name}" for name in names) or "nothing found")
    if faulty:
        raise typer.Exit(FAULTY)


def require_source(given: object, input_: str | None, what: str, **file_options: object) -> None:
    """Refuse to read both arguments and a file, or neither, and options of files without one.

    :param what: how the arguments are called.
    :raises typer.BadParameter: if they do not go together.
    """
    if bool(given) == (input_ is not None):
        raise usage(f"Give {what}, or --input FILE.")
    if input_ is None and any(file_options.values()):
        raise usage(f"{options_text(file_options)} go with --input FILE.")


@app.command()
def ground(
    labels: Annotated[list[str] | None, typer.Argument(help="Labels, such as 'furious'.")] = None,
    scheme: SchemeOption = None,
    preset: Annotated[
        str, typer.Option(help="How sure an answer has to be: strict, balanced or always.")
    ] = "balanced",
    input_: InputOption = None,
    field: Annotated[str, typer.Option(help="Field or column of the label.")] = "label",
    to: ToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    ray: Annotated[
        bool, typer.Option("--ray", help="Ground in blocks over Ray; see the extra ray.")
    ] = False,
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say what labels mean, with evidence.

    "nil" with a reason is an answer. With --scheme, LABEL_3 is the label of that code or place. With
    --input, each record is answered by a JSON line: the record
    with all its fields, and the answer under "affectgraph". A record's own field "scheme" counts unless
    --scheme is given. Files in .csv and .tsv have a header line; in .parquet they need the extra tables; in
    .jsonl or .ndjson, or if their first line starts with a brace, they hold JSON lines; all others hold text,
    a label a line. --resume counts the complete lines of --to, cuts off a torn last one and goes on.
    """
    require_source(labels, input_, "labels", to=to, resume=resume, progress=progress, ray=ray)
    wanted = require_preset(preset)
    if input_ is None:
        from affectgraph.linkers import LabelLinker

        linker = LabelLinker(open_graph(graph))
        found = linker.ground_many(labels or (), scheme=scheme, limit=limit, preset=wanted)
        _emit_groundings(found, json_)
        return
    work = GroundRecords(field, scheme, limit, graph, wanted)
    answer_file(
        input_,
        work.by_ray if ray else work.here(),
        field=field,
        tally=lambda found: [found["status"]],
        to=to,
        resume=resume,
        progress=progress,
        chunk=RAY_CHUNK if ray else None,
    )


def _emit_groundings(found: list[Any], as_json: bool) -> None:
    if not as_json:
        emit("\n".join(grounding.explain() for grounding in found))
        return
    from affectgraph.api.answers import Grounding

    for grounding in found:
        emit(to_json(as_data(Grounding.model_validate(grounding))))
