"""The words of the vocabulary by their written form; values are made when their word is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from affectgraph.kg.grouped import Rows
from affectgraph.kg.model import USER_ORIGIN, WordForm
from affectgraph.ontology.iris import BASE, EMOTION, GRAPH, SOURCE, STATE

_COLUMNS: Final = (
    "sense",
    "form",
    "pos",
    "concept",
    "kind",
    "relation",
    "role",
    "polarity",
    "strength",
    "weight",
    "ambiguous",
    "figurative",
    "gloss",
    "note",
    "confidence",
    "source",
)
"""Variables of the query ``forms``, in the order of the fields of :class:`WordForm`."""


_USER_GRAPHS: Final = GRAPH + USER_ORIGIN


class Joined(Mapping[str, Rows]):
    """Rows by a key of two origins; a key that both have has the rows of both."""

    def __init__(self, first: Mapping[str, Rows], second: Mapping[str, Rows]) -> None:
        self._first, self._second = first, second

    def __getitem__(self, key: str) -> Rows:
        if key not in self._second:
            return self._first[key]
        return [*self._first.get(key, ()), *self._second[key]]

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from (key for key in self._second if key not in self._first)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return key in self._first or key in self._second


class WordForms(Mapping[str, tuple[WordForm, ...]]):
    """Senses of words by written form, in the order of the query.

    Fifteen thousand senses would take a third of a second to make, and most callers ask for a few words. They
    are made anew each time they are asked for, in some microseconds. Threads may share one.

    :param names: the columns of the rows.
    :param rows: one row per sense, by form.
    """

    def __init__(self, names: Sequence[str], rows: Mapping[str, Rows]) -> None:
        self._cells = itemgetter(*map(names.index, _COLUMNS))
        self._rows = rows
        self._names = names

    def __getitem__(self, form: str) -> tuple[WordForm, ...]:
        return tuple([_word_form(*self._cells(row)) for row in self._rows[form]])

    def reader(self, *columns: str) -> Callable[[str], list[tuple[str, ...]]]:
        """Return what gives some columns of a form's senses as the graph writes them, without more ado.

        :param columns: variables of the query, two or more.
        """
        cells = itemgetter(*map(self._names.index, columns))
        rows = self._rows
        return lambda form: [cells(row) for row in rows[form]]

    def beside(self, names: Sequence[str], rows: Mapping[str, Rows]) -> "WordForms":
        """Return these words with others beside them; a form that both have has the senses of both.

        :param names: the columns of the other rows, the same as here.
        :raises ValueError: if they are others.
        """
        if list(names) != list(self._names):
            raise ValueError(f"Expected the columns {self._names}, got {names}.")
        return WordForms(self._names, Joined(self._rows, rows))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, form: object) -> bool:
        return form in self._rows


def concept_slug(iri: str) -> str:
    """Return how lookups name a concept: ``anger``, ``state/trust``; other IRIs unchanged.

    What stands in a user's named graph of the project is ``user/NAME/...``.
    """
    if iri.startswith(EMOTION):
        return iri.removeprefix(EMOTION)
    if iri.startswith(STATE):
        return iri.removeprefix(BASE)
    if iri.startswith(_USER_GRAPHS):
        return iri.removeprefix(GRAPH)
    return iri


def source_id(iri: str) -> str:
    """Return the id of a source IRI."""
    return iri.removeprefix(SOURCE)


def _word_form(
    sense: str,
    form: str,
    pos: str,
    concept: str,
    kind: str,
    relation: str,
    role: str,
    polarity: str,
    strength: str,
    weight: str,
    ambiguous: str,
    figurative: str,
    gloss: str,
    note: str,
    confidence: str,
    source: str,
) -> WordForm:
    return WordForm(
        sense,
        form,
        pos.rpartition("#")[2],
        concept_slug(concept),
        kind.rpartition("#")[2],
        relation or "lexical",
        role,
        polarity,
        float(strength),
        float(weight or 1),
        ambiguous == "true",
        figurative == "true",
        gloss,
        note,
        confidence,
        source_id(source),
    )
