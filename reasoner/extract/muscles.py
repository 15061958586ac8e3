"""Finds names of muscles that stand for facial actions: "zygomaticus major activity", "the corrugator".

Which muscles make which unit is read from the graph (column ``muscle`` of ``action_units.tsv``).
"""

import re
from collections.abc import Iterator

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.english import is_english
from affectgraph.linkers.late_pattern import late_pattern
from affectgraph.reasoner.extract.marks import PHRASE, Mark

_ENTRY = late_pattern(r"(?P<name>[a-z][a-z ]*?)\s*(?:\((?P<note>[^()]*)\))?")
_PARS = "pars "
_MADE_BY_RELAXING = late_pattern(r"\brelax")
_RELAXED = late_pattern(
    r"\s+(?:is|are|was|were|remains?|stays?|seems?|appears?)\s+(?:\w+ly\s+)?(?:relaxed|slack|at\s+rest)\b",
    re.IGNORECASE,
)
_RELAXED_BEFORE = late_pattern(r"\b(?:relaxed|slack|relaxation\s+of\s+the)\s+\Z", re.IGNORECASE)


CONFIDENCE = 0.9
"""Of the reading of a muscle, that of a description. Set by judgement."""

_MOST = 5
"""Units that a name may stand for; "orbicularis" alone says too little."""


class Muscles:
    """The muscles of a graph's action units. Threads may share one.

    A unit that is made by relaxing a muscle has no name of it; a muscle with a part, "frontalis, pars
    medialis" or "medial frontalis", stands for the units of that part. The first word alone stands for a
    muscle if it is no English word: "corrugator".

    :param graph: where units come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        named: dict[str, dict[str, str]] = {}
        for name, part, code in _muscles(graph):
            first = name.split()[0]
            for known in {name, name if is_english(first) else first}:
                named.setdefault(known, {}).setdefault(code, part)
        self._units = {name: units for name, units in named.items() if len(units) <= _MOST}
        names = "|".join(map(_written, sorted(self._units, key=len, reverse=True)))
        self.words = frozenset(word for name in self._units for word in _first_words(name))
        """Words in lower case with which a name begins."""
        parts = {p for units in self._units.values() for p in units.values() if p}
        before = "|".join(sorted({re.escape(_english(part)) for part in parts}))
        self._pattern = re.compile(
            rf"\b(?:(?P<before>{before})e?\s+)?(?P<name>{names})\b"
            r"(?:,?\s*\(?\s*pars\s+(?P<part>[a-z]+)\b\)?)?(?:\s+muscles?\b)?",
            re.IGNORECASE,
        )

    def find(self, text: str, start: int, end: int) -> Iterator[Mark]:
        """Yield the muscles named in ``text[start:end]``, in order, as phrases for one of their units.

        A muscle that is relaxed stands for what is not there.
        """
        for match in self._pattern.finditer(text, start, end):
            units = self._units[_plain(match["name"], self._units)]
            told = (match["part"] or match["before"] or "").lower()
            codes = [code for code, part in units.items() if told and part.startswith(told[:6])]
            is_relaxed = _RELAXED.match(text, match.end(), end) or _RELAXED_BEFORE.search(
                text, max(start, match.start() - 24), match.start()
            )
            found = tuple(codes or units)
            one, any_of = (found, ()) if len(found) == 1 else ((), found)
            yield Mark(
                *match.span(), PHRASE, one, any_of, is_relaxed is None, confidence=CONFIDENCE
            )


def _muscles(graph: EmotionGraph) -> Iterator[tuple[str, str, str]]:
    """Yield each muscle of each unit: its name, its part, empty for the whole, and the unit's code."""
    units = [unit for unit in graph.index.units.values() if unit.number.isdigit()]
    for unit in sorted(units, key=lambda unit: int(unit.number)):
        for entry in unit.muscle.lower().split(";"):
            match = _ENTRY.fullmatch(entry.strip())
            if match is None or _MADE_BY_RELAXING.search(unit.muscle) is not None:
                continue
            note = match["note"] or ""
            part = note.removeprefix(_PARS) if note.startswith(_PARS) else ""
            yield match["name"], part, unit.code


def _written(name: str) -> str:
    """Return a pattern for a name: "zygomatic major" is the zygomaticus major."""
    first, space, rest = name.partition(" ")
    if space and first.endswith("us"):
        first = f"{first.removesuffix('us')}(?:us)?"
    return first + space.replace(" ", r"\s+") + rest.replace(" ", r"\s+")


def _first_words(name: str) -> tuple[str, str]:
    first = name.split()[0]
    return first, first.removesuffix("us")


def _english(part: str) -> str:
    """Return how a part is called in English, but for a last e: "medial" of "medialis"."""
    return part.removesuffix("is").removesuffix("a")


def _plain(written: str, known: dict[str, dict[str, str]]) -> str:
    """Return the name that was written."""
    low = " ".join(written.lower().split())
    if low in known:
        return low
    first, _, rest = low.partition(" ")
    return f"{first}us {rest}"
