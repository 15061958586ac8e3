"""``affectgraph import-vad`` and what can be done with what it wrote."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from affectgraph.api.cli import app
from tests.kg.lexicons import GLASGOW, NRC_1, NRC_2


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "NRC VAD.txt"
    path.write_text(NRC_2)
    return path


def test_what_was_decided_is_printed(file: Path) -> None:
    result = run("import-vad", file)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == ["NRC VAD.txt: 60 words", "  delimiter: tab"]
    assert "format nrc-2.1: header term, valence, arousal, dominance" in result.stdout
    assert "scale -1..1: that of nrc-2.1" in result.stdout
    assert "rows: 60, of these repeated 0, bad 0" in result.stdout


def test_kept_lexicon_serves_lookups(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "nrc.nq"

    written = run("import-vad", file, "--to", kept, "--name", "nrc")
    found = run("vad", "brim with zyzzyva", "--vad", kept)

    assert written.exit_code == found.exit_code == 0
    assert "60 words in https://w3id.org/affectgraph/graph/user/vad-nrc" in written.stderr
    assert found.stdout.strip() == "V +1.00  A +1.00  D +1.00 (brim with zyzzyva, exact, user/nrc)"


def test_lookup_and_nearest_take_a_lexicon(tmp_path: Path) -> None:
    source, kept = tmp_path / "norms.csv", tmp_path / "kept.nq"
    source.write_text(GLASGOW)
    run("import-vad", source, "--to", kept)

    assert "user/norms" in run("lookup", "joy", "--vad", kept).stdout
    assert run("nearest", "0.8", "0.5", "0.4", "--vad", kept).exit_code == 0


def test_vad_of_a_word_and_of_its_sense() -> None:
    assert run("vad", "upset").stdout.startswith("V -0.78  A -0.22  D -0.27 (upset, unmarked")
    assert run("vad", "upset", "--sense", "sad").stdout.startswith("V -0.77  A -0.09")
    assert run("vad", "zzz").stdout.strip() == "No value of 'zzz' here."


def test_estimates_are_shown_only_if_asked_for() -> None:
    assert run("vad", "admirable").stdout.startswith("No value")
    assert "estimated" in run("vad", "admirable", "--source", "estimated").stdout
    assert (
        '"kind": "estimated"' in run("vad", "admirable", "--source", "estimated", "--json").stdout
    )


@pytest.mark.slow
def test_export_of_a_graph_with_a_lexicon_in_its_store_has_none_of_it(
    file: Path, tmp_path: Path
) -> None:
    from pyoxigraph import Store

    kept, folder, out = tmp_path / "nrc.nq", tmp_path / "store", tmp_path / "out.nq"
    run("import-vad", file, "--to", kept, "--name", "nrc")
    run("export", folder, "--format", "oxigraph")
    store = Store(str(folder))
    store.load(path=str(kept))
    store.flush()
    del store

    result = run("export", out, "--graph", folder)

    assert result.exit_code == 0
    text = out.read_text()
    assert "vad/glasgow/word/dread" in text
    assert "/user/" not in text
    assert "brim with zyzzyva" not in text


def test_bad_rows_are_shown_and_exit_with_1(tmp_path: Path) -> None:
    path = tmp_path / "nrc.txt"
    path.write_text(NRC_1 + "odd\t0.1\tx\t0.2\n")

    result = run("import-vad", path)

    assert result.exit_code == 1
    assert "left out, line 61: arousal of 'odd' is 'x', no number" in result.stdout


@pytest.mark.parametrize(
    ("content", "options", "code", "message"),
    [
        (NRC_1 + "odd\t5\t5\t5\n", (), 2, "Columns or parts on different scales"),
        (NRC_1, ("--format", "warriner"), 2, "looks like nrc-1"),
        (NRC_1, ("--scale", "likert"), 3, "There are"),
        (NRC_1, ("--columns", "valence"), 2, "Expected --columns word="),
        (NRC_1, ("--to", "lexicon.csv"), 2, "ends in .nq or .trig"),
        (NRC_1, ("--name", "Not A Name"), 2, "Expected a name"),
        ("", (), 2, "empty file"),
    ],
)
def test_refusal_says_what_to_do(
    content: str, options: tuple[str, ...], code: int, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "nrc.txt"
    path.write_text(content)

    result = run("import-vad", path, *options)

    assert result.exit_code == code
    assert message in " ".join(result.stderr.replace("│", " ").split())
