"""What the project's properties go from and to: domains, ranges, and which have one value only.

A domain or range is stated where one class fits every use; the graph then carries the type of every
subject and object already, so RDFS entailment adds nothing to it (``checks/term-domain``,
``checks/term-range``). Left out, as no one class fits:

- ``actionUnit`` (actions of patterns, base rates), ``tier`` (concepts, lines of the tree),
  ``valence``, ``arousal`` and ``dominance`` (values, and concepts by shortcut), their spreads, ``raters``,
  ``ratedForm``, ``ratedSense`` and ``matchKind`` (values of concepts and of words), ``hasFurtherVad`` and
  ``isRatedAs`` (concepts, words, senses), ``termResource`` (terms,
  mappings), ``confidenceGrade``, ``locator`` and ``originalScale`` (facts of many kinds) have no domain;
- ``associationRelation``, ``episodeClass``, ``linkedTerm``, ``mappingPredicate`` and ``stateBranch`` have no
  range: their objects are properties and classes, and a range of such is outside OWL 2 DL;
- ``alsoIdentifiedBy``, ``mappedTerm`` and ``nearTerm`` have no range: they lead out of the graph;
- ``claim``, ``entryLabel``, ``muscle`` and ``patternRule`` have no range: OWL 2 has no name for text in
  a language.
"""

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode, Quad

from affectgraph.ontology.iris import AG, OWL, RDF, RDFS, XSD, expand
from affectgraph.ontology.layers.schema import CLASSES, DATA_PROPERTIES
from affectgraph.ontology.triples import A, describe

DOMAINS: dict[str, str] = {
    "actionKind": "ag:ActionUnit",
    "aliasKind": "ag:LabelAlias",
    "aliasOf": "ag:LabelAlias",
    "aliasText": "ag:LabelAlias",
    "alsoIdentifiedBy": "ag:ExternalTerm",
    "alternative": "ag:ActionGroup",
    "anchorOf": "skos:Concept",
    "anchoredTo": "ag:SchemeLabel",
    "associationFrom": "ag:Association",
    "associationRelation": "ag:Association",
    "associationTo": "ag:Association",
    "blendComponent": "ag:ExpressionPattern",
    "claim": "ag:Association",
    "coOccursWith": "skos:Concept",
    "comparedWith": "ag:VariantEntry",
    "competingCount": "ag:CoOccurrence",
    "componentOf": "skos:Concept",
    "composedOf": "skos:Concept",
    "confusableWith": "skos:Concept",
    "cuePolarity": "ag:CuePhrase",
    "dataset": "ag:BaseRate",
    "datasetLabel": "ag:CauseType",
    "decidingUnit": "ag:Association",
    "definitionSource": "skos:Concept",
    "denotesConcept": "ag:TreeEntry",
    "derivedBy": "prov:Entity",
    "derivedPolarity": "ag:SchemeLabel",
    "describesAnyOf": "ag:CuePhrase",
    "describesUnit": "ag:CuePhrase",
    "detectorOutput": "ag:Detector",
    "difference": "ag:VariantEntry",
    "emotionmlToken": "ag:Modality",
    "entryLabel": "ag:TreeEntry",
    "episodeClass": "skos:Concept",
    "evidenceGrade": "ag:Association",
    "evidenceKind": "ag:Association",
    "excludedAnyOf": "ag:ExpressionPattern",
    "excludedGroup": "ag:ExpressionPattern",
    "excludedUnit": "ag:ExpressionPattern",
    "expectedCount": "prov:Entity",
    "expresses": "ag:ExpressionPattern",
    "externalParent": "ag:ExternalTerm",
    "facsNumber": "ag:ActionUnit",
    "fallbackPrimary": "ag:SchemeLabel",
    "fallbackSource": "ag:SchemeLabel",
    "firstCount": "ag:CoOccurrence",
    "firstLabel": "ag:CoOccurrence",
    "followsFrom": "skos:Concept",
    "formRelation": "ontolex:LexicalSense",
    "gradeRank": "ag:IntensityGrade",
    "furtherVadOf": "ag:FurtherVadValue",
    "groupOf": "ag:ActionGroup",
    "hasHome": "ag:SchemeLabel",
    "hasLabel": "ag:LabelScheme",
    "hasPattern": "skos:Concept",
    "hasVad": "skos:Concept",
    "inCorpus": "prov:Entity",
    "intensityGrade": "ag:ActionTerm",
    "isAmbiguous": "ontolex:LexicalSense",
    "isAtypical": "ag:ActionTerm",
    "isBlend": "ag:ExpressionPattern",
    "isFigurative": "ontolex:LexicalSense",
    "itemCount": "ag:CoOccurrence",
    "jointCount": "prov:Entity",
    "labelCount": "ag:LabelScheme",
    "labelling": "ag:LabelScheme",
    "leadsTo": "skos:Concept",
    "level": "ag:Association",
    "lift": "prov:Entity",
    "liftLower": "ag:CoOccurrence",
    "liftUpper": "ag:CoOccurrence",
    "linkedTerm": "ag:TermLink",
    "listedUnder": "ag:TreeEntry",
    "mappedConcept": "ag:Mapping",
    "mappedTerm": "ag:Mapping",
    "mappingPredicate": "ag:Mapping",
    "modality": "ag:LabelScheme",
    "muscle": "ag:ActionUnit",
    "nearTerm": "ag:TermLink",
    "nestedIn": "ag:ExpressionPattern",
    "nests": "ag:ExpressionPattern",
    "observedBy": "ag:ActionUnit",
    "observes": "ag:Detector",
    "ofConcept": "ag:VadValue",
    "ofEntry": "ag:RatedWord",
    "ofModality": "ag:CueType",
    "openFaceMaximum": "ag:IntensityGrade",
    "openFaceMinimum": "ag:IntensityGrade",
    "oppositeOf": "skos:Concept",
    "optionalAnyOf": "ag:ExpressionPattern",
    "optionalGroup": "ag:ExpressionPattern",
    "optionalUnit": "ag:ExpressionPattern",
    "path": "ag:EmotionConcept",
    "patternKind": "ag:ExpressionPattern",
    "patternRule": "ag:ExpressionPattern",
    "penalty": "ag:Association",
    "percentOfPosers": "ag:ActionTerm",
    "phi": "ag:CoOccurrence",
    "polarity": "ontolex:LexicalSense",
    "polarityGroup": "ag:SchemeLabel",
    "polaritySource": "ag:SchemeLabel",
    "polarityValue": "ag:SchemeLabel",
    "position": "skos:Concept",
    "primary": "ag:EmotionConcept",
    "rarelyCoOccursWith": "skos:Concept",
    "ratedWord": "ag:VadValue",
    "rejectedBecause": "ag:RejectedForm",
    "requiredAnyOf": "ag:ExpressionPattern",
    "requiredGroup": "ag:ExpressionPattern",
    "requiredUnit": "ag:ExpressionPattern",
    "role": "ontolex:LexicalSense",
    "sameUnitsAs": "ag:ExpressionPattern",
    "schemeKind": "ag:LabelScheme",
    "secondCount": "ag:CoOccurrence",
    "secondLabel": "ag:CoOccurrence",
    "share": "ag:BaseRate",
    "side": "ag:ActionTerm",
    "split": "ag:BaseRate",
    "stateBranch": "ag:StateConcept",
    "strength": "ontolex:LexicalSense",
    "theory": "ag:Association",
    "tierRank": "ag:Tier",
    "treeVersion": "ag:VariantEntry",
    "underLabel": "ag:VariantEntry",
    "variantOf": "ontolex:LexicalEntry",
    "vocabularyKind": "ag:DescriptorVocabulary",
    "vocabularyScheme": "ag:DescriptorVocabulary",
    "weight": "ontolex:LexicalSense",
}
"""Property -> the class of whatever has it."""

RANGES: dict[str, str] = {
    "actionUnit": "ag:ActionUnit",
    "aliasOf": "ag:SchemeLabel",
    "alternative": "ag:ActionTerm",
    "anchorOf": "ag:SchemeLabel",
    "anchoredTo": "skos:Concept",
    "associationFrom": "skos:Concept",
    "associationTo": "skos:Concept",
    "blendComponent": "ag:EmotionConcept",
    "coOccursWith": "skos:Concept",
    "comparedWith": "ag:EmotionConcept",
    "componentOf": "skos:Concept",
    "composedOf": "skos:Concept",
    "confusableWith": "skos:Concept",
    "decidingUnit": "ag:ActionUnit",
    "definitionSource": "ag:Source",
    "denotesConcept": "ag:EmotionConcept",
    "describesAnyOf": "ag:ActionUnit",
    "describesUnit": "ag:ActionUnit",
    "excludedAnyOf": "ag:ActionUnit",
    "excludedGroup": "ag:ActionGroup",
    "excludedUnit": "ag:ActionUnit",
    "expresses": "skos:Concept",
    "externalParent": "ag:ExternalTerm",
    "fallbackPrimary": "ag:EmotionConcept",
    "fallbackSource": "ag:Source",
    "firstLabel": "ag:SchemeLabel",
    "followsFrom": "skos:Concept",
    "groupOf": "ag:ExpressionPattern",
    "hasLabel": "ag:SchemeLabel",
    "hasFurtherVad": "ag:FurtherVadValue",
    "hasPattern": "ag:ExpressionPattern",
    "isRatedAs": "ag:RatedWord",
    "hasVad": "ag:VadValue",
    "inCorpus": "ag:LabelScheme",
    "leadsTo": "skos:Concept",
    "listedUnder": "ag:EmotionConcept",
    "mappedConcept": "skos:Concept",
    "nestedIn": "ag:ExpressionPattern",
    "nests": "ag:ExpressionPattern",
    "observedBy": "ag:Detector",
    "observes": "ag:ActionUnit",
    "ofConcept": "skos:Concept",
    "ofModality": "ag:Modality",
    "oppositeOf": "skos:Concept",
    "optionalAnyOf": "ag:ActionUnit",
    "optionalGroup": "ag:ActionGroup",
    "optionalUnit": "ag:ActionUnit",
    "polaritySource": "ag:Source",
    "polarityValue": "ag:VadValue",
    "primary": "ag:EmotionConcept",
    "rarelyCoOccursWith": "skos:Concept",
    "ratedWord": "ag:RatedWord",
    "requiredAnyOf": "ag:ActionUnit",
    "requiredGroup": "ag:ActionGroup",
    "requiredUnit": "ag:ActionUnit",
    "sameUnitsAs": "ag:ExpressionPattern",
    "secondLabel": "ag:SchemeLabel",
    "tier": "ag:Tier",
    "variantOf": "ontolex:LexicalEntry",
    "vocabularyScheme": "ag:LabelScheme",
}
"""Property between resources -> the class of its objects."""

IN_A_LANGUAGE = frozenset({"claim", "entryLabel", "muscle", "patternRule"})
"""Properties whose values are text in a language; every other plain one is an ``xsd:string``."""

FUNCTIONAL = (
    "aliasKind",
    "aliasOf",
    "aliasText",
    "associationFrom",
    "associationRelation",
    "associationTo",
    "definitionSource",
    "denotesConcept",
    "episodeClass",
    "evidenceGrade",
    "evidenceKind",
    "firstCount",
    "firstLabel",
    "gradeRank",
    "groupOf",
    "hasHome",
    "inCorpus",
    "itemCount",
    "jointCount",
    "labelCount",
    "linkedTerm",
    "listedUnder",
    "mappedConcept",
    "mappedTerm",
    "mappingPredicate",
    "nearTerm",
    "ofConcept",
    "ofModality",
    "path",
    "position",
    "primary",
    "rejectedBecause",
    "secondCount",
    "secondLabel",
    "share",
    "strength",
    "tierRank",
    "vocabularyKind",
)
"""Properties of which a resource has one value at most."""


def signature_quads() -> Iterator[Quad]:
    """Yield domains, ranges, and which properties are functional."""
    for name, class_ in DOMAINS.items():
        yield from describe(AG + name, [(RDFS + "domain", expand(class_))])
    for name, class_ in RANGES.items():
        yield from describe(AG + name, [(RDFS + "range", expand(class_))])
    for name, (datatype, _) in DATA_PROPERTIES.items():
        if datatype == "string" and name not in IN_A_LANGUAGE:
            yield from describe(AG + name, [(RDFS + "range", XSD + "string")])
    for name in FUNCTIONAL:
        yield from describe(AG + name, [(A, OWL + "FunctionalProperty")])


def wider_types(quads: Collection[Quad]) -> Iterator[Quad]:
    """Yield the types that follow from the schema's superclasses, so that queries need no reasoner.

    The schema's classes have superclasses of other vocabularies only, so one step is the closure.
    """
    wider = {AG + name: parent for name, (parent, _) in CLASSES.items() if parent}
    for quad in quads:
        if quad.predicate.value == RDF + "type":
            parent = wider.get(str(quad.object).strip("<>"))
            if parent:
                yield Quad(quad.subject, quad.predicate, NamedNode(parent), quad.graph_name)
