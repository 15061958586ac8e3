"""Limits that hold for several processes together: one table, and the model's runs divided among them."""

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from affectgraph.api.access import Access
from affectgraph.api.cli import app as cli
from affectgraph.api.llm_limits import LlmLimits
from affectgraph.api.rates import Rate, Rates
from affectgraph.api.shared_buckets import WAYS, SharedBuckets
from affectgraph.ontology.errors import InputError
from tests.api.models import LONGEST_WAIT
from tests.api.supervised import BURST
from tests.api.test_rates import Clock
from tests.api.test_workers import Service, comes_up, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    found = Service(tmp_path)
    try:
        until(lambda: comes_up(found))
        yield found
    finally:
        found.process.terminate()
        found.process.wait(LONGEST_WAIT)


def test_limit_of_a_client_is_one_for_all_workers(service: Service) -> None:
    left, workers = [], set[str]()
    while len(workers) < 2:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{service.port}/", timeout=LONGEST_WAIT
        ) as answer:
            found = re.search(r";r=(\d+)", answer.headers["RateLimit"])
            assert found is not None
            left.append(int(found[1]))
            workers.add(answer.read().decode())

    assert left == [BURST - 1 - i for i in range(len(left))]


FORKING = """
import os
from affectgraph.api.rates import Rate, Rates
from affectgraph.api.shared_buckets import SharedBuckets

rates = Rates(Rate(1e-6, 1000), buckets=SharedBuckets(), clock=lambda: 0.0)
reader, writer = os.pipe()
for child in range(4):
    if os.fork() == 0:
        granted = sum(rates.take("a").is_granted for _ in range(500))
        os.write(writer, f"{granted} ".encode())
        os._exit(0)
for child in range(4):
    os.wait()
print(sum(map(int, os.read(reader, 4096).split())))
"""


def test_processes_take_no_token_twice() -> None:
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FORKING], capture_output=True, check=True, timeout=LONGEST_WAIT * 6
    )

    assert int(result.stdout) == 1000


def test_clients_have_buckets_of_their_own() -> None:
    clock = Clock()
    rates = Rates(Rate(1, 2), buckets=SharedBuckets(), clock=clock)

    assert [rates.take(x).is_granted for x in "aabaab"] == [True, True, True, False, False, True]
    clock.now += 1
    assert [rates.take(x).is_granted for x in "aa"] == [True, False]


def test_bucket_that_is_nearest_to_full_makes_room() -> None:
    """One set alone: as many clients as it has ways, of whom ``c`` has asked least."""
    clock = Clock()
    rates = Rates(Rate(0.001, 3), buckets=SharedBuckets(sets=1), clock=clock)
    names = "abcdefgh"
    assert len(names) == WAYS
    for name in names:
        rates.take(name, 1 if name == "c" else 3)
    rates.take("new", 3)

    kept = [*names.replace("c", ""), "new"]
    assert [name for name in kept if rates.take(name).is_granted] == []
    assert rates.take("c").left == 2, "it was dropped, and begins with 3"


def test_limits_on_requests_and_on_the_model_count_apart() -> None:
    access = Access(rate=Rate(1e-6, 1), llm_rate=Rate(1e-6, 1), buckets=SharedBuckets())
    rates, llm_rates = access.rates(), access.llm_rates()
    assert rates is not None
    assert llm_rates is not None

    assert rates.take("a").is_granted
    assert llm_rates.take("a").is_granted
    assert not rates.take("a").is_granted
    assert not llm_rates.take("a").is_granted


@pytest.mark.parametrize(
    ("processes", "concurrency", "queue"), [(1, 8, 33), (2, 4, 16), (3, 2, 11), (8, 1, 4)]
)
def test_processes_together_keep_to_the_limits_of_the_model(
    processes: int, concurrency: int, queue: int
) -> None:
    found = LlmLimits(concurrency=8, queue=33, wait_seconds=5.0).divided(processes)

    assert found == LlmLimits(concurrency=concurrency, queue=queue, wait_seconds=5.0)


def test_fewer_runs_than_processes_are_refused() -> None:
    with pytest.raises(InputError, match=r"--llm-concurrency of 3 or more.*got 2"):
        LlmLimits(concurrency=2).divided(3)


def test_command_refuses_fewer_runs_than_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AFFECTGRAPH_INHERITED", "0,0,0")
    options = ["--workers", "3", "--model", "http://127.0.0.1:9/v1", "--llm-concurrency", "2"]

    result = CliRunner().invoke(cli, ["serve", *options])

    assert result.exit_code == 2
    assert "Expected --llm-concurrency of 3 or more" in result.stderr
