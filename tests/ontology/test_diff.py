"""What changed between two graphs: on graphs made by hand, and on the packaged one edited."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from affectgraph.ontology.build import build_core, build_dl, default_triples
from affectgraph.ontology.diff import Change, GraphDiff, Link, diff
from affectgraph.ontology.iris import AG, DCT, EMOTION, ONTOLEX, PREFIXES, SKOS, SOURCE, expand

HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
SPARQL_HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())

JOY = (
    "emotion:joy a skos:Concept ; skos:prefLabel 'joy'@en ; skos:definition 'A good feeling.'@en ."
)
ZEST = "emotion:zest a skos:Concept ; skos:broader emotion:joy ."
EMPTY = GraphDiff((), (), (), (), (), (), (), (), (), (), (), (), (0, 0))


def graph(*statements: str) -> list[Triple]:
    quads = parse("\n".join((HEAD, *statements)), format=RdfFormat.TURTLE)
    return [quad.triple for quad in quads]


@pytest.fixture(scope="module")
def core() -> list[Triple]:
    return list(default_triples(build_core()))


def edited(core: Iterable[Triple], update: str) -> list[Triple]:
    store = Store()
    store.extend(quad for quad in build_core())
    store.update(SPARQL_HEAD + update)
    return list(default_triples(store))


def test_graph_and_itself_differ_in_nothing() -> None:
    assert diff(graph(JOY, ZEST), graph(ZEST, JOY)) == EMPTY
    assert EMPTY.is_empty


def test_order_and_repetition_of_triples_do_not_matter() -> None:
    triples = graph(JOY, ZEST)

    assert diff(triples, [*reversed(triples), *triples]).is_empty


def test_new_term_is_added_and_its_name_not_listed_again() -> None:
    found = diff(graph(ZEST), graph(ZEST, JOY))

    assert found == replace(EMPTY, terms_added=(EMOTION + "joy",))
    assert diff(graph(ZEST, JOY), graph(ZEST)) == replace(EMPTY, terms_removed=(EMOTION + "joy",))


def test_deprecated_term_is_neither_added_nor_removed() -> None:
    gone = "emotion:joy a skos:Concept ; owl:deprecated true ."
    found = diff(graph("emotion:joy a skos:Concept ."), graph(gone))

    assert found == replace(EMPTY, terms_deprecated=(EMOTION + "joy",))


def test_label_definition_and_parent_are_given_old_and_new() -> None:
    new = graph(
        "emotion:joy a skos:Concept ; skos:prefLabel 'gladness'@en ; "
        "skos:definition 'A bright feeling.'@en .",
        "emotion:zest a skos:Concept ; skos:broader emotion:love .",
    )
    found = diff(graph(JOY, ZEST), new)

    joy, zest = EMOTION + "joy", EMOTION + "zest"
    assert found == replace(
        EMPTY,
        labels=(Change(joy, SKOS + "prefLabel", ("joy",), ("gladness",)),),
        definitions=(
            Change(joy, SKOS + "definition", ("A good feeling.",), ("A bright feeling.",)),
        ),
        parents=(Change(zest, SKOS + "broader", (EMOTION + "joy",), (EMOTION + "love",)),),
    )


def test_second_parent_is_a_change() -> None:
    found = diff(graph(ZEST), graph(ZEST, "emotion:zest skos:broader emotion:love ."))

    (change,) = found.parents
    assert (change.old, change.new) == ((EMOTION + "joy",), (EMOTION + "joy", EMOTION + "love"))


def test_value_is_given_old_and_new_and_a_new_one_from_nothing() -> None:
    old = graph("<https://w3id.org/affectgraph/vad/glasgow/joy> a ag:VadValue ; ag:valence 0.5 .")
    new = graph(
        "<https://w3id.org/affectgraph/vad/glasgow/joy> a ag:VadValue ; ag:valence 0.625 .",
        "<https://w3id.org/affectgraph/vad/other/joy> a ag:VadValue ; ag:arousal -0.1 .",
    )

    base = "https://w3id.org/affectgraph/vad/"
    assert diff(old, new).values == (
        Change(base + "glasgow/joy", AG + "valence", ("0.5",), ("0.625",)),
        Change(base + "other/joy", AG + "arousal", (), ("-0.1",)),
    )


def test_anchor_that_moves_from_close_to_exact_is_two_changes() -> None:
    label = "scheme:ekman-6\\/joy a ag:SchemeLabel , skos:Concept ; "
    found = diff(
        graph(f"{label} skos:closeMatch emotion:joy ."),
        graph(f"{label} skos:exactMatch emotion:joy ."),
    )

    iri = expand("scheme:ekman-6/joy")
    assert found == replace(
        EMPTY,
        anchors=(
            Change(iri, SKOS + "closeMatch", (EMOTION + "joy",), ()),
            Change(iri, SKOS + "exactMatch", (), (EMOTION + "joy",)),
        ),
    )


ASSOCIATION = (
    "association:{name} a ag:Association ; ag:associationFrom emotion:joy ; "
    "ag:associationRelation {relation} ; ag:associationTo emotion:sadness ; "
    "dct:source source:plutchik-1980 ."
)


def test_association_is_told_by_what_it_says_and_not_by_its_iri() -> None:
    first = ASSOCIATION.format(name="a", relation="ag:oppositeOf")
    second = ASSOCIATION.format(name="b", relation="ag:oppositeOf")
    other = ASSOCIATION.format(name="a", relation="ag:composedOf")

    assert diff(graph(first), graph(second)).is_empty
    found = diff(graph(first), graph(other))
    ends = (EMOTION + "joy", EMOTION + "sadness", SOURCE + "plutchik-1980")
    assert found.associations_removed == (Link(ends[0], AG + "oppositeOf", ends[1], ends[2]),)
    assert found.associations_added == (Link(ends[0], AG + "composedOf", ends[1], ends[2]),)


def test_word_that_comes_to_denote_another_concept_is_added_and_removed() -> None:
    word = "<https://w3id.org/affectgraph/lex/glad-adj>"
    found = diff(
        graph(f"{word} ontolex:denotes emotion:joy ."),
        graph(f"{word} ontolex:denotes emotion:zest ."),
    )

    glad = expand("lex:glad-adj")
    assert found.words_removed == (Link(glad, ONTOLEX + "denotes", EMOTION + "joy", ""),)
    assert found.words_added == (Link(glad, ONTOLEX + "denotes", EMOTION + "zest", ""),)


def test_blank_nodes_are_counted_and_left_out() -> None:
    layer = list(default_triples(build_dl()))
    renamed = [quad.triple for quad in parse_again(layer)]

    found = diff(layer, renamed)
    assert found.is_empty
    assert found.left_out[0] == found.left_out[1] > 1000


def parse_again(triples: list[Triple]) -> Iterable[Quad]:
    from affectgraph.ontology.build import dump

    content = dump(triples, RdfFormat.N_TRIPLES)
    return parse(content, format=RdfFormat.N_TRIPLES, rename_blank_nodes=True)


def test_empty_graphs_do_not_differ() -> None:
    assert diff([], []) == EMPTY


def test_everything_of_the_core_is_compared(core: list[Triple]) -> None:
    found = diff([], core)

    counts = found.counts()
    assert found.left_out == (0, 0)
    assert counts["terms_added"] >= 1210  # the terms of 0.1.0
    assert counts["words_added"] >= 800
    assert counts["associations_added"] > 150
    assert counts["values"] == 166 * 6
    assert diff(core, core).is_empty


def test_edit_of_the_core_is_found_and_nothing_else(core: list[Triple]) -> None:
    new = edited(
        core,
        """DELETE { ?v ag:valence ?old } INSERT { ?v ag:valence -0.5 }
           WHERE { ?v ag:ofConcept emotion:dread ; ag:valence ?old } ;
           DELETE DATA { emotion:dread skos:broader emotion:nervousness } ;
           INSERT DATA { emotion:dread skos:broader emotion:horror }""",
    )

    found = diff(core, new)
    (value,) = found.values
    assert (value.subject, value.old, value.new) == (
        expand("vad:glasgow/dread"),
        ("-0.734",),  # vad_glasgow.tsv
        ("-0.5",),
    )
    assert found == replace(
        EMPTY,
        values=(value,),
        parents=(
            Change(
                EMOTION + "dread",
                SKOS + "broader",
                (EMOTION + "nervousness",),
                (EMOTION + "horror",),
            ),
        ),
    )


def test_title_of_a_scheme_is_its_name() -> None:
    old = graph("scheme:x a skos:ConceptScheme ; dct:title 'X'@en .")
    new = graph("scheme:x a skos:ConceptScheme ; dct:title 'Y'@en .")

    assert diff(old, new).labels == (Change(expand("scheme:x"), DCT + "title", ("X",), ("Y",)),)
