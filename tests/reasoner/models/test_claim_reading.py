"""Claims read by a model behind a server, and by one with weights, in the form that is asked for."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Checker, ClaimExtractor, ExtendedReport
from affectgraph.reasoner.llm_claims import MOST_CLAIMS
from affectgraph.reasoner.models import HttpModel, ModelServerError, TransformersModel
from affectgraph.reasoner.prompt_styles import prompt_texts
from tests.reasoner.models.chat_server import ChatServer, error, says
from tests.reasoner.models.tiny import tiny_model, tiny_tokenizer

TEXT = "AU6 and AU12 suggest joy. Rage is anger turned up to eleven."
GIVEN = {
    "type": "stronger_than",
    "quote": "Rage is anger turned up",
    "subject": ["rage"],
    "object": ["anger"],
    "polarity": "affirmed",
    "commitment": "plain",
}
GOOD = json.dumps({"claims": [GIVEN]})

Ask = Callable[..., tuple[ChatServer, HttpModel]]


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def test_server_is_sent_the_schema_and_its_claims_are_judged(checker: Checker, ask: Ask) -> None:
    server, model = ask(says(GOOD))
    found = ClaimExtractor(checker, model).check(TEXT)

    sent = server.asked[0].body["response_format"]["json_schema"]["schema"]
    assert list(sent["properties"]) == ["claims"]
    assert [(j.claim.id, j.verdict) for j in found.extra.judgements] == [("m1", "supported")]
    assert found.extra.error is None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says("There are no claims."), "invalid_answer"),
        (says(json.dumps({"claims": [{**GIVEN, "subject": ["fury"]}]})), "invalid_answer"),
        (says(GOOD, cut_at=40), "malformed"),
        (error(503, "too busy"), "unavailable"),
        (error(401, "no such key"), "unauthorized"),
    ],
)
def test_server_that_fails_leaves_the_report_and_says_why(
    checker: Checker, ask: Ask, reply: Any, kind: str
) -> None:
    _, model = ask(reply)
    found = ClaimExtractor(checker, model).check(TEXT)

    assert isinstance(found.extra.error, ModelServerError)
    assert found.extra.error.kind == kind
    assert found.report == checker.check(TEXT)


@pytest.fixture(scope="module")
def random_model(graph: EmotionGraph) -> Iterator[TransformersModel]:
    """A tiny model of random weights whose tokenizer knows the words of the prompt."""
    pytest.importorskip("transformers")
    concepts = [concept.slug for concept in graph.index.concepts.values()]
    texts = [*prompt_texts("claims", None, ()).values(), *concepts, *graph.index.units]
    tokenizer = tiny_tokenizer(texts, vocabulary=3000)
    made = TransformersModel(tiny_model(tokenizer), tokenizer)
    yield made
    made.close()


@pytest.mark.slow
def test_random_weights_answer_in_form_and_quote_nothing_by_chance(
    checker: Checker, random_model: TransformersModel
) -> None:
    extractor = ClaimExtractor(checker, random_model, most=3)
    records = [{"rationale": TEXT}, {"rationale": "Dread, no doubt.", "scheme": "meld"}]

    for found in extractor.check_many(records):
        assert isinstance(found, ExtendedReport)
        extra = found.extra
        assert extra.error is None
        assert extra.generation is not None
        given = json.loads(extra.generation.text)["claims"]
        assert len(given) == len(extra.judgements) + len(extra.known) + len(extra.rejected)
        assert {r.reason for r in extra.rejected} <= {"quote"}
        assert extra.usage.completion_tokens <= MOST_CLAIMS * 80
