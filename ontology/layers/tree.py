"""The tree: 137 concepts in three tiers, the 166 published entries behind them, and the states."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from pyoxigraph import Quad

from affectgraph.ontology.iris import (
    AG,
    BASE,
    DCT,
    ENTRY,
    OWL,
    PARROTT_SCHEME,
    PROV,
    RDFS,
    SKOS,
    SOURCE,
    STATE_SCHEME,
)
from affectgraph.ontology.ranks import TIERS
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    class_iri,
    concept_iri,
    describe,
    integer,
    provenance,
    slug,
    string,
    text,
)


@dataclass(frozen=True, slots=True)
class Node:
    """A tree node: slug, label, tier, parent's slug (None for a primary) and its path from the top."""

    slug: str
    label: str
    tier: str
    parent: str | None
    path: tuple[str, ...]


def tree_nodes() -> dict[str, Node]:
    """Return the tree's nodes by slug, parents before children.

    A third-tier entry that repeats a higher node's name belongs to that node and makes none of its
    own: 166 entries give 6 + 25 + 106 nodes.

    :raises OntologyError: if a parent is missing.
    """
    nodes: dict[str, Node] = {}
    for tier in TIERS:
        for row in read_table("tree"):
            if row["tier"] == tier and row["node"] not in nodes:
                nodes[row["node"]] = _node(row, nodes)
    return nodes


def _node(row: Row, nodes: dict[str, Node]) -> Node:
    parent = parent_slug(row)
    if parent is None:
        return Node(row["node"], row["label"], row["tier"], None, (row["node"],))
    if parent not in nodes:
        raise row.error(f"expected the parent {row['parent_path']!r} to be a node.")
    path = (*nodes[parent].path, row["node"])
    return Node(row["node"], row["label"], row["tier"], parent, path)


def parent_slug(row: Row) -> str | None:
    """Return the slug of the node an entry hangs under; None for a primary."""
    steps = [step for step in row["parent_path"].split("/") if step]
    if not steps:
        return None
    if len(steps) == 2 and steps[0] == steps[1]:
        return f"{steps[1]}-secondary"
    return steps[-1]


def tier_iri(tier: str) -> str:
    """Return the IRI of a tier individual."""
    return f"{AG}{tier}Tier"


def tree_quads() -> Iterator[Quad]:
    """Yield the concepts of the tree with both directions of every link and all closures."""
    nodes = tree_nodes()
    definitions = {row["node"]: row for row in read_table("definitions")}
    for node in nodes.values():
        yield from describe(concept_iri(node.slug), _concept(node, definitions[node.slug]))
        yield from _links(node)
        comment = f"An episode of {node.label}, at the {node.tier} tier."
        yield from _class(class_iri(node.slug), episode_label(node), comment)
    for row in read_table("tree"):
        yield from describe(_entry_iri(row), _entry(row, nodes))
    yield from _disjoint_primaries(nodes)


def episode_label(node: Node) -> str:
    """Return the label of a node's class of episodes; no two nodes share one.

    >>> episode_label(tree_nodes()["sadness-secondary"])
    'sadness, secondary (episode)'
    """
    is_repeated = node.slug.endswith("-secondary")
    return f"{node.label}, secondary (episode)" if is_repeated else f"{node.label} (episode)"


def words(name: str) -> str:
    """Return a name in capitals within as words.

    >>> words("BodilyState")
    'bodily state'
    """
    return re.sub(r"(?=[A-Z])", " ", name).strip().lower()


def _class(iri: str, label: str, comment: str) -> Iterator[Quad]:
    """Name a class of the description-logic layer here, so that no link of this graph ends in nothing."""
    pairs: list[tuple[str, Object]] = [
        (A, OWL + "Class"),
        (RDFS + "label", text(label)),
        (RDFS + "comment", text(comment)),
        (RDFS + "isDefinedBy", BASE + "ontology/dl"),
    ]
    yield from describe(iri, pairs)


def _disjoint_primaries(nodes: dict[str, Node]) -> Iterator[Quad]:
    """Repeat here, as plain triples, the one disjointness of the description-logic layer."""
    classes = [class_iri(node.slug) for node in nodes.values() if node.tier == "primary"]
    for first, second in permutations(classes, 2):
        yield from describe(first, [(OWL + "disjointWith", second)])


def _concept(node: Node, definition: Row) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "Concept"
    yield A, AG + "EmotionConcept"
    yield SKOS + "prefLabel", text(node.label)
    yield SKOS + "notation", string(node.slug)
    yield SKOS + "inScheme", PARROTT_SCHEME
    yield DCT + "source", SOURCE + "parrott-2001"
    yield AG + "tier", tier_iri(node.tier)
    yield AG + "primary", concept_iri(node.path[0])
    yield AG + "path", string("/".join(node.path))
    yield AG + "episodeClass", class_iri(node.slug)
    yield from definition_pairs(definition)
    if node.parent is None:
        yield SKOS + "topConceptOf", PARROTT_SCHEME


def definition_pairs(row: Row) -> Iterator[tuple[str, Object]]:
    """Yield a concept's definition and example, and where these come from.

    ``dct:source`` of a concept says who has it at all; the wording may be another's.
    """
    yield SKOS + "definition", text(row["definition"])
    if row["example"]:
        yield SKOS + "example", text(row["example"])
    yield AG + "definitionSource", SOURCE + row["source"]
    yield from (pair for pair in provenance(row) if pair[0] != DCT + "source")


def _links(node: Node) -> Iterator[Quad]:
    iri = concept_iri(node.slug)
    if node.parent is None:
        yield from describe(PARROTT_SCHEME, [(SKOS + "hasTopConcept", iri)])
        return
    parent = concept_iri(node.parent)
    yield from describe(iri, [(SKOS + "broader", parent)])
    yield from describe(parent, [(SKOS + "narrower", iri)])
    for ancestor in map(concept_iri, node.path[:-1]):
        yield from describe(iri, [(SKOS + "broaderTransitive", ancestor)])
        yield from describe(ancestor, [(SKOS + "narrowerTransitive", iri)])


def _entry_iri(row: Row) -> str:
    return ENTRY + slug("/".join(filter(None, (row["parent_path"], row["label"])))).strip("-")


def _entry(row: Row, nodes: dict[str, Node]) -> Iterator[tuple[str, Object]]:
    yield A, AG + "TreeEntry"
    yield AG + "entryLabel", text(row["label"])
    yield AG + "tier", tier_iri(row["tier"])
    yield AG + "denotesConcept", concept_iri(row["node"])
    parent = parent_slug(row)
    if parent is not None:
        if parent not in nodes:
            raise row.error(f"expected the parent {row['parent_path']!r} to be a node.")
        yield AG + "listedUnder", concept_iri(parent)
    yield from provenance(row)


def state_quads() -> Iterator[Quad]:
    """Yield the states outside the tree, each in its branch, with its definition."""
    definitions = {row["node"]: row for row in read_table("definitions")}
    known = concept_slugs()
    for row in read_table("states"):
        name = f"state/{row['state']}"
        if name not in definitions:
            raise row.error(f"expected a definition of {name!r} in definitions.tsv.")
        yield from describe(concept_iri(name), _state(row, definitions[name]))
        label, branch = row["label"], words(row["branch"])
        yield from _class(class_iri(name), f"{label} (state)", f"A state of {label}.")
        comment = f"A branch of the states outside the tree: {branch}."
        yield from _class(AG + row["branch"], f"{branch} (branch of states)", comment)
        yield from describe(STATE_SCHEME, [(SKOS + "hasTopConcept", concept_iri(name))])
        if row["related"]:
            related = require_concept(row, row["related"], known)
            yield from describe(concept_iri(name), [(SKOS + "related", related)])
            yield from describe(related, [(SKOS + "related", concept_iri(name))])


def _state(row: Row, definition: Row) -> Iterator[tuple[str, Object]]:
    yield A, SKOS + "Concept"
    yield A, AG + "StateConcept"
    yield SKOS + "prefLabel", text(row["label"])
    yield SKOS + "notation", string(f"state/{row['state']}")
    yield SKOS + "inScheme", STATE_SCHEME
    yield SKOS + "topConceptOf", STATE_SCHEME
    yield DCT + "source", SOURCE + row["source"]
    yield AG + "stateBranch", AG + row["branch"]
    yield AG + "episodeClass", class_iri(row["state"])
    yield from definition_pairs(definition)


def tier_quads() -> Iterator[Quad]:
    """Yield the three tier individuals and the two concept schemes of the graph's own."""
    for rank, tier in enumerate(TIERS, start=1):
        pairs: list[tuple[str, Object]] = [
            (A, AG + "Tier"),
            (SKOS + "prefLabel", text(tier)),
            (AG + "tierRank", integer(rank)),
        ]
        yield from describe(tier_iri(tier), pairs)
    yield from describe(
        PARROTT_SCHEME,
        [
            (A, SKOS + "ConceptScheme"),
            (DCT + "title", text("Parrott's tree of emotions")),
            (DCT + "source", SOURCE + "parrott-2001"),
            (PROV + "wasDerivedFrom", SOURCE + "shaver-1987"),
        ],
    )
    yield from describe(
        STATE_SCHEME,
        [
            (A, SKOS + "ConceptScheme"),
            (DCT + "title", text("Affective states outside Parrott's tree")),
            (DCT + "source", SOURCE + "affectgraph"),
        ],
    )


def concept_slugs() -> set[str]:
    """Return every name a table may use for a concept: tree slugs and ``state/...``."""
    return {*tree_nodes(), *(f"state/{row['state']}" for row in read_table("states"))}


def require_concept(row: Row, name: str, known: set[str]) -> str:
    """Return the IRI of the concept a cell names.

    :raises OntologyError: if no such node or state exists.
    """
    if name not in known:
        raise row.error(f"expected a tree node or state/..., got {name!r}.")
    return concept_iri(name)
