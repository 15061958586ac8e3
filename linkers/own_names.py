"""Labels of users' own concepts as entries of a lexicon."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.model import EvidenceKind
from affectgraph.linkers.normalise import normalise, plain_spelling

_NOUN = frozenset({"noun"})


def own_forms(graph: EmotionGraph) -> Iterator[str]:
    """Yield the normalised labels of the concepts of users' own, in any language."""
    return (normalise(label.text) for label in graph.index.own_labels)


def own_entries(graph: EmotionGraph) -> Mapping[str, list[Entry]]:
    """Return the entries of these labels by normalised form, and by its plain spelling.

    A preferred label names its concept; another one is a word for it.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    for label, form in zip(graph.index.own_labels, own_forms(graph), strict=True):
        concept = graph.index.concepts[label.concept]
        kind: EvidenceKind = "label" if label.is_preferred else "lexical"
        for key in dict.fromkeys((form, plain_spelling(form))):
            entry = Entry(
                key, concept, kind, _NOUN, "state", concept.iri, concept.source, is_weak=False
            )
            found[key].append(entry)
    return found
