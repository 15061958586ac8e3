"""What is no plain rationale of one observation: answered with what was wrong, and with no claim made up."""

from math import inf, nan
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError, UnknownTermError
from affectgraph.reasoner import Checker, Report, StatementVerdict, judge_statements

RIGHT = "AU12 is the lip corner puller."


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


BAD: list[tuple[dict[str, Any], type[AffectGraphError], str]] = [
    ({"text": "x" * 1_000_000}, ClaimError, "at most 100,000 characters, got 1,000,000"),
    ({"text": 3}, ClaimError, "int"),
    ({"text": b"AU12 is shown."}, ClaimError, "bytes"),
    ({"text": ["AU12"]}, ClaimError, "list"),
    ({"label": 3}, ClaimError, "'label'"),
    ({"label": "joy", "scheme": "nope"}, UnknownTermError, "'nope'"),
    ({"aus": {"AU99_r": 1.0}}, InputError, "'AU99_r'"),
    ({"aus": {"AU12_r": 5.1}}, InputError, "in 0..5, got 5.1"),
    ({"aus": {"AU12_r": nan}}, InputError, "got nan"),
    ({"aus": {"AU12_r": inf}}, InputError, "got inf"),
    ({"aus": {"AU12_r": None}}, InputError, "got None"),
    ({"aus": {"AU12_r": 0.2, "AU012_r": 3.0}}, InputError, "AU12_r 0.2 and AU012_r 3"),
    ({"aus": {"AU12_r": 1.0, "AU12": 0.5}}, InputError, "of one kind"),
    ({"aus": {}}, InputError, "got nothing"),
    ({"aus": [1]}, ClaimError, "'aus'"),
]


@pytest.mark.parametrize(("record", "error", "said"), BAD)
def test_bad_record_is_named_and_costs_no_other(
    checker: Checker, record: dict[str, Any], error: type[AffectGraphError], said: str
) -> None:
    rest = {key: value for key, value in record.items() if key != "text"}
    text = record.get("text", RIGHT)

    checked = checker.check_many([{"rationale": text, **rest}, {"rationale": RIGHT}])
    asked = judge_statements(checker, [{"statement": text, **rest}, {"statement": RIGHT}])

    for found in (checked[0], asked[0]):
        assert type(found) is error
        assert said in str(found)
        assert len(str(found)) < 400
    assert isinstance(checked[1], Report)
    assert isinstance(asked[1], StatementVerdict)
    assert asked[1].truth == "true"


@pytest.mark.parametrize(
    ("text", "note", "claims"),
    [
        ("", None, 0),
        ("   \n", None, 0),
        ("Die Person ist sehr traurig und weint.", "not in English", 0),
        ("彼女は悲しそうです。", "not in English", 0),
        ("\x7fELF\x02\x01\x00\x00 AU12 is shown.", "binary", 1),
        ("<html><p>AU12 is shown.</p></html>", "markup", 1),
    ],
)
def test_odd_text_has_its_note_and_only_claims_that_stand_in_it(
    checker: Checker, text: str, note: str | None, claims: int
) -> None:
    report = checker.check(text)

    assert len(report.judgements) == claims
    assert [j.claim.quote for j in report.judgements] == [
        text[j.claim.start : j.claim.end] for j in report.judgements
    ]
    assert len(report.notes) == (note is not None)
    assert note is None or note in report.notes[0]


def test_action_unit_out_of_range_in_a_text_is_contradicted(checker: Checker) -> None:
    (judgement,) = checker.check("AU99 is visible.").judgements

    assert (judgement.verdict, judgement.rule) == ("contradicted", "au-unknown-number")


def test_unknown_label_is_nil_with_its_reason(checker: Checker) -> None:
    grounding = checker.check(RIGHT, label="qwxyz").grounding

    assert grounding is not None
    assert (grounding.status, grounding.concept) == ("nil", None)
    assert grounding.reason is not None


def test_label_against_its_point_is_contradicted(checker: Checker) -> None:
    report = checker.check(None, label="joy", vad=(-0.9, 0.0, 0.0))

    assert ("vad_level", "contradicted") in {(j.claim.type, j.verdict) for j in report.judgements}
