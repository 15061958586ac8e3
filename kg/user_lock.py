"""A folder that one process at a time may hold, and files that stand on disk when a call returns."""

import os
from contextlib import suppress
from pathlib import Path

from affectgraph.ontology.errors import BackendError

LOCK = "affectgraph.lock"
"""Name of the file that is locked; it names the process that holds it."""


class FolderLock:
    """The hold on a folder, given back by :meth:`release` or by the end of the process, however it ends.

    :param folder: an existing folder on a local disk; network file systems may not keep locks.
    :raises BackendError: if another process holds it, or this one twice; it names the process.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import fcntl
        except ImportError as error:  # Windows
            raise BackendError(
                "this system has no file locks of the kind that users' data need (flock).",
                backend="user-data",
                retryable=False,
                hint="Keep them on Linux or macOS.",
            ) from error
        self._file: int | None = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = (
                os.pread(self._file, 32, 0).decode("ascii", "replace").strip() or "another process"
            )
            os.close(self._file)
            raise BackendError(
                f"expected a folder that nobody works in, got {folder}, which process {holder} holds.",
                backend="user-data",
                retryable=True,
                hint="Stop that process, or ask the service that it runs.",
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode("ascii"), 0)

    @property
    def is_released(self) -> bool:
        """Whether the folder has been given back."""
        return self._file is None

    def release(self) -> None:
        """Let others have the folder; a second call does nothing."""
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
            self._file = None


def sync_file(path: Path) -> None:
    """Return when what was written to a file or folder is on disk, as far as the disk keeps its word.

    :raises OSError: if that fails; what is on disk then is not known.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Write a text file whole or not at all, and return when it is on disk.

    :raises OSError: if it cannot be written.
    """
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    sync_file(beside)
    beside.replace(path)
    sync_file(path.parent)
