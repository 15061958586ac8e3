"""Names of users' graphs: short ones below a base, or full IRIs outside the project's own namespace."""

import re

from pyoxigraph import NamedNode

from affectgraph.kg.vad_lexicon import USER_GRAPHS
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import BASE, GRAPH
from affectgraph.ontology.triples import slug

CATALOGUE = GRAPH + "user-catalogue"
"""The named graph that describes users' graphs; nobody but the store writes it."""
STAGE = GRAPH + "user-stage/"
"""Start of the IRIs of graphs that hold a write until it is made, and never after it."""
LONGEST = 2_000
"""Characters of a graph's IRI."""


def graph_iri(name: str, *, base: str = USER_GRAPHS) -> str:
    """Return the IRI of a user's graph.

    :param name: a short name of lower-case letters, digits and hyphens, or an absolute IRI.
    :param base: what a short name is put behind.
    :raises InputError: if it is neither, or an IRI of the project's namespace that is no user's.

    >>> graph_iri("run-7")
    'https://w3id.org/affectgraph/graph/user/run-7'
    >>> graph_iri("https://example.org/mine")
    'https://example.org/mine'
    """
    if ":" not in name:
        if not name or slug(name) != name or len(name) > LONGEST:
            raise InputError(
                "Expected a graph name of lower-case letters, digits and hyphens, or an absolute IRI, "
                f"got {name[:80]!r}."
            )
        return base + name
    require_user_graph(name)
    return name


def require_user_graph(iri: str) -> None:
    """Do nothing if an IRI may name a user's graph, raise otherwise.

    An IRI that others may take for the project's is none either: in capitals, or with segments to resolve.

    :raises InputError: if it is no absolute IRI, or one of the project's own outside ``graph/user/``.
    """
    try:
        NamedNode(iri)
    except ValueError as error:
        raise InputError(
            f"Expected an absolute IRI of a graph, got {iri[:80]!r}: {error}."
        ) from error
    if len(iri) > LONGEST:
        raise InputError(f"Expected an IRI of up to {LONGEST:,} characters, got {len(iri):,}.")
    if has_dot_segments(iri):
        raise InputError(
            f"Expected an IRI without '/./' and '/../', which readers may resolve, got {iri[:80]!r}."
        )
    if iri.lower().startswith(BASE) and not (
        iri.startswith(USER_GRAPHS) and len(iri) > len(USER_GRAPHS)
    ):
        raise InputError(
            f"Expected a graph of yours, got {iri}: graphs below {BASE} are the project's own and cannot be "
            f"written. Use an IRI of your own, or one below {USER_GRAPHS}."
        )


def has_dot_segments(iri: str) -> bool:
    """Return whether an IRI has segments that readers may resolve, and so take it for another.

    >>> has_dot_segments("https://example.org/a/../b"), has_dot_segments("https://example.org/a..b")
    (True, False)
    """
    return not {".", ".."}.isdisjoint(re.split("[/?#]", iri))


def short_name(iri: str, base: str = USER_GRAPHS) -> str | None:
    """Return the short name of a user's graph; None if its IRI makes none.

    >>> short_name("https://w3id.org/affectgraph/graph/user/run-7"), short_name("urn:x")
    ('run-7', None)
    """
    name = iri.removeprefix(base)
    return name if iri.startswith(base) and name and slug(name) == name else None
