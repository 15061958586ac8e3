"""Competency question 32: which parts of a rationale are grounded, ungrounded, contradicted, with triples."""

import csv
import io
import json
from pathlib import Path

from affectgraph.kg import EmotionGraph
from affectgraph.ontology.iris import curie
from affectgraph.reasoner import Checker

FOLDER = Path(__file__).parent / "competency"
QUESTION = "32-parts-of-a-rationale"


def answer(graph: EmotionGraph) -> str:
    """Return a row per triple of a claim, and a row for a claim without any."""
    text = json.loads((FOLDER / f"{QUESTION}.json").read_text(encoding="utf-8"))["rationale"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("quote", "claim", "verdict", "subject", "predicate", "object", "source"))
    for judgement in Checker(graph).check(text).judgements:
        claim = (judgement.claim.quote, judgement.claim.type, judgement.verdict)
        for fact in judgement.facts:
            triple = (fact.subject, fact.predicate, fact.object)
            writer.writerow((*claim, *map(curie, triple), fact.source))
        if not judgement.facts:
            writer.writerow((*claim, "", "", "", ""))
    return out.getvalue()


def test_parts_of_the_rationale_have_their_verdicts_and_triples(
    graph: EmotionGraph, golden: bool
) -> None:
    found = answer(graph)
    path = FOLDER / f"{QUESTION}.csv"
    if golden:
        path.write_text(found, encoding="utf-8")

    assert found == path.read_text(encoding="utf-8"), "if the change is right, run `make golden`"


def test_verdicts_are_those_a_reader_gives() -> None:
    # By hand: AU12 is FACS's lip corner puller and AU20 its lip stretcher; resentment lies below
    # anger in the tree, dread below fear, so not below joy; no pattern of joy has AU9; without
    # readings of a face nobody knows whether AU4 shows. Nothing is claimed of voices.
    with (FOLDER / f"{QUESTION}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = {(row["quote"], row["claim"]): row["verdict"] for row in rows}

    assert verdicts == {
        ("AU12 is the lip corner puller", "au_identity"): "supported",
        ("AU20 is the nostril flare", "au_identity"): "contradicted",
        ("Resentment is a kind of anger", "subsumed_by"): "supported",
        ("Dread is a kind of joy", "subsumed_by"): "contradicted",
        ("AU9 suggests joy", "expresses"): "unsupported",
        ("AU4", "observes"): "not_checkable",
    }
