"""Judging with it: the claims of a rationale, what the graph says about each, and what that is worth."""

from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Scores, Verdict
from affectgraph.reasoner.reward import RewardBreakdown, RewardParts, Weights, rationale_reward
from affectgraph.reasoner.trainers import compute_score, trl_reward

__all__ = [
    "Checker",
    "Claim",
    "ClaimType",
    "Fact",
    "Judgement",
    "Readings",
    "Report",
    "RewardBreakdown",
    "RewardParts",
    "Scores",
    "Verdict",
    "Weights",
    "compute_score",
    "rationale_reward",
    "read_readings",
    "trl_reward",
]
