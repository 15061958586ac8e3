"""The access log: one line a request with what an operator needs, and nothing that a user sent."""

import json
import logging
import logging.config
import subprocess
import sys
from types import TracebackType

import pytest

from affectgraph.api.access_log import (
    ACCESS,
    AccessLine,
    JsonFormatter,
    TextFormatter,
    logging_config,
)
from affectgraph.api.operation import Operation
from tests.api.operated import SECRET, access_log, client_of, small_app

LINE = AccessLine(
    request_id="a1", method="GET", route="/v1/x", status=200, bytes=12, ms=3.25, complete=True
)


def record(
    message: object, level: int = logging.INFO, error: Exception | None = None
) -> logging.LogRecord:
    info: tuple[type[BaseException], BaseException, TracebackType | None] | None = (
        None if error is None else (type(error), error, error.__traceback__)
    )
    found = logging.LogRecord("affectgraph.access", level, __file__, 1, message, None, info)
    found.created = 1_700_000_000.25  # 2023-11-14T22:13:20.250Z
    return found


def test_a_request_is_one_line_of_json() -> None:
    found = json.loads(JsonFormatter().format(record(LINE)))

    assert found == {
        "time": "2023-11-14T22:13:20.250Z",
        "level": "info",
        "logger": "affectgraph.access",
        "request_id": "a1",
        "method": "GET",
        "route": "/v1/x",
        "status": 200,
        "bytes": 12,
        "ms": 3.25,
        "complete": True,
    }


def test_a_request_is_one_line_of_text() -> None:
    assert TextFormatter().format(record(LINE)) == (
        "2023-11-14T22:13:20.250Z INFO affectgraph.access: GET /v1/x 200 12 B 3.2 ms id=a1"
    )


def test_text_says_what_was_cut_and_whom_it_met() -> None:
    line = AccessLine(
        request_id="a1",
        method="POST",
        route="unmatched",
        status=None,
        bytes=0,
        ms=1.0,
        complete=False,
        problem="busy",
        client="10.0.0.1",
    )

    assert str(line) == "POST unmatched no answer cut busy 0 B 1.0 ms id=a1 client=10.0.0.1"
    assert (line.members()["status"], line.members()["client"]) == (None, "10.0.0.1")


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_a_message_of_several_lines_stays_one(formatter: logging.Formatter) -> None:
    assert "\n" not in formatter.format(record("first\nsecond\r\nthird"))


def test_line_ends_around_a_message_are_left_out() -> None:
    assert TextFormatter().format(record("It failed.\n")).endswith("affectgraph.access: It failed.")


def failure() -> Exception:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        return error


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_an_error_is_logged_with_places_and_causes_and_without_its_words(
    formatter: logging.Formatter,
) -> None:
    text = formatter.format(record("It failed.", logging.ERROR, failure()))

    assert text.index("builtins.RuntimeError") < text.index("builtins.KeyError")
    assert f"{__file__}:" in text
    assert "in failure" in text
    assert SECRET not in text


def test_a_chain_of_errors_without_end_is_cut() -> None:
    error = RuntimeError("a")
    error.__cause__ = error

    assert JsonFormatter().format(record("x", error=error)).count("RuntimeError") == 5


@pytest.mark.parametrize(
    ("path", "level", "status", "problem", "complete"),
    [
        ("/said/{}", logging.INFO, 200, None, True),
        ("/said/none?text={}", logging.INFO, 404, "no-such-route", True),
        ("/nowhere/{}", logging.INFO, 404, "no-such-route", True),
        ("/down/{}", logging.ERROR, 503, "backend", True),
        ("/broken/{}", logging.ERROR, 500, "internal", True),
        ("/cut/{}", logging.ERROR, 200, "internal", False),
    ],
)
def test_lines_say_how_requests_went_and_nothing_that_was_sent(
    path: str, level: int, status: int, problem: str | None, complete: bool
) -> None:
    headers = {"x-request-id": "r1", "authorization": f"Bearer {SECRET}"}
    with access_log() as kept:
        client_of(small_app()).post(path.format(SECRET), content=SECRET, headers=headers)

    (found,) = kept.records
    (line,) = kept.lines
    assert (found.levelno, line.status, line.problem) == (level, status, problem)
    assert (line.complete, line.request_id, line.client) == (complete, "r1", None)
    for formatter in (TextFormatter(), JsonFormatter()):
        text = formatter.format(found)
        assert SECRET not in text
        assert "sad" not in text


def test_a_line_counts_the_bytes_of_the_body() -> None:
    with access_log() as kept:
        client = client_of(small_app())
        got = client.get("/said/joy")
        client.head("/said/joy")

    assert [line.bytes for line in kept.lines] == [len(got.content), 0]


def test_the_address_of_a_client_is_logged_if_asked_for() -> None:
    with access_log() as kept:
        client_of(small_app(Operation(log_client=True))).get("/said/joy")

    assert kept.lines[0].client == "testclient"


def test_a_log_for_failures_alone_has_no_good_requests() -> None:
    with access_log(logging.WARNING) as kept:
        client = client_of(small_app())
        client.get("/said/joy")
        client.get("/down/x")

    assert [line.status for line in kept.lines] == [503]


SCRIPT = """
import logging, logging.config, sys
from affectgraph.api.access_log import logging_config
logging.config.dictConfig(logging_config(sys.argv[1], sys.argv[2]))
for name in ("affectgraph.access", "uvicorn.error", "httpx"):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING):
        logging.getLogger(name).log(level, "said")
"""


def logged(form: str, level: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - this interpreter, our own code
        [sys.executable, "-c", SCRIPT, form, level], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_all_loggers_write_json_to_stderr_at_their_levels() -> None:
    found = [json.loads(line) for line in logged("json", "info")]

    assert [(line["logger"], line["level"]) for line in found] == [
        ("affectgraph.access", "info"),
        ("affectgraph.access", "warning"),
        ("uvicorn.error", "info"),
        ("uvicorn.error", "warning"),
        ("httpx", "warning"),
    ]
    assert {line["message"] for line in found} == {"said"}


def test_a_higher_level_says_less() -> None:
    assert len(logged("text", "debug")) == 7
    assert len(logged("text", "error")) == 1


def test_settings_leave_the_log_of_a_program_that_embeds_the_service_alone() -> None:
    before = list(ACCESS.handlers)

    logging_config("json", "debug")
    small_app()

    assert ACCESS.handlers == before
