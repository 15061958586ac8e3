"""How well does the action-unit linker read codes and descriptions, and what does it make up.

Sets of ``action_unit_phrases.py``: phrases with gold codes by FACS, and plain texts about no face. A
phrase is right if its codes are all found, none else, and shown or absent as the gold says. Precision is
over phrases for which any action was found, recall over phrases that have one. ``new wording`` are phrases
that are neither in ``au_cues.tsv`` nor a name or alias. The figures of ``UNIT_P_RIGHT`` are
(right + 1) / (mentions + 2) by kind of evidence over the phrases of both held-out sets and the codes; they
are printed beside those in use.
Run: ``python benchmarks/action_unit_development.py [--wrong]``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from action_unit_phrases import (
    CODES,
    DEVELOPMENT,
    FIRST_HELD_OUT,
    PLAIN,
    PLAIN_FIRST_HELD_OUT,
    PLAIN_SECOND_HELD_OUT,
    SECOND_HELD_OUT,
)
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.action_units import ActionUnitLinker
from affectgraph.linkers.face_model import UNIT_P_RIGHT, UnitMention
from affectgraph.ontology.rows import read_table


class Case(NamedTuple):
    """A phrase and its gold: groups of codes of which each needs one, and whether they are absent."""

    phrase: str
    groups: tuple[frozenset[str], ...]
    is_absent: bool


def cases(block: str) -> list[Case]:
    """Return the cases of a block of lines."""
    return [_case(line) for line in block.strip().splitlines()]


def _case(line: str) -> Case:
    phrase, _, gold = (part.strip() for part in line.partition(" | "))
    groups = [] if gold == "-" else gold.removeprefix("!").split()
    return Case(phrase, tuple(frozenset(g.split("|")) for g in groups), gold.startswith("!"))


def numbers(mention: UnitMention) -> frozenset[str]:
    """Return the codes of a mention as the gold writes them: "12", "M68"."""
    return frozenset(c.removeprefix("AU").removeprefix("AD") for c in mention.all_codes)


def is_right(case: Case, mention: UnitMention) -> bool:
    """Return whether a mention says nothing that the gold does not say."""
    allowed = frozenset().union(*case.groups)
    return numbers(mention) <= allowed and (mention.says == "absent") == case.is_absent


def is_solved(case: Case, mentions: list[UnitMention]) -> bool:
    """Return whether the mentions say the gold and nothing else."""
    found = frozenset().union(*map(numbers, mentions))
    return all(is_right(case, m) for m in mentions) and all(g & found for g in case.groups)


def known_wording(graph: EmotionGraph) -> frozenset[str]:
    """Return the phrases the graph holds, in lower case."""
    names = (n for unit in graph.action_units() for n in (unit.name, *unit.aliases))
    return frozenset(w.lower() for w in (*names, *(row["cue"] for row in read_table("au_cues"))))


def measure(linker: ActionUnitLinker, name: str, chosen: list[Case], show_wrong: bool) -> None:
    """Print precision and recall of a set."""
    answered = right = 0
    having = [case for case in chosen if case.groups]
    for case in chosen:
        found = [m for m in linker.ground(case.phrase).mentions if m.candidates]
        answered += bool(found)
        solved = is_solved(case, found)
        right += solved and bool(found)
        if show_wrong and not solved:
            print(f"  {case.phrase}: {[(m.quote, m.all_codes) for m in found]}")
    print(
        f"{name:32} {len(chosen):4} phrases  precision {right / max(answered, 1):.3f}  "
        f"recall {right / max(len(having), 1):.3f}"
    )


def invented(linker: ActionUnitLinker, name: str, block: str, show_wrong: bool) -> None:
    """Print in how many texts about no face an action was found."""
    texts = block.strip().splitlines()
    wrong = [(text, found) for text in texts if (found := linker.find(text))]
    if show_wrong:
        for text, found in wrong:
            print(f"  {text}: {[m.quote for m in found]}")
    print(
        f"{name:32} {len(texts):4} texts    with an action {len(wrong)} ({len(wrong) / len(texts):.3f})"
    )


def kinds(linker: ActionUnitLinker, chosen: list[Case]) -> Iterator[tuple[str, bool]]:
    """Yield the kind of evidence of every mention and whether it is right."""
    for case in chosen:
        for mention in linker.ground(case.phrase).mentions:
            if mention.candidates:
                yield mention.candidates[0].evidence[0].kind, is_right(case, mention)


def fit(linker: ActionUnitLinker) -> dict[str, tuple[float, int]]:
    """Return (right + 1) / (mentions + 2) and the number of mentions by kind of evidence."""
    counts: dict[str, list[int]] = {kind: [0, 0] for kind in UNIT_P_RIGHT}
    for kind, right in kinds(
        linker, [c for block in (FIRST_HELD_OUT, SECOND_HELD_OUT, CODES) for c in cases(block)]
    ):
        counts[kind][0] += right
        counts[kind][1] += 1
    return {kind: (round((r + 1) / (n + 2), 2), n) for kind, (r, n) in counts.items()}


def held_out() -> tuple[list[Case], list[str]]:
    """Return the phrases of ``data/second/facs_phrases.tsv`` that name an action, and those that do not."""
    path = Path(__file__).parent / "data" / "second" / "facs_phrases.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    named = [
        Case(phrase, tuple(frozenset({code.removeprefix("AU")}) for code in gold.split("+")), False)
        for phrase, gold in rows
        if gold != "-"
    ]
    return named, [phrase for phrase, gold in rows if gold == "-"]


def main() -> None:
    print_run_info()
    show_wrong = "--wrong" in sys.argv[1:]
    graph = EmotionGraph.load()
    linker = ActionUnitLinker(graph)
    known = known_wording(graph)
    for name, block in (
        ("development", DEVELOPMENT),
        ("held-out 1", FIRST_HELD_OUT),
        ("held-out 2", SECOND_HELD_OUT),
    ):
        chosen = cases(block)
        measure(linker, f"{name}, all", chosen, show_wrong)
        measure(
            linker,
            f"{name}, known wording",
            [c for c in chosen if c.phrase.lower() in known],
            False,
        )
        measure(
            linker,
            f"{name}, new wording",
            [c for c in chosen if c.phrase.lower() not in known],
            False,
        )
    measure(linker, "codes", cases(CODES), show_wrong)
    invented(linker, "plain, development", PLAIN, show_wrong)
    invented(linker, "plain, held-out 1", PLAIN_FIRST_HELD_OUT, show_wrong)
    invented(linker, "plain, held-out 2", PLAIN_SECOND_HELD_OUT, show_wrong)
    named, plain = held_out()
    measure(linker, "held-out 3, another author", named, show_wrong)
    invented(linker, "plain, held-out 3", "\n".join(plain), show_wrong)
    print("\nkind of evidence     fitted  mentions  in use")
    used = {str(kind): value for kind, value in UNIT_P_RIGHT.items()}
    for kind, (value, mentions) in fit(linker).items():
        print(f"{kind:20} {value:6.2f} {mentions:9} {used[kind]:7.2f}")


if __name__ == "__main__":
    main()
