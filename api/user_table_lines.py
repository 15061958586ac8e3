"""Tables of users' concepts, schemes and words as lines of a file, with every fault by line and column."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import typer

from affectgraph.api.record_files import Line, read_csv_lines
from affectgraph.kg.default import default_graph
from affectgraph.kg.user_concept_table import read_concept_table
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import (
    RowFault,
    TableReading,
    read_scheme_table,
    read_word_table,
)
from affectgraph.ontology.errors import InputError

DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
"""Media type of a table -> what parts its cells."""
KINDS = ("concepts", "scheme", "vocabulary")
"""Kinds of graphs that are read by line."""


def table_of_lines(
    lines: Iterable[Line],
    kind: str,
    *,
    name: str,
    iri: str,
    store: UserStore | None,
    replaces: bool,
) -> TableReading:
    """Return a table as RDF; lines that are no rows are among its faults.

    :param kind: one of :data:`KINDS`. :param name: of a scheme. :param iri: of the graph.
    :param store: what is to hold the graph; None if it is yet to be made.
    :param replaces: whether the graph keeps nothing it held.
    :raises InputError: if the kind is none, the name none for a scheme, or there is no row.
    """
    if kind not in KINDS:
        known = f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"
        raise InputError(f"Expected a table of kind {known}, got {kind!r}. Send RDF.")
    found = list(lines)
    if not found:
        raise InputError("Expected a header line and rows below it, got no rows.")
    unread = [RowFault(line.number, "row", line.fault) for line in found if line.record is None]
    rows = [(line.number, line.record) for line in found if line.record is not None]
    if kind == "concepts":
        is_more = store is not None and not replaces and store.find(iri) is not None
        held = store.triples(iri) if store is not None and is_more else ()
        reading = read_concept_table(default_graph(), rows, iri=iri, held=held)
    else:
        graph = default_graph()
        if store is not None:
            graph = graph.with_user_data(store, kinds=["concepts"])
        reading = (
            read_scheme_table(graph, rows, name=name, iri=iri)
            if kind == "scheme"
            else read_word_table(graph, rows, iri=iri)
        )
    return replace(reading, faults=tuple(sorted([*reading.faults, *unread])))


def lines_of_body(body: bytes, media_type: str) -> list[Line]:
    """Return the rows of a table that was sent, blank ones left out.

    :param media_type: one of :data:`DELIMITERS`.
    :raises InputError: if its header names a column twice, or there is none.
    """
    delimiter = DELIMITERS[media_type]
    try:
        lines = list(
            read_csv_lines(BytesIO(body), "the table", delimiter=delimiter, strip_header=True)
        )
    except typer.BadParameter as error:
        raise InputError(error.message) from error
    return [
        line for line in lines if line.record is None or any(map(str.strip, line.record.values()))
    ]
