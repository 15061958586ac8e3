"""What the service takes and sends for label columns of data sets; the command line's JSON is the same."""

from collections.abc import Iterable

from pydantic import Field, JsonValue

from affectgraph.api.answers import Grounding
from affectgraph.api.bodies import Body
from affectgraph.api.crossings import Crossing, Relation
from affectgraph.api.shapes import Shape
from affectgraph.linkers import scheme

COLUMN_LIMIT = 10_000
"""Cells a column may have in one request."""

_CELLS = "Up to 10,000 cells: text, numbers (whole ones stand for their digits), null where there is none."


class UnknownLabel(Shape):
    """A cell that is no label of the scheme, with all its rows counted."""

    text: str
    """The cell as text."""
    count: int
    """Number of rows it stands in."""
    rows: tuple[int, ...]
    """The first five of them, counted from 0."""
    nearest: str | None
    """The scheme's label spelled most like it; null if none is alike."""


class SchemeFit(Shape):
    """How well a scheme fits a column."""

    scheme: str
    """Name of the scheme."""
    coverage: float
    """Share of the rows with a label whose label is the scheme's, 0..1."""
    used: float
    """Share of the scheme's labels that occur, 0..1."""
    rows: int
    """Number of rows with a label."""
    unknown: tuple[UnknownLabel, ...]
    """Labels that do not fit, the most frequent first."""


class DetectBody(Body):
    """A label column whose scheme is wanted."""

    labels: list[JsonValue] = Field(
        min_length=1,
        max_length=COLUMN_LIMIT,
        description=_CELLS,
        examples=[["hap", "neu", "fru", "hap", "oth", None]],
    )
    limit: int = Field(default=5, ge=1, le=200, examples=[2])
    """Schemes at most."""


class DetectAnswer(Shape):
    """Schemes that fit a column; several may fit equally."""

    fits: tuple[SchemeFit, ...]
    """Best first; empty if no row is a label of any scheme."""


class ColumnBody(Body):
    """A label column to read in a scheme."""

    labels: list[JsonValue] = Field(
        max_length=COLUMN_LIMIT, description=_CELLS, examples=[["joy", "joyy", None, "fear"]]
    )


class LabelColumn(Shape):
    """A column read in a scheme."""

    scheme: str
    """Name of the scheme."""
    names: tuple[str | None, ...]
    """The scheme's label of each row, in order; null where the cell is none."""
    meanings: dict[str, Grounding]
    """What each label that occurs means, by its name."""
    counts: dict[str, int]
    """Number of rows by label, in the order of the scheme."""
    missing: int
    """Number of rows without a label."""
    unknown: tuple[UnknownLabel, ...]
    """Cells that are no label of the scheme, the most frequent first."""


class MapBody(Body):
    """A label column to say in another scheme."""

    labels: list[JsonValue] = Field(
        max_length=COLUMN_LIMIT,
        description=_CELLS,
        examples=[["joy", "nervousness", "fear", "love", "joyy"]],
    )
    target: str = Field(examples=["ekman-6"])
    """Scheme to say them in."""


class MappedColumn(Shape):
    """A column said in another scheme, with what that loses."""

    source: str
    """Name of the scheme it was read in."""
    target: str
    """Name of the other scheme."""
    labels: tuple[tuple[str, ...], ...]
    """For each row the labels there, best first; empty if there is none."""
    counts: dict[str, int]
    """Number of rows by label of the source."""
    relations: dict[Relation, int]
    """Number of rows by how their label crosses, best first."""
    lossless: int
    """Rows whose label keeps its meaning and can still be told from those that occur."""
    losses: tuple[str, ...]
    """A sentence for each label that loses something, and for cells that are no label."""
    crossings: tuple[Crossing, ...]
    """How each label that occurs crosses, in the order of the source."""
    missing: int
    """Number of rows without a label."""
    unknown: tuple[UnknownLabel, ...]
    """Cells that are no label of the source, the most frequent first."""


def to_fits(found: Iterable[scheme.SchemeFit]) -> DetectAnswer:
    """Return the schemes that fit a column as they are sent."""
    return DetectAnswer(fits=tuple(SchemeFit.model_validate(fit) for fit in found))


def to_column(column: scheme.LabelColumn) -> LabelColumn:
    """Return a column read in a scheme as it is sent: each meaning once."""
    pairs = zip(column.names, column.groundings, strict=True)
    meanings = {name: grounding for name, grounding in pairs if name is not None}
    return LabelColumn(
        scheme=column.scheme,
        names=column.names,
        meanings={name: Grounding.model_validate(found) for name, found in meanings.items()},
        counts=column.counts,
        missing=column.missing,
        unknown=_unknown(column),
    )


def to_mapped(mapped: scheme.MappedColumn) -> MappedColumn:
    """Return a column said in another scheme as it is sent."""
    return MappedColumn(
        source=mapped.source.scheme,
        target=mapped.target,
        labels=mapped.labels,
        counts={name: count for name, count in mapped.source.counts.items() if count},
        relations=mapped.relations,
        lossless=mapped.lossless,
        losses=tuple(mapped.losses()),
        crossings=tuple(Crossing.model_validate(crossing) for crossing in mapped.crossings),
        missing=mapped.source.missing,
        unknown=_unknown(mapped.source),
    )


def _unknown(column: scheme.LabelColumn) -> tuple[UnknownLabel, ...]:
    return tuple(UnknownLabel.model_validate(found) for found in column.unknown)
