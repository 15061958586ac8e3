"""Models behind servers: the compliance suite, what is asked, what is kept secret, how failures end."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError, Event, Thread
from typing import Any

import pytest

from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.reasoner.constrain import CitableFact, CitedText, JsonSchema, LarkGrammar
from affectgraph.reasoner.models import (
    Generation,
    HttpModel,
    LanguageModel,
    Message,
    ModelServerError,
    Retries,
    Timeouts,
)
from affectgraph.reasoner.models.server.transport import KEY_VARIABLE
from tests.reasoner.models.chat_server import (
    MODEL,
    Asked,
    ChatServer,
    Reply,
    Sent,
    error,
    events,
    says,
)
from tests.reasoner.models.compliance import ASKED, LanguageModelCompliance

JOY = JsonSchema.of(
    {
        "type": "object",
        "properties": {"emotion": {"enum": ["joy", "anger"]}},
        "required": ["emotion"],
        "additionalProperties": False,
    }
)
CITED = CitedText([CitableFact("AU4 is the brow lowerer", ())])
KEY = "sk-very-secret-1234"


def piece(text: str) -> str:
    return json.dumps({"choices": [{"delta": {"content": text}, "finish_reason": None}]})


def words(asked: Asked) -> Sent:
    """Answer as a server does that heeds max_tokens, stop and seed; a word is a token."""
    body = asked.body
    seen = body["messages"][-1]["content"][:9].strip() or "nothing"
    tokens = f"I see {seen}. It speaks of joy, seed {body.get('seed')}.".split(" ")
    written = [f" {t}" if n else t for n, t in enumerate(tokens)][: body["max_tokens"]]
    finish = "length" if len(tokens) > body["max_tokens"] else "stop"
    text = "".join(written)
    for stop in body.get("stop", ()):
        if stop in text:
            text, finish = text[: text.index(stop)], "stop"
    return says(text, finish=finish, usage=(9, len(written)))(asked)


@pytest.fixture
def start() -> Iterator[Callable[..., ChatServer]]:
    servers: list[ChatServer] = []

    def make(*replies: Reply) -> ChatServer:
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def ask(start: Callable[..., ChatServer]) -> Iterator[Callable[..., tuple[ChatServer, HttpModel]]]:
    """Start a server with replies and a model of it that tries once."""
    models: list[HttpModel] = []

    def make(*replies: Reply, **options: object) -> tuple[ChatServer, HttpModel]:
        server = start(*replies)
        given = {"profile": "vllm", "retries": Retries(attempts=1), **options}
        models.append(HttpModel(server.url, MODEL, **given))  # type: ignore[arg-type]
        return server, models[-1]

    yield make
    for model in models:
        model.close()


Ask = Callable[..., tuple[ChatServer, HttpModel]]


class TestHttpModel(LanguageModelCompliance):
    @pytest.fixture
    def model(self, ask: Ask) -> LanguageModel:
        return ask(words)[1]


# --- what is asked ----------------------------------------------------------------------------------


def test_free_greedy_request_carries_no_more_than_it_needs(ask: Ask) -> None:
    server, model = ask(words)

    model.generate(ASKED)

    assert server.asked[0].path == "/v1/chat/completions"
    assert server.asked[0].body == {
        "model": MODEL,
        "messages": [
            {"role": "system", "content": "You explain faces."},
            {"role": "user", "content": "AU12 and AU6?"},
        ],
        "max_tokens": 24,
        "temperature": 0.0,
        "stream": False,
    }


def test_json_schema_goes_out_nested_and_strict(ask: Ask) -> None:
    server, model = ask(says('{"emotion":"joy"}'))

    model.generate(replace(ASKED, constraint=JOY, max_tokens=99))

    assert server.asked[0].body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": json.loads(JOY.text)},
    }


@pytest.mark.parametrize(
    ("profile", "keys"),
    [
        ("vllm", ("structured_outputs", "grammar")),
        ("sglang", ("ebnf",)),
        ("llama.cpp", ("grammar",)),
    ],
)
def test_grammar_goes_out_as_gbnf_where_the_server_reads_it(
    ask: Ask, profile: str, keys: tuple[str, ...]
) -> None:
    server, model = ask(says("Brows down [AU4 is the brow lowerer]"), profile=profile)

    answer = model.generate(replace(ASKED, constraint=CITED.constraint, max_tokens=99))

    sent: Any = server.asked[0].body
    for key in keys:
        sent = sent[key]
    assert sent == CITED.constraint.gbnf
    assert CITED.read(answer.text).facts[0].text == "AU4 is the brow lowerer"
    assert answer.notes == ()


def test_grammar_is_checked_and_said_to_be_unconstrained_where_there_is_no_field(ask: Ask) -> None:
    server, model = ask(says("Brows down [no fact]"), profile="ollama")

    answer = model.generate(replace(ASKED, constraint=CITED.constraint, max_tokens=99))

    assert set(server.asked[0].body) == {"model", "messages", "max_tokens", "temperature", "stream"}
    assert any("checked, not constrained" in note for note in answer.notes)


def test_openai_is_asked_by_its_own_names(ask: Ask) -> None:
    server, model = ask(says("ok"), profile="openai")

    model.generate(replace(ASKED, stop=tuple("abcdef")))

    body = server.asked[0].body
    assert (body["max_completion_tokens"], "max_tokens" in body) == (24, False)
    assert body["stop"] == ["a", "b", "c", "d"]


def test_stop_text_that_the_server_was_not_told_cuts_here(ask: Ask) -> None:
    _, model = ask(says("ok? fine"), profile="openai")

    answer = model.generate(replace(ASKED, stop=(*"abcd", "?")))

    assert (answer.text, answer.finish_reason) == ("ok", "stop")


def test_sample_without_a_seed_gets_one_that_is_sent_and_said(ask: Ask) -> None:
    server, model = ask(words)

    answer = model.generate(replace(ASKED, temperature=0.7, top_p=0.9))

    assert server.asked[0].body["seed"] == answer.seed
    assert server.asked[0].body["top_p"] == 0.9


def test_seed_that_the_server_would_change_is_refused(ask: Ask) -> None:
    _, model = ask(words, profile="llama.cpp")

    with pytest.raises(InputError, match="at most 4294967294"):
        model.generate(replace(ASKED, temperature=1.0, seed=2**32 - 1))


def test_seed_that_a_server_may_not_keep_is_said(ask: Ask) -> None:
    _, model = ask(words, profile="sglang")

    answer = model.generate(replace(ASKED, temperature=1.0, seed=3))

    assert any("do not promise the same sample" in note for note in answer.notes)


def test_wrong_constraint_is_refused_before_anybody_is_asked(ask: Ask) -> None:
    server, model = ask(words)

    for wrong in (JsonSchema("{"), JsonSchema('{"type": "verse"}'), LarkGrammar("start: ((")):
        with pytest.raises(InputError, match="Expected a"):
            model.generate(replace(ASKED, constraint=wrong))
    assert server.asked == []


# --- asking again -----------------------------------------------------------------------------------


def test_second_question_holds_the_first_answer_its_fault_and_the_schema(ask: Ask) -> None:
    server, model = ask(says('{"emotion":"rage"}'), says('{"emotion":"joy"}'))

    answer = model.generate(replace(ASKED, constraint=JOY, max_tokens=99))

    *_, said, complaint = server.asked[1].body["messages"]
    assert said == {"role": "assistant", "content": '{"emotion":"rage"}'}
    assert "at emotion: 'rage' is none of the 2 values offered" in complaint["content"]
    assert JOY.text in complaint["content"]
    assert any("asked again" in note for note in answer.notes)


def test_refused_field_is_left_out_from_then_on(ask: Ask) -> None:
    refused = error(400, "response_format is not supported")
    server, model = ask(refused, says('{"emotion":"joy"}'))
    asked = replace(ASKED, constraint=JOY, max_tokens=99)

    notes = [model.generate(asked).notes, model.generate(asked).notes]

    assert [("response_format" in one.body) for one in server.asked] == [True, False, False]
    assert JOY.text in server.asked[2].body["messages"][-1]["content"]
    assert all("asked for in words" in note for (note,) in notes)


def test_refusal_of_something_else_is_no_reason_to_ask_in_words(ask: Ask) -> None:
    server, model = ask(error(422, "temperature must be 1"))

    with pytest.raises(ModelServerError, match="temperature must be 1") as caught:
        model.generate(replace(ASKED, constraint=JOY, max_tokens=99))
    assert (caught.value.kind, len(server.asked)) == ("refused", 1)


def test_invalid_answer_says_where_and_keeps_the_text(ask: Ask) -> None:
    _, model = ask(says('{"emotion":"rage"}'))

    with pytest.raises(ModelServerError, match="at emotion: 'rage' is none of the 2") as caught:
        model.generate(replace(ASKED, constraint=JOY, max_tokens=99))
    assert caught.value.partial == '{"emotion":"rage"}'


def test_answer_that_went_into_the_reasoning_gets_its_own_hint(ask: Ask) -> None:
    _, model = ask(says(None, reasoning_content='{"emotion":"joy"}'))

    with pytest.raises(ModelServerError, match="reasoning parser"):
        model.generate(replace(ASKED, constraint=JOY, max_tokens=99))


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("is_stream", [False, True])
def test_reasoning_is_kept_apart(ask: Ask, field: str, is_stream: bool) -> None:
    said: dict[str, Any] = {field: "AU12 is up."}
    _, model = ask(says("joy", **said))

    answer = list(model.stream(ASKED))[-1].generation if is_stream else model.generate(ASKED)

    assert answer is not None
    assert (answer.text, answer.reasoning) == ("joy", "AU12 is up.")


# --- tries ------------------------------------------------------------------------------------------


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


def test_request_under_way_when_the_model_is_closed_fails_as_closed(ask: Ask) -> None:
    gate, arrived = Event(), Event()
    failed: list[ModelServerError] = []

    def hangs(asked: Asked) -> Sent:
        arrived.set()
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
    gate.set()
    thread.join()

    assert [error.kind for error in failed] == ["closed"]


def test_closed_model_refuses_requests(ask: Ask) -> None:
    _, model = ask(words)
    model.close()

    for call in (lambda: model.generate(ASKED), lambda: next(model.stream(ASKED))):
        with pytest.raises(ModelServerError, match="closed") as caught:
            call()
        assert (caught.value.kind, caught.value.retryable) == ("closed", False)


# --- the key ----------------------------------------------------------------------------------------


def test_key_of_the_environment_is_sent_and_shown_nowhere(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    server, model = ask(error(401, f"Incorrect API key provided: {KEY}."))

    with caplog.at_level(logging.DEBUG), pytest.raises(ModelServerError, match=r"\*\*\*") as caught:
        model.generate(ASKED)

    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    shown = (repr(model), str(model), str(caught.value), repr(caught.value), caplog.text)
    assert not any(KEY in text for text in shown)


def test_no_key_no_header(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server, model = ask(words)

    model.generate(ASKED)

    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_key_that_cannot_be_sent_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)

    with pytest.raises(InputError, match=KEY_VARIABLE) as caught:
        HttpModel("http://localhost", MODEL)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@localhost",
        "http://localhost/v1?api-key=secret",
        "http://localhost/v1#secret",
    ],
)
def test_address_with_a_secret_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match=KEY_VARIABLE) as caught:
        HttpModel(url, MODEL)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="Expected"):
        HttpModel(url, MODEL)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"profile": "vlm"}, "vllm, sglang"),
    ],
)
def test_option_outside_its_range_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        HttpModel("http://localhost", MODEL, **options)  # type: ignore[arg-type]


def test_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)

    with pytest.raises(MissingExtraError, match=r"affectgraph\[http\]"):
        HttpModel("http://localhost", MODEL)
