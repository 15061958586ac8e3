"""Folders of models that are broken: refused with a hint, never filled up at random."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from affectgraph.ontology.errors import BackendError
from affectgraph.reasoner.models import TransformersModel
from tests.reasoner.models.compliance import ASKED

WEIGHTS = "model.safetensors"


@pytest.fixture
def folder(tmp_path: Path, weights: Any, tokenizer: Any) -> Path:
    weights.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    return tmp_path


def configured(name: str, value: object) -> Callable[[Path], None]:
    """Return what sets one field of a folder's config.json."""

    def change(folder: Path) -> None:
        path = folder / "config.json"
        config = json.loads(path.read_text(encoding="utf-8")) | {name: value}
        config.pop("layer_types", None)
        path.write_text(json.dumps(config), encoding="utf-8")

    return change


def holding(name: str, text: str) -> Callable[[Path], None]:
    """Return what writes a text into a file of a folder."""

    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


def cut(folder: Path) -> None:
    path = folder / WEIGHTS
    path.write_bytes(path.read_bytes()[:-100])


def without_tokenizer(folder: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
        (folder / name).unlink(missing_ok=True)


def without_words(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "weights cut off": (cut, "cut off or damaged"),
    "weights that are none": (holding(WEIGHTS, "abc"), "cut off or damaged"),
    "weights of another shape": (configured("intermediate_size", 64), "not of one model"),
    "a layer missing": (
        configured("num_hidden_layers", 3),
        r"12 are missing, such as model\.layers\.2",
    ),
    "no files of a tokenizer": (without_tokenizer, "tokenizer.json and tokenizer_config.json"),
    "a tokenizer without words": (without_words, "tokenizer.json and tokenizer_config.json"),
    "a tokenizer that is no JSON": (holding("tokenizer.json", "{"), "Give a folder"),
    "settings of a tokenizer that are a list": (holding("tokenizer_config.json", "[1]"), "Give a"),
    "a configuration that is no JSON": (holding("config.json", "{"), "Give a folder"),
    "a configuration that is a list": (holding("config.json", "[]"), "Give a folder"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_folder_is_refused_with_a_hint(folder: Path, case: str) -> None:
    breaks, hint = BROKEN[case]
    breaks(folder)

    with pytest.raises(BackendError, match=hint) as caught:
        TransformersModel.load(folder, device="cpu")
    assert str(folder) in str(caught.value)
    assert not caught.value.retryable


def test_end_of_an_answer_that_is_no_token_is_refused(folder: Path) -> None:
    holding("generation_config.json", '{"eos_token_id": "x"}')(folder)
    model = TransformersModel.load(folder, device="cpu")

    with pytest.raises(BackendError, match="Set eos_token_id"):
        model.generate(ASKED)
    model.close()


def test_whole_folder_loads(folder: Path) -> None:
    model = TransformersModel.load(folder, device="cpu")

    assert model.generate(ASKED).text
    model.close()


def test_output_weights_shared_with_the_input_are_not_missing(
    tmp_path: Path, tokenizer: Any
) -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(vocab_size=len(tokenizer), n_embd=16, n_layer=1, n_head=2, n_positions=256)
    GPT2LMHeadModel(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    model = TransformersModel.load(tmp_path, device="cpu")

    assert model.generate(ASKED).usage.completion_tokens > 0
    model.close()
