"""Bulk over Ray: the same answers, the same order, no row lost, failed blocks done again."""

import json
import os
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from affectgraph.api.record_answers import GroundRecords
from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker, ground_dataset, map_rows
from affectgraph.linkers.columns import FIELDS, ground_rows
from affectgraph.ontology.errors import (
    BackendError,
    InputError,
    MissingExtraError,
    UnknownTermError,
)

ROWS = 100_000

# Ray warns of its own names, and leaves sockets and files to the end of the process.
quiet = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)  # fmt: skip


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    found = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    found.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield found
    found.shutdown()


@dataclass(frozen=True)
class Flaky:
    """Fails each block once, by an error or by the death of its worker, then answers."""

    folder: str
    dies: bool

    def __call__(self, rows: list[str]) -> list[str]:
        mark = Path(self.folder) / rows[0]
        if not mark.exists():
            mark.touch()
            if self.dies:
                os._exit(1)
            raise RuntimeError("once")
        return [row.upper() for row in rows]


@dataclass(frozen=True)
class Counted:
    """Leaves a file for each try, then fails."""

    folder: str

    def __call__(self, rows: list[str]) -> list[str]:
        (Path(self.folder) / uuid.uuid4().hex).touch()
        raise ValueError("never")


def fails(rows: list[str]) -> list[str]:
    raise ValueError(f"no answer for {rows[0]}")


def loses(rows: list[str]) -> list[str]:
    return rows[1:]


def labels(count: int) -> list[str | None]:
    words = ["joy", "furious", "table", "", "happily", "misery", "qqq", None, "neutral"]
    return [words[n % len(words)] for n in range(count)]


# --- without Ray ----------------------------------------------------------------------------------


def test_no_rows_need_no_ray() -> None:
    assert map_rows([], fails) == []


@pytest.mark.parametrize("given", [{"block": 0}, {"retries": -1}])
def test_settings_out_of_range_are_an_error(given: dict[str, int]) -> None:
    with pytest.raises(InputError, match="block >= 1"):
        map_rows(["a"], fails, **given)


def test_missing_ray_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"affectgraph\[ray\]"):
        map_rows(["a"], fails)


def test_block_of_records_is_answered_as_in_this_process(graph: EmotionGraph) -> None:
    work = GroundRecords("label", None, 5, None)
    records: list[dict[str, Any]] = [
        {"label": "joy"},
        {"label": "joy", "scheme": "nope"},
        {"label": None},
        {"x": 1},
    ]

    rows = ['{"label": "joy"}', '{"label": "joy", "scheme": "nope"}', '{"label": null}', '{"x": 1}']
    here = work.here()(records)
    there = work.answer_block(rows)
    assert [isinstance(x, UnknownTermError) for x in here] == [False, True, False, False]
    assert '"error"' in there[1]
    assert [json.loads(x)["answer"] for n, x in enumerate(there) if n != 1] == [
        x for n, x in enumerate(here) if n != 1
    ]


# --- with Ray -------------------------------------------------------------------------------------


@quiet
@pytest.mark.slow
def test_a_hundred_thousand_rows_come_back_as_the_plain_path_gives_them(
    ray: Any, graph: EmotionGraph
) -> None:
    cells = labels(ROWS)
    data = ray.data.from_items([{"id": n, "label": cell} for n, cell in enumerate(cells)])

    found = ground_dataset(data, column="label").sort("id").take_all()

    assert [row["id"] for row in found] == list(range(ROWS))
    plain = ground_rows(LabelLinker(graph), cells)
    for row, expected in zip(found, plain, strict=True):
        for name in FIELDS[1:]:
            assert row[f"emotion_{name}"] == (expected[name] if expected[name] is not None else "")


@quiet
@pytest.mark.slow
@pytest.mark.parametrize("dies", [False, True])
def test_failed_blocks_are_done_again_and_no_row_is_lost(
    ray: Any, tmp_path: Path, dies: bool
) -> None:
    rows = [f"row-{n}" for n in range(ROWS)]

    found = map_rows(rows, Flaky(str(tmp_path), dies), block=25_000)

    assert found == [row.upper() for row in rows]
    assert len(list(tmp_path.iterdir())) >= 4


@quiet
@pytest.mark.slow
def test_block_that_fails_for_good_stops_the_run_with_its_error(ray: Any) -> None:
    with pytest.raises(BackendError, match="ValueError: no answer for a"):
        map_rows(["a", "b"], fails, retries=1)


@quiet
@pytest.mark.slow
def test_block_is_tried_again_as_often_as_asked_for(ray: Any, tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="after 2 retries: ValueError: never"):
        map_rows(["a", "b"], Counted(str(tmp_path)), retries=2)

    assert len(list(tmp_path.iterdir())) == 3


@quiet
@pytest.mark.slow
def test_work_that_answers_too_few_rows_is_an_error(ray: Any) -> None:
    with pytest.raises(BackendError, match="Expected 2 answers of a block, got 1"):
        map_rows(["a", "b"], loses, retries=0)


@quiet
@pytest.mark.slow
def test_dataset_without_the_column_or_of_no_scheme_is_an_error_at_once(ray: Any) -> None:
    data = ray.data.from_items([{"text": "joy"}])
    with pytest.raises(InputError, match="'label', got text"):
        ground_dataset(data, column="label")
    with pytest.raises(UnknownTermError):
        ground_dataset(data, column="text", scheme="nope")
