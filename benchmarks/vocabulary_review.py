"""Counts what the second reader of the phrases and words added on 2026-11-26 made of the proposals.

``data/vocabulary_review.tsv`` has every proposal: the reader saw it, and kept, changed or dropped it, with a
reason. Run: ``python benchmarks/vocabulary_review.py``.
"""

import csv
from collections import Counter
from pathlib import Path

DATA = Path(__file__).parent / "data" / "vocabulary_review.tsv"
GROUPS = {
    "like another row": ("near-duplicate",),
    "free combination": ("free ",),
    "ordinary sense rules": ("ordinary sense",),
    "hardly attested": ("hardly attested",),
}
"""Reasons for dropping by how they begin."""


def group_of(reason: str) -> str:
    """Return the group of a reason."""
    return next((name for name, starts in GROUPS.items() if reason.startswith(starts)), "other")


def main() -> None:
    """Print the counts."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    print(f"proposals {len(rows)}")
    for verdict, count in Counter(row["verdict"] for row in rows).most_common():
        print(f"  {verdict:22}{count:6}")
    print("dropped, by reason")
    dropped = Counter(group_of(row["reason"]) for row in rows if row["verdict"] == "dropped")
    for name, count in dropped.most_common():
        print(f"  {name:22}{count:6}")


if __name__ == "__main__":
    main()
