"""Reads a label column of a data set: which scheme it is of, what its labels mean, and them in another."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from numbers import Integral, Real

from affectgraph.kg.crossing import Crossing
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Scheme, SchemeLabel
from affectgraph.linkers.columns import ground_values, is_missing
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.model import Grounding
from affectgraph.linkers.normalise import normalise
from affectgraph.ontology.errors import InputError

SHOWN_ROWS = 5
"""Number of rows that an unknown label names."""


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A cell of a label column that is no label of the scheme, with all its rows counted.

    :param text: the cell as text.
    :param count: number of rows it stands in.
    :param rows: the first of them, counted from 0.
    :param nearest: name of the scheme's label spelled most like it, None if none is alike.
    """

    text: str
    count: int
    rows: tuple[int, ...]
    nearest: str | None


@dataclass(frozen=True, slots=True)
class SchemeFit:
    """How well a scheme fits a column.

    :param scheme: name of the scheme.
    :param coverage: share of the rows with a label whose label is the scheme's, 0..1.
    :param used: share of the scheme's labels that occur in the column, 0..1.
    :param rows: number of rows with a label.
    :param unknown: labels that do not fit, the most frequent first.
    """

    scheme: str
    coverage: float
    used: float
    rows: int
    unknown: tuple[UnknownLabel, ...]


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """A column read in a scheme.

    :param scheme: name of the scheme.
    :param names: the scheme's label of each row, in order; None where the cell is none.
    :param groundings: what each row's label means.
    :param counts: number of rows by label, in the order of the scheme, those that do not occur too.
    :param missing: number of rows without a label (None, NaN, blank text).
    :param unknown: cells that are no label of the scheme, the most frequent first.
    """

    scheme: str
    names: tuple[str | None, ...]
    groundings: tuple[Grounding, ...]
    counts: dict[str, int]
    missing: int
    unknown: tuple[UnknownLabel, ...]


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column said in another scheme, with what that loses.

    :param source: the column as read. :param target: name of the other scheme.
    :param labels: for each row the labels there, best first; empty if the row has no label of the source,
        or one that cannot be said. Of relation ``finer``, each claims more than was said.
    :param crossings: how each label that occurs crosses, with its loss, in the order of the source.
    """

    source: LabelColumn
    target: str
    labels: tuple[tuple[str, ...], ...]
    crossings: tuple[Crossing, ...]

    @property
    def relations(self) -> dict[str, int]:
        """Number of rows by the relation of their crossing, best first; rows without a label are not in."""
        found: dict[str, int] = {}
        for crossing in self.crossings:
            count = self.source.counts[crossing.label.name]
            found[crossing.relation] = found.get(crossing.relation, 0) + count
        return dict(sorted(found.items(), key=lambda item: _RANK[item[0]]))

    @property
    def lossless(self) -> int:
        """Number of rows whose label keeps its meaning and can still be told from those that occur."""
        return sum(
            self.source.counts[c.label.name]
            for c in self.crossings
            if c.relation == "exact" and not self._merged(c)
        )

    def _merged(self, crossing: Crossing) -> bool:
        present = {c.label.name for c in self.crossings}
        return not present.isdisjoint(crossing.loss.merged)

    def losses(self) -> list[str]:
        """Return a sentence for each label that occurs and loses something, the most frequent first.

        Rows without a label and unknown ones are said at the end; nothing is left out.
        """
        counts = self.source.counts
        lossy = [c for c in self.crossings if c.relation != "exact" or self._merged(c)]
        lossy.sort(key=lambda c: -counts[c.label.name])
        found = [
            f"{c.label.name} ({_rows(counts[c.label.name])}): {c.loss.sentence}" for c in lossy
        ]
        if self.source.missing:
            found.append(f"no label ({_rows(self.source.missing)}): nothing to map.")
        for unknown in self.source.unknown:
            hint = f" Nearest: {unknown.nearest}." if unknown.nearest else ""
            found.append(
                f"{unknown.text!r} ({_rows(unknown.count)}): no label of {self.source.scheme}.{hint}"
            )
        return found


_RANK = {
    name: rank
    for rank, name in enumerate(("exact", "close", "coarser", "finer", "fallback", "none"))
}


class SchemeLinker:
    """Reads the labels of one scheme. Threads may share it.

    A cell is found by its label's name or one of the writings of data files (``hap``, ``03``), in any
    case. A whole number stands for its digits, also as the float that pandas makes of it (``3.0``).

    :param graph: the graph that has the scheme.
    :param scheme: name of the scheme.
    :raises UnknownTermError: if there is no such scheme.

    >>> linker = SchemeLinker(EmotionGraph.load(), "iemocap-6")
    >>> linker.label("hap").name, linker.label("glee")
    ('hap', None)
    """

    def __init__(self, graph: EmotionGraph, scheme: str) -> None:
        self.graph = graph
        self.scheme = graph.scheme(scheme)
        self._linker = LabelLinker(graph)
        self._labels = labels_by_writing(self.scheme)

    def label(self, cell: object) -> SchemeLabel | None:
        """Return the label a cell stands for, None if it is no label of the scheme."""
        text = _as_text(cell)
        return self._labels.get(normalise(text)) if text is not None else None

    def read(self, cells: Iterable[object]) -> LabelColumn:
        """Return a column with the label and meaning of each row, and all cells that are none.

        Cells may be of any type; one that is no label never stops the others.
        """
        rows = list(cells)
        found = [self.label(cell) for cell in rows]
        names = [label.name if label is not None else None for label in found]
        counts = Counter(names)
        texts = [
            label.name if label is not None else cell
            for label, cell in zip(found, rows, strict=True)
        ]
        return LabelColumn(
            self.scheme.name,
            tuple(names),
            tuple(ground_values(self._linker, texts, scheme=self.scheme.name)),
            {label.name: counts[label.name] for label in self.scheme.labels},
            sum(map(_is_blank, rows)),
            _unknown(rows, self._labels),
        )

    def map(self, cells: Iterable[object], target: str) -> MappedColumn:
        """Return a column said in another scheme, with its loss.

        :param target: name of the other scheme; see :meth:`EmotionGraph.crosswalk`.
        :raises UnknownTermError: if there is no such scheme.
        """
        column = self.read(cells)
        other = self.graph.scheme(target)
        crossings = {c.label.name: c for c in self.graph.crosswalk(self.scheme.name, other.name)}
        said = {name: tuple(x.name for x in c.targets) for name, c in crossings.items()}
        return MappedColumn(
            column,
            other.name,
            tuple(said[name] if name is not None else () for name in column.names),
            tuple(c for name, c in crossings.items() if column.counts[name]),
        )


def detect_schemes(
    graph: EmotionGraph, cells: Iterable[object], *, limit: int | None = 5
) -> tuple[SchemeFit, ...]:
    """Return the shipped schemes that fit a column, best first.

    Ranked by the share of rows that are labels of the scheme, then by the share of the scheme's labels
    that occur, then by name; schemes that no row fits are left out. Several may fit equally: the six
    basic emotions stand in many. Costs some milliseconds and the reading of each different cell.

    :param limit: at most so many; None for all.
    :raises InputError: if ``limit`` is below 1.

    >>> fits = detect_schemes(EmotionGraph.load(), ["neu", "hap", "fru", "hap", "xxx"])
    >>> fits[0].scheme, fits[0].coverage, [label.text for label in fits[0].unknown]
    ('iemocap-6', 0.8, ['xxx'])
    """
    if limit is not None and limit < 1:
        raise InputError(f"Expected a limit of at least 1, got {limit}.")
    rows = list(cells)
    filled = [row for row in rows if not _is_blank(row)]
    forms = Counter(_form(row) for row in filled)
    found = []
    for scheme in graph.schemes():
        writings = labels_by_writing(scheme)
        hits = {form: count for form, count in forms.items() if form in writings}
        if hits:
            used = len({writings[form].name for form in hits if form is not None})
            share = sum(hits.values()) / len(filled)
            found.append((-share, -used / len(scheme.labels), scheme.name, writings))
    found.sort(key=lambda fit: fit[:3])
    return tuple(
        SchemeFit(name, -share, -used, len(filled), _unknown(rows, writings))
        for share, used, name, writings in found[:limit]
    )


def labels_by_writing(scheme: Scheme) -> dict[str | None, SchemeLabel]:
    """Return a scheme's labels by normalised name and alias; a name goes before an alias."""
    found: dict[str | None, SchemeLabel] = {normalise(x.name): x for x in scheme.labels}
    for label in scheme.labels:
        for alias in label.aliases:
            found.setdefault(normalise(alias), label)
    return found


def _as_text(cell: object) -> str | None:
    """Return a cell as the text it stands for; None if it is neither text nor a whole number."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or is_missing(cell):
        return None
    if isinstance(cell, Integral):
        return str(int(cell))
    if isinstance(cell, Real) and float(cell).is_integer():
        return str(int(float(cell)))
    return None


def _form(cell: object) -> str | None:
    text = _as_text(cell)
    return normalise(text) if text is not None else None


def _is_blank(cell: object) -> bool:
    return is_missing(cell) or (isinstance(cell, str) and not cell.strip())


def _unknown(rows: list[object], labels: dict[str | None, SchemeLabel]) -> tuple[UnknownLabel, ...]:
    places: dict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(rows):
        if not _is_blank(cell) and _form(cell) not in labels:
            text = _as_text(cell)
            places[text if text is not None else str(cell)].append(number)
    names = [label.name for label in dict.fromkeys(labels.values())]
    found = [
        UnknownLabel(text, len(at), tuple(at[:SHOWN_ROWS]), _nearest(text, names))
        for text, at in places.items()
    ]
    return tuple(sorted(found, key=lambda x: (-x.count, x.rows)))


def _nearest(text: str, names: list[str]) -> str | None:
    by_form = {normalise(name): name for name in names}
    close = get_close_matches(normalise(text[:200]), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else None


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
