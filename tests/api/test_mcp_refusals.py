"""The tools of the Model Context Protocol: what they refuse, in which words, and how tools are made."""

from typing import Any

import pytest
from mcp.server.mcpserver import MCPServer

from affectgraph.api import mcp_tool
from affectgraph.api.graph_services import Services
from affectgraph.api.mcp_server import GraphServer, make_server
from affectgraph.api.mcp_tool import UNFORESEEN, error_text, to_result, to_tool
from affectgraph.api.shapes import Shape
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import BackendError, InputError
from tests.api.mcp_calls import answer, refusal, text_of
from tests.api.test_mcp import TOOLS


@pytest.fixture(scope="module")
def server(graph: EmotionGraph) -> MCPServer[Any]:
    return make_server(Services(graph))


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("ground", {}, "labels: Field required"),
    ("ground", {"labels": []}, "at least 1 item"),
    ("ground", {"labels": ["joy"] * 51}, "at most 50 items"),
    ("ground", {"labels": "joy"}, "labels: Input should be a valid list, got 'joy'"),
    ("ground", {"labels": [7]}, "labels.0: Input should be a valid string, got 7"),
    (
        "ground",
        {"labels": ["joy"], "limit": 0},
        "limit: Input should be greater than or equal to 1",
    ),
    ("ground", {"labels": ["joy"], "preset": "sure"}, "'strict', 'balanced' or 'always'"),
    ("ground", {"labels": ["joy"], "scheme": "goemotion"}, "Nearest: goemotions"),
    ("lookup", {"name": "angr"}, "Nearest: anger, caring. `ground` says what any word means."),
    ("lookup", {"nam": "anger"}, "nam: Extra inputs are not permitted"),
    ("lookup", {"name": "anger", "include": ["patterns"]}, "'narrower', 'opposites' or 'vad'"),
    ("annotate", {"text": "x" * 20_001}, "at most 20000 characters"),
    ("annotate", {"text": None}, "text: Input should be a valid string, got None"),
    ("check", {}, "Expected at least one of the fields rationale, label, scheme, aus, vad"),
    ("check", {"rationale": "AU4.", "vad": [0.1, 0.2]}, "at least 3 items"),
    ("check", {"rationale": "AU4.", "vad": [0.1, 0.2, 3]}, "vad.2: Input should be less than"),
    (
        "check",
        {"rationale": "AU4.", "aus": {"AU04_r": "high"}},
        "aus.AU04_r: Input should be a valid",
    ),
    ("check", {"rationale": "AU4.", "sources": "nobody"}, "got 'nobody'"),
    (
        "sparql",
        {"query": "ASK { emotion:joy ?p ?o }"},
        "in front of it:\nPREFIX emotion: <https://w3id.org/affectgraph/emotion/>",
    ),
    ("sparql", {"query": "ASK FROM <urn:none> {}"}, "got <urn:none> (at 1:10)"),
    ("nearest", {"valence": 2, "arousal": 0, "dominance": 0}, "valence: Input should be less than"),
    ("aus", {"actions": [True]}, "actions.0.int: Input should be a valid integer, got True"),
    (
        "nearest",
        {"valence": True, "arousal": 0, "dominance": 0},
        "valence: Input should be a valid",
    ),
    (
        "nearest",
        {"valence": float("nan"), "arousal": 0, "dominance": 0},
        "valence: Input should be",
    ),
    ("aus", {}, "Expected either actions or emotion, got neither. Give one of them."),
    ("aus", {"actions": ["AU4"], "emotion": "anger"}, "got both"),
    ("aus", {"emotion": "anger", "detector": "openface"}, "Expected no detector with emotion"),
    ("aus", {"actions": ["AU99"]}, "got 'AU99'"),
    ("aus", {"actions": ["AU4"], "detector": "openfacee"}, "openface, py-feat."),
    (
        "map",
        {"source": "goemotions", "target": "ekman"},
        "Nearest: ekman-7, ekman-6, emonet. `schemes` lists them.",
    ),
    ("map", {"source": "ekman-6", "target": "meld", "labels": ["hapiness"]}, "Nearest: happiness"),
    (
        "map",
        {"source": "ekman-6", "target": "meld", "labels": ["qqq"]},
        "There are: anger, disgust, fear, happiness, sadness, surprise.",
    ),
    ("schemes", {"name": "ekman"}, "Nearest: ekman-7, ekman-6, emonet. `schemes` lists them."),
]


@pytest.mark.parametrize(("tool", "arguments", "part"), WRONG)
def test_wrong_input_is_refused_in_words(
    server: MCPServer[Any], tool: str, arguments: dict[str, Any], part: str
) -> None:
    assert part in refusal(server, tool, **arguments)


def test_unknown_tool_is_answered_with_those_there_are(server: MCPServer[Any]) -> None:
    assert refusal(server, "reason", text="x") == (
        f"Expected a tool of {', '.join(TOOLS)}, got 'reason'."
    )


def test_list_sent_as_json_text_is_read(server: MCPServer[Any]) -> None:
    assert answer(server, "ground", labels='["dread"]')["items"][0]["status"] == "linked"


def test_text_that_no_answer_can_carry_is_mended(server: MCPServer[Any]) -> None:
    (found,) = answer(server, "ground", labels=["jo\ud800y"])["items"]

    assert found["text"] == "jo\ufffdy"


def test_answer_that_is_too_long_is_refused_and_not_cut(
    server: MCPServer[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mcp_tool, "ANSWER_LIMIT", 1_000)

    found = refusal(server, "schemes")

    assert "Expected an answer of at most 1,000 characters" in found
    assert "Ask for less" in found


# --- how a function becomes a tool ----------------------------------------------------------------


class Number(Shape):
    """A number."""

    value: int | None


@pytest.fixture
def failing() -> MCPServer[Any]:
    def fail() -> Number:
        """Fails."""
        raise ZeroDivisionError("a secret of the server")

    async def number(of: int) -> Number:
        """A number."""
        if of < 0:
            raise InputError(f"Expected a number from 0, got {of}. Leave out the sign.")
        return Number(value=of or None)

    return GraphServer("failing", tools=[to_tool(fail, title="F"), to_tool(number, title="N")])


def test_what_nobody_foresaw_is_logged_and_not_shown(
    failing: MCPServer[Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert refusal(failing, "fail") == UNFORESEEN
    assert "a secret of the server" in caplog.text


def test_coroutine_answers_and_refuses_alike(failing: MCPServer[Any]) -> None:
    assert answer(failing, "number", of=3) == {"value": 3}
    assert refusal(failing, "number", of=-3) == (
        "Expected a number from 0, got -3. Leave out the sign."
    )


def test_text_of_an_answer_leaves_out_what_is_empty() -> None:
    result = to_result(Number(value=None))

    assert (text_of(result), result.structured_content) == ("{}", {"value": None})


def test_failure_that_may_pass_says_to_try_again() -> None:
    error = BackendError("the store is busy.", backend="oxigraph", retryable=True)

    assert error_text(error) == "oxigraph: the store is busy. Try again later."
