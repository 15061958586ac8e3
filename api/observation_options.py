"""One observation, or a file of them, as ``reason`` and ``facts`` take them."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from affectgraph.api.check_records import JSON_CELLS, read_json_cell, to_record
from affectgraph.api.cli_base import usage
from affectgraph.api.cli_options import options_text
from affectgraph.api.record_output import KEY

OBSERVATION_CELLS = (*JSON_CELLS, "labels")
"""Columns of a table whose cells hold JSON."""

TextOption = Annotated[str | None, typer.Option("--text", help="What was said or written.")]
PointOption = Annotated[
    str | None,
    typer.Option(
        "--vad", metavar="JSON", help="Valence, arousal, dominance in -1..1: [0.8, 0.4, 0.2]."
    ),
]
ModelLabelOption = Annotated[
    str | None, typer.Option("--label", help="What another model says of it, such as joy.")
]
ModelSchemeOption = Annotated[str | None, typer.Option("--scheme", help="Scheme of --label.")]
TextField = Annotated[
    str | None,
    typer.Option(
        "--field",
        help="Field or column of the text, which each record must then have; text if left out.",
    ),
]


def given_observation(
    *, text: str | None, aus: str | None, vad: str | None, label: str | None, scheme: str | None
) -> dict[str, Any]:
    """Return the record that options of one observation make, without those that are not given.

    :raises InputError: if ``aus`` or ``vad`` is no JSON.
    """
    found = {"text": text, "label": label, "scheme": scheme}
    cells = {"aus": aus, "vad": vad}
    read = {n: read_json_cell(cell, f"--{n}") for n, cell in cells.items() if cell is not None}
    return {name: value for name, value in (found | read).items() if value is not None}


def require_observation(
    input_: str | None, given: Mapping[str, Any], *, of_file: Mapping[str, object]
) -> None:
    """Refuse to read both a file and an observation, or neither, and options of files without one.

    :param given: the observation of the command line; empty if there is none.
    :param of_file: options of a file by name; None or False for one that is not given.
    :raises typer.BadParameter: if they do not go together.
    """
    if input_ is None and not given:
        raise usage("Give a FILE of records ('-' for stdin), or --text, --aus, --vad or --label.")
    if input_ is not None and given:
        raise usage(f"{options_text(given)} are one observation; records carry their own.")
    if input_ is None and any(of_file.values()):
        raise usage(f"{options_text(of_file)} go with a FILE.")


def observation_record(
    record: Mapping[str, Any], *, field: str = "text", in_table: bool = False
) -> dict[str, Any]:
    """Return a record as the reasoner takes it: without empty fields, or an answer of an earlier run.

    :param field: field or column of the text.
    :param in_table: cells of :data:`OBSERVATION_CELLS` are read as JSON.
    :raises InputError: if such a cell is no JSON.

    >>> observation_record({"said": "Oh!", "labels": '["joy"]', "id": ""}, field="said", in_table=True)
    {'labels': ['joy'], 'text': 'Oh!'}
    """
    found = to_record(
        record, field=field, text="text", in_table=in_table, json_cells=OBSERVATION_CELLS
    )
    left_out = {KEY, field} - {"text"}
    return {n: value for n, value in found.items() if value is not None and n not in left_out}
