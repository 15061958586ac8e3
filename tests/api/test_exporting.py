"""Exports: what was written reads back as the same graph, and a bad place is said clearly."""

import csv
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat, Store, parse
from typer.testing import CliRunner

from affectgraph.api import exporting
from affectgraph.api.cli import app
from affectgraph.api.cli_base import BACKEND, DONE, USAGE
from affectgraph.api.cli_releases import ONE_FILE, Dump
from affectgraph.api.documents import LISTS
from affectgraph.api.exporting import WRITERS, all_quads
from affectgraph.api.rendering import template_text
from affectgraph.api.site import page_path, relative_links, site_iris, write_site
from affectgraph.kg.flat import table_names
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.store import OxigraphStore
from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.iris import AG, BASE, EMOTION, LEX


@pytest.fixture(autouse=True)
def _small_graph(monkeypatch: pytest.MonkeyPatch, small: EmotionGraph) -> None:
    """Let commands export a small graph where they would load the packaged one."""
    load = EmotionGraph.load
    monkeypatch.setattr(
        EmotionGraph, "load", lambda place=None: small if place is None else load(place)
    )


def run(*arguments: str, code: int = DONE) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    assert "Traceback" not in result.stderr
    return result.stdout, result.stderr


# --- formats --------------------------------------------------------------------------------------


def test_every_format_has_a_writer() -> None:
    assert {dump.value for dump in Dump} - {dump.value for dump in ONE_FILE} == set(WRITERS)


@pytest.mark.parametrize(
    ("ending", "format_"), [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)]
)
def test_all_graphs_read_back(
    ending: str, format_: RdfFormat, tmp_path: Path, small: EmotionGraph
) -> None:
    file = tmp_path / f"graph.{ending}"
    exporting.write_document(small, file, f".{ending}")

    assert set(parse(file.read_bytes(), format=format_)) == set(all_quads(small))


def test_csv_is_a_file_per_table_that_reads_back(tmp_path: Path, small: EmotionGraph) -> None:
    folder = tmp_path / "tables"
    _, said = run("export", str(folder), "--format", "csv")

    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{name}.csv" for name in table_names()]
    with (folder / "concepts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["slug"] for row in rows] == sorted(small.index.concepts)
    assert f"concepts.csv: {len(rows)} rows" in said
    assert all(row["definition"] == small.concept(row["slug"]).definition for row in rows)


def test_parquet_has_the_rows_of_csv(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    _, said = run("export", str(tmp_path / "p"), "--format", "parquet")
    _, same = run("export", str(tmp_path / "c"), "--format", "csv")

    counts = re.findall(r"^(\w+)\.parquet: ([\d,]+) rows", said, re.MULTILINE)
    assert counts == re.findall(r"^(\w+)\.csv: ([\d,]+) rows", same, re.MULTILINE)
    for name, count in counts:
        table = pq.read_table(tmp_path / "p" / f"{name}.parquet")
        assert table.num_rows == int(count.replace(",", ""))


def test_archive_holds_the_files_and_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    run("export", str(first), "--format", "csv")
    run("export", str(second), "--format", "csv")

    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in table_names()]
        assert archive.testzip() is None
    assert first.read_bytes() == second.read_bytes()


def test_tables_may_be_written_again_over_themselves(tmp_path: Path) -> None:
    run("export", str(tmp_path / "t"), "--format", "csv")
    run("export", str(tmp_path / "t"), "--format", "csv")


@pytest.mark.parametrize("ending", ["ttl", "rdf", "nt", "jsonld", "trig", "nq"])
def test_exported_file_is_a_graph_again(tmp_path: Path, small: EmotionGraph, ending: str) -> None:
    path = tmp_path / f"graph.{ending}"
    run("export", str(path))
    assert EmotionGraph.load(path).concept("dread") == small.concept("dread")
    assert "nervousness" in run("lookup", "dread", "--graph", str(path))[0]


def test_exported_directory_is_the_same_graph(tmp_path: Path, small: EmotionGraph) -> None:
    folder = tmp_path / "store"
    run("export", str(folder), "--format", "oxigraph")
    opened = EmotionGraph.load(folder)
    assert len(opened.store) == len(small.store)  # type: ignore[arg-type]
    opened.close()
    run("export", str(folder), "--format", "oxigraph", code=BACKEND)


def test_export_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.nq", tmp_path / "b.nq"
    run("export", str(first))
    run("export", str(second))
    assert first.read_bytes() == second.read_bytes()


def test_export_goes_to_stdout() -> None:
    assert run("export", "-", "--format", "nt")[0].count("\n") > 10_000


# --- bad places -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", sorted(WRITERS))
def test_several_files_cannot_go_to_stdout(format_: str) -> None:
    assert "cannot go to stdout" in run("export", "-", "--format", format_, code=USAGE)[1]


@pytest.mark.parametrize("format_", ["csv", "parquet", "site"])
def test_folder_with_other_files_is_refused_and_kept(format_: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    _, said = run("export", str(tmp_path), "--format", format_, code=USAGE)
    assert "has other files such as thesis.txt" in said
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("format_", ["csv", "parquet", "site", "ttl"])
def test_place_below_a_file_is_refused(format_: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    _, said = run("export", str(tmp_path / "file" / "out"), "--format", format_, code=USAGE)
    assert "Cannot write" in said


def test_archive_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "no" / "such" / "folder.zip"

    assert "Cannot write" in run("export", str(place), "--format", "csv", code=USAGE)[1]


def test_ending_without_a_format_names_the_formats() -> None:
    assert "csv, parquet, site" in run("export", "graph.xyz", code=USAGE)[1]


# --- the site -------------------------------------------------------------------------------------


class Links(HTMLParser):
    """Collects where a page leads and what can be led to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"a", "link"}:
            self.targets.append(found.get("href") or "")
        if found.get("id"):
            self.places.add(str(found["id"]))
        assert tag not in {"form", "button"}, "only a service can answer a form"


def links_of(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def site(small: EmotionGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    report = write_site(small, folder)
    words = sum(iri.startswith(LEX) for iri in site_iris(small))
    assert report.left_out == words > 0
    assert report.pages == len(site_iris(small)) - words + 1 + len(LISTS)
    assert report.size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return folder


@pytest.mark.parametrize(
    "place",
    [
        "emotion/dread",
        "state/trust",
        "au/AU12",
        "scheme/goemotions/admiration",
        "source/scott-2019",
        "ontology",
        "ontology/valence",
        "ontology/Anger",
        "dataset",
        "au",
    ],
)
def test_page_stands_where_its_iri_says(place: str, site: Path) -> None:
    assert (site / place / "index.html").is_file()


def test_every_link_leads_to_a_file_of_the_site_or_onto_the_web(site: Path) -> None:
    pages = sorted(site.rglob("index.html"))
    assert len(pages) > 2000
    for page in pages[::7]:
        for target in links_of(page).targets:
            if target.startswith(("http://", "https://", "data:", "#")):
                continue
            assert not target.startswith("/"), (page, target)
            file = page.parent / unquote(target.partition("#")[0])
            assert file.is_file(), (page, target)


def test_page_of_a_concept_says_what_the_service_says(site: Path, small: EmotionGraph) -> None:
    text = (site / "emotion" / "dread" / "index.html").read_text(encoding="utf-8")

    assert small.concept("dread").definition in text
    assert "../../emotion/nervousness/index.html" in text
    assert EMOTION + "dread" in text


def test_triples_stand_beside_the_page(site: Path, small: EmotionGraph) -> None:
    turtle = (site / "emotion" / "dread" / "index.ttl").read_bytes()

    subjects = {str(quad.subject) for quad in parse(turtle, format=RdfFormat.TURTLE)}
    assert f"<{EMOTION}dread>" in subjects


def test_first_page_leads_to_all_six_primaries(site: Path, small: EmotionGraph) -> None:
    found = links_of(site / "index.html")

    primaries = [f"emotion/{c.slug}/index.html" for c in small.emotions(tier="primary")]
    assert set(primaries) <= set(found.targets)
    assert "tree" in found.places


def test_style_sheet_is_that_of_the_service(site: Path) -> None:
    assert (site / "style.css").read_text(encoding="utf-8") == template_text("style.css")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/emotion/joy", "../../emotion/joy/index.html"),
        ("/", "../../index.html"),
        ("/#tree", "../../index.html#tree"),
        ("/style.css", "../../style.css"),
        ("?format=ttl", "index.ttl"),
        ("/ontology#valence", "../../ontology/valence/index.html"),
        ("/ontology#nothing", "../../ontology/index.html#nothing"),
        ("/lookup", BASE + "lookup"),
        ("https://example.org/", "https://example.org/"),
        ("#labels", "#labels"),
    ],
)
def test_link_is_made_relative(link: str, expected: str) -> None:
    known = {"", "emotion/joy", "ontology", "ontology/valence"}

    found = relative_links(f'<a href="{link}">', "emotion/dread", known)
    assert found == f'<a href="{expected}">'


def test_iri_with_a_fragment_has_a_page_of_its_own() -> None:
    assert page_path(AG + "valence") == "ontology/valence"
    assert page_path(EMOTION + "joy") == "emotion/joy"


def test_two_iris_that_want_one_page_are_an_error(tmp_path: Path) -> None:
    content = f"""
    <{BASE}ontology> a <http://www.w3.org/2002/07/owl#Ontology> ;
      <http://www.w3.org/2002/07/owl#versionInfo> "0.1.0" .
    <{BASE}ontology#x> a <http://www.w3.org/2002/07/owl#Class> .
    <{BASE}ontology/x> a <http://www.w3.org/2002/07/owl#Class> ."""
    graph = EmotionGraph(OxigraphStore.from_bytes(content.encode(), format_=RdfFormat.TURTLE))

    with pytest.raises(OntologyError, match="two share one"):
        write_site(graph, tmp_path)


# --- diff -----------------------------------------------------------------------------------------


def test_graph_differs_from_itself_in_nothing(tmp_path: Path, small: EmotionGraph) -> None:
    file = tmp_path / "graph.nt"
    exporting.write_document(small, file, ".nt")

    assert run("diff", str(file), str(file))[0] == "no change\n"


@pytest.mark.slow
def test_diff_says_what_changed_in_any_format(tmp_path: Path, small: EmotionGraph) -> None:
    old, new = tmp_path / "old.nt", tmp_path / "new"
    exporting.write_document(small, old, ".nt")
    store = Store(str(new))
    store.load(old.read_bytes(), format=RdfFormat.N_TRIPLES)
    store.update(
        f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        DELETE {{ <{EMOTION}dread> skos:prefLabel ?old }}
        INSERT {{ <{EMOTION}dread> skos:prefLabel "foreboding"@en }}
        WHERE {{ <{EMOTION}dread> skos:prefLabel ?old }}"""
    )
    store.flush()
    del store

    text, _ = run("diff", str(old), str(new))
    assert text == "labels (1)\n  emotion:dread skos:prefLabel: dread -> foreboding\n"
    found = json.loads(run("diff", str(old), str(new), "--json")[0])
    assert found["labels"][0]["new"] == ["foreboding"]


def test_diff_of_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("this is no Turtle")

    for place in ("nothing.ttl", "broken.ttl"):
        run("diff", str(tmp_path / place), code=BACKEND)
    run("diff", code=USAGE)


def test_diff_counts_blank_nodes_it_cannot_compare(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:p> [] .")
    (tmp_path / "b.ttl").write_text("<urn:a> <urn:q> [] .")

    text, _ = run("diff", str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl"))
    assert text.startswith("no change\n")
    assert "1 of the first, 1 of the second" in text


def test_missing_web_extra_is_named_for_pages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "affectgraph.api.site", None)

    _, said = run("export", str(tmp_path / "s"), "--format", "site", code=BACKEND)
    assert 'pip install "affectgraph[web]"' in said


def test_writers_take_a_graph_and_a_place_and_say_what_they_wrote(
    small: EmotionGraph, tmp_path: Path
) -> None:
    said = exporting.write_document(small, tmp_path / "g.ttl", ".ttl")

    assert re.fullmatch(rf"{tmp_path / 'g.ttl'}: [\d,]+ bytes", said)


# --- mappings -------------------------------------------------------------------------------------


def test_mapping_sets_are_written_one_a_file_and_all_in_one(tmp_path: Path) -> None:
    _, note = run("export", str(tmp_path / "sets"), "--format", "sssom")

    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "sets").iterdir()}
    assert f"{len(files)} mapping sets" in note
    rows = {name: [x for x in text.splitlines() if x[0] != "#"] for name, text in files.items()}
    parts = sum(len(found) - 1 for name, found in rows.items() if name != "affectgraph.sssom.tsv")
    assert len(rows["affectgraph.sssom.tsv"]) - 1 == parts
    assert "skos:exactMatch" in files["mfoem.sssom.tsv"]


def test_mapping_sets_go_into_no_folder_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")

    _, message = run("export", str(tmp_path), "--format", "sssom", code=USAGE)

    assert "notes.txt" in message


def test_mappings_of_a_graph_of_another_version_are_refused(
    tmp_path: Path, graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.index, "version", "9.9.9")

    with pytest.raises(InputError, match=r"got 9\.9\.9"):
        exporting.write_mappings(graph, tmp_path / "sets")
