"""Holding it: stores, typed lookups, facial evidence, crosswalks, views, imported VAD lexicons.

A module is imported when a name of it is first asked for.
"""

from typing import TYPE_CHECKING

from affectgraph.ontology.exports import exported_from as _exported_from

if TYPE_CHECKING:
    from affectgraph.kg.answers import Answer, Table
    from affectgraph.kg.around import (
        Around,
        CauseType,
        CueType,
        Modality,
        Vocabulary,
        VocabularyItem,
    )
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
    from affectgraph.kg.user_catalogue import About, GraphEntry
    from affectgraph.kg.user_data import add_user_data, user_graph
    from affectgraph.kg.user_store import UserStore
    from affectgraph.kg.user_writes import Change, Write
    from affectgraph.kg.vad_import import VadImport, VadReport, import_vad
    from affectgraph.kg.vad_lexicon import VadLexicon, VadTerm, read_lexicon
    from affectgraph.kg.vad_lookup import VadDisagreement

__all__ = [
    "CAVEAT",
    "SCALES",
    "About",
    "ActionReading",
    "ActionUnit",
    "Anchor",
    "Answer",
    "Around",
    "Association",
    "Cause",
    "CauseType",
    "Change",
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
    "GraphEntry",
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
    "UserStore",
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
    "Write",
    "add_user_data",
    "import_vad",
    "read_lexicon",
    "scale",
    "user_graph",
]

__getattr__, __dir__ = _exported_from(
    __name__,
    {
        "answers": (
            "Answer",
            "Table",
        ),
        "around": (
            "Around",
            "CauseType",
            "CueType",
            "Modality",
            "Vocabulary",
            "VocabularyItem",
        ),
        "crossing": (
            "Crossing",
            "CrosswalkSummary",
            "Loss",
        ),
        "faces": ("CAVEAT",),
        "graph": ("EmotionGraph",),
        "lattice": (
            "Comparison",
            "Confusion",
            "DecidingUnit",
            "PatternOrder",
        ),
        "model": (
            "ActionUnit",
            "Anchor",
            "Association",
            "Concept",
            "CoOccurrence",
            "Cue",
            "DeprecatedTerm",
            "Detector",
            "FacialEvidence",
            "Mapping",
            "Neighbour",
            "Pattern",
            "PatternAction",
            "Scheme",
            "SchemeLabel",
            "Source",
            "TreeEntry",
            "Vad",
            "VadValue",
            "WordForm",
        ),
        "observation": (
            "ActionReading",
            "Cause",
            "ConceptReading",
            "CueReading",
            "Episode",
            "Observation",
            "Rating",
            "Referent",
            "Span",
        ),
        "relations": ("PenaltyMatrix",),
        "remote": ("RemoteStore",),
        "scales": (
            "SCALES",
            "Scale",
            "scale",
        ),
        "store": (
            "GraphStore",
            "OxigraphStore",
        ),
        "user_data": (
            "add_user_data",
            "user_graph",
        ),
        "user_catalogue": (
            "About",
            "GraphEntry",
        ),
        "user_store": ("UserStore",),
        "user_writes": (
            "Change",
            "Write",
        ),
        "vad_import": (
            "VadImport",
            "VadReport",
            "import_vad",
        ),
        "vad_lexicon": (
            "VadLexicon",
            "VadTerm",
            "read_lexicon",
        ),
        "vad_lookup": ("VadDisagreement",),
    },
)
