"""docs/client.md: its examples give what it prints, its tables and defaults are those of the code."""

import doctest
import inspect
import re
from functools import partial
from pathlib import Path

import pytest

import affectgraph.client
from affectgraph.api.app import create_app
from affectgraph.api.problems import Problem
from affectgraph.client import Client, UnreachableError, errors
from affectgraph.client.errors import service_error
from affectgraph.client.in_process import InProcessTransport
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import AffectGraphError, BackendError
from tests.client.test_client import problem

PAGE = Path(__file__).parents[1] / "docs" / "client.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_python_examples_give_what_the_page_prints(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = InProcessTransport(create_app(graph))
    monkeypatch.setattr(EmotionGraph, "load", lambda place=None: graph)
    at_hand = partial(Client, transport=transport)
    monkeypatch.setattr(affectgraph.client, "Client", at_hand)
    try:
        failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    finally:
        transport.close()

    assert tried >= 15
    assert failed == 0


def test_page_names_every_error_with_its_status() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", TEXT, re.MULTILINE))

    assert set(rows) == set(errors.__all__) - {"ServiceError"}
    for name, statuses in rows.items():
        for status in re.findall(r"\b\d{3}\b", statuses):
            assert type(service_error(_problem(int(status)), None)).__name__ == name
    assert issubclass(UnreachableError, BackendError)
    assert issubclass(errors.ServiceError, AffectGraphError)


def _problem(status: int) -> Problem:
    return Problem.model_validate(problem(status))


def test_page_gives_the_defaults_in_use() -> None:
    parameters = inspect.signature(Client).parameters
    for name in ("timeout", "retries", "longest_wait_seconds"):
        assert f"`{name}` ({parameters[name].default:g})" in TEXT
