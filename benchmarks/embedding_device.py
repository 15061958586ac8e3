"""Measures how fast, and how equal, the encoder embeds the words of the graph on a CPU and on CUDA.

For each device that is there, precision it has instructions for, and tokens per step: texts a second, and how
far the vectors are from those of the CPU in float32: the largest difference of a component, and the share of
texts whose nearest other text stays the same.

The model is all-MiniLM-L6-v2 of the extra ``[embeddings]``; with ``--random``, one of its shape with
random weights and a tokenizer trained on the graph's own words, for a machine without the model: speed
does not depend on the weights. Run: ``python benchmarks/embedding_device.py [--random]``; two minutes on
a CPU.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import encoder as encoders
from affectgraph.linkers.embedding_rows import embedded_texts
from affectgraph.linkers.encoder import TextEncoder, Vectors
from affectgraph.linkers.encoder_precision import Precision, has_bfloat16
from affectgraph.ontology.word_embeddings import model_folder

SEED = 20261126
STEPS = (512, 2048, 8192, 32768)
RUNS = 3
MOST_ON_CPU = 4_000
SHAPE = {
    "hidden_size": 384,
    "num_hidden_layers": 6,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
    "vocab_size": 30_522,
    "max_position_embeddings": 512,
}
"""Of all-MiniLM-L6-v2, by its config.json."""


def write_random_model(folder: Path, texts: Sequence[str]) -> None:
    """Write a model of all-MiniLM-L6-v2's shape: weights at random from SEED, words of these texts."""
    import torch
    from transformers import BertConfig, BertModel

    _write_tokenizer(folder, texts)
    torch.manual_seed(SEED)
    shape: dict[str, Any] = SHAPE
    BertModel(BertConfig(**shape)).save_pretrained(folder)


def _write_tokenizer(folder: Path, texts: Sequence[str]) -> None:
    import tokenizers
    from transformers import PreTrainedTokenizerFast

    marks = {"unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]"}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(unk_token=marks["unk_token"]))
    made.normalizer = tokenizers.normalizers.BertNormalizer()
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    size = SHAPE["vocab_size"]
    trainer = tokenizers.trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=list(marks.values()), show_progress=False
    )
    made.train_from_iterator(texts, trainer)
    ends: Any = [
        (marks[name], made.token_to_id(marks[name])) for name in ("sep_token", "cls_token")
    ]
    made.post_processor = tokenizers.processors.BertProcessing(*ends)
    wrap: Any = PreTrainedTokenizerFast
    wrap(tokenizer_object=made, **marks).save_pretrained(folder)


def nearest(vectors: Vectors) -> NDArray[np.intp]:
    """Return for each row the index of the nearest other one, by cosine."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1)
    found: NDArray[np.intp] = np.argmax(cosines, axis=1)
    return found


def settings() -> Iterator[tuple[str, Precision, int]]:
    """Yield device, precision and tokens per step of each measurement; others are held against the first."""
    import torch

    for device in ("cpu", *(["cuda"] if torch.cuda.is_available() else [])):
        is_made = has_bfloat16(torch, torch.device(device))
        for precision in get_args(Precision) if is_made else ("float32",):
            yield from ((device, precision, step) for step in STEPS)


def measure(encoder: TextEncoder, texts: Sequence[str]) -> float:
    """Return the median of RUNS of texts a second, after a warm-up."""
    encoder.encode(texts[:256])
    rates = []
    for _ in range(RUNS):
        start = perf_counter()
        encoder.encode(texts)
        rates.append(len(texts) / (perf_counter() - start))
    return median(rates)


def main() -> None:
    """Print a line per device, precision and tokens per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--random", action="store_true", help="random weights of the model's shape")
    is_random = parser.parse_args().random
    print_run_info()
    texts = sorted({row.text for row in embedded_texts(EmotionGraph.load())})
    with TemporaryDirectory() as made:
        if is_random:
            write_random_model(Path(made), texts)
        print_table(Path(made) if is_random else model_folder(), texts, is_random=is_random)


def print_table(folder: Path, texts: list[str], *, is_random: bool) -> None:
    """Print the measurements with the model of a folder."""
    import torch

    sample = texts[:: max(len(texts) // MOST_ON_CPU, 1)]
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "none"
    name = "random weights" if is_random else folder.name
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads; CUDA device: {gpu}")
    print(f"model: {name}; {len(texts)} texts, on the CPU {len(sample)} of them\n")
    print(f"{'device':8}{'precision':10}{'step':>6}", end="")
    print(f"{'texts a second':>16}{'largest difference':>20}{'same nearest':>14}")
    base: Vectors | None = None
    for device, precision, step in settings():
        encoders.STEP = step
        encoder = TextEncoder(folder, device=device, precision=precision)
        rate = measure(encoder, texts if device == "cuda" else sample)
        found = encoder.encode(sample)
        base = found if base is None else base
        apart = float(np.abs(found - base).max())
        same = float((nearest(found) == nearest(base)).mean())
        print(f"{device:8}{precision:10}{step:6}{rate:16,.0f}{apart:20.1e}{same:14.4f}", flush=True)


if __name__ == "__main__":
    main()
