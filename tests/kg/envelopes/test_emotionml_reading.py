"""EmotionML as it is read: what comes back, what is noted, and what is refused."""

import sys
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import from_emotionml, to_emotionml
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ConceptReading, Episode, Observation, Rating
from affectgraph.ontology.errors import InputError, MissingExtraError
from tests.kg.envelopes.examples import MIXED, RESENTMENT

pytest.importorskip("defusedxml", reason="needs defusedxml: pip install 'affectgraph[emotionml]'")

HEAD = '<emotionml xmlns="http://www.w3.org/2009/10/emotionml" version="1.0">'
W3C = "http://www.w3.org/TR/emotion-voc/xml#"


def document(inside: str) -> str:
    return f"{HEAD}{inside}</emotionml>"


def big6(inside: str, attributes: str = "") -> str:
    return document(f'<emotion category-set="{W3C}big6" {attributes}>{inside}</emotion>')


# --- round trips ----------------------------------------------------------------------------------


def test_what_emotionml_can_hold_comes_back(graph: EmotionGraph) -> None:
    written = to_emotionml(graph, [RESENTMENT], categories="affectgraph")

    assert written.losses == ()
    assert from_emotionml(graph, written.content).observations == (RESENTMENT,)
    assert from_emotionml(graph, written.content.encode()).notes == ()


def test_what_was_said_not_to_be_lost_comes_back(graph: EmotionGraph) -> None:
    (found,) = from_emotionml(
        graph, to_emotionml(graph, [MIXED], categories="affectgraph").content
    ).observations

    kept = tuple(
        replace(
            episode,
            concepts=tuple(replace(c, label="", scheme="") for c in episode.concepts),
            actions=(),
            detector="",
            cues=(),
            cause=None,
            modalities=tuple(m for m in episode.modalities if m != "context"),
        )
        for episode in MIXED.episodes
    )
    assert found.episodes == kept
    assert found.item == "clip 7.wav"


@pytest.mark.parametrize("text", ["\n a", "a\r\nb\rc", "  ", "a\tb\n", "é😀"])
def test_text_comes_back_to_the_letter(graph: EmotionGraph, text: str) -> None:
    seen = Observation((Episode((ConceptReading("joy"),)),), item="a", text=text)
    written = to_emotionml(graph, [seen], categories="affectgraph")

    assert from_emotionml(graph, written.content).observations == (seen,)


@pytest.mark.parametrize("categories", ["big6", "fsre-categories", "occ-categories"])
def test_writing_again_what_was_read_loses_nothing_more(
    graph: EmotionGraph, categories: str
) -> None:
    once = from_emotionml(graph, to_emotionml(graph, [RESENTMENT], categories=categories).content)
    twice = from_emotionml(
        graph, to_emotionml(graph, once.observations, categories=categories).content
    )

    assert twice.observations == once.observations


grid = st.integers(0, 1000).map(lambda n: n / 1000)
names = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    min_size=1,
)


@given(
    st.builds(
        Observation,
        st.builds(
            Episode,
            st.just((ConceptReading("joy", 0.5),)),
            intensity=st.none() | grid,
            vad=st.none() | st.builds(Vad, *[grid.map(lambda x: round(2 * x - 1, 3))] * 3),
            duration_ms=st.none() | st.integers(1, 10**9),
            ratings=st.just(()) | grid.map(lambda x: (Rating("ema-appraisals", "power", x),)),
        ).map(lambda episode: (episode,)),
        item=names,
        agent=names,
    )
)
def test_any_observation_of_one_concept_comes_back(graph: EmotionGraph, seen: Observation) -> None:
    assume(":" not in seen.item)
    written = to_emotionml(graph, [seen], categories="affectgraph")

    assert from_emotionml(graph, written.content).observations == (seen,)


# --- documents of others --------------------------------------------------------------------------


def test_categories_of_several_primaries_become_several_episodes(graph: EmotionGraph) -> None:
    # The Recommendation's own kind of example: one emotion that is in parts sad, angry and afraid.
    text = big6(
        '<category name="sadness" value="0.3"/><category name="anger" value="0.8"/>'
        '<category name="fear" value="0.3"/>'
    )
    found = from_emotionml(graph, text)

    (seen,) = found.observations
    assert [e.concepts[0].concept for e in seen.episodes] == ["sadness", "anger", "fear"]
    assert found.notes == (
        "emotion 1: categories of 3 branches become as many episodes; what else is said stands with "
        "the first.",
    )


def test_category_is_the_concept_of_its_label(graph: EmotionGraph) -> None:
    text = big6('<category name="happiness" confidence="0.25"/>', 'expressed-through="face voice"')
    ((episode,),) = (seen.episodes for seen in from_emotionml(graph, text).observations)

    assert episode.concepts == (ConceptReading("joy", 0.25, "happiness", "ekman-6"),)
    assert episode.modalities == ("face", "voice")


def test_sets_of_the_document_hold_for_its_emotions(graph: EmotionGraph) -> None:
    text = (
        f'<emotionml xmlns="http://www.w3.org/2009/10/emotionml" version="1.0" '
        f'dimension-set="{W3C}fsre-dimensions"><emotion><dimension name="valence" value="1"/>'
        '<dimension name="potency" value="0"/><dimension name="arousal" value="0.5"/>'
        '<dimension name="unpredictability" value="0.7"/></emotion></emotionml>'
    )
    ((episode,),) = (seen.episodes for seen in from_emotionml(graph, text).observations)

    assert episode.vad == Vad(1.0, 0.0, -1.0)
    assert episode.ratings == (Rating("fsre-dimensions", "unpredictability", 0.7),)


def test_part_of_a_point_stays_a_rating(graph: EmotionGraph) -> None:
    text = document(
        f'<emotion dimension-set="{W3C}pad-dimensions"><dimension name="arousal" value="0.3"/></emotion>'
    )
    ((episode,),) = (seen.episodes for seen in from_emotionml(graph, text).observations)

    assert (episode.vad, episode.ratings) == (None, (Rating("pad-dimensions", "arousal", 0.3),))


def test_emotions_of_one_item_are_one_observation(graph: EmotionGraph) -> None:
    one = '<emotion category-set="{0}big6"><category name="{1}"/><reference uri="{2}"/></emotion>'
    text = document(
        one.format(W3C, "anger", "a") + one.format(W3C, "fear", "b") + one.format(W3C, "fear", "a")
    )
    found = from_emotionml(graph, text).observations

    assert [(seen.item, len(seen.episodes)) for seen in found] == [("a", 2), ("b", 1)]


def test_single_emotion_element_is_read(graph: EmotionGraph) -> None:
    text = (
        f'<emotion xmlns="http://www.w3.org/2009/10/emotionml" category-set="{W3C}big6">'
        '<category name="fear"/></emotion>'
    )

    assert len(from_emotionml(graph, text).observations) == 1


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        ('<category name="calm"/>', "category 'calm' of http://www.w3.org/TR/emotion-voc/xml#big6"),
        ('<dimension name="arousal" value="0.1"/>', "dimension 'arousal' of no set is left out"),
        (
            '<category name="fear"><trace freq="10Hz" samples="0.1 0.2"/></category>',
            "the trace of category 'fear' is left out",
        ),
        (
            '<category name="fear"/><reference uri="x#char=0,4" role="triggeredBy"/>',
            "a cause at 0..4 is left out: its text is not in the document",
        ),
        (
            '<category name="fear"/><reference uri="a" role="targetedAt"/>'
            '<reference uri="b" role="targetedAt"/>',
            "a reference 'targetedAt' to 'b' is left out",
        ),
    ],
)
def test_what_an_observation_cannot_hold_is_noted(
    graph: EmotionGraph, inside: str, note: str
) -> None:
    assert any(note in found for found in from_emotionml(graph, big6(inside)).notes)


@pytest.mark.parametrize(
    ("attributes", "note"),
    [
        ('expressed-through="aura"', "expressed-through 'aura' is left out"),
        ('time-ref-uri="a" offset-to-start="-5"', "an offset before the start"),
        ('time-ref-uri="a" time-ref-anchor-point="end"', "an offset from the end"),
    ],
)
def test_attribute_that_an_observation_cannot_hold_is_noted(
    graph: EmotionGraph, attributes: str, note: str
) -> None:
    (found,) = from_emotionml(graph, big6('<category name="fear"/>', attributes)).notes

    assert note in found


# --- what is refused ------------------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE emotionml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + HEAD
    + "<info>&b;</info></emotionml>"
)
LEAK = (
    '<!DOCTYPE emotionml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + HEAD
    + "<info>&x;</info></emotionml>"
)


@pytest.mark.parametrize("text", [BOMB, LEAK, f"<!DOCTYPE emotionml>{HEAD}</emotionml>"])
def test_document_type_is_refused_before_anything_is_expanded(
    graph: EmotionGraph, text: str
) -> None:
    with pytest.raises(InputError, match="without a document type"):
        from_emotionml(graph, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "joy",
        "<emotionml",
        HEAD,
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)
def test_what_is_no_xml_is_refused(graph: EmotionGraph, text: str | bytes) -> None:
    with pytest.raises(InputError, match="Expected well-formed XML"):
        from_emotionml(graph, text)


@pytest.mark.parametrize(
    "text", ["<emotionml/>", "<a xmlns='http://www.w3.org/2009/10/emotionml'/>"]
)
def test_other_xml_is_refused(graph: EmotionGraph, text: str) -> None:
    with pytest.raises(InputError, match="Expected an <emotionml> or <emotion> element"):
        from_emotionml(graph, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            big6('<category name="fear" confidence="1.5"/>'),
            "Expected 'confidence' in 0..1, got '1.5'",
        ),
        (big6('<category name="fear" confidence="NaN"/>'), "Expected 'confidence' in 0..1"),
        (big6('<category name="fear" value="much"/>'), "Expected a number in 'value', got 'much'"),
        (
            big6('<category name="fear"/>', 'start="-5"'),
            "Expected a whole number from 0 in 'start'",
        ),
        (big6('<category name="fear"/>', f'start="{10**17}"'), "Expected 'start' in milliseconds"),
        (big6('<category name="fear"/>', f'end="{10**30}"'), "Expected a whole number from 0"),
        (big6('<category name="fear"/>', 'start="9" end="5"'), "Expected an end after"),
    ],
)
def test_value_out_of_range_is_refused_with_its_emotion(
    graph: EmotionGraph, text: str, words: str
) -> None:
    with pytest.raises(InputError, match=r"^emotion 1: ") as caught:
        from_emotionml(graph, text)

    assert words in str(caught.value)


def test_missing_extra_is_named(graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml", None)

    with pytest.raises(MissingExtraError, match=r'pip install "affectgraph\[emotionml\]"'):
        from_emotionml(graph, document(""))
