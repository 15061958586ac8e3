"""Room for long queries beside the turns, so that short ones do not wait for them."""

import os
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore

ROOM_AFTER = 0.25
"""Part of a query's patience after which it makes room for others, if there is room for it."""
LOWEST = 19
"""Niceness of a query that takes long: it has the processor when nobody else wants it."""


class Room:
    """Places for so many long queries. Threads and event loops may share it; nobody waits for it.

    :param most: queries that go on at once.

    >>> room = Room(1)
    >>> room.enter(), room.enter()
    (True, False)
    >>> room.leave()
    """

    def __init__(self, most: int) -> None:
        self._free = BoundedSemaphore(most)

    def enter(self) -> bool:
        """Take a place; return whether there was one."""
        return self._free.acquire(blocking=False)

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()


def step_back(pid: int) -> None:
    """Let everybody else have the processor first; a process that has gone, or may not be changed, stays.

    Linux has a niceness for each thread, other systems for the process.
    """
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task")
        threads = [int(task.name) for task in tasks.iterdir()] if tasks.is_dir() else [pid]
        for thread in threads:
            os.setpriority(os.PRIO_PROCESS, thread, LOWEST)
