"""One run of ``reason`` over a file: how records are answered, when it ends, and what came out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from affectgraph.api.cli_base import as_data, note
from affectgraph.api.cli_records import answered_line
from affectgraph.api.model_options import closing_if_interrupted
from affectgraph.api.observation_options import observation_record
from affectgraph.api.reason_traces import Take
from affectgraph.api.reasonings import to_reasoning
from affectgraph.api.record_files import Line
from affectgraph.api.verdict_counts import VerdictCounts
from affectgraph.ontology.errors import (
    AffectGraphError,
    BackendError,
    InputError,
    MissingExtraError,
)
from affectgraph.reasoner import Reasoner, Reasoning
from affectgraph.reasoner.loop import CONCURRENT
from affectgraph.reasoner.models.server.errors import MET_BY_ALL, ModelServerError

CHUNK = CONCURRENT
"""Records answered together with a model: as many as it is asked about at once."""

MOST_NAMED = 10
"""Emotions that the count at the end names."""

ENDING = MET_BY_ALL | {"rate_limited"}
"""Kinds of failure of a server that end a run."""


@dataclass
class ReasonRun:
    """Answers records by reasoning, and counts what comes.

    :param reasoner: reasons, with a model or without.
    :param text_field: field of the text.
    :param facts: most facts of the evidence in an answer.
    :param in_table: whether records are rows of a table.
    :param take: what else takes the outcome of each record, in order.
    :param clock: says the time in seconds.
    """

    reasoner: Reasoner
    text_field: str
    facts: int
    in_table: bool = False
    take: Take | None = None
    clock: Callable[[], float] = perf_counter
    verdicts: VerdictCounts = field(default_factory=VerdictCounts)
    emotions: Counter[str] = field(default_factory=Counter)
    stops: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    _ending: AffectGraphError | None = None
    _start: float | None = None

    @property
    def chunk(self) -> int | None:
        """Records answered together; as many as other commands answer if there is no model."""
        return None if self.reasoner.model is None else CHUNK

    def answer(self, records: list[dict[str, Any]]) -> list[Any]:
        """Return what came of each record, or its error; observations share a model's batches."""
        if self._start is None:  # not before: a model is loaded first
            self._start = self.clock()
        given = [self._prepared(record) for record in records]
        good = [one for one in given if not isinstance(one, AffectGraphError)]
        reasoner = self.reasoner
        found = iter(closing_if_interrupted(reasoner.model, lambda: reasoner.reason_many(good)))
        outcomes = [one if isinstance(one, AffectGraphError) else next(found) for one in given]
        self._ending = ending_failure(outcomes, chunk=CHUNK)
        return outcomes

    def _prepared(self, record: dict[str, Any]) -> dict[str, Any] | AffectGraphError:
        try:
            return observation_record(record, field=self.text_field, in_table=self.in_table)
        except AffectGraphError as error:
            return error

    def written(self, line: Line, outcome: Any) -> str:
        """Count a line's outcome, and return what is written for it.

        :raises AffectGraphError: the model's failure that ends the run.
        """
        if outcome is self._ending and outcome is not None:
            note(f"stopped at line {line.number}; what was answered before it is kept")
            raise outcome
        if self.take is not None:
            self.take(InputError(outcome) if isinstance(outcome, str) else outcome)
        if not isinstance(outcome, Reasoning):
            return answered_line(line, outcome)
        self.add(outcome)
        return answered_line(line, as_data(to_reasoning(outcome, facts=self.facts)))

    def add(self, found: Reasoning) -> None:
        """Count what came of one observation."""
        self.verdicts.add(found.report)
        self.emotions["undetermined" if found.emotion is None else found.emotion.slug] += 1
        self.stops[found.stopped] += 1
        usage = found.usage
        self.tokens += Counter(
            prompt=usage.prompt_tokens, cached=usage.cached_tokens, answer=usage.completion_tokens
        )

    def pace(self, answered: int) -> str:
        """Return how fast the run is, in words; tokens where a model writes them."""
        now = self.clock()
        seconds = max(now - (now if self._start is None else self._start), 1e-9)
        speed = f"{answered / seconds:.1f} records/s"
        if self.reasoner.model is None:
            return speed
        return f"{speed}, {self.tokens['answer'] / seconds:.1f} answer tokens/s"

    def told(self) -> list[str]:
        """Return what came out, a line each; with a model also why rounds ended, and tokens."""
        most = self.emotions.most_common(MOST_NAMED)
        named = [f"{count} {slug}" for slug, count in most]
        if others := self.emotions.total() - sum(count for _, count in most):
            named.append(f"{others} others")
        lines = [f"emotions: {', '.join(named) or 'none'}"]
        lines.append(f"claims: {self.verdicts.text() or 'none'}")
        if self.reasoner.model is not None:
            lines.append(f"ended: {counts_text(self.stops)}")
            lines.append(tokens_text(self.tokens))
        return lines


def counts_text(counts: Counter[str]) -> str:
    """Return counts in words, the most frequent first.

    >>> counts_text(Counter(clean=3, model_failed=1))
    '3 clean, 1 model failed'
    """
    return ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.most_common()) or "none"


def tokens_text(tokens: Counter[str]) -> str:
    """Return tokens in words.

    >>> tokens_text(Counter(prompt=4200, cached=1000, answer=310))
    'tokens: 4,200 of prompts (1,000 from a cache), 310 of answers'
    """
    cached = f" ({tokens['cached']:,} from a cache)" if tokens["cached"] else ""
    return f"tokens: {tokens['prompt']:,} of prompts{cached}, {tokens['answer']:,} of answers"


def ending_failure(outcomes: Sequence[Any], *, chunk: int) -> AffectGraphError | None:
    """Return the failure that ends a run; None if the next records may do better.

    The first failure that every further request would meet, such as a refused key, or that waiting did not
    mend, as when a server takes no more; else the first one if all of a full chunk failed. Any other is the
    record's own, such as a prompt too long for the model.

    :param outcomes: what came of records that were answered together.
    :param chunk: how many are answered together.
    """
    failures = [x for x in outcomes if isinstance(x, BackendError | MissingExtraError)]
    for failure in failures:
        if isinstance(failure, MissingExtraError):
            return failure
        if isinstance(failure, ModelServerError) and failure.kind in ENDING:
            return failure
    return failures[0] if len(failures) >= chunk else None
