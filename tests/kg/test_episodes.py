"""Competency questions 23 and 27, which no SPARQL query of the core graph answers alone.

Question 23 is about what can be true at once: the description-logic layer holds it, the gate proves it,
and observations keep to it. Question 27 is about envelopes.
"""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import convert, to_emotionml
from affectgraph.kg.observation import ConceptReading, Episode, Observation, Referent
from affectgraph.kg.observed import resolve
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.build import build_dl
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.observing import observe

FIXTURES = Path(__file__).parent.parent / "ontology"
PREDICTIONS = Path(__file__).parent.parent.parent / "examples" / "predictions.jsonl"

DISJOINT = """
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
ASK {
  ?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?one , ?other .
  %s rdfs:subClassOf* ?one . %s rdfs:subClassOf* ?other .
  FILTER(?one != ?other)
}
"""


@pytest.fixture(scope="module")
def logic() -> Store:
    store = Store()
    store.bulk_extend(build_dl())
    return store


# --- 23. May joy and sadness be asserted of the same episode? of the same person? -------------------


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ("ag:Joy", "ag:Sadness", True),
        ("ag:Bliss", "ag:Grief", True),
        ("ag:Irritation", "ag:Rage", False),
        ("ag:Disgust", "ag:Anger", False),  # disgust lies under anger in this tree
        ("ag:Trust", "ag:Joy", True),  # a state is no episode
        ("ag:Trust", "ag:Interest", False),
    ],
)
def test_23_classes_of_two_primaries_exclude_each_other_in_one_episode(
    logic: Store, one: str, other: str, excluded: bool
) -> None:
    assert bool(logic.query(DISJOINT % (one, other))) == excluded


def test_23_an_observation_refuses_joy_and_sadness_in_one_episode_only(
    graph: EmotionGraph,
) -> None:
    ann = Referent("https://example.org/ann")
    joy, sadness = ConceptReading("joy"), ConceptReading("sadness")
    apart = Observation((Episode((joy,), experiencer=ann), Episode((sadness,), experiencer=ann)))

    assert resolve(graph, apart) == apart
    with pytest.raises(InputError, match="Make an episode of each"):
        resolve(graph, Observation((Episode((joy, sadness), experiencer=ann),)))


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java 11 or newer")
@pytest.mark.parametrize(
    ("fixture", "consistent"),
    [
        ("negative/joy-and-sadness-in-one-episode.nt", False),
        ("positive/joy-and-sadness-of-one-person.nt", True),
    ],
)
def test_23_the_reasoner_says_no_of_one_episode_and_yes_of_one_person(
    fixture: str, consistent: bool
) -> None:
    pytest.importorskip("owlready2", reason="needs owlready2: pip install 'affectgraph[owl]'")
    from affectgraph.ontology.gate import run_gate

    assert run_gate(FIXTURES / fixture).consistent == consistent


# --- 27. Convert this prediction to EmotionML big6 and to FSRE with loss stated. --------------------


def prediction(name: str, graph: EmotionGraph) -> Observation:
    """Return the observation of an example prediction."""
    records = map(json.loads, PREDICTIONS.read_text(encoding="utf-8").splitlines())
    return observe(LabelLinker(graph), next(r for r in records if r["id"] == name))


def remorse(graph: EmotionGraph) -> Observation:
    record = {
        "label": "remorse",
        "scheme": "goemotions",
        "vad": [-0.6, 0.1, -0.4],
        "item": "post-1",
    }
    return observe(LabelLinker(graph), record)


@pytest.mark.parametrize(
    ("vocabulary", "item", "loss"),
    [
        (
            "big6",
            "sadness",
            "big6 has nothing for 'remorse' itself; 'sadness' stands for its ancestor 'sadness', and "
            "the finer distinction is lost.",
        ),
        (
            "fsre-categories",
            "shame",
            "fsre-categories has nothing for 'remorse' itself; 'shame' stands for its ancestor "
            "'shame', and the finer distinction is lost.",
        ),
        ("occ-categories", "remorse", ""),
    ],
)
def test_27_a_prediction_is_said_in_each_vocabulary_with_its_loss(
    graph: EmotionGraph, vocabulary: str, item: str, loss: str
) -> None:
    written = to_emotionml(graph, [remorse(graph)], categories=vocabulary)

    assert f'<category name="{item}"' in written.content
    assert f'category-set="http://www.w3.org/TR/emotion-voc/xml#{vocabulary}"' in written.content
    conversions = [x.message for x in written.losses if "the label was" not in x.message]
    assert conversions == ([loss] if loss else [])
    assert convert(graph, "remorse", vocabulary).loss == loss


def test_27_an_example_prediction_keeps_its_face_in_neither(graph: EmotionGraph) -> None:
    seen = prediction("ex-001", graph)

    for vocabulary in ("big6", "fsre-categories"):
        fields = [x.field for x in to_emotionml(graph, [seen], categories=vocabulary).losses]
        assert fields.count("actions") == 1
