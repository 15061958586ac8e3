"""Headers against misuse stand on every answer, and pages keep to the policy that they are sent with."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.limits import SECURITY_HEADERS
from affectgraph.kg.graph import EmotionGraph
from tests.api.conftest import BROWSER
from tests.api.test_pages import KINDS, PAGES

LOADED = {"img": "src", "link": "href", "form": "action", "a": "href"}
NEVER = {"script", "style", "iframe", "frame", "object", "embed", "base", "audio", "video"}
"""Elements that ``default-src 'none'`` or ``base-uri 'none'`` keep from working."""


class Breaches(HTMLParser):
    """Collects what a page asks for and the policy of the service forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = tag == "script" and given.get("type") == "application/ld+json"
        if tag in NEVER and not is_data:
            self.found.append(f"<{tag}>")
        self.found += [name for name in given if name == "style" or name.startswith("on")]
        target = given.get(LOADED.get(tag, "")) or ""
        if target.lower().startswith(("javascript:", "data:text")):
            self.found.append(target)
        is_elsewhere = re.match(r"[a-z+]+:|//", target) and not target.startswith("data:image")
        if tag in ("img", "form") and is_elsewhere:
            self.found.append(f"{tag} {target}")
        if tag == "link" and given.get("rel") in ("stylesheet", "icon") and is_elsewhere:
            self.found.append(f"link {target}")


def test_policy_is_one_that_the_pages_can_be_held_to() -> None:
    policy = dict(SECURITY_HEADERS)[b"content-security-policy"].decode()
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", [*PAGES, *(f"/{kind}" for kind in KINDS), "/problem/rate"])
def test_page_asks_for_nothing_that_its_policy_forbids(browser: TestClient, path: str) -> None:
    response = browser.get(path)

    assert response.status_code == 200
    assert Breaches(response.text).found == []


def test_pages_of_errors_keep_to_it_too(
    browser: TestClient, graph: EmotionGraph, tmp_path: Path
) -> None:
    path = tmp_path / "keys.jsonl"
    create_key(path, "lab", ["read"])
    closed = TestClient(create_app(graph, access=Access(KeyFile(path), read="key")))

    answers = [browser.get("/emotion/angr"), closed.get("/", headers={"accept": BROWSER})]

    assert [answer.status_code for answer in answers] == [404, 401]
    assert [Breaches(answer.text).found for answer in answers] == [[], []]


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("<script>a</script>", "<script>"),
        ("<p style='color:red'>", "style"),
        ("<p onclick='a'>", "onclick"),
        ("<img src='https://evil.example/a.png'>", "img https://evil.example/a.png"),
        ("<img src='//evil.example/a.png'>", "img //evil.example/a.png"),
        ("<form action='https://evil.example/'>", "form https://evil.example/"),
        ("<link rel='stylesheet' href='https://evil.example/a'>", "link https://evil.example/a"),
        ("<a href='javascript:a()'>", "javascript:a()"),
        ("<base href='/'>", "<base>"),
    ],
)
def test_breaches_are_seen(text: str, breach: str) -> None:
    assert Breaches(text).found == [breach]


@pytest.mark.parametrize(
    "address",
    ["/", "/v1/version", "/v1/nothing", "/style.css", "/openapi.json", "/readyz", "/sparql"],
)
def test_every_answer_has_the_headers_once(client: TestClient, address: str) -> None:
    headers = client.get(address).headers

    for name, value in SECURITY_HEADERS:
        assert headers.get_list(name.decode()) == [value.decode()]
    assert "server" not in headers
