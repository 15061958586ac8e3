"""Whose word counts when sources disagree: any source's, the majority's, or one source's alone.

A claim is judged by each source that speaks of it alone; the policy makes one verdict of theirs. What has one
source by its nature (names of actions, the tree, meanings of words, labels of schemes) knows no policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner.finding import Finding
from affectgraph.reasoner.model import Verdict

DECIDED: frozenset[Verdict] = frozenset({"supported", "contradicted"})
"""Verdicts by which a source says something; the others leave a claim open."""


@dataclass(frozen=True, slots=True)
class SourcePolicy:
    """Whose word counts where sources disagree.

    :param kind: ``any``: one source suffices, as each rule says; ``majority``: more than half of the
        sources that speak of a claim; ``named``: one source alone.
    :param source: id of that source; empty for the others.
    """

    kind: Literal["any", "majority", "named"]
    source: str = ""

    @property
    def only(self) -> str | None:
        """Id of the one source that counts, None if several do."""
        return self.source or None


def read_policy(graph: EmotionGraph, text: str) -> SourcePolicy:
    """Return the policy that a text names: ``any``, ``majority``, or the id of a source.

    :raises InputError: if it is no text.
    :raises UnknownTermError: if the graph has no such source; it names those that look alike.

    >>> graph = EmotionGraph.load()
    >>> read_policy(graph, "majority").kind, read_policy(graph, "emfacs").only
    ('majority', 'emfacs')
    """
    if not isinstance(text, str):
        raise InputError(f"Expected 'any', 'majority' or the id of a source, got {text!r}.")
    if text == "any":
        return SourcePolicy("any")
    if text == "majority":
        return SourcePolicy("majority")
    try:
        return SourcePolicy("named", graph.source(text).id)
    except UnknownTermError as error:
        hint = "Give 'any', 'majority' or the id of a source."
        raise UnknownTermError(text, kind="a source", nearest=error.nearest, hint=hint) from error


def counts(source: str, only: str | None) -> bool:
    """Return whether a source's word counts, where only one may or all do."""
    return only is None or source == only


def dissenting(verdict: Verdict, alone: Mapping[str, Finding]) -> tuple[str, ...]:
    """Return the sources, sorted, that alone decide on another verdict than the one given.

    :param alone: what follows from each source alone.
    """
    return tuple(
        sorted(s for s, f in alone.items() if f.verdict in DECIDED and f.verdict != verdict)
    )


def by_majority(together: Finding, alone: Mapping[str, Finding]) -> Finding:
    """Return what more than half of the sources that speak of a claim say.

    Facts are those of all that say so, the rest is of the one among them that says so most strongly. If
    neither side has more than half, the claim is unsupported.

    :param together: what follows from all of them; it stays where none of them decides or speaks.
    :param alone: what follows from each source alone, by its id.
    """
    is_open = not any(f.verdict in DECIDED for f in alone.values())
    if not alone or (is_open and together.verdict not in DECIDED):
        return together
    for verdict in ("supported", "contradicted"):
        agreeing = [f for f in alone.values() if f.verdict == verdict]
        if 2 * len(agreeing) > len(alone):
            best = max(agreeing, key=lambda f: f.strength)
            facts = tuple(dict.fromkeys(fact for f in agreeing for fact in f.facts))
            return best._replace(sentence=_told(best, len(agreeing), len(alone)), facts=facts)
    numbers = {v: sum(f.verdict == v for f in alone.values()) for v in DECIDED}
    return Finding(
        "unsupported",
        "no-majority",
        0.0,
        f"Of {len(alone)} sources that speak of it, {numbers['supported']} entail it and "
        f"{numbers['contradicted']} its negation; neither is more than half.",
        tuple(dict.fromkeys(fact for f in alone.values() for fact in f.facts)),
        rivals=together.rivals,
    )


def _told(finding: Finding, agreeing: int, speaking: int) -> str:
    if speaking == 1:
        return finding.sentence
    return f"{finding.sentence} So {agreeing} of {speaking} sources."
