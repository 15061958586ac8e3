"""The project's own classes and properties, declared so that any OWL or RDFS tool can read them."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, BASE, DCT, OWL, PROV, RDFS, SKOS, SOURCE, XSD
from affectgraph.ontology.triples import A, Object, describe, string, text
from affectgraph.ontology.version import VERSION

ONTOLOGY = BASE + "ontology"

CLASSES: dict[str, tuple[str | None, str]] = {
    "ActionGroup": (None, "Alternatives within an expression pattern, one of which is to be met."),
    "ActionTerm": (None, "A facial action as a pattern asks for it: unit, side, grade, percent."),
    "ActionUnit": (None, "A FACS action unit, descriptor, head, eye or gross behaviour code."),
    "Association": (
        PROV + "Entity",
        "A sourced relation between two things; the relation itself is also given as one triple.",
    ),
    "BaseRate": (None, "How often an action unit occurs in a data set."),
    "CuePhrase": (None, "An everyday phrase that describes facial actions."),
    "Detector": (None, "A tool or data set and the action units it can report."),
    "EmotionConcept": (SKOS + "Concept", "A node of Parrott's tree, as a concept."),
    "ExpressionPattern": (
        PROV + "Entity",
        "Facial actions that one source associates with an emotion. Evidence, never a diagnosis.",
    ),
    "FurtherVadValue": (
        PROV + "Entity",
        "A computed valence, arousal and dominance, adjusted or estimated, that speaks only if asked for.",
    ),
    "IntensityGrade": (None, "A FACS intensity grade, A to E."),
    "LabelScheme": (SKOS + "ConceptScheme", "The closed label set of a data set or theory."),
    "RatedWord": (
        PROV + "Entity",
        "A word as raters saw it, with its valence, arousal and dominance in one source.",
    ),
    "SchemeLabel": (SKOS + "Concept", "One label of a label scheme."),
    "Source": (PROV + "Entity", "A publication, data set or tool that facts come from."),
    "StateConcept": (SKOS + "Concept", "An affective state without a home in Parrott's tree."),
    "Tier": (None, "A level of the tree: primary, secondary or tertiary."),
    "TreeEntry": (None, "A line of the published tree; several may denote one concept."),
    "VadValue": (PROV + "Entity", "Valence, arousal and dominance of a concept in one source."),
}
"""Class name -> (superclass, comment)."""

OBJECT_PROPERTIES: dict[str, str] = {
    "actionUnit": "The facial action meant.",
    "alternative": "One way to meet an action group.",
    "anchorOf": "The scheme label anchored to this concept.",
    "anchoredTo": "The concept a scheme label is anchored to, whatever the kind of match.",
    "associationFrom": "Where a sourced relation starts.",
    "associationRelation": "The property that the association states.",
    "associationTo": "Where a sourced relation ends.",
    "blendComponent": "An emotion that a compound expression mixes.",
    "componentOf": "The blend this is part of.",
    "composedOf": "A part of a blend, in some theory.",
    "definitionSource": "Whose words a definition is in.",
    "denotesConcept": "The concept a tree entry stands for.",
    "describesAnyOf": "An action the phrase may describe; one of several.",
    "describesUnit": "An action the phrase describes.",
    "episodeClass": "The OWL class of episodes that belongs to a concept.",
    "excludedAnyOf": "An action of a group of alternatives that argues against the emotion.",
    "excludedGroup": "A group of actions that argues against the emotion.",
    "excludedUnit": "An action that argues against the emotion.",
    "expresses": "The emotion a pattern is published for.",
    "fallbackPrimary": "A primary that a published grouping puts a label under.",
    "fallbackSource": "Who published the grouping.",
    "furtherVadOf": "The concept or word that a computed value is for.",
    "groupOf": "The pattern a group belongs to.",
    "hasFurtherVad": "A computed value of the concept or word that speaks only if asked for.",
    "hasLabel": "A label of the scheme.",
    "hasPattern": "A published facial pattern of the emotion.",
    "hasVad": "The value of the concept, or the rated word that speaks for the word or sense.",
    "listedUnder": "The node a tree entry hangs under.",
    "observedBy": "A detector that can report the action.",
    "observes": "An action the detector can report.",
    "ofConcept": "The concept a value belongs to.",
    "ofEntry": "The word, or the sense of a word, that a rated word speaks for.",
    "optionalAnyOf": "An action of a group of alternatives that may accompany the pattern.",
    "optionalGroup": "A group of actions that may accompany the pattern.",
    "optionalUnit": "An action that may accompany the pattern.",
    "oppositeOf": "An opposite according to some theory. Opposites are not disjoint.",
    "primary": "The primary emotion at the top of a concept's branch; a primary's is itself.",
    "ratedWord": "The rated word whose value a concept has.",
    "requiredAnyOf": "An action of a group of alternatives the pattern asks for.",
    "requiredGroup": "A group of actions the pattern asks for.",
    "requiredUnit": "An action the pattern asks for.",
    "stateBranch": "The branch of affective states a state belongs to.",
    "tier": "The tier of a concept or tree entry.",
}

DATA_PROPERTIES: dict[str, tuple[str, str]] = {
    "actionKind": ("string", "Kind of facial action code."),
    "arousal": ("decimal", "Arousal from -1 (calm) to 1 (excited)."),
    "arousalSd": ("decimal", "Standard deviation of arousal on the same scale."),
    "confidenceGrade": ("string", "How sure the curators are: high, medium or low."),
    "cuePolarity": ("string", "Whether a phrase says that the action is present or absent."),
    "dataset": ("string", "Name of a data set."),
    "derivedBy": ("string", "The method that made a derived value; absent on published ones."),
    "detectorOutput": ("string", "What kind of number the detector gives."),
    "dominance": ("decimal", "Dominance from -1 (controlled) to 1 (in control)."),
    "dominanceSd": ("decimal", "Standard deviation of dominance on the same scale."),
    "entryLabel": ("string", "The word as the published tree prints it."),
    "facsNumber": ("string", "Number of the code in FACS."),
    "formRelation": ("string", "How a word form belongs to its concept."),
    "gradeRank": ("integer", "Rank of an intensity grade, 1 to 5."),
    "hasHome": ("boolean", "Whether a scheme label is anchored to any concept."),
    "intensityGrade": ("string", "Intensity A to E, or * for any."),
    "isBlend": ("boolean", "Whether a pattern is of a compound expression."),
    "labelCount": ("integer", "Number of labels of a scheme."),
    "labelling": ("string", "Whether a scheme gives one label an item or several."),
    "level": ("string", "Level of an opposite or dyad within its theory."),
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
    "percentOfPosers": ("integer", "Percent of posers who showed the action."),
    "position": ("integer", "Place of a label in its scheme, from 0."),
    "ratedForm": ("string", "The word the raters saw."),
    "ratedSense": ("string", "The sense the raters were shown in brackets."),
    "raters": ("integer", "Number of raters of valence."),
    "role": ("string", "Whether a form names the feeler's state, the stimulus, an act, ..."),
    "share": ("decimal", "Share of samples, 0 to 1."),
    "side": ("string", "Side of the face, L or R."),
    "split": ("string", "Part of a data set."),
    "theory": ("string", "Theory that states a relation."),
    "tierRank": ("integer", "1 for primary, 2 for secondary, 3 for tertiary."),
    "valence": ("decimal", "Valence from -1 (unpleasant) to 1 (pleasant)."),
    "valenceSd": ("decimal", "Standard deviation of valence on the same scale."),
}

SYMMETRIC = ("oppositeOf",)
INVERSES = (
    ("anchorOf", "anchoredTo"),
    ("componentOf", "composedOf"),
    ("furtherVadOf", "hasFurtherVad"),
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
