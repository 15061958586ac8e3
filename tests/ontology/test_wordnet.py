"""Reading WordNet's files. Lines are from WordNet 3.0's data.adj and data.noun, shortened."""

from pathlib import Path

import pytest

from affectgraph.ontology.errors import BackendError
from affectgraph.ontology.wordnet import (
    DERIVATION,
    SIMILAR,
    Pointer,
    Synset,
    WordNet,
    parse_synset,
)

GLAD = (
    "01361863 00 a 01 glad(p) 0 003 & 00363621 a 0000 + 07528212 n 0103 ! 01364008 a 0101 | "
    'showing or causing joy and pleasure; especially made happy; "glad you are here"; "glad hands"  \n'
)
JUBILANT = (
    '00363621 00 s 02 gay 2 jolly 0 001 & 01361863 a 0000 | full of high spirits; "a gay mood"\n'
)
GLADNESS = "07528212 12 n 02 gladness 0 good_cheer 0 001 + 01361863 a 0101 | experiencing joy\n"


def test_synset_has_its_words_without_markers_and_its_gloss_without_examples() -> None:
    synset = parse_synset(GLAD, "a")

    assert (synset.id, synset.pos, synset.lemmas) == ("01361863-a", "adj", ("glad",))
    assert synset.gloss == "showing or causing joy and pleasure; especially made happy"


def test_links_say_their_kind_target_and_words() -> None:
    assert parse_synset(GLAD, "a").pointers == (
        Pointer(SIMILAR, "00363621-a", 0, 0),
        Pointer(DERIVATION, "07528212-n", 1, 3),
        Pointer("!", "01364008-a", 1, 1),
    )
    assert [*parse_synset(GLAD, "a").targets(SIMILAR)] == ["00363621-a"]


def test_satellite_of_an_adjective_counts_as_an_adjective() -> None:
    assert parse_synset(JUBILANT, "a").id == "00363621-a"
    assert parse_synset(JUBILANT, "a").pointers[0].target == "01361863-a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    header = "  1 This software and database is being provided to you\n"
    for name, content in (("noun", GLADNESS), ("verb", ""), ("adj", GLAD + JUBILANT), ("adv", "")):
        (tmp_path / f"data.{name}").write_text(header + content, encoding="utf-8")
    return tmp_path


def test_folder_gives_synsets_by_id_and_by_word_and_leaves_the_licence_out(folder: Path) -> None:
    wordnet = WordNet(folder)

    assert set(wordnet.synsets) == {"01361863-a", "00363621-a", "07528212-n"}
    assert [s.id for s in wordnet.by_word["good cheer", "noun"]] == ["07528212-n"]
    assert ("glad", "noun") not in wordnet.by_word


def test_folder_without_wordnet_names_the_package_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="apt-get install wordnet-base"):
        WordNet(tmp_path)


def test_synset_is_a_value() -> None:
    first, second = parse_synset(GLAD, "a"), parse_synset(GLAD, "a")

    assert first == second
    assert isinstance(first, Synset)
