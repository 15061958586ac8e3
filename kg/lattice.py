"""Which facial patterns are nested in which, and what tells the emotions apart that this confuses.

The order itself is that of :mod:`affectgraph.ontology.au_lattice`, over the patterns the graph holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import Detector, Pattern
from affectgraph.ontology import au_lattice
from affectgraph.ontology.au_lattice import CAVEAT, MOST, Decider, Sets

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class DecidingUnit:
    """A facial action that patterns of one concept ask for and none of the other names.

    :param favours: slug of the concept it speaks for.
    :param share: share of that concept's patterns that ask for it, 0 to 1.
    :param is_observable: whether the detector asked about can report it; None if none was asked about.
    """

    code: str
    favours: str
    share: float
    is_observable: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What tells two concepts apart by their published patterns.

    :param units: those that most patterns ask for first; empty where the patterns cannot tell.
    :param without_patterns: slugs of the concepts for which nothing comparable is published.
    :param caveat: what the units can not establish.
    """

    first: str
    second: str
    units: tuple[DecidingUnit, ...]
    without_patterns: tuple[str, ...]
    caveat: str = CAVEAT


@dataclass(frozen=True, slots=True)
class PatternOrder:
    """Two patterns by IRI; the first asks for nothing the second does not ask for.

    :param is_equal: whether both ask for the same.
    """

    smaller: str
    larger: str
    is_equal: bool


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two concepts of which published patterns are nested or equal.

    :param first, second: slugs; with a concept asked about, it is the first.
    :param orders: the patterns concerned.
    :param units: the actions that more than half of one concept's patterns ask for and none of the
        other's names; empty where nothing decides.
    :param caveat: what this can not establish.
    """

    first: str
    second: str
    orders: tuple[PatternOrder, ...]
    units: tuple[DecidingUnit, ...]
    caveat: str = CAVEAT


def confusable(index: GraphIndex, concept: str | None) -> tuple[Confusion, ...]:
    """Return the confusable pairs, sorted by slug; those with ``concept`` if one is given."""
    sets = _sets(index)
    found = []
    for pair, orders in au_lattice.confusions(sets).items():
        if concept not in {None, *pair}:
            continue
        first, second = pair if concept in {None, pair[0]} else pair[::-1]
        found.append(
            Confusion(
                first,
                second,
                tuple(PatternOrder(a, b, standing == "equal") for a, standing, b in orders),
                _units(au_lattice.deciders(sets, first, second), None),
            )
        )
    return tuple(sorted(found, key=lambda confusion: (confusion.first, confusion.second)))


def compare(
    index: GraphIndex,
    first: str,
    second: str,
    *,
    detector: Detector | None = None,
    more_than: Fraction = MOST,
) -> Comparison:
    """Return what tells two concepts apart, by slug."""
    sets = _sets(index)
    having = {pattern.concept for pattern in sets if pattern.is_comparable}
    units = au_lattice.deciders(sets, first, second, more_than=more_than)
    missing = tuple(slug for slug in (first, second) if slug not in having)
    return Comparison(first, second, _units(units, detector), missing)


def lattice(index: GraphIndex) -> "networkx.DiGraph[str]":
    """Return the order of the patterns as a networkx graph, a new one on each call.

    Nodes are IRIs of patterns that ask for anything, with ``concepts``, ``kind`` and ``source``. An
    edge leads from a pattern to one that asks for more, with none in between; patterns that ask for
    the same stand side by side, and each has its edges. Costs some 0.1 s, and the import of networkx.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph(version=index.version, caveat=CAVEAT)
    for pattern in index.patterns:
        if pattern.required:
            graph.add_node(
                pattern.iri, concepts=pattern.concepts, kind=pattern.kind, source=pattern.source
            )
    above: networkx.DiGraph[str] = networkx.DiGraph()
    above.add_nodes_from(graph)
    orders = au_lattice.nestings(_sets(index))
    above.add_edges_from((a, b) for a, standing, b in orders if standing == "nested")
    graph.add_edges_from(networkx.transitive_reduction(above).edges)
    return graph


def _sets(index: GraphIndex) -> Sequence[Sets]:
    return tuple(_set(pattern) for pattern in index.patterns)


def _set(pattern: Pattern) -> Sets:
    return Sets(
        name=pattern.iri,
        concept=None if pattern.is_blend else pattern.concepts[0],
        kind=pattern.kind,
        required=frozenset(frozenset(a.code for a in group) for group in pattern.required),
        named=pattern.codes,
    )


def _units(deciders: Sequence[Decider], detector: Detector | None) -> tuple[DecidingUnit, ...]:
    return tuple(
        DecidingUnit(
            decider.code,
            decider.concept,
            round(float(decider.share), 4),
            None if detector is None else decider.code in detector.codes,
        )
        for decider in deciders
    )
