"""The sets of texts and labels in ``benchmarks/data``, and the options of the scripts that measure them."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SCRIPTS = ("annotation_development", "grounding_development")


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    names = ("development", "noun_words", "label_scores", *SCRIPTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield {name: importlib.import_module(name) for name in names}


def ended(module: ModuleType, arguments: list[str], patch: pytest.MonkeyPatch) -> int | str | None:
    patch.setattr(sys, "argv", [f"{module.__name__}.py", *arguments])
    with pytest.raises(SystemExit) as raised:
        module.main()
    return raised.value.code


def test_each_folder_of_sets_says_in_a_readme_who_wrote_it(
    scripts: dict[str, ModuleType],
) -> None:
    development = scripts["development"]
    folders = [development.DATA / name for name in development.FOLDERS]

    empty = [
        folder.name
        for folder in folders
        if not (folder / "README.md").is_file()
        or not (folder / "README.md").read_text(encoding="utf-8").strip()
    ]

    assert len(folders) >= 4
    assert empty == []


@pytest.mark.parametrize("arguments", [["--set=third"], ["--set", "third"]])
def test_a_set_is_chosen_with_and_without_an_equals_sign(
    scripts: dict[str, ModuleType], arguments: list[str]
) -> None:
    assert scripts["development"].option_parser(None).parse_args(arguments).set == "third"


def test_the_first_set_is_chosen_where_none_is_asked_for(scripts: dict[str, ModuleType]) -> None:
    assert scripts["development"].option_parser(None).parse_args([]).set == "development"


@pytest.mark.parametrize("name", [*SCRIPTS, "label_scores"])
@pytest.mark.parametrize("arguments", [["--sets=third"], ["--se=third"], ["--set=tenth"], ["x"]])
def test_unknown_options_and_sets_are_refused(
    scripts: dict[str, ModuleType],
    name: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended(scripts[name], arguments, monkeypatch) == 2
    assert arguments[0].rpartition("=")[2] in capsys.readouterr().err


def test_a_folder_without_labels_is_no_set_of_the_grounding(
    scripts: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended(scripts["grounding_development"], ["--set=fourth"], monkeypatch) == 2
    assert "invalid choice: 'fourth'" in capsys.readouterr().err


def test_a_measurement_names_its_set(
    scripts: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["annotation_development.py", "--set=fourth"])

    scripts["annotation_development"].main()

    assert capsys.readouterr().out.startswith("set: fourth\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: folder"),
        (["."], "expected WordNet's data.noun"),
        (["--folder", "."], "unrecognized arguments: --folder"),
    ],
)
def test_packing_nouns_without_wordnet_is_a_usage_error(
    scripts: dict[str, ModuleType],
    arguments: list[str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)

    assert ended(scripts["noun_words"], arguments, monkeypatch) == 2
    assert words in capsys.readouterr().err
