"""Finds emoji and emoticons in texts."""

import re
from collections import defaultdict
from functools import cached_property

from affectgraph.linkers.lexicon import Lexicon

_JOINED = "[\ufe0e\ufe0f]?"
_COMMON = frozenset(" .,!?'\"-/()\u2019")
NOTHING = r"(?!)"
"""A pattern that nothing matches."""

_CLOSING = frozenset(" \t\r\n.,!?)\u2026")


class SignFinder:
    """Finds the signs of a lexicon. Threads may share one.

    :param lexicon: where signs come from.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where signs stand (start, end), the longest at each place, in order.

        An emoji counts anywhere; an emoticon stands between spaces, or at the end of a word.
        """
        if self._first.search(text) is None:
            return []
        found: list[tuple[int, int]] = []
        free = 0
        for start in (match.start() for match in self._starts.finditer(text)):
            match = self._from(text[start]).match(text, start) if start >= free else None
            if match is not None:
                free = match.end()
                if _stands_alone(text, start, free):
                    found.append((start, free))
        return found

    @cached_property
    def _forms(self) -> list[str]:
        """Signs in order; those of letters and common marks alone are not looked for."""
        return sorted(form for form in self._lexicon.signs if not _is_common(form))

    @cached_property
    def _first(self) -> re.Pattern[str]:
        """One look over a text for characters that signs have and most texts have not."""
        telling = {char for form in self._forms for char in form if not char.isalnum()} - _COMMON
        return re.compile(_any_of(telling))

    @cached_property
    def _starts(self) -> re.Pattern[str]:
        return re.compile(_any_of({form[0] for form in self._forms}))

    def _from(self, start: str) -> re.Pattern[str]:
        """Return a pattern for the signs with a first character, made when that is first met.

        It takes the longest; signs in ASCII alone have no variation selectors between.
        """
        found = self._made.get(start)
        if found is None:
            forms = [form for form in self._forms if form[0] == start]
            plain = [form for form in forms if form.isascii()]
            joined = [form for form in forms if not form.isascii()]
            branches = _branches(joined, _JOINED), _branches(plain, "")
            found = re.compile("|".join(filter(None, branches)))
            self._made[start] = found
        return found

    @cached_property
    def _made(self) -> dict[str, re.Pattern[str]]:
        return {}


def _branches(forms: list[str], joint: str) -> str:
    """Return a pattern for any of some forms, the longest, that looks at each character once.

    :param joint: what stands behind each character.
    """
    by_first: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        by_first[form[0]].append(form[1:])
    return "|".join(
        re.escape(first) + joint + _rest(rests, joint) for first, rests in by_first.items()
    )


def _rest(rests: list[str], joint: str) -> str:
    longer = [rest for rest in rests if rest]
    if not longer:
        return ""
    return f"(?:{_branches(longer, joint)})" + ("?" if len(longer) < len(rests) else "")


def _stands_alone(text: str, start: int, end: int) -> bool:
    if is_emoji(text[start]):
        return True
    before = text[start - 1] if start else " "
    if text[start] == ")" and before not in " \t\r\n":
        return False  # "f(x):" closes a bracket
    after = text[end] if end < len(text) else " "
    if after not in _CLOSING and not is_emoji(after):
        return False
    return before in " \t\r\n(" or (not text[start].isalnum() and text[start] not in "(/\\|")


def is_emoji(char: str) -> bool:
    """Return whether a character is from the blocks of arrows and up: emoji, hearts, Japanese marks."""
    return ord(char) >= 0x2190


def _is_common(form: str) -> bool:
    return form.isascii() and all(char.isalnum() or char in _COMMON for char in form)


def _any_of(chars: set[str]) -> str:
    """Return a class of characters that is quick to look for: beyond the basic plane, all count."""
    basic = "".join(re.escape(char) for char in sorted(chars) if char <= "\uffff")
    return f"[{basic}\U00010000-\U0010ffff]"
