"""Estimates valence, arousal and dominance of unrated words, and says how far off they are.

``python -m affectgraph.ontology.vad_estimates`` reads the tables, compares three methods by ten-fold
cross-validation on the Glasgow Norms, estimates with the best of them every word and concept name of the
graph that nobody rated, and writes ``vad_estimated.tsv`` and ``vad_validation.tsv``. It needs the extra
``[embeddings]`` and about two minutes on two cores; the build of the graph reads the tables alone. Run it
again when the vocabulary has grown. ``--check`` writes nothing and exits 1 if a table would change by
more than rounding; ``--grid`` prints every setting that was tried.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers.tree import Node, tree_nodes
from affectgraph.ontology.layers.vad import branch_mean, concept_norms
from affectgraph.ontology.layers.vad_further import unrated_targets
from affectgraph.ontology.layers.vad_words import DIMENSIONS, Norm, measured_words, norm_rows
from affectgraph.ontology.rows import Row, parse_table
from affectgraph.ontology.vad_regression import (
    GRID,
    METHODS,
    Fit,
    Matrix,
    Predictor,
    assign_folds,
    best_method,
    cross_predict,
    error_bands,
    measure_fit,
    nearest_similarity,
    word_groups,
)
from affectgraph.ontology.word_embeddings import embed

ALL, EMOTION, TREE = "all words", "emotion words", "tree concepts"
TABLES = Path(__file__).resolve().parent / "tables"
ROUNDING = 0.003
"""How far two runs may differ: sums in another order move the third decimal place."""


@dataclass(frozen=True)
class Norms:
    """The rated words with their embeddings, targets and folds.

    :param norms: as raters saw them; row i of every array belongs to ``norms[i]``.
    """

    norms: tuple[Norm, ...]
    embeddings: Matrix
    targets: Matrix
    folds: NDArray[np.int64]
    fold_of_group: dict[str, int]

    @classmethod
    def read(cls) -> "Norms":
        """Return the Glasgow Norms, embedded. Senses are embedded as ``word (sense)``."""
        rows = norm_rows()
        groups = word_groups([norm.form for norm in rows])
        assigned = assign_folds(groups)
        return cls(
            norms=tuple(rows),
            embeddings=embed([_shown(norm) for norm in rows]),
            targets=np.array([_point(row) for row in rows.values()]),
            folds=np.array([assigned[group] for group in groups]),
            fold_of_group=assigned,
        )

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which of them were rated without a sense: the task of estimating is of words."""
        return np.array([not norm.sense for norm in self.norms])

    @cached_property
    def is_emotion(self) -> NDArray[np.bool_]:
        """Which of the words speak for a word of the vocabulary."""
        spoken = {match.norm for match in measured_words().values()}
        return np.array([not norm.sense and norm in spoken for norm in self.norms])

    def predictions(self, predict: Predictor) -> Matrix:
        """Return cross-validated predictions of all of them."""
        return cross_predict(self.embeddings, self.targets, self.folds, predict)

    def held_out(self, texts: Sequence[str], groups: Sequence[str], predict: Predictor) -> Matrix:
        """Return estimates of texts by models that saw no word of the text's group."""
        asked = embed(texts)
        fold = np.array([self.fold_of_group[group] for group in groups])
        found = np.zeros((len(texts), len(DIMENSIONS)))
        for number in np.unique(fold):
            known = self.folds != number
            here = fold == number
            found[here] = predict(self.embeddings[known], self.targets[known], asked[here])
        return found


def _shown(norm: Norm) -> str:
    word = norm.form.casefold()
    return f"{word} ({norm.sense})" if norm.sense else word


def _point(row: Row) -> list[float]:
    return [row.number(name) for name in DIMENSIONS]


def fits_of(predicted: Matrix, said: Matrix) -> list[Fit]:
    """Return the fit of valence, arousal and dominance."""
    return [measure_fit(predicted[:, i], said[:, i]) for i in range(len(DIMENSIONS))]


@dataclass(frozen=True)
class Validation:
    """Cross-validated predictions of the norms by each method, and the method chosen by them."""

    norms: Norms
    predictions: dict[str, Matrix]

    @cached_property
    def chosen(self) -> str:
        """The method with the largest mean R2 over all words."""
        return best_method({name: self.fits(name, ALL) for name in self.predictions})

    def fits(self, method: str, words: str) -> list[Fit]:
        """Return the fits of a method on :data:`ALL` words or on :data:`EMOTION` words."""
        of = self.norms.is_word if words == ALL else self.norms.is_emotion
        return fits_of(self.predictions[method][of], self.norms.targets[of])

    def bands(self) -> tuple[Matrix, Matrix]:
        """Return edges of similarity and RMSE of emotion words by band; see :func:`error_bands`."""
        words = self.norms.is_word
        similarity = nearest_similarity(self.norms.embeddings, self.norms.folds)
        error = self.predictions[self.chosen] - self.norms.targets
        return error_bands(similarity[words], error[words], self.norms.is_emotion[words])


def validate(norms: Norms) -> Validation:
    """Return the cross-validation of all methods."""
    return Validation(norms, {name: norms.predictions(f) for name, f in METHODS.items()})


def branch_means_left_out() -> dict[str, tuple[Node, Row, Matrix]]:
    """Return for each measured concept of the tree its rated word and the mean of the others.

    Concepts with the same rated word are left out together, so that none gives itself away.
    """
    nodes = tree_nodes()
    rated = {name: norm for name, (_, norm) in concept_norms().items() if name in nodes}
    found = {}
    for name, norm in rated.items():
        others = {n: row for n, row in rated.items() if row.line != norm.line}
        means = branch_mean(nodes[name], others).means
        found[name] = (nodes[name], norm, np.array([means[d] for d in DIMENSIONS]))
    return found


def concept_fits(validation: Validation) -> dict[str, list[Fit]]:
    """Return how branch means and estimates do on measured concepts of the tree, each left out."""
    left_out = branch_means_left_out().values()
    said = np.array([_point(norm) for _, norm, _ in left_out])
    estimates = validation.norms.held_out(
        [node.label for node, _, _ in left_out],
        word_groups([norm["form"] for _, norm, _ in left_out]),
        METHODS[validation.chosen],
    )
    means = np.array([mean for _, _, mean in left_out])
    return {
        "branch-mean": fits_of(means, said),
        validation.chosen: fits_of(estimates, said),
        "mean of both": fits_of((means + estimates) / 2, said),
    }


def validation_lines(validation: Validation) -> Iterator[str]:
    """Yield the lines of ``vad_validation.tsv``."""
    yield "\t".join(["method", "chosen", "words", "dimension", "n", "r2", "rmse", "mae", "r"])
    for method in METHODS:
        chosen = "yes" if method == validation.chosen else "no"
        for words in (ALL, EMOTION):
            yield from _fit_lines(method, chosen, words, validation.fits(method, words))
    for method, fits in concept_fits(validation).items():
        yield from _fit_lines(method, "yes" if method == "branch-mean" else "no", TREE, fits)


def _fit_lines(method: str, chosen: str, words: str, fits: Sequence[Fit]) -> Iterator[str]:
    for dimension, fit in zip(DIMENSIONS, fits, strict=True):
        figures = [f"{x:.3f}" for x in (fit.r2, fit.rmse, fit.mae, fit.r)]
        yield "\t".join([method, chosen, words, dimension, str(fit.n), *figures])


def estimate_lines(validation: Validation) -> Iterator[str]:
    """Yield the lines of ``vad_estimated.tsv``, by spelling."""
    norms = validation.norms
    forms = sorted(unrated_targets())
    asked = embed(forms)
    found = METHODS[validation.chosen](norms.embeddings, norms.targets, asked)
    similarity = (asked @ norms.embeddings.T).max(axis=1)
    edges, rmse = validation.bands()
    errors = rmse[np.searchsorted(edges, similarity, side="right")]
    yield "\t".join(["form", *DIMENSIONS, *(f"{name}_rmse" for name in DIMENSIONS), "similarity"])
    for form, point, error, near in zip(forms, found, errors, similarity, strict=True):
        numbers = [*np.clip(point, -1.0, 1.0), *error, near]
        yield "\t".join([form, *(f"{x + 0.0:.3f}" for x in numbers)])


def tables(validation: Validation) -> dict[str, str]:
    """Return the text of both tables by file name."""
    return {
        "vad_estimated.tsv": "".join(f"{line}\n" for line in estimate_lines(validation)),
        "vad_validation.tsv": "".join(f"{line}\n" for line in validation_lines(validation)),
    }


def differences(name: str, old: str, new: str) -> list[str]:
    """Return what differs by more than :data:`ROUNDING` between two texts of a table, a line each."""
    before, after = (
        {tuple(_words(row)): row for row in parse_table(text, file=name)} for text in (old, new)
    )
    found = [f"{name}: {key} is no longer there" for key in before.keys() - after.keys()]
    found += [f"{name}: {key} is new" for key in after.keys() - before.keys()]
    for key in before.keys() & after.keys():
        for column, cell in after[key].cells.items():
            if (
                _is_number(cell)
                and abs(after[key].number(column) - before[key].number(column)) > ROUNDING
            ):
                found.append(f"{name}: {key} {column} was {before[key][column]}, is {cell}")
    return sorted(found)


def _words(row: Row) -> Iterator[str]:
    return (cell for cell in row.cells.values() if not _is_number(cell))


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def print_grid(norms: Norms) -> None:
    """Print the cross-validated R2 of every setting of :data:`GRID` on all words."""
    print("setting\tvalence\tarousal\tdominance")
    for name, predict in GRID.items():
        of = norms.is_word
        fits = fits_of(norms.predictions(predict)[of], norms.targets[of])
        print("\t".join([name, *(f"{fit.r2:.3f}" for fit in fits)]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the tables; return the exit code."""
    parser = argparse.ArgumentParser(prog="affectgraph.ontology.vad_estimates", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a table is stale")
    parser.add_argument("--grid", action="store_true", help="print every setting that was tried")
    chosen = parser.parse_args(arguments)
    norms = Norms.read()
    if chosen.grid:
        print_grid(norms)
        return 0
    stale: list[str] = []
    for name, text in tables(validate(norms)).items():
        file = TABLES / name
        if chosen.check:
            stale += differences(name, file.read_text(encoding="utf-8"), text)
        else:
            file.write_text(text, encoding="utf-8")
            print(f"{file}: {text.count(chr(10)) - 1} rows")
    print("\n".join(stale), file=sys.stderr) if stale else None
    return 1 if stale else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except OntologyError as error:
        raise SystemExit(str(error)) from error
