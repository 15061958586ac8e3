"""The command ``vad-series``: valence, arousal and dominance over time."""

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    app,
    as_data,
    emit,
    note,
    open_graph,
    to_json,
)
from affectgraph.api.cli_rows import find_field, read_rows, say_faults
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.api.record_files import Line
    from affectgraph.linkers.vad_agreement import Agreement
    from affectgraph.linkers.vad_segments import VadSegment
    from affectgraph.linkers.vad_series import SeriesSummary, VadSeries

TIMES = ("time", "timestamp", "t", "seconds")
RATERS = ("rater", "annotator")


@app.command(name="vad-series")
def vad_series(
    file: Annotated[
        str,
        typer.Argument(
            help="CSV or JSON lines with valence, and time, arousal, dominance, rater if there are any."
        ),
    ],
    scale: Annotated[
        str, typer.Option(help="Scale or data set of the ratings, such as 1..9 or iemocap.")
    ] = "-1..1",
    rate: Annotated[
        float | None, typer.Option(help="Resample to so many samples per unit of time.")
    ] = None,
    method: Annotated[str, typer.Option(help="How: linear, previous or mean.")] = "linear",
    segment: Annotated[
        float | None, typer.Option(help="Name the nearest concept of each stretch of this length.")
    ] = None,
    band: Annotated[float, typer.Option(help="Values at most so far from 0 are neutral.")] = 0.0,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Summarise valence over time, and the agreement of raters.

    Everything is on -1..1. Times are in the unit of the file; without times rows count from 0. Bad rows are
    said on stderr with their lines and left out. With several raters, agreement is over the times that
    all of them rated.
    """
    rows = read_rows(file)
    found, faults = _by_rater(rows, scale)
    faulty = say_faults(faults, file=file)
    if not found:
        raise InputError("Expected a row with good values, got none.")
    series = {rater: _series(rater, samples, rate, method) for rater, samples in found.items()}
    answers = [_answer(r, s, segment, band, graph) for r, s in series.items()]
    agreed, shared = _agreement(series)
    if json_:
        emit(to_json(_data(answers, agreed, shared), indent=2))
    else:
        emit("\n\n".join([*map(_text, answers), *_agreement_text(agreed, shared)]))
    note(f"{len(rows)} rows, {faulty} bad")
    if faulty:
        raise typer.Exit(FAULTY)


Samples = dict[str, list[float]]
Answer = tuple[str, "SeriesSummary", tuple["VadSegment", ...]]


def _by_rater(rows: list["Line"], scale: str) -> tuple[dict[str, Samples], list[tuple[int, str]]]:
    """Return columns of numbers on -1..1 by rater, and the bad rows with their faults."""
    from affectgraph.linkers.vad_regions import DIMENSIONS, to_bipolar

    seen = {field for row in rows if row.record is not None for field in row.record}
    find_field(rows, ["valence"], what="ratings")
    time = next((name for name in TIMES if name in seen), None)
    rater = next((name for name in RATERS if name in seen), None)
    given = [name for name in DIMENSIONS if name in seen]
    found: dict[str, Samples] = {}
    faults: list[tuple[int, str]] = []
    for row in rows:
        try:
            if row.record is None:
                raise InputError(row.fault)
            who = str(row.record.get(rater, "")).strip() if rater else ""
            columns = found.get(who) or {name: [] for name in ("time", *given)}
            values = {d: to_bipolar(_number(row.record, d), scale, d) for d in given}
            times = columns["time"]
            values["time"] = _number(row.record, time) if time else float(len(times))
            if times and values["time"] <= times[-1]:
                raise InputError(
                    f"Expected a time after {times[-1]:g}, got {values['time']:g}. Sort the rows."
                )
            for name, column in columns.items():
                column.append(values[name])
            found[who] = columns
        except InputError as error:
            faults.append((row.number, str(error)))
    return found, faults


def _number(record: dict[str, Any], field: str) -> float:
    value = record.get(field)
    try:
        number = float(value) if isinstance(value, str | int | float) else float("nan")
    except (ValueError, OverflowError):
        number = float("nan")
    if not isfinite(number) or isinstance(value, bool):
        raise InputError(f"Expected a number for {field}, got {value!r}.")
    return number


def _series(rater: str, samples: Samples, rate: float | None, method: str) -> "VadSeries":
    from affectgraph.linkers.vad_regions import DIMENSIONS
    from affectgraph.linkers.vad_series import make_series, resample

    columns = {name: samples[name] for name in DIMENSIONS if name in samples}
    try:
        made = make_series(**columns, times=samples["time"])  # type: ignore[arg-type]
        if rate is None:
            return made
        return resample(made, rate=rate, method=method)  # type: ignore[arg-type]
    except InputError as error:
        raise InputError(f"{rater}: {error}" if rater else str(error)) from error


def _answer(
    rater: str, series: "VadSeries", length: float | None, band: float, location: str | None
) -> Answer:
    from affectgraph.linkers.vad import VadLinker
    from affectgraph.linkers.vad_segments import segment
    from affectgraph.linkers.vad_series import summarise

    segments: tuple[VadSegment, ...] = ()
    if length is not None:
        segments = segment(series, VadLinker(open_graph(location)), length=length)
    return rater, summarise(series, band=band), segments


def _agreement(series: dict[str, "VadSeries"]) -> tuple[dict[str, "Agreement"], int]:
    """Return the agreement per dimension over the shared times, and how many of these there are."""
    from affectgraph.linkers.vad_agreement import on_shared_times, series_agreement

    if len(series) < 2:
        return {}, 0
    shared = on_shared_times(series)
    return series_agreement(shared), len(next(iter(shared.values())))


def _data(answers: Iterable[Answer], agreed: dict[str, "Agreement"], shared: int) -> dict[str, Any]:
    """Return each series and each agreement as REST sends them, as JSON data."""
    from affectgraph.api.series_answers import to_agreement_answer, to_series_answer

    return {
        "series": [
            {"rater": rater or None, **as_data(to_series_answer(summary, segments))}
            for rater, summary, segments in answers
        ],
        "agreement": {name: as_data(to_agreement_answer(found)) for name, found in agreed.items()},
        "shared": shared,
    }


def _text(answer: Answer) -> str:
    from affectgraph.api.text import table
    from affectgraph.linkers.vad_regions import DIMENSIONS

    rater, summary, segments = answer
    who = f"{rater}: " if rater else ""
    header = ("", "mean", "sd", "min", "at", "max", "at", "slope", "above", "below", "neutral")
    rows = [
        (
            *(d.dimension, d.mean, d.sd, d.low, f"{d.low_time:g}", d.high, f"{d.high_time:g}"),
            *(f"{d.slope:+.4g}", d.above, d.below, d.level),
        )
        for d in summary.dimensions
    ]
    lines = [
        f"{who}{summary.samples} samples from {summary.start:g}, {summary.duration:g} long",
        table(header, rows),
        table(
            ("octant", "time", "share"), ((d.octant, f"{d.time:g}", d.share) for d in summary.dwell)
        ),
    ]
    if segments:
        lines.append(
            table(("from", "to", *DIMENSIONS, "concept", "SD away"), _segment_rows(segments))
        )
    return "\n".join(lines)


def _segment_rows(segments: Iterable["VadSegment"]) -> Iterable[tuple[object, ...]]:
    for s in segments:
        best = s.matches[0]
        yield (
            *(f"{s.start:g}", f"{s.end:g}", s.mean.valence, s.mean.arousal, s.mean.dominance),
            *(best.concept.slug, best.distance_sd),
        )


def _agreement_text(agreed: dict[str, "Agreement"], shared: int) -> list[str]:
    from affectgraph.api.text import table

    if not agreed:
        return []
    rows = [
        (name, *(f"{x:.4f}" for x in (a.ccc, a.pearson, a.rmse)), len(a.pairs))
        for name, a in agreed.items()
    ]
    header = ("agreement", "CCC", "Pearson", "RMSE", "pairs")
    return [f"{table(header, rows)}\nover the {shared} times that all raters rated"]
