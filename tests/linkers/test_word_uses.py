"""``word_uses.tsv`` as the annotator reads it: each combination says something, and each word can be met."""

from collections.abc import Iterator
from itertools import product

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.annotation.matcher import Matcher
from affectgraph.linkers.annotation.tokens import Tokens
from affectgraph.linkers.annotation.uses import PLACE, parse_pattern
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.ontology.rows import Row, read_table

WORD_ITSELF = "zyzzyva"
"""Stands for the word of a row; no pattern has it."""

OPEN = frozenset({"sometimes", "seldom"})
ASKED_BY_LABELS = "be "
"""Phrases that begin so are met at what follows; only labels ask for their rows, whether they are seldom."""


def table() -> list[Row]:
    return list(read_table("word_uses"))


def patterns(row: Row, column: str) -> list[str]:
    return [pattern.strip() for pattern in row[column].split(";")] if row[column] else []


def texts(pattern: str) -> Iterator[str]:
    """Yield the texts that a pattern means, one for each choice of alternatives."""
    sides = (
        [" ".join(chosen) for chosen in product(*(piece.split("/") for piece in side.split()))]
        for side in pattern.split(PLACE)
    )
    for before, behind in product(*sides):
        yield f"{before} {WORD_ITSELF} {behind}".strip()


def unread(pattern: str) -> list[str]:
    """Return the texts of a pattern that it does not fit as a whole, or that it reads in part."""
    found = []
    for text in texts(pattern):
        words = Tokens(text, text.lower()).words
        place = words.index(WORD_ITSELF)
        is_met = any(
            (len(p.before), len(p.behind)) == (place, len(words) - place - 1)
            and p.fits(words, place, place + 1)
            for p in parse_pattern(pattern)
        )
        is_whole = _written("".join(words)) == _written(text)
        if not is_met or not is_whole:
            found.append(text)
    return found


def _written(text: str) -> str:
    """Return a text without what parts words: blanks, hyphens, apostrophes."""
    return text.lower().translate(dict.fromkeys(map(ord, " -'")))


def test_each_pattern_fits_the_texts_it_was_written_for() -> None:
    wrong = {
        row["form"]: missed
        for row in table()
        for column in ("others", "feelings")
        for pattern in patterns(row, column)
        if (missed := unread(pattern))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "pattern",
    ["100% _", "R&B _", "_ (again)", 'on "_', "Java/C# _", "_ & Co", "a _ $", "+2 _", "_@Home"],
)
def test_signs_that_are_not_read_are_found(pattern: str) -> None:
    assert unread(pattern)


@pytest.mark.parametrize("pattern", ["_!", "self-_", "J'_", "_'s pub", "_, ok", "over-the-top _"])
def test_patterns_glued_to_the_word_are_read(pattern: str) -> None:
    assert unread(pattern) == []


def test_each_pattern_of_no_feeling_tells_something_of_words_that_mostly_mean_something_else() -> (
    None
):
    mute = {
        (row["form"], pattern)
        for row in table()
        if row["use"] in OPEN
        for pattern in patterns(row, "others")
        if not all(read.is_telling for read in parse_pattern(pattern))
    }

    assert mute == set()


def test_each_form_is_met_by_the_matcher(graph: EmotionGraph) -> None:
    matcher = Matcher(graph, Lexicon(graph))

    missed = {
        row["form"]
        for row in table()
        if not row["form"].startswith(ASKED_BY_LABELS) and not is_met(matcher, row["form"])
    }

    assert missed == set()


def test_forms_that_only_labels_ask_for_are_seldom_and_have_no_patterns() -> None:
    asked = [row for row in table() if row["form"].startswith(ASKED_BY_LABELS)]

    assert asked
    assert {(row["use"], row["others"], row["feelings"]) for row in asked} == {("seldom", "", "")}


@pytest.mark.parametrize("form", ["*blush*", "be strong", "pick up", "zyzzyva"])
def test_forms_that_the_matcher_does_not_know_are_found(graph: EmotionGraph, form: str) -> None:
    assert not is_met(Matcher(graph, Lexicon(graph)), form)


def is_met(matcher: Matcher, form: str) -> bool:
    """Return whether the matcher finds a word or phrase that is the whole of a form's words."""
    words = [word for word in Tokens(form, form).words if word != ","]  # no phrase has commas
    known = matcher[words[0]]
    if known is None:
        return False
    if len(words) == 1:
        return known.form is not None
    return any(end == len(words) for end, _ in matcher.phrases(words, 0, known))
