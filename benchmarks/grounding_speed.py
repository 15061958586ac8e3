"""Measures labels grounded a second on one core, beside gilda and spaCy's PhraseMatcher.

Labels: the development sets' open labels and the labels of all schemes ("repeated"), drawn with
replacement; distinct words of the vocabulary with a capital that neither linker nor graph has been asked
for ("unseen"); and words of SCOWL's list that the vocabulary does not hold ("not held"), which take the
longest, since every rule is tried before the answer is no. The peers hold the same terms, look terms up
and do no more: no inflection, no parts, no refusals. Figures are the best of three, in processor time; a
peer that is not installed is left out with a line that says so. Run: ``python
benchmarks/grounding_speed.py``.
"""

import argparse
import gc
import importlib.util
import random
import sys
import time
from collections.abc import Callable, Sequence

from development import rows
from run_info import print_run_info

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.linkers.english import english_words

SEED = 7
REPEATED = 200_000
UNSEEN = 8_000
NOT_HELD = 2_000
ROUNDS = 3


def best(make: Callable[[], Callable[[Sequence[str]], object]], labels: Sequence[str]) -> float:
    """Return labels a second, the best of a few rounds, each with what ``make`` makes afresh."""
    found = []
    for _ in range(ROUNDS):
        work = make()
        gc.collect()  # what the round before has left
        start = time.process_time()
        work(labels)
        found.append(len(labels) / (time.process_time() - start))
    return max(found)


def real_labels(graph: EmotionGraph) -> list[str]:
    """Return the open labels of the development set and the labels of all schemes."""
    open_labels = [row["label"] for row in rows("open_labels")]
    return [*open_labels, *(label.name for scheme in graph.schemes() for label in scheme.labels)]


def warm() -> LabelLinker:
    """Return a linker on a graph read anew, with its indexes made and no label remembered."""
    linker = LabelLinker(EmotionGraph.load())
    linker.ground_many(["joy", "blew his top", "angryy", "zzzz"])
    return linker


def print_memory() -> None:
    """Print the most memory this process had, where the system says so."""
    try:
        import resource
    except ImportError:
        print("memory: not measured, the system does not say")
        return
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB")


def gilda_lookup(terms: Sequence[str]) -> Callable[[Sequence[str]], object]:
    """Return gilda's grounding with the vocabulary as its terms."""
    from gilda import Grounder, Term
    from gilda.process import normalize

    grounder = Grounder(
        [Term(normalize(t), t, "AG", str(n), t, "name", "AG") for n, t in enumerate(terms)]
    )
    return lambda labels: [grounder.ground(label) for label in labels]


def spacy_lookup(terms: Sequence[str]) -> Callable[[Sequence[str]], object]:
    """Return spaCy's PhraseMatcher on lower-case forms with the vocabulary as its terms."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("AG", [nlp.make_doc(term) for term in terms])
    return lambda labels: [matcher(nlp.make_doc(label)) for label in labels]


def main() -> None:
    """Print labels a second for each way."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # it has no options
    print_run_info()
    graph = EmotionGraph.load()
    start = time.process_time()
    linker = LabelLinker(graph)
    linker.ground("joy")
    print(f"first answer after loading the graph: {1e3 * (time.process_time() - start):.0f} ms")
    source = random.Random(SEED)  # noqa: S311
    repeated = source.choices(real_labels(graph), k=REPEATED)
    terms = sorted(linker.lexicon.words)
    unseen = [term.capitalize() for term in source.sample(terms, UNSEEN)]
    held = {*terms, *graph.index.rejected_forms}
    not_held = source.sample(sorted(english_words().every - held), NOT_HELD)
    linker.ground_many([*repeated, "blew his top", "angryy", "zzzz"])
    print_memory()
    print(f"{'way':28}{'labels':>9}{'labels/s':>11}")
    _print_line("ground_many, repeated", repeated, lambda: linker.ground_many)
    _print_line("ground_many, unseen", unseen, lambda: warm().ground_many)
    _print_line("ground_many, not held", not_held, lambda: warm().ground_many)
    for name, module, lookup in (
        ("gilda", "gilda", gilda_lookup),
        ("spaCy PhraseMatcher", "spacy", spacy_lookup),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{name}: left out, not installed here (pip install {module})")
            continue
        work = lookup(terms)
        few = repeated[: UNSEEN * 2]
        _print_line(f"{name}, repeated", few, lambda work=work: work)  # type: ignore[misc]
        _print_line(f"{name}, unseen", unseen, lambda work=work: work)  # type: ignore[misc]


def _print_line(
    name: str, labels: Sequence[str], make: Callable[[], Callable[[Sequence[str]], object]]
) -> None:
    print(f"{name:28}{len(labels):9}{best(make, labels):11,.0f}")


if __name__ == "__main__":
    main()
