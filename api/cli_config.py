"""The command ``config show``: every setting of ``serve`` with its value and where it comes from."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from affectgraph.api.cli_base import app, emit
from affectgraph.api.config import Setting, of_store, secret, settings

config = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config, name="config", help="Show the settings of serve and their origins.")


@config.callback()
def _of_serve() -> None:
    """Show the settings of serve and their origins."""


@config.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def show(
    ctx: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")] = False,
) -> None:
    """Show what serve would run with, each value with its origin.

    Takes the options of serve, --config among them, and starts nothing. Secrets are masked.
    """
    from affectgraph.reasoner.models.server.transport import KEY_VARIABLE

    root: Any = ctx.find_root().command
    with root.commands["serve"].make_context("serve", list(ctx.args)) as read:
        found = [*settings(read), secret(KEY_VARIABLE), *of_store()]
    emit(json.dumps([asdict(x) for x in found], indent=2) if json_ else _text(found))


def _text(found: Iterable[Setting]) -> str:
    rows = [(x.name, _shown(x.value), x.origin) for x in found]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return "\n".join(f"{n:{widths[0]}}  {v:{widths[1]}}  {o}" for n, v, o in rows)


def _shown(value: object) -> str:
    if value in (None, "", []):
        return "not set"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
