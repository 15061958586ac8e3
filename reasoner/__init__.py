"""Judging with it: the claims of a rationale and what the graph says about each."""

from affectgraph.linkers.face_columns import Readings, read_readings
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
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Verdict

__all__ = [
    "Checker",
    "CitableFact",
    "CitedRationale",
    "CitedText",
    "Claim",
    "ClaimType",
    "Fact",
    "JsonSchema",
    "Judgement",
    "LarkGrammar",
    "RationaleSchema",
    "Readings",
    "Report",
    "Statement",
    "Verdict",
    "citable_facts",
    "read_readings",
]
