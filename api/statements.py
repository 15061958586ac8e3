"""What the service takes and sends for one statement about an observation."""

from pydantic import Field, JsonValue

from affectgraph.api.answers import Judgement
from affectgraph.api.bodies import BATCH_LIMIT, Body, JsonReadings
from affectgraph.api.shapes import Shape
from affectgraph.reasoner import statement as asked


class StatementBody(Body):
    """A statement, and what is known of the observation it is about."""

    statement: str = Field(examples=["The person smiles, and irritation is a kind of anger."])
    """The text, up to 100,000 characters; several claims are put together by conjunction."""
    label: str | None = None
    """The emotion the observation is labelled with."""
    scheme: str | None = None
    """Scheme the label is of."""
    aus: JsonReadings | None = Field(default=None, examples=[{"AU06_r": 2.1, "AU12_r": 2.9}])
    """A detector's readings by column name."""


class StatementBatchBody(Body):
    """Statements to answer."""

    records: list[JsonValue] = Field(
        max_length=BATCH_LIMIT,
        examples=[[{"statement": "AU12 is the lip corner puller."}, {"statement": ""}]],
    )
    """Up to 1,000 objects with the fields of `POST /v1/ask`, whose texts have 300,000 characters together;
    other fields are ignored."""


class StatementAnswer(Shape):
    """Whether a statement holds, with its evidence."""

    statement: str
    """The statement as given."""
    truth: asked.Truth
    """`true` if all claims are supported, `false` if one is contradicted, else `unknown`."""
    reason: asked.Reason
    """What decides."""
    sentence: str
    """The answer in one sentence."""
    deciding: tuple[str, ...]
    """Ids of the claims that decide."""
    judgements: tuple[Judgement, ...]
    """The verdict on every claim of the statement, with its facts."""
    notes: tuple[str, ...]
    """What was left out or not understood."""
    graph_version: str
    """Version of the graph that judged."""
    caveat: str
    """What the answer can and cannot say."""
