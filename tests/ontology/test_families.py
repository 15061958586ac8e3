"""Members of word families: rules propose, a list of words disposes."""

from pathlib import Path

import pytest

from affectgraph.ontology.errors import BackendError
from affectgraph.ontology.families import (
    adverbs,
    family_candidates,
    nouns,
    participles,
    read_word_lists,
    spellings,
)
from affectgraph.ontology.rows import Row


def row(form: str, pos: str, node: str, route: str = "link") -> Row:
    cells = {"form": form, "pos": pos, "node": node, "kind": "word", "route": route}
    return Row("vocabulary.tsv", 2, cells)


@pytest.mark.parametrize(
    ("adjective", "adverb"),
    [
        ("sad", "sadly"),
        ("gloomy", "gloomily"),
        ("coy", "coyly"),
        ("terrible", "terribly"),
        ("docile", "docilely"),
        ("frantic", "frantically"),
    ],
)
def test_adverb_follows_the_spelling_of_its_adjective(adjective: str, adverb: str) -> None:
    assert next(iter(adverbs(adjective))) == adverb


def test_noun_of_an_adjective_ends_in_ness() -> None:
    assert [*nouns("sad")] == ["sadness"]
    assert [*nouns("moody")] == ["moodiness"]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("annoy", {"annoyed", "annoying"}),
        ("worry", {"worried", "worrying"}),
        ("amuse", {"amused", "amusing"}),
        ("upset", {"upseted", "upsetted", "upseting", "upsetting"}),
    ],
)
def test_participles_follow_the_spelling_of_their_verb(verb: str, expected: set[str]) -> None:
    assert {form for form, _ in participles(verb)} == expected


def test_participle_in_ed_is_of_the_feeler_and_in_ing_of_the_cause() -> None:
    assert dict(participles("disgust")) == {"disgusted": "state", "disgusting": "stimulus"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("demoralise", "demoralize"), ("rancour", "rancor"), ("humourless", "humorless")],
)
def test_spelling_of_either_side_gives_the_other(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)


def test_only_attested_members_become_candidates() -> None:
    rows = [row("gloomy", "adj", "gloom"), row("amuse", "verb", "amusement")]
    words = frozenset({"gloomily", "amusing", "gloom", "table"})

    found = family_candidates(rows, words)

    assert [(c.form, c.pos, c.proposed, c.route) for c in found] == [
        ("amusing", "adj", "amusement", "suffix"),
        ("gloomily", "adv", "gloom", "suffix"),
    ]


def test_member_that_is_in_the_vocabulary_is_no_candidate() -> None:
    rows = [row("gloomy", "adj", "gloom"), row("gloomily", "adv", "gloom")]

    assert family_candidates(rows, frozenset({"gloomily"})) == []


def test_member_of_a_family_has_none_of_its_own() -> None:
    words = frozenset({"amusingly"})

    assert [c.form for c in family_candidates([row("amusing", "adj", "amusement")], words)] == [
        "amusingly"
    ]
    assert family_candidates([row("amusing", "adj", "amusement", "suffix")], words) == []


def test_phrase_has_no_family() -> None:
    phrase = Row("vocabulary.tsv", 2, {**row("fed up", "adj", "annoyance").cells, "kind": "idiom"})

    assert family_candidates([phrase], frozenset({"fed uply"})) == []


def test_word_lists_are_joined(tmp_path: Path) -> None:
    for name, content in (("a", "color\nglad\n"), ("b", "colour\nglad\n")):
        (tmp_path / name).write_text(content, encoding="utf-8")

    assert read_word_lists([tmp_path / "a", tmp_path / "b"]) == {"color", "colour", "glad"}


def test_missing_word_list_names_the_package_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="wamerican-huge"):
        read_word_lists([tmp_path / "words"])
