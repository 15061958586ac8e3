"""Models behind servers: the key and the address, and what is refused of them."""

import logging
import sys
from collections.abc import Callable

import pytest

from affectgraph.ontology.errors import InputError, MissingExtraError
from affectgraph.reasoner.models import (
    HttpModel,
    ModelServerError,
)
from affectgraph.reasoner.models.server.transport import KEY_VARIABLE
from tests.reasoner.models.chat_server import (
    MODEL,
    ChatServer,
    error,
    words,
)
from tests.reasoner.models.compliance import ASKED

KEY = "sk-very-secret-1234"
Ask = Callable[..., tuple[ChatServer, HttpModel]]


def test_key_of_the_environment_is_sent_and_shown_nowhere(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    server, model = ask(error(401, f"Incorrect API key provided: {KEY}."))

    with caplog.at_level(logging.DEBUG), pytest.raises(ModelServerError, match=r"\*\*\*") as caught:
        model.generate(ASKED)

    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    shown = (repr(model), str(model), str(caught.value), repr(caught.value), caplog.text)
    assert not any(KEY in text for text in shown)


def test_no_key_no_header(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server, model = ask(words)

    model.generate(ASKED)

    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_key_that_cannot_be_sent_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)

    with pytest.raises(InputError, match=KEY_VARIABLE) as caught:
        HttpModel("http://localhost", MODEL)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@localhost",
        "http://localhost/v1?api-key=secret",
        "http://localhost/v1#secret",
    ],
)
def test_address_with_a_secret_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InputError, match=KEY_VARIABLE) as caught:
        HttpModel(url, MODEL)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="Expected"):
        HttpModel(url, MODEL)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"profile": "vlm"}, "vllm, sglang"),
    ],
)
def test_option_outside_its_range_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        HttpModel("http://localhost", MODEL, **options)  # type: ignore[arg-type]


def test_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)

    with pytest.raises(MissingExtraError, match=r"affectgraph\[http\]"):
        HttpModel("http://localhost", MODEL)
