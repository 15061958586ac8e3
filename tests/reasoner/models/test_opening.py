"""One function opens a model by address, folder or name, and downloads nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.reasoner.models import (
    HttpModel,
    ModelServerError,
    Retries,
    TransformersModel,
    open_model,
)
from tests.reasoner.models.chat_server import MODEL, ChatServer, says
from tests.reasoner.models.compliance import ASKED


@pytest.fixture
def server() -> Iterator[ChatServer]:
    made = ChatServer(says("ok"))
    yield made
    made.close()


def connected(address: str) -> HttpModel:
    model = open_model(address)
    model.close()
    assert isinstance(model, HttpModel)
    return model


def test_address_opens_the_only_model_of_the_server(server: ChatServer) -> None:
    model = open_model(server.url)

    assert isinstance(model, HttpModel)
    assert (model.name, model.profile, model.url) == (MODEL, "vllm", server.url)
    assert model.generate(ASKED).text == "ok"
    model.close()


@pytest.mark.parametrize(
    ("owner", "profile"),
    [
        ("vllm", "vllm"),
        ("sglang", "sglang"),
        ("llamacpp", "llama.cpp"),
        ("library", "ollama"),
        ("acme", "generic"),
    ],
)
def test_kind_of_server_is_told_by_its_list(server: ChatServer, owner: str, profile: str) -> None:
    server.models = [{"id": MODEL, "owned_by": owner}]

    assert connected(server.url).profile == profile


def test_one_of_several_models_is_named_behind_a_hash(server: ChatServer) -> None:
    server.models = [{"id": name, "owned_by": "sglang"} for name in ("org/a", "org/b")]

    assert connected(f"{server.url}#org/b").name == "org/b"


def test_several_models_and_no_name_is_refused_with_their_names(server: ChatServer) -> None:
    server.models = [{"id": name} for name in ("a", "b")]

    with pytest.raises(InputError, match="It has a, b; write URL#NAME"):
        open_model(server.url)


def test_name_the_server_does_not_have_is_refused_with_those_it_has(server: ChatServer) -> None:
    with pytest.raises(ModelServerError, match=f"got 'other'. It has {MODEL}") as caught:
        open_model(f"{server.url}#other")
    assert caught.value.kind == "unknown_model"


@pytest.mark.parametrize("listed", [5, "joy", {"id": MODEL}, True])
def test_list_of_models_that_is_none_is_an_error_of_the_server(
    server: ChatServer, listed: Any
) -> None:
    server.models = listed

    with pytest.raises(ModelServerError, match="list of models in 'data'") as caught:
        open_model(f"{server.url}#{MODEL}")
    assert caught.value.kind == "not_the_api"


def test_tag_that_ollama_adds_need_not_be_said(server: ChatServer) -> None:
    server.models = [{"id": "llama3:latest", "owned_by": "library"}]

    assert connected(f"{server.url}#llama3").name == "llama3"


def test_server_that_is_down_is_said_to_be(server: ChatServer) -> None:
    server.close()

    with pytest.raises(ModelServerError, match="Start the server") as caught:
        HttpModel.connect(server.url, MODEL, retries=Retries(attempts=1))
    assert (caught.value.kind, caught.value.retryable) == ("unreachable", True)


def test_saved_folder_opens_a_local_model(tmp_path: Path, weights: Any, tokenizer: Any) -> None:
    weights.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)

    model = open_model(tmp_path, device="cpu", dtype="float32")

    assert isinstance(model, TransformersModel)
    assert model.generate(ASKED).model == str(tmp_path)
    model.close()


def test_name_that_is_not_in_the_cache_is_not_fetched() -> None:
    with pytest.raises(BackendError, match="nothing is downloaded"):
        open_model("nobody/no-such-model")


@pytest.mark.parametrize("name", ["", "  "])
def test_empty_name_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="got an empty one"):
        open_model(name)


@pytest.mark.parametrize("options", [{"device": "cuda"}, {"dtype": "bfloat16"}])
def test_option_of_local_models_is_refused_for_a_server(options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"no {next(iter(options))} for a server"):
        open_model("http://user:secret@localhost", **options)


@pytest.mark.parametrize("options", [{"profile": "vllm"}, {"concurrency": 4}])
def test_option_of_servers_is_refused_for_a_local_model(options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"no {next(iter(options))} for a local model"):
        open_model("some/model", **options)
