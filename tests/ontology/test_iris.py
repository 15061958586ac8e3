"""Short and long forms of identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.ontology import iris
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import PREFIXES, curie, expand
from affectgraph.ontology.triples import class_iri, concept_iri, slug

local_names = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='<>"{}|\\^`#/'),
    max_size=30,
)


@given(st.sampled_from(sorted(PREFIXES)), local_names)
def test_curie_undoes_expand(prefix: str, name: str) -> None:
    assert expand(curie(expand(f"{prefix}:{name}"))) == PREFIXES[prefix] + name


@given(st.sampled_from(sorted(PREFIXES)), local_names)
def test_expand_undoes_curie_of_every_iri_below_a_prefix(prefix: str, name: str) -> None:
    iri = PREFIXES[prefix] + name

    assert expand(curie(iri)) == iri


@given(st.sampled_from(sorted(PREFIXES)), local_names)
def test_expand_is_idempotent(prefix: str, name: str) -> None:
    once = expand(f"{prefix}:{name}")

    assert expand(once) == once


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/affectgraph/emotion/anger", "emotion:anger"),
        ("https://w3id.org/affectgraph/state/trust", "state:trust"),
        ("https://w3id.org/affectgraph/ontology#Anger", "ag:Anger"),
        ("https://w3id.org/affectgraph/au/AU12", "au:AU12"),
        ("http://www.w3.org/2004/02/skos/core#broader", "skos:broader"),
        ("https://w3id.org/affectgraph/ontology", "https://w3id.org/affectgraph/ontology"),
        ("http://example.org/x", "http://example.org/x"),
        ("", ""),
    ],
)
def test_curie_is_the_short_form_where_a_prefix_fits(iri: str, expected: str) -> None:
    assert curie(iri) == expected


def test_longest_namespace_wins_where_two_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PREFIXES, "base", iris.BASE)

    assert curie(iris.EMOTION + "joy") == "emotion:joy"


@pytest.mark.parametrize("name", ["nope:anger", ":anger", "EMOTION:anger", "urn:x"])
def test_unknown_prefix_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match="one of the prefixes ag, alias, association, au"):
        expand(name)


def test_prefixes_are_sorted_and_their_namespaces_distinct_and_well_formed() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(space.startswith("http") and space[-1] in "#/" for space in PREFIXES.values())


def test_concept_and_class_never_share_an_iri() -> None:
    for node in ("anger", "sadness-secondary", "state/aesthetic-appreciation"):
        assert concept_iri(node) != class_iri(node)


@pytest.mark.parametrize(
    ("node", "concept", "class_"),
    [
        ("anger", iris.EMOTION + "anger", iris.AG + "Anger"),
        ("sadness-secondary", iris.EMOTION + "sadness-secondary", iris.AG + "SadnessSecondary"),
        ("state/trust", iris.STATE + "trust", iris.AG + "Trust"),
    ],
)
def test_node_names_give_both_iris(node: str, concept: str, class_: str) -> None:
    assert (concept_iri(node), class_iri(node)) == (concept, class_)


@given(st.text(max_size=60))
def test_slug_is_safe_in_an_iri_and_idempotent(value: str) -> None:
    made = slug(value)

    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert slug(made) == made
