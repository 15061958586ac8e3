"""Folders of prompt styles, read with all their parts or refused."""

from importlib.resources import files
from pathlib import Path

import pytest

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.prompt_styles import TONES, load_style

MINE = """## system
Be brief. $form
## user
$facts $emotions $channels $text
## revision
$tone $failures
"""


def packaged(name: str) -> str:
    return (files("affectgraph.reasoner") / "prompts" / name).read_text(encoding="utf-8")


def written(folder: Path, **texts: str) -> Path:
    for name, text in {"mine": MINE, **texts}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_style_of_ones_own_takes_packaged_forms_and_tones(tmp_path: Path) -> None:
    style = load_style("mine", written(tmp_path))

    assert style.system == "Be brief. $form"
    assert set(style.forms) == {"json", "cited", "free"}
    assert set(style.tones) == {"plain", *TONES}


@pytest.mark.parametrize(
    ("file", "name"),
    [("forms", "json"), ("forms", "cited"), ("tones", "joy"), ("tones", "plain")],
)
def test_form_or_tone_that_is_missing_is_named(tmp_path: Path, file: str, name: str) -> None:
    text = packaged(f"{file}.txt").replace(f"## {name}\n", "## other\n")

    with pytest.raises(InputError, match=rf"{file}\.txt, got none for {name}\."):
        load_style("mine", written(tmp_path, **{file: text}))


def test_empty_tone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"tones\.txt, got none for plain, joy"):
        load_style("mine", written(tmp_path, tones="## plain\n\n## joy\n"))


@pytest.mark.parametrize("name", ["form", "facts", "emotions", "channels", "text", "failures"])
def test_style_that_leaves_out_what_is_asked_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=rf"Expected \${name} in section"):
        load_style("mine", written(tmp_path, mine=MINE.replace(f"${name}", "")))


def test_style_without_a_tone_is_taken(tmp_path: Path) -> None:
    style = load_style("mine", written(tmp_path, mine=MINE.replace("$tone ", "")))

    assert style.revision == "$failures"


def test_file_in_latin_1_is_refused_with_the_place(tmp_path: Path) -> None:
    text = MINE.replace("Be brief.", "Très bref.")
    (tmp_path / "mine.txt").write_bytes(text.encode("latin-1"))

    with pytest.raises(InputError, match=r"UTF-8 in .*mine\.txt', got byte 0xe8 at 12"):
        load_style("mine", tmp_path)


def test_byte_order_mark_is_no_part_of_a_style(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(MINE, encoding="utf-8-sig")

    assert load_style("mine", tmp_path) == load_style("mine", written(tmp_path))


def test_byte_order_mark_is_no_part_of_tones(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "tones.txt").write_text(packaged("tones.txt"), encoding="utf-8-sig")

    assert load_style("mine", tmp_path).tones == load_style().tones
