"""Count the claims a careful reader sees that the checker finds, with the same verdict.

Three sets of rationales, each by another author who did not see the checker:

* ``examples/predictions.jsonl``: the checker was built with these at hand, and the tests hold it to them;
* ``rationales_second_author.jsonl``: varied on purpose; used once to find what was missing, then mended;
* ``rationales_third_author.jsonl``: ordinary model output; held out, never used for mending.

``found``: a claim of the same type that overlaps the reader's quote and has the same verdict.
``false alarm``: a contradicted verdict the reader does not share, the fault that costs trust most.
Run: ``python benchmarks/checker_accuracy.py [--misses]``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Judgement
from affectgraph.reasoner.extract.text import sentences

ROOT = Path(__file__).parent.parent
SETS = {
    "examples": ROOT / "examples" / "predictions.jsonl",
    "second author": ROOT / "benchmarks" / "data" / "rationales_second_author.jsonl",
    "third author": ROOT / "benchmarks" / "data" / "rationales_third_author.jsonl",
}
FIELDS = ("rationale", "label", "scheme", "aus", "vad")


@dataclass
class Score:
    """What a set gave."""

    found: int = 0
    expected: int = 0
    alarms: int = 0
    conclusions: int = 0
    concluded: int = 0
    by_type: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def matches(text: str, claim: dict[str, Any], judgement: Judgement) -> bool:
    """Return whether a judgement is on the reader's claim, whatever its verdict."""
    ours = judgement.claim
    if ours.type != claim["type"]:
        return False
    if claim["quote"] == "input" or claim["type"] == "concludes":
        return claim["type"] == "concludes" or ours.source == "input"
    return any(
        ours.start < start + len(claim["quote"]) and start < ours.end
        for start in occurrences(text, claim["quote"])
    )


def occurrences(text: str, quote: str) -> Iterator[int]:
    """Yield where a quote stands in a text."""
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def score(checker: Checker, path: Path) -> Score:
    """Return how the checker does on a set."""
    result = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        report = checker.check_record({name: record[name] for name in FIELDS})
        _score_record(result, record, report.judgements)
        if record["expect"]["conclusion"] is not None:
            ours = [j.verdict for j in report.judgements if j.claim.id == report.conclusion]
            result.concluded += 1
            result.conclusions += ours == [record["expect"]["conclusion"]]
    return result


def _score_record(result: Score, record: dict[str, Any], judgements: tuple[Judgement, ...]) -> None:
    text = record["rationale"] or ""
    shared: set[str] = set()
    for claim in record["expect"]["claims"]:
        on_it = [j for j in judgements if matches(text, claim, j)]
        agreeing = [j for j in on_it if j.verdict == claim["verdict"]]
        shared |= {j.claim.id for j in agreeing}
        result.expected += 1
        result.found += bool(agreeing)
        result.by_type[claim["type"], bool(agreeing)] += 1
        if not agreeing:
            got = ", ".join(f"{j.verdict} [{j.rule}]" for j in on_it) or "nothing"
            result.misses.append(
                f"{record['id']} {claim['type']} {claim['verdict']}: {claim['quote']!r}, got {got}"
            )
    for judgement in judgements:
        is_shared = judgement.claim.id in shared or (
            judgement.claim.type == "concludes" and record["expect"]["conclusion"] == "contradicted"
        )
        if judgement.verdict == "contradicted" and not is_shared:
            result.alarms += 1
            result.misses.append(
                f"{record['id']} false alarm: {judgement.claim.quote!r}: {judgement.sentence}"
            )


def speed(checker: Checker, path: Path) -> str:
    """Return how long a rationale takes: median of three passes over a set."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [record["rationale"] for record in records if record["rationale"]]
    count = sum(len(sentences(text)) for text in texts)
    passes = []
    for _ in range(3):
        start = perf_counter()
        for text in texts:
            checker.check(text)
        passes.append(perf_counter() - start)
    seconds = median(passes)
    return (
        f"{len(texts)} rationales of {count / len(texts):.1f} sentences: "
        f"{seconds / len(texts) * 1000:.2f} ms each, {count / seconds:,.0f} sentences a second"
    )


def interval(right: int, total: int) -> str:
    """Return a share with its 95 % Wilson interval."""
    p, z = right / total, 1.96
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:.1%} ({centre - half:.1%} to {centre + half:.1%})"


def main() -> None:
    """Print a line per set, then a table by type of claim."""
    print_run_info()
    checker = Checker(EmotionGraph.load())
    for name, path in SETS.items():
        result = score(checker, path)
        print(
            f"{name}: claims found {result.found} of {result.expected}, "
            f"{interval(result.found, result.expected)}; conclusions {result.conclusions} of "
            f"{result.concluded}; false alarms {result.alarms}"
        )
        print(f"    {speed(checker, path)}")
        for type_ in sorted({type_ for type_, _ in result.by_type}):
            right, wrong = result.by_type[type_, True], result.by_type[type_, False]
            print(f"    {type_:16}{right:4} of {right + wrong}")
        if "--misses" in sys.argv:
            print("\n".join(f"    {miss}" for miss in result.misses))


if __name__ == "__main__":
    main()
