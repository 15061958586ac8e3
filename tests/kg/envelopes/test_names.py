"""Addresses in envelopes: every name becomes one, and comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from affectgraph.kg.envelopes.names import (
    char_uri,
    from_uri,
    is_iri,
    observation_iri,
    part_iri,
    read_char_uri,
    thing_iri,
    to_uri,
)
from affectgraph.kg.observation import Observation, Span

names = st.text(max_size=20) | st.from_regex(
    r"https?:[\[\]/?#@ %a-z<>{}|^`\\\"]{0,12}", fullmatch=True
)


@given(names)
def test_every_name_has_an_iri(name: str) -> None:
    assert NamedNode(thing_iri(name))
    assert NamedNode(observation_iri(Observation((), id=name)))
    assert NamedNode(part_iri(thing_iri(name), "episode-1"))


@given(names)
def test_name_that_is_no_iri_comes_back_from_its_address(name: str) -> None:
    if is_iri(name):
        assert to_uri(from_uri(to_uri(name))) == to_uri(name)
    else:
        assert from_uri(to_uri(name)) == name


@given(names, st.integers(0, 10**6))
def test_address_of_a_span_says_where_it_stands(item: str, start: int) -> None:
    uri = char_uri(item, Span("joy", start, start + 3))

    if uri:
        assert read_char_uri(uri) == (from_uri(to_uri(item)), start, start + 3)
    else:
        assert not item or "#" in to_uri(item)


@pytest.mark.parametrize("span", [None, Span("joy")])
def test_words_without_a_place_have_no_address(span: Span | None) -> None:
    assert char_uri("a", span) == ""


@pytest.mark.parametrize("uri", ["a", "a#char=1", "a#char=x,2", "a#line=1,2", ""])
def test_other_addresses_are_no_spans(uri: str) -> None:
    assert read_char_uri(uri) is None


@pytest.mark.parametrize(
    "name", ["urn:x", "https://example.org/a b", "mailto:ann@example.org", "http://[::1]/ä"]
)
def test_iri_stays_one(name: str) -> None:
    assert thing_iri(name) == name.replace(" ", "%20")


@pytest.mark.parametrize("name", ["Ann", "c:", "a:%zz", ""])
def test_other_names_get_an_iri_of_their_own(name: str) -> None:
    assert thing_iri(name).startswith("urn:uuid:")
