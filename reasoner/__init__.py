"""Judging with it: the claims of a rationale and what the graph says about each."""

from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Verdict
from affectgraph.reasoner.readings import Readings, read_readings

__all__ = [
    "Checker",
    "Claim",
    "ClaimType",
    "Fact",
    "Judgement",
    "Readings",
    "Report",
    "Verdict",
    "read_readings",
]
