"""Completion of names while somebody types."""

from typing import Annotated

from fastapi import APIRouter, Query

from affectgraph.api.annotations import require_text
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented
from affectgraph.api.routes.parameters import AnswerLimit
from affectgraph.api.services import ServicesDep
from affectgraph.api.suggestions import SuggestBody, Suggestion, Suggestions, to_suggestions
from affectgraph.linkers.suggest import KINDS, SuggestionKind

router = APIRouter(prefix="/v1/suggest", tags=["grounding"], responses=documented(413))


LONGEST = 200
"""Characters that somebody may have typed."""


@router.get("", summary="Complete what is typed")
def get_suggestions(
    services: ServicesDep,
    q: Annotated[
        str, Query(max_length=LONGEST, description="What has been typed so far.", examples=["dre"])
    ],
    limit: AnswerLimit = 10,
    kinds: Annotated[
        list[SuggestionKind] | None,
        Query(description="Only these; repeat the name for several. All if left out."),
    ] = None,
) -> list[Suggestion]:
    """Concepts, labels of schemes and words that begin so, or have a word inside that does.

    Whole matches first, then beginnings, then words inside; concepts before labels before words. To learn
    what a finished label means, with evidence, ask `/v1/ground`.
    """
    return to_suggestions(services.suggester.suggest(q, limit=limit, kinds=kinds or KINDS))


@router.post("", summary="Complete many beginnings")
def post_suggestions(services: ServicesDep, body: SuggestBody) -> Batch[Suggestions]:
    """As `GET /v1/suggest`, for up to 1,000 texts; a bad one has its error at its place."""

    def answer(item: object) -> Suggestions:
        text = require_text(item, limit=LONGEST)
        found = services.suggester.suggest(text, limit=body.limit, kinds=body.kinds or KINDS)
        return Suggestions(text=text, suggestions=tuple(to_suggestions(found)))

    return answer_each(Suggestions, body.texts, answer)
