"""Annotates texts: mentions of emotion with their circumstances, and what the text sums up to."""

from collections.abc import Iterable, Mapping, Set

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.annotation.circumstance import (
    STRONGER,
    find_certainty,
    find_degree,
)
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.experiencer import find_feeler
from affectgraph.linkers.annotation.matcher import FILLS, Form, Known, Matcher
from affectgraph.linkers.annotation.model import Annotation, Span, TextMention
from affectgraph.linkers.annotation.scope import find_denial
from affectgraph.linkers.annotation.senses import hides_word, is_meant
from affectgraph.linkers.annotation.signs import SignFinder, is_emoji
from affectgraph.linkers.annotation.summary import GraphSummariser
from affectgraph.linkers.annotation.tokens import APOSTROPHES, Tokens, lowered
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.ontology.errors import InputError

CLEAR = 0.7
"""Emoji count from this strength on, though most have other uses too; emoticons need to be clear."""

Found = tuple[int, int, Form, bool]
"""First word, end, form, and whether an ordinary sense could not be ruled out."""


class Annotator:
    """Marks emotions in texts with the words of a graph. Threads may share one.

    A text's answer does not depend on what came before. The first text costs 80 to 100
    milliseconds of processor time (``benchmarks/annotation_speed.py``).

    :param graph: where words, concepts and VAD values come from.
    :param overlapping: also give shorter matches inside longer ones.
    :param ambiguous: also give words whose ordinary sense could not be ruled out, marked as such.

    >>> annotator = Annotator(EmotionGraph.load())
    >>> [(m.quote, m.concept.slug, m.polarity) for m in annotator.annotate("Happy, not sad.").mentions]
    [('Happy', 'happiness', 'affirmed'), ('sad', 'sadness', 'negated')]
    """

    def __init__(
        self, graph: EmotionGraph, *, overlapping: bool = False, ambiguous: bool = False
    ) -> None:
        self.graph = graph
        self.overlapping = overlapping
        self.ambiguous = ambiguous
        lexicon = Lexicon(graph)
        self._matcher = Matcher(graph, lexicon)
        self._signs = SignFinder(lexicon)
        self._summary = GraphSummariser(graph)

    def annotate(self, text: str) -> Annotation:
        """Return a text with its mentions. Costs 20 to 80 microseconds for ten words, linear in length.

        :raises InputError: if the text is no ``str``.
        """
        if not isinstance(text, str):
            raise InputError(
                f"Expected a text as str, got {type(text).__name__}. "
                "Give one text to annotate, several to annotate_many."
            )
        context = Context(text, Tokens(text, lowered(text)), self._matcher)
        found = self._found(context)
        mentions = _mentions(context, found) if found else ()
        signs = self._signs.find(text)
        if signs:
            mentions = _with_signs(mentions, self._sign_mentions(text, signs))
        return Annotation(text, mentions, self._summary)

    def annotate_many(self, texts: Iterable[str]) -> list[Annotation]:
        """Return the annotation of each text, in order; the same as one at a time.

        :raises InputError: if a text is no ``str``, with its position, or if a single text is given, or texts
            without an order.
        """
        if isinstance(texts, str):
            raise InputError("Expected several texts, got one str. Use annotate for one text.")
        if isinstance(texts, Set | Mapping) or not isinstance(texts, Iterable):
            raise InputError(
                f"Expected texts in order, such as a list, got {type(texts).__name__}. "
                "Put them into a list."
            )
        found: list[Annotation] = []
        for position, text in enumerate(texts):
            if not isinstance(text, str):
                raise InputError(
                    f"Expected texts as str, got {type(text).__name__} at position {position}. "
                    "Leave it out or give an empty text."
                )
            found.append(self.annotate(text))
        return found

    # --- words -----------------------------------------------------------------------------------

    def _found(self, context: Context) -> list[Found]:
        """Return what counts as a mention, in order; without overlaps unless they are asked for."""
        words = context.words
        matcher = self._matcher
        found: list[Found] = []
        free = 0
        stems = [*map(matcher.stems.__getitem__, words[1:]), ""]
        known_words = map(matcher.__getitem__, words)
        for position, (known, after) in enumerate(zip(known_words, stems, strict=False)):
            if known is None or position < free:
                continue
            if after in known.opens or (known.places and self._fills(words, position, known)):
                phrases = matcher.phrases(words, position, known)
                if phrases:
                    free = self._add(context, position, phrases, found)
                    if position < free:
                        continue
            single = known.form
            if single is not None and (self.ambiguous or not single.is_never):
                free = self._add(context, position, [(position + 1, single)], found)
        return found

    def _fills(self, words: list[str], position: int, known: Known) -> bool:
        """Return whether the word behind may fill a place in a phrase that begins with a word."""
        following = words[position + 1 : position + 2]
        return bool(following) and known.places & FILLS[following[0]] > 0

    def _add(
        self, context: Context, position: int, forms: list[tuple[int, Form]], found: list[Found]
    ) -> int:
        """Add those of the forms at a position that count, and return where the next may begin."""
        for end, form in forms:
            if form.is_never and not self.ambiguous:
                continue
            is_sure = is_meant(context, position, end, form)
            if is_sure and end > position + 1:
                is_sure = not hides_word(context.words, position, end, form, self._matcher)
            if not is_sure and not (self.ambiguous and end == position + 1):
                continue
            found.append((position, end, form, not is_sure))
            if not self.overlapping:
                return end
        return position

    # --- signs -----------------------------------------------------------------------------------

    def _sign_mentions(self, text: str, signs: list[tuple[int, int]]) -> list[TextMention]:
        found: list[TextMention] = []
        for start, end in signs:
            form = self._matcher.sign(text[start:end])
            if form is None:
                continue
            is_sure = not form.first.is_weak or (
                is_emoji(text[start]) and form.first.strength >= CLEAR
            )
            if not is_sure and not self.ambiguous:
                continue
            found.append(
                TextMention(
                    start,
                    end,
                    text[start:end],
                    form.candidates,
                    "affirmed",
                    None,
                    1.0,
                    None,
                    "certain",
                    None,
                    form.first.role,
                    None,
                    False,
                    not is_sure,
                )
            )
        return found


def _mentions(context: Context, found: list[Found]) -> tuple[TextMention, ...]:
    heads = {end: start for start, end, _, _ in found}
    return tuple([_mention(context, heads, item) for item in found])


def _mention(context: Context, heads: dict[int, int], found: Found) -> TextMention:
    words = context.words
    first, end, form, is_ambiguous = found
    word = words[first]
    start_at, end_at = context.place(first, end)
    quote = context.text[start_at:end_at]
    denial = find_denial(words, first, end, heads, form.is_inflected and word.endswith("er"))
    intensity, degree = find_degree(words, first, end, quote, word)
    certainty, sure = find_certainty(words, first, end)
    role, experiencer = find_feeler(context, first, end, form)
    polarity_cue = intensity_cue = certainty_cue = None
    is_negated = False
    if denial is not None:
        polarity_cue = _span(context, denial.first, denial.last + 1)
        is_negated = denial.is_negated
        if denial.is_stronger:
            intensity, intensity_cue = STRONGER, polarity_cue
            if sure == denial.first:  # "couldn't be happier" tells of now
                certainty, sure = "certain", None
        if denial.is_past and certainty == "certain":
            certainty, certainty_cue = "past", polarity_cue
    if degree is not None and intensity_cue is None:
        intensity_cue = _span(context, degree, degree + 1)
    if sure is not None:
        certainty_cue = _span(context, sure, sure + 1)
    return TextMention(
        start_at,
        end_at,
        quote,
        form.candidates,
        "negated" if is_negated else "affirmed",
        polarity_cue,
        intensity,
        intensity_cue,
        certainty,
        certainty_cue,
        role,
        None if experiencer is None else _without_verb(_span(context, *experiencer)),
        form.is_figurative,
        is_ambiguous,
    )


def _span(context: Context, first: int, end: int) -> Span:
    start_at, end_at = context.place(first, end)
    return Span(start_at, end_at, context.text[start_at:end_at])


def _without_verb(named: Span) -> Span:
    """Return a span without the verb or ending joined to it: "I'm", "Anna's"."""
    if named.quote.isascii() and named.quote.isalpha():
        return named
    who, _, ending = named.quote.translate(APOSTROPHES).rpartition("'")
    if not who[-1:].isalnum() or (ending and not ending.isalpha()):
        return named
    return Span(named.start, named.start + len(who), named.quote[: len(who)])


def _with_signs(
    mentions: tuple[TextMention, ...], signs: list[TextMention]
) -> tuple[TextMention, ...]:
    """Join words and signs in order; a sign inside a word's mention is dropped."""
    joined: list[TextMention] = []
    covered = 0
    for mention in sorted((*mentions, *signs), key=lambda m: (m.start, -m.end)):
        if mention.start >= covered or mention.quote[0].isalnum():
            joined.append(mention)
            covered = max(covered, mention.end)
    return tuple(joined)
