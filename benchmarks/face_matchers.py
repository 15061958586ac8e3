"""Ways to find phrases for facial actions in texts, compared on the gold set of claims.

spaCy's PhraseMatcher on a blank English pipeline, over the graph's own phrases, once by words as written and
once by the stems that :mod:`affectgraph.linkers.face_phrases` uses; that module's book of the same phrases;
and the book with the grammar of descriptions, which is what the checker reads. A spot is a sighting of the
gold set in words without a number. It is found if a phrase of one of its actions overlaps it; a phrase is
right if a gold claim on one of its actions overlaps it. ``phrase_matching.py --faces`` prints the table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any

from gold_matching import Said, gold, items

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.face_grammar import find_descriptions
from affectgraph.linkers.face_phrases import PhraseBook, stem

PASSES = 5

Codes = frozenset[str]
Spot = tuple[int, int, Codes]
"""Where it stands in the text, and the FACS codes it may mean."""

Finder = Callable[[str], list[Spot]]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of the gold set.

    :param spots: sightings in words; ``claims``: all claims on facial actions, with their places.
    """

    text: str
    spots: tuple[Spot, ...]
    claims: tuple[Spot, ...]


def gold_texts() -> list[GoldText]:
    """Return the sentences and rationales of the gold set."""
    return [_gold_text(item) for name in ("sentences", "rationales") for item in items(name, "all")]


def _gold_text(item: dict[str, Any]) -> GoldText:
    text = item["text"]
    spots: list[Spot] = []
    claims: list[Spot] = []
    for entry in item["claims"]:
        said = gold(text, entry)
        codes = _codes(said)
        placed = [(start, end, codes) for start, end in said.spans] if codes else []
        claims += placed
        if said.type == "observes" and not any(char.isdigit() for char in said.quote):
            spots += placed
    return GoldText(text, tuple(spots), tuple(claims))


def _codes(claim: Said) -> Codes:
    """Return the FACS codes that a gold claim is on."""
    ends = claim.object if claim.type == "cue_denotes" else claim.subject
    named = {code.removeprefix("not ").upper() for end in ends for code in end.split("|")}
    if claim.type == "au_identity":
        return frozenset(f"AU{number}" for number in named)
    return frozenset(code for code in named if code.startswith("AU") and code[2:].isdigit())


# --- finders --------------------------------------------------------------------------------------


def phrases(graph: EmotionGraph) -> Iterator[tuple[str, Codes]]:
    """Yield the phrases for facial actions that the graph has, with their codes."""
    for unit in graph.index.units.values():
        yield from ((name, frozenset({unit.code})) for name in (unit.name, *unit.aliases))
    for cue in graph.index.cues:
        yield cue.phrase, frozenset(cue.codes + cue.any_of)


def spacy_finder(graph: EmotionGraph, *, by_stem: bool) -> Finder:
    """Return spaCy's PhraseMatcher over the phrases; of those that overlap the longest counts."""
    import spacy
    from spacy.attrs import NORM  # type: ignore[import-not-found]  # compiled, no stub
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    if by_stem:
        nlp.vocab.lex_attr_getters[NORM] = stem  # type: ignore[attr-defined]
    matcher = PhraseMatcher(nlp.vocab, attr="NORM" if by_stem else "LOWER")
    meanings: dict[str, Codes] = {}
    for number, (phrase, codes) in enumerate(phrases(graph)):
        matcher.add(str(number), [nlp.make_doc(phrase)])
        meanings[str(number)] = codes

    def find(text: str) -> list[Spot]:
        spans = filter_spans(matcher(nlp.make_doc(text), as_spans=True))
        return [(span.start_char, span.end_char, meanings[span.label_]) for span in spans]

    return find


def book_finder(graph: EmotionGraph, *, with_grammar: bool) -> Finder:
    """Return the project's book of phrases, or the book and the grammar of descriptions."""
    book = PhraseBook(graph)

    def find(text: str) -> list[Spot]:
        found = [(m.start, m.end, frozenset(m.meaning.all_codes)) for m in book.find(text)]
        if with_grammar:
            found += [
                (d.start, d.end, frozenset(d.rule.codes + d.rule.any_of))
                for d in find_descriptions(text)
                if not any(d.start < end and start < d.end for start, end, _ in found)
            ]
        return found

    return find


# --- measurement ----------------------------------------------------------------------------------


def print_faces(graph: EmotionGraph) -> None:
    """Print what each way finds and what it costs."""
    texts = gold_texts()
    finders = {
        "spaCy PhraseMatcher, words as written": spacy_finder(graph, by_stem=False),
        "spaCy PhraseMatcher, stems": spacy_finder(graph, by_stem=True),
        "book of phrases": book_finder(graph, with_grammar=False),
        "book and grammar": book_finder(graph, with_grammar=True),
    }
    costs = _costs([one.text for one in texts], finders)
    print(f"{len(list(phrases(graph)))} phrases; {len(texts)} texts; microseconds for 100 words")
    for name, find in finders.items():
        found, spots, right, marked = score(find, texts)
        print(
            f"{name:38} spots found {found} of {spots}, {found / spots:.3f}; "
            f"phrases right {right} of {marked}, {right / marked:.3f}; {costs[name]:.0f} us"
        )


def score(find: Finder, texts: Sequence[GoldText]) -> tuple[int, int, int, int]:
    """Return spots found, spots, phrases right, and phrases marked."""
    found = spots = right = marked = 0
    for one in texts:
        ours = find(one.text)
        spots += len(one.spots)
        found += sum(any(map(_shares(spot), ours)) for spot in one.spots)
        marked += len(ours)
        right += sum(any(map(_shares(phrase), one.claims)) for phrase in ours)
    return found, spots, right, marked


def _shares(spot: Spot) -> Callable[[Spot], bool]:
    start, end, codes = spot
    return lambda other: other[0] < end and start < other[1] and bool(codes & other[2])


def _costs(texts: Sequence[str], finders: dict[str, Finder]) -> dict[str, float]:
    """Return the median microseconds of processor time for 100 words, over passes in turn."""
    words = sum(len(text.split()) for text in texts)
    taken: dict[str, list[float]] = {name: [] for name in finders}
    for turn in range(PASSES + 1):
        for name, find in finders.items():
            start = process_time()
            for text in texts:
                find(text)
            if turn:  # the first pass fills memories
                taken[name].append((process_time() - start) / words * 1e8)
    return {name: median(times) for name, times in taken.items()}
