"""Judging with it: the claims of a rationale and what the graph says about each."""

from affectgraph.linkers.face_columns import Readings, read_readings
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.claim_rdf import CheckedRationale
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report, Verdict
from affectgraph.reasoner.report_rdf import reports_to_rdf
from affectgraph.reasoner.statement import (
    StatementVerdict,
    Truth,
    judge_statement,
    judge_statements,
)

__all__ = [
    "CheckedRationale",
    "Checker",
    "Claim",
    "ClaimType",
    "Fact",
    "Judgement",
    "Readings",
    "Report",
    "StatementVerdict",
    "Truth",
    "Verdict",
    "judge_statement",
    "judge_statements",
    "read_readings",
    "reports_to_rdf",
]
