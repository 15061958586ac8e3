"""What is odd about a text is said: language, markup, binary data; nothing of plain English."""

import json
from pathlib import Path

import pytest

from affectgraph.reasoner.text_notes import is_another_language, text_notes

GOLD = Path(__file__).parents[2] / "benchmarks" / "data" / "gold"


@pytest.mark.parametrize(
    "text",
    [
        "Die Augenbrauen sind gesenkt und die Person wirkt sehr traurig.",
        "La personne a les sourcils froncés et semble en colère contre quelqu'un.",
        "La persona tiene las cejas bajas y parece muy triste y cansada.",
        "Le sopracciglia sono abbassate e la persona sembra molto triste.",
        "Ela parece muito feliz porque sorri com os olhos.",
        "De persoon kijkt erg verdrietig en huilt.",
        "Osoba wygląda na bardzo smutną i płacze.",
        "Mies näyttää hyvin surulliselta ja itkee.",
        "A nő nagyon szomorúnak tűnik és sír.",
        "Người phụ nữ trông rất buồn và khóc",
        "Personen ser mycket ledsen ut och gråter.",
        "Orang itu terlihat sangat sedih dan menangis",
        "说话人声音低沉。",
        "Она выглядит очень грустной.",
    ],
)
def test_other_language_is_said_if_no_claim_was_read(text: str) -> None:
    assert is_another_language(text)
    assert "not in English" in text_notes(text, has_claims=False)[0]
    assert text_notes(text, has_claims=True) == ()


def test_no_text_of_the_gold_set_is_taken_for_another_language() -> None:
    files = [GOLD / f"{name}.jsonl" for name in ("sentences", "rationales")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]

    assert len(texts) > 500
    assert [text for text in texts if is_another_language(text)] == []


@pytest.mark.parametrize(
    "text", ["", " ", "...", "😀", "hm", "qwx zxq", "AU4 AU5 AU6", "12 3", "naïve"]
)
def test_too_little_text_is_not_guessed_at(text: str) -> None:
    assert text_notes(text, has_claims=False) == ()


@pytest.mark.parametrize(
    ("text", "number"), [("\x00AU12", "1 control"), ("\x7fELF\x02\x01", "3 control"), ("�", "1 ")]
)
def test_control_characters_are_counted(text: str, number: str) -> None:
    (note,) = text_notes(text, has_claims=True)
    assert number in note
    assert "binary" in note


@pytest.mark.parametrize("text", ["a\tb\nc\r\nd", "1 < 2 and 3 > 2", "<think>yes</think>", "<joy>"])
def test_plain_white_space_and_signs_are_nothing_odd(text: str) -> None:
    assert text_notes(text, has_claims=True) == ()


def test_tags_are_named_once_and_shortly() -> None:
    text = f'<p class="{"x" * 100}">a</p><p>b</p><br/><script src="y">c</script>'

    (note,) = text_notes(text, has_claims=True)

    assert note == (
        'The text holds markup (<p class="xxxxxxxxxx, </p>, <p>, ...); it is read as it stands.'
    )


def test_long_text_of_open_brackets_ends() -> None:
    assert text_notes("<p " * 30_000, has_claims=True) == ()
