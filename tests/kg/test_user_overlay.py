"""A user's own schemes, words and lexicons lie over the graph: found, named, and never part of it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from affectgraph.api.immutable import graph_mark
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_kinds import require_kind
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import RowFault, read_scheme_table, read_word_table
from affectgraph.kg.user_writes import Change, quad_of
from affectgraph.kg.vad_import import import_vad
from affectgraph.linkers import Annotator, LabelLinker, SchemeLinker
from affectgraph.linkers.suggest import Suggester
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, SKOS

IRI = "https://example.org/mine"
SCHEME = [
    {"label": "stoked", "concept": "excitement", "relation": "close", "alias": "stk; 1"},
    {"label": "bittersweet", "concept": "joy; sadness", "relation": "component"},
    {"label": "other", "note": "no feeling"},
]
WORDS = [
    {"form": "Chuffzled", "concept": "joy", "polarity": "positive", "part_of_speech": "adjective"},
    {"form": "over the flumpmoon", "concept": "joy", "polarity": "positive"},
    {"form": "happy", "concept": "sadness", "polarity": "negative", "strength": "0.5"},
]


def numbered(rows: list[dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


@pytest.fixture
def store(graph: EmotionGraph, tmp_path: Path) -> UserStore:
    scheme = read_scheme_table(graph, numbered(SCHEME), name="my-labels", iri=IRI, title="Mine")
    words = read_word_table(graph, numbered(WORDS), iri=IRI + "/words")
    assert (scheme.faults, words.faults) == ((), ())
    made = UserStore.open(tmp_path / "own")
    made.put(IRI, scheme.triples, About("scheme", source="our study", licence="CC0"))
    made.put(IRI + "/words", words.triples, About("vocabulary"))
    return made


@pytest.fixture
def over(graph: EmotionGraph, store: UserStore) -> EmotionGraph:
    found = graph.with_user_data(store)
    store.close()
    return found


def test_scheme_is_read_with_its_anchors_and_its_source(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    scheme = over.scheme("my-labels")

    assert (scheme.title, scheme.source, scheme.labelling) == ("Mine", IRI, "single")
    assert [(label.name, label.position) for label in scheme.labels] == [
        ("stoked", 0),
        ("bittersweet", 1),
        ("other", 2),
    ]
    stoked, bittersweet, other = scheme.labels
    assert [(a.concept, a.relation) for a in stoked.anchors] == [("excitement", "close")]
    assert {(a.concept, a.relation) for a in bittersweet.anchors} == {
        ("joy", "component"),
        ("sadness", "component"),
    }
    assert (stoked.aliases, other.anchors, other.note) == (("1", "stk"), (), "no feeling")
    assert over.source(IRI).citation.startswith("our study")
    assert over.source(IRI).licence == "CC0"
    assert "my-labels" not in {s.name for s in graph.schemes()}


def test_label_of_ones_own_scheme_is_grounded_with_the_users_graph_as_source(
    over: EmotionGraph,
) -> None:
    found = LabelLinker(over).ground("stoked", scheme="my-labels")

    assert found.concept is not None
    assert found.concept.slug == "excitement"
    assert [(e.kind, e.source) for e in found.candidates[0].evidence] == [("scheme", IRI)]
    assert LabelLinker(over).ground("other", scheme="my-labels").reason == "not_an_emotion"
    linker = SchemeLinker(over, "my-labels")
    assert [label.name if label else None for label in map(linker.label, ["stk", 1, "x"])] == [
        "stoked",
        "stoked",
        None,
    ]


def test_word_of_ones_own_is_grounded_with_the_users_graph_as_source(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    found = LabelLinker(over).ground("very chuffzled")

    assert LabelLinker(graph).ground("chuffzled").status == "nil"
    assert found.concept is not None
    assert found.concept.slug == "joy"
    assert [(e.matched, e.source) for e in found.candidates[0].evidence] == [
        ("chuffzled", IRI + "/words")
    ]
    assert LabelLinker(over).ground("over the flumpmoon").concept == graph.concept("joy")


def test_word_that_the_graph_has_gets_the_users_sense_beside_its_own(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    own = {c.concept.slug for c in LabelLinker(graph).ground("happy").candidates}
    found = {c.concept.slug for c in LabelLinker(over).ground("happy").candidates}

    assert "sadness" not in own
    assert found == own | {"sadness"}
    assert LabelLinker(over).ground("furious") == LabelLinker(graph).ground("furious")


def test_text_is_annotated_and_names_completed_with_words_of_ones_own(over: EmotionGraph) -> None:
    text = "She was over the flumpmoon, and so chuffzled."

    assert [m.quote for m in Annotator(over).annotate(text).mentions] == [
        "over the flumpmoon",
        "chuffzled",
    ]
    assert Suggester(over).suggest("chuffz")[0].text == "chuffzled"


def test_graph_with_data_over_it_has_another_mark_than_the_packaged_one(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    assert graph_mark(graph) == graph_mark(EmotionGraph.load())
    assert len({graph_mark(graph), graph_mark(over), graph_mark(over)}) == 3


def test_lexicon_is_found_beside_the_ratings_of_the_graph(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    file = tmp_path / "l.csv"
    file.write_text("word,valence,arousal,dominance\njoy,9,5,5\ntable,5,1,5\n")
    lexicon = import_vad(file, scale="1..9", name="mine").lexicon
    triples = [quad.triple for quad in lexicon.quads()]
    with UserStore.open(tmp_path / "own") as store:
        store.put(lexicon.graph_iri, triples, About("vad"))
        over = graph.with_user_data(store)

    assert [v.mean.valence for v in over.vad("joy", sources=["user/mine"])] == [1.0]
    assert graph_mark(over) != graph_mark(graph)


def test_two_schemes_of_one_name_are_refused(
    graph: EmotionGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read_scheme_table(graph, numbered(SCHEME), name="twice", iri="urn:a").triples
    with UserStore.open(tmp_path / "own") as store:
        store.put("urn:a", found, About("scheme"))
        with pytest.raises(InputError, match="'twice', which urn:a has"):
            store.put("urn:b", found, About("scheme"))
        with monkeypatch.context() as patch:  # as a release could that did not ask
            patch.setattr(UserStore, "_require_forms", lambda *_: None)
            store.put("urn:b", found, About("scheme"))
        with pytest.raises(InputError, match="'twice' of urn:b again"):
            graph.with_user_data(store)


def test_every_way_of_a_store_to_write_holds_a_graph_to_its_kind(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    found = read_scheme_table(graph, numbered(SCHEME), name="mine", iri="urn:a").triples
    labels = tuple(t for t in found if t.predicate.value == SKOS + "prefLabel")
    with UserStore.open(tmp_path / "own") as store:
        with pytest.raises(InputError, match="as their shapes say"):
            store.put("urn:a", [t for t in found if t not in labels], About("scheme"))
        with pytest.raises(InputError, match="lexicon"):
            store.put("urn:v", found, About("vad"))
        assert (store.version, store.entries()) == (0, ())

        store.put("urn:a", found, About("scheme"))
        with pytest.raises(InputError, match="as their shapes say"):
            store.put("urn:a", [t for t in found if t not in labels])
        with pytest.raises(InputError, match="as their shapes say"):
            store.apply([Change("urn:a", (), labels)])
        with pytest.raises(InputError, match="Expected more scheme for urn:a, got vad"):
            store.add("urn:a", [], About("vad"))
        with pytest.raises(InputError, match="of its own in scheme, got 'mine', which urn:a has"):
            store.put("urn:b", found, About("scheme"))
        assert (store.version, len(store.entries())) == (1, 1)

        store.put("urn:a", labels, About("rdf"))  # of another kind, and so of no form
        store.delete("urn:a")


def test_readers_do_not_wait_for_the_check_of_a_write(
    graph: EmotionGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read_scheme_table(graph, numbered(SCHEME), name="mine", iri="urn:a").triples
    begun, may_end = Event(), Event()

    def slowly(*_: object) -> None:
        begun.set()
        may_end.wait()

    monkeypatch.setattr("affectgraph.kg.user_forms.require_forms", slowly)
    with UserStore.open(tmp_path / "own") as store, ThreadPoolExecutor(1) as threads:
        store.put("urn:r", found)
        writing = threads.submit(store.put, "urn:a", found, About("scheme"))
        begun.wait()
        try:
            assert len(store.triples("urn:r")) == len(found)
            assert [entry.iri for entry in store.entries()] == ["urn:r"]
        finally:
            may_end.set()
        writing.result()
        assert [entry.iri for entry in store.entries()] == ["urn:a", "urn:r"]


def test_two_schemes_of_one_name_in_one_write_are_refused_and_nothing_is_written(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    def scheme(iri: str, name: str) -> list[Quad]:
        found = read_scheme_table(graph, numbered(SCHEME), name=name, iri=iri).triples
        return [quad_of(triple, NamedNode(iri)) for triple in found]

    def renamed(iri: str, before: str, after: str) -> Change:
        node = NamedNode(f"{iri}/{before}")
        old, new = (Triple(node, NamedNode(SKOS + "notation"), Literal(n)) for n in (before, after))
        return Change(iri, (new,), (old,))

    with UserStore.open(tmp_path / "own") as store:
        with pytest.raises(InputError, match="'twice', which urn:a has"):
            take(store, [*scheme("urn:a", "twice"), *scheme("urn:b", "twice")], About("scheme"))
        assert (store.version, store.entries()) == (0, ())

        take(store, [*scheme("urn:a", "one"), *scheme("urn:b", "two")], About("scheme"))
        with pytest.raises(InputError, match="'three', which urn:a has"):
            store.apply([renamed("urn:a", "one", "three"), renamed("urn:b", "two", "three")])
        assert {"one", "two"} <= {scheme.name for scheme in graph.with_user_data(store).schemes()}

        store.apply([renamed("urn:a", "one", "two"), Change("urn:b", about=None)])
        assert "two" in {scheme.name for scheme in graph.with_user_data(store).schemes()}


def test_tables_have_the_shapes_of_their_kinds(graph: EmotionGraph) -> None:
    scheme = read_scheme_table(graph, numbered(SCHEME), name="my-labels", iri=IRI).triples
    words = read_word_table(graph, numbered(WORDS), iri=IRI).triples

    require_kind("scheme", scheme)
    require_kind("vocabulary", words)


JOY = NamedNode("https://w3id.org/affectgraph/emotion/joy")


@pytest.mark.parametrize(
    ("kind", "predicate", "value", "said"),
    [
        ("scheme", AG + "anchoredTo", NamedNode("urn:nothing"), "Equals"),
        ("scheme", SKOS + "prefLabel", None, "MinCount"),
        ("scheme", SKOS + "notation", Literal("My Labels"), "Pattern"),
        ("scheme", AG + "position", Literal("first"), "Datatype"),
        ("vocabulary", AG + "strength", Literal("2"), "Datatype"),
        ("vocabulary", AG + "polarity", Literal("sad"), "In"),
        (
            "vocabulary",
            "http://www.w3.org/ns/lemon/ontolex#reference",
            NamedNode("https://w3id.org/affectgraph/source/parrott-2001"),
            "Or",
        ),
    ],
)
def test_graph_of_another_form_is_refused_by_shapes(
    kind: str,
    predicate: str,
    value: NamedNode | Literal | None,
    said: str,
    graph: EmotionGraph,
) -> None:
    if kind == "scheme":
        good = read_scheme_table(graph, numbered(SCHEME), name="my-labels", iri=IRI).triples
    else:
        good = read_word_table(graph, numbered(WORDS), iri=IRI).triples
    old = next(t for t in sorted(good, key=str) if t.predicate.value == predicate)
    bad = [t for t in good if t != old]
    if value is not None:
        bad.append(Triple(old.subject, old.predicate, value))

    with pytest.raises(InputError, match=said):
        require_kind(kind, bad)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"label": ""}, "label", "empty cell"),
        ({"label": "STOKED"}, "label", "'STOKED' of line 2 again"),
        ({"label": "x", "concept": "happyness"}, "concept", "got 'happyness'"),
        ({"label": "x", "concept": "joy", "relation": "same"}, "relation", "exact, close"),
        ({"label": "x", "relation": "exact"}, "relation", "no concept"),
        ({"label": "x" * 201}, "label", "200 characters"),
        ({"label": "x", "colour": "red"}, "colour", "label, concept"),
    ],
)
def test_bad_row_of_a_scheme_is_named_by_line_and_column(
    cells: dict[str, str], column: str, said: str, graph: EmotionGraph
) -> None:
    rows = numbered([SCHEME[0], cells, SCHEME[1]])

    found = read_scheme_table(graph, rows, name="my-labels", iri=IRI)

    assert [(fault.line, fault.column) for fault in found.faults] == [(3, column)]
    assert said in found.faults[0].message
    assert found.good == 2


def test_every_fault_of_a_table_is_named_and_good_rows_stay(graph: EmotionGraph) -> None:
    rows = [
        {"form": "", "concept": "", "polarity": "up"},
        {"form": ":-)", "concept": "joy", "polarity": "positive"},
        {"form": "fine", "concept": "joy", "polarity": "positive", "strength": "0"},
        {"form": "fine", "concept": "joy", "polarity": "positive", "role": "king"},
        {"form": "fine", "concept": "joy", "polarity": "positive", "ambiguous": "maybe"},
        {"form": "fine", "concept": "joy", "polarity": "positive"},
        {"form": "FINE", "concept": "emotion:joy", "polarity": "positive"},
    ]

    found = read_word_table(graph, numbered(rows), iri=IRI)

    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "concept"),
        (2, "form"),
        (2, "polarity"),
        (3, "form"),
        (4, "strength"),
        (5, "role"),
        (6, "ambiguous"),
        (8, "form"),
    ]
    assert found.good == 1
    assert str(found.faults[0]) == "line 2, concept: expected text, got an empty cell."
    assert RowFault(2, "a", "b") < RowFault(3, "a", "b")


@pytest.mark.parametrize("name", ["", "My Labels", "goemotions"])
def test_scheme_without_a_name_of_its_own_is_refused(name: str, graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Expected a name"):
        read_scheme_table(graph, numbered(SCHEME), name=name, iri=IRI)


def test_document_of_a_scheme_is_laid_over_like_a_table(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    text = f"""
    PREFIX ag: <{AG}> PREFIX skos: <{SKOS}> PREFIX dct: <http://purl.org/dc/terms/>
    <urn:my:scheme> a ag:LabelScheme ; skos:notation "by-hand" ; dct:title "By hand"@en ;
      dct:description "Two labels."@en ; ag:labelling "multi" ; ag:schemeKind "emotion" ;
      dct:source <urn:me> ; ag:hasLabel <urn:my:glad> .
    <urn:my:glad> a ag:SchemeLabel ; skos:prefLabel "gladness" ; skos:inScheme <urn:my:scheme> ;
      ag:position 0 ; dct:source <urn:me> ; ag:anchoredTo {JOY} ; skos:exactMatch {JOY} ."""
    triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]

    require_kind("scheme", triples)
    with UserStore.open(tmp_path / "own") as store:
        store.put("urn:a", triples, About("scheme"))
        over = graph.with_user_data(store)

    found = LabelLinker(over).ground("gladness", scheme="by-hand")
    assert found.concept == graph.concept("joy")
    assert found.candidates[0].evidence[0].source == "urn:me"
