"""The benchmark of decoding: what it compares, what it drops, and when it says that a bar is met."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
NAMES = ("checks_beside", "decoding_questions", "gpu_reasoner", "paired_runs", "random_models")


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield {name: importlib.import_module(name) for name in NAMES}


class Clock:
    """A clock that goes on when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def taking(self, seconds: float, done: int = 1) -> Callable[[], int]:
        """Return a run that takes so long and does so much."""

        def run() -> int:
            self.now += seconds
            return done

        return run


# --- runs by turns --------------------------------------------------------------------------------


def test_each_turn_begins_with_another_run(scripts: dict[str, ModuleType]) -> None:
    clock = Clock()
    order: list[str] = []

    scripts["paired_runs"].by_turns(
        {name: clock.taking(1) for name in ("a", "b", "c")}, 4, order.append, clock
    )

    assert "".join(order) == "abcbcacababc"


def test_rates_are_by_run_and_in_the_order_of_turns(scripts: dict[str, ModuleType]) -> None:
    clock = Clock()

    rates = scripts["paired_runs"].by_turns(
        {"plain": clock.taking(2, 100), "json": clock.taking(4, 100)}, 2, clock=clock
    )

    assert rates == {"plain": [50.0, 50.0], "json": [25.0, 25.0]}
    assert scripts["paired_runs"].shares(rates, "json", "plain") == [0.5, 0.5]


@pytest.mark.parametrize(
    ("values", "low", "middle", "high"),
    [([4.0], 4, 4, 4), ([1.0, 3.0], 1.5, 2, 2.5), ([9.0, 1.0, 2.0, 4.0, 3.0], 2, 3, 4)],
)
def test_spread_is_median_and_quartiles(
    scripts: dict[str, ModuleType], values: list[float], low: float, middle: float, high: float
) -> None:
    found = scripts["paired_runs"].spread(values)

    assert (found.low, found.middle, found.high) == (low, middle, high)
    assert found.rounded(1) == [low, middle, high]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.95, 1.2, "met"), (0.949, 1.2, "open"), (0.7, 0.95, "open"), (0.7, 0.949, "missed")],
)
def test_bar_is_decided_by_both_quartiles(
    scripts: dict[str, ModuleType], low: float, high: float, said: str
) -> None:
    paired = scripts["paired_runs"]

    assert paired.decision(paired.Spread((low + high) / 2, low, high), 0.95) == said


@pytest.mark.parametrize(
    ("intervals", "length"),
    [([], 0), ([(1, 2)], 1), ([(4, 6), (0, 3), (1, 2)], 5), ([(0, 2), (2, 3)], 3)],
)
def test_time_of_kernels_at_once_counts_once(
    scripts: dict[str, ModuleType], intervals: list[tuple[float, float]], length: float
) -> None:
    assert scripts["decoding_questions"].covered(intervals) == length


# --- the plan and its budget ----------------------------------------------------------------------


def test_sizes_rise_whatever_their_order(scripts: dict[str, ModuleType]) -> None:
    parts = scripts["gpu_reasoner"].plan(["8B", "0.5B"], [64, 1], device="cuda", compiles=True)

    assert [(part.question, part.size, part.batch) for part in parts] == [
        ("equality", "tiny", 16),
        ("validity", "0.5B", 256),
        ("speed", "0.5B", 64),
        ("speed", "0.5B", 1),
        ("prefix", "0.5B", 32),
        ("checking", "0.5B", 32),
        ("speed", "8B", 64),
        ("speed", "8B", 1),
        ("prefix", "8B", 32),
        ("checking", "8B", 32),
        ("compiled", "0.5B", 32),
    ]


def test_part_that_may_not_end_in_time_is_dropped_and_said(
    scripts: dict[str, ModuleType],
) -> None:
    # 100 s in all. The small size takes 40 s, so that the next one may take 80 s, and 60 s are left.
    clock, paired, gpu = Clock(), scripts["paired_runs"], scripts["gpu_reasoner"]
    parts = [
        gpu.Part("speed", "0.5B", 16),
        gpu.Part("speed", "3B", 16),
        gpu.Part("prefix", "3B", 16),
    ]
    asked = []

    def ask(part: Any) -> dict[str, Any]:
        asked.append(part)
        clock.now += 40
        return {"found": part.size}

    results = list(gpu.measure(parts, ask, paired.Budget(100, clock), clock))

    assert asked == [parts[0], parts[2]]
    assert results[0] == {
        "question": "speed", "size": "0.5B", "batch": 16, "found": "0.5B", "seconds": 40
    }  # fmt: skip
    assert results[1]["dropped"] == "may take 80 s, 60 s are left"
    assert results[2]["found"] == "3B"


def test_part_with_a_least_time_is_dropped_when_less_is_left(
    scripts: dict[str, ModuleType],
) -> None:
    gpu, paired = scripts["gpu_reasoner"], scripts["paired_runs"]
    (part,) = gpu.plan(["0.5B"], [16], device="cuda", compiles=True)[-1:]

    (result,) = gpu.measure([part], lambda _: {}, paired.Budget(100, Clock()))

    assert result["dropped"] == "may take 180 s, 100 s are left"


def test_without_a_budget_nothing_is_dropped(scripts: dict[str, ModuleType]) -> None:
    gpu, paired = scripts["gpu_reasoner"], scripts["paired_runs"]
    parts = gpu.plan(["tiny", "3B"], [1, 16], device="cpu", compiles=True)

    results = list(gpu.measure(parts, lambda _: {}, paired.Budget(None)))

    assert len(results) == len(parts)
    assert not any("dropped" in result for result in results)


@pytest.mark.parametrize("raised", [MemoryError("8B needs 22.4 GiB"), RuntimeError("CUDA error")])
def test_part_that_fails_is_said_and_the_others_go_on(
    scripts: dict[str, ModuleType], raised: Exception
) -> None:
    gpu, paired = scripts["gpu_reasoner"], scripts["paired_runs"]

    def ask(part: Any) -> dict[str, Any]:
        if part.size == "8B":
            raise raised
        return {"found": True}

    parts = [gpu.Part("speed", size, 16) for size in ("8B", "3B")]
    failed, found = gpu.measure(parts, ask, paired.Budget(None))

    assert failed["failed"] == f"{type(raised).__name__}: {raised}"
    assert found["found"]


@pytest.mark.parametrize(
    ("size", "millions"), [("0.5B", 494), ("3B", 3086), ("8B", 8030)]
)  # model cards: 0.49B, 3.09B, 8.03B
def test_shapes_have_as_many_weights_as_the_models_they_are_of(
    scripts: dict[str, ModuleType], size: str, millions: int
) -> None:
    assert round(scripts["random_models"].parameters(size) / 1e6) == millions


def test_model_needs_its_weights_and_half_as_much_again(scripts: dict[str, ModuleType]) -> None:
    # 8,030,261,248 weights of 2 bytes are 14.96 GiB, of 4 bytes 29.92
    needed = scripts["gpu_reasoner"].memory_needed_gib

    assert needed("8B", "cuda:0") == pytest.approx(22.44, abs=0.01)
    assert needed("8B", "cpu") == pytest.approx(44.87, abs=0.01)


# --- what it says ---------------------------------------------------------------------------------


def shares_of(**shares: list[float]) -> dict[str, Any]:
    return {"question": "speed", "size": "3B", "batch": 16, "share_of_plain": shares}


def test_bars_are_said_with_their_quartiles(scripts: dict[str, ModuleType]) -> None:
    result = shares_of(free=[0.9, 1.0, 1.1], json=[0.96, 1.0, 1.2], text=[0.8, 0.9, 0.94])

    (json_said, text_said) = scripts["gpu_reasoner"].judged([result])

    assert json_said[0] == "met"
    assert "1.000 (0.960 to 1.200) of plain >= 0.95: 3B, 16 at once, json" in json_said[1]
    assert "without a constraint 1.000, 0.900 to 1.100" in json_said[1]
    assert text_said[0] == "missed"


def test_batches_below_sixteen_have_no_bar(scripts: dict[str, ModuleType]) -> None:
    result = {**shares_of(free=[1, 1, 1], json=[0, 0, 0], text=[0, 0, 0]), "batch": 4}

    assert scripts["gpu_reasoner"].judged([result]) == []


def test_what_did_not_run_and_what_is_wrong_is_no_success(scripts: dict[str, ModuleType]) -> None:
    said = scripts["gpu_reasoner"].judged(
        [
            {"question": "speed", "size": "8B", "batch": 16, "dropped": "may take 80 s"},
            {"question": "prefix", "size": "8B", "batch": 16, "failed": "MemoryError: x"},
            {"question": "equality", "size": "tiny", "batch": 16, "answers": 16, "equal_to_cpu": 15},
            {
                "question": "validity", "size": "3B", "batch": 16, "asked": 16, "valid": 15,
                "ended_by_themselves": 16, "facts_cited": 9, "facts_existing": 9,
            },
        ]
    )  # fmt: skip

    assert [outcome for outcome, _ in said] == ["not run", "not run", "missed", "missed", "met"]
    assert "may take 80 s" in said[0][1]


def test_options_follow_the_device(scripts: dict[str, ModuleType]) -> None:
    parsed = scripts["gpu_reasoner"].parsed

    assert vars(parsed(["--minutes", "9"], has_cuda=True)) == {
        "sizes": "0.5B,3B,8B", "batches": "128,16,64,1", "tokens": 32, "repeats": 7, "device": "cuda",
        "minutes": 9.0, "compile": False, "out": None,
    }  # fmt: skip
    assert parsed([], has_cuda=False).sizes == "tiny"


# --- checks beside --------------------------------------------------------------------------------


def test_checks_beside_end_at_their_number_or_when_left(
    scripts: dict[str, ModuleType], graph: EmotionGraph
) -> None:
    beside = scripts["checks_beside"].ChecksBeside

    class Counted(Checker):
        def check(self, *_: Any, **__: Any) -> Any:
            return None

    with beside(Counted(graph), ["a", "b"], 5) as checks:
        checks._thread.join()
    assert checks.checked == 5
    with beside(Counted(graph), ["a", "b"]) as endless:
        pass
    assert not endless._thread.is_alive()


# --- all of it ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_part_runs_on_the_processor(
    scripts: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("transformers")
    import torch

    threads, out = torch.get_num_threads(), tmp_path / "results.json"
    given = "--sizes tiny --batches 1,16 --tokens 8 --repeats 2 --device cpu --compile".split()
    monkeypatch.setattr(sys, "argv", ["gpu_reasoner.py", *given, "--out", str(out)])

    with pytest.raises(SystemExit):
        scripts["gpu_reasoner"].main()

    torch.set_num_threads(threads)
    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert [result["question"] for result in results] == [
        "equality", "validity", "speed", "speed", "prefix", "checking", "compiled",
    ]  # fmt: skip
    assert not any("failed" in result or "dropped" in result for result in results)
    fast = results[3]
    assert {len(shares) for shares in fast["share_of_plain"].values()} == {3}
    for part in ("mask", "wait", "mask_wait"):
        assert set(fast["share_of_time"][part]) == {"free", "json", "text"}
    for name in ("free", "json", "text"):
        assert fast["share_of_time"]["mask_wait"][name] <= fast["share_of_time"]["wait"][name]
    assert results[1]["valid"] == results[1]["asked"] == 16
    assert results[4]["cached_tokens"] > 0
