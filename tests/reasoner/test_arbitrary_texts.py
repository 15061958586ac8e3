"""Whatever a text holds, its claims are exact, numbered, in range and the same on repeat."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Report

WORDS = """
AU1 AU2 AU4 AU6 AU12 AU999 AUs AU 6 12 action units cheek raiser lip corner puller nose wrinkle brow
brows raised furrowed smile frown eyes closed open mouth head down relaxed joy anger angry fear
afraid sadness sad surprise disgust trust irritation resentment grateful neutral pleasure content
active is are was not no never without rather than but and or while because so which this it she the
a of kind form opposite primary tertiary emotion positive negative high low arousal valence suggests
indicates may appears overall therefore final answer label absent visible present given with in
""".split()
MARKS = [
    "(AU6)",
    "(cheek raiser)",
    "<answer>",
    "</answer>",
    "<think>",
    '{"emotion": "joy"}',
    "**",
    "\n",
    "\n- ",
    ". ",
    ", ",
    "; ",
    ": ",
    "?",
    "!",
    '"',
    "\u2019",
    "(",
    ")",
    "[",
    "+",
    "/",
    "-",
    "\u2026",
    "\u3002",
    "\u60b2\u4f24",
    "\U0001f600",
    "\U0001d4d0",
    "\ud800",
    "\x00",
    "\u200b",
    "e\u0301",
]
texts = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=120).flatmap(
    lambda words: st.sampled_from([" ", "", "  "]).map(lambda gap: gap.join(words)[:2000])
)
labels = st.sampled_from([None, "joy", "Furious", "zorp", "", "not happy", "(", "trust", "AU6"])
readings = st.sampled_from([None, {"AU01_r": 0.0, "AU12_c": 1.0, "AU06_r": 2.0}, {"AU12": 0.7}])


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def assert_whole(report: Report, text: str) -> None:
    ids = [judgement.claim.id for judgement in report.judgements]
    assert len(ids) == len(set(ids))
    for judgement in report.judgements:
        claim = judgement.claim
        if claim.source == "text":
            assert 0 <= claim.start < claim.end <= len(text)
            assert text[claim.start : claim.end] == claim.quote
        else:
            assert (claim.start, claim.end) == (-1, -1)
        assert 0 <= judgement.strength <= 1
        assert judgement.sentence
        assert (judgement.verdict == "contradicted") == bool(judgement.hint)
    values = report.scores.values()
    for score in values.values():
        assert score is None or 0 <= score <= 1
    assert [name for name, _ in report.scores.undefined] == [
        n for n, v in values.items() if v is None
    ]
    precision, contradicted = values["grounded_precision"], values["contradiction_rate"]
    assert (precision or 0.0) + (contradicted or 0.0) <= 1.0001
    assert report.conclusion is None or report.conclusion in ids


@given(texts, labels, readings)
def test_report_on_any_text_is_whole(
    checker: Checker, text: str, label: str | None, aus: dict[str, float] | None
) -> None:
    assert_whole(checker.check(text, label=label, aus=aus), text)


@given(st.text(max_size=2000))
def test_report_on_any_characters_is_whole(checker: Checker, text: str) -> None:
    assert_whole(checker.check(text), text)


@given(st.text(max_size=150), st.text(max_size=250))
def test_any_label_is_taken_beside_any_text(checker: Checker, label: str, text: str) -> None:
    assert_whole(checker.check(f"{text} {label} {text}", label=label), f"{text} {label} {text}")


@given(texts, labels, readings)
def test_report_is_the_same_on_repeat(
    checker: Checker,
    text: str,
    label: str | None,
    aus: dict[str, float] | None,
) -> None:
    first = checker.check(text, label=label, aus=aus)

    assert checker.check(text, label=label, aus=aus) == first


@given(st.lists(texts, max_size=4))
def test_report_of_a_batch_is_that_of_the_single_text(checker: Checker, batch: list[str]) -> None:
    reports = checker.check_many([{"rationale": text} for text in batch])

    assert reports == [checker.check(text) for text in batch]


@given(texts)
@settings(max_examples=20)
def test_fresh_checker_agrees_with_a_used_one(
    graph: EmotionGraph, checker: Checker, text: str
) -> None:
    assert Checker(graph).check(text) == checker.check(text)


@given(texts, st.sampled_from(["\U0001f600 ", "\U0001d4d0\U0001d4d1. ", "\u60b2\u4f24\u3002 "]))
def test_characters_beyond_the_basic_plane_shift_spans_by_code_points(
    checker: Checker, text: str, prefix: str
) -> None:
    assert_whole(checker.check(prefix + text), prefix + text)
