"""Writes the schema as one page by pyLODE: ``python docs/schema_page.py out/site/schema.html``.

The page holds the ontology's header, its classes and its properties with domains and ranges; the 206
classes of episodes and states, which belong to the description-logic layer, are left out. pyLODE is
pinned to 3.3.4 in the extra ``dev``: 3.4.1 reads a pyproject.toml that its wheel lacks. Run by ``make site``.
"""

import sys
from pathlib import Path

import rdflib
from pylode.profiles.ontpub import OntPub
from pyoxigraph import NamedNode, RdfFormat

from affectgraph.ontology.build import build_core, default_triples, dump
from affectgraph.ontology.iris import RDFS
from affectgraph.ontology.layers.schema import ONTOLOGY


def schema_graph() -> rdflib.Graph:
    """Return the ontology's header and the terms it defines, as an rdflib graph."""
    triples = list(default_triples(build_core()))
    defined = {
        triple.subject
        for triple in triples
        if triple.predicate.value == RDFS + "isDefinedBy" and triple.object == NamedNode(ONTOLOGY)
    }
    defined.add(NamedNode(ONTOLOGY))
    content = dump((t for t in triples if t.subject in defined), RdfFormat.TURTLE)
    return rdflib.Graph().parse(data=content, format="turtle")


def main(arguments: list[str]) -> int:
    """Write the page to the path given; return the exit code."""
    if len(arguments) != 1:
        print("Expected one path, such as out/site/schema.html.", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    OntPub(schema_graph()).make_html(destination=path)
    print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
