"""Holding it: stores, typed lookups, facial evidence, crosswalks and views of the graph."""

from affectgraph.kg.answers import Answer, Table
from affectgraph.kg.crossing import Crossing, CrosswalkSummary, Loss
from affectgraph.kg.faces import CAVEAT
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.lattice import Comparison, Confusion, DecidingUnit, PatternOrder
from affectgraph.kg.model import (
    ActionUnit,
    Anchor,
    Association,
    Concept,
    CoOccurrence,
    Cue,
    Detector,
    FacialEvidence,
    Mapping,
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
from affectgraph.kg.relations import PenaltyMatrix
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.store import GraphStore, OxigraphStore

__all__ = [
    "CAVEAT",
    "ActionUnit",
    "Anchor",
    "Answer",
    "Association",
    "CoOccurrence",
    "Comparison",
    "Concept",
    "Confusion",
    "Crossing",
    "CrosswalkSummary",
    "Cue",
    "DecidingUnit",
    "Detector",
    "EmotionGraph",
    "FacialEvidence",
    "GraphStore",
    "Loss",
    "Mapping",
    "Neighbour",
    "OxigraphStore",
    "Pattern",
    "PatternAction",
    "PatternOrder",
    "PenaltyMatrix",
    "RemoteStore",
    "Scheme",
    "SchemeLabel",
    "Source",
    "Table",
    "TreeEntry",
    "Vad",
    "VadValue",
    "WordForm",
]
