"""Which OWL 2 profiles an ontology lies in, by the OWL API's own checkers, and what takes it out of one.

The description-logic layer must lie in OWL 2 DL, the core graph in OWL 2 DL and RL, so that any reasoner
may load the first and any rule engine the second. EL and QL are reported and not asked for. Needs the
extra ``owl`` and a Java runtime; takes 1-3 seconds a file and is a build gate, never on a request path.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from affectgraph.ontology.build import build_core, build_dl, default_triples, dump
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.ontology.gate import MEMORY, SECONDS, find_hermit, shortened
from affectgraph.ontology.iris import curie

REQUIRED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"affectgraph": frozenset({"DL", "RL"}), "affectgraph-dl": frozenset({"DL"})}
)
"""File of a release, without its ending -> the profiles it must lie in."""

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class ProfileViolation:
    """One kind of violation of a profile.

    :param kind: the OWL API's name for it, such as ``UseOfIllegalAxiom``.
    :param count: how often it occurs.
    :param first: the axiom that comes first by the alphabet, IRIs compact.
    """

    kind: str
    count: int
    first: str


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """In which OWL 2 profiles an ontology lies.

    :param name: what was read.
    :param axioms: number of axioms, declarations and annotations included.
    :param logical_axioms: those that a reasoner sees.
    :param kinds: number of axioms by kind, such as ``SubClassOf``.
    :param violations: per profile (``DL``, ``EL``, ``QL``, ``RL``) what keeps the ontology out of it, most
        frequent kind first; empty if it lies in it.
    """

    name: str
    axioms: int
    logical_axioms: int
    kinds: Mapping[str, int] = field(hash=False)
    violations: Mapping[str, tuple[ProfileViolation, ...]] = field(hash=False)

    def conforms(self, profile: str) -> bool:
        """Return whether the ontology lies in a profile.

        :raises InputError: if there is no such profile.
        """
        if profile not in self.violations:
            raise InputError(
                f"Expected a profile of {', '.join(self.violations)}, got {profile!r}."
            )
        return not self.violations[profile]

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles the ontology lies in, sorted."""
        return tuple(name for name, found in self.violations.items() if not found)

    @property
    def passed(self) -> bool:
        """Whether it lies in every profile that :data:`REQUIRED` asks of it; of others, nothing is asked."""
        return REQUIRED.get(self.name, frozenset()) <= set(self.profiles)

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.axioms} axioms, {self.logical_axioms} of them logical"]
        lines += [self._line(profile) for profile in self.violations]
        return "\n".join(lines)

    def _line(self, profile: str) -> str:
        asked = ", MUST LIE IN IT" if profile in REQUIRED.get(self.name, ()) else ""
        found = self.violations[profile]
        if not found:
            return f"  OWL 2 {profile}: yes"
        kinds = "".join(f"\n    {v.count} {v.kind}, first: {_cut(v.first)}" for v in found)
        return f"  OWL 2 {profile}: no{asked}{kinds}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def report_profiles(*files: Path, name: str = "") -> ProfileReport:
    """Return in which profiles the union of RDF files lies.

    :param files: in any RDF format, told by their endings; named graphs are read as one.
    :param name: what the report calls it; the files' names if left out.
    :raises InputError: if a file is missing, has no RDF ending, or does not parse.
    :raises MissingExtraError: if owlready2 or JPype is not installed.
    :raises BackendError: if there is no Java, or the OWL API cannot read the ontology.
    """
    if not files:
        raise InputError("Expected at least one RDF file, got none.")
    triples = [triple for file in files for triple in _read(file)]
    return report_on(triples, name=name or " + ".join(file.name for file in files))


def _read(file: Path) -> list[Triple]:
    format_ = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format_ is None:
        raise InputError(
            f"Expected an RDF file (.ttl .nt .rdf .trig .nq .jsonld), got {file.name}."
        )
    try:
        quads = parse(file.read_bytes(), format=format_, rename_blank_nodes=True)
        return [quad.triple for quad in quads]
    except (OSError, SyntaxError) as error:
        raise InputError(f"Expected an RDF file at {file}, could not read one: {error}.") from error


def report_on(triples: list[Triple], *, name: str) -> ProfileReport:
    """Return in which profiles a graph lies; errors as in :func:`report_profiles`.

    The OWL API in HermiT.jar is of 2012 and reads no Turtle 1.1, so the graph goes to it as RDF/XML.
    """
    try:
        import jpype  # noqa: F401 - the process that is started needs it
    except ImportError as error:
        raise MissingExtraError("owl", feature="The report on OWL profiles") from error
    hermit = find_hermit("The report on OWL profiles")
    with tempfile.TemporaryDirectory() as folder:
        ontology, answer = Path(folder) / "ontology.rdf", Path(folder) / "answer.json"
        ontology.write_bytes(dump(sorted(set(triples), key=str), RdfFormat.RDF_XML))
        _run_checkers(ontology, answer, hermit.classpath)
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return _read_answer(found, name)


def _run_checkers(ontology: Path, answer: Path, classpath: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "affectgraph.ontology.owlapi"]
    done = subprocess.run(  # noqa: S603 - this interpreter, our own module and temporary files
        [*command, str(ontology), str(answer), MEMORY, *classpath],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode or not answer.exists():
        message = shortened((done.stderr or done.stdout).strip() or f"exit {done.returncode}")
        raise BackendError(message, backend="OWL API", retryable=False)


def _read_answer(found: Mapping[str, Any], name: str) -> ProfileReport:
    violations = {
        profile: tuple(ProfileViolation(v["kind"], v["count"], _compact(v["first"])) for v in kinds)
        for profile, kinds in found["profiles"].items()
    }
    return ProfileReport(
        name,
        found["axioms"],
        found["logical_axioms"],
        MappingProxyType(found["kinds"]),
        MappingProxyType(violations),
    )


def _compact(axiom: str) -> str:
    return re.sub(r"<([^<>\s]+)>", lambda match: curie(match[1]), axiom).strip()


def _default(quads: list[Quad]) -> list[Triple]:
    return list(default_triples(quads))


def release_profiles() -> tuple[ProfileReport, ...]:
    """Return the reports on the layer and on the core graph as built from the tables."""
    return (
        report_on(_default(build_dl()), name="affectgraph-dl"),
        report_on(_default(build_core()), name="affectgraph"),
    )
