"""Commands around the service: ``serve``, ``doctor`` and ``version``."""

import socket
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from shutil import which
from typing import Annotated, Any

import typer

from affectgraph.api.cli_base import BACKEND, GraphOption, app, emit, note, open_graph
from affectgraph.ontology.errors import AffectGraphError, BackendError, MissingExtraError

EXTRAS: dict[str, tuple[str, ...]] = {
    "web": ("fastapi", "jinja2", "uvicorn"),
    "mcp": ("mcp",),
    "owl": ("owlready2", "jpype"),
    "shacl": ("pyshacl",),
    "tables": ("pyarrow",),
    "frames": ("pandas", "polars"),
    "ray": ("ray", "pyarrow"),
}
"""Modules of each extra."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    graph: GraphOption = None,
) -> None:
    """Serve pages, REST and SPARQL until stopped."""
    missing = [name for name in EXTRAS["web"] if find_spec(name) is None]
    if missing:
        raise MissingExtraError("web", feature="affectgraph serve")
    import uvicorn

    from affectgraph.api.app import create_app

    service = create_app(open_graph(graph))
    note(f"AffectGraph on http://{host}:{port}/ (API: /docs, SPARQL: /sparql); stop with Ctrl+C")
    _require_free(host, port)
    uvicorn.run(service, host=host, port=port, server_header=False)


def _require_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise BackendError(
            f"cannot listen on {host}:{port}: {error.strerror}.",
            backend="server",
            retryable=True,
            hint="Stop what listens there, or name another with --port.",
        ) from error


@app.command()
def version(graph: GraphOption = None) -> None:
    """Print the versions of the package and of the graph."""
    from affectgraph.ontology.version import VERSION

    emit(f"affectgraph {VERSION}\ngraph {open_graph(graph).version}")


@app.command()
def doctor(graph: GraphOption = None) -> None:
    """Print what is installed and what works, for a report of a fault."""
    from affectgraph.ontology.version import VERSION

    emit(f"python      {sys.version.split()[0]} on {sys.platform}, {sys.executable}")
    emit(f"affectgraph {VERSION}")
    works = _report_graph(graph)
    for extra, modules in EXTRAS.items():
        missing = [name for name in modules if find_spec(name) is None]
        versions = ", ".join(f"{name} {_version_of(name)}" for name in modules)
        hint = f'missing {", ".join(missing)}: pip install "affectgraph[{extra}]"'
        emit(f"[{extra}]{'':{10 - len(extra)}}{hint if missing else versions}")
    emit(f"java        {which('java') or 'none found; the HermiT gate needs it'}")
    emit(f"torch       {_torch()}")
    if not works:
        raise typer.Exit(BACKEND)


def _report_graph(location: str | None) -> bool:
    try:
        graph = open_graph(location)
        emit(f"graph       {graph.version}, {len(graph.emotions())} emotions, {graph.store.name}")
    except AffectGraphError as error:
        emit(f"graph       FAILED: {error}")
        return False
    return True


def _version_of(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        # A module may come from a package of another name, as jpype does from JPype1.
        names = packages_distributions().get(name, [])
        return installed_version(names[0]) if names else "of unknown version"


def _torch() -> str:
    """Return torch's build and devices. Nothing in the package needs torch; users' models do."""
    if find_spec("torch") is None:
        return "not installed; nothing here needs it"
    try:
        torch: Any = import_module("torch")
    except (ImportError, OSError) as error:
        return f"installed, but does not load: {error}"
    names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
    return f"{torch.__version__}, CUDA devices: {', '.join(names) or 'none'}"
