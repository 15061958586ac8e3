"""Completion of names: what is found, in which order, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.suggest import KINDS, MISSPELLING, Suggester, suggestion_key
from affectgraph.ontology.errors import InputError


@pytest.fixture(scope="module")
def suggester(graph: EmotionGraph) -> Suggester:
    return Suggester(graph)


def texts(suggester: Suggester, text: str, **options: Any) -> list[str]:
    return [found.text for found in suggester.suggest(text, **options)]


def test_whole_matches_come_before_beginnings_and_those_before_words_inside(
    suggester: Suggester,
) -> None:
    found = suggester.suggest("anger", limit=1000)
    matches = [s.match for s in found]

    assert matches == sorted(matches, key=["exact", "prefix", "word_prefix"].index)
    assert {(s.text, s.match) for s in found} >= {
        ("anger", "exact"),
        ("angered", "prefix"),
        ("quick-to-anger", "word_prefix"),
    }


def test_concepts_come_before_labels_and_those_before_words(suggester: Suggester) -> None:
    found = suggester.suggest("jealousy")
    assert [(s.text, s.kind) for s in found if s.match == "exact"] == [
        ("jealousy", "concept"),
        ("jealousy", "label"),
        ("jealousy", "word"),
    ]


def test_short_names_come_first_then_the_alphabet(suggester: Suggester) -> None:
    # Concepts that begin with "an", by hand from Parrott's tree.
    assert texts(suggester, "an", kinds=["concept"]) == [
        "anger",
        "anguish",
        "anxiety",
        "annoyance",
        "anticipation",
    ]


def test_concept_is_named_by_slug_and_iri(suggester: Suggester, graph: EmotionGraph) -> None:
    found = suggester.suggest("distrus", limit=1)[0]
    concept = graph.concept("state/distrust")
    assert (found.concepts, found.iris) == ((concept.slug,), (concept.iri,))


def test_two_concepts_of_one_label_are_both_suggested(suggester: Suggester) -> None:
    found = suggester.suggest("surprise", kinds=["concept"])
    assert [s.concepts for s in found] == [("surprise",), ("surprise-secondary",)]


def test_label_of_several_schemes_is_one_suggestion_that_names_them(
    suggester: Suggester, graph: EmotionGraph
) -> None:
    found = suggester.suggest("ANGER", kinds=["label"], limit=1)[0]
    having = [
        (scheme.name, label.iri)
        for scheme in graph.schemes()
        for label in scheme.labels
        if label.name.lower() == "anger"
    ]
    assert len(having) > 20
    assert list(zip(found.schemes, found.iris, strict=True)) == having
    assert found.concepts[0] == "anger"


def test_word_names_its_concepts_and_senses(suggester: Suggester, graph: EmotionGraph) -> None:
    found = suggester.suggest("seething", kinds=["word"], limit=1)[0]
    senses = graph.index.words["seething"]
    assert found.concepts == tuple(dict.fromkeys(s.concept for s in senses)) == ("fury",)
    assert found.iris == tuple(s.iri for s in senses)


def test_misspelling_is_not_suggested(suggester: Suggester, graph: EmotionGraph) -> None:
    kinds = graph.index.words.reader("kind", "concept")
    wrong = [f for f in graph.index.words if {kind for kind, _ in kinds(f)} == {MISSPELLING}]

    assert len(wrong) > 100
    for form in wrong[:100]:
        assert form not in texts(suggester, form, limit=1000)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("  DREAD  ", "dread"),
        ("Sch\u00e4denfreude", "schadenfreude"),
        ("at ease", "at ease"),
        ("\U0001f622", "\U0001f622"),
        (":-(", ":-("),
        ("happy-", "happy"),
    ],
)
def test_case_accents_and_hyphens_do_not_count(
    suggester: Suggester, typed: str, first: str
) -> None:
    assert texts(suggester, typed, limit=1) == [first]


def test_two_words_are_not_one(suggester: Suggester) -> None:
    assert "heartbroken" in texts(suggester, "heartbrok")
    assert "heartbroken" not in texts(suggester, "heart-brok")


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b", "qzx", "\u0433\u0440\u0443\u0441\u0442\u044c", "a" * 100_000]
)
def test_what_nothing_begins_with_suggests_nothing(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == ()


def test_lone_surrogate_suggests_nothing(suggester: Suggester) -> None:
    assert suggester.suggest("\ud800") == ()


@pytest.mark.parametrize("text", [None, 5, b"sad", ["sad"]])
def test_what_is_no_text_is_refused(suggester: Suggester, text: Any) -> None:
    with pytest.raises(InputError, match=f"Expected text, got {type(text).__name__}"):
        suggester.suggest(text)


@pytest.mark.parametrize("limit", [0, -1, True, 2.5])
def test_limit_below_one_or_no_number_is_refused(suggester: Suggester, limit: Any) -> None:
    with pytest.raises(InputError, match="limit of 1 or more"):
        suggester.suggest("a", limit=limit)


@pytest.mark.parametrize(
    "kinds", [["emotion"], "word", [], ["word", "scheme"], None, 5, [["word"]]]
)
def test_unknown_kinds_and_none_are_refused(suggester: Suggester, kinds: Any) -> None:
    with pytest.raises(InputError, match="concept, label, word"):
        suggester.suggest("a", kinds=kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_kinds_asked_for_are_suggested(suggester: Suggester, kind: Any) -> None:
    found = suggester.suggest("s", kinds=[kind], limit=10)
    assert [s.kind for s in found] == [kind] * 10


@pytest.mark.parametrize("typed", ["a", "sad", "heart", "in", ":"])
def test_smaller_limit_gives_the_first_of_a_larger_one(suggester: Suggester, typed: str) -> None:
    whole = suggester.suggest(typed, limit=100)
    assert [suggester.suggest(typed, limit=n) for n in (1, 7)] == [whole[:1], whole[:7]]


@pytest.mark.parametrize("typed", ["gl", "ha", "ner", "p"])
def test_index_finds_what_a_scan_finds(
    suggester: Suggester, graph: EmotionGraph, typed: str
) -> None:
    words = {f" {suggestion_key(form)}": form for form in graph.index.words}
    scanned = {form for key, form in words.items() if f" {typed}" in key}
    found = {s.text for s in suggester.suggest(typed, kinds=["word"], limit=100_000)}

    kinds = graph.index.words.reader("kind", "concept")
    missing = {f for f in scanned - found if {k for k, _ in kinds(f)} != {MISSPELLING}}
    assert missing == set()
    assert all(f" {typed}" in f" {suggestion_key(form)}" for form in found)


def test_every_name_is_suggested_for_itself(suggester: Suggester, graph: EmotionGraph) -> None:
    for concept in graph.index.concepts.values():
        found = suggester.suggest(concept.label, kinds=["concept"], limit=2)
        assert (concept.slug,) in {s.concepts for s in found if s.match == "exact"}


@given(st.text())
def test_key_of_a_key_is_itself_after_one_more_fold(text: str) -> None:
    once = suggestion_key(suggestion_key(text))
    assert suggestion_key(once) == once
