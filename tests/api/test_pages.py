"""Pages and dereferencing: every IRI of the graph leads somewhere, in the format that is asked for."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from affectgraph.api.documents import LISTS
from affectgraph.api.rendering import environment, local_href, render, template_text
from affectgraph.api.resources import embeddable
from affectgraph.api.views import words_for
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.iris import BASE, RDFS

ANGER = BASE + "emotion/anger"
KINDS = [
    "emotion/anger",
    "state/trust",
    "au/AU12",
    "au/M55",
    "scheme/goemotions",
    "scheme/goemotions/admiration",
    "scheme/parrott",
    "source/scott-2019",
    "ontology",
    "ontology/dl",
    "vad/glasgow/anger",
    "au-pattern/tracy-robins-2004-pride-display-1",
    "lex/zesty-adj",
    "association/opposite/plutchik-1980/emotion-joy/emotion-sadness",
    "tree-entry/surprise",
    "cue/wrinkling-the-nose",
    "detector/py-feat-probability",
    "graph/vad-glasgow",
]
PAGES = [
    "/",
    "/docs",
    "/sparql",
    "/lookup",
    "/lookup?q=annoyed",
    "/lookup?q=qwxyz",
    "/faces",
    "/faces?actions=AU1+AU4+AU15",
    "/rationale",
    "/rationale?rationale=AU20+is+the+nostril+flare.&label=joy&scheme=ekman-6",
    "/scheme/goemotions?to=ekman-6",
    *(f"/{kind}" for kind in LISTS),
    "/problem/query",
]


class Page(HTMLParser):
    """What a test asks of a page: its links, labels, ids, and that its elements nest."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.tags: list[str] = []
        self.scripts: set[str] = set()
        self.data: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "label":
            self.labelled.add(found["for"] or "")
        if tag in {"input", "select", "textarea"}:
            self.fields.add(found["id"] or "")
        if tag == "script":
            self.scripts.add(found.get("type") or "")
        for name in ("href", "src", "action"):
            if name in found:
                self.links.append(found[name] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.data.append(data)


def page(client: TestClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"].startswith("text/html")
    return str(response.text)


# --- dereferencing --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_iri_has_a_page(browser: TestClient, path: str) -> None:
    text = page(browser, f"/{path}")
    assert f"<code>{BASE}{path}</code>" in text
    assert "<h1>" in text


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_iri_is_described_in_rdf(client: TestClient, path: str) -> None:
    response = client.get(f"/{path}", headers={"accept": "text/turtle"})
    assert response.headers["content-type"].startswith("text/turtle")
    quads = list(parse(response.content, format=RdfFormat.TURTLE))
    assert quads
    if path not in {"graph/vad-glasgow"}:
        assert any(str(quad.subject) == f"<{BASE}{path}>" for quad in quads)


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-triples", RdfFormat.N_TRIPLES),
    ],
)
def test_every_format_says_what_the_graph_says(
    client: TestClient, graph: EmotionGraph, accept: str, format_: RdfFormat
) -> None:
    response = client.get("/emotion/anger", headers={"accept": accept})
    found = {str(quad.triple) for quad in parse(response.content, format=format_)}
    expected = graph.sparql(f"CONSTRUCT WHERE {{ <{ANGER}> ?p ?o }}")
    assert found == {str(triple) for triple in expected}  # type: ignore[union-attr]
    assert response.headers["content-type"].startswith(accept)
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("path", [kind for kind in KINDS if not kind.startswith("graph/")])
def test_page_carries_the_same_triples_as_json_ld(
    client: TestClient, browser: TestClient, path: str
) -> None:
    (data,) = Page(page(browser, f"/{path}")).data
    within = {str(quad.triple) for quad in parse(data, format=RdfFormat.JSON_LD)}
    file = client.get(f"/{path}?format=nt").content
    assert within == {str(quad.triple) for quad in parse(file, format=RdfFormat.N_TRIPLES)}


def test_page_of_very_many_triples_carries_none_and_leads_to_files(browser: TestClient) -> None:
    found = Page(page(browser, "/graph/vad-glasgow"))
    assert found.data == []
    assert "?format=jsonld" in found.links


def test_no_text_ends_the_json_ld_of_a_page() -> None:
    text = '</script><script>alert("&")</script>'
    triple = Triple(NamedNode(ANGER), NamedNode(RDFS + "comment"), Literal(text))
    found = embeddable([triple])
    assert not set("<>&") & set(found)
    (quad,) = parse(found, format=RdfFormat.JSON_LD)
    assert quad.triple == triple


@pytest.mark.parametrize(
    ("path", "name", "kind", "meaning"),
    [
        ("/modality/voice", "voice", "ag:Modality", "How something is said"),
        ("/lex/zesty-adj", "zesty", "ontolex:Word", ""),
        ("/vad/glasgow/anger", "vad:glasgow/anger", "ag:VadValue", ""),
        ("/vocabulary/big6", "The big six", "ag:DescriptorVocabulary", ""),
    ],
)
def test_plain_page_starts_with_name_kind_and_meaning(
    browser: TestClient, path: str, name: str, kind: str, meaning: str
) -> None:
    text = page(browser, path)
    assert f"<h1>{name} <span" in text
    assert f"{kind}</a></span>" in text
    assert meaning in text


def test_part_leads_to_what_it_is_a_part_of(browser: TestClient) -> None:
    text = page(browser, "/lex/zesty-adj/form")
    assert '<nav aria-label="Part of" class="crumbs"><ol><li><a href="/lex/zesty-adj">' in re.sub(
        r"\n", "", text
    )


def test_one_triple_is_not_counted_as_several(browser: TestClient) -> None:
    text = page(browser, "/lex/zesty-adj/form")
    assert '<h2 id="triples">The triple</h2>' in text
    assert "<h1>zesty</h1>" in text


def test_parts_of_a_pattern_come_with_it(client: TestClient) -> None:
    path = "/au-pattern/tracy-robins-2004-pride-display-1?format=nt"
    assert f"{BASE}ontology#actionUnit> <{BASE}au/AU53>" in client.get(path).text


def test_format_of_a_link_wins_over_accept(browser: TestClient) -> None:
    response = browser.get("/emotion/anger?format=jsonld")
    assert response.headers["content-type"] == "application/ld+json"


def test_same_iri_gives_the_same_bytes(client: TestClient) -> None:
    first, second = (client.get("/emotion/anger?format=ttl").content for _ in range(2))
    assert first == second


def test_page_names_its_iri_and_other_formats_in_headers(client: TestClient) -> None:
    link = client.get("/emotion/anger").headers["link"]
    assert f'<{ANGER}>; rel="canonical"' in link
    assert '</emotion/anger?format=ttl>; rel="alternate"; type="text/turtle"' in link


@pytest.mark.parametrize("query", ["", "?format=png"])
def test_unknown_format_is_refused_with_what_is_offered(client: TestClient, query: str) -> None:
    response = client.get(f"/emotion/anger{query}", headers={"accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["offered"]


def test_version_iri_leads_to_the_ontology(client: TestClient, graph: EmotionGraph) -> None:
    accept = {"accept": "application/n-triples"}
    by_version = client.get(f"/ontology/{graph.version}", headers=accept)
    assert by_version.content == client.get("/ontology", headers=accept).content


def test_every_term_and_class_has_its_place_on_the_page_of_the_ontology(
    browser: TestClient, graph: EmotionGraph
) -> None:
    ids = Page(page(browser, "/ontology")).ids
    assert {c.class_iri.partition("#")[2] for c in graph.index.concepts.values()} <= set(ids)
    assert {"EmotionConcept", "valence", "oppositeOf"} <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "path", ["/emotion/nope", "/nope", "/scheme/nope", "/au/AU999", "/emotion/%22%3E%3Cscript%3E"]
)
def test_what_the_graph_does_not_hold_is_not_found(
    client: TestClient, browser: TestClient, path: str
) -> None:
    assert client.get(path).json()["status"] == 404
    text = page(browser, path, 404)
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/emotion/angr", "emotion/anger"),
        ("/state/trst", "state/trust"),
        ("/au/AU122", "au/AU12"),
        ("/scheme/goemotion", "scheme/goemotions"),
        ("/scheme/goemotions/admiratoin", "scheme/goemotions/admiration"),
        ("/source/scott-2018", "source/scott-2019"),
        ("/modality/voices", "modality/voice"),
        ("/vocabulary/big-6", "vocabulary/big6"),
    ],
)
def test_unknown_iri_is_answered_with_what_looks_alike(
    client: TestClient, browser: TestClient, path: str, nearest: str
) -> None:
    found = client.get(path).json()
    assert found["type"] == f"{BASE}problem/unknown-term"
    assert nearest in found["nearest"]
    assert f'<a href="/{nearest}">{nearest}</a>' in page(browser, path, 404)
    assert client.get(f"/{nearest}").status_code == 200


def test_odd_bytes_in_an_address_are_not_found(client: TestClient) -> None:
    for path in ("/emotion/%FF", "/emotion/%ED%A0%80", "/emotion/%00", "/" + "x" * 10_000):
        assert client.get(path).status_code == 404


def test_slash_at_the_end_leads_on_and_never_to_another_host(client: TestClient) -> None:
    response = client.get("//evil.example/", follow_redirects=False)
    assert response.headers.get("location", "/").startswith("/")
    assert not response.headers.get("location", "/").startswith("//")
    assert client.get("/emotion/anger/").status_code == 200


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, *(f"/{kind}" for kind in KINDS)])
def test_page_is_whole_and_needs_nothing_from_elsewhere(browser: TestClient, path: str) -> None:
    text = page(browser, path)
    found = Page(text)
    assert found.scripts <= {"application/ld+json"}
    assert found.fields <= found.labelled
    assert len(found.ids) == len(set(found.ids))
    assert '<html lang="en">' in text
    assert "<title>" in text
    loaded = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', text)
    assert all(href.startswith(("/", "data:")) for href in loaded)


@pytest.mark.parametrize(
    "path",
    ["/", "/emotion/anger", "/au/AU12", "/scheme/raf-db-compound", "/source/scott-2019", "/docs"],
)
def test_no_link_within_the_service_is_dead(browser: TestClient, path: str) -> None:
    links = {link.partition("#")[0] for link in Page(page(browser, path)).links}
    for link in sorted(link for link in links if link.startswith("/")):
        assert browser.get(link).status_code == 200, link


def test_home_shows_the_whole_tree(browser: TestClient, graph: EmotionGraph) -> None:
    links = Page(page(browser, "/")).links
    assert {local_href(c.iri) for c in graph.emotions()} <= set(links)


def test_concept_page_shows_path_children_values_and_sources(browser: TestClient) -> None:
    text = page(browser, "/emotion/nervousness")
    links = Page(text).links
    assert {"/emotion/fear", "/emotion/dread", "/source/scott-2019"} <= set(links)
    assert "Norms agree on valence" in text


@pytest.mark.parametrize("slug", ["anger", "zest", "state/trust"])
def test_words_of_a_page_are_all_that_denote_the_concept(graph: EmotionGraph, slug: str) -> None:
    senses = (sense for sense in graph.index.forms if sense.concept == slug)
    expected = sorted({(sense.form, sense.part_of_speech) for sense in senses})
    assert words_for(graph, graph.concept(slug)) == expected != []


def test_derived_values_are_marked(browser: TestClient, graph: EmotionGraph) -> None:
    slug = next(s for s, v in graph.index.vad.items() if not v[0].is_measured)
    assert "derived" in page(browser, f"/emotion/{slug}")


def test_lookup_shows_evidence_and_nil_its_reason(browser: TestClient) -> None:
    assert 'href="/emotion/annoyance"' in page(browser, "/lookup?q=annoyed")
    assert "reason: not an emotion" in page(browser, "/lookup?q=table")


def test_ranking_shows_its_caveat(browser: TestClient) -> None:
    text = page(browser, "/faces?actions=6,+12")
    assert "do not establish what a person feels" in text
    assert 'href="/emotion/joy"' in text


def test_verdicts_name_facts_and_sources(browser: TestClient) -> None:
    data = {"rationale": "AU20 is the nostril flare.", "label": "joy"}
    response = browser.post("/rationale", data=data)
    assert "contradicted" in response.text
    assert 'href="/au/AU20"' in response.text
    assert 'class="source" href="/source/' in response.text


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/faces?actions=AU999", 404, "AU999"),
        ("/faces?actions=AU12&detector=nobody", 404, "nobody"),
        ("/lookup?q=joy&scheme=nope", 404, "nope"),
        ("/rationale?rationale=joy&label=joy&scheme=nope", 422, "nope"),
        ("/scheme/goemotions?to=nope", 200, "GoEmotions"),
    ],
)
def test_wrong_input_is_explained_on_the_page(
    browser: TestClient, path: str, status: int, text: str
) -> None:
    assert text in page(browser, path, status)


@pytest.mark.parametrize(
    "path",
    [
        "/lookup?q={}",
        "/lookup?q=joy&scheme={}",
        "/faces?actions={}",
        "/faces?actions=AU12&detector={}",
        "/rationale?rationale=joy+{}&label={}&scheme={}",
        "/sparql?query={}",
        "/scheme/goemotions?to={}",
        "/emotion/{}",
    ],
)
def test_nothing_that_is_sent_becomes_markup(
    graph: EmotionGraph, browser: TestClient, path: str
) -> None:
    attack = "%3Cscript%3Ealert(1)%3C/script%3E%22%20onload=%22x%27"
    text = browser.get(path.replace("{}", attack)).text
    assert "<script" not in text.replace('<script type="application/ld+json">', "")
    Page(text)
    assert 'onload="x' not in text


def test_rationale_over_the_limit_is_explained(browser: TestClient) -> None:
    response = browser.post("/rationale", data={"rationale": "joy " * 30_000})
    assert response.status_code == 422
    assert "at most 100,000 characters" in response.text


def test_browsers_are_told_to_load_nothing_from_elsewhere(browser: TestClient) -> None:
    policy = browser.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert browser.get("/style.css").headers["content-type"].startswith("text/css")


def test_every_kind_of_problem_has_a_page(client: TestClient, browser: TestClient) -> None:
    for path in ("/v1/emotions/angr", "/v1/nothing", "/v1/emotions?limit=x"):
        link = local_href(client.get(path).json()["type"])
        assert link is not None
        page(browser, link)


# --- contrast -------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


PAIRS = [
    *(("ink", ground) for ground in ("paper", "ground", "field", "code", "head")),
    *(("ink", f"{kind}-ground") for kind in ("good", "bad", "odd", "plain")),
    *((kind, f"{kind}-ground") for kind in ("good", "bad", "odd", "plain")),
    *((kind, "paper") for kind in ("good", "bad", "odd", "plain", "link", "soft")),
    *((kind, "ground") for kind in ("link", "soft")),
    ("on-bar", "bar"),
    ("on-bar", "hover"),
]


def schemes() -> list[dict[str, str]]:
    """Return the colours of the light and of the dark scheme by name."""
    light, dark = re.findall(r":root \{(.*?)\}", template_text("style.css"), re.DOTALL)
    first = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    return [first, first | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_has_the_contrast_that_wcag_asks_for(scheme: int, front: str, back: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    colours = schemes()[scheme]

    assert contrast(colours[front], colours[back]) >= 4.5


def test_every_colour_of_the_sheet_has_a_name_and_both_schemes_give_it() -> None:
    light, dark = schemes()
    rest = re.sub(r":root \{.*?\}", "", template_text("style.css"), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,6}\b", rest) == []
    assert set(re.findall(r"var\(--([a-z-]+)\)", rest)) == set(light) == set(dark)


def test_templates_escape_and_refuse_unknown_names() -> None:
    assert environment().autoescape is True
    context: dict[str, Any] = {}
    with pytest.raises(Exception, match="undefined"):
        render("problem.html", context)
