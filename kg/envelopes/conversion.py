"""Says a concept in a category vocabulary of EmotionML, and what is lost by that."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from affectgraph.kg.crossing import Crossing
from affectgraph.kg.crosswalk import crosswalk
from affectgraph.kg.model import Anchor, Scheme, SchemeLabel
from affectgraph.kg.observation import ConceptReading
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a concept is said in a vocabulary.

    :param item: the vocabulary's item; empty if it has none that claims no more than was said.
    :param relation: ``exact``, ``close``, ``coarser``, ``finer``, ``fallback`` or ``none``, as
        :class:`affectgraph.kg.model.Crossing` has them.
    :param others: further items that would do, or, if ``finer``, those among which nothing decides.
    :param via: slugs of the concepts the way runs over.
    :param loss: what is lost, in one sentence; empty if nothing is.
    """

    concept: str
    vocabulary: str
    item: str
    relation: str
    others: tuple[str, ...]
    via: tuple[str, ...]
    loss: str


def convert(graph: "EmotionGraph", concept: str, vocabulary: str) -> Conversion:
    """Return how a concept of the graph is said in a category vocabulary, such as ``big6``.

    :raises UnknownTermError: if there is no such concept or category vocabulary.
    :raises InputError: if the graph has no label scheme for the vocabulary.

    >>> from affectgraph.kg import EmotionGraph
    >>> graph = EmotionGraph.load()
    >>> convert(graph, "resentment", "big6").item
    'anger'
    """
    slug = graph.concept(concept).slug
    label = SchemeLabel("", "", slug, 0, (Anchor(slug, "exact"),), None, None, "", "")
    return _conversion(graph, slug, label, vocabulary)


def convert_reading(graph: "EmotionGraph", reading: ConceptReading, vocabulary: str) -> Conversion:
    """Return how a reading is said: by its label's own anchors where the label is one of a scheme.

    A published grouping of the label (``fallback``) is then used if nothing else leads on.

    :raises UnknownTermError: if there is no such concept, label or vocabulary.
    :raises InputError: if the graph has no label scheme for the vocabulary.
    """
    slug = graph.concept(reading.concept).slug
    for label in graph.labels(reading.scheme) if reading.scheme else ():
        if label.name == reading.label and slug in {anchor.concept for anchor in label.anchors}:
            return _conversion(graph, slug, label, vocabulary)
    return convert(graph, slug, vocabulary)


def scheme_of(graph: "EmotionGraph", vocabulary: str) -> Scheme:
    """Return the label scheme that holds the items of a category vocabulary.

    :raises UnknownTermError: if there is no such category vocabulary.
    :raises InputError: if the graph has no label scheme for it.
    """
    known = graph.around.vocabulary(vocabulary, kind="category")
    if not known.scheme:
        ready = [v.name for v in graph.around.vocabularies.values() if v.scheme]
        raise InputError(
            f"Expected a vocabulary whose labels the graph has ({', '.join(ready)}), got "
            f"{vocabulary!r}. Add its label scheme to ontology/tables, or choose another."
        )
    return graph.scheme(known.scheme)


def _conversion(
    graph: "EmotionGraph", slug: str, label: SchemeLabel, vocabulary: str
) -> Conversion:
    target = scheme_of(graph, vocabulary)
    alone = Scheme("", "", "", "", "single", "", "", (label,))
    (crossing,) = crosswalk(graph.index, alone, target)
    names = tuple(found.name for found in crossing.targets)
    item = "" if crossing.relation in {"finer", "none"} else names[0]
    others = tuple(name for name in names if name != item)
    loss = _loss(slug, vocabulary, item, crossing)
    return Conversion(slug, vocabulary, item, crossing.relation, others, crossing.via, loss)


def _loss(slug: str, vocabulary: str, item: str, crossing: Crossing) -> str:
    names = ", ".join(label.name for label in crossing.targets)
    says = {
        "exact": "",
        "close": f"{item!r} means nearly {slug!r}; the difference is lost.",
        "coarser": (
            f"{vocabulary} has nothing for {slug!r} itself; {item!r} stands for its ancestor "
            f"{crossing.via[-1] if crossing.via else ''!r}, and the finer distinction is lost."
        ),
        "finer": (
            f"{vocabulary} has only parts of {slug!r} ({names}); none is written, since each would "
            "claim more than was said."
        ),
        "fallback": (
            f"{vocabulary} has nothing for {slug!r}; {item!r} is where "
            f"{crossing.label.fallback_source or 'a source'} puts the label, and the concept is lost."
        ),
        "none": f"{vocabulary} has nothing for {slug!r}; it is not written.",
    }
    return says[crossing.relation]
