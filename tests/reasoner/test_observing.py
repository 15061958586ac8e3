"""Prediction records as observations."""

from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ActionReading, ConceptReading
from affectgraph.kg.observed import to_dict
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner.observing import observe, observe_many


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


def test_label_becomes_its_concept_with_the_groundings_score(linker: LabelLinker) -> None:
    record = {"label": "Happiness ", "scheme": "raf-db", "id": "ex-1", "style": "left alone"}
    seen = observe(linker, record)

    score = linker.ground("happiness", scheme="raf-db").score
    assert seen.episodes[0].concepts == (ConceptReading("joy", score, "happiness", "raf-db"),)
    assert (seen.item, seen.id) == ("ex-1", "")


def test_label_without_a_scheme_keeps_its_text(linker: LabelLinker) -> None:
    (reading,) = observe(linker, {"label": "furious"}).episodes[0].concepts

    assert (reading.concept, reading.label, reading.scheme) == ("fury", "furious", "")


def test_scheme_given_counts_where_the_record_has_none(linker: LabelLinker) -> None:
    given = observe(linker, {"label": "sad"}, scheme="crema-d")
    own = observe(linker, {"label": "sad", "scheme": "mer2023"}, scheme="crema-d")

    schemes = [seen.episodes[0].concepts[0].scheme for seen in (given, own)]
    assert schemes == ["crema-d", "mer2023"]


def test_columns_become_the_actions_that_count_as_shown(linker: LabelLinker) -> None:
    columns = {"AU06_r": 2.1, "AU06_c": 1, "AU12_r": 0.4, "AU12_c": 0, "AU28_c": 1.0}
    (episode,) = observe(linker, {"aus": columns}).episodes

    assert episode.actions == (ActionReading("AU6", 2.1), ActionReading("AU28"))
    assert episode.modalities == ("face",)
    assert episode.detector


def test_point_and_what_goes_with_it_are_kept(linker: LabelLinker) -> None:
    record = {
        "vad": [-0.5, 0.2, 0],
        "item": "a",
        "id": "o",
        "text": "Oh.",
        "agent": "m",
        "created": "2026-11-25T10:00:00+00:00",
    }
    seen = observe(linker, record)

    assert seen.episodes[0].vad == Vad(-0.5, 0.2, 0)
    assert (seen.item, seen.text, seen.agent) == ("a", "Oh.", "m")
    assert seen.created is not None


def test_record_with_episodes_is_an_observation_already(linker: LabelLinker) -> None:
    data: dict[str, Any] = {"episodes": [{"concepts": [{"concept": "joy"}]}], "item": "a"}

    assert to_dict(observe(linker, data)) == data


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({}, "Expected episodes, or one of the fields label, aus, vad; got none"),
        ({"scheme": "isear", "id": "x"}, "got scheme, id"),
        ({"label": "table"}, "An episode needs one concept"),
        (
            {"label": "happily surprised", "scheme": "raf-db-compound"},
            "A compound of joy and surprise",
        ),
        ({"label": 5}, "An episode needs one concept"),
        ({"label": "joy", "scheme": 5}, "Expected text in 'scheme', got 5"),
        ({"vad": [0, 0]}, "Expected three numbers in 'vad', got [0, 0]"),
        ({"vad": "0,0,0"}, "Expected three numbers in 'vad'"),
        ({"vad": [0, 0, 2]}, "Expected dominance in -1..1"),
        ({"aus": [1]}, "Expected detector columns in 'aus', got [1]"),
        ({"aus": {"AU12_r": 9}}, "in 0..5, got 9"),
        ({"aus": {"AU12_r": 0.1}}, "Expected an episode with concept"),
        ({"label": "joy", "created": "today"}, "observation.created: Expected a time"),
        ({"episodes": [], "label": "joy"}, "Expected fields of episodes"),
    ],
)
def test_record_that_makes_no_observation_is_refused(
    linker: LabelLinker, record: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError) as caught:
        observe(linker, record)

    assert words in str(caught.value)


def test_unknown_scheme_is_refused(linker: LabelLinker) -> None:
    with pytest.raises(UnknownTermError, match="a label scheme"):
        observe(linker, {"label": "joy", "scheme": "nope"})


def test_bad_record_among_many_is_named_by_its_place(linker: LabelLinker) -> None:
    with pytest.raises(InputError, match=r"^records\[1\]: "):
        observe_many(linker, [{"label": "joy"}, {"vad": [9, 9, 9]}])
