"""Reads tables for ``data add``: concepts, schemes, words and VAD lexicons, faults by line and column."""

from pathlib import Path
from typing import TYPE_CHECKING

from affectgraph.api.cli_base import note, usage
from affectgraph.api.cli_rows import read_rows, say_faults

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from affectgraph.kg.user_store import UserStore

TABLES = frozenset({".csv", ".tsv"})
"""Endings of tables with a header line."""
KINDS = ("concepts", "scheme", "vocabulary", "vad")
"""Kinds of graphs that tables make."""


def read_table(
    store: "UserStore | None", file: Path, kind: str, name: str | None, *, replaces: bool
) -> tuple[str, "list[Triple]", int]:
    """Return the graph that a table makes, its triples, and how many rows are bad, which are said on stderr.

    :param store: what is to hold the graph; None if it is yet to be made.
    :param name: short name of the graph, which a scheme and a lexicon are named by.
    :param replaces: whether the graph is to hold nothing of what it held.
    :raises typer.BadParameter: if there is no name, the kind is of no tables, or there is no such file.
    :raises InputError: if the name is none, or a lexicon cannot be read.
    """
    if kind not in KINDS:
        raise usage(f"Expected --kind {', '.join(KINDS)} for a table, got {kind}.")
    if name is None:
        raise usage("Give --name for the graph that a table makes.")
    if kind == "vad":
        return _lexicon(file, name)
    from affectgraph.kg.user_names import graph_iri

    iri = graph_iri(name) if store is None else graph_iri(name, base=store.base)
    from affectgraph.api.user_table_lines import table_of_lines

    rows = read_rows(str(file))
    found = table_of_lines(rows, kind, name=name, iri=iri, store=store, replaces=replaces)
    faults = [(fault.line, f"{fault.column}: {fault.message}") for fault in found.faults]
    say_faults(faults, file=file.name)
    say_faults([(n.line, f"{n.column}: {n.message}") for n in found.notes], file=file.name)
    return iri, list(found.triples), len({line for line, _ in faults})


def _lexicon(file: Path, name: str) -> tuple[str, "list[Triple]", int]:
    from affectgraph.kg.vad_import import import_vad

    found = import_vad(file, name=name)
    note(found.report.text())
    triples = [quad.triple for quad in found.lexicon.quads()]
    return found.lexicon.graph_iri, triples, len(found.report.bad)
