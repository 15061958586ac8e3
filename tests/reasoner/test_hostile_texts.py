"""Texts made to make patterns run away: they end, and what they claim is still exact."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker
from affectgraph.reasoner.checker import MAX_LENGTH

REPEATED = [
    "AU1, ",
    "AU1 and ",
    "AU1+",
    "AU1 (",
    "AU",
    "AU-",
    "AU1, the ",
    "AU1 while ",
    "1 and ",
    "not ",
    "no ",
    "n't ",
    "no doubt ",
    "rather than ",
    "a ",
    "a-",
    "a'",
    "is ",
    "very ",
    "(",
    ")",
    "[",
    "<",
    "<answer>",
    '"',
    "\"'",
    '","',
    ", ",
    ". ",
    ".",
    "\n",
    " ",
    "joy ",
    "joy\n",
    "joy; ",
    "joy and ",
    "joy is ",
    "joy is a kind of ",
    'x "cd." ',
    'x "c.d". ',
    '{"au": 1, ',
    "jaw drop/AU26/",
    "the man is angry, the woman is sad. ",
    "expert A says that ",
    "Not observed:\n- AU1\n",
    "AU6 is on. This suggests joy. ",
    "joy and fear are ",
    "joy is a primary ",
    "inner brow ",
    "inner the ",
    "cheek raiser (",
    "cheek raiser AU6 ",
    "suggests ",
    "AU1 suggests fear ",
    "given AU1 ",
    "because ",
    "overall ",
    "overall joy ",
    "the final ",
    "emotion ",
    'emotion" ',
    "feels ",
    "1",
    "x",
    "\U0001f600",
    "\u3002",
]

# A blank run between these: every pattern that allows blanks at two places next to each other can
# try all the ways to share them out.
AROUND_BLANKS = [
    ("joy", "x"),
    ("joy", "is x"),
    ("joy is", "x"),
    ("joy is", "joy"),
    ("joy is not", "x"),
    ("joy is considered", "x"),
    ("joy and fear are", "opposites"),
    ("AU1", "x"),
    ("AU1", "joy"),
    ("AU1,", "x"),
    ("AUs 1,", "2"),
    ("AUs 1", "and 2"),
    ("AU1", "x is absent"),
    ("cheek raiser", "(AU1"),
    ("AU1 suggests", "joy"),
    ("emotion is", "joy"),
    ("the final", "x joy"),
    ("rather", "x joy"),
    ("feels", "x joy"),
]


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def assert_exact(checker: Checker, text: str) -> None:
    for judgement in checker.check(text, label="joy").judgements:
        claim = judgement.claim
        if claim.source == "text":
            assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize("piece", REPEATED)
def test_text_of_one_piece_repeated_ends(checker: Checker, piece: str) -> None:
    text = piece * (20_000 // len(piece))

    assert_exact(checker, text)


SECONDS = 4
"""Processor time for 100,000 characters, which most texts need a tenth of."""


@contextmanager
def processor_time(seconds: int) -> Iterator[None]:
    """Fail when a block takes more processor time of this process, whatever else the machine does."""

    def stop(_number: int, _frame: object) -> None:
        raise AssertionError(f"took more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.slow
def test_longest_text_of_one_piece_repeated_ends(checker: Checker, piece: str) -> None:
    with processor_time(SECONDS):
        assert_exact(checker, (piece * MAX_LENGTH)[:MAX_LENGTH])


NUMBERED = [
    'x "cd{}." ',
    "the man is angry, the woman is sad {}. ",
    "AU6 suggests joy {}. This suggests fear {}. ",
    "Expert B says that she is angry {}. ",
    "She smiles {}. It is genuine. ",
    "- AU1 {}\n",
    "joy {} is a kind of anger. ",
    "joy cause" + " " * 500 + "x{}. ",
    "mix of joy" + " " * 500 + "x{}. ",
    "joy is" + " " * 500 + "x{}. ",
]


@pytest.mark.parametrize("piece", NUMBERED)
@pytest.mark.slow
def test_longest_text_of_sentences_that_are_all_new_ends(checker: Checker, piece: str) -> None:
    text = "".join(piece.replace("{}", str(number)) for number in range(MAX_LENGTH // len(piece)))
    with processor_time(3 * SECONDS):
        assert_exact(checker, text[:MAX_LENGTH])


@pytest.mark.parametrize(("before", "after"), AROUND_BLANKS)
@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
def test_run_of_blanks_ends(checker: Checker, before: str, after: str, blank: str) -> None:
    assert_exact(checker, before + blank * 300 + after)


@pytest.mark.parametrize(("before", "after"), AROUND_BLANKS)
def test_longest_run_of_blanks_ends(checker: Checker, before: str, after: str) -> None:
    text = before + " " * (MAX_LENGTH - len(before) - len(after)) + after

    assert_exact(checker, text)


@pytest.mark.parametrize("depth", [10, 1000])
@pytest.mark.parametrize(("left", "right"), [("(", ")"), ("[", "]"), ('"', '"'), ("<a>", "</a>")])
def test_nested_marks_end(checker: Checker, left: str, right: str, depth: int) -> None:
    assert_exact(checker, f"AU6 {left * depth}cheek raiser{right * depth} expresses joy.")


@pytest.mark.parametrize("label", ["(", "[", "\\", "a" * 200, ".*", "(a+)+$", "|", "^", "$", "\n"])
def test_label_is_never_read_as_a_pattern(checker: Checker, label: str) -> None:
    text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa! The river is long."

    report = checker.check(text, label=label)

    assert [j.claim.type for j in report.judgements] == ["concludes"]
    assert report.judgements[0].verdict == "not_checkable"
