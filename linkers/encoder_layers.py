"""Runs the layers of BERT models through torch's own encoder layer.

``torch.nn.TransformerEncoderLayer`` does in one call what transformers does in twenty, with one product for
queries, keys and values. States are equal up to rounding; ``benchmarks/embedding_speed.py`` measures the
gain on a CPU. On other devices it is unmeasured, and transformers runs the layers.
"""

from collections.abc import Callable
from typing import Any

_ACTIVATIONS = {"gelu", "relu"}
"""Those that torch's layer computes in one call."""


def token_states(model: Any) -> Callable[[Any], Any]:
    """Return what turns token ids, ``(texts, tokens)``, into states, ``(texts, tokens, dimension)``.

    All tokens are read: texts are of one length, and none is padded. Models that are no plain BERT encoder
    run as transformers runs them.

    :param model: of transformers, in eval mode, on its device and in its precision; its weights are shared.
    """
    import torch

    if model.device.type == "cpu" and _is_plain_bert(model.config):
        layers = (_fused(layer, model.config) for layer in model.encoder.layer)
        return torch.nn.Sequential(model.embeddings, *layers).eval()
    return plain_states(model)


def plain_states(model: Any) -> Callable[[Any], Any]:
    """Return what does the same for any model as transformers does it."""
    import torch

    return lambda ids: model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state


def _is_plain_bert(config: Any) -> bool:
    if config.model_type != "bert" or config.hidden_act not in _ACTIVATIONS:
        return False
    positions = getattr(config, "position_embedding_type", "absolute")
    return not getattr(config, "is_decoder", False) and positions == "absolute"


def _fused(layer: Any, config: Any) -> Any:
    """Return torch's layer with the weights of a ``BertLayer``."""
    import torch

    attention, output = layer.attention.self, layer.attention.output
    made = torch.nn.TransformerEncoderLayer(
        config.hidden_size,
        config.num_attention_heads,
        config.intermediate_size,
        activation=config.hidden_act,
        layer_norm_eps=config.layer_norm_eps,
        batch_first=True,
        device="meta",
    )
    queries = (attention.query, attention.key, attention.value)
    weights = {
        "self_attn.in_proj_weight": torch.cat([part.weight for part in queries]),
        "self_attn.in_proj_bias": torch.cat([part.bias for part in queries]),
        **_named("self_attn.out_proj", output.dense),
        **_named("norm1", output.LayerNorm),
        **_named("linear1", layer.intermediate.dense),
        **_named("linear2", layer.output.dense),
        **_named("norm2", layer.output.LayerNorm),
    }
    made.load_state_dict(weights, assign=True)
    return made.requires_grad_(False)


def _named(name: str, part: Any) -> dict[str, Any]:
    return {f"{name}.weight": part.weight, f"{name}.bias": part.bias}
