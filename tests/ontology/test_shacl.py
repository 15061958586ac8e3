"""The shapes: the built graph conforms, and small wrong graphs do not."""

import sys

import pytest
from pyoxigraph import RdfFormat

from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.iris import PREFIXES
from affectgraph.ontology.shacl import ShaclReport, shapes_text, validate, validate_core

pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'affectgraph[shacl]'")

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())

FACT = """
  dct:source source:test ; prov:generatedAtTime "2026-11-21T00:00:00Z"^^xsd:dateTime ;
  ag:confidenceGrade "high" """

SOURCE = """
source:test a ag:Source , prov:Entity ; skos:notation "test" ;
  dct:bibliographicCitation "A test."@en ; dct:rights "facts only"@en .
"""

VALUE = f"""
vad:good a ag:VadValue ; ag:ofConcept emotion:fear ;
  ag:valence -0.5 ; ag:arousal 0.5 ; ag:dominance 0.0 ;
  ag:valenceSd 0.3 ; ag:arousalSd 0.3 ; ag:dominanceSd 0.3 ; ag:matchKind "exact" ; ag:raters 30 ;
  ag:ratedForm "fear" ; ag:ratedWord vad:word ; ag:originalScale "1..9" ; {FACT} .
"""

RATED = """
vad:word a ag:RatedWord ; ag:ratedForm "fear" ; ag:raters 30 ;
  ag:valence -0.5 ; ag:arousal 0.5 ; ag:dominance 0.0 ; dct:isPartOf graph:vad-test .
vad:further a ag:FurtherVadValue ; ag:derivedBy "a line" ; ag:furtherVadOf emotion:fear ;
  ag:valence -0.4 ; ag:arousal 0.4 ; ag:dominance 0.1 ; dct:isPartOf graph:vad-test .
graph:vad-test a void:Dataset ; dct:title "Test"@en ; dct:source source:test ;
  ag:confidenceGrade "high" ; dct:license <https://creativecommons.org/licenses/by/4.0/> .
"""

FEAR = f"""
emotion:fear a ag:EmotionConcept , skos:Concept ; skos:prefLabel "fear"@en ; skos:notation "fear" ;
  skos:definition "The emotion of somebody who faces a danger, real or imagined."@en ;
  ag:definitionSource source:test ;
  skos:example "Who is there?"@en ; ag:episodeClass ag:Fear ; skos:inScheme scheme:parrott ;
  ag:tier ag:primaryTier ; ag:primary emotion:fear ; ag:path "fear" ;
  skos:topConceptOf scheme:parrott ; skos:narrower emotion:horror ;
  skos:narrowerTransitive emotion:horror ;
  ag:hasVad vad:good ; ag:valence -0.5 ; ag:arousal 0.5 ; ag:dominance 0.0 ; {FACT} .
entry:fear a ag:TreeEntry ; ag:entryLabel "fear"@en ; ag:tier ag:primaryTier ;
  ag:denotesConcept emotion:fear ; {FACT} .
"""

HORROR = f"""
emotion:horror a ag:EmotionConcept , skos:Concept ; skos:prefLabel "horror"@en ;
  skos:notation "horror" ;
  skos:definition "Sudden overwhelming fear mixed with revulsion at something dreadful."@en ;
  ag:definitionSource source:test ;
  skos:example "She screamed."@en ; ag:episodeClass ag:Horror ; skos:inScheme scheme:parrott ;
  ag:tier ag:secondaryTier ; ag:primary emotion:fear ; ag:path "fear/horror" ;
  skos:broader emotion:fear ; skos:broaderTransitive emotion:fear ;
  ag:hasVad vad:horror ; ag:valence -0.7 ; ag:arousal 0.6 ; ag:dominance -0.2 ; {FACT} .
entry:fear-horror a ag:TreeEntry ; ag:entryLabel "horror"@en ; ag:tier ag:secondaryTier ;
  ag:denotesConcept emotion:horror ; ag:listedUnder emotion:fear ; {FACT} .
""" + VALUE.replace("vad:good", "vad:horror").replace("emotion:fear", "emotion:horror").replace(
    "-0.5 ; ag:arousal 0.5 ; ag:dominance 0.0", "-0.7 ; ag:arousal 0.6 ; ag:dominance -0.2"
)

TIERS = """
ag:primaryTier a ag:Tier ; skos:prefLabel "primary"@en ; ag:tierRank 1 .
ag:secondaryTier a ag:Tier ; skos:prefLabel "secondary"@en ; ag:tierRank 2 .
"""

UNIT = f"""
au:AU5 a ag:ActionUnit ; skos:notation "AU5" ; ag:facsNumber "5" ; skos:prefLabel "Upper lid raiser"@en ;
  ag:actionKind "action-unit" ; {FACT} .
"""

PATTERN = f"""
pattern:p a ag:ExpressionPattern ; skos:prefLabel "fear"@en ; ag:patternKind "display" ;
  ag:isBlend false ; ag:expresses emotion:fear ; ag:requiredGroup <https://example.org/g> ;
  ag:requiredUnit au:AU5 ; {FACT} .
<https://example.org/g> a ag:ActionGroup ; ag:groupOf pattern:p ; ag:alternative <https://example.org/t> .
<https://example.org/t> a ag:ActionTerm ; ag:actionUnit au:AU5 .
emotion:fear ag:hasPattern pattern:p .
"""

LABEL = f"""
<https://w3id.org/affectgraph/scheme/toy> a ag:LabelScheme , skos:ConceptScheme ; skos:notation "toy" ;
  dct:title "Toy"@en ; dct:description "Two labels."@en ; ag:labelling "single" ; ag:labelCount 2 ;
  ag:hasLabel <https://w3id.org/affectgraph/scheme/toy/scared> ,
    <https://w3id.org/affectgraph/scheme/toy/other> ; {FACT} .
<https://w3id.org/affectgraph/scheme/toy/scared> a ag:SchemeLabel , skos:Concept ;
  skos:prefLabel "scared"@en ; skos:inScheme <https://w3id.org/affectgraph/scheme/toy> ;
  ag:position 0 ; ag:hasHome true ; ag:anchoredTo emotion:fear ; skos:exactMatch emotion:fear ; {FACT} .
<https://w3id.org/affectgraph/scheme/toy/other> a ag:SchemeLabel , skos:Concept ;
  skos:prefLabel "other"@en ; skos:inScheme <https://w3id.org/affectgraph/scheme/toy> ;
  ag:position 1 ; ag:hasHome false ; {FACT} .
emotion:fear ag:anchorOf <https://w3id.org/affectgraph/scheme/toy/scared> ;
  skos:exactMatch <https://w3id.org/affectgraph/scheme/toy/scared> .
"""

WORD = f"""
lex:scared-adj a ontolex:LexicalEntry ; rdfs:label "scared"@en ; lexinfo:partOfSpeech lexinfo:adjective ;
  ontolex:canonicalForm <https://example.org/f> ; ontolex:sense <https://example.org/s> ;
  ontolex:denotes emotion:fear .
<https://example.org/f> a ontolex:Form ; ontolex:writtenRep "scared"@en .
<https://example.org/s> a ontolex:LexicalSense ; ontolex:isSenseOf lex:scared-adj ;
  ontolex:reference emotion:fear ; ag:formRelation "lexical" ; ag:role "state" ; {FACT} .
emotion:fear ontolex:isDenotedBy lex:scared-adj ; ontolex:isReferenceOf <https://example.org/s> .
"""

STATE = f"""
state:awe a ag:StateConcept , skos:Concept ; skos:prefLabel "awe"@en ; skos:notation "state/awe" ;
  skos:definition "What one feels before something vast that one cannot take in at once."@en ;
  ag:definitionSource source:test ;
  skos:example "They fell silent."@en ; ag:episodeClass ag:Awe ; skos:inScheme scheme:states ;
  skos:topConceptOf scheme:states ; ag:stateBranch ag:AestheticState ; skos:related emotion:fear ;
  ag:hasVad vad:derived ; ag:valence 0.2 ; ag:arousal 0.3 ; ag:dominance -0.1 ;
  ag:composedOf emotion:fear ; {FACT} .
emotion:fear skos:related state:awe ; ag:componentOf state:awe .
association:blend a ag:Association , prov:Entity ; ag:associationFrom state:awe ;
  ag:associationTo emotion:fear ; ag:associationRelation ag:composedOf ; ag:theory "a" ; {FACT} .
vad:derived a ag:VadValue ; ag:ofConcept state:awe ; ag:valence 0.2 ; ag:arousal 0.3 ;
  ag:dominance -0.1 ; ag:valenceSd 0.1 ; ag:arousalSd 0.1 ; ag:dominanceSd 0.1 ;
  ag:matchKind "secondary-mean" ; ag:derivedBy "a mean" ;
  prov:wasDerivedFrom vad:good , vad:horror , source:test ;
  dct:source source:test ; prov:generatedAtTime "2026-11-21T00:00:00Z"^^xsd:dateTime ;
  ag:confidenceGrade "low" .
"""

TOOLS = f"""
ag:intensityA a ag:IntensityGrade ; skos:notation "A" ; skos:prefLabel "trace"@en ; ag:gradeRank 1 ;
  ag:openFaceMinimum 0.5 ; ag:openFaceMaximum 1.5 ; {FACT} .
detector:d a ag:Detector ; skos:prefLabel "d"@en ; ag:detectorOutput "presence" ;
  ag:observes au:AU5 ; {FACT} .
au:AU5 ag:observedBy detector:d .
<https://example.org/rate> a ag:BaseRate ; ag:actionUnit au:AU5 ; ag:dataset "D" ; ag:share 0.25 ;
  {FACT} .
cue:wide-eyes a ag:CuePhrase ; skos:prefLabel "wide eyes"@en ; ag:cuePolarity "present" ;
  ag:describesUnit au:AU5 ; {FACT} .
"""

GOOD = (
    SOURCE + TIERS + FEAR + VALUE + RATED + HORROR + UNIT + PATTERN + LABEL + WORD + STATE + TOOLS
)

AU = "https://w3id.org/affectgraph/au/AU5"
FEAR_IRI = "https://w3id.org/affectgraph/emotion/fear"
HORROR_IRI = "https://w3id.org/affectgraph/emotion/horror"
VALUE_IRI = "https://w3id.org/affectgraph/vad/good"
PATTERN_IRI = "https://w3id.org/affectgraph/au-pattern/p"
AWE = "https://w3id.org/affectgraph/state/awe"
TOY = "https://w3id.org/affectgraph/scheme/toy"

OF_FEAR = "ag:ofConcept emotion:fear ;\n  ag:valence -0.5 ; ag:arousal 0.5 ; ag:dominance"

CASES = [
    (
        "value above 1",
        OF_FEAR,
        OF_FEAR.replace("-0.5", "1.2"),
        VALUE_IRI,
        "ag:valence",
        "MaxInclusive",
    ),
    (
        "value as a double",
        OF_FEAR,
        OF_FEAR.replace("0.5 ; ag:d", "5e-1 ; ag:d"),
        VALUE_IRI,
        "ag:arousal",
        "Datatype",
    ),
    (
        "negative spread",
        "ag:valenceSd 0.3",
        "ag:valenceSd -0.3",
        VALUE_IRI,
        "ag:valenceSd",
        "MinInclusive",
    ),
    (
        "two valences",
        OF_FEAR,
        OF_FEAR.replace("-0.5", "-0.5 , -0.4"),
        VALUE_IRI,
        "ag:valence",
        "MaxCount",
    ),
    (
        "measured and derived",
        "ag:raters 30",
        'ag:raters 30 ; ag:derivedBy "x"',
        VALUE_IRI,
        "",
        "Xone",
    ),
    (
        "shortcut that differs",
        "ag:hasVad vad:good ; ag:valence -0.5",
        "ag:hasVad vad:good ; ag:valence -0.4",
        FEAR_IRI,
        "",
        "Equals",
    ),
    (
        "concept without definition",
        "skos:definition",
        "skos:note",
        FEAR_IRI,
        "skos:definition",
        "MinCount",
    ),
    (
        "two labels",
        '"fear"@en ; skos:notation',
        '"fear"@en , "dread"@en ; skos:notation',
        FEAR_IRI,
        "skos:prefLabel",
        "MaxCount",
    ),
    (
        "label in German",
        '"horror"@en ;\n',
        '"Grauen"@de ;\n',
        HORROR_IRI,
        "skos:prefLabel",
        "LanguageIn",
    ),
    (
        "two primaries",
        'ag:primary emotion:fear ; ag:path "fear/horror"',
        'ag:primary emotion:fear , emotion:joy ; ag:path "fear/horror"',
        HORROR_IRI,
        "ag:primary",
        "MaxCount",
    ),
    ("no parent", "skos:broader emotion:fear ; ", "", HORROR_IRI, "", "Xone"),
    (
        "parent in its own tier",
        "skos:broader emotion:fear ;",
        "skos:broader emotion:horror ;",
        HORROR_IRI,
        "",
        "Xone",
    ),
    (
        "parent outside the tree",
        "skos:broader emotion:fear ;",
        "skos:broader state:trust ;",
        HORROR_IRI,
        "skos:broader",
        "Class",
    ),
    (
        "narrower without broader",
        "skos:narrower emotion:horror ;",
        "skos:narrower emotion:joy ;",
        HORROR_IRI,
        "",
        "Equals",
    ),
    ("closure not complete", "skos:broaderTransitive emotion:fear ;", "", HORROR_IRI, "", "Equals"),
    (
        "opposite one way",
        'ag:path "fear" ;',
        'ag:path "fear" ; ag:oppositeOf emotion:horror ;',
        HORROR_IRI,
        "",
        "Equals",
    ),
    (
        "opposite of its ancestor",
        'ag:path "fear/horror" ;',
        'ag:path "fear/horror" ; ag:oppositeOf emotion:fear ;',
        HORROR_IRI,
        "ag:oppositeOf",
        "Disjoint",
    ),
    (
        "entry under a wrong tier",
        "ag:listedUnder emotion:fear ;",
        "ag:listedUnder emotion:horror ;",
        "https://w3id.org/affectgraph/tree-entry/fear-horror",
        "",
        "Xone",
    ),
    (
        "entry with another word",
        '"horror"@en ; ag:tier',
        '"terror"@en ; ag:tier',
        "https://w3id.org/affectgraph/tree-entry/fear-horror",
        "",
        "Equals",
    ),
    ("unit of an unknown kind", '"action-unit"', '"muscle"', AU, "ag:actionKind", "In"),
    (
        "unit with an odd code",
        'skos:notation "AU5"',
        'skos:notation "AU-5"',
        AU,
        "skos:notation",
        "Pattern",
    ),
    (
        "pattern without content",
        "ag:requiredGroup <https://example.org/g> ;",
        "",
        PATTERN_IRI,
        "",
        "MinCount",
    ),
    (
        "pattern for two emotions",
        "ag:expresses emotion:fear",
        "ag:expresses emotion:fear , emotion:horror",
        PATTERN_IRI,
        "",
        "Xone",
    ),
    (
        "pattern that excludes what it requires",
        "ag:requiredUnit au:AU5",
        "ag:requiredUnit au:AU5 ; ag:excludedUnit au:AU5",
        PATTERN_IRI,
        "ag:requiredUnit",
        "Disjoint",
    ),
    (
        "group of another pattern",
        "ag:groupOf pattern:p",
        "ag:groupOf pattern:q",
        "https://example.org/g",
        "ag:groupOf",
        "Class",
    ),
    (
        "term with an unknown unit",
        "ag:actionUnit au:AU5",
        "ag:actionUnit au:AU999",
        "https://example.org/t",
        "ag:actionUnit",
        "Class",
    ),
    (
        "side up",
        "a ag:ActionTerm ;",
        'a ag:ActionTerm ; ag:side "up" ;',
        "https://example.org/t",
        "ag:side",
        "In",
    ),
    (
        "120 percent of posers",
        "a ag:ActionTerm ;",
        "a ag:ActionTerm ; ag:percentOfPosers 120 ;",
        "https://example.org/t",
        "ag:percentOfPosers",
        "MaxInclusive",
    ),
    (
        "label anchored and homeless",
        "ag:position 0 ; ag:hasHome true",
        "ag:position 0 ; ag:hasHome false",
        f"{TOY}/scared",
        "",
        "Xone",
    ),
    (
        "label neither anchored nor homeless",
        "ag:position 1 ; ag:hasHome false",
        "ag:position 1 ; ag:hasHome true",
        f"{TOY}/other",
        "",
        "Xone",
    ),
    (
        "fallback without its source",
        "ag:position 1 ;",
        "ag:position 1 ; ag:fallbackPrimary emotion:fear ;",
        f"{TOY}/other",
        "",
        "Xone",
    ),
    (
        "fallback that is no primary",
        "ag:position 1 ;",
        "ag:position 1 ; ag:fallbackSource source:test ; ag:fallbackPrimary emotion:horror ;",
        f"{TOY}/other",
        "",
        "In",
    ),
    (
        "source without licence",
        "dct:rights",
        "dct:description",
        "https://w3id.org/affectgraph/source/test",
        "dct:rights",
        "MinCount",
    ),
    (
        "sense without written form",
        "ontolex:writtenRep",
        "rdfs:label",
        "https://example.org/f",
        "ontolex:writtenRep",
        "MinCount",
    ),
    (
        "form in capitals",
        'writtenRep "scared"',
        'writtenRep "Scared"',
        "https://example.org/f",
        "ontolex:writtenRep",
        "Pattern",
    ),
    (
        "word of a wrong part of speech",
        "lexinfo:adjective",
        "lexinfo:pronoun",
        "https://w3id.org/affectgraph/lex/scared-adj",
        "lexinfo:partOfSpeech",
        "In",
    ),
    (
        "state with a tier",
        "ag:stateBranch",
        "ag:tier ag:primaryTier ; ag:stateBranch",
        AWE,
        "ag:tier",
        "MaxCount",
    ),
    (
        "state of an unknown branch",
        "ag:stateBranch ag:AestheticState",
        "ag:stateBranch ag:Weather",
        AWE,
        "ag:stateBranch",
        "In",
    ),
    (
        "state in the tree",
        "ag:stateBranch",
        "skos:broader emotion:fear ; ag:stateBranch",
        AWE,
        "skos:broader",
        "MaxCount",
    ),
    ("related one way", "emotion:fear skos:related state:awe ;", "emotion:fear", AWE, "", "Equals"),
    (
        "part without its blend",
        "ag:componentOf state:awe",
        "skos:scopeNote 'x'@en",
        FEAR_IRI,
        "",
        "Equals",
    ),
    (
        "derived value with raters",
        'ag:derivedBy "a mean" ;',
        'ag:derivedBy "a mean" ; ag:raters 3 ;',
        "https://w3id.org/affectgraph/vad/derived",
        "",
        "Xone",
    ),
    (
        "derived value without its members",
        "prov:wasDerivedFrom vad:good , vad:horror , source:test ;",
        "",
        "https://w3id.org/affectgraph/vad/derived",
        "",
        "Xone",
    ),
    (
        "measured value without its rated word",
        "ag:ratedWord vad:word ;",
        "",
        VALUE_IRI,
        "",
        "Xone",
    ),
    (
        "rated word nobody rated",
        'ag:ratedForm "fear" ; ag:raters 30 ;\n  ag:valence',
        'ag:ratedForm "fear" ;\n  ag:valence',
        "https://w3id.org/affectgraph/vad/word",
        "ag:raters",
        "MinCount",
    ),
    (
        "rated word of no data set",
        "ag:dominance 0.0 ; dct:isPartOf graph:vad-test",
        "ag:dominance 0.0",
        "https://w3id.org/affectgraph/vad/word",
        "dct:isPartOf",
        "MinCount",
    ),
    (
        "further value without a method",
        'ag:derivedBy "a line" ;',
        "",
        "https://w3id.org/affectgraph/vad/further",
        "ag:derivedBy",
        "MinCount",
    ),
    (
        "data set without a licence",
        'ag:confidenceGrade "high" ; dct:license',
        'ag:confidenceGrade "high" ; dct:relation',
        "https://w3id.org/affectgraph/graph/vad-test",
        "dct:license",
        "MinCount",
    ),
    (
        "association with itself",
        "ag:associationTo emotion:fear",
        "ag:associationTo state:awe",
        "https://w3id.org/affectgraph/association/blend",
        "ag:associationFrom",
        "Disjoint",
    ),
    (
        "association of an unknown relation",
        "ag:associationRelation ag:composedOf",
        "ag:associationRelation ag:causes",
        "https://w3id.org/affectgraph/association/blend",
        "ag:associationRelation",
        "In",
    ),
    (
        "grade that ends before it begins",
        "ag:openFaceMaximum 1.5",
        "ag:openFaceMaximum 0.4",
        "https://w3id.org/affectgraph/ontology#intensityA",
        "ag:openFaceMinimum",
        "LessThan",
    ),
    (
        "detector of an unknown unit",
        "ag:observes au:AU5",
        "ag:observes au:AU5 , au:AU999",
        "https://w3id.org/affectgraph/detector/d",
        "ag:observes",
        "Class",
    ),
    (
        "unit that does not know its detector",
        "au:AU5 ag:observedBy detector:d .",
        "",
        AU,
        "",
        "Equals",
    ),
    (
        "share in percent",
        "ag:share 0.25",
        "ag:share 25.0",
        "https://example.org/rate",
        "ag:share",
        "MaxInclusive",
    ),
    (
        "phrase that describes nothing",
        "ag:describesUnit au:AU5 ;",
        "",
        "https://w3id.org/affectgraph/cue/wide-eyes",
        "",
        "MinCount",
    ),
    (
        "phrase of odd polarity",
        'ag:cuePolarity "present"',
        'ag:cuePolarity "maybe"',
        "https://w3id.org/affectgraph/cue/wide-eyes",
        "ag:cuePolarity",
        "In",
    ),
    (
        "tier of rank four",
        "ag:tierRank 2",
        "ag:tierRank 4",
        "https://w3id.org/affectgraph/ontology#secondaryTier",
        "ag:tierRank",
        "MaxInclusive",
    ),
    (
        "scheme of an unknown labelling",
        'ag:labelling "single"',
        'ag:labelling "both"',
        TOY,
        "ag:labelling",
        "In",
    ),
    (
        "scheme without one of its labels",
        f"ag:hasLabel <{TOY}/scared> ,\n   ",
        "ag:hasLabel",
        TOY,
        "",
        "Equals",
    ),
]


def report(turtle: str) -> ShaclReport:
    return validate((HEAD + turtle).encode(), RdfFormat.TURTLE)


def test_built_graph_conforms() -> None:
    found = validate_core()

    assert found.results == ()
    assert found.conforms
    assert "Conforms: True" in found.text


def test_small_right_graph_conforms() -> None:
    found = report(GOOD)

    assert found.results == ()
    assert found.conforms


@pytest.mark.parametrize(
    ("right", "wrong", "focus", "path", "constraint"),
    [case[1:] for case in CASES],
    ids=[case[0].replace(" ", "-") for case in CASES],
)
def test_wrong_graph_is_reported_with_node_property_and_constraint(
    right: str, wrong: str, focus: str, path: str, constraint: str
) -> None:
    assert right in GOOD

    found = report(GOOD.replace(right, wrong, 1))

    assert not found.conforms
    named = {
        (r.focus, r.path if r.path.count(":") == 1 else "", r.constraint) for r in found.results
    }
    assert (focus, path, constraint) in named


@pytest.mark.parametrize(
    ("missing", "path"),
    [
        ("dct:source source:test ;", "dct:source"),
        ('prov:generatedAtTime "2026-11-21T00:00:00Z"^^xsd:dateTime ;', "prov:generatedAtTime"),
        ('ag:confidenceGrade "high"', "ag:confidenceGrade"),
    ],
)
def test_unit_without_a_part_of_its_provenance_is_reported(missing: str, path: str) -> None:
    bare = UNIT.replace(missing, "")

    found = report(SOURCE + bare)

    assert [(r.focus, r.path, r.constraint) for r in found.results] == [(AU, path, "MinCount")]


def test_source_that_the_graph_does_not_hold_is_reported() -> None:
    found = report(UNIT)

    assert [(r.path, r.constraint) for r in found.results] == [("dct:source", "Class")]


def test_date_instead_of_a_moment_is_reported() -> None:
    dated = UNIT.replace('"2026-11-21T00:00:00Z"^^xsd:dateTime', '"2026-11-21"^^xsd:date')

    found = report(SOURCE + dated)

    assert [(r.path, r.constraint) for r in found.results] == [("prov:generatedAtTime", "Datatype")]


def test_results_are_sorted_and_speak_for_themselves() -> None:
    found = report(SOURCE + UNIT.replace("skos:prefLabel", "skos:note").replace('"5"', '"five"'))

    assert list(found.results) == sorted(found.results)
    assert [r.path for r in found.results] == ["ag:facsNumber", "skos:prefLabel"]
    assert "pattern" in found.results[0].message
    assert AU in found.results[1].message
    assert "Results (2)" in found.text


def test_named_graphs_are_not_looked_at() -> None:
    trig = f"{HEAD} GRAPH <https://example.org/mine> {{ au:AU5 a ag:ActionUnit }}"

    assert validate(trig.encode(), RdfFormat.TRIG).conforms


def test_empty_document_conforms() -> None:
    assert validate(b"").conforms


def test_document_that_does_not_parse_is_an_input_error() -> None:
    with pytest.raises(InputError, match="Expected a document in Turtle"):
        validate(b"this is no turtle", RdfFormat.TURTLE)


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)

    with pytest.raises(MissingExtraError, match=r'pip install "affectgraph\[shacl\]"'):
        validate(b"")


def test_every_class_of_the_graph_has_a_shape() -> None:
    from affectgraph.ontology.layers.schema import CLASSES

    shapes = shapes_text()

    assert [name for name in CLASSES if f"ag:{name}" not in shapes] == []
