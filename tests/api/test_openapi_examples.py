"""Every example of the API's description is sent, and gets an answer that the description has."""

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from affectgraph.api.app import create_app
from affectgraph.kg.graph import EmotionGraph

JSON = "application/json"


class Asked(NamedTuple):
    """A request made of the examples of an operation."""

    method: str
    path: str
    query: dict[str, Any]
    body: tuple[str, Any] | None


def values(holder: dict[str, Any]) -> list[Any]:
    """Return the examples of a parameter or a content, wherever OpenAPI lets them stand."""
    found = [holder["example"]] if "example" in holder else []
    for examples in (holder.get("examples", []), holder.get("schema", {}).get("examples", [])):
        named = isinstance(examples, dict)
        found += [e["value"] for e in examples.values()] if named else examples
    return found


def requests_of(method: str, path: str, operation: dict[str, Any]) -> Iterator[Asked]:
    """Yield a request for every combination of examples; none leaves out what is required."""
    parameters = operation.get("parameters", ())
    named = [p for p in parameters if values(p)]
    missing = [p["name"] for p in parameters if p["required"] and not values(p)]
    assert not missing, f"{method} {path}: no example of {missing}"
    bodies: list[tuple[str, Any] | None] = [
        (type_, example)
        for type_, content in operation.get("requestBody", {}).get("content", {}).items()
        for example in values(content)
    ]
    assert bodies or "requestBody" not in operation, f"{method} {path}: no example of a body"
    for chosen in itertools.product(*map(values, named)):
        place, query = path, {}
        for parameter, value in zip(named, chosen, strict=True):
            if parameter["in"] == "path":
                place = place.replace(f"{{{parameter['name']}}}", str(value))
            else:
                query[parameter["name"]] = value
        for body in bodies or [None]:
            yield Asked(method, place, query, body)


def send(client: TestClient, asked: Asked) -> Any:
    """Return the response to a request."""
    if asked.body is None:
        return client.request(asked.method, asked.path, params=asked.query)
    type_, body = asked.body
    if type_ == JSON:
        return client.request(asked.method, asked.path, params=asked.query, json=body)
    if type_ == "application/x-www-form-urlencoded":
        return client.request(asked.method, asked.path, params=asked.query, data=body)
    headers = {"content-type": type_}
    return client.request(
        asked.method, asked.path, params=asked.query, content=str(body), headers=headers
    )


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_example_of_every_operation_gets_an_answer_of_its_description(
    client: TestClient, document: dict[str, Any]
) -> None:
    sent = 0
    for method, path, operation in operations(document):
        for asked in requests_of(method, path, operation):
            response = send(client, asked)
            place = f"{method} {path} {asked.query}: {response.text[:300]}"
            assert response.is_success, place
            answer = operation["responses"][str(response.status_code)]
            type_ = response.headers["content-type"].partition(";")[0]
            assert type_ in answer.get("content", {type_: {}}), place
            sent += 1
    assert sent >= len(document["paths"]) > 70


def test_answers_to_examples_have_the_described_form(
    client: TestClient, document: dict[str, Any]
) -> None:
    components = {"components": document["components"]}
    for method, path, operation in operations(document):
        schema = operation["responses"].get("200", {}).get("content", {}).get(JSON, {})
        if not schema.get("schema"):
            continue
        asked = next(requests_of(method, path, operation))
        answer = send(client, asked).json()
        faults = Draft202012Validator({**components, **schema["schema"]}).iter_errors(answer)
        assert [fault.message for fault in faults] == [], f"{method} {path}"


def test_operation_without_an_example_is_noticed() -> None:
    parameter = {"name": "label", "in": "query", "required": True, "schema": {"type": "string"}}
    with pytest.raises(AssertionError, match="no example of"):
        list(requests_of("GET", "/v1/ground", {"parameters": [parameter]}))
    body: dict[str, Any] = {"requestBody": {"content": {JSON: {"schema": {}}}}}
    with pytest.raises(AssertionError, match="no example of a body"):
        list(requests_of("POST", "/v1/ground", body))


def test_graph_that_lacks_what_an_example_names_is_described_without_its_answer(
    small: EmotionGraph,
) -> None:
    """The small graph has ``dread`` and no line of the published tree."""
    paths = create_app(small).openapi()["paths"]

    def content(path: str) -> dict[str, Any]:
        found: dict[str, Any] = paths[path]["get"]["responses"]["200"]["content"][JSON]
        return found

    assert content("/v1/emotions/{name}/vad")["example"]
    assert set(content("/v1/tree/entries")) == {"schema"}
