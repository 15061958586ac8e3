"""The words of the vocabulary by their written form; a value is made when its word is first asked for."""

from collections.abc import Callable, Iterator, Mapping

from affectgraph.kg.model import WordForm

Rows = list[list[str]]


class WordForms(Mapping[str, tuple[WordForm, ...]]):
    """Senses of words by written form, in the order of the query.

    Fifteen thousand senses would take a third of a second to make, and most callers ask for a few words.
    Threads may share one; two that ask first for a word get equal values.

    :param names: the columns of the rows.
    :param rows: one row per sense, ordered by form.
    :param make: a row by column name to a value.
    """

    def __init__(
        self, names: list[str], rows: Rows, make: Callable[[Mapping[str, str]], WordForm]
    ) -> None:
        self._names = names
        self._make = make
        self._rows: dict[str, Rows] = {}
        self._made: dict[str, tuple[WordForm, ...]] = {}
        column = names.index("form")
        for row in rows:
            self._rows.setdefault(row[column], []).append(row)

    def __getitem__(self, form: str) -> tuple[WordForm, ...]:
        made = self._made.get(form)
        if made is None:
            rows = (dict(zip(self._names, row, strict=True)) for row in self._rows[form])
            made = self._made[form] = tuple(map(self._make, rows))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
