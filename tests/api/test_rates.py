"""Buckets of tokens: how often somebody may ask."""

from threading import Thread

import pytest

from affectgraph.api.rates import CLIENTS, MemoryBuckets, Rate, Rates, client_of, parse_rate
from affectgraph.ontology.errors import InputError


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "burst", "expected"),
    [
        ("20/s", None, Rate(20, 20)),
        ("20/s", 40, Rate(20, 40)),
        ("120/min", None, Rate(2, 120)),
        ("5/h", 1, Rate(5 / 3600, 1)),
        (" 0.5/s ", None, Rate(0.5, 1)),
    ],
)
def test_rates_are_read_with_their_units(text: str, burst: int | None, expected: Rate) -> None:
    assert parse_rate(text, burst) == expected


@pytest.mark.parametrize(
    "text", ["", "20", "20/d", "0/s", "0.0/min", "-1/s", "1e3/s", "/s", "20 / s", "99999999/s"]
)
def test_text_that_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a rate such as 20/s"):
        parse_rate(text)


@pytest.mark.parametrize(("per_second", "burst"), [(0, 1), (-1, 1), (float("inf"), 1), (1, 0)])
def test_rate_out_of_range_is_refused(per_second: float, burst: int) -> None:
    with pytest.raises(InputError):
        Rate(per_second, burst)


def test_burst_is_granted_and_then_one_for_each_interval() -> None:
    clock = Clock()
    rates = Rates(Rate(2, 3), clock=clock)

    assert [rates.take("a").is_granted for _ in range(4)] == [True, True, True, False]
    clock.now += 0.49
    assert not rates.take("a").is_granted
    clock.now += 0.01
    assert rates.take("a").is_granted
    assert not rates.take("a").is_granted


def test_refused_request_takes_nothing() -> None:
    clock = Clock()
    rates = Rates(Rate(1, 1), clock=clock)
    rates.take("a")
    for _ in range(100):
        assert not rates.take("a").is_granted

    clock.now += 1
    assert rates.take("a").is_granted


def test_bucket_holds_no_more_than_the_burst_however_long_nobody_asks() -> None:
    clock = Clock()
    rates = Rates(Rate(10, 2), clock=clock)
    rates.take("a")
    clock.now += 10_000

    assert [rates.take("a").is_granted for _ in range(3)] == [True, True, False]


def test_clients_have_buckets_of_their_own() -> None:
    rates = Rates(Rate(1, 1), clock=Clock())

    assert rates.take("a").is_granted
    assert rates.take("b").is_granted
    assert not rates.take("a").is_granted


def test_rate_is_kept_over_a_long_time() -> None:
    clock = Clock()
    rates = Rates(Rate(7, 5), clock=clock)
    granted = 0
    for _ in range(10_000):
        granted += rates.take("a").is_granted
        clock.now += 0.01

    # 5 at once, and 7 a second for 99.99 s: 704.93.
    assert granted == 704


@pytest.mark.parametrize(
    ("used", "left", "retry", "policy", "state"),
    [
        (0, 9, 0, '"default";q=10;w=5', '"default";r=9;t=5'),
        (5, 4, 0, '"default";q=10;w=5', '"default";r=4;t=2'),
        (9, 0, 1, '"default";q=10;w=5', '"default";r=0;t=1'),
        (10, 0, 1, '"default";q=10;w=5', '"default";r=0;t=1'),
    ],
)
def test_headers_say_quota_window_what_is_left_and_for_how_long(
    used: int, left: int, retry: int, policy: str, state: str
) -> None:
    rates = Rates(Rate(2, 10), clock=Clock())
    for _ in range(used):
        rates.take("a")

    taken = rates.take("a")

    assert (taken.left, taken.retry_seconds) == (left, retry)
    assert taken.headers("default") == {"RateLimit-Policy": policy, "RateLimit": state}


def test_headers_never_let_a_client_expect_more_than_the_rate() -> None:
    clock = Clock()
    rates = Rates(Rate(0.3, 7), clock=clock)
    for step in range(200):
        clock.now += step % 5
        taken = rates.take("a")
        if taken.window_seconds:
            assert taken.left / taken.window_seconds <= 0.3
        # Section 6 of the draft: Retry-After is no earlier than the end of the window.
        if not taken.is_granted:
            assert taken.retry_seconds >= taken.window_seconds


def test_request_that_costs_more_than_a_bucket_holds_needs_a_full_one_and_is_paid_off() -> None:
    clock = Clock()
    rates = Rates(Rate(1, 10), clock=clock)

    assert rates.take("a", 100).is_granted
    refused = rates.take("a")
    # 10 held less 100 is 90 below nothing; the next one is there after 91 s.
    assert (refused.is_granted, refused.retry_seconds) == (False, 91)
    clock.now += 91
    assert rates.take("a").is_granted
    assert not rates.take("a", 100).is_granted


def test_as_many_buckets_are_kept_as_may_be_and_the_oldest_goes() -> None:
    buckets = MemoryBuckets(3)
    rates = Rates(Rate(0.001, 1), buckets=buckets, clock=Clock())
    for name in "abcd":
        rates.take(name)

    assert len(buckets) == 3
    assert not rates.take("b").is_granted
    assert rates.take("a").is_granted, "it was forgotten"
    assert len(buckets) == 3
    assert CLIENTS == 50_000


def test_threads_take_no_token_twice() -> None:
    rates = Rates(Rate(0.001, 1000), clock=Clock())
    granted: list[bool] = []

    def take() -> None:
        granted.extend([rates.take("a").is_granted for _ in range(500)])

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(granted) == 1000


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
        ("x" * 1000, "x" * 64),
        (None, "unknown"),
    ],
)
def test_addresses_of_one_customer_have_one_bucket(address: str | None, expected: str) -> None:
    assert client_of(address) == expected
