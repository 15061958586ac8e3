"""The store of finished answers: its bounds, and what goes first."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from affectgraph.api.response_store import OVERHEAD, SHARE, ResponseStore, StoredResponse


def test_answer_asked_for_longest_ago_goes_first() -> None:
    size = 900 + OVERHEAD
    store = ResponseStore(limit=SHARE * size)
    answer = StoredResponse((), b"x" * 900)
    for key in range(SHARE):
        store.put(key, answer, key_bytes=0)
    store.get(0)
    store.put("new", answer, key_bytes=0)

    assert store.get(1) is None
    assert store.get(0) is store.get("new") is answer
    assert (len(store), store.used) == (SHARE, SHARE * size)


def test_answer_put_twice_counts_once() -> None:
    store = ResponseStore(limit=SHARE * 2000)
    for body in (b"first", b"second"):
        store.put("key", StoredResponse((), body), key_bytes=3)

    assert store.get("key") == StoredResponse((), b"second")
    assert store.used == len(b"second") + OVERHEAD + 3


@pytest.mark.parametrize(("body", "key_bytes"), [(10_000, 0), (1, 10_000)])
def test_too_large_an_answer_or_key_is_not_kept(body: int, key_bytes: int) -> None:
    store = ResponseStore(limit=SHARE * 5_000)
    store.put("key", StoredResponse((), b"x" * body), key_bytes=key_bytes)
    assert (len(store), store.used) == (0, 0)


def test_threads_share_a_store_that_stays_in_its_bounds() -> None:
    answer = StoredResponse((), b"x" * 900)
    size = answer.size + 3
    store = ResponseStore(limit=SHARE * size)

    def fill(thread: int) -> set[StoredResponse | None]:
        found = set()
        for number in range(500):
            store.put((thread, number % 40), answer, key_bytes=3)
            found.add(store.get((thread + 1, number % 40)))
        return found

    with ThreadPoolExecutor(4) as threads:
        found = set().union(*threads.map(fill, range(4)))

    assert found <= {answer, None}
    assert store.used == len(store) * size <= store.limit
