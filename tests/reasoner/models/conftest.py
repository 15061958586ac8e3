"""A tiny model, and servers of models, for the tests of this folder."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from affectgraph.reasoner.models import HttpModel, Retries
from tests.reasoner.models.chat_server import MODEL, ChatServer, Reply
from tests.reasoner.models.tiny import tiny_model, tiny_tokenizer


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    pytest.importorskip("transformers")
    return tiny_tokenizer()


@pytest.fixture(scope="session")
def weights(tokenizer: Any) -> Any:
    """The tiny model; nothing changes it, so all tests share it."""
    return tiny_model(tokenizer)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread: for so small a model, waiting for a second takes far longer."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def start() -> Iterator[Callable[..., ChatServer]]:
    servers: list[ChatServer] = []

    def make(*replies: Reply) -> ChatServer:
        servers.append(ChatServer(*replies))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def ask(start: Callable[..., ChatServer]) -> Iterator[Callable[..., tuple[ChatServer, HttpModel]]]:
    """Start a server with replies and a model of it that tries once."""
    models: list[HttpModel] = []

    def make(*replies: Reply, **options: object) -> tuple[ChatServer, HttpModel]:
        server = start(*replies)
        given = {"profile": "vllm", "retries": Retries(attempts=1), **options}
        models.append(HttpModel(server.url, MODEL, **given))  # type: ignore[arg-type]
        return server, models[-1]

    yield make
    for model in models:
        model.close()
