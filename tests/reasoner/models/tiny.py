"""A tiny causal model with random weights, and a tokenizer trained on a few sentences."""

from collections.abc import Sequence
from typing import Any

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SENTENCES = ("The brows are lowered and the lips are tight.", "AU12 pulls the lip corners up: joy.")


def tiny_tokenizer(texts: Sequence[str] = SENTENCES, vocabulary: int = 500) -> Any:
    """Return a byte-level BPE tokenizer with a chat template in the style of ChatML."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=["<|pad|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(list(texts) * 5, trainer)
    ends = {"eos_token": "<|im_end|>", "pad_token": "<|pad|>"}
    wrapped: Any = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **ends)  # type: ignore[no-untyped-call]
    wrapped.chat_template = TEMPLATE
    return wrapped


def tiny_model(tokenizer: Any, *, spare: int = 37, seed: int = 1) -> Any:
    """Return a model with scores for more tokens than the tokenizer knows, as real ones have."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    torch.manual_seed(seed)
    config = Qwen2Config(
        vocab_size=len(tokenizer) + spare,
        hidden_size=48,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
    )
    model: Any = Qwen2ForCausalLM(config)
    return model.eval()
