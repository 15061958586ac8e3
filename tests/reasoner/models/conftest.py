"""A tiny model for the tests of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest

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
