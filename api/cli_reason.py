"""The command ``reason``: which emotion observations show and why, each claim checked."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from affectgraph.api.check_records import is_table
from affectgraph.api.cli_base import (
    BACKEND,
    FAULTY,
    GraphOption,
    JsonOption,
    ProgressOption,
    ResumeOption,
    app,
    emit,
    emit_json,
    note,
    open_graph,
    usage,
)
from affectgraph.api.cli_options import AusOption, RecordsArgument, RecordsToOption
from affectgraph.api.cli_records import answer_lines
from affectgraph.api.model_options import (
    AnswerOption,
    DeviceOption,
    DtypeOption,
    EffortOption,
    FeedbackOption,
    ModelOption,
    ProfileOption,
    PromptsOption,
    SeedOption,
    StyleOption,
    closing_if_interrupted,
    read_settings,
    require_model,
    with_model,
)
from affectgraph.api.observation_options import (
    ModelLabelOption,
    ModelSchemeOption,
    PointOption,
    TextField,
    TextOption,
    given_observation,
    require_observation,
)
from affectgraph.api.reason_traces import (
    AcceptedOption,
    DigestsOption,
    PairsOption,
    TraceFiles,
    TraceOption,
)
from affectgraph.api.record_files import Line, open_input, read_records
from affectgraph.api.record_output import Output, open_output
from affectgraph.api.verdict_counts import FailOn, FailOnOption, VerdictCounts

if TYPE_CHECKING:
    from affectgraph.api.reason_run import ReasonRun
    from affectgraph.reasoner import Reasoner, Reasoning


@app.command()
def reason(
    input_: RecordsArgument = None,
    text: TextOption = None,
    aus: AusOption = None,
    vad: PointOption = None,
    label: ModelLabelOption = None,
    scheme: ModelSchemeOption = None,
    model: ModelOption = None,
    device: DeviceOption = None,
    dtype: DtypeOption = None,
    profile: ProfileOption = None,
    style: StyleOption = None,
    prompts: PromptsOption = None,
    answer: AnswerOption = None,
    feedback: FeedbackOption = None,
    effort: EffortOption = None,
    seed: SeedOption = None,
    field: TextField = None,
    facts: Annotated[
        int, typer.Option(min=0, max=400, help="In JSON: facts of the evidence in each answer.")
    ] = 20,
    to: RecordsToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="With a file: count records, calls and tokens, and ask no model."
        ),
    ] = False,
    fail_on: FailOnOption = None,
    trace: TraceOption = None,
    digests: DigestsOption = False,
    pairs: PairsOption = None,
    accepted: AcceptedOption = None,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say which emotion an observation shows, and why.

    A model drafts a rationale, the graph checks its claims, and what is contradicted goes back to the model.
    Records have any of text, aus (detector columns), vad, label, scheme and labels; in tables aus, vad and
    labels hold JSON. Each is answered by a JSON line: the record with all its fields, and the reasoning under
    "affectgraph"; a bad one by what is wrong, and exit code 1, as when the model failed after some rounds.
    A failure of the model that the next records would meet, too, ends the run with exit code 4 and keeps what
    is written; --resume goes on from there. --trace, --pairs and --accepted hold the runs of one command; a
    trace in RDF is for import-rdf. Up to 32 records are reasoned about at once. The key of a server is read
    from the environment variable AFFECTGRAPH_LLM_API_KEY.
    """
    given = given_observation(text=text, aus=aus, vad=vad, label=label, scheme=scheme)
    of_file = {"field": field, "to": to, "resume": resume, "progress": progress}
    require_observation(input_, given, of_file={**of_file, "dry-run": dry_run})
    if dry_run and (resume or fail_on):
        raise usage("--dry-run counts a whole file; give it without --resume and --fail-on.")
    opening = {"device": device, "dtype": dtype, "profile": profile}
    files = TraceFiles(trace, digests, pairs, accepted)
    asked = {"style": style, "prompts": prompts, "answer": answer, "seed": seed}
    if not dry_run:
        training = {"pairs": pairs, "accepted": accepted}
        loop = {**asked, "feedback": feedback, "effort": effort}
        require_model(model, {**opening, **loop, **training})
    settings = read_settings(effort=effort, feedback=feedback, **asked)
    from affectgraph.api.reason_run import ReasonRun
    from affectgraph.reasoner import Reasoner

    reasoner = Reasoner(open_graph(graph), settings=settings)
    if input_ is None:
        with (
            files.opened(reasoner.graph) as take,
            with_model(reasoner, model, **opening) as ready,
        ):
            found = closing_if_interrupted(ready.model, lambda: ready.reason(given))
            take(found)
        _emit(found, facts, fail_on or (), as_json=json_)
    elif dry_run:
        _count(reasoner, input_, field, as_json=json_, progress=progress)
    else:
        run = ReasonRun(reasoner, field or "text", facts, in_table=is_table(input_))
        with (
            open_input(input_) as stream,
            open_output(to, resume=resume) as output,
            files.opened(reasoner.graph, to=to) as run.take,
            with_model(reasoner, model, **opening) as run.reasoner,
        ):
            lines = read_records(stream, input_, field=field)
            faulty = _about_file(run, lines, output, progress=progress)
        if faulty or run.verdicts.fails_on(fail_on or ()):
            raise typer.Exit(FAULTY)


def _emit(found: "Reasoning", facts: int, fail_on: Iterable[FailOn], *, as_json: bool) -> None:
    if as_json:
        from affectgraph.api.reasonings import to_reasoning

        emit_json(to_reasoning(found, facts=facts))
    else:
        from affectgraph.api.reason_text import reasoning_text

        emit(reasoning_text(found))
    verdicts = VerdictCounts()
    verdicts.add(found.report)
    if found.error is not None:
        raise typer.Exit(BACKEND)
    if verdicts.fails_on(fail_on):
        raise typer.Exit(FAULTY)


def _about_file(run: "ReasonRun", lines: Iterable[Line], output: Output, *, progress: bool) -> bool:
    """Answer the records of a file, and return whether one is bad or was cut short by the model.

    What came out is said on stderr also if the run is stopped.
    """
    try:
        faulty = answer_lines(
            lines,
            run.answer,
            output=output,
            chunk=run.chunk,
            progress=progress,
            written=run.written,
            pace=run.pace,
        )
    finally:
        for line in run.told():
            note(line)
    return bool(faulty or run.stops["model_failed"])


def _count(
    reasoner: "Reasoner", input_: str, field: str | None, *, as_json: bool, progress: bool
) -> None:
    from affectgraph.api.reason_dry_run import dry_run, dry_run_text

    with open_input(input_) as stream:
        found = dry_run(
            reasoner,
            read_records(stream, input_, field=field),
            field=field or "text",
            in_table=is_table(input_),
            says_count=progress or sys.stderr.isatty(),
        )
    if as_json:
        emit_json(found)
    else:
        emit(dry_run_text(found))
    if found.bad:
        raise typer.Exit(FAULTY)
