"""Regular expressions that are compiled when they are first used: most labels and texts never need them."""

import re
from typing import Any, cast


class _LatePattern:
    """Stands for a pattern; each method of it is looked up once."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern, kept from then on; ``re`` keeps the pattern."""
        if name.startswith("_"):  # no pattern has one, and copying asks for some
            raise AttributeError(name)
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what acts as the pattern of a text, as ``re.compile`` would give it.

    A pattern that is wrong is found out when it is first used.

    >>> late_pattern("jo+y").fullmatch("jooy")[0]
    'jooy'
    """
    return cast("re.Pattern[str]", _LatePattern(text, flags))
