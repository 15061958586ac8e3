"""Embeddings behind the lexicon: what they are asked for, what becomes of their answers."""

import builtins
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import (
    Candidate,
    EmbeddingLinker,
    Evidence,
    Grounding,
    LabelLinker,
    embedding_tier,
)
from affectgraph.linkers.embedding_tier import FLOOR, open_form
from affectgraph.ontology.errors import InputError, MissingExtraError


class Known(EmbeddingLinker):
    """Finds sadness near what has "raincloud" in it, and notes what it was asked for."""

    def __init__(self, graph: EmotionGraph) -> None:
        super().__init__(graph)
        self.asked: list[str] = []

    def candidates_many(
        self, labels: Sequence[str], *, limit: int = 5, floor: float = 0.65
    ) -> list[tuple[Candidate, ...]]:
        assert floor == FLOOR
        self.asked += labels
        return [self._near(label) if "raincloud" in label else () for label in labels]

    def _near(self, label: str) -> tuple[Candidate, ...]:
        concept = self.graph.concept("sadness")
        evidence = Evidence("embedding", label, "sad", concept.iri, "affectgraph", 0.7)
        return (Candidate(concept, 0.7, (evidence,)),)


@pytest.fixture
def known(graph: EmotionGraph) -> Known:
    return Known(graph)


@pytest.fixture
def linker(graph: EmotionGraph, known: Known) -> LabelLinker:
    return LabelLinker(graph, embeddings=known)


def test_label_that_the_lexicon_leaves_open_is_placed_by_embeddings(linker: LabelLinker) -> None:
    found = linker.ground("slightly under a raincloud (0.7)")

    assert found.concept is not None
    assert found.concept.slug == "sadness"
    assert found.candidates[0].evidence[0].kind == "embedding"
    assert (found.score, found.degree, found.given) == (0.7, ("slightly",), 0.7)
    assert found.text == "slightly under a raincloud (0.7)"


def test_without_embeddings_it_stays_open(graph: EmotionGraph) -> None:
    assert LabelLinker(graph).ground("under a raincloud").reason == "unknown"


@pytest.mark.parametrize(
    "label",
    [
        "joy",
        "over the moon about it",
        "raincloud",
        "not under a raincloud",
        "no raincloud today",
        "x = raincloud + 1",
        "raincloud, table",
        "nuage de raincloudo pluie",
        "\u0434\u043e\u0436\u0434\u044c raincloud",
        "bread and butter",
        "LABEL_3",
        "I cannot determine the raincloud",
        "one two three four five six seven eight raincloud",
        "",
    ],
)
def test_what_is_placed_denied_foreign_code_or_one_word_is_never_embedded(
    linker: LabelLinker, known: Known, label: str
) -> None:
    linker.ground(label)

    assert known.asked == []


def test_label_of_a_scheme_is_never_embedded(linker: LabelLinker, known: Known) -> None:
    found = linker.ground("under a raincloud", scheme="goemotions")

    assert (found.reason, known.asked) == ("not_in_scheme", [])


def test_strict_refuses_embeddings(linker: LabelLinker) -> None:
    assert linker.ground("under a raincloud", preset="strict").reason == "unsure"


def test_batch_is_asked_at_once_and_each_form_once(linker: LabelLinker, known: Known) -> None:
    labels = ["under a raincloud", "joy", "a bus stop", "under a raincloud"] * 50

    found = linker.ground_many(labels)

    assert sorted(known.asked) == ["bus stop", "under a raincloud"]
    assert found[:4] == [linker.ground(label) for label in labels[:4]]
    assert [answer.status for answer in found[:4]] == ["linked", "linked", "nil", "linked"]


@pytest.mark.parametrize("embeddings", [3, True, b"model", ["model"]])
def test_embeddings_that_are_neither_linker_nor_folder_are_an_error(
    graph: EmotionGraph, embeddings: Any
) -> None:
    with pytest.raises(InputError, match="EmbeddingLinker or the folder of a model"):
        LabelLinker(graph, embeddings=embeddings)


def test_missing_extra_is_named_when_a_label_is_left_open_and_not_before(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def without_torch(name: str, *rest: Any, **more: Any) -> Any:
        if name == "torch":
            raise ImportError(name)
        return real(name, *rest, **more)

    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    linker = LabelLinker(graph, embeddings=tmp_path)
    monkeypatch.setattr(builtins, "__import__", without_torch)

    assert linker.ground("joy").status == "linked"
    with pytest.raises(MissingExtraError, match="embeddings"):
        linker.ground("under a raincloud")


def test_open_form_is_the_plainest_one() -> None:
    answer = Grounding("The person feels like steely resolve.", "nil", (), "unknown", "")

    assert open_form(answer) == "steely resolve"


def test_threads_lose_no_answer_while_others_forget(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_tier, "REMEMBERED", 4)
    tier = embedding_tier.EmbeddingTier(Known(graph))
    labels = [f"under {word} raincloud" for word in ("one", "two", "his", "her", "our", "any")]
    answers = [Grounding(label, "nil", (), "unknown", "") for label in labels]
    lost: list[str] = []

    def ask(first: int) -> None:
        for turn in range(400):
            answer = answers[(first + turn) % len(answers)]
            lost.extend(g.text for g in tier.place([answer]) if g.concept is None)

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [Thread(target=ask, args=(n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(usual)

    assert lost == []


def test_answer_that_was_not_placed_is_the_one_given(known: Known) -> None:
    answer = Grounding("table", "nil", (), "unknown", "")

    (found,) = embedding_tier.EmbeddingTier(known).place([answer])

    assert found is answer


@pytest.mark.parametrize(
    "options", [{"model": 5}, {"threads": "1"}, {"threads": 0}, {"precision": "int8"}]
)
def test_wrong_option_is_refused_before_anything_is_loaded(
    graph: EmotionGraph, options: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="Expected"):
        EmbeddingLinker(graph, **options)


@pytest.mark.parametrize(
    "options", [{"limit": 0}, {"limit": -1}, {"limit": "5"}, {"limit": True}, {"floor": "x"}]
)
def test_wrong_limit_or_floor_of_candidates_is_refused(
    graph: EmotionGraph, options: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match=r"Expected a (limit|floor)"):
        EmbeddingLinker(graph).candidates("steely resolve", **options)


def test_nothing_in_place_of_texts_is_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="got NoneType"):
        EmbeddingLinker(graph).nearest(None)  # type: ignore[arg-type]
