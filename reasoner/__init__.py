"""Judging with it: the claims of a rationale, what the graph says about each, and what that is worth."""

from affectgraph.linkers.face_columns import Readings, read_readings
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
from affectgraph.reasoner.loop import Reasoner, ReasonSettings
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Scores, Verdict
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round
from affectgraph.reasoner.retrieve import GroundedEvidence, RankedEmotion, Retriever, retrieve
from affectgraph.reasoner.reward import RewardBreakdown, RewardParts, Weights, rationale_reward
from affectgraph.reasoner.trainers import compute_score, trl_reward

__all__ = [
    "ChannelEvidence",
    "Checker",
    "CitableFact",
    "CitedRationale",
    "CitedText",
    "Claim",
    "ClaimType",
    "Draft",
    "Effort",
    "Fact",
    "GroundedEvidence",
    "JsonSchema",
    "Judgement",
    "LarkGrammar",
    "RankedEmotion",
    "RationaleSchema",
    "Readings",
    "ReasonSettings",
    "Reasoner",
    "Reasoning",
    "Report",
    "Retriever",
    "RewardBreakdown",
    "RewardParts",
    "Round",
    "Scores",
    "Statement",
    "Verdict",
    "Weights",
    "citable_facts",
    "compute_score",
    "rationale_reward",
    "read_readings",
    "retrieve",
    "trl_reward",
]
