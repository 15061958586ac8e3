"""Competency question 6: which concepts a form of words means, with score, margin and source."""

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.iris import curie

PATH = Path(__file__).parent / "competency" / "06-meaning-of-ticked-off.csv"


def answer(graph: EmotionGraph) -> Iterator[tuple[object, ...]]:
    """Yield a row per candidate; the margin is how far its score lies above the next one's."""
    found = LabelLinker(graph).ground("ticked off")
    scores = [candidate.score for candidate in found.candidates]
    margins = [f"{one - other:.4f}" for one, other in pairwise(scores)]
    yield "concept", "score", "margin", "matched", "entry", "source"
    for candidate, margin in zip(found.candidates, [*margins, ""], strict=True):
        for evidence in candidate.evidence:
            entry = (evidence.matched, curie(evidence.iri), evidence.source)
            yield curie(candidate.concept.iri), candidate.score, margin, *entry


def test_form_has_its_concepts_with_score_margin_and_source(
    graph: EmotionGraph, golden: bool
) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(answer(graph))
    if golden:
        PATH.write_text(out.getvalue(), encoding="utf-8")

    assert out.getvalue() == PATH.read_text("utf-8"), "if the change is right, run `make golden`"


def test_form_means_what_dictionaries_say() -> None:
    # Merriam-Webster and others: "ticked off" is angry or annoyed.
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["concept"] for row in rows] == ["emotion:anger", "emotion:annoyance"]
    assert float(rows[0]["margin"]) > 0
