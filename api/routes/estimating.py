"""What reasoning would take with a model, before one is asked."""

from fastapi import APIRouter

from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.estimates import Estimate, estimate_record, to_estimate
from affectgraph.api.handlers import documented
from affectgraph.api.reasoning_bodies import ReasonBatchBody, ReasonBody
from affectgraph.api.repeated_names import NamedValuesRoute
from affectgraph.api.services import ServicesDep

router = APIRouter(
    prefix="/v1/reason",
    tags=["reasoning"],
    responses=documented(404, 413),
    route_class=NamedValuesRoute,
)


@router.post("/estimate", summary="What reasoning would take")
def post_estimate(services: ServicesDep, body: ReasonBody) -> Estimate:
    """Calls of a model and their tokens for `POST /v1/reason` with the same body; no model is asked.

    The bounds hold for any model: the fewest calls if a first draft is clean, the most if all rounds are
    needed.
    """
    reasoner = services.reasoner_for(None, body.settings())
    return to_estimate(reasoner.estimate(body.record()))


@router.post("/estimate/batch", summary="What reasoning about many would take")
def post_estimates(services: ServicesDep, body: ReasonBatchBody) -> Batch[Estimate]:
    """As `POST /v1/reason/estimate`, for up to 100 records; a bad record has its error at its place."""
    reasoner = services.reasoner_for(None, body.settings())
    return answer_each(Estimate, body.records, lambda record: estimate_record(reasoner, record))
