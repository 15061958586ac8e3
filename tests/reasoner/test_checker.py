"""The checker as a whole: what it takes, what it refuses, and what its report adds up to."""

from math import inf, nan
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.faces import CAVEAT
from affectgraph.ontology.errors import AffectGraphError, ClaimError, InputError, UnknownTermError
from affectgraph.reasoner import Checker, Report
from affectgraph.reasoner.checker import MAX_LENGTH


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


# --- wrong input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rationale", [3, 3.5, nan, [], ["joy"], {}, b"joy", True])
def test_rationale_that_is_no_text_is_refused(checker: Checker, rationale: Any) -> None:
    with pytest.raises(ClaimError, match="Expected the rationale as text"):
        checker.check(rationale)


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 1_000_000])
def test_rationale_that_is_too_long_is_refused_with_its_length(
    checker: Checker, length: int
) -> None:
    with pytest.raises(ClaimError, match=f"{length:,}"):
        checker.check("x" * length)


def test_longest_rationale_is_read(checker: Checker) -> None:
    text = ("The river is long. " * MAX_LENGTH)[:MAX_LENGTH]

    assert checker.check(text).judgements == ()


@pytest.mark.parametrize(
    "vad",
    [
        (nan, 0, 0),
        (0, inf, 0),
        (10**400, 0, 0),
        (0, 0, -(10**5000)),
        [10**400] * 1000,
        (0, 0, -1.01),
        (5, 5, 5),
        (1, 2),
        (0, 0, 0, 0),
        (),
        "abc",
        "0,0,0",
        5,
        {"valence": 0.5},
        (True, 0, 0),
        ("0", "0", "0"),
        (None, 0, 0),
        {0.1, 0.2, 0.3},
    ],
)
def test_point_that_is_no_vad_is_refused(checker: Checker, vad: Any) -> None:
    with pytest.raises(InputError, match="Expected"):
        checker.check("text", label="joy", vad=vad)


def test_vad_on_another_scale_is_told_how_to_rescale(checker: Checker) -> None:
    with pytest.raises(InputError, match="Rescale other scales first"):
        checker.check("text", vad=(6.5, 5.0, 5.5))


@pytest.mark.parametrize("scheme", ["no such scheme", "", "affect-net"])
def test_unknown_scheme_is_refused(checker: Checker, scheme: str) -> None:
    with pytest.raises(UnknownTermError):
        checker.check("text", label="joy", scheme=scheme)


@pytest.mark.parametrize("scheme", ["no such scheme"])
def test_unknown_scheme_is_refused_without_a_label_too(checker: Checker, scheme: str) -> None:
    with pytest.raises(UnknownTermError):
        checker.check("text", scheme=scheme)


@pytest.mark.parametrize(
    "aus",
    [{}, {"AU12_r": nan}, {"AU12_r": 9}, {"AU999_r": 0.0}, {"AU12_r": 1, "AU12": 1}, {"frame": 1}],
)
def test_readings_that_cannot_be_read_are_refused(checker: Checker, aus: Any) -> None:
    with pytest.raises(InputError):
        checker.check("AU12 is on.", aus=aus)


def test_text_that_has_no_words_makes_no_claim(checker: Checker) -> None:
    for text in ("", " ", "\n\n", "...", "\U0001f600", "\x00", "\ud800"):
        assert checker.check(text).judgements == ()


def test_other_language_is_noted(checker: Checker) -> None:
    report = checker.check("\u8bf4\u8bdd\u4eba\u58f0\u97f3\u4f4e\u6c89\u3002")

    assert any("not in English" in note for note in report.notes)


def test_columns_that_disagree_are_noted_with_the_one_that_is_followed(checker: Checker) -> None:
    report = checker.check("AU12 is on.", aus={"AU12_c": 0.0, "AU12_r": 4.0, "AU06_c": 1.0})

    assert report.judgements[0].verdict == "supported"
    assert report.notes == (
        "AU12_c 0 and AU12_r 4 disagree on AU12; AU12_r is followed, and it counts as shown.",
    )


def test_columns_that_agree_are_no_note(checker: Checker) -> None:
    aus = {"AU12_c": 1.0, "AU12_r": 4.0, "AU06_c": 0.0, "AU06_r": 0.2}

    assert checker.check("AU12 is on.", aus=aus).notes == ()


def test_columns_left_out_are_noted(checker: Checker) -> None:
    report = checker.check("AU12 is on.", aus={"AU12_r": 2.0, "frame": 7})

    assert any("frame" in note for note in report.notes)


# --- records ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [None, 3, "joy", [], ["rationale"], object()])
def test_record_that_is_no_mapping_is_refused(checker: Checker, record: Any) -> None:
    with pytest.raises(ClaimError, match="Expected a record with fields"):
        checker.check_record(record)


@pytest.mark.parametrize("record", [{}, {"rationale": None, "label": None}, {"text": "joy"}])
def test_record_without_any_field_is_refused(checker: Checker, record: Any) -> None:
    with pytest.raises(ClaimError, match="at least one of the fields"):
        checker.check_record(record)


@pytest.mark.parametrize(
    "fields",
    [
        {"label": 3},
        {"label": ["joy"]},
        {"label": nan},
        {"scheme": 7, "label": "joy"},
        {"aus": "AU12"},
        {"aus": ["AU12"]},
        {"aus": 3},
        {"vad": "abc"},
        {"vad": {"valence": 1}},
        {"vad": 0.5},
        {"rationale": 3},
        {"rationale": ["x"]},
    ],
)
def test_field_of_the_wrong_type_is_refused_by_name(
    checker: Checker, fields: dict[str, Any]
) -> None:
    with pytest.raises(ClaimError, match="Expected"):
        checker.check_record({"rationale": "x", **fields})


def test_record_is_checked_as_its_fields_are(checker: Checker) -> None:
    record = {
        "id": 7,
        "rationale": "AU12 is on. Overall, joy.",
        "label": "happy",
        "scheme": "affectnet",
        "aus": {"AU12_r": 3.0},
        "vad": [0.8, 0.2, 0.1],
        "anything": object(),
    }

    expected = checker.check(
        "AU12 is on. Overall, joy.",
        label="happy",
        scheme="affectnet",
        aus={"AU12_r": 3.0},
        vad=(0.8, 0.2, 0.1),
    )
    assert checker.check_record(record) == expected


@pytest.mark.parametrize("field", ["label", "scheme", "aus", "vad"])
def test_null_field_is_as_if_not_given(checker: Checker, field: str) -> None:
    text = "AU12 suggests joy."

    assert checker.check_record({"rationale": text, field: None}) == checker.check(text)


# --- batches ---------------------------------------------------------------------------------------

GOOD = {"rationale": "AU6 and AU12 suggest joy.", "label": "joy"}
BAD: list[Any] = [
    None,
    3,
    {},
    {"rationale": 3},
    {"rationale": "x" * 1_000_000},
    {"rationale": "x", "label": "joy", "scheme": "nope"},
    {"rationale": "x", "vad": [nan, 0, 0]},
    {"rationale": "x", "vad": [10**400, 0, 0]},
    {"rationale": "x", "vad": [10**5000, 0, 0]},
    {"rationale": "x", "aus": {"AU12_r": 10**5000}},
    {"label": 10**5000},
    {"rationale": "x", "aus": {"AU12_r": nan}},
]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_bad_record_gives_its_error_and_loses_no_neighbour(checker: Checker, bad: Any) -> None:
    first, error, last = checker.check_many([GOOD, bad, GOOD])

    assert isinstance(error, AffectGraphError)
    assert first == last == checker.check_record(GOOD)


def test_batch_keeps_its_order_and_length(checker: Checker) -> None:
    records = [record for bad in BAD for record in (GOOD, bad)]

    results = checker.check_many(records)

    assert [isinstance(result, Report) for result in results] == [True, False] * len(BAD)


def test_empty_batch_has_no_results(checker: Checker) -> None:
    assert checker.check_many([]) == []
    assert checker.check_many(iter([])) == []


# --- the report ------------------------------------------------------------------------------------


def test_report_names_the_graph_and_the_caveat(graph: EmotionGraph, checker: Checker) -> None:
    report = checker.check("AU12 is on.")

    assert report.graph_version == graph.version
    assert report.caveat == CAVEAT


def test_grounding_of_the_label_is_in_the_report(checker: Checker) -> None:
    grounding = checker.check(None, label="happy", scheme="affectnet").grounding

    assert grounding == checker.linker.ground("happy", scheme="affectnet")
    assert checker.check("AU12 is on.").grounding is None


def test_scores_are_shares_of_the_claims_that_could_be_judged(checker: Checker) -> None:
    # AU6 named rightly, AU12 wrongly; two sightings without readings
    report = checker.check("AU6 (cheek raiser) is on. AU12 (brow lowerer) is on.")

    assert report.counts() == {
        "supported": 1,
        "contradicted": 1,
        "unsupported": 0,
        "not_checkable": 2,
    }
    scores = report.scores
    assert (scores.grounded_precision, scores.contradiction_rate, scores.checkability) == (
        0.5,
        0.5,
        0.5,
    )


def test_hedged_claim_counts_half(checker: Checker) -> None:
    # supported and plain: 1; unsupported and hedged: a half
    report = checker.check("AU6 and AU12 express joy. AU9 may express fear.")

    assert report.scores.grounded_precision == pytest.approx(1 / 1.5, abs=1e-4)
    assert report.scores.contradiction_rate == 0.0
    assert report.scores.checkability == 1.0


def test_report_without_claims_has_no_scores(checker: Checker) -> None:
    report = checker.check("The river is long.")

    assert set(report.scores.values().values()) == {None}
    assert report.conclusion is None
    assert set(report.counts().values()) == {0}


def test_contradictions_are_those_judgements_in_order(checker: Checker) -> None:
    report = checker.check("AU12 (brow lowerer) is on. Irritation is a kind of joy.")

    assert [j.claim.type for j in report.contradictions()] == ["au_identity", "subsumed_by"]
    assert all(j.hint for j in report.contradictions())


def test_claims_from_the_input_come_last(checker: Checker) -> None:
    report = checker.check(
        "AU12 is on. Overall, joy.", label="happy", scheme="affectnet", vad=(0.5, 0, 0)
    )

    assert [(j.claim.type, j.claim.source) for j in report.judgements] == [
        ("observes", "text"),
        ("concludes", "text"),
        ("label_in_scheme", "input"),
        ("vad_level", "input"),
    ]


def test_ids_count_the_claims(checker: Checker) -> None:
    report = checker.check("AU12 is on. Irritation is a kind of anger. Overall, joy.")

    assert [j.claim.id for j in report.judgements] == ["c1", "c2", "c3"]


def test_ids_stand_in_the_order_of_the_text(checker: Checker) -> None:
    text = "AU6 (cheek raiser) and AU12 (lip corner puller) are visible, which indicates joy."

    ids = [j.claim.id for j in checker.check(text).judgements]

    assert ids == [f"c{n}" for n in range(1, len(ids) + 1)]
