"""Measures the grounding of labels on the development sets, and whether its scores hold.

Right: the concept equals one of the gold's or lies on the same path; for compounds, every part has such
a candidate; where the gold names no emotion, there is no candidate. The reliability table groups all
answers with one concept by score; the expected calibration error is the mean distance of score and
share of right answers, weighted by the number of answers in a group. The sets took part in the fit of
the scores; "cross-fitted" fits the figures on four fifths of them and looks at the last, five times.
Run: ``python benchmarks/grounding_development.py [--wrong] [--set second|third] [--embeddings]``; the README
of each folder of ``data`` says who wrote its sets and whether their errors have been read; ``--embeddings``
asks them for what the lexicon leaves open, which needs the extra ``[embeddings]``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from development import (
    DATA,
    FIRST,
    FOLDERS,
    NEGATED,
    Case,
    cases,
    kind_of,
    on_one_path,
    option_parser,
    sets_of,
)
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker, LabelLinker, Preset
from affectgraph.linkers.scores import DIVIDED, P_RIGHT

BINS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
FOLDS = 5
FIGURES = {str(kind): figure for kind, figure in P_RIGHT.items()} | {"divided": DIVIDED}
Scored = tuple[str, float, bool]
"""Kind of the best evidence, score, and whether the answer is right."""


def scored(found: Iterable[Case]) -> list[Scored]:
    """Return what the answers with one concept claim and whether it holds."""
    return [
        (kind_of(case.found), case.found.score, case.is_right)
        for case in found
        if case.is_placed and len(case.gold) < 2
    ]


def calibration_error(answers: Sequence[Scored]) -> float:
    """Return the expected calibration error, 0..1."""
    return sum(abs(mean - right) * n for _, n, mean, right in reliability(answers)) / len(answers)


def reliability(answers: Sequence[Scored]) -> list[tuple[str, int, float, float]]:
    """Return (range of scores, answers, mean score, share right) of each range with answers."""
    found = []
    for low, high in pairwise(BINS):
        inside = [(s, r) for _, s, r in answers if low < s <= high]
        if inside:
            count = len(inside)
            mean, right = sum(s for s, _ in inside) / count, sum(r for _, r in inside) / count
            found.append((f"{low:.2f}-{high:.2f}", count, mean, right))
    return found


def cross_fitted(answers: Sequence[Scored]) -> list[Scored]:
    """Return answers with the figures of their kinds fitted on the other folds."""
    found: list[Scored] = []
    for fold in range(FOLDS):
        held = answers[fold::FOLDS]
        rest = [a for n, a in enumerate(answers) if n % FOLDS != fold]
        right, total = Counter(k for k, _, r in rest if r), Counter(k for k, _, _ in rest)
        for kind, score, is_right in held:
            if kind not in FIGURES:  # embeddings have a score of their own
                found.append((kind, score, is_right))
                continue
            figure = (right[kind] + 1) / (total[kind] + 2)
            found.append((kind, score / FIGURES[kind] * figure, is_right))
    return found


def print_sets(graph: EmotionGraph, linker: LabelLinker, folder: Path = FIRST) -> list[Case]:
    """Print right, placed and precision by set and group, and return all cases."""
    print(f"{'set':24}{'cases':>7}{'right':>7}{'share':>7}{'placed':>8}{'precision':>11}")
    everything: list[Case] = []
    for name in sets_of(folder):
        found = list(cases(graph, linker, name, folder))
        everything += found
        groups = defaultdict(list)
        for case in found:
            groups[case.kind].append(case)
        _print_line(name, found)
        for kind, members in groups.items():
            if kind:
                _print_line(f"  {kind}", members)
    named = [c for c in everything if c.set == "open_labels" and c.gold]
    _print_line("open labels, emotional", named)
    foreign = [case for case in everything if case.set == "foreign"]
    language = [case for case in foreign if case.found.reason == "language"]
    if foreign:
        print(f"foreign words refused as of another language: {len(language)} of {len(foreign)}")
    return everything


def _print_line(name: str, found: Sequence[Case]) -> None:
    right = sum(case.is_right for case in found)
    placed = [case for case in found if case.is_placed]
    precision = f"{sum(c.is_right for c in placed) / len(placed):11.2f}" if placed else f"{'-':>11}"
    print(f"{name:24}{len(found):7}{right:7}{right / len(found):7.2f}{len(placed):8}{precision}")


def print_presets(graph: EmotionGraph, found: Sequence[Case], linker: LabelLinker) -> None:
    """Print what each preset places of the open labels, and how much of it is right."""
    print(f"\n{'preset':10}{'placed':>8}{'right':>7}{'precision':>11}{'no emotion, placed':>20}")
    chosen = [case for case in found if case.set in {"open_labels", "nouns"} and len(case.gold) < 2]
    presets: tuple[Preset, ...] = ("strict", "balanced", "always")
    for preset in presets:
        answers = [(c, linker.ground(c.label, preset=preset).concept) for c in chosen]
        placed = [(c, concept.slug) for c, concept in answers if concept is not None]
        right = sum(bool(c.gold) and on_one_path(graph, slug, c.gold[0]) for c, slug in placed)
        none = sum(not c.gold for c, _ in placed)
        print(f"{preset:10}{len(placed):8}{right:7}{right / len(placed):11.2f}{none:20}")


def print_reliability(answers: Sequence[Scored]) -> None:
    """Print the reliability table and the calibration error."""
    print(f"\n{'score':14}{'answers':>8}{'mean':>7}{'right':>7}")
    for name, count, mean, right in reliability(answers):
        print(f"{name:14}{count:8}{mean:7.2f}{right:7.2f}")
    print(f"expected calibration error: {calibration_error(answers):.3f}")
    print(f"cross-fitted: {calibration_error(cross_fitted(answers)):.3f}")
    print(f"\n{'evidence':14}{'right':>7}{'cases':>7}{'share':>7}")
    for kind in sorted({k for k, _, _ in answers}):
        rights = [r for k, _, r in answers if k == kind]
        print(f"{kind:14}{sum(rights):7}{len(rights):7}{sum(rights) / len(rights):7.2f}")


def main() -> None:
    """Print all tables; with ``--wrong`` every wrong answer too."""
    parser = option_parser(__doc__, [name for name in FOLDERS if sets_of(DATA / name)])
    parser.add_argument("--wrong", action="store_true", help="print every wrong answer, too")
    parser.add_argument("--embeddings", action="store_true", help="ask them for what is left open")
    options = parser.parse_args()
    print(f"set: {options.set}")
    print_run_info()
    graph = EmotionGraph.load()
    embeddings = EmbeddingLinker(graph, device="cpu") if options.embeddings else None
    linker = LabelLinker(graph, embeddings=embeddings)
    found = print_sets(graph, linker, DATA / options.set)
    print_presets(graph, found, linker)
    print_reliability(scored(found))
    if options.wrong:
        print_wrong(found)


def print_wrong(found: Iterable[Case]) -> None:
    """Print each wrong answer with what it should have been."""
    for case in (case for case in found if not case.is_right):
        gold = NEGATED if case.is_negated else "+".join("|".join(p) for p in case.gold)
        slugs = [f"{c.concept.slug} {c.score} {c.evidence[0].kind}" for c in case.found.candidates]
        print(case.set, repr(case.label), gold or "-", case.found.status, case.found.reason, slugs)


if __name__ == "__main__":
    main()
