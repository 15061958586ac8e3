"""What is said of a mark around it: denial and hedging."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner.extract.reading import Reader
from affectgraph.reasoner.extract.scope import HEDGE, Scope


@pytest.fixture(scope="module")
def reader(graph: EmotionGraph) -> Reader:
    return Reader(graph, Lexicon(graph))


def denied(reader: Reader, text: str, word: str) -> bool:
    place = text.index(word)
    (found,) = [
        part.scope.denied(number)
        for part in reader.read(text).sentences
        for number, mark in enumerate(part.view.marks)
        if part.offset + mark.start <= place < part.offset + mark.end
    ]
    return found


def is_hedged(text: str) -> bool:
    return HEDGE.search(text.lower()) is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("There is no fear.", "fear"),
        ("There is no sign of fear.", "fear"),
        ("no fear, but anger", "fear"),
        ("anger rather than fear", "fear"),
        ("rather than fear, anger", "fear"),
        ("instead of joy, fear", "joy"),
        ("fear is absent", "fear"),
        ("fear is not visible", "fear"),
        ("fear is clearly missing", "fear"),
        ("He isn't angry", "angry"),
        ("He isn\u2019t angry", "angry"),
        ("neither fear nor anger", "fear"),
        ("neither fear nor anger", "anger"),
        ("no fear or anger", "anger"),
        ("free of anger", "anger"),
        ("which rules out anger", "anger"),
        ("lacks any joy", "joy"),
        ("without joy", "joy"),
        ("not anger but fear", "anger"),
        ("angry, not sad", "sad"),
        ("never angry", "angry"),
        ("nothing suggests fear", "fear"),
        ("the absence of joy", "joy"),
        ("as opposed to joy", "joy"),
        ("NO FEAR", "FEAR"),
    ],
)
def test_mention_is_denied(reader: Reader, text: str, word: str) -> None:
    assert denied(reader, text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("There is fear.", "fear"),
        ("no fear, but anger", "anger"),
        ("anger rather than fear", "anger"),
        ("rather than fear, anger", "anger"),
        ("instead of joy, fear", "fear"),
        ("not anger but fear", "fear"),
        ("angry, not sad", "angry"),
        ("anger without fear", "anger"),
        ("no doubt sad", "sad"),
        ("without a doubt sad", "sad"),
        ("a knot of fear", "fear"),
        ("a notable fear", "fear"),
        ("She is not afraid and the man is angry", "angry"),
        ("It is not loud; he is angry", "angry"),
        ("not because of fear but anger", "anger"),
        ("Not now. He is angry.", "angry"),
        ("No answer\nHe is angry", "angry"),
        ("He is angry. Not now.", "angry"),
    ],
)
def test_mention_is_not_denied(reader: Reader, text: str, word: str) -> None:
    assert not denied(reader, text, word)


@pytest.mark.parametrize("text", ["not only sad", "not just sad", "not merely sad but angry"])
def test_not_only_denies_nothing(reader: Reader, text: str) -> None:
    assert not denied(reader, text, "sad")


def test_denial_holds_for_the_first_member_of_a_list(reader: Reader) -> None:
    assert denied(reader, "There is no fear, anger or joy.", "fear")


@pytest.mark.parametrize("word", ["anger", "joy"])
def test_denial_holds_for_every_member_of_a_list(reader: Reader, word: str) -> None:
    assert denied(reader, "There is no fear, anger or joy.", word)


@pytest.mark.parametrize(
    "text",
    ["may be", "might be", "could be", "appears sad", "it seems", "likely", "Perhaps"],
)
def test_clause_is_hedged(text: str) -> None:
    assert is_hedged(text)


@pytest.mark.parametrize(
    "text", ["", "is sad", "clearly", "suggests", "definitely", "mayor", "candid", "\u60b2"]
)
def test_clause_is_not_hedged(text: str) -> None:
    assert not is_hedged(text)


def test_each_mark_of_a_list_of_tied_pairs_is_read_once(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every name asks the mark before it and that one's partner: without a memory 2**12 readings."""
    read: list[int] = []
    once = Scope._read_before

    def counted(scope: Scope, number: int) -> bool:
        read.append(number)
        return once(scope, number)

    monkeypatch.setattr(Scope, "_read_before", counted)
    reading = reader.read("/".join(["jaw drop/AU26"] * 12) + ", never joy.")
    (part,) = reading.sentences
    assert [part.scope.denied(number) for number in range(25)] == [False] * 24 + [True]
    assert len(read) == len(set(read)) == 25
