"""How tests of the service ask it, and what they expect of every problem."""

from collections.abc import Iterator
from typing import Any

from starlette.testclient import TestClient

PROBLEM = "application/problem+json"


def get(client: TestClient, path: str, **params: Any) -> Any:
    """Return the answer to a GET request that must be good."""
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def post(client: TestClient, path: str, body: Any) -> Any:
    """Return the answer to a POST request that must be good."""
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    return response.json()


def post_raw(client: TestClient, path: str, content: str | bytes | Iterator[bytes]) -> Any:
    """Return the response to a body sent as JSON as it is, such as one that no JSON library writes."""
    return client.post(path, content=content, headers={"content-type": "application/json"})


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """Return the problem details of an answer of this status and kind."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    assert found["type"] == f"https://w3id.org/affectgraph/problem/{kind}"
    assert {"title", "detail", "hint", "instance"} <= set(found)
    assert "Traceback" not in response.text
    return found


def errors(answer: dict[str, Any]) -> list[str | None]:
    """Return the error of each item of a batch in words, None for good ones."""
    assert [item["index"] for item in answer["items"]] == list(range(len(answer["items"])))
    found = [item["error"] and item["error"]["detail"] for item in answer["items"]]
    assert answer["failed"] == sum(error is not None for error in found)
    assert answer["answered"] == sum(item["answer"] is not None for item in answer["items"])
    return found
