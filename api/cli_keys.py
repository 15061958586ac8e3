"""The commands ``keys create``, ``keys list`` and ``keys revoke``: who may use a service."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from affectgraph.api.cli_base import app, emit, note, usage
from affectgraph.api.config import ENV_PREFIX
from affectgraph.api.key_file import create_key, read_keys, revoke_key
from affectgraph.api.keys import RIGHTS, Key, key_data, parse_time, time_text

keys = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(keys, name="keys", help="Make, list and revoke the keys of a service.")

VARIABLE = f"{ENV_PREFIX}_KEYS"

FileOption = Annotated[
    Path,
    typer.Option(
        "--keys",
        metavar="FILE",
        envvar=VARIABLE,
        help="File of keys, as serve --keys takes it.",
    ),
]
ScopeOption = Annotated[
    list[str],
    typer.Option(
        "--scope",
        help=f"What it may do: {', '.join(RIGHTS)}; may be repeated. Every key may read, admin has all.",
    ),
]


@keys.command()
def create(
    file: FileOption,
    name: Annotated[str, typer.Option(help="Whom the key is for; stands in lists.")],
    scope: ScopeOption = ["read"],  # noqa: B006 - typer copies it
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="From when on it is void: ISO 8601, UTC; never if left out."
        ),
    ] = None,
    graphs: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PREFIX",
            help="How IRIs of graphs begin that a key of scope write may write; may be repeated. All of "
            "users if left out.",
        ),
    ] = None,
) -> None:
    """Make a key and print its token, which is shown this once and kept nowhere.

    Services that use the file take it at once.
    """
    unknown = [x for x in scope if x not in RIGHTS]
    if unknown:
        raise usage(f"Expected --scope out of {', '.join(RIGHTS)}, got {unknown[0]!r}.")
    made = create_key(
        file,
        name,
        scope,  # type: ignore[arg-type]  # seen above
        expires=None if expires is None else parse_time(expires),
        graphs=graphs or (),
    )
    note(f"Key {made.key.id} for {name}: {_scopes(made.key)}; {_end(made.key)}. Its token is:")
    emit(made.token)


@keys.command(name="list")
def list_(
    file: FileOption,
    json_: Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")] = False,
) -> None:
    """List the keys, without tokens: id, name, scopes, since when, until when."""
    found = read_keys(file)
    now = datetime.now(UTC)
    if json_:
        emit(json.dumps([_shown(key, now) for key in found], indent=2))
        return
    rows = [("id", "name", "scopes", "created", "state")]
    rows += [(x.id, x.name, _scopes(x), str(time_text(x.created)), _state(x, now)) for x in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        emit(padded.rstrip())


@keys.command()
def revoke(
    file: FileOption,
    key: Annotated[str, typer.Argument(help="Name or id of the key.")],
) -> None:
    """Make a key void for good; services that use the file refuse it from the next request on."""
    found = revoke_key(file, key)
    emit(f"Revoked key {found.id} of {found.name}.")


def _shown(key: Key, now: datetime) -> dict[str, object]:
    kept = {name: value for name, value in key_data(key).items() if name != "sha256"}
    return {"id": key.id, **kept, "valid": key.is_valid(now)}


def _state(key: Key, now: datetime) -> str:
    if key.revoked is not None:
        return f"revoked {time_text(key.revoked)}"
    return _end(key) if key.is_valid(now) else f"expired {time_text(key.expires)}"


def _end(key: Key) -> str:
    return "does not expire" if key.expires is None else f"expires {time_text(key.expires)}"


def _scopes(key: Key) -> str:
    """Return what a key may do, such as ``read`` or ``write (urn:lab:...)``."""
    limited = ", ".join(f"{prefix}..." for prefix in key.graphs)
    return " ".join(key.scopes) + (f" ({limited})" if limited else "")
