"""Changes of users' graphs as messages to the template of query workers, and how it makes them."""

import json
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from affectgraph.kg.user_writes import Change, quad_of

FRAME_BYTES = 8 * 1024 * 1024 * 1024
"""Longest message with data: all users' graphs at the start."""

Frame = tuple[bytes, bytes]


def as_nquads(quads: Iterable[Quad]) -> bytes:
    """Return quads as N-Quads, with the names that their blank nodes have."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def load_quads(store: Store, content: bytes) -> None:
    """Put quads of :func:`as_nquads` into a store; a load would give their blank nodes other names."""
    store.extend(parse(content, format=RdfFormat.N_QUADS))


def change_frame(changes: Sequence[Change]) -> Frame:
    """Return changes as JSON and N-Quads: first what goes, then what comes."""
    said = [
        {"graph": c.graph, "clears": c.removed is None, "deletes": c.about is None} for c in changes
    ]
    gone = as_nquads(quad_of(t, NamedNode(c.graph)) for c in changes for t in c.removed or ())
    come = as_nquads(quad_of(t, NamedNode(c.graph)) for c in changes for t in c.added)
    return json.dumps({"changes": said, "gone": len(gone)}).encode("ascii"), gone + come


def make_changes(store: Store, meta: bytes, content: bytes) -> None:
    """Make the changes of :func:`change_frame`; made twice, they come to the same."""
    order = json.loads(meta)
    for change in order["changes"]:
        if change["clears"] and store.contains_named_graph(NamedNode(change["graph"])):
            store.remove_graph(NamedNode(change["graph"]))
        if not change["deletes"]:
            store.add_graph(NamedNode(change["graph"]))
    for quad in parse(content[: order["gone"]], format=RdfFormat.N_QUADS):
        store.remove(quad)
    load_quads(store, content[order["gone"] :])
