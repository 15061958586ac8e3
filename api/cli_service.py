"""Commands around the service: ``serve``, ``doctor`` and ``version``."""

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from shutil import which
from typing import Annotated, Any, Literal, TypedDict

import typer

from affectgraph.api import access_options, data_options, llm_options, query_options
from affectgraph.api.cli_base import BACKEND, GraphOption, StoreOption, app, emit, open_graph
from affectgraph.api.config import ENV_PREFIX, ConfigOption
from affectgraph.api.interpreter import made_to_last
from affectgraph.api.model_options import DeviceOption, DtypeOption, ProfileOption, require_model
from affectgraph.api.service_options import (
    CorsOption,
    DrainOption,
    ForwardedOption,
    GraceOption,
    LogClientOption,
    LogFormatOption,
    LogLevelOption,
    MetricsOption,
    OtelOption,
    RootPathOption,
    StartOption,
    WorkersOption,
)
from affectgraph.ontology.errors import AffectGraphError, MissingExtraError


class Logs(TypedDict):
    """Form and least level of the log."""

    log_format: Literal["text", "json"]
    log_level: Literal["debug", "info", "warning", "error"]


EXTRAS: dict[str, tuple[str, ...]] = {
    "web": ("fastapi", "jinja2", "uvicorn"),
    "mcp": ("mcp",),
    "owl": ("owlready2", "jpype"),
    "shacl": ("pyshacl",),
    "tables": ("pyarrow",),
    "frames": ("pandas", "polars"),
    "ray": ("ray", "pyarrow"),
    "metrics": ("prometheus_client",),
    "otel": ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"),
    "http": ("httpx", "jsonschema", "llguidance"),
    "remote": ("httpcore",),
    "client": ("httpx", "anyio"),
    "llm": ("jinja2", "llguidance", "torch", "transformers"),
}
"""Modules of each extra."""


@app.command(context_settings={"auto_envvar_prefix": ENV_PREFIX})
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    graph: StoreOption = None,
    model: llm_options.ServedModelOption = None,
    device: DeviceOption = None,
    dtype: DtypeOption = None,
    profile: ProfileOption = None,
    llm_concurrency: llm_options.ConcurrencyOption = None,
    llm_queue: llm_options.QueueOption = None,
    llm_wait: llm_options.WaitOption = None,
    llm_timeout: llm_options.TimeoutOption = None,
    query_workers: query_options.WorkersOption = query_options.WORKERS,
    query_timeout: query_options.TimeoutOption = query_options.TIMEOUT,
    query_memory: query_options.MemoryOption = query_options.MEMORY,
    workers: WorkersOption = 0,
    start_timeout: StartOption = 120.0,
    root_path: RootPathOption = "",
    forwarded_allow_ips: ForwardedOption = None,
    cors_origin: CorsOption = ["*"],  # noqa: B006 - typer copies it
    metrics: MetricsOption = False,
    otel: OtelOption = False,
    log_format: LogFormatOption = "text",
    log_level: LogLevelOption = "info",
    log_client: LogClientOption = False,
    drain_seconds: DrainOption = 0.0,
    shutdown_grace: GraceOption = 10.0,
    keys: access_options.KeysOption = None,
    read: access_options.ReadOption = "open",
    llm: access_options.LlmOption = None,
    rate: access_options.RateOption = None,
    burst: access_options.BurstOption = None,
    llm_rate: access_options.LlmRateOption = None,
    llm_burst: access_options.LlmBurstOption = None,
    data: data_options.DataOption = None,
    data_graphs: data_options.GraphsOption = data_options.GRAPHS,
    data_triples: data_options.TriplesOption = data_options.TRIPLES,
    data_waiting: data_options.WaitingOption = data_options.WAITING,
    config: ConfigOption = None,
) -> None:
    """Serve pages, REST and SPARQL until stopped.

    Every option may stand in the environment as AFFECTGRAPH_NAME, and in the file of --config.
    """
    missing = [name for name in EXTRAS["web"] if find_spec(name) is None]
    if missing:
        raise MissingExtraError("web", feature="affectgraph serve")
    logs: Logs = {"log_format": log_format, "log_level": log_level}
    if workers:
        from affectgraph.api.supervision import supervise_unless_child

        supervise_unless_child(host, port, workers, start_seconds=start_timeout, **logs)
    with made_to_last():
        from affectgraph.api.data_limits import DataLimits
        from affectgraph.api.operation import Operation, require_proxies, require_root_path
        from affectgraph.api.served import Served, ServedData, ServedModel, serve_alone
        from affectgraph.api.serving import Serving

    of_model = {"device": device, "dtype": dtype, "profile": profile}
    of_queue = {
        "concurrency": llm_concurrency,
        "queue": llm_queue,
        "wait_seconds": llm_wait,
        "timeout_seconds": llm_timeout,
    }
    require_model(model, of_model | {llm_options.OPTIONS[k]: v for k, v in of_queue.items()})
    of_data = DataLimits(data_graphs, data_triples, data_waiting)
    served = Served(
        Serving(
            host,
            port,
            root_path=require_root_path(root_path),
            forwarded_allow_ips=require_proxies(forwarded_allow_ips),
            drain_seconds=drain_seconds,
            grace_seconds=shutdown_grace,
            **logs,
        ),
        Operation(tuple(cors_origin), metrics=metrics, log_client=log_client, tracing=otel),
        access_options.access_of(
            keys,
            read=read,
            llm=llm,
            rate=(rate, burst),
            llm_rate=(llm_rate, llm_burst),
            is_shared=workers > 0,
        ),
        query_options.query_limits(query_workers, query_timeout, query_memory),
        graph,
        None if data is None else ServedData(data, of_data),
        None
        if model is None
        else ServedModel(model, llm_options.llm_limits(workers, **of_queue), of_model),
    )
    if workers:
        from affectgraph.api.serving_workers import serve_by_workers

        serve_by_workers(served, workers)
    serve_alone(served)


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
        missing = [name for name in modules if not _is_installed(name)]
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


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of a package that it is part of
        return False


def _version_of(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        # A module may come from a package of another name, as jpype does from JPype1.
        names = packages_distributions().get(name, [])
        return installed_version(names[0]) if names else "of unknown version"


def _torch() -> str:
    """Return torch's build and devices; local language models and the embedding tier need it."""
    if find_spec("torch") is None:
        return "not installed; only local models need it"
    try:
        torch: Any = import_module("torch")
    except (ImportError, OSError) as error:
        return f"installed, but does not load: {error}"
    names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
    return f"{torch.__version__}, CUDA devices: {', '.join(names) or 'none'}"
