"""``facts``: what the graph knows of one observation or of a file, with sources and within a budget."""

import json
from math import ceil
from pathlib import Path

import pytest

from affectgraph.api.cli_base import FAULTY, UNKNOWN, USAGE
from affectgraph.kg.graph import EmotionGraph
from tests.api.running import lines, run, share_graph

AUS = '{"AU06_r": 2.1, "AU12_r": 2.9}'


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    share_graph(monkeypatch, graph)


def fact_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("  ")]


def test_facts_are_listed_with_their_sources_below_the_ranking() -> None:
    text, _ = run("facts", "--aus", AUS, "--limit", 3)

    rows = text.splitlines()
    assert rows[1].split()[1] == "joy"
    assert fact_lines(text)[0] == "  AU6 and AU12 expresses joy, by emfacs (prototype) [emfacs]"
    assert len(fact_lines(text)) == 3
    assert "do not establish what a person feels" in rows[-1]


def test_observed_words_come_with_the_best() -> None:
    text, _ = run("facts", "--text", "I was devastated.", "-n", 1)

    assert fact_lines(text) == [
        "  the word 'devastated' points to shock, by affectgraph [affectgraph]"
    ]


def test_token_budget_holds_at_three_characters_a_token() -> None:
    found = json.loads(run("facts", "--label", "joy", "--token-budget", 40, "--json")[0])

    tokens = [ceil(len(fact["text"]) / 3) for fact in found["facts"]]
    assert sum(tokens) == found["tokens"] <= 40
    assert len(tokens) >= 2
    assert found["touched"] > len(tokens)


def test_every_fact_names_the_source_of_each_triple(graph: EmotionGraph) -> None:
    found = json.loads(run("facts", "--aus", AUS, "--limit", 50, "--json")[0])

    sources = {triple["source"] for fact in found["facts"] for triple in fact["triples"]}
    assert len(found["facts"]) == 50
    assert all(fact["triples"] for fact in found["facts"])
    assert all(graph.source(name).id == name for name in sources)


def test_nothing_known_is_said() -> None:
    text, _ = run("facts", "--text", "The table is brown.", "--limit", 1)

    assert text.startswith("The graph knows nothing of what was observed.\n")


def test_records_are_answered_in_order_and_a_bad_one_in_place(tmp_path: Path) -> None:
    path, to = tmp_path / "in.csv", tmp_path / "out.jsonl"
    path.write_text('id,said,aus\n1,I am furious.,\n2,Oh!,{broken\n3,,"[]"\n', encoding="utf-8")

    _, stderr = run("facts", path, "--field", "said", "-n", 2, "--to", to, code=FAULTY)

    first, second, third = lines(to.read_text(encoding="utf-8"))
    assert first["affectgraph"]["candidates"][0]["concept"]["slug"] == "fury"
    assert len(first["affectgraph"]["facts"]) == 2
    assert "Expected JSON in 'aus'" in second["affectgraph"]["error"]["message"]
    assert "Expected detector columns" in third["affectgraph"]["error"]["message"]
    assert [first["id"], second["id"], third["id"]] == ["1", "2", "3"]
    assert "3 records, 2 bad" in stderr

    whole = to.read_bytes()
    to.write_bytes(whole.splitlines(keepends=True)[0])
    run("facts", path, "--field", "said", "-n", 2, "--to", to, "--resume", code=FAULTY)
    assert to.read_bytes() == whole


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], USAGE, "Give a FILE of records"),
        (["-", "--label", "joy"], USAGE, "records carry their own"),
        (["--label", "joy", "--progress"], USAGE, "go with a FILE"),
        (["--label", "joy", "--limit", "0"], USAGE, "limit"),
        (["--label", "joy", "--limit", "1001"], USAGE, "1000"),
        (["--label", "joy", "--token-budget", "0"], USAGE, "token-budget"),
        (["--label", "joy", "--scheme", "nope"], UNKNOWN, "scheme"),
        (["--vad", "0.5"], USAGE, "vad"),
        (["/no/such/file.jsonl"], USAGE, "Cannot read"),
    ],
)
def test_wrong_use_has_its_exit_code_and_says_why(
    arguments: list[str], code: int, said: str
) -> None:
    stdout, stderr = run("facts", *arguments, code=code)

    assert said in stderr
    assert stdout == ""
