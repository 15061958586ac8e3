"""Competency questions answered by the checker (32) and of a prediction (27)."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import write_envelope
from affectgraph.kg.observed import resolve
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.iris import curie
from affectgraph.reasoner import Checker
from affectgraph.reasoner.observing import observe

FOLDER = Path(__file__).parent / "competency"
QUESTION = "32-parts-of-a-rationale"
CONVERSION = "27-as-big6-and-fsre"
PREDICTION = {"label": "remorse", "scheme": "goemotions", "vad": [-0.6, 0.1, -0.4]}


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
    # readings of a face nobody knows whether AU4 shows, and nothing here hears voices.
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
        ("The voice trembles", "observes"): "not_checkable",
    }


# --- 27 -------------------------------------------------------------------------------------------


def converted(graph: EmotionGraph) -> Iterator[tuple[str, ...]]:
    """Yield a row per category, dimension and loss of the prediction in both vocabularies."""
    observation = resolve(graph, observe(LabelLinker(graph), PREDICTION))
    yield "categories", "dimensions", "part", "name", "value"
    for asked in (("big6", "pad-dimensions"), ("fsre-categories", "fsre-dimensions")):
        written = write_envelope(graph, [observation], categories=asked[0], dimensions=asked[1])
        for element in ET.fromstring(written.content).iter():  # noqa: S314 - written here
            part = element.tag.rpartition("}")[2]
            if part in {"category", "dimension"}:
                value = element.get("confidence") or element.get("value") or ""
                yield *asked, part, element.get("name") or "", value
        for loss in written.losses:
            yield *asked, "loss", loss.field, loss.message


def test_prediction_is_said_in_big6_and_fsre_with_its_losses(
    graph: EmotionGraph, golden: bool
) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(converted(graph))
    path = FOLDER / f"{CONVERSION}.csv"
    if golden:
        path.write_text(out.getvalue(), encoding="utf-8")

    assert out.getvalue() == path.read_text("utf-8"), "if the change is right, run `make golden`"


def test_conversion_is_the_one_a_reader_makes() -> None:
    # By hand: remorse lies under shame under sadness. big6 has sadness, FSRE has shame. A value v
    # on -1..1 is (v + 1) / 2 on 0..1, and FSRE calls dominance potency and pleasure valence.
    with (FOLDER / f"{CONVERSION}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {(row["categories"], row["name"]): row["value"] for row in rows if row["part"] != "loss"}

    assert {key[1] for key in said if key[0] == "big6"} >= {"sadness", "pleasure"}
    assert {key[1] for key in said if key[0] == "fsre-categories"} >= {"shame", "potency"}
    assert said["big6", "pleasure"] == said["fsre-categories", "valence"] == "0.2"
    assert said["big6", "dominance"] == said["fsre-categories", "potency"] == "0.3"
    assert sum(row["part"] == "loss" for row in rows) == 4
