"""The redirects of w3id.org: every IRI of the graph has a rule, and the service answers where it leads."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from affectgraph.api.app import create_app
from affectgraph.api.handlers import ALL_KINDS
from affectgraph.api.site import site_iris
from affectgraph.client.in_process import InProcessTransport
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.iris import BASE

FOLDER = Path(__file__).parents[1] / "deploy" / "w3id"
RULES = (FOLDER / ".htaccess").read_text(encoding="utf-8")
HOST = "https://affectgraph.example.org"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Rule(NamedTuple):
    """A rule of the file: the condition on ``Accept`` before it, its pattern, and where it leads."""

    accept: str | None
    pattern: str
    target: str


def rules() -> list[Rule]:
    found, accept = [], None
    for line in RULES.splitlines():
        if line.startswith("RewriteCond"):
            name, accept = line.split(maxsplit=2)[1:]
            assert name == "%{HTTP_ACCEPT}"
        elif line.startswith("RewriteRule"):
            _, pattern, target, flags = line.split()
            assert flags == "[R=303,L]"
            found.append(Rule(accept, pattern, target))
            accept = None
    return found


def leading(path: str, accept: str) -> list[Rule]:
    """Return the rules that match a path and a header, in order; the first one counts."""
    return [
        rule
        for rule in rules()
        if re.search(rule.pattern, path) and (not rule.accept or re.search(rule.accept, accept))
    ]


@pytest.fixture(scope="module")
def paths(graph: EmotionGraph) -> list[str]:
    """The paths of the documents that the graph's subjects lead to."""
    documents = {iri.partition("#")[0] for iri in site_iris(graph)}
    return sorted(document.removeprefix(BASE) for document in documents)


def test_every_subject_of_the_graph_has_a_rule(paths: list[str]) -> None:
    (plain,) = [rule for rule in rules() if rule.accept is None and "vocabulary" in rule.pattern]
    kinds = {path.partition("/")[0] for path in paths}

    assert len(paths) > 90_000
    assert [path for path in paths if not re.search(plain.pattern, path)] == []
    named = set(re.findall(r"[a-z-]+", plain.pattern.partition(")(?:/")[0]))
    assert named == kinds | {"problem"}


def test_kinds_of_problems_have_a_rule() -> None:
    for kind in ALL_KINDS:
        assert leading(f"problem/{kind.name}", "*/*")


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("text/turtle", "?format=ttl"),
        ("text/turtle; charset=utf-8", "?format=ttl"),
        ("application/ld+json", "?format=jsonld"),
        (' application/ld+json;profile="x"', "?format=jsonld"),
        ("application/rdf+xml;q=0.9", "?format=rdf"),
        ("application/n-triples", "?format=nt"),
        ("text/turtle, text/html;q=0.5", ""),
        ("application/ldXjson", ""),
        (BROWSER, ""),
        ("*/*", ""),
        ("", ""),
    ],
)
def test_one_format_leads_to_its_document_and_all_else_to_the_service(
    accept: str, query: str
) -> None:
    assert leading("emotion/anger", accept)[0].target == f"{HOST}/$1{query}"


@pytest.mark.parametrize(
    "path",
    [
        "emotion//evil.example",
        "emotions",
        "v1/ground",
        "emotion/a?b",
        "//x",
        "emotion/a b",
        "au%2F",
    ],
)
def test_what_is_none_of_the_namespace_leads_nowhere_or_to_the_host_alone(path: str) -> None:
    for rule in leading(path, "*/*"):
        assert rule.target.startswith(HOST + "/")
        assert path.startswith("emotion//")


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", BROWSER])
def test_service_answers_where_the_rules_lead(
    graph: EmotionGraph, paths: list[str], accept: str
) -> None:
    kinds = {path.partition("/")[0]: path for path in paths}
    with httpx.Client(transport=InProcessTransport(create_app(graph)), base_url=HOST) as client:
        for path in (*kinds.values(), "", ".well-known/void", "problem/unknown-term"):
            rule = leading(path, accept)[0]
            target = rule.target.replace("$1", path).removeprefix(HOST)
            answer = client.get(target, headers={"accept": accept}, follow_redirects=True)
            assert answer.status_code == 200, target


def test_readme_names_every_kind_of_identifier(paths: list[str]) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for kind in {path.partition("/")[0] for path in paths}:
        assert re.search(rf"`{kind}[`/]", text), kind


# --- Apache ---------------------------------------------------------------------------------------

CONFIGURATION = """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of an Apache that serves the file as w3id.org would."""
    program = shutil.which("apache2") or shutil.which("httpd")
    modules = Path("/usr/lib/apache2/modules")
    if program is None or not modules.is_dir():
        pytest.skip("Apache is not installed; Debian has it as apache2-bin")
    folder = tmp_path_factory.mktemp("apache")
    shutil.copytree(FOLDER, folder / "site" / "affectgraph")
    folder.chmod(0o755)
    for parent in folder.parents:
        if parent.is_relative_to(tmp_path_factory.getbasetemp().parent):
            parent.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = folder / "httpd.conf"
    text = CONFIGURATION.format(folder=folder, port=port, modules=modules)
    configuration.write_text(text, encoding="utf-8")
    with subprocess.Popen([program, "-X", "-f", str(configuration)]) as server:  # noqa: S603
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/affectgraph") as client:
            _await(client)
            yield client
        server.terminate()


def _await(client: httpx.Client) -> None:
    """Ask until the server listens; give up after ten seconds."""
    for _ in range(200):
        try:
            client.get("/")
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Apache does not answer")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("/", BROWSER, "/"),
        ("/emotion/anger", BROWSER, "/emotion/anger"),
        ("/emotion/anger", "text/turtle", "/emotion/anger?format=ttl"),
        ("/ontology", "application/rdf+xml", "/ontology?format=rdf"),
        ("/ontology/0.1.0", "application/ld+json", "/ontology/0.1.0?format=jsonld"),
        ("/lex/zesty-adj/form", "application/n-triples", "/lex/zesty-adj/form?format=nt"),
        ("/scheme/goemotions?to=ekman-6", BROWSER, "/scheme/goemotions?to=ekman-6"),
        ("/state/trust", "text/turtle, text/html;q=0.5", "/state/trust"),
        ("/.well-known/void", "text/turtle", "/.well-known/void"),
    ],
)
def test_apache_redirects_as_the_rules_say(
    apache: httpx.Client, path: str, accept: str, target: str
) -> None:
    answer = apache.get(path, headers={"accept": accept})

    assert (answer.status_code, answer.headers["location"]) == (303, HOST + target)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/emotions", "/v1/ground", "/emotion/%0D%0Aa:b", "/nope/x"])
def test_apache_finds_nothing_else(apache: httpx.Client, path: str) -> None:
    assert apache.get(path).status_code in {400, 404}


@pytest.mark.slow
def test_apache_redirects_every_kind_of_subject(apache: httpx.Client, paths: list[str]) -> None:
    asked = [path for place, path in enumerate(paths) if place % 500 == 0]
    for path in asked:
        assert apache.get(f"/{path}").headers["location"] == f"{HOST}/{path}"
