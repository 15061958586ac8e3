"""Parameters that several routes share, with the examples the API's pages show."""

from typing import Annotated

from fastapi import Path, Query

from affectgraph.linkers.presets import Preset

ConceptPath = Annotated[
    str,
    Path(
        description="Slug (`dread`, `state/trust`), label, CURIE (`emotion:dread`) or IRI.",
        examples=["dread"],
    ),
]
OriginsQuery = Annotated[
    list[str] | None,
    Query(
        description="Only values of these origins, in this order: `glasgow`, `branch-mean`, "
        "`glasgow-adjusted`, `estimated`, `own`, `user/NAME`; repeat the name for several.",
    ),
]
SchemeQuery = Annotated[
    str | None, Query(description="Name of the scheme the label is of.", examples=["goemotions"])
]
AnswerLimit = Annotated[int, Query(ge=1, le=200, description="At most so many.", examples=[2])]
PresetQuery = Annotated[
    Preset,
    Query(
        description="How sure an answer has to be: `strict` refuses weak evidence, misspellings and words "
        "found within a phrase; `always` takes the best of several branches.",
        examples=["balanced"],
    ),
]
FirstQuery = Annotated[str, Query(description="Name of the one concept.", examples=["dread"])]
SecondQuery = Annotated[str, Query(description="Name of the other concept.", examples=["worry"])]
