"""EmotionML as it is written: its structure, its scale, and what it says of losses.

``emotionml.rng`` is the project's own reading of the Recommendation's structure; what a grammar does not
say is tested here by hand.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from affectgraph.kg import EmotionGraph
from affectgraph.kg.envelopes import Envelope, to_emotionml
from affectgraph.kg.envelopes.emotionml import number
from affectgraph.kg.model import Vad
from affectgraph.kg.observation import ConceptReading, Episode, Observation, Rating, Referent, Span
from affectgraph.ontology.errors import InputError, UnknownTermError
from tests.kg.envelopes.examples import MIXED, RESENTMENT

NS = {"e": "http://www.w3.org/2009/10/emotionml", "ag": "https://w3id.org/affectgraph/ontology#"}
W3C = "http://www.w3.org/TR/emotion-voc/xml#"


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(Path(__file__).parent / "emotionml.rng")))


def parsed(envelope: Envelope) -> Any:
    return etree.fromstring(envelope.content.encode("utf-8"))


def one(observation: Observation, graph: EmotionGraph, **options: str) -> Any:
    (element,) = parsed(to_emotionml(graph, [observation], **options)).findall("e:emotion", NS)
    return element


def simple(**fields: object) -> Observation:
    return Observation((Episode((ConceptReading("joy"),), **fields),))  # type: ignore[arg-type]


def everything(graph: EmotionGraph) -> list[Observation]:
    """Return observations with every concept, every item of every vocabulary and every modality."""
    around = graph.around
    concepts = [Observation((Episode((ConceptReading(c, 1.0),)),)) for c in graph.index.concepts]
    ratings = [
        Observation((Episode(ratings=(Rating(v.name, item.name, 0.5),)),))
        for v in around.vocabularies.values()
        for item in v.items
    ]
    return [RESENTMENT, MIXED, *concepts, *ratings, simple(modalities=tuple(around.modalities))]


@pytest.mark.parametrize("dimensions", ["pad-dimensions", "fsre-dimensions"])
@pytest.mark.parametrize("categories", ["big6", "fsre-categories", "occ-categories", "affectgraph"])
def test_document_has_the_structure_of_the_recommendation(
    graph: EmotionGraph, grammar: etree.RelaxNG, categories: str, dimensions: str
) -> None:
    written = to_emotionml(graph, everything(graph), categories=categories, dimensions=dimensions)
    document = parsed(written)

    assert grammar.validate(document), grammar.error_log
    ids = document.xpath("//e:emotion/@id", namespaces=NS)
    assert len(set(ids)) == len(ids) > 150
    for emotion in document.findall("e:emotion", NS):
        for kind in ("category", "dimension", "appraisal", "action-tendency"):
            names = [child.get("name") for child in emotion.findall(f"e:{kind}", NS)]
            assert len(set(names)) == len(names)
            assert bool(names) == (f"{kind}-set" in emotion.attrib)


@pytest.mark.parametrize("categories", ["big6", "fsre-categories", "occ-categories"])
def test_every_name_is_an_item_of_its_set(graph: EmotionGraph, categories: str) -> None:
    items = {
        v.uri: {label.name for label in graph.labels(v.scheme)}
        if v.scheme
        else {item.name for item in v.items}
        for v in graph.around.vocabularies.values()
    }
    document = parsed(to_emotionml(graph, everything(graph), categories=categories))

    for emotion in document.findall("e:emotion", NS):
        for kind in ("category", "dimension", "appraisal", "action-tendency"):
            for child in emotion.findall(f"e:{kind}", NS):
                assert child.get("name") in items[emotion.get(f"{kind}-set")]


def test_grammar_refuses_what_the_recommendation_forbids(grammar: etree.RelaxNG) -> None:
    head = '<emotionml xmlns="http://www.w3.org/2009/10/emotionml" version="1.0">'
    for inside in (
        "<emotion/>",
        '<emotion><category name="joy" value="1.5"/></emotion>',
        '<emotion><reference uri="a" role="expressedBy"/><category name="joy"/></emotion>',
        '<emotion start="-1"><category name="joy"/></emotion>',
        "<info/>",
    ):
        assert not grammar.validate(etree.fromstring(f"{head}{inside}</emotionml>")), inside


def test_emotion_says_concept_point_ratings_channels_and_roles(graph: EmotionGraph) -> None:
    emotion = one(RESENTMENT, graph)

    assert dict(emotion.attrib) == {
        "id": "e1-1",
        "category-set": W3C + "big6",
        "dimension-set": W3C + "pad-dimensions",
        "appraisal-set": W3C + "scherer-appraisals",
        "action-tendency-set": W3C + "frijda-action-tendencies",
        "expressed-through": "text voice",
        "start": "1795600800000",  # 2026-11-25T10:00Z in milliseconds since 1970
        "end": "1795600800000",
        "time-ref-uri": "https://example.org/post/1",
        "offset-to-start": "250",
        "duration": "1500",
    }
    described = [
        (etree.QName(x).localname, x.get("name"), x.get("value"), x.get("confidence"))
        for x in emotion
        if x.get("name")
    ]
    assert described == [
        ("category", "anger", "0.6", "0.8"),
        ("dimension", "pleasure", "0.25", None),  # (-0.5 + 1) / 2
        ("dimension", "arousal", "0.6", None),
        ("dimension", "dominance", "0.45", None),
        ("appraisal", "agent-other", "0.9", "0.5"),
        ("action-tendency", "agonistic", "0.4", None),
    ]
    roles = [(x.get("role"), x.get("uri")) for x in emotion.findall("e:reference", NS)]
    assert roles == [
        ("expressedBy", "https://example.org/post/1"),
        ("experiencedBy", "https://example.org/ann"),
        ("triggeredBy", "https://example.org/post/1#char=20,23"),
        ("targetedAt", "Tom%20Jones"),
        ("triggeredBy", "https://example.org/post/1#char=15,28"),
    ]


def test_only_the_concept_is_lost_of_what_emotionml_can_hold(graph: EmotionGraph) -> None:
    big6 = to_emotionml(graph, [RESENTMENT])
    own = to_emotionml(graph, [RESENTMENT], categories="affectgraph")

    assert [str(loss) for loss in big6.losses] == [
        "observations[0].episodes[0].concepts: big6 has nothing for 'resentment' itself; 'anger' "
        "stands for its ancestor 'anger', and the finer distinction is lost."
    ]
    assert own.losses == ()
    assert big6.media_type == "application/emotionml+xml"


def test_own_categories_stand_in_a_vocabulary_of_the_document(graph: EmotionGraph) -> None:
    document = parsed(to_emotionml(graph, [MIXED], categories="affectgraph"))

    items = document.xpath("e:vocabulary[@id='affectgraph']/e:item/@name", namespaces=NS)
    assert items == ["joy", "relief", "sadness", "state.trust"]
    assert document.xpath("//e:emotion/@category-set", namespaces=NS) == ["#affectgraph"] * 3


def test_what_emotionml_has_no_place_for_is_lost_by_name(graph: EmotionGraph) -> None:
    written = to_emotionml(graph, [MIXED])

    assert {(loss.place, loss.field) for loss in written.losses} == {
        ("observations[0].episodes[0]", "concepts"),  # relief lies under joy
        ("observations[0].episodes[0]", "modalities"),  # context
        ("observations[0].episodes[0]", "cause"),  # its kind
        ("observations[0].episodes[0]", "actions"),
        ("observations[0].episodes[0]", "cues"),
        ("observations[0].episodes[1]", "concepts"),  # the label as given
        ("observations[0].episodes[2]", "concepts"),  # trust has no home in big6
    }


def test_losses_stand_in_the_document_for_people(graph: EmotionGraph) -> None:
    written = to_emotionml(graph, [MIXED])

    notes = parsed(written).xpath("//e:info/ag:loss", namespaces=NS)
    assert [note.text for note in notes] == [
        loss.message for loss in written.losses if "episodes[2]" not in loss.place
    ]


def test_episode_of_which_nothing_is_left_is_not_written(graph: EmotionGraph) -> None:
    written = to_emotionml(graph, [Observation((Episode((ConceptReading("state/trust"),)),))])

    assert parsed(written).findall("e:emotion", NS) == []
    assert [loss.message for loss in written.losses] == [
        "big6 has nothing for 'state/trust'; it is not written.",
        "nothing is left that EmotionML could describe; it is not written.",
    ]


def test_observation_of_no_emotion_is_a_loss(graph: EmotionGraph) -> None:
    (loss,) = to_emotionml(graph, [Observation(())]).losses

    assert (loss.place, loss.field) == ("observations[0]", "episodes")


def test_concepts_that_become_one_category_are_written_once(graph: EmotionGraph) -> None:
    several = tuple(map(ConceptReading, ("resentment", "fury", "anger")))
    emotion = one(Observation((Episode(several),)), graph)

    assert [c.get("name") for c in emotion.findall("e:category", NS)] == ["anger"]


def test_fsre_says_dominance_as_potency(graph: EmotionGraph) -> None:
    emotion = one(simple(vad=Vad(1, 0, -1)), graph, dimensions="fsre-dimensions")

    found = {d.get("name"): d.get("value") for d in emotion.findall("e:dimension", NS)}
    assert found == {"valence": "1", "arousal": "0.5", "potency": "0"}


def test_intensity_without_a_category_is_a_dimension(graph: EmotionGraph) -> None:
    alone = one(Observation((Episode(intensity=0.3),)), graph)
    beside = to_emotionml(graph, [Observation((Episode(intensity=0.3, vad=Vad(0, 0, 0)),))])

    assert alone.get("dimension-set") == W3C + "intensity-dimension"
    assert [loss.field for loss in beside.losses] == ["intensity"]


def test_second_set_of_one_kind_is_lost(graph: EmotionGraph) -> None:
    ratings = (
        Rating("scherer-appraisals", "urgency", 0.1),
        Rating("ema-appraisals", "urgency", 0.2),
    )
    written = to_emotionml(graph, [Observation((Episode(ratings=ratings),))])

    assert [loss.field for loss in written.losses] == ["ratings"]
    assert "ema-appraisals 'urgency' is not written" in written.losses[0].message


def test_words_without_an_address_are_lost(graph: EmotionGraph) -> None:
    seen = simple(stimulus=Referent("", Span("Tom")), experiencer=Referent("ann", Span("she")))

    losses = to_emotionml(graph, [seen]).losses
    assert [(loss.field, "not written" in loss.message) for loss in losses] == [
        ("experiencer", True),
        ("stimulus", True),
    ]


def test_markup_in_texts_stays_text(graph: EmotionGraph) -> None:
    seen = replace(simple(), text="<b>&amp; ]]></b> \"'😀", agent='a"<b>', item="x y&z")

    document = parsed(to_emotionml(graph, [seen]))
    (note,) = document.xpath("//e:info/ag:Observation", namespaces=NS)
    assert (note.text, note.get("agent")) == (seen.text, seen.agent)
    assert document.xpath("//e:reference/@uri", namespaces=NS) == ["x%20y%26z"]


@pytest.mark.parametrize("field", ["text", "agent", "id"])
@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ufffe"])
def test_character_that_xml_cannot_hold_is_refused(
    graph: EmotionGraph, field: str, character: str
) -> None:
    seen = replace(simple(), **{field: f"a{character}"})  # type: ignore[arg-type]

    with pytest.raises(InputError, match=f"characters that XML allows in {field}, got .* at 1"):
        to_emotionml(graph, [seen])


def test_time_before_1970_is_refused(graph: EmotionGraph) -> None:
    seen = simple(start=datetime(1969, 12, 31, tzinfo=UTC))

    with pytest.raises(InputError, match="start from 1970 on"):
        to_emotionml(graph, [seen])


def test_offset_without_an_item_is_lost(graph: EmotionGraph) -> None:
    assert [loss.field for loss in to_emotionml(graph, [simple(offset_ms=5)]).losses] == [
        "offset_ms"
    ]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"categories": "frijda"}, UnknownTermError),
        ({"categories": "pad-dimensions"}, UnknownTermError),
        ({"dimensions": "intensity-dimension"}, InputError),
    ],
)
def test_parameter_that_is_no_vocabulary_is_refused(
    graph: EmotionGraph, options: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        to_emotionml(graph, [], **options)


def test_no_observation_gives_a_document_without_emotions(
    graph: EmotionGraph, grammar: etree.RelaxNG
) -> None:
    document = parsed(to_emotionml(graph, []))

    assert grammar.validate(document)
    assert len(document) == 0


def test_equal_observations_give_equal_bytes(graph: EmotionGraph) -> None:
    assert to_emotionml(graph, [RESENTMENT, MIXED]) == to_emotionml(graph, [RESENTMENT, MIXED])


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (1.0, "1"), (0.125, "0.125"), (1 / 3, "0.333333"), (1e-9, "0")]
)
def test_numbers_have_no_exponent_and_no_idle_zeros(value: float, text: str) -> None:
    assert number(value) == text
