"""Finding it: from what people and models say to terms of the graph, with evidence and a score."""

from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.annotation.model import (
    Annotation,
    EmotionPart,
    Span,
    TextEmotions,
    TextMention,
    TextVad,
    VadPart,
)
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.lexicon import Entry, Lexicon
from affectgraph.linkers.mentions import Mention, find_mentions, names_feeling
from affectgraph.linkers.model import (
    Candidate,
    Evidence,
    EvidenceKind,
    Grounding,
    NilReason,
    Status,
)
from affectgraph.linkers.normalise import normalise

__all__ = [
    "Annotation",
    "Annotator",
    "Candidate",
    "EmotionPart",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Grounding",
    "LabelLinker",
    "Lexicon",
    "Mention",
    "NilReason",
    "Span",
    "Status",
    "TextEmotions",
    "TextMention",
    "TextVad",
    "VadPart",
    "find_mentions",
    "names_feeling",
    "normalise",
]
