"""Commands around the service: ``serve``, ``doctor`` and ``version``."""

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, packages_distributions
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from shutil import which
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affectgraph.api import access_options, data_options, query_options
from affectgraph.api.cli_base import BACKEND, GraphOption, StoreOption, app, emit, note, open_graph
from affectgraph.api.config import ENV_PREFIX, ConfigOption
from affectgraph.api.interpreter import made_to_last
from affectgraph.api.listening import listening_socket
from affectgraph.api.llm_limits import DEFAULT_LIMITS, LlmLimits
from affectgraph.api.model_options import (
    MODEL_NAMES,
    DeviceOption,
    DtypeOption,
    ProfileOption,
    require_model,
)
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

if TYPE_CHECKING:
    from affectgraph.reasoner.models import LanguageModel

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


ServedModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME|URL",
        help=f"Language model of /v1/reason: {MODEL_NAMES}. The graph reasons alone if left out.",
    ),
]
ConcurrencyOption = Annotated[
    int | None,
    typer.Option(
        "--llm-concurrency",
        help=f"Runs at the model at once; {DEFAULT_LIMITS.concurrency} if left out.",
    ),
]
QueueOption = Annotated[
    int | None,
    typer.Option(
        "--llm-queue",
        help="Further requests that may wait, before others are refused with 429; "
        f"{DEFAULT_LIMITS.queue} if left out.",
    ),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        "--llm-wait",
        help=f"Longest wait for a turn, in seconds; {DEFAULT_LIMITS.wait_seconds:g} if left out.",
    ),
]
TimeoutOption = Annotated[
    float | None,
    typer.Option(
        "--llm-timeout",
        help=f"Longest run, in seconds; {DEFAULT_LIMITS.timeout_seconds:g} if left out.",
    ),
]


@app.command(context_settings={"auto_envvar_prefix": ENV_PREFIX})
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    graph: StoreOption = None,
    model: ServedModelOption = None,
    device: DeviceOption = None,
    dtype: DtypeOption = None,
    profile: ProfileOption = None,
    llm_concurrency: ConcurrencyOption = None,
    llm_queue: QueueOption = None,
    llm_wait: WaitOption = None,
    llm_timeout: TimeoutOption = None,
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
    if workers:
        from affectgraph.api.supervision import supervise_unless_child

        supervise_unless_child(
            host,
            port,
            workers,
            log_format=log_format,
            log_level=log_level,
            start_seconds=start_timeout,
        )
    with made_to_last():
        from affectgraph.api import serving
        from affectgraph.api.app import create_app
        from affectgraph.api.data_limits import DataLimits
        from affectgraph.api.operation import Operation, require_proxies, require_root_path
        from affectgraph.api.query_pool import can_isolate, open_queries
        from affectgraph.api.user_data import open_user_data

    operation = Operation(tuple(cors_origin), metrics=metrics, log_client=log_client, tracing=otel)
    access = access_options.access_of(
        keys,
        read=read,
        llm=llm,
        rate=(rate, burst),
        llm_rate=(llm_rate, llm_burst),
        is_shared=workers > 0,
    )
    of_model = {"device": device, "dtype": dtype, "profile": profile}
    of_queue = {
        "concurrency": llm_concurrency,
        "queue": llm_queue,
        "wait_seconds": llm_wait,
        "timeout_seconds": llm_timeout,
    }
    options = ("llm-concurrency", "llm-queue", "llm-wait", "llm-timeout")
    require_model(model, of_model | dict(zip(options, of_queue.values(), strict=True)))
    limits = LlmLimits(**{k: v for k, v in of_queue.items() if v is not None})  # type: ignore[arg-type]
    if workers and model is not None:
        limits = limits.divided(workers)
    listening = serving.Serving(
        host,
        port,
        root_path=require_root_path(root_path),
        forwarded_allow_ips=require_proxies(forwarded_allow_ips),
        log_format=log_format,
        log_level=log_level,
        drain_seconds=drain_seconds,
        grace_seconds=shutdown_grace,
    )
    of_queries = query_options.query_limits(query_workers, query_timeout, query_memory)
    if workers:
        from affectgraph.api.serving_workers import serve_by_workers

        serve_by_workers(
            listening,
            workers,
            lambda served: create_app(
                served,
                model=None if model is None else _opened(model, limits, **of_model),
                limits=limits,
                queries=open_queries(served, graph, of_queries),
                operation=operation,
                access=access,
            ),
            graph=graph,
            model=model,
            metrics=metrics,
            data=data,
            is_shared=model is None and not otel,
        )
    listening_socket(host, port).close()  # said at once if it is taken, before the graph is read
    served = open_graph(graph)
    opened = None if model is None else _opened(model, limits, **of_model)
    of_data = DataLimits(data_graphs, data_triples, data_waiting)
    users = None if data is None else open_user_data(data, served, graph, of_queries, of_data)
    service = create_app(
        served,
        model=opened,
        limits=limits,
        queries=None if users is not None else open_queries(served, graph, of_queries),
        data=users,
        operation=operation,
        access=access,
    )
    if not can_isolate():
        note("This system cannot fork: SPARQL queries run in the service, which cannot stop one.")
    named = "" if opened is None else f", reasoning with {opened.name}"
    shown = f"[{host}]" if ":" in host else host
    if log_format == "text":
        note(
            f"AffectGraph on http://{shown}:{port}{root_path}/ (API: /docs, SPARQL: /sparql){named}; "
            "stop with Ctrl+C"
        )
    serving.run(service, listening)


def _opened(name: str, limits: LlmLimits, **chosen: str | None) -> "LanguageModel":
    """Return the model, ready to answer; a server is asked as often at once as there are runs."""
    from affectgraph.reasoner.models.opening import is_server, open_model

    concurrency = limits.concurrency if is_server(name) else None
    return open_model(name, concurrency=concurrency, **chosen)


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
