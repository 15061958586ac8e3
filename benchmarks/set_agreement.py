"""Says how far a second reader, who saw no gold, agrees with the authors of the third sets.

``data/third/second_reading`` has samples of the sets as the second reader marked them. Run:
``python benchmarks/set_agreement.py``.
"""

import csv
from pathlib import Path

THIRD = Path(__file__).parent / "data" / "third"
NONE = {"-": "-", "neutral": "-", "state/neutral": "-"}
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Return the rows of a set."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs(name: str, key: str) -> list[tuple[Row, Row]]:
    """Return the rows of the second reading with those of the author."""
    authors = {row[key]: row for row in rows(THIRD / f"{name}.tsv")}
    return [(authors[row[key]], row) for row in rows(THIRD / "second_reading" / f"{name}.tsv")]


def meant(row: Row) -> list[str]:
    """Return the alternatives of a gold; no emotion and a neutral one count as the same."""
    return [NONE.get(slug, slug) for slug in row["gold"].split("|")]


def main() -> None:
    """Print agreement per set."""
    for name, key in (("open_labels", "label"), ("idioms", "phrase")):
        read = [(meant(one), meant(two)) for one, two in pairs(name, key)]
        shared = sum(bool(set(one) & set(two)) for one, two in read)
        first = sum(one[0] == two[0] for one, two in read)
        print(
            f"{name:12}{len(read):5} rows, an alternative shared {shared}, the same first {first}"
        )
    for name, columns in (("negation", ("polarity",)), ("mixed", ("polarity1", "polarity2"))):
        both = pairs(name, "text")
        same = sum(all(one[c] == two[c] for c in columns) for one, two in both)
        print(f"{name:12}{len(both):5} rows, the same polarity {same}")
    neutral = {row["text"] for row in rows(THIRD / "neutral_comments.tsv")}
    comments = rows(THIRD / "second_reading" / "comments.tsv")
    same = sum((row["emotional"] == "no") == (row["text"] in neutral) for row in comments)
    print(f"{'comments':12}{len(comments):5} rows, the same on whether there is an emotion {same}")


if __name__ == "__main__":
    main()
