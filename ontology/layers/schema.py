"""The project's own classes and properties, declared so that any OWL or RDFS tool can read them."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import (
    AG,
    BASE,
    DCT,
    ONTOLEX,
    OWL,
    PROV,
    RDFS,
    SKOS,
    SOURCE,
    XSD,
)
from affectgraph.ontology.layers.checking_terms import CHECKING_TERMS
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.layers.tracing_terms import TRACING_TERMS
from affectgraph.ontology.triples import A, Object, describe, string, text
from affectgraph.ontology.version import VERSION

ONTOLOGY = BASE + "ontology"

CLASSES: dict[str, tuple[str | None, str]] = {
    "ActionGroup": (None, "Alternatives within an expression pattern, one of which is to be met."),
    "ActionTendency": (
        SKOS + "Concept",
        "A readiness to act that comes with an emotion, as one theory distinguishes it.",
    ),
    "ActionTerm": (None, "A facial action as a pattern asks for it: unit, side, grade, percent."),
    "ActionUnit": (None, "A FACS action unit, descriptor, head, eye or gross behaviour code."),
    "AffectDimension": (SKOS + "Concept", "A dimension on which a theory orders affective states."),
    "AppraisalDimension": (
        SKOS + "Concept",
        "A question on which, in one theory, somebody judges an event or object.",
    ),
    "Association": (
        PROV + "Entity",
        "A sourced relation between two things; the relation itself is also given as one triple.",
    ),
    "BaseRate": (None, "How often an action unit occurs in a data set."),
    "CoOccurrence": (
        PROV + "Entity",
        "How often two labels of a corpus were given to one item, and how often that was expected.",
    ),
    "CauseType": (SKOS + "Concept", "Where in a conversation the cause of an emotion stands."),
    "CuePhrase": (None, "An everyday phrase that describes facial actions."),
    "CueType": (SKOS + "Concept", "A kind of sign by which an emotion is shown."),
    "DescriptorVocabulary": (
        SKOS + "ConceptScheme",
        "A list of categories, dimensions, appraisals or action tendencies with an address.",
    ),
    "Detector": (None, "A tool or data set and the action units it can report."),
    "Emoji": (ONTOLEX + "LexicalEntry", "A pictorial sign of one or more code points."),
    "Emoticon": (ONTOLEX + "LexicalEntry", "A face written with punctuation or letters."),
    "EmotionConcept": (SKOS + "Concept", "A node of Parrott's tree, as a concept."),
    "ExpressionPattern": (
        PROV + "Entity",
        "Facial actions that one source associates with an emotion. Evidence, never a diagnosis.",
    ),
    "ExternalTerm": (None, "A term of another vocabulary, as that vocabulary gives it."),
    "FurtherVadValue": (
        None,
        "A computed valence, arousal and dominance, adjusted or estimated, that speaks only if asked for.",
    ),
    "IntensityGrade": (None, "A FACS intensity grade, A to E."),
    "LabelAlias": (PROV + "Entity", "Another writing of a scheme's label in data files."),
    "LabelScheme": (SKOS + "ConceptScheme", "The closed label set of a data set or theory."),
    "Misspelling": (ONTOLEX + "LexicalEntry", "A frequent wrong spelling that is no word itself."),
    "RejectedForm": (None, "A word that was read and names no feeling in any sense considered."),
    "Mapping": (
        PROV + "Entity",
        "A decision on a concept and a term of another vocabulary: what match holds, or does not.",
    ),
    "Modality": (SKOS + "Concept", "A channel through which an emotion is shown or known."),
    "RatedWord": (
        None,
        "A word as raters saw it, with its valence, arousal and dominance in one source.",
    ),
    "SchemeLabel": (SKOS + "Concept", "One label of a label scheme."),
    "Source": (PROV + "Entity", "A publication, data set or tool that facts come from."),
    "StateConcept": (SKOS + "Concept", "An affective state without a home in Parrott's tree."),
    "TermLink": (
        PROV + "Entity",
        "That a term of another ontology comes near one of the project's, as read there.",
    ),
    "Tier": (None, "A level of the tree: primary, secondary or tertiary."),
    "TreeEntry": (None, "A line of the published tree; several may denote one concept."),
    "VariantEntry": (None, "A line of the tree as another copy of it prints it."),
    "VadValue": (PROV + "Entity", "Valence, arousal and dominance of a concept in one source."),
}
"""Class name -> (superclass, comment)."""

OBJECT_PROPERTIES: dict[str, str] = {
    "actionUnit": "The facial action meant.",
    "aliasOf": "The label that an alias stands for.",
    "alsoIdentifiedBy": "Another identifier that is published for the same term.",
    "alternative": "One way to meet an action group.",
    "anchorOf": "The scheme label anchored to this concept.",
    "anchoredTo": "The concept a scheme label is anchored to, whatever the kind of match.",
    "associationFrom": "Where a sourced relation starts.",
    "associationRelation": "The property that the association states.",
    "associationTo": "Where a sourced relation ends.",
    "blendComponent": "An emotion that a compound expression mixes.",
    "comparedWith": "The concept that a line of another copy of the tree stands for.",
    "componentOf": "The blend this is part of.",
    "composedOf": "A part of a blend, in some theory.",
    "confusableWith": "A published facial pattern of one asks for nothing that a pattern of the other lacks.",
    "coOccursWith": "Given together in some corpus more often than chance and competing pairs allow.",
    "decidingUnit": "An action that most patterns of one concept ask for and none of the other names.",
    "definitionSource": "Whose words a definition is in.",
    "denotesConcept": "The concept a tree entry stands for.",
    "describesAnyOf": "An action the phrase may describe; one of several.",
    "describesUnit": "An action the phrase describes.",
    "episodeClass": "The OWL class of episodes that belongs to a concept.",
    "excludedAnyOf": "An action of a group of alternatives that argues against the emotion.",
    "excludedGroup": "A group of actions that argues against the emotion.",
    "excludedUnit": "An action that argues against the emotion.",
    "expresses": "The emotion a pattern is published for.",
    "externalParent": "Superclass, hypernym or prototype of a term in its own resource.",
    "fallbackPrimary": "A primary that a published grouping puts a label under.",
    "fallbackSource": "Who published the grouping.",
    "firstLabel": "The label a counted pair names first.",
    "followsFrom": "An emotion that leads to this one, by some cited claim.",
    "furtherVadOf": "The concept or word that a computed value is for.",
    "groupOf": "The pattern a group belongs to.",
    "hasFurtherVad": "A computed value of the concept or word that speaks only if asked for.",
    "hasLabel": "A label of the scheme.",
    "hasPattern": "A published facial pattern of the emotion.",
    "isRatedAs": "The rated word that speaks for the word, or for the sense of a word.",
    "hasVad": "A valence-arousal-dominance value of the concept.",
    "inCorpus": "The label scheme whose corpus was counted.",
    "leadsTo": "An emotion that this one leads to, by some cited claim.",
    "linkedTerm": "The project's own term that a term link is about.",
    "listedUnder": "The node a tree entry hangs under.",
    "mappedConcept": "The concept a mapping is about.",
    "mappedTerm": "The term of another vocabulary a mapping is about.",
    "mappingPredicate": "The match that a mapping states; with predicate modifier Not, denies.",
    "nearTerm": "The term of another ontology that comes near.",
    "nestedIn": "A pattern whose required actions include all that this one requires, and more.",
    "nests": "A pattern that requires less than this one and nothing else.",
    "observedBy": "A detector that can report the action.",
    "observes": "An action the detector can report.",
    "ofConcept": "The concept a value belongs to.",
    "ofEntry": "The word, or the sense of a word, that a rated word speaks for.",
    "ofModality": "The channel a kind of cue is shown through.",
    "optionalAnyOf": "An action of a group of alternatives that may accompany the pattern.",
    "optionalGroup": "A group of actions that may accompany the pattern.",
    "optionalUnit": "An action that may accompany the pattern.",
    "polaritySource": "Who published the sentiment group of a label.",
    "polarityValue": "The measured value that a label's derived polarity is the sign of.",
    "oppositeOf": "An opposite by some theory, or by antonyms with mirrored values. Not disjoint.",
    "primary": "The primary emotion at the top of a concept's branch; a primary's is itself.",
    "ratedWord": "The rated word whose value a concept has.",
    "rarelyCoOccursWith": "Given together in some corpus less often than chance and competing pairs allow.",
    "requiredAnyOf": "An action of a group of alternatives the pattern asks for.",
    "requiredGroup": "A group of actions the pattern asks for.",
    "requiredUnit": "An action the pattern asks for.",
    "sameUnitsAs": "A pattern that requires the same actions; sides and grades may differ.",
    "secondLabel": "The label a counted pair names second.",
    "stateBranch": "The branch of affective states a state belongs to.",
    "variantOf": "The entry this is another spelling of.",
    "tier": "The tier of a concept or tree entry.",
    "vocabularyScheme": "The label scheme whose labels are the items of a vocabulary.",
}

DATA_PROPERTIES: dict[str, tuple[str, str]] = {
    "actionKind": ("string", "Kind of facial action code."),
    "aliasKind": ("string", "Kind of alias: abbreviation, code, name, number or spelling."),
    "aliasText": ("string", "The alias as data files write it."),
    "arousal": ("decimal", "Arousal from -1 (calm) to 1 (excited)."),
    "arousalSd": ("decimal", "Standard deviation of arousal on the same scale."),
    "claim": ("string", "What a source says, in the project's own words."),
    "competingCount": (
        "decimal",
        "Items expected with both labels if pairs only differ in how often their labels are paired.",
    ),
    "confidenceGrade": ("string", "How sure the curators are: high, medium or low."),
    "cuePolarity": ("string", "Whether a phrase says that the action is present or absent."),
    "dataset": ("string", "Name of a data set."),
    "datasetLabel": ("string", "How a data set writes the name."),
    "derivedBy": ("string", "The method that made a derived value; absent on published ones."),
    "derivedPolarity": ("string", "Sign of the measured valence of what a label means."),
    "detectorOutput": ("string", "What kind of number the detector gives."),
    "difference": ("string", "How a line of another copy differs from the tree."),
    "dominance": ("decimal", "Dominance from -1 (controlled) to 1 (in control)."),
    "dominanceSd": ("decimal", "Standard deviation of dominance on the same scale."),
    "emotionmlToken": ("string", "The value of expressed-through that EmotionML lists for it."),
    "entryLabel": ("string", "The word as the published tree prints it."),
    "evidenceGrade": (
        "string",
        "How good the evidence for a relation is: strong, moderate or weak.",
    ),
    "evidenceKind": (
        "string",
        "What a relation rests on: theory, lexicon, corpus, experiment, ...",
    ),
    "expectedCount": ("decimal", "Items expected with both labels if they were independent."),
    "facsNumber": ("string", "Number of the code in FACS."),
    "formRelation": (
        "string",
        "Said of a word that is derived from its concept's name: derivation.",
    ),
    "gradeRank": ("integer", "Rank of an intensity grade, 1 to 5."),
    "hasHome": ("boolean", "Whether a scheme label is anchored to any concept."),
    "intensityGrade": ("string", "Intensity A to E, or * for any."),
    "isAmbiguous": ("boolean", "Whether a word has a common sense that is no emotion."),
    "isFigurative": ("boolean", "Whether a phrase means it by an image."),
    "firstCount": ("integer", "Items with the first label."),
    "isAtypical": (
        "boolean",
        "Whether a compound shows the action though none of its components does.",
    ),
    "isBlend": ("boolean", "Whether a pattern is of a compound expression."),
    "itemCount": ("integer", "Items of the corpus."),
    "jointCount": ("integer", "Items with both labels."),
    "labelCount": ("integer", "Number of labels of a scheme."),
    "labelling": ("string", "Whether a scheme gives one label an item or several."),
    "level": ("string", "Level of an opposite or dyad within its theory."),
    "lift": ("decimal", "Items with both labels over those expected under independence."),
    "liftLower": ("decimal", "Lower bound of the lift, corrected for the pairs of the corpus."),
    "liftUpper": ("decimal", "Upper bound of the lift, corrected for the pairs of the corpus."),
    "locator": ("string", "Where in the source the fact stands."),
    "matchKind": ("string", "How the rated word stands to the concept's name, or to the word."),
    "modality": ("string", "What the scheme's items are."),
    "muscle": ("string", "Muscular basis of an action."),
    "openFaceMaximum": ("decimal", "Upper end of the band of OpenFace intensities (0-5)."),
    "openFaceMinimum": ("decimal", "Lower end of the band of OpenFace intensities (0-5)."),
    "originalScale": ("string", "The scale a value was published on."),
    "path": ("string", "Slugs from the primary down to the concept."),
    "patternKind": ("string", "Kind of expression pattern."),
    "patternRule": ("string", "A pattern given as a rule instead of a set of actions."),
    "penalty": (
        "decimal",
        "Share by which a pair is sure to fall short of what was expected, 0 to 1.",
    ),
    "percentOfPosers": ("integer", "Percent of posers who showed the action."),
    "polarity": ("string", "Whether a word is positive, negative, neutral or mixed."),
    "polarityGroup": ("string", "Sentiment group that a scheme's authors put a label in."),
    "phi": ("decimal", "Correlation of two labels over items, -1 to 1."),
    "position": (
        "integer",
        "Place of a label in its scheme, or of an item in its vocabulary, from 0.",
    ),
    "ratedForm": ("string", "The word the raters saw."),
    "ratedSense": ("string", "The sense the raters were shown in brackets."),
    "raters": ("integer", "Number of raters of valence."),
    "rejectedBecause": ("string", "Why a word names no feeling: a kind of reason, or a sentence."),
    "role": ("string", "Whether a form names the feeler's state, the stimulus, an act, ..."),
    "schemeKind": ("string", "What a scheme's labels are of: emotion, expression, intent, ..."),
    "secondCount": ("integer", "Items with the second label."),
    "share": ("decimal", "Share of samples, 0 to 1."),
    "side": ("string", "Side of the face, L or R."),
    "split": ("string", "Part of a data set."),
    "strength": ("decimal", "How directly a word names its concept: 1 names it, 0.4 connotes it."),
    "termResource": ("string", "Short name of the resource a term belongs to."),
    "theory": ("string", "Theory that states a relation."),
    "tierRank": ("integer", "1 for primary, 2 for secondary, 3 for tertiary."),
    "treeVersion": ("string", "The copy of the tree that a line is of."),
    "underLabel": ("string", "Words above a line in its copy of the tree, from the top."),
    "valence": ("decimal", "Valence from -1 (unpleasant) to 1 (pleasant)."),
    "valenceSd": ("decimal", "Standard deviation of valence on the same scale."),
    "weight": (
        "decimal",
        "Share of a word that is divided between concepts; 1 where it is left out.",
    ),
    "vocabularyKind": ("string", "category, dimension, appraisal or action-tendency."),
}

SYMMETRIC = (
    "coOccursWith",
    "confusableWith",
    "oppositeOf",
    "rarelyCoOccursWith",
    "sameUnitsAs",
)
INVERSES = (
    ("anchorOf", "anchoredTo"),
    ("componentOf", "composedOf"),
    ("furtherVadOf", "hasFurtherVad"),
    ("isRatedAs", "ofEntry"),
    ("expresses", "hasPattern"),
    ("followsFrom", "leadsTo"),
    ("hasVad", "ofConcept"),
    ("nestedIn", "nests"),
    ("observedBy", "observes"),
)


def schema_quads() -> Iterator[Quad]:
    """Yield the ontology header and the declarations."""
    yield from describe(ONTOLOGY, _header())
    for name, (parent, comment) in CLASSES.items():
        yield from _declare(name, OWL + "Class", comment)
        if parent:
            yield from describe(AG + name, [(RDFS + "subClassOf", parent)])
    for name, comment in OBJECT_PROPERTIES.items():
        yield from _declare(name, OWL + "ObjectProperty", comment)
    for name, (datatype, comment) in DATA_PROPERTIES.items():
        yield from _declare(name, OWL + "DatatypeProperty", comment)
        if datatype != "string":
            yield from describe(AG + name, [(RDFS + "range", XSD + datatype)])
    for terms in (OBSERVATION_TERMS, CHECKING_TERMS, TRACING_TERMS):
        for name, kind, comment in terms.terms():
            yield from _declare(name, kind, comment)
        for subject, pairs in terms.pairs():
            yield from describe(subject, pairs)
    for name in SYMMETRIC:
        yield from describe(AG + name, [(A, OWL + "SymmetricProperty")])
    for first, second in INVERSES:
        yield from describe(AG + first, [(OWL + "inverseOf", AG + second)])
        yield from describe(AG + second, [(OWL + "inverseOf", AG + first)])


def _header() -> list[tuple[str, Object]]:
    return [
        (A, OWL + "Ontology"),
        (OWL + "versionIRI", f"{ONTOLOGY}/{VERSION}"),
        (OWL + "versionInfo", string(VERSION)),
        (DCT + "title", text("AffectGraph: an open knowledge graph of emotions")),
        (
            DCT + "description",
            text(
                "Parrott's three-tier tree of emotions with definitions, word forms, "
                "valence-arousal-dominance values, facial action patterns and the label schemes of "
                "the field's data sets, every fact with its source. It describes what texts and "
                "faces are said to express; it diagnoses nobody."
            ),
        ),
        (DCT + "creator", text("AffectGraph")),
        (PROV + "wasAttributedTo", SOURCE + "affectgraph"),
        (DCT + "license", "https://creativecommons.org/licenses/by/4.0/"),
        (RDFS + "seeAlso", BASE + "ontology/dl"),
    ]


def _declare(name: str, kind: str, comment: str) -> Iterator[Quad]:
    pairs: list[tuple[str, Object]] = [
        (A, kind),
        (RDFS + "label", text(_words(name))),
        (RDFS + "comment", text(comment)),
        (RDFS + "isDefinedBy", ONTOLOGY),
    ]
    yield from describe(AG + name, pairs)


def _words(name: str) -> str:
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip()
