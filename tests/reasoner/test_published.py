"""The published patterns laid out for the rules say what the index says."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.faces import rivals, usable_patterns
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.reasoner.published import PublishedPatterns


@pytest.fixture(scope="module")
def published(graph: EmotionGraph) -> PublishedPatterns:
    return PublishedPatterns(graph)


def test_all_usable_patterns_are_there_in_order(
    graph: EmotionGraph, published: PublishedPatterns
) -> None:
    assert [p.pattern for p in published.all] == list(usable_patterns(graph.index))
    assert [p.number for p in published.all] == list(range(len(published.all)))


@pytest.mark.parametrize("codes", [{"AU4"}, {"AU6", "AU12"}, {"AU1", "AU2", "AU5"}, {"AU99"}])
@pytest.mark.parametrize("slug", ["anger", "joy", "state/awe"])
def test_rivals_are_those_of_the_index(
    graph: EmotionGraph, published: PublishedPatterns, codes: set[str], slug: str
) -> None:
    assert published.rivals(frozenset(codes), slug) == rivals(graph.index, codes, slug)


def test_patterns_of_a_kind_count_for_the_broader_emotion(published: PublishedPatterns) -> None:
    slugs = {p.concept.slug for p in published.of("sadness")}
    assert {"sadness", "shame"} <= slugs
    assert "sadness" not in {p.concept.slug for p in published.of("shame")}


def test_happiness_counts_as_joy(published: PublishedPatterns) -> None:
    assert published.of("joy") == tuple(
        p for p in published.all if p.concept.primary == "joy" or p.concept.slug == "joy"
    )


def test_excluded_actions_of_any_grade_are_left_out(
    graph: EmotionGraph, published: PublishedPatterns
) -> None:
    for slug, patterns in published.excluded.items():
        for pattern, codes in patterns:
            grades = {a.code: a.grade for group in pattern.excluded for a in group}
            assert pattern.concepts == (slug,)
            assert codes == {code for code, grade in grades.items() if not grade}


def test_an_unknown_emotion_is_an_error(published: PublishedPatterns) -> None:
    with pytest.raises(UnknownTermError):
        published.of("no such emotion")


def test_an_emotion_without_patterns_has_none(published: PublishedPatterns) -> None:
    assert published.of("agony") == ()
