"""The command line: answers, exit codes, and that a bad line never costs its neighbours."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from affectgraph.api import cli_base, cli_service
from affectgraph.api.cli import app
from affectgraph.api.cli_base import BACKEND, DONE, FAULTY, UNKNOWN, USAGE, exit_code
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology import errors

ROOT = Path(__file__).parents[2]
SCRIPT = "from affectgraph.api.cli import main; main()"


@pytest.fixture(autouse=True)
def _packaged_graph_once(monkeypatch: pytest.MonkeyPatch, graph: EmotionGraph) -> None:
    """Let commands use the suite's graph where they would load the packaged one."""
    load = EmotionGraph.load
    monkeypatch.setattr(
        EmotionGraph, "load", lambda place=None: graph if place is None else load(place)
    )


def run(*arguments: str, code: int = DONE, stdin: bytes = b"") -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    assert "Traceback" not in result.stderr
    return result.stdout, result.stderr


def run_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json")[0])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# --- lookups --------------------------------------------------------------------------------------


def test_lookup_shows_path_definition_and_source() -> None:
    text, _ = run("lookup", "Dread")
    assert "fear > nervousness > dread" in text
    assert "scott-2019" in text


def test_json_of_a_concept_is_what_rest_sends(graph: EmotionGraph) -> None:
    found = run_json("lookup", "state/trust")
    assert (found["slug"], found["path"], found["tier"]) == ("state/trust", [], None)
    assert found["iri"] == graph.concept("state/trust").iri


def test_nearest_takes_negative_numbers() -> None:
    found = run_json("nearest", "-0.8", "0.4", "-0.5", "--limit", "2")
    assert [round(n["distance"], 1) for n in found] == sorted(
        round(n["distance"], 1) for n in found
    )
    assert len(found) == 2
    assert "torment" in run("nearest", "-0.8", "0.4", "-0.5")[0]


def test_ranking_by_action_units_carries_its_caveat() -> None:
    text, _ = run("aus", "AU6", "AU12")
    assert text.splitlines()[1].split()[1] == "joy"
    assert "do not establish what a person feels" in text
    found = run_json("aus", "6", "AU12", "--detector", "openface")
    assert (found["actions"], found["detector"]) == (["AU6", "AU12"], "openface")


def test_patterns_of_an_emotion_name_their_sources() -> None:
    text, _ = run("aus", "--emotion", "joy")
    assert "AU6 + AU12" in text
    assert "emfacs" in text
    assert {"AU6", "AU12"} in [
        {a["code"] for g in p["required"] for a in g} for p in run_json("aus", "--emotion", "joy")
    ]
    assert "No source" in run("aus", "--emotion", "glee")[0]


def test_map_says_one_scheme_in_another() -> None:
    found = run_json("map", "meld", "ekman-6", "--label", "JOY")
    assert [t["name"] for c in found for t in c["targets"]] == ["happiness"]
    assert "happiness" in run("map", "meld", "ekman-6")[0]


def test_map_states_what_is_lost() -> None:
    found = run("map", "goemotions", "ekman-6")[0]
    assert "Lost: what sets it apart within sadness, 2 steps up the tree." in found
    assert "1 without loss, 18 distinctions lost" in found
    assert "told apart no longer: fear, nervousness" in found
    assert "cannot be said: caring, desire, love, neutral" in found


def test_map_finds_a_label_as_data_files_write_it() -> None:
    (found,) = run_json("map", "ravdess", "ekman-6", "--label", "03")
    assert (found["label"]["name"], found["loss"]["distance"]) == ("happy", 0)


def test_version_names_package_and_graph(graph: EmotionGraph) -> None:
    assert run("version")[0].splitlines()[1] == f"graph {graph.version}"


# --- exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["lookup", "angr"], UNKNOWN, "anger"),
        (["aus", "AU999"], UNKNOWN, "999"),
        (["aus", "AU6", "--detector", "nobody"], UNKNOWN, "detector"),
        (["map", "meld", "nope"], UNKNOWN, "scheme"),
        (["map", "meld", "ekman-6", "--label", "glee"], UNKNOWN, "label of meld"),
        (["ground", "joy", "--scheme", "nope"], UNKNOWN, "scheme"),
        (["nearest", "9", "0", "0"], USAGE, "-1..1"),
        (["nearest", "nan", "0", "0"], USAGE, "nan"),
        (["nearest", "much", "0", "0"], USAGE, "'V'"),
        (["nearest", "0", "0"], USAGE, "Missing"),
        (["nearest", "0", "0", "0", "--limit", "0"], USAGE, "limit"),
        (["ground"], USAGE, "labels"),
        (["ground", "joy", "--input", "-"], USAGE, "labels"),
        (["ground", "--input", "/no/such/file"], USAGE, "Cannot read"),
        (["check"], USAGE, "FILE"),
        (["check", "-", "--label", "joy"], USAGE, "--rationale"),
        (["check", "--rationale", "x" * 100_001], USAGE, "100,000"),
        (["aus"], USAGE, "--emotion"),
        (["aus", "AU6", "--emotion", "joy"], USAGE, "--emotion"),
        (["sparql"], USAGE, "--file"),
        (["sparql", "SELEC"], USAGE, "error at 1:"),
        (["sparql", "INSERT DATA { <a:a> <a:b> 1 }"], USAGE, "error at 1:"),
        (["sparql", "ASK {}", "--format", "ttl"], USAGE, "json"),
        (["sparql", "ASK {}", "--format", "png"], USAGE, "png"),
        (["sparql", "--file", "/no/such/file"], USAGE, "Cannot read"),
        (["export", "graph.png"], USAGE, "--format"),
        (["export", "-", "--format", "oxigraph"], USAGE, "stdout"),
        (["export", "/no/such/folder/graph.ttl"], USAGE, "Cannot write"),
        (["lookup", "joy", "--graph", "/no/such/graph"], BACKEND, "found nothing"),
        (["lookup", "joy", "--graph", "http://127.0.0.1:9/sparql"], BACKEND, "no answer"),
        (["nonsense"], USAGE, "nonsense"),
    ],
)
def test_error_has_its_exit_code_and_says_why(arguments: list[str], code: int, said: str) -> None:
    stdout, stderr = run(*arguments, code=code)
    assert said in stderr
    assert stdout == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnknownTermError("x", kind="a thing"), UNKNOWN),
        (errors.BackendError("x", backend="y", retryable=True), BACKEND),
        (errors.MissingExtraError("web", feature="x"), BACKEND),
        (errors.OntologyError("x"), FAULTY),
        (errors.InputError("x"), USAGE),
        (errors.ClaimError("x"), USAGE),
        (errors.QueryError("x"), USAGE),
    ],
)
def test_every_error_of_the_package_has_an_exit_code(
    error: errors.AffectGraphError, code: int
) -> None:
    assert exit_code(error) == code


def test_help_lists_every_command_and_the_exit_codes() -> None:
    text, _ = run("--help")
    assert all(f"  {name} " in text for name in cli_base.ORDER)
    assert "Exit codes:" in text


@pytest.mark.parametrize("name", cli_base.ORDER)
def test_every_command_has_help(name: str) -> None:
    text, _ = run(name, "--help")
    assert f"affectgraph {name}" in text or f"root {name}" in text or name in text


# --- records --------------------------------------------------------------------------------------


def test_labels_of_the_command_line_are_explained() -> None:
    text, _ = run("ground", "annoyed", "table")
    assert "annoyance" in text
    assert "'table': nil" in text


def test_labels_of_the_command_line_as_json_lines() -> None:
    found = lines(run("ground", "annoyed", "table", "--json")[0])
    assert [x["status"] for x in found] == ["linked", "nil"]


def test_lines_of_text_are_answered_row_by_row() -> None:
    stdout, stderr = run("ground", "--input", "-", stdin="joy\r\n\nterror\n😀".encode())
    found = lines(stdout)
    assert [x["label"] for x in found] == ["joy", "", "terror", "😀"]
    assert [x["affectgraph"]["status"] for x in found] == ["linked", "nil", "linked", "linked"]
    assert "3 linked, 1 nil" in stderr


def test_json_lines_keep_their_fields_in_order(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"z": 1, "emotion": "hap", "a": [1]}\n{"emotion": null}\n', encoding="utf-8")
    stdout, _ = run("ground", "--input", str(path), "--field", "emotion", "--scheme", "iemocap-6")
    first, second = lines(stdout)
    assert list(first) == ["z", "emotion", "a", "affectgraph"]
    assert first["affectgraph"]["candidates"][0]["concept"]["slug"] == "joy"
    assert second["affectgraph"]["reason"] == "not_text"


def test_record_without_the_field_is_a_bad_line() -> None:
    stdout, _ = run("ground", "-i", "-", stdin=b'{"label": "joy"}\n{"x": 1}\n', code=FAULTY)
    assert "--field" in lines(stdout)[1]["affectgraph"]["error"]["message"]


def test_answers_do_not_depend_on_the_size_of_the_input() -> None:
    many = b"joy\nterror\ntable\n" * 300
    alone = lines(run("ground", "-i", "-", stdin=b"joy\nterror\ntable\n")[0])
    assert lines(run("ground", "-i", "-", stdin=many)[0]) == alone * 300


BAD = [
    (b"{broken", "line 1 column 2"),
    (b'{"rationale": "\xff"}', "utf-8"),
    (b"[1]", "list"),
    (b"3", "int"),
    (b'{"label": NaN}', "NaN"),
    (b'{"label": "joy", "frame": -1e400}', "-1e400 is beyond"),
    (b"[" * 100_000, "JSON"),
    (b'{"label": "joy", "vad": [1' + b"0" * 400 + b", 0, 0]}", "finite"),
]


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_bad_line_is_answered_in_place_and_costs_no_neighbour(bad: bytes, said: str) -> None:
    good = b'{"id": 1, "rationale": "AU12 is the lip corner puller."}\n'
    stdout, stderr = run("check", "-", stdin=good + bad + b"\n\n" + good, code=FAULTY)
    first, middle, last = lines(stdout)
    assert first == last
    assert first["affectgraph"]["counts"]["supported"] == 1
    assert middle["affectgraph"]["error"]["line"] == 2
    assert said in middle["affectgraph"]["error"]["message"]
    assert "3 records, 1 bad" in stderr


def test_raw_text_of_a_bad_line_is_kept() -> None:
    stdout, _ = run("check", "-", stdin=b'{"id": 7, "rationale": "Joy}\n', code=FAULTY)
    assert lines(stdout)[0]["input"] == '{"id": 7, "rationale": "Joy}'


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "rationale": "Joy.", "vad": [9, 0, 0]},
        {"id": 1, "label": "joy", "scheme": "nope"},
        {"id": 1, "aus": {"AU12_r": "much"}},
        {"id": 1, "rationale": 3},
        {"id": 1},
    ],
)
def test_record_that_cannot_be_checked_keeps_its_fields(record: dict[str, Any]) -> None:
    stdout, _ = run("check", "-", stdin=json.dumps(record).encode(), code=FAULTY)
    found = lines(stdout)[0]
    assert found["affectgraph"]["error"]["line"] == 1
    assert {k: v for k, v in found.items() if k != "affectgraph"} == record


def test_checked_twice_is_checked_once() -> None:
    record = b'{"rationale": "AU20 is the nostril flare.", "affectgraph": "old", "id": 1}'
    once, _ = run("check", "-", stdin=record)
    twice, _ = run("check", "-", stdin=once.encode())
    assert once == twice
    assert list(lines(once)[0]) == ["rationale", "id", "affectgraph"]


def test_byte_order_mark_and_lone_surrogates_are_read() -> None:
    stdout, _ = run("check", "-", stdin=b'\xef\xbb\xbf{"rationale": "\\ud800 joy"}\n')
    assert lines(stdout)[0]["rationale"] == "\ud800 joy"


def test_shipped_predictions_are_all_checked() -> None:
    path = ROOT / "examples" / "predictions.jsonl"
    stdout, stderr = run("check", str(path))
    ids = [record["id"] for record in lines(path.read_text(encoding="utf-8"))]
    assert [record["id"] for record in lines(stdout)] == ids
    assert "0 bad" in stderr


def test_one_rationale_is_reported_in_words_or_json() -> None:
    text, _ = run("check", "--rationale", "AU20 is the nostril flare.", "--label", "joy")
    assert "contradicted" in text
    assert "Mend: AU20 is the lip stretcher" in text
    found = run_json("check", "--rationale", "AU20 is the nostril flare.")
    assert found["counts"]["contradicted"] == 1


def test_empty_input_is_answered_empty() -> None:
    assert run("check", "-")[0] == ""
    assert run("ground", "-i", "-")[0] == ""


# --- the graph as data ----------------------------------------------------------------------------

LABEL = (
    "SELECT ?l { <https://w3id.org/affectgraph/emotion/dread> "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
)


def test_query_is_answered_as_a_table_or_in_a_format(tmp_path: Path) -> None:
    assert run("sparql", LABEL)[0].split() == ["l", "dread"]
    path = tmp_path / "query.rq"
    path.write_text(LABEL, encoding="utf-8")
    found = json.loads(run("sparql", "--file", str(path), "--format", "json")[0])
    assert found["results"]["bindings"][0]["l"]["value"] == "dread"
    assert run("sparql", "-", "--format", "csv", stdin=LABEL.encode())[0].split() == ["l", "dread"]


def test_truth_and_triples_are_answered() -> None:
    assert run("sparql", "ASK {}")[0] == "true\n"
    describe = "DESCRIBE <https://w3id.org/affectgraph/emotion/dread>"
    assert "<https://w3id.org/affectgraph/emotion/dread>" in run("sparql", describe)[0]
    assert "skos:prefLabel" in run("sparql", describe, "--format", "table")[0]


@pytest.mark.slow
def test_check_of_the_tables_finds_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0 faults" in run("build", "--check")[1]
    fault = errors.OntologyError("expected a parent.", file="tree.tsv", row=3)
    monkeypatch.setattr("affectgraph.ontology.table_checks.check_tables", lambda: [fault, fault])
    stdout, stderr = run("build", "--check", code=FAULTY)
    assert stdout.count("tree.tsv:3: expected a parent.") == 2
    assert "2 faults" in stderr


def test_build_writes_nothing_if_a_table_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = errors.OntologyError("wrong.", file="tree.tsv", row=3)
    monkeypatch.setattr("affectgraph.ontology.table_checks.check_tables", lambda: [fault])
    run("build", "--check", "--out", str(tmp_path / "out"), code=FAULTY)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_build_writes_the_release_files(tmp_path: Path) -> None:
    stdout, _ = run("build", "--out", str(tmp_path))
    assert "affectgraph.trig" in stdout
    assert (tmp_path / "affectgraph.ttl").stat().st_size > 1_000_000


# --- the service ----------------------------------------------------------------------------------


def test_doctor_names_what_is_there(graph: EmotionGraph) -> None:
    text, _ = run("doctor")
    for word in ("python", graph.version, "[web]", "[owl]", "[shacl]", "java", "torch"):
        assert word in text


def test_doctor_says_when_the_graph_does_not_open() -> None:
    assert "FAILED" in run("doctor", "--graph", "/no/such/graph", code=BACKEND)[0]


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_service, "find_spec", lambda name: None)
    assert 'pip install "affectgraph[web]"' in run("serve", code=BACKEND)[1]
    assert 'pip install "affectgraph[owl]"' in run("doctor")[0]


@pytest.mark.parametrize(
    ("host", "family", "shown"),
    [
        ("127.0.0.1", socket.AF_INET, "127.0.0.1"),
        ("::1", socket.AF_INET6, "[::1]"),
    ],
)
def test_serve_hands_the_application_to_the_server(
    monkeypatch: pytest.MonkeyPatch, host: str, family: int, shown: str
) -> None:
    from affectgraph.api import serving

    calls: list[serving.Serving] = []
    monkeypatch.setattr(serving, "run", lambda served, listening: calls.append(listening))
    try:
        with socket.create_server((host, 0), family=family) as free:
            port = free.getsockname()[1]
    except OSError:
        pytest.skip("this machine has no address of this kind")
    _, stderr = run("serve", "--host", host, "--port", str(port))
    assert calls == [serving.Serving(host, port)]
    assert f"AffectGraph on http://{shown}:{port}/ (API" in stderr


# --- as a process ---------------------------------------------------------------------------------


def test_process_answers_with_its_exit_code() -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter, our own code
        [sys.executable, "-c", SCRIPT, "lookup", "angr"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == UNKNOWN
    assert done.stderr.startswith("affectgraph: Expected the name of an emotion")


def test_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(  # noqa: S603 - this interpreter, our own code
        [sys.executable, "-c", SCRIPT, "sparql", "SELECT * { ?s ?p ?o }", "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == DONE


HEAVY = ("fastapi", "jinja2", "uvicorn", "rdflib", "networkx", "torch", "owlready2")


@pytest.mark.parametrize("arguments", [["--help"], ["lookup", "dread"], ["ground", "joy"]])
def test_small_commands_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from affectgraph.api.cli import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - this interpreter, our own code
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"
