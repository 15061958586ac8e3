"""Commands on faces: ``faces`` for what detectors report, ``face-words`` for what people say."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    GraphOption,
    InputOption,
    JsonOption,
    LimitOption,
    ProgressOption,
    ResumeOption,
    ToOption,
    app,
    as_data,
    emit,
    emit_json,
    open_graph,
    to_json,
    usage,
)
from affectgraph.api.cli_records import answer_file, require_source
from affectgraph.api.json_text import read_json
from affectgraph.ontology.errors import AffectGraphError, InputError

if TYPE_CHECKING:
    from affectgraph.linkers import ActionUnitLinker


@app.command()
def faces(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="CSV file of a detector.")
    ] = None,
    tool: Annotated[
        str, typer.Option(help="Tool that wrote it: openface, py-feat or libreface.")
    ] = "openface",
    actions: Annotated[
        str | None,
        typer.Option(help="Instead of a file: codes such as AU6+AU12, or a JSON object of values."),
    ] = None,
    face: Annotated[
        str | None, typer.Option(help="Which face where there are several, or best.")
    ] = None,
    segment: Annotated[
        float | None, typer.Option(help="Length of segments in seconds; one if left out.")
    ] = None,
    intensity: Annotated[
        float, typer.Option(help="Intensity from which an action is shown, 0..5.")
    ] = 1.0,
    probability: Annotated[
        float, typer.Option(help="Probability from which an action is shown, 0..1.")
    ] = 0.5,
    confidence: Annotated[
        str,
        typer.Option(help="Confidence from which a frame is used: tool (its own), none, or 0..1."),
    ] = "tool",
    share: Annotated[
        float, typer.Option(help="Share of frames from which an action is shown in a segment.")
    ] = 0.5,
    shown_by: Annotated[
        str,
        typer.Option(help="What decides where a tool gives both: either, occurrence, intensity."),
    ] = "either",
    detector: Annotated[
        str | None, typer.Option(help="With --actions: tool that reported them, such as disfa.")
    ] = None,
    by: Annotated[str, typer.Option(help="Rank by score, percent or discounted.")] = "score",
    base_rates: Annotated[
        str | None, typer.Option(help="For discounted: BP4D, DISFA, RAF-AU or FABA-Instruct.")
    ] = None,
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Read a detector's file, and rank emotions by what it shows.

    Occurrence and intensity stand apart; frames the tool reports as failed or unsure are counted and left
    out. A ranking is evidence about what a face shows, never a verdict about a person.
    """
    if (file is None) == (actions is None):
        raise usage("Give a FILE, or --actions.")
    if file is not None and detector is not None:
        raise usage("--detector goes with --actions; a file knows its tool.")
    from affectgraph.api.face_evidence import read_file, to_face_answer, weigh_readings
    from affectgraph.linkers import FaceThresholds, read_actions

    limits = FaceThresholds(intensity, probability, _confidence(confidence), share, shown_by)  # type: ignore[arg-type]
    opened = open_graph(graph)
    if file is not None:
        readings = read_file(
            opened, file, tool=tool, face=face, segment_s=segment, thresholds=limits
        )
    else:
        readings = read_actions(opened, _given(actions or ""), thresholds=limits)
    found = weigh_readings(
        opened,
        readings,
        detector=detector,
        by=by,  # type: ignore[arg-type]
        base_rates=base_rates,
        limit=limit,
    )
    if json_:
        emit_json(to_face_answer(readings, found))
        return
    from affectgraph.api.linking_text import readings_text
    from affectgraph.kg.faces import CAVEAT

    emit(readings_text(readings))
    emit(f"No action counts as shown.\n{CAVEAT}" if found is None else found.explain())


def _confidence(text: str) -> Any:
    """Return the confidence asked for: ``"tool"``, None or a number.

    :raises InputError: if it is none of them.
    """
    if text in {"tool", "none"}:
        return None if text == "none" else text
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"Expected --confidence tool, none or 0..1, got {text!r}.") from error


def _given(text: str) -> object:
    """Return facial actions as text, or as the JSON object or list they are.

    :raises InputError: if it starts like JSON and is none, or gives a name two values.
    """
    if not text.lstrip().startswith(("{", "[")):
        return text
    return read_json(text, 'codes, or a JSON object such as {"AU12_r": 2.1}')


@app.command(name="face-words")
def face_words(
    phrases: Annotated[
        list[str] | None,
        typer.Argument(metavar="PHRASE", help="Phrases, such as 'furrowed brow', or codes."),
    ] = None,
    prose: Annotated[
        bool, typer.Option("--prose", help="They are running text: find the actions in it.")
    ] = False,
    input_: InputOption = None,
    field: Annotated[str, typer.Option(help="Field or column of the phrase or text.")] = "text",
    to: ToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say which facial actions words stand for.

    Codes, names and descriptions in any wording. With --input, each record is answered by a JSON line with
    all its fields and the answer under "affectgraph"; files are read and runs are resumed as "ground" does.
    """
    require_source(phrases, input_, "phrases", to=to, resume=resume, progress=progress)
    from affectgraph.linkers import ActionUnitLinker

    linker = ActionUnitLinker(open_graph(graph))
    if input_ is None:
        for phrase in phrases or ():
            _emit_words(linker, phrase, prose, json_)
        return
    answer_file(
        input_,
        lambda records: [_words(linker, record.get(field), prose) for record in records],
        field=field,
        tally=lambda found: [m["says"] for m in found["mentions"]] if prose else [found["status"]],
        to=to,
        resume=resume,
        progress=progress,
    )


def _words(linker: "ActionUnitLinker", text: Any, is_prose: bool) -> Any:
    """Return what words stand for as JSON data, or what is wrong with them."""
    from affectgraph.api.bodies import encodable
    from affectgraph.api.face_answers import FaceText, UnitGrounding, UnitMention

    text = encodable(text)
    if not is_prose:
        return as_data(UnitGrounding.model_validate(linker.ground(text)))
    try:
        mentions = tuple(UnitMention.model_validate(found) for found in linker.find(text))
    except AffectGraphError as error:
        return error
    return as_data(FaceText(text=text, mentions=mentions))


def _emit_words(linker: "ActionUnitLinker", text: str, is_prose: bool, as_json: bool) -> None:
    if as_json:
        found = _words(linker, text, is_prose)
        if isinstance(found, AffectGraphError):
            raise found
        emit(to_json(found))
    elif not is_prose:
        emit(linker.ground(text).explain())
    else:
        from affectgraph.api.text import table

        rows = [
            (
                f"{m.start}-{m.end}",
                m.quote,
                " ".join(m.all_codes) or m.reason,
                m.says,
                m.side,
                m.grade,
            )
            for m in linker.find(text)
        ]
        header = ["place", "words", "codes", "says", "side", "grade"]
        emit(table(header, rows) if rows else "No facial action is spoken of.")
