"""Exact search among the embedded texts of a graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from affectgraph.linkers.embedding_rows import EmbeddedText, row_vectors
from affectgraph.linkers.encoder import TextEncoder, Vectors

BLOCK = 1024
"""Texts compared with all rows at once: a product of 90 MB."""


@dataclass(frozen=True, slots=True)
class Near:
    """A row and its cosine with a text, to five places."""

    row: EmbeddedText
    cosine: float


class RowIndex:
    """The rows of a graph and their vectors on the encoder's device. Threads may share one.

    :param encoder: what made or makes the vectors.
    :param rows: what to compare with.
    """

    def __init__(self, encoder: TextEncoder, rows: Sequence[EmbeddedText]) -> None:
        import torch

        self.encoder = encoder
        self.rows = rows
        self._matrix: Any = torch.from_numpy(row_vectors(encoder, rows)).to(encoder.device)

    def nearest(self, texts: Sequence[str], count: int) -> Iterator[list[Near]]:
        """Yield for each text its ``count`` nearest rows, nearest first; equal ones in the rows' order."""
        for start in range(0, len(texts), BLOCK):
            yield from self.nearest_to(self.encoder.encode(texts[start : start + BLOCK]), count)

    def nearest_to(self, vectors: Vectors, count: int) -> Iterator[list[Near]]:
        """Yield the same for vectors, ``(texts, dimension)``, L2-normalised."""
        import torch

        with torch.inference_mode():
            asked = torch.from_numpy(vectors).to(self._matrix.device)
            cosines, which = torch.topk(asked @ self._matrix.T, min(count, len(self.rows)), dim=1)
        for line, indices in zip(cosines.tolist(), which.tolist(), strict=True):
            ordered = sorted((-round(c, 5), i) for c, i in zip(line, indices, strict=True))
            yield [Near(self.rows[index], -negated) for negated, index in ordered]
