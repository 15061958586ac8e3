"""Lists come in parts, with their whole length and links to the parts beside."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.paging import MOST_ITEMS, TOTAL, Paging
from tests.api.asking import get, problem


def relations(client: TestClient, address: str) -> dict[str, str]:
    """Return the links of an answer by their relation."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    return {name: link["url"] for name, link in response.links.items() if name}


def walk(client: TestClient, path: str, query: str) -> list[Any]:
    """Return the items of all pages, one after the other, by following the links."""
    items: list[Any] = []
    address: str | None = f"{path}{query}"
    while address is not None:
        response = client.get(address)
        body = response.json()
        items += body["items"] if isinstance(body, dict) else body
        following = response.links.get("next", {}).get("url")
        address = None if following is None else f"{path}{following}"
    return items


def listed(client: TestClient) -> list[tuple[str, dict[str, Any]]]:
    """Return the paths of all operations that answer with a list, each with its operation."""
    paths = client.get("/openapi.json").json()["paths"]
    return [
        (path, methods["get"])
        for path, methods in paths.items()
        if "Link" in methods.get("get", {}).get("responses", {}).get("200", {}).get("headers", {})
    ]


def filled(path: str, operation: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the address and query of an operation by the examples of what it requires."""
    query: dict[str, Any] = {}
    for parameter in operation["parameters"]:
        examples = parameter.get("examples") or parameter["schema"].get("examples") or [None]
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(examples[0]))
        elif parameter["required"]:
            query[parameter["name"]] = examples[0]
    return path, query


def test_every_route_that_answers_with_a_list_of_the_graph_is_paged(client: TestClient) -> None:
    """Rankings are none: their `limit` is how many answers are wanted."""
    document = client.get("/openapi.json").json()
    rankings = {"/v1/nearest", "/v1/suggest"}
    for path, methods in document["paths"].items():
        if not path.startswith("/v1/") or "get" not in methods:
            continue
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        is_list = "Page_" in schema.get("$ref", "") or schema.get("type") == "array"
        paged = "Link" in methods["get"]["responses"]["200"].get("headers", {})
        assert paged == (is_list and path not in rankings), path


def test_every_list_says_its_length_and_its_pages_join_to_it(client: TestClient) -> None:
    lists = listed(client)
    for path, operation in lists:
        place, query = filled(path, operation)
        whole = client.get(place, params={**query, "limit": MOST_ITEMS})
        assert whole.status_code == 200, (path, whole.text)
        body = whole.json()
        items = body["items"] if isinstance(body, dict) else body
        assert int(whole.headers[TOTAL]) == len(items), path
        step = max(1, len(items) // 3)
        asked = "&".join(f"{name}={value}" for name, value in {**query, "limit": step}.items())
        assert walk(client, place, f"?{asked}") == items, path
    assert len(lists) >= 25


def test_first_page_has_no_page_before_and_the_last_none_after(client: TestClient) -> None:
    first = relations(client, "/v1/emotions?tier=tertiary&limit=50")
    last = relations(client, f"/v1/emotions{first['last']}")

    assert first == {
        "first": "?tier=tertiary&limit=50&offset=0",
        "last": "?tier=tertiary&limit=50&offset=100",
        "next": "?tier=tertiary&limit=50&offset=50",
    }
    assert "next" not in last
    assert last["prev"] == "?tier=tertiary&limit=50&offset=50"


def test_links_keep_every_parameter_that_is_repeated_or_has_signs(client: TestClient) -> None:
    path = "/v1/vad/disagreements"
    links = relations(client, f"{path}?source=glasgow&source=glasgow-adjusted&beyond=0.1&limit=1")

    assert links["next"].startswith("?source=glasgow&source=glasgow-adjusted&beyond=0.1&limit=1&")
    text = relations(client, "/v1/vad/words?word=a%26limit%3D5&limit=1")["first"]
    assert text == "?word=a%26limit%3D5&limit=1&offset=0"


def test_page_behind_the_end_is_empty_and_leads_back(client: TestClient) -> None:
    response = client.get("/v1/states?limit=10&offset=500")

    assert response.json()["items"] == []
    assert response.headers[TOTAL] == "69"
    assert response.links["prev"]["url"] == "?limit=10&offset=59"
    assert "next" not in response.links


@pytest.mark.parametrize(
    ("paging", "total", "relations_"),
    [
        (Paging(10, 0), 0, {"first": 0, "last": 0}),
        (Paging(10, 0), 10, {"first": 0, "last": 0}),
        (Paging(10, 0), 11, {"first": 0, "last": 10, "next": 10}),
        (Paging(10, 5), 20, {"first": 0, "last": 10, "prev": 0, "next": 15}),
        (Paging(10, 10), 20, {"first": 0, "last": 10, "prev": 0}),
    ],
)
def test_links_are_those_of_rfc_8288(
    paging: Paging, total: int, relations_: dict[str, int]
) -> None:
    expected = {name: f"?limit=10&offset={offset}" for name, offset in relations_.items()}

    assert paging.links(total) == expected


def test_short_lists_stay_bare_and_whole_if_nobody_asks_for_a_part(client: TestClient) -> None:
    whole = get(client, "/v1/emotions/joy/action-units")
    part = get(client, "/v1/emotions/joy/action-units", limit=2, offset=1)

    assert isinstance(whole, list)
    assert part == whole[1:3]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "offset=-1", "limit=x"])
@pytest.mark.parametrize("path", ["/v1/modalities", "/v1/emotions/joy/opposites"])
def test_bad_part_is_refused(client: TestClient, path: str, query: str) -> None:
    found = problem(client.get(f"{path}?{query}"), 422, "validation")
    assert found["errors"][0]["location"] == f"query.{query.partition('=')[0]}"


def test_pages_may_be_read_by_scripts_of_other_sites(client: TestClient) -> None:
    headers = client.get("/v1/states", headers={"origin": "https://example.org"}).headers

    assert {"Link", TOTAL} <= set(headers["access-control-expose-headers"].split(", "))
