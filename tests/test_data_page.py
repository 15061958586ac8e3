"""The commands and examples of docs/data.md are run, with the output the page prints."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affectgraph.api.cli import app
from affectgraph.kg.rdf_input import LIMITS, MIB
from affectgraph.kg.user_catalogue import KINDS
from affectgraph.kg.user_concept_table import CONCEPT_COLUMNS
from affectgraph.kg.user_concepts import DEEPEST
from affectgraph.kg.user_tables import POLARITIES, PROPERTIES, SCHEME_COLUMNS, WORD_COLUMNS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "data.md"
TEXT = PAGE.read_text(encoding="utf-8")

FILES = {
    "notes.ttl": """\
@base <https://example.org/> .
<clip-7> <mood> <https://w3id.org/affectgraph/emotion/dread> ; <rater> "Ada" .
""",
    "labels.csv": "label,concept,relation\nstoked,excitement,close\nblue,sadness,\nother,,\n",
    "concepts.csv": """\
concept,label,language,alias,definition,broader,valence,arousal,dominance
eco-grief,eco-grief,,ecological grief,Grief over what is lost of nature.,grief,-0.75,0.1,-0.5
eco-grief,Öko-Trauer,de,,,,,,
reef-grief,reef grief,,,,eco-grief,,,
toska,toska,ru-Latn,,,sadness,,,
""",
    "wrong.csv": """\
concept,label,broader
glum,glum hum,sadnes
glummer,glummer hum,glum
low,low hum,low
https://w3id.org/affectgraph/emotion/awe,awe,surprise
""",
    "bad.csv": "label,concept,relation\nstoked,excitement,\nblue,sadnes,\nflat,sadness,same\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the page reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AFFECTGRAPH_DATA", raising=False)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "TIME", text)


def test_commands_of_the_page_print_what_it_shows(here: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", TEXT, flags=re.DOTALL)
    shown = [part.split("\n", 1) for block in blocks for part in block.split("$ ")[1:]]
    assert len(shown) == 10

    for command, printed in shown:
        program, *arguments = shlex.split(command)
        result = CliRunner().invoke(app, arguments)
        assert program == "affectgraph"
        assert without_times(result.stdout + result.stderr) == without_times(printed), command


def test_python_examples_give_what_the_page_prints(here: Path) -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 10
    assert failed == 0


def test_kinds_columns_and_values_are_on_the_page() -> None:
    values = [*KINDS, *CONCEPT_COLUMNS, *SCHEME_COLUMNS, *WORD_COLUMNS, *PROPERTIES, *POLARITIES]

    assert [value for value in values if f"`{value}`" not in TEXT] == []


def test_limits_on_documents_are_those_of_the_page() -> None:
    size = f"up to {LIMITS.size // MIB} MiB and {LIMITS.triples:,} triples a document"
    process = f"after {LIMITS.seconds:g} s or {LIMITS.memory // MIB // 1024} GiB"

    assert f"Up to {DEEPEST} of your own" in TEXT
    assert size in TEXT
    assert process in TEXT


def test_figures_are_those_of_the_last_measurement() -> None:
    lines = (ROOT / "benchmarks/results/user_store-0.1.0.txt").read_text("utf-8").splitlines()
    found = {
        re.split(r"  +", line)[0]: line.split()[-1]
        for line in lines
        if re.search(r"\d\.\d+$", line)
    }

    assert f"triples took {found['UserStore.add']} ms" in TEXT
    assert f"{found['engine alone']} ms without" in TEXT
    assert f"{found['engine with flush']} ms with" in TEXT
    assert f"50,000 triples took {found['put']} ms of processor" in TEXT
    assert f"put again {found['again, the same']} ms" in TEXT
    assert f"{found['graph by its IRI']} ms where its text names the graph" in TEXT
    assert f"{found['graph by a variable']} ms where a variable does" in TEXT


def test_crash_tests_are_those_that_the_page_tells_of() -> None:
    from tests.kg.test_user_store_crash import KILLS

    assert KILLS == 20
    assert "at twenty seeded moments" in TEXT
    assert (ROOT / "tests/kg/test_user_store_crash.py").is_file()
