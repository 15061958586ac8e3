"""What users' graphs have to be like after a write: of the form of their kind, with names of their own.

Every write is held to it, whoever makes it, by :meth:`affectgraph.kg.user_store.UserStore.apply`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Triple

from affectgraph.kg.default import default_graph
from affectgraph.kg.model import Concept
from affectgraph.kg.user_concepts import checked_concepts, own_concepts, packaged_concepts
from affectgraph.kg.user_kinds import NAMING, require_kind
from affectgraph.kg.user_overlay import schemes_of
from affectgraph.kg.user_writes import Change
from affectgraph.kg.vad_lexicon import USER_GRAPHS, lexicon_of
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.kg.user_store import UserStore

_Held = tuple[str, list[Triple]]
"""Kind of a graph, and its triples."""


def require_forms(store: "UserStore", changes: Sequence[Change]) -> None:
    """Do nothing if graphs are what their kinds ask after changes, raise otherwise.

    Costs a second or more for each graph of a kind with shapes, and nothing for those of kind ``rdf``.

    :raises InputError: if a graph would be of another kind than what is in it, would not have its kind's
        form, or would name what another names.
    :raises MissingExtraError: if a kind has shapes and the extra ``[shacl]`` is missing.
    """
    after: dict[str, _Held] = {}
    for change in changes:
        kind = _kind_after(store, change)
        after[change.graph] = kind, [] if kind == "rdf" else _left(store, change)
        require_kind(kind, after[change.graph][1], _concepts_beside(store, kind))
    _require_own_names(store, after)


def _kind_after(store: "UserStore", change: Change) -> str:
    """Return the kind of a graph after a change; that of a graph that goes does not count."""
    if change.about is None:
        return "rdf"
    before = store.find(change.graph)
    if before is None:
        return change.about.kind or "rdf"
    kind = change.about.kind or before.kind
    if kind != before.kind and change.removed is not None:
        raise InputError(
            f"Expected more {before.kind} for {change.graph}, got {kind}. Replace the graph, or name another."
        )
    return kind


def _left(store: "UserStore", change: Change) -> list[Triple]:
    """Return what a graph holds after a change."""
    if change.removed is None or store.find(change.graph) is None:
        return list(change.added)
    return [*({*store.triples(change.graph)} - {*change.removed} | {*change.added})]


def _concepts_beside(store: "UserStore", kind: str) -> list[Concept]:
    """Return the concepts of a store that a graph of a kind may name."""
    if kind not in NAMING:
        return []
    known = packaged_concepts()
    graphs = [entry.iri for entry in store.entries() if entry.kind == "concepts"]
    return [c for g in graphs for c in checked_concepts(store.triples(g), known, g).values()]


def _require_own_names(store: "UserStore", after: Mapping[str, _Held]) -> None:
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
            if kind == "concepts":
                _require_home(name, iri)


def _require_home(concept: str, graph: str) -> None:
    """Refuse a concept whose IRI stands below another graph, which whoever writes that one may name."""
    if concept.startswith(USER_GRAPHS) and not concept.startswith(f"{graph}/"):
        raise InputError(
            f"Expected concepts of {graph} below it, or in another place of your own, got {concept}, which "
            "stands below another graph. Rename it, or put it there."
        )


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
