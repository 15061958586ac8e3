"""Exact search among the embedded texts of a graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from affectgraph.linkers.embedding_rows import EmbeddedText, row_vectors
from affectgraph.linkers.embedding_search import ExactSearch
from affectgraph.linkers.encoder import TextEncoder, Vectors

EMBEDDED = 8192
"""Texts embedded at once: the more, the more of them have one length."""

COMPARED = 256
"""Texts compared with all rows at once: a product of 20 MB, which the allocator keeps."""


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
        self.encoder = encoder
        self.rows = rows
        self._search = ExactSearch(row_vectors(encoder, rows), encoder.device)

    def nearest(self, texts: Sequence[str], count: int) -> Iterator[list[Near]]:
        """Yield for each text its ``count`` nearest rows, nearest first; equal ones in the rows' order."""
        for start in range(0, len(texts), EMBEDDED):
            yield from self.nearest_to(self.encoder.encode(texts[start : start + EMBEDDED]), count)

    def nearest_to(self, vectors: Vectors, count: int) -> Iterator[list[Near]]:
        """Yield the same for vectors, ``(texts, dimension)``, L2-normalised."""
        most = min(count, len(self.rows))
        for start in range(0, len(vectors), COMPARED):
            found = self._search.best(vectors[start : start + COMPARED], most)
            for line, indices in zip(*found, strict=True):
                ordered = sorted((-round(c, 5), i) for c, i in zip(line, indices, strict=True))
                yield [Near(self.rows[index], -negated) for negated, index in ordered]
