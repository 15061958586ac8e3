"""Names of label schemes in a text: "MELD", "Ekman's six basic emotions"."""

import re
from functools import cached_property

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.late_pattern import late_pattern

_NUMBERS = {
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twenty-four": 24,
    "twenty-eight": 28,
}
_COUNT = late_pattern(
    r"\b(four|five|six|seven|eight|nine|ten|eleven|twenty-four|twenty-eight|\d{1,2})\b", re.I
)
_THEORIES = r"Ekman|Plutchik"
_SET_OF = (
    r"(?:(?:big|basic|primary)\s+)?(?:(?:six|seven|eight|twenty-four)\s+)?(?:(?:universal|primary"
    r"|basic)\s+)?"
    r"(?:emotions?|expressions?|primaries|classes|labels|set)"
)


class SchemeNames:
    """The schemes of a graph by what texts call them. Cannot be changed.

    :param graph: where the schemes come from.
    """

    def __init__(self, graph: EmotionGraph) -> None:
        self._graph = graph

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for scheme in self._graph.schemes():
            title = re.split(r"[,(]", scheme.title)[0].strip()
            names = {title, title.split(" ")[0] if title.isupper() else title, scheme.name}
            family = re.sub(r"-\d+$", "", scheme.name)
            if family != scheme.name and family not in {"ekman", "plutchik"}:
                names.add(family.upper())
            for name in names:
                if len(name) > 2 and not name.istitle():
                    found.setdefault(name.lower(), []).append((scheme.name, len(scheme.labels)))
        return found

    @cached_property
    def _written(self) -> list[str]:
        """Names of one word as data sets write them, the longest first."""
        written = set()
        for scheme in self._graph.schemes():
            title = re.split(r"[,(]", scheme.title)[0].strip()
            family = re.sub(r"-\d+$", "", scheme.name)
            written |= {title, title.upper(), family.upper()}
            if "-" in scheme.name or any(c.isdigit() for c in scheme.name):
                written |= {scheme.name, scheme.name.capitalize(), scheme.name.upper()}  # "Ekman-6"
        plain = sorted((w for w in written if len(w) > 2 and " " not in w), key=len, reverse=True)
        return [
            w for w in plain if w.lower() in self._by_name and not (w.istitle() and w.isalpha())
        ]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a name of a scheme looks like: written as its data set does, or by author and number."""
        names = "|".join(map(re.escape, self._written))
        return re.compile(
            rf"\b(?:(?:{_THEORIES})(?:['\u2019]s)?\s+{_SET_OF}"
            rf"|(?:six|seven|eight)\s+(?:basic|universal|Ekman|Plutchik)\s+(?:emotions|expressions"
            rf"|labels)|(?:{names}))"
            r"(?:['\u2019]s)?(?![\w-])"
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Letters in lower case that names of schemes begin with, up to the first sign or figure."""
        written = [*self._written, *_THEORIES.split("|"), "six", "seven", "eight"]
        return frozenset(re.split(r"[^a-z]", name.lower())[0] for name in written)

    def scheme(self, quote: str, sentence: str) -> str | None:
        """Return the name of the scheme that a quote of the pattern means, None if it is open.

        >>> names = SchemeNames(EmotionGraph.load())
        >>> names.scheme("Ekman's six basic emotions", ""), names.scheme("MELD", "")
        ('ekman-6', 'meld')
        """
        low = re.sub(r"['\u2019]s$", "", quote.lower())
        counts = [
            _NUMBERS.get(n.lower()) or int(n)
            for n in _COUNT.findall(quote) or _COUNT.findall(sentence)
        ]
        if "plutchik" in low:
            return "plutchik-24" if 24 in counts else "plutchik-8"
        if "ekman" in low or "basic" in low or "universal" in low:
            return "ekman-7" if 7 in counts else "ekman-6"
        found = self._by_name.get(low, [])
        fitting = [name for name, size in found if size in counts]
        names = fitting or [name for name, _ in found]
        return names[0] if names else None
