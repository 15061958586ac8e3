"""Which emotion does a sentence express? A vote of the graph's words against learned baselines.

Run from a clone with ``pip install -e ".[dev]"``: ``python examples/emotion_detection.py``. With
arguments it reads those texts instead: ``python examples/emotion_detection.py "I dread Mondays."``
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from measures import interval, read_jsonl, run_head, share
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from text_emotions import NEUTRAL, PRIMARIES, packaged_reader, votes, winner

LABELS = (*PRIMARIES, NEUTRAL)
KINDS = ("word", "idiom", "implied", "negated", "plain", "about", "otherwise")
Record = dict[str, Any]


def by_graph(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """Return the primary with most votes per text; nothing is learned from ``train``."""
    reader = packaged_reader()
    return [winner(votes(reader.read(record["text"]))) for record in test]


def by_majority(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """Return the commonest label of ``train``, the first by name at a tie, for every text."""
    counts = Counter(record["emotion"] for record in train)
    label = min(counts, key=lambda name: (-counts[name], name))
    return [label] * len(test)


def _by_words(learner: Any, train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    model = make_pipeline(CountVectorizer(ngram_range=(1, 2)), learner)
    model.fit([record["text"] for record in train], [record["emotion"] for record in train])
    return [str(label) for label in model.predict([record["text"] for record in test])]


def by_bayes(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """Return what naive Bayes says from counts of words and pairs of words."""
    return _by_words(MultinomialNB(), train, test)


def by_regression(train: Sequence[Record], test: Sequence[Record]) -> list[str]:
    """Return what logistic regression says from counts of words and pairs of words."""
    return _by_words(LogisticRegression(max_iter=1000), train, test)


METHODS: dict[str, Callable[[Sequence[Record], Sequence[Record]], list[str]]] = {
    "graph": by_graph,
    "majority": by_majority,
    "naive Bayes": by_bayes,
    "logistic": by_regression,
}


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Return the mean F1 over the seven labels, 0 for a label never right.

    >>> round(7 * macro_f1(["joy", "joy", "fear"], ["joy", "fear", "fear"]), 3)
    1.333
    """
    return _mean_f1(_one_hot(truth), _one_hot(said))


def _one_hot(labels: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([[label == name for name in LABELS] for label in labels])


def _mean_f1(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    found = truth.sum(axis=0) + said.sum(axis=0)
    return float(np.mean(2 * (truth & said).sum(axis=0) / np.maximum(found, 1)))


def macro_f1_line(truth: Sequence[str], said: Sequence[str]) -> str:
    """Return macro-F1 with its interval."""
    first, second = _one_hot(truth), _one_hot(said)
    low, high = interval(lambda at: _mean_f1(first[at], second[at]), range(len(truth)))
    return f"{_mean_f1(first, second):.2f} ({low:.2f}-{high:.2f})"


def figures(records: Sequence[Record]) -> str:
    """Return the whole report on a set of sentences, half of them to learn from."""
    train = [record for record in records if record["half"] == "train"]
    test = [record for record in records if record["half"] == "test"]
    said = {name: method(train, test) for name, method in METHODS.items()}
    size = f"{len(records)} sentences, {len(train)} to learn from, {len(test)} to test on"
    parts = [
        run_head("Emotion detection in text", size),
        _overall(test, said),
        _by_kind(test, said),
        _mistakes(test, said["graph"]),
    ]
    return "\n\n".join(parts)


def _overall(test: Sequence[Record], said: dict[str, list[str]]) -> str:
    truth = [record["emotion"] for record in test]
    lines = [f"{'method':12}  {'macro-F1':16}  accuracy"]
    for name, labels in said.items():
        hits = [a == b for a, b in zip(truth, labels, strict=True)]
        lines.append(f"{name:12}  {macro_f1_line(truth, labels):16}  {share(hits)}")
    return "\n".join(lines)


def _by_kind(test: Sequence[Record], said: dict[str, list[str]]) -> str:
    lines = [
        "right, by kind of sentence",
        f"{'kind':10} {'n':>3}" + "".join(f"{m:>13}" for m in said),
    ]
    for kind in KINDS:
        at = [i for i, record in enumerate(test) if record["kind"] == kind]
        rights = [sum(labels[i] == test[i]["emotion"] for i in at) for labels in said.values()]
        lines.append(f"{kind:10} {len(at):3}" + "".join(f"{right:13}" for right in rights))
    return "\n".join(lines)


def _mistakes(test: Sequence[Record], said: Sequence[str]) -> str:
    """Return how the graph goes wrong: missed, found where there is none, or taken for another."""
    wrong = [
        (record, label)
        for record, label in zip(test, said, strict=True)
        if label != record["emotion"]
    ]
    missed = [pair for pair in wrong if pair[1] == NEUTRAL]
    false = [pair for pair in wrong if pair[0]["emotion"] == NEUTRAL]
    other = [pair for pair in wrong if pair not in missed and pair not in false]
    lines = ["mistakes of the graph, with the first two of each"]
    named = {"no emotion found": missed, "emotion in neutral": false, "another emotion": other}
    for name, pairs in named.items():
        lines.append(f"{name}: {len(pairs)}")
        lines += [f"  {r['emotion']} read as {label}: {r['text']}" for r, label in pairs[:2]]
    return "\n".join(lines)


def explain(text: str) -> str:
    """Return the estimate for one text and the words it rests on."""
    found = packaged_reader().read(text)
    lines = [f"{winner(votes(found))}: {text}"]
    for felt in found:
        where = " > ".join(felt.concept.path) or felt.concept.slug
        denied = ", denied" if felt.is_denied else ""
        lines.append(f"  {felt.mention.quote}: {where}, weight {felt.weight:.2f}{denied}")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:]:
        print("\n".join(map(explain, sys.argv[1:])))
    else:
        print(figures(read_jsonl("emotion_sentences.jsonl")))
