"""Finding it: from what people and models say to terms of the graph, with evidence and a score.

Values over time are in modules of their own, ``vad_series``, ``vad_segments`` and ``vad_agreement``, since
they need numpy, which takes longer to load than everything here.
"""

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
from affectgraph.linkers.vad import LabelVad, VadLinker, VadMatch, VadPart
from affectgraph.linkers.vad_regions import VadBox, VadEllipsoid, VadPoint

__all__ = [
    "Candidate",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Grounding",
    "LabelLinker",
    "LabelVad",
    "Lexicon",
    "Mention",
    "NilReason",
    "Status",
    "VadBox",
    "VadEllipsoid",
    "VadLinker",
    "VadMatch",
    "VadPart",
    "VadPoint",
    "find_mentions",
    "names_feeling",
    "normalise",
]
