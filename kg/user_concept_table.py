"""Reads tables of concepts of a user's own into RDF, and says what is wrong by line and column."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from affectgraph.kg.alignments import PREDICATES
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_concepts import DIMENSIONS, concept_faults, label_faults, own_concepts
from affectgraph.kg.user_tables import RowFault, Rows, TableReading, TableRow
from affectgraph.kg.words import concept_slug
from affectgraph.ontology.iris import AG, DCT, SKOS
from affectgraph.ontology.triples import A, Object, decimal, describe, slug, string, text

_MATCHES: Final = {name.replace("Match", "_match"): name for name in PREDICATES}
"""Column of mappings -> local name of its property."""
IN_EACH_LANGUAGE: Final = ("concept", "label", "language", "alias", "definition")
"""Columns of every row of a concept."""
CONCEPT_COLUMNS: Final = (
    *IN_EACH_LANGUAGE,
    "broader",
    "branch",
    "example",
    *DIMENSIONS,
    *_MATCHES,
    "source",
    "note",
)
"""Columns of a table of concepts: a row per concept and language, the first with all that has no language.

``concept`` is an id that stands for an IRI below the graph's, or an IRI; ``alias`` and the mappings may hold
several, with semicolons between."""
_PROSE: Final = frozenset({"label", "alias", "definition", "example", "note", *_MATCHES})
_COLUMN_OF: Final = {"prefLabel": "label", "altLabel": "alias"}
"""Property of a fault -> its column, where it is not called like it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A row with the concept it tells of, and what it says."""

    row: TableRow
    iri: str
    triples: tuple[Triple, ...]


def read_concept_table(
    graph: EmotionGraph, rows: Rows, *, iri: str, held: Collection[Triple] = ()
) -> TableReading:
    """Return concepts as RDF, in SKOS.

    A concept that stands below one with a bad row is bad, too. Its notes tell of labels that the graph has.

    :param graph: the packaged graph.
    :param rows: in the columns of :data:`CONCEPT_COLUMNS`.
    :param iri: of the graph that is to hold it; ids stand below it.
    :param held: triples that the graph holds already and keeps.
    """
    known = {concept.iri for concept in own_concepts(held)}
    read = [TableRow(line, cells, CONCEPT_COLUMNS, _PROSE) for line, cells in rows]
    own = {_iri_of(row.cells["concept"], iri) for row in read} | known
    first: dict[str, int] = {}
    languages: dict[tuple[str, str], int] = {}
    told = []
    for row in read:
        node = _node(row, iri)
        _require_place(row, first.setdefault(node, row.line), is_known=node in known)
        _require_language(row, languages.setdefault((node, _language(row)), row.line))
        told.append(_Told(row, node, tuple(_triples(graph, row, node, iri, own))))
    good = _good(graph, told, held)
    faults = tuple(sorted(fault for one in told for fault in one.row.faults))
    triples = tuple(dict.fromkeys(triple for one in good for triple in one.triples))
    notes = (*(note for one in good for note in _notes(graph, one)), *_twice(good))
    return TableReading(triples, faults, len(good), tuple(sorted(notes)))


def _iri_of(cell: str, graph: str) -> str:
    return cell if ":" in cell else f"{graph}/{cell}"


def _node(row: TableRow, graph: str) -> str:
    cell = row.filled("concept")
    is_id = bool(cell) and slug(cell) == cell
    if cell and not is_id and not _is_iri(cell):
        row.fault(
            "concept",
            f"expected an id of lower-case letters, digits and hyphens, or an IRI, got {cell[:80]!r}.",
        )
    return _iri_of(cell, graph)


def _is_iri(text_: str) -> bool:
    """Return whether a text is an absolute IRI; a CURIE is none."""
    try:
        NamedNode(text_)
    except ValueError:
        return False
    return "://" in text_ or text_.lower().startswith("urn:")


def _language(row: TableRow) -> str:
    return (row.cells["language"] or "en").lower()


def _require_place(row: TableRow, first: int, *, is_known: bool) -> None:
    """Add a fault for each cell that a further row of a concept may not fill."""
    if first == row.line and not is_known:
        return
    where = "that the graph has" if is_known else f"of line {first}"
    for column in CONCEPT_COLUMNS[len(IN_EACH_LANGUAGE) :]:
        if row.cells[column]:
            row.fault(column, f"expected nothing in a further row of the concept {where}.")


def _require_language(row: TableRow, first: int) -> None:
    if first != row.line:
        row.fault(
            "language",
            f"expected each language once for a concept, got that of line {first} again.",
        )


def _triples(
    graph: EmotionGraph, row: TableRow, node: str, iri: str, own: Collection[str]
) -> Iterator[Triple]:
    said = [*_texts(row), *_place(graph, row, iri, own), *_numbers(row), *_matches(row)]
    if row.faults:
        return
    for column in ("example", "note"):
        if row.cells[column]:
            said.append((SKOS + column, text(row.cells[column], _language(row))))
    if source := row.cells["source"]:
        said.append((DCT + "source", source if _is_iri(source) else string(source)))
    yield from (quad.triple for quad in describe(node, [(A, SKOS + "Concept"), *said]))


def _texts(row: TableRow) -> Iterator[tuple[str, Object]]:
    language = _language(row)
    label = row.filled("label")
    names = [("label", "prefLabel", label)] if label else []
    names += [("alias", "altLabel", alias) for alias in row.several("alias") if alias != label]
    for column, name, value in names:
        for fault in label_faults(language, value):
            row.fault("language" if "language tag" in fault else column, fault)
        if not row.faults:
            yield SKOS + name, text(value, language)
    if row.cells["definition"] and not row.faults:
        yield SKOS + "definition", text(row.cells["definition"], language)


def _place(
    graph: EmotionGraph, row: TableRow, iri: str, own: Collection[str]
) -> Iterator[tuple[str, Object]]:
    if broader := row.cells["broader"]:
        node = _iri_of(broader, iri)
        found = node if node in own else row.concept(graph, broader, "broader")
        if found:
            yield SKOS + "broader", found
    if row.cells["branch"]:
        known = sorted({state.branch or "" for state in graph.states()})
        yield AG + "stateBranch", AG + row.one_of("branch", known)


def _numbers(row: TableRow) -> Iterator[tuple[str, Object]]:
    for column in DIMENSIONS:
        cell = row.cells[column]
        try:
            value = float(cell or 0)
        except ValueError:
            value = float("nan")
        if not -1 <= value <= 1:
            row.fault(column, f"expected a number from -1 to 1, got {cell!r}.")
        elif cell:
            yield AG + column, decimal(value)


def _matches(row: TableRow) -> Iterator[tuple[str, Object]]:
    for column, name in _MATCHES.items():
        for term in row.several(column):
            if _is_iri(term):
                yield SKOS + name, term
            else:
                row.fault(column, f"expected IRIs of terms, got {term[:80]!r}.")


def _good(graph: EmotionGraph, told: list[_Told], held: Collection[Triple]) -> list[_Told]:
    """Return the rows of good concepts; others get their faults."""
    known = {concept.iri: concept for concept in graph.index.concepts.values()}
    while True:
        bad = {one.iri: one.row.line for one in reversed(told) if one.row.faults}
        for one in told:
            if one.iri in bad and not one.row.faults:
                one.row.fault(
                    "concept", f"expected good rows alone of it, line {bad[one.iri]} is bad."
                )
        good = [one for one in told if one.iri not in bad]
        triples = [*held, *(triple for one in good for triple in one.triples)]
        rows = {one.iri: one.row for one in reversed(good)}
        faults = [f for f in concept_faults(own_concepts(triples), known) if f.iri in rows]
        if not faults:
            return good
        for fault in faults:
            column = _COLUMN_OF.get(fault.property, fault.property)
            rows[fault.iri].fault(column, fault.message)


def _names(one: _Told) -> list[tuple[str, str]]:
    """Return the labels of a row with their columns."""
    aliases = [("alias", alias) for alias in one.row.several("alias")]
    return [("label", one.row.cells["label"]), *aliases]


def _twice(told: list[_Told]) -> Iterator[RowFault]:
    """Yield a note on each label that names a concept of a row above as well."""
    first: dict[str, _Told] = {}
    for one in told:
        for column, name in _names(one):
            other = first.setdefault(name.casefold(), one)
            if other.iri != one.iri:
                where = f"{concept_slug(other.iri)} of line {other.row.line}"
                yield RowFault(
                    one.row.line, column, f"{name!r} means {where} as well; both are found."
                )


def _notes(graph: EmotionGraph, one: _Told) -> Iterator[RowFault]:
    for column, name in _names(one):
        others = _named(graph, name)
        if others:
            yield RowFault(
                one.row.line,
                column,
                f"{name!r} means {', '.join(others)} in the graph as well; both are found.",
            )


def _named(graph: EmotionGraph, name: str) -> list[str]:
    """Return slugs of the packaged concepts that a name or word means."""
    found = graph.get_concept(name)
    senses = graph.index.words.get(name.lower(), ())
    slugs = [*([] if found is None else [found.slug]), *(sense.concept for sense in senses)]
    return list(dict.fromkeys(map(concept_slug, slugs)))
