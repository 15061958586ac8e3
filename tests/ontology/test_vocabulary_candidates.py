"""Candidates from a WordNet of a few synsets, with vectors made by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from affectgraph.ontology import vocabulary
from affectgraph.ontology.rows import Row
from affectgraph.ontology.vocabulary import Candidate, Concepts, unreviewed, wordnet_candidates
from affectgraph.ontology.wordnet import FEELING, Pointer, Synset, WordNet

JOY, GRIEF, NOWHERE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
NEAR_JOY = (0.6, 0.0, 0.8)
NEAR_BOTH = (0.75, 0.65, 0.12)

SYNSETS = (
    Synset("1-n", FEELING, ("joy",), "great pleasure", (Pointer("~", "2-n", 0, 0),)),
    Synset("2-n", FEELING, ("mirth", "Glee"), "a joy that shows", (Pointer("!", "5-n", 0, 0),)),
    Synset("3-a", 0, ("joyful",), "full of joy", (Pointer("+", "1-n", 1, 1),)),
    Synset("4-a", 0, ("sunny",), "bright", ()),
    Synset("5-n", 5, ("grief",), "an animal of that name", ()),
    Synset("6-a", 0, ("wooden",), "made of wood", ()),
    Synset("7-a", 0, ("bitter",), "of both", ()),
)
VECTORS = {
    "1-n": JOY,
    "2-n": JOY,
    "3-a": NEAR_JOY,
    "4-a": NEAR_JOY,
    "6-a": NOWHERE,
    "7-a": NEAR_BOTH,
}


def unit(vector: tuple[float, float, float]) -> list[float]:
    array = np.array(vector)
    found: list[float] = (array / np.linalg.norm(array)).tolist()
    return found


@pytest.fixture
def wordnet() -> WordNet:
    made = WordNet.__new__(WordNet)
    made.synsets = {synset.id: synset for synset in SYNSETS}
    return made


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Concepts:
    monkeypatch.setattr(vocabulary, "seeds", lambda: iter([("joy", "noun", "joy")]))
    return Concepts(("joy", "grief"), np.array([JOY, GRIEF]), {"joy": 0.8, "grief": -0.9})


def embed(texts: Sequence[str]) -> NDArray[np.float64]:
    by_text = {vocabulary.synset_text(s): unit(VECTORS[s.id]) for s in SYNSETS if s.id in VECTORS}
    return np.array([by_text[text] for text in texts])


def by_form(
    wordnet: WordNet, known: Concepts, valence: dict[str, float]
) -> dict[str, tuple[str, str]]:
    found = wordnet_candidates(wordnet, embed, valence, known)
    return {c.form: (c.proposed, c.route) for c in found}


def test_seed_links_hyponyms_and_near_synsets_are_found(wordnet: WordNet, known: Concepts) -> None:
    found = by_form(wordnet, known, {})

    assert found["joy"] == ("joy", "seed")
    assert found["mirth"] == found["glee"] == ("joy", "hyponym")
    assert found["sunny"] == ("joy", "nearest")


def test_link_towards_a_seed_is_not_needed_where_the_text_is_near(
    wordnet: WordNet, known: Concepts
) -> None:
    assert by_form(wordnet, known, {})["joyful"] == ("joy", "nearest")


def test_far_synset_and_antonym_are_left_out(wordnet: WordNet, known: Concepts) -> None:
    found = by_form(wordnet, known, {})

    assert "wooden" not in found
    assert "grief" not in found


def test_measured_valence_of_the_other_sign_speaks_against_a_concept(
    wordnet: WordNet, known: Concepts
) -> None:
    assert by_form(wordnet, known, {})["bitter"][0] == "joy"
    assert by_form(wordnet, known, {"bitter": -0.6})["bitter"][0] == "grief"
    assert by_form(wordnet, known, {"bitter": -0.1})["bitter"][0] == "joy"


def test_order_of_candidates_does_not_depend_on_the_order_of_synsets(
    wordnet: WordNet, known: Concepts
) -> None:
    first = wordnet_candidates(wordnet, embed, {}, known)
    wordnet.synsets = dict(reversed(wordnet.synsets.items()))

    assert wordnet_candidates(wordnet, embed, {}, known) == first


def test_candidate_with_a_row_is_reviewed(
    wordnet: WordNet, known: Concepts, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = wordnet_candidates(wordnet, embed, {}, known)
    rows = (
        Row("vocabulary.tsv", 2, {"form": "mirth", "pos": "noun", "sense": "2-n"}),
        Row("vocabulary.tsv", 3, {"form": "sunny", "pos": "adj", "sense": "9-a"}),
    )
    monkeypatch.setattr(vocabulary, "read_table", lambda name: rows)

    left = {c.form for c in unreviewed(found)}

    assert "mirth" not in left
    assert {"glee", "sunny"} <= left


def test_spellings_of_one_entry_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (Row("vocabulary.tsv", 2, {"form": "light-hearted", "pos": "adj", "sense": "4-a"}),)
    monkeypatch.setattr(vocabulary, "read_table", lambda name: rows)
    found = [
        Candidate("light hearted", "adj", sense, "", "joy", "", 0.1, "nearest")
        for sense in ("4-a", "5-a")
    ]

    assert [candidate.sense for candidate in unreviewed(found)] == ["5-a"]
