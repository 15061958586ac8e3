"""How many stars does a review give? Features from the graph against word counts, same learner.

Run from a clone with ``pip install -e ".[dev]"``: ``python examples/rating_prediction.py``.
The reviews are composed from written parts (see data/README.md): the figures compare features on these
texts and say nothing about reviews that people wrote.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from measures import SEED, interval, run_head
from numpy.typing import NDArray
from reviews import FOLDS, Review, composed_reviews
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from text_emotions import PRIMARIES, Felt, packaged_reader, primary_of, vad_of
from threadpoolctl import threadpool_limits

ALPHAS = (0.1, 1.0, 10.0, 100.0)
SIZES = (10, 30, 100)
REPEATS = 5

Matrix = NDArray[np.float64]
Split = tuple[NDArray[np.int_], NDArray[np.int_]]
Features = Callable[[Sequence[str], Sequence[str]], tuple[Matrix, Matrix]]
"""From texts to learn from and texts to predict to their two matrices, one row a text."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How reviews are parted into those to learn from and those to predict.

    :param part: from a review and its place to its part.
    :param held_out: what no two parts share: ``core`` or only ``text``.
    """

    title: str
    part: Callable[[int, Review], object]
    held_out: str


SETTINGS = (
    Setting("three folds that share no sentence", lambda _, r: r.fold, "core"),
    Setting("learned on two domains, tested on the third", lambda _, r: r.domain, "core"),
    Setting("three folds that share sentences", lambda place, _: place % FOLDS, "text"),
)


def describe(found: Sequence[Felt]) -> list[float]:
    """Return 17 numbers for a text: votes per primary, denied weight, VAD and intensity.

    Order: share of each primary among the votes (6); weight of pleasant and of unpleasant words that
    are denied (2); mean valence, arousal, dominance, weighted (3); lowest and highest valence (2);
    total weight, weight times distance from neutral valence, number of votes (3); whether nothing is
    named (1).
    """
    said = [felt for felt in found if not felt.is_denied]
    total = sum(felt.weight for felt in said)
    shares = [_weight(said, primary) / total if total else 0.0 for primary in PRIMARIES]
    points = [(felt.weight, vad) for felt in said if (vad := vad_of(felt.concept)) is not None]
    valences = [vad.valence for _, vad in points] or [0.0]
    means = [_mean([(w, v.valence) for w, v in points]), _mean([(w, v.arousal) for w, v in points])]
    means.append(_mean([(w, v.dominance) for w, v in points]))
    strength = sum(weight * abs(vad.valence) for weight, vad in points)
    rest = [min(valences), max(valences), total, strength, float(len(said)), float(not said)]
    return [*shares, *_denied(found), *means, *rest]


def _weight(found: Sequence[Felt], primary: str) -> float:
    return sum(felt.weight for felt in found if primary_of(felt.concept) == primary)


def _denied(found: Sequence[Felt]) -> list[float]:
    """Return the denied weight of pleasant words, and of unpleasant ones."""
    denied = [(f.weight, vad_of(f.concept)) for f in found if f.is_denied]
    known = [(weight, vad.valence) for weight, vad in denied if vad is not None]
    return [sum(w for w, v in known if v > 0), sum(w for w, v in known if v < 0)]


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighted)
    return sum(weight * value for weight, value in weighted) / total if total else 0.0


def graph_features() -> Features:
    """Return the features of :func:`describe`, each scaled by the texts to learn from."""
    reader = packaged_reader()
    known: dict[str, list[float]] = {}

    def row(text: str) -> list[float]:
        if text not in known:
            known[text] = describe(reader.read(text))
        return known[text]

    def features(train: Sequence[str], test: Sequence[str]) -> tuple[Matrix, Matrix]:
        scaler = StandardScaler()
        learned = scaler.fit_transform(np.array([row(text) for text in train]))
        return learned, scaler.transform(np.array([row(text) for text in test]))

    return features


def word_features(train: Sequence[str], test: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Return counts of the words of the texts to learn from."""
    counter = CountVectorizer()
    learned = counter.fit_transform(train).toarray().astype(float)
    return learned, counter.transform(test).toarray().astype(float)


def joined(*parts: Features) -> Features:
    """Return features side by side."""

    def features(train: Sequence[str], test: Sequence[str]) -> tuple[Matrix, Matrix]:
        pairs = [part(train, test) for part in parts]
        return np.hstack([pair[0] for pair in pairs]), np.hstack([pair[1] for pair in pairs])

    return features


def no_features(train: Sequence[str], test: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Return a column of zeros, so that the mean rating is what is learned."""
    return np.zeros((len(train), 1)), np.zeros((len(test), 1))


def predict(
    features: Features, train: Sequence[Review], test: Sequence[Review], *, held_out: str = "core"
) -> Matrix:
    """Return ratings by ridge regression, cut to 1..5; its penalty is chosen on ``train`` alone.

    :param held_out: what is new in ``test``, and so in the folds that choose the penalty: ``core``,
        or only ``text``.
    """
    learned, asked = features([r.text for r in train], [r.text for r in test])
    ratings = np.array([review.rating for review in train], dtype=float)
    alpha = _best_alpha(learned, ratings, [getattr(review, held_out) for review in train])
    said: Matrix = np.clip(Ridge(alpha).fit(learned, ratings).predict(asked), 1, 5)
    return said


def _best_alpha(learned: Matrix, ratings: Matrix, groups: Sequence[str]) -> float:
    """Return the penalty with the least error over three folds of groups."""
    folds = list(GroupKFold(3).split(learned, ratings, groups))
    errors = {alpha: _error(alpha, learned, ratings, folds) for alpha in ALPHAS}
    return min(errors, key=lambda alpha: errors[alpha])


def _error(alpha: float, learned: Matrix, ratings: Matrix, folds: Sequence[Split]) -> float:
    missed = [
        np.abs(Ridge(alpha).fit(learned[fit], ratings[fit]).predict(learned[held]) - ratings[held])
        for fit, held in folds
    ]
    return float(np.concatenate(missed).mean())


def all_features() -> dict[str, Features]:
    """Return the four ways to describe a review, by name."""
    graph = graph_features()
    return {
        "mean rating": no_features,
        "word counts": word_features,
        "graph": graph,
        "both": joined(graph, word_features),
    }


def crossed(
    features: Features, reviews: Sequence[Review], parts: Sequence[object], held_out: str
) -> Matrix:
    """Return a prediction for each review, learned from the reviews of the other parts.

    :param parts: the part of each review.
    :param held_out: see :func:`predict`.
    """
    said = np.zeros(len(reviews))
    for part in dict.fromkeys(parts):
        held = np.array([other == part for other in parts])
        train = [review for review, out in zip(reviews, held, strict=True) if not out]
        test = [review for review, out in zip(reviews, held, strict=True) if out]
        said[held] = predict(features, train, test, held_out=held_out)
    return said


def figures(reviews: Sequence[Review], sizes: Sequence[int] = SIZES) -> str:
    """Return the whole report on a set of reviews; on one thread, as the matrices are small."""
    with threadpool_limits(1):
        return _figures(reviews, sizes)


def _figures(reviews: Sequence[Review], sizes: Sequence[int]) -> str:
    cores = len({review.core for review in reviews})
    size = f"{len(reviews)} made-up reviews from {cores} cores; intervals draw whole cores"
    named = all_features()
    parts = [
        run_head("Rating prediction from reviews", size),
        *(_table(setting, named, reviews) for setting in SETTINGS),
        _curve(named, reviews, sizes),
    ]
    return "\n\n".join(parts)


def _table(setting: Setting, named: dict[str, Features], reviews: Sequence[Review]) -> str:
    truth = np.array([review.rating for review in reviews], dtype=float)
    cores = [review.core for review in reviews]
    parts = [setting.part(place, review) for place, review in enumerate(reviews)]
    said = {name: crossed(way, reviews, parts, setting.held_out) for name, way in named.items()}
    lines = [setting.title, f"{'features':12}  {'MAE':16}  Spearman"]
    for name, ratings in said.items():
        missed = np.abs(ratings - truth)
        rank = "-" if name == "mean rating" else f"{spearmanr(ratings, truth).statistic:.2f}"
        lines.append(f"{name:12}  {_with_interval(missed, cores):16}  {rank}")
    for name in ("graph", "both"):
        gain = np.abs(said[name] - truth) - np.abs(said["word counts"] - truth)
        lines.append(f"MAE of {name} minus word counts: {_with_interval(gain, cores, sign='+')}")
    return "\n".join(lines)


def _with_interval(values: Matrix, cores: Sequence[str], sign: str = "") -> str:
    low, high = interval(lambda at: float(values[at].mean()), cores)
    between = " to " if sign else "-"
    return f"{values.mean():{sign}.2f} ({low:{sign}.2f}{between}{high:{sign}.2f})"


def _curve(named: dict[str, Features], reviews: Sequence[Review], sizes: Sequence[int]) -> str:
    title = f"MAE by number of reviews to learn from, mean of {REPEATS} draws in each of the folds"
    lines = [title, f"{'features':12}" + "".join(f"{size:>7}" for size in sizes)]
    for name, features in named.items():
        errors = [_error_at(features, reviews, size) for size in sizes]
        lines.append(f"{name:12}" + "".join(f"{error:7.2f}" for error in errors))
    return "\n".join(lines)


def _error_at(features: Features, reviews: Sequence[Review], size: int) -> float:
    """Return the mean error after learning from that many reviews, the same draws for all features."""
    rng = np.random.default_rng(SEED + size)
    errors = []
    for fold in sorted({review.fold for review in reviews}):
        pool = [review for review in reviews if review.fold != fold]
        test = [review for review in reviews if review.fold == fold]
        truth = np.array([review.rating for review in test])
        for _ in range(REPEATS):
            train = [pool[at] for at in rng.permutation(len(pool))[:size]]
            errors.append(np.abs(predict(features, train, test) - truth).mean())
    return float(np.mean(errors))


if __name__ == "__main__":
    print(figures(composed_reviews()))
