"""Turns texts into vectors by a sentence-transformers model on disk, without sentence-transformers.

Importing sentence-transformers takes about ten seconds; a model that pools by the mean needs only
``transformers``. Nothing is fetched.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from affectgraph.linkers.encoder_layers import token_states
from affectgraph.linkers.encoder_precision import (
    Precision,
    check_precision,
    require_precision,
)
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError

Vectors = NDArray[np.float32]

STEP = 2048
"""Tokens per step, of texts of one length: some 400 labels, or 8 long texts. Fewer leave CUDA idle."""

LONGEST = 256
"""Tokens that are read of a text if the model's folder does not say how many."""

_CHARACTERS_PER_TOKEN = 64
"""A longer text is cut before it is split into tokens: at most so many characters for each."""

_DESCRIBING = ("config.json", "tokenizer.json", "vocab.txt", "1_Pooling/config.json")


def check_options(threads: object, precision: object) -> None:
    """Refuse options of an encoder that are none.

    :raises InputError: if ``threads`` is no whole number from 1 on, or there is no such precision.
    """
    check_precision(precision)
    is_one = isinstance(threads, int) and not isinstance(threads, bool) and threads >= 1
    if threads is not None and not is_one:
        raise InputError(f"Expected at least 1 thread, got {threads!r}.")


class TextEncoder:
    """Embeds texts. Threads may share one.

    Texts of one length make a batch, so that none is padded: a text gets the same vector alone and in
    company, up to rounding in the seventh digit.

    :param folder: a model as sentence-transformers saves it, with mean pooling.
    :param device: ``cpu``, ``cuda``, ``cuda:1``, ...; CUDA where there is any, if left out.
    :param threads: ``torch.set_num_threads``, for the whole process; left as it is if left out.
    :param precision: ``bfloat16`` is nearly twice as fast on a CPU with instructions for it, and refused
        without; cosines change in the third digit.
    :raises MissingExtraError: if torch or transformers is not installed.
    :raises BackendError: if the folder holds no such model, or the device is not there or not made for the
        precision.
    :raises InputError: if ``threads`` is below 1, or there is no such precision.
    """

    def __init__(
        self,
        folder: Path,
        *,
        device: str | None = None,
        threads: int | None = None,
        precision: Precision = "float32",
    ) -> None:
        check_options(threads, precision)
        _require_mean_pooling(folder)
        self._torch = torch = _import_torch()
        if threads is not None:
            torch.set_num_threads(threads)
        self.folder = folder
        self.precision = precision
        self.device = _device(torch, device)
        require_precision(torch, self.device, precision)
        self._tokenizer, model = _load(folder)
        self.dimension: int = model.config.hidden_size
        """Length of a vector."""
        self._states = token_states(model.to(device=self.device, dtype=getattr(torch, precision)))
        self._longest = _longest(folder)
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, ``(texts, dimension)`` float32, L2-normalised: means of token vectors.

        A text without tokens, which a model that adds none of its own may find, gets zeros.

        Equal texts are computed once. Costs about 1.4 ms for a label on one core, half of it in bfloat16; a
        text beyond the model's length is cut. A lone surrogate counts as a question mark.
        """
        places: dict[str, int] = {}
        rows = [places.setdefault(text, len(places)) for text in texts]
        found = np.zeros((len(places), self.dimension), dtype=np.float32)
        for which, tokens in self._batches(list(places)):
            found[which] = self._pooled(tokens)
        return found[rows]

    def digest(self) -> str:
        """Return a digest of the model's files: another model, another digest. Reads them all."""
        made = sha256()
        weights = sorted(p for p in self.folder.iterdir() if p.suffix in {".safetensors", ".bin"})
        for path in [*(self.folder / name for name in _DESCRIBING), *weights]:
            if path.is_file():
                made.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
        return made.hexdigest()

    def _batches(self, texts: list[str]) -> Iterator[tuple[list[int], list[list[int]]]]:
        """Yield positions and token ids of texts that have one number of tokens, one or more."""
        tokens = self._tokens(texts) if texts else []
        by_length: dict[int, list[int]] = {}
        for index, ids in enumerate(tokens):
            if ids:
                by_length.setdefault(len(ids), []).append(index)
        for length, same in by_length.items():
            count = max(STEP // length, 1)
            for start in range(0, len(same), count):
                which = same[start : start + count]
                yield which, [tokens[index] for index in which]

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        most = self._longest * _CHARACTERS_PER_TOKEN
        readable = [text[:most].encode("utf-8", "replace").decode() for text in texts]
        with self._lock:  # a tokenizer keeps its settings for truncation while it works
            split = self._tokenizer(readable, truncation=True, max_length=self._longest)
        ids: list[list[int]] = split["input_ids"]
        return ids

    def _pooled(self, tokens: list[list[int]]) -> Vectors:
        torch = self._torch
        ids = torch.tensor(tokens, device=self.device)
        with torch.inference_mode():
            means = self._states(ids).float().mean(dim=1)
            rows = torch.nn.functional.normalize(means, dim=1)
        pooled: Vectors = rows.cpu().numpy()
        return pooled


def _import_torch() -> Any:
    try:
        import torch
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("embeddings", feature="Linking by embeddings") from error
    return torch


def _device(torch: Any, name: str | None) -> Any:
    has_cuda = torch.cuda.is_available()
    try:
        device = torch.device(name or ("cuda" if has_cuda else "cpu"))
    except RuntimeError as error:
        raise _no_device(f"expected a torch device such as cpu or cuda, got {name!r}.") from error
    count = torch.cuda.device_count() if has_cuda else 0
    if device.type == "cuda" and (device.index or 0) >= count:
        raise _no_device(f"expected one of {count} CUDA devices, got {name!r}.")
    return device


def _no_device(message: str) -> BackendError:
    return BackendError(
        message, backend="embeddings", retryable=False, hint="Leave device out to let it choose."
    )


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    shows_progress = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModel.from_pretrained(
            folder, local_files_only=True, attn_implementation="eager"
        )
    except (OSError, ValueError, KeyError) as error:
        raise _no_model(folder, str(error)) from error
    finally:
        if shows_progress:
            logging.enable_progress_bar()
    return tokenizer, model.float().eval()


def _require_mean_pooling(folder: Path) -> None:
    if not (folder / "config.json").is_file():
        raise _no_model(folder, "no config.json")
    pooling = _settings(folder / "1_Pooling" / "config.json")
    modes = [name for name, value in pooling.items() if name.startswith("pooling_mode") and value]
    if modes and modes not in (["pooling_mode_mean_tokens"], ["pooling_mode"]):
        raise _no_model(folder, f"the pooling {', '.join(modes)}")
    if pooling.get("pooling_mode", "mean") != "mean":
        raise _no_model(folder, f"the pooling {pooling['pooling_mode']}")


def _no_model(folder: Path, came: str) -> BackendError:
    return BackendError(
        f"expected in {folder} a model for transformers that pools by the mean, got: {came}.",
        backend="embeddings",
        retryable=False,
        hint="Give the folder of such a model, or none for all-MiniLM-L6-v2 of the extra [embeddings].",
    )


def _longest(folder: Path) -> int:
    own = int(_settings(folder / "config.json").get("max_position_embeddings", LONGEST))
    said = _settings(folder / "sentence_bert_config.json").get("max_seq_length") or LONGEST
    return min(int(said), own)


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _no_model(path.parent, f"{path.name} that is no JSON") from error
    return found if isinstance(found, dict) else {}
