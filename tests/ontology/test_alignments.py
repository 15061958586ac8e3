"""Alignments to other vocabularies: the decisions, their identifiers, and what the graph makes of them."""

from collections import Counter

import pytest
from pyoxigraph import Store

from affectgraph.ontology.alignments import (
    CHAINED,
    EXTERNAL_PREFIXES,
    LOCAL_NAMES,
    RESOURCES,
    Alignment,
    alignments,
    chained,
    expand_term,
    shorten_term,
)
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.graph_checks import built_store
from affectgraph.ontology.layers.alignments import mapping_iri
from affectgraph.ontology.rows import read_table

PREFIXES = """
PREFIX ag: <https://w3id.org/affectgraph/ontology#>
PREFIX emotion: <https://w3id.org/affectgraph/emotion/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX ili: <http://globalwordnet.org/ili/>
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return built_store()


def decisions(concept: str, resource: str) -> list[Alignment]:
    return [a for a in alignments() if (a.concept, a.resource) == (concept, resource)]


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("ili:i76265", "http://globalwordnet.org/ili/i76265"),
        ("MFOEM:000055", "http://purl.obolibrary.org/obo/MFOEM_000055"),
        ("oewn:07533707-n", "https://en-word.net/id/oewn-07533707-n"),
        ("pwn30:07518468-n", "http://wordnet-rdf.princeton.edu/wn30/07518468-n"),
        ("shaver:Shame", "https://w3id.org/spice/SON/ShaverEmotions_4Atlas/Shame"),
        ("plutchik:Ecstacy", "https://w3id.org/spice/SON/PlutchikEmotion_4Atlas/Ecstacy"),
        ("wd:Q316", "http://www.wikidata.org/entity/Q316"),
    ],
)
def test_short_identifier_and_iri_are_each_others_other_form(name: str, iri: str) -> None:
    assert expand_term(name) == iri
    assert shorten_term(iri) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ili:",
        "ili:76265",
        "ili:i0",
        "MFOEM:55",
        "wd:316",
        "shaver:shame",
        "skos:Concept",
        "i76265",
    ],
)
def test_identifier_that_no_resource_gives_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"Expected an identifier .*got .*Copy it"):
        expand_term(name)


def test_iri_of_no_resource_stays_as_it_is() -> None:
    assert shorten_term("https://example.org/x") == "https://example.org/x"


def test_every_resource_has_a_namespace_and_a_form_of_its_identifiers() -> None:
    assert set(RESOURCES.values()) <= set(LOCAL_NAMES) <= set(EXTERNAL_PREFIXES)


def test_irritation_is_no_outburst_and_no_suffering() -> None:
    found = {shorten_term(a.term): a for a in decisions("irritation", "cili")}

    assert {name: a.is_accepted for name, a in found.items()} == {
        "ili:i112715": True,
        "ili:i76135": False,
        "ili:i76265": False,
    }
    assert "outburst" in found["ili:i76265"].reason
    assert found["ili:i112715"].gloss == "the psychological state of being irritated or annoyed"


def test_members_of_one_synset_are_never_both_exact() -> None:
    (amazement,) = decisions("amazement", "cili")
    (astonishment,) = decisions("astonishment", "cili")

    assert amazement.term == astonishment.term
    assert {amazement.predicate, astonishment.predicate} == {"skos:broadMatch"}


def test_happiness_of_mfoem_is_the_family_joy_and_not_lasting_happiness() -> None:
    term = expand_term("MFOEM:000042")

    found = {a.concept: a.predicate for a in alignments() if a.term == term}
    assert found == {"joy": "skos:closeMatch", "happiness": "skos:broadMatch"}


def test_every_candidate_sense_of_a_tree_word_in_noun_feeling_is_decided() -> None:
    """The synsets of WordNet's feelings that hold a name of the tree, by their members."""
    decided = {(row["concept"], row["term"]) for row in read_table("alignments")}
    nodes = {row["node"]: row["label"] for row in read_table("tree")}
    feelings = [
        row
        for row in read_table("external_terms")
        if row["locator"].startswith("globalwordnet/english-wordnet src/yaml/noun.feeling")
    ]

    open_ = [
        (node, row["term"])
        for node, label in nodes.items()
        for row in feelings
        if label in row["label"].split(", ") and (node, row["term"]) not in decided
    ]
    # Terms that stand in the table as parents only, with a word that is a node below a namesake.
    assert open_ == []


def test_decisions_on_emotionml_items_are_the_anchors_of_their_labels() -> None:
    found = [a for a in alignments() if a.resource == "emotionml"]
    rows = {(r["scheme"], r["label"], r["target"]) for r in read_table("scheme_labels")}

    assert len(found) >= 52
    for alignment in found:
        scheme, label = alignment.term.split("/")[-2:]
        assert (scheme, label, alignment.concept) in rows
        assert alignment.vocabulary.startswith("http://www.w3.org/TR/emotion-voc/xml#")


def test_wordnets_follow_the_index_and_say_so() -> None:
    found = {a.term: a for a in chained("oewn") if a.concept == "irritation"}

    assert list(found) == ["https://en-word.net/id/oewn-14429977-n"]
    assert found["https://en-word.net/id/oewn-14429977-n"].justification == CHAINED
    assert list(chained("mfoem")) == []
    assert list(chained("nothing")) == []


def test_nodes_of_decisions_have_names_of_their_own() -> None:
    names = Counter(mapping_iri(a) for a in alignments())

    assert [name for name, n in names.items() if n > 1] == []


def test_accepted_match_is_a_triple_from_both_ends_and_holds_for_the_wordnets(store: Store) -> None:
    for term in (
        "ili:i112715",
        "<https://en-word.net/id/oewn-14429977-n>",
        "<http://wordnet-rdf.princeton.edu/wn30/14406573-n>",
    ):
        pattern = (
            f"emotion:irritation skos:closeMatch {term} . {term} skos:closeMatch emotion:irritation"
        )
        assert store.query(f"{PREFIXES} ASK {{ {pattern} }}")


def test_wider_term_is_a_broad_match_and_back_a_narrow_one(store: Store) -> None:
    pattern = "emotion:rage skos:broadMatch ili:i76256 . ili:i76256 skos:narrowMatch emotion:rage"

    assert store.query(f"{PREFIXES} ASK {{ {pattern} }}")


def test_rejected_match_is_no_triple(store: Store) -> None:
    assert not store.query(f"{PREFIXES} ASK {{ emotion:irritation ?p ili:i76265 }}")


def test_anchors_of_labels_do_not_take_terms_of_other_vocabularies(store: Store) -> None:
    query = "ASK { ?term a ag:ExternalTerm . { ?term ag:anchoredTo ?c } UNION { ?c ag:anchorOf ?term } }"

    assert not store.query(PREFIXES + query)
