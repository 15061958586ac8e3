"""Grounds columns where people keep them: pandas, polars, and batches of Hugging Face datasets or Ray.

Nothing of these is imported before a column of it comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.columns import FIELDS, ground_rows
from affectgraph.linkers.label import LabelLinker
from affectgraph.ontology.errors import InputError, MissingExtraError

EXTRA = "frames"
"""Extra with pandas and polars."""

ADDED = FIELDS[1:]
"""Columns that a batch gains: all but the label, which it has."""


@lru_cache(maxsize=4)
def linker_at(location: str | None = None) -> LabelLinker:
    """Return the linker of a graph by its location, made once per process.

    :param location: as :meth:`EmotionGraph.load` takes it; the packaged graph if left out.
    :raises BackendError: if there is no AffectGraph at the place.
    """
    return LabelLinker(EmotionGraph.load(location))


def ground_column(
    series: Any, *, scheme: str | None = None, linker: LabelLinker | None = None
) -> Any:
    """Return a data frame with a row for each row of a pandas or polars column, in its order.

    Columns: ``label``, ``status``, ``concept``, ``iri``, ``tier``, ``primary``, ``score`` (0..1, a
    float), ``reason``; see :func:`affectgraph.linkers.columns.to_row`. What is not known is missing in the
    way of the library. pandas keeps the index of the series. Missing cells, and those that are no text,
    are ``nil`` with reason ``not_text``, blank ones with ``empty``. Each label is grounded once, so the
    cost is that of the different labels and of making the frame.

    :param scheme: name of the scheme the labels are of.
    :param linker: with which to ground; that of the packaged graph if left out.
    :raises UnknownTermError: if there is no such scheme.
    :raises InputError: if it is no column of pandas or polars.
    """
    library = type(series).__module__.partition(".")[0]
    if library not in {"pandas", "polars"} or not hasattr(series, "to_list"):
        raise InputError(
            f"Expected a pandas or polars Series, got {type(series).__name__}. "
            "Take one column of a frame; for a list, use ground_many()."
        )
    rows = ground_rows(linker or linker_at(), series.to_list(), scheme=scheme)
    columns = {name: [row[name] for row in rows] for name in FIELDS}
    return _pandas(columns, series.index) if library == "pandas" else _polars(columns)


def _pandas(columns: dict[str, list[Any]], index: Any) -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError(EXTRA, feature="A pandas column") from error
    return pd.DataFrame(columns, index=index).astype({"score": "float64"})


def _polars(columns: dict[str, list[Any]]) -> Any:
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError(EXTRA, feature="A polars column") from error
    return pl.DataFrame(
        columns, schema={name: pl.Float64 if name == "score" else pl.String for name in FIELDS}
    )


@dataclass(frozen=True, slots=True)
class GroundBatch:
    """A callable that grounds a column of a batch, for ``datasets.map(..., batched=True)`` and Ray Data.

    It pickles as its settings; a worker loads the graph when its first batch comes, once per process.
    The batch, a mapping from column to cells, comes back with the columns ``{prefix}status``, ``concept``,
    ``iri``, ``tier``, ``primary``, ``score`` and ``reason`` added. What is not known is the empty text, not
    None, so that a column has one type in every batch.

    :param column: the column with the labels.
    :param scheme: name of the scheme they are of.
    :param graph: where the graph is, as :meth:`EmotionGraph.load` takes it; the packaged one if left out.
    :param prefix: how the added columns' names start.

    >>> GroundBatch("label", scheme="ekman-6")({"label": ["happiness", "wow"]})["emotion_concept"]
    ['joy', '']
    """

    column: str
    scheme: str | None = None
    graph: str | Path | None = None
    prefix: str = "emotion_"

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        """Return the batch with its answers; the number and order of the rows stay.

        :raises InputError: if the batch lacks the column, is a single record, or has an added column.
        :raises UnknownTermError: if there is no such scheme.
        """
        cells = self._cells(batch)
        linker = linker_at(str(self.graph) if self.graph is not None else None)
        rows = ground_rows(linker, cells, scheme=self.scheme)
        added = {
            self.prefix + name: [row[name] if row[name] is not None else "" for row in rows]
            for name in ADDED
        }
        return {**batch, **added}

    def _cells(self, batch: Mapping[str, Sequence[Any]]) -> list[Any]:
        if self.column not in batch:
            raise InputError(f"Expected a column {self.column!r}, got {_names(batch)}.")
        clashes = [self.prefix + name for name in ADDED if self.prefix + name in batch]
        if clashes:
            raise InputError(
                f"Expected a batch without {_names(clashes)}, which this would write. "
                "Rename them, or give another prefix."
            )
        cells = batch[self.column]
        if isinstance(cells, str | bytes) or not isinstance(cells, Iterable):
            raise InputError(
                f"Expected a list of cells in {self.column!r}, got {type(cells).__name__}. "
                "Call map with batched=True."
            )
        return list(cells)


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "no columns"
