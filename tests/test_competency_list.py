"""docs/competency.md against the files: every question has its answer there, or the reason why it waits."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "competency.md"
LAYERS = ("kg", "linkers", "ontology", "reasoner")
FOLDERS = tuple(ROOT / "tests" / layer / "competency" for layer in LAYERS)
ROW = re.compile(r"^\| (\d+) \| (researcher|tool builder|LLM engineer) \| (.+?) \| (.+) \|$", re.M)

ROWS = {int(m[1]): m for m in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


def answers(number: int) -> set[Path]:
    """Return the files with the expected rows of a question."""
    return {
        path
        for folder in FOLDERS
        for path in folder.glob(f"{number:02d}-*.csv")
        if not path.name.endswith(".lexicon.csv")
    }


def linked(number: int) -> set[Path]:
    targets = re.findall(r"\]\(([^)]+\.csv)\)", ROWS[number][4])
    return {(PAGE.parent / target).resolve() for target in targets}


def test_page_lists_the_forty_questions_in_order() -> None:
    assert list(ROWS) == list(range(1, 41))
    assert len({row[3] for row in ROWS.values()}) == 40


@pytest.mark.parametrize("number", range(1, 41))
def test_question_links_its_rows_or_says_why_it_waits(number: int) -> None:
    waits = ROWS[number][4].startswith("waits: ")

    assert linked(number) == answers(number)
    assert waits == (not answers(number))
    if waits:
        assert len(ROWS[number][4]) > len("waits: ") + 20


def test_every_file_of_rows_belongs_to_a_question() -> None:
    numbers = {int(path.name[:2]) for folder in FOLDERS for path in folder.glob("*.csv")}

    assert numbers <= set(ROWS)


def test_count_is_that_of_the_rows() -> None:
    (count,) = re.findall(r"^Answered: (\d+) of 40\.$", PAGE.read_text("utf-8"), re.M)

    assert int(count) == sum(bool(answers(number)) for number in ROWS)


def test_queries_of_the_page_run_as_it_says() -> None:
    for folder in FOLDERS:
        for query in folder.glob("*.rq"):
            assert query.with_suffix(".csv").is_file()
