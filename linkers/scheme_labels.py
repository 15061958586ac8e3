"""Reads labels in a scheme: a label means what that scheme's anchor says, and nothing else."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Scheme, SchemeLabel
from affectgraph.linkers.compounds import decide
from affectgraph.linkers.label_forms import Simpler
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.model import Candidate, Evidence, EvidenceKind, Grounding, NilReason
from affectgraph.linkers.scores import ANCHOR_WEIGHT, P_RIGHT

RELATION_ORDER: Final = {"exact": 0, "close": 1, "narrower": 2, "broader": 3, "component": 4}
OUTPUT = re.compile(r"(?:label|class)[ -]?(\d{1,3})")
"""The name of a model's output when nobody named it: "LABEL_3", counted from 0."""


class SchemeLabels:
    """The labels of one scheme."""

    def __init__(self, graph: EmotionGraph, lexicon: Lexicon, scheme: Scheme) -> None:
        self._graph = graph
        self._lexicon = lexicon
        self._scheme = scheme

    def sign(self, text: str, sign: str) -> Grounding | None:
        """Return None: signs mean nothing in a scheme."""
        return None

    def holds(self, form: str) -> bool:
        """Return False: a denied label is none of the scheme's, whatever it denies."""
        return False

    def idiom(self, text: str, form: str) -> Grounding | None:
        """Return None: a scheme's labels are written as they are."""
        return None

    def exact(self, text: str, form: str) -> Grounding | None:
        """Return what the label with a name or an alias means, None if there is none."""
        labels = self._lexicon.scheme_labels.get(form, ())
        found = [label for label in labels if label.scheme == self._scheme.name]
        found = found or list(self._lexicon.scheme_aliases.get((self._scheme.name, form), ()))
        if not found:
            return self._output(text, form)
        return read_scheme_labels(self._graph, text, form, found, "scheme")

    def _output(self, text: str, form: str) -> Grounding | None:
        """Return what a model's unnamed output means: the label of that code, else at that place."""
        match = OUTPUT.fullmatch(form)
        if match is None:
            return None
        codes = {alias for label in self._scheme.labels for alias in label.aliases}
        numbered = {code for code in codes if code.isdecimal()}
        number = int(match[1])
        if numbered and "0" not in numbered:
            message = (
                f"Expected the name of a label: the codes of {self._scheme.name} begin at "
                f"{min(numbered, key=int)!r} and a model's outputs at 0, so {text!r} may mean either."
            )
            return nil(text, "not_in_scheme", message)
        if numbered:
            found = [label for label in self._scheme.labels if str(number) in label.aliases]
        else:
            found = [label for label in self._scheme.labels if label.position == number]
        if not found:
            size = len(self._scheme.labels)
            message = f"Expected LABEL_0 to LABEL_{size - 1} of {self._scheme.name}, got {text!r}."
            return nil(text, "not_in_scheme", message)
        return read_scheme_labels(self._graph, text, form, found, "scheme")

    def otherwise(self, text: str, steps: list[Simpler]) -> Grounding:
        """Return that the scheme has no such label, with the nearest ones."""
        names = [label.name for label in self._scheme.labels]
        close = get_close_matches(steps[-1].form, names, n=3, cutoff=0.5)
        hint = f" Nearest: {', '.join(close)}." if close else f" It has: {', '.join(names)}."
        message = (
            f"Expected one of the {len(names)} labels of {self._scheme.name}, got {text!r}.{hint}"
        )
        return nil(text, "not_in_scheme", message)


def read_scheme_labels(
    graph: EmotionGraph, text: str, form: str, found: list[SchemeLabel], kind: EvidenceKind
) -> Grounding:
    """Return what labels of schemes mean; ``not_an_emotion`` if they have no anchor."""
    candidates = _candidates(graph, form, found, kind)
    if candidates:
        return decide(text, candidates)
    first = found[0]
    instead = (
        f" A published grouping ({first.fallback_source}) puts it under {first.fallback}."
        if first.fallback
        else ""
    )
    message = f"{first.name!r} of {first.scheme} stands for no emotion of the graph.{instead}"
    return nil(text, "not_an_emotion", message)


def _candidates(
    graph: EmotionGraph, form: str, found: Iterable[SchemeLabel], kind: EvidenceKind
) -> list[Candidate]:
    best: dict[str, list[tuple[float, Evidence]]] = {}
    for label in found:
        for anchor in sorted(label.anchors, key=lambda a: RELATION_ORDER[a.relation]):
            value = P_RIGHT[kind] * ANCHOR_WEIGHT[anchor.relation]
            matched = f"{label.scheme}/{label.name} ({anchor.relation})"
            evidence = Evidence(kind, form, matched, label.iri, label.source, round(value, 4))
            best.setdefault(anchor.concept, []).append((value, evidence))
    return [_candidate(graph, slug, weighed) for slug, weighed in best.items()]


def _candidate(graph: EmotionGraph, slug: str, weighed: list[tuple[float, Evidence]]) -> Candidate:
    weighed.sort(key=lambda pair: (-pair[0], pair[1].matched))
    evidence = tuple(evidence for _, evidence in weighed)
    return Candidate(graph.index.concepts[slug], round(weighed[0][0], 4), evidence)


def nil(text: str, reason: NilReason, message: str) -> Grounding:
    """Return that nothing is linked, and why."""
    return Grounding(text, "nil", (), reason, message)
