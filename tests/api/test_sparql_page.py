"""The page with the query form: prefixes that it declares where all see them, and questions to try."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from affectgraph.api.sparql_guard import MAX_LENGTH
from affectgraph.api.sparql_page import examples
from affectgraph.ontology.iris import PREFIXES
from tests.api.asking import problem

COMPETENCY = Path(__file__).parents[1] / "kg" / "competency"
TEMPLATES = Path(__file__).parents[2] / "api" / "templates"
BARE = "SELECT ?label WHERE { ?c skos:broader emotion:nervousness ; skos:prefLabel ?label }"
EMOTION_LINE = "PREFIX emotion: <https://w3id.org/affectgraph/emotion/>"
SKOS_LINE = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"


def textarea(text: str) -> str:
    """Return the query that the form of a page holds."""
    return unescape(text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])


def ask(client: TestClient, query: str, **params: Any) -> Any:
    return client.get("/sparql", params={"query": query, **params})


# --- prefixes -------------------------------------------------------------------------------------


def test_query_without_prefix_lines_is_refused_with_the_lines_that_it_lacks(
    client: TestClient,
) -> None:
    for found in (
        problem(ask(client, BARE), 400, "query"),
        problem(ask(client, BARE, prefixes="project"), 400, "query"),
        problem(client.post("/sparql", data={"query": BARE}), 400, "query"),
    ):
        assert found["hint"].endswith(f":\n{EMOTION_LINE}\n{SKOS_LINE}")
        assert (found["line"], found["column"]) == (1, BARE.index("broader") + len("broader") + 1)


def test_hint_names_no_prefix_that_is_declared_or_unknown(client: TestClient) -> None:
    query = f"{SKOS_LINE} SELECT * {{ ?c skos:broader emotion:joy ; nobody:knows ?o }}"

    assert problem(ask(client, query), 400, "query")["hint"].endswith(f":\n{EMOTION_LINE}")
    assert "PREFIX" not in problem(ask(client, "ASK { ?s ex:p ?o }"), 400, "query")["hint"]


def test_page_reads_no_longer_text_for_prefixes_than_a_query_may_be(browser: TestClient) -> None:
    query = f"{BARE} #{'a' * MAX_LENGTH}"

    response = browser.post("/sparql", data={"query": query, "prefixes": "project"})

    assert response.status_code == 400
    assert textarea(response.text) == query


def test_page_writes_the_lines_that_a_query_lacks_where_all_see_them(browser: TestClient) -> None:
    response = ask(browser, BARE, prefixes="project")

    assert response.status_code == 200
    assert textarea(response.text) == f"{EMOTION_LINE}\n{SKOS_LINE}\n{BARE}"
    assert "<td>dread" in response.text
    # Links to the answer in other formats carry the lines, as programs get no others.
    assert 'href="/sparql?query=PREFIX+emotion' in response.text


def test_page_leaves_the_query_as_it_is_where_nobody_asked_for_lines(browser: TestClient) -> None:
    response = ask(browser, BARE)

    assert response.status_code == 400
    assert textarea(response.text) == BARE
    assert EMOTION_LINE in unescape(response.text)
    assert "at line 1, column" in response.text


def test_lines_are_offered_at_first_and_as_chosen_then(browser: TestClient) -> None:
    box = 'name="prefixes" value="project"'

    assert f"{box} checked" in browser.get("/sparql").text
    assert f"{box} checked" in ask(browser, "ASK {}", prefixes="project").text
    assert f"{box} checked" not in ask(browser, "ASK {}").text


def test_page_lists_every_prefix_of_the_project(browser: TestClient) -> None:
    text = unescape(browser.get("/sparql").text)

    assert all(f"PREFIX {prefix}: <{space}>\n" in text for prefix, space in PREFIXES.items())


# --- questions ------------------------------------------------------------------------------------


def test_questions_are_competency_questions_word_for_word() -> None:
    names = sorted(path.name for path in TEMPLATES.glob("*.rq"))

    assert len(names) == len(examples()) == 8
    for name, example in zip(names, examples(), strict=True):
        text = (COMPETENCY / name).read_text(encoding="utf-8")
        assert example.query == text
        assert f"{int(name[:2])}. {example.question}\n" in text


def test_questions_are_links_that_answer(browser: TestClient) -> None:
    text = browser.get("/sparql").text

    assert textarea(text).strip() == examples()[0].query.strip()
    for example in examples():
        line = next(
            part for part in text.split("<li>") if f">{example.question}</a>" in unescape(part)
        )
        answer = browser.get(unescape(line.partition('href="')[2].partition('"')[0]))
        assert answer.status_code == 200
        assert textarea(answer.text).strip() == example.query.strip()
        assert " solutions</h2>" in answer.text
        assert "0 solutions" not in answer.text


# --- the dataset of the form ----------------------------------------------------------------------

GLASGOW = "https://w3id.org/affectgraph/graph/vad-glasgow"


def test_form_and_links_keep_the_dataset_of_the_request(browser: TestClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    text = ask(browser, query, **{"default-graph-uri": GLASGOW}).text

    assert f'<input type="hidden" name="default-graph-uri" value="{GLASGOW}">' in text
    link = unescape(text.partition('href="/sparql?default-graph-uri=')[2].partition('"')[0])
    found = browser.get("/sparql?default-graph-uri=" + link)
    expected = ask(browser, query, format="json", **{"default-graph-uri": GLASGOW})
    assert found.json() == expected.json()


@pytest.mark.parametrize("value", ["none", "", "PROJECT"])
def test_other_values_of_the_box_declare_nothing(browser: TestClient, value: str) -> None:
    assert ask(browser, BARE, prefixes=value).status_code == 400
