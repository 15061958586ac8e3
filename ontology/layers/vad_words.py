"""Rated words: every word of the norms with its value, and the words of the vocabulary it speaks for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, GRAPH, LEX, SOURCE, VAD
from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.vocabulary import accepted_rows, entry_name
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    decimal,
    describe,
    integer,
    slug,
    string,
)

GLASGOW = "glasgow"
DIMENSIONS = ("valence", "arousal", "dominance")


class Word(NamedTuple):
    """A word of the vocabulary in one sense: its spelling, part of speech and the concept it denotes.

    :param kind: kind of entry as in ``vocabulary.tsv``.
    """

    form: str
    pos: str
    node: str
    kind: str = "word"

    @property
    def entry(self) -> str:
        """IRI of the lexical entry."""
        return LEX + entry_name(self.form, self.pos)

    @property
    def sense(self) -> str:
        """IRI of the lexical sense."""
        return f"{self.entry}/{slug(self.node)}"


class Norm(NamedTuple):
    """A word as raters saw it: spelling, and the sense in brackets if there was one."""

    form: str
    sense: str

    @property
    def iri(self) -> str:
        """IRI of the rated word."""
        return f"{VAD}{GLASGOW}/word/{slug(f'{self.form} {self.sense}')}"


class Match(NamedTuple):
    """The rated word that speaks for a word of the vocabulary, and how it matches.

    :param kind: ``exact`` (the word was rated, and the norms list no other sense of it), ``sense`` (it was
        rated in this sense) or ``unmarked`` (it was rated without a sense, though the norms also rate
        senses apart: raters may have had another one in mind).
    """

    norm: Norm
    kind: str


def vocabulary() -> tuple[Word, ...]:
    """Return the accepted words of the vocabulary, one per sense, in the order of their table."""
    return tuple(Word(row["form"], row["pos"], row["node"], row["kind"]) for row in accepted_rows())


def match_words(
    words: Iterable[Word], norms: Iterable[Norm], senses: Iterable[Row]
) -> dict[Word, Match]:
    """Return the rated word that speaks for each word of a vocabulary; words without one are left out.

    Spellings are compared without regard to case. A sense that was rated apart comes first, where
    ``vad_senses.tsv`` has it for the part of speech and the word's concept lies at or under the one named
    there; else the unmarked rating counts. No inflected or derived form stands in for another.

    :param words: (form, part of speech, concept) of any vocabulary.
    :param senses: rows with ``form``, ``sense``, ``pos`` and ``under``.
    """
    by_form: dict[str, dict[str, Norm]] = defaultdict(dict)
    for norm in norms:
        by_form[norm.form.casefold()][norm.sense] = norm
    fitting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in senses:
        fitting[row["form"].casefold(), row["pos"]].append(row)
    found = {}
    for word in words:
        rated = by_form.get(word.form.casefold(), {})
        match = _match(word, rated, fitting[word.form.casefold(), word.pos])
        if match is not None:
            found[word] = match
    return found


def _match(word: Word, rated: Mapping[str, Norm], fitting: Iterable[Row]) -> Match | None:
    for row in fitting:
        if row["sense"] in rated and row["under"] in above(word.node):
            return Match(rated[row["sense"]], "sense")
    if "" in rated:
        return Match(rated[""], "exact" if len(rated) == 1 else "unmarked")
    return None


@cache
def _paths() -> dict[str, frozenset[str]]:
    return {name: frozenset(node.path) for name, node in tree_nodes().items()}


def above(node: str) -> frozenset[str]:
    """Return a concept and everything above it in the tree; a state is alone.

    >>> sorted(above("dread"))
    ['dread', 'fear', 'nervousness']
    """
    return _paths().get(node, frozenset({node}))


def norm_rows() -> dict[Norm, Row]:
    """Return the rows of the Glasgow Norms by the word as raters saw it."""
    return {Norm(row["form"], row["sense"]): row for row in read_table("vad_glasgow")}


def measured_words() -> dict[Word, Match]:
    """Return the rated word that speaks for each word of the graph's own vocabulary."""
    return match_words(vocabulary(), norm_rows(), read_table("vad_senses"))


def word_quads() -> Iterator[Quad]:
    """Yield every rated word, in the default graph and in the graph of its source."""
    speaks: dict[Norm, dict[str, str]] = defaultdict(dict)
    for word, match in measured_words().items():
        target = word.sense if match.kind == "sense" else word.entry
        speaks[match.norm][target] = match.kind
    for graph in (None, f"{GRAPH}vad-{GLASGOW}"):
        for norm, row in norm_rows().items():
            yield from describe(norm.iri, _rated(norm, row), graph)
            for target, kind in speaks[norm].items():
                link: list[tuple[str, Object]] = [
                    (AG + "ofEntry", target),
                    (AG + "matchKind", string(kind)),
                ]
                yield from describe(norm.iri, link, graph)
                yield from describe(target, [(AG + "isRatedAs", norm.iri)], graph)


def _rated(norm: Norm, row: Row) -> Iterator[tuple[str, Object]]:
    yield A, AG + "RatedWord"
    yield AG + "ratedForm", string(norm.form)
    if norm.sense:
        yield AG + "ratedSense", string(norm.sense)
    for name in DIMENSIONS:
        yield AG + name, decimal(row.number(name))
        yield AG + name + "Sd", decimal(row.number(f"{name}_sd"))
    yield AG + "raters", integer(row.integer("raters"))
    yield DCT + "source", SOURCE + row["source"]
    yield DCT + "isPartOf", f"{GRAPH}vad-{GLASGOW}"
