"""What a folder of users' data is known by, and the errors of one that is none or fails."""

from pathlib import Path

from affectgraph.kg.user_lock import LOCK, write_durably
from affectgraph.kg.user_names import require_user_graph
from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import BackendError, InputError

FORMAT = "FORMAT"
"""File that says what a folder is: a name and a version, then the base of short names."""
FORMAT_NAME = "affectgraph-data"
FORMAT_VERSION = 1
TRIPLES = "triples"
"""Folder of the engine."""


def known_base(place: Path, base: str | None) -> str:
    """Return the base that a folder was made with, or make it a store with one.

    :raises BackendError: if something else lies in it, or a newer version has written it.
    """
    path = place / FORMAT
    if not path.is_file():
        if any(other.name not in {LOCK, FORMAT + ".new"} for other in place.iterdir()):
            raise not_a_store(place)
        chosen = base or USER_GRAPHS
        require_user_graph(chosen + "name")
        write_durably(path, format_text(chosen))
        return chosen
    name, version, kept = (*path.read_text(encoding="utf-8").split(), "", "", "")[:3]
    if name != FORMAT_NAME or not version.isdecimal() or not kept:
        raise not_a_store(place)
    if int(version) > FORMAT_VERSION:
        raise BackendError(
            f"expected users' data of format {FORMAT_VERSION} or older in {place}, got {version}.",
            backend="user-data",
            retryable=False,
            hint="Install the newer version of affectgraph that wrote it.",
        )
    if base is not None and base != kept:
        raise InputError(f"Expected the base that {place} was made with, {kept}, got {base}.")
    return kept


def is_store(place: Path) -> bool:
    """Return whether a folder holds users' data already."""
    return (place / FORMAT).is_file()


def format_text(base: str) -> str:
    """Return what :data:`FORMAT` holds."""
    return f"{FORMAT_NAME} {FORMAT_VERSION}\n{base}\n"


def not_a_store(place: Path) -> BackendError:
    """Return the error of a folder that holds something else."""
    return BackendError(
        f"expected a folder of users' data or an empty one, got {place}, which is neither.",
        backend="user-data",
        retryable=False,
        hint="Name an empty folder; users' data never lie beside other files, nor the packaged graph's.",
    )


def failed(place: Path, error: Exception) -> BackendError:
    """Return the error of a store whose engine or disk fails."""
    return BackendError(
        f"users' data in {place} cannot be read or written: {error}. What was acknowledged is safe.",
        backend="user-data",
        retryable=True,
        hint="Look at the disk's room, rights and health, then try again.",
    )
