"""The reasoning gate: the layer passes, and HermiT catches what must never be said."""

import shutil
import sys
from pathlib import Path

import pytest

from affectgraph.ontology import gate
from affectgraph.ontology.errors import BackendError, MissingExtraError, OntologyError
from affectgraph.ontology.gate import GateReport, classify, require_gate, run_gate
from affectgraph.ontology.iris import AG

HERE = Path(__file__).parent

pytest.importorskip("owlready2", reason="needs owlready2: pip install 'affectgraph[owl]'")
needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="needs Java 11 or newer, such as default-jre-headless"
)

# Expected by hand. A pattern class falls with the anger prototype {4, 5, 7, 23} if it requires all
# of these; the tables have eight such patterns.
ANGER_PROTOTYPE_AND_ABOVE = (
    "Shows-emfacs-anger-proto-1",
    "Shows-facs-2002-anger-proto-1",
    "Shows-facs-2002-anger-proto-2",
    "Shows-facs-2002-anger-proto-3",
    "Shows-facs-2002-anger-proto-4",
    "Shows-facs-2002-anger-proto-6",
    "Shows-mer-factory-angry-rule-1",
    "Shows-merr-anger-rule-1",
)

INCONSISTENT = (
    "anger-and-fear-in-one-episode",
    "cause-that-is-an-episode",
    "display-as-emotion",
    "episode-of-two-people",
    "episode-with-an-episode",
    "episode-with-two-valences",
    "intensity-out-of-range",
    "joy-and-sadness-in-one-episode",
    "rating-of-two-degrees",
    "valence-out-of-range",
)

UNSATISFIABLE = {
    "action-as-emotion": (AG + "AU13Action",),
    "blend-as-one-episode": ("https://example.org/Bittersweet",),
    "branch-as-episode": tuple(
        AG + name
        for name in (
            "BodilyState",
            "Discomfort",
            "Fatigue",
            "Intoxication",
            "Pain",
            "Sourness",
            "Unwellness",
        )
    ),
    "disgust-beside-anger": tuple(AG + name for name in ("Contempt", "Disgust", "Revulsion")),
    "guilt-as-fear": (AG + "Guilt",),
    "pattern-as-diagnosis": tuple(AG + name for name in ANGER_PROTOTYPE_AND_ABOVE),
    "trust-as-emotion": (AG + "Trust",),
}

CONSISTENT = (
    "cause-intensity-and-rating",
    "joy-and-sadness-of-one-person",
    "cause-intensity-and-rating",
    "joy-and-sadness-of-one-person",
    "mixed-feelings",
    "smile-in-anger",
    "state-beside-episode",
    "two-emotions-of-one-branch",
)


def test_every_fixture_has_its_expectation() -> None:
    negative = {path.stem for path in (HERE / "negative").glob("*.nt")}
    positive = {path.stem for path in (HERE / "positive").glob("*.nt")}

    assert negative == {*INCONSISTENT, *UNSATISFIABLE}
    assert positive == set(CONSISTENT)


@needs_java
def test_layer_is_consistent_and_every_class_satisfiable() -> None:
    report = require_gate()

    assert report.passed
    assert report.consistent
    assert report.unsatisfiable == ()
    assert report.axioms > 4000
    assert str(report).startswith("consistent, no unsatisfiable class; ")


@needs_java
@pytest.mark.parametrize("name", INCONSISTENT)
def test_facts_that_cannot_all_hold_are_inconsistent(name: str) -> None:
    report = run_gate(HERE / "negative" / f"{name}.nt")

    assert not report.consistent
    assert not report.passed
    assert str(report).startswith("INCONSISTENT")


@needs_java
@pytest.mark.parametrize("name", UNSATISFIABLE)
def test_class_that_can_have_no_member_is_named_with_all_it_takes_along(name: str) -> None:
    report = run_gate(HERE / "negative" / f"{name}.nt")

    assert report.consistent
    assert not report.passed
    assert report.unsatisfiable == UNSATISFIABLE[name]


@needs_java
@pytest.mark.parametrize("name", CONSISTENT)
def test_what_people_do_feel_is_consistent(name: str) -> None:
    report = run_gate(HERE / "positive" / f"{name}.nt")

    assert report.passed


@needs_java
def test_patterns_that_ask_for_the_same_actions_are_found_equal() -> None:
    report = run_gate()

    same = next(group for group in report.equivalences if AG + "Shows-merr-sadness-rule-1" in group)
    # All that require exactly 1, 4 and 15; grades and optional actions are not in the classes.
    assert same == tuple(
        AG + name
        for name in (
            "Shows-ck-plus-sadness-cond-1",
            "Shows-emfacs-sadness-proto-1",
            "Shows-facs-2002-sadness-proto-2",
            "Shows-facs-2002-sadness-variant-2",
            "Shows-merr-sadness-rule-1",
        )
    )


@needs_java
def test_ontology_that_hermit_stops_at_is_a_backend_error_and_no_pass() -> None:
    with pytest.raises(BackendError, match="HermiT: ") as caught:
        classify(HERE / "aborts" / "date-value.nt")

    assert not caught.value.retryable


@needs_java
def test_file_may_be_given_by_a_relative_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)

    assert classify(Path("positive/mixed-feelings.nt")).consistent


def test_layer_that_does_not_pass_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = GateReport(True, (AG + "Guilt",), 1, (), 7)
    monkeypatch.setattr(gate, "run_gate", lambda: failed)

    with pytest.raises(OntologyError, match=r"got UNSATISFIABLE: ag:Guilt \(7 triples\)"):
        require_gate()


def test_missing_java_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(BackendError, match=r"Install Java 11 or newer.*default-jre-headless"):
        classify(HERE / "positive" / "mixed-feelings.nt")


def test_missing_owlready2_is_said_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)

    with pytest.raises(MissingExtraError, match=r'pip install "affectgraph\[owl\]"'):
        run_gate()


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("", GateReport(True, (), 0, (), 3)),
        ("SubClassOf( <a:A> <a:B> )", GateReport(True, (), 1, (), 3)),
        (
            "EquivalentClasses( <a:B> <http://www.w3.org/2002/07/owl#Nothing> <a:A> )",
            GateReport(True, ("a:A", "a:B"), 0, (), 3),
        ),
        ("EquivalentClasses( <a:B> <a:A> )", GateReport(True, (), 0, (("a:A", "a:B"),), 3)),
        ("x: Inconsistent ontology", GateReport(False, (), 0, (), 3)),
    ],
)
def test_verdict_is_read_from_hermits_own_words(output: str, expected: GateReport) -> None:
    code = 0 if expected.consistent else 1

    assert gate._read_output(output, code, 3) == expected


def test_failure_without_a_verdict_is_never_read_as_consistent() -> None:
    with pytest.raises(BackendError, match="OutOfMemoryError"):
        gate._read_output("java.lang.OutOfMemoryError", 1, 3)
