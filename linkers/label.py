"""Grounds labels: from what a model or data set says to a concept, with evidence or an honest no."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.carriers import DEGREE_BEFORE, DENYING, may_have_degree
from affectgraph.linkers.compounds import compound
from affectgraph.linkers.free_labels import MISSING, FreeLabels
from affectgraph.linkers.label_forms import (
    Piece,
    Simpler,
    denied_rest,
    is_joint_denial,
    is_refusal,
    pieces,
    simpler,
)
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.model import Grounding, NilReason, check_limit
from affectgraph.linkers.normalise import normalise
from affectgraph.linkers.presets import PRESETS, Preset, apply
from affectgraph.linkers.scheme_labels import SchemeLabels
from affectgraph.linkers.signs import split_signs
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:  # they load NumPy
    from affectgraph.linkers.embedding import EmbeddingLinker
    from affectgraph.linkers.embedding_tier import EmbeddingTier

MAX_LENGTH = 200
"""Longest label in characters; a text that is longer is no label."""

REMEMBERED = 16_384
"""Number of labels whose answers are remembered; data sets repeat their labels."""

_JOINING = re.compile(r"\s(?:with|versus)\s")
"""Words that part a label, or go on with a phrase: "fed up with it"."""

_JOINED = re.compile(r"[a-z' -]+")
"""A label without marks of a list."""

Reader = FreeLabels | SchemeLabels
"""What reads one form: with a scheme, or without."""


class LabelLinker:
    """Grounds labels against a graph. Threads may share one; answers do not depend on what came before.

    In a scheme, a label means what that scheme's anchor says. Without one: the names of concepts and
    their word families, inflected or not, then labels of the shipped schemes, then the word that a longer
    label turns on, then words one edit away. Before that a label is taken apart as models write them: see
    :mod:`affectgraph.linkers.label_forms`.

    :param graph: the graph to ground in.
    :param hidden_schemes: schemes whose labels are not used as evidence; for measuring.
    :param embeddings: finds near words for labels of several words that all this leaves open; a linker of its
        own, or the folder of a model. Without one, the default, nothing is embedded.
    :raises InputError: if ``embeddings`` is neither, or ``hidden_schemes`` is one text.
    :raises UnknownTermError: if there is no such scheme to hide.
    """

    def __init__(
        self,
        graph: EmotionGraph,
        *,
        hidden_schemes: Iterable[str] = (),
        embeddings: "EmbeddingLinker | str | Path | None" = None,
    ) -> None:
        self.graph = graph
        self.lexicon = Lexicon(graph)
        self._free = FreeLabels(graph, self.lexicon, _schemes(graph, hidden_schemes))
        self._tier = _tier(graph, embeddings)
        self._answers = lru_cache(maxsize=REMEMBERED)(self._answer)

    def ground(
        self,
        label: object,
        *,
        scheme: str | None = None,
        limit: int = 5,
        preset: Preset = "balanced",
    ) -> Grounding:
        """Return what a label means.

        Costs some 15 µs for a label with a form that the lexicon holds, a tenth of a millisecond or two for
        others, and a microsecond or two for a label that was asked for lately.

        :param label: the label; anything but text gives ``nil`` with reason ``not_text``.
        :param scheme: name of the scheme it comes from.
        :param limit: at most so many candidates.
        :param preset: ``strict`` refuses words with another common meaning, misspellings and the like;
            ``always`` takes the best candidate where several branches fit.
        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if ``limit`` is below 1, or there is no such preset.

        >>> LabelLinker(EmotionGraph.load()).ground("slightly annoyed (0.7)").concept.slug
        'annoyance'
        """
        return self.ground_many((label,), scheme=scheme, limit=limit, preset=preset)[0]

    def ground_many(
        self,
        labels: Iterable[object],
        *,
        scheme: str | None = None,
        limit: int = 5,
        preset: Preset = "balanced",
    ) -> list[Grounding]:
        """Return what each label means, in order; each answer equals that of :meth:`ground`.

        :raises InputError: also if ``labels`` is one text or no iterable.
        :raises MissingExtraError: if embeddings were asked for and the extra ``[embeddings]`` is missing.
        :raises BackendError: if their model or device is not there.
        """
        _check(labels, limit, preset)
        name = self.graph.scheme(scheme).name if scheme is not None else None
        answers, most = self._answers, MAX_LENGTH
        found = [
            answers(label, name, preset)
            if type(label) is str and len(label) <= most
            else _unfit(label, name) or answers(str(label), name, preset)
            for label in labels
        ]
        if self._tier is not None and name is None:
            placed = self._tier.place(found)
            found = [
                g if g is was else apply(g, preset) for was, g in zip(found, placed, strict=True)
            ]
        return [g if len(g.candidates) <= limit else _cut(g, limit) for g in found]

    def _answer(self, label: str, scheme: str | None, preset: Preset) -> Grounding:
        reader: Reader = self._free
        if scheme is not None:
            reader = SchemeLabels(self.graph, self.lexicon, self.graph.scheme(scheme))
        found = apply(self._read(label, reader), preset)
        return replace(found, scheme=scheme) if scheme is not None else found

    def _read(self, label: str, reader: Reader) -> Grounding:
        sign = reader.sign(label, label)
        if sign is not None:
            return sign
        form = normalise(label)
        if not form:
            return _nil(label, "empty", "Expected a label, got nothing but space or marks.")
        exact = reader.exact(label, form)
        if exact is None:
            return self._read_apart(label, form, reader)
        if not may_have_degree(form) or DEGREE_BEFORE.match(form) is None:
            return exact
        return _with_degree(exact, self._own_degree(form, reader))

    def _own_degree(self, form: str, reader: Reader) -> tuple[str, ...]:
        """Return the words of degree of a form that is held whole, such as "slightly annoyed"."""
        steps = [step for step in simpler(form) if step.degree]
        return next((step.degree for step in steps if reader.holds(step.form)), ())

    def _read_apart(self, label: str, form: str, reader: Reader) -> Grounding:
        if form in MISSING:
            return reader.otherwise(label, [Simpler(form)])
        if is_refusal(form):
            message = f"{label!r} refuses to name an emotion or asks for one; it is no label."
            return _nil(label, "unknown", message)
        if _JOINING.search(form):
            whole = self._phrase(label, list(simpler(form)), reader)
            if whole is not None:
                return whole
        words, signs = split_signs(label, self.lexicon) if reader is self._free else (label, ())
        parts = pieces(words)
        shown = [found for s in signs if (found := reader.sign(s, s)) is not None]
        if len(parts) == 1 and not shown:
            found = self._read_piece(parts[0], reader)
            return _named(found, label)
        answers = [self._read_piece(part, reader) for part in parts]
        some = any(answer.candidates for answer in (*answers, *shown))
        if some and (is_joint_denial(form) or normalise(words) in DENYING):
            return _denied(label)
        if not answers and not shown:
            return reader.otherwise(label, [Simpler(form)])
        if _JOINED.fullmatch(form) and not shown and _is_described(answers):
            return reader.otherwise(label, [Simpler(form)])
        return compound(label, tuple(answers + shown))

    def _read_piece(self, piece: Piece, reader: Reader) -> Grounding:
        steps = list(simpler(piece.text))
        for step in steps:
            found = reader.exact(piece.text, step.form)
            if found is not None:
                degree = step.degree or self._own_degree(step.form, reader)
                return _with_degree(found, degree, piece.given)
            found = reader.idiom(piece.text, step.form) if step.is_negated else None
            if found is not None:  # "lost his cool at work" denies nothing
                return found
            if step.is_negated and self._names_emotion(step.form, reader):
                return _denied(piece.text)
        found = self._phrase(piece.text, steps, reader) or reader.otherwise(piece.text, steps)
        return _with_degree(found, steps[-1].degree, piece.given)

    def _phrase(self, text: str, steps: list[Simpler], reader: Reader) -> Grounding | None:
        """Return what a phrase means with more behind it: "fed up with all this"."""
        for step in steps:
            found = reader.idiom(text, step.form)
            if found is not None:
                return _with_degree(found, step.degree)
        return None

    def _names_emotion(self, denied: str, reader: Reader) -> bool:
        """Return whether what a form denies is an emotion, said in some words of it."""
        rest = denied_rest(denied)
        forms = [step.form for step in simpler(rest)]
        return any(map(reader.holds, [*forms, *rest.split()]))


def _schemes(graph: EmotionGraph, names: Iterable[str]) -> frozenset[str]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise InputError(
            f"Expected hidden_schemes as a list of names, got {_kind(names)}. Put one name in a list."
        )
    return frozenset(graph.scheme(name).name for name in names)


def _tier(
    graph: EmotionGraph, embeddings: "EmbeddingLinker | str | Path | None"
) -> "EmbeddingTier | None":
    if embeddings is None:
        return None
    from affectgraph.linkers.embedding import EmbeddingLinker
    from affectgraph.linkers.embedding_tier import EmbeddingTier

    if isinstance(embeddings, str | Path):
        embeddings = EmbeddingLinker(graph, model=embeddings)
    if not isinstance(embeddings, EmbeddingLinker):
        raise InputError(
            f"Expected embeddings as an EmbeddingLinker or the folder of a model, got {_kind(embeddings)}."
        )
    return EmbeddingTier(embeddings)


def _is_described(answers: list[Grounding]) -> bool:
    """Return whether weak words stand beside one that means nothing: "black and white photograph"."""
    placed = [a.candidates[0].evidence[0] for a in answers if a.candidates]
    return 0 < len(placed) < len(answers) and all(evidence.kind == "weak" for evidence in placed)


def _check(labels: object, limit: int, preset: str) -> None:
    if isinstance(labels, str | bytes) or not isinstance(labels, Iterable):
        raise InputError(
            f"Expected labels in a list or another iterable, got {_kind(labels)}. "
            "For one label use ground()."
        )
    check_limit(limit)
    if not isinstance(preset, str) or preset not in PRESETS:
        raise InputError(f"Expected a preset of {', '.join(PRESETS)}, got {preset!r}.")


def _unfit(label: object, scheme: str | None) -> Grounding | None:
    """Return the answer for what can be no label; None for a text of a class of its own."""
    if not isinstance(label, str):
        message = f"Expected text, got {_kind(label)}."
        return replace(_nil(_shown(label), "not_text", message), scheme=scheme)
    if len(label) <= MAX_LENGTH:
        return None
    message = (
        f"Expected a label of at most {MAX_LENGTH} characters, got {len(label)}. "
        "Check a text with check() instead."
    )
    return replace(_nil(label[:60] + "...", "too_long", message), scheme=scheme)


def _shown(value: object) -> str:
    """Return a value as text, at most as long as a label; a value that cannot be shown by its type."""
    try:
        return str(value)[:MAX_LENGTH]
    except Exception:  # a class of the caller's, whose __str__ may do anything
        return f"<{type(value).__name__}>"


def _with_degree(
    found: Grounding, degree: tuple[str, ...], given: float | None = None
) -> Grounding:
    return replace(found, degree=degree, given=given) if degree or given is not None else found


def _named(found: Grounding, label: str) -> Grounding:
    return found if found.text == label else replace(found, text=label)


def _cut(grounding: Grounding, limit: int) -> Grounding:
    return replace(grounding, candidates=grounding.candidates[:limit])


def _denied(label: str) -> Grounding:
    message = (
        f"{label!r} denies an emotion and names none; "
        "a denied emotion is never turned into its opposite."
    )
    return _nil(label, "negated", message)


def _nil(text: str, reason: NilReason, message: str) -> Grounding:
    return Grounding(text, "nil", (), reason, message)


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
