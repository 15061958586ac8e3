"""The parts of a model behind a server, one by one."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llguidance import LLMatcher, LLTokenizer
from llguidance.gbnf_to_lark import gbnf_to_lark

from affectgraph.kg.http_waits import retry_after_seconds
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.constrain import CitableFact, CitedText, JsonSchema, RationaleSchema
from affectgraph.reasoner.models import FailureKind, ModelServerError, Retries, Timeouts
from affectgraph.reasoner.models.server.chat import read_piece
from affectgraph.reasoner.models.server.checks import fault_of
from affectgraph.reasoner.models.server.errors import failure_of_status, server_words
from affectgraph.reasoner.models.server.events import sent_events
from affectgraph.reasoner.models.server.strict_schema import is_within_strict_limits, strict_schema
from affectgraph.reasoner.models.server.text import AnswerText

CITED = CitedText([CitableFact(text, ()) for text in ("AU4 is it", 'a "quoted" \\ fact')])
RATIONALE = RationaleSchema([CitableFact("AU4 is it", ())], ["joy"], most_steps=2, longest=10)

# --- events -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "events"),
    [
        (b'data: {"a":1}\n\ndata:{"b":2}\n\ndata: [DONE]\n\n', [{"a": 1}, {"b": 2}, None]),
        (b'data: {"a":1}\r\n\r\ndata: [DONE]\r\n\r\n', [{"a": 1}, None]),
        (b'data: {"a":1}\r\rdata: [DONE]\r\r', [{"a": 1}, None]),
        (b': ping\n\nevent: x\nid: 3\ndata: {"a":\ndata: 1}\n\n', [{"a": 1}]),
        (b'data: {"a":"\xc3\xa4"}', [{"a": "ä"}]),
        (b"", []),
    ],
)
def test_events_are_the_same_in_bytes_of_any_size(body: bytes, events: list[Any]) -> None:
    for size in (1, 2, 3, 7, len(body) + 1):
        chunks = [body[at : at + size] for at in range(0, len(body), size)]
        assert list(sent_events(chunks)) == events


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"data: {oops\n\n", "malformed"),
        (b"data: [1]\n\n", "malformed"),
        (b"data: " + b"[" * 99_000 + b"\n\n", "malformed"),
        (b"data: \xff\n\n", "malformed"),
        (b"<html><body>Hello</body></html>\n", "not_the_api"),
    ],
)
def test_what_is_no_event_is_an_error_of_its_kind(body: bytes, kind: str) -> None:
    with pytest.raises(ModelServerError) as caught:
        list(sent_events([body]))
    assert caught.value.kind == kind


# --- errors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [50, 900, 99_000])
def test_error_nested_however_deep_is_said_in_one_short_line(depth: int) -> None:
    for body in ("[" * depth, '{"error":' * depth + '"down"' + "}" * depth):
        said = failure_of_status(500, body)

        assert said.kind == "unavailable"
        assert len(str(said)) < 600


@pytest.mark.parametrize("finish", [["stop"], {"reason": "stop"}, 3, True])
def test_reason_to_end_that_is_no_text_is_malformed(finish: Any) -> None:
    answer = {"choices": [{"message": {"content": "joy"}, "finish_reason": finish}]}

    with pytest.raises(ModelServerError, match="in OpenAI's form") as caught:
        read_piece(answer)
    assert caught.value.kind == "malformed"


def test_content_nested_too_deep_is_malformed() -> None:
    content: Any = "joy"
    for _ in range(5000):
        content = [{"text": content}]

    with pytest.raises(ModelServerError, match="in OpenAI's form"):
        read_piece({"choices": [{"message": {"content": content}}]})


@pytest.mark.parametrize(
    ("status", "said", "kind", "retryable"),
    [
        (302, "", "not_the_api", False),
        (400, "bad", "refused", False),
        (403, "no", "unauthorized", False),
        (404, '{"detail":"Not Found"}', "not_the_api", False),
        (404, '{"error":"model not found"}', "unknown_model", False),
        (408, "", "unavailable", True),
        (429, "", "rate_limited", True),
        (500, "", "unavailable", True),
        (529, "", "unavailable", True),
    ],
)
def test_status_has_a_kind(status: int, said: str, kind: FailureKind, retryable: bool) -> None:
    failure = failure_of_status(status, said)

    assert (failure.kind, failure.retryable, failure.status) == (kind, retryable, status)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"object":"error","message":"too long"}', "too long"),
        ('{"detail":[{"msg":"field required","loc":["body"]}]}', "field required"),
        ('{"error":"busy"}', "busy"),
        ("plain\n\x1b[31mtext", "plain [31mtext"),
        ("x" * 400, "x" * 300 + "..."),
    ],
)
def test_words_of_a_server_are_one_short_line(body: str, words: str) -> None:
    assert server_words(body) == words


# --- tries ------------------------------------------------------------------------------------------


def test_equal_seeds_wait_equally_and_others_do_not() -> None:
    failed = ModelServerError("x", kind="unavailable")
    retries = Retries(attempts=5)

    def waits(seed: int) -> list[float | None]:
        draw = Random(seed)  # noqa: S311 - waits
        return [retries.wait_seconds(failed, attempt, draw) for attempt in range(1, 5)]

    assert waits(1) == waits(1)
    assert waits(1) != waits(2)
    assert None not in waits(1)
    assert retries.wait_seconds(failed, 5, Random(1)) is None  # noqa: S311 - waits


@pytest.mark.parametrize("kind", ["timeout", "refused", "unauthorized", "invalid_answer", "closed"])
def test_kind_that_is_not_tried_again(kind: FailureKind) -> None:
    assert Retries().wait_seconds(ModelServerError("x", kind=kind), 1, Random(1)) is None  # noqa: S311 - waits


def test_wait_never_passes_the_longest() -> None:
    failed = ModelServerError("x", kind="unavailable")
    wait = Retries(attempts=999, longest_wait_seconds=2).wait_seconds(failed, 998, Random(1))  # noqa: S311 - waits

    assert wait is not None
    assert 1 <= wait <= 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 0.0),
        ("-1", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    now = datetime(2015, 10, 21, 7, 28, tzinfo=UTC)

    assert retry_after_seconds(header, now=lambda: now) == seconds


@pytest.mark.parametrize(
    "options", [{"attempts": 0}, {"first_wait_seconds": -1}, {"longest_wait_seconds": 0.1}]
)
def test_retries_outside_their_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="Expected 1 attempt or more"):
        Retries(**options)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_timeout_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(InputError, match="above 0 seconds"):
        Timeouts(connect_seconds=seconds)


# --- text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "text", "reasoning"),
    [
        ("joy", "joy", ""),
        ("<think>AU12</think>\n\njoy", "joy", "AU12"),
        ("\n<think>\n</think>joy", "joy", ""),
        ("<think>never closed", "", "never closed"),
        ("<thin line", "<thin line", ""),
        ("<thi", "<thi", ""),
        ("joy <think>late</think>", "joy <think>late</think>", ""),
        ("  joy ", "  joy ", ""),
        ("```json\n{}\n```", "{}", ""),
        ("```\n{}\n```\n", "{}", ""),
        ("```{}```", "{}", ""),
        ("<think>x</think>```json\n{}\n```", "{}", "x"),
        ("Here: ```json\n{}\n```", "Here: ```json\n{}\n```", ""),
        ("```json\n{}\n```\nDone.", "```json\n{}\n```\nDone.", ""),
        ("```a\n1\n```\n```b\n2\n```", "```a\n1\n```\n```b\n2\n```", ""),
        ("```", "```", ""),
        ("``", "``", ""),
        ("joy END fear", "joy ", ""),
        ("<think>END</think>joy", "joy", "END"),
        ("", "", ""),
    ],
)
def test_text_is_the_same_in_pieces_of_any_size(whole: str, text: str, reasoning: str) -> None:
    for size in (1, 2, 5, len(whole) + 1):
        answer = AnswerText(["END"], unfence=True)
        shown = [answer.push(whole[at : at + size]) for at in range(0, len(whole), size)]
        shown.append(answer.finish())
        assert ("".join(shown), answer.text, answer.reasoning) == (text, text, reasoning)


def test_fence_of_a_free_answer_stays() -> None:
    answer = AnswerText()

    assert answer.push("```\njoy\n```") + answer.finish() == "```\njoy\n```"


# --- checks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"steps":[{"text":"a","fact":"AU4 is it"}],"emotion":"joy"}', None),
        (' {"emotion": "joy",\n "steps": [{"fact": "no fact", "text": "a"}]}\n', None),
        ('{"steps":[{"text":"a","fact":"AU4"}],"emotion":"joy"}', "at steps/0/fact: 'AU4' is none"),
        ('{"steps":[{"text":"","fact":"no fact"}],"emotion":"joy"}', "breaks minLength 1"),
        ('{"steps":[],"emotion":"joy"}', "at steps: '[]' breaks minItems 1"),
        ('{"emotion":"joy"}', "a field of steps, emotion is missing"),
        ('{"steps":7,"emotion":"joy"}', "at steps: '7' is not of type array"),
        ('{"steps":[{"text":"a","fact":"no fact"}],"emotion":"joy","x":1}', "a field too many"),
        ("[]", "'[]' is not of type object"),
        ("NaN", "it is not one JSON value"),
        ('{"emotion":"joy"} and so on', "it is not one JSON value"),
        ("", "it is not one JSON value"),
        ("[" * 100_000, "it is not one JSON value"),
    ],
)
def test_fault_of_json_says_where_and_what(text: str, fault: str | None) -> None:
    found = fault_of(text, RATIONALE.constraint)

    assert found is None if fault is None else fault in (found or "")
    assert len(found or "") < 400


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Brows [AU4 is it]", None),
        ("Brows [AU4 is it] So [no fact]\n", None),
        ('Brows [a "quoted" \\ fact]', None),
        ("Brows [AU5 is it]", "it leaves the grammar at '5 is it]', after 'Brows [AU'"),
        ("Brows", "it breaks off"),
        ("", "it breaks off"),
        ("Brows [AU4 is it] more", "it breaks off"),
    ],
)
def test_fault_of_cited_text_says_where(text: str, fault: str | None) -> None:
    found = fault_of(text, CITED.constraint)

    assert found is None if fault is None else fault in (found or "")


def test_schema_that_refers_elsewhere_is_refused_and_not_fetched() -> None:
    with pytest.raises(InputError, match="stands alone"):
        fault_of("1", JsonSchema('{"$ref": "http://127.0.0.1:9/schema"}'))


def accepts(grammar: str, text: str) -> bool:
    matcher = LLMatcher(LLTokenizer("byte"), LLMatcher.grammar_from_lark(grammar))
    return matcher.consume_tokens(list(text.encode())) and matcher.is_accepting()


PIECES = [
    *("Brows [AU4 is it]", " So [no fact]", 'It [a "quoted" \\ fact]', "\u2003", "\x85"),
    *("Brows", " ", "[", "]", "AU4 is it", "no fact", "ä", "\n", "."),
]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_gbnf_of_cited_text_is_the_language_of_its_grammar(text: str) -> None:
    grammar = CITED.constraint

    assert accepts(gbnf_to_lark(grammar.gbnf), text) == accepts(grammar.text, text)


def test_gbnf_takes_what_the_grammar_takes() -> None:
    assert accepts(gbnf_to_lark(CITED.constraint.gbnf), 'So [no fact] And [a "quoted" \\ fact]')


# --- OpenAI's part of JSON Schema -------------------------------------------------------------------


def test_strict_schema_has_types_and_no_bounds_on_texts() -> None:
    step = strict_schema(RATIONALE.schema)["properties"]["steps"]["items"]["properties"]

    assert step == {
        "text": {"type": "string"},
        "fact": {"type": "string", "enum": ["AU4 is it", "no fact"]},
    }


def test_field_called_like_a_bound_stays() -> None:
    assert strict_schema({"properties": {"maxLength": {"maxLength": 3}}}) == {
        "properties": {"maxLength": {}}
    }


@pytest.mark.parametrize(
    ("values", "within"),
    [
        ([str(n) for n in range(1_000)], True),
        ([str(n) for n in range(1_001)], False),
        (["x" * 60 + str(n) for n in range(250)], True),
        (["x" * 60 + str(n) for n in range(251)], False),
        (["x" * 120_001], False),
    ],
)
def test_size_of_strict_schemas_is_bounded(values: list[str], within: bool) -> None:
    schema = {"type": "object", "properties": {"e": {"enum": values}}}

    assert is_within_strict_limits(schema) is within


def test_strict_schemas_are_objects() -> None:
    assert not is_within_strict_limits({"enum": ["joy"]})


@pytest.mark.parametrize(
    "options",
    [
        {"attempts": "3"},
        {"attempts": 2.5},
        {"seed": "x"},
        {"first_wait_seconds": None},
        {"longest_wait_seconds": float("nan")},
        {"longest_wait_seconds": float("inf")},
    ],
)
def test_retries_that_are_no_numbers_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="Expected attempts and seed as whole numbers"):
        Retries(**options)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), "60", None])
@pytest.mark.parametrize("name", ["connect_seconds", "first_token_seconds", "total_seconds"])
def test_time_that_never_ends_or_is_no_number_is_refused(name: str, seconds: Any) -> None:
    with pytest.raises(InputError, match="finite"):
        Timeouts(**{name: seconds})
