"""Language models of real shapes with random weights, and a tokenizer trained on the graph's words.

How fast a model decodes does not depend on its weights, so that no model is needed to measure it. What it
says is noise: the hardest case for a constraint. To save one to a folder, as servers load it:

    python benchmarks/random_models.py served FOLDER
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner.citable import citable_facts

EOS, PAD = "<|im_end|>", "<|endoftext|>"
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

CONTEXT = 32768
"""Tokens of prompt and answer, as Qwen2.5 has them."""

SHAPES: dict[str, dict[str, Any]] = {
    "tiny": {
        "family": "Qwen2",
        "vocab_size": 4096,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
    },
    # for trials of servers on a processor: vLLM's kernels there take heads of 32 numbers or more
    "served": {
        "family": "Qwen2",
        "vocab_size": 8192,
        "hidden_size": 256,
        "intermediate_size": 256,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
    },
    # Qwen2.5-0.5B and Qwen2.5-3B, config.json of their repositories
    "0.5B": {
        "family": "Qwen2",
        "vocab_size": 151936,
        "hidden_size": 896,
        "intermediate_size": 4864,
        "num_hidden_layers": 24,
        "num_attention_heads": 14,
        "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
    "3B": {
        "family": "Qwen2",
        "vocab_size": 151936,
        "hidden_size": 2048,
        "intermediate_size": 11008,
        "num_hidden_layers": 36,
        "num_attention_heads": 16,
        "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
    # Llama-3.1-8B, likewise
    "8B": {
        "family": "Llama",
        "vocab_size": 128256,
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
    },
}


def parameters(size: str) -> int:
    """Return how many weights a shape has.

    >>> parameters("0.5B"), parameters("8B")
    (494032768, 8030261248)
    """
    shape = SHAPES[size]
    hidden, layers = shape["hidden_size"], shape["num_hidden_layers"]
    keys = shape["num_key_value_heads"] * hidden // shape["num_attention_heads"]
    biases = hidden + 2 * keys if shape["family"] == "Qwen2" else 0
    attention = 2 * hidden * (hidden + keys) + biases
    layer = attention + 3 * hidden * shape["intermediate_size"] + 2 * hidden
    tables = 1 if shape.get("tie_word_embeddings") else 2
    return int(layers * layer + tables * shape["vocab_size"] * hidden + hidden)


def random_model(size: str, tokenizer: Any, *, device: str, dtype: str, seed: int = 0) -> Any:
    """Return a model of a shape of :data:`SHAPES`, weights drawn by a seed, on a device.

    It ends no answer of its own accord, so that all runs of a measurement are equally long.
    """
    import torch
    import transformers

    shape = dict(SHAPES[size])
    family = shape.pop("family")
    config = getattr(transformers, f"{family}Config")(
        **shape,
        max_position_embeddings=CONTEXT,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    torch.manual_seed(seed)
    with torch.device(device):
        model = transformers.AutoModelForCausalLM.from_config(  # type: ignore[no-untyped-call]
            config, dtype=getattr(torch, dtype), attn_implementation="sdpa"
        )
    with torch.no_grad():  # the likeliest of many random logits is above 0
        model.get_output_embeddings().weight[[tokenizer.eos_token_id, tokenizer.pad_token_id]] = 0
    return model.eval()


def graph_tokenizer(graph: EmotionGraph, vocabulary: int) -> Any:
    """Return a byte-level BPE tokenizer of exactly so many tokens, most of them as in a real one.

    It is trained on the graph's facts and word forms; what is missing to the size is filled up with further
    letter strings, as tokens that can be chosen and are never the tokenizer's own reading of a text. So the
    trie of tokens, which masks are computed on, has the size of a real one.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=min(vocabulary - 64, 32000),
        special_tokens=[PAD, EOS, "<|im_start|>"],
        initial_alphabet=alphabet,
        show_progress=False,
    )
    trained.train_from_iterator(_texts(graph), trainer)
    if trained.get_vocab_size() < vocabulary:
        trained = Tokenizer.from_str(_filled_up(trained.to_str(), vocabulary))
    trained.decoder = decoders.ByteLevel()
    return _wrapped(trained)


def _texts(graph: EmotionGraph) -> Iterator[str]:
    yield from (fact.text for fact in citable_facts(graph))
    yield from (f" {form}" for form in graph.index.forms)


def _filled_up(serialised: str, vocabulary: int) -> str:
    import json

    content = json.loads(serialised)
    tokens = content["model"]["vocab"]
    for text in _strings():
        if len(tokens) >= vocabulary:
            break
        tokens.setdefault(text, len(tokens))
    return json.dumps(content)


def _strings() -> Iterator[str]:
    """Yield pronounceable strings without end, with and without the mark of a space before them."""
    syllables = [a + b for a, b in product("bcdfghjklmnprstvw", "aeiou")]
    for length in (2, 3, 4):
        for parts in product(syllables, repeat=length):
            word = "".join(parts)
            yield "Ġ" + word
            yield word


def _wrapped(tokenizer: Any) -> Any:
    from transformers import PreTrainedTokenizerFast

    wrapped = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, eos_token=EOS, pad_token=PAD, clean_up_tokenization_spaces=False
    )
    wrapped.chat_template = TEMPLATE
    return wrapped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", choices=SHAPES)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    tokenizer = graph_tokenizer(EmotionGraph.load(), SHAPES[options.size]["vocab_size"])
    model = random_model(options.size, tokenizer, device="cpu", dtype="float32")
    model.save_pretrained(options.folder)
    tokenizer.save_pretrained(options.folder)


if __name__ == "__main__":
    main()
