"""The one grammar in which tables write sets of facial actions.

``1 2 5B 26`` means all four; ``25|26|27`` any one of three; ``L14|R14`` either side; ``5*`` any
intensity; ``6:51`` shown by 51 percent of posers; ``!`` marks an action not typical of the
components of a compound. Codes are those of FACS; a bare number n is unit n whatever its kind.
"""

import re
from dataclasses import dataclass

from affectgraph.ontology.errors import InputError

_TERM = re.compile(
    r"(?P<side>[LR])?(?P<number>M?\d{1,2})(?P<grade>[A-E*])?(?::(?P<percent>\d+))?"
    r"(?P<atypical>!)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ActionTerm:
    """One facial action as a pattern asks for it.

    :param number: the FACS number as text (``"12"``, ``"M55"``).
    :param side: ``"L"``, ``"R"`` or empty for either or both.
    :param grade: intensity ``"A"`` to ``"E"``, ``"*"`` for any, empty where none is given.
    :param percent: share of posers in percent, where the source prints one.
    :param is_atypical: whether a compound shows it though none of its components does.
    """

    number: str
    side: str = ""
    grade: str = ""
    percent: int | None = None
    is_atypical: bool = False


Group = tuple[ActionTerm, ...]
"""Alternatives, one of which must be met."""


def parse_actions(expression: str) -> tuple[Group, ...]:
    """Return the groups of an expression, in order; an empty expression has none.

    :raises InputError: if a term is not in the grammar.

    >>> [[term.number for term in group] for group in parse_actions("1 25|26 R12A")]
    [['1'], ['25', '26'], ['12']]
    """
    return tuple(
        tuple(_parse_term(term, expression) for term in group.split("|"))
        for group in expression.split()
    )


def _parse_term(term: str, expression: str) -> ActionTerm:
    match = _TERM.fullmatch(term)
    if match is None:
        raise InputError(
            f"Expected action terms such as 12, 5B, L14|R14, 6:51, got {term!r} in {expression!r}. "
            "See the grammar in affectgraph.ontology.au_grammar."
        )
    percent = match["percent"]
    return ActionTerm(
        match["number"],
        match["side"] or "",
        match["grade"] or "",
        int(percent) if percent else None,
        match["atypical"] is not None,
    )
