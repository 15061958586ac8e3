"""Concepts of a user's own: read from tables and RDF, refused by row, and laid over the graph."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from affectgraph.api.immutable import graph_mark
from affectgraph.kg.envelopes.rdf import to_rdf
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import ConceptReading, Episode, Observation
from affectgraph.kg.user_catalogue import About
from affectgraph.kg.user_concept_table import read_concept_table
from affectgraph.kg.user_concepts import DEEPEST, concept_faults, own_concepts, packaged_concepts
from affectgraph.kg.user_intake import take
from affectgraph.kg.user_kinds import require_kind
from affectgraph.kg.user_store import UserStore
from affectgraph.kg.user_tables import TableReading, read_scheme_table, read_word_table
from affectgraph.kg.user_writes import Change, quad_of
from affectgraph.kg.vad_import import import_vad
from affectgraph.linkers import Annotator, LabelLinker
from affectgraph.linkers.suggest import Suggester
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.ontology.iris import AG, EMOTION, SKOS, STATE, XSD

IRI = "https://w3id.org/affectgraph/graph/user/mine"
ELSEWHERE = "https://example.org/feelings/hush"
ROWS = [
    {
        "concept": "eco-grief",
        "label": "Eco-Grief",
        "alias": "ecological grief; climate sorrow",
        "definition": "Grief over what is lost of nature.",
        "broader": "grief",
        "valence": "-0.75",
        "arousal": "0.1",
        "dominance": "-.5",
        "exact_match": "https://example.org/terms/7; https://example.org/terms/8",
        "source": "interviews of 2025",
    },
    {"concept": "eco-grief", "label": "Öko-Trauer", "language": "de", "definition": "Trauer."},
    {"concept": "reef-grief", "label": "reef grief", "broader": "eco-grief"},
    {"concept": ELSEWHERE, "label": "numinous hush", "branch": "AestheticState"},
    {"concept": "toska", "label": "тоска", "language": "ru", "broader": "emotion:sadness"},
]


def read(graph: EmotionGraph, rows: list[dict[str, str]], iri: str = IRI) -> TableReading:
    return read_concept_table(graph, list(enumerate(rows, start=2)), iri=iri)


def quads(triples: tuple[Triple, ...] | list[Triple], iri: str = IRI) -> list[Quad]:
    return [quad_of(triple, NamedNode(iri)) for triple in triples]


def turtle(text: str) -> list[Triple]:
    prefixes = f"PREFIX ag: <{AG}> PREFIX skos: <{SKOS}> PREFIX xsd: <{XSD}> BASE <urn:my:>"
    return [quad.triple for quad in parse(prefixes + text, format=RdfFormat.TURTLE)]


@pytest.fixture
def over(graph: EmotionGraph, tmp_path: Path) -> EmotionGraph:
    reading = read(graph, ROWS)
    assert (reading.faults, reading.notes, reading.good) == ((), (), 5)
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(reading.triples), About("concepts", source="our study", licence="CC0"))
        return graph.with_user_data(store)


# --- over the graph ---------------------------------------------------------------------------------


def test_concept_has_its_place_its_source_and_its_definition(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    found = over.concept("user/mine/eco-grief")

    assert (found.label, found.definition) == ("Eco-Grief", "Grief over what is lost of nature.")
    assert found.path == ("sadness", "sadness-secondary", "grief", "user/mine/eco-grief")
    assert (found.tier, found.primary, found.branch) == ("tertiary", "sadness", None)
    assert (found.is_emotion, found.is_own) == (True, True)
    assert found.class_iri == graph.concept("grief").class_iri
    assert over.source(found.source).citation.startswith("our study")
    assert not any(concept.is_own for concept in graph.index.concepts.values())


@pytest.mark.parametrize(
    "name",
    [
        IRI + "/eco-grief",
        "user/mine/eco-grief",
        "eco-grief",
        "ECO-GRIEF",
        "öko-trauer",
        "Öko-Trauer",
    ],
)
def test_concept_is_found_by_iri_short_name_and_label_of_any_language(
    name: str, graph: EmotionGraph, over: EmotionGraph
) -> None:
    assert graph.get_concept(name) is None
    assert over.concept(name).iri == IRI + "/eco-grief"


def test_concept_of_another_place_is_named_by_its_iri(over: EmotionGraph) -> None:
    found = over.concept("numinous hush")

    assert (found.iri, found.slug) == (ELSEWHERE, ELSEWHERE)
    assert (found.tier, found.path, found.branch) == (None, (), "AestheticState")
    assert found.class_iri == AG + "AestheticState"
    assert found in over.states()


def test_tiers_are_by_depth(over: EmotionGraph) -> None:
    assert over.concept("тоска").tier == "secondary"  # right below a primary
    assert over.concept("reef grief").tier == "tertiary"  # five steps down
    assert over.concept("тоска") in over.emotions(tier="secondary", primary="sadness")


def test_concept_is_below_all_that_its_broader_ones_are_below(over: EmotionGraph) -> None:
    above = over.broader("reef grief")

    assert above is not None
    assert above.slug == "user/mine/eco-grief"
    assert [concept.slug for concept in over.narrower("grief")] == ["user/mine/eco-grief"]
    assert over.is_a("reef grief", "sadness")
    assert not over.is_a("grief", "reef grief")
    assert over.common_ancestor("reef grief", "тоска") == over.concept("sadness")
    # reef-grief > eco-grief > grief > sadness-secondary > sadness is 5 deep, anger 1: over the root.
    assert over.tree_distance("reef grief", "anger") == 6
    assert over.tree_distance("reef grief", "grief") == 2
    assert over.tree_distance("numinous hush", "anger") is None


def test_value_and_mappings_are_those_that_the_user_states(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    (value,) = over.vad("eco-grief")

    assert (value.mean.valence, value.mean.arousal, value.mean.dominance) == (-0.75, 0.1, -0.5)
    assert (value.origin, value.kind, value.graph, value.source) == ("own", "imported", IRI, IRI)
    assert over.vad("eco-grief", sources=["own"]) == (value,)
    assert over.vad("reef grief") == ()
    assert over.nearest(-0.75, 0.1, -0.5, limit=1)[0].concept == over.concept("eco-grief")
    assert [(m.predicate, m.term) for m in over.alignments("eco-grief", resource="user/mine")] == [
        ("exactMatch", "https://example.org/terms/7"),
        ("exactMatch", "https://example.org/terms/8"),
    ]
    with pytest.raises(UnknownTermError, match="own"):
        graph.vad("grief", sources=["own"])


def test_imported_rating_of_a_label_is_a_value_of_the_concept(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    file = tmp_path / "l.csv"
    file.write_text("word,valence,arousal,dominance\nreef grief,1,5,9\n")
    lexicon = import_vad(file, scale="1..9", name="ours").lexicon
    with UserStore.open(tmp_path / "own") as store:
        store.put("ours", [quad.triple for quad in lexicon.quads()], About("vad"))
        take(store, quads(read(graph, ROWS).triples), About("concepts"))
        found = graph.with_user_data(store).vad("reef grief")

    assert [(v.mean.valence, v.mean.dominance, v.origin) for v in found] == [(-1, 1, "user/ours")]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("eco-grief", "label"),
        ("eco grief", "label"),
        ("deep Öko-Trauer", "label"),
        ("oko trauer", "label"),
        ("climate sorrow", "lexical"),
        ("climate sorrows", "inflection"),
    ],
)
def test_label_is_grounded_with_the_users_graph_as_source(
    label: str, kind: str, graph: EmotionGraph, over: EmotionGraph
) -> None:
    found = LabelLinker(over).ground(label)

    assert found.concept == over.concept("eco-grief")
    assert [(e.kind, e.source) for e in found.candidates[0].evidence] == [(kind, IRI)]
    before = LabelLinker(graph).ground(label)
    assert IRI not in {e.source for c in before.candidates for e in c.evidence}


def test_label_of_another_script_is_nil_before_and_found_after(
    graph: EmotionGraph, over: EmotionGraph
) -> None:
    assert LabelLinker(graph).ground("тоска").reason == "language"
    assert LabelLinker(over).ground("тоска").concept == over.concept("тоска")


def test_words_of_the_graph_are_grounded_as_before(graph: EmotionGraph, over: EmotionGraph) -> None:
    labels = ["grief", "sadness", "furious", "toska", "blue", "over the moon"]

    assert LabelLinker(over).ground_many(labels) == LabelLinker(graph).ground_many(labels)


def test_text_is_annotated_and_names_are_completed(over: EmotionGraph) -> None:
    text = "It was a climate sorrow, real reef grief."

    assert [(m.quote, m.concept.slug) for m in Annotator(over).annotate(text).mentions] == [
        ("climate sorrow", "user/mine/eco-grief"),
        ("reef grief", "user/mine/reef-grief"),
    ]
    suggested = Suggester(over).suggest("oko", kinds=["concept"])
    assert [(s.text, s.concepts, s.iris) for s in suggested] == [
        ("Öko-Trauer", ("user/mine/eco-grief",), (IRI + "/eco-grief",))
    ]


@pytest.mark.parametrize(
    ("column", "name", "status", "others"),
    [
        ("label", "toska", "ambiguous", ["longing"]),  # a word for longing, of love
        ("label", "resentment", "ambiguous", ["resentment"]),  # the name of an emotion, of anger
        ("alias", "resentment", "ambiguous", ["resentment"]),
        ("label", "gloominess", "linked", ["gloom"]),  # of sadness, too
    ],
)
def test_label_that_the_graph_has_is_told_of_and_means_both(
    column: str, name: str, status: str, others: list[str], graph: EmotionGraph, tmp_path: Path
) -> None:
    row = {"concept": "mine", "label": "mine own", "broader": "sadness"} | {column: name}
    reading = read(graph, [row])
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(reading.triples), About("concepts"))
        over = graph.with_user_data(store)

    assert [(n.line, n.column) for n in reading.notes] == [(2, column)]
    assert f"{name!r} means {', '.join(others)} in the graph as well" in reading.notes[0].message
    found = LabelLinker(over).ground(name)
    assert found.status == status
    assert {c.concept.slug for c in found.candidates} == {"user/mine/mine", *others}
    before = LabelLinker(graph).ground(name)
    assert {c.concept.slug for c in before.candidates} == set(others)
    # the name alone still is the packaged concept's
    assert over.get_concept(name) == (graph.get_concept(name) or over.get_concept(name))


def test_label_of_two_concepts_of_ones_own_is_told_of_and_means_both(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    rows = [
        {"concept": "a", "label": "zorb", "broader": "joy"},
        {"concept": "b", "label": "blorb", "alias": "Zorb", "broader": "fear"},
        {"concept": "a", "label": "ZORB", "language": "de"},
    ]
    reading = read(graph, rows)
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(reading.triples), About("concepts"))
        over = graph.with_user_data(store)

    assert [str(note) for note in reading.notes] == [
        "line 3, alias: 'Zorb' means user/mine/a of line 2 as well; both are found."
    ]
    found = LabelLinker(over).ground("zorb")
    assert found.status == "ambiguous"
    assert {c.concept.slug for c in found.candidates} == {"user/mine/a", "user/mine/b"}


def test_concepts_are_gone_with_their_graph(graph: EmotionGraph, tmp_path: Path) -> None:
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(read(graph, ROWS).triples), About("concepts"))
        over = graph.with_user_data(store)
        store.delete("mine")
        after = graph.with_user_data(store)

    assert over.get_concept("reef grief") is not None
    assert after.get_concept("reef grief") is None
    assert LabelLinker(after).ground("тоска").status == "nil"
    assert graph_mark(after) == graph_mark(graph) != graph_mark(over)


# --- named by other graphs of the store -------------------------------------------------------------


def name_concepts(graph: EmotionGraph, store: UserStore) -> None:
    """Put concepts, and a scheme and words that name them, into a store."""
    take(store, quads(read(graph, ROWS).triples), About("concepts"))
    named = graph.with_user_data(store, kinds=["concepts"])
    labels = [
        (2, {"label": "green grief", "concept": "eco-grief"}),
        (3, {"label": "plain", "concept": "joy"}),
        (4, {"label": "stillness", "concept": ELSEWHERE}),
    ]
    scheme = read_scheme_table(named, labels, name="greens", iri="urn:scheme")
    words = [
        (2, {"form": "florbish", "concept": "reef grief", "polarity": "negative"}),
        (3, {"form": "chuffzled", "concept": "joy", "polarity": "positive"}),
    ]
    vocabulary = read_word_table(named, words, iri="urn:words")
    assert (scheme.faults, vocabulary.faults) == ((), ())
    take(store, quads(scheme.triples, "urn:scheme"), About("scheme"))
    take(store, quads(vocabulary.triples, "urn:words"), About("vocabulary"))


def test_schemes_and_words_may_name_concepts_of_ones_own(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    with UserStore.open(tmp_path / "own") as store:
        name_concepts(graph, store)
        over = graph.with_user_data(store)

    linker = LabelLinker(over)
    assert linker.ground("green grief", scheme="greens").concept == over.concept("eco-grief")
    assert linker.ground("stillness", scheme="greens").concept == over.concept(ELSEWHERE)
    word = linker.ground("florbish")
    assert word.concept == over.concept("reef grief")
    assert word.candidates[0].evidence[0].source == "urn:words"
    crossed = {
        c.label.name: [t.name for t in c.targets] for c in over.crosswalk("greens", "goemotions")
    }
    assert crossed["green grief"] == ["grief"]


def test_observations_may_name_concepts_of_ones_own(graph: EmotionGraph, tmp_path: Path) -> None:
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(read(graph, ROWS).triples), About("concepts"))
        over = graph.with_user_data(store)
        episode = Episode((ConceptReading("reef grief", 0.9),))
        seen = to_rdf(over, [Observation((episode,), id="o1")], format="ntriples").content
        triples = [quad.triple for quad in parse(seen, format=RdfFormat.N_TRIPLES)]
        take(store, quads(triples, "urn:seen"), About("observations"))
        mixed = [
            Triple(t.subject, t.predicate, NamedNode(EMOTION + "joy"))
            for t in triples
            if t.predicate.value == AG + "instantiates"
        ]
        assert len(mixed) == 1
        with pytest.raises(InputError, match="MaxCount"):  # one episode of two primaries
            take(store, quads([*triples, *mixed], "urn:mixed"), About("observations"))
        store.delete("mine")
        with pytest.raises(InputError, match="Class"):
            take(store, quads(triples, "urn:again"), About("observations"))


def test_names_of_concepts_that_are_gone_mean_nothing(graph: EmotionGraph, tmp_path: Path) -> None:
    with UserStore.open(tmp_path / "own") as store:
        name_concepts(graph, store)
        store.delete("mine")
        after = graph.with_user_data(store)

    linker = LabelLinker(after)
    assert linker.ground("green grief", scheme="greens").reason == "not_an_emotion"
    assert linker.ground("plain", scheme="greens").concept == graph.concept("joy")
    assert linker.ground("florbish").status == "nil"
    assert linker.ground("chuffzled").concept == graph.concept("joy")
    assert linker.ground("furious") == LabelLinker(graph).ground("furious")


def test_scheme_of_a_concept_that_no_graph_has_is_refused(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(read(graph, ROWS).triples), About("concepts"))
        named = graph.with_user_data(store, kinds=["concepts"])
        row = (2, {"label": "green grief", "concept": "eco-grief"})
        scheme = read_scheme_table(named, [row], name="greens", iri="urn:scheme")
        store.delete("mine")
        with pytest.raises(InputError, match="Or"):
            take(store, quads(scheme.triples, "urn:scheme"), About("scheme"))


def test_graphs_of_other_kinds_may_be_left_out(graph: EmotionGraph, tmp_path: Path) -> None:
    with UserStore.open(tmp_path / "own") as store:
        name_concepts(graph, store)
        found = graph.with_user_data(store, kinds=["concepts", "vocabulary"])

    assert found.get_concept("eco-grief") is not None
    assert "chuffzled" in found.index.words
    assert "greens" not in {scheme.name for scheme in found.schemes()}


# --- tables -----------------------------------------------------------------------------------------


def test_table_has_the_shapes_of_its_kind(graph: EmotionGraph) -> None:
    require_kind("concepts", read(graph, ROWS).triples)


def test_cells_are_skos(graph: EmotionGraph) -> None:
    found = {str(triple) for triple in read(graph, ROWS[:2]).triples}

    assert {
        f'<{IRI}/eco-grief> <{SKOS}prefLabel> "Eco-Grief"@en',
        f'<{IRI}/eco-grief> <{SKOS}prefLabel> "Öko-Trauer"@de',
        f'<{IRI}/eco-grief> <{SKOS}altLabel> "climate sorrow"@en',
        f"<{IRI}/eco-grief> <{SKOS}broader> <{EMOTION}grief>",
        f'<{IRI}/eco-grief> <{AG}valence> "-0.75"^^<{XSD}decimal>',
        f"<{IRI}/eco-grief> <{SKOS}exactMatch> <https://example.org/terms/8>",
        f'<{IRI}/eco-grief> <http://purl.org/dc/terms/source> "interviews of 2025"',
    } <= found


GOOD = {"concept": "good", "label": "good one", "broader": "joy"}


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"label": "x", "broader": "joy"}, "concept", "empty cell"),
        ({"concept": "Not An Id", "label": "x", "broader": "joy"}, "concept", "'Not An Id'"),
        ({"concept": "wd:Q1", "label": "x", "broader": "joy"}, "concept", "'wd:Q1'"),
        ({"concept": EMOTION + "awe", "label": "x", "broader": "joy"}, "concept", "the project's"),
        (
            {"concept": EMOTION.upper() + "a", "label": "x", "broader": "joy"},
            "concept",
            "project's",
        ),
        (
            {"concept": IRI + "/../../emotion/joy", "label": "x", "broader": "joy"},
            "concept",
            "'/../'",
        ),
        ({"concept": IRI, "label": "x", "broader": "joy"}, "concept", "the project's"),
        ({"concept": "bad", "broader": "joy"}, "label", "empty cell"),
        ({"concept": "bad", "label": ":-)", "broader": "joy"}, "label", "with a letter"),
        ({"concept": "bad", "label": "x" * 201, "broader": "joy"}, "label", "200 characters"),
        (
            {"concept": "bad", "label": "x", "language": "english", "broader": "joy"},
            "language",
            "tag",
        ),
        (
            {"concept": "bad", "label": "x", "language": "e_n", "broader": "joy"},
            "language",
            "'e_n'",
        ),
        ({"concept": "bad", "label": "x", "broader": "sadnes"}, "broader", "Nearest: sadness"),
        ({"concept": "bad", "label": "x", "broader": "state/trust"}, "broader", "SocialAttitude"),
        ({"concept": "bad", "label": "x"}, "broader", "got none"),
        ({"concept": "bad", "label": "x", "broader": "bad"}, "broader", "no cycle"),
        ({"concept": "bad", "label": "x", "branch": "Feelings"}, "branch", "AestheticState"),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "branch": "CalmState"},
            "broader",
            "got both",
        ),
        ({"concept": "bad", "label": "x", "broader": "joy", "valence": "2"}, "valence", "-1 to 1"),
        ({"concept": "bad", "label": "x", "broader": "joy", "arousal": "nan"}, "arousal", "'nan'"),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "arousal": "1"},
            "valence",
            "got arousal",
        ),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "close_match": "wd:Q1"},
            "close_match",
            "IRIs",
        ),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "colour": "red"},
            "colour",
            "concept, l",
        ),
        (
            {"concept": "good", "label": "gute", "broader": "joy", "language": "de"},
            "broader",
            "line 2",
        ),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "definition": "x" * 2001},
            "definition",
            "20",
        ),
        ({"concept": "bad", "label": "x\ud800", "broader": "joy"}, "label", "in UTF-8"),
        # As a header is read that is not in UTF-8; nobody could print or send that sign.
        (
            {"concept": "bad", "label": "x", "broader": "joy", "\udcff": ""},
            r"\udcff",
            "a column of",
        ),
        (
            {"concept": "bad", "label": "x", "broader": "joy", "example": "\udc80"},
            "example",
            "in UTF-8",
        ),
    ],
)
def test_bad_row_is_named_by_line_and_column(
    cells: dict[str, str], column: str, said: str, graph: EmotionGraph
) -> None:
    found = read(graph, [GOOD, cells])

    (fault,) = [fault for fault in found.faults if fault.line == 3]
    assert fault.column == column
    assert said in fault.message


def test_second_row_of_a_language_makes_the_concept_bad(graph: EmotionGraph) -> None:
    again = {"concept": "good", "label": "another name", "language": "EN"}

    found = read(graph, [GOOD, again])

    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "concept"),
        (3, "language"),
    ]
    assert (found.good, found.triples) == (0, ())


def test_concepts_below_a_bad_one_are_bad_and_others_stay(graph: EmotionGraph) -> None:
    rows = [
        {"concept": "top", "label": "top", "broader": "nothing-there"},
        {"concept": "middle", "label": "middle", "broader": "top"},
        {"concept": "low", "label": "low", "broader": "middle"},
        GOOD,
    ]

    found = read(graph, rows)

    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "broader"),
        (3, "broader"),
        (4, "broader"),
    ]
    assert found.good == 1
    assert [concept.slug for concept in own_concepts(found.triples)] == ["user/mine/good"]


def test_cycle_is_a_fault_of_each_of_its_rows_and_shows_its_way(graph: EmotionGraph) -> None:
    rows = [
        {"concept": "a", "label": "a", "broader": "b"},
        {"concept": "b", "label": "b", "broader": "c"},
        {"concept": "c", "label": "c", "broader": "a"},
    ]

    found = read(graph, rows)

    assert [fault.line for fault in found.faults] == [2, 3, 4]
    assert "user/mine/a > user/mine/b > user/mine/c > user/mine/a" in found.faults[0].message


@pytest.mark.parametrize(("length", "faults"), [(DEEPEST, 0), (DEEPEST + 1, 1)])
def test_concepts_stand_below_each_other_up_to_a_depth(
    length: int, faults: int, graph: EmotionGraph
) -> None:
    above = ["joy", *(f"c{n}" for n in range(length))]
    rows = [{"concept": f"c{n}", "label": f"name {n}", "broader": above[n]} for n in range(length)]

    found = read(graph, rows)

    assert len(found.faults) == faults


def test_further_rows_name_concepts_that_the_graph_has_in_other_languages(
    graph: EmotionGraph,
) -> None:
    held = read(graph, ROWS).triples
    rows = [
        (2, {"concept": "reef-grief", "label": "Rifftrauer", "language": "de"}),
        (3, {"concept": "coral-grief", "label": "coral grief", "broader": "reef-grief"}),
        (4, {"concept": "toska", "label": "toska", "language": "pl", "broader": "joy"}),
    ]

    found = read_concept_table(graph, rows, iri=IRI, held=held)

    assert [(f.line, f.column) for f in found.faults] == [(4, "broader")]
    assert "that the graph has" in found.faults[0].message
    assert found.good == 2


def test_table_is_read_beside_what_is_no_concept_of_the_graph(graph: EmotionGraph) -> None:
    held = turtle(
        '<urn:my:x> skos:prefLabel "x"@en ; ag:valence "abc" ; ag:arousal <urn:y> ; ag:dominance 1 .'
    )
    rows = [(2, {"concept": "glee", "label": "glee", "broader": "joy"})]

    found = read_concept_table(graph, rows, iri=IRI, held=held)

    assert (found.good, found.faults) == (1, ())
    assert dict(own_concepts(held)[0].numbers) == {"dominance": 1.0}


# --- RDF --------------------------------------------------------------------------------------------

AWE = (
    f'<urn:my:awe> a skos:Concept ; skos:prefLabel "mild awe"@en ; skos:broader <{EMOTION}surprise>'
)


def test_document_is_laid_over_like_a_table(graph: EmotionGraph, tmp_path: Path) -> None:
    triples = turtle(
        AWE + ' ; skos:prefLabel " respeto  "@es ; skos:closeMatch <urn:x:1> ; ag:valence 0.5 ;'
        " ag:arousal 0.0 ; ag:dominance -0.25 ."
    )
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(triples, "urn:mine"), About("concepts"))
        over = graph.with_user_data(store)

    found = over.concept("respeto")
    assert (found.iri, found.label, found.path) == (
        "urn:my:awe",
        "mild awe",
        ("surprise", "urn:my:awe"),
    )
    assert over.vad("respeto")[0].mean.dominance == -0.25
    assert LabelLinker(over).ground("mild awe").concept == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (AWE + ' ; skos:prefLabel "more awe"@en .', "UniqueLang"),
        (AWE + ' ; skos:altLabel "mild awe"@en .', "Disjoint"),
        (AWE + ' ; skos:altLabel "awe" .', "Datatype"),
        (AWE + f" ; skos:broader <{EMOTION}joy> .", "MaxCount"),
        (AWE + " ; ag:stateBranch ag:CalmState .", "Xone"),
        (AWE + " ; ag:valence 1.5 ; ag:arousal 0.0 ; ag:dominance 0.0 .", "MaxInclusive"),
        (AWE + " ; ag:valence 0.5 .", "valence: expected valence, arousal and dominance"),
        (AWE + ' ; skos:exactMatch "wd:Q1" .', "NodeKind"),
        (f"<urn:my:awe> a skos:Concept ; skos:broader <{EMOTION}joy> .", "MinCount"),
        (f'<urn:my:awe> skos:prefLabel "awe"@en ; skos:broader <{EMOTION}joy> .', "Class"),
        (
            f'[] a skos:Concept ; skos:prefLabel "awe"@en ; skos:broader <{EMOTION}joy> .',
            "NodeKind",
        ),
        (f'<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <{STATE}trust> .', "Or"),
        ('<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <urn:none> .', "Or"),
        ('<urn:a> a skos:Concept ; skos:prefLabel "a"@en .', "Xone"),
        ('<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; ag:stateBranch ag:Joy .', "In"),
        (
            f'<urn:a> a skos:Concept ; skos:prefLabel "a"@english ; skos:broader <{EMOTION}joy> .',
            "tag",
        ),
        (
            f'<urn:a> a skos:Concept ; skos:prefLabel "!"@en ; skos:broader <{EMOTION}joy> .',
            "letter",
        ),
        ('<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <urn:a> .', "no cycle"),
        (
            f'<{EMOTION}awe> a skos:Concept ; skos:prefLabel "a"@en ; skos:broader <{EMOTION}joy> .',
            "the project's",
        ),
        (
            '<urn:s> a skos:Concept ; skos:prefLabel "s"@en ; ag:stateBranch ag:CalmState . '
            '<urn:t> a skos:Concept ; skos:prefLabel "t"@en ; skos:broader <urn:s> .',
            "Give the branch CalmState",
        ),
    ],
)
def test_document_of_another_form_is_refused_and_nothing_is_written(
    text: str, said: str, tmp_path: Path
) -> None:
    with UserStore.open(tmp_path / "own") as store:
        with pytest.raises(InputError, match=said):
            take(store, quads(turtle(text)), About("concepts"))
        assert store.entries() == ()


def test_change_that_takes_away_a_place_is_refused(graph: EmotionGraph, tmp_path: Path) -> None:
    triples = read(graph, ROWS).triples
    gone = tuple(t for t in triples if t.predicate.value == SKOS + "broader")
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(triples), About("concepts"))
        with pytest.raises(InputError, match="Xone"):
            store.apply([Change(IRI, (), gone)])
        assert len(store.triples(IRI)) == len(triples)


def test_concept_stands_in_one_graph_alone(
    graph: EmotionGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    triples = read(graph, ROWS).triples
    with UserStore.open(tmp_path / "own") as store:
        take(store, quads(triples), About("concepts"))
        with pytest.raises(InputError, match=f"which {IRI} has"):
            take(store, quads(triples, "urn:b"), About("concepts"))
        with monkeypatch.context() as patch:  # as a release could that did not ask
            patch.setattr(UserStore, "_require_forms", lambda *_: None)
            store.put("urn:b", triples, About("concepts"))
        with pytest.raises(InputError, match="each concept in one graph"):
            graph.with_user_data(store)


@pytest.mark.parametrize(
    ("concept", "is_taken"),
    [
        (IRI + "/awe", True),
        ("https://example.org/awe", True),
        (IRI + "-other/awe", False),
        (IRI.removesuffix("mine") + "other/awe", False),
    ],
)
def test_concept_below_the_graph_of_somebody_else_is_refused(
    concept: str, is_taken: bool, tmp_path: Path
) -> None:
    triples = turtle(f"<{concept}>{AWE.removeprefix('<urn:my:awe>')} .")
    with UserStore.open(tmp_path / "own") as store:
        if is_taken:
            store.put(IRI, triples, About("concepts"))
        else:
            with pytest.raises(InputError, match="which stands below another graph"):
                store.put(IRI, triples, About("concepts"))
        assert [entry.iri for entry in store.entries()] == ([IRI] if is_taken else [])


@pytest.mark.parametrize("curie", ["emotion:joy", "state:trust", "EMOTION:joy", "au:12"])
def test_concept_does_not_take_the_curie_of_another(curie: str, tmp_path: Path) -> None:
    triples = turtle(f"<{curie}>{AWE.removeprefix('<urn:my:awe>')} .")
    with UserStore.open(tmp_path / "own") as store:
        with pytest.raises(InputError, match="the CURIE of another"):
            store.put("mine", triples, About("concepts"))
        assert store.entries() == ()


def test_concepts_that_came_past_the_checks_are_refused_over_the_graph(
    graph: EmotionGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = turtle(
        '<urn:a> skos:prefLabel "a"@en ; skos:broader <urn:b> . '
        '<urn:b> skos:prefLabel "b"@en ; skos:broader <urn:a> .'
    )
    with UserStore.open(tmp_path / "own") as store:
        with pytest.raises(InputError, match="as their shapes say"):
            store.put("mine", cycle, About("concepts"))
        with monkeypatch.context() as patch:  # as a release could that did not ask
            patch.setattr(UserStore, "_require_forms", lambda *_: None)
            store.put("mine", cycle, About("concepts"))
        with pytest.raises(InputError, match="no cycle"):
            graph.with_user_data(store)


def test_faults_are_sorted_and_name_properties() -> None:
    concepts = own_concepts(
        turtle('<urn:b> skos:prefLabel "?"@en . <urn:a> skos:prefLabel "a"@en .')
    )

    found = concept_faults(concepts, packaged_concepts())

    assert [(fault.iri, fault.property) for fault in found] == [
        ("urn:a", "broader"),
        ("urn:b", "broader"),
        ("urn:b", "prefLabel"),
    ]


def test_blank_subjects_and_other_resources_are_no_concepts() -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode(SKOS + "note"), Literal("x"))

    assert own_concepts([triple, *turtle('[] skos:prefLabel "a"@en .')]) == ()
