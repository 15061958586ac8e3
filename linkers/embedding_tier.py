"""Asks embeddings for labels that the lexicon leaves open, several words of English; off unless asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from affectgraph.linkers.compounds import decide
from affectgraph.linkers.embedding import EmbeddingLinker
from affectgraph.linkers.english import is_english
from affectgraph.linkers.label_forms import is_refusal, pieces, simpler
from affectgraph.linkers.model import Candidate, Grounding
from affectgraph.linkers.normalise import normalise
from affectgraph.linkers.phrase_words import DENIALS, NEGATIVE

FLOOR = 0.5
"""Least support of an answer; from here on none on the development sets was wrong."""

MOST_WORDS = 8
REMEMBERED = 16_384
"""Forms whose candidates are remembered before the memory is emptied."""

_WORDS = re.compile(r"[a-z]+(?:[ '-][a-z]+)+")


class EmbeddingTier:
    """What :class:`~affectgraph.linkers.LabelLinker` asks last. Threads may share one.

    Single words are never asked for: what the vocabulary does not hold of them are the names of things, which
    lie near the phrases they stand in ("beaver" near "eager beaver").

    :param linker: finds the nearest words.
    """

    def __init__(self, linker: EmbeddingLinker) -> None:
        self._linker = linker
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def place(self, answers: Sequence[Grounding]) -> list[Grounding]:
        """Return answers in order, with those that were left open placed where embeddings can.

        Open labels are embedded in one batch: a millisecond or two each, the loading of the model apart.
        """
        forms = [open_form(answer) for answer in answers]
        near = self._candidates({form for form in forms if form is not None})
        return [
            _placed(answer, near[form]) if form is not None and near[form] else answer
            for answer, form in zip(answers, forms, strict=True)
        ]

    def _candidates(self, forms: set[str]) -> dict[str, tuple[Candidate, ...]]:
        """Return the candidates of each form; what other threads ask or forget meanwhile changes nothing."""
        known = self._known
        found = {form: known[form] for form in forms if form in known}
        new = sorted(forms - found.keys())
        if new:
            asked = self._linker.candidates_many(new, floor=FLOOR)
            found |= zip(new, asked, strict=True)
            self._known = found if len(known) + len(new) > REMEMBERED else known | found
        return found


def _placed(answer: Grounding, candidates: tuple[Candidate, ...]) -> Grounding:
    found = decide(answer.text, list(candidates))
    return replace(found, degree=answer.degree, given=answer.given)


def open_form(answer: Grounding) -> str | None:
    """Return the form of a label that embeddings may place, None if they may not.

    It is unknown and not compound, no refusal, denies nothing, and has two to eight words of English letters
    that are English.

    >>> from affectgraph.linkers.model import Grounding
    >>> [open_form(Grounding(text, "nil", (), "unknown", "")) for text in ("steely gaze", "table", "x += 1")]
    ['steely gaze', None, None]
    """
    if answer.reason != "unknown" or answer.parts or answer.scheme:
        return None
    return _form(answer.text)


@lru_cache(maxsize=REMEMBERED)
def _form(text: str) -> str | None:
    parts = pieces(text)
    if len(parts) != 1 or is_refusal(normalise(text)):
        return None
    form = [step.form for step in simpler(parts[0].text)][-1]
    words = re.split(r"[ -]", form)
    if not _WORDS.fullmatch(form) or len(words) > MOST_WORDS:
        return None
    denies = any(DENIALS.get(w, w) in NEGATIVE for w in (*words, *normalise(text).split()))
    return None if denies or not all(is_english(w.partition("'")[0]) for w in words) else form
