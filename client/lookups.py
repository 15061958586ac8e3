"""Questions about what the graph holds: concepts, schemes, FACS codes, words, sources."""

from collections.abc import Sequence
from typing import Any, Literal

from affectgraph.api import around_answers as around
from affectgraph.api import relation_answers as relations
from affectgraph.api import shapes
from affectgraph.api.batches import Batch
from affectgraph.api.crossings import Crosswalk
from affectgraph.client.call import Call, get, post

Tier = Literal["primary", "secondary", "tertiary"]

# --- concepts -------------------------------------------------------------------------------------


def emotions(
    *, tier: Tier | None = None, primary: str | None = None, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[shapes.Concept]]:
    """Return a page of the emotions of the tree, sorted by path."""
    return get(
        "/v1/emotions",
        shapes.Page[shapes.Concept],
        tier=tier,
        primary=primary,
        limit=limit,
        offset=offset,
    )


def states(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[shapes.Concept]]:
    """Return a page of the states outside the tree."""
    return get("/v1/states", shapes.Page[shapes.Concept], limit=limit, offset=offset)


def emotion(name: str) -> Call[shapes.Concept]:
    """Return one emotion or state by slug, label, CURIE or IRI."""
    return get("/v1/emotions/{name}", shapes.Concept, names={"name": name})


def emotions_many(
    names: Sequence[object],
    *,
    include: Sequence[relations.Part] = (),
    sources: Sequence[str] | None = None,
) -> Call[Batch[relations.ConceptRecord]]:
    """Return up to 1,000 concepts, each with what ``include`` names."""
    body = {"names": names, "include": include, "sources": sources}
    return Call("POST", "/v1/emotions/batch", Batch[relations.ConceptRecord], body=body)


def path(name: str, *, limit: int = 1000, offset: int = 0) -> Call[list[shapes.Concept]]:
    """Return the concepts from the primary emotion down to the one named; empty for a state."""
    return _of_concept("path", list[shapes.Concept], name, limit, offset)


def broader(name: str) -> Call[shapes.Concept | None]:
    """Return the concept one tier above; None for a primary emotion or a state."""
    return get("/v1/emotions/{name}/broader", shapes.Concept | None, names={"name": name})


def narrower(name: str, *, limit: int = 1000, offset: int = 0) -> Call[list[shapes.Concept]]:
    """Return the concepts one tier below, sorted by slug."""
    return _of_concept("narrower", list[shapes.Concept], name, limit, offset)


def opposites(name: str, *, limit: int = 1000, offset: int = 0) -> Call[list[shapes.Association]]:
    """Return what theories call the opposite."""
    return _of_concept("opposites", list[shapes.Association], name, limit, offset)


def patterns(name: str, *, limit: int = 1000, offset: int = 0) -> Call[list[shapes.Pattern]]:
    """Return the facial patterns that sources publish for a concept."""
    return _of_concept("action-units", list[shapes.Pattern], name, limit, offset)


def vad(
    name: str, *, source: Sequence[str] | None = None, limit: int = 1000, offset: int = 0
) -> Call[list[shapes.VadValue]]:
    """Return valence, arousal and dominance of a concept, measured values first."""
    return _of_concept("vad", list[shapes.VadValue], name, limit, offset, source=source)


def components(
    name: str, *, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[relations.SourcedRelation]]:
    """Return what theories say a concept is blended from."""
    return _of_concept("components", shapes.Page[relations.SourcedRelation], name, limit, offset)


def associations(
    name: str,
    *,
    relation: relations.Relation | None = None,
    source: Sequence[str] | None = None,
    at_least: relations.Grade | None = None,
    incoming: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> Call[shapes.Page[relations.SourcedRelation]]:
    """Return the sourced relations of a concept to others."""
    return _of_concept(
        "associations",
        shapes.Page[relations.SourcedRelation],
        name,
        limit,
        offset,
        relation=relation,
        source=source,
        at_least=at_least,
        incoming=incoming,
    )


def alignments(
    name: str,
    *,
    resource: str | None = None,
    with_rejected: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> Call[shapes.Page[relations.Alignment]]:
    """Return what a concept is in other vocabularies, nearest match first."""
    return _of_concept(
        "alignments",
        shapes.Page[relations.Alignment],
        name,
        limit,
        offset,
        resource=resource,
        with_rejected=with_rejected,
    )


def _of_concept(
    part: str, answer: object, name: str, limit: int, offset: int, **query: Any
) -> Call[Any]:
    return get(
        f"/v1/emotions/{{name}}/{part}",
        answer,
        names={"name": name},
        **query,
        limit=limit,
        offset=offset,
    )


# --- the tree -------------------------------------------------------------------------------------


def tree_relation(first: str, second: str) -> Call[relations.TreeRelation]:
    """Return how two concepts lie to each other in the tree."""
    return get("/v1/tree/relation", relations.TreeRelation, first=first, second=second)


def tree_relations(pairs: Sequence[object]) -> Call[Batch[relations.TreeRelation]]:
    """Return the same of up to 1,000 pairs."""
    return post("/v1/tree/relation", Batch[relations.TreeRelation], pairs=pairs)


def tree_entries(
    label: str, *, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[relations.TreeEntry]]:
    """Return the lines of the published tree with a word, highest tier first."""
    return get(
        "/v1/tree/entries",
        shapes.Page[relations.TreeEntry],
        label=label,
        limit=limit,
        offset=offset,
    )


# --- schemes, sources -----------------------------------------------------------------------------


def schemes(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[shapes.SchemeName]]:
    """Return a page of the label schemes, sorted by name."""
    return get("/v1/schemes", shapes.Page[shapes.SchemeName], limit=limit, offset=offset)


def scheme(name: str) -> Call[shapes.Scheme]:
    """Return one scheme with its labels."""
    return get("/v1/schemes/{name}", shapes.Scheme, names={"name": name})


def labels(
    name: str, *, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[shapes.SchemeLabel]]:
    """Return a page of a scheme's labels, in its own order."""
    return get(
        "/v1/schemes/{name}/labels",
        shapes.Page[shapes.SchemeLabel],
        names={"name": name},
        limit=limit,
        offset=offset,
    )


def cooccurrences(
    name: str, *, unlikely: bool = False, limit: int = 200, offset: int = 0
) -> Call[shapes.Page[relations.CoOccurrence]]:
    """Return how often labels of a scheme were given together."""
    return get(
        "/v1/schemes/{name}/co-occurrences",
        shapes.Page[relations.CoOccurrence],
        names={"name": name},
        unlikely=unlikely,
        limit=limit,
        offset=offset,
    )


def penalties(name: str) -> Call[relations.PenaltyMatrix]:
    """Return how unlikely each pair of a scheme's labels is."""
    return get("/v1/schemes/{name}/penalties", relations.PenaltyMatrix, names={"name": name})


def crosswalk(source: str, target: str) -> Call[Crosswalk]:
    """Return how a scheme can be said in another, and what that loses."""
    return get("/v1/crosswalk", Crosswalk, source=source, target=target)


def crosswalks(source: str, targets: Sequence[object]) -> Call[Batch[Crosswalk]]:
    """Return the same for up to 100 other schemes."""
    return post("/v1/crosswalk", Batch[Crosswalk], source=source, targets=targets)


def sources(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[shapes.Source]]:
    """Return a page of the sources of the graph's facts, sorted by id."""
    return get("/v1/sources", shapes.Page[shapes.Source], limit=limit, offset=offset)


def source(id: str) -> Call[shapes.Source]:  # noqa: A002
    """Return one source with its licence."""
    return get("/v1/sources/{id}", shapes.Source, names={"id": id})


# --- around an emotion ----------------------------------------------------------------------------


def modalities(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[around.Modality]]:
    """Return a page of the channels through which an emotion is shown."""
    return get("/v1/modalities", shapes.Page[around.Modality], limit=limit, offset=offset)


def modality(name: str) -> Call[around.Modality]:
    """Return one modality."""
    return get("/v1/modalities/{name}", around.Modality, names={"name": name})


def cue_types(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[around.CueType]]:
    """Return a page of the kinds of cues."""
    return get("/v1/cue-types", shapes.Page[around.CueType], limit=limit, offset=offset)


def cue_type(name: str) -> Call[around.CueType]:
    """Return one kind of cue."""
    return get("/v1/cue-types/{name}", around.CueType, names={"name": name})


def cause_types(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[around.CauseType]]:
    """Return a page of the kinds of causes."""
    return get("/v1/cause-types", shapes.Page[around.CauseType], limit=limit, offset=offset)


def cause_type(name: str) -> Call[around.CauseType]:
    """Return one kind of cause."""
    return get("/v1/cause-types/{name}", around.CauseType, names={"name": name})


def vocabularies(*, limit: int = 200, offset: int = 0) -> Call[shapes.Page[around.VocabularyName]]:
    """Return a page of the vocabularies of EmotionML."""
    return get("/v1/vocabularies", shapes.Page[around.VocabularyName], limit=limit, offset=offset)


def vocabulary(name: str) -> Call[around.Vocabulary]:
    """Return one vocabulary with its items."""
    return get("/v1/vocabularies/{name}", around.Vocabulary, names={"name": name})
