"""Models behind servers: the compliance suite, what is asked, and what is asked again."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.constrain import CitableFact, CitedText, JsonSchema, LarkGrammar
from affectgraph.reasoner.models import (
    HttpModel,
    LanguageModel,
    ModelServerError,
)
from tests.reasoner.models.chat_server import (
    MODEL,
    ChatServer,
    error,
    says,
    words,
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


def test_field_is_asked_with_anew_where_the_words_failed_too(ask: Ask) -> None:
    refused = error(400, "response_format: prompt too long")
    server, model = ask(refused, refused, says('{"emotion":"joy"}'))
    asked = replace(ASKED, constraint=JOY, max_tokens=99)

    with pytest.raises(ModelServerError, match="too long"):
        model.generate(asked)
    answer = model.generate(asked)

    assert [("response_format" in one.body) for one in server.asked] == [True, False, True]
    assert answer.notes == ()


@pytest.mark.parametrize(
    "said",
    [
        "request body does not match the schema: temperature must be 1",
        "unguided sampling is off",
        "this guided tour has ended",
        "my_response_format_2 is unknown",
    ],
)
def test_word_that_is_no_name_of_a_field_is_no_reason_to_ask_in_words(ask: Ask, said: str) -> None:
    server, model = ask(error(422, said))

    with pytest.raises(ModelServerError, match="422"):
        model.generate(replace(ASKED, constraint=JOY, max_tokens=99))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Unknown field 'guided_json'",
        "json_schema: extra fields not permitted",
        "body.structured_outputs: not supported",
        "failed to parse grammar",
    ],
)
def test_name_of_a_field_is_a_reason_to_ask_in_words(ask: Ask, said: str) -> None:
    _, model = ask(error(400, said), says('{"emotion":"joy"}'))

    answer = model.generate(replace(ASKED, constraint=JOY, max_tokens=99))
    assert any("asked for in words" in note for note in answer.notes)


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
