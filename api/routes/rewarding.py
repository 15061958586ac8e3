"""Rewards for rationales, for training."""

from fastapi import APIRouter

from affectgraph.api.annotations import require_total
from affectgraph.api.batches import Batch, answer_each
from affectgraph.api.handlers import documented
from affectgraph.api.repeated_names import RepeatedNamesRoute
from affectgraph.api.rewards import (
    RewardAnswer,
    RewardBatchBody,
    RewardBody,
    reward_of,
    to_weights,
)
from affectgraph.api.services import ServicesDep

router = APIRouter(
    prefix="/v1",
    tags=["checking"],
    responses=documented(404, 413),
    route_class=RepeatedNamesRoute,
)


@router.post("/reward", summary="Reward a rationale")
def post_reward(services: ServicesDep, body: RewardBody) -> RewardAnswer:
    """What a rationale of one observation is worth to training, in parts, with the verdicts behind it."""
    return reward_of(services.graph, body.model_dump(), to_weights(body.weights))


@router.post("/reward/batch", summary="Reward many rationales")
def post_rewards(services: ServicesDep, body: RewardBatchBody) -> Batch[RewardAnswer]:
    """As `POST /v1/reward`, for up to 1,000 records; a bad record has its error at its place."""
    texts = [record.get("rationale") for record in body.records if isinstance(record, dict)]
    require_total(texts, command="reward FILE")
    weights = to_weights(body.weights)
    return answer_each(
        RewardAnswer, body.records, lambda record: reward_of(services.graph, record, weights)
    )
