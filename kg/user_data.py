"""Users' own RDF beside the graph: in named graphs of their own, in an Oxigraph directory of their own.

The packaged graph cannot be changed, and no user's data ever stands in its default graph. So data goes into
a directory that ``affectgraph export`` made, below ``graph/user/``; exports leave it out.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.triples import slug


def user_graph(name: str) -> str:
    """Return the IRI of a named graph for a user's own data.

    :raises InputError: if the name has other characters than lower-case letters, digits and hyphens.

    >>> user_graph("run-7")
    'https://w3id.org/affectgraph/graph/user/run-7'
    """
    if not name or slug(name) != name:
        raise InputError(
            f"Expected a graph name of lower-case letters, digits and hyphens, got {name!r}."
        )
    return USER_GRAPHS + name


def add_user_data(
    folder: Path,
    content: bytes,
    *,
    format: RdfFormat,  # noqa: A002
    name: str | None = None,
) -> int:
    """Add an RDF document to a user's Oxigraph directory; return how many quads are new.

    All of it is added, or nothing. What stood there before stays; to add a document twice changes nothing,
    unless it has blank nodes.

    :param folder: as ``affectgraph export FOLDER --format oxigraph`` makes it; no other process may be
        writing to it.
    :param content: the document.
    :param name: the graph for triples that stand in none; without it they are refused.
    :raises InputError: if the document does not parse, or has triples outside ``graph/user/``.
    :raises BackendError: if there is no such directory, or another process holds it.
    """
    target = NamedNode(user_graph(name)) if name is not None else None
    try:
        quads = list(_placed(parse(content, format=format), target))
    except SyntaxError as error:
        raise InputError(
            f"Expected a document in {format.name}, got {error}. Name its true format."
        ) from error
    store = _open(folder)
    before = len(store)
    store.extend(quads)
    store.flush()
    return len(store) - before


def _placed(quads: Iterable[Quad], target: NamedNode | None) -> Iterator[Quad]:
    """Yield quads in the graphs they are to stand in.

    :raises InputError: if one would stand in a graph that is not the user's.
    """
    for quad in quads:
        where = quad.graph_name
        if isinstance(where, DefaultGraph) and target is not None:
            yield Quad(quad.subject, quad.predicate, quad.object, target)
        elif isinstance(where, NamedNode) and where.value.startswith(USER_GRAPHS):
            yield quad
        else:
            got = "the default graph" if isinstance(where, DefaultGraph) else _shown(where)
            raise InputError(
                f"Expected triples in named graphs below {USER_GRAPHS}, got some in {got}. "
                "Give a name for those in the default graph; rename others."
            )


def _shown(graph: NamedNode | BlankNode) -> str:
    return f"<{graph.value}>" if isinstance(graph, NamedNode) else "a graph without an IRI"


def _open(folder: Path) -> Store:
    if not (folder / "CURRENT").is_file():
        raise BackendError(
            f"expected an Oxigraph directory at {folder}, found none.",
            backend="oxigraph",
            retryable=False,
            hint=f"Make one with: affectgraph export {folder} --format oxigraph",
        )
    try:
        return Store(str(folder))
    except (OSError, RuntimeError) as error:
        raise BackendError(str(error), backend="oxigraph", retryable=True) from error
