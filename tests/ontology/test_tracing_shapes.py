"""The shapes of runs of reasoning: a right record conforms, and one wrong thing is named."""

import pytest

from affectgraph.ontology.iris import PREFIXES
from affectgraph.ontology.layers.tracing_terms import TRACING_TERMS
from affectgraph.ontology.shacl import shapes_text, validate_traces

pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'affectgraph[shacl]'")

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
HEAD += "PREFIX : <https://example.org/>\n"
HASH = "a3cc2f64c076d1027fbc74fd5d77e32c1bc7b2ded0b43a1a80859ae8173d77cf"

GOOD = f"""
:run a ag:ReasoningRun , prov:Activity ; prov:used :o , :graph ; prov:wasAssociatedWith :tool , :model ;
  prov:startedAtTime "2026-11-26T08:00:00Z"^^xsd:dateTime ;
  prov:endedAtTime "2026-11-26T08:00:02Z"^^xsd:dateTime ;
  ag:promptStyle "free" ; ag:answerForm "cited" ; ag:randomSeed 7 ; ag:stopReason "clean" ;
  ag:entropyBits 0.42 ; ag:runSeconds 2.0 ; ag:retrievalSeconds 0.5 ; ag:keptRationale :d2 ;
  ag:concludedConcept emotion:joy ; ag:abstains false .
:o a ag:Observation .
:tool a prov:SoftwareAgent . :model a prov:SoftwareAgent .
:one a ag:DraftingRound , prov:Activity ; dct:isPartOf :run ; ag:roundNumber 1 ; prov:used :p1 ;
  prov:wasAssociatedWith :model .
:two a ag:DraftingRound , prov:Activity ; dct:isPartOf :run ; ag:roundNumber 2 ; prov:used :p2 ;
  prov:wasAssociatedWith :model ; prov:wasInformedBy :one , :check ; ag:feedbackTone "anger" .
:p1 a ag:Prompt ; ag:textDigest "{HASH}" ; prov:value "[]" .
:p2 a ag:Prompt ; ag:textDigest "{HASH}" ; prov:wasDerivedFrom :d1 .
:d1 a ag:RationaleDraft , ag:Rationale ; prov:wasGeneratedBy :one ; prov:wasAttributedTo :model ;
  ag:draftScore -0.5 ; ag:finishReason "length" ; ag:samplingTemperature 0.0 ; ag:promptTokens 10 ;
  ag:completionTokens 5 ; ag:cachedTokens 0 ; ag:generationSeconds 0.1 ; ag:checkSeconds 0.2 .
:d2 a ag:RationaleDraft , ag:Rationale ; prov:wasGeneratedBy :two ; prov:wasAttributedTo :model ;
  prov:wasRevisionOf :d1 ; ag:draftScore 1.0 ; ag:finishReason "stop" ; ag:samplingTemperature 0.8 ;
  ag:randomSeed 8 ; ag:promptTokens 12 ; ag:completionTokens 6 ; ag:cachedTokens 12 ;
  ag:generationSeconds 0.3 ; ag:checkSeconds 0.4 ; ag:textDigest "{HASH}" ; ag:cites :f .
:f a rdf:Statement ; dct:source source:emfacs .
:check a ag:CheckingRun , prov:Activity ; prov:used :d1 ; prov:wasAssociatedWith :tool .
:r1 a ag:RationaleReport ; ag:reportOf :d1 ; prov:wasGeneratedBy :check .
:r2 a ag:RationaleReport ; ag:reportOf :d2 ; prov:wasGeneratedBy :check .
"""

WRONG = [
    ("prov:used :o , :graph", "prov:used :graph , :tool", ":run", "QualifiedMinCount"),
    ("prov:wasAssociatedWith :tool , :model", "prov:wasAssociatedWith :o", ":run", "Class"),
    ("08:00:02Z", "07:00:00Z", ":run", "LessThanOrEquals"),
    ('ag:stopReason "clean"', 'ag:stopReason "bored"', ":run", "In"),
    ('ag:stopReason "clean"', 'ag:stopReason "no_model"', ":run", "Xone"),
    ('ag:answerForm "cited" ; ', "", ":run", "Xone"),
    ("ag:keptRationale :d2", "ag:keptRationale :d1 , :d2", ":run", "MaxCount"),
    ("ag:keptRationale :d2", "ag:keptRationale :o", ":run", "Class"),
    ("ag:abstains false", "ag:abstains true", ":run", "Xone"),
    ("ag:concludedConcept emotion:joy", "ag:runSeconds 2.0", ":run", "Xone"),
    ("ag:runSeconds 2.0", "ag:runSeconds -2.0", ":run", "MinInclusive"),
    ("ag:randomSeed 7", "ag:randomSeed 7.5", ":run", "Datatype"),
    ("ag:roundNumber 1", "ag:roundNumber 0", ":one", "MinInclusive"),
    ("prov:wasInformedBy :one , :check", "prov:wasInformedBy :one", ":two", "Xone"),
    ('ag:feedbackTone "anger"', 'ag:feedbackTone "envy"', ":two", "In"),
    ('ag:feedbackTone "anger"', "prov:wasInformedBy :one", ":two", "Xone"),
    ("ag:roundNumber 2 ; prov:used :p2", "ag:roundNumber 2 ; prov:used :o", ":two", "Class"),
    (f':p1 a ag:Prompt ; ag:textDigest "{HASH}"', ":p1 a ag:Prompt", ":p1", "MinCount"),
    (
        f':p1 a ag:Prompt ; ag:textDigest "{HASH}"',
        ':p1 a ag:Prompt ; ag:textDigest "AU12."',
        ":p1",
        "Pattern",
    ),
    ("prov:wasRevisionOf :d1", "prov:wasRevisionOf :p1", ":d2", "Class"),
    ("ag:draftScore 1.0", "ag:draftScore 1.5", ":d2", "MaxInclusive"),
    ("ag:draftScore -0.5 ;", "", ":d1", "MinCount"),
    ('ag:finishReason "length"', 'ag:finishReason "tired"', ":d1", "In"),
    ("ag:cachedTokens 12", "ag:cachedTokens 13", ":d2", "LessThanOrEquals"),
    ("ag:reportOf :d1", "ag:reportOf :d2", ":d1", "MinCount"),
    ("dct:source source:emfacs", "dct:date 1", ":f", "MinCount"),
]


def test_right_record_conforms() -> None:
    found = validate_traces((HEAD + GOOD).encode())

    assert found.conforms, found.text


@pytest.mark.parametrize(("right", "wrong", "focus", "constraint"), WRONG)
def test_wrong_record_is_reported_with_its_node(
    right: str, wrong: str, focus: str, constraint: str
) -> None:
    assert GOOD.count(right) == 1

    found = validate_traces((HEAD + GOOD.replace(right, wrong)).encode())

    named = {(r.focus.replace("https://example.org/", ":"), r.constraint) for r in found.results}
    assert (focus, constraint) in named, found.text


def test_every_class_of_tracing_has_a_shape() -> None:
    shapes = shapes_text("tracing")

    assert [c for c in TRACING_TERMS.classes if f"sh:targetClass ag:{c} " not in shapes] == []


def test_every_property_of_tracing_is_held_to_a_shape() -> None:
    shapes = shapes_text("tracing")
    names = {**TRACING_TERMS.object_properties, **TRACING_TERMS.data_properties}

    assert [name for name in names if f"ag:{name} " not in shapes] == []
