"""Checks of rationales in another thread, while a model decodes."""

from collections.abc import Sequence
from itertools import cycle, islice
from threading import Event, Thread

from affectgraph.reasoner import Checker


class ChecksBeside:
    """Checks rationales in another thread, one after the other, until it is left.

    :param most: checks at most; without end if None.
    """

    def __init__(self, checker: Checker, texts: Sequence[str], most: int | None = None) -> None:
        self.checked = 0
        self._ended = Event()
        self._thread = Thread(target=self._check, args=(checker, texts, most))

    def _check(self, checker: Checker, texts: Sequence[str], most: int | None) -> None:
        for text in islice(cycle(texts), most):
            if self._ended.is_set():
                return
            checker.check(text)
            self.checked += 1

    def __enter__(self) -> "ChecksBeside":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
