"""Grounds labels: from what a model or data set says to a concept, with evidence or an honest no."""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Scheme, SchemeLabel
from affectgraph.linkers.lexicon import STRONG_ANCHORS, Entry, Lexicon
from affectgraph.linkers.model import (
    Candidate,
    Evidence,
    EvidenceKind,
    Grounding,
    NilReason,
    Status,
)
from affectgraph.linkers.normalise import is_foreign_script, normalise
from affectgraph.linkers.scores import ANCHOR_WEIGHT, MARGIN, P_RIGHT
from affectgraph.ontology.errors import InputError

MAX_LENGTH = 200
"""Longest label in characters; a text that is longer is no label."""

REJECTED = {
    "body": "it says something of the body",
    "conduct": "it says how somebody behaves",
    "medical": "it is a medical term",
    "mind": "it says what somebody thinks or knows",
    "opposite": "it denies a feeling",
    "quality": "it says what something is like",
    "rare": "it is hardly used of a feeling",
    "sense": "none of its senses is one",
    "thing": "it is a thing or an event",
}
"""Kinds of reason for which words of the vocabulary were rejected, in words."""

_NEGATION = re.compile(r"(?:not|no|non|never|without|lacking|isn't|wasn't|don't feel)[\s-]+(.+)")
_RELATION_ORDER = {"exact": 0, "close": 1, "narrower": 2, "broader": 3, "component": 4}


class LabelLinker:
    """Grounds labels against a graph. Threads may share one; answers do not depend on what came before.

    In a scheme, a label means what that scheme's anchor says. Without one: the names of concepts and
    their word families, inflected or not, then labels of the shipped schemes.

    :param graph: the graph to ground in.
    :param hidden_schemes: schemes whose labels are not used as evidence; for measuring.
    """

    def __init__(self, graph: EmotionGraph, *, hidden_schemes: Iterable[str] = ()) -> None:
        self.graph = graph
        self.lexicon = Lexicon(graph)
        self._hidden = frozenset(hidden_schemes)

    def ground(self, label: object, *, scheme: str | None = None, limit: int = 5) -> Grounding:
        """Return what a label means.

        Costs about 10 µs once the lexicon is built, and one or two milliseconds for a word it does not hold.

        :param label: the label; anything but text gives ``nil`` with reason ``not_text``.
        :param scheme: name of the scheme it comes from.
        :param limit: at most so many candidates.
        :raises UnknownTermError: if there is no such scheme.
        :raises InputError: if ``limit`` is below 1.

        >>> LabelLinker(EmotionGraph.load()).ground("Annoyed").concept.slug
        'annoyance'
        """
        if limit < 1:
            raise InputError(f"Expected a limit of at least 1, got {limit}.")
        known = self.graph.scheme(scheme) if scheme is not None else None
        grounding = self._ground(label, known)
        return replace(
            grounding,
            scheme=known.name if known else None,
            candidates=grounding.candidates[:limit],
        )

    def ground_many(
        self, labels: Iterable[object], *, scheme: str | None = None, limit: int = 5
    ) -> list[Grounding]:
        """Return what each label means, in order; each answer equals that of :meth:`ground`."""
        return [self.ground(label, scheme=scheme, limit=limit) for label in labels]

    def _ground(self, label: object, scheme: Scheme | None) -> Grounding:
        if not isinstance(label, str):
            return _nil(str(label)[:MAX_LENGTH], "not_text", f"Expected text, got {_kind(label)}.")
        if len(label) > MAX_LENGTH:
            message = (
                f"Expected a label of at most {MAX_LENGTH} characters, got {len(label)}. "
                "Check a text with check() instead."
            )
            return _nil(label[:60] + "...", "too_long", message)
        form = normalise(label)
        signs = self.lexicon.look_up_sign(label) if scheme is None else ()
        if signs:
            return self._decide(label, [_from_entry(label.strip(), e, False) for e in signs])
        if not form:
            return _nil(label, "empty", "Expected a label, got nothing but space or marks.")
        if scheme is not None:
            return self._ground_in_scheme(label, form, scheme)
        return self._ground_freely(label, form)

    # --- with a scheme ---------------------------------------------------------------------------

    def _ground_in_scheme(self, label: str, form: str, scheme: Scheme) -> Grounding:
        found = [x for x in self.lexicon.scheme_labels.get(form, ()) if x.scheme == scheme.name]
        found = found or list(self.lexicon.scheme_aliases.get((scheme.name, form), ()))
        if not found:
            names = [x.name for x in scheme.labels]
            close = get_close_matches(form, names, n=3, cutoff=0.5)
            hint = f" Nearest: {', '.join(close)}." if close else f" It has: {', '.join(names)}."
            message = (
                f"Expected one of the {len(names)} labels of {scheme.name}, got {label!r}.{hint}"
            )
            return _nil(label, "not_in_scheme", message)
        return self._from_scheme_labels(label, form, found, "scheme")

    def _from_scheme_labels(
        self, label: str, form: str, found: list[SchemeLabel], kind: EvidenceKind
    ) -> Grounding:
        candidates = self._scheme_candidates(form, found, kind)
        if candidates:
            return self._decide(label, candidates)
        first = found[0]
        instead = (
            f" A published grouping ({first.fallback_source}) puts it under {first.fallback}."
            if first.fallback
            else ""
        )
        message = f"{first.name!r} of {first.scheme} stands for no emotion of the graph.{instead}"
        return _nil(label, "not_an_emotion", message)

    def _scheme_candidates(
        self, form: str, found: list[SchemeLabel], kind: EvidenceKind
    ) -> list[Candidate]:
        best: dict[str, list[tuple[float, Evidence]]] = {}
        for label in found:
            for anchor in sorted(label.anchors, key=lambda a: _RELATION_ORDER[a.relation]):
                value = P_RIGHT[kind] * ANCHOR_WEIGHT[anchor.relation]
                matched = f"{label.scheme}/{label.name} ({anchor.relation})"
                evidence = Evidence(kind, form, matched, label.iri, label.source, round(value, 4))
                best.setdefault(anchor.concept, []).append((value, evidence))
        return [self._candidate(slug, weighed) for slug, weighed in best.items()]

    def _candidate(self, slug: str, weighed: list[tuple[float, Evidence]]) -> Candidate:
        weighed.sort(key=lambda pair: (-pair[0], pair[1].matched))
        evidence = tuple(evidence for _, evidence in weighed)
        return Candidate(self.graph.index.concepts[slug], round(weighed[0][0], 4), evidence)

    # --- without a scheme ------------------------------------------------------------------------

    def _ground_freely(self, label: str, form: str) -> Grounding:
        found_entries, inflected = self._entries(form)
        entries = [entry for entry in found_entries if not entry.is_rare]
        if entries:
            return self._decide(label, [_from_entry(form, e, inflected) for e in entries])
        found = [
            x for x in self.lexicon.scheme_labels.get(form, ()) if x.scheme not in self._hidden
        ]
        if found:
            return self._from_scheme_labels(label, form, found, "other-scheme")
        return self._no_entry(label, form)

    def _entries(self, form: str) -> tuple[tuple[Entry, ...], bool]:
        entries, inflected = self.lexicon.look_up(form)
        if not entries and "-" in form:
            return self.lexicon.look_up(form.replace("-", " "))
        return entries, inflected

    def _no_entry(self, label: str, form: str) -> Grounding:
        negated = _NEGATION.fullmatch(form)
        if negated and self._entries(negated[1])[0]:
            message = (
                f"{label!r} denies an emotion and names none; "
                "a denied emotion is never turned into its opposite."
            )
            return _nil(label, "negated", message)
        if is_foreign_script(form):
            return _nil(
                label, "language", "Expected an English label; other languages are not held."
            )
        if form in self.graph.index.rejected_forms or self._entries(form)[0]:
            return _nil(label, "not_an_emotion", self._why_not(label, form))
        close = self.lexicon.alike(form)
        hint = f" Words that look alike: {', '.join(close)}." if close else ""
        return _nil(label, "unknown", f"The graph knows no emotion word {label!r}.{hint}")

    def _why_not(self, label: str, form: str) -> str:
        rare = self._entries(form)[0]
        if rare:
            concepts = " or ".join(entry.concept.slug for entry in rare)
            return (
                f"{label!r} mostly means something else; {concepts} needs a context that says so."
            )
        reason = self.graph.index.rejected_forms[form]
        return f"{label!r} was read and names no feeling: {REJECTED.get(reason, reason)}."

    # --- decision --------------------------------------------------------------------------------

    def _decide(self, label: str, candidates: list[Candidate]) -> Grounding:
        ranked = sorted(candidates, key=lambda c: (-c.score, len(c.path) or 9, c.concept.slug))
        status = _status(ranked)
        if status == "ambiguous":
            message = _several(ranked)
        elif status == "neutral":
            message = "The label says that there is no emotion."
        else:
            message = f"Means {ranked[0].concept.slug}."
        return Grounding(label, status, tuple(ranked), None, message)


def _several(ranked: list[Candidate]) -> str:
    if all(c.evidence[0].matched.endswith("(component)") for c in ranked):
        return f"A compound of {' and '.join(c.concept.slug for c in ranked)}."
    return f"Several concepts fit: {' or '.join(c.concept.slug for c in ranked)}."


def _status(ranked: list[Candidate]) -> Status:
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.score - c.score < MARGIN and not _same_branch(best, c)]
    if rivals:
        return "ambiguous"
    return "neutral" if best.concept.branch == "NeutralState" else "linked"


def _same_branch(first: Candidate, second: Candidate) -> bool:
    if first.concept.is_emotion and second.concept.is_emotion:
        return first.concept.primary == second.concept.primary
    relations = {e.matched.rpartition("(")[2] for e in (*first.evidence, *second.evidence)}
    return bool(relations & {f"{name})" for name in STRONG_ANCHORS})


def _from_entry(form: str, entry: Entry, inflected: bool) -> Candidate:
    kind: EvidenceKind = "weak" if entry.is_weak else "inflection" if inflected else entry.kind
    value = round(P_RIGHT[kind] * entry.share, 4)
    evidence = Evidence(kind, form, entry.form, entry.iri, entry.source, value)
    return Candidate(entry.concept, value, (evidence,))


def _nil(text: str, reason: NilReason, message: str) -> Grounding:
    return Grounding(text, "nil", (), reason, message)


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
