"""The shapes of observations: right records conform, and one wrong thing is named."""

import pytest

from affectgraph.ontology.iris import PREFIXES
from affectgraph.ontology.layers.observation_terms import CLASSES
from affectgraph.ontology.shacl import ShaclReport, shapes_text, validate_observations

pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'affectgraph[shacl]'")

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
HEAD += "PREFIX : <https://example.org/>\n"

GOOD = """
:o a ag:Observation ; ag:observedItem :post ; ag:observedText "What a day!" ;
  prov:wasAttributedTo :model ; prov:generatedAtTime "2026-11-25T10:00:00Z"^^xsd:dateTime ;
  ag:hasEpisode :e ; ag:hasState :s ; ag:hasDisplay :d .
:e a ag:EmotionEpisode , ag:Irritation ; ag:instantiates emotion:irritation , emotion:anger ;
  ag:hasReading :r , :r2 ; ag:episodeIntensity 0.5 ; ag:episodeValence -0.5 ; ag:experiencedBy :ann ;
  ag:hasCause :c ; ag:expressedThrough modality:text ; ag:hasCue :q ; ag:hasRating :g ; ag:shownBy :d ;
  ag:startedAt "2026-11-25T10:00:00Z"^^xsd:dateTime ; ag:endedAt "2026-11-25T10:00:01Z"^^xsd:dateTime .
:s a ag:AffectiveState , ag:Trust ; ag:instantiates state:trust ; ag:hasReading :r3 .
:r a ag:ConceptReading ; ag:readAs emotion:irritation ; ag:readingRank 1 ; ag:confidence 0.9 .
:r2 a ag:ConceptReading ; ag:readAs emotion:anger ; ag:readingRank 2 .
:r3 a ag:ConceptReading ; ag:readAs state:trust ; ag:readingRank 1 .
:ann a ag:Agent .
:c a ag:EmotionCause ; ag:causeType cause-type:no-context ; ag:quote "day" ; ag:spanStart 7 ; ag:spanEnd 10 .
:q a ag:CueReading ; ag:cueKind cue-type:wording ; ag:quote "What" .
:g a ag:DimensionRating ; ag:ratedDimension vocabulary:ema-appraisals\\/power ; ag:degree 0.2 .
:d a ag:FacialDisplay ; ag:showsAction :a .
:a a ag:FacialAction ; ag:actionUnit au:AU4 ; ag:actionIntensity 2.5 .
"""

WRONG = [
    ("two valences", "ag:episodeValence -0.5", "ag:episodeValence -0.5 , 0.5", ":e", "MaxCount"),
    (
        "valence out of range",
        "ag:episodeValence -0.5",
        "ag:episodeValence -1.5",
        ":e",
        "MinInclusive",
    ),
    (
        "intensity below zero",
        "ag:episodeIntensity 0.5",
        "ag:episodeIntensity -0.1",
        ":e",
        "MinInclusive",
    ),
    (
        "intensity as a double",
        "ag:episodeIntensity 0.5",
        "ag:episodeIntensity 5e-1",
        ":e",
        "Datatype",
    ),
    ("two holders", "ag:experiencedBy :ann", "ag:experiencedBy :ann , :c", ":e", "MaxCount"),
    ("modality as text", "modality:text", '"text"', ":e", "Class"),
    ("modality of nobody", "modality:text", "modality:speech", ":e", "Class"),
    (
        "two primaries",
        "emotion:irritation , emotion:anger",
        "emotion:irritation , emotion:joy",
        ":e",
        "MaxCount",
    ),
    (
        "emotion that is no concept",
        "state:trust ; ag:hasReading",
        "state:anger ; ag:hasReading",
        ":s",
        "Class",
    ),
    ("state as an episode", ":s a ag:AffectiveState", ":s a ag:EmotionEpisode", ":s", "Class"),
    (
        "reading of another concept",
        "ag:readAs emotion:anger",
        "ag:readAs emotion:fear",
        ":e",
        "Equals",
    ),
    (
        "episode of two observations",
        ":ann a ag:Agent .",
        ":ann a ag:Agent . :x a ag:Observation ; ag:hasEpisode :e .",
        ":e",
        "MaxCount",
    ),
    ("end before start", "10:00:01Z", "09:00:01Z", ":e", "LessThanOrEquals"),
    ("cause of no kind RECCON has", "cause-type:no-context", "cause-type:weather", ":c", "Class"),
    ("span with one end", " ; ag:spanEnd 10", "", ":c", "Xone"),
    ("span backwards", "ag:spanEnd 10", "ag:spanEnd 3", ":c", "LessThan"),
    ("quote of nothing", 'ag:quote "day"', 'ag:quote ""', ":c", "MinLength"),
    ("rating of a concept", "vocabulary:ema-appraisals\\/power", "emotion:anger", ":g", "Or"),
    ("rating above one", "ag:degree 0.2", "ag:degree 1.2", ":g", "MaxInclusive"),
    ("display that shows nothing", " ; ag:showsAction :a", "", ":d", "MinCount"),
    ("action that FACS lacks", "au:AU4", "au:AU99", ":a", "Class"),
    (
        "action of no intensity",
        "ag:actionIntensity 2.5",
        "ag:actionIntensity 0.0",
        ":a",
        "MinExclusive",
    ),
    (
        "day without its time",
        '"2026-11-25T10:00:00Z"^^xsd:dateTime ;\n',
        '"2026-11-25"^^xsd:date ;\n',
        ":o",
        "Datatype",
    ),
    ("rank of none", "ag:readingRank 2", "ag:readingRank 0", ":r2", "MinInclusive"),
    ("cue of no kind", "cue-type:wording", "modality:text", ":q", "Class"),
]


def report(body: str) -> ShaclReport:
    return validate_observations((HEAD + body).encode())


def test_right_observation_conforms() -> None:
    found = report(GOOD)

    assert found.conforms, found.text


@pytest.mark.parametrize(
    ("right", "wrong", "focus", "constraint"),
    [case[1:] for case in WRONG],
    ids=[case[0].replace(" ", "-") for case in WRONG],
)
def test_wrong_observation_is_reported_with_its_node(
    right: str, wrong: str, focus: str, constraint: str
) -> None:
    assert right in GOOD

    found = report(GOOD.replace(right, wrong, 1))

    assert not found.conforms
    named = {(r.focus.replace("https://example.org/", ":"), r.constraint) for r in found.results}
    assert (focus, constraint) in named, found.text


def test_episode_that_says_nothing_is_reported() -> None:
    found = report(":o a ag:Observation ; ag:hasEpisode :e . :e a ag:EmotionEpisode .")

    assert [r.constraint for r in found.results] == ["Or"]


def test_observation_without_an_episode_conforms() -> None:
    assert report(":o a ag:Observation ; ag:observedItem :post .").conforms


def test_every_class_of_observations_but_the_agent_has_a_shape() -> None:
    shapes = shapes_text("observation")

    missing = [name for name in CLASSES if f"sh:targetClass ag:{name}" not in shapes]
    assert missing == ["Agent"]
