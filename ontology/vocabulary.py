"""Finds candidates for the vocabulary: WordNet's neighbours of the concepts' words, and word families.

A candidate is only a proposal. It enters the graph when a person has read it and its row stands in
``vocabulary.tsv`` with a decision; so the build needs neither WordNet nor a model. What the pipeline
finds and nobody has read is listed by ``affectgraph build --vocabulary``.

WordNet's attribute and antonym links are never followed: both lead to the other end of the scale.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from affectgraph.ontology.layers.vad import concept_norms
from affectgraph.ontology.layers.vocabulary import accepted_rows, entry_name
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.wordnet import (
    DERIVATION,
    EMOTION_VERBS,
    FEELING,
    HYPONYM,
    PARTICIPLE,
    PERTAINYM,
    SIMILAR,
    Synset,
    WordNet,
)

Embedder = Callable[[Sequence[str]], NDArray[np.float64]]
"""Texts to rows of unit length."""

SEED_SIMILARITY = 0.3
"""A sense of a concept's word counts as the emotional one from this cosine with its definition."""

LINK_SIMILARITY = 0.25
"""A linked synset outside the files of feelings is kept from this cosine with its seed's concept."""

NET = {0: 0.45, 1: 0.5, 2: 0.45, 4: 0.55, 7: 0.5, 9: 0.55, 10: 0.55, FEELING: 0.0, 26: 0.5}
NET |= {29: 0.5, 31: 0.5, 32: 0.5, EMOTION_VERBS: 0.0, 41: 0.5, 44: 0.45}
"""Lexicographer file -> cosine with some concept from which an unlinked synset is read too.

All feelings and emotion verbs are; adjectives and adverbs from .45; of states, attributes, acts and the
like only what is near. The floors were set by reading samples: one in three near the floor is a hit."""

VETO = 0.2
"""Measured valences of opposite sign beyond this speak against a concept (scale -1..1)."""

HOPS = 2
"""Links from a seed to a candidate, at most: long chains drift."""

_LINKS = (DERIVATION, PERTAINYM, SIMILAR, PARTICIPLE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sense of a word that may belong to the vocabulary.

    :param sense: WordNet synset id, empty for members of word families.
    :param proposed, alternative: the likeliest concepts by link or by cosine.
    :param margin: cosine with ``proposed`` minus cosine with ``alternative``.
    :param route: how it was found: ``seed``, ``link``, ``hyponym``, ``nearest`` or ``suffix``.
    """

    form: str
    pos: str
    sense: str
    gloss: str
    proposed: str
    alternative: str
    margin: float
    route: str


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts to propose: names, unit vectors of their definitions, measured valences."""

    names: tuple[str, ...]
    vectors: NDArray[np.float64]
    valence: Mapping[str, float]

    def ranked(
        self, vector: NDArray[np.float64], word_valence: float | None
    ) -> list[tuple[str, float]]:
        """Return concepts by cosine, best first, without those whose valence has the other sign."""
        cosines = self.vectors @ vector
        order = np.argsort(-cosines, kind="stable")
        pairs = ((self.names[i], float(cosines[i])) for i in order)
        return [pair for pair in pairs if not self._vetoed(pair[0], word_valence)]

    def _vetoed(self, name: str, word_valence: float | None) -> bool:
        own = self.valence.get(name)
        if own is None or word_valence is None:
            return False
        return own * word_valence < 0 and min(abs(own), abs(word_valence)) >= VETO


def concepts(embed: Embedder, valence: Mapping[str, float]) -> Concepts:
    """Return the concepts with the vectors of their names and definitions."""
    rows = read_table("definitions")
    texts = [f"{_name(row['node'])}: {row['definition']}" for row in rows]
    return Concepts(tuple(row["node"] for row in rows), embed(texts), valence)


def _name(node: str) -> str:
    return node.removeprefix("state/").removesuffix("-secondary").replace("-", " ")


def seeds() -> Iterator[tuple[str, str, str]]:
    """Yield (form, part of speech, concept) of every name of a concept and of its word family."""
    for row in read_table("definitions"):
        yield _name(row["node"]), "noun", row["node"]
    for row in accepted_rows():
        if row["route"] == "family":
            yield row["form"], row["pos"], row["node"]


def synset_text(synset: Synset) -> str:
    """Return the text a synset is embedded as."""
    return f"{', '.join(synset.lemmas[:4])}: {synset.gloss}"


def wordnet_candidates(
    wordnet: WordNet, embed: Embedder, word_valence: Mapping[str, float], known: Concepts
) -> list[Candidate]:
    """Return the candidates that WordNet gives, sorted by proposed concept, part of speech and sense.

    Costs minutes: some fifty thousand synsets are embedded.

    :param word_valence: measured valence by word, -1..1.
    """
    readable = [s for s in wordnet.synsets.values() if s.file in NET]
    vectors = dict(
        zip((s.id for s in readable), embed([synset_text(s) for s in readable]), strict=True)
    )
    cosines = {id_: known.vectors @ vector for id_, vector in vectors.items()}
    place = {name: i for i, name in enumerate(known.names)}
    found = _linked(wordnet, cosines, place)
    for synset in readable:
        if synset.id not in found and float(cosines[synset.id].max()) >= NET[synset.file]:
            found[synset.id] = ("nearest", "")
    members = (
        _candidate(wordnet.synsets[id_], lemma, route, node, vectors[id_], word_valence, known)
        for id_, (route, node) in found.items()
        for lemma in wordnet.synsets[id_].lemmas
    )
    return sorted(members, key=lambda c: (place[c.proposed], c.pos, c.sense, c.form))


def _linked(
    wordnet: WordNet, cosines: Mapping[str, NDArray[np.float64]], place: Mapping[str, int]
) -> dict[str, tuple[str, str]]:
    """Return (route, concept) by synset id for the seeds and what links lead to from them."""
    best: dict[str, tuple[float, str]] = {}
    for form, pos, node in seeds():
        for synset in wordnet.by_word.get((form, pos), ()):
            if synset.id in cosines:
                cosine = float(cosines[synset.id][place[node]])
                if cosine >= SEED_SIMILARITY:
                    best[synset.id] = max(best.get(synset.id, (0.0, "")), (cosine, node))
    found = {id_: ("seed", node) for id_, (_, node) in best.items()}
    front = list(found)
    for _ in range(HOPS):
        front = list(_step(wordnet, front, found, cosines, place))
    return found


def _step(
    wordnet: WordNet,
    front: Iterable[str],
    found: dict[str, tuple[str, str]],
    cosines: Mapping[str, NDArray[np.float64]],
    place: Mapping[str, int],
) -> Iterator[str]:
    """Yield the ids one link away from the front that are new, and add them to ``found``."""
    for id_ in tuple(front):
        node = found[id_][1]
        for symbol, target in _steps(wordnet.synsets[id_]):
            other = wordnet.synsets[target]
            felt = other.file in {FEELING, EMOTION_VERBS}
            if target in found or target not in cosines or (symbol == HYPONYM and not felt):
                continue
            if felt or cosines[target][place[node]] >= LINK_SIMILARITY:
                found[target] = ("hyponym" if symbol == HYPONYM else "link", node)
                yield target


def _steps(synset: Synset) -> Iterator[tuple[str, str]]:
    return ((p.symbol, p.target) for p in synset.pointers if p.symbol in {*_LINKS, HYPONYM})


def _candidate(
    synset: Synset,
    lemma: str,
    route: str,
    node: str,
    vector: NDArray[np.float64],
    word_valence: Mapping[str, float],
    known: Concepts,
) -> Candidate:
    ranked = known.ranked(vector, word_valence.get(lemma.lower()))
    values = dict(ranked)
    proposed = node if node in values else ranked[0][0]
    alternative = next((name for name, _ in ranked if name != proposed), "")
    margin = round(values[proposed] - values.get(alternative, 0.0), 3)
    return Candidate(
        lemma.lower(), synset.pos, synset.id, synset.gloss, proposed, alternative, margin, route
    )


COLUMNS = ("form", "pos", "sense", "gloss", "proposed", "alternative", "margin", "route")
"""What is written of a candidate for its reader."""


def cells(candidate: Candidate) -> list[str]:
    """Return a candidate as the cells of a row, in the order of :data:`COLUMNS`."""
    return [str(getattr(candidate, column)) for column in COLUMNS]


def unreviewed(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that no row of ``vocabulary.tsv`` decides on, in the order given.

    Spellings that share an entry, with a hyphen and without, are read once.
    """
    rows = read_table("vocabulary")
    senses = {(entry_name(row["form"], row["pos"]), row["sense"]) for row in rows}
    words = {entry for entry, sense in senses if not sense}
    return [
        c
        for c in found
        for entry in [entry_name(c.form, c.pos)]
        if (entry, c.sense) not in senses and (c.sense or entry not in words)
    ]


def all_candidates() -> list[Candidate]:
    """Return what WordNet and the families of accepted words give, by the installed model and word lists.

    Costs some minutes on two cores.

    :raises MissingExtraError: if the extra ``embeddings`` is not installed.
    :raises BackendError: if WordNet 3.0 or a word list is not.
    """
    from affectgraph.ontology.families import family_candidates, read_word_lists
    from affectgraph.ontology.word_embeddings import embed

    found = wordnet_candidates(WordNet(), embed, rated_words(), concepts(embed, rated_concepts()))
    return found + family_candidates(accepted_rows(), read_word_lists())


def rated_words() -> dict[str, float]:
    """Return the measured valence of words, -1..1; of a word rated in several senses, none."""
    return {
        row["form"]: row.number("valence") for row in read_table("vad_glasgow") if not row["sense"]
    }


def rated_concepts() -> dict[str, float]:
    """Return the measured valence of concepts, -1..1."""
    return {node: norm.number("valence") for node, (_, norm) in concept_norms().items()}
