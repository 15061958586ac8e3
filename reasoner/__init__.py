"""Judging with it: the claims of a rationale, what the graph says about each, and what that is worth.

What writes RDF, traces and training data, or works in bulk, is imported when it is first asked for.
"""

from typing import TYPE_CHECKING

from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.ontology.exports import exported_from as _exported_from
from affectgraph.reasoner.channels import ChannelEvidence
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.citable import citable_facts
from affectgraph.reasoner.constrain import (
    CitableFact,
    CitedRationale,
    CitedText,
    JsonSchema,
    LarkGrammar,
    RationaleSchema,
    Statement,
)
from affectgraph.reasoner.effort import Effort
from affectgraph.reasoner.estimate import ModelCost, RunEstimate
from affectgraph.reasoner.extra_claims import ExtendedReport, ExtraClaims, RejectedClaim
from affectgraph.reasoner.llm_claims import ClaimExtractor
from affectgraph.reasoner.loop import Reasoner, ReasonSettings
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Scores, Verdict
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round
from affectgraph.reasoner.retrieve import GroundedEvidence, RankedEmotion, Retriever, retrieve
from affectgraph.reasoner.reward import RewardBreakdown, RewardParts, Weights, rationale_reward
from affectgraph.reasoner.statement import (
    StatementVerdict,
    Truth,
    judge_statement,
    judge_statements,
)
from affectgraph.reasoner.trainers import compute_score, trl_reward

if TYPE_CHECKING:
    from affectgraph.reasoner.bulk import ReasonBatch, reason_dataset
    from affectgraph.reasoner.claim_rdf import CheckedRationale
    from affectgraph.reasoner.report_rdf import reports_to_rdf
    from affectgraph.reasoner.trace import reasonings_to_rdf
    from affectgraph.reasoner.trace_records import trace_record
    from affectgraph.reasoner.training_records import TrainingData, training_data

__all__ = [
    "ChannelEvidence",
    "CheckedRationale",
    "Checker",
    "CitableFact",
    "CitedRationale",
    "CitedText",
    "Claim",
    "ClaimExtractor",
    "ClaimType",
    "Draft",
    "Effort",
    "ExtendedReport",
    "ExtraClaims",
    "Fact",
    "GroundedEvidence",
    "JsonSchema",
    "Judgement",
    "LarkGrammar",
    "ModelCost",
    "RankedEmotion",
    "RationaleSchema",
    "Readings",
    "ReasonBatch",
    "ReasonSettings",
    "Reasoner",
    "Reasoning",
    "RejectedClaim",
    "Report",
    "Retriever",
    "RewardBreakdown",
    "RewardParts",
    "Round",
    "RunEstimate",
    "Scores",
    "Statement",
    "StatementVerdict",
    "TrainingData",
    "Truth",
    "Verdict",
    "Weights",
    "citable_facts",
    "compute_score",
    "judge_statement",
    "judge_statements",
    "rationale_reward",
    "read_readings",
    "reason_dataset",
    "reasonings_to_rdf",
    "reports_to_rdf",
    "retrieve",
    "trace_record",
    "training_data",
    "trl_reward",
]

__getattr__, __dir__ = _exported_from(
    __name__,
    {
        "bulk": ("ReasonBatch", "reason_dataset"),
        "claim_rdf": ("CheckedRationale",),
        "report_rdf": ("reports_to_rdf",),
        "trace": ("reasonings_to_rdf",),
        "trace_records": ("trace_record",),
        "training_records": ("TrainingData", "training_data"),
    },
)
