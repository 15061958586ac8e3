"""``channel_cues.tsv`` as the checker reads it: each phrase makes a cue, and only where its row says so."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from affectgraph.ontology.channel_cue_checks import ROLES
from affectgraph.ontology.rows import Row, read_table
from affectgraph.reasoner.extract.channel_cues import (
    ChannelCue,
    find_channel_cues,
    trigger_words,
)
from affectgraph.reasoner.extract.cue_lexicon import cue_pattern, first_words

FRAMES = {
    ("voice", "bearer"): "We notice a tense {} there.",
    ("voice", "change"): "At last the voice is {} a lot.",
    ("voice", "burst"): "Then comes a short {}.",
    ("voice", "act"): "At last she {} a lot.",
    ("voice", "doing"): "At last she is {} a lot.",
    ("voice", "phrase"): "At last, {} a lot.",
    ("posture", "bearer"): "We notice a tense {} there.",
    ("posture", "change"): "At last the torso is {} a lot.",
    ("posture", "act"): "At last she {} a lot.",
    ("posture", "phrase"): "At last, {} a lot.",
    ("text", "said"): "At last the {} themselves are harsh.",
    ("text", "worded"): "At last her careful {} there.",
    ("text", "quoting"): 'At last {} "leave me alone now".',
}
"""A sentence for each role, with a gap for the phrase and no other word of the lexicon that begins a cue."""


def rows() -> list[Row]:
    return list(read_table("channel_cues"))


def phrases(row: Row) -> Iterator[str]:
    """Yield what a row's words mean, one for each choice of alternatives; an open ending is ``ing``."""
    places = (piece.replace("*", "ing").split("/") for piece in row["words"].split(" "))
    for chosen in product(*places):
        yield " ".join((*chosen, row["only_before"])).strip()


def cues(text: str) -> list[ChannelCue]:
    return find_channel_cues(text, 0, len(text), is_transcript=False)


def test_every_phrase_of_the_table_makes_a_cue_of_its_channel() -> None:
    missed = []
    for row in rows():
        frame = FRAMES[row["channel"], row["role"]]
        for phrase in phrases(row):
            found = [cue.channel for cue in cues(frame.format(phrase))]
            if row["channel"] not in found:
                missed.append((phrase, row["role"], found))
    assert missed == []


@pytest.mark.parametrize("frame", FRAMES.values())
def test_a_sentence_without_a_word_of_the_table_has_no_cue(frame: str) -> None:
    without = frame.replace("the voice is ", "").replace("the torso is ", "")

    assert cues(without.format("walnut")) == []


def test_every_role_has_words() -> None:
    used = {(row["channel"], row["role"]) for row in rows()}

    assert used == {(channel, role) for channel, roles in ROLES.items() for role in roles}


def test_a_word_is_no_cue_before_what_its_row_excludes() -> None:
    excluding = [row for row in rows() if row["not_before"]]

    assert len(excluding) == 2  # "hand in hand", "body language"
    for row in excluding:
        phrase = row["words"].split("/")[0]
        assert cues(f"We notice a tense {phrase} there.") != []
        assert cues(f"We notice a tense {phrase} {row['not_before']}.") == []


def test_stress_counts_before_the_word_it_lies_on_alone() -> None:
    assert [c.channel for c in cues("A heavy stress on the last word.")] == ["voice"]
    assert cues("A heavy stress at work.") == []


def test_one_word_in_quotation_marks_is_said_unless_it_is_explained() -> None:
    assert [c.channel for c in cues('The word "please" sounds sad.')] == ["text"]
    assert cues('The word "dread" stands for fear.') == []
    assert cues('The word "dread" is another word for fear.') == []


def test_a_phrase_is_whole_words() -> None:
    assert cues("At last, leaning into it.") == []


def test_the_longer_of_two_phrases_is_read() -> None:
    pattern = re.compile(cue_pattern("voice", "bearer"))

    found = pattern.match("tone of voice")

    assert found is not None
    assert found[0] == "tone of voice"


def test_every_phrase_that_can_begin_a_cue_is_looked_for() -> None:
    assert first_words("voice", "burst") <= trigger_words()
    assert {"leaning", "upper", "wording", "sobbing"} <= trigger_words()
