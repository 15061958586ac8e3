"""Observations as values: ranges, spans, JSON, and what a graph says to them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import (
    ActionReading,
    Cause,
    ConceptReading,
    CueReading,
    Episode,
    Observation,
    Rating,
    Referent,
    Span,
)
from affectgraph.kg.observed import from_dict, resolve, to_dict
from affectgraph.ontology.errors import InputError, UnknownTermError

TEXT = "I still resent what Tom said at the meeting."
WHEN = datetime(2026, 11, 25, 10, tzinfo=UTC)

FULL = Observation(
    (
        Episode(
            (ConceptReading("resentment", 0.8, "resentful"), ConceptReading("anger", 0.1)),
            intensity=0.6,
            vad=Vad(-0.5, 0.2, -0.1),
            ratings=(Rating("scherer-appraisals", "agent-other", 0.9, 0.5),),
            actions=(ActionReading("AU4", 2.0), ActionReading("AU23")),
            detector="OpenFace",
            modalities=("text", "face"),
            cues=(CueReading("wording", "resent"),),
            experiencer=Referent("https://example.org/ann", Span("I", 0, 1)),
            stimulus=Referent("", Span("Tom", 20, 23)),
            target=Referent("Tom"),
            cause=Cause("no-context", Span("what Tom said", 15, 28)),
            offset_ms=0,
            duration_ms=1500,
            start=WHEN,
            end=WHEN,
        ),
        Episode((ConceptReading("sadness"),)),
    ),
    item="https://example.org/post/1",
    text=TEXT,
    agent="model-x",
    created=WHEN,
    id="o-1",
)


def episode(**fields: Any) -> Episode:
    return Episode((ConceptReading("joy"),), **fields)


# --- ranges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ConceptReading("joy", 1.1), "score in 0..1, got 1.1"),
        (lambda: ConceptReading("joy", nan), "score in 0..1, got nan"),
        (lambda: ConceptReading("joy", 10**400), "score in 0..1, got 1000"),
        (lambda: Vad(10**400, 0, 0), "valence in -1..1, got 1000"),
        (lambda: ConceptReading("joy", True), "score in 0..1, got True"),
        (lambda: ConceptReading("joy", "0.5"), "score in 0..1, got '0.5'"),  # type: ignore[arg-type]
        (lambda: ConceptReading(5), "text in 'concept', got 5"),  # type: ignore[arg-type]
        (lambda: ConceptReading("joy", scheme="isear"), "the label of scheme 'isear', got none"),
        (lambda: ActionReading("AU12", 5.1), "intensity of a facial action in 0..5, got 5.1"),
        (lambda: ActionReading("AU12", 0), "an action that is shown, got AU12 of intensity 0"),
        (lambda: Rating("ema-appraisals", "power", inf), "degree in 0..1, got inf"),
        (lambda: Rating("ema-appraisals", "power", None), "the degree of 'power'"),  # type: ignore[arg-type]
        (lambda: Span(""), "the words of a span, got none"),
        (lambda: Span("joy", 3), "start and end, or neither, got 3, None"),
        (lambda: Span("joy", 3, 5), "a quote of 2 characters for 3..5, got 'joy'"),
        (lambda: Span("joy", -1, 2), "start as a whole number from 0, got -1"),
        (lambda: Referent(), "an id or the words that name it, got neither"),
        (lambda: Cause(), "a kind of cause or the words that say it, got neither"),
        (lambda: Episode(), "an episode with concept, intensity, VAD, rating or facial actions"),
        (lambda: episode(intensity=-0.1), "intensity in 0..1, got -0.1"),
        (lambda: episode(offset_ms=1.5), "offset_ms as a whole number from 0, got 1.5"),
        (lambda: episode(detector="OpenFace"), "facial actions of detector 'OpenFace', got none"),
        (lambda: episode(start=datetime(2026, 1, 1)), "start as a time with its zone"),
        (lambda: episode(start=WHEN, end=WHEN.replace(year=2025)), "an end after 2026-11-25"),
        (lambda: episode(modalities=("face", "face")), "each modality of an episode once"),
        (lambda: Episode((ConceptReading("joy"),) * 2), "each concept of an episode once"),
        (lambda: Observation((), text="a\ud800"), "Unicode text in 'text', got a lone surrogate"),
        (lambda: Observation((), item=None), "text in 'item', got None"),  # type: ignore[arg-type]
    ],
)
def test_value_out_of_range_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError) as caught:
        make()

    assert f"Expected {words}" in str(caught.value)


def test_observation_of_no_emotion_has_no_episode() -> None:
    assert Observation((), item="a").episodes == ()


# --- JSON -----------------------------------------------------------------------------------------


def test_observation_comes_back_from_its_data() -> None:
    assert from_dict(to_dict(FULL)) == FULL


def test_data_leave_out_what_is_not_known() -> None:
    seen = Observation((episode(intensity=0.0),), item="a")

    assert to_dict(seen) == {
        "item": "a",
        "episodes": [{"concepts": [{"concept": "joy"}], "intensity": 0.0}],
    }
    assert to_dict(Observation(())) == {"episodes": []}


shares = st.none() | st.floats(0, 1)


@given(
    st.builds(
        Observation,
        st.lists(
            st.builds(
                Episode,
                st.just((ConceptReading("joy"),)),
                intensity=shares,
                vad=st.none() | st.builds(Vad, *[st.floats(-1, 1)] * 3),
                offset_ms=st.none() | st.integers(0, 10**12),
            ),
            max_size=3,
        ).map(tuple),
        item=st.text(max_size=9),
        text=st.text(max_size=20),
        created=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
)
def test_any_observation_comes_back_from_its_data(seen: Observation) -> None:
    assert from_dict(to_dict(seen)) == seen


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"episodes": {}}, "observation.episodes: Expected a list, got dict."),
        ({"episodes": [5]}, "observation.episodes[0]: Expected an object, got int."),
        ({}, "missing 1 required positional argument: 'episodes'"),
        ({"episodes": [], "mood": 1}, "observation: Expected fields of episodes, item, text"),
        ({"episodes": [{"intensity": 2}]}, "observation.episodes[0]: Expected intensity in 0..1"),
        ({"episodes": [{"vad": [0, 0, 0]}]}, "episodes[0].vad: Expected an object, got list."),
        ({"episodes": [{"vad": {"valence": 0}}]}, "episodes[0].vad: "),
        ({"episodes": [], "created": "today"}, "observation.created: Expected a time such as"),
        ({"episodes": [], "created": "2026-11-25"}, "Expected created as a time with its zone"),
        ({"episodes": [{"modalities": [1]}]}, "modalities[0]: Expected text, got 1."),
        ([], "observation: Expected an object, got list."),
    ],
)
def test_wrong_data_are_refused_with_their_place(data: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        from_dict(data)

    assert words in str(caught.value)


# --- against the graph ----------------------------------------------------------------------------


def test_names_become_those_of_the_graph(graph: EmotionGraph) -> None:
    reading = ConceptReading("https://w3id.org/affectgraph/emotion/anger")
    told = Episode((reading,), actions=(ActionReading("AU04"),), detector="openface")

    (found,) = resolve(graph, Observation((told,))).episodes

    assert found.concepts[0].concept == "anger"
    assert found.actions[0].code == "AU4"
    assert found.detector == graph.detector("openface").name


def test_resolving_again_changes_nothing(graph: EmotionGraph) -> None:
    once = resolve(graph, FULL)

    assert resolve(graph, once) == once


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Episode((ConceptReading("hapiness"),)), "an emotion or state in the graph"),
        (episode(modalities=("speech",)), "a modality in the graph, got 'speech'"),
        (episode(cues=(CueReading("prosodi"),)), "got 'prosodi'. Nearest: prosody"),
        (episode(cause=Cause("interpersonal")), "got 'interpersonal'. Nearest: inter-personal"),
        (episode(ratings=(Rating("scherer", "urgency", 1),)), "EmotionML vocabulary in the graph"),
        (
            episode(ratings=(Rating("occ-appraisals", "urgency", 1),)),
            "an item of occ-appraisals in the graph, got 'urgency'",
        ),
        (episode(actions=(ActionReading("AU99"),)), "'AU99'"),
        (
            Episode((ConceptReading("joy", label="glee", scheme="isear"),)),
            "a label of isear in the graph, got 'glee'",
        ),
        (Episode((ConceptReading("joy", label="joy", scheme="isear-2"),)), "a label scheme"),
    ],
)
def test_unknown_name_is_refused(graph: EmotionGraph, told: Episode, words: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        resolve(graph, Observation((told,)))

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            Episode((ConceptReading("joy"), ConceptReading("sadness"))),
            "concepts of one primary in an episode, got joy, sadness (joy, sadness)",
        ),
        (
            Episode((ConceptReading("fear"), ConceptReading("state/trust"))),
            "got fear, state/trust (a state outside the tree, fear)",
        ),
        (episode(cause=Cause("", Span("what Bob said", 15, 28))), "Expected 'what Bob said' at 15"),
        (
            episode(actions=(ActionReading("AU38"),), detector="openface"),
            "actions that openface can report, got AU38",
        ),
    ],
)
def test_what_cannot_hold_is_refused_with_its_place(
    graph: EmotionGraph, told: Episode, words: str
) -> None:
    seen = Observation((episode(), told), text=TEXT)

    with pytest.raises(InputError, match=r"^episodes\[1\]: ") as caught:
        resolve(graph, seen)

    assert words in str(caught.value)


def test_two_states_may_be_one_and_two_primaries_two_episodes(graph: EmotionGraph) -> None:
    seen = Observation(
        (
            Episode((ConceptReading("state/trust"), ConceptReading("state/interest"))),
            Episode((ConceptReading("joy"),)),
            Episode((ConceptReading("sadness"),)),
        )
    )

    assert resolve(graph, seen) == seen


def test_span_of_an_observation_without_text_is_taken_as_it_is(graph: EmotionGraph) -> None:
    seen = replace(FULL, text="")

    assert resolve(graph, seen).episodes[0].cause == FULL.episodes[0].cause
