"""Which requests share a batch."""

from collections.abc import Sequence
from threading import Event

from affectgraph.reasoner.models import Generation, GenerationRequest, Message, Usage
from affectgraph.reasoner.models.batching import Job, MicroBatchQueue
from affectgraph.reasoner.models.server.errors import ModelServerError


def batches(jobs: Sequence[Job], *, size: int) -> list[list[str]]:
    """Return the batches that jobs put at once are run in, each as the texts asked."""
    found: list[list[str]] = []

    def run(batch: Sequence[Job]) -> None:
        found.append([job.request.messages[0].content for job in batch])
        for job in batch:
            job.answer.set_result(Generation("", "stop", Usage(1, 1), "none"))

    queue = MicroBatchQueue(run, size=size, wait_seconds=0.0, name="test")
    queue.put(jobs)
    for job in jobs:
        job.answer.result()
    queue.close()
    return found


def job(text: str, *, is_alone: bool = False) -> Job:
    return Job(GenerationRequest((Message("user", text),)), is_alone)


def test_requests_share_a_batch_past_those_that_run_alone() -> None:
    jobs = [job("a"), job("A", is_alone=True), job("b"), job("B", is_alone=True), job("c")]

    assert batches(jobs, size=8) == [["a", "b", "c"], ["A"], ["B"]]


def test_what_waits_longest_runs_first_and_a_batch_is_no_larger_than_its_size() -> None:
    jobs = [job("A", is_alone=True), job("a"), job("b"), job("B", is_alone=True), job("c")]

    assert batches(jobs, size=2) == [["A"], ["a", "b"], ["B"], ["c"]]


def test_closing_cancels_the_batch_that_runs_and_refuses_what_waits() -> None:
    begun = Event()

    def run(batch: Sequence[Job]) -> None:
        begun.set()
        for job in batch:
            assert job.cancelled.wait(10)
            job.finish(Generation("half", "cancelled", Usage(1, 1), "tiny"))

    queue = MicroBatchQueue(run, size=1, wait_seconds=0.0, name="test")
    jobs = [job("a"), job("b")]
    queue.put(jobs)
    assert begun.wait(10)
    queue.close()

    assert [str(job.outcome()) for job in jobs] == [
        "tiny: the model was closed. Load it anew.",
        "test: the model was closed. Load it anew.",
    ]


def test_error_of_a_batch_is_each_requests_own() -> None:
    cause = RuntimeError("illegal memory access")

    def run(batch: Sequence[Job]) -> None:
        raise ModelServerError("down.", kind="unavailable", hint="Wait.") from cause

    queue = MicroBatchQueue(run, size=2, wait_seconds=0.0, name="test")
    jobs = [job("a"), job("b")]
    queue.put(jobs)
    first, second = (job.answer.exception() for job in jobs)
    queue.close()

    assert isinstance(first, ModelServerError)
    assert isinstance(second, ModelServerError)
    assert first is not second
    assert (str(first), first.kind, first.__cause__) == (str(second), "unavailable", cause)


def test_no_request_is_lost_or_run_twice() -> None:
    jobs = [job(str(n), is_alone=n % 3 == 0) for n in range(20)]
    found = batches(jobs, size=4)

    assert sorted(int(text) for batch in found for text in batch) == list(range(20))
    assert all(len(batch) == 1 for batch in found if int(batch[0]) % 3 == 0)
