"""What decides how the ontology is reasoned over (decision 0006): each claim there is run here.

HermiT on the description-logic layer; the same with an ``xsd:date`` value; an unsatisfiable class
whose IRI is also a concept, as owlready2 reports it and as HermiT prints it; owlready2's bundled
Pellet on this Java; and the layer with VAD regions as defined classes, stopped after
``--seconds`` (default 30). Needs Java and the extra ``owl``.
"""

import argparse
import contextlib
import io
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

from run_info import print_run_info

from affectgraph.ontology import gate
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.ontology.iris import AG, OWL, RDF, RDFS, SKOS, XSD
from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.vad import branch_mean, concept_norms
from affectgraph.ontology.layers.vad_words import DIMENSIONS
from affectgraph.ontology.triples import class_iri

A = RDF + "type"


def lines(*triples: tuple[str, str, str]) -> str:
    """Return triples as N-Triples; objects that start with a quote or ``_:`` stand as they are."""
    return "".join(f"{_term(s)} {_term(p)} {_term(o)} .\n" for s, p, o in triples)


def _term(value: str) -> str:
    return value if value.startswith(('"', "_:")) else f"<{value}>"


CLASH = lines(
    (AG + "Mild", A, OWL + "Class"),
    (AG + "Wild", A, OWL + "Class"),
    (AG + "Both", A, OWL + "Class"),
    (AG + "Mild", OWL + "disjointWith", AG + "Wild"),
    (AG + "Both", RDFS + "subClassOf", AG + "Mild"),
    (AG + "Both", RDFS + "subClassOf", AG + "Wild"),
)
"""``ag:Both`` can have no member."""

PUN = CLASH + lines((SKOS + "Concept", A, OWL + "Class"), (AG + "Both", A, SKOS + "Concept"))
"""The same, and ``ag:Both`` is a concept as well."""

DATE = lines(
    (AG + "day", A, OWL + "DatatypeProperty"),
    (AG + "somebody", A, AG + "Agent"),
    (AG + "somebody", AG + "day", f'"2026-01-01"^^<{XSD}date>'),
)


def regions() -> str:
    """Return a defined class per primary and secondary emotion: within one SD of its VAD means."""
    measured = {node: norm for node, (_, norm) in concept_norms().items()}
    nodes = [node for node in tree_nodes().values() if node.tier in {"primary", "secondary"}]
    text = ""
    for node in nodes:
        mean = branch_mean(node, measured)
        members = [f"_:{node.slug}-{name}" for name in DIMENSIONS]
        for member, name in zip(members, DIMENSIONS, strict=True):
            low = max(mean.means[name] - mean.spreads[name], -1)
            high = min(mean.means[name] + mean.spreads[name], 1)
            text += "".join(_range(member, name, low, high))
        text += _intersection(f"{class_iri(node.slug)}Region", [AG + "EmotionEpisode", *members])
    return text


def _range(member: str, name: str, low: float, high: float) -> Iterator[str]:
    datatype, facets = f"{member}-type", [f"{member}-low", f"{member}-high"]
    yield lines(
        (member, A, OWL + "Restriction"),
        (member, OWL + "onProperty", f"{AG}episode{name.capitalize()}"),
        (member, OWL + "someValuesFrom", datatype),
        (datatype, A, RDFS + "Datatype"),
        (datatype, OWL + "onDatatype", XSD + "decimal"),
        (facets[0], XSD + "minInclusive", f'"{low:.3f}"^^<{XSD}decimal>'),
        (facets[1], XSD + "maxInclusive", f'"{high:.3f}"^^<{XSD}decimal>'),
    )
    yield _list(datatype, OWL + "withRestrictions", facets)


def _intersection(name: str, members: list[str]) -> str:
    node = f"_:{name.rpartition('#')[2]}-and"
    return lines(
        (name, A, OWL + "Class"), (name, OWL + "equivalentClass", node), (node, A, OWL + "Class")
    ) + _list(node, OWL + "intersectionOf", members)


def _list(owner: str, predicate: str, members: list[str]) -> str:
    cells = [f"{owner}-list-{i}" for i in range(len(members))]
    text = lines((owner, predicate, cells[0]))
    for cell, member, rest in zip(cells, members, [*cells[1:], RDF + "nil"], strict=True):
        text += lines((cell, RDF + "first", member), (cell, RDF + "rest", rest))
    return text


def verdict(folder: Path, content: str) -> str:
    """Return what the gate says of the layer together with more axioms, and what it cost."""
    extra = folder / "extra.nt"
    extra.write_text(content, encoding="utf-8")
    start, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        said = str(gate.run_gate(extra)) if content else str(gate.run_gate())
    except AffectGraphError as error:
        said = f"stopped: {_reason(str(error))}"
    except subprocess.TimeoutExpired as error:
        said = f"no answer after {error.timeout:.0f} s"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return f"{said} [{perf_counter() - start:.1f} s, {used:.1f} CPU s]"


def _reason(text: str) -> str:
    telling = [line.strip() for line in text.splitlines() if "Exception" in line or "Error" in line]
    return (telling or text.strip().splitlines())[0][:200]


def owlready_says(folder: Path, content: str, *, reasoner: str) -> str:
    """Return the unsatisfiable classes as owlready2 reports them after running a reasoner."""
    import owlready2

    file = folder / "own.nt"
    file.write_text(content, encoding="utf-8")
    world = owlready2.World()
    ontology = world.get_ontology(file.as_uri()).load()
    run = getattr(owlready2, reasoner)
    try:
        with ontology, contextlib.redirect_stderr(io.StringIO()):
            run(world, debug=0)
    except owlready2.base.OwlReadyJavaError as error:
        return f"fails: {_reason(str(error))}"
    names = sorted(c.name for c in world.inconsistent_classes() if c is not owlready2.Nothing)
    return ", ".join(names) or "none"


def main() -> None:
    """Run every question and print its answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="limit for the VAD regions")
    seconds = parser.parse_args().seconds
    print_run_info()
    with TemporaryDirectory() as place:
        folder = Path(place)
        print("HermiT, layer:", verdict(folder, ""))
        print("HermiT, layer and an xsd:date value:", verdict(folder, DATE))
        for name, content in (("an unsatisfiable class", CLASH), ("the same, punned", PUN)):
            said = owlready_says(folder, content, reasoner="sync_reasoner_hermit")
            print(f"HermiT's own output, {name}:", verdict(folder, content))
            print(f"owlready2 with HermiT, {name}:", said)
        said = owlready_says(folder, CLASH, reasoner="sync_reasoner_pellet")
        print("owlready2 with Pellet, an unsatisfiable class:", said)
        with patch.object(gate, "_SECONDS", seconds):
            print("HermiT, layer and 31 VAD regions:", verdict(folder, regions()))


if __name__ == "__main__":
    main()
