"""The shapes of checked rationales: a right record conforms, and one wrong thing is named."""

import pytest

from affectgraph.ontology.iris import PREFIXES
from affectgraph.ontology.layers.checking_terms import CHECKING_TERMS
from affectgraph.ontology.shacl import shapes_text, validate_checks

pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install 'affectgraph[shacl]'")

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
HEAD += "PREFIX : <https://example.org/>\nPREFIX oa: <http://www.w3.org/ns/oa#>\n"

GOOD = """
:run a ag:CheckingRun , prov:Activity ; prov:used :r ; prov:wasAssociatedWith :tool ;
  ag:sourcePolicy "any" .
:tool a prov:SoftwareAgent .
:r a ag:Rationale ; ag:rationaleText "AU4 shows anger." ; ag:labelText "anger" .
:p a ag:RationaleReport ; ag:reportOf :r ; prov:wasGeneratedBy :run ; ag:hasVerdict :v ;
  ag:groundedPrecision 1.0 ; ag:contradictionRate 0.0 ; ag:checkability 0.5 .
:c a ag:RationaleClaim ; ag:claimOf :r ; ag:claimType "expresses" ; ag:claimSubject au:AU4 ;
  ag:claimObject emotion:anger ; ag:isDenied false ; ag:isHedged false ; ag:claimChannel "face" .
:v a ag:ClaimVerdict ; ag:judges :c ; ag:verdict "supported" ; ag:ruleId "au-in-pattern" ;
  ag:verdictText "AU4: part of a pattern." ; ag:verdictStrength 0.5 ; ag:restsOn :f .
:f a rdf:Statement ; rdf:subject :x ; rdf:predicate ag:requiredUnit ; rdf:object au:AU4 ;
  dct:source source:emfacs .
:a a oa:Annotation ; oa:motivatedBy oa:assessing ; oa:hasBody :c ; oa:hasTarget :t .
:t a oa:SpecificResource ; oa:hasSource :r ; oa:hasSelector :s , :q .
:s a oa:TextPositionSelector ; oa:start 0 ; oa:end 15 .
:q a oa:TextQuoteSelector ; oa:exact "AU4 shows anger" .
"""

WRONG = [
    ('ag:verdict "supported"', 'ag:verdict "true"', ":v", "In"),
    ("ag:judges :c ;", "", ":v", "MinCount"),
    ("ag:verdictStrength 0.5", "ag:verdictStrength 1.5", ":v", "MaxInclusive"),
    ("ag:restsOn :f", "ag:restsOn :r", ":v", "Class"),
    ("dct:source source:emfacs", "dct:date 1", ":f", "MinCount"),
    ('ag:claimType "expresses"', 'ag:claimType "means"', ":c", "In"),
    ("ag:claimOf :r ;", "ag:claimOf :r , :r2 ;", ":c", "MaxCount"),
    ("ag:isDenied false ;", "", ":c", "MinCount"),
    ("ag:claimSubject au:AU4", 'ag:claimSubject "AU4"', ":c", "NodeKind"),
    ("ag:claimObject emotion:anger", 'ag:claimObjectAnyOf "AU4"', ":c", "NodeKind"),
    ("ag:groundedPrecision 1.0", "ag:groundedPrecision 100.0", ":p", "MaxInclusive"),
    ("prov:wasGeneratedBy :run ;", "", ":p", "MinCount"),
    ('"AU4 shows anger." ;', '"" ;', ":r", "MinLength"),
    ('ag:sourcePolicy "any"', 'ag:sourcePolicy "any" , "majority"', ":run", "MaxCount"),
    ("prov:wasAssociatedWith :tool", "prov:wasAssociatedWith :r", ":run", "Class"),
    ("oa:start 0 ; oa:end 15", "oa:start 15 ; oa:end 0", ":s", "LessThan"),
    ("oa:hasSelector :s , :q", "oa:hasSelector :s", ":a", "MinCount"),
    ('oa:exact "AU4 shows anger"', 'oa:exact ""', ":q", "MinLength"),
]


def test_right_record_conforms() -> None:
    found = validate_checks((HEAD + GOOD).encode())

    assert found.conforms, found.text


@pytest.mark.parametrize(("right", "wrong", "focus", "constraint"), WRONG)
def test_wrong_record_is_reported_with_its_node(
    right: str, wrong: str, focus: str, constraint: str
) -> None:
    assert GOOD.count(right) == 1

    found = validate_checks((HEAD + GOOD.replace(right, wrong)).encode())

    named = {(r.focus.replace("https://example.org/", ":"), r.constraint) for r in found.results}
    assert (focus, constraint) in named, found.text


def test_every_class_of_checking_has_a_shape() -> None:
    shapes = shapes_text("checking")

    assert [c for c in CHECKING_TERMS.classes if f"sh:targetClass ag:{c} " not in shapes] == []
