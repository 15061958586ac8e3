"""Accept headers: quality values, specificity, ties, and what is not well formed."""

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from affectgraph.api.negotiation import accept_of, choose, parse_accept, prefers_html

OFFERED = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle ; Q=0.5", "text/turtle"),
        ("text/html;q=0.5, text/turtle;q=0.9", "text/turtle"),
        ("text/turtle;q=0.2, application/ld+json;q=0.7, */*;q=0.1", "application/ld+json"),
        # A named type beats a wildcard of the same quality, whatever is offered first.
        ("text/turtle, */*", "text/turtle"),
        # The most specific range decides a type's quality, not the best one.
        ("text/*;q=1, text/html;q=0.1, application/ld+json;q=0.5", "text/turtle"),
        ("*/*, text/html;q=0", "text/turtle"),
        ("application/*", "application/ld+json"),
        ('text/turtle;charset="utf-8";q=0.3', "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        # What is not well formed is left out.
        ("text/turtle;q=best, application/ld+json", "application/ld+json"),
        ("text/turtle;q=7", None),
        ("turtle, , ;;;", None),
    ],
)
def test_best_offered_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


def test_browsers_prefer_html_and_programs_do_not() -> None:
    assert prefers_html("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert not prefers_html("*/*")
    assert not prefers_html(None)
    assert not prefers_html("application/json, text/html;q=0.9")


def test_long_header_of_nonsense_is_read() -> None:
    assert parse_accept("/;q=,," * 10_000) == []


def test_several_headers_accept_are_one_list_and_none_is_none() -> None:
    two = Headers(raw=[(b"accept", b"text/turtle"), (b"accept", b"text/html;q=0.5")])

    assert accept_of(two) == "text/turtle, text/html;q=0.5"
    assert accept_of(Headers({})) is None


def test_pages_sparql_and_errors_read_every_header_accept(client: TestClient) -> None:
    two = [("accept", "image/png"), ("accept", "text/html")]
    for path in ("/emotion/joy", "/sparql", "/emotion/table"):
        found = client.get(path, headers=two).headers["content-type"]
        assert found.startswith("text/html"), path
