"""What is known: curated tables, and the build that turns them into RDF and OWL."""

from affectgraph.ontology.errors import (
    AffectGraphError,
    BackendError,
    ClaimError,
    InputError,
    MissingExtraError,
    OntologyError,
    QueryError,
    UnknownTermError,
)

__all__ = [
    "AffectGraphError",
    "BackendError",
    "ClaimError",
    "InputError",
    "MissingExtraError",
    "OntologyError",
    "QueryError",
    "UnknownTermError",
]
