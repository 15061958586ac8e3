"""Measures what bfloat16 changes in the answers of the embedding tier.

Held against float32, with the same floors: the mixed set of ``embedding_tier.py``, each row hidden, where
precision, recall, floor and line of the fit are compared too; and all labels of the sets in ``data``, asked
of ``EmbeddingLinker`` at its own floor and at that of the tier, and of ``LabelLinker`` as a user would.

An answer is the first concept; ``gone`` are answers of float32 that bfloat16 does not give, ``new`` the
reverse, ``other`` are two different concepts; the last column is the largest difference of scores where both
give the same one.

Needs the extra ``[embeddings]`` and a processor with instructions for bfloat16; four minutes. Run:
``python benchmarks/embedding_precision.py``.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from development import DATA, FOLDERS, rows, sets_of
from embedding_tier import Case, Mixed, fitted_floor, fitted_line, precision_and_recall
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker, LabelLinker
from affectgraph.linkers.embedding_scores import SUPPORT_FLOOR, p_right
from affectgraph.linkers.embedding_tier import FLOOR

Answer = tuple[str, float] | None
"""The first concept and its score; None for no answer."""


def labels_of(folders: Iterable[str] = FOLDERS) -> list[str]:
    """Return the distinct labels of all sets."""
    found = (
        next(iter(row.values()))
        for folder in folders
        for name in sets_of(DATA / folder)
        for row in rows(name, DATA / folder)
    )
    return list(dict.fromkeys(found))


def linked(linker: EmbeddingLinker, labels: Sequence[str], floor: float) -> list[Answer]:
    """Return what the linker answers at a floor."""
    found = linker.candidates_many(labels, floor=floor)
    return [(c[0].concept.slug, c[0].score) if c else None for c in found]


def grounded(linker: EmbeddingLinker, labels: Sequence[str]) -> list[Answer]:
    """Return what a label linker answers that asks embeddings last."""
    found = LabelLinker(linker.graph, embeddings=linker).ground_many(labels)
    return [(f.candidates[0].concept.slug, f.score) if f.candidates else None for f in found]


def answered(cases: Sequence[Case], floor: float) -> list[Answer]:
    """Return the answers of the mixed set at a floor."""
    return [
        (case.match.concept.slug, p_right(case.support))
        if case.match is not None and case.is_answered(floor)
        else None
        for case in cases
    ]


def print_changes(name: str, exact: Sequence[Answer], rough: Sequence[Answer]) -> None:
    """Print how the answers in bfloat16 differ."""
    pairs = list(zip(exact, rough, strict=True))
    both = [(one, two) for one, two in pairs if one is not None and two is not None]
    same = [(one, two) for one, two in both if one[0] == two[0]]
    apart = max((abs(one[1] - two[1]) for one, two in same), default=0.0)
    gone = sum(one is not None and two is None for one, two in pairs)
    new = sum(one is None and two is not None for one, two in pairs)
    asked = sum(one is not None for one in exact)
    print(f"{name:34}{len(pairs):7}{asked:10}{gone:6}{new:6}", end="")
    print(f"{len(both) - len(same):7}{apart:14.4f}")


def print_fit(name: str, cases: Sequence[Case]) -> None:
    """Print what the fit gives, and precision and recall at the floor in use."""
    precision, recall, _ = precision_and_recall(cases, SUPPORT_FLOOR)
    print(f"{name:10}floor {fitted_floor(cases)}, line {fitted_line(cases)}", end=", ")
    print(f"precision {precision:.3f}, recall {recall:.3f}")


def print_vectors(exact: Mixed, rough: Mixed) -> None:
    """Print how far the vectors of the forms, and their cosines with all rows, lie apart."""
    same = (exact.forms * rough.forms).sum(axis=1)
    apart = max(_furthest(exact, rough))
    print(f"\ncosine of a form's two vectors: at least {same.min():.4f}, mean {same.mean():.5f}")
    print(f"largest difference of a cosine with a row: {apart:.4f}")


def _furthest(exact: Mixed, rough: Mixed) -> Iterator[float]:
    moved = rough.forms - exact.forms
    for start in range(0, len(moved), 512):
        yield float(np.abs(moved[start : start + 512] @ exact.vectors.T).max())


def main() -> None:
    """Print vectors, fits and changed answers."""
    print_run_info()
    graph = EmotionGraph.load()
    exact = EmbeddingLinker(graph, device="cpu")
    rough = EmbeddingLinker(graph, device="cpu", precision="bfloat16")
    sets = Mixed(exact), Mixed(rough)
    cases = [mixed.cases(without_family=False) for mixed in sets]
    print_fit("float32", cases[0])
    print_fit("bfloat16", cases[1])
    print_vectors(*sets)
    print(f"\n{'answers':34}{'asked':>7}{'answered':>10}{'gone':>6}{'new':>6}", end="")
    print(f"{'other':>7}{'score apart':>14}")
    for floor in (FLOOR, SUPPORT_FLOOR):
        print_changes(f"mixed set, floor {floor}", *(answered(c, floor) for c in cases))
    labels = labels_of()
    for floor in (FLOOR, SUPPORT_FLOOR):
        both = (linked(linker, labels, floor) for linker in (exact, rough))
        print_changes(f"labels of all sets, floor {floor}", *both)
    print_changes("labels, LabelLinker", *(grounded(linker, labels) for linker in (exact, rough)))


if __name__ == "__main__":
    main()
