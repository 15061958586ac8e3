"""``affectgraph data``: graphs of one's own are taken whole or refused with a reason, and given back."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from affectgraph.api.cli_base import BACKEND, FAULTY, UNKNOWN, USAGE
from affectgraph.kg import user_kinds
from affectgraph.kg.envelopes.rdf import to_rdf
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_store import UserStore
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.shacl import REFERRED
from tests.api.running import run

TURTLE = "<urn:s> <urn:p> 'o', 'u' ."
MINE = "https://w3id.org/affectgraph/graph/user/mine"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AFFECTGRAPH_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "text", "kind", "code"),
    [
        ("a.ttl", "<urn:s> <urn:p>", "rdf", USAGE),
        ("a.pdf", "%PDF", "rdf", USAGE),
        ("none.ttl", None, "rdf", USAGE),
        ("a.csv", "label,concept\nglee,nothing-like-it\n", "scheme", FAULTY),
        ("a.csv", "colour\nred\n", "vocabulary", FAULTY),
        ("none.csv", None, "scheme", USAGE),
    ],
)
def test_no_folder_is_made_for_a_file_that_cannot_be_taken(
    file: str, text: str | None, kind: str, code: int, own: Path, tmp_path: Path
) -> None:
    path = tmp_path / file if text is None else written(tmp_path, file, text)

    run("data", "add", path, "--name", "mine", "--kind", kind, code=code)

    assert not own.exists()


def test_table_is_read_before_there_is_a_store_and_with_what_the_store_has(
    own: Path, tmp_path: Path
) -> None:
    first = written(tmp_path, "a.csv", "label,concept\nglee,joy\n")
    run("data", "add", first, "--name", "one", "--kind", "scheme")
    run("data", "add", first, "--name", "two", "--kind", "scheme")

    with UserStore.open(own, create=False) as store:
        assert [(entry.iri, entry.kind) for entry in store.entries()] == [
            (MINE.replace("mine", "one"), "scheme"),
            (MINE.replace("mine", "two"), "scheme"),
        ]


def test_graph_is_added_listed_shown_exported_and_deleted(own: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.ttl", TURTLE)

    said = run("data", "add", file, "--name", "mine", "--by", "Ada", "--licence", "CC0")[1]
    assert said == "mine: 2 triples\n"
    assert run("data", "list")[0].startswith("mine\trdf\t2\t20")
    shown = json.loads(run("data", "show", "mine", "--json")[0])
    assert (shown["iri"], shown["name"], shown["kind"], shown["triples"]) == (
        MINE,
        "mine",
        "rdf",
        2,
    )
    assert (shown["agent"], shown["licence"], shown["version"]) == ("Ada", "CC0", 1)
    assert "source" not in run("data", "show", "mine")[0]
    assert run("data", "export", "mine", "--format", "ntriples")[0].splitlines() == [
        '<urn:s> <urn:p> "o" .',
        '<urn:s> <urn:p> "u" .',
    ]
    assert run("data", "delete", "mine")[1] == "mine: 2 triples deleted\n"
    assert run("data", "list")[0] == ""
    assert "data list" in run("data", "show", "mine", code=UNKNOWN)[1]


def test_second_file_is_added_or_replaces(own: Path, tmp_path: Path) -> None:
    run("data", "add", written(tmp_path, "a.ttl", TURTLE), "--name", "mine")
    other = written(tmp_path, "b.nt", '<urn:s> <urn:p> "v" .')

    assert run("data", "add", other, "--name", "mine")[1] == "mine: 3 triples\n"
    assert run("data", "add", other, "--name", "mine", "--replace")[1] == "mine: 1 triples\n"


def test_named_graphs_of_a_file_stay_what_they_are(own: Path, tmp_path: Path) -> None:
    text = f"<urn:g> {{ {TURTLE} }} <{MINE}> {{ {TURTLE} }} <urn:s> <urn:p> 1 ."
    file = written(tmp_path, "a.trig", text)

    assert "Name the graph" in run("data", "add", file, code=USAGE)[1]
    assert not json.loads(run("data", "list", "--json")[0])
    run("data", "add", file, "--name", "rest")

    found = json.loads(run("data", "list", "--json")[0])
    assert {entry["iri"]: entry["triples"] for entry in found} == {
        "urn:g": 2,
        MINE: 2,
        MINE.replace("mine", "rest"): 1,
    }


def test_graph_for_triples_that_stand_in_none_stays_if_there_are_none_such(
    own: Path, tmp_path: Path
) -> None:
    run("data", "add", written(tmp_path, "a.ttl", TURTLE), "--name", "mine")
    file = written(tmp_path, "a.trig", f"<urn:g> {{ {TURTLE} }}")
    run("data", "add", file, "--name", "mine", "--replace")

    found = json.loads(run("data", "list", "--json")[0])
    assert {entry["iri"]: entry["triples"] for entry in found} == {"urn:g": 2, MINE: 2}

    run("data", "add", written(tmp_path, "b.trig", ""), "--name", "mine", "--replace")
    found = json.loads(run("data", "list", "--json")[0])
    assert {entry["iri"]: entry["triples"] for entry in found} == {"urn:g": 2, MINE: 0}


def test_export_of_all_graphs_can_be_read_again_and_is_the_same_each_time(
    own: Path, tmp_path: Path
) -> None:
    run("data", "add", written(tmp_path, "a.ttl", TURTLE), "--name", "mine")
    first = run("data", "export", "--format", "nquads")[0]

    quads = set(parse(first.encode(), format=RdfFormat.N_QUADS))
    assert len([quad for quad in quads if quad.graph_name == NamedNode(MINE)]) == 2
    run("data", "export", "--to", tmp_path / "all.trig")
    trig = (tmp_path / "all.trig").read_bytes()
    assert set(parse(trig, format=RdfFormat.TRIG)) == quads
    assert run("data", "export")[0].encode() == trig
    assert "trig" in run("data", "export", "--format", "turtle", code=USAGE)[1]
    assert "turtle" in run("data", "export", "mine", "--format", "csv", code=USAGE)[1]


@pytest.mark.parametrize(
    ("file", "text", "options", "said"),
    [
        ("a.ttl", "<urn:s> <urn:p>", ["--name", "mine"], "Expected a document in Turtle"),
        ("a.ttl", "<s> <urn:p> 1 .", ["--name", "mine"], "Name the base"),
        ("a.ttl", TURTLE, [], "Name the graph"),
        ("a.ttl", TURTLE, ["--name", "Mine!"], "lower-case"),
        ("a.ttl", TURTLE, ["--name", "https://w3id.org/affectgraph/emotion/joy"], "project's own"),
        ("a.ttl", TURTLE, ["--name", "mine", "--kind", "poem"], "Expected a kind"),
        ("a.html", TURTLE, ["--name", "mine"], ".trig"),
        ("a.nq", "", [], "got none"),
        (
            "a.trig",
            "<https://w3id.org/affectgraph/graph/vad-glasgow> {<urn:s> <urn:p> 1}",
            [],
            "own",
        ),
        ("a.rdf", "<!DOCTYPE a []><a/>", ["--name", "mine"], "DOCTYPE"),
    ],
)
def test_file_that_cannot_be_taken_is_refused_with_a_reason(
    file: str, text: str, options: list[str], said: str, own: Path, tmp_path: Path
) -> None:
    assert said in run("data", "add", written(tmp_path, file, text), *options, code=USAGE)[1]
    if own.exists():
        assert run("data", "list")[0] == ""


def test_format_and_base_may_be_named(own: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.txt", "<s> <p> <o> .")
    run("data", "add", file, "--name", "m", "--format", "turtle", "--base", "http://e.org/")

    assert "<http://e.org/s>" in run("data", "export", "m")[0]


def test_backup_is_restored_into_an_empty_folder_only(own: Path, tmp_path: Path) -> None:
    run("data", "add", written(tmp_path, "a.ttl", TURTLE), "--name", "mine")

    assert "1 graphs, each as its digest" in run("data", "backup", tmp_path / "copy")[1]
    assert "not there yet" in run("data", "backup", tmp_path / "copy", code=USAGE)[1]
    assert "empty folder" in run("data", "restore", tmp_path / "copy", code=USAGE)[1]
    again = ["--store", tmp_path / "again"]
    assert "1 graphs" in run("data", "restore", tmp_path / "copy", *again)[1]
    assert run("data", "list", *again)[0] == run("data", "list")[0]


def test_check_finds_what_was_changed_behind_the_catalogue(own: Path, tmp_path: Path) -> None:
    run("data", "add", written(tmp_path, "a.ttl", TURTLE), "--name", "mine")
    assert run("data", "check") == ("", "1 graphs, 0 faults\n")
    engine = Store(str(own / "triples"))
    engine.add(Quad(NamedNode("urn:x"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode(MINE)))
    del engine

    assert f"in {MINE}, got 3" in run("data", "check", code=FAULTY)[0]


def test_store_that_is_not_there_or_held_is_said(own: Path, tmp_path: Path) -> None:
    assert "neither" in run("data", "list", code=BACKEND)[1]
    assert not own.exists()
    with UserStore.open(own):
        assert "which process" in run("data", "list", code=BACKEND)[1]


AG = "https://w3id.org/affectgraph/ontology#"
SEEN = f"<urn:o> a <{AG}Observation> ; <{AG}hasEpisode> <urn:e> . <urn:e> a <{AG}EmotionEpisode> ."


def test_graph_of_a_kind_is_held_to_the_shapes_of_that_kind(own: Path, tmp_path: Path) -> None:
    bad = written(tmp_path, "a.ttl", SEEN)  # an episode of which nothing is said
    said = run("data", "add", bad, "--name", "seen", "--kind", "observations", code=USAGE)[1]

    assert "Expected observations as their shapes say" in said
    assert "urn:e" in said
    good = SEEN + f"<urn:e> <{AG}episodeIntensity> 0.5 ."
    file = written(tmp_path, "b.ttl", good)
    run("data", "add", file, "--name", "seen", "--kind", "observations")
    assert run("data", "list")[0].startswith("seen\tobservations\t4\t")
    said = run("data", "add", file, "--name", "seen", "--kind", "traces", code=USAGE)[1]
    assert "Expected more observations" in said


def test_what_is_added_is_held_to_the_shapes_with_what_is_there(tmp_path: Path) -> None:
    quads = list(parse(SEEN + f"<urn:e> <{AG}episodeIntensity> 0.5 .", format=RdfFormat.TURTLE))
    more = list(parse(f"<urn:e> <{AG}episodeIntensity> 0.7 .", format=RdfFormat.TURTLE))
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads, About("observations"), name="seen")
        with pytest.raises(InputError, match="MaxCount"):  # two intensities of one episode
            take(store, more, About(), name="seen")

        assert store.entry("seen").triples == 4


def test_shapes_know_of_the_graph_what_the_shapes_of_observations_know() -> None:
    assert tuple(user_kinds.REFERRED) == REFERRED
    known = user_kinds.known_terms().decode()
    assert "<https://w3id.org/affectgraph/au/AU12>" in known
    assert f"<{AG}EmotionConcept>" in known


def test_table_of_a_scheme_is_taken_whole_or_not_unless_the_good_rows_are_asked_for(
    own: Path, tmp_path: Path
) -> None:
    text = (
        "label,concept,relation\nstoked,excitement,close\nglum,sadnes,\nflat,,\nblue,sadness,same\n"
    )
    file = written(tmp_path, "mine.csv", text)
    options = ["--name", "mine", "--kind", "scheme"]

    said = run("data", "add", file, *options, code=FAULTY)[1]
    assert "mine.csv, line 3: concept: expected a concept of the graph, got 'sadnes'" in said
    assert "mine.csv, line 5: relation: expected one of exact" in said
    assert "2 bad rows, nothing is taken" in said
    assert not own.exists()

    said = run("data", "add", file, *options, "--keep-good", code=FAULTY)[1]
    assert "line 3" in said
    assert run("data", "list")[0].startswith("mine\tscheme\t")
    with UserStore.open(own) as store:
        labels = EmotionGraph.load().with_user_data(store).labels("mine")
    assert [label.name for label in labels] == ["stoked", "flat"]


def test_table_without_a_good_row_empties_no_graph(own: Path, tmp_path: Path) -> None:
    options = ["--name", "mine", "--kind", "scheme", "--keep-good", "--replace"]
    run("data", "add", written(tmp_path, "a.csv", "label\nglee\n"), *options)
    before = run("data", "export", "mine")[0]

    said = run(
        "data",
        "add",
        written(tmp_path, "b.csv", "label,concept\nglee,nix\n"),
        *options,
        code=FAULTY,
    )[1]

    assert "1 bad row, nothing is taken; mend it\n" in said
    assert run("data", "export", "mine")[0] == before


def test_tables_of_words_and_of_ratings_are_taken(own: Path, tmp_path: Path) -> None:
    words = written(tmp_path, "w.tsv", "form\tconcept\tpolarity\nchuffzled\tjoy\tpositive\n")
    ratings = written(
        tmp_path, "v.csv", "word,valence,arousal,dominance\njoy,1,0.1,0\nrug,0,-1,0\n"
    )

    run("data", "add", words, "--name", "words", "--kind", "vocabulary")
    said = run("data", "add", ratings, "--name", "mine", "--kind", "vad", code=USAGE)[1]
    assert "which may be on" in said  # so it is imported by hand, with its scale
    run("import-vad", ratings, "--scale", "-1..1", "--name", "mine", "--to", tmp_path / "v.nq")
    run("data", "add", tmp_path / "v.nq", "--kind", "vad")

    kinds = [line.split("\t")[:2] for line in run("data", "list")[0].splitlines()]
    assert kinds == [["vad-mine", "vad"], ["words", "vocabulary"]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", "mine"], "Expected --kind concepts"),
        (["--kind", "scheme"], "Give --name"),
        (["--kind", "scheme", "--name", "goemotions"], "no scheme of the graph has"),
        (["--kind", "vocabulary", "--name", "M!"], "lower-case"),
        (["--kind", "vad", "--name", "mine"], "Expected"),
    ],
)
def test_table_that_cannot_be_taken_is_refused(
    options: list[str], said: str, own: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, "t.csv", "label,concept\nstoked,excitement\n")

    assert said in run("data", "add", file, *options, code=USAGE)[1]


def test_scheme_or_lexicon_of_a_name_that_is_taken_is_refused(own: Path, tmp_path: Path) -> None:
    table = "label,concept\nstoked,excitement\n"
    run("data", "add", written(tmp_path, "s.csv", table), "--name", "mine", "--kind", "scheme")
    run("data", "export", "mine", "--format", "ntriples", "--to", tmp_path / "s.nt")
    text = (tmp_path / "s.nt").read_text()
    options = ["--name", "other", "--kind", "scheme"]

    assert "'mine', which https" in run("data", "add", tmp_path / "s.nt", *options, code=USAGE)[1]
    theirs = written(tmp_path, "t.nt", text.replace('"mine"', '"goemotions"'))
    assert "packaged graph has" in run("data", "add", theirs, *options, code=USAGE)[1]
    nothing = written(tmp_path, "n.nt", '<urn:s> <urn:p> "o" .')
    assert (
        "one imported lexicon"
        in run(*("data", "add", nothing, "--name", "v", "--kind", "vad"), code=USAGE)[1]
    )


def test_what_the_other_commands_write_is_taken_by_its_kind(own: Path, tmp_path: Path) -> None:
    record = {"id": "c1", "label": "joy", "rationale": "AU12 is visible, so this is joy."}
    records = written(tmp_path, "r.jsonl", json.dumps(record) + "\n")
    checked = run("check", records, "--format", "trig", "--graph-name", "run-1")[0]
    run("reason", records, "--to", tmp_path / "a.jsonl", "--trace", tmp_path / "t.trig")
    episode = Episode((ConceptReading("joy", 0.9),))
    seen = to_rdf(EmotionGraph.load(), [Observation((episode,), text="At last!")]).content

    run("data", "add", written(tmp_path, "c.trig", checked), "--kind", "rationales")
    run("data", "add", tmp_path / "t.trig", "--kind", "traces")
    file = written(tmp_path, "o.ttl", seen)
    run("data", "add", file, "--name", "seen", "--kind", "observations")

    kinds = [line.split("\t")[:2] for line in run("data", "list")[0].splitlines()]
    assert kinds == [["run-1", "rationales"], ["seen", "observations"], ["traces", "traces"]]
    said = run("data", "add", tmp_path / "t.trig", "--kind", "observations", code=USAGE)[1]
    assert "Expected more traces" in said


def test_concepts_are_added_to_those_that_are_there_or_replace_them(
    own: Path, tmp_path: Path
) -> None:
    head = "concept,label,language,broader\n"
    file = written(tmp_path, "a.csv", head + "eco-grief,eco-grief,,grief\n")
    options = ("--name", "mine", "--kind", "concepts")
    run("data", "add", file, *options)

    more = "eco-grief,Waldkummer,de,\nreef-grief,reef grief,,eco-grief\n"
    said = run("data", "add", written(tmp_path, "b.csv", head + more), *options)[1]
    assert said == "mine: 7 triples\n"  # three and one of the first, three of the second
    with UserStore.open(own) as store:
        over = EmotionGraph.load().with_user_data(store)
    assert over.concept("waldkummer") == over.concept("eco-grief")
    assert over.is_a("reef grief", "waldkummer")

    file = written(tmp_path, "c.csv", head + "eco-grief,eco-grief,,joy\n")
    refused = run("data", "add", file, *options, code=FAULTY)[1]
    assert "line 2: broader: expected nothing in a further row of the concept that" in refused
    run("data", "add", file, *options, "--replace")
    with UserStore.open(own) as store:
        over = EmotionGraph.load().with_user_data(store)
    assert over.concept("eco-grief").primary == "joy"
    assert over.get_concept("reef grief") is None


def test_label_that_the_graph_has_is_told_of_and_taken(own: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", "concept,label,broader\ntoska,toska,sadness\n")

    said = run("data", "add", file, "--name", "mine", "--kind", "concepts")[1]

    assert said == (
        "a.csv, line 2: label: 'toska' means longing in the graph as well; both are found.\n"
        "mine: 3 triples\n"
    )
    assert run("data", "list")[0].startswith("mine\tconcepts\t3\t")
