"""The page of a file of rationales: one file, escaped, with every verdict and where it comes from."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from affectgraph.api.cli_base import FAULTY, USAGE
from affectgraph.api.marking import BY_WEIGHT, marked
from affectgraph.api.report_page import Checked, report_page, totals
from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Checker, Report
from tests.api.running import lines, run, share_graph
from tests.api.test_pages import Page

GOLD = Path(__file__).parents[2] / "benchmarks" / "data" / "gold" / "rationales.jsonl"
WRONG = "AU20 is the nostril flare. AU6 and AU12 suggest joy. Her voice trembles."
ATTACK = '<script>alert(1)</script><img src=x onerror=alert(1)>"\' onload="x" &amp; </style>'


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def entry(checker: Checker, text: str, *, name: str = "r", **fields: Any) -> Checked:
    return Checked(name, text, checker.check(text, **fields))


def gold(count: int) -> list[dict[str, Any]]:
    """Return rationales of the gold set with their readings under the names of OpenFace."""
    found = []
    for line in GOLD.read_text("utf-8").splitlines()[:count]:
        record = json.loads(line)
        aus = record.get("aus")
        found.append({**record, "aus": {f"{k}_r": v for k, v in aus.items()} if aus else None})
    return found


# --- marking --------------------------------------------------------------------------------------


def test_pieces_add_up_to_the_text_and_every_claim_ends_once(checker: Checker) -> None:
    for record in gold(66):
        report = checker.check(record["text"], label=record["label"])
        pieces = marked(record["text"], report.judgements)
        ended = [j.claim.id for piece in pieces for j in piece.ending]
        in_text = [j.claim.id for j in report.judgements if j.claim.source == "text"]
        assert "".join(piece.text for piece in pieces) == record["text"]
        assert sorted(ended) == sorted(in_text)


def test_words_of_several_claims_show_the_gravest_verdict(checker: Checker) -> None:
    text = "The frown (AU12) suggests anger."
    judgements = checker.check(text).judgements
    inside = {j.verdict for j in judgements if j.claim.start <= 5 < j.claim.end}

    piece = next(p for p in marked(text, judgements) if "frown" in p.text)

    assert len(inside) > 1
    assert piece.verdict == next(v for v in BY_WEIGHT if v in inside)


def test_text_without_claims_is_one_plain_piece() -> None:
    assert [(p.text, p.verdict) for p in marked("so sad", ())] == [("so sad", None)]
    assert marked("", ()) == ()


# --- page -----------------------------------------------------------------------------------------


def test_page_shows_every_verdict_with_its_reason_and_sources(checker: Checker) -> None:
    checked = entry(checker, WRONG, label="joy")
    assert isinstance(checked.outcome, Report)

    text = report_page([checked], title="file.jsonl")

    for judgement in checked.outcome.judgements:
        assert f'id="r1-{judgement.claim.id}"' in text
        for fact in judgement.facts:
            assert f'href="https://w3id.org/affectgraph/source/{fact.source}"' in text
            assert f"({fact.licence})" in text
    assert "AU20 is the lip stretcher; nostril flare is AU38." in text
    assert "also fits" in text
    assert '<mark class="contradicted">AU20 is the nostril flare</mark>' in text
    assert checked.outcome.caveat in text
    assert "not that the label is right" in text


def test_page_says_in_which_graph_a_value_stands(checker: Checker) -> None:
    text = report_page([entry(checker, "Fear is a negative emotion.")], title="t")

    assert ">graph:vad-glasgow</a>)" in text
    assert ">graph:" not in report_page([entry(checker, "AU4 is the brow lowerer.")], title="t")


def test_page_says_who_is_said_to_say_a_claim(checker: Checker) -> None:
    text = report_page([entry(checker, "Expert B says that AU4 is on. AU12 is on.")], title="t")

    assert text.count(" · said by <bdi>Expert B</bdi>") == 1
    assert text.count(" · said by ") == 1


def test_page_says_whose_word_counted(checker: Checker) -> None:
    by = checker.with_sources("goemotions")

    assert "; sources that count: goemotions.</p>" in report_page([entry(by, WRONG)], title="t")
    assert "; sources that count: any.</p>" in report_page([entry(checker, WRONG)], title="t")


def test_page_of_gold_rationales_nests_and_leads_only_to_itself_and_the_web(
    checker: Checker,
) -> None:
    records = gold(10)
    checked = [
        entry(checker, r["text"], name=r["id"], label=r["label"], aus=r["aus"]) for r in records
    ]

    page = Page(report_page(checked, title="gold"))

    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        else:
            assert link.startswith("https://w3id.org/affectgraph/")
    assert page.tags.count("article") == 10
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)


def test_page_loads_nothing(checker: Checker) -> None:
    text = report_page([entry(checker, WRONG)], title="x")

    assert "default-src 'none'" in text
    assert re.findall(r"url\(|@import|src=", text) == []


def test_nothing_of_a_record_becomes_markup(checker: Checker) -> None:
    hostile = entry(checker, f"{ATTACK} AU6 (cheek raiser). {ATTACK}", name=ATTACK, label=ATTACK)
    faulty = Checked(ATTACK, ATTACK, ATTACK)

    text = report_page([hostile, faulty], title=ATTACK)

    page = Page(text)
    assert not {"script", "img"} & set(page.tags)
    assert "<script" not in text
    assert "onload=&#34;" in text
    assert text.count("</style>") == 1


def test_characters_that_html_lacks_are_replaced(checker: Checker) -> None:
    text = report_page([entry(checker, "\x00AU12\ud800 is shown.\x1b")], title="\ud800")

    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text) is None
    text.encode("utf-8")


def test_empty_file_and_bad_records_have_a_page() -> None:
    assert "0 rationales, 0 checked" in report_page([], title="x")
    text = report_page([Checked("line 1", "", "Expected a JSON object.")], title="x")
    assert "1 could not be read" in text
    assert "Expected a JSON object." in text


def test_totals_are_means_over_the_rationales_that_have_a_score(checker: Checker) -> None:
    wrong = checker.check("AU20 is the nostril flare.")
    right = checker.check("AU12 is the lip corner puller. Her voice trembles.")
    none = checker.check("The bus is late.")

    found = totals([wrong, right, none])

    # By hand: none of one and one of one judged claim supported; one of one and one of two judged.
    assert found.scores["grounded_precision"] == 0.5
    assert found.scores["contradiction_rate"] == 0.5
    assert found.scores["checkability"] == 0.75
    assert found.scores["au_agreement"] is None
    assert found.contradicted == 1
    assert found.claims == {
        "contradicted": 1,
        "unsupported": 0,
        "supported": 1,
        "not_checkable": 1,
    }


# --- command line ---------------------------------------------------------------------------------


def test_report_is_written_instead_of_lines_or_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph
) -> None:
    share_graph(monkeypatch, graph)
    path, out, to = (tmp_path / name for name in ("in.jsonl", "out.html", "out.jsonl"))
    path.write_text(json.dumps({"id": "r7", "rationale": WRONG}) + "\n[1]\n", encoding="utf-8")

    alone, stderr = run("check", path, "--report", out, code=FAULTY)
    first = out.read_text("utf-8")
    beside, _ = run("check", path, "--report", out, "--to", to, code=FAULTY)

    assert (alone, beside) == ("", "")
    assert f"{out}: {len(first.encode()):,} bytes" in stderr
    assert out.read_text("utf-8") == first
    assert len(lines(to.read_text("utf-8"))) == 2
    assert ">r7<" in first
    assert "Expected a JSON object, got list." in first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rationale", "x", "--report", "out.html"], "go with a FILE"),
        (["-", "--to", "x.jsonl", "--resume", "--report", "out.html"], "without --resume"),
        (["-", "--report", "nowhere/out.html"], "Cannot write"),
    ],
)
def test_report_that_cannot_be_is_refused(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    graph: EmotionGraph,
) -> None:
    share_graph(monkeypatch, graph)
    monkeypatch.chdir(tmp_path)
    assert said in run("check", *arguments, code=USAGE)[1]


def test_page_leads_from_a_conclusion_to_the_claims_that_carry_it(checker: Checker) -> None:
    page = report_page(
        [entry(checker, "AU12 is visible. AU39 is visible. She is happy.")], title="t"
    )

    assert 'carried by <a href="#r1-c1">claim 1</a>' in page
