"""One statement about an observation: true, false or unknown, by conjunction of its claims."""

from math import nan
from typing import Any

import pytest

import affectgraph
from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError, UnknownTermError
from affectgraph.reasoner import (
    Checker,
    Report,
    StatementVerdict,
    judge_statement,
    judge_statements,
)

SMILE = {"AU06_r": 2.0, "AU12_r": 3.0, "AU04_r": 0.0}


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.mark.parametrize(
    ("statement", "given", "truth", "reason"),
    [
        ("The person smiles.", {"aus": SMILE}, "true", "all-supported"),
        ("No smile is visible.", {"aus": SMILE}, "false", "contradicted"),
        ("AU4 is shown.", {"aus": SMILE}, "false", "contradicted"),
        ("AU9 is shown.", {"aus": SMILE}, "unknown", "not-checkable"),
        ("The person smiles.", {}, "unknown", "not-checkable"),
        ("Irritation is a kind of anger.", {}, "true", "all-supported"),
        ("Irritation is a kind of joy.", {}, "false", "contradicted"),
        ("AU6 and AU12 suggest joy.", {}, "true", "all-supported"),
        ("The person is happy.", {"label": "joy"}, "true", "all-supported"),
        ("The person is happy.", {"label": "fear"}, "false", "contradicted"),
        ("The person is happy.", {"aus": SMILE}, "true", "all-supported"),
        ("The person is happy.", {}, "unknown", "not-checkable"),
        ("The bus is late.", {"aus": SMILE}, "unknown", "no-claim"),
    ],
)
def test_statement_is_answered(
    checker: Checker, statement: str, given: dict[str, Any], truth: str, reason: str
) -> None:
    found = judge_statement(checker, statement, **given)

    assert (found.truth, found.reason) == (truth, reason)
    assert found.sentence


@pytest.mark.parametrize(
    ("parts", "truth"),
    [
        (["AU12 is shown", "Fear is a primary emotion"], "true"),
        (["AU12 is shown", "AU9 is shown"], "unknown"),
        (["AU12 is shown", "AU4 is shown"], "false"),
        (["AU9 is shown", "AU4 is shown"], "false"),
        (["AU9 is shown", "Fear is a tertiary emotion"], "false"),
    ],
)
def test_several_claims_are_a_conjunction_in_either_order(
    checker: Checker, parts: list[str], truth: str
) -> None:
    for said in (parts, parts[::-1]):
        found = judge_statement(checker, ". ".join(said) + ".", aus=SMILE)
        assert len(found.judgements) == 2
        assert found.truth == truth


def test_deciding_claims_are_those_that_decide(checker: Checker) -> None:
    found = judge_statement(checker, "AU12 is shown. AU4 is shown. AU9 is shown.", aus=SMILE)

    assert found.deciding == ("c2",)
    assert [j.claim.id for j in found.judgements] == ["c1", "c2", "c3"]
    assert found.judgements[1].facts
    assert "AU04_r 0" in found.sentence


def test_statement_is_no_evidence_for_itself(checker: Checker) -> None:
    found = judge_statement(checker, "She is sad; her grief shows.")

    assert {j.rule for j in found.judgements} == {"evidence-agrees"}
    assert (found.truth, found.reason) == ("unknown", "own-words")
    assert judge_statement(checker, found.statement, label="sadness").truth == "true"


def test_label_takes_no_part_in_what_is_no_conclusion(checker: Checker) -> None:
    plain = judge_statement(checker, "AU4 shows anger.")

    assert judge_statement(checker, "AU4 shows anger.", label="joy").judgements == plain.judgements


def test_unknown_label_is_said(checker: Checker) -> None:
    found = judge_statement(checker, "The person is happy.", label="qwxyz")

    assert found.truth == "unknown"
    assert any("qwxyz" in note for note in found.notes)


@pytest.mark.parametrize("label", ["qwxyz", "", "\ud800"])
def test_label_that_is_not_understood_is_no_evidence(checker: Checker, label: str) -> None:
    found = judge_statement(checker, "She is sad; her grief shows.", label=label)

    assert (found.truth, found.reason) == ("unknown", "own-words")
    assert len(found.notes) == 1


@pytest.mark.parametrize("statement", ["AU4 shows anger.", "The bus is late.", "She is happy."])
def test_unknown_label_is_noted_whatever_is_said(checker: Checker, statement: str) -> None:
    found = judge_statement(checker, statement, label="qwxyz")

    assert [note for note in found.notes if "qwxyz" in note]


def test_statement_that_concludes_is_judged_once(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    check = checker.check

    def counted(*args: Any, **options: Any) -> Report:
        asked.append(options.get("label"))
        return check(*args, **options)

    monkeypatch.setattr(checker, "check", counted)

    judge_statement(checker, "She is happy.", label="joy")
    assert asked == ["joy"]
    judge_statement(checker, "AU4 shows anger.", label="joy")
    assert asked == ["joy", "joy", None]


def test_other_language_is_unknown_and_said(checker: Checker) -> None:
    found = judge_statement(checker, "Die Person ist sehr traurig und weint.")

    assert (found.truth, found.reason) == ("unknown", "no-claim")
    assert any("not in English" in note for note in found.notes)


@pytest.mark.parametrize("statement", ["", "  \n", None, 3, b"AU12 is shown.", "x" * 100_001])
def test_what_is_no_statement_is_refused(checker: Checker, statement: Any) -> None:
    with pytest.raises(ClaimError, match="Expected"):
        judge_statement(checker, statement)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"aus": {"AU12_r": nan}}, InputError),
        ({"aus": {"AU99_r": 1.0}}, InputError),
        ({"aus": {"AU12_r": 1.0, "AU012_r": 2.0}}, InputError),
        ({"aus": 3}, ClaimError),
        ({"label": 3}, ClaimError),
        ({"label": "joy", "scheme": "nope"}, UnknownTermError),
    ],
)
def test_bad_observation_is_refused(
    checker: Checker, given: dict[str, Any], error: type[AffectGraphError]
) -> None:
    with pytest.raises(error):
        judge_statement(checker, "AU12 is shown.", **given)


def test_batch_keeps_its_good_records(checker: Checker) -> None:
    records: list[Any] = [{"statement": "AU12 is shown.", "aus": SMILE}, 5, {}, {"statement": "x"}]

    good, number, empty, other = judge_statements(checker, records)

    assert isinstance(good, StatementVerdict)
    assert good == judge_statement(checker, "AU12 is shown.", aus=SMILE)
    assert isinstance(number, ClaimError)
    assert isinstance(empty, ClaimError)
    assert isinstance(other, StatementVerdict)
    assert other.reason == "no-claim"


def test_the_top_function_asks_the_packaged_graph(checker: Checker) -> None:
    expected = judge_statement(checker, "The person smiles.", aus=SMILE)

    assert affectgraph.ask("The person smiles.", aus=SMILE) == expected
