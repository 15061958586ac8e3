"""Whether a remote store holds the graph of this package, so that lookups need not be read over the network.

Reading every lookup from a server takes half a minute and tens of megabytes. Where the server holds the same
graph, the rows that the package carries are the same, and are read instead.
"""

import os
from typing import Final, Literal, get_args

from pyoxigraph import QuerySolutions

from affectgraph.kg.compiled import PackagedStore, query_text
from affectgraph.kg.http_replies import RemoteFailureError
from affectgraph.kg.remote import RemoteStore
from affectgraph.kg.store import GraphStore
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import DATASET

LOOKUPS_VARIABLE: Final = "AFFECTGRAPH_STORE_LOOKUPS"
Lookups = Literal["packaged", "store"]
"""``packaged``: from the package, if the store holds the same graph; ``store``: by queries to the store."""

VOID: Final = "http://rdfs.org/ns/void#"
_COUNTS: Final = f"""\
PREFIX void: <{VOID}>
SELECT ?what ?number WHERE {{
  {{ <{DATASET}> void:triples ?number BIND(<{DATASET}> AS ?what) }}
  UNION {{ <{DATASET}> void:classPartition ?class . ?class void:class ?what ; void:entities ?number }}
  UNION {{ <{DATASET}> void:propertyPartition ?use . ?use void:property ?what ; void:triples ?number }}
}}"""
"""What the graph says of itself: how many triples, members of each class, uses of each property."""
_TRIPLES: Final = "SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }"

_HINT: Final = (
    "Load affectgraph.nq of this package into it (docs/stores.md), install the package of its version, or "
    f"set {LOOKUPS_VARIABLE}=store to read lookups from it by queries, which takes longer."
)


def lookups_of_environment() -> Lookups:
    """Return where lookups on a remote store are read from; ``packaged`` if the environment says nothing.

    :raises InputError: if it says something else.
    """
    said = os.environ.get(LOOKUPS_VARIABLE) or "packaged"
    for mode in get_args(Lookups):
        if said == mode:
            return mode  # type: ignore[no-any-return]
    raise InputError(f"Expected packaged or store in {LOOKUPS_VARIABLE}, got {said!r}.")


def open_remote(url: str) -> RemoteStore:
    """Return the store at an endpoint, with its lookups where the environment says.

    :raises BackendError: if it cannot be asked, or lookups are to be packaged ones and it has another graph.
    """
    mode = lookups_of_environment()
    store = RemoteStore(url)
    if mode == "packaged":
        try:
            use_packaged_lookups(store)
        except BaseException:
            store.close()
            raise
    return store


def use_packaged_lookups(store: RemoteStore, packaged: PackagedStore | None = None) -> None:
    """Let lookups on a store be read from the package, once it is known that both hold the same graph.

    Compared are the versions, and what the graphs say of themselves: the number of triples, of the members of
    each class and of the uses of each property. The store must also have as many triples as it says, so that
    one that was loaded in part is found out. A change of a text alone, within one version, is not.

    :param packaged: the packaged graph, if it is open already.
    :raises RemoteFailureError: if the graphs differ; it names both versions.
    :raises BackendError: if the store cannot be asked.
    """
    packaged = packaged or PackagedStore()
    ours, theirs = _version(packaged), _version(store)
    if theirs is None:
        raise _other("the store holds no AffectGraph (no version of its ontology).")
    if ours != theirs:
        raise _other(
            f"expected the graph {ours}, which this package has, got {theirs} in the store."
        )
    counts = _counts(packaged)
    _require_counts(counts, _counts(store), version=theirs)
    held, said = _held(store), counts[DATASET]
    if held < said:
        raise _other(
            f"expected the {said:,} triples of the graph {theirs}, got {held:,} in the store."
        )
    store.lookups = packaged


def _require_counts(ours: dict[str, int], theirs: dict[str, int], *, version: str) -> None:
    differing = sorted(
        what for what in ours.keys() | theirs.keys() if ours.get(what) != theirs.get(what)
    )
    if differing:
        what = differing[0]
        raise _other(
            f"expected the graph {version} of this package, got another one of that version in the store: "
            f"{len(differing)} counts differ, such as {ours.get(what, 0):,} here and "
            f"{theirs.get(what, 0):,} there for {what}."
        )


def count_of_counts(store: GraphStore) -> int:
    """Return how many numbers of a graph's own description are compared."""
    return len(_counts(store))


def _version(store: GraphStore) -> str | None:
    result = store.query(query_text("version"))
    rows = list(result) if isinstance(result, QuerySolutions) else []
    return str(rows[0]["version"].value) if rows else None


def _counts(store: GraphStore) -> dict[str, int]:
    result = store.query(_COUNTS)
    if not isinstance(result, QuerySolutions):
        raise TypeError("Expected a table.")
    return {str(row["what"].value): int(row["number"].value) for row in result}


def _held(store: GraphStore) -> int:
    """Return the number of triples in the default graph."""
    result = store.query(_TRIPLES)
    if not isinstance(result, QuerySolutions):
        raise TypeError("Expected a table.")
    return int(next(iter(result))["number"].value)


def _other(message: str) -> RemoteFailureError:
    return RemoteFailureError(message, kind="other_graph", retryable=False, hint=_HINT)
