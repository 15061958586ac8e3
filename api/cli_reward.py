"""The command ``reward``: what rationales are worth to training."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

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
from affectgraph.api.cli_records import answer_lines
from affectgraph.api.record_files import open_input, read_records
from affectgraph.api.record_output import open_output
from affectgraph.ontology.errors import AffectGraphError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph
    from affectgraph.reasoner import Weights


@app.command()
def reward(
    input_: RecordsArgument = None,
    rationale: RationaleOption = None,
    label: LabelOption = None,
    scheme: LabelSchemeOption = None,
    aus: AusOption = None,
    weights: Annotated[
        str, typer.Option(metavar="JSON", help='What parts count, such as {"format": 0}.')
    ] = "{}",
    field_: RationaleField = None,
    to: RecordsToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Reward rationales for training, in parts.

    The total is at most 1. Records have the fields rationale, label, scheme and aus (detector columns); a
    part that they leave undefined is left out and said. Each is answered by a JSON line with all its fields
    and the reward under "affectgraph"; files are read and runs are resumed as "check" does.
    """
    require_rationale(
        input_,
        rationale,
        of_text={"label": label, "scheme": scheme, "aus": aus},
        of_file={"to": to, "resume": resume, "progress": progress},
    )
    from affectgraph.api.rewards import read_weights

    counted = read_weights(weights)
    opened = open_graph(graph)
    if input_ is None:
        columns = read_json_cell(aus, "--aus") if aus is not None else None
        record = {"rationale": rationale, "label": label, "scheme": scheme, "aus": columns}
        _emit(opened, record, counted, json_)
        return
    totals: list[float] = []
    text_field = "rationale" if field_ is None else field_

    def answer(records: list[dict[str, Any]]) -> list[Any]:
        found = _answers(opened, records, counted, text_field, in_table=is_table(input_))
        totals.extend(x["total"] for x in found if not isinstance(x, AffectGraphError))
        return found

    with open_input(input_) as stream, open_output(to, resume=resume) as output:
        lines = read_records(stream, input_, field=field_)
        faulty = answer_lines(lines, answer, output=output, progress=progress)
    note(f"mean reward {sum(totals) / len(totals):.4f}" if totals else "no reward")
    if faulty:
        raise typer.Exit(FAULTY)


def _answers(
    graph: "EmotionGraph",
    records: list[dict[str, Any]],
    weights: "Weights",
    field: str,
    *,
    in_table: bool,
) -> list[Any]:
    from affectgraph.api.rewards import reward_of

    return answer_records(
        records,
        lambda record: as_data(reward_of(graph, record, weights)),
        lambda record: to_record(record, field=field, text="rationale", in_table=in_table),
    )


def _emit(graph: "EmotionGraph", record: dict[str, Any], weights: "Weights", as_json: bool) -> None:
    from affectgraph.api.rewards import reward_of

    found = reward_of(graph, record, weights)
    if as_json:
        emit_json(found)
        return
    rows = [f"{found.total:.4f} in all"]
    for name, value in found.parts.model_dump().items():
        rows.append(f"  {name:13} {'left out' if value is None else f'{value:.4f}'}")
    against = [j for j in found.verdicts if j.verdict == "contradicted"]
    rows += [f"contradicted: {j.sentence} {j.hint}".rstrip() for j in against]
    emit("\n".join([*rows, *found.notes]))
