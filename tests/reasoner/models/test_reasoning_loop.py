"""The loop with a real causal model of random weights: the hardest case for constraints."""

from collections.abc import Iterator
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Effort, Reasoner, Reasoning, ReasonSettings, citable_facts
from affectgraph.reasoner.models import TransformersModel
from affectgraph.reasoner.prompt_styles import Answer, load_style
from tests.reasoner.models.tiny import tiny_model, tiny_tokenizer

SMILE = {"aus": {"AU04_r": 0.0, "AU06_r": 2.1, "AU12_r": 2.9}}
SURPRISE_OR_FEAR = {"aus": {"AU01": 0.9, "AU02": 0.9, "AU05": 0.9, "AU26": 0.9}}


@pytest.fixture(scope="module")
def model(graph: EmotionGraph) -> Iterator[Any]:
    """A tiny model whose tokenizer knows the words of the facts, so that tokens count as in real ones."""
    pytest.importorskip("transformers")
    texts = [*(fact.text for fact in citable_facts(graph)), load_style().system, load_style().user]
    tokenizer = tiny_tokenizer(texts, vocabulary=4000)
    made = TransformersModel(tiny_model(tokenizer), tokenizer)
    yield made
    made.close()


LABELS: list[dict[str, Any]] = [{"label": name} for name in ("joy", "anger", "fear", "sadness")]


def test_observations_share_a_batch_for_their_first_drafts(
    graph: EmotionGraph, weights: Any, tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = TransformersModel(weights, tokenizer, batch_size=4, batch_wait_seconds=60.0)
    sizes: list[int] = []
    decode = model._decode_batch

    def counted(rows: Any, batch: Any) -> int:
        sizes.append(len(rows))
        return decode(rows, batch)

    monkeypatch.setattr(model, "_decode_batch", counted)
    effort = Effort(rounds=1, drafts=2, facts=2, steps=2, max_tokens=4)
    asked = ReasonSettings(answer="free", effort=effort)
    found = Reasoner(graph, model, settings=asked).reason_many(LABELS)
    model.close()

    assert [isinstance(one, Reasoning) for one in found] == [True] * 4
    assert sizes == [4, 1, 1, 1, 1]  # the greedy drafts together; samples with seeds run alone


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["json", "cited"])
def test_random_weights_answer_in_form_and_cost_a_third_where_all_is_clear(
    graph: EmotionGraph, model: Any, answer: Answer
) -> None:
    reasoner = Reasoner(graph, model, settings=ReasonSettings(answer=answer, seed=3))
    clear, open_ = reasoner.reason_many([SMILE, SURPRISE_OR_FEAR])
    assert isinstance(clear, Reasoning)
    assert isinstance(open_, Reasoning)

    for found in (clear, open_):
        offered = {fact.text for fact in found.evidence.facts}
        drafts = [draft for r in found.rounds for draft in r.drafts]
        assert [draft.problem for draft in drafts] == [""] * len(drafts)
        cited = [s.fact.text for draft in drafts for s in draft.statements if s.fact is not None]
        assert set(cited) <= offered
    spent = [found.usage.prompt_tokens + found.usage.completion_tokens for found in (clear, open_)]
    assert spent[0] * 3 <= spent[1]


@pytest.mark.slow
def test_an_equal_seed_gives_an_equal_run(graph: EmotionGraph, model: Any) -> None:
    reasoner = Reasoner(graph, model, settings=ReasonSettings(seed=5))
    texts = [
        [draft.generation.text for r in reasoner.reason(SMILE).rounds for draft in r.drafts]
        for _ in range(2)
    ]

    assert texts[0] == texts[1]
