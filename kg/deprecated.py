"""What became of a term that a lookup no longer finds."""

from collections.abc import Iterable
from difflib import get_close_matches

from affectgraph.kg.index import GraphIndex
from affectgraph.kg.model import DeprecatedTerm
from affectgraph.kg.words import concept_slug
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.iris import BASE, curie


def find_deprecated(index: GraphIndex, name: str) -> DeprecatedTerm | None:
    """Return a deprecated term by slug, label, CURIE, path below the base or IRI; None if there is none."""
    wanted = name.strip().lower()
    for term in index.deprecated:
        path = term.iri.removeprefix(BASE)
        names = {term.iri, path, curie(term.iri), concept_slug(term.iri), path.rpartition("/")[2]}
        if wanted in {known.lower() for known in (*names, term.label)}:
            return term
    return None


def unknown_term(
    index: GraphIndex,
    name: str,
    names: Iterable[str],
    *,
    kind: str,
    hint: str,
    cutoff: float = 0.6,
) -> UnknownTermError:
    """Return the error for a name the graph does not hold, ready to be raised.

    It says so if an earlier release held it, why it went, and what takes its place.

    :param names: the names there are, to find those spelled alike.
    :param hint: what to do; said where nothing looks alike.
    :param cutoff: how much alike they must be, 0..1.
    """
    gone = find_deprecated(index, name)
    if gone is None:
        close = get_close_matches(name.lower(), names, n=3, cutoff=cutoff)
        return UnknownTermError(name, kind=kind, nearest=tuple(close), hint=hint)
    replacement = concept_slug(gone.replaced_by) if gone.replaced_by else ""
    advice = f" Use {replacement!r}." if replacement else " Nothing takes its place."
    return UnknownTermError(
        name,
        kind=kind,
        nearest=(replacement,) if replacement else (),
        note=f"{gone.reason.rstrip('.')}.{advice}",
    )
