"""Makes the answers of runs as JSON, one or many, while the other routes go on."""

from collections.abc import Sequence

from anyio import create_task_group
from anyio.to_thread import run_sync

from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.llm_runs import ModelRuns, Run, begin, result_of
from affectgraph.api.reasoning_bodies import read_observation
from affectgraph.api.reasoning_events import ToAnswer, to_json_text
from affectgraph.api.reasonings import ReasoningAnswer
from affectgraph.ontology.errors import AffectGraphError
from affectgraph.reasoner import Reasoner, Reasoning

Outcome = Reasoning | AffectGraphError


async def reasoned(llm: ModelRuns, run: Run, to_answer: ToAnswer) -> str:
    """Return the answer of a run with a model as JSON.

    :raises QueueFullError: if there is no place in the queue.
    :raises AffectGraphError: if no turn comes in time, or the model fails before there is a draft.
    """
    with llm.queue.place():
        found = await result_of(run, llm)
    return await run_sync(lambda: to_json_text(to_answer(found)))


async def all_reasoned(
    llm: ModelRuns, reasoner: Reasoner, records: Sequence[object], to_answer: ToAnswer
) -> str:
    """Return the answers of many records with a model as the JSON of one batch, in order.

    :raises QueueFullError: if there is no place in the queue for the batch.
    """
    with llm.queue.place():
        found = await _outcomes(llm, reasoner, records)
    return await run_sync(lambda: to_json_text(to_batch(found, to_answer)))


def to_batch(found: Sequence[Outcome], to_answer: ToAnswer) -> Batch[ReasoningAnswer]:
    """Return outcomes as they are sent: answers, and errors at their places."""

    def answer(outcome: Outcome) -> ReasoningAnswer:
        if isinstance(outcome, AffectGraphError):
            raise outcome
        return to_answer(outcome)

    return answer_each(ReasoningAnswer, found, answer)


def begin_record(reasoner: Reasoner, record: object) -> Run:
    """Return the run of a batch's record.

    :raises AffectGraphError: if it is no observation.
    """
    return begin(reasoner, read_observation(record))


async def _outcomes(llm: ModelRuns, reasoner: Reasoner, records: Sequence[object]) -> list[Outcome]:
    """Return what comes of each record, with as many in work as may have turns at once."""
    found: dict[int, Outcome] = {}
    rest = iter(enumerate(records))

    async def work() -> None:
        for place, record in rest:
            found[place] = await _outcome(llm, reasoner, record)

    async with create_task_group() as tasks:
        for _ in range(llm.limits.concurrency):
            tasks.start_soon(work)
    return [found[place] for place in range(len(records))]


async def _outcome(llm: ModelRuns, reasoner: Reasoner, record: object) -> Outcome:
    try:
        return await result_of(await run_sync(begin_record, reasoner, record), llm)
    except AffectGraphError as error:
        return error
