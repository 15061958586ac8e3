"""What a constraint costs on the processor: compiling it, copying it, the masks of an answer.

The vocabulary has 151,936 tokens, as Qwen2.5's has (``random_models.py``). The facts are those of the graph;
beyond their number they come again with a number behind them. Answers are drawn at random, evenly among the
allowed tokens, 32 at once. Masks are filled in parallel, as in decoding, and one by one at every second step.
Bars: a schema of 1,000 facts compiles in under 50 ms, one of 10,000 in under 300.

    python benchmarks/constraint.py --rows 128
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import numpy as np
from random_models import SHAPES, graph_tokenizer
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import CitableFact, CitedText, RationaleSchema, citable_facts
from affectgraph.reasoner.constrain import Constraint
from affectgraph.reasoner.models.token_masks import ConstraintCompiler, Words

VOCABULARY: int = SHAPES["0.5B"]["vocab_size"]
BARS = {1_000: 0.050, 10_000: 0.300}
STEPS = 120
REPEATS = 5


def many_facts(graph: EmotionGraph, number: int) -> list[CitableFact]:
    """Return so many facts with words of their own."""
    facts = citable_facts(graph)
    numbered = (
        CitableFact(f"{fact.text}, no. {turn}", fact.triples) for turn in count(2) for fact in facts
    )
    return [*facts[:number], *islice(numbered, max(0, number - len(facts)))]


def schema(graph: EmotionGraph, number: int) -> Constraint:
    concepts = graph.index.concepts.values()
    emotions = [concept.slug for concept in concepts if concept.is_emotion]
    units = sorted(graph.index.units)
    facts = many_facts(graph, number)
    return RationaleSchema(facts, emotions, units, graph.version, most_steps=64).constraint


def text(graph: EmotionGraph, number: int) -> Constraint:
    return CitedText(many_facts(graph, number), graph.version, most_sentences=64).constraint


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def fresh(tokenizer: Any) -> ConstraintCompiler:
    return ConstraintCompiler(tokenizer, vocabulary=VOCABULARY, eos=[tokenizer.eos_token_id])


def fill_one_by_one(rows: Sequence[tuple[Any, int]], masks: Words) -> None:
    """Write the mask of each matcher into its row, one after the other."""
    width = masks.shape[1] * 4
    for matcher, row in rows:
        matcher.unsafe_compute_mask_ptr(masks.ctypes.data + row * width, width)


def mask_times(
    compiler: ConstraintCompiler, constraint: Constraint, count: int
) -> tuple[list[float], list[float]]:
    """Return the seconds a row of a mask took at the steps of random answers: in parallel, one by one.

    :param count: answers at once.
    """
    draw = np.random.default_rng(0)
    matchers = [compiler.matcher(constraint) for _ in range(count)]
    masks = np.full((count, compiler.words), -1, dtype=np.int32)
    times: tuple[list[float], list[float]] = ([], [])
    for step in range(STEPS):
        rows = [(matcher, row) for row, matcher in enumerate(matchers)]
        fill = (compiler.fill, fill_one_by_one)[step % 2]
        times[step % 2].append(seconds(partial(fill, rows, masks)) / count)
        bits = np.unpackbits(masks.view(np.uint8), axis=1, bitorder="little")
        tokens = [int(draw.choice(row.nonzero()[0])) for row in bits]
        for row, token in enumerate(tokens):
            if token in compiler.eos:
                matchers[row] = compiler.matcher(constraint)
            elif not all(compiler.consume([(matchers[row], token)])):
                raise SystemExit(f"a token of the mask was refused: {matchers[row].get_error()}")
    return times


def row(
    name: str,
    number: int,
    compiling: float,
    copying: float,
    times: tuple[list[float], list[float]],
    count: int,
) -> str:
    parts = [f"{name:5} {number:6} {compiling * 1e3:10.1f} {copying * 1e6:8.0f}"]
    parts.append(f"{times[0][0] * count * 1e3:11.1f}")
    for taken in times:
        microseconds = [time * 1e6 for time in taken[1:]]
        parts.append(f"{median(microseconds):11.0f} {quantiles(microseconds, n=20)[-1]:9.0f}")
    return " ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=32, help="answers at once")
    count = parser.parse_args().rows
    print_run_info()
    graph = EmotionGraph.load()
    tokenizer = graph_tokenizer(graph, VOCABULARY)
    print(f"{len(tokenizer)} tokens; {len(citable_facts(graph))} facts in the graph")
    print(
        f"{count} rows                                          in parallel            one by one"
    )
    print(
        "                compile ms  copy us  first mask  mask us/row  95th pct. mask us/row  95th pct."
    )
    met = True
    for name, make in (("json", schema), ("text", text)):
        for number in (100, 1_000, 10_000):
            constraint = make(graph, number)
            # one compiler for all repeats, as in a service; what it has compiled is forgotten each time
            compiler = fresh(tokenizer)
            compiling = median(
                seconds(partial(compiler.compile, constraint)) for _ in range(REPEATS)
            )
            compiler.matcher(constraint)
            copying = median(seconds(partial(compiler.matcher, constraint)) for _ in range(count))
            times = mask_times(compiler, constraint, count)
            print(row(name, number, compiling, copying, times, count), flush=True)
            if name == "json" and number in BARS:
                met = met and compiling < BARS[number]
    print("met" if met else "MISSED", *(f"{n} facts < {s * 1e3:.0f} ms" for n, s in BARS.items()))
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
