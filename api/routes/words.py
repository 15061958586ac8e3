"""Valence, arousal and dominance of words, and where sources disagree on concepts."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api import relation_answers as answers
from affectgraph.api import shapes
from affectgraph.api.annotations import require_text
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.routes.parameters import OriginsQuery
from affectgraph.api.services import ServicesDep

router = APIRouter(prefix="/v1/vad", tags=["vad"], responses=documented(404, 413))


@router.get("/disagreements", summary="Where sources disagree on concepts", responses=PAGED)
def list_disagreements(
    services: ServicesDep,
    paging: PageDep,
    beyond: Annotated[
        float, Query(ge=0, le=2, description="Gap in any one dimension, 0..2.", examples=[0.3])
    ] = 0.3,
    source: Annotated[
        list[str] | None,
        Query(
            description="Origins to compare; by default the ratings of the graph and imported lexicons.",
            examples=[["glasgow", "glasgow-adjusted"]],
        ),
    ] = None,
) -> shapes.Page[answers.VadDisagreement]:
    """Concepts that two sources place further apart than `beyond`, widest gap first."""
    found = services.graph.vad_disagreements(beyond, sources=source)
    return paging.page(answers.VadDisagreement, [answers.to_disagreement(d) for d in found])


@router.get("/words", summary="Valence, arousal, dominance of a word", responses=PAGED)
def get_word_values(
    services: ServicesDep,
    paging: PageDep,
    word: Annotated[str, Query(description="Any word.", examples=["upset"])],
    sense: Annotated[
        str | None, Query(description="Only the rating of this sense.", examples=["sad"])
    ] = None,
    source: OriginsQuery = None,
) -> shapes.Page[shapes.VadValue]:
    """Values of a word, whether or not it names an emotion; none if nobody rated it."""
    found = services.graph.vad_of_word(word, sense=sense, sources=source)
    return paging.page(shapes.VadValue, [shapes.to_vad(value) for value in found])


@router.post("/words", summary="Valence, arousal, dominance of many words")
def post_word_values(services: ServicesDep, body: answers.WordsBody) -> Batch[answers.WordValues]:
    """As `GET /v1/vad/words`, for up to 1,000 words."""

    def answer(item: object) -> answers.WordValues:
        word = require_text(item)
        found = services.graph.vad_of_word(word, sources=body.sources)
        return answers.WordValues(word=word, values=tuple(map(shapes.to_vad, found)))

    return answer_each(answers.WordValues, body.words, answer)
