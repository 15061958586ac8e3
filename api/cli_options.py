"""Options that ``check``, ``ask`` and ``reward`` share: one text and what is known of it, or a file."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from affectgraph.api.cli_base import usage

RecordsArgument = Annotated[
    str | None,
    typer.Argument(metavar="[FILE|-]", help="JSON lines, CSV or Parquet; stdin for '-'."),
]
RationaleOption = Annotated[
    str | None, typer.Option("--rationale", help="Take this text instead of a file.")
]
LabelOption = Annotated[
    str | None, typer.Option("--label", help="With one text: the label of its observation.")
]
LabelSchemeOption = Annotated[
    str | None, typer.Option("--scheme", help="With one text: the scheme of the label.")
]
AusOption = Annotated[
    str | None,
    typer.Option(
        "--aus", metavar="JSON", help='Detector columns of one face, such as {"AU12_r": 2.9}.'
    ),
]
RationaleField = Annotated[
    str | None,
    typer.Option(
        "--field",
        help="Field or column of the rationale, which each record must then have; rationale if left out.",
    ),
]
RecordsToOption = Annotated[
    Path | None, typer.Option("--to", help="With a file: write to this .jsonl file, not to stdout.")
]


def require_rationale(
    input_: str | None,
    rationale: str | None,
    *,
    of_text: Mapping[str, object],
    of_file: Mapping[str, object],
) -> None:
    """Refuse to read both a file and a text, or neither, and options of the one with the other.

    :param of_text: options of one text by name; None for one that is not given.
    :param of_file: options of a file by name; None or False for one that is not given.
    :raises typer.BadParameter: if they do not go together.
    """
    if (input_ is None) == (rationale is None):
        raise usage("Give a FILE of records ('-' for stdin), or --rationale TEXT.")
    if rationale is None and any(value is not None for value in of_text.values()):
        raise usage(f"{options_text(of_text)} go with --rationale; records carry their own.")
    if input_ is None and any(of_file.values()):
        raise usage(f"{options_text(of_file)} go with a FILE.")


def options_text(names: Iterable[str]) -> str:
    """Return names of options in words.

    >>> options_text(["to", "resume", "progress"])
    '--to, --resume and --progress'
    """
    *first, last = (f"--{name}" for name in names)
    return f"{', '.join(first)} and {last}" if first else last
