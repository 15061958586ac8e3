"""The API's description is the one written down, ``openapi.json``; ``make golden`` rewrites it.

Examples of answers are left out: they are what the graph answers now, and change with any fact of theirs.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

SNAPSHOT = Path(__file__).parent / "openapi.json"


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


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_description_is_the_one_written_down(document: dict[str, Any], golden: bool) -> None:
    found = json.dumps(without_answers(document), ensure_ascii=False, indent=1) + "\n"
    if golden:
        SNAPSHOT.write_text(found, encoding="utf-8")

    assert found == SNAPSHOT.read_text(encoding="utf-8"), (
        "the API changed: if that is meant, run `make golden`, read the diff, and say so in CHANGELOG.md"
    )


def test_snapshot_sees_a_route_a_parameter_and_a_field_that_are_gone(
    document: dict[str, Any],
) -> None:
    whole = without_answers(document)
    for path in (
        ("paths", "/v1/suggest"),
        ("components", "schemas", "Concept", "properties", "slug"),
        ("paths", "/v1/ground", "get", "parameters"),
    ):
        changed = deepcopy(document)
        *parents, last = path
        parent = changed
        for name in parents:
            parent = parent[name]
        del parent[last]
        assert without_answers(changed) != whole


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
