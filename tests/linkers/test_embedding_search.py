"""The first look in bfloat16 changes nothing in what is found, not even among rows it cannot tell apart."""

import numpy as np
import pytest
from numpy.typing import NDArray

from affectgraph.linkers.embedding_search import ROUNDING, SCREENED, ExactSearch
from affectgraph.linkers.encoder import Vectors

torch = pytest.importorskip("torch", reason="needs the extra [embeddings]")

CPU = torch.device("cpu")


def unit_vectors(count: int, dimension: int, seed: int) -> Vectors:
    """Return directions at random."""
    made = np.random.default_rng(seed).normal(size=(count, dimension))
    lengths: NDArray[np.float64] = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / lengths, dtype=np.float32)


def fan(angles: NDArray[np.float64]) -> Vectors:
    """Return a vector in the plane for each angle to the first axis, in radians: its cosine is cos(angle)."""
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_rows_and_cosines_are_those_of_a_search_in_float32() -> None:
    rows, asked = unit_vectors(800, 384, seed=1), unit_vectors(50, 384, seed=2)
    exact = asked.astype(np.float64) @ rows.astype(np.float64).T

    cosines, found = ExactSearch(rows, CPU, screens=True).best(asked, 10)

    assert np.array_equal(found, np.argsort(-exact, axis=1)[:, :10])
    assert np.array(cosines) == pytest.approx(-np.sort(-exact, axis=1)[:, :10], abs=1e-6)


def test_rows_that_bfloat16_cannot_tell_apart_are_found_in_order() -> None:
    # cos(0.06) is .9982, and from .99805 on the nearest number of bfloat16 is 1: all 60 rows are as near.
    angles = np.random.default_rng(3).permutation(np.arange(1, 61)) * 0.001
    asked = np.array([[1, 0]], dtype=np.float32)

    cosines, found = ExactSearch(fan(angles), CPU, screens=True).best(asked, 10)

    assert angles[found[0]] == pytest.approx(np.arange(1, 11) * 0.001)
    assert cosines[0] == pytest.approx(np.cos(np.arange(1, 11) * 0.001), abs=1e-6)


def test_close_and_clear_texts_keep_their_places_in_a_batch() -> None:
    # The first text has 40 rows beside it, all alike in bfloat16; the second two near ones, others far off.
    near = np.random.default_rng(6).permutation(np.arange(1, 41)) * 0.001
    rows = fan(np.concatenate([near, [1.5, 1.6], np.linspace(2.4, 3.1, 40)]))
    asked = np.array([[1, 0], [0, 1]], dtype=np.float32)

    _, found = ExactSearch(rows, CPU, screens=True).best(asked, 2)

    assert near[found[0]] == pytest.approx([0.001, 0.002])
    assert set(found[1]) == {40, 41}


def test_a_vector_of_zeros_is_as_far_from_all_rows() -> None:
    rows = unit_vectors(100, 16, seed=4)

    cosines, found = ExactSearch(rows, CPU, screens=True).best(np.zeros((1, 16), np.float32), 3)

    assert cosines == [[0, 0, 0]]
    assert len(set(found[0])) == 3


@pytest.mark.parametrize("screens", [True, False])
@pytest.mark.parametrize("count", [1, 5, SCREENED])
def test_few_rows_and_many_wanted_are_found_too(screens: bool, count: int) -> None:
    rows = unit_vectors(SCREENED, 16, seed=5)

    _, found = ExactSearch(rows, CPU, screens=screens).best(rows[:3], count)

    assert [line[0] for line in found] == [0, 1, 2]
    assert [len(line) for line in found] == [count] * 3


def test_numbers_are_rounded_by_no_more_than_is_reckoned_with() -> None:
    # 1 + 2^-8 lies halfway between 1 and the next number of bfloat16, 1 + 2^-7: rounding cannot be worse.
    halfway = torch.tensor(1 + 2**-8, dtype=torch.float32)

    error = abs(halfway.bfloat16().float() - halfway).item()

    assert error == 2**-8
    assert error <= ROUNDING * halfway.bfloat16().float().item()
