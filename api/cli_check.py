"""The command ``check``: rationales claim by claim, one or a file of them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.check_output import (
    Outcome,
    emit_rdf,
    record_name,
    require_page,
    require_rdf,
    write_page,
)
from affectgraph.api.check_records import answer_records, is_table, read_json_cell, to_record
from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    ProgressOption,
    ResumeOption,
    app,
    as_data,
    emit,
    emit_json,
    note,
    open_graph,
    usage,
)
from affectgraph.api.cli_options import (
    AusOption,
    LabelOption,
    LabelSchemeOption,
    RationaleField,
    RationaleOption,
    RecordsArgument,
    RecordsToOption,
    require_rationale,
)
from affectgraph.api.cli_records import answer_lines, answered_line
from affectgraph.api.record_files import Line, open_input, read_records
from affectgraph.api.record_output import open_output
from affectgraph.api.verdict_counts import FailOnOption, VerdictCounts

if TYPE_CHECKING:
    from affectgraph.reasoner import Checker, Report


@app.command()
def check(
    input_: RecordsArgument = None,
    rationale: RationaleOption = None,
    label: LabelOption = None,
    scheme: LabelSchemeOption = None,
    aus: AusOption = None,
    field_: RationaleField = None,
    to: RecordsToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    summary: Annotated[
        bool,
        typer.Option("--summary", help="With a file: a line of text per record instead of JSON."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            help="With a file: write an HTML page of it, for people, instead of JSON lines."
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", help="Write one RDF document instead: turtle, jsonld, ntriples or trig."
        ),
    ] = None,
    graph_name: Annotated[
        str | None,
        typer.Option(help="With --format trig: its named graph, graph/user/NAME; checks."),
    ] = None,
    fail_on: FailOnOption = None,
    sources: Annotated[
        str,
        typer.Option(
            help="Whose word counts where sources disagree: any, majority, or the id of a source."
        ),
    ] = "any",
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Check rationales claim by claim.

    Every verdict names the facts it rests on. Records have the fields rationale, label, scheme, aus
    (detector columns) and vad; any may be missing, and in tables aus and vad hold JSON. Each record is
    answered by a JSON line: the record with all its fields in order, and the report under "affectgraph";
    a bad one by what is wrong, and exit code 1. With --summary, by what the label means, how many claims
    got each verdict, and what contradicts the graph. --report writes a page with the texts marked, beside
    the JSON lines of --to if that is given. --format writes the run, its claims and verdicts as PROV-O and
    Web Annotation, with the records' id and agent; import-rdf stores that. --resume goes on as "ground" does.
    """
    require_rationale(
        input_,
        rationale,
        of_text={"label": label, "scheme": scheme, "aus": aus},
        of_file={"to": to, "resume": resume, "progress": progress, "report": report},
    )
    if summary and any((rationale is not None, json_, to, format_)):
        raise usage("--summary goes with a FILE, and without --json, --to or --format.")
    if resume and (report is not None or format_ is not None):
        raise usage("--report and --format show a whole file; give them without --resume.")
    if json_ and format_ is not None:
        raise usage("Give one of --json and --format.")
    require_rdf(format_, graph_name)
    if report is not None:
        require_page(report, kept=(input_, to, graph))
    from affectgraph.reasoner import Checker

    checker = Checker(open_graph(graph), sources=sources)
    text_field = "rationale" if field_ is None else field_
    run = _Run(
        checker,
        text_field,
        is_summary=summary,
        is_silent=to is None and (report is not None or format_ is not None),
        keeps=report is not None or format_ is not None,
    )
    faulty = 0
    if input_ is None:
        columns = read_json_cell(aus, "--aus") if aus is not None else None
        found = checker.check(rationale, label=label, scheme=scheme, aus=columns)
        run.take(Line(1, "", {text_field: rationale}), found)
        if format_ is None:
            _emit_report(found, json_)
    else:
        with open_input(input_) as stream, open_output(to, resume=resume) as output:
            faulty = answer_lines(
                read_records(stream, input_, field=field_),
                run.answer_table if is_table(input_) else run.answer,
                output=output,
                progress=progress,
                written=run.written,
            )
        note(f"claims: {run.verdicts.text() or 'none'}")
    if report is not None:
        title = "standard input" if input_ == "-" else Path(input_ or "").name
        write_page(report, run.kept, field=text_field, title=title)
    if format_ is not None:
        emit_rdf(checker.graph, run.kept, field=text_field, format_=format_, name=graph_name)
    if faulty or run.verdicts.fails_on(fail_on or ()):
        raise typer.Exit(FAULTY)


@dataclass
class _Run:
    """One run over a file: how records are answered, and what came out.

    :param text_field: field of the rationale.
    :param is_summary: whether a line of text is written per record, at once.
    :param is_silent: whether nothing is written to the output.
    :param keeps: whether every record is kept with its outcome, for what shows them all.
    """

    checker: "Checker"
    text_field: str
    is_summary: bool = False
    is_silent: bool = False
    keeps: bool = False
    kept: list[Outcome] = field(default_factory=list)
    verdicts: VerdictCounts = field(default_factory=VerdictCounts)

    def answer(self, records: list[dict[str, Any]]) -> list[Any]:
        """Return the reports of records of JSON lines."""
        return self._answer(records, in_table=False)

    def answer_table(self, records: list[dict[str, Any]]) -> list[Any]:
        """Return the reports of rows of a table."""
        return self._answer(records, in_table=True)

    def _answer(self, records: list[dict[str, Any]], *, in_table: bool) -> list[Any]:
        return answer_records(
            records,
            self.checker.check_record,
            lambda r: to_record(r, field=self.text_field, text="rationale", in_table=in_table),
        )

    def take(self, line: Line, outcome: Any) -> None:
        """Add a line's verdicts to those of the run, and keep it if it is to be shown later."""
        from affectgraph.reasoner import Report

        if self.keeps:
            self.kept.append((line, outcome))
        if isinstance(outcome, Report):
            self.verdicts.add(outcome)

    def written(self, line: Line, outcome: Any) -> str | None:
        """Return what is written to the output for a line; a summary is written at once."""
        from affectgraph.api.answers import to_report
        from affectgraph.reasoner import Report

        self.take(line, outcome)
        if self.is_summary:
            emit(_summary(line, outcome))
        if self.is_summary or self.is_silent:
            return None
        is_good = isinstance(outcome, Report)
        return answered_line(line, as_data(to_report(outcome)) if is_good else outcome)


def _summary(line: Line, outcome: Any) -> str:
    """Return what a person wants to see of a record."""
    from affectgraph.api.text import summary_text
    from affectgraph.reasoner import Report

    name = record_name(line)
    return (
        summary_text(name, outcome) if isinstance(outcome, Report) else f"{name}: error: {outcome}"
    )


def _emit_report(report: "Report", as_json: bool) -> None:
    if as_json:
        from affectgraph.api.answers import to_report

        emit_json(to_report(report))
        return
    from affectgraph.api.text import report_text

    emit(report_text(report))
