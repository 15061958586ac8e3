"""How often is each kind of evidence right? Fits the figures of ``linkers/scores.py``.

Cases, each right if the concept equals the reference or lies on the same path as it:

* labels of data sets: every label of every shipped scheme, grounded with its own scheme hidden and no
  scheme named, against its reviewed anchors (``label``, and words of all other kinds);
* word forms: a sample read blind by a second reader (``form_readings.tsv``), against that reading;
* labels of the development sets (``benchmarks/data/development``), simple ones, against their gold; a
  label that names no emotion is wrong if it is placed;
* ``divided``: of all these, words whose one sense is shared out between concepts, right if the first is, and
  words of that sort in the blind reading of the vocabulary (``vocabulary_readings.tsv``);
* ``scheme``: the anchors themselves, against the second reader's (``anchor_readings.tsv``);
* ``other-scheme``: the best anchor other schemes give to a label that no concept is called by, against
  the second reader's for that label. The vocabulary knows all labels that two schemes share, so no label
  is placed by this evidence alone when its own scheme is hidden, and it is asked for by itself.

Compound labels, labels without a home and ambiguous answers are left out. The figure is
(right + 1) / (cases + 2). Run: ``python benchmarks/label_scores.py``.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator

from development import FIRST, cases, kind_of, on_one_path, sets_of
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Grounding, LabelLinker, normalise
from affectgraph.linkers.scores import DIVIDED, P_RIGHT
from affectgraph.ontology.rows import read_table

FIGURES = {str(kind): figure for kind, figure in P_RIGHT.items()} | {"divided": DIVIDED}
Case = tuple[str, bool]
"""Kind of evidence, and whether it was right."""


def label_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every scheme label that is placed without its own scheme."""
    for scheme in graph.schemes():
        linker = LabelLinker(graph, hidden_schemes=[scheme.name])
        for label in scheme.labels:
            anchors = [a.concept for a in label.anchors if a.relation != "component"]
            found = linker.ground(label.name)
            if anchors and found.concept is not None:
                yield kind_of(found), on_one_path(graph, found.concept.slug, anchors)


def form_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every form of the second reading that is placed."""
    linker = LabelLinker(graph)
    for row in read_table("form_readings"):
        found = linker.ground(row["form"])
        if found.concept is not None:
            references = [row[column] for column in ("target", "second") if row[column]]
            yield kind_of(found), on_one_path(graph, found.concept.slug, references)


def development_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every simple label of the development sets that is placed."""
    linker = LabelLinker(graph)
    for case in (case for name in sets_of(FIRST) for case in cases(graph, linker, name)):
        if case.is_placed and len(case.gold) < 2:
            yield kind_of(case.found), case.is_right


def divided_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every word of the blind reading of the vocabulary that is shared between concepts."""
    linker = LabelLinker(graph)
    for row in read_table("vocabulary_readings"):
        read = [word.partition("=")[0] for word in f"{row['target']} {row['second']}".split()]
        if row["reader"] == "first" or not row["target"]:
            continue
        found = linker.ground(row["form"])
        if found.concept is not None and kind_of(found) == "divided":
            yield "divided", on_one_path(graph, found.concept.slug, read)


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


def other_scheme_cases(graph: EmotionGraph) -> Iterator[Case]:
    """Yield a case for every label the second reader placed that other schemes have and no concept."""
    linker = LabelLinker(graph)
    schemes: dict[str, list[str]] = defaultdict(list)
    for scheme in graph.schemes():
        for label in scheme.labels:
            schemes[normalise(label.name)].append(scheme.name)
    for row in read_table("anchor_readings"):
        others = [name for name in schemes[normalise(row["label"])] if name != row["scheme"]]
        if not row["target"] or not others or graph.get_concept(row["label"]) is not None:
            continue
        found = max((linker.ground(row["label"], scheme=name) for name in others), key=_score)
        if found.concept is not None:
            yield "other-scheme", on_one_path(graph, row["target"], [found.concept.slug])


def _score(grounding: Grounding) -> float:
    return grounding.score


def fit(graph: EmotionGraph) -> dict[str, tuple[int, int]]:
    """Return (right, cases) by kind of evidence."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    groups = (
        label_cases,
        form_cases,
        development_cases,
        divided_cases,
        anchor_cases,
        other_scheme_cases,
    )
    for kind, is_right in (case for find in groups for case in find(graph)):
        counts[kind][0] += is_right
        counts[kind][1] += 1
    return {kind: (right, total) for kind, (right, total) in sorted(counts.items())}


def smoothed(right: int, cases: int) -> float:
    """Return (right + 1) / (cases + 2), to two places."""
    return round((right + 1) / (cases + 2), 2)


def main() -> None:
    """Print the fit beside the figures in use."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # it has no options
    print_run_info()
    print(f"{'evidence':14}{'right':>7}{'cases':>7}{'fitted':>8}{'in use':>8}")
    for kind, (right, total) in fit(EmotionGraph.load()).items():
        used = FIGURES[kind]
        print(f"{kind:14}{right:7}{total:7}{smoothed(right, total):8.2f}{used:8.2f}")


if __name__ == "__main__":
    main()
