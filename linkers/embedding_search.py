"""The rows of a matrix nearest to vectors: exact, with a first look in bfloat16 where that is faster."""

from typing import Any

from affectgraph.linkers.encoder import Vectors
from affectgraph.linkers.encoder_precision import has_bfloat16

SCREENED = 32
"""Rows that are left of all after a first look in bfloat16."""

ROUNDING = 2**-8
"""Most by which a number is wrong in bfloat16, as a share of it: it has eight significant bits."""

SUMS = 0.0005
"""More than what sums in float32 of 6,000 products, and norms that are not quite 1, add to that."""


class ExactSearch:
    """Finds the rows with the greatest cosines. Threads may share one.

    On a CPU with instructions for bfloat16, all rows are compared in it, and the 32 best again in float32.
    Where the last of them is not farther below the last row wanted than both could be wrong, all rows are
    compared in float32 after all. So rows and cosines are those of float32.

    How wrong: for a text ``a``, a row ``r`` and what bfloat16 makes of them, ``a'`` and ``r'``, the products
    differ by at most ``|a' - a| |r'| + |a| |r' - r|`` (Cauchy and Schwarz), and the result is rounded once.

    :param matrix: ``(rows, dimension)`` float32, L2-normalised.
    :param device: where to compare; a ``torch.device``.
    :param screens: whether to look in bfloat16 first; as the device is made, if left out.
    """

    def __init__(self, matrix: Vectors, device: Any, *, screens: bool | None = None) -> None:
        import torch

        self._matrix: Any = torch.from_numpy(matrix).to(device)
        if screens is None:
            screens = device.type == "cpu" and has_bfloat16(torch, device)
        self._rough: Any = self._matrix.bfloat16() if screens else None
        self._apart = float(_apart(self._matrix, self._rough).max()) if screens else 0.0

    def best(self, vectors: Vectors, count: int) -> tuple[list[list[float]], list[list[int]]]:
        """Return for each vector its greatest cosines and their rows, greatest first.

        :param vectors: ``(texts, dimension)`` float32, L2-normalised.
        :param count: how many; at most the number of rows.
        """
        import torch

        with torch.inference_mode():
            asked = torch.from_numpy(vectors).to(self._matrix.device)
            look = self._compared if self._rough is None else self._screened
            cosines, rows = look(asked, count)
        return cosines.tolist(), rows.tolist()

    def _compared(self, asked: Any, count: int) -> tuple[Any, Any]:
        found: tuple[Any, Any] = (asked @ self._matrix.T).topk(count, dim=1)
        return found

    def _screened(self, asked: Any, count: int) -> tuple[Any, Any]:
        if not count < SCREENED < len(self._matrix):
            return self._compared(asked, count)
        halved = asked.bfloat16()
        found, kept = (halved @ self._rough.T).topk(SCREENED, dim=1)
        again = (self._matrix[kept] @ asked.unsqueeze(2)).squeeze(2)
        cosines, places = again.topk(count, dim=1)
        rows = kept.gather(1, places)
        wanted, last = found[:, count - 1].float(), found[:, -1].float()
        doubt = 2 * (self._apart + _apart(asked, halved) + SUMS)
        is_close = last >= wanted - doubt - ROUNDING * (wanted.abs() + last.abs())
        if is_close.any():
            cosines[is_close], rows[is_close] = self._compared(asked[is_close], count)
        return cosines, rows


def _apart(exact: Any, rough: Any) -> Any:
    """Return the length of the difference of each vector."""
    return (exact - rough.float()).norm(dim=1)
