"""One place that makes the right backend from what a user names."""

from pathlib import Path

from affectgraph.ontology.errors import InputError
from affectgraph.reasoner.models.model import LanguageModel


def open_model(
    name: str | Path,
    *,
    device: str | None = None,
    dtype: str | None = None,
    profile: str | None = None,
    concurrency: int | None = None,
) -> LanguageModel:
    """Return a language model by a server's address, a folder, or a name in the local Hugging Face cache.

    What begins with ``http://`` or ``https://`` is a server that speaks OpenAI's chat completions; the name
    of its model stands behind a ``#``, and may be left out where it has one. All else is loaded by
    :meth:`TransformersModel.load`. Nothing is downloaded: a name has to be in the cache, put there by
    ``huggingface-cli download NAME`` or the like.

    :param device: for a local model: ``cuda``, ``cuda:1``, ``cpu``; CUDA where there is any if left out.
    :param dtype: for a local model: ``bfloat16``, ``float16``, ``float32``; by the device if left out.
    :param profile: for a server: its kind; it is asked if left out.
    :param concurrency: for a server: most requests at once; 16 if left out.
    :raises InputError: if an option does not go with what is named, or a server has several models.
    :raises BackendError: if there is no such model, device, or server.
    :raises MissingExtraError: if the packages of ``[llm]``, or of ``[http]``, are not installed.
    """
    if is_server(name):
        _refuse(name, "a server", device=device, dtype=dtype)
        return _served(str(name), profile, concurrency)
    if not str(name).strip():
        raise InputError("Expected the name, folder or address of a model, got an empty one.")
    _refuse(name, "a local model", profile=profile, concurrency=concurrency)
    from affectgraph.reasoner.models.transformers_model import TransformersModel

    return TransformersModel.load(name, device=device or "auto", dtype=dtype or "auto")


def is_server(name: str | Path) -> bool:
    """Return whether a model's name is the address of a server.

    >>> is_server("http://localhost:8000/v1#Qwen/Qwen2.5-7B-Instruct"), is_server("Qwen/Qwen2.5-7B-Instruct")
    (True, False)
    """
    return isinstance(name, str) and name.lower().startswith(("http://", "https://"))


def _served(url: str, profile: str | None, concurrency: int | None) -> LanguageModel:
    from affectgraph.reasoner.models.http_model import HttpModel

    if concurrency is None:
        return HttpModel.connect(url, profile=profile)
    return HttpModel.connect(url, profile=profile, concurrency=concurrency)


def _refuse(name: str | Path, kind: str, **options: object) -> None:
    """Refuse options that would have no effect."""
    given = [option for option, value in options.items() if value is not None]
    if given:
        raise InputError(
            f"Expected no {' and no '.join(given)} for {kind}, got {options} with {_shown(name)}. "
            "Leave it out."
        )


def _shown(name: str | Path) -> str:
    """Return a name for a message; of an address only its scheme, as it may hold a secret."""
    return f"a {str(name).partition(':')[0]} address" if is_server(name) else repr(str(name))
