"""Statement mode: whether one statement about an observation is true, false or unknown, with evidence.

Nothing new is judged here: a statement is read and judged as a rationale is, and its claims' verdicts are
put together by conjunction, as the strong Kleene conjunction does it: one false part makes the whole
false, else one unknown part makes it unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from affectgraph.linkers.face_columns import Readings
from affectgraph.linkers.model import Grounding
from affectgraph.ontology.errors import AffectGraphError, ClaimError
from affectgraph.reasoner.checker import Checker
from affectgraph.reasoner.model import Judgement, Report

Truth = Literal["true", "false", "unknown"]

Reason = Literal[
    "all-supported", "contradicted", "no-claim", "own-words", "unsupported", "not-checkable"
]
"""What decides: all claims hold; one is contradicted; nothing could be read; a conclusion has no evidence
but the statement's own words; a claim is neither entailed nor denied; there is nothing to hold one against.
"""

STATEMENT_FIELDS = ("statement", "label", "scheme", "aus")
"""Fields of a record that :func:`judge_statement_record` reads; others are left alone."""

OWN_WORDS = "evidence-agrees"
"""The rule that backs a conclusion with other words of the same text."""


@dataclass(frozen=True, slots=True)
class StatementVerdict:
    """Whether a statement holds. "true" means that it agrees with the observation and the graph's sources.

    :param reason: what decides.
    :param sentence: the answer in one sentence.
    :param deciding: ids of the claims that decide; empty if nothing could be read.
    :param judgements: the verdict on every claim of the statement, with its facts.
    :param notes: what was left out or not understood.
    :param graph_version: version of the graph that judged.
    :param caveat: what the answer can and cannot say.
    """

    statement: str
    truth: Truth
    reason: Reason
    sentence: str
    deciding: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    notes: tuple[str, ...]
    graph_version: str
    caveat: str


def judge_statement(
    checker: Checker,
    statement: str,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: Mapping[str, float] | Readings | None = None,
) -> StatementVerdict:
    """Return whether one statement is true, false or unknown of an observation.

    True if every claim of it is supported, false if one is contradicted, else unknown with its reason.
    A conclusion that only other words of the statement speak for stays unknown, also beside a label that
    names no concept: a statement is no evidence for itself.

    :param statement: the text, at most 100,000 characters.
    :param label: the emotion the observation is labelled with; one that is not understood is noted.
    :param scheme: the label's scheme.
    :param aus: what a detector reported, as :meth:`Checker.check` takes it.
    :raises ClaimError: if the statement is no text, empty or too long.
    :raises InputError: if readings are out of range.
    :raises UnknownTermError: if there is no such scheme.

    >>> from affectgraph.kg import EmotionGraph
    >>> checker = Checker(EmotionGraph.load())
    >>> judge_statement(checker, "The person smiles.", aus={"AU12_r": 0.1}).truth
    'false'
    >>> found = judge_statement(checker, "Irritation is a kind of anger and AU4 is shown.")
    >>> found.truth, found.reason, found.deciding
    ('unknown', 'not-checkable', ('c2',))
    """
    if not isinstance(statement, str) or not statement.strip():
        got = "an empty text" if isinstance(statement, str) else type(statement).__name__
        raise ClaimError(f"Expected a statement such as 'AU12 is shown', got {got}.")
    report, grounding = _reported(checker, statement, label, scheme, aus)
    is_labelled = grounding is not None and grounding.concept is not None
    judgements = tuple(j for j in report.judgements if j.claim.source == "text")
    truth, reason, deciding = _decide(judgements, has_label=is_labelled)
    return StatementVerdict(
        statement,
        truth,
        reason,
        _sentence(reason, deciding),
        tuple(j.claim.id for j in deciding),
        judgements,
        _notes(report, grounding),
        report.graph_version,
        report.caveat,
    )


def _reported(
    checker: Checker,
    statement: str,
    label: str | None,
    scheme: str | None,
    aus: Mapping[str, float] | Readings | None,
) -> tuple[Report, Grounding | None]:
    """Return the report on a statement, and what its label means.

    A label bears on conclusions alone; given with a text that has none, it is itself taken for one, or
    makes one of the text's last inference. Such a text is judged without it.
    """
    report = checker.check(statement, label=label, scheme=scheme, aus=aus)
    if label is None or _surely_concludes(report):
        return report, report.grounding
    plain = checker.check(statement, scheme=scheme, aus=aus)
    concludes = any(j.claim.type == "concludes" for j in plain.judgements)
    return (report if concludes else plain), report.grounding


def _surely_concludes(report: Report) -> bool:
    """Return whether the text has a conclusion of its own: one that stands where no other claim does."""
    claims = [j.claim for j in report.judgements if j.claim.source == "text"]
    others = {claim.span for claim in claims if claim.type != "concludes"}
    return any(claim.type == "concludes" and claim.span not in others for claim in claims)


def _decide(
    judgements: tuple[Judgement, ...], *, has_label: bool
) -> tuple[Truth, Reason, tuple[Judgement, ...]]:
    if not judgements:
        return "unknown", "no-claim", ()
    against = tuple(j for j in judgements if j.verdict == "contradicted")
    if against:
        return "false", "contradicted", against
    reasons: dict[Reason, list[Judgement]] = {}
    for judgement in judgements:
        reasons.setdefault(_reason(judgement, has_label=has_label), []).append(judgement)
    undecided: tuple[Reason, ...] = ("not-checkable", "unsupported", "own-words")
    for reason in undecided:
        if reason in reasons:
            return "unknown", reason, tuple(reasons[reason])
    return "true", "all-supported", judgements


def _reason(judgement: Judgement, *, has_label: bool) -> Reason:
    if judgement.verdict == "supported":
        is_own = judgement.rule == OWN_WORDS and not has_label
        return "own-words" if is_own else "all-supported"
    return "unsupported" if judgement.verdict == "unsupported" else "not-checkable"


def _sentence(reason: Reason, deciding: tuple[Judgement, ...]) -> str:
    if reason == "no-claim":
        return "No claim was found in the statement that the graph could judge."
    first = deciding[0]
    if reason == "own-words":
        return f"Only the statement's own words speak for {first.claim.quote!r}: {first.sentence}"
    if reason == "all-supported" and len(deciding) > 1:
        return f"All {len(deciding)} claims hold. {first.sentence}"
    return first.sentence


def _notes(report: Report, grounding: Grounding | None) -> tuple[str, ...]:
    if grounding is not None and grounding.concept is None:
        return (*report.notes, grounding.message)
    return report.notes


def judge_statement_record(checker: Checker, record: Mapping[str, object]) -> StatementVerdict:
    """Return the answer on a record with the fields ``statement label scheme aus``.

    A missing or null field is as if not given.

    :raises AffectGraphError: as :func:`judge_statement` does, also for fields of the wrong type.
    """
    if not isinstance(record, Mapping):
        raise ClaimError(
            f"Expected a record with fields {STATEMENT_FIELDS}, got {type(record).__name__}."
        )
    return judge_statement(
        checker,
        record.get("statement"),  # type: ignore[arg-type]
        label=record.get("label"),  # type: ignore[arg-type]
        scheme=record.get("scheme"),  # type: ignore[arg-type]
        aus=record.get("aus"),  # type: ignore[arg-type]
    )


def judge_statements(
    checker: Checker, records: Iterable[Mapping[str, object]]
) -> list[StatementVerdict | AffectGraphError]:
    """Return the answer on each record, in order; a bad record gives its error and loses no other."""
    results: list[StatementVerdict | AffectGraphError] = []
    for record in records:
        try:
            results.append(judge_statement_record(checker, record))
        except AffectGraphError as error:
            results.append(error)
    return results
