"""A word of a lexicon and what it denotes."""

from dataclasses import dataclass

from affectgraph.kg.frozen import quickly_made
from affectgraph.kg.model import Concept
from affectgraph.linkers.model import EvidenceKind


@quickly_made
@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon and what it denotes.

    :param is_weak: whether the word's common meaning is another, or it only suggests the concept.
    :param role: who or what has the feeling, of the sense that names the concept most directly.
    :param is_rare: whether the word hardly ever has this sense, so that it never links on its own.
    :param share: how the word's concepts compare, in 0..1: the strongest has 1.
    :param strength: how directly it names the concept, in 0..1; see :class:`~affectgraph.kg.WordForm`.
    :param is_divided: whether one sense of the word is shared out between concepts, this one of them.
    """

    form: str
    concept: Concept
    kind: EvidenceKind
    parts_of_speech: frozenset[str]
    role: str
    iri: str
    source: str
    is_weak: bool
    share: float = 1.0
    is_rare: bool = False
    strength: float = 1.0
    is_divided: bool = False
