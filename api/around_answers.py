"""What the service sends of modalities, kinds of cues and causes, vocabularies and detectors."""

from affectgraph.api.shapes import Shape
from affectgraph.kg import model


class Modality(Shape):
    """A channel through which an emotion is shown or known."""

    iri: str
    """IRI of the modality."""
    name: str
    """Short name, unique: `voice`."""
    label: str
    """Name in words."""
    definition: str
    """One sentence."""
    token: str
    """EmotionML's value of `expressed-through`; empty if EmotionML lists none."""
    source: str
    """Id of the source."""


class CueType(Shape):
    """A kind of sign by which an emotion is shown."""

    iri: str
    """IRI of the kind."""
    name: str
    """Short name, unique: `facial-cue`."""
    label: str
    """Name in words."""
    definition: str
    """One sentence."""
    modality: str
    """Name of its channel."""
    source: str
    """Id of the source."""


class CauseType(Shape):
    """Where in a conversation the cause of an emotion stands."""

    iri: str
    """IRI of the kind."""
    name: str
    """Short name, unique: `latent`."""
    label: str
    """Name in words."""
    definition: str
    """One sentence."""
    dataset_label: str
    """How the files of RECCON write it."""
    source: str
    """Id of the source."""


class VocabularyName(Shape):
    """A vocabulary of EmotionML, in short."""

    iri: str
    """IRI of the vocabulary."""
    name: str
    """Short name, unique: `big6`."""
    kind: str
    """`category`, `dimension`, `appraisal` or `action-tendency`."""
    title: str
    """Name in words."""
    uri: str
    """Its address at the W3C."""
    scheme: str
    """For categories, the label scheme whose labels are its items; may be empty."""
    source: str
    """Id of the source."""


class VocabularyItem(Shape):
    """A dimension, appraisal or action tendency, as one theory has it."""

    iri: str
    """IRI of the item."""
    name: str
    """Its name in the vocabulary."""
    definition: str
    """One sentence; may be empty."""


class Vocabulary(VocabularyName):
    """A vocabulary of EmotionML with its items."""

    items: tuple[VocabularyItem, ...]
    """In the vocabulary's order; none for categories, whose items are the labels of `scheme`."""


class Detector(Shape):
    """A tool's output and the FACS codes it can report."""

    iri: str
    """IRI of the detector."""
    name: str
    """Name of the tool."""
    output: str
    """Which of its outputs: `intensity`, `occurrence`, ..."""
    codes: tuple[str, ...]
    """FACS codes it can report, sorted."""


def to_detector(found: model.Detector) -> Detector:
    """Return a detector as it is sent."""
    return Detector(
        iri=found.iri, name=found.name, output=found.output, codes=tuple(sorted(found.codes))
    )
