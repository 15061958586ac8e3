"""Commands on VAD space: ``vad-link``, ``vad-place`` and ``rescale``."""

import re
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
    VadOption,
    app,
    as_data,
    emit,
    emit_json,
    open_graph,
    to_json,
    usage,
)
from affectgraph.api.cli_records import answer_file, answer_lines, require_source
from affectgraph.api.cli_rows import read_rows
from affectgraph.ontology.errors import AffectGraphError

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
PLACES = {
    "point": re.compile(rf"({NUMBER})"),
    "box": re.compile(rf"({NUMBER})\s*\.\.\s*({NUMBER})"),
    "ellipsoid": re.compile(rf"({NUMBER})\s*\+-\s*({NUMBER})"),
}
"""How a dimension is written: ``0.4``, ``-1..-0.6`` or ``0.4+-0.2``."""
NEGATIVE_NUMBERS = {"ignore_unknown_options": True}


def _dimension(name: str) -> Any:
    return typer.Option(help=f"{name}: 0.4 (point), 0.2..0.6 (box) or 0.4+-0.2 (ellipsoid).")


@app.command(name="vad-link")
def vad_link(
    valence: Annotated[str | None, _dimension("Valence")] = None,
    arousal: Annotated[str | None, _dimension("Arousal")] = None,
    dominance: Annotated[str | None, _dimension("Dominance")] = None,
    scale: Annotated[
        str, typer.Option(help="Scale or data set of the numbers, such as 1..9 or deap.")
    ] = "-1..1",
    by: Annotated[
        str, typer.Option(help="Rank by sd (standard deviations of the ratings) or plain distance.")
    ] = "sd",
    derived: Annotated[
        bool, typer.Option("--derived", help="Also concepts without a rated word.")
    ] = False,
    input_: Annotated[
        str | None,
        typer.Option(
            "--input", "-i", metavar="FILE|-", help="JSON lines or CSV with the dimensions."
        ),
    ] = None,
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
    vad: VadOption = None,
) -> None:
    """List the concepts at a point or in a region of VAD space.

    A dimension that is left out does not count. With --input, each record has numbers (a point) or, with
    kind box or ellipsoid, pairs of them, and is answered by a JSON line.
    """
    from affectgraph.linkers.vad_regions import DIMENSIONS

    given = dict(zip(DIMENSIONS, (valence, arousal, dominance), strict=True))
    if any(given.values()) == (input_ is not None):
        raise usage("Give --valence, --arousal or --dominance, or --input FILE.")
    from affectgraph.api.batches import read_item
    from affectgraph.api.vad_answers import Place, PlaceMatches, to_match
    from affectgraph.linkers import VadLinker

    linker = VadLinker(open_graph(graph, vad))

    def link(place: object) -> Any:
        region = read_item(Place, place).region()
        return linker.link(region, limit=limit, measured_only=not derived, by=by)  # type: ignore[arg-type]

    if input_ is None:
        found = link(_place(given) | {"scale": scale})
        if json_:
            emit_json([to_match(match) for match in found])
            return
        from affectgraph.api.linking_text import matches_text

        emit(matches_text(found))
        return

    def answer(record: dict[str, Any]) -> Any:
        own: dict[str, Any] = {k: record[k] for k in ("kind", "scale") if record.get(k)}
        try:
            found = link({"scale": scale} | own | _numbers(record))
        except AffectGraphError as error:
            return error
        return as_data(PlaceMatches(matches=tuple(map(to_match, found))))

    if answer_lines(read_rows(input_), lambda records: [answer(record) for record in records]):
        raise typer.Exit(FAULTY)


def _place(given: dict[str, str | None]) -> dict[str, Any]:
    """Return a place as REST takes it.

    :raises typer.BadParameter: if a dimension is not written as one, or they are of different kinds.
    """
    found: dict[str, Any] = {}
    kinds = set()
    for name, text in given.items():
        if text is None:
            continue
        kind, numbers = _read(name, text)
        kinds.add(kind)
        found[name] = numbers[0] if kind == "point" else numbers
    if len(kinds) > 1:
        raise usage(f"Expected all dimensions of one kind, got {' and '.join(sorted(kinds))}.")
    return {**found, "kind": kinds.pop()}


def _read(name: str, text: str) -> tuple[str, list[float]]:
    for kind, pattern in PLACES.items():
        match = pattern.fullmatch(text.strip())
        if match is not None:
            return kind, [float(number) for number in match.groups()]
    raise usage(f"Expected --{name} as 0.4, 0.2..0.6 or 0.4+-0.2, got {text!r}.")


def _numbers(record: dict[str, Any]) -> dict[str, Any]:
    """Return the dimensions of a record; a cell of a table is a number, an empty one leaves it out."""
    from affectgraph.linkers.vad_regions import DIMENSIONS

    return {name: read_cell(record.get(name)) for name in DIMENSIONS}


def read_cell(value: Any) -> Any:
    """Return a cell of a table as the number it holds, None if it is empty; all else as it is."""
    if not isinstance(value, str) or re.fullmatch(NUMBER, value.strip()) is None:
        return None if value == "" else value
    return float(value)


@app.command(name="vad-place")
def vad_place(
    labels: Annotated[list[str] | None, typer.Argument(help="Labels, such as 'furious'.")] = None,
    scheme: SchemeOption = None,
    input_: InputOption = None,
    field: Annotated[str, typer.Option(help="Field or column of the label.")] = "label",
    to: ToOption = None,
    resume: ResumeOption = False,
    progress: ProgressOption = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
    vad: VadOption = None,
) -> None:
    """Say where labels lie in VAD space, through what they mean.

    With --input, each record is answered by a JSON line with all its fields and the answer under
    "affectgraph"; files are read and runs are resumed as "ground" does.
    """
    require_source(labels, input_, "labels", to=to, resume=resume, progress=progress)
    from affectgraph.api.vad_answers import to_label_vad
    from affectgraph.linkers import VadLinker

    opened = open_graph(graph, vad)
    if scheme is not None:
        opened.scheme(scheme)
    linker = VadLinker(opened)
    if input_ is not None:
        answer_file(
            input_,
            lambda records: [
                as_data(to_label_vad(linker.place(record.get(field), scheme=scheme)))
                for record in records
            ],
            field=field,
            tally=lambda found: [found["basis"] or "without a place"],
            to=to,
            resume=resume,
            progress=progress,
        )
        return
    for label in labels or ():
        found = linker.place(label, scheme=scheme)
        if json_:
            emit(to_json(as_data(to_label_vad(found))))
        else:
            from affectgraph.api.linking_text import place_text

            emit(place_text(found))


@app.command(context_settings=NEGATIVE_NUMBERS)
def rescale(
    valence: Annotated[float | None, typer.Argument(metavar="V", help="Valence.")] = None,
    arousal: Annotated[float | None, typer.Argument(metavar="A", help="Arousal.")] = None,
    dominance: Annotated[float | None, typer.Argument(metavar="D", help="Dominance.")] = None,
    source: Annotated[
        str, typer.Option("--from", help="Scale or data set of the numbers.")
    ] = "-1..1",
    target: Annotated[
        str, typer.Option("--to", help="Scale or data set to say them on.")
    ] = "-1..1",
    input_: Annotated[
        str | None,
        typer.Option(
            "--input", "-i", metavar="FILE|-", help="JSON lines or CSV with the dimensions."
        ),
    ] = None,
    scales: Annotated[bool, typer.Option("--scales", help="List the scales.")] = False,
    json_: JsonOption = False,
) -> None:
    """Say ratings of one scale on another.

    Linear between the ends; where a low number means excited, arousal is turned round. With --input, each
    record is answered by a JSON line.
    """
    if [valence is not None, input_ is not None, scales].count(True) != 1:
        raise usage("Give V, or V A, or V A D; or --input FILE; or --scales.")
    from affectgraph.api import vad_answers as shapes
    from affectgraph.api.batches import read_item
    from affectgraph.kg.scales import scale
    from affectgraph.linkers.vad_regions import DIMENSIONS

    if scales:
        _emit_scales(json_)
        return
    for name in (source, target):
        scale(name)

    def convert(record: dict[str, Any]) -> Any:
        return shapes.rescale(read_item(shapes.RatedPoint, _numbers(record)), source, target)

    if input_ is None:
        found = convert({"valence": valence, "arousal": arousal, "dominance": dominance})
        numbers = ((name, getattr(found, name)) for name in DIMENSIONS)
        emit_json(found) if json_ else emit(
            "  ".join(
                f"{name[0].upper()} {value:g}" for name, value in numbers if value is not None
            )
        )
        return

    def answer(record: dict[str, Any]) -> Any:
        try:
            return as_data(convert(record))
        except AffectGraphError as error:
            return error

    if answer_lines(read_rows(input_), lambda records: [answer(record) for record in records]):
        raise typer.Exit(FAULTY)


def _emit_scales(as_json: bool) -> None:
    from affectgraph.api.text import table
    from affectgraph.api.vad_answers import rating_scales

    if as_json:
        emit_json(rating_scales())
        return
    rows = [
        (
            s.name,
            f"{s.low:g}",
            f"{s.high:g}",
            "low is excited" if s.arousal_flipped else "",
            ", ".join(s.datasets),
        )
        for s in rating_scales()
    ]
    emit(table(["scale", "low", "high", "arousal", "data sets"], rows))
