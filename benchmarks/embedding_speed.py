"""Measures how many labels a second the embedding tier places on one core, and what makes it faster.

One torch thread, and the processor's time: the ways of each group take turns ROUNDS times, and the median
counts; beside it the slowest and the fastest round. Labels are a thousand forms of the vocabulary at even
distances, accepted and rejected. All are near a row, their own; a label that is not costs a little less.

``embed``: who runs the layers of the model, and the precision. ``search``: comparing all rows in float32,
against the first look in bfloat16. ``candidates``: the public call, ``EmbeddingLinker.candidates_many``.

Needs the extra ``[embeddings]`` and a processor with instructions for bfloat16; a minute. Run on an idle
core: ``taskset -c 0 python benchmarks/embedding_speed.py``. ``embedding_precision.py`` says what bfloat16
changes in the answers.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from time import process_time
from typing import get_args
from unittest.mock import patch

import torch
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker
from affectgraph.linkers import encoder as encoders
from affectgraph.linkers.embedding import NEIGHBOURS
from affectgraph.linkers.embedding_index import COMPARED, RowIndex
from affectgraph.linkers.embedding_rows import row_vectors
from affectgraph.linkers.embedding_search import ExactSearch
from affectgraph.linkers.encoder import TextEncoder, Vectors
from affectgraph.linkers.encoder_layers import plain_states, token_states
from affectgraph.linkers.encoder_precision import Precision
from affectgraph.ontology.word_embeddings import model_folder

ROUNDS = 9
LABELS = 1000
Ways = Mapping[str, Callable[[], object]]
"""What is measured, by name; each goes once through all labels."""

LAYERS = {"transformers": plain_states, "torch": token_states}


def print_group(name: str, ways: Ways, count: int) -> None:
    """Print labels a second of each way."""
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS + 1):
        for way, run in ways.items():
            start = process_time()
            run()
            rates[way].append(count / (process_time() - start))
    for way, (_, *rounds) in rates.items():
        print(f"{name:12}{way:26}{median(rounds):8,.0f}{min(rounds):9,.0f}{max(rounds):9,.0f}")


def embedding(labels: Sequence[str]) -> Ways:
    """Return the ways to embed labels."""
    return {
        f"{precision}, by {layers}": partial(_encoder(precision, layers).encode, labels)
        for precision in get_args(Precision)
        for layers in LAYERS
    }


def _encoder(precision: Precision, layers: str) -> TextEncoder:
    with patch.object(encoders, "token_states", LAYERS[layers]):
        return TextEncoder(model_folder(), device="cpu", threads=1, precision=precision)


def searching(index: RowIndex, labels: Sequence[str]) -> Ways:
    """Return the ways to search; both find the same rows."""
    matrix, device = row_vectors(index.encoder, index.rows), index.encoder.device
    vectors = index.encoder.encode(labels)
    kinds = {"float32": False, "bfloat16 first": True}
    return {
        name: partial(_search, ExactSearch(matrix, device, screens=screens), vectors)
        for name, screens in kinds.items()
    }


def _search(search: ExactSearch, vectors: Vectors) -> None:
    for start in range(0, len(vectors), COMPARED):
        search.best(vectors[start : start + COMPARED], NEIGHBOURS)


def linking(graph: EmotionGraph, labels: Sequence[str]) -> Ways:
    """Return the public call in each precision."""
    linkers = {
        precision: EmbeddingLinker(graph, device="cpu", threads=1, precision=precision)
        for precision in get_args(Precision)
    }
    return {name: partial(linker.candidates_many, labels) for name, linker in linkers.items()}


def main() -> None:
    """Print a line per way."""
    print_run_info()
    graph = EmotionGraph.load()
    linker = EmbeddingLinker(graph, device="cpu", threads=1)
    forms = [row.text for row in linker.rows if ": " not in row.text]
    labels = forms[:: len(forms) // LABELS]
    words = sum(len(label.split()) for label in labels) / len(labels)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} thread")
    print(f"{len(labels)} labels of {words:.1f} words, {len(linker.rows)} rows, {ROUNDS} rounds\n")
    print(f"{'labels a second of CPU':38}{'median':>8}{'slowest':>9}{'fastest':>9}")
    print_group("embed", embedding(labels), len(labels))
    print_group("search", searching(linker.prepare(), labels), len(labels))
    print_group("candidates", linking(graph, labels), len(labels))


if __name__ == "__main__":
    main()
