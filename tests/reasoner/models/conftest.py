"""A tiny model for the tests of this folder."""

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
