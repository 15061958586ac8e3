"""Competency questions that no query answers: what changed (36), and what reasoner and profiles say (37)."""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from affectgraph.ontology.diff import Change, diff
from affectgraph.ontology.gate import run_gate
from affectgraph.ontology.iris import curie
from affectgraph.ontology.profile import release_profiles

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
    verdicts = {
        "affectgraph-dl": (gate.consistent, len(gate.unsatisfiable)),
        "affectgraph": ("", ""),
    }
    yield (
        *("file", "consistent", "unsatisfiable", "DL", "EL", "QL", "RL"),
        *("axioms", "logical_axioms"),
    )
    for report in release_profiles():
        profiles = (report.conforms(name) for name in ("DL", "EL", "QL", "RL"))
        counts = (report.axioms, report.logical_axioms)
        yield (report.name, *verdicts[report.name], *profiles, *counts)


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


def test_reasoner_is_asked_of_the_layer_and_not_of_the_core() -> None:
    with (FOLDER / f"{LOGIC}.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}

    assert rows["affectgraph-dl"]["consistent"] == "True"
    assert rows["affectgraph-dl"]["DL"] == "True"
    assert (rows["affectgraph"]["consistent"], rows["affectgraph"]["RL"]) == ("", "True")
