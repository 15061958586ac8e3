"""Metrics of several workers: summed by whichever answers, kept when one ends, without files that stay."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.parser import text_string_to_metric_families

from affectgraph.api import metrics_folder
from affectgraph.api.metrics_folder import FOLDER, looked_after, make_metrics_folder, own_files
from affectgraph.api.shared_metrics import fold_ended
from tests.api.models import LONGEST_WAIT
from tests.api.test_query_pool import children_of, is_alive
from tests.api.test_workers import Service, comes_up, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")

COUNT = "affectgraph_http_request_duration_seconds_count"
IN_FLIGHT = "affectgraph_http_requests_in_flight"
KEPT = "affectgraph_cache_requests_total"

Samples = dict[tuple[str, ...], float]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of services go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def service(tmp_path: Path, temporary: Path) -> Iterator[Service]:
    found = Service(tmp_path)
    try:
        until(lambda: comes_up(found))
        yield found
    finally:
        found.process.terminate()
        found.process.wait(LONGEST_WAIT)
        assert list(temporary.iterdir()) == []


def scraped(service: Service, name: str, *labels: str) -> Samples:
    """Return the samples of a name by the values of some labels, each of which there is once."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{service.port}/metrics", timeout=LONGEST_WAIT
    ) as response:
        families = list(text_string_to_metric_families(response.read().decode()))
    found = [s for family in families for s in family.samples if s.name == name]
    by_labels = {tuple(s.labels[label] for label in labels): s.value for s in found}
    assert len(by_labels) == len(found)
    return by_labels


def answers(service: Service, route: str = "/") -> float:
    return scraped(service, COUNT, "method", "route", "status").get(("GET", route, "2xx"), 0)


def workers_of(service: Service) -> list[int]:
    (generation,) = children_of(service.process.pid)
    return children_of(generation)


def asked_of_both(service: Service) -> int:
    """Ask until both workers have answered, and have counted it; return how often that was."""
    asked: set[object] = set()
    times = 0
    while len(asked) < 2:
        asked.add(service.ask()["pid"])
        times += 1
    until(lambda: answers(service) == times)
    return times


def test_any_worker_tells_what_all_have_answered(service: Service) -> None:
    times = asked_of_both(service)

    for _ in range(5):
        assert answers(service) == times
    until(lambda: scraped(service, KEPT, "result") == {("hit",): 0, ("miss",): times})


def test_requests_in_flight_are_those_of_all_workers(service: Service) -> None:
    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(service.ask, "?wait=3") for _ in range(4)]
        until(lambda: scraped(service, IN_FLIGHT) == {(): 5})
        assert [task.result()["text"] for task in waiting] == ["first"] * 4

    until(lambda: scraped(service, IN_FLIGHT) == {(): 1})


def test_memory_and_time_are_told_of_each_worker(service: Service) -> None:
    found = scraped(service, "process_resident_memory_bytes", "pid")

    assert set(found) == {(str(pid),) for pid in workers_of(service)}
    assert all(value > 1_000_000 for value in found.values())


def test_worker_that_is_killed_leaves_its_counts_and_no_file(
    service: Service, temporary: Path
) -> None:
    times = asked_of_both(service)
    until(lambda: scraped(service, KEPT, "result")[("miss",)] == times)
    one, _ = workers_of(service)
    os.kill(one, signal.SIGKILL)
    until(lambda: one not in workers_of(service) and len(workers_of(service)) == 2)

    assert answers(service) == times
    assert scraped(service, KEPT, "result")[("miss",)] == times
    assert scraped(service, IN_FLIGHT) == {(): 1}
    (folder,) = temporary.iterdir()
    assert one not in own_files(folder).values()
    assert service.ask()["text"] == "first"
    until(lambda: answers(service) == times + 1)


def test_renewal_keeps_what_was_counted_before(service: Service, temporary: Path) -> None:
    times = asked_of_both(service)
    before = service.processes()[1:]
    service.process.send_signal(signal.SIGHUP)
    until(lambda: not any(map(is_alive, before)))

    assert answers(service) == times
    assert answers(service) == times
    (folder,) = temporary.iterdir()
    assert not set(before) & set(own_files(folder).values())
    assert len([path for path in folder.iterdir() if path.stem == "counter_0"]) == 1


def test_folder_is_removed_by_others_when_who_supervises_is_killed(
    tmp_path: Path, temporary: Path
) -> None:
    service = Service(tmp_path)
    until(lambda: comes_up(service))
    assert len(list(temporary.iterdir())) == 1
    service.process.kill()
    service.process.wait(LONGEST_WAIT)

    until(lambda: list(temporary.iterdir()) == [])


def test_service_goes_on_with_another_folder_when_its_own_was_removed(
    service: Service, temporary: Path
) -> None:
    (removed,) = temporary.iterdir()
    before = service.processes()[1:]
    shutil.rmtree(removed)
    os.kill(workers_of(service)[0], signal.SIGKILL)
    until(lambda: not any(map(is_alive, before)) and comes_up(service, times=2))

    service.ask()
    until(lambda: answers(service) == 1)
    (folder,) = temporary.iterdir()
    assert folder != removed


# --- parts ----------------------------------------------------------------------------------------


def ended_process() -> int:
    """Return the id of a process that was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(LONGEST_WAIT)
    return process.pid


def write(path: Path, values: dict[str, float]) -> None:
    file = MmapedDict(str(path))  # type: ignore[no-untyped-call]
    for name, value in values.items():
        file.write_value(key(name), value, 0.0)  # type: ignore[no-untyped-call]
    file.close()  # type: ignore[no-untyped-call]


def read(path: Path) -> dict[str, float]:
    found = MmapedDict.read_all_values_from_file(str(path))  # type: ignore[no-untyped-call]
    return {text: value for text, value, *_ in found}


def key(name: str) -> str:
    return mmap_key(name, name, ["a"], ["b"], "Help.")


def test_counts_of_those_that_ended_are_summed_in_one_file(tmp_path: Path) -> None:
    first, second = ended_process(), ended_process()
    write(tmp_path / f"counter_{first}.db", {"one": 1.0, "two": 20.0})
    fold_ended(tmp_path)
    write(tmp_path / f"counter_{second}.db", {"two": 300.0, "three": 4000.0})
    write(tmp_path / f"histogram_{second}.db", {"one": 0.5})
    fold_ended(tmp_path)
    fold_ended(tmp_path)  # changes nothing

    assert set(own_files(tmp_path).values()) == {0}
    assert read(tmp_path / "counter_0.db") == {key("one"): 1, key("two"): 320, key("three"): 4000}
    assert read(tmp_path / "histogram_0.db") == {key("one"): 0.5}


def test_gauges_end_with_their_process_and_counts_of_the_living_stay(tmp_path: Path) -> None:
    own = os.getpid()
    gone = ended_process()
    write(tmp_path / f"gauge_livesum_{gone}.db", {"one": 1.0})
    write(tmp_path / f"gauge_livesum_{own}.db", {"one": 2.0})
    write(tmp_path / f"counter_{own}.db", {"one": 3.0})
    fold_ended(tmp_path)

    found = {path.name for path in own_files(tmp_path)}
    assert found == {f"gauge_livesum_{own}.db", f"counter_{own}.db"}


def test_file_that_was_only_begun_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / f"counter_{ended_process()}.db").touch()
    fold_ended(tmp_path)

    assert own_files(tmp_path) == {}


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "of_users.db").touch()
    fold_ended(tmp_path)

    assert (tmp_path / "of_users.db").exists()


def test_folder_belongs_to_its_owner_alone(temporary: Path) -> None:
    folder = make_metrics_folder()

    assert folder is not None
    assert folder.parent == temporary
    assert folder.stat().st_mode & 0o777 == 0o700


def test_there_is_no_folder_without_a_place_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")

    assert make_metrics_folder() is None


@pytest.mark.parametrize("supervisor_lives", [True, False])
def test_folder_goes_with_the_last_who_needs_it(
    supervisor_lives: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.setenv(FOLDER, str(folder))
    life, alive = os.pipe()
    if not supervisor_lives:
        os.close(alive)
    with looked_after(life, metrics=False) as ended:
        ended()
    os.close(life)
    if supervisor_lives:
        os.close(alive)

    assert folder.exists() is supervisor_lives


def test_process_without_the_variable_shares_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)

    assert metrics_folder.metrics_folder() is None
    metrics_folder.forget_own()  # does nothing
