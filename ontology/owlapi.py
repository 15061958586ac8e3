"""Asks the OWL API about an ontology file; run as a process of its own, for its Java machine.

``python -m affectgraph.ontology.owlapi ONTOLOGY ANSWER HEAP JAR...`` reads an RDF/XML file and writes what
the profile checkers say as JSON. The OWL API is the one inside owlready2's HermiT.jar; JPype reaches it
with a Java runtime alone, where a Java source file would need a compiler. A Java machine cannot be
started twice in one process, hence the process. :mod:`affectgraph.ontology.profile` calls it.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

CHECKERS = {
    "DL": "OWL2DLProfile",
    "EL": "OWL2ELProfile",
    "QL": "OWL2QLProfile",
    "RL": "OWL2RLProfile",
}
"""Name of a profile -> its checker in ``org.semanticweb.owlapi.profiles``."""


def violations_of(ontology: Any, checker: str) -> list[dict[str, Any]]:
    """Return the kinds of violation a checker finds, most frequent first, each with its first axiom."""
    import jpype

    report = jpype.JClass(f"org.semanticweb.owlapi.profiles.{checker}")().checkOntology(ontology)
    found = [(str(v.getClass().getSimpleName()), _axiom(v)) for v in report.getViolations()]
    counts = Counter(kind for kind, _ in found)
    return [
        {"kind": kind, "count": count, "first": min(text for name, text in found if name == kind)}
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _axiom(violation: Any) -> str:
    axiom = violation.getAxiom()
    return str(axiom if axiom is not None else violation)


def describe(file: Path) -> dict[str, Any]:
    """Return the numbers of axioms of an RDF/XML file, by kind too, and its violations per profile."""
    import jpype

    manager = jpype.JClass(
        "org.semanticweb.owlapi.apibinding.OWLManager"
    ).createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(str(file)))
    kinds = Counter(str(axiom.getAxiomType()) for axiom in ontology.getAxioms())
    return {
        "axioms": int(ontology.getAxiomCount()),
        "logical_axioms": int(ontology.getLogicalAxiomCount()),
        "kinds": dict(sorted(kinds.items())),
        "profiles": {name: violations_of(ontology, checker) for name, checker in CHECKERS.items()},
    }


def main(arguments: list[str]) -> int:
    """Write the answer on one file; return the exit code."""
    import jpype

    ontology, answer, heap, *jars = arguments
    jpype.startJVM(heap, classpath=jars)
    Path(answer).write_text(json.dumps(describe(Path(ontology))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
