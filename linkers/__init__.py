"""Finding it: from what people and models say to terms of the graph, with evidence and a score."""

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
from affectgraph.linkers.presets import Preset

__all__ = [
    "Candidate",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Grounding",
    "LabelLinker",
    "Lexicon",
    "Mention",
    "NilReason",
    "Preset",
    "Status",
    "find_mentions",
    "names_feeling",
    "normalise",
]
