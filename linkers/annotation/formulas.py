"""Phrases whose negator denies nothing that follows: "not gonna lie"."""

from affectgraph.linkers.annotation.cues import FORMULAS, NEGATORS

_FORMULAS: dict[str, dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
"""Phrases with the place of a negator in them, by that negator and the word behind it, empty if none."""

for _phrase in FORMULAS:
    for _at, _word in enumerate(_phrase):
        if _word in NEGATORS:
            _behind = "".join(_phrase[_at + 1 : _at + 2])
            _FORMULAS.setdefault(_word, {}).setdefault(_behind, []).append((_at, _phrase))


def is_formula(words: list[str], position: int) -> bool:
    """Return whether a negator is part of a phrase that denies nothing: "not gonna lie"."""
    formulas = _FORMULAS.get(words[position])
    if formulas is None:
        return False
    for behind in ("", *words[position + 1 : position + 2]):
        for at, phrase in formulas.get(behind, ()):
            first = position - at
            if first >= 0 and tuple(words[first : first + len(phrase)]) == phrase:
                return True
    return False
