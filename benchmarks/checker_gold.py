"""Measure the checker on the gold set of claims: what it finds, and how it judges what it finds.

For each type of claim: precision, recall and F1 of claims with the right type, subject and object on
overlapping words. For what is found: polarity, hedge, degree and side, and the verdicts as a confusion
matrix. Then the verdicts on the gold claims themselves, so that no error of reading counts; the planted
errors found; and the contradictions nobody shares (false alarms). ``checker_speed.py`` measures the speed.

Run: ``python benchmarks/checker_gold.py [--part development|held-out] [--errors] [--table]``. The errors on
both halves have been read by now, so that neither says how well the checker does on texts it has not seen.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from gold_matching import (
    CHANNELS,
    VERDICTS,
    Said,
    f1,
    gold,
    items,
    macro_f1,
    pairs,
    print_agreement,
    terms,
)
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Claim, Judgement

NAME_ERRORS = frozenset({"au_identity", "cue_denotes"})


@dataclass
class Counts:
    """What a part of the gold set gave."""

    texts: int = 0
    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    loose: Counter[str] = field(default_factory=Counter)
    fields: Counter[tuple[str, bool]] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)
    planted: Counter[tuple[str, bool]] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def said(judgement: Judgement) -> Said:
    """Return a claim of the checker in comparable form."""
    claim = judgement.claim
    return Said(
        claim.type,
        terms(claim.type, claim.subject, is_subject=True),
        terms(claim.type, claim.object, is_subject=False),
        (claim.span,),
        claim.quote,
        judgement.verdict,
        claim.is_denied,
        claim.is_hedged,
        claim.degree,
        claim.side,
    )


def columns(item: dict[str, Any]) -> dict[str, float] | None:
    """Return the detector input with the column names of intensities."""
    return {f"{code}_r": value for code, value in item["aus"].items()} if item["aus"] else None


def score(checker: Checker, name: str, part: str) -> Counts:
    """Return what the checker gives on a file."""
    counts = Counts()
    for item in items(name, part):
        report = checker.check(
            item["text"], label=item["label"], scheme=item["scheme"], aus=columns(item)
        )
        ours = [said(j) for j in report.judgements if j.claim.source == "text"]
        theirs = [gold(item["text"], claim) for claim in item["claims"]]
        _score_item(counts, item, ours, theirs)
    return counts


def _score_item(counts: Counts, item: dict[str, Any], ours: list[Said], theirs: list[Said]) -> None:
    counts.texts += 1
    counts.ours.update(c.type for c in ours)
    counts.theirs.update(c.type for c in theirs)
    strict = pairs(ours, theirs, strict=True)
    loose = pairs(ours, theirs, strict=False)
    counts.hits.update(theirs[b].type for _, b in strict)
    counts.loose.update(theirs[b].type for _, b in loose)
    for a, b in strict:
        mine, their = ours[a], theirs[b]
        counts.verdicts[their.verdict, mine.verdict] += 1
        if mine.type == "observes":
            counts.fields["polarity of cues", mine.is_denied == their.is_denied] += 1
            counts.fields["side", mine.side == their.side] += 1
        counts.fields["polarity", mine.is_denied == their.is_denied] += 1
        counts.fields["hedge", mine.is_hedged == their.is_hedged] += 1
        counts.fields["degree", mine.degree == their.degree] += 1
        if (mine.verdict, mine.is_denied) != (their.verdict, their.is_denied):
            counts.errors.append(f"{item['id']} VERDICT {_line(their)} GOT {_line(mine)}")
    _score_mentions(counts, ours, theirs)
    _score_planted(counts, item, ours, theirs)
    matched_ours, matched = {a for a, _ in strict}, {b for _, b in strict}
    counts.errors += [
        f"{item['id']} MISSED {_line(c)}" for i, c in enumerate(theirs) if i not in matched
    ]
    counts.errors += [
        f"{item['id']} EXTRA {_line(c)}" for i, c in enumerate(ours) if i not in matched_ours
    ]


def _line(claim: Said) -> str:
    denied = " denied" if claim.is_denied else ""
    return (
        f"{claim.type} {','.join(claim.subject)} -> {','.join(claim.object)}{denied} "
        f"[{claim.verdict}] {claim.quote!r}"
    )


def _score_mentions(counts: Counts, ours: list[Said], theirs: list[Said]) -> None:
    """Count the facial actions said to be there or not, each code with its words."""
    mine, other = _mentions(ours), _mentions(theirs)
    counts.mentions["ours"] += len(mine)
    counts.mentions["theirs"] += len(other)
    counts.mentions["right"] += sum(_has(other, *m) for m in mine)
    counts.mentions["found"] += sum(_has(mine, *m) for m in other)


def _mentions(claims: list[Said]) -> list[tuple[str, Said]]:
    found: list[tuple[str, Said]] = []
    for claim in claims:
        if claim.type == "observes":
            found += [(group, claim) for group in claim.subject if group not in CHANNELS]
        elif claim.type == "cue_denotes":
            found += [(group, claim) for group in claim.object]
        elif claim.type == "au_identity":
            found += [(f"AU{number}", claim) for number in claim.subject]
        elif claim.type in {"expresses", "excludes"}:
            names = [group.removeprefix("not ") for group in claim.subject]
            found += [(group, claim) for group in names if group not in CHANNELS]
    return found


def _has(mentions: list[tuple[str, Said]], group: str, claim: Said) -> bool:
    return any(
        set(_numbers(group)) & set(_numbers(other)) and claim.overlaps(c) for other, c in mentions
    )


def _numbers(group: str) -> list[str]:
    return ["".join(c for c in code if c.isdigit()) for code in group.split("|")]


def _score_planted(
    counts: Counts, item: dict[str, Any], ours: list[Said], theirs: list[Said]
) -> None:
    wrong = [c for c in theirs if c.verdict == "contradicted"]
    for kind in (item["planted"] or "").split("|"):
        if kind and wrong:
            own = [c for c in wrong if _is_kind(kind, c)] or wrong
            found = all(any(_shares(c, o) for o in ours) for c in own)
            counts.planted[kind, found] += 1
    for claim in ours:
        if claim.verdict == "contradicted" and not any(_shares(c, claim) for c in wrong):
            counts.alarms[claim.type] += 1
            counts.errors.append(f"{item['id']} ALARM {_line(claim)}")


def _is_kind(kind: str, claim: Said) -> bool:
    is_name = claim.type in NAME_ERRORS
    return is_name if kind in {"au_name_swapped", "wrong_au_number"} else not is_name


def _shares(gold_: Said, ours: Said) -> bool:
    alike = gold_.type == ours.type or {gold_.type, ours.type} <= NAME_ERRORS
    return ours.verdict == "contradicted" and alike and gold_.overlaps(ours)


def judge_gold(
    checker: Checker, name: str, part: str, errors: list[str]
) -> Counter[tuple[str, str]]:
    """Return counts of (gold, given) verdicts on the gold claims as they stand, without reading texts."""
    found: Counter[tuple[str, str]] = Counter()
    for item in items(name, part):
        for entry in item["claims"]:
            if entry["type"] == "concludes":
                continue
            number = item["text"].index(entry["quote"])
            subject = tuple(entry["subject"])
            if entry["type"] == "au_identity":
                number_ = "".join(c for c in subject[0] if c.isdigit())
                subject = (number_,)
            claim = Claim(
                "c1",
                entry["type"],
                subject,
                tuple(entry["object"]),
                entry["polarity"],
                "hedged" if entry["hedged"] else "plain",
                entry["degree"],
                entry["side"] or "",
                entry["modality"] or "",
                (number, number + len(entry["quote"])),
                entry["quote"],
                "text",
            )
            verdict = checker.judge(claim, aus=columns(item)).verdict
            found[entry["verdict"], verdict] += 1
            if verdict != entry["verdict"]:
                errors.append(
                    f"{item['id']} RULE {entry['type']} {subject} {entry['object']} {entry['polarity']} "
                    f"gold {entry['verdict']} got {verdict}: {entry['why']}"
                )
    return found


def print_counts(name: str, counts: Counts) -> None:
    """Print the tables of one file."""
    print(f"== {name}: {counts.texts} texts, {sum(counts.theirs.values())} claims")
    print(f"{'type':18}{'gold':>6}{'found':>7}{'P':>7}{'R':>7}{'F1':>7}{'F1 without terms':>18}")
    for type_ in [*sorted(counts.theirs | counts.ours), "all"]:
        n = [
            sum(c.values()) if type_ == "all" else c[type_]
            for c in (counts.ours, counts.theirs, counts.hits, counts.loose)
        ]
        ours, theirs, hits, loose = n
        print(
            f"{type_:18}{theirs:6}{hits:7}{hits / max(ours, 1):7.3f}{hits / max(theirs, 1):7.3f}"
            f"{f1(hits, ours, theirs):7.3f}{f1(loose, ours, theirs):18.3f}"
        )
    m = counts.mentions
    print(
        f"mentions of facial actions: precision {m['right'] / max(m['ours'], 1):.3f}, "
        f"recall {m['found'] / max(m['theirs'], 1):.3f}"
    )
    for what in ("polarity of cues", "polarity", "hedge", "degree", "side"):
        right, wrong = counts.fields[what, True], counts.fields[what, False]
        print(f"{what}: {right / max(right + wrong, 1):.3f} of {right + wrong}")
    print("verdicts on the claims found:")
    print_verdicts(counts.verdicts)
    for kind in sorted({kind for kind, _ in counts.planted}):
        found, missed = counts.planted[kind, True], counts.planted[kind, False]
        print(f"planted {kind}: {found} of {found + missed} found")
    names = sum(counts.alarms[t] for t in NAME_ERRORS)
    total = sum(counts.alarms.values())
    print(
        f"false alarms per text: {total / counts.texts:.3f} ({total}), on names and numbers "
        f"{names / counts.texts:.3f} ({names})"
    )


def print_verdicts(verdicts: Counter[tuple[str, str]]) -> None:
    """Print a confusion matrix, gold in rows, and its macro-F1."""
    print(f"  {'':16}" + "".join(f"{v:>15}" for v in VERDICTS))
    for row in VERDICTS:
        print(f"  {row:16}" + "".join(f"{verdicts[row, column]:15}" for column in VERDICTS))
    print(f"  macro-F1 {macro_f1(verdicts):.3f}")


COLUMNS = tuple(
    (name, part) for part in ("development", "held-out") for name in ("sentences", "rationales")
)
"""The four columns of the table, in order."""


def print_table(checker: Checker) -> None:
    """Print the table of docs/checking.md: a column for each file and half of it."""
    found = [(score(checker, *c), judge_gold(checker, *c, [])) for c in COLUMNS]
    print("| | odd: sentences | rationales | even: sentences | rationales |")
    print("|---|---|---|---|---|")
    for title, cell in _ROWS:
        print(f"| {title} | " + " | ".join(cell(*pair) for pair in found) + " |")
    for kind in sorted({kind for counts, _ in found for kind, _ in counts.planted}):
        cells = [_planted(counts, kind) for counts, _ in found]
        print(f"| planted `{kind}` found | " + " | ".join(cells) + " |")


def _claims(counts: Counts, _: Counter[tuple[str, str]]) -> str:
    hits = counts.hits.total()
    return f"{hits / counts.ours.total():.3f}, {hits / counts.theirs.total():.3f}"


def _actions(counts: Counts, _: Counter[tuple[str, str]]) -> str:
    m = counts.mentions
    return f"{m['right'] / m['ours']:.3f}, {m['found'] / m['theirs']:.3f}"


def _polarity(counts: Counts, _: Counter[tuple[str, str]]) -> str:
    right, wrong = (counts.fields["polarity of cues", is_right] for is_right in (True, False))
    return f"{right / (right + wrong):.3f}"


def _alarms(counts: Counts, _: Counter[tuple[str, str]]) -> str:
    names = sum(counts.alarms[t] for t in NAME_ERRORS)
    return f"{counts.alarms.total() / counts.texts:.3f} ({names / counts.texts:.3f})"


def _planted(counts: Counts, kind: str) -> str:
    found, missed = counts.planted[kind, True], counts.planted[kind, False]
    return f"{found} of {found + missed}" if found + missed else "none"


_ROWS = (
    ("claims with the right type, subject, object and place: precision, recall", _claims),
    ("mentions of facial actions: precision, recall", _actions),
    ("polarity of cues", _polarity),
    ("verdicts on the claims found, macro-F1", lambda c, _: f"{macro_f1(c.verdicts):.3f}"),
    ("verdicts on the gold claims as given, macro-F1", lambda _, v: f"{macro_f1(v):.3f}"),
    ("false alarms per text (on names and numbers)", _alarms),
)


def main() -> None:
    """Print the figures of one half of the gold set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("development", "held-out"), default="development")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--table", action="store_true", help="print the table of docs/checking.md")
    arguments = parser.parse_args()
    print_run_info()
    print(f"part: {arguments.part}")
    print_agreement()
    checker = Checker(EmotionGraph.load())
    if arguments.table:
        print_table(checker)
        return
    for name in ("sentences", "rationales"):
        counts = score(checker, name, arguments.part)
        print_counts(name, counts)
        print("verdicts on the gold claims, conclusions left out:")
        print_verdicts(judge_gold(checker, name, arguments.part, counts.errors))
        if arguments.errors:
            print("\n".join(counts.errors))


if __name__ == "__main__":
    main()
