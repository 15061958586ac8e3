"""Takes documents into a store of users' data: each graph of a document into the graph of its name."""

from collections.abc import Iterable

from pyoxigraph import Quad

from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_kinds import by_graph
from affectgraph.kg.user_names import graph_iri
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_writes import Change, Write
from affectgraph.ontology.errors import InputError


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
    removed = None if replaces else ()
    return store.apply(
        [Change(iri, tuple(triples), removed, about) for iri, triples in parts.items()]
    )
