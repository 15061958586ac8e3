"""Settings of ``affectgraph serve`` from flags, the environment and a file, in this order of precedence.

Every option ``--some-name`` is also the variable ``AFFECTGRAPH_SOME_NAME`` and the key ``some-name`` of the
table ``[serve]`` of a TOML file. The options of the command are the only list of them, and its parameters'
annotations say what values a file may have.
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import unwrap
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit, urlunsplit

import typer

from affectgraph.ontology.errors import InputError

ENV_PREFIX = "AFFECTGRAPH"
TABLE = "serve"
MASK = "********"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting and where it comes from.

    :param name: of the option, without dashes, or of a variable.
    :param value: with secrets masked; None if it is not set.
    :param origin: ``flag``, ``environment NAME``, ``file PATH`` or ``default``.
    """

    name: str
    value: object
    origin: str


def _take_config(ctx: typer.Context, path: Path | None) -> Path | None:
    if path is not None and not ctx.resilient_parsing:
        ctx.default_map = read_config(path, option_kinds(ctx.command))
    return path


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=_take_config,
        help=f"TOML file with a table [{TABLE}]: these options by their names. Flags and variables "
        f"{ENV_PREFIX}_NAME win over it.",
    ),
]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file may give an option.

    :param parameter: its name in Python.
    :param types: types of a value, or of each item of a list.
    """

    parameter: str
    types: tuple[type, ...]
    is_list: bool

    @property
    def words(self) -> str:
        """The kind in words."""
        named = {bool: "true or false", int: "a whole number", float: "a number"}
        one = named.get(self.types[-1], "a text")
        return f"a list, each {one}" if self.is_list else one

    def takes(self, value: object) -> bool:
        """Return whether a value is of the kind; whether it is in range, the option itself says."""
        if not self.is_list:
            return type(value) in self.types
        return isinstance(value, list) and all(type(item) in self.types for item in value)


def option_kinds(command: Any) -> dict[str, Kind]:
    """Return what a file may give each option of a command, by the option's name without dashes.

    :param command: click's command; the types are those of its function's parameters.
    """
    hints = get_type_hints(unwrap(command.callback))
    return {
        option_name(x): _kind(x.name, hints[x.name]) for x in command.params if x.name != "config"
    }


def _kind(parameter: str, hint: Any) -> Kind:
    parts = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    (wanted,) = (part for part in parts if part is not type(None))
    is_list = get_origin(wanted) is list
    one = get_args(wanted)[0] if is_list else wanted
    numbers = {int: (int,), float: (int, float), bool: (bool,)}
    return Kind(parameter, numbers.get(one, (str,)), is_list)


def read_config(path: Path, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return the values of a file by the parameters' names, for click's ``default_map``.

    :param kinds: as :func:`option_kinds` gives them.
    :raises InputError: if the file is no TOML, or a name or the type of a value is none of the command's.
    """
    found = {}
    for name, value in _table(path).items():
        if name not in kinds:
            raise InputError(f"{path}: {_unknown(name, list(kinds))}")
        kind = kinds[name]
        if not kind.takes(value):
            raise InputError(f"{path}: Expected {name} as {kind.words}, got {value!r}.")
        found[kind.parameter] = value
    return found


def _table(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"Expected a TOML file at {path}, got: {error}.") from error
    table: Any = found.get(TABLE, {})
    others = [name for name in found if name != TABLE]
    if others or not isinstance(table, dict):
        raise InputError(
            f"{path}: Expected the table [{TABLE}] alone, got {(others or [TABLE])[0]!r} outside of it. "
            f"Write options below the line [{TABLE}]."
        )
    return dict(table)


def _unknown(name: str, known: Sequence[str]) -> str:
    nearest = get_close_matches(name, known, 1)
    hint = f"The nearest is {nearest[0]}." if nearest else f"There are {', '.join(known)}."
    return f"Expected the name of an option of affectgraph {TABLE}, got {name!r}. {hint}"


def option_name(option: Any) -> str:
    """Return the name of an option of the command line, without its dashes."""
    return str(option.opts[0]).lstrip("-")


def settings(ctx: Any) -> list[Setting]:
    """Return every setting of a command whose line has been read, in the order of its help.

    :param ctx: click's context of the command.
    """
    return [
        Setting(option_name(option), masked(ctx.params[option.name]), _origin(ctx, option))
        for option in ctx.command.params
        if option.name in ctx.params
    ]


def _origin(ctx: Any, option: Any) -> str:
    # By name, since typer brings click under another name from some version on.
    source = ctx.get_parameter_source(option.name).name
    return {
        "COMMANDLINE": "flag",
        "ENVIRONMENT": f"environment {ENV_PREFIX}_{option.name.upper()}",
        "DEFAULT_MAP": f"file {ctx.params.get('config')}",
    }.get(source, "default")


def secret(variable: str) -> Setting:
    """Return whether a variable that holds a secret is set, without the secret."""
    is_set = bool(os.environ.get(variable, "").strip())
    return Setting(
        variable, MASK if is_set else None, f"environment {variable}" if is_set else "default"
    )


def of_store() -> list[Setting]:
    """Return the variables that say how a remote store is reached, as far as they are set; secrets masked."""
    from affectgraph.kg.remote import DEFAULT_GRAPH_VARIABLE, DIALECT_VARIABLE
    from affectgraph.kg.remote_graph import LOOKUPS_VARIABLE
    from affectgraph.kg.remote_settings import PASSWORD_VARIABLE, TOKEN_VARIABLE, USER_VARIABLE

    plain = (DIALECT_VARIABLE, DEFAULT_GRAPH_VARIABLE, LOOKUPS_VARIABLE, USER_VARIABLE)
    found = [
        Setting(name, value, f"environment {name}")
        for name in plain
        if (value := os.environ.get(name))
    ]
    secrets = [secret(name) for name in (PASSWORD_VARIABLE, TOKEN_VARIABLE)]
    return found + [setting for setting in secrets if setting.value is not None]


def masked(value: object) -> object:
    """Return a value as it may be shown: of an address, user, password and query are masked.

    All of it is where it cannot be read, such as ``https://[me:pw@example.org``.

    >>> masked("https://me:pw@example.org/sparql?key=1")
    'https://********@example.org/sparql?********'
    """
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple | list):
        return [masked(item) for item in value]
    if not isinstance(value, str) or "://" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return MASK
    _user, at, place = parts.netloc.rpartition("@")
    netloc = f"{MASK}@{place}" if at else place
    return urlunsplit(parts._replace(netloc=netloc, query=MASK if parts.query else ""))
