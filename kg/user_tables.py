"""Reads tables of users' own words and labels into RDF, and says what is wrong by line and column.

The RDF is in the terms of the packaged graph, so that the packaged queries read it; its shapes are
``ontology/shapes/user.ttl``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pyoxigraph import Triple

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.index import RELATIONS
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, DCT, LEXINFO, ONTOLEX, SKOS
from affectgraph.ontology.triples import (
    A,
    Object,
    boolean,
    decimal,
    describe,
    integer,
    slug,
    string,
    text,
)

Rows = Iterable[tuple[int, Mapping[str, str]]]
"""Lines of a file and the cells of each by column."""

SCHEME_COLUMNS = ("label", "concept", "relation", "alias", "note")
"""Columns of a label scheme: one row per label, in its order. ``concept`` and ``alias`` may hold several,
with semicolons between; a label without a concept has no home in the graph."""
WORD_COLUMNS = (
    "form",
    "concept",
    "polarity",
    "part_of_speech",
    "role",
    "strength",
    "ambiguous",
    "gloss",
)
"""Columns of a vocabulary: one row per word or phrase and concept; the first three must be filled."""

PROPERTIES = {name: iri for iri, name in RELATIONS.items()}
PARTS_OF_SPEECH = ("adjective", "adverb", "interjection", "noun", "verb")
ROLES = ("state", "act", "disposition", "expression", "stimulus")
POLARITIES = ("positive", "negative", "neutral", "mixed")
ANSWERS = {"": False, "no": False, "yes": True}
LONGEST = 200
"""Characters of a cell."""
LONGEST_PROSE = 2_000
"""Characters of a cell of several sentences or names."""

_ALSO = ";"


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    """What is wrong with a cell, or to be known of it: line in the file, column, and what was expected."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """Return the fault on one line."""
        return f"line {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table as RDF.

    :param triples: of its good rows. :param faults: of the others, by line.
    :param good: number of good rows.
    :param notes: what good rows have that their writer may not expect, by line.
    """

    triples: tuple[Triple, ...]
    faults: tuple[RowFault, ...]
    good: int
    notes: tuple[RowFault, ...] = ()


def _shown(column: str) -> str:
    """Return a column's name with escapes for what is no Unicode text, which nobody could print."""
    return column.encode("utf-8", "backslashreplace").decode("utf-8")


class TableRow:
    """A row while it is read: cells, and the faults found in them.

    :param prose: columns whose cells may be longer.
    """

    def __init__(
        self,
        line: int,
        cells: Mapping[str, str],
        columns: Sequence[str],
        prose: Collection[str] = (),
    ) -> None:
        self.line = line
        self.cells = {name: " ".join(cells.get(name, "").split()) for name in columns}
        self.faults: list[RowFault] = []
        for name in cells:
            if name not in columns:
                self.fault(_shown(name), f"expected a column of {', '.join(columns)}.")
        for name, value in self.cells.items():
            most = LONGEST_PROSE if name in prose else LONGEST
            if len(value) > most or any("\ud800" <= sign <= "\udfff" for sign in value):
                self.fault(name, f"expected text of up to {most} characters in UTF-8.")

    def fault(self, column: str, message: str) -> None:
        """Add a fault."""
        self.faults.append(RowFault(self.line, column, message))

    def filled(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self.cells[column]:
            self.fault(column, "expected text, got an empty cell.")
        return self.cells[column]

    def one_of(self, column: str, known: Iterable[str], default: str = "") -> str:
        """Return a cell that must be one of some words."""
        value = self.cells[column] or default
        if value not in known:
            self.fault(column, f"expected one of {', '.join(filter(None, known))}, got {value!r}.")
        return value

    def several(self, column: str) -> list[str]:
        """Return the parts of a cell, each once."""
        parts = (part.strip() for part in self.cells[column].split(_ALSO))
        return list(dict.fromkeys(part for part in parts if part))

    def concept(self, graph: EmotionGraph, name: str, column: str = "concept") -> str:
        """Return the IRI of a concept by any of its names; empty if there is none."""
        found = graph.get_concept(name)
        if found is None:
            near = ", ".join(graph.nearest_names(name))
            advice = f" Nearest: {near}." if near else ""
            self.fault(column, f"expected a concept of the graph, got {name!r}.{advice}")
        return "" if found is None else found.iri


def read_scheme_table(
    graph: EmotionGraph,
    rows: Rows,
    *,
    name: str,
    iri: str,
    title: str = "",
    labelling: str = "single",
) -> TableReading:
    """Return a label scheme as RDF.

    :param rows: in the columns of :data:`SCHEME_COLUMNS`.
    :param name: how lookups name the scheme; no scheme of the graph may have it.
    :param iri: of the graph that is to hold it, which is its source.
    :param labelling: ``single`` or ``multi``, how many labels an item has.
    :raises InputError: if the name is none or taken, or ``labelling`` is another.
    """
    _require_scheme(graph, name, labelling)
    scheme = f"{iri}/{name}"
    about: list[tuple[str, Object]] = [
        (A, SKOS + "ConceptScheme"),
        (A, AG + "LabelScheme"),
        (SKOS + "notation", string(name)),
        (DCT + "title", text(title or name)),
        (DCT + "description", text(f"Labels of {title or name}, a scheme of its user's own.")),
        (AG + "labelling", string(labelling)),
        (AG + "schemeKind", string("emotion")),
        (DCT + "source", iri),
    ]
    pairs: list[tuple[str, list[tuple[str, Object]]]] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for line, cells in rows:
        row = TableRow(line, cells, SCHEME_COLUMNS)
        label = row.filled("label")
        if first := seen.get(label.casefold()):
            row.fault("label", f"expected each label once, got {label!r} of line {first} again.")
        found = list(_label(graph, row, label, len(pairs), scheme, iri))
        if row.faults:
            faults += row.faults
            continue
        seen[label.casefold()] = line
        node = f"{scheme}/{quote(label, safe='')}"
        about.append((AG + "hasLabel", node))
        pairs.append((node, found))
    quads = [*describe(scheme, about)] if pairs else []
    for node, found in pairs:
        own = [pair for pair in found if pair[0] != AG + "aliasText"]
        quads += describe(node, own)
        for _, alias in (pair for pair in found if pair[0] == AG + "aliasText"):
            quads += _alias(node, alias)
    return TableReading(tuple(q.triple for q in quads), tuple(sorted(faults)), len(pairs))


def _require_scheme(graph: EmotionGraph, name: str, labelling: str) -> None:
    if not name or slug(name) != name:
        raise InputError(
            f"Expected a name of lower-case letters, digits and hyphens for the scheme, got {name!r}."
        )
    if name in {scheme.name for scheme in graph.schemes()}:
        raise InputError(
            f"Expected a name that no scheme of the graph has, got {name!r}. Name it anew."
        )
    if labelling not in {"single", "multi"}:
        raise InputError(f"Expected labelling of single or multi, got {labelling!r}.")


def _label(
    graph: EmotionGraph, row: TableRow, label: str, position: int, scheme: str, iri: str
) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "Concept"
    yield A, AG + "SchemeLabel"
    yield SKOS + "prefLabel", text(label)
    yield SKOS + "inScheme", scheme
    yield AG + "position", integer(position)
    yield DCT + "source", iri
    if row.cells["note"]:
        yield SKOS + "note", text(row.cells["note"])
    names = row.several("concept")
    relation = row.one_of("relation", PROPERTIES, "exact") if names else ""
    if row.cells["relation"] and not names:
        row.fault("relation", "expected no relation where there is no concept.")
    for concept in filter(None, [row.concept(graph, name) for name in names]):
        yield AG + "anchoredTo", concept
        yield PROPERTIES.get(relation, SKOS + "exactMatch"), concept
    for alias in row.several("alias"):
        yield AG + "aliasText", string(alias)


def _alias(label: str, alias: Any) -> Iterator[Any]:
    node = f"{label}/alias/{quote(alias.value, safe='')}"
    yield from describe(
        node, [(A, AG + "LabelAlias"), (AG + "aliasOf", label), (AG + "aliasText", alias)]
    )


def read_word_table(graph: EmotionGraph, rows: Rows, *, iri: str) -> TableReading:
    """Return a vocabulary as RDF, in OntoLex.

    :param rows: in the columns of :data:`WORD_COLUMNS`.
    :param iri: of the graph that is to hold it, which is its source.
    """
    triples: list[Triple] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str], int] = {}
    good = 0
    for line, cells in rows:
        row = TableRow(line, cells, WORD_COLUMNS)
        form = row.filled("form").lower()
        if form and not any(sign.isalpha() for sign in form):
            row.fault("form", f"expected a word or phrase, got {form!r}.")
        concept = row.concept(graph, name) if (name := row.filled("concept")) else ""
        if first := seen.get((form, concept)):
            row.fault("form", f"expected each word once for a concept, got line {first} again.")
        found = list(_word(row, form, concept, iri))
        faults += row.faults
        if not row.faults:
            seen[form, concept] = line
            triples += found
            good += 1
    return TableReading(tuple(triples), tuple(sorted(faults)), good)


def _word(row: TableRow, form: str, concept: str, iri: str) -> Iterator[Triple]:
    pos = row.one_of("part_of_speech", PARTS_OF_SPEECH, "noun")
    node = f"{iri}/word/{quote(form, safe='')}/{quote(pos, safe='')}"
    tail = concept.rpartition("affectgraph/")[2]
    sense = f"{node}/{quote(tail, safe='')}"
    kind = "MultiwordExpression" if " " in form else "Word"
    said: list[tuple[str, Object]] = [
        (A, ONTOLEX + "LexicalSense"),
        (ONTOLEX + "isSenseOf", node),
        (ONTOLEX + "reference", concept),
        (AG + "role", string(row.one_of("role", ROLES, "state"))),
        (AG + "polarity", string(row.one_of("polarity", POLARITIES))),
        (AG + "strength", decimal(_strength(row))),
        (AG + "confidenceGrade", string("high")),
        (DCT + "source", iri),
    ]
    if ANSWERS.get(row.one_of("ambiguous", ANSWERS)):
        said.append((AG + "isAmbiguous", boolean(True)))
    if row.cells["gloss"]:
        said.append((SKOS + "definition", text(row.cells["gloss"])))
    if row.faults:
        return
    entry: list[tuple[str, Object]] = [
        (A, ONTOLEX + "LexicalEntry"),
        (A, ONTOLEX + kind),
        (LEXINFO + "partOfSpeech", LEXINFO + pos),
        (ONTOLEX + "canonicalForm", f"{node}/form"),
        (ONTOLEX + "sense", sense),
    ]
    written = [(ONTOLEX + "writtenRep", text(form))]
    for quads in (describe(node, entry), describe(f"{node}/form", written), describe(sense, said)):
        yield from (quad.triple for quad in quads)


def _strength(row: TableRow) -> float:
    cell = row.cells["strength"] or "1"
    try:
        value = float(cell)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        row.fault("strength", f"expected a number above 0 and up to 1, got {cell!r}.")
        return 1.0
    return value
