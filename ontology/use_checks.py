"""Checks of ``word_uses.tsv`` and its readings: how often a word means a feeling, and in which combinations.

A pattern is a piece of text with ``_`` for the word and ``/`` between alternatives in one place:
``electric _; _ absorber/wave``. The annotator reads the table; it is in no graph. It reads texts without
signs such as ``&`` and ``%``, so patterns have none: "100 _" is met by "100% cotton".
"""

import re
from collections.abc import Iterator

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.rows import read_table

USUAL = frozenset({"feeling", "mostly", "sometimes", "seldom"})
"""More than nine uses in ten, more than half, one in ten to a half, fewer."""

MOST = 30
"""Patterns of a cell; a word with more is better split by its senses."""

_BESIDE = re.compile(r"[^\W_]|[.!?;:,]")
_UNREAD = re.compile(r"[^\w\s.!?:,'/-]|(?<!\w)'|'(?!\w)")
"""What the annotator would not read: other signs, and an apostrophe at the edge of a word."""


def check_word_uses() -> Iterator[OntologyError]:
    """Yield a fault for every row of a word that the vocabulary lacks, an unknown use or an odd pattern."""
    forms = {row["form"] for row in read_table("vocabulary")}
    for row in read_table("word_uses"):
        if row["form"] not in forms:
            yield row.error(f"expected a form of vocabulary.tsv, got {row['form']!r}.")
        if row["use"] not in USUAL:
            yield row.error(f"expected a use of {sorted(USUAL)}, got {row['use']!r}.")
        if row["feelings"] and row["use"] in {"feeling", "mostly"}:
            yield row.error("expected patterns of feeling for sometimes and seldom only.")
        for column in ("others", "feelings"):
            for fault in _pattern_faults(row[column]):
                yield row.error(f"{column}: {fault}")


def check_word_use_readings() -> Iterator[OntologyError]:
    """Yield a fault for every reading of a word that has no use, and every use that is none."""
    forms = {row["form"] for row in read_table("word_uses")}
    for row in read_table("word_use_readings"):
        if row["form"] not in forms:
            yield row.error(f"expected a form of word_uses.tsv, got {row['form']!r}.")
        for column in ("first", "second"):
            if row[column] not in USUAL:
                yield row.error(f"{column}: expected one of {sorted(USUAL)}, got {row[column]!r}.")


def _pattern_faults(cell: str) -> Iterator[str]:
    """Yield what is wrong with the patterns of a cell, in words."""
    patterns = [pattern.strip() for pattern in cell.split(";")] if cell else []
    if len(patterns) > MOST:
        yield f"expected at most {MOST} patterns, got {len(patterns)}."
    for pattern in patterns:
        if pattern.count("_") != 1:
            yield f"expected one _ for the word, got {pattern!r}."
        elif not _BESIDE.search(pattern.replace("_", "")):
            yield f"expected words beside _, got {pattern!r}."
        elif any(not option for piece in pattern.split() for option in piece.split("/")):
            yield f"expected words on both sides of /, got {pattern!r}."
        elif unread := _UNREAD.search(pattern):
            yield (
                f"expected words and . ! ? : , beside _, got {unread[0]!r} in {pattern!r}. "
                "Write it as texts without that sign have it."
            )
    if len(set(patterns)) != len(patterns):
        yield "a pattern repeats."
