"""Grounds more rows than one process likes, over Ray Data: same answers, same order, no row lost.

The packages come with the extra ``ray``. What runs in a worker is a picklable callable that loads the graph
when its first rows come, once per process. A block that fails is done again, up to ``retries`` times; then
its error stops the run. A block whose worker dies is done again by Ray Data, which sets no limit to that: a
row that kills every worker keeps the run from ending.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affectgraph.linkers.frames import GroundBatch, linker_at
from affectgraph.ontology.errors import BackendError, InputError, MissingExtraError

Work = Callable[[list[str]], list[str]]
"""Answers rows of text, as many and in the same order; it must pickle."""

_LOG = logging.getLogger(__name__)

_RAISED = re.compile(r"^\S*(?:Error|Exception|Exit|Interrupt)\b.*$", re.MULTILINE)

BLOCK = 4096
"""Rows of a block: some tenths of a second of work."""
ROW = "affectgraph_row"
VALUE = "affectgraph_value"
"""Columns of the row's number and text on the way through Ray."""


def map_rows(rows: Sequence[str], work: Work, *, block: int = BLOCK, retries: int = 3) -> list[str]:
    """Return what ``work`` answers to each row, in the order of the rows, done in blocks by Ray.

    Ray is started on this machine if it is not running, and stays up; for a cluster, call ``ray.init``
    before.

    :param work: called with up to ``block`` rows in a worker process.
    :param retries: how often a block that failed is done again.
    :raises InputError: if ``block`` is below 1 or ``retries`` below 0.
    :raises BackendError: if a block fails for good, or rows are lost or doubled on the way.
    :raises MissingExtraError: if Ray is not installed.
    """
    if block < 1 or retries < 0:
        raise InputError(f"Expected block >= 1 and retries >= 0, got {block} and {retries}.")
    if not rows:
        return []
    data = import_ray_data()
    items = [{ROW: number, VALUE: row} for number, row in enumerate(rows)]
    dataset = data.from_items(items, override_num_blocks=-(-len(items) // block)).map_batches(
        _function(_Retrying(_blockwise(work), retries)), batch_size=block, batch_format="pyarrow"
    )
    found: dict[int, str] = {}
    for answer in _answers(dataset, retries):
        number = answer[ROW]
        if number in found:
            raise BackendError(f"row {number} came twice.", backend="ray", retryable=True)
        found[number] = answer[VALUE]
    lost = [number for number in range(len(rows)) if number not in found]
    if lost:
        raise BackendError(
            f"expected {len(rows)} rows back, got {len(found)}; the first lost is {lost[0]}.",
            backend="ray",
            retryable=True,
        )
    return [found[number] for number in range(len(rows))]


def ground_dataset(
    dataset: Any,
    *,
    column: str,
    scheme: str | None = None,
    graph: str | Path | None = None,
    prefix: str = "emotion_",
    block: int = BLOCK,
    retries: int = 3,
) -> Any:
    """Return a Ray dataset with the answers of a label column added; see :class:`GroundBatch`.

    Lazy, as Ray Data is: the work is done when rows are taken or written. Rows stay with their answers;
    Ray keeps no order of rows, so give them an id and sort by it where order matters.

    :param dataset: a ``ray.data.Dataset``.
    :param column: the column with the labels.
    :raises InputError: if the dataset lacks the column.
    :raises UnknownTermError: if there is no such scheme.
    :raises MissingExtraError: if Ray is not installed.
    """
    import_ray_data()
    if scheme is not None:
        linker_at(str(graph) if graph is not None else None).graph.scheme(scheme)
    names = dataset.columns() or []
    if column not in names:
        raise InputError(f"Expected a column {column!r}, got {', '.join(names) or 'none'}.")
    work = GroundBatch(column, scheme=scheme, graph=graph, prefix=prefix)
    return dataset.map_batches(
        _function(_Retrying(work, retries)), batch_size=block, batch_format="numpy"
    )


def _blockwise(work: Work) -> Callable[[Any], Any]:
    """Return what answers the rows of a block, a pyarrow table, and checks that each has its answer."""

    def answer(batch: Any) -> Any:
        import pyarrow as pa

        values = batch[VALUE].to_pylist()
        answers = work(values)
        if len(answers) != len(values):
            raise InputError(f"Expected {len(values)} answers of a block, got {len(answers)}.")
        return pa.table({ROW: batch[ROW], VALUE: pa.array(answers, pa.string())})

    return answer


def _answers(dataset: Any, retries: int) -> Iterator[dict[str, Any]]:
    import ray

    try:
        yield from dataset.iter_rows()
    except ray.exceptions.RayError as error:
        raise BackendError(
            f"a block failed for good, after {retries} retries: {_root(error)}",
            backend="ray",
            retryable=False,
            hint="The work fails on some row; ground without Ray to see which.",
        ) from error


def _function(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a callable value as a function, which Ray Data runs in tasks and not in actors."""
    return lambda batch: work(batch)


@dataclass(frozen=True, slots=True)
class _Retrying:
    """Calls work again when it fails; Ray's own settings for this differ from version to version."""

    work: Callable[[Any], Any]
    retries: int

    def __call__(self, batch: Any) -> Any:
        for _ in range(self.retries):
            try:
                return self.work(batch)
            except Exception as error:
                _LOG.warning("a block failed and is done again: %s", error)
        return self.work(batch)


def import_ray_data(feature: str = "Bulk grounding") -> Any:
    """Return ``ray.data`` with Ray running, without its dashboard, usage reports and progress bars.

    :param feature: what needs it.
    :raises MissingExtraError: if Ray is not installed.
    """
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("ray", feature=feature) from error
    if not ray.is_initialized():
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    return ray.data


def _root(error: BaseException) -> str:
    """Return in words what was raised first; Ray keeps it in the text of its own errors alone."""
    found = _RAISED.search(str(error))
    return (found[0] if found else f"{type(error).__name__}: {error}")[:500]
