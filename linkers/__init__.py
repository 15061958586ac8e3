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
from affectgraph.linkers.wheel_files import Wheel, WheelSet, read_wheel_set, split_labels
from affectgraph.linkers.wheels import (
    Grouping,
    GroupingScore,
    SampleScore,
    TreeGrouping,
    UnknownLabel,
    WheelGrouping,
    WheelReport,
    score_wheels,
    tree_groupings,
    wheel_groupings,
)

__all__ = [
    "Candidate",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "Grounding",
    "Grouping",
    "GroupingScore",
    "LabelLinker",
    "LabelVad",
    "Lexicon",
    "Mention",
    "NilReason",
    "SampleScore",
    "Status",
    "TreeGrouping",
    "UnknownLabel",
    "VadBox",
    "VadEllipsoid",
    "VadLinker",
    "VadMatch",
    "VadPart",
    "VadPoint",
    "Wheel",
    "WheelGrouping",
    "WheelReport",
    "WheelSet",
    "find_mentions",
    "names_feeling",
    "normalise",
    "read_wheel_set",
    "score_wheels",
    "split_labels",
    "tree_groupings",
    "wheel_groupings",
]
