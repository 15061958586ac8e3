"""Concepts of a user's own, read from RDF: what they are, where they stand, and what is wrong with them.

They are ``skos:Concept`` with a place: ``skos:broader``, an emotion of the tree or another of the same graph,
or ``ag:stateBranch``, a branch of the states outside it. Their shapes are ``ontology/shapes/concepts.ttl``;
what shapes cannot say (cycles, who may name what) is said here, for documents and tables alike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from affectgraph.kg.alignments import PREDICATES
from affectgraph.kg.default import default_graph
from affectgraph.kg.model import USER_ORIGIN, Concept, Vad
from affectgraph.kg.user_names import has_dot_segments
from affectgraph.kg.words import concept_slug
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, BASE, GRAPH, PREFIXES, SKOS
from affectgraph.ontology.ranks import TIERS

DEEPEST: Final = 8
"""Concepts of one's own that may stand below each other."""
LONGEST_LABEL: Final = 200
"""Characters of a label; the linkers read no longer ones."""

DIMENSIONS: Final = ("valence", "arousal", "dominance")
_USER_GRAPHS: Final = GRAPH + USER_ORIGIN
_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)

Text = tuple[str, str]
"""A language tag and a text."""


@dataclass(frozen=True, slots=True)
class OwnConcept:
    """A concept as its user's graph states it.

    :param labels: preferred labels by language, English first, then by tag.
    :param aliases: other labels. :param definitions: at most one a language, ordered as ``labels``.
    :param broader: IRIs of what stands above it; one, unless the graph is wrong.
    :param branches: names of its branch of states; one for a state, unless the graph is wrong.
    :param numbers: what is said of valence, arousal and dominance, each on -1..1.
    :param matches: predicate and term of its mappings, nearest match first.
    """

    iri: str
    labels: tuple[Text, ...]
    aliases: tuple[Text, ...]
    definitions: tuple[Text, ...]
    example: str
    broader: tuple[str, ...]
    branches: tuple[str, ...]
    numbers: Mapping[str, float]
    matches: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        """How lookups name it: ``user/mine/saudade`` in a named graph of the project, else its IRI."""
        return concept_slug(self.iri)

    @property
    def vad(self) -> Vad | None:
        """Its place on -1..1, None unless all three numbers are said."""
        if len(self.numbers) < len(DIMENSIONS):
            return None
        return Vad(*(self.numbers[name] for name in DIMENSIONS))


@dataclass(frozen=True, slots=True, order=True)
class ConceptFault:
    """What is wrong with a concept.

    :param property: local name of the property at fault, such as ``broader``; ``concept`` for its IRI.
    """

    iri: str
    property: str
    message: str


def packaged_concepts() -> dict[str, Concept]:
    """Return the concepts of the packaged graph by IRI."""
    return {concept.iri: concept for concept in default_graph().index.concepts.values()}


def own_concepts(triples: Iterable[Triple]) -> tuple[OwnConcept, ...]:
    """Return the concepts that triples are about, sorted by IRI: whatever has a ``skos:prefLabel``."""
    said: dict[str, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            said.setdefault(triple.subject.value, []).append(triple)
    label = SKOS + "prefLabel"
    return tuple(
        _concept(iri, said[iri])
        for iri in sorted(said)
        if any(triple.predicate.value == label for triple in said[iri])
    )


def _concept(iri: str, triples: list[Triple]) -> OwnConcept:
    values: dict[str, list[NamedNode | Literal]] = {}
    for triple in triples:
        if isinstance(triple.object, NamedNode | Literal):
            values.setdefault(triple.predicate.value, []).append(triple.object)
    return OwnConcept(
        iri,
        labels=_texts(values.get(SKOS + "prefLabel", ())),
        aliases=_texts(values.get(SKOS + "altLabel", ())),
        definitions=_texts(values.get(SKOS + "definition", ())),
        example=next((text for _, text in _texts(values.get(SKOS + "example", ()))), ""),
        broader=tuple(sorted(value.value for value in values.get(SKOS + "broader", ()))),
        branches=tuple(
            sorted(v.value.removeprefix(AG) for v in values.get(AG + "stateBranch", ()))
        ),
        numbers=dict(_numbers(values)),
        matches=tuple(
            (name, term)
            for name in PREDICATES
            for term in sorted(value.value for value in values.get(SKOS + name, ()))
        ),
    )


def _numbers(values: Mapping[str, list[NamedNode | Literal]]) -> Iterator[tuple[str, float]]:
    """Yield the first value of each dimension that has one; what is no number is left to the shapes."""
    for name in DIMENSIONS:
        for value in values.get(AG + name, [])[:1]:
            with suppress(ValueError):
                yield name, float(value.value)


def _texts(values: Iterable[NamedNode | Literal]) -> tuple[Text, ...]:
    """Return texts, single-spaced, by language: English first, then by tag and text."""
    literals = (value for value in values if isinstance(value, Literal))
    found = ((value.language or "", " ".join(value.value.split())) for value in literals)
    return tuple(sorted(found, key=lambda text: (not text[0].startswith("en"), text)))


def concept_faults(
    concepts: Iterable[OwnConcept], known: Mapping[str, Concept]
) -> list[ConceptFault]:
    """Return what is wrong with concepts of one graph, sorted.

    :param known: concepts of the packaged graph by IRI.
    """
    own = {concept.iri: concept for concept in concepts}
    return sorted(
        ConceptFault(iri, name, message)
        for iri, concept in own.items()
        for name, message in _faults(concept, own, known)
    )


def _faults(
    concept: OwnConcept, own: Mapping[str, OwnConcept], known: Mapping[str, Concept]
) -> Iterator[Text]:
    yield from _faults_of_iri(concept.iri)
    for name, texts in (("prefLabel", concept.labels), ("altLabel", concept.aliases)):
        yield from ((name, fault) for text in texts for fault in label_faults(*text))
    if bool(concept.broader) == bool(concept.branches):
        got = "both" if concept.broader else "none"
        yield (
            "broader",
            f"expected a broader emotion, or a branch of the states outside the tree, got {got}.",
        )
    for broader in concept.broader:
        yield from (
            ("broader", fault) for fault in _faults_of_broader(broader, concept, own, known)
        )
    if 0 < len(concept.numbers) < len(DIMENSIONS):
        said = ", ".join(concept.numbers)
        yield "valence", f"expected valence, arousal and dominance, all three or none, got {said}."


def _faults_of_iri(iri: str) -> Iterator[Text]:
    if has_dot_segments(iri):
        yield "concept", f"expected an IRI without '/./' and '/../', got {iri}."
    if iri.partition(":")[0].lower() in PREFIXES:
        yield "concept", f"expected an IRI in full, got {iri}, which is the CURIE of another."
    if not iri.lower().startswith(BASE):
        return
    graph, _, rest = iri.removeprefix(_USER_GRAPHS).partition("/")
    if not iri.startswith(_USER_GRAPHS) or not graph or not rest:
        yield (
            "concept",
            f"expected an IRI of your own, got {iri}: those below {BASE} are the project's. Use one of "
            "another place, or one below your graph.",
        )


def label_faults(language: str, text: str) -> Iterator[str]:
    """Yield what is wrong with a label and its language tag."""
    if not _TAG.fullmatch(language):
        yield f"expected a language tag such as en or pt-BR, got {language!r} for {text[:40]!r}."
    if len(text) > LONGEST_LABEL:
        yield f"expected a label of up to {LONGEST_LABEL} characters, got {len(text)}."
    if not any(sign.isalpha() for sign in text):
        yield f"expected a label with a letter in it, got {text[:40]!r}."


def _faults_of_broader(
    broader: str, concept: OwnConcept, own: Mapping[str, OwnConcept], known: Mapping[str, Concept]
) -> Iterator[str]:
    found = known.get(broader)
    if found is not None:
        if not found.is_emotion:
            yield (
                f"expected an emotion of the tree, got {found.slug}, a state, which nothing stands below. "
                f"Give the branch {found.branch} instead."
            )
        return
    if broader not in own:
        yield f"expected an emotion of the tree or a concept of the same graph, got {concept_slug(broader)}."
        return
    chain = [concept.iri]
    while broader in own and broader not in chain:
        chain.append(broader)
        above = own[broader]
        if above.branches:
            yield (
                f"expected an emotion above, got {above.iri}, which stands in a branch of states. Give "
                f"the branch {above.branches[0]} instead."
            )
        broader = above.broader[0] if above.broader else ""
    if broader in chain:
        yield f"expected no cycle, got {' > '.join(map(concept_slug, [*chain, broader]))}."
    elif len(chain) > DEEPEST:
        yield f"expected up to {DEEPEST} concepts below each other, got {len(chain)}."


def require_concepts(concepts: Iterable[OwnConcept], known: Mapping[str, Concept]) -> None:
    """Do nothing if concepts of one graph can be laid over the packaged one, raise otherwise.

    :param known: concepts of the packaged graph by IRI.
    :raises InputError: naming up to ten faults, each with its concept and property.
    """
    faults = concept_faults(concepts, known)
    if not faults:
        return
    shown = " ".join(f"{fault.iri} {fault.property}: {fault.message}" for fault in faults[:10])
    more = f" And {len(faults) - 10} more." if len(faults) > 10 else ""
    raise InputError(f"Expected concepts, got {len(faults)} faults. {shown}{more} Mend them.")


def checked_concepts(
    triples: Iterable[Triple], known: Mapping[str, Concept], source: str
) -> dict[str, Concept]:
    """Return the concepts of a graph as :func:`placed` does, if they have no faults.

    :raises InputError: as :func:`require_concepts`.
    """
    concepts = own_concepts(triples)
    require_concepts(concepts, known)
    return placed(concepts, known, source)


def placed(
    concepts: Iterable[OwnConcept], known: Mapping[str, Concept], source: str
) -> dict[str, Concept]:
    """Return concepts as lookups have them, by slug, those above before those below.

    Tiers are by depth: what stands below a primary is secondary, all else in the tree tertiary. The class of
    their episodes is that of the packaged emotion above, or of their branch of states. English comes first
    where there are several languages.

    :param concepts: without faults. :param known: concepts of the packaged graph by IRI.
    :param source: id of the source that they get.
    """
    waiting = {concept.iri: concept for concept in concepts}
    found: dict[str, Concept] = {}
    while waiting:
        for iri, concept in list(waiting.items()):
            above = concept.broader[0] if concept.broader else None
            if above is None or above not in waiting:
                parent = known.get(above or "") or found.get(concept_slug(above or ""))
                made = _placed(concept, parent, source)
                found[made.slug] = made
                del waiting[iri]
    return found


def _placed(concept: OwnConcept, parent: Concept | None, source: str) -> Concept:
    made = Concept(
        iri=concept.iri,
        slug=concept.slug,
        label=concept.labels[0][1],
        definition=concept.definitions[0][1] if concept.definitions else "",
        example=concept.example,
        tier=None,
        path=(),
        branch=None,
        class_iri="",
        source=source,
    )
    if parent is None:
        branch = concept.branches[0]
        return replace(made, branch=branch, class_iri=AG + branch)
    path = (*parent.path, concept.slug)
    tier = TIERS[min(len(path), len(TIERS)) - 1]
    return replace(made, tier=tier, path=path, class_iri=parent.class_iri)
