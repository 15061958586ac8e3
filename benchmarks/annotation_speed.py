"""Times ``annotate_many`` on one core beside spaCy's PhraseMatcher and gilda with the same terms.

Run: python benchmarks/annotation_speed.py [--texts N]. Texts are the development comments, cut and joined
into pieces of ten words, drawn with a fixed seed. All run one after the other in one process, three times
each; the fastest counts, in seconds of the processor. spaCy runs a blank English pipeline, so it splits
words and matches terms, and judges neither senses nor polarity. What is not installed is said.
"""

import argparse
import random
import resource
from collections.abc import Callable
from importlib.util import find_spec
from time import process_time
from typing import Any

from annotation_development import rows
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotate import Annotator
from affectgraph.linkers.lexicon import Lexicon

WORDS = 10
SEED = 4


def short_texts(number: int) -> list[str]:
    """Return texts of ten words: half from neutral comments, half from emotional ones."""
    neutral = [row["text"] for row in rows("neutral_comments.tsv")]
    emotional = [row["text"] for row in rows("emotional_comments.tsv")]
    pieces = [
        *_pieces(neutral),
        *_pieces(emotional + [row["text"] for row in rows("negation.tsv")]),
    ]
    return random.Random(SEED).choices(pieces, k=number)  # noqa: S311  # no secret


def _pieces(texts: list[str]) -> list[str]:
    words = " ".join(texts).split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]


def fastest(run: Callable[[], Any]) -> float:
    """Return the processor seconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        start = process_time()
        run()
        times.append(process_time() - start)
    return min(times)


def report(name: str, number: int, seconds: float) -> None:
    print(f"{name:44} {number / seconds:10,.0f} texts/s  {seconds / number * 1e6:8.1f} us a text")


def time_annotator(graph: EmotionGraph, texts: list[str]) -> None:
    annotator = Annotator(graph)
    start = process_time()
    annotator.annotate(texts[0])
    print(f"first text: {(process_time() - start) * 1000:.0f} ms")
    found = annotator.annotate_many(texts)
    marked = sum(bool(annotation.mentions) for annotation in found)
    print(f"texts with a mention: {marked / len(texts):.0%}")
    report("annotate_many", len(texts), fastest(lambda: annotator.annotate_many(texts)))
    plain = [text for text in texts if not annotator.annotate(text).mentions]
    report(
        "the same, texts without a mention",
        len(plain),
        fastest(lambda: annotator.annotate_many(plain)),
    )
    summed = lambda: [(a.emotions, a.vad) for a in annotator.annotate_many(texts)]  # noqa: E731
    report("annotate_many, with emotions and vad", len(texts), fastest(summed))


def time_spacy(graph: EmotionGraph, texts: list[str]) -> None:
    if find_spec("spacy") is None:
        print("spaCy is not installed")
        return
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("emotion", [nlp.make_doc(form) for form in Lexicon(graph).words])
    few = texts[: len(texts) // 10]
    run = lambda: [matcher(doc) for doc in map(nlp.make_doc, few)]  # noqa: E731
    report("spaCy tokenizer and PhraseMatcher", len(few), fastest(run))
    docs = [nlp.make_doc(text) for text in few]
    report(
        "spaCy PhraseMatcher on made docs", len(few), fastest(lambda: [matcher(d) for d in docs])
    )


def time_gilda(graph: EmotionGraph, texts: list[str]) -> None:
    if find_spec("gilda") is None:
        print("gilda is not installed")
        return
    from gilda.grounder import Grounder
    from gilda.ner import annotate
    from gilda.process import normalize
    from gilda.term import Term

    words = Lexicon(graph).words
    terms = [
        Term(normalize(f), f, "AG", words[f][0].concept.slug, f, "synonym", "affectgraph")
        for f in words
    ]
    grounder = Grounder(terms)
    grounder.gilda_disambiguators = {}  # models that tell proteins apart; it would download them
    few = texts[: len(texts) // 100]
    run = lambda: [annotate(text, grounder=grounder) for text in few]  # noqa: E731
    report("gilda annotate", len(few), fastest(run))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=50_000)
    number = parser.parse_args().texts
    print_run_info()
    graph = EmotionGraph.load()
    texts = short_texts(number)
    print(f"{number} texts of {WORDS} words, seed {SEED}")
    time_annotator(graph, texts)
    print(f"most memory so far: {_most_memory():.0f} MiB")
    time_spacy(graph, texts)
    time_gilda(graph, texts)
    print(f"peak memory of the process, all of these together: {_most_memory():.0f} MiB")


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
