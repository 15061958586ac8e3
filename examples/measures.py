"""What the examples measure with: files, intervals by bootstrap, and the head of a run."""

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import affectgraph

DATA = Path(__file__).parent / "data"
SEED = 2401
DRAWS = 1000

Figure = Callable[[NDArray[np.int_]], float]
"""A figure of the items at the positions given."""


def read_jsonl(name: str) -> list[dict[str, Any]]:
    """Return the records of a file of ``examples/data``."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def run_head(title: str, size: str) -> str:
    """Return what a run rests on: title, data size, seed, versions, commit."""
    return "\n".join(
        [
            title,
            f"data: {size}",
            f"seed: {SEED}; intervals: 95 %, {DRAWS} bootstrap draws",
            f"affectgraph: package {affectgraph.__version__}, graph {affectgraph.load().version}",
            f"commit: {_commit()}",
        ]
    )


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown, there is no git"
    command = [git, "-C", str(DATA), "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "unknown, this is no clone"


def interval(figure: Figure, groups: Sequence[Any]) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of a figure over draws of whole groups.

    :param groups: the group of each item; items of one group are drawn together.
    """
    names = sorted(set(groups))
    places = [np.flatnonzero([group == name for group in groups]) for name in names]
    rng = np.random.default_rng(SEED)
    drawn = [
        figure(np.concatenate([places[i] for i in rng.integers(len(names), size=len(names))]))
        for _ in range(DRAWS)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def share(hits: Sequence[bool]) -> str:
    """Return a share with its interval and its counts: ``0.71 (0.63-0.79), 90 of 126``."""
    array = np.array(hits, dtype=float)
    low, high = interval(lambda at: float(array[at].mean()), range(len(hits)))
    return f"{array.mean():.2f} ({low:.2f}-{high:.2f}), {int(array.sum())} of {len(hits)}"
