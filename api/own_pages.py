"""What a user's graph says of a concept of its own, for the page at its address."""

from pyoxigraph import NamedNode, Triple

from affectgraph.api.services import Services


def own_triples(services: Services, iri: str) -> list[Triple]:
    """Return the triples about a concept of a user's own, sorted; empty if there is no such concept.

    :raises BackendError: if the store of users' data fails.
    """
    concept = services.graph.get_concept(iri)
    if services.data is None or concept is None or not concept.is_own:
        return []
    entry = services.data.store.find(concept.source)
    if entry is None:  # deleted meanwhile
        return []
    this = NamedNode(concept.iri)
    held = services.data.store.triples(entry.iri)
    return sorted((triple for triple in held if triple.subject == this), key=str)
