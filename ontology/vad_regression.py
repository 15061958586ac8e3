"""Regression from word embeddings to valence, arousal and dominance, and its cross-validation.

Numpy only, and no model: embeddings come in as arrays. Rows of an embedding matrix are L2-normalised,
so that an inner product is a cosine; targets are ``(words, 3)`` on -1..1.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from affectgraph.ontology.errors import InputError

Matrix = NDArray[np.float64]
Predictor = Callable[[Matrix, Matrix, Matrix], Matrix]
"""(embeddings to learn from, their targets, embeddings to judge) -> predictions."""

FOLDS = 10
STEM_LETTERS = 3


def ridge(known: Matrix, targets: Matrix, asked: Matrix, *, penalty: float) -> Matrix:
    """Return predictions of linear regression with an L2 penalty; the intercept is not penalised."""
    centre, level = known.mean(axis=0), targets.mean(axis=0)
    inner = known - centre
    weights = np.linalg.solve(
        inner.T @ inner + penalty * np.eye(inner.shape[1]), inner.T @ (targets - level)
    )
    return np.asarray((asked - centre) @ weights + level)


def nearest_neighbours(known: Matrix, targets: Matrix, asked: Matrix, *, count: int) -> Matrix:
    """Return means of the nearest words' targets, weighted by the fourth power of the cosine."""
    cosines = asked @ known.T
    chosen = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
    weights = np.clip(np.take_along_axis(cosines, chosen, axis=1), 1e-6, None) ** 4
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(np.einsum("ij,ijk->ik", weights, targets[chosen]))


def kernel_ridge(
    known: Matrix, targets: Matrix, asked: Matrix, *, width: float, penalty: float
) -> Matrix:
    """Return predictions of ridge regression under the kernel ``exp(-width * squared distance)``."""
    level = targets.mean(axis=0)
    weights = np.linalg.solve(
        _kernel(known, known, width) + penalty * np.eye(len(known)), targets - level
    )
    return np.asarray(_kernel(asked, known, width) @ weights + level)


def _kernel(first: Matrix, second: Matrix, width: float) -> Matrix:
    return np.asarray(np.exp(width * (2.0 * (first @ second.T) - 2.0)))


METHODS: dict[str, Predictor] = {
    "ridge": partial(ridge, penalty=1.0),
    "nearest-neighbours": partial(nearest_neighbours, count=20),
    "kernel-ridge": partial(kernel_ridge, width=1.0, penalty=0.1),
}
"""The methods that are compared, each with the best of the settings in :data:`GRID`."""

GRID: dict[str, Predictor] = {
    **{f"ridge penalty={x}": partial(ridge, penalty=x) for x in (0.3, 1.0, 3.0)},
    **{f"nearest-neighbours count={k}": partial(nearest_neighbours, count=k) for k in (10, 20, 30)},
    **{
        f"kernel-ridge width={w} penalty={x}": partial(kernel_ridge, width=w, penalty=x)
        for w in (0.5, 1.0, 2.0)
        for x in (0.1, 0.3, 1.0)
    },
}
"""Settings that were tried; ``python -m affectgraph.ontology.vad_estimates --grid`` prints all."""


def word_groups(words: Sequence[str]) -> list[str]:
    """Return the group of each word: its first three letters, in lower case.

    Senses of a word, its regular inflections and its derivations by ending fall into one group, and so
    never into learning and testing at once. The groups are wider than lemmas, on purpose.

    >>> word_groups(["love", "loving", "Loved", "content (happy)"])
    ['lov', 'lov', 'lov', 'con']
    """
    return [word.casefold()[:STEM_LETTERS] for word in words]


def assign_folds(groups: Sequence[str], *, folds: int = FOLDS) -> dict[str, int]:
    """Return the fold of each group: the largest first, each into the fold with fewest words so far.

    :raises InputError: if there are fewer groups than folds.
    """
    sizes = Counter(groups)
    if len(sizes) < folds:
        raise InputError(
            f"Expected at least {folds} groups of words, got {len(sizes)}. Ask for fewer folds."
        )
    loads = [0] * folds
    assigned: dict[str, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        assigned[group] = loads.index(min(loads))
        loads[assigned[group]] += sizes[group]
    return assigned


def cross_predict(
    embeddings: Matrix, targets: Matrix, folds: NDArray[np.int64], predict: Predictor
) -> Matrix:
    """Return for each word the prediction of a model that saw no word of its fold."""
    found = np.zeros_like(targets)
    for fold in np.unique(folds):
        held = folds == fold
        found[held] = predict(embeddings[~held], targets[~held], embeddings[held])
    return found


def nearest_similarity(embeddings: Matrix, folds: NDArray[np.int64]) -> Matrix:
    """Return each word's largest cosine with a word of another fold."""
    found = np.zeros(len(embeddings))
    for fold in np.unique(folds):
        held = folds == fold
        found[held] = (embeddings[held] @ embeddings[~held].T).max(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """How predictions of one dimension compare with what people said.

    :param n: number of words.
    :param r2: 1 - squared error / variance; 0 is as good as the mean, 1 is perfect.
    :param rmse, mae: root mean squared and mean absolute error, on the -1..1 scale.
    :param r: Pearson correlation.
    """

    n: int
    r2: float
    rmse: float
    mae: float
    r: float


def measure_fit(predicted: Matrix, said: Matrix) -> Fit:
    """Return the fit of one dimension.

    :raises InputError: if there are fewer than two words, or all were rated alike.

    >>> measure_fit(np.array([0.25, 0.75]), np.array([0.0, 1.0])).mae
    0.25
    """
    if len(said) < 2 or np.ptp(said) == 0:
        raise InputError("Expected at least two words with different ratings. Give more words.")
    error = predicted - said
    squared = float((error**2).mean())
    varies = float(np.ptp(predicted)) > 0
    return Fit(
        n=len(said),
        r2=1.0 - squared / float(said.var()),
        rmse=squared**0.5,
        mae=float(np.abs(error).mean()),
        r=float(np.corrcoef(predicted, said)[0, 1]) if varies else 0.0,
    )


def error_bands(
    similarity: Matrix, error: Matrix, of: NDArray[np.bool_], *, bands: int = 3
) -> tuple[Matrix, Matrix]:
    """Return how large errors are by how near the nearest known word is.

    :param similarity: ``(words,)`` cosine with the nearest known word; all words set the edges.
    :param error: ``(words, 3)`` prediction minus rating.
    :param of: ``(words,)`` the words whose errors count.
    :returns: inner edges ``(bands - 1,)``, ascending, and RMSE ``(bands, 3)``; band i holds what lies at
        or above edge i - 1 and below edge i.
    :raises InputError: if a band has no word to count.
    """
    edges = np.quantile(similarity, np.linspace(0, 1, bands + 1)[1:-1])
    band = np.searchsorted(edges, similarity, side="right")
    counted = [of & (band == i) for i in range(bands)]
    if not all(mask.any() for mask in counted):
        raise InputError("Expected words in every band of similarity. Ask for fewer bands.")
    rmse = np.array([np.sqrt((error[mask] ** 2).mean(axis=0)) for mask in counted])
    return np.asarray(edges), rmse


def best_method(fits: Mapping[str, Sequence[Fit]]) -> str:
    """Return the method with the largest mean R2 over its dimensions; the first by name on a tie."""
    return max(sorted(fits), key=lambda name: sum(fit.r2 for fit in fits[name]) / len(fits[name]))
