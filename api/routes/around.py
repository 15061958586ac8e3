"""What stands around an emotion: modalities, kinds of cues and causes, vocabularies of EmotionML."""

from typing import Annotated

from fastapi import APIRouter, Path

from affectgraph.api import around_answers as shapes
from affectgraph.api.handlers import documented
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.services import ServicesDep
from affectgraph.api.shapes import Page

router = APIRouter(prefix="/v1", tags=["around"], responses=documented(404))


@router.get("/modalities", summary="List the modalities", responses=PAGED)
def list_modalities(services: ServicesDep, paging: PageDep) -> Page[shapes.Modality]:
    """Channels through which an emotion is shown or known, sorted by name."""
    return paging.page(shapes.Modality, list(services.graph.around.modalities.values()))


@router.get("/modalities/{name}", summary="One modality")
def get_modality(
    services: ServicesDep, name: Annotated[str, Path(description="Its name.", examples=["voice"])]
) -> shapes.Modality:
    """A channel with its token in EmotionML."""
    return shapes.Modality.model_validate(services.graph.around.modality(name))


@router.get("/cue-types", summary="List the kinds of cues", responses=PAGED)
def list_cue_types(services: ServicesDep, paging: PageDep) -> Page[shapes.CueType]:
    """Kinds of signs by which an emotion is shown, sorted by name."""
    return paging.page(shapes.CueType, list(services.graph.around.cue_types.values()))


@router.get("/cue-types/{name}", summary="One kind of cue")
def get_cue_type(
    services: ServicesDep,
    name: Annotated[str, Path(description="Its name.", examples=["postural-cue"])],
) -> shapes.CueType:
    """A kind of sign with its channel."""
    return shapes.CueType.model_validate(services.graph.around.cue_type(name))


@router.get("/cause-types", summary="List the kinds of causes", responses=PAGED)
def list_cause_types(services: ServicesDep, paging: PageDep) -> Page[shapes.CauseType]:
    """Where in a conversation the cause of an emotion can stand, sorted by name."""
    return paging.page(shapes.CauseType, list(services.graph.around.cause_types.values()))


@router.get("/cause-types/{name}", summary="One kind of cause")
def get_cause_type(
    services: ServicesDep, name: Annotated[str, Path(description="Its name.", examples=["latent"])]
) -> shapes.CauseType:
    """A kind of cause with the label that data files give it."""
    return shapes.CauseType.model_validate(services.graph.around.cause_type(name))


@router.get("/vocabularies", summary="List the vocabularies of EmotionML", responses=PAGED)
def list_vocabularies(services: ServicesDep, paging: PageDep) -> Page[shapes.VocabularyName]:
    """Vocabularies of categories, dimensions, appraisals and action tendencies, sorted by name."""
    return paging.page(shapes.VocabularyName, list(services.graph.around.vocabularies.values()))


@router.get("/vocabularies/{name}", summary="One vocabulary with its items")
def get_vocabulary(
    services: ServicesDep,
    name: Annotated[str, Path(description="Its name.", examples=["occ-appraisals"])],
) -> shapes.Vocabulary:
    """A vocabulary's items, in its own order."""
    return shapes.Vocabulary.model_validate(services.graph.around.vocabulary(name))
