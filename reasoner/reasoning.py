"""What reasoning about an observation gives: drafts, rounds, verdicts, and what came of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from affectgraph.kg.model import Concept
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.constrain import Statement
from affectgraph.reasoner.effort import Effort
from affectgraph.reasoner.model import Judgement, Report
from affectgraph.reasoner.models.model import Generation, Message, Usage
from affectgraph.reasoner.retrieve import GroundedEvidence
from affectgraph.reasoner.reward_parts import HALF_AT, saturating

if TYPE_CHECKING:
    from affectgraph.reasoner.loop import ReasonSettings

StopReason = Literal["no_model", "clean", "unchanged", "budget", "model_failed"]
"""``no_model``: the graph reasoned alone; ``clean``: the best draft of the round is in form and has nothing
contradicted; ``unchanged``: a revision repeated the draft before it; ``budget``: no round was left;
``model_failed``: the model raised an error, and what came before it stands."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer of a model, read and checked.

    :param generation: the answer as it came, with tokens and seconds.
    :param rationale: the text that was checked: its sentences, or the whole answer if it is not in form.
    :param statements: its sentences with the facts they cite; empty if it is not in form.
    :param emotion: what it concludes; None if it abstains or concludes nothing.
    :param action_units: FACS codes that a JSON answer says it rests on; empty for other forms.
    :param problem: why the answer is not in its form, empty if it is.
    :param report: the verdicts on its claims.
    :param check_seconds: what reading and checking took.
    :param temperature: at which it was asked for; 0 is greedy.
    """

    generation: Generation
    rationale: str
    statements: tuple[Statement, ...]
    emotion: Concept | None
    action_units: tuple[str, ...]
    problem: str
    report: Report
    check_seconds: float = field(default=0.0, compare=False)
    temperature: float = 0.0

    @property
    def score(self) -> float:
        """What it is worth, -1..1; see :func:`report_score`. An answer out of form has -1."""
        return -1.0 if self.problem else report_score(self.report)

    @property
    def is_clean(self) -> bool:
        """Whether it is in form and nothing in it is contradicted."""
        return not self.problem and not self.report.contradictions()

    @property
    def failures(self) -> tuple[Judgement, ...]:
        """Its contradicted claims."""
        return self.report.contradictions()


def report_score(report: Report) -> float:
    """Return how well a rationale holds, -1..1.

    Faithfulness F1, or grounded precision where nothing was read of the face (0 where nothing could be
    judged), less the penalty ``n / (n + 2)`` of n contradicted claims, as in the reward: claims that cost
    nothing can dilute a share of errors, and not their number.
    """
    scores = report.scores
    worth = next(
        (x for x in (scores.faithfulness_f1, scores.grounded_precision) if x is not None), 0.0
    )
    return round(worth - saturating(len(report.contradictions()), HALF_AT), 4)


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of drafting.

    :param number: from 1.
    :param messages: what the model was asked. :param tone: of the feedback; empty in the first round.
    :param drafts: in the order asked. :param best: position of the one with the best score.
    """

    number: int
    messages: tuple[Message, ...]
    tone: str
    drafts: tuple[Draft, ...]
    best: int

    @property
    def chosen(self) -> Draft:
        """The best draft."""
        return self.drafts[self.best]


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What came of reasoning about one observation.

    :param evidence: what the graph knows about it; the candidates are the graph's own ranking.
    :param emotion: the conclusion; None if it abstains.
    :param rationale: the text of the chosen draft, or the graph's own.
    :param statements: its sentences, each with the fact it cites or rests on; empty for plain text.
    :param report: the verdicts on its claims.
    :param rounds: what a model was asked and answered; empty without a model.
    :param chosen: number of the round whose best draft was kept; None without a model.
    :param stopped: why there are no more rounds.
    :param model: name of the model. :param style: name of the prompt style. Both empty without a model.
    :param error: the model's error, if one ended the run.
    :param notes: what was left out or cut, and what the model's answers note.
    :param seconds: of the whole call. :param retrieval_seconds: of retrieval.
    :param settings: how the model was asked. :param effort: what might be spent. Both None without a model.
    :param started_at: when the call began, in UTC.
    """

    evidence: GroundedEvidence
    emotion: Concept | None
    rationale: str
    statements: tuple[Statement, ...]
    report: Report
    rounds: tuple[Round, ...]
    chosen: int | None
    stopped: StopReason
    model: str = ""
    style: str = ""
    error: AffectGraphError | None = None
    notes: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    retrieval_seconds: float = field(default=0.0, compare=False)
    settings: "ReasonSettings | None" = None
    effort: Effort | None = None
    started_at: datetime | None = field(default=None, compare=False)

    @property
    def abstains(self) -> bool:
        """Whether it leaves the emotion open."""
        return self.emotion is None

    @property
    def kept(self) -> Draft | None:
        """The draft that was kept; None without a model."""
        return next((r.chosen for r in self.rounds if r.number == self.chosen), None)

    @property
    def score(self) -> float:
        """What the rationale is worth, -1..1; see :func:`report_score`."""
        return report_score(self.report) if self.kept is None else self.kept.score

    @property
    def usage(self) -> Usage:
        """Tokens of all drafts together; zeros without a model."""
        used = [draft.generation.usage for r in self.rounds for draft in r.drafts]
        return Usage(
            sum(u.prompt_tokens for u in used),
            sum(u.completion_tokens for u in used),
            sum(u.cached_tokens for u in used),
        )


def each_run(
    reasonings: Iterable[Reasoning | AffectGraphError],
) -> Iterator[Reasoning | AffectGraphError]:
    """Yield runs and errors, in order.

    :raises InputError: if a single one is given, no list of them, or something else stands among them.
    """
    if isinstance(reasonings, Reasoning | AffectGraphError) or not isinstance(reasonings, Iterable):
        raise InputError(
            f"Expected several reasonings, got one {type(reasonings).__name__}. Put it into a list."
        )
    for place, one in enumerate(reasonings):
        if not isinstance(one, Reasoning | AffectGraphError):
            raise InputError(
                f"Expected a Reasoning or its error at place {place}, got {type(one).__name__}. "
                "Give what reason() and reason_many() return."
            )
        yield one
