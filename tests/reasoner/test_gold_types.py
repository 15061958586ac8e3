"""The gold sentences hold every type of claim often enough to measure it."""

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from affectgraph.reasoner import ClaimType

GOLD = Path(__file__).parents[2] / "benchmarks" / "data" / "gold"
LEAST = 10


def counted(name: str) -> Counter[str]:
    lines = (GOLD / name).read_text("utf-8").splitlines()
    return Counter(claim["type"] for line in lines for claim in json.loads(line)["claims"])


@pytest.mark.parametrize("name", ["sentences.jsonl", "sentences_second.jsonl"])
def test_every_type_of_claim_has_ten_claims_in_each_reading(name: str) -> None:
    found = counted(name)
    assert {t for t in get_args(ClaimType) if found[t] < LEAST} == set()
    assert set(found) == set(get_args(ClaimType))
