"""Classes and properties for what users observe: observations, episodes, causes, ratings.

They are declared with the rest of the ontology and collected in ``ag:ObservationTerms``; the packaged
graph holds no observation, so it uses none of them. :mod:`affectgraph.kg.observation` is the same
model in Python, ``ontology/shapes/observation.ttl`` says what a record must look like, and
:mod:`affectgraph.ontology.dl` what can be true of one at once.
"""

from affectgraph.ontology.iris import PROV
from affectgraph.ontology.layers.user_terms import TermSet

CLASSES: dict[str, tuple[str | None, str]] = {
    "AffectiveState": (
        None,
        "A state that somebody is in once and that is no emotion of the tree.",
    ),
    "Agent": (None, "Somebody who has episodes, or of whom somebody says so."),
    "ConceptReading": (None, "That an episode is read as a concept: how surely, by which label."),
    "CueReading": (None, "One sign that shows an episode."),
    "DimensionRating": (None, "How an episode stands on one dimension, appraisal or tendency."),
    "EmotionCause": (None, "What brought an episode about, and where the item says so."),
    "EmotionEpisode": (None, "An emotion somebody goes through once, of one primary kind."),
    "FacialAction": (None, "One facial action of a display."),
    "FacialDisplay": (None, "What a face shows at one time."),
    "Observation": (
        PROV + "Entity",
        "A reading of an item (text, voice, face) by somebody or something; it may hold several "
        "episodes.",
    ),
    "Words": (None, "Words of the item that name somebody or something with a name of its own."),
}
"""Class name -> (superclass, comment)."""

OBJECT_PROPERTIES: dict[str, tuple[str, str | None, str]] = {
    "causeType": ("EmotionCause", "CauseType", "Where in a conversation the cause stands."),
    "cueKind": ("CueReading", "CueType", "What kind of sign it is."),
    "experiencedBy": ("", "Agent", "Who has the episode or state; its holder."),
    "expressedThrough": ("", "Modality", "A channel the episode or state is shown through."),
    "hasCause": ("", "EmotionCause", "What brought the episode or state about."),
    "hasCue": ("", "CueReading", "A sign that shows the episode or state."),
    "hasDisplay": ("Observation", "FacialDisplay", "What the observed face shows."),
    "hasEpisode": ("Observation", "EmotionEpisode", "An emotion that is observed."),
    "hasRating": ("", "DimensionRating", "A rating on a dimension of some theory."),
    "hasReading": ("", "ConceptReading", "A concept it is read as, with how surely."),
    "hasState": ("Observation", "AffectiveState", "A state outside the tree that is observed."),
    "instantiates": ("", None, "The concept that an episode or state is a case of."),
    "labelledAs": ("ConceptReading", "SchemeLabel", "The label as the observer gave it."),
    "mentions": ("Words", None, "Whom or what words of the item are about."),
    "observedItem": ("Observation", None, "What was observed: a text, a recording, an image."),
    "ratedDimension": ("DimensionRating", None, "The dimension, appraisal or tendency rated."),
    "readAs": ("ConceptReading", None, "The concept that an episode is read as."),
    "reportedBy": ("FacialDisplay", "Detector", "The tool that reported a display."),
    "showsAction": ("FacialDisplay", "FacialAction", "A facial action that is shown."),
    "shownBy": ("", "FacialDisplay", "What the face shows in the episode or state."),
    "stimulus": ("", None, "The thing or event that set the episode off."),
    "target": ("", None, "Whom or what the feeling is directed at."),
}
"""Property name -> (class of the subject, or empty for episodes and states; class of the object;
comment)."""

DATA_PROPERTIES: dict[str, tuple[str, str]] = {
    "actionIntensity": ("decimal", "Intensity of a facial action, above 0 to 5 (FACS grade E)."),
    "confidence": ("decimal", "How sure the observer is, 0 to 1."),
    "degree": ("decimal", "Where a rating lies on its dimension, 0 (lowest) to 1 (highest)."),
    "durationMs": ("integer", "How long an episode lasts, in milliseconds."),
    "endedAt": ("dateTime", "When an episode ended."),
    "episodeArousal": ("decimal", "Arousal of an episode, -1 (calm) to 1 (excited)."),
    "episodeDominance": ("decimal", "Dominance in an episode, -1 (controlled) to 1 (in control)."),
    "episodeIntensity": ("decimal", "How strong an episode is, 0 to 1."),
    "episodeValence": ("decimal", "Valence of an episode, -1 (unpleasant) to 1 (pleasant)."),
    "labelText": ("string", "The label as the observer gave it, as text."),
    "observedText": ("string", "The text that was observed."),
    "offsetMs": ("integer", "When an episode starts, in milliseconds from the start of the item."),
    "quote": ("string", "The words of the item that show something."),
    "readingRank": (
        "integer",
        "Place of a reading among those of its episode, from 1, best first.",
    ),
    "spanEnd": ("integer", "Code point after the quote in the observed text, from 0."),
    "spanStart": ("integer", "First code point of the quote in the observed text, from 0."),
    "startedAt": ("dateTime", "When an episode started."),
}
"""Property name -> (datatype, comment)."""


OBSERVATION_TERMS = TermSet(
    "ObservationTerms",
    "Terms for observations; users' data has them, the packaged graph has not.",
    CLASSES,
    OBJECT_PROPERTIES,
    DATA_PROPERTIES,
)
