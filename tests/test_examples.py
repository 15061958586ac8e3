"""The examples the package ships: each one is grounded and checked as its record expects."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.reasoner import Checker, Judgement
from affectgraph.reasoner.checker import FIELDS

FILE = Path(__file__).parent.parent / "examples" / "predictions.jsonl"
RECORDS: list[dict[str, Any]] = [
    json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()
]
CLAIM_TYPES = {
    "au_identity",
    "concludes",
    "expresses",
    "in_tier",
    "label_in_scheme",
    "observes",
    "opposite_of",
    "subsumed_by",
    "vad_level",
}
Record = Mapping[str, Any]


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


def judge(checker: Checker, record: Record) -> tuple[Judgement, ...]:
    if all(record[field] is None for field in FIELDS):
        return ()
    return checker.check_record({field: record[field] for field in FIELDS}).judgements


def places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def is_about(judgement: Judgement, quote: str, text: str) -> bool:
    claim = judgement.claim
    if claim.type == "concludes":
        return True  # a report has one conclusion, wherever the record quotes it from
    if quote == "input":
        return claim.source == "input"
    return claim.source == "text" and any(
        start < claim.end and claim.start < end for start, end in places(text, quote)
    )


def matching(
    judgements: tuple[Judgement, ...], expected: Record, record: Record
) -> list[Judgement]:
    return [
        judgement
        for judgement in judgements
        if judgement.claim.type == expected["type"]
        and judgement.verdict == expected["verdict"]
        and is_about(judgement, expected["quote"], record["rationale"] or "")
    ]


each_record = pytest.mark.parametrize("record", RECORDS, ids=[r["id"] for r in RECORDS])


@each_record
def test_label_is_grounded_as_expected(linker: LabelLinker, record: Record) -> None:
    expected = record["expect"]["ground"]
    if expected is None:
        assert record["label"] is None
        return

    grounding = linker.ground(record["label"], scheme=record["scheme"])

    concept = grounding.concept
    slug = None if concept is None else concept.slug
    name = f"emotion/{slug}" if concept is not None and concept.is_emotion else slug
    assert (grounding.status, name, grounding.reason) == (
        expected["status"],
        expected["concept"],
        expected["reason"],
    )


@each_record
def test_claims_are_found_and_judged_as_expected(checker: Checker, record: Record) -> None:
    judgements = judge(checker, record)

    missing = [c for c in record["expect"]["claims"] if not matching(judgements, c, record)]

    assert missing == []


@each_record
def test_nothing_is_contradicted_that_the_record_does_not_expect(
    checker: Checker, record: Record
) -> None:
    judgements = judge(checker, record)
    expected = [c for c in record["expect"]["claims"] if c["verdict"] == "contradicted"]
    wanted = {j.claim.id for c in expected for j in matching(judgements, c, record)}

    found = {j.claim.id: j.sentence for j in judgements if j.verdict == "contradicted"}

    assert {id_: found[id_] for id_ in found.keys() - wanted} == {}


@each_record
def test_conclusion_is_judged_as_expected(checker: Checker, record: Record) -> None:
    report = checker.check_record({field: record[field] for field in FIELDS})
    verdicts = [j.verdict for j in report.judgements if j.claim.id == report.conclusion]

    expected = record["expect"]["conclusion"]
    assert verdicts == ([] if expected is None else [expected])


@each_record
def test_record_has_the_fields_of_a_record(record: Record) -> None:
    assert set(record) == {"id", "style", "expect", *FIELDS}
    assert set(record["expect"]) == {"ground", "claims", "conclusion"}


@each_record
def test_quotes_of_a_record_stand_in_its_rationale(record: Record) -> None:
    for claim in record["expect"]["claims"]:
        assert claim["quote"] == "input" or claim["quote"] in record["rationale"]
        assert claim["type"] in CLAIM_TYPES
        assert claim["why"]


# --- variety ---------------------------------------------------------------------------------------


def expected_claims() -> list[dict[str, Any]]:
    return [claim for record in RECORDS for claim in record["expect"]["claims"]]


def test_there_are_at_least_sixty_records_with_ids_of_their_own() -> None:
    assert len(RECORDS) >= 60
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)


def test_every_style_of_prediction_has_several_records() -> None:
    styles = Counter(record["style"] for record in RECORDS)

    assert set(styles) == {"face", "text", "speech", "multimodal", "labels"}
    assert min(styles.values()) >= 5


def test_every_claim_type_and_every_verdict_occurs() -> None:
    assert {claim["type"] for claim in expected_claims()} == CLAIM_TYPES
    assert {claim["verdict"] for claim in expected_claims()} == {
        "supported",
        "contradicted",
        "unsupported",
        "not_checkable",
    }


@pytest.mark.parametrize("type_", sorted(CLAIM_TYPES))
def test_every_claim_type_is_supported_once_and_contradicted_once(type_: str) -> None:
    verdicts = {claim["verdict"] for claim in expected_claims() if claim["type"] == type_}

    assert verdicts >= {"supported", "contradicted"}


def test_conclusions_get_every_verdict() -> None:
    verdicts = {record["expect"]["conclusion"] for record in RECORDS}

    assert verdicts == {None, "supported", "contradicted", "unsupported", "not_checkable"}


def test_bad_labels_of_every_common_kind_occur() -> None:
    grounds = [record["expect"]["ground"] for record in RECORDS if record["expect"]["ground"]]

    assert {ground["status"] for ground in grounds} == {"linked", "ambiguous", "neutral", "nil"}
    assert {ground["reason"] for ground in grounds} >= {
        "empty",
        "language",
        "negated",
        "not_in_scheme",
        "unknown",
    }


def test_labels_and_rationales_of_other_languages_occur() -> None:
    scripts = {
        "CJK": ("\u4e00", "\u9fff"),
        "kana": ("\u3040", "\u30ff"),
        "marked Latin": ("\u00c0", "\u024f"),
    }
    text = "".join(f"{record['label']}{record['rationale']}" for record in RECORDS)

    missing = [
        name for name, (low, high) in scripts.items() if not any(low <= c <= high for c in text)
    ]

    assert missing == []


def test_labels_come_from_many_schemes_and_from_none(graph: EmotionGraph) -> None:
    schemes = {record["scheme"] for record in RECORDS}

    assert None in schemes
    assert len(schemes) > 15
    assert schemes - {None} <= {scheme.name for scheme in graph.schemes()}


def test_readings_of_both_kinds_and_points_in_vad_space_occur() -> None:
    columns = {column for record in RECORDS for column in record["aus"] or ()}

    assert any(column.endswith("_r") for column in columns)
    assert any(column.endswith("_c") for column in columns)
    assert any(column.startswith("AU") and "_" not in column for column in columns)
    assert sum(record["vad"] is not None for record in RECORDS) >= 5


def test_rationales_come_as_prose_tags_lists_and_objects() -> None:
    texts = [record["rationale"] or "" for record in RECORDS]

    assert any("<think>" in text and "<answer>" in text for text in texts)
    assert any(text.lstrip().startswith("{") for text in texts)
    assert any("**" in text for text in texts)
    assert any("\n1. " in text or "1. " in text for text in texts)
    assert None in [record["rationale"] for record in RECORDS]
