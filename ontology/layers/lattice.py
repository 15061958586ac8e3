"""The lattice of facial patterns: which is nested in which, which concepts that makes confusable.

Derived from ``au_patterns.tsv`` by :mod:`affectgraph.ontology.au_lattice`. An association of a
confusable pair carries the actions that decide for its start against its end; a pair without any can
not be told apart by what most patterns ask for.
"""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.au_lattice import CAVEAT, Sets, confusions, deciders, nestings
from affectgraph.ontology.iris import AG, ASSOCIATION, AU, DCT, PATTERN, PROV, SKOS, SOURCE
from affectgraph.ontology.layers.faces import actions_of, unit_codes
from affectgraph.ontology.layers.links import association_quads
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    Object,
    concept_iri,
    describe,
    moment,
    slug,
    string,
    text,
)

DERIVED_ON = "2026-11-25"
CONFUSION_RULE = "affectgraph.ontology.au_lattice.confusions"


def lattice_quads() -> Iterator[Quad]:
    """Yield the order of the patterns and the confusable concepts, both ways."""
    sets = pattern_sets()
    for smaller, standing, larger in nestings(sets):
        forth, back = (
            ("sameUnitsAs", "sameUnitsAs") if standing == "equal" else ("nestedIn", "nests")
        )
        yield from describe(PATTERN + smaller, [(AG + forth, PATTERN + larger)])
        yield from describe(PATTERN + larger, [(AG + back, PATTERN + smaller)])
    for (first, second), pairs in confusions(sets).items():
        patterns = sorted({name for smaller, _, larger in pairs for name in (smaller, larger)})
        for start, end in ((first, second), (second, first)):
            codes = [d.code for d in deciders(sets, start, end) if d.concept == start]
            iri = f"{ASSOCIATION}confusion/{slug(start)}/{slug(end)}"
            yield from association_quads(
                iri,
                concept_iri(start),
                concept_iri(end),
                AG + "confusableWith",
                _said(codes, patterns),
            )


def pattern_sets() -> tuple[Sets, ...]:
    """Return every pattern of the table as the lattice sees it.

    :raises OntologyError: if an expression does not parse.
    """
    codes = unit_codes()
    return tuple(_sets(row, codes) for row in read_table("au_patterns"))


def _sets(row: Row, codes: dict[str, str]) -> Sets:
    groups = {
        column: [{codes[term.number] for term in group} for group in actions_of(row, column, codes)]
        for column in ("required", "optional")
    }
    return Sets(
        name=row["pattern"],
        concept=None if row["blend"] == "yes" else row["target"],
        kind=row["kind"],
        required=frozenset(map(frozenset, groups["required"])),
        named=frozenset().union(*groups["required"], *groups["optional"]),
    )


def _said(codes: list[str], patterns: list[str]) -> list[tuple[str, Object]]:
    return [
        *((AG + "decidingUnit", AU + code) for code in codes),
        (AG + "derivedBy", string(CONFUSION_RULE)),
        *((PROV + "wasDerivedFrom", PATTERN + name) for name in patterns),
        (SKOS + "note", text(CAVEAT)),
        (DCT + "source", SOURCE + "affectgraph"),
        (PROV + "generatedAtTime", moment(DERIVED_ON)),
        (AG + "confidenceGrade", string("medium")),
    ]
