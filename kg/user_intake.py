"""Takes documents into a store of users' data: by graph, held to the shapes of their kind, then written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Quad, Triple

from affectgraph.kg.default import default_graph
from affectgraph.kg.model import Concept
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_concepts import checked_concepts, own_concepts, packaged_concepts
from affectgraph.kg.user_kinds import NAMING, by_graph, require_kind
from affectgraph.kg.user_names import graph_iri
from affectgraph.kg.user_overlay import schemes_of
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change, Write
from affectgraph.kg.vad_lexicon import lexicon_of
from affectgraph.ontology.errors import InputError

_Held = tuple[str, list[Triple]]
"""Kind of a graph, and its triples."""


def take(
    store: UserStore,
    quads: Iterable[Quad],
    about: About,
    *,
    name: str | None = None,
    replaces: bool = False,
) -> Write:
    """Write a document into a store: all of it, or nothing.

    :param quads: as :func:`affectgraph.kg.rdf_input.read_rdf` gives them; named graphs stay what they are.
    :param about: what is said of each graph; a graph of a kind keeps it.
    :param name: graph of the triples that stand in none.
    :param replaces: whether a graph is to hold the document alone, instead of the document as well.
    :raises InputError: if a graph is no user's or is of another kind, or does not have its kind's form.
    :raises MissingExtraError: if the kind has shapes and the extra ``[shacl]`` is missing.
    :raises BackendError: if the disk fails.
    """
    target = None if name is None else graph_iri(name, base=store.base)
    parts = by_graph(quads, target)
    if not parts:
        raise InputError(
            "Expected a document with triples, got none. Name a graph to make it empty."
        )
    known = {entry.iri: entry for entry in store.entries()}
    changes = []
    after: dict[str, _Held] = {}
    for iri, triples in parts.items():
        before = known.get(iri)
        kind = about.kind or (before.kind if before is not None else "rdf")
        if before is not None and before.kind != kind and not replaces:
            raise InputError(
                f"Expected more {before.kind} for {iri}, got {kind}. Replace the graph, or name another."
            )
        held = [] if before is None or replaces else store.triples(iri)
        require_kind(kind, [*held, *triples], _concepts_beside(store, kind))
        after[iri] = kind, [*held, *triples]
        removed = None if replaces else ()
        changes.append(Change(iri, tuple(triples), removed, replace(about, kind=kind)))
    _require_own_names(store, after)
    return store.apply(changes)


def take_changes(store: UserStore, changes: Sequence[Change]) -> Write:
    """Write changes of graphs that stay what they are: one of a kind has its form afterwards, too.

    :raises InputError: if it has not, or as :meth:`UserStore.apply`.
    :raises BackendError: if the disk fails.
    """
    after: dict[str, _Held] = {}
    for change in changes:
        entry = store.find(change.graph)
        if entry is None or change.about is None or entry.kind == "rdf":
            after[change.graph] = "rdf", []
            continue
        gone = {*store.triples(change.graph)} if change.removed is None else {*change.removed}
        left = [*({*store.triples(change.graph)} - gone | {*change.added})]
        require_kind(entry.kind, left, _concepts_beside(store, entry.kind))
        after[change.graph] = entry.kind, left
    _require_own_names(store, after)
    return store.apply(changes)


def _concepts_beside(store: UserStore, kind: str) -> list[Concept]:
    """Return the concepts of a store that a graph of a kind may name."""
    if kind not in NAMING:
        return []
    known = packaged_concepts()
    graphs = [entry.iri for entry in store.entries() if entry.kind == "concepts"]
    return [c for g in graphs for c in checked_concepts(store.triples(g), known, g).values()]


def _require_own_names(store: UserStore, after: Mapping[str, _Held]) -> None:
    """Refuse a scheme, lexicon or concept whose name another has, of the graph, the store or the same write.

    :param after: the graphs that are written, as they will be.
    """
    for kind, names_of in NAMED.items():
        written = {iri: triples for iri, (its, triples) in after.items() if its == kind}
        if not written:
            continue
        others = [e.iri for e in store.entries() if e.kind == kind and e.iri not in after]
        taken = {name: other for other in others for name in names_of(store.triples(other))}
        if kind == "scheme":
            taken |= {scheme.name: "the packaged graph" for scheme in default_graph().schemes()}
        names = [(iri, name) for iri, triples in written.items() for name in names_of(triples)]
        for iri, name in names:
            if name in taken:
                raise InputError(
                    f"Expected names of its own in {kind}, got {name!r}, which {taken[name]} has. "
                    "Rename it."
                )
            taken[name] = iri


def _scheme_names(triples: list[Triple]) -> list[str]:
    return [scheme.name for scheme in schemes_of(triples)]


def _lexicon_names(triples: list[Triple]) -> list[str]:
    return [lexicon_of(Quad(t.subject, t.predicate, t.object) for t in triples).name]


def _concept_iris(triples: list[Triple]) -> list[str]:
    return [concept.iri for concept in own_concepts(triples)]


NAMED: Mapping[str, Callable[[list[Triple]], list[str]]] = {
    "concepts": _concept_iris,
    "scheme": _scheme_names,
    "vad": _lexicon_names,
}
"""Kind of graphs that lookups find by name -> the names in one."""
