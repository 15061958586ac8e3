"""Labels of schemes and how often corpora give them together; scores of open-vocabulary labels."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from affectgraph.api import relation_answers as answers
from affectgraph.api import shapes
from affectgraph.api import wheel_answers as wheels
from affectgraph.api.annotations import require_total
from affectgraph.api.handlers import documented
from affectgraph.api.paging import PAGED, PageDep
from affectgraph.api.services import ServicesDep
from affectgraph.linkers.wheels import TreeGrouping, score_wheels

router = APIRouter(prefix="/v1", responses=documented(404, 413))

CountedScheme = Annotated[str, Path(description="Name of the scheme.", examples=["xed"])]


@router.get(
    "/schemes/{name}/labels", summary="List a scheme's labels", tags=["schemes"], responses=PAGED
)
def list_labels(
    services: ServicesDep, name: CountedScheme, paging: PageDep
) -> shapes.Page[shapes.SchemeLabel]:
    """The labels in the scheme's own order, each with the concepts it stands for."""
    return paging.page(shapes.SchemeLabel, services.graph.labels(name))


@router.get(
    "/schemes/{name}/co-occurrences",
    summary="How often labels were given together",
    tags=["schemes"],
    responses=PAGED,
)
def list_cooccurrences(
    services: ServicesDep,
    name: CountedScheme,
    paging: PageDep,
    unlikely: Annotated[
        bool, Query(description="Only pairs shown to be rare, the most unlikely first.")
    ] = False,
) -> shapes.Page[answers.CoOccurrence]:
    """The counted pairs of a corpus's labels; 422 for a scheme whose corpus was not counted."""
    graph = services.graph
    found = graph.unlikely_pairs(name) if unlikely else graph.cooccurrences(name)
    return paging.page(answers.CoOccurrence, found)


@router.get(
    "/schemes/{name}/penalties", summary="How unlikely pairs of labels are", tags=["schemes"]
)
def get_penalties(services: ServicesDep, name: CountedScheme) -> answers.PenaltyMatrix:
    """A penalty for every pair of a scheme's labels, as its corpus shows them: a loss for training."""
    return answers.PenaltyMatrix.model_validate(services.graph.penalty_matrix(name))


@router.post("/wheels", summary="Score open-vocabulary labels by the tree", tags=["columns"])
def post_wheels(services: ServicesDep, body: wheels.WheelBody) -> wheels.WheelReport:
    """Set-level precision, recall and F of predicted labels, the tree's tiers as wheels."""
    require_total(
        [*map(_text, body.references.values()), *map(_text, body.predictions.values())],
        command="wheel FILE",
    )
    groupings = [TreeGrouping(services.linker, tier) for tier in dict.fromkeys(body.tiers)]
    found = score_wheels(body.references, body.predictions, groupings, strict=body.strict)
    report = wheels.WheelReport.model_validate(found)
    if body.samples:
        return report
    bare = tuple(g.model_copy(update={"samples": None}) for g in report.groupings)
    return report.model_copy(update={"groupings": bare})


def _text(labels: wheels.Labels) -> str:
    return labels if isinstance(labels, str) else " ".join(labels)
