"""Buckets of clients that several processes share: a table in memory which they have mapped.

Made before processes are forked. It has :data:`SETS` sets of :data:`WAYS` buckets; the digest of a client
says in which set his is. A process locks one set at a time, by a lock of the kernel that ends with it.
"""

import os
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from mmap import mmap
from threading import Lock

SETS, WAYS = 8192, 8
"""65,536 buckets; 1 MiB if all are in use."""

_BUCKET = struct.Struct("=8sd")
"""The digest of a client, zeros for nobody, and when his bucket is full."""

_SET_BYTES = _BUCKET.size * WAYS


class SharedBuckets:
    """Times in memory that processes share which are forked later. Safe for them and their threads.

    If a set is full, the bucket that is nearest to full is dropped, and counts as full. They are kept by a
    digest with a secret key, so that nobody can choose whose set is his.

    :param sets: how many there are.
    :raises OSError: if there is no place for temporary files, on systems other than Linux.
    """

    def __init__(self, *, sets: int = SETS) -> None:
        self._sets = sets
        self._file = _unnamed_file()
        os.ftruncate(self._file, sets * _SET_BYTES)
        self._table = mmap(self._file, sets * _SET_BYTES)
        self._secret = os.urandom(16)
        self._lock = Lock()

    def change(self, client: str, change: Callable[[float], float]) -> None:
        """As :class:`affectgraph.api.rates.Buckets` says."""
        digest = blake2b(client.encode(), digest_size=8, key=self._secret).digest()
        start = int.from_bytes(digest) % self._sets * _SET_BYTES
        with self._held(start):
            offset, full_at = self._found(digest, start)
            _BUCKET.pack_into(self._table, offset, digest, change(full_at))

    def named(self, name: str) -> "NamedBuckets":
        """Return buckets in the same table, of another limit on the same clients."""
        return NamedBuckets(self, name)

    def _found(self, digest: bytes, start: int) -> tuple[int, float]:
        """Return where a client's bucket is or is to be, and when it is full, 0 if he has none."""
        kept = _BUCKET.iter_unpack(self._table[start : start + _SET_BYTES])
        times = []
        for place, (of_whom, full_at) in enumerate(kept):
            if of_whom == digest:
                return start + place * _BUCKET.size, full_at
            times.append(full_at)
        return start + times.index(min(times)) * _BUCKET.size, 0.0

    @contextmanager
    def _held(self, start: int) -> Iterator[None]:
        import fcntl

        # The kernel's lock is the process's, so threads need another.
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX, _SET_BYTES, start)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, _SET_BYTES, start)


class NamedBuckets:
    """Buckets of one of several limits that share a table.

    :param name: of the limit.
    """

    def __init__(self, buckets: SharedBuckets, name: str) -> None:
        self._buckets = buckets
        self._name = name

    def change(self, client: str, change: Callable[[float], float]) -> None:
        """As :class:`affectgraph.api.rates.Buckets` says."""
        self._buckets.change(f"{self._name} {client}", change)


def _unnamed_file() -> int:
    """Return a file that goes with the last process that has it open."""
    if sys.platform == "linux":
        return os.memfd_create("affectgraph-buckets")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
