"""The API's description says how bodies are refused that cannot be read, and in what form RDF comes."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import post_raw, problem


@pytest.fixture(scope="module")
def paths(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()["paths"]
    return found


def test_every_route_with_a_body_names_the_refusals_of_bodies(paths: dict[str, Any]) -> None:
    with_body = [
        operation
        for methods in paths.values()
        for operation in methods.values()
        if "requestBody" in operation
    ]

    assert len(with_body) > 20
    assert all({"400", "413"} <= set(operation["responses"]) for operation in with_body)


def test_body_that_is_no_utf_8_is_refused_as_documented(
    client: TestClient, paths: dict[str, Any]
) -> None:
    names = [path for path, methods in paths.items() if "post" in methods and "{" not in path]

    for path in sorted(set(names) - {"/sparql"}):
        problem(post_raw(client, path, b'"\xc3"'), 400, "malformed")


def test_json_ld_is_described_as_json(client: TestClient, paths: dict[str, Any]) -> None:
    params = {"text": "I am happy", "format": "jsonld"}
    answer = client.get("/v1/annotate", params=params).json()
    content = paths["/v1/annotate"]["get"]["responses"]["200"]["content"]

    assert isinstance(answer, list)
    assert content["application/ld+json"]["schema"] == {"type": ["array", "object"]}
    assert content["text/turtle"]["schema"] == {"type": "string"}
