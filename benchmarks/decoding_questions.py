"""What constraint, shared prompts, compiling and checks cost or save, by turns with what they are held to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from statistics import median
from time import perf_counter
from typing import Any

from checks_beside import ChecksBeside
from decoding_runs import SYSTEM, Bench, Subject, answered, backend, plain, requests
from paired_runs import by_turns, shares, spread

from affectgraph.reasoner import Checker
from affectgraph.reasoner.models import Message, TransformersModel

WARM_TOKENS = 8


# --- speed --------------------------------------------------------------------------------------------


def speed(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return tokens per second of plain ``generate`` and of the backend, by turns.

    Figures in threes are first quartile, median and third quartile. ``share_of_plain`` is taken turn by turn;
    ``free`` has no constraint, so that how far its share is from 1 says how far the shares of the others can
    be told from it. Shares of time are of the whole call: ``mask`` the thread's work beside the model,
    ``wait`` the loop's waits, ``mask_wait`` those for masks alone. ``device_busy``: kernels run, by torch's
    profiler, over a few tokens.
    """
    ours = under.ours
    calls: dict[str, Callable[[int], int]] = {
        "plain": lambda tokens: plain(under.model, under.tokenizer, batch, tokens),
        "free": lambda tokens: answered(ours, batch, None, tokens),
        "json": lambda tokens: answered(ours, batch, bench.endless(), tokens),
        "text": lambda tokens: answered(ours, batch, bench.endless_text(), tokens),
    }
    for call in calls.values():
        call(WARM_TOKENS)
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    memory: dict[str, float | None] = {}

    def after(name: str) -> None:
        memory[name] = peak_memory()
        if name != "plain":
            for part, share in time_shares(ours).items():
                times[part][name].append(share)

    peak_memory()
    rates = by_turns(_runs(calls, bench.tokens), bench.repeats, after)
    return {
        "size": under.size,
        "batch": batch,
        "tokens_per_second": {name: spread(values).rounded(1) for name, values in rates.items()},
        "share_of_plain": {name: spread(shares(rates, name, "plain")).rounded() for name in rates},
        "share_of_time": {
            part: {name: round(median(values), 3) for name, values in by_name.items()}
            for part, by_name in times.items()
        },
        "device_busy": {
            name: device_busy(lambda call=calls[name]: call(WARM_TOKENS))  # type: ignore[misc]
            for name in ("plain", "json")
        },
        "peak_memory_gib": memory,
    }


def _runs(calls: Mapping[str, Callable[[int], int]], tokens: int) -> dict[str, Callable[[], int]]:
    return {name: (lambda call=call: call(tokens)) for name, call in calls.items()}  # type: ignore[misc]


def time_shares(model: TransformersModel) -> dict[str, float]:
    """Return where the time of the model's last batch went, as shares of it."""
    time = model.last_time
    if time is None:
        return {}
    return {
        "mask": time.mask_seconds / time.seconds,
        "wait": time.wait_seconds / time.seconds,
        "mask_wait": time.mask_wait_seconds / time.seconds,
    }


# --- shared prompts, a compiled step ------------------------------------------------------------------


def prefix(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return the time of a batch whose prompts share their facts, with and without reuse, by turns."""
    listed = "\n".join(fact.text for fact in bench.facts[:60])
    asked = [
        replace(r, messages=(Message("system", f"{SYSTEM}\n{listed}"), *r.messages[1:]))
        for r in requests(batch, None, 4)
    ]
    kinds = {
        "with": backend(under.model, under.tokenizer, batch, reuse_prefix=True),
        "without": backend(under.model, under.tokenizer, batch),
    }
    for model in kinds.values():
        model.batch(asked)
    usage = kinds["with"].batch(asked)[0].usage
    runs = {name: (lambda model=model: bool(model.batch(asked))) for name, model in kinds.items()}
    rates = by_turns(runs, bench.repeats)
    for model in kinds.values():
        model.close()
    return {
        "size": under.size,
        "batch": batch,
        "prompt_tokens": usage.prompt_tokens,
        "cached_tokens": usage.cached_tokens,
        "seconds_to_4_tokens": {
            name: spread([1 / rate for rate in values]).rounded(4) for name, values in rates.items()
        },
        "times_faster": spread(shares(rates, "with", "without")).rounded(2),
    }


def compiled(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return what ``torch.compile`` of the step brings, by turns, and what its first call takes."""
    ours = backend(under.model, under.tokenizer, batch, compile=True)
    start = perf_counter()
    answered(ours, batch, None, bench.tokens)
    first = perf_counter() - start
    calls: dict[str, Callable[[int], int]] = {
        "plain": lambda tokens: plain(under.model, under.tokenizer, batch, tokens),
        "free": lambda tokens: answered(ours, batch, None, tokens),
        "json": lambda tokens: answered(ours, batch, bench.endless(), tokens),
    }
    calls["json"](bench.tokens)
    rates = by_turns(_runs(calls, bench.tokens), bench.repeats)
    ours.close()
    return {
        "size": under.size,
        "batch": batch,
        "first_call_seconds": round(first, 1),
        "tokens_per_second": {name: spread(values).rounded(1) for name, values in rates.items()},
        "share_of_plain": {name: spread(shares(rates, name, "plain")).rounded() for name in rates},
    }


# --- checks -------------------------------------------------------------------------------------------


def checking(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return the time of a check, and what checks beside the decoding cost it.

    ``each`` checks as many rationales as there are answers, ``endless`` one after the other for all the time.
    """
    checker = Checker(bench.graph)
    texts = rationales(bench)
    for text in texts:
        checker.check(text)
    start = perf_counter()
    for text in texts:
        checker.check(text)
    alone = (perf_counter() - start) / len(texts)
    constraint = bench.endless()
    answered(under.ours, batch, constraint, WARM_TOKENS)
    checked: dict[str, list[int]] = {"each": [], "endless": []}

    def beside(name: str, most: int | None) -> int:
        with ChecksBeside(checker, texts, most) as checks:
            tokens = answered(under.ours, batch, constraint, bench.tokens)
        checked[name].append(checks.checked)
        return tokens

    rates = by_turns(
        {
            "quiet": lambda: answered(under.ours, batch, constraint, bench.tokens),
            "each": lambda: beside("each", batch),
            "endless": lambda: beside("endless", None),
        },
        bench.repeats,
    )
    return {
        "size": under.size,
        "batch": batch,
        "check_ms_per_rationale": round(alone * 1000, 2),
        "checks_beside": checked,
        "tokens_per_second": {name: spread(values).rounded(1) for name, values in rates.items()},
        "share_of_quiet": {
            name: spread(shares(rates, name, "quiet")).rounded() for name in ("each", "endless")
        },
    }


def rationales(bench: Bench) -> list[str]:
    """Return texts as a model would write them, made of the graph's facts, six to a text."""
    texts = [fact.text.partition(", by")[0] for fact in bench.facts]
    step = len(texts) // 64
    return [". ".join(texts[start::step][:6]) + "." for start in range(64)]


# --- the device ---------------------------------------------------------------------------------------


def peak_memory() -> float | None:
    """Return the device's most memory in GiB since the last call, None without CUDA."""
    import torch

    if not torch.cuda.is_available():
        return None
    found = round(torch.cuda.max_memory_allocated() / 2**30, 2)
    torch.cuda.reset_peak_memory_stats()
    return found


def device_busy(run: Callable[[], object]) -> float | None:
    """Return the share of a run in which the device computed, None without CUDA; the rest is the host's."""
    import torch

    if not torch.cuda.is_available():
        return None
    from torch.profiler import ProfilerActivity, profile

    with profile(activities=[ProfilerActivity.CUDA]) as traced:
        start = perf_counter()
        run()
        torch.cuda.synchronize()
        seconds = perf_counter() - start
    on_device = [e.time_range for e in traced.events() if "CUDA" in str(e.device_type)]
    return round(covered((t.start, t.end) for t in on_device) / 1e6 / seconds, 3)


def covered(intervals: Iterable[tuple[float, float]]) -> float:
    """Return the length that intervals cover together, overlaps once.

    >>> covered([(0, 2), (1, 3), (5, 6)])
    4.0
    """
    total, reached = 0.0, float("-inf")
    for start, end in sorted(intervals):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
