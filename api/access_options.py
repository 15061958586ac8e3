"""Options of ``serve`` that say who may ask, and how often."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.api.access import Access, KeyRing
    from affectgraph.api.rates import Rate

_BURST_HELP = "How many may come at once; the number of {} if left out."

KeysOption = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        metavar="FILE",
        help="File of keys, made with affectgraph keys create; read again when it has changed.",
    ),
]
ReadOption = Annotated[
    Literal["open", "key"],
    typer.Option(help="Who may read: all, or those with a key of --keys."),
]
LlmOption = Annotated[
    Literal["open", "key"] | None,
    typer.Option(
        "--llm",
        help="Who may ask the language model: all, or those with a key of scope llm; with --keys those "
        "with a key, else all, if left out.",
    ),
]
RateOption = Annotated[
    str | None,
    typer.Option(
        metavar="N/UNIT",
        help="How many requests each key, and each address without one, may send, such as 20/s, 100/min "
        "or 5/h; no limit if left out.",
    ),
]
BurstOption = Annotated[int | None, typer.Option(min=1, help=_BURST_HELP.format("--rate"))]
LlmRateOption = Annotated[
    str | None,
    typer.Option(
        metavar="N/UNIT",
        help="As --rate, of observations that a language model is asked about.",
    ),
]
LlmBurstOption = Annotated[int | None, typer.Option(min=1, help=_BURST_HELP.format("--llm-rate"))]


def open_keys(path: Path | None) -> "KeyRing | None":
    """Return the keys of a file, None without one.

    :raises InputError: as :class:`affectgraph.api.key_file.KeyFile` does.
    """
    if path is None:
        return None
    from affectgraph.api.key_file import KeyFile

    return KeyFile(path)


def access_of(
    keys: Path | None,
    *,
    read: Literal["open", "key"],
    llm: Literal["open", "key"] | None,
    rate: tuple[str | None, int | None],
    llm_rate: tuple[str | None, int | None],
    is_shared: bool,
) -> "Access":
    """Return what the options say.

    :param rate: values of ``--rate`` and ``--burst``. :param llm_rate: likewise, for the language model.
    :param is_shared: whether processes that are forked later count together.
    :raises InputError: if one is out of range, or lacks the option that it goes with.
    """
    from affectgraph.api.access import Access
    from affectgraph.api.shared_buckets import SharedBuckets

    has_rates = rate[0] is not None or llm_rate[0] is not None
    return Access(
        open_keys(keys),
        read=read,
        llm=llm,
        rate=_rate("rate", "burst", *rate),
        llm_rate=_rate("llm-rate", "llm-burst", *llm_rate),
        buckets=SharedBuckets() if is_shared and has_rates else None,
    )


def _rate(name: str, burst_name: str, rate: str | None, burst: int | None) -> "Rate | None":
    from affectgraph.api.rates import parse_rate

    if rate is not None:
        return parse_rate(rate, burst)
    if burst is not None:
        raise InputError(f"Expected --{name} with --{burst_name}, got none.")
    return None
