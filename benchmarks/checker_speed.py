"""Measure how many rationales of 100 words the checker reads and judges a second, on one core.

Four rates, in processor time of one thread:

* first words: half of the gold set's own texts, in pieces of 100 words, by a checker that has seen one other
  text. Every sentence is new to it, and most words.
* first sentences: the other half. Every sentence is new, most words are known.
* new texts: 2,000 distinct rationales, made by recombining sentences of the gold set. No text was seen
  before; the share of their sentences that was not is printed (text cut at 100 words, and lines without a
  full stop that run into what follows them).
* same texts: the last 200 of those for the third time, so that every sentence is known.

The checker remembers words, wordings of phrases, judgements, and of a sentence that it meets again what it
says by itself, but no texts. Gold sentences are dense: they hold about one claim in seven words. Then the
memory of the process, and whether the reports are the same in the reverse order.

Run: ``python benchmarks/checker_speed.py``.
"""

import json
import random
import resource
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker
from affectgraph.reasoner.extract.text import sentences

GOLD = Path(__file__).parent / "data/gold"
WORDS, TEXTS, AGAIN, PART, SEED = 100, 2000, 200, 40, 2026
OTHER = "AU6 (cheek raiser) and AU12 suggest joy; the voice is calm. Overall, the man seems happy."


def gold_texts() -> list[str]:
    """Return the texts of the gold set in order, sentences before rationales."""
    found: list[str] = []
    for name in ("sentences", "rationales"):
        lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["text"] for line in lines]
    return found


def pieces(texts: Sequence[str]) -> list[str]:
    """Return the texts joined and cut into pieces of 100 words."""
    words = " ".join(texts).split(" ")
    return [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS, WORDS)]


def recombined(texts: Sequence[str], count: int) -> list[str]:
    """Return distinct rationales of 100 words, made of sentences of the texts in random order."""
    known = list(dict.fromkeys(s.text for text in texts for s in sentences(text)))
    rng = random.Random(SEED)  # noqa: S311  # the same texts in every run
    found: dict[str, None] = {}
    while len(found) < count:
        words: list[str] = []
        while len(words) < WORDS:
            words += rng.choice(known).split()
        found[" ".join(words[:WORDS])] = None
    return list(found)


def share_new(texts: Sequence[str], before: Sequence[str]) -> float:
    """Return the share of the sentences of texts that stand in no text before them."""
    seen = {s.text for text in before for s in sentences(text)}
    new = total = 0
    for text in texts:
        found = [s.text for s in sentences(text)]
        new += sum(sentence not in seen for sentence in found)
        total += len(found)
        seen.update(found)
    return new / total


def rate(checker: Checker, texts: Sequence[str]) -> float:
    """Return the texts checked in a second: the median over parts of 40, as other work disturbs some."""
    rates: list[float] = []
    for first in range(0, len(texts), PART):
        part = texts[first : first + PART]
        start = process_time()
        for text in part:
            checker.check(text)
        rates.append(len(part) / (process_time() - start))
    return median(rates)


def main() -> None:
    """Print the rates, the memory and the comparison."""
    print_run_info()
    gold = gold_texts()
    texts, first = recombined(gold, TEXTS), pieces(gold)
    checker = Checker(EmotionGraph.load())
    checker.check(OTHER)
    half = len(first) // 2
    print(f"first words: {rate(checker, first[:half]):,.0f} a second ({half} texts)")
    print(
        f"first sentences: {rate(checker, first[half:]):,.0f} a second ({len(first) - half} texts)"
    )
    share = share_new(texts, first)
    print(
        f"new texts: {rate(checker, texts):,.0f} a second ({len(texts)} texts, {share:.0%} of their"
    )
    print("  sentences new)")
    rate(checker, texts[-AGAIN:])
    print(f"same texts: {rate(checker, texts[-AGAIN:]):,.0f} a second")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory:.0f} MB")
    reports = [checker.check(text) for text in texts]
    claims = sum(len(report.judgements) for report in reports)
    print(f"claims: {claims / len(texts):.1f} a text")
    other = Checker(checker.graph)
    turned = [other.check(text) for text in reversed(texts[:200])]
    print(f"reports are the same in the reverse order: {turned[::-1] == reports[:200]}")


if __name__ == "__main__":
    main()
