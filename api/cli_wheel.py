"""The command ``wheel``: the emotion-wheel metric of open-vocabulary emotion recognition."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    app,
    emit,
    note,
    open_graph,
    to_json,
)
from affectgraph.api.cli_rows import find_field, read_rows, say_faults
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.linkers import Grouping, WheelReport

NAMES = ("name", "id")
LABELS = ("openset", "labels")
SHOWN = 20
"""Unknown labels that the text names."""


@app.command()
def wheel(
    predictions: Annotated[
        str, typer.Argument(help="CSV with the columns name and openset, or JSON lines.")
    ],
    reference: Annotated[str, typer.Option(help="The true labels, in the same form.")],
    wheels: Annotated[
        str | None,
        typer.Option(help="Folder with your wheel1.xlsx, ..., synonym.xlsx and format.csv."),
    ] = None,
    level: Annotated[
        list[int] | None, typer.Option(help="Level of the wheels, 1 or 2; both if left out.")
    ] = None,
    tier: Annotated[
        list[str] | None,
        typer.Option(help="Tier of the tree; all three if neither this nor --wheels is given."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Predicted labels that no group has count as wrong.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="Column of the sample; else name or id.")] = None,
    labels: Annotated[
        str | None, typer.Option(help="Column of the labels; else openset or labels.")
    ] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Also every sample's scores.")] = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Score open-vocabulary predictions by emotion wheels or by the tree.

    Set-level precision, recall and F. Labels stand in a list, or in a text such as "[happy, proud]". The
    wheels are not part of this program. Bad rows are said on stderr with their lines, the others scored.
    """
    from affectgraph.linkers import score_wheels

    wanted, first = _read(reference, name, labels)
    given, second = _read(predictions, name, labels)
    sets = _groupings(wheels, level or [], tier or [], graph)
    reports = {
        title: score_wheels(wanted, given, groupings, strict=strict)
        for title, groupings in sets.items()
    }
    if json_:
        emit(to_json([_data(t, report, samples) for t, report in reports.items()], indent=2))
    else:
        emit("\n\n".join(_text(t, report, samples) for t, report in reports.items()))
    note(f"{len(wanted)} references, {len(given)} predictions, {first + second} bad")
    if first + second:
        raise typer.Exit(FAULTY)


def _read(file: str, name: str | None, labels: str | None) -> tuple[dict[str, list[str]], int]:
    """Return labels by sample, and how many rows are bad; each of those is said."""
    from affectgraph.linkers import split_labels

    rows = read_rows(file)
    names = find_field(rows, [name] if name else NAMES, what="the sample")
    column = find_field(rows, [labels] if labels else LABELS, what="the labels")
    found: dict[str, list[str]] = {}
    faults: list[tuple[int, str]] = []
    for row in rows:
        try:
            if row.record is None:
                raise InputError(row.fault)
            sample = row.record.get(names)
            if not isinstance(sample, str | int) or not str(sample).strip():
                raise InputError(f"Expected a sample's name in {names!r}, got {sample!r}.")
            if str(sample).strip() in found:
                raise InputError(f"Expected each sample once, got {sample!r} again.")
            if column not in row.record:
                raise InputError(f"Expected labels in {column!r}, got no such field.")
            found[str(sample).strip()] = split_labels(row.record[column])
        except InputError as error:
            faults.append((row.number, str(error)))
    return found, say_faults(faults, file=file)


def _groupings(
    folder: str | None, levels: Sequence[int], tiers: Sequence[str], location: str | None
) -> dict[str, Sequence["Grouping"]]:
    from affectgraph.linkers import (
        LabelLinker,
        TreeGrouping,
        read_wheel_set,
        wheel_groupings,
    )
    from affectgraph.ontology.ranks import TIERS

    found: dict[str, Sequence[Grouping]] = {}
    if folder is not None:
        words = read_wheel_set(folder)
        for level in dict.fromkeys(levels or (1, 2)):
            found[f"wheels at level {level}"] = wheel_groupings(words, level)
    elif levels:
        raise InputError("Expected --wheels FOLDER beside --level, as levels are of wheels.")
    if tiers or folder is None:
        linker = LabelLinker(open_graph(location))
        for tier in dict.fromkeys(tiers or TIERS):
            found[f"tree at tier {tier}"] = [TreeGrouping(linker, tier)]
    return found


def _data(title: str, report: "WheelReport", samples: bool) -> dict[str, Any]:
    data = asdict(report)
    if not samples:
        for grouping in data["groupings"]:
            del grouping["samples"]
    return {"title": title, **data}


def _text(title: str, report: "WheelReport", samples: bool) -> str:
    from affectgraph.api.text import table

    rows: list[Sequence[object]] = [
        (g.name, *map(_figure, (g.precision, g.recall, g.f_score)), g.scored, g.left_out)
        for g in report.groupings
    ]
    if len(rows) > 1:
        means = (report.precision, report.recall, report.f_score)
        rows.append(("mean", *map(_figure, means), "", ""))
    mode = ", strict" if report.is_strict else ""
    lines = [f"{title}{mode}", table(_HEADER, rows), *_remarks(report)]
    if samples:
        lines += ["", _sample_table(report)]
    return "\n".join(lines)


_HEADER = ("", "precision", "recall", "F", "samples", "left out")


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _remarks(report: "WheelReport") -> list[str]:
    found = []
    if report.unknown:
        shown = ", ".join(
            f"{u.label} ({u.references} + {u.predictions})" for u in report.unknown[:SHOWN]
        )
        more = len(report.unknown) - SHOWN
        rest = f", and {more} more" if more > 0 else ""
        found.append(f"held by none (references + predictions): {shown}{rest}")
    if report.missing:
        found.append(f"without a prediction, counted as empty: {len(report.missing)} samples")
    if report.extra:
        found.append(f"without a reference, not counted: {len(report.extra)} samples")
    return found


def _sample_table(report: "WheelReport") -> str:
    from affectgraph.api.text import table

    rows = [
        (
            grouping.name,
            sample.name,
            _figure(sample.precision),
            _figure(sample.recall),
            ", ".join(sample.reference),
            ", ".join(sample.prediction),
            ", ".join(sample.nil),
        )
        for grouping in report.groupings
        for sample in grouping.samples
    ]
    header = ("", "sample", "precision", "recall", "reference", "prediction", "no group")
    return table(header, rows)
