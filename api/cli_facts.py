"""The command ``facts``: what the graph knows about observations, for prompts and for people."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.check_records import answer_records, is_table
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
    open_graph,
)
from affectgraph.api.cli_options import AusOption, RecordsArgument, RecordsToOption
from affectgraph.api.cli_records import answer_lines
from affectgraph.api.observation_options import (
    ModelLabelOption,
    ModelSchemeOption,
    PointOption,
    TextField,
    TextOption,
    given_observation,
    observation_record,
    require_observation,
)
from affectgraph.api.record_files import open_input, read_records
from affectgraph.api.record_output import open_output

if TYPE_CHECKING:
    from affectgraph.reasoner import GroundedEvidence


@app.command()
def facts(
    input_: RecordsArgument = None,
    text: TextOption = None,
    aus: AusOption = None,
    vad: PointOption = None,
    label: ModelLabelOption = None,
    scheme: ModelSchemeOption = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, help="At most so many facts.")
    ] = 20,
    token_budget: Annotated[
        int | None,
        typer.Option(min=1, help="At most so many tokens of facts, at 3 characters each."),
    ] = None,
    field: TextField = None,
    to: RecordsToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """List what the graph knows of an observation.

    Emotions that it may show, ranked, and facts with their sources, most useful first, to put into prompts
    (retrieval-augmented generation). Records are those of "reason", and are answered under "affectgraph";
    files are read and runs are resumed as "check" does.
    """
    given = given_observation(text=text, aus=aus, vad=vad, label=label, scheme=scheme)
    of_file = {"field": field, "to": to, "resume": resume, "progress": progress}
    require_observation(input_, given, of_file=of_file)
    from affectgraph.reasoner import Retriever

    retriever = Retriever(open_graph(graph))

    def found_for(record: dict[str, Any]) -> "GroundedEvidence":
        return retriever.retrieve(record, limit=limit, token_budget=token_budget)

    if input_ is None:
        _emit(found_for(given), as_json=json_)
        return
    from affectgraph.api.reasonings import to_evidence

    in_table = is_table(input_)
    with open_input(input_) as stream, open_output(to, resume=resume) as output:
        faulty = answer_lines(
            read_records(stream, input_, field=field),
            lambda records: answer_records(
                records,
                lambda record: as_data(to_evidence(found_for(record))),
                lambda record: observation_record(record, field=field or "text", in_table=in_table),
            ),
            output=output,
            progress=progress,
        )
    if faulty:
        raise typer.Exit(FAULTY)


def _emit(found: "GroundedEvidence", *, as_json: bool) -> None:
    if as_json:
        from affectgraph.api.reasonings import to_evidence

        emit_json(to_evidence(found))
        return
    from affectgraph.api.reason_text import evidence_text

    emit(evidence_text(found))
