"""Scores what the checker reads of facial actions in whole rationales that were written without it.

Mentions: a facial action that a claim of the checker names, at its place. A mention is right if the
reader has one of the same action there, or, for a phrase without number and FACS name, any cue there;
recall is of the reader's mentions by number or FACS name. Polarity: of the cues that both read, how many
are present or absent in both. Wrong ties of number and name: contradicted where the reader says they are
wrong; a false alarm where the reader does not.
Run: ``python benchmarks/checker_mentions.py [--errors]``.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Claim, Judgement

FILE = Path(__file__).parent / "data" / "mentions" / "rationales.jsonl"
TIES = ("au_identity", "cue_denotes")
CHANNELS = ("voice:", "posture:", "words:", "face:")


@dataclass(frozen=True, slots=True)
class Mention:
    """A facial action that a claim names.

    :param codes: its number, or several if a phrase may be any of them.
    """

    codes: frozenset[int]
    span: tuple[int, int]
    quote: str

    @property
    def is_coded(self) -> bool:
        """Whether the words have a number."""
        return any(char.isdigit() for char in self.quote)


def overlap(span: tuple[int, int], row: dict[str, Any]) -> bool:
    """Return whether a span shares a character with a row of the reader's."""
    start, end = int(row["start"]), int(row["end"])
    return span[0] < end and start < span[1]


def mentions(claim: Claim) -> Iterator[Mention]:
    """Yield the facial actions that a claim names."""
    if claim.type == "observes":
        named: tuple[str, ...] = claim.subject
    elif claim.type == "cue_denotes":
        named = claim.object
    elif claim.type == "au_identity":
        named = claim.subject
    elif claim.type in {"expresses", "excludes"}:
        named = tuple(name.removeprefix("not ") for name in claim.subject)
    else:
        return
    for name in named:
        codes = frozenset(
            int("".join(filter(str.isdigit, code)))
            for code in name.split("|")
            if any(map(str.isdigit, code))
        )
        if codes and name not in CHANNELS:
            yield Mention(codes, claim.span, claim.quote)


def score(checker: Checker, item: dict[str, Any], counts: Counter[str], errors: list[str]) -> None:
    """Add what the checker gives on one rationale."""
    judgements = [j for j in checker.check(item["text"]).judgements if j.claim.source == "text"]
    _score_mentions(item, judgements, counts, errors)
    _score_polarity(item, judgements, counts, errors)
    _score_ties(item, judgements, counts, errors)


def _score_mentions(
    item: dict[str, Any], judgements: list[Judgement], counts: Counter[str], errors: list[str]
) -> None:
    ours = [mention for j in judgements for mention in mentions(j.claim)]
    gold = item["au_mentions"]
    for row in gold:
        is_found = any(set(row["aus"]) & m.codes and overlap(m.span, row) for m in ours)
        counts["mentions found" if is_found else "mentions missed"] += 1
        if not is_found:
            errors.append(f"{item['id']} MISSED {row['aus']} {_around(item['text'], row)}")
    for mention in ours:
        there = [row for row in gold if overlap(mention.span, row)]
        is_right = any(mention.codes & set(row["aus"]) for row in there)
        is_cue = not mention.is_coded and any(overlap(mention.span, row) for row in item["cues"])
        counts["ours right" if is_right or is_cue else "ours wrong"] += 1
        if not (is_right or is_cue):
            errors.append(f"{item['id']} EXTRA {sorted(mention.codes)} {mention.quote!r}")


def _score_polarity(
    item: dict[str, Any], judgements: list[Judgement], counts: Counter[str], errors: list[str]
) -> None:
    for j in judgements:
        if j.claim.type != "observes":
            continue
        there = [row for row in item["cues"] if overlap(j.claim.span, row)]
        if there:
            is_denied = j.claim.polarity == "denied"
            is_right = any((row["polarity"] == "absent") == is_denied for row in there)
            counts["polarity right" if is_right else "polarity wrong"] += 1
            if not is_right:
                errors.append(f"{item['id']} POLARITY {j.claim.polarity} {j.claim.quote!r}")


def _score_ties(
    item: dict[str, Any], judgements: list[Judgement], counts: Counter[str], errors: list[str]
) -> None:
    wrong = [row for row in item["identity_claims"] if not row["right"]]
    alarms = [j for j in judgements if j.claim.type in TIES and j.verdict == "contradicted"]
    for row in wrong:
        is_found = any(overlap(j.claim.span, row) for j in alarms)
        counts["wrong ties found" if is_found else "wrong ties missed"] += 1
        if not is_found:
            errors.append(f"{item['id']} TIE {_around(item['text'], row)}")
    for j in alarms:
        if not any(overlap(j.claim.span, row) for row in wrong):
            counts["false alarms"] += 1
            errors.append(f"{item['id']} ALARM {j.rule} {j.claim.quote!r}")


def _around(text: str, row: dict[str, Any]) -> str:
    return repr(text[max(0, row["start"] - 30) : row["end"] + 30])


def main() -> None:
    """Print the figures, and the errors if asked."""
    print_run_info()
    checker = Checker(EmotionGraph.load())
    counts: Counter[str] = Counter()
    errors: list[str] = []
    items = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    for item in items:
        score(checker, item, counts, errors)
    _print_share(
        "mentions of facial actions: precision", counts["ours right"], counts["ours wrong"]
    )
    _print_share("  recall", counts["mentions found"], counts["mentions missed"])
    _print_share("polarity of cues", counts["polarity right"], counts["polarity wrong"])
    _print_share("wrong ties found", counts["wrong ties found"], counts["wrong ties missed"])
    print(f"false alarms on ties: {counts['false alarms']} in {len(items)} rationales")
    if "--errors" in sys.argv[1:]:
        print(*errors, sep="\n")


def _print_share(name: str, right: int, wrong: int) -> None:
    print(f"{name}: {right} of {right + wrong}, {right / max(right + wrong, 1):.3f}")


if __name__ == "__main__":
    main()
