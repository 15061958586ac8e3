"""docs/serving-models.md: its Python example runs, its recipe and figures are those of the files it names."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "serving-models.md"
RECIPE = ROOT / "examples" / "serving" / "vllm.yaml"
RESULTS = ROOT / "benchmarks" / "results" / "serving-0.1.0.txt"


def test_python_examples_give_what_the_page_prints() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert tried >= 4
    assert failed == 0


def test_settings_that_the_page_explains_stand_in_the_recipe() -> None:
    cells = re.findall(r"^\| `([^`]+)` \| ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    recipe = RECIPE.read_text(encoding="utf-8")

    named = [cell for cell in cells if cell not in {"json", "cited"}]
    assert len(named) >= 8
    assert [cell for cell in named if cell not in recipe] == []


def test_table_of_answers_in_form_is_that_of_the_results() -> None:
    page, results = PAGE.read_text(encoding="utf-8"), RESULTS.read_text(encoding="utf-8")

    for form in ("json", "cited"):
        row = re.search(rf"^\| `{form}`.*\|$", page, re.MULTILINE)
        assert row is not None
        shown = re.findall(r"(\d+) of (\d+)", row[0])
        measured = re.findall(rf"^{form} +in form (\d+) of (\d+)", results, re.MULTILINE)
        assert len(shown) == 2
        assert shown == measured[:2]
