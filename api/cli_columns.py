"""Commands on data sets: ``column`` for a label column, ``soft-labels`` for the votes of raters."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    JsonOption,
    LimitOption,
    app,
    as_data,
    emit,
    emit_json,
    note,
    open_graph,
    usage,
)
from affectgraph.api.cli_places import read_cell
from affectgraph.api.cli_records import answer_lines
from affectgraph.api.cli_rows import read_rows, say_faults
from affectgraph.api.record_files import Line, open_input, read_lines
from affectgraph.ontology.errors import AffectGraphError, InputError

if TYPE_CHECKING:
    from affectgraph.api.soft_labels import Kept


@app.command()
def column(
    input_: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="Lines of text, JSON lines, CSV or Parquet."),
    ],
    field: Annotated[str, typer.Option(help="Field or column of the label.")] = "label",
    scheme: Annotated[
        str | None, typer.Option(help="Read the column in this scheme; find it if left out.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="With --scheme: say the column in this scheme.")
    ] = None,
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say which scheme a label column is of, what it means, or map it.

    Without --scheme, the schemes that cover most rows. With it, each label with its rows and meaning, and
    cells that are no label with the nearest one. With --target, the column in the other scheme and all that
    is lost on the way. Bad rows are said on stderr, the others counted.
    """
    if target is not None and scheme is None:
        raise usage("--target goes with --scheme.")
    opened = open_graph(graph)
    if scheme is not None:
        opened.scheme(scheme)
    cells, faulty = _cells(input_, field)
    from affectgraph.api import columns as shapes
    from affectgraph.api import linking_text as text
    from affectgraph.linkers import SchemeLinker, detect_schemes

    if scheme is None:
        fits = detect_schemes(opened, cells, limit=limit)
        emit_json(shapes.to_fits(fits)) if json_ else emit(text.fits_text(fits))
    elif target is None:
        found = SchemeLinker(opened, scheme).read(cells)
        emit_json(shapes.to_column(found)) if json_ else emit(text.column_text(found))
    else:
        mapped = SchemeLinker(opened, scheme).map(cells, target)
        emit_json(shapes.to_mapped(mapped)) if json_ else emit(text.mapped_text(mapped))
    note(f"{len(cells) + faulty} rows, {faulty} bad")
    if faulty:
        raise typer.Exit(FAULTY)


def _cells(name: str, field: str) -> tuple[list[object], int]:
    """Return the cells of a column, and how many rows are bad; each of those is said."""
    with open_input(name) as stream:
        lines = list(read_lines(stream, name, field=field))
    faults = [(line.number, line.fault) for line in lines if line.record is None]
    cells = [line.record[field] for line in lines if line.record is not None]
    return cells, say_faults(faults, file=name)


@app.command(name="soft-labels")
def soft_labels(
    input_: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON lines; a table with --columns.")
    ],
    scheme: Annotated[str, typer.Option(help="Scheme of the labels, such as ferplus.")],
    columns: Annotated[
        str | None,
        typer.Option(help="The columns that hold the number of raters, parted by commas."),
    ] = None,
    tier: Annotated[
        str, typer.Option(help="Tier to roll up to: primary, secondary or tertiary.")
    ] = "primary",
    target: Annotated[str | None, typer.Option(help="Say the labels in this scheme, too.")] = None,
    to: Annotated[
        str | None, typer.Option(help="Write one document: emotionml, onyx or rdf.")
    ] = None,
    categories: Annotated[
        str | None,
        typer.Option(help="With --to: vocabulary of the categories; the concepts if left out."),
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", help="Onyx and RDF: turtle, jsonld or ntriples.")
    ] = None,
    graph: GraphOption = None,
) -> None:
    """Turn votes of raters, or weights, into distributions.

    A record has counts (raters by label), votes (a list of labels) or weights, and item, text, agent if
    known. It is answered by a JSON line with all its fields, and distributions over labels, concepts, the
    tier and the target under "affectgraph"; no rater is dropped. With --to, one document instead.
    """
    if to is None and (categories is not None or format_ is not None):
        raise usage("--categories and --format go with --to.")
    from affectgraph.api.soft_labels import kappa_of, read_items, write_items
    from affectgraph.linkers import SchemeLinker

    linker = SchemeLinker(open_graph(graph), scheme)
    # Names that nothing has are refused before the records are read, and also where there are none.
    read_items(linker, (), tier=tier, target=target)
    if to is not None:
        write_items(linker, [], to=to, categories=categories, format=format_)
    names = [] if columns is None else [name.strip() for name in columns.split(",")]
    kept: Kept = []

    def answer(records: list[dict[str, Any]]) -> list[Any]:
        items = [_given(record, names) for record in records]
        batch, good = read_items(linker, items, tier=tier, target=target)
        kept.extend(good)
        return [
            as_data(item.answer) if item.answer is not None else InputError(item.error.detail)  # type: ignore[union-attr]
            for item in batch.items
        ]

    rows = read_rows(input_, columns=names)
    faulty = _say_bad(rows, answer, input_) if to is not None else answer_lines(rows, answer)
    if to is not None:
        written = write_items(linker, kept, to=to, categories=categories, format=format_)
        emit(written.content.rstrip("\n"))
        for loss in written.losses:
            note(f"loss: {loss}")
    kappa, why = kappa_of([found for found, _ in kept])
    note(f"Fleiss' kappa: {kappa}" if kappa is not None else f"Fleiss' kappa: none. {why}")
    if faulty:
        raise typer.Exit(FAULTY)


def _given(record: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    """Return what a record says of an item: its own fields, or the counts of some columns."""
    from affectgraph.api.soft_labels import SoftLabel

    found = {name: record[name] for name in SoftLabel.model_fields if name in record}
    if "item" not in found and "id" in record:
        found["item"] = str(record["id"])
    if not columns:
        return found
    return {**found, "counts": {name: read_cell(record.get(name)) for name in columns}}


def _say_bad(rows: list[Line], answer: Any, file: str) -> int:
    """Answer all good rows at once, say the bad ones on stderr, and return how many they are."""
    good = [row for row in rows if row.record is not None]
    outcomes = answer([row.record for row in good])
    faults = [(row.number, row.fault) for row in rows if row.record is None]
    faults += [
        (row.number, str(outcome))
        for row, outcome in zip(good, outcomes, strict=True)
        if isinstance(outcome, AffectGraphError)
    ]
    return say_faults(faults, file=file)
