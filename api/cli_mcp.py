"""The command ``mcp``: the graph for language models, by the Model Context Protocol."""

import logging
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api import query_options
from affectgraph.api.access_options import open_keys
from affectgraph.api.cli_base import GraphOption, app, note, open_graph, usage
from affectgraph.api.cli_options import options_text
from affectgraph.api.model_options import (
    MODEL_NAMES,
    DeviceOption,
    DtypeOption,
    ProfileOption,
    require_model,
    with_model,
)
from affectgraph.ontology.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from affectgraph.api.access import KeyRing
    from affectgraph.api.graph_services import Services
    from affectgraph.api.keys import Right
    from affectgraph.api.query_runner import QueryRunner

HOST, PORT = "127.0.0.1", 8008


@app.command(name="mcp")
def mcp_(
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP at /mcp, not on stdin and stdout.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help=f"With --http: address to listen on; {HOST} if left out.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help=f"With --http: port to listen on; {PORT} if left out."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="With --http: a name by which clients reach it; may be repeated."
        ),
    ] = None,
    key_env: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="With --http: environment variable with the key clients send."
        ),
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="With --http: file with the key clients send.")
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --http: file of keys, as serve takes it; with --model a key needs the scope llm.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|URL",
            help=f"Language model for the tool reason, which is there with it alone: {MODEL_NAMES}.",
        ),
    ] = None,
    device: DeviceOption = None,
    dtype: DtypeOption = None,
    profile: ProfileOption = None,
    graph: GraphOption = None,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Users' own graphs of this folder, read with the graph as they are at the start.",
        ),
    ] = None,
    query_workers: query_options.WorkersOption = 1,
    query_timeout: query_options.TimeoutOption = query_options.TIMEOUT,
    query_memory: query_options.MemoryOption = query_options.MEMORY,
) -> None:
    """Serve the graph to language models by the Model Context Protocol.

    On stdin and stdout, for a client that starts it itself, or over HTTP. Without a key, HTTP is served to
    programs of this machine alone. See docs/mcp.md for the settings of clients.
    """
    for_http = {
        "host": host,
        "port": port,
        "allow-host": allow_host or None,
        "key-env": key_env,
        "key-file": key_file,
        "keys": keys,
    }
    _require_http(http, for_http)
    for_model = {"device": device, "dtype": dtype, "profile": profile}
    require_model(model, for_model)
    if find_spec("mcp") is None:
        raise MissingExtraError("mcp", feature="affectgraph mcp")
    from affectgraph.api.graph_services import Services
    from affectgraph.api.query_pool import open_queries

    # What is written to stdout is read as the protocol.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    where = host or HOST
    ring = _ring(key_env, key_file, keys)
    if http:
        _require_safe(where, ring is not None, allow_host or [])
    limits = query_options.query_limits(query_workers, query_timeout, query_memory)
    opened = open_graph(graph)
    if data is None:
        queries: QueryRunner = open_queries(opened, graph, limits)
    else:
        from affectgraph.api.user_data import read_user_data

        opened, queries = read_user_data(data, opened, graph, limits)
    with closing(queries), _server(Services(opened, queries=queries), model, for_model) as server:
        if http:
            right: Right = "read" if model is None else "llm"
            place = (where, PORT if port is None else port)
            _serve_http(server, place, allow_host or [], ring, right)
        else:
            _serve_stdio(server)


def _require_http(http: bool, others: Mapping[str, object]) -> None:
    given = [name for name, value in others.items() if value is not None]
    if given and not http:
        verb = "goes" if len(given) == 1 else "go"
        raise usage(f"{options_text(given)} {verb} with --http.")


def _ring(env: str | None, file: Path | None, keys: Path | None) -> "KeyRing | None":
    """Return the keys that clients may send, None if none is asked for.

    :raises typer.BadParameter: if a key cannot be read or cannot be one; it is not shown.
    :raises InputError: if there is no file of keys.
    """
    if keys is None:
        key = _key(env, file)
        if key is None:
            return None
        from affectgraph.api.mcp_http import OneKey

        return OneKey(key)
    if env is not None or file is not None:
        raise usage("Give --keys, or one of --key-env and --key-file.")
    return open_keys(keys)


def _key(env: str | None, file: Path | None) -> str | None:
    """Return the key that clients must send, None if none is asked for.

    :raises typer.BadParameter: if it cannot be read or cannot be a key; it is not shown.
    """
    if env is not None and file is not None:
        raise usage("Give --key-env or --key-file, not both.")
    if env is None and file is None:
        return None
    from affectgraph.api.mcp_http import require_key

    place = f"The file {file}" if file is not None else f"The environment variable {env}"
    try:
        text = file.read_text(encoding="ascii") if file is not None else os.environ[env or ""]
        return require_key(text)
    except KeyError:
        raise usage(f"{place} is not set. Set it to the key.") from None
    except OSError as error:
        raise usage(f"{place} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, InputError) as error:
        reason = error if isinstance(error, InputError) else "it is not ASCII text."
        raise usage(f"{place} has no key that can be used: {reason}") from None


def _require_safe(host: str, has_keys: bool, names: list[str]) -> None:
    """Refuse to listen to other machines without a key, or without a name that they may call it by."""
    from affectgraph.api.mcp_http import EVERYWHERE, is_loopback

    if is_loopback(host):
        return
    if not has_keys:
        raise usage(
            f"Expected a key to listen on {host}, got none. Add --keys, --key-env or --key-file; without one "
            "only programs of this machine are served, on 127.0.0.1."
        )
    if host in EVERYWHERE and not names:
        raise usage(
            f"Expected --allow-host with {host}, got none. Name what clients call this machine, such as "
            "emotions.example.org."
        )


@contextmanager
def _server(
    services: "Services", model: str | None, options: Mapping[str, str | None]
) -> "Iterator[MCPServer[Any]]":
    """Give a server whose model, if there is one, is closed at the end."""
    from affectgraph.api.mcp_server import make_server

    with with_model(services.reasoner, model, **options) as reasoner:
        yield make_server(services, None if model is None else reasoner)


def _serve_stdio(server: "MCPServer[Any]") -> None:
    if sys.stdin.isatty():
        note("AffectGraph waits for a client on stdin, which should start it; stop with Ctrl+C")
    # A thread waits for the next line, and nothing but the end of the process ends its wait.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    server.run("stdio")


def _serve_http(
    server: "MCPServer[Any]",
    place: tuple[str, int],
    names: list[str],
    ring: "KeyRing | None",
    right: "Right",
) -> None:
    from affectgraph.api.listening import listening_socket
    from affectgraph.api.mcp_http import PATH, http_app, serve

    host, port = place
    service = http_app(server, host=host, names=names, keys=ring, right=right)
    with listening_socket(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        note(f"AffectGraph on http://{shown}:{listening.getsockname()[1]}{PATH}; stop with Ctrl+C")
        if ring is None:
            note("There is no key: every program of this machine may ask. --keys asks for one.")
        serve(service, listening)
