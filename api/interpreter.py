"""Settings of the interpreter by which no thread keeps the event loop of a service waiting for long."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

SWITCH_SECONDS = 0.0005
"""After which a thread that computes lets the next have the interpreter, when one waits. Python's own 5 ms
are paid again with every packet that the event loop sends while threads compute."""

FULL_AFTER = 50
"""How many smaller collections of garbage come before one of everything. By Python's own 10 an answer of some
megabytes brings on several while it is made, each of which looks through what there is of it so far."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """Settings of the interpreter as they were found.

    :param frozen: how many objects collections passed over.
    """

    switch_seconds: float
    thresholds: tuple[int, int, int]
    frozen: int

    @classmethod
    def found(cls) -> "_Settings":
        return cls(sys.getswitchinterval(), gc.get_threshold(), gc.get_freeze_count())

    def restore(self) -> None:
        if not self.frozen:
            gc.unfreeze()
        gc.set_threshold(*self.thresholds)
        sys.setswitchinterval(self.switch_seconds)


_lock = Lock()
_blocks: list[_Settings] = []
"""What each block of :func:`short_pauses` that goes on has found; the first has found what to leave."""


@contextmanager
def short_pauses() -> Iterator[None]:
    """Keep pauses short within the block, for a service.

    Threads take turns after :data:`SWITCH_SECONDS`, and collections of garbage pass over what is there when
    the block begins, and what is :func:`made_to_last` in it: to look through a whole graph takes a tenth of a
    second, in which no other thread runs. Those of everything else are rarer (:data:`FULL_AFTER`). All are
    settings of the process; they are as before when the last of such blocks ends, in any order. If something
    was passed over before the first, all stays passed over, as Python cannot tell it apart.
    """
    with _lock:
        _blocks.append(_Settings.found())
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*_blocks[0].thresholds[:2], FULL_AFTER)
        gc.freeze()
    try:
        yield
    finally:
        with _lock:
            found = _blocks.pop()
            if not _blocks:  # so that is what the first has found
                found.restore()


@contextmanager
def made_to_last() -> Iterator[None]:
    """Collect no garbage within the block, and pass over what is there at its end from then on.

    For a process that gets ready to serve: as modules and graph are made, collections would look at what is
    there already again and again, a tenth of the start, and find next to nothing.

    >>> with made_to_last():
    ...     gc.isenabled()
    False
    >>> gc.unfreeze()
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def settle() -> None:
    """Free what was passed over so far and nobody needs any more, and pass over what is there now.

    For a graph that takes another's place; costs the pause that is spared else. Does nothing where no block
    of :func:`short_pauses` goes on.
    """
    with _lock:
        if _blocks:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
