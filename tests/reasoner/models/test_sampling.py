"""Draws follow the softmax, and each row's follow its own seed."""

import math
from typing import Any

import pytest

from affectgraph.reasoner.models import GenerationRequest, Message
from affectgraph.reasoner.models.sampling import Sampler

torch = pytest.importorskip("torch")

CPU = torch.device("cpu")


def asked(**options: Any) -> GenerationRequest:
    return GenerationRequest((Message("user", "x"),), **options)


def drawn(scores: list[float], count: int, **options: Any) -> list[float]:
    """Return how often each token is drawn, as shares."""
    sampler = Sampler(torch, [asked(seed=3, **options)], CPU)
    counts = [0] * len(scores)
    for _ in range(count):
        counts[int(sampler.apply(torch.tensor([scores])).argmax())] += 1
    return [number / count for number in counts]


def test_shares_are_those_of_the_softmax() -> None:
    shares = drawn([math.log(0.6), math.log(0.3), math.log(0.1)], 4000, temperature=1.0)

    # three standard deviations of a share of .6 in 4000 draws are .023
    assert shares == pytest.approx([0.6, 0.3, 0.1], abs=0.025)


def test_temperature_flattens_the_shares() -> None:
    # at temperature 2 odds of 4 to 1 become 2 to 1
    assert drawn([math.log(4), 0.0], 4000, temperature=2.0)[0] == pytest.approx(2 / 3, abs=0.025)


def test_top_p_leaves_out_the_tail() -> None:
    shares = drawn([math.log(0.6), math.log(0.3), math.log(0.1)], 400, temperature=1.0, top_p=0.6)

    assert shares == [1.0, 0.0, 0.0]


def test_forbidden_tokens_are_never_drawn() -> None:
    assert drawn([-math.inf, 0.0, -math.inf], 100, temperature=5.0) == [0.0, 1.0, 0.0]


def test_greedy_rows_keep_their_scores() -> None:
    scores = torch.tensor([[1.0, 2.0], [1.0, 2.0]])
    sampler = Sampler(torch, [asked(), asked(temperature=1.0, seed=1)], CPU)

    assert sampler.apply(scores.clone())[0].tolist() == [1.0, 2.0]


def test_draws_of_a_row_do_not_depend_on_others() -> None:
    one = asked(temperature=1.0, seed=5)
    other = asked(temperature=1.0, seed=6)
    scores = torch.zeros(2, 50)

    alone = Sampler(torch, [one], CPU).apply(scores[:1].clone())
    together = Sampler(torch, [other, one], CPU).apply(scores.clone())

    assert torch.equal(alone[0], together[1])


def test_all_greedy_needs_no_sampler() -> None:
    assert Sampler.of(torch, [asked()], CPU) is None
