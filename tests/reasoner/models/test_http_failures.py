"""Every row of the table of failures in docs/language-models.md, against a server that fails that way."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from affectgraph.reasoner.constrain import CitableFact, RationaleSchema
from affectgraph.reasoner.models import (
    Generation,
    GenerationRequest,
    HttpModel,
    Message,
    ModelServerError,
    Retries,
    Timeouts,
)
from tests.reasoner.models.chat_server import (
    MODEL,
    ChatServer,
    Reply,
    error,
    events,
    fails,
    piece,
    says,
    sends,
)

PAGE = Path(__file__).parents[3] / "docs" / "language-models.md"
SCHEMA = RationaleSchema([CitableFact("AU4 is the brow lowerer", ())], ["anger", "sadness"])
ASKED = GenerationRequest((Message("user", "AU4?"),), SCHEMA.constraint)
GOOD = '{"steps":[{"text":"Brows down.","fact":"AU4 is the brow lowerer"}],"emotion":"anger"}'
HTML = "<!DOCTYPE html><html><title>Welcome</title><body>It works</body></html>"
WAITS = Retries(attempts=3, first_wait_seconds=0, longest_wait_seconds=10)


def rationale(emotion: str = "anger", fact: str = "AU4 is the brow lowerer") -> str:
    return json.dumps({"steps": [{"text": "Brows.", "fact": fact}], "emotion": emotion})


NEVER = Event()
PROSE = says("It looks angry.")

ROWS: dict[str, tuple[Reply, ...]] = {
    "ignores `response_format`, answers in prose": (PROSE,),
    "does so once": (PROSE, says(GOOD)),
    "refuses `response_format` with 422": (
        error(422, "response_format: not supported"),
        says(GOOD),
    ),
    "sends JSON that breaks off": (says(GOOD, cut_at=60),),
    "stops at `max_tokens` in the middle": (says(GOOD[:40], finish="length"),),
    "puts the answer into a code fence": (says(f"```json\n{GOOD}\n```"),),
    "sends `reasoning_content`": (says(GOOD, reasoning_content="AU4 lowers."),),
    "thinks aloud in `<think>`": (says(f"<think>AU4 lowers.</think>\n{GOOD}"),),
    "concludes what was not offered": (says(rationale("joyful")),),
    "cites a fact that is not in the graph": (says(rationale(fact="AU4 is a smile")),),
    "429 with Retry-After, then answers": (error(429, "slow", Retry_After="7"), says(GOOD)),
    "429 with Retry-After beyond the longest wait": (error(429, "slow", Retry_After="99"),),
    "429 as the quota is used up": (
        fails(429, '{"error": {"message": "pay", "code": "insufficient_quota"}}'),
    ),
    "503 at each try": (error(503, "loading model"),),
    "502 with a page of HTML": (fails(502, "<html><title>502 Bad Gateway</title></html>"),),
    "200 with a page of HTML": (fails(200, HTML),),
    "bytes that are no UTF-8": (sends(b'{"choices": [{"message": {"content": "\xff"}}]}'),),
    "404, no such model": (error(404, f"The model `{MODEL}` does not exist."),),
    "401, wrong key": (error(401, "Incorrect API key provided."),),
    "400, prompt too long": (error(400, "maximum context length is 4096 tokens"),),
    "withholds the answer": (says("", finish="content_filter"),),
    "counts no tokens": (says(GOOD, usage=None),),
    "nobody listens": (),
    "stream: next piece too late": (
        lambda _: events(piece("It"), piece(" is"), "[DONE]", gate=NEVER),
    ),
    "stream: goes down in the middle": (lambda _: events(piece("It"), is_cut=True),),
    "stream: ends without saying so": (lambda _: events(piece("It")),),
    "stream: an error among the pieces": (
        lambda _: events(piece("It"), '{"error": {"message": "out of memory"}}'),
    ),
    "stream: an answer in prose": (PROSE,),
}


def documented() -> dict[str, list[str]]:
    """Return the cells of the table behind the first, by the first."""
    table = PAGE.read_text(encoding="utf-8").partition("| The server |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    return {row[0]: row[1:] for row in rows}


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[ChatServer, HttpModel]]]:
    """Start servers with replies, each with a model that never really waits between tries."""
    monkeypatch.setattr(HttpModel, "_pause", lambda self, seconds: None)
    opened: list[ChatServer | HttpModel] = []

    def start(*replies: Reply, first_token_seconds: float = 60) -> tuple[ChatServer, HttpModel]:
        server = ChatServer(*replies)
        times = Timeouts(first_token_seconds=first_token_seconds)
        model = HttpModel(server.url, MODEL, profile="vllm", retries=WAITS, timeouts=times)
        opened.extend([model, server])
        return server, model

    yield start
    NEVER.set()
    for one in opened:
        one.close()
    NEVER.clear()


def outcome(model: HttpModel, *, is_stream: bool) -> Generation | ModelServerError:
    """Return the answer or the error; of a stream the last piece's answer."""
    try:
        if not is_stream:
            return model.generate(ASKED)
        with closing(model.stream(ASKED)) as pieces:  # type: ignore[type-var]
            *_, last = pieces
        assert last.generation is not None
        return last.generation
    except ModelServerError as failed:
        return failed


def test_page_and_tests_have_the_same_rows() -> None:
    assert list(documented()) == list(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_caller_gets_what_the_page_says(
    serve: Callable[..., tuple[ChatServer, HttpModel]], row: str
) -> None:
    requests, gets, later, _ = documented()[row]
    is_late = "too late" in row
    server, model = serve(*ROWS[row], first_token_seconds=0.15 if is_late else 60)
    if not ROWS[row]:
        server.close()

    found = outcome(model, is_stream=row.startswith("stream:"))

    if isinstance(found, Generation):
        assert (gets, later) == ("the answer", "")
        assert SCHEMA.read(found.text).emotion == "anger"
    else:
        assert (f"`{found.kind}`", "yes" if found.retryable else "no") == (gets, later)
        assert found.hint
    assert str(len(server.asked)) == requests
