"""Which way to answer suits what somebody said? Strategies ranked by how the graph relates emotions.

Run from a clone with ``pip install -e ".[dev]"``: ``python examples/empathetic_response.py``. With
arguments it answers those: ``python examples/empathetic_response.py "I dread the exam on Monday."``

It estimates what a text is said to express, diagnoses nobody, and is no help in a crisis: it does not
look for danger, and somebody who may be in danger needs people, not a ranking.
"""

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from measures import interval, read_jsonl, run_head, share
from response_ranking import Ranked, Strategy, rank, read_strategies
from text_emotions import Felt, TextReader, packaged_reader, votes

UNHAPPY = frozenset({"sadness", "anger", "fear"})
FALLBACK = "invite_to_tell"
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|since|when|that|about|at|of|for|over)\b\s+(?P<cause>[^.!?;]+)",
    re.IGNORECASE,
)

KEYWORDS = {
    "celebrate": ("happy", "glad", "great", "excited", "won", "got the job", "wonderful"),
    "credit_effort": ("proud", "passed", "finally"),
    "share_relief": ("relief", "relieved"),
    "back_hope": ("hope", "hopeful"),
    "savour": ("enjoyed", "content", "nice"),
    "comfort_loss": ("sad", "died", "cry", "crying", "grief", "lost"),
    "soften_self_blame": ("ashamed", "guilty", "embarrassed", "my fault", "sorry"),
    "keep_company": ("lonely", "alone", "left out", "homesick"),
    "honour_expectation": ("disappointed", "disappointing"),
    "validate_anger": ("angry", "furious", "hate", "mad", "unfair"),
    "clear_obstacle": ("annoying", "annoys", "frustrated", "frustrating"),
    "steady": ("afraid", "scared", "terrified", "panic", "frightened"),
    "plan_next_step": ("worry", "worried", "nervous", "anxious", "stressed"),
    "cherish_bond": ("love", "adore", "fond"),
    "bridge_distance": ("miss", "far away"),
    "make_room": ("surprised", "amazed", "shocked", "unexpected", "believe"),
}
"""The keyword baseline: words that somebody would list for each strategy, the first match counts."""


def cause(text: str, found: Sequence[Felt]) -> str:
    """Return what follows the first emotion word after "because", "that", "about", ...; may be empty.

    A guess from the form of the sentence, to be shown as one.
    """
    ends = [felt.mention.end for felt in found if not felt.is_denied]
    match = _CAUSE.search(text, ends[0]) if ends else None
    return match["cause"].strip() if match else ""


def reply(best: Ranked, found: Sequence[Felt]) -> str:
    """Return the reply of a strategy; the reflection names the likeliest emotion's primary or label."""
    said = [felt for felt in found if not felt.is_denied]
    named = max(said, key=lambda felt: felt.weight).concept.label if said else "feeling"
    return best.strategy.reply.replace("{emotion}", named)


def by_graph(texts: Sequence[str], strategies: Sequence[Strategy]) -> list[list[str]]:
    """Return the ids of all strategies per text, best first."""
    reader = packaged_reader()
    return [[r.strategy.id for r in rank(reader.read(text), strategies)] for text in texts]


def by_keyword(texts: Sequence[str], strategies: Sequence[Strategy]) -> list[list[str]]:
    """Return the strategies whose keyword stands in a text, then the open question, then the rest."""
    ids = [strategy.id for strategy in strategies]
    answers = []
    for text in texts:
        hits = [name for name, words in KEYWORDS.items() if _has_one(text, words)]
        answers.append(list(dict.fromkeys([*hits, FALLBACK, *ids])))
    return answers


def _has_one(text: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in words)


METHODS: dict[str, Callable[[Sequence[str], Sequence[Strategy]], list[list[str]]]] = {
    "graph": by_graph,
    "keywords": by_keyword,
}


def figures(records: Sequence[dict[str, Any]]) -> str:
    """Return the whole report on a set of utterances."""
    strategies = read_strategies()
    texts = [record["text"] for record in records]
    said = {name: method(texts, strategies) for name, method in METHODS.items()}
    size = f"{len(records)} utterances, {len(strategies)} strategies"
    parts = [
        run_head("Choosing an empathetic response", size),
        _overall(records, said, len(strategies)),
        _by_emotion(records, said),
        _glad_to_unhappy(records, said, strategies),
        _mistakes(records, said["graph"]),
        "\n".join(answer(text) for text in texts[:: len(texts) // 4 or 1]),
    ]
    return "\n\n".join(parts)


def _overall(
    records: Sequence[dict[str, Any]], said: dict[str, list[list[str]]], strategies: int
) -> str:
    chance = sum(len(record["acceptable"]) for record in records) / len(records) / strategies
    lines = [f"{'method':10}  accuracy@1", f"{'random':10}  {chance:.2f}, by calculation"]
    for name, answers in said.items():
        hits = _hits(records, answers)
        lines.append(f"{name:10}  {share(hits)}")
    gain = [a - b for a, b in zip(*(_hits(records, said[n]) for n in METHODS), strict=True)]
    low, high = interval(lambda at: sum(gain[i] for i in at) / len(at), range(len(gain)))
    lines.append(f"graph minus keywords: {sum(gain) / len(gain):+.2f} ({low:+.2f} to {high:+.2f})")
    return "\n".join(lines)


def _hits(records: Sequence[dict[str, Any]], answers: Sequence[Sequence[str]]) -> list[bool]:
    return [a[0] in r["acceptable"] for r, a in zip(records, answers, strict=True)]


def _by_emotion(records: Sequence[dict[str, Any]], said: dict[str, list[list[str]]]) -> str:
    hits = {name: _hits(records, answers) for name, answers in said.items()}
    lines = [
        "acceptable, by emotion",
        f"{'emotion':10}{'n':>4}" + "".join(f"{n:>10}" for n in hits),
    ]
    for emotion in dict.fromkeys(record["emotion"] for record in records):
        at = [i for i, record in enumerate(records) if record["emotion"] == emotion]
        counts = "".join(f"{sum(right[i] for i in at):10}" for right in hits.values())
        lines.append(f"{emotion:10}{len(at):4}{counts}")
    return "\n".join(lines)


def _glad_to_unhappy(
    records: Sequence[dict[str, Any]],
    said: dict[str, list[list[str]]],
    strategies: Sequence[Strategy],
) -> str:
    """Return how often each method answers gladly to somebody who is not: the worst mistake."""
    glad = {strategy.id for strategy in strategies if strategy.is_glad}
    lines = ["not acceptable and glad, where sadness, anger or fear is expressed"]
    for name, answers in said.items():
        wrong = [
            record["emotion"] in UNHAPPY and top[0] in glad and top[0] not in record["acceptable"]
            for record, top in zip(records, answers, strict=True)
        ]
        lines.append(f"{name}: {sum(wrong)} of {sum(r['emotion'] in UNHAPPY for r in records)}")
    return "\n".join(lines)


def _mistakes(records: Sequence[dict[str, Any]], answers: Sequence[Sequence[str]]) -> str:
    wrong = [
        (r, a[0]) for r, a in zip(records, answers, strict=True) if a[0] not in r["acceptable"]
    ]
    asked = [pair for pair in wrong if pair[1] == FALLBACK]
    lines = [f"not acceptable: {len(wrong)}, of these the open question {len(asked)}"]
    lines += [f"  {r['emotion']} got {name}: {r['text']}" for r, name in wrong if name != FALLBACK]
    return "\n".join(lines)


def answer(text: str, reader: TextReader | None = None) -> str:
    """Return the three best strategies for one text, with reasons, and the reply of the best."""
    found = (reader or packaged_reader()).read(text)
    ranked = rank(found, read_strategies())
    heard = (
        ", ".join(f"{name} {weight:.2f}" for name, weight in votes(found).items())
        or "nothing named"
    )
    lines = [f"> {text}", f"  heard: {heard}"]
    if about := cause(text, found):
        lines.append(f"  perhaps about: {about}")
    for entry in ranked[:3]:
        lines.append(
            f"  {entry.score:.2f} {entry.strategy.id} ({entry.strategy.esconv}); {entry.why}"
        )
    return "\n".join([*lines, f"  reply: {reply(ranked[0], found)}"])


if __name__ == "__main__":
    if sys.argv[1:]:
        print("\n".join(map(answer, sys.argv[1:])))
    else:
        print(figures(read_jsonl("response_utterances.jsonl")))
