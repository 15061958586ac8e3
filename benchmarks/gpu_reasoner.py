"""What constraint, batches and shared prompts cost or save on a device: any CUDA GPU, or the processor.

Random weights of real shapes (``random_models.py``), smallest first. Prints a line of JSON per question, size
and batch and, with ``--out``, writes them to a file with device and versions. What is compared runs by turns
and is told as first quartile, median and third quartile; a bar is met or missed only where both quartiles say
so, and open else. ``--minutes`` bounds the run: what may not end in time is dropped, and each dropped part is
said; as sizes rise, the largest goes first. A part that fails is said, and the others go on.

    python benchmarks/gpu_reasoner.py --minutes 9 --out results.json
    python benchmarks/gpu_reasoner.py --minutes 9 --sizes 0.5B --compile

On a machine without GPU:

    python benchmarks/gpu_reasoner.py --sizes tiny --batches 1,4 --tokens 32 --repeats 2
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from decoding_questions import checking, compiled, prefix, speed
from decoding_runs import Bench, Subject, backend
from decoding_validity import equality, validity
from paired_runs import Budget, Spread, decision
from random_models import SHAPES, graph_tokenizer, parameters, random_model
from run_info import run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import citable_facts

BAR = 0.95
"""Least share of plain ``generate``'s tokens per second, with a constraint, from 16 answers at once on."""

MARGIN = 1.5
"""Memory a model needs on its device, by that of its weights: caches, scores and the graph of a step."""

COMPILE_SECONDS = 180.0
"""What compiling a step takes at least on CUDA."""

Result = dict[str, Any]


# --- the plan -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One question about one size and batch.

    :param least: seconds it takes at least.
    """

    question: str
    size: str
    batch: int
    least: float = 0.0

    @property
    def kind(self) -> str:
        """What it is, whatever the size: the time of one tells that of the next."""
        return f"{self.question}/{self.batch}"


def plan(
    sizes: Sequence[str], batches: Sequence[int], *, device: str, compiles: bool
) -> list[Part]:
    """Return the parts in order: sizes rise, so that what a budget drops is of the largest."""
    rising = sorted(sizes, key=parameters)
    middle = min(max(batches), 32)
    parts = [
        Part("equality", "tiny", 16),
        Part("validity", rising[0], 256 if _is_cuda(device) else 16),
    ]
    for size in rising:
        parts += [Part("speed", size, batch) for batch in batches]
        parts += [Part("prefix", size, middle), Part("checking", size, middle)]
    if compiles:
        least = COMPILE_SECONDS if _is_cuda(device) else 0.0
        parts.append(Part("compiled", rising[0], middle, least))
    return parts


def _is_cuda(device: str) -> bool:
    return device.startswith("cuda")


def memory_needed_gib(size: str, device: str) -> float:
    """Return what a model of a size needs on its device, in GiB."""
    weight = 2 if _is_cuda(device) else 4
    return parameters(size) * weight * MARGIN / 2**30


def free_memory_gib(device: str) -> float:
    """Return what is free on a CUDA device; infinite elsewhere, where it is not known."""
    import torch

    if not _is_cuda(device):
        return float("inf")
    return float(torch.cuda.mem_get_info()[0]) / 2**30


# --- the run ------------------------------------------------------------------------------------------


class Subjects:
    """The model under measurement, made when its size is first asked for; one at a time.

    :param most: answers at once.
    """

    def __init__(self, bench: Bench, most: int) -> None:
        self._bench = bench
        self._most = most
        self._tokenizers: dict[int, Any] = {}
        self._now: Subject | None = None

    def of(self, size: str) -> Subject:
        """Return the model of a size.

        :raises MemoryError: if the device has too little memory for it.
        """
        if self._now is not None and self._now.size == size:
            return self._now
        self.close()
        device = self._bench.device
        needed, free = memory_needed_gib(size, device), free_memory_gib(device)
        if needed > free:
            raise MemoryError(f"{size} needs {needed:.1f} GiB, {free:.1f} are free")
        tokenizer = self._tokenizer(SHAPES[size]["vocab_size"])
        dtype = "bfloat16" if _is_cuda(device) else "float32"
        model = random_model(size, tokenizer, device=device, dtype=dtype)
        self._now = Subject(size, model, tokenizer, backend(model, tokenizer, self._most))
        return self._now

    def close(self) -> None:
        """Free the model's memory."""
        import torch

        if self._now is not None:
            self._now.ours.close()
        self._now = None
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _tokenizer(self, vocabulary: int) -> Any:
        if vocabulary not in self._tokenizers:
            self._tokenizers[vocabulary] = graph_tokenizer(self._bench.graph, vocabulary)
        return self._tokenizers[vocabulary]


def asked(bench: Bench, subjects: Subjects, part: Part) -> Result:
    """Return what one part finds."""
    if part.question == "equality":
        return equality(bench)
    questions: dict[str, Callable[[Bench, Subject, int], Result]] = {
        "validity": validity,
        "speed": speed,
        "prefix": prefix,
        "checking": checking,
        "compiled": compiled,
    }
    return questions[part.question](bench, subjects.of(part.size), part.batch)


def measure(
    parts: Sequence[Part],
    ask: Callable[[Part], Result],
    budget: Budget,
    clock: Callable[[], float] = perf_counter,
) -> Iterator[Result]:
    """Yield one result per part as it comes; a part that is dropped or fails says so in its own."""
    for part in parts:
        known = {"question": part.question, "size": part.size, "batch": part.batch}
        if not budget.fits(part.kind, part.least):
            expected = budget.expected(part.kind, part.least)
            why = f"may take {expected:.0f} s, {max(budget.left, 0):.0f} s are left"
            yield {**known, "dropped": why}
            continue
        start = clock()
        try:
            found = ask(part)
        except Exception as error:  # whatever a device raises; the other parts still count
            yield {**known, "failed": f"{type(error).__name__}: {error}"[:500]}
        else:
            yield {**known, **found, "seconds": round(clock() - start, 1)}
        budget.note(part.kind, clock() - start)


# --- what it says -------------------------------------------------------------------------------------


def judged(results: Sequence[Result]) -> list[tuple[str, str]]:
    """Return each bar's outcome (met, missed, open, not run) and what it rests on."""
    found = []
    for result in results:
        place = f"{result['question']}, {result['size']}, {result['batch']}"
        if "dropped" in result:
            found.append(("not run", f"{place}: {result['dropped']}"))
        elif "failed" in result:
            found.append(("not run", f"{place}: {result['failed']}"))
        elif result["question"] == "speed" and result["batch"] >= 16:
            found += [_speed_of(result, way) for way in ("json", "text")]
        elif result["question"] == "validity":
            found += _validity_of(result)
        elif result["question"] == "equality":
            is_met = result["equal_to_cpu"] == result["answers"]
            found.append((_met(is_met), "greedy answers equal to the processor's"))
    return found


def _speed_of(result: Result, way: str) -> tuple[str, str]:
    low, middle, high = result["share_of_plain"][way]
    free = result["share_of_plain"]["free"]
    place = f"{result['size']}, {result['batch']} at once, {way}"
    return (
        decision(Spread(middle, low, high), BAR),
        f"{middle:.3f} ({low:.3f} to {high:.3f}) of plain >= {BAR}: {place} (without a constraint "
        f"{free[1]:.3f}, {free[0]:.3f} to {free[2]:.3f})",
    )


def _validity_of(result: Result) -> list[tuple[str, str]]:
    are_valid = result["valid"] == result["asked"] == result["ended_by_themselves"]
    cited, existing = result["facts_cited"], result["facts_existing"]
    return [
        (_met(are_valid), f"{result['valid']} of {result['asked']} answers valid"),
        (_met(cited == existing), f"{existing} of {cited} citations exist"),
    ]


def _met(is_met: bool) -> str:
    return "met" if is_met else "missed"


def device_info(device: str) -> dict[str, str]:
    import torch
    import transformers

    name = torch.cuda.get_device_name() if _is_cuda(device) else "processor"
    return {
        **run_info(),
        "device": name,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def parsed(arguments: Sequence[str] | None, *, has_cuda: bool) -> argparse.Namespace:
    """Return the options; sizes, batches and repeats follow the device."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="0.5B,3B,8B" if has_cuda else "tiny")
    parser.add_argument("--batches", default="128,16,64,1" if has_cuda else "1,4")
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--repeats", type=int, default=7 if has_cuda else 2)
    parser.add_argument("--device", default="cuda" if has_cuda else "cpu")
    parser.add_argument("--minutes", type=float, help="most minutes; no bound if left out")
    parser.add_argument("--compile", action="store_true", help="ask about torch.compile too")
    parser.add_argument("--out", type=Path)
    return parser.parse_args(arguments)


def main() -> None:
    import torch

    options = parsed(None, has_cuda=torch.cuda.is_available())
    budget = Budget(None if options.minutes is None else options.minutes * 60)
    # The processor computes a tiny model only, and masks have threads of their own.
    torch.set_num_threads(1)
    graph = EmotionGraph.load()
    bench = Bench(graph, options.device, citable_facts(graph), options.tokens, options.repeats)
    info = device_info(options.device)
    print(*(f"{name}: {value}" for name, value in info.items()), sep="\n", end="\n\n")
    batches = [int(batch) for batch in options.batches.split(",")]
    subjects = Subjects(bench, max(batches))
    parts = plan(options.sizes.split(","), batches, device=options.device, compiles=options.compile)
    started = perf_counter()
    results = []
    for result in measure(parts, lambda part: asked(bench, subjects, part), budget):
        results.append(result)
        print(f"[{perf_counter() - started:6.1f} s] {json.dumps(result)}", flush=True)
        if options.out:
            kept = {name: str(value) for name, value in vars(options).items()}
            content = {"run": info, "options": kept, "results": results}
            options.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    subjects.close()
    print()
    outcomes = judged(results)
    for outcome, words in outcomes:
        print(f"{outcome:8} {words}")
    raise SystemExit(0 if all(outcome == "met" for outcome, _ in outcomes) else 1)


if __name__ == "__main__":
    main()
