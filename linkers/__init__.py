"""Finding it: from what people and models say to terms of the graph, with evidence and a score.

A module is imported when a name of it is first asked for; ``normalise`` is here from the start, as a module
has its name too. Values over time are in modules of their own, ``vad_series``, ``vad_segments`` and
``vad_agreement``, since they need numpy.
"""

from typing import TYPE_CHECKING

from affectgraph.linkers.normalise import normalise
from affectgraph.ontology.exports import exported_from as _exported_from

if TYPE_CHECKING:
    from affectgraph.linkers.action_units import ActionUnitLinker
    from affectgraph.linkers.annotate import Annotator
    from affectgraph.linkers.annotation.model import (
        Annotation,
        EmotionPart,
        Span,
        TextEmotions,
        TextMention,
        TextVad,
        TextVadPart,
    )
    from affectgraph.linkers.bulk import ground_dataset, map_rows
    from affectgraph.linkers.embedding import EmbeddingLinker, EmbeddingMatch
    from affectgraph.linkers.entry import Entry
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
    from affectgraph.linkers.frames import GroundBatch, ground_column
    from affectgraph.linkers.label import LabelLinker
    from affectgraph.linkers.label_studio import label_studio_config, pre_annotated_task
    from affectgraph.linkers.lexicon import Lexicon
    from affectgraph.linkers.mentions import Mention, find_mentions, names_feeling
    from affectgraph.linkers.model import (
        Candidate,
        Evidence,
        EvidenceKind,
        Grounding,
        NilReason,
        Status,
    )
    from affectgraph.linkers.presets import Preset
    from affectgraph.linkers.scheme import (
        LabelColumn,
        MappedColumn,
        SchemeFit,
        SchemeLinker,
        UnknownLabel,
        detect_schemes,
    )
    from affectgraph.linkers.soft_labels import (
        Distribution,
        anchor_shares,
        fleiss_kappa,
        from_counts,
        from_votes,
        from_weights,
        roll_up,
        to_concepts,
        to_observation,
        to_scheme,
    )
    from affectgraph.linkers.suggest import (
        Suggester,
        Suggestion,
        SuggestionKind,
        SuggestionMatch,
    )
    from affectgraph.linkers.vad import LabelVad, VadLinker, VadMatch, VadPart
    from affectgraph.linkers.vad_regions import VadBox, VadEllipsoid, VadPoint
    from affectgraph.linkers.wheel_files import Wheel, WheelSet, read_wheel_set, split_labels
    from affectgraph.linkers.wheels import (
        Grouping,
        GroupingScore,
        SampleScore,
        TreeGrouping,
        UngroupedLabel,
        WheelGrouping,
        WheelReport,
        score_wheels,
        tree_groupings,
        wheel_groupings,
    )

__all__ = [
    "ActionUnitLinker",
    "Annotation",
    "Annotator",
    "Candidate",
    "DecidingAction",
    "Distribution",
    "EmbeddingLinker",
    "EmbeddingMatch",
    "EmotionPart",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "FaceEvidence",
    "FaceReadings",
    "FaceSegment",
    "FaceThresholds",
    "FrameCounts",
    "GroundBatch",
    "Grounding",
    "Grouping",
    "GroupingScore",
    "LabelColumn",
    "LabelLinker",
    "LabelVad",
    "Lexicon",
    "MappedColumn",
    "Mention",
    "NilReason",
    "Preset",
    "RankedEmotion",
    "SampleScore",
    "SchemeFit",
    "SchemeLinker",
    "Span",
    "Status",
    "Suggester",
    "Suggestion",
    "SuggestionKind",
    "SuggestionMatch",
    "TextEmotions",
    "TextMention",
    "TextVad",
    "TextVadPart",
    "TreeGrouping",
    "UngroupedLabel",
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
    "anchor_shares",
    "detect_schemes",
    "find_mentions",
    "fleiss_kappa",
    "from_counts",
    "from_votes",
    "from_weights",
    "ground_column",
    "ground_dataset",
    "label_studio_config",
    "map_rows",
    "names_feeling",
    "normalise",
    "pre_annotated_task",
    "read_actions",
    "read_libreface",
    "read_openface",
    "read_py_feat",
    "read_wheel_set",
    "roll_up",
    "score_wheels",
    "split_labels",
    "to_concepts",
    "to_observation",
    "to_scheme",
    "tree_groupings",
    "weigh_face",
    "wheel_groupings",
]

__getattr__, __dir__ = _exported_from(
    __name__,
    {
        "action_units": ("ActionUnitLinker",),
        "annotate": ("Annotator",),
        "annotation.model": (
            "Annotation",
            "EmotionPart",
            "Span",
            "TextEmotions",
            "TextMention",
            "TextVad",
            "TextVadPart",
        ),
        "bulk": (
            "ground_dataset",
            "map_rows",
        ),
        "embedding": (
            "EmbeddingLinker",
            "EmbeddingMatch",
        ),
        "entry": ("Entry",),
        "face_evidence": (
            "DecidingAction",
            "FaceEvidence",
            "RankedEmotion",
            "weigh_face",
        ),
        "face_files": (
            "read_libreface",
            "read_openface",
            "read_py_feat",
        ),
        "face_model": (
            "UnitCandidate",
            "UnitEvidence",
            "UnitGrounding",
            "UnitMention",
        ),
        "face_plain": ("read_actions",),
        "face_readings": (
            "FaceReadings",
            "FaceSegment",
            "FaceThresholds",
            "FrameCounts",
            "UnitReading",
        ),
        "frames": (
            "GroundBatch",
            "ground_column",
        ),
        "label": ("LabelLinker",),
        "label_studio": (
            "label_studio_config",
            "pre_annotated_task",
        ),
        "lexicon": ("Lexicon",),
        "mentions": (
            "Mention",
            "find_mentions",
            "names_feeling",
        ),
        "model": (
            "Candidate",
            "Evidence",
            "EvidenceKind",
            "Grounding",
            "NilReason",
            "Status",
        ),
        "presets": ("Preset",),
        "scheme": (
            "LabelColumn",
            "MappedColumn",
            "SchemeFit",
            "SchemeLinker",
            "UnknownLabel",
            "detect_schemes",
        ),
        "soft_labels": (
            "Distribution",
            "anchor_shares",
            "fleiss_kappa",
            "from_counts",
            "from_votes",
            "from_weights",
            "roll_up",
            "to_concepts",
            "to_observation",
            "to_scheme",
        ),
        "suggest": (
            "Suggester",
            "Suggestion",
            "SuggestionKind",
            "SuggestionMatch",
        ),
        "vad": (
            "LabelVad",
            "VadLinker",
            "VadMatch",
            "VadPart",
        ),
        "vad_regions": (
            "VadBox",
            "VadEllipsoid",
            "VadPoint",
        ),
        "wheel_files": (
            "Wheel",
            "WheelSet",
            "read_wheel_set",
            "split_labels",
        ),
        "wheels": (
            "Grouping",
            "GroupingScore",
            "SampleScore",
            "TreeGrouping",
            "UngroupedLabel",
            "WheelGrouping",
            "WheelReport",
            "score_wheels",
            "tree_groupings",
            "wheel_groupings",
        ),
    },
)
