"""How often is each kind of evidence right? Fits the figures of ``linkers/scores.py``.

Cases, each right if the concept equals the reference or lies on the same path as it:

* labels of data sets: every label of every shipped scheme, grounded with its own scheme hidden and no
  scheme named, against its reviewed anchors (``label``, ``other-scheme``, and forms among them);
* word forms: a sample read blind by a second reader (``form_readings.tsv``), against that reading;
* ``scheme``: the anchors themselves, against the second reader's (``anchor_readings.tsv``).

Compound labels, labels without a home and ambiguous answers are left out. The figure is
(right + 1) / (cases + 2). Run: ``python benchmarks/label_scores.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.linkers.scores import P_RIGHT
from affectgraph.ontology.rows import read_table

Case = tuple[str, bool]
"""Kind of evidence, and whether it was right."""


def on_one_path(graph: EmotionGraph, concept: str, references: Iterable[str]) -> bool:
    """Return whether a concept equals a reference or lies on the same path."""
    return any(graph.is_a(concept, other) or graph.is_a(other, concept) for other in references)


def label_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every scheme label that is placed without its own scheme."""
    for scheme in graph.schemes():
        linker = LabelLinker(graph, hidden_schemes=[scheme.name])
        for label in scheme.labels:
            anchors = [a.concept for a in label.anchors if a.relation != "component"]
            found = linker.link(label.name)
            if anchors and found.concept is not None:
                kind = found.candidates[0].evidence[0].kind
                yield kind, on_one_path(graph, found.concept.slug, anchors)


def form_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every form of the second reading that is placed."""
    linker = LabelLinker(graph)
    for row in read_table("form_readings"):
        found = linker.link(row["form"])
        if found.concept is not None:
            references = [row[column] for column in ("target", "second") if row[column]]
            kind = found.candidates[0].evidence[0].kind
            yield kind, on_one_path(graph, found.concept.slug, references)


def anchor_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every scheme label both readers placed."""
    anchors: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_table("scheme_labels"):
        if row["target"]:
            anchors[row["scheme"], row["label"]].append(row["target"])
    for row in read_table("anchor_readings"):
        mine = anchors[row["scheme"], row["label"]]
        if mine and row["target"]:
            yield "scheme", on_one_path(graph, row["target"], mine)


def fit(graph: EmotionGraph) -> dict[str, tuple[int, int]]:
    """Return (right, cases) by kind of evidence."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, is_right in (*label_cases(graph), *form_cases(graph), *anchor_cases(graph)):
        counts[kind][0] += is_right
        counts[kind][1] += 1
    return {kind: (right, cases) for kind, (right, cases) in sorted(counts.items())}


def smoothed(right: int, cases: int) -> float:
    """Return (right + 1) / (cases + 2), to two places."""
    return round((right + 1) / (cases + 2), 2)


def main() -> None:
    """Print the fit beside the figures in use."""
    print_run_info()
    print(f"{'evidence':14}{'right':>7}{'cases':>7}{'fitted':>8}{'in use':>8}")
    for kind, (right, cases) in fit(EmotionGraph.load()).items():
        used = P_RIGHT[kind]  # type: ignore[index]
        print(f"{kind:14}{right:7}{cases:7}{smoothed(right, cases):8.2f}{used:8.2f}")


if __name__ == "__main__":
    main()
