"""Holding it: stores, typed lookups, facial evidence, crosswalks, views, imported VAD lexicons."""

from affectgraph.kg.answers import Answer, Table
from affectgraph.kg.around import Around, CauseType, CueType, Modality, Vocabulary, VocabularyItem
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
    DeprecatedTerm,
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
from affectgraph.kg.observation import (
    ActionReading,
    Cause,
    ConceptReading,
    CueReading,
    Episode,
    Observation,
    Rating,
    Referent,
    Span,
)
from affectgraph.kg.relations import PenaltyMatrix
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.scales import SCALES, Scale, scale
from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.kg.vad_import import VadImport, VadReport, import_vad
from affectgraph.kg.vad_lexicon import VadLexicon, VadTerm, read_lexicon
from affectgraph.kg.vad_lookup import VadDisagreement

__all__ = [
    "CAVEAT",
    "SCALES",
    "ActionReading",
    "ActionUnit",
    "Anchor",
    "Answer",
    "Around",
    "Association",
    "Cause",
    "CauseType",
    "CoOccurrence",
    "Comparison",
    "Concept",
    "ConceptReading",
    "Confusion",
    "Crossing",
    "CrosswalkSummary",
    "Cue",
    "CueReading",
    "CueType",
    "DecidingUnit",
    "DeprecatedTerm",
    "Detector",
    "EmotionGraph",
    "Episode",
    "FacialEvidence",
    "GraphStore",
    "Loss",
    "Mapping",
    "Modality",
    "Neighbour",
    "Observation",
    "OxigraphStore",
    "Pattern",
    "PatternAction",
    "PatternOrder",
    "PenaltyMatrix",
    "Rating",
    "Referent",
    "RemoteStore",
    "Scale",
    "Scheme",
    "SchemeLabel",
    "Source",
    "Span",
    "Table",
    "TreeEntry",
    "Vad",
    "VadDisagreement",
    "VadImport",
    "VadLexicon",
    "VadReport",
    "VadTerm",
    "VadValue",
    "Vocabulary",
    "VocabularyItem",
    "WordForm",
    "import_vad",
    "read_lexicon",
    "scale",
]
