"""Options of ``serve`` that say where users' data are, how much they may be, and how many writes may wait."""

from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="Users' own graphs, kept in this folder: read with the graph, written with a key.",
    ),
]
GraphsOption = Annotated[
    int, typer.Option("--data-graphs", min=1, help="Graphs that users may have, all together.")
]
TriplesOption = Annotated[
    int,
    typer.Option(
        "--data-triples",
        min=1,
        help="Triples that users' graphs may have, all together; a million take some 600 MB of memory.",
    ),
]
WaitingOption = Annotated[
    int,
    typer.Option(
        "--data-waiting",
        min=0,
        help="Writes that may wait for another, before more are refused with 503.",
    ),
]
GRAPHS, TRIPLES, WAITING = 10_000, 1_000_000, 16
"""What is taken where an option is left out."""
