"""The file of keys: JSON lines, one key each, written whole and read again when it has changed.

Only digests stand in it, so it may be copied and backed up; who can write it can let himself in.
"""

import json
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from affectgraph.api.keys import (
    ID_LENGTH,
    Key,
    Right,
    digest_of,
    in_order,
    key_data,
    key_from,
    make_token,
)
from affectgraph.kg.user_lock import sync_file
from affectgraph.ontology.errors import InputError

MODE = 0o600
"""Permissions of a new file."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of a file of keys, some ten thousand: it is read whole with the first request after a change."""

_Seen = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, with the token that is kept nowhere."""

    key: Key
    token: str


class KeyFile:
    """Keys as they stand in a file now. For one thread at a time.

    Every look-up asks the system whether the file is another (some microseconds), so that a key that is
    revoked is void for the next request. Of a file that cannot be read, no key counts.

    :raises InputError: if the file cannot be read, is no file of keys, or others may write it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: _Seen | None = None
        self._keys: dict[str, Key] = {}
        self._refresh()

    def find(self, token: str, now: datetime) -> Key | None:
        """Return the key of a token; None if it is unknown, expired or revoked.

        A key is found by the start of its digest and then compared in constant time. What time the first
        step takes tells of the digest alone, from which nobody gets to a token.

        :raises InputError: if the file cannot be read any more.
        """
        self._refresh()
        digest = digest_of(token)
        found = self._keys.get(digest[:ID_LENGTH])
        return found if found is not None and found.is_of(digest) and found.is_valid(now) else None

    def _refresh(self) -> None:
        seen = _seen(self.path)
        if seen is not None and seen == self._seen:
            return
        # If it cannot be read now, it is tried again next time.
        self._seen, self._keys = None, {}
        self._keys = {key.id: key for key in read_keys(self.path)}
        self._seen = seen


def read_keys(path: Path) -> list[Key]:
    """Return the keys of a file, in its order.

    :raises InputError: as :class:`KeyFile` does; the message names file and line.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe would be waited for, and with it every request
            raise InputError(f"Expected a file of keys at {path}, got a folder, pipe or device.")
        text = _content(path).decode("utf-8")
    except FileNotFoundError:
        raise InputError(
            f"Expected a file of keys at {path}, got none. Make a key with: affectgraph keys create."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Expected a file of keys at {path}, got: {error}.") from error
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise InputError(
            f"Expected a file of keys that its owner alone may write, got mode {mode & 0o777:o} of {path}. "
            f"Run: chmod go-w {path}"
        )
    return [_key(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line]


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise InputError(
            f"Expected a file of keys of up to {MOST_BYTES:,} bytes, got more at {path}."
        )
    return found


def _key(path: Path, number: int, line: str) -> Key:
    try:
        return key_from(json.loads(line))
    except InputError as error:
        raise InputError(f"{path}:{number}: {error}") from error
    except (ValueError, RecursionError) as error:  # no JSON, or numbers or nesting past all bounds
        raise InputError(f"{path}:{number}: Expected a JSON object, got: {error}.") from error


def _seen(path: Path) -> _Seen | None:
    """Return what changes whenever a file or its permissions do; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns, found.st_size


def create_key(
    path: Path,
    name: str,
    scopes: Sequence[Right],
    *,
    expires: datetime | None = None,
    graphs: Sequence[str] = (),
    now: datetime | None = None,
) -> NewKey:
    """Add a key to a file, which is made if it is not there, and return it with its token.

    :param name: of no other key that is not revoked.
    :param graphs: how IRIs of graphs begin that it may write; all of users if there is none.
    :raises InputError: if a value is none, the key would be void from the start, or the file is no file of
        keys.
    """
    moment = datetime.now(UTC) if now is None else now
    if expires is not None and expires <= moment:
        raise InputError(f"Expected a time to come, got {expires.isoformat()}.")
    token = make_token()
    key = Key(name, in_order(scopes), digest_of(token), moment, expires, None, tuple(graphs))
    with _Rewriting(path) as file:
        if any(name == other.name and other.revoked is None for other in file.keys):
            raise InputError(
                f"Expected the name of no other key, got {name!r}. Revoke that one, or name it otherwise."
            )
        file.write([*file.keys, key])
    return NewKey(key, token)


def revoke_key(path: Path, name: str, *, now: datetime | None = None) -> Key:
    """Mark a key of a file as revoked and return it; services that use the file refuse it from now on.

    :param name: its name or its id.
    :raises InputError: if no key that is not revoked has it.
    """
    moment = datetime.now(UTC) if now is None else now
    with _Rewriting(path) as file:
        found = [key for key in file.keys if name in (key.name, key.id) and key.revoked is None]
        if not found:
            known = ", ".join(key.name for key in file.keys if key.revoked is None) or "none"
            raise InputError(f"Expected name or id of a key in use ({known}), got {name!r}.")
        revoked = replace(found[0], revoked=moment)
        file.write([revoked if key is found[0] else key for key in file.keys])
    return revoked


class _Rewriting:
    """Holds a file of keys to write it anew: one process at a time, and whole or not at all.

    Of a link it is the file that it names, so that a service that was told of that file sees the change.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))
        self._new = self._path.with_name(self._path.name + ".new")
        self.keys: list[Key] = []

    def __enter__(self) -> "_Rewriting":
        try:
            made = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        except FileExistsError:
            raise InputError(
                f"Expected no {self._new}, got one: another command writes the keys, or was cut off. "
                "Remove it if none does."
            ) from None
        except OSError as error:
            raise InputError(
                f"Expected to write {self._new}, got: {error.strerror}. Name a folder that is there."
            ) from error
        self._file = os.fdopen(made, "w", encoding="ascii")
        try:
            self.keys = read_keys(self._path) if self._path.exists() else []
        except InputError:
            self.__exit__()
            raise
        return self

    def write(self, keys: Sequence[Key]) -> None:
        """Put keys in place of the file, with its owner and permissions; it is on disk then.

        :raises InputError: if they are more than a file may hold.
        """
        text = "".join(json.dumps(key_data(key)) + "\n" for key in keys)
        if len(text) > MOST_BYTES:
            raise InputError(
                f"Expected keys of up to {MOST_BYTES:,} bytes, got {len(text):,} for {self._path}. Take "
                "lines of revoked keys out of it."
            )
        if self._path.exists():
            before = self._path.stat()
            os.fchown(self._file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(self._file.fileno(), stat.S_IMODE(before.st_mode))
        self._file.write(text)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._new.replace(self._path)
        sync_file(self._path.parent)  # else a power cut brings back a key that was revoked

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._new.unlink(missing_ok=True)
