"""Finished answers in memory, bounded in bytes; those asked for longest ago go first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

STORE_BYTES = 16 * 1024 * 1024
"""Bytes of bodies, headers and addresses that a service keeps unless told otherwise."""

SHARE = 16
"""No answer takes more than this part of the store: 1/16."""

OVERHEAD = 1024
"""Bytes reckoned for an answer beside its own: the objects of Python that hold it."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """An answer with status 200.

    :param headers: as ASGI has them, names in lower case.
    :param route: template of the route that gave it.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    route: str = ""

    @property
    def size(self) -> int:
        """Bytes of body and headers, and :data:`OVERHEAD`."""
        return len(self.body) + sum(len(k) + len(v) for k, v in self.headers) + OVERHEAD


class ResponseStore:
    """Answers by key, in memory alone. Threads may share one.

    ``hits`` and ``misses`` count what :meth:`get` found, ``used`` the bytes that are kept.

    :param limit: bytes to keep at most; 0 keeps nothing.

    >>> store = ResponseStore(limit=100_000)
    >>> store.put("a", StoredResponse((), b"answer"), key_bytes=1)
    >>> store.get("a").body, store.get("b"), store.used
    (b'answer', None, 1031)
    """

    def __init__(self, *, limit: int = STORE_BYTES) -> None:
        self.limit = limit
        self.used = 0
        self.hits = 0
        self.misses = 0
        self._kept: OrderedDict[Hashable, tuple[StoredResponse, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def largest(self) -> int:
        """Bytes that one answer may have with its key."""
        return self.limit // SHARE

    def get(self, key: Hashable) -> StoredResponse | None:
        """Return the answer of a key, which is now the one asked for last; None if there is none."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, response: StoredResponse, *, key_bytes: int) -> None:
        """Keep an answer, and drop those asked for longest ago until all fit; a too large one is not kept.

        :param key_bytes: bytes of text in the key, which count as well.
        """
        size = response.size + key_bytes
        if size > self.largest:
            return
        with self._lock:
            replaced = self._kept.pop(key, None)
            self.used += size - (0 if replaced is None else replaced[1])
            self._kept[key] = (response, size)
            while self.used > self.limit:
                _, (_, dropped) = self._kept.popitem(last=False)
                self.used -= dropped
