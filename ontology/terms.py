"""Which IRIs of the graph others may rely on, and the lists of those that releases had.

A released term never vanishes: it stays in the graph, or ``deprecated.tsv`` says what became of it
(docs/decisions/0002-identifiers.md). ``ontology/released/VERSION.txt`` holds the terms of a release;
``python -m affectgraph.ontology.terms`` prints those of the packaged tables, for the next list. IRIs of
word forms (``lex/...``), of facts about terms (values, associations, groups) and of sources are made
from the tables' rows and are not held to this.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files

from pyoxigraph import DefaultGraph, NamedNode, Quad

from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.iris import AG, BASE, OWL, RDF, SKOS, curie, expand

KINDS: dict[str, str] = {
    AG + "ActionUnit": "action unit",
    AG + "ExpressionPattern": "pattern",
    AG + "IntensityGrade": "grade",
    AG + "LabelScheme": "scheme",
    AG + "SchemeLabel": "label",
    AG + "Tier": "tier",
    OWL + "Class": "class",
    OWL + "DatatypeProperty": "property",
    OWL + "ObjectProperty": "property",
    SKOS + "Concept": "concept",
    SKOS + "ConceptScheme": "scheme",
}
"""Class -> what its members are called; the IRIs of these are kept from release to release."""


def terms_of(quads: Iterable[Quad]) -> dict[str, str]:
    """Return the terms of a graph: IRI in the project's namespaces -> kind, sorted by IRI."""
    found: dict[str, str] = {}
    for quad in quads:
        if quad.predicate.value != RDF + "type" or not isinstance(quad.graph_name, DefaultGraph):
            continue
        iri, class_ = str(quad.subject).strip("<>"), str(quad.object).strip("<>")
        if class_ in KINDS and iri.startswith(BASE):
            # A label is a concept too, and a scheme of labels a scheme: the closer kind counts.
            is_closer = class_.startswith(AG)
            found[iri] = KINDS[class_] if is_closer else found.get(iri, KINDS[class_])
    return dict(sorted(found.items()))


def released_versions() -> tuple[str, ...]:
    """Return the versions whose terms are on record, oldest first."""
    names = (entry.name for entry in files("affectgraph.ontology.released").iterdir())
    versions = (name.removesuffix(".txt") for name in names if name.endswith(".txt"))
    return tuple(sorted(versions, key=lambda version: tuple(map(int, version.split(".")))))


def released_terms(version: str) -> tuple[str, ...]:
    """Return the IRIs of the terms of a release, in the order of its list.

    :raises InputError: if no list of that version is kept.
    """
    if version not in released_versions():
        kept = ", ".join(released_versions())
        raise InputError(f"Expected a version with a list of terms ({kept}), got {version!r}.")
    text = files("affectgraph.ontology.released").joinpath(f"{version}.txt").read_text("utf-8")
    return tuple(expand(name) for name in text.split("\n") if name)


def check_released(quads: Iterable[Quad]) -> Iterator[OntologyError]:
    """Yield a fault for every term of a release that a graph says nothing about.

    What ``deprecated.tsv`` holds is in the graph as built, so a term is missing only if it is in neither.
    """
    subjects = {quad.subject for quad in quads}
    for version in released_versions():
        for iri in released_terms(version):
            if NamedNode(iri) not in subjects:
                yield OntologyError(
                    f"expected {curie(iri)} of release {version} to be in the graph, it is not.",
                    file="deprecated.tsv",
                    repair="add a row for it to ontology/tables/deprecated.tsv, then run `make data`",
                )


def main() -> int:
    """Print the terms of the graph as built from the tables, one CURIE a line; return the exit code."""
    from affectgraph.ontology.build import build_core

    sys.stdout.writelines(f"{curie(iri)}\n" for iri in terms_of(build_core()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
