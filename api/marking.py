"""A checked text in pieces, so that a page can mark which words make which claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from affectgraph.reasoner.model import Judgement, Verdict

BY_WEIGHT: tuple[Verdict, ...] = ("contradicted", "unsupported", "supported", "not_checkable")
"""Verdicts, the one that a reader should see first in front; words of several claims show the first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two ends of claims.

    :param verdict: the first in :data:`BY_WEIGHT` of the claims that hold the words; None if none does.
    :param ending: judgements on claims that end behind the words, in the order of their ids.
    """

    text: str
    verdict: Verdict | None
    ending: tuple[Judgement, ...] = ()


def marked(text: str, judgements: Iterable[Judgement]) -> tuple[Piece, ...]:
    """Return a text in pieces that add up to it; claims from fields have no place in it.

    :param judgements: of a report on this text.

    >>> marked("so sad", [])
    (Piece(text='so sad', verdict=None, ending=()),)
    """
    placed = [j for j in judgements if j.claim.source == "text"]
    starting: dict[int, list[Judgement]] = {}
    ending: dict[int, list[Judgement]] = {}
    for judgement in placed:
        starting.setdefault(judgement.claim.start, []).append(judgement)
        ending.setdefault(judgement.claim.end, []).append(judgement)
    counts = dict.fromkeys(BY_WEIGHT, 0)
    ends = sorted({0, len(text), *starting, *ending})
    pieces = []
    for start, end in pairwise(ends):
        for judgement in ending.get(start, ()):
            counts[judgement.verdict] -= 1
        for judgement in starting.get(start, ()):
            counts[judgement.verdict] += 1
        verdict = next((v for v in BY_WEIGHT if counts[v]), None)
        pieces.append(Piece(text[start:end], verdict, tuple(ending.get(end, ()))))
    return tuple(pieces)
