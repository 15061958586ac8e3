"""The API's description is the one written down, ``openapi.json``; ``make golden`` rewrites it.

Examples of answers are left out: they are what the graph answers now, and change with any fact of theirs.

FastAPI and pydantic write the description, and other releases of theirs word it otherwise. So the file says
which wrote it: with others, what clients rest on is compared (:func:`contract`), and no word beside it.
"""

import json
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

SNAPSHOT = Path(__file__).parent / "openapi.json"
WRITTEN_WITH = "x-written-with"
CHANGED = "the API changed: if that is meant, run `make golden`, read the diff, and say so in CHANGELOG.md"


def writers() -> dict[str, str]:
    """Return the releases that write the description here, without their patches."""
    return {name: version(name).rpartition(".")[0] for name in ("fastapi", "pydantic")}


def without_answers(document: dict[str, Any]) -> dict[str, Any]:
    """Return a description without the examples of its answers."""
    found = deepcopy(document)
    for operation in operations(found):
        for answer in operation["responses"].values():
            for content in answer.get("content", {}).values():
                content.pop("example", None)
    return found


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def contract(document: dict[str, Any]) -> dict[str, Any]:
    """Return what clients rest on: routes with parameters, bodies and answers, schemas with fields."""
    return {
        "routes": {
            f"{method} {path}": {
                "parameters": [
                    (p["in"], p["name"], p["required"]) for p in operation.get("parameters", ())
                ],
                "body": sorted(operation.get("requestBody", {}).get("content", ())),
                "answers": {
                    status: sorted(answer.get("content", ()))
                    for status, answer in operation["responses"].items()
                },
            }
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        },
        "schemas": {
            name: (sorted(schema.get("properties", ())), sorted(schema.get("required", ())))
            for name, schema in document["components"]["schemas"].items()
        },
    }


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def snapshot(document: dict[str, Any], golden: bool) -> dict[str, Any]:
    """The description written down, and what wrote it; with ``--golden`` it is written anew."""
    if golden:
        found = {WRITTEN_WITH: writers(), **without_answers(document)}
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        SNAPSHOT.write_text(text, encoding="utf-8")
    read: dict[str, Any] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return read


def test_what_clients_rest_on_is_what_is_written_down(
    document: dict[str, Any], snapshot: dict[str, Any]
) -> None:
    assert contract(document) == contract(snapshot), CHANGED


def test_description_is_the_one_written_down(
    document: dict[str, Any], snapshot: dict[str, Any]
) -> None:
    written = dict(snapshot)
    by = written.pop(WRITTEN_WITH)
    is_same = json.dumps(without_answers(document)) == json.dumps(written)
    if not is_same and by != writers():
        pytest.skip(f"openapi.json was written with {by}; {writers()} word it otherwise")

    assert is_same, CHANGED


@pytest.mark.parametrize("read", [without_answers, contract])
@pytest.mark.parametrize(
    "path",
    [
        ("paths", "/v1/suggest"),
        ("paths", "/v1/ground", "get", "parameters"),
        ("paths", "/v1/check", "post", "responses", "200", "content", "text/turtle"),
        ("paths", "/v1/suggest", "get", "responses", "304"),
        ("components", "schemas", "Concept", "properties", "slug"),
        ("components", "schemas", "Suggestion"),
    ],
)
def test_snapshot_sees_what_is_gone(document: dict[str, Any], path: Any, read: Any) -> None:
    changed = deepcopy(document)
    *parents, last = path
    parent = changed
    for name in parents:
        parent = parent[name]
    del parent[last]
    assert read(changed) != read(document)


def test_operations_have_names_of_their_own_and_all_have_answers(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert len(names) == len(set(names)) > 50
    assert all(operation["responses"] for operation in operations(document))


def test_description_says_which_answers_are_tagged(document: dict[str, Any]) -> None:
    tagged = {
        path
        for path, methods in document["paths"].items()
        if "304" in methods.get("get", {}).get("responses", {})
    }
    assert {"/v1/emotions/{name}/path", "/v1/ground", "/v1/suggest", "/v1/crosswalk"} <= tagged
    assert tagged.isdisjoint({"/v1/version", "/v1/annotate", "/healthz", "/sparql", "/v1/reason"})
    for path in tagged:
        assert "ETag" in document["paths"][path]["get"]["responses"]["200"]["headers"]
        assert "304" not in document["paths"][path].get("post", {}).get("responses", {})
