"""Options of ``serve`` that say how the service is run: proxies, sites, logs, metrics, its end."""

from typing import Annotated, Literal

import typer

RootPathOption = Annotated[
    str,
    typer.Option(
        metavar="PATH",
        help="Path below which a proxy makes the service reachable, such as /affectgraph; the proxy "
        "takes it away.",
    ),
]
ForwardedOption = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESSES",
        help="Proxies whose X-Forwarded-For and X-Forwarded-Proto count, with commas between them, or *; "
        "those on this machine if left out.",
    ),
]
CorsOption = Annotated[
    list[str],
    typer.Option(
        "--cors-origin",
        metavar="ORIGIN",
        help="Site whose scripts may read answers, such as https://example.org; may be repeated.",
    ),
]
MetricsOption = Annotated[
    bool, typer.Option("--metrics/--no-metrics", help="Answer Prometheus at /metrics.")
]
LogFormatOption = Annotated[
    Literal["text", "json"], typer.Option(help="Form of the log on stderr.")
]
LogLevelOption = Annotated[
    Literal["debug", "info", "warning", "error"],
    typer.Option(
        help="Least level of the log; requests are logged at info, those that failed at error.",
    ),
]
LogClientOption = Annotated[
    bool,
    typer.Option("--log-client/--no-log-client", help="Log the addresses of clients, too."),
]
OtelOption = Annotated[
    bool,
    typer.Option(
        "--otel/--no-otel",
        help="Send spans of requests to OpenTelemetry by OTLP over HTTP; OTEL_... variables say where.",
    ),
]
DrainOption = Annotated[
    float,
    typer.Option(
        min=0,
        max=600,
        help="After a signal to stop, take requests for so long while /readyz says 503.",
    ),
]
GraceOption = Annotated[
    float,
    typer.Option(
        min=0,
        max=3600,
        help="After the last request is taken, how long those under way may go on before they are ended.",
    ),
]
WorkersOption = Annotated[
    int,
    typer.Option(
        min=0,
        max=256,
        help="Processes that answer requests, replaced when they die, and by new ones on SIGHUP; 0 for "
        "this process alone.",
    ),
]
StartOption = Annotated[
    float,
    typer.Option(
        "--start-timeout",
        metavar="SECONDS",
        min=1,
        max=86400,
        help="How long new workers may take until they answer, before they are given up, and those before "
        "stay.",
    ),
]
