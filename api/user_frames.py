"""Changes of users' graphs as messages to the template of query workers, and how it makes them."""

import json
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from affectgraph.kg.user_catalogue import NOTHING_SAID
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


def read_changes(meta: bytes, content: bytes) -> list[Change]:
    """Return the changes of :func:`change_frame`, made by a process that is trusted with nothing.

    :raises ValueError: if they are none. :raises SyntaxError: likewise.
    """
    order = json.loads(meta)
    if not isinstance(order, dict) or not isinstance(order.get("gone"), int):
        raise ValueError("Expected changes.")
    gone = _by_graph(content[: order["gone"]])
    come = _by_graph(content[order["gone"] :])
    return [
        Change(
            str(change["graph"]),
            come.get(change["graph"], ()),
            None if change["clears"] else gone.get(change["graph"], ()),
            None if change["deletes"] else NOTHING_SAID,
        )
        for change in order["changes"]
    ]


def _by_graph(content: bytes) -> dict[str, tuple[Triple, ...]]:
    found: dict[str, list[Triple]] = {}
    for quad in parse(content, format=RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, NamedNode):
            raise ValueError("Expected quads of named graphs.")
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {graph: tuple(triples) for graph, triples in found.items()}


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


def update_order(update: str) -> bytes:
    """Return an update as a worker is told to make it."""
    return json.dumps({"update": update}).encode("ascii")


def read_order(text: bytes) -> str | None:
    """Return the update of :func:`update_order`, None for a question."""
    order = json.loads(text)
    return order["update"] if set(order) == {"update"} else None
