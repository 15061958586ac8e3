"""Hyphens and blanks at which no line may break, as language models write them, are plain ones."""

import unicodedata

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Report

PLAIN = (
    "AU-12 (lip-corner puller) and AU 6 are active. The wide-open eyes suggest surprise, "
    "and she is self-confident. Overall, she is over-joyed and happy."
)


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def said(report: Report) -> list[tuple[object, ...]]:
    return [
        (j.claim.type, j.claim.subject, j.claim.object, j.claim.span, j.verdict, j.rule)
        for j in report.judgements
    ]


@pytest.mark.parametrize(
    ("plain", "sign"),
    [("-", "\u2010"), ("-", "\u2011"), (" ", "\u00a0"), (" ", "\u202f"), (" ", "\u2007")],
)
def test_claims_are_those_of_the_plain_text_and_quotes_those_of_the_text(
    checker: Checker, plain: str, sign: str
) -> None:
    text = PLAIN.replace(plain, sign)
    report = checker.check(text)
    assert said(report) == said(checker.check(PLAIN))
    assert len(report.judgements) >= 4
    for judgement in report.judgements:
        assert text[slice(*judgement.claim.span)] == judgement.claim.quote
    assert any(sign in judgement.claim.quote for judgement in report.judgements)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_spans_count_the_code_points_of_the_text_as_it_stands(checker: Checker, form: str) -> None:
    text = unicodedata.normalize(form, f"Zo\u00eb's na\u00efve caf\u00e9 \u2460 \ufb01lm. {PLAIN}")  # type: ignore[arg-type]
    report = checker.check(text)
    assert [s[:3] + s[4:] for s in said(report)] == [
        s[:3] + s[4:] for s in said(checker.check(PLAIN))
    ]
    for judgement in report.judgements:
        assert text[slice(*judgement.claim.span)] == judgement.claim.quote
