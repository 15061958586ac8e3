"""Pairs the claims of a text with those of its gold reading.

A pair has the same type, overlapping spans, and, where asked, the same subject and object. The module
is used by ``checker_gold.py``; run alone it prints how well the two gold readings agree.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "gold"
CHANNELS = ("voice:", "posture:", "words:", "face:")
VERDICTS = ("supported", "contradicted", "unsupported", "not_checkable")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of either side, in comparable form.

    :param spans: where its quote stands in the text; several if it stands there more than once.
    """

    type: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    quote: str
    verdict: str
    is_denied: bool
    is_hedged: bool
    degree: str
    side: str

    def overlaps(self, other: "Said") -> bool:
        """Return whether some places of both overlap."""
        return any(a < d and c < b for a, b in self.spans for c, d in other.spans)

    def same_terms(self, other: "Said") -> bool:
        """Return whether both have the same subject and object."""
        return (self.subject, self.object) == (other.subject, other.object)


def items(name: str, part: str) -> Iterator[dict[str, Any]]:
    """Yield the items of a file; odd numbers are ``development``, even ones ``held-out``."""
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        is_odd = int(item["id"][1:]) % 2 == 1
        if part == "all" or is_odd == (part == "development"):
            yield item


def gold(text: str, claim: dict[str, Any]) -> Said:
    """Return a claim of the gold set."""
    return Said(
        claim["type"],
        terms(claim["type"], claim["subject"], is_subject=True),
        terms(claim["type"], claim["object"], is_subject=False),
        tuple(_places(text, claim["quote"])),
        claim["quote"],
        claim["verdict"],
        claim["polarity"] == "denied",
        bool(claim["hedged"]),
        claim["degree"],
        claim["side"] or "",
    )


def _places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def terms(type_: str, values: Sequence[str], *, is_subject: bool) -> tuple[str, ...]:
    """Return subject or object in comparable form: sorted; quotes and ways to write a number left out.

    Quotes within a claim (words of a cue, a cause) are compared by the overlap of the claims alone.
    """
    if type_ in {"cue_denotes", "denotes"} and is_subject:
        return ()
    if type_ == "au_identity":
        return () if not is_subject else tuple(_number(v) for v in values)
    if type_ == "elicited_by" and not is_subject:
        return ()
    return tuple(sorted({_term(v) for v in values}))


def _number(value: str) -> str:
    return "".join(char for char in value if char.isdigit()).lstrip("0")


def _term(value: str) -> str:
    for channel in CHANNELS:
        if value.startswith(channel):
            return channel
    value = "|".join(sorted(value.split("|")))
    return "joy" if value == "happiness" else value.lower()


def pairs(ours: Sequence[Said], theirs: Sequence[Said], *, strict: bool) -> list[tuple[int, int]]:
    """Return pairs of indices (ours, theirs), each claim at most once, those of equal terms first."""
    found: list[tuple[int, int]] = []
    used: set[int] = set()
    taken: set[int] = set()
    for same in (True,) if strict else (True, False):
        for place, claim in enumerate(theirs):
            if place in taken:
                continue
            for index, own in enumerate(ours):
                if (
                    index not in used
                    and own.type == claim.type
                    and own.overlaps(claim)
                    and (not same or own.same_terms(claim))
                ):
                    found.append((index, place))
                    used.add(index)
                    taken.add(place)
                    break
    return found


def f1(hits: int, ours: int, theirs: int) -> float:
    """Return the harmonic mean of precision and recall, 0 if there is nothing."""
    return 2 * hits / (ours + theirs) if ours + theirs else 0.0


def macro_f1(pairs_: Counter[tuple[str, str]]) -> float:
    """Return the mean F1 of the verdicts that occur, from counts of (gold, given)."""
    scores = []
    for verdict in VERDICTS:
        theirs = sum(n for (gold_, _), n in pairs_.items() if gold_ == verdict)
        ours = sum(n for (_, given), n in pairs_.items() if given == verdict)
        if theirs or ours:
            scores.append(f1(pairs_[verdict, verdict], ours, theirs))
    return sum(scores) / len(scores) if scores else 0.0


def kappa(pairs_: Counter[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two readings, from counts of (first, second)."""
    total = sum(pairs_.values())
    agreed = sum(n for (a, b), n in pairs_.items() if a == b) / total
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (a, b), n in pairs_.items():
        first[a] += n
        second[b] += n
    chance = sum(first[v] * second[v] for v in VERDICTS) / total**2
    return (agreed - chance) / (1 - chance)


def print_agreement() -> None:
    """Print how well the two annotators of the sentences agree."""
    texts = {item["id"]: item for item in items("sentences", "all")}
    hits = same = ours = theirs = 0
    verdicts: Counter[tuple[str, str]] = Counter()
    for item in items("sentences_second", "all"):
        text = texts[item["id"]]["text"]
        first = [gold(text, claim) for claim in texts[item["id"]]["claims"]]
        second = [gold(text, claim) for claim in item["claims"]]
        joined = pairs(second, first, strict=False)
        hits += len(joined)
        same += sum(second[a].same_terms(first[b]) for a, b in joined)
        verdicts.update((first[b].verdict, second[a].verdict) for a, b in joined)
        ours, theirs = ours + len(second), theirs + len(first)
    print(
        f"annotators: claims F {f1(hits, ours, theirs):.3f} ({f1(same, ours, theirs):.3f} with equal "
        f"terms), verdicts kappa {kappa(verdicts):.3f} on {hits}"
    )


if __name__ == "__main__":
    print_agreement()
