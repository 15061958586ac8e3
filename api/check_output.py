"""What ``check`` writes of a whole run: a page for people, or an RDF document."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affectgraph.api.cli_base import emit, note, usage
from affectgraph.api.record_files import Line
from affectgraph.ontology.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

Outcome = tuple[Line, Any]
"""A line with its report, or with what was wrong."""


def record_name(line: Line) -> str:
    """Return what a record is called: its id, or its line."""
    name = (line.record or {}).get("id")
    return f"line {line.number}" if name is None else str(name)


def _text(line: Line, field: str) -> str:
    text = (line.record or {}).get(field)
    return text if isinstance(text, str) else ""


def require_page(path: Path, *, kept: Iterable[Path | str | None]) -> None:
    """Refuse a page that cannot be written, or would take the place of a file of the run, before the work.

    :param kept: the files that the run reads or writes; None for one that is not given.
    :raises typer.BadParameter: if the page is one of them, a folder, or in a folder that is not there or
        may not be written to.
    :raises MissingExtraError: if the extra ``web``, which renders pages, is not installed.
    """
    try:
        import affectgraph.api.report_page  # noqa: F401 - write_page needs it when the work is done
    except ImportError as error:
        raise MissingExtraError("web", feature="Writing a page") from error
    for other in kept:
        if other is not None and _is_same_file(path, Path(other)):
            raise usage(
                f"--report would overwrite {other}, which this run uses. Name another file."
            )
    if path.is_dir():
        raise usage(f"Cannot write {path}: it is a folder. Name a file in it.")
    if not path.parent.is_dir():
        raise usage(f"Cannot write {path}: there is no folder {path.parent}. Make it first.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise usage(f"Cannot write {path}: it may not be written to. Name another file.")


def _is_same_file(one: Path, other: Path) -> bool:
    """Return whether two paths are one file, by whatever name; also before it is there."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there yet
        return os.path.realpath(one) == os.path.realpath(other)


def write_page(path: Path, run: Sequence[Outcome], *, field: str, title: str) -> None:
    """Write records with their outcomes as a page, and say on stderr how long it is.

    :param field: field of the rationale.
    :raises typer.BadParameter: if the file cannot be written; :func:`require_page` has seen to the rest.
    """
    from affectgraph.api.report_page import Checked, report_page
    from affectgraph.reasoner import Report

    checked = [
        Checked(
            record_name(line),
            _text(line, field),
            outcome if isinstance(outcome, Report) else str(outcome),
        )
        for line, outcome in run
    ]
    content = report_page(checked, title=title).encode("utf-8")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise usage(f"Cannot write {path}: {error.strerror}.") from error
    note(f"{path}: {len(content):,} bytes")


def require_rdf(format_: str | None, name: str | None) -> None:
    """Refuse a format or a name of a graph that no document can have, before anything is checked.

    :raises typer.BadParameter: if there is no such format, or a name comes without ``trig``.
    """
    if format_ is None and name is None:
        return
    from affectgraph.kg.user_data import user_graph
    from affectgraph.reasoner.report_rdf import RDF_FORMATS

    if format_ is not None and format_ not in RDF_FORMATS:
        raise usage(f"Expected --format of {', '.join(RDF_FORMATS)}, got {format_!r}.")
    if name is None:
        return
    if format_ != "trig":
        raise usage("--graph-name goes with --format trig.")
    try:
        user_graph(name)
    except InputError as error:
        raise usage(str(error)) from error


def emit_rdf(
    graph: "EmotionGraph", run: Iterable[Outcome], *, field: str, format_: str, name: str | None
) -> None:
    """Write the good records of a run as one RDF document to stdout; bad ones are said on stderr.

    :param field: field of the rationale.
    :param name: name of the named graph.
    """
    from affectgraph.reasoner import Report, reports_to_rdf
    from affectgraph.reasoner.claim_rdf import of_record

    checked = []
    for line, outcome in run:
        if not isinstance(outcome, Report):
            note(f"line {line.number} is left out: {outcome}")
            continue
        checked.append(of_record(line.record or {}, outcome, field=field))
    found = reports_to_rdf(graph, checked, format=format_, name=name, checked_at=datetime.now(UTC))
    emit(found.content.rstrip("\n"))
