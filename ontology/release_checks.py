"""Row-level checks of what releases and other copies of the tree bring; see :mod:`.table_checks`."""

import re
from collections.abc import Iterator

from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.iris import BASE, expand
from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.variants import DIFFERENCES
from affectgraph.ontology.ranks import TIERS
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.terms import KINDS


def check_variants() -> Iterator[OntologyError]:
    """Yield a fault for every line of another copy without a tier, a known difference or its concept."""
    nodes = tree_nodes()
    for row in read_table("tree_variants"):
        if row["tier"] not in TIERS:
            yield row.error(f"expected a tier of {TIERS}, got {row['tier']!r}.")
        if row["difference"] not in DIFFERENCES:
            yield row.error(f"expected a difference of {DIFFERENCES}, got {row['difference']!r}.")
        if (row["difference"] == "added") != (row["node"] == ""):
            yield row.error("expected a node, or that the line is added, and never both.")
        elif row["node"] and row["node"] not in nodes:
            yield row.error(f"node: expected a tree node, got {row['node']!r}.")
        elif row["difference"] == "same" and nodes[row["node"]].label != row["label"]:
            yield row.error(f"expected the same label, got {nodes[row['node']].label!r} there.")


def check_deprecated() -> Iterator[OntologyError]:
    """Yield a fault for every deprecated term without an IRI, a known kind, a reason or a version."""
    gone = {row["term"] for row in read_table("deprecated")}
    for row in read_table("deprecated"):
        for column in ("term", "replaced_by"):
            try:
                iri = expand(row[column])
            except InputError as error:
                yield row.error(f"{column}: {error}")
                continue
            if row[column] and not iri.startswith(BASE):
                yield row.error(
                    f"{column}: expected a CURIE of the project's, got {row[column]!r}."
                )
        if row["kind"] not in set(KINDS.values()):
            yield row.error(
                f"expected a kind of {sorted(set(KINDS.values()))}, got {row['kind']!r}."
            )
        if not row["label"] or not row["reason"]:
            yield row.error("expected a label and a reason, got an empty cell.")
        if not re.fullmatch(r"\d+\.\d+\.\d+", row["version"]):
            yield row.error(f"expected a version such as 0.2.0, got {row['version']!r}.")
        if row["replaced_by"] in gone:
            yield row.error(f"expected a living term in replaced_by, got {row['replaced_by']!r}.")
