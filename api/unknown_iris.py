"""IRIs of which the graph says nothing: the error that names those that look alike."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import BASE, SCHEME

COMPARED = 100
"""Characters of an address that are compared, which take time by their square."""

SHOWN = 3
"""Addresses that are named at most."""


def unknown_iri(graph: EmotionGraph, path: str) -> UnknownTermError:
    """Return the error for an address of which the graph says nothing, with the nearest that it knows.

    Concepts, FACS codes, schemes and their labels, sources, and what stands around an emotion are
    compared; words, values and relations, which are tens of thousands, are not.

    :param path: what follows the project's namespace, such as ``emotion/angr``.

    >>> unknown_iri(EmotionGraph.load(), "emotion/angr").nearest[0]
    'emotion/anger'
    """
    close = get_close_matches(path[:COMPARED], _known(graph, path), n=SHOWN, cutoff=0.7)
    return UnknownTermError(
        path[:COMPARED],
        kind="a resource",
        nearest=tuple(close),
        hint="SPARQL at /sparql finds resources by what is said of them.",
    )


def _known(graph: EmotionGraph, path: str) -> list[str]:
    """Return the addresses that a path may have meant: those of its kind, or the labels of its scheme."""
    kind = path.partition("/")[0]
    look_up: dict[str, Callable[[], Iterable[str]]] = {
        "au": lambda: (unit.iri for unit in graph.action_units()),
        "scheme": lambda: _of_schemes(graph, path),
        "source": lambda: (source.iri for source in graph.sources()),
        "detector": lambda: (detector.iri for detector in graph.index.detectors),
        "modality": lambda: (thing.iri for thing in graph.around.modalities.values()),
        "cue-type": lambda: (thing.iri for thing in graph.around.cue_types.values()),
        "cause-type": lambda: (thing.iri for thing in graph.around.cause_types.values()),
        "vocabulary": lambda: (thing.iri for thing in graph.around.vocabularies.values()),
    }
    concepts = (concept.iri for concept in graph.index.concepts.values())
    found = look_up[kind]() if kind in look_up else concepts
    return [iri.removeprefix(BASE) for iri in found]


def _of_schemes(graph: EmotionGraph, path: str) -> Iterable[str]:
    name = (BASE + path).removeprefix(SCHEME).partition("/")[0]
    for scheme in graph.schemes():
        yield scheme.iri
        if scheme.name == name:
            yield from (label.iri for label in scheme.labels)
