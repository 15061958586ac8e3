"""Commands over many records: ``ground`` and ``check``. A bad line is answered at its place."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    LimitOption,
    SchemeOption,
    app,
    as_data,
    emit,
    emit_json,
    note,
    open_graph,
    to_json,
    usage,
)
from affectgraph.ontology.errors import AffectGraphError, InputError

if TYPE_CHECKING:
    from affectgraph.linkers import LabelLinker
    from affectgraph.reasoner import Checker

CHUNK = 256
"""Lines answered together."""
KEY = "affectgraph"
"""Field that an answered record gains."""
JSON_ENDINGS = {".jsonl", ".ndjson"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input.

    :param record: its fields; None if the line is bad.
    :param raw: the line as read.
    :param fault: what is wrong with it.
    """

    number: int
    raw: str
    record: dict[str, Any] | None
    fault: str = ""


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON; write null")


def read_json_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """Yield the records of JSON lines; blank lines are passed over, bad ones yield their fault."""
    for number, content in enumerate(lines, start=1):
        if content.strip():
            yield _read_json(number, content.removeprefix(b"\xef\xbb\xbf"))


def _read_json(number: int, content: bytes) -> Line:
    raw = content.decode("utf-8", "replace").rstrip("\r\n")
    try:
        text = content.decode("utf-8")
        record = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        return Line(number, raw, None, f"Expected a JSON object: {error}.")
    if not isinstance(record, dict):
        return Line(number, raw, None, f"Expected a JSON object, got {type(record).__name__}.")
    return Line(number, raw, record)


def read_plain_lines(lines: Iterable[bytes], *, field: str) -> Iterator[Line]:
    """Yield a record per line with the line as its only field; empty lines count, too."""
    for number, content in enumerate(lines, start=1):
        raw = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").rstrip("\r\n")
        yield Line(number, raw, {field: raw})


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """Give a file for reading, stdin for ``-``.

    :raises typer.BadParameter: if there is no such file.
    """
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise usage(f"Cannot read {name}: {error.strerror}.") from error
    with stream:
        yield stream


def answer_lines(lines: Iterable[Line], answer: Callable[[list[dict[str, Any]]], list[Any]]) -> int:
    """Write an answered record per line, in order, and return the number of bad lines.

    :param answer: gives one JSON value, or an error, for each record.
    """
    faulty = total = 0
    source = iter(lines)
    while chunk := list(islice(source, CHUNK)):
        good = [line for line in chunk if line.record is not None]
        answers = iter(answer([line.record for line in good if line.record is not None]))
        for line in chunk:
            outcome = next(answers) if line.record is not None else line.fault
            faulty += isinstance(outcome, AffectGraphError) or line.record is None
            emit(to_json(_answered(line, outcome)))
        total += len(chunk)
        if sys.stderr.isatty():
            note(f"{total} records")
    note(f"{total} records, {faulty} bad")
    return faulty


def _answered(line: Line, outcome: Any) -> dict[str, Any]:
    if line.record is None:
        return {"input": line.raw, KEY: {"error": {"line": line.number, "message": line.fault}}}
    record = {name: value for name, value in line.record.items() if name != KEY}
    if isinstance(outcome, AffectGraphError):
        return {**record, KEY: {"error": {"line": line.number, "message": str(outcome)}}}
    return {**record, KEY: outcome}


@app.command()
def ground(
    labels: Annotated[list[str] | None, typer.Argument(help="Labels, such as 'furious'.")] = None,
    scheme: SchemeOption = None,
    input_: Annotated[
        str | None,
        typer.Option("--input", "-i", metavar="FILE|-", help="Lines of text, or JSON lines."),
    ] = None,
    field: Annotated[str, typer.Option(help="Field of the label in JSON lines.")] = "label",
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say what labels mean, with evidence.

    "nil" with a reason is an answer. With --input, each line is answered by a JSON line: the record
    with all its fields, and the answer under "affectgraph". A record's own field "scheme" counts unless
    --scheme is given. Lines of text become records with one
    field. A file counts as JSON lines if its name ends in .jsonl or .ndjson, or its first line starts
    with a brace.
    """
    if bool(labels) == (input_ is not None):
        raise usage("Give labels, or --input FILE.")
    from affectgraph.linkers import LabelLinker

    linker = LabelLinker(open_graph(graph))
    if input_ is None:
        found = linker.ground_many(labels or (), scheme=scheme, limit=limit)
        _emit_groundings(found, json_)
        return
    if scheme is not None:
        linker.graph.scheme(scheme)
    from affectgraph.api.answers import Grounding

    def answer(records: list[dict[str, Any]]) -> list[Any]:
        found = [_ground_record(linker, record, field, scheme, limit) for record in records]
        counts.update(x.status for x in found if not isinstance(x, AffectGraphError))
        return [
            x if isinstance(x, AffectGraphError) else as_data(Grounding.model_validate(x))
            for x in found
        ]

    counts: Counter[str] = Counter()
    with open_input(input_) as stream:
        faulty = answer_lines(_lines_of(stream, input_, field), answer)
    note(", ".join(f"{n} {status}" for status, n in sorted(counts.items())) or "nothing read")
    if faulty:
        raise typer.Exit(FAULTY)


def _ground_record(
    linker: "LabelLinker", record: dict[str, Any], field: str, scheme: str | None, limit: int
) -> Any:
    own = record.get("scheme")
    try:
        if scheme is None and own is not None and not isinstance(own, str):
            raise InputError(f"Expected text in 'scheme', got {own!r}.")
        return linker.ground(record.get(field), scheme=scheme or own, limit=limit)
    except AffectGraphError as error:
        return error


def _emit_groundings(found: list[Any], as_json: bool) -> None:
    if not as_json:
        emit("\n".join(grounding.explain() for grounding in found))
        return
    from affectgraph.api.answers import Grounding

    for grounding in found:
        emit(to_json(as_data(Grounding.model_validate(grounding))))


def _lines_of(stream: BinaryIO, name: str, field: str) -> Iterator[Line]:
    first = stream.readline()
    lines = (line for part in ([first] if first else [], stream) for line in part)
    is_json = first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if is_json or Path(name).suffix.lower() in JSON_ENDINGS:
        return _with_field(read_json_lines(lines), field)
    return read_plain_lines(lines, field=field)


def _with_field(lines: Iterable[Line], field: str) -> Iterator[Line]:
    """Yield lines; a record without the label's field is a bad line, not a label of no text."""
    for line in lines:
        if line.record is not None and field not in line.record:
            fault = (
                f"Expected a field {field!r}, got {', '.join(line.record) or 'none'}. See --field."
            )
            yield Line(line.number, line.raw, None, fault)
        else:
            yield line


@app.command()
def check(
    input_: Annotated[
        str | None, typer.Argument(metavar="[FILE|-]", help="JSON lines; stdin for '-'.")
    ] = None,
    rationale: Annotated[
        str | None, typer.Option(help="Check this text instead of a file.")
    ] = None,
    label: Annotated[str | None, typer.Option(help="With --rationale: its label.")] = None,
    scheme: Annotated[
        str | None, typer.Option(help="With --rationale: its label's scheme.")
    ] = None,
    summary: Annotated[
        bool,
        typer.Option("--summary", help="With a file: a line of text per record instead of JSON."),
    ] = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Check rationales claim by claim.

    Every verdict names the facts it rests on. Records have the fields rationale, label, scheme, aus
    (detector columns) and vad; any may be missing. Each line is answered by a JSON line: the record
    with all its fields in order, and the report under "affectgraph". With --summary, by what the label
    means, how many claims got each verdict, and what contradicts the graph.
    """
    if (input_ is None) == (rationale is None):
        raise usage("Give a FILE of JSON lines ('-' for stdin), or --rationale TEXT.")
    if summary and (rationale is not None or json_):
        raise usage("--summary goes with a FILE, and without --json.")
    if rationale is None and (label is not None or scheme is not None):
        raise usage("--label and --scheme go with --rationale; records carry their own.")
    from affectgraph.reasoner import Checker

    checker = Checker(open_graph(graph))
    if rationale is not None:
        _emit_report(checker.check(rationale, label=label, scheme=scheme), json_)
        return
    from affectgraph.api.answers import to_report

    def answer(records: list[dict[str, Any]]) -> list[Any]:
        found = checker.check_many(records)
        for report in found:
            if not isinstance(report, AffectGraphError):
                counts.update(report.counts())
        return [x if isinstance(x, AffectGraphError) else as_data(to_report(x)) for x in found]

    counts: Counter[str] = Counter()
    with open_input(input_ or "-") as stream:
        lines = read_json_lines(stream)
        faulty = _summarise(lines, checker, counts) if summary else answer_lines(lines, answer)
    verdicts = ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in counts.items())
    note(f"claims: {verdicts or 'none'}")
    if faulty:
        raise typer.Exit(FAULTY)


def _summarise(lines: Iterable[Line], checker: "Checker", counts: Counter[str]) -> int:
    """Write what a person wants to see of each record, and return the number of bad lines."""
    from affectgraph.api.text import summary_text
    from affectgraph.reasoner import Report

    faulty = total = 0
    for line in lines:
        total += 1
        name = str((line.record or {}).get("id", f"line {line.number}"))
        outcome: object = line.fault
        if line.record is not None:
            (outcome,) = checker.check_many([line.record])
        if not isinstance(outcome, Report):
            faulty += 1
            emit(f"{name}: error: {outcome}")
            continue
        counts.update(outcome.counts())
        emit(summary_text(name, outcome))
    note(f"{total} records, {faulty} bad")
    return faulty


def _emit_report(report: Any, as_json: bool) -> None:
    if as_json:
        from affectgraph.api.answers import to_report

        emit_json(to_report(report))
        return
    from affectgraph.api.text import report_text

    emit(report_text(report))
