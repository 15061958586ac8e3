"""The shapes: the built graph conforms, and small wrong graphs do not."""

import re
import sys

import pytest
from pyoxigraph import RdfFormat, Store

from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.ontology.graph_checks import rule_query, run_check
from affectgraph.ontology.iris import PREFIXES, curie
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
vad:further a ag:FurtherVadValue ; ag:furtherVadOf emotion:fear ;
  ag:valence -0.4 ; ag:arousal 0.4 ; ag:dominance 0.1 ; dct:isPartOf graph:vad-test .
graph:vad-test a void:Dataset , <http://www.w3.org/ns/sparql-service-description#NamedGraph> ;
  dct:title "Test"@en ; dct:source source:test ;
  ag:derivedBy "a line" ; ag:confidenceGrade "high" ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> .
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
  ag:schemeKind "emotion" ; ag:hasLabel <https://w3id.org/affectgraph/scheme/toy/scared> ,
    <https://w3id.org/affectgraph/scheme/toy/other> ; {FACT} .
<https://w3id.org/affectgraph/scheme/toy/scared> a ag:SchemeLabel , skos:Concept ;
  skos:prefLabel "scared"@en ; skos:inScheme <https://w3id.org/affectgraph/scheme/toy> ;
  skos:altLabel "sca"@en ; skos:notation "1" ; ag:polarityGroup "negative" ;
  ag:polaritySource source:test ; ag:position 0 ; ag:hasHome true ;
  ag:anchoredTo emotion:fear ; skos:exactMatch emotion:fear ; {FACT} .
<https://w3id.org/affectgraph/scheme/toy/other> a ag:SchemeLabel , skos:Concept ;
  skos:prefLabel "other"@en ; skos:inScheme <https://w3id.org/affectgraph/scheme/toy> ;
  ag:position 1 ; ag:hasHome false ; {FACT} .
<https://w3id.org/affectgraph/alias/toy/sca> a ag:LabelAlias ; ag:aliasText "sca" ;
  ag:aliasKind "abbreviation" ; ag:aliasOf <https://w3id.org/affectgraph/scheme/toy/scared> ; {FACT} .
emotion:fear ag:anchorOf <https://w3id.org/affectgraph/scheme/toy/scared> ;
  skos:exactMatch <https://w3id.org/affectgraph/scheme/toy/scared> .
"""

WORD = f"""
lex:scared-adj a ontolex:LexicalEntry , ontolex:Word ; rdfs:label "scared"@en ;
  lexinfo:partOfSpeech lexinfo:adjective ;
  ontolex:canonicalForm <https://example.org/f> ; ontolex:sense <https://example.org/s> ;
  ontolex:denotes emotion:fear .
<https://example.org/f> ontolex:writtenRep "scared"@en .
<https://example.org/s> a ontolex:LexicalSense ; ontolex:isSenseOf lex:scared-adj ;
  ontolex:reference emotion:fear ; ag:formRelation "derivation" ; ag:role "state" ;
  ag:polarity "negative" ; ag:strength 1.0 ; ag:weight 0.5 ; ag:isAmbiguous true ; {FACT} .
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

SYNSET = "http://globalwordnet.org/ili/i76273"

MATCH = f"""
<{SYNSET}> a ag:ExternalTerm ; rdfs:label "horror"@en ; ag:termResource "cili" ;
  skos:closeMatch emotion:horror ; {FACT} .
emotion:horror skos:closeMatch <{SYNSET}> .
mapping:m a ag:Mapping , sssom:Mapping ; ag:mappedConcept emotion:horror ; ag:mappedTerm <{SYNSET}> ;
  ag:mappingPredicate skos:closeMatch ; ag:termResource "cili" ;
  sssom:mapping_justification semapv:ManualMappingCuration ; skos:note "the same feeling"@en ; {FACT} .
"""

GOOD = (
    SOURCE
    + TIERS
    + FEAR
    + VALUE
    + RATED
    + HORROR
    + UNIT
    + PATTERN
    + LABEL
    + WORD
    + STATE
    + TOOLS
    + MATCH
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
        "https://w3id.org/affectgraph/lex/scared-adj",
        "",
        "Pattern",
    ),
    (
        "sense stronger than one",
        "ag:strength 1.0",
        "ag:strength 1.5",
        "https://example.org/s",
        "ag:strength",
        "MaxInclusive",
    ),
    (
        "sense without polarity",
        'ag:polarity "negative" ;',
        "",
        "https://example.org/s",
        "ag:polarity",
        "MinCount",
    ),
    (
        "sense of an unknown role",
        'ag:role "state"',
        'ag:role "mood"',
        "https://example.org/s",
        "ag:role",
        "In",
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
        "",
        "MinCount",
    ),
    (
        "data set without a licence",
        "dct:license <https",
        "dct:relation <https",
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
        "match that OWL would state",
        "ag:mappingPredicate skos:closeMatch",
        "ag:mappingPredicate owl:equivalentClass",
        "https://w3id.org/affectgraph/mapping/m",
        "ag:mappingPredicate",
        "In",
    ),
    (
        "mapping without a reason",
        'skos:note "the same feeling"@en ;',
        "",
        "https://w3id.org/affectgraph/mapping/m",
        "skos:note",
        "MinCount",
    ),
    (
        "mapping denied by another word than Not",
        'skos:note "the same feeling"@en ;',
        'skos:note "the same feeling"@en ; sssom:predicate_modifier "No" ;',
        "https://w3id.org/affectgraph/mapping/m",
        "sssom:predicate_modifier",
        "In",
    ),
    (
        "match that is written from one end",
        f"emotion:horror skos:closeMatch <{SYNSET}> .",
        "",
        "https://w3id.org/affectgraph/emotion/horror",
        "",
        "Equals",
    ),
    (
        "term of an unknown resource",
        'rdfs:label "horror"@en ; ag:termResource "cili"',
        'rdfs:label "horror"@en ; ag:termResource "hearsay"',
        SYNSET,
        "ag:termResource",
        "In",
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
        "scheme of an unknown kind",
        'ag:schemeKind "emotion"',
        'ag:schemeKind "feeling"',
        TOY,
        "ag:schemeKind",
        "In",
    ),
    (
        "label of an unknown polarity",
        'ag:polarityGroup "negative"',
        'ag:polarityGroup "bad"',
        f"{TOY}/scared",
        "ag:polarityGroup",
        "In",
    ),
    (
        "label with a polarity group that nobody published",
        "  ag:polaritySource source:test ; ag:position 0 ;",
        "  ag:position 0 ;",
        f"{TOY}/scared",
        "",
        "Xone",
    ),
    (
        "label with a published and a derived polarity",
        'ag:polarityGroup "negative" ;',
        'ag:polarityGroup "negative" ; ag:derivedPolarity "positive" ; ag:polarityValue vad:derived ;',
        f"{TOY}/scared",
        "",
        "MaxCount",
    ),
    (
        "label with a derived polarity of no value",
        'ag:polarityGroup "negative" ;\n  ag:polaritySource source:test ;',
        'ag:derivedPolarity "negative" ;',
        f"{TOY}/scared",
        "",
        "Xone",
    ),
    (
        "label that is its own alias",
        'skos:altLabel "sca"@en',
        'skos:altLabel "scared"@en',
        f"{TOY}/scared",
        "skos:altLabel",
        "Disjoint",
    ),
    (
        "alias of an unknown kind",
        'ag:aliasKind "abbreviation"',
        'ag:aliasKind "short"',
        "https://w3id.org/affectgraph/alias/toy/sca",
        "ag:aliasKind",
        "In",
    ),
    (
        "alias of no label",
        "ag:aliasOf <https://w3id.org/affectgraph/scheme/toy/scared>",
        "ag:aliasOf emotion:fear",
        "https://w3id.org/affectgraph/alias/toy/sca",
        "ag:aliasOf",
        "Class",
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


@pytest.mark.slow  # `make gate`, which is part of `make test`, says the same
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


def test_words_are_counted_by_query_as_their_shapes_count_them() -> None:
    store = Store()
    store.load(shapes_text().encode(), format=RdfFormat.TURTLE)
    asked = store.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>
        PREFIX ag: <https://w3id.org/affectgraph/ontology#>
        SELECT ?class ?path ?least WHERE {
          VALUES ?class { ontolex:LexicalEntry ontolex:LexicalSense ag:RejectedForm }
          ?shape sh:targetClass ?class ; sh:property ?property . ?property sh:path ?path ; sh:maxCount 1
          FILTER(isIRI(?path)) OPTIONAL { ?property sh:minCount ?least } }"""
    )
    in_shapes = {
        (curie(row[0].value), curie(row[1].value), row[2].value if row[2] else "0")
        for row in asked  # type: ignore[union-attr]
    }

    in_query = set(
        re.findall(r"^ +\((\S+) (\S+) ([01])\)$", rule_query("word-counts"), re.MULTILINE)
    )

    assert len(in_query) == 18
    assert in_query == in_shapes


@pytest.mark.parametrize("rule", ["word-counts", "word-sense", "word-values"])
def test_queries_of_words_pass_what_the_shapes_pass(rule: str) -> None:
    assert run_check(loaded(GOOD), rule) is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [case[1:3] for case in CASES if case[0].startswith(("form ", "sense ", "word "))],
)
def test_queries_of_words_find_what_the_shapes_find(right: str, wrong: str) -> None:
    store = loaded(GOOD.replace(right, wrong, 1))

    assert [r for r in ("word-counts", "word-sense", "word-values") if run_check(store, r)]


def loaded(turtle: str) -> Store:
    store = Store()
    store.load((HEAD + turtle).encode(), format=RdfFormat.TURTLE)
    return store


def test_every_class_of_the_graph_has_a_shape() -> None:
    from affectgraph.ontology.layers.schema import CLASSES

    shapes = shapes_text()

    assert [name for name in CLASSES if f"ag:{name}" not in shapes] == []
