"""Finding it: from what people and models say to terms of the graph, with evidence and a score."""

from affectgraph.linkers.action_units import ActionUnitLinker
from affectgraph.linkers.face_evidence import (
    DecidingAction,
    FaceEvidence,
    RankedEmotion,
    weigh_face,
)
from affectgraph.linkers.face_files import read_libreface, read_openface, read_py_feat
from affectgraph.linkers.face_model import (
    UnitCandidate,
    UnitEvidence,
    UnitGrounding,
    UnitMention,
)
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
    "LabelLinker",
    "Lexicon",
    "Mention",
    "NilReason",
    "RankedEmotion",
    "Status",
    "UnitCandidate",
    "UnitEvidence",
    "UnitGrounding",
    "UnitMention",
    "UnitReading",
    "find_mentions",
    "names_feeling",
    "normalise",
    "read_actions",
    "read_libreface",
    "read_openface",
    "read_py_feat",
    "weigh_face",
]
