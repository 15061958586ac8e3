"""Holding it: stores, typed lookups, facial evidence, crosswalks, views, imported VAD lexicons."""

from affectgraph.kg.answers import Answer, Table
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import (
    ActionUnit,
    Anchor,
    Association,
    Concept,
    Crossing,
    Cue,
    Detector,
    FacialEvidence,
    Neighbour,
    Pattern,
    PatternAction,
    Scheme,
    SchemeLabel,
    Source,
    TreeEntry,
    Vad,
    VadValue,
    WordForm,
)
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.scales import SCALES, Scale, scale
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.kg.vad_import import VadImport, VadReport, import_vad
from affectgraph.kg.vad_lexicon import VadLexicon, VadTerm, read_lexicon

__all__ = [
    "CAVEAT",
    "SCALES",
    "ActionUnit",
    "Anchor",
    "Answer",
    "Association",
    "Concept",
    "Crossing",
    "Cue",
    "Detector",
    "EmotionGraph",
    "FacialEvidence",
    "GraphStore",
    "Neighbour",
    "OxigraphStore",
    "Pattern",
    "PatternAction",
    "RemoteStore",
    "Scale",
    "Scheme",
    "SchemeLabel",
    "Source",
    "Table",
    "TreeEntry",
    "Vad",
    "VadImport",
    "VadLexicon",
    "VadReport",
    "VadTerm",
    "VadValue",
    "WordForm",
    "import_vad",
    "read_lexicon",
    "scale",
]
