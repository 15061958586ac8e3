"""Loads a causal model of transformers from this machine: safetensors only, no code of the model's own."""

from pathlib import Path
from typing import Any, Literal

from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError

Dtype = Literal["auto", "float32", "float16", "bfloat16"]

NAME = "transformers"


def import_torch() -> Any:
    """Return torch.

    :raises MissingExtraError: if torch or transformers is not installed.
    """
    try:
        import torch
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("llm", feature="A local language model") from error
    return torch


def chosen_device(torch: Any, device: str) -> Any:
    """Return the device of a name; for ``auto`` CUDA where there is any, else the processor.

    :raises BackendError: if torch has no such device.
    """
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        torch.empty(0, device=device)
        return torch.device(device)
    except (RuntimeError, AssertionError) as error:
        raise BackendError(
            f"expected a device that torch {torch.__version__} has, got {device!r}: {error}.",
            backend=NAME,
            retryable=False,
            hint="Use device='cpu', or install a torch built for the device.",
        ) from error


def chosen_dtype(torch: Any, dtype: str, device: Any) -> Any:
    """Return torch's number type of a name; ``auto``: bfloat16 on CUDA that has it, else float32.

    :raises InputError: if there is no such type.
    """
    if dtype == "auto":
        has_bf16 = device.type == "cuda" and torch.cuda.is_bf16_supported()
        return torch.bfloat16 if has_bf16 else torch.float32
    if dtype not in {"float32", "float16", "bfloat16"}:
        raise InputError(f"Expected a dtype of auto, float32, float16 or bfloat16, got {dtype!r}.")
    return getattr(torch, dtype)


def load_model(torch: Any, name: str | Path, *, device: Any, dtype: Any) -> tuple[Any, Any]:
    """Return the model on its device, for inference, and its tokenizer.

    :param name: a folder as transformers saves it, or a name in the local Hugging Face cache.
    :raises BackendError: if it is not there, is no causal model, has no safetensors or no tokenizer, or
        weights are damaged, missing, or of other shapes than ``config.json`` says.
    """
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, AutoTokenizer

    _check_folder(name)
    safe = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, **safe)
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            name,
            **safe,
            use_safetensors=True,
            dtype=dtype,
            attn_implementation="sdpa",
            output_loading_info=True,
        )
    except SafetensorError as error:
        raise _unloadable(name, str(error), _DAMAGED) from error
    except RuntimeError as error:
        raise _unloadable(name, str(error), _NOT_OF_ONE_MODEL) from error
    except (OSError, ValueError, KeyError, ImportError, TypeError, AttributeError) as error:
        raise _unloadable(name, str(error), _WHAT_TO_GIVE) from error
    model, found = loaded
    _check_loaded(name, tokenizer, found)
    try:
        model = model.to(device)
    except torch.OutOfMemoryError as error:
        hint = "Use a smaller dtype or model, or another device."
        raise _unloadable(name, f"it does not fit into the memory of {device}", hint) from error
    return model.eval(), tokenizer


_WHAT_TO_GIVE = (
    "Give a folder with config.json, tokenizer.json and *.safetensors, or fetch the model first: "
    "nothing is downloaded here, pickled weights and a model's own code are not run."
)
_DAMAGED = "Its *.safetensors are cut off or damaged: copy or fetch them anew."
_NOT_OF_ONE_MODEL = "Its config.json and its weights are not of one model: copy or fetch both anew."
_NO_TOKENIZER = "Put the model's tokenizer.json and tokenizer_config.json beside its weights."


def _unloadable(name: str | Path, reason: str, hint: str) -> BackendError:
    first = reason.strip().partition("\n")[0]
    return BackendError(
        f"cannot load {str(name)!r}: {first}.", backend=NAME, retryable=False, hint=hint
    )


def _check_loaded(name: str | Path, tokenizer: Any, found: dict[str, Any]) -> None:
    """Refuse what transformers fills up by itself: weights at random, a tokenizer without words."""
    lacking = sorted(map(str, found["missing_keys"]))
    if lacking:
        reason = (
            f"expected all of its weights, but {len(lacking)} are missing, such as {lacking[0]}"
        )
        raise _unloadable(name, reason, _NOT_OF_ONE_MODEL)
    words = set(tokenizer.get_vocab()) - set(tokenizer.get_added_vocab())
    if not words:
        raise _unloadable(name, "expected a tokenizer with a vocabulary, got none", _NO_TOKENIZER)


def _check_folder(name: str | Path) -> None:
    """Say early what is missing where a path was meant."""
    folder = Path(name)
    is_path = isinstance(name, Path) or folder.is_absolute() or str(name).startswith(".")
    if is_path and not (folder / "config.json").is_file():
        raise BackendError(
            f"expected a folder with a model's config.json, got {str(name)!r}.",
            backend=NAME,
            retryable=False,
            hint="Check the path.",
        )
    if (folder / "config.json").is_file() and not any(folder.glob("*.safetensors")):
        raise BackendError(
            f"expected weights as *.safetensors in {str(name)!r}, got none.",
            backend=NAME,
            retryable=False,
            hint="Pickled weights can run code when loaded; save the model with save_pretrained().",
        )
