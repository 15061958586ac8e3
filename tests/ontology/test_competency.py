"""Competency questions that no query answers: what changed (36), and what reasoner and profiles say (37)."""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from affectgraph.ontology.build import build_dl, default_triples
from affectgraph.ontology.diff import Change, diff
from affectgraph.ontology.gate import run_gate
from affectgraph.ontology.iris import curie
from affectgraph.ontology.profile import report_on

FOLDER = Path(__file__).parent / "competency"
CHANGES = "36-what-changed"
LOGIC = "37-consistent-in-which-profile"


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def triples(version: str) -> list[Triple]:
    content = (FOLDER / f"{CHANGES}.{version}.ttl").read_bytes()
    return [quad.triple for quad in parse(content, format=RdfFormat.TURTLE)]


def changes() -> Iterator[tuple[str, ...]]:
    found = diff(triples("old"), triples("new"))
    yield "part", "subject", "property", "old", "new"
    for part in found.counts():
        for entry in getattr(found, part):
            if isinstance(entry, Change):
                old, new = (" ".join(map(curie, side)) for side in (entry.old, entry.new))
                yield part, curie(entry.subject), curie(entry.property), old, new
            else:
                yield part, curie(entry), "", "", ""


def test_what_changed_between_two_versions() -> None:
    # The rows are written by hand: the two files differ in these four things.
    assert csv_text(changes()) == (FOLDER / f"{CHANGES}.csv").read_text(encoding="utf-8")


def logic() -> Iterator[tuple[object, ...]]:
    gate = run_gate()
    report = report_on(list(default_triples(build_dl())), name="affectgraph-dl")
    profiles = ("DL", "EL", "QL", "RL")
    yield "file", "consistent", "unsatisfiable", *profiles, "axioms", "logical_axioms"
    verdicts = (gate.consistent, len(gate.unsatisfiable), *map(report.conforms, profiles))
    yield report.name, *verdicts, report.axioms, report.logical_axioms


@pytest.mark.skipif(
    shutil.which("java") is None, reason="needs Java 11 or newer, such as default-jre-headless"
)
def test_layer_is_consistent_in_these_profiles_with_so_many_axioms(golden: bool) -> None:
    pytest.importorskip("jpype")
    pytest.importorskip("owlready2")
    found = csv_text(logic())
    path = FOLDER / f"{LOGIC}.csv"
    if golden:
        path.write_text(found, encoding="utf-8")

    assert found == path.read_text(encoding="utf-8"), "if the change is right, run `make golden`"


def test_layer_on_record_is_consistent_and_in_owl_2_dl() -> None:
    with (FOLDER / f"{LOGIC}.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)

    assert (row["file"], row["consistent"], row["unsatisfiable"]) == ("affectgraph-dl", "True", "0")
    assert (row["DL"], row["RL"]) == ("True", "False")
