"""Retrieval: what the graph knows about an observation, ranked, worded once, the same on every call."""

from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ActionReading, ConceptReading, Episode, Observation
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner.channels import entropy_bits
from affectgraph.reasoner.citable import citable_facts
from affectgraph.reasoner.given import LONGEST_TEXT
from affectgraph.reasoner.retrieve import (
    GroundedEvidence,
    Retriever,
    estimate_tokens,
    retrieve,
)

SMILE = {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9}


@pytest.fixture(scope="module")
def retriever(graph: EmotionGraph) -> Retriever:
    return Retriever(graph)


def slugs(evidence: GroundedEvidence) -> list[str]:
    return [candidate.concept.slug for candidate in evidence.candidates]


def test_a_smile_is_joy_and_leaves_little_doubt(retriever: Retriever) -> None:
    found = retriever.retrieve({"aus": SMILE})

    assert slugs(found)[0] == "joy"
    assert found.entropy < 1
    assert found.shown == ("AU6", "AU12")


def test_actions_of_two_emotions_leave_doubt_between_them(retriever: Retriever) -> None:
    # EMFACS has AU1+2+5+26 for surprise; fear's prototypes share AU1, AU2 and AU5 (Ekman 2002).
    found = retriever.retrieve({"aus": {"AU01": 0.9, "AU02": 0.9, "AU05": 0.9, "AU26": 0.9}})

    assert set(slugs(found)[:2]) == {"surprise", "fear"}
    assert found.entropy > 1


def test_nothing_known_is_as_open_as_six_primaries(retriever: Retriever) -> None:
    found = retriever.retrieve({"text": "The meeting is at noon."})

    assert not found.is_known
    assert found.entropy == pytest.approx(2.585, abs=0.001)  # log2(6)
    assert sorted(slugs(found)) == ["anger", "fear", "joy", "love", "sadness", "surprise"]


def test_channels_are_kept_apart_and_conflict_stays_visible(retriever: Retriever) -> None:
    found = retriever.retrieve(
        {"aus": SMILE, "text": "I was devastated.", "vad": [-0.6, 0.4, -0.3]}
    )
    tops = {channel.channel: channel.shares[0][0] for channel in found.channels}

    assert list(tops) == ["face", "text", "vad"]
    assert tops["face"] == "joy"
    assert tops["text"] in {"shock", "sorrow"}
    assert found.entropy > 1
    assert dict(found.candidates[0].channels)["face"] > 0.9


def test_labels_of_other_models_count_by_score_and_modality(retriever: Retriever) -> None:
    found = retriever.retrieve(
        {
            "labels": [
                {"label": "joy", "score": 0.3, "modality": "voice"},
                {"label": "anger", "score": 0.9, "modality": "face"},
                "sadness",
            ]
        }
    )

    assert [(c.channel, c.basis, c.strength) for c in found.channels] == [
        ("face", ("anger",), 0.9),
        ("label", ("sadness",), 1.0),
        ("voice", ("joy",), 0.3),
    ]
    assert slugs(found)[:3] == ["sadness", "anger", "joy"]


def test_negated_words_speak_for_nothing(retriever: Retriever) -> None:
    assert not retriever.retrieve({"text": "I am not happy."}).is_known


@pytest.mark.parametrize(
    ("record", "fact"),
    [
        ({"aus": SMILE}, "AU6 and AU12 expresses joy, by emfacs (prototype)"),
        ({"aus": SMILE}, "AU12 is the lip corner puller"),
        ({"aus": SMILE}, "joy is the opposite of sadness, by plutchik-1980"),
        ({"label": "dread"}, "dread is a kind of fear"),
        ({"label": "dread"}, "dread is a kind of nervousness"),
        ({"text": "She was furious."}, "the word 'furious' points to fury, by wordnet-3.0"),
        (
            {"label": "admiration", "scheme": "goemotions"},
            "admiration of goemotions stands for state/admiration, by goemotions",
        ),
    ],
)
def test_neighbourhood_holds_the_fact(
    retriever: Retriever, record: dict[str, Any], fact: str
) -> None:
    assert fact in [found.text for found in retriever.retrieve(record).facts]


def test_vad_of_the_best_candidate_is_among_the_facts(retriever: Retriever) -> None:
    texts = [fact.text for fact in retriever.retrieve({"label": "anger"}).facts]

    assert [t for t in texts if t.startswith("anger has valence -")]


@pytest.mark.parametrize("record", [{"aus": SMILE}, {"text": "so what"}, {"label": "state/trust"}])
def test_a_neighbourhood_is_of_two_hundred_to_a_thousand_facts(
    retriever: Retriever, record: dict[str, Any]
) -> None:
    found = retriever.retrieve(record, limit=1000)

    assert 200 <= len(found.facts) <= 1000
    assert len({fact.text for fact in found.facts}) == len(found.facts)


def test_every_fact_has_its_triples_in_the_graph(graph: EmotionGraph, retriever: Retriever) -> None:
    records = [
        {"text": "She cried, her hands were shaking 😀"},
        {"label": "excited", "scheme": "iemocap-6"},
    ]
    own = set(citable_facts(graph))
    fresh = [f for r in records for f in retriever.retrieve(r).facts if f not in own]

    assert len(fresh) >= 4
    for triple in (triple for fact in fresh for triple in fact.triples):
        query = f"ASK {{ <{triple.subject}> <{triple.predicate}> <{triple.object}> }}"
        assert graph.sparql(query), triple


def test_a_token_budget_holds_and_keeps_the_order(retriever: Retriever) -> None:
    full = retriever.retrieve({"aus": SMILE})
    short = retriever.retrieve({"aus": SMILE}, token_budget=200)

    assert short.tokens == sum(estimate_tokens(f.text) for f in short.facts) <= 200
    assert [f for f in full.facts if f in short.facts] == list(short.facts)
    assert short.facts[0] == full.facts[0]
    assert short.touched == full.touched > len(full.facts)


def test_equal_observations_give_equal_evidence(graph: EmotionGraph, retriever: Retriever) -> None:
    record = {"aus": SMILE, "text": "What a day! I am happy and a bit scared.", "label": "joy"}

    assert retriever.retrieve(record) == Retriever(graph).retrieve(dict(reversed(record.items())))
    assert retriever.retrieve(record) == retrieve(record, graph=graph)


def test_an_observation_counts_as_its_record(retriever: Retriever) -> None:
    observation = Observation(
        (
            Episode(
                actions=(ActionReading("au06", 2.1), ActionReading("12", 2.9)),
                detector="openface",
                modalities=("face",),
            ),
        )
    )
    found = retriever.retrieve(observation)
    from_record = retriever.retrieve({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})

    assert found.candidates == from_record.candidates
    assert found.facts == from_record.facts
    assert found.readings is not None
    assert found.readings.shown["AU12"]
    assert not found.readings.shown[
        "AU4"
    ]  # OpenFace reports AU4, and the observation does not show it


def test_an_observation_without_a_detector_says_nothing_of_other_actions(
    retriever: Retriever,
) -> None:
    found = retriever.retrieve(Observation((Episode(actions=(ActionReading("AU12"),)),)))

    assert found.readings is not None
    assert dict(found.readings.shown) == {"AU12": True}


def test_concepts_of_episodes_count_as_labels(retriever: Retriever) -> None:
    episode = Episode((ConceptReading("anger", 0.7),), vad=Vad(-0.6, 0.5, 0.1))
    found = retriever.retrieve(Observation((episode,)))

    assert [channel.channel for channel in found.channels] == ["vad", "label"]
    assert slugs(found)[0] == "anger"


def test_a_face_without_actions_is_known_to_show_none(retriever: Retriever) -> None:
    found = retriever.retrieve({"aus": {"AU04_r": 0.0, "AU12_r": 0.2}})

    assert found.readings is not None
    assert not found.is_known
    assert found.shown == ()


def test_a_text_too_long_is_cut_by_rule_and_said(retriever: Retriever) -> None:
    text = "I am happy. " + "x" * 10_000 + " I am sad."
    found = retriever.retrieve({"text": text})

    assert len(found.text) == LONGEST_TEXT
    assert found.text.startswith("I am happy.")
    assert found.text.endswith("I am sad.")
    assert found.observation.text == text
    assert found.notes == (
        "Of a text of 10,022 characters, the first 3,000 and the last 993 were read.",
    )


def test_what_means_nothing_is_left_out_and_said(retriever: Retriever) -> None:
    found = retriever.retrieve(
        {"label": "table", "aus": {"AU12_r": 2.0, "frame": 7.0}, "colour": "red"}
    )

    assert slugs(found)[0] == "joy"
    assert len(found.notes) == 3
    assert "frame" in found.notes[0]
    assert "colour" in found.notes[1]
    assert "'table' is left out" in found.notes[2]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"item": "a"},
        {"text": None},
        {"label": 3},
        {"labels": "joy"},
        {"labels": [{"score": 0.5}]},
        {"labels": [{"label": "joy", "score": 1.5}]},
        {"labels": [{"label": "joy", "weight": 1}]},
        {"labels": [{"label": "joy", "modality": 5}]},
        {"labels": [{"label": "joy", "modality": ["voice"]}]},
        {"labels": [{"label": "joy", "score": "0.5"}]},
        {"labels": [{"label": "joy", "score": [0.5]}]},
        {"labels": [{"label": "joy", "scheme": 5}]},
        {"label": "joy", "scheme": ["ekman"]},
        {"labels": [None]},
        {"aus": {"AU12_r": 9.0}},
        {"aus": 12},
        {"vad": [0, 0]},
        {"vad": [0, 0, 2]},
        {"text": "\ud800"},
        {"text": 7},
        {"episodes": [], "text": " "},
        "joy",
        None,
        Observation(()),
    ],
)
def test_what_cannot_be_an_observation_is_refused(retriever: Retriever, record: Any) -> None:
    with pytest.raises(InputError, match="Expected"):
        retriever.retrieve(record)


@pytest.mark.parametrize(
    "record",
    [
        {"label": "joy", "scheme": "no-such-scheme"},
        {"labels": [{"label": "joy", "modality": "smell"}]},
        Observation((Episode((ConceptReading("nonesuch"),)),)),
    ],
)
def test_a_name_that_the_graph_lacks_is_refused(retriever: Retriever, record: Any) -> None:
    with pytest.raises(UnknownTermError):
        retriever.retrieve(record)


@pytest.mark.parametrize(
    "numbers", [{"limit": 0}, {"limit": 1001}, {"limit": True}, {"token_budget": 0}]
)
def test_a_number_out_of_range_is_refused(retriever: Retriever, numbers: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="whole number"):
        retriever.retrieve({"label": "joy"}, **numbers)


def test_entropy_of_a_half_and_two_quarters_is_one_and_a_half_bits() -> None:
    assert entropy_bits([0.5, 0.25, 0.25]) == 1.5
    assert entropy_bits([1.0]) == 0.0
