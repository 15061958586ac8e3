"""Finding it: from what people and models say to terms of the graph, with evidence and a score.

Values over time are in modules of their own, ``vad_series``, ``vad_segments`` and ``vad_agreement``, since
they need numpy, which takes longer to load than everything here.
"""

from affectgraph.linkers.action_units import ActionUnitLinker
from affectgraph.linkers.face_evidence import (
    DecidingAction,
    FaceEvidence,
    RankedEmotion,
    weigh_face,
)
from affectgraph.linkers.face_files import read_libreface, read_openface, read_py_feat
from affectgraph.linkers.face_model import UnitCandidate, UnitEvidence, UnitGrounding, UnitMention
from affectgraph.linkers.face_plain import read_actions
from affectgraph.linkers.face_readings import (
    FaceReadings,
    FaceSegment,
    FaceThresholds,
    FrameCounts,
    UnitReading,
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
from affectgraph.linkers.presets import Preset
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
    "ActionUnitLinker",
    "Candidate",
    "DecidingAction",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "FaceEvidence",
    "FaceReadings",
    "FaceSegment",
    "FaceThresholds",
    "FrameCounts",
    "Grounding",
    "Grouping",
    "GroupingScore",
    "LabelLinker",
    "LabelVad",
    "Lexicon",
    "Mention",
    "NilReason",
    "Preset",
    "RankedEmotion",
    "SampleScore",
    "Status",
    "TreeGrouping",
    "UnitCandidate",
    "UnitEvidence",
    "UnitGrounding",
    "UnitMention",
    "UnitReading",
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
    "read_actions",
    "read_libreface",
    "read_openface",
    "read_py_feat",
    "read_wheel_set",
    "score_wheels",
    "split_labels",
    "tree_groupings",
    "weigh_face",
    "wheel_groupings",
]
