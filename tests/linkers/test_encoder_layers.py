"""Torch's own layers give the states that transformers gives, and take the place of plain BERT alone."""

import importlib
from typing import Any

import pytest

from affectgraph.linkers.encoder_layers import plain_states, token_states

torch = pytest.importorskip("torch", reason="needs the extra [embeddings]")
transformers = pytest.importorskip("transformers", reason="needs the extra [embeddings]")

SHAPE = {
    "vocab_size": 50,
    "hidden_size": 24,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "intermediate_size": 40,
    "max_position_embeddings": 32,
}


def bert(**options: Any) -> Any:
    """Return a model with random weights, as large as trained ones; those of a start are near zero."""
    torch.manual_seed(11)
    made = transformers.BertModel(
        transformers.BertConfig(**SHAPE, initializer_range=0.3, **options), add_pooling_layer=False
    )
    return made.eval()


def states(run: Any, ids: Any) -> Any:
    with torch.inference_mode():
        return run(ids)


@pytest.mark.parametrize("activation", ["gelu", "relu"])
@pytest.mark.parametrize("shape", [(5, 7), (1, 1), (2, 32)])
def test_states_are_those_of_transformers(activation: str, shape: tuple[int, int]) -> None:
    model = bert(hidden_act=activation, layer_norm_eps=1e-3)
    ids = torch.randint(50, shape, generator=torch.Generator().manual_seed(3))

    fused = states(token_states(model), ids)

    assert isinstance(token_states(model), torch.nn.Sequential)
    assert torch.allclose(fused, states(plain_states(model), ids), atol=2e-5)


def test_the_layers_run_in_one_call_each() -> None:
    ids = torch.arange(6).reshape(2, 3)

    with torch.profiler.profile() as profile:
        states(token_states(bert()), ids)

    calls = {event.key: event.count for event in profile.key_averages()}
    assert calls["aten::_transformer_encoder_layer_fwd"] == SHAPE["num_hidden_layers"]


def test_weights_stay_in_their_precision() -> None:
    model = bert().to(torch.bfloat16)
    ids = torch.arange(6).reshape(2, 3)

    fused = states(token_states(model), ids)

    assert fused.dtype == torch.bfloat16
    assert torch.allclose(fused.float(), states(plain_states(bert()), ids), atol=0.2)


@pytest.mark.parametrize("options", [{"hidden_act": "gelu_new"}, {"is_decoder": True}])
def test_another_activation_or_a_decoder_runs_as_transformers_runs_it(options: Any) -> None:
    model = bert(**options)
    ids = torch.arange(6).reshape(2, 3)

    expected = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state

    assert not isinstance(token_states(model), torch.nn.Module)
    assert torch.equal(states(token_states(model), ids), expected)


def test_another_architecture_runs_as_transformers_runs_it() -> None:
    distil = importlib.import_module("transformers").DistilBertConfig(
        vocab_size=50, dim=24, n_layers=1, n_heads=4, hidden_dim=40, max_position_embeddings=32
    )

    run = token_states(transformers.DistilBertModel(distil).eval())

    assert states(run, torch.arange(6).reshape(2, 3)).shape == (2, 3, 24)
