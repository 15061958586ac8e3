"""Which numbers a model computes with, and which devices are made for them."""

from typing import Any, Literal, get_args

from affectgraph.ontology.errors import BackendError, InputError

Precision = Literal["float32", "bfloat16"]
"""Numbers the model computes with; its vectors are float32 in any case."""

_INSTRUCTIONS = ("avx512_bf16", "amx_bf16", "bf16")
"""Names in ``torch.cpu.get_capabilities()``; the last is that of Arm."""


def check_precision(precision: object) -> None:
    """Refuse what is no precision.

    :raises InputError: with the names there are.
    """
    if precision not in get_args(Precision):
        raise InputError(f"Expected a precision of float32 or bfloat16, got {precision!r}.")


def require_precision(torch: Any, device: Any, precision: Precision) -> None:
    """Refuse bfloat16 on a device that has no instructions for it, where it is slower than float32.

    :param torch: the module.
    :param device: a ``torch.device``.
    :raises BackendError: if the device has none, or torch cannot tell.
    """
    if precision == "bfloat16" and not has_bfloat16(torch, device):
        raise BackendError(
            f"expected a device with instructions for bfloat16, got {device} without them.",
            backend="embeddings",
            retryable=False,
            hint="Leave precision out: float32 is faster there. Processors are asked by "
            "torch.cpu.get_capabilities(), which an old torch lacks.",
        )


def has_bfloat16(torch: Any, device: Any) -> bool:
    """Return whether a device computes in bfloat16 by instructions of its own.

    True for a CPU with AVX512_BF16, AMX or Arm's BF16 if torch has oneDNN, which uses them, and for CUDA from
    compute capability 8.0 on; False where torch does not tell.
    """
    if device.type == "cuda":
        with torch.cuda.device(device):
            return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    ask = getattr(torch.cpu, "get_capabilities", None) if device.type == "cpu" else None
    if ask is None or not torch.backends.mkldnn.is_available():
        return False
    found = ask()
    return any(found.get(name, False) for name in _INSTRUCTIONS)
