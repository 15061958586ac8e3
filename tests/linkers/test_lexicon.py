"""Words and labels the graph knows."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Entry, Lexicon, normalise


@pytest.fixture(scope="module")
def lexicon(graph: EmotionGraph) -> Lexicon:
    return Lexicon(graph)


def every_entry(lexicon: Lexicon) -> list[Entry]:
    return [entry for entries in lexicon.words.values() for entry in entries]


def test_every_form_is_normalised_and_leads_to_entries_of_that_form(lexicon: Lexicon) -> None:
    for form, entries in lexicon.words.items():
        assert form == normalise(form)
        assert entries
        assert {entry.form for entry in entries} == {form}


def test_every_concept_has_a_word(graph: EmotionGraph, lexicon: Lexicon) -> None:
    named = {entry.concept.label for entry in every_entry(lexicon)}

    assert named == {concept.label for concept in graph.index.concepts.values()}


def test_word_of_two_tiers_names_the_higher_node(lexicon: Lexicon) -> None:
    assert [entry.concept.slug for entry in lexicon.words["surprise"]] == ["surprise"]
    assert [entry.concept.slug for entry in lexicon.words["sadness"]] == ["sadness"]


def test_no_form_names_a_concept_twice(lexicon: Lexicon) -> None:
    for entries in lexicon.words.values():
        slugs = [entry.concept.slug for entry in entries]

        assert len(slugs) == len(set(slugs))


def test_source_of_every_entry_resolves(graph: EmotionGraph, lexicon: Lexicon) -> None:
    known = {source.id for source in graph.sources()}

    assert {entry.source for entry in every_entry(lexicon)} <= known


def test_name_of_a_tree_node_comes_from_its_tree(lexicon: Lexicon) -> None:
    (entry,) = lexicon.words["anger"]

    assert (entry.kind, entry.source, entry.is_weak) == ("label", "parrott-2001", False)


def test_name_wins_over_a_form_that_is_spelled_alike(lexicon: Lexicon) -> None:
    assert [entry.kind for entry in lexicon.words["hurt"]] == ["label"]


@pytest.mark.parametrize(
    "word", ["active", "content", "bitter", "tender", "please", "strong", "dominant", "engaged"]
)
def test_word_with_a_commoner_sense_is_weak(lexicon: Lexicon, word: str) -> None:
    assert all(entry.is_weak for entry in lexicon.words[word])


@pytest.mark.parametrize("word", ["angry", "afraid", "worried", "joyful", "ashamed"])
def test_plain_emotion_word_is_not_weak(lexicon: Lexicon, word: str) -> None:
    assert not any(entry.is_weak for entry in lexicon.words[word])


@pytest.mark.parametrize(
    ("word", "slug", "is_inflected"),
    [
        ("fear", "fear", False),
        ("fears", "fear", True),
        ("saddest", "sadness", True),
        ("aesthetic appreciation", "state/aesthetic-appreciation", False),
        ("aesthetic appreciations", "state/aesthetic-appreciation", True),
    ],
)
def test_look_up_tells_whether_a_rule_was_needed(
    lexicon: Lexicon, word: str, slug: str, is_inflected: bool
) -> None:
    entries, inflected = lexicon.look_up(word)

    assert [entry.concept.slug for entry in entries] == [slug]
    assert inflected is is_inflected


@pytest.mark.parametrize(
    "word", ["", " ", "table", "joys and", "thing", "red", "best", "sing", "s"]
)
def test_look_up_of_other_words_is_empty(lexicon: Lexicon, word: str) -> None:
    assert lexicon.look_up(word) == ((), False)


def test_ending_must_fit_the_part_of_speech(lexicon: Lexicon) -> None:
    assert lexicon.look_up("joyer") == ((), False)
    assert lexicon.look_up("angrys") == ((), False)


def test_labels_of_every_scheme_are_found_by_normalised_name(
    graph: EmotionGraph, lexicon: Lexicon
) -> None:
    for scheme in graph.schemes():
        for label in scheme.labels:
            assert label in lexicon.scheme_labels[normalise(label.name)]


@pytest.mark.parametrize(
    ("form", "first"), [("happinesss", "happiness"), ("angryy", "angry"), ("zestfull", "zestfully")]
)
def test_words_alike_are_spelled_nearly_the_same(lexicon: Lexicon, form: str, first: str) -> None:
    found = lexicon.alike(form)

    assert found[0] == first
    assert len(found) <= 3
    assert all(word[0] == form[0] for word in found)


@pytest.mark.parametrize("form", ["", "q", "xqzzt", "\u60b2\u4f24", "a" * 200])
def test_nothing_is_alike_to_a_form_of_no_word(lexicon: Lexicon, form: str) -> None:
    assert lexicon.alike(form) == []


def test_reach_is_the_longest_form_with_a_first_word(lexicon: Lexicon) -> None:
    assert lexicon.reach["aesthetic"] == 2
    assert all(1 <= count <= lexicon.longest for count in lexicon.reach.values())


def test_role_is_that_of_the_sense_that_names_the_concept_most_directly(lexicon: Lexicon) -> None:
    for form in ("angry", "fear", "annoyed", "afraid"):
        assert lexicon.words[form][0].role == "state"


def test_longest_form_is_counted_in_words(lexicon: Lexicon) -> None:
    assert lexicon.longest == max(len(form.split()) for form in lexicon.words)
    assert lexicon.longest >= 2
