"""OWL 2 profiles: the layer is in DL, the core graph in DL and RL, and what leaves them is named."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from affectgraph.ontology import profile
from affectgraph.ontology.build import build_core, build_dl, default_triples
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError
from affectgraph.ontology.profile import (
    ProfileReport,
    ProfileViolation,
    report_on,
    report_profiles,
)
from affectgraph.ontology.rows import read_table

HERE = Path(__file__).parent
BUILT = HERE.parent.parent / "ontology" / "built"
EXAMPLE = "https://example.org/"

needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="needs Java 11 or newer, such as default-jre-headless"
)
pytest.importorskip("jpype", reason="needs JPype1: pip install 'affectgraph[owl]'")
pytest.importorskip("owlready2", reason="needs owlready2: pip install 'affectgraph[owl]'")


@pytest.fixture(scope="module")
def layer() -> ProfileReport:
    return report_on(list(default_triples(build_dl())), name="affectgraph-dl")


@pytest.fixture(scope="module")
def core() -> ProfileReport:
    return report_on(list(default_triples(build_core())), name="affectgraph")


@needs_java
def test_layer_lies_in_owl_2_dl_and_in_no_smaller_profile(layer: ProfileReport) -> None:
    assert layer.passed
    assert layer.profiles == ("DL",)


@needs_java
def test_core_graph_lies_in_owl_2_dl_and_rl(core: ProfileReport) -> None:
    assert core.passed
    assert core.profiles == ("DL", "RL")
    assert not core.conforms("EL")
    assert not core.conforms("QL")


@needs_java
def test_what_keeps_the_layer_out_of_el_is_what_its_module_says(layer: ProfileReport) -> None:
    # By hand from ontology/dl.py: a cardinality (mixed observations), a union per pattern with
    # alternatives, three numeric ranges with bounds, one functional property between resources.
    kinds = {violation.kind: violation.count for violation in layer.violations["EL"]}
    ranges = kinds.pop("UseOfIllegalDataRange")
    functional = kinds.pop("UseOfIllegalAxiom")

    assert (ranges, functional) == (3, 1)
    assert set(kinds) == {"UseOfIllegalClassExpression"}


@needs_java
def test_every_pattern_class_keeps_the_layer_out_of_rl(layer: ProfileReport) -> None:
    # A class equal to an intersection with existentials is no RL axiom; mixed observations neither.
    kinds = {violation.kind: violation.count for violation in layer.violations["RL"]}

    assert kinds["UseOfNonEquivalentClassExpression"] == layer.kinds["EquivalentClasses"]


@needs_java
def test_axioms_are_those_the_tables_give(layer: ProfileReport) -> None:
    nodes = {row["node"] for row in read_table("tree")}
    states = read_table("states")
    branches = {row["branch"] for row in states}
    codes = read_table("action_units")

    assert layer.kinds["SubClassOf"] == len(nodes) + len(states) + len(branches) + len(codes)
    # Pairs of the six roots and of the six primaries.
    assert layer.kinds["DisjointClasses"] == 15 + 15
    assert layer.logical_axioms < layer.axioms == sum(layer.kinds.values())


@needs_java
@pytest.mark.parametrize(
    ("fixture", "kind"),
    [
        ("transitive-cardinality", "UseOfNonSimplePropertyInCardinalityRestriction"),
        ("undeclared-class", "UseOfUndeclaredClass"),
        ("property-of-two-kinds", "IllegalPunning"),
    ],
)
def test_axiom_that_leaves_owl_2_dl_is_found_and_named(fixture: str, kind: str) -> None:
    added = HERE / "off_profile" / f"{fixture}.ttl"
    report = report_profiles(BUILT / "affectgraph-dl.rdf", added, name="affectgraph-dl")

    found = {violation.kind: violation for violation in report.violations["DL"]}
    assert not report.passed
    assert set(found) == {kind}
    assert EXAMPLE in found[kind].first
    assert "OWL 2 DL: no, MUST LIE IN IT" in str(report)


def test_every_fixture_is_tried() -> None:
    names = {path.stem for path in (HERE / "off_profile").iterdir()}

    assert names == {"property-of-two-kinds", "transitive-cardinality", "undeclared-class"}


@needs_java
def test_file_of_any_format_may_be_given() -> None:
    report = report_profiles(HERE / "positive" / "mixed-feelings.nt")

    assert report.name == "mixed-feelings.nt"
    assert report.axioms > 0
    assert report.passed  # nothing is asked of a file that is not of the release


@needs_java
def test_ontology_that_the_owl_api_cannot_read_is_a_backend_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "dump", lambda *_: b"no ontology at all")

    with pytest.raises(BackendError, match="OWL API: "):
        report_profiles(HERE / "positive" / "mixed-feelings.nt")


@pytest.mark.parametrize("name", ["missing.ttl", "notes.txt", "broken.ttl"])
def test_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("this is no Turtle")

    with pytest.raises(InputError, match="Expected an RDF file"):
        report_profiles(tmp_path / name)


def test_no_file_is_refused() -> None:
    with pytest.raises(InputError, match="at least one"):
        report_profiles()


def test_missing_jpype_is_said_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jpype", None)

    with pytest.raises(MissingExtraError, match=r'pip install "affectgraph\[owl\]"'):
        report_on([], name="nothing")


def test_missing_java_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(BackendError, match="default-jre-headless"):
        report_on([], name="nothing")


def test_unknown_profile_is_refused() -> None:
    report = ProfileReport("x", 0, 0, MappingProxyType({}), MappingProxyType({"DL": ()}))

    with pytest.raises(InputError, match="got 'full'"):
        report.conforms("full")


def test_report_reads_as_lines_with_the_first_axiom_cut() -> None:
    violation = ProfileViolation("UseOfIllegalAxiom", 2, "x" * 200)
    violations = MappingProxyType({"DL": (), "EL": (violation,)})
    report = ProfileReport("x", 3, 1, MappingProxyType({"SubClassOf": 1}), violations)

    assert str(report).splitlines() == [
        "x: 3 axioms, 1 of them logical",
        "  OWL 2 DL: yes",
        "  OWL 2 EL: no",
        f"    2 UseOfIllegalAxiom, first: {'x' * 160} ...",
    ]


def test_import_of_the_module_starts_no_java_machine() -> None:
    code = "import affectgraph.ontology.profile, sys; print('jpype' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - this interpreter, our own text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
