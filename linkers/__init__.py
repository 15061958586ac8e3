"""Finding it: from what people and models say to terms of the graph, with evidence and a score."""

from affectgraph.linkers.embedding import EmbeddingLinker, EmbeddingMatch
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
    "Candidate",
    "EmbeddingLinker",
    "EmbeddingMatch",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Grounding",
    "LabelLinker",
    "Lexicon",
    "Mention",
    "NilReason",
    "Status",
    "find_mentions",
    "names_feeling",
    "normalise",
]
