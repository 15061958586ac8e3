"""What texts are compared with: the graph's words and concepts as vectors, made once and kept.

The rows are the accepted forms of the vocabulary, the forms that were read and rejected, and name and
definition of every concept. Rejected forms are there to be near: a text among them names no feeling.
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from affectgraph.kg.compiled import cache_folder
from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.encoder import TextEncoder, Vectors
from affectgraph.linkers.lexicon import RARE, Lexicon
from affectgraph.linkers.normalise import normalise, plain_spelling


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """A text of the graph that is embedded.

    :param concept: slug of what it names, the strongest of several; None for a rejected form.
    :param iri: the resource that carries it; empty for a rejected form.
    :param source: id of the source that says so; empty for a rejected form.
    """

    text: str
    concept: str | None
    iri: str = ""
    source: str = ""


def plain(text: str) -> str:
    """Return a text as it is embedded: normalised, without marks on letters, spaces for hyphens.

    >>> plain(" Self-Pity! ")
    'self pity'
    """
    return plain_spelling(normalise(text))


def embedded_texts(graph: EmotionGraph) -> tuple[EmbeddedText, ...]:
    """Return what is embedded of a graph; each plain spelling once, rejected forms after the accepted.

    Left out: words that mostly mean something else, which link in a context only, and forms rejected
    because they are rare ("jubilated"), as most are of the family of an accepted one.
    """
    words = Lexicon(graph).words
    found: dict[str, EmbeddedText] = {}
    for form, entries in words.items():
        best = entries[0]
        if not best.is_rare:
            row = EmbeddedText(plain(form), best.concept.slug, best.iri, best.source)
            found.setdefault(row.text, row)
    known = {plain(form) for form in words}
    for form, reason in graph.index.rejected_forms.items():
        if reason != RARE and plain(form) not in known:
            found.setdefault(plain(form), EmbeddedText(plain(form), None))
    concepts = (
        EmbeddedText(f"{c.label}: {c.definition}", c.slug, c.iri, c.source)
        for c in graph.index.concepts.values()
    )
    return (*found.values(), *concepts)


PACKAGED = Path(__file__).parent / "packaged"
"""Where ``make data`` puts the vectors: apart from the compiled graph, which is replaced whole."""


def row_vectors(encoder: TextEncoder, rows: Sequence[EmbeddedText]) -> Vectors:
    """Return the vectors of rows, ``(rows, dimension)`` float32: kept ones, or made now and kept.

    Their file is named by a digest of model and texts, so those of another model or graph are never taken.
    It is looked for in :data:`PACKAGED`, then in ``embeddings`` beside the compiled graphs of the user's
    cache (:func:`affectgraph.kg.compiled.cache_folder`), where vectors made now are kept; where no file can
    be written they are made anew each time. Making them takes a minute or two.
    """
    name = vectors_name(encoder, rows)
    kept = cache_folder().parent / "embeddings"
    for path in (PACKAGED / name, kept / name):
        found = _read(path, (len(rows), encoder.dimension))
        if found is not None:
            return found
    made = exact(encoder).encode([row.text for row in rows])
    _write(kept / name, made)
    return made


def pack_vectors(
    encoder: TextEncoder, rows: Sequence[EmbeddedText], folder: Path = PACKAGED
) -> Path:
    """Make the vectors of rows, if they are not there, and keep them in a folder as the only ones.

    Returns their file; it appears whole.

    :raises OSError: if the folder cannot be written.
    """
    path = folder / vectors_name(encoder, rows)
    if _read(path, (len(rows), encoder.dimension)) is None:
        _save(path, exact(encoder).encode([row.text for row in rows]))
    for other in set(folder.glob("*.npy")) - {path}:
        other.unlink()
    return path


def exact(encoder: TextEncoder) -> TextEncoder:
    """Return an encoder of the same model that works in float32; the given one if it does."""
    if encoder.precision == "float32":
        return encoder
    return TextEncoder(encoder.folder, device=str(encoder.device))


def vectors_name(encoder: TextEncoder, rows: Sequence[EmbeddedText]) -> str:
    """Return the name of the file of the vectors of rows."""
    texts = "\n".join(row.text for row in rows)
    return sha256(f"{encoder.digest()}\n{texts}".encode()).hexdigest()[:32] + ".npy"


def _read(path: Path, shape: tuple[int, int]) -> Vectors | None:
    try:
        kept = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):  # none there, or a file cut short
        return None
    return kept if kept.shape == shape and kept.dtype == np.float32 else None


def _write(path: Path, vectors: Vectors) -> None:
    """Keep vectors where that can be done."""
    with suppress(OSError):
        _save(path, vectors)


def _save(path: Path, vectors: Vectors) -> None:
    """Write a file that is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, vectors)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
