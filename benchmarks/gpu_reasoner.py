"""What constraint, batches and shared prompts cost or save on a device: any CUDA GPU, or the processor.

Random weights of real shapes (``random_models.py``). Prints a line of JSON per question, size and batch and,
with ``--out``, writes them to a file with device and versions:

    python benchmarks/gpu_reasoner.py --sizes 0.5B,3B,8B --batches 1,16,64,128 --tokens 64 --out results.json

On a machine without GPU:

    python benchmarks/gpu_reasoner.py --sizes tiny --batches 1,4 --tokens 32
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import Any

from decoding_runs import SYSTEM, Bench, Subject, answered, backend, plain, requests
from random_models import SHAPES, graph_tokenizer, random_model
from run_info import run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import ClaimError
from affectgraph.reasoner import Checker, CitedText, citable_facts
from affectgraph.reasoner.models import Message, TransformersModel

BAR = 0.95
"""Least share of plain ``generate``'s tokens per second, with a constraint, from 16 answers at once on."""


# --- speed --------------------------------------------------------------------------------------------


def speed(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return tokens per second of plain ``generate`` and of the backend, alternately measured.

    ``spread`` is the fastest repeat by the slowest; ``free`` has no constraint, so that how far its share
    is from 1 says how far the shares of the others can be told from it.
    """
    ours = under.ours
    runs: dict[str, Callable[[int], int]] = {
        "plain": lambda tokens: plain(under.model, under.tokenizer, batch, tokens),
        "free": lambda tokens: answered(ours, batch, None, tokens),
        "json": lambda tokens: answered(ours, batch, bench.endless(), tokens),
        "text": lambda tokens: answered(ours, batch, bench.endless_text(), tokens),
    }
    for run in runs.values():
        run(8)
    rates: dict[str, list[float]] = {name: [] for name in runs}
    shares: dict[str, dict[str, float]] = {"mask": {}, "wait": {}}
    memory: dict[str, float | None] = {}
    for _ in range(bench.repeats):
        for name, run in runs.items():
            reset_memory()
            start = perf_counter()
            rates[name].append(run(bench.tokens) / (perf_counter() - start))
            memory[name] = peak_memory()
            if name != "plain" and ours.last_time is not None:
                time = ours.last_time
                shares["mask"][name] = round(time.mask_seconds / time.seconds, 3)
                shares["wait"][name] = round(time.wait_seconds / time.seconds, 3)
    rate = {name: median(values) for name, values in rates.items()}
    return {
        "size": under.size,
        "batch": batch,
        "tokens_per_second": {name: round(value, 1) for name, value in rate.items()},
        "share_of_plain": {name: round(rate[name] / rate["plain"], 3) for name in rate},
        "spread": {name: round(max(values) / min(values), 3) for name, values in rates.items()},
        "mask_share_of_time": shares["mask"],
        "wait_share_of_time": shares["wait"],
        "peak_memory_gib": memory,
    }


# --- shared prompts -----------------------------------------------------------------------------------


def prefix(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return the time of a batch whose prompts begin with the same facts, with and without reuse."""
    listed = "\n".join(fact.text for fact in bench.facts[:60])
    asked = [
        replace(r, messages=(Message("system", f"{SYSTEM}\n{listed}"), *r.messages[1:]))
        for r in requests(batch, None, 4)
    ]
    seconds: dict[str, list[float]] = {"with": [], "without": []}
    cached = prompt = 0
    for name in seconds:
        ours = backend(under.model, under.tokenizer, batch, reuse_prefix=name == "with")
        ours.batch(asked)
        for _ in range(max(bench.repeats, 2)):
            start = perf_counter()
            answers = ours.batch(asked)
            seconds[name].append(perf_counter() - start)
        ours.close()
        cached = max(cached, answers[0].usage.cached_tokens)
        prompt = answers[0].usage.prompt_tokens
    found = {name: min(values) for name, values in seconds.items()}
    return {
        "size": under.size,
        "batch": batch,
        "prompt_tokens": prompt,
        "cached_tokens": cached,
        "seconds_to_4_tokens": {name: round(value, 4) for name, value in found.items()},
        "times_faster": round(found["without"] / found["with"], 2),
    }


# --- what holds ---------------------------------------------------------------------------------------


def validity(bench: Bench, under: Subject, count: int) -> dict[str, Any]:
    """Return how many answers of random weights are valid and cite only what exists, greedy and drawn."""
    schema = bench.schema(1000, most_steps=3, longest=80)
    cited = CitedText(bench.facts, bench.graph.version, most_sentences=3, longest=80)
    known = {fact.text: fact for fact in bench.facts}
    asked = answers = valid = citations = existing = 0
    faults: list[str] = []
    for way in (schema, cited):
        room = way.constraint.reserve + 96
        greedy = requests(count // 4, way.constraint, room)
        drawn = requests(count // 4, way.constraint, room, temperature=1.0)
        for answer in under.ours.batch([*greedy, *drawn]):
            asked += 1
            answers += answer.finish_reason == "stop"
            try:
                read = way.read(answer.text)
            except ClaimError as error:
                faults.append(str(error))
                continue
            valid += 1
            citations += len(read.facts)
            existing += sum(known.get(fact.text) == fact for fact in read.facts)
    return {
        "size": under.size,
        "asked": asked,
        "ended_by_themselves": answers,
        "valid": valid,
        "first_faults": faults[:3],
        "facts_cited": citations,
        "facts_existing": existing,
    }


def equality(bench: Bench) -> dict[str, Any]:
    """Return whether the tiny model's greedy answers are the same on the processor and on the device."""
    tokenizer = graph_tokenizer(bench.graph, SHAPES["tiny"]["vocab_size"])
    cited = CitedText(bench.facts, bench.graph.version, most_sentences=2, longest=60)
    asked = [*requests(8, None, 64), *requests(8, cited.constraint, 320)]
    texts = {}
    for device in ("cpu", bench.device):
        model = random_model("tiny", tokenizer, device="cpu", dtype="float32").to(device)
        ours = TransformersModel(model, tokenizer, batch_size=8)
        texts[device] = [answer.text for answer in ours.batch(asked)]
        ours.close()
    same = sum(a == b for a, b in zip(texts["cpu"], texts[bench.device], strict=True))
    return {"device": bench.device, "answers": len(asked), "equal_to_cpu": same}


# --- checks -------------------------------------------------------------------------------------------


def checking(bench: Bench, under: Subject, batch: int) -> dict[str, Any]:
    """Return the time of a check, and what checks beside the decoding cost it."""
    checker = Checker(bench.graph)
    texts = rationales(bench)
    for text in texts:
        checker.check(text)
    start = perf_counter()
    for text in texts:
        checker.check(text)
    alone = (perf_counter() - start) / len(texts)
    ours, constraint = under.ours, bench.endless()
    answered(ours, batch, constraint, 8)
    quiet, busy, checks = [], [], []
    for _ in range(bench.repeats):
        start = perf_counter()
        quiet.append(answered(ours, batch, constraint, bench.tokens) / (perf_counter() - start))
        with checks_beside(checker, texts) as beside:
            start = perf_counter()
            busy.append(answered(ours, batch, constraint, bench.tokens) / (perf_counter() - start))
        checks.append(beside.checked)
    return {
        "size": under.size,
        "batch": batch,
        "check_ms_per_rationale": round(alone * 1000, 2),
        "checks_beside": checks,
        "tokens_per_second": {
            "alone": [round(value, 1) for value in quiet],
            "with_checks_beside": [round(value, 1) for value in busy],
        },
        "share": round(median(busy) / median(quiet), 3),
    }


class checks_beside:  # noqa: N801 - reads as a statement
    """Checks rationales in another thread, one after the other, until it is left."""

    def __init__(self, checker: Checker, texts: Sequence[str]) -> None:
        self.checked = 0
        self._ended = Event()
        self._thread = Thread(target=self._check, args=(checker, texts))

    def _check(self, checker: Checker, texts: Sequence[str]) -> None:
        for text in cycle(texts):
            if self._ended.is_set():
                return
            checker.check(text)
            self.checked += 1

    def __enter__(self) -> "checks_beside":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def rationales(bench: Bench) -> list[str]:
    """Return texts as a model would write them, made of the graph's facts, six to a text."""
    texts = [fact.text.partition(", by")[0] for fact in bench.facts]
    step = len(texts) // 64
    return [". ".join(texts[start::step][:6]) + "." for start in range(64)]


# --- the run ------------------------------------------------------------------------------------------


def reset_memory() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()


def peak_memory() -> float | None:
    """Return the device's most memory since the reset in GiB, None without CUDA."""
    import torch

    if not torch.cuda.is_available():
        return None
    return round(torch.cuda.max_memory_allocated() / 2**30, 2)


def device_info(device: str) -> dict[str, str]:
    import torch
    import transformers

    name = torch.cuda.get_device_name() if device == "cuda" else "processor"
    return {
        **run_info(),
        "device": name,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def measure(bench: Bench, sizes: Sequence[str], batches: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield one result per question, size and batch, as they come."""
    yield {"question": "equality", **equality(bench)}
    dtype = "bfloat16" if bench.device == "cuda" else "float32"
    tokenizers: dict[int, Any] = {}
    for size in sizes:
        vocabulary = SHAPES[size]["vocab_size"]
        if vocabulary not in tokenizers:
            tokenizers[vocabulary] = graph_tokenizer(bench.graph, vocabulary)
        tokenizer = tokenizers[vocabulary]
        model = random_model(size, tokenizer, device=bench.device, dtype=dtype)
        ours = backend(model, tokenizer, max(batches))
        under = Subject(size, model, tokenizer, ours)
        if size == sizes[0]:
            count = 256 if bench.device == "cuda" else 16
            yield {"question": "validity", **validity(bench, under, count)}
        for batch in batches:
            yield {"question": "speed", **speed(bench, under, batch)}
        middle = min(max(batches), 32)
        yield {"question": "prefix", **prefix(bench, under, middle)}
        yield {"question": "checking", **checking(bench, under, middle)}
        ours.close()
        del model, ours, under


def is_met(results: Sequence[dict[str, Any]]) -> bool:
    """Print each bar with what was measured, and return whether all are met."""
    met = []
    for result in results:
        if result["question"] == "speed" and result["batch"] >= 16:
            for way in ("json", "text"):
                share = result["share_of_plain"][way]
                met.append(share >= BAR)
                place = f"{result['size']}, {result['batch']} at once, {way}"
                free, spread = result["share_of_plain"]["free"], max(result["spread"].values())
                print(
                    f"{'met ' if met[-1] else 'MISSED'} {share:.3f} of plain >= {BAR}: {place} "
                    f"(without a constraint {free:.3f}, repeats apart by up to {spread:.2f})"
                )
        if result["question"] == "validity":
            asked, valid = result["asked"], result["valid"]
            met.append(valid == asked == result["ended_by_themselves"])
            print(f"{'met ' if met[-1] else 'MISSED'} {valid} of {asked} answers valid")
            cited, existing = result["facts_cited"], result["facts_existing"]
            met.append(cited == existing)
            print(f"{'met ' if met[-1] else 'MISSED'} {existing} of {cited} citations exist")
        if result["question"] == "equality":
            met.append(result["equal_to_cpu"] == result["answers"])
            print(f"{'met ' if met[-1] else 'MISSED'} greedy answers equal to the processor's")
    return all(met)


def main() -> None:
    import torch

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="0.5B,3B,8B" if torch.cuda.is_available() else "tiny")
    parser.add_argument("--batches", default="1,16,64,128" if torch.cuda.is_available() else "1,4")
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(
        1
    )  # the processor computes a tiny model only, and masks have threads of their own
    graph = EmotionGraph.load()
    bench = Bench(graph, options.device, citable_facts(graph), options.tokens, options.repeats)
    info = device_info(options.device)
    print(*(f"{name}: {value}" for name, value in info.items()), sep="\n", end="\n\n")
    results = []
    started = perf_counter()
    batches = [int(batch) for batch in options.batches.split(",")]
    for result in measure(bench, options.sizes.split(","), batches):
        results.append(result)
        print(f"[{perf_counter() - started:6.1f} s] {json.dumps(result)}", flush=True)
        if options.out:
            content = {"run": info, "options": as_texts(options), "results": results}
            options.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print()
    raise SystemExit(0 if is_met(results) else 1)


def as_texts(options: argparse.Namespace) -> dict[str, str]:
    return {name: str(value) for name, value in vars(options).items()}


if __name__ == "__main__":
    main()
