"""Regular expressions that are compiled when they are first used: most labels and texts never need them."""

import re
from collections import deque
from typing import Any, cast
from weakref import ref


class _LatePattern:
    """Stands for a pattern; each method of it is looked up once."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags
        self._pattern: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern, kept from then on."""
        if name.startswith("_"):  # no pattern has one, and copying asks for some
            raise AttributeError(name)
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found

    def _compiled(self) -> re.Pattern[str]:
        if self._pattern is None:
            self._pattern = re.compile(*self._given)
        return self._pattern


_unused: deque[ref[_LatePattern]] = deque()


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what acts as the pattern of a text, as ``re.compile`` would give it.

    A pattern that is wrong is found out when it is first used. The ``re`` of a match is the compiled pattern
    and so another object. Threads may share it.

    >>> late_pattern("jo+y").fullmatch("jooy")[0]
    'jooy'
    """
    made = _LatePattern(text, flags)
    _unused.append(ref(made))
    return cast("re.Pattern[str]", made)


def compile_next() -> bool:
    """Compile a late pattern that has not been asked for yet, if any is left; return False if none is.

    A service calls it until then, so that no request has to wait: some 300 patterns take 0.2 s. Threads may
    share it.

    >>> while compile_next():
    ...     pass
    """
    try:
        pattern = _unused.popleft()()
    except IndexError:
        return False
    if pattern is not None:  # and not gone meanwhile
        pattern._compiled()
    return True
