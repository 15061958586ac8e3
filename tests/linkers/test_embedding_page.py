"""Figures of docs/embeddings.md are those of the kept outputs of its commands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "embeddings.md").read_text(encoding="utf-8")


def measured(name: str) -> str:
    """Return the kept output of a benchmark."""
    path = ROOT / "benchmarks" / "results" / f"{name}-0.1.0.txt"
    return path.read_text(encoding="utf-8")


def table(start: str) -> list[list[str]]:
    """Return the rows of the table that has a head, without it; cells without marks."""
    _, _, rest = PAGE.partition(f"\n{start}")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in lines]


def short(figure: str) -> str:
    """Return a share as the page writes it: .679 for 0.679."""
    return figure.removeprefix("0")


def test_ways_to_choose_are_as_measured() -> None:
    found = re.findall(
        r"^(?:nearest word|vote).*?  +(0\.\d+) +(0\.\d+)$", measured("embedding_tier"), re.M
    )

    assert len(found) == 3
    assert [row[1:] for row in table("| Choice and score")] == [
        [short(cell) for cell in cells] for cells in found
    ]


def test_floors_are_as_measured() -> None:
    curve = measured("embedding_tier").partition("entry out     floor")[2].partition("\n\n")[0]
    lines = {line.split()[0]: line.split()[1:4] for line in curve.splitlines()[1:]}
    shown = table("| floor |")

    assert len(shown) == 6
    for floor, *figures in shown:
        assert figures == [short(cell) for cell in lines[f"0{floor}"]]


def test_scores_are_as_often_right_as_measured() -> None:
    found = re.findall(
        r"^0(\.\d\d-)0(\.\d\d) +(\d+) +0\.\d+ +0(\.\d+)$", measured("embedding_tier"), re.M
    )

    assert len(found) > 5
    assert table("| score |") == [[low + high, count, right] for low, high, count, right in found]


def test_labels_a_second_are_as_measured() -> None:
    lines = measured("embedding_speed").partition("fastest\n")[2].strip().splitlines()
    cells = [re.split(r" {2,}", line) for line in lines]
    rates = {f"{group} {way}": median for group, way, median, *_ in cells}
    _, _, _, slowest, fastest = cells[-1]

    assert [row[1:] for row in table("| | `float32`")] == [
        [rates[way.format(precision)] for precision in ("float32", "bfloat16")]
        for way in ("candidates {}", "embed {}, by torch", "embed {}, by transformers")
    ]
    assert f"{rates['search float32']} labels a second with all rows" in PAGE
    assert f"{rates['search bfloat16 first']} with a first look" in PAGE
    assert f"in bfloat16 went from {slowest} to {fastest} labels a second" in PAGE


def test_answers_that_change_are_as_measured() -> None:
    lines = measured("embedding_precision").partition("score apart\n")[2].strip().splitlines()
    found = [re.split(r" {2,}", line.strip()) for line in lines]

    assert len(found) == 5
    assert [row[1:] for row in table("| Asked")] == [
        [f"{int(asked):,}", f"{int(answered):,}", *changed, short(apart)]
        for _, asked, answered, *changed, apart in found
    ]


TIER = [
    (r"(\d+) rows; mixed set", "{:,} rows of 384 float32 values"),
    (r"mixed set: (\d+) accepted", "every accepted form ({:,})"),
    (r"accepted, (\d+) rejected forms", "is embedded ({:,})"),
    (r"rejected as rare: (\d+) of", "{:,} of them are answered"),
    (r"rejected as rare: \d+ of (\d+)", "The {:,} forms rejected as rare"),
    (r"answered; precision 0(\.\d+)", "precision is {}."),
    (r"expected calibration error: 0(\.\d+)", "expected calibration error {}"),
    (r"from a floor of 0\.65: (\d+) wrong", "takes away {:,} wrong answers"),
    (r"from a floor of 0\.65: \d+ wrong, (\d+) right", "wrong answers and {:,} right ones"),
    (r"family out[\s\S]*? 0\.65 +0(\.\d+)", "gives precision {} and"),
    (r"family out[\s\S]*? 0\.65 +0\.\d+ +0(\.\d+)", "and recall {}."),
]


@pytest.mark.parametrize(("pattern", "phrase"), TIER)
def test_figures_in_sentences_are_as_measured(pattern: str, phrase: str) -> None:
    found = re.search(pattern, measured("embedding_tier"))
    assert found is not None
    figure = found[1] if found[1].startswith(".") else int(found[1])

    assert phrase.format(figure) in " ".join(PAGE.split())


VECTORS = [
    (r"two vectors: at least 0(\.\d+)", "cosine of at least {}"),
    (r"cosine with a row: 0(\.\d+)", "by {} at most"),
]


@pytest.mark.parametrize(("pattern", "phrase"), VECTORS)
def test_distances_in_bfloat16_are_as_measured(pattern: str, phrase: str) -> None:
    found = re.search(pattern, measured("embedding_precision"))

    assert found is not None
    assert phrase.format(found[1]) in " ".join(PAGE.split())
