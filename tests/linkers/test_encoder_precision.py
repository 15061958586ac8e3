"""Numbers in bfloat16 are for devices that are made for them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import EmbeddingLinker
from affectgraph.linkers.encoder_precision import has_bfloat16, require_precision
from affectgraph.ontology.errors import BackendError, InputError

torch = pytest.importorskip("torch", reason="needs the extra [embeddings]")

CPU = torch.device("cpu")


def torch_with(capabilities: dict[str, bool] | None, *, has_onednn: bool = True) -> Any:
    """Return what is asked of torch on a processor with these instructions; without a list for None."""
    cpu = SimpleNamespace(get_capabilities=lambda: capabilities)
    onednn = SimpleNamespace(is_available=lambda: has_onednn)
    return SimpleNamespace(
        cpu=cpu if capabilities is not None else SimpleNamespace(),
        backends=SimpleNamespace(mkldnn=onednn),
    )


@pytest.mark.parametrize(
    "capabilities",
    [{"avx2": True, "avx512_bf16": True}, {"amx_bf16": True}, {"neon": True, "bf16": True}],
)
def test_processors_with_instructions_for_bfloat16_are_known(capabilities: dict[str, bool]) -> None:
    assert has_bfloat16(torch_with(capabilities), CPU)


@pytest.mark.parametrize(
    "capabilities", [{}, {"avx2": True, "avx512_f": True, "avx512_bf16": False}, None]
)
def test_a_processor_without_them_or_a_torch_that_cannot_tell_has_none(
    capabilities: dict[str, bool] | None,
) -> None:
    assert not has_bfloat16(torch_with(capabilities), CPU)


def test_instructions_that_torch_cannot_use_do_not_count() -> None:
    assert not has_bfloat16(torch_with({"avx512_bf16": True}, has_onednn=False), CPU)


def test_devices_that_are_neither_cpu_nor_cuda_have_none() -> None:
    assert not has_bfloat16(torch_with({"avx512_bf16": True}), torch.device("meta"))


def test_a_processor_without_them_is_refused_with_what_to_do() -> None:
    with pytest.raises(BackendError, match="instructions for bfloat16, got cpu without") as caught:
        require_precision(torch_with({"avx2": True}), CPU, "bfloat16")

    assert caught.value.hint is not None
    assert "Leave precision out" in caught.value.hint


def test_float32_is_never_refused() -> None:
    require_precision(torch_with({}), CPU, "float32")


def test_torch_is_asked_for_the_processor_it_runs_on(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True}, raising=False)

    linker = EmbeddingLinker(graph, model=tmp_path, device="cpu", precision="bfloat16")

    with pytest.raises(BackendError, match="instructions for bfloat16"):
        linker.prepare()


@pytest.mark.parametrize("precision", ["int8", "float16", "", None, 16, ["bfloat16"]])
def test_what_is_no_precision_is_an_error(graph: EmotionGraph, precision: Any) -> None:
    with pytest.raises(InputError, match="float32 or bfloat16"):
        EmbeddingLinker(graph, precision=precision)
