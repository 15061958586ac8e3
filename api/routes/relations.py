"""Relations of concepts: sourced, in the tree, to other vocabularies; and look-ups of many concepts."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api import relation_answers as answers
from affectgraph.api.annotations import require_text
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented, refuse_get
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.routes.parameters import ConceptPath, FirstQuery, SecondQuery
from affectgraph.api.services import ServicesDep
from affectgraph.api.shapes import Page
from affectgraph.ontology.errors import InputError

router = APIRouter(prefix="/v1", tags=["emotions"], responses=documented(404, 413))


@router.get("/emotions/{name:path}/associations", summary="Sourced relations", responses=PAGED)
def get_associations(
    services: ServicesDep,
    name: ConceptPath,
    paging: PageDep,
    relation: Annotated[
        answers.Relation | None, Query(description="Only this one.", examples=["leadsTo"])
    ] = None,
    source: Annotated[
        list[str] | None,
        Query(description="Only those of these sources, by id; repeat the name for several."),
    ] = None,
    at_least: Annotated[
        answers.Grade | None, Query(description="Only those of this grade or a better one.")
    ] = None,
    incoming: Annotated[
        bool, Query(description="Those that end at the concept instead of those that start there.")
    ] = False,
) -> Page[answers.SourcedRelation]:
    """What theories, corpora and studies say of the concept and others, by relation, then concept."""
    found = services.graph.associations(
        name, relation=relation, sources=source, at_least=at_least, incoming=incoming
    )
    return paging.page(answers.SourcedRelation, found)


@router.get("/emotions/{name:path}/components", summary="Blends by theory", responses=PAGED)
def get_components(
    services: ServicesDep, name: ConceptPath, paging: PageDep
) -> Page[answers.SourcedRelation]:
    """What theories say the concept is blended from."""
    return paging.page(answers.SourcedRelation, services.graph.components(name))


@router.get("/emotions/{name:path}/alignments", summary="Other vocabularies", responses=PAGED)
def get_alignments(
    services: ServicesDep,
    name: ConceptPath,
    paging: PageDep,
    resource: Annotated[
        str | None, Query(description="Only this one: `cili`, `mfoem`.", examples=["mfoem"])
    ] = None,
    with_rejected: Annotated[
        bool, Query(description="Also, at the end, the senses that were looked at and rejected.")
    ] = False,
) -> Page[answers.Alignment]:
    """What the concept is in other vocabularies, nearest match first."""
    found = services.graph.alignments(name, resource=resource, with_rejected=with_rejected)
    return paging.page(answers.Alignment, found)


@router.post("/emotions/batch", summary="Many emotions or states")
def post_concepts(
    services: ServicesDep, body: answers.ConceptsBody
) -> Batch[answers.ConceptRecord]:
    """Up to 1,000 concepts, each with what `include` names; an unknown one has its error at its place."""
    return answer_each(
        answers.ConceptRecord,
        body.names,
        lambda name: answers.to_record(services.graph, require_text(name), body),
    )


router.get("/emotions/batch", include_in_schema=False)(refuse_get)


@router.get("/tree/entries", summary="Lines of the published tree", responses=PAGED)
def list_tree_entries(
    services: ServicesDep,
    paging: PageDep,
    label: Annotated[str, Query(description="A word of the tree.", examples=["surprise"])],
) -> Page[answers.TreeEntry]:
    """The lines of Parrott's tree with a word, highest tier first; some words stand at two tiers."""
    return paging.page(answers.TreeEntry, services.graph.tree_entries(label, strict=True))


@router.get("/tree/relation", summary="How two concepts lie in the tree")
def get_tree_relation(
    services: ServicesDep, first: FirstQuery, second: SecondQuery
) -> answers.TreeRelation:
    """Whether one is a kind of the other, what both are kinds of, and the steps between them."""
    return answers.to_tree_relation(services.graph, first, second)


@router.post("/tree/relation", summary="How many pairs lie in the tree")
def post_tree_relations(
    services: ServicesDep, body: answers.PairsBody
) -> Batch[answers.TreeRelation]:
    """As `GET /v1/tree/relation`, for up to 1,000 pairs; a bad one has its error at its place."""
    return answer_each(
        answers.TreeRelation,
        body.pairs,
        lambda pair: answers.to_tree_relation(services.graph, *_two_names(pair)),
    )


def _two_names(pair: object) -> tuple[str, str]:
    match pair:
        case [str(first), str(second)]:
            return first, second
    raise InputError(f"Expected a list of two names, got {pair!r:.120}.")
