"""What reasoning would take with a model, held against what a model is really asked."""

from math import ceil
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
from affectgraph.reasoner.effort import ambiguity_of
from affectgraph.reasoner.estimate import ModelCost, estimate_run
from affectgraph.reasoner.models import GenerationRequest, Message, ScriptedModel

SMILE = {"aus": {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9, "AU20_r": 0.0}}
GOOD = "AU6 and AU12 suggest joy. Overall, this is joy."
WRONG = "AU6 and AU12 suggest joy. AU20 is the nostril flare. Overall, this is joy."
WORSE = "AU6 is the nose wrinkler. AU20 is the nostril flare. AU12 is the jaw drop."
THREE = Effort(rounds=3, drafts=2, facts=40, steps=6, max_tokens=400)


def asked(graph: EmotionGraph, replies: list[str], **chosen: Any) -> ModelCost:
    """Return what a model is really asked, with 3 characters a token."""
    model = ScriptedModel(replies)
    Reasoner(graph, model, settings=ReasonSettings(**chosen)).reason(SMILE)
    prompts = [ceil(len(m.content) / 3) for request in model.requests for m in request.messages]
    return ModelCost(len(model.requests), sum(prompts), sum(r.max_tokens for r in model.requests))


def test_least_is_what_a_run_asks_whose_first_draft_is_clean(graph: EmotionGraph) -> None:
    chosen: dict[str, Any] = {"answer": "free", "effort": THREE}

    found = Reasoner(graph, settings=ReasonSettings(**chosen)).estimate(SMILE)

    assert found.least == asked(graph, [GOOD, GOOD], **chosen)
    assert (found.least.calls, found.least.answer_tokens) == (2, 800)


def test_most_covers_a_run_that_needs_all_rounds(graph: EmotionGraph) -> None:
    chosen: dict[str, Any] = {"answer": "free", "effort": THREE}
    real = asked(graph, [WRONG, WORSE, WORSE, WORSE, WRONG + " So joy.", WORSE], **chosen)

    found = Reasoner(graph, settings=ReasonSettings(**chosen)).estimate(SMILE)

    assert found.most.calls == real.calls == 6
    assert found.most.answer_tokens == real.answer_tokens == 6 * 400
    assert found.least.prompt_tokens * 3 < real.prompt_tokens <= found.most.prompt_tokens


def test_a_constraint_that_needs_more_room_is_counted_with_it(graph: EmotionGraph) -> None:
    tight = Effort(rounds=1, drafts=1, facts=40, steps=8, max_tokens=1)

    found = Reasoner(graph, settings=ReasonSettings(answer="json", effort=tight)).estimate(SMILE)

    assert found.least.answer_tokens > 100  # closing a JSON answer takes more than one token
    assert found.least == found.most


def test_a_revision_holds_the_draft_and_feedback_of_an_answers_length() -> None:
    # 4 + 1 tokens of prompt for 12 and 3 characters; 10 tokens of answer; 2 revisions with 2 x 10 more.
    request = GenerationRequest(
        (Message("system", "a" * 12), Message("user", "abc")), max_tokens=10
    )

    found = estimate_run(1.5, Effort(rounds=3, drafts=1), [request])

    assert (found.ambiguity, found.least) == ("medium", ModelCost(1, 5, 10))
    assert found.most == ModelCost(3, 5 + 2 * 25, 30)


def test_ambiguity_has_its_bounds_at_one_and_two_bits() -> None:
    assert [ambiguity_of(bits) for bits in (0.0, 0.999, 1.0, 1.999, 2.0, 2.585)] == [
        "clear",
        "clear",
        "medium",
        "medium",
        "open",
        "open",
    ]


def test_what_cannot_be_reasoned_about_is_not_estimated(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected one of the fields text"):
        Reasoner(graph).estimate({"id": 1})
