"""The reasoning gate: HermiT must find the description-logic layer consistent and satisfiable.

owlready2 reads the layer and brings HermiT; the verdict is taken from HermiT's own output, since
owlready2's bookkeeping loses unsatisfiable classes whose IRI is punned. It needs Java 11 or newer and
takes 2-4 CPU seconds; it is a build gate and never on a request path.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from affectgraph.ontology.build import build_dl, default_triples, dump
from affectgraph.ontology.dl import DL_ONTOLOGY
from affectgraph.ontology.errors import BackendError, MissingExtraError, OntologyError
from affectgraph.ontology.iris import OWL, curie

_AXIOM = re.compile(r"^(SubClassOf|EquivalentClasses)\( ((?:<[^>]+>\s*)+)\)$", re.MULTILINE)
_NOTHING = OWL + "Nothing"
MEMORY = "-Xmx2000M"
SECONDS = 600
"""What a run of a Java machine may take: heap and time."""


@dataclass(frozen=True, slots=True)
class Hermit:
    """Where Java and the HermiT that owlready2 brings are.

    :param java: the program.
    :param classpath: HermiT, with the OWL API in it.
    """

    java: str
    classpath: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateReport:
    """What HermiT says of an ontology.

    :param consistent: whether it has a model at all.
    :param unsatisfiable: IRIs of classes that can have no member, sorted.
    :param subsumptions: number of direct subclass axioms in the inferred hierarchy.
    :param equivalences: groups of classes that turned out equal, each sorted.
    :param axioms: triples read.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    subsumptions: int
    equivalences: tuple[tuple[str, ...], ...]
    axioms: int

    @property
    def passed(self) -> bool:
        """Whether the ontology may be released."""
        return self.consistent and not self.unsatisfiable

    def __str__(self) -> str:
        if not self.consistent:
            return f"INCONSISTENT ({self.axioms} triples)"
        if self.unsatisfiable:
            names = ", ".join(map(curie, self.unsatisfiable))
            return f"UNSATISFIABLE: {names} ({self.axioms} triples)"
        return (
            f"consistent, no unsatisfiable class; {self.axioms} triples, "
            f"{self.subsumptions} inferred direct subclass axioms, "
            f"{len(self.equivalences)} groups of equivalent classes"
        )


def classify(*files: Path) -> GateReport:
    """Return HermiT's verdict on the union of RDF/XML or N-Triples files.

    Each call works in a world of its own, so calls may run side by side.

    :raises MissingExtraError: if owlready2 is not installed.
    :raises BackendError: if there is no Java, or HermiT stops for another reason than inconsistency.
    """
    hermit = find_hermit("The HermiT gate")
    import owlready2

    world = owlready2.World()
    for file in files:
        world.get_ontology(file.resolve().as_uri()).load()
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / "merged.nt"
        world.save(str(merged), format="ntriples")
        output, code = _run_hermit(hermit, merged)
        axioms = len(merged.read_bytes().splitlines())
    world.close()
    return _read_output(output, code, axioms)


def find_hermit(feature: str) -> Hermit:
    """Return where Java and HermiT are.

    :param feature: what they are wanted for, for the message.
    :raises MissingExtraError: if owlready2, which brings HermiT, is not installed.
    :raises BackendError: if there is no Java.
    """
    try:
        import owlready2
    except ImportError as error:
        raise MissingExtraError("owl", feature=feature) from error
    java = shutil.which(owlready2.JAVA_EXE)
    if java is None:
        raise BackendError(
            "no Java runtime found.",
            backend="HermiT",
            retryable=False,
            hint="Install Java 11 or newer, for example Debian's default-jre-headless.",
        )
    folder = Path(owlready2.__file__).parent / "hermit"
    return Hermit(java, (str(folder), str(folder / "HermiT.jar")))


def _run_hermit(hermit: Hermit, ontology: Path) -> tuple[str, int]:
    options = ["-c", "-O", "-D", "-I", ontology.as_uri()]
    program = "org.semanticweb.HermiT.cli.CommandLine"
    done = subprocess.run(  # noqa: S603 - fixed program, our own temporary file
        [hermit.java, MEMORY, "-cp", os.pathsep.join(hermit.classpath), program, *options],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.stdout + done.stderr, done.returncode


def _read_output(output: str, code: int, axioms: int) -> GateReport:
    if "Inconsistent ontology" in output:
        return GateReport(False, (), 0, (), axioms)
    if code != 0:
        raise BackendError(shortened(output.strip()), backend="HermiT", retryable=False)
    unsatisfiable: set[str] = set()
    equal: list[tuple[str, ...]] = []
    subsumptions = 0
    for kind, names in _AXIOM.findall(output):
        iris = re.findall(r"<([^>]+)>", names)
        if kind == "SubClassOf":
            subsumptions += 1
        elif _NOTHING in iris:
            unsatisfiable.update(iri for iri in iris if iri != _NOTHING)
        else:
            equal.append(tuple(sorted(iris)))
    return GateReport(
        True, tuple(sorted(unsatisfiable)), subsumptions, tuple(sorted(equal)), axioms
    )


def shortened(output: str) -> str:
    """Keep both ends: the exception stands first, its cause last."""
    return output if len(output) <= 1000 else f"{output[:600]} [...] {output[-400:]}"


def run_gate(*extra: Path) -> GateReport:
    """Return the verdict on the layer as built from the tables, with more files if given.

    :param extra: further axioms to add, as RDF/XML or N-Triples files.
    """
    with tempfile.TemporaryDirectory() as folder:
        layer = Path(folder) / "affectgraph-dl.nt"
        layer.write_bytes(dump(default_triples(build_dl()), RdfFormat.N_TRIPLES))
        return classify(layer, *extra)


def require_gate() -> GateReport:
    """Return the verdict on the layer.

    :raises OntologyError: if it is inconsistent or a class is unsatisfiable.
    """
    report = run_gate()
    if not report.passed:
        raise OntologyError(
            f"expected a consistent ontology without unsatisfiable classes, got {report}.",
            file=DL_ONTOLOGY,
            repair="undo the last change of the tables, or of ontology/dl.py",
        )
    return report
