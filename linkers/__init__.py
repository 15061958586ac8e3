"""Finding it: from what people and models say to terms of the graph, with evidence and a score."""

from affectgraph.linkers.bulk import ground_dataset, map_rows
from affectgraph.linkers.frames import GroundBatch, ground_column
from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.label_studio import (
    label_studio_config,
    pre_annotated_task,
)
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

__all__ = [
    "Candidate",
    "Distribution",
    "Entry",
    "Evidence",
    "EvidenceKind",
    "GroundBatch",
    "Grounding",
    "LabelColumn",
    "LabelLinker",
    "Lexicon",
    "MappedColumn",
    "Mention",
    "NilReason",
    "SchemeFit",
    "SchemeLinker",
    "Status",
    "UnknownLabel",
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
    "roll_up",
    "to_concepts",
    "to_observation",
    "to_scheme",
]
