"""Models behind servers while they run: tries, streams, batches, threads, and their end."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest

from affectgraph.reasoner.constrain import JsonSchema
from affectgraph.reasoner.models import (
    Generation,
    HttpModel,
    Message,
    ModelServerError,
    Retries,
    Timeouts,
)
from tests.reasoner.models.chat_server import (
    Asked,
    ChatServer,
    Sent,
    error,
    events,
    piece,
    says,
    words,
)
from tests.reasoner.models.compliance import ASKED

Ask = Callable[..., tuple[ChatServer, HttpModel]]


def test_waits_grow_and_heed_retry_after(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(HttpModel, "_pause", lambda self, seconds: waited.append(seconds))
    slow, down = error(429, "slow", Retry_After="7"), error(503, "loading")
    _, model = ask(slow, down, down, words, retries=Retries(attempts=4, first_wait_seconds=1.0))

    model.generate(ASKED)

    assert waited[0] == 7.0
    assert 1.0 <= waited[1] <= 2.0
    assert 2.0 <= waited[2] <= 4.0


def test_error_after_several_tries_says_how_many(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HttpModel, "_pause", lambda self, seconds: None)
    _, model = ask(error(503, "loading"), retries=Retries(attempts=3))

    with pytest.raises(ModelServerError, match=r"503: loading.*\(3 tries\)") as caught:
        model.generate(ASKED)
    assert (caught.value.status, caught.value.attempts) == (503, 3)


def test_failure_of_the_second_try_keeps_the_text_of_the_first(ask: Ask) -> None:
    request = replace(ASKED, constraint=JsonSchema.of({"enum": ["joy", "anger"]}))
    server, model = ask(says('"rage"'), error(400, "the prompt is too long"))

    with pytest.raises(ModelServerError, match="too long") as caught:
        model.generate(request)
    assert (caught.value.kind, caught.value.partial) == ("refused", '"rage"')
    assert len(server.asked) == 2


def test_stream_is_not_begun_anew_after_its_first_piece(ask: Ask) -> None:
    broken = events(piece("It looks"), is_cut=True)
    server, model = ask(lambda _: broken, words, retries=Retries(attempts=3))
    stream = model.stream(ASKED)

    assert next(stream).text == "It looks"
    with pytest.raises(ModelServerError) as caught:
        next(stream)
    assert (caught.value.kind, caught.value.partial) == ("interrupted", "It looks")
    assert len(server.asked) == 1


# --- streams, batches, threads ----------------------------------------------------------------------


def test_left_stream_closes_the_connection(ask: Ask) -> None:
    gate = Event()
    long = events(*[piece("x" * 50_000)] * 400, gate=gate)
    server, model = ask(lambda _: long)
    stream = model.stream(ASKED)

    next(stream)
    stream.close()  # type: ignore[attr-defined]
    gate.set()

    assert server.went_away.wait(10)


def test_stream_can_be_left_while_the_model_thinks(ask: Ask) -> None:
    gate = Event()
    thought = json.dumps({"choices": [{"delta": {"reasoning_content": "x" * 50_000}}]})
    server, model = ask(lambda _: events(*[thought] * 400, gate=gate))
    stream = model.stream(ASKED)

    assert next(stream).text == ""
    stream.close()  # type: ignore[attr-defined]
    gate.set()

    assert server.went_away.wait(10)


def test_batch_keeps_the_answers_beside_a_failure(ask: Ask) -> None:
    def picky(asked: Asked) -> Sent:
        is_bad = asked.body["messages"][-1]["content"] == "bad"
        return (error(400, "no") if is_bad else words)(asked)

    _, model = ask(picky)
    bad = replace(ASKED, messages=(Message("user", "bad"),))

    with pytest.raises(ModelServerError, match="400: no") as caught:
        model.batch([ASKED, bad, ASKED])
    first, second, third = caught.value.answers
    assert isinstance(first, Generation)
    assert second is None
    assert third == replace(first, seconds=third.seconds if third else 0)


def test_batch_stops_asking_after_a_failure_that_all_would_meet(ask: Ask) -> None:
    server, model = ask(error(401, "no key"), concurrency=1)

    with pytest.raises(ModelServerError, match="AFFECTGRAPH_LLM_API_KEY"):
        model.batch([ASKED] * 5)
    assert len(server.asked) == 1


def test_requests_are_under_way_at_once_up_to_the_limit(ask: Ask) -> None:
    together = Barrier(3, timeout=10)

    def met(asked: Asked) -> Sent:
        together.wait()
        return words(asked)

    _, model = ask(met, concurrency=3)

    assert len(model.batch([ASKED] * 6)) == 6


def test_no_more_requests_than_the_limit_are_under_way(ask: Ask) -> None:
    second = Barrier(2, timeout=0.2)
    met: list[int] = []

    def alone(asked: Asked) -> Sent:
        with suppress(BrokenBarrierError):
            met.append(second.wait())
        return words(asked)

    _, model = ask(alone, concurrency=1)
    threads = [Thread(target=model.generate, args=(ASKED,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert met == []


def test_stream_nobody_closes_does_not_block_for_ever(ask: Ask) -> None:
    _, model = ask(
        lambda _: events(piece("It"), piece("is")),
        concurrency=1,
        timeouts=Timeouts(total_seconds=0.5),
    )
    stream = model.stream(ASKED)
    next(stream)

    with pytest.raises(ModelServerError, match="close streams that nobody reads") as caught:
        model.generate(ASKED)
    assert caught.value.kind == "timeout"
    stream.close()  # type: ignore[attr-defined]


def test_answer_that_does_not_end_in_time_is_a_timeout_and_not_tried_again(ask: Ask) -> None:
    gate = Event()
    hangs = Sent([b'{"choices": [', b"]}"], gate=gate)
    times = Timeouts(total_seconds=0.2)
    server, model = ask(lambda _: hangs, timeouts=times, retries=Retries(attempts=3))

    with pytest.raises(ModelServerError, match=r"0\.2 s in all") as caught:
        model.generate(ASKED)
    gate.set()

    assert (caught.value.kind, caught.value.retryable) == ("timeout", True)
    assert len(server.asked) == 1


@pytest.mark.parametrize("has_begun", [True, False])
def test_request_under_way_when_the_model_is_closed_fails_as_closed(
    ask: Ask, has_begun: bool
) -> None:
    gate, arrived = Event(), Event()
    failed: list[ModelServerError] = []

    def hangs(asked: Asked) -> Sent:
        arrived.set()
        if not has_begun:
            gate.wait(30)
        return Sent([b'{"choices": [', b"]}"], gate=gate)

    _, model = ask(hangs, retries=Retries(attempts=3))

    def run() -> None:
        try:
            model.generate(ASKED)
        except ModelServerError as error:
            failed.append(error)

    thread = Thread(target=run)
    thread.start()
    assert arrived.wait(10)
    model.close()
    thread.join(10)  # the server answers nothing more until the gate opens
    was_waiting = thread.is_alive()
    gate.set()
    thread.join()

    assert [error.kind for error in failed] == ["closed"]
    assert not was_waiting


def test_closed_model_refuses_requests(ask: Ask) -> None:
    _, model = ask(words)
    model.close()

    for call in (lambda: model.generate(ASKED), lambda: next(model.stream(ASKED))):
        with pytest.raises(ModelServerError, match="closed") as caught:
            call()
        assert (caught.value.kind, caught.value.retryable) == ("closed", False)
