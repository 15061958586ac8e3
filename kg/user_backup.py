"""Backups of users' data: read back before they are trusted, and restored into an empty folder only."""

import shutil
from pathlib import Path

from affectgraph.kg.user_store import UserStore
from affectgraph.ontology.errors import BackendError, InputError


def restore(backup: str | Path, folder: str | Path) -> int:
    """Copy a backup into an empty folder and return how many graphs it has, each as its digest says.

    The backup stays as it is. If a graph is not as its catalogue says, nothing is left in the folder.

    :param backup: a folder that :meth:`UserStore.backup` has written, or a store that nobody works in.
    :param folder: a new or empty folder.
    :raises InputError: if the folder holds something.
    :raises BackendError: if the backup is none or damaged, somebody works in it, or the disk fails.
    """
    source, target = Path(backup), Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            f"Expected a new or empty folder, got {target}, which is not. Name another."
        )
    with UserStore.open(source, create=False) as store:
        try:
            # The engine copies, as it clears away files of its own at any time after it has begun.
            store.backup(target)
            return verified(target)
        except BackendError:
            # Of a place where a disk is mounted, the content goes.
            shutil.rmtree(target, ignore_errors=True)
            raise


def verified(folder: Path) -> int:
    """Return how many graphs a store or backup has, each of them read and as its digest says.

    :raises BackendError: if one is not, or it cannot be opened.
    """
    with UserStore.open(folder, create=False) as store:
        found = store.check()
        if found:
            raise BackendError(
                f"{folder} is damaged. {' '.join(found[:3])}",
                backend="user-data",
                retryable=False,
                hint="Take another backup.",
            )
        return len(store.entries())
