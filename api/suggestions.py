"""Suggestions as REST sends them and as the command line prints them."""

from collections.abc import Iterable

from pydantic import Field, JsonValue

from affectgraph.api.bodies import BATCH_LIMIT, Body, Limit
from affectgraph.api.shapes import Shape
from affectgraph.api.text import table
from affectgraph.linkers import suggest


class Suggestion(Shape):
    """A name that begins as was asked."""

    text: str
    """As the graph writes it; a label as most of its schemes do."""
    kind: suggest.SuggestionKind
    """`concept`, `label` of schemes, or `word` of the vocabulary."""
    match: suggest.SuggestionMatch
    """Where it begins so: `exact` (the whole), `prefix`, or `word_prefix` (a word inside)."""
    concepts: tuple[str, ...]
    """Slugs of what it stands for; empty for a label without a home."""
    schemes: tuple[str, ...]
    """Names of the schemes of a label, sorted; empty otherwise."""
    iris: tuple[str, ...]
    """Of the concept; of the label in each of `schemes`; of the word's senses."""


def to_suggestions(found: Iterable[suggest.Suggestion]) -> list[Suggestion]:
    """Return suggestions as they are sent, in their order."""
    return [Suggestion.model_validate(suggestion) for suggestion in found]


class SuggestBody(Body):
    """Beginnings to complete."""

    texts: list[JsonValue] = Field(max_length=BATCH_LIMIT, examples=[["dre", "jealo"]])
    """Up to 1,000 beginnings, each of up to 200 characters."""
    limit: Limit = Field(default=10, examples=[2])
    """Suggestions for each."""
    kinds: list[suggest.SuggestionKind] | None = Field(default=None, min_length=1)
    """Only these; all if left out."""


class Suggestions(Shape):
    """What begins as one text does."""

    text: str
    """The text as given."""
    suggestions: tuple[Suggestion, ...]
    """Best first."""


SHOWN_SCHEMES = 3
"""Schemes of a label that the text names."""


def suggestions_text(found: Iterable[suggest.Suggestion]) -> str:
    """Return suggestions as a table, or a sentence if there are none."""
    rows = [
        (s.text, s.kind, s.match.replace("_", " "), ", ".join(s.concepts), _schemes(s.schemes))
        for s in found
    ]
    if not rows:
        return "Nothing begins so, and no word inside of anything does."
    return table(["text", "kind", "match", "concepts", "schemes"], rows)


def _schemes(names: tuple[str, ...]) -> str:
    rest = len(names) - SHOWN_SCHEMES
    return ", ".join(names[:SHOWN_SCHEMES]) + (f" and {rest} more" if rest > 0 else "")
