"""The scripted model, and the compliance suite on it."""

from dataclasses import replace

import pytest

from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.reasoner.models import GenerationRequest, Message, ScriptedModel
from tests.reasoner.models.compliance import ASKED, LanguageModelCompliance


def describe(request: GenerationRequest) -> str:
    seen = request.messages[-1].content[:9].strip() or "nothing"
    return f"I see {seen}. It speaks of joy, seed {request.seed}."


class TestScriptedModel(LanguageModelCompliance):
    @pytest.fixture
    def model(self) -> ScriptedModel:
        return ScriptedModel(describe)


def test_replies_go_out_in_order() -> None:
    model = ScriptedModel(["first", "second"])

    assert [answer.text for answer in model.batch([ASKED, ASKED])] == ["first", "second"]


def test_requests_are_kept_in_order() -> None:
    model = ScriptedModel(["a", "b"])
    other = replace(ASKED, max_tokens=3)
    model.batch([ASKED, other])

    assert model.requests == (ASKED, other)


def test_script_that_has_run_out_says_how_long_it_was() -> None:
    model = ScriptedModel(["only"])
    model.generate(ASKED)

    with pytest.raises(BackendError, match="1 replies, and reply 2") as caught:
        model.generate(ASKED)
    assert not caught.value.retryable


def test_error_in_a_script_is_raised() -> None:
    error = BackendError("busy.", backend="server", retryable=True)
    model = ScriptedModel([error, "then"])

    with pytest.raises(BackendError, match="busy"):
        model.generate(ASKED)
    assert model.generate(ASKED).text == "then"


def test_one_text_is_no_script() -> None:
    with pytest.raises(InputError, match="list of replies"):
        ScriptedModel("joy")


def test_reply_longer_than_asked_is_cut_and_says_so() -> None:
    answer = ScriptedModel(["one two three"]).generate(replace(ASKED, max_tokens=2))

    assert (answer.text, answer.finish_reason) == ("one two", "length")


def test_empty_reply_is_an_answer() -> None:
    answer = ScriptedModel([""]).generate(ASKED)

    assert (answer.text, answer.usage.completion_tokens) == ("", 0)


def test_line_breaks_of_a_reply_are_kept() -> None:
    text = " a\n\n b\t"

    assert ScriptedModel([text]).generate(ASKED).text == text
    assert "".join(d.text for d in ScriptedModel([text]).stream(ASKED)) == text


def test_message_of_a_reply_to_a_user() -> None:
    request = GenerationRequest((Message("user", "AU4"),))

    assert ScriptedModel(describe).generate(request).text.startswith("I see AU4.")
