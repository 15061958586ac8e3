"""Reads WordNet 3.0 as Debian's ``wordnet-base`` installs it: synsets, glosses and the links between them.

Only the vocabulary pipeline needs it; neither the build nor the package does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from affectgraph.ontology.errors import BackendError

FOLDER = Path("/usr/share/wordnet")
"""Where Debian's package puts the database."""

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
FEELING = 12
EMOTION_VERBS = 37
"""Numbers of the lexicographer files ``noun.feeling`` and ``verb.emotion`` (WordNet 3.0, lexnames)."""

HYPONYM, SIMILAR, DERIVATION, PERTAINYM, PARTICIPLE = "~", "&", "+", "\\", "<"
"""Symbols of the links that the pipeline follows. Antonyms (``!``) and attributes (``=``, which join
antonyms through their noun) are not among them."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A link from a synset, or from one of its words, to another.

    :param word: 1-based number of the word the link starts from, 0 for the whole synset.
    :param target_word: the same in the target.
    """

    symbol: str
    target: str
    word: int
    target_word: int


@dataclass(frozen=True, slots=True)
class Synset:
    """A set of synonyms.

    :param id: offset and part of speech, such as ``07516354-n``; satellites of adjectives count as ``a``.
    :param file: number of the lexicographer file.
    :param lemmas: its words as written, spaces for underscores, without syntactic markers.
    :param gloss: the definition without the examples.
    """

    id: str
    file: int
    lemmas: tuple[str, ...]
    gloss: str
    pointers: tuple[Pointer, ...]

    @property
    def pos(self) -> str:
        """The part of speech as the tables write it: noun, verb, adj or adv."""
        return next(name for name, letter in PARTS.items() if self.id.endswith(letter))

    def targets(self, *symbols: str) -> Iterator[str]:
        """Yield the ids of the synsets its links of some kinds lead to."""
        return (pointer.target for pointer in self.pointers if pointer.symbol in symbols)


class WordNet:
    """All synsets of the four parts of speech; reading takes about two seconds.

    :param folder: the folder with ``data.noun`` and its sisters.
    :raises BackendError: if the folder has no WordNet.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        if not (folder / "data.noun").is_file():
            raise BackendError(
                f"expected WordNet's data.noun in {folder}, found none.",
                backend="wordnet",
                retryable=False,
                hint="Debian: apt-get install wordnet-base.",
            )
        self.synsets: dict[str, Synset] = {
            synset.id: synset
            for name in PARTS
            for synset in _read(folder / f"data.{name}", PARTS[name])
        }

    @cached_property
    def by_word(self) -> dict[tuple[str, str], tuple[Synset, ...]]:
        """Synsets by (word in lower case, part of speech), in the order of the files."""
        found: dict[tuple[str, str], list[Synset]] = {}
        for synset in self.synsets.values():
            for lemma in synset.lemmas:
                found.setdefault((lemma.lower(), synset.pos), []).append(synset)
        return {key: tuple(synsets) for key, synsets in found.items()}


def _read(path: Path, letter: str) -> Iterator[Synset]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("  "):
                yield parse_synset(line, letter)


def parse_synset(line: str, letter: str) -> Synset:
    """Return the synset of a line of a ``data.*`` file, in the format of wndb(5WN).

    :param letter: the part of speech of the file: n, v, a or r.
    """
    data, _, gloss = line.partition(" | ")
    fields = data.split()
    count = int(fields[3], 16)
    lemmas = tuple(_lemma(fields[4 + 2 * i]) for i in range(count))
    rest = fields[4 + 2 * count :]
    pointers = tuple(_pointer(*rest[1 + 4 * i : 5 + 4 * i]) for i in range(int(rest[0])))
    definition = gloss.partition('; "')[0].strip()
    return Synset(f"{fields[0]}-{letter}", int(fields[1]), lemmas, definition, pointers)


def _lemma(field: str) -> str:
    return field.partition("(")[0].replace("_", " ")


def _pointer(symbol: str, offset: str, letter: str, words: str) -> Pointer:
    target = f"{offset}-{'a' if letter == 's' else letter}"
    return Pointer(symbol, target, int(words[:2], 16), int(words[2:], 16))
