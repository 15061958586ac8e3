"""TRL's trainers take training data as it is written to a file, and learn from it."""

import importlib
import json
import math
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import training_data
from tests.reasoner.test_trainers import tiny_model
from tests.reasoner.traced import GOOD, SAID, WORSE, WRONG, effort, json_answer, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # of torch, accelerate and TRL, none of them ours
]
TEMPLATE = (
    "{% for m in messages %}{{ m.role }} : {{ m.content }} <eos> {% endfor %}"
    "{% if add_generation_prompt %}assistant :{% endif %}"
)
STEPS: dict[str, Any] = {
    "max_steps": 2, "per_device_train_batch_size": 2, "learning_rate": 1e-2, "use_cpu": True,
    "report_to": [], "seed": 0, "save_strategy": "no", "logging_steps": 1, "disable_tqdm": True,
    "bf16": False, "max_length": 1024,
}  # fmt: skip


@pytest.fixture
def trl() -> Any:
    return pytest.importorskip("trl", reason="TRL is not installed: pip install 'affectgraph[dev]'")


def learner(folder: Path) -> tuple[Any, Any]:
    """Return a tiny model with room for a prompt, and its tokenizer with a chat template."""
    transformers: Any = importlib.import_module("transformers")
    importlib.import_module("torch").manual_seed(0)
    _, tokenizer = tiny_model(folder, [GOOD, WRONG, WORSE, "system : user : assistant :"])
    tokenizer.chat_template = TEMPLATE
    config = transformers.GPT2Config(
        vocab_size=len(tokenizer), n_positions=1024, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=tokenizer.eos_token_id, eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    return transformers.GPT2LMHeadModel(config), tokenizer


def from_file(path: Path, records: Iterable[Any]) -> Any:
    """Return records as a trainer's user reads them: written as JSONL, loaded by ``datasets``."""
    datasets: Any = importlib.import_module("datasets")
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return datasets.Dataset.from_json(str(path), cache_dir=str(path.parent / "cache"))


def changed(trainer: Any, before: dict[str, Any]) -> bool:
    torch: Any = importlib.import_module("torch")
    return any(not torch.equal(before[n], v) for n, v in trainer.model.named_parameters())


def trained(trainer: Any) -> Any:
    """Return a trainer after its two steps, which gave a loss and changed the model."""
    before = {name: value.detach().clone() for name, value in trainer.model.named_parameters()}
    trainer.train()
    assert trainer.state.global_step == 2
    assert all(math.isfinite(e["loss"]) for e in trainer.state.log_history if "loss" in e)
    assert changed(trainer, before)
    return trainer


def test_accepted_rationales_train_trls_sft_trainer(
    graph: EmotionGraph, trl: Any, tmp_path: Path
) -> None:
    few = effort(facts=5)
    answer = json_answer("AU6 and AU12 suggest joy.")
    runs = [
        run(graph, [WRONG, GOOD], effort=few),
        run(graph, [GOOD], SAID, effort=few),
        run(graph, [answer], answer="json", effort=few),
    ]
    rows = from_file(tmp_path / "accepted.jsonl", training_data(runs).accepted)
    model, tokenizer = learner(tmp_path)

    trainer = trained(
        trl.SFTTrainer(
            model=model,
            args=trl.SFTConfig(output_dir=str(tmp_path), **STEPS),
            train_dataset=rows,
            processing_class=tokenizer,
        )
    )

    learnt = [[token for token in row["labels"] if token != -100] for row in trainer.train_dataset]
    assert len(learnt) == 3
    assert "suggest joy" in tokenizer.decode(learnt[0])
    assert "nostril" not in tokenizer.decode(learnt[0])


def test_pairs_train_trls_dpo_trainer(graph: EmotionGraph, trl: Any, tmp_path: Path) -> None:
    few = effort(facts=5, rounds=2, drafts=2)
    runs = [
        run(graph, [WORSE, WRONG, GOOD, WORSE], SAID, effort=few),
        run(graph, [WRONG, WORSE, GOOD, WORSE], effort=few),
    ]
    data = training_data(runs)
    rows = from_file(tmp_path / "pairs.jsonl", data.pairs)
    model, tokenizer = learner(tmp_path)

    trainer = trained(
        trl.DPOTrainer(
            model=model,
            ref_model=deepcopy(model),
            args=trl.DPOConfig(output_dir=str(tmp_path), **STEPS),
            train_dataset=rows,
            processing_class=tokenizer,
        )
    )

    assert len(trainer.train_dataset) == len(data.pairs) >= 4
    margins = [e["rewards/margins"] for e in trainer.state.log_history if "rewards/margins" in e]
    assert all(map(math.isfinite, margins))
