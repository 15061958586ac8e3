"""The command ``ask``: whether statements about observations are true, false or unknown."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.check_records import answer_records, is_table, read_json_cell, to_record
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
    emit_json,
    open_graph,
    usage,
)
from affectgraph.api.cli_options import AusOption, LabelOption, LabelSchemeOption
from affectgraph.api.cli_records import answer_file, require_source

if TYPE_CHECKING:
    from affectgraph.reasoner import Checker


@app.command()
def ask(
    statement: Annotated[
        str | None, typer.Argument(help="A statement, such as 'The person smiles.'")
    ] = None,
    label: LabelOption = None,
    scheme: LabelSchemeOption = None,
    aus: AusOption = None,
    input_: InputOption = None,
    field: Annotated[str, typer.Option(help="Field or column of the statement.")] = "statement",
    to: ToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say whether a statement about an observation is true, false or unknown.

    True if every claim of it is supported, false if one is contradicted, else unknown with its reason. With
    --input, each record (statement, label, scheme, aus) is answered by a JSON line with all its fields and
    the answer under "affectgraph"; files are read and runs are resumed as "ground" does.
    """
    require_source(
        statement is not None, input_, "a statement", to=to, resume=resume, progress=progress
    )
    if input_ is not None and any(value is not None for value in (label, scheme, aus)):
        raise usage("--label, --scheme and --aus go with a statement; records carry their own.")
    from affectgraph.reasoner import Checker

    checker = Checker(open_graph(graph))
    if input_ is None:
        _emit(checker, statement or "", label, scheme, aus, json_)
        return
    in_table = is_table(input_)
    answer_file(
        input_,
        lambda records: _answers(checker, records, field, in_table=in_table),
        field=field,
        tally=lambda found: [found["truth"]],
        told=("true", "false", "unknown"),
        to=to,
        resume=resume,
        progress=progress,
    )


def _answers(
    checker: "Checker", records: list[dict[str, Any]], field: str, *, in_table: bool
) -> list[Any]:
    from affectgraph.api.statements import StatementAnswer
    from affectgraph.reasoner.statement import judge_statement_record

    return answer_records(
        records,
        lambda record: as_data(
            StatementAnswer.model_validate(judge_statement_record(checker, record))
        ),
        lambda record: to_record(record, field=field, text="statement", in_table=in_table),
    )


def _emit(
    checker: "Checker",
    statement: str,
    label: str | None,
    scheme: str | None,
    aus: str | None,
    as_json: bool,
) -> None:
    from affectgraph.reasoner import judge_statement

    columns = read_json_cell(aus, "--aus") if aus is not None else None
    found = judge_statement(checker, statement, label=label, scheme=scheme, aus=columns)
    if as_json:
        from affectgraph.api.statements import StatementAnswer

        emit_json(StatementAnswer.model_validate(found))
        return
    from affectgraph.api.text import statement_text

    emit(statement_text(found))
