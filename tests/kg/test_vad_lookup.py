"""Which value speaks for a word or a concept, and how a user's lexicon lies over the graph."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Store

from affectgraph.api.exporting import all_quads
from affectgraph.kg import (
    EmotionGraph,
    OxigraphStore,
    VadLexicon,
    VadTerm,
    import_vad,
    read_lexicon,
)
from affectgraph.kg.model import Vad
from affectgraph.ontology.errors import BackendError, InputError, UnknownTermError
from affectgraph.reasoner import Checker

from .lexicons import GLASGOW

SECRET = 0.123456
"""A value that no other source has."""


def lexicon_of(*words: str, name: str = "mine") -> VadLexicon:
    terms = [VadTerm(word, "", Vad(SECRET, -SECRET, 0.0)) for word in words]
    return VadLexicon(name, "-1..1", {term.key: term for term in terms})


# --- words ----------------------------------------------------------------------------------------


def test_word_outside_the_vocabulary_has_its_rating(graph: EmotionGraph) -> None:
    # abbey: valence 5.781 of 1..9 -> .19525, arousal 3.125 -> -.46875
    (value,) = graph.vad_of_word("abbey")

    assert (value.mean.valence, value.mean.arousal) == (0.195, -0.469)
    assert (value.kind, value.origin, value.match, value.raters) == (
        "measured",
        "glasgow",
        "exact",
        32,
    )


@pytest.mark.parametrize("word", ["Dread", " dread ", "DREAD"])
def test_case_and_outer_space_make_no_difference(word: str, graph: EmotionGraph) -> None:
    assert graph.vad_of_word(word) == graph.vad_of_word("dread") != ()


def test_bare_word_speaks_where_senses_are_rated_too_and_says_it_is_unmarked(
    graph: EmotionGraph,
) -> None:
    (bare,) = graph.vad_of_word("even")
    (still,) = graph.vad_of_word("even", sense="Still")

    assert (bare.form, bare.match, bare.mean.valence) == ("even", "unmarked", 0.213)
    assert (still.form, still.match, still.mean.valence) == ("even (still)", "sense", 0.016)


@pytest.mark.parametrize(("word", "sense"), [("zzz", None), ("zzz", "flat"), ("", None)])
def test_word_that_nobody_rated_has_no_value(
    word: str, sense: str | None, graph: EmotionGraph
) -> None:
    assert graph.vad_of_word(word, sense=sense) == ()


@pytest.mark.parametrize(
    ("word", "sense", "hint"),
    [
        ("even", "flat", "There are: odd, still."),
        ("Even ", "", "There are: odd, still."),
        ("dread", "fear", "It was rated without senses; name none."),
    ],
)
def test_sense_in_which_a_word_was_not_rated_is_unknown(
    word: str, sense: str, hint: str, graph: EmotionGraph
) -> None:
    with pytest.raises(UnknownTermError, match=rf"a rated sense of .*, got {sense!r}\. {hint}"):
        graph.vad_of_word(word, sense=sense)


def test_inflections_do_not_stand_in_for_each_other(graph: EmotionGraph) -> None:
    assert graph.vad_of_word("dreads") == ()


def test_estimate_comes_only_if_asked_for_and_says_its_error(graph: EmotionGraph) -> None:
    # Row of vad_estimated.tsv: admirable .761 .162 .341, errors .312 .229 .220
    assert graph.vad_of_word("admirable") == ()

    (value,) = graph.vad_of_word("admirable", sources=["glasgow", "estimated"])

    assert value.kind == "estimated"
    assert value.derived_by == "affectgraph.ontology.vad_estimates"
    assert value.raters is None
    assert value.spread == (0.312, 0.229, 0.22)
    assert not value.is_measured


def test_unknown_origin_is_refused_with_the_known_ones(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="There are: glasgow, branch-mean, glasgow-adjusted"):
        graph.vad_of_word("dread", sources=["warriner"])
    with pytest.raises(UnknownTermError, match="There are"):
        graph.vad("dread", sources=["user/mine"])


# --- concepts -------------------------------------------------------------------------------------


def test_origins_come_in_the_order_asked_for(graph: EmotionGraph) -> None:
    values = graph.vad("dread", sources=["glasgow-adjusted", "glasgow"])

    assert [value.origin for value in values] == ["glasgow-adjusted", "glasgow"]
    assert [value.kind for value in values] == ["derived", "measured"]


def test_state_nobody_rated_has_an_estimate_that_does_not_speak_by_default(
    graph: EmotionGraph,
) -> None:
    (value,) = graph.vad("state/distrust", sources=["estimated"])

    assert graph.vad("state/distrust") == ()
    # Row of vad_estimated.tsv. Its sign is hardly told: "distrust" is embedded near "trust".
    assert value.mean == Vad(-0.038, -0.079, -0.012)
    assert value.spread[0] > abs(value.mean.valence)
    assert "state/distrust" not in {
        n.concept.slug for n in graph.nearest(0, 0, 0, limit=500, measured_only=False)
    }


def test_emotion_nobody_rated_keeps_its_branch_mean_and_has_an_estimate_beside_it(
    graph: EmotionGraph,
) -> None:
    values = graph.vad("exasperation", sources=["branch-mean", "estimated"])

    assert [value.origin for value in values] == ["branch-mean", "estimated"]
    assert graph.vad("exasperation") == values[:1]


def test_checker_does_not_rest_on_estimates(graph: EmotionGraph) -> None:
    report = Checker(graph).check("Distrust is an unpleasant state.")

    assert [j.rule for j in report.judgements if j.claim.type == "vad_level"] == ["no-vad"]


# --- a user's lexicon -----------------------------------------------------------------------------


def test_imported_value_comes_after_the_measured_one(graph: EmotionGraph) -> None:
    with_it = graph.with_vad(lexicon_of("dread", "zyzzyva"))

    assert [v.origin for v in with_it.vad_of_word("dread")] == ["glasgow", "user/mine"]
    assert [v.origin for v in with_it.vad("dread")] == ["glasgow", "user/mine"]
    (value,) = with_it.vad_of_word("Zyzzyva")
    assert (value.kind, value.mean.valence, value.form) == ("imported", SECRET, "zyzzyva")
    assert with_it.vad("dread", sources=["user/mine"])[0].mean.valence == SECRET


def test_imported_value_names_the_graph_of_its_lexicon(graph: EmotionGraph) -> None:
    lexicon = lexicon_of("dread")
    measured, imported = graph.with_vad(lexicon).vad("dread")

    assert imported.graph == lexicon.graph_iri
    assert measured.graph == "https://w3id.org/affectgraph/graph/vad-glasgow"


def test_imported_value_comes_before_a_branch_mean(graph: EmotionGraph) -> None:
    with_it = graph.with_vad(lexicon_of("exasperation"))

    assert [v.origin for v in with_it.vad("exasperation")] == ["user/mine", "branch-mean"]
    found = with_it.nearest(SECRET, -SECRET, 0, limit=1)[0]
    assert (found.concept.slug, found.distance) == ("exasperation", 0.0)


def test_graph_that_a_lexicon_is_laid_over_stays_as_it_was(graph: EmotionGraph) -> None:
    graph.with_vad(lexicon_of("dread", "zyzzyva"))

    assert [v.origin for v in graph.vad("dread")] == ["glasgow"]
    assert graph.vad_of_word("zyzzyva") == ()


def test_two_lexicons_may_lie_over_a_graph_but_not_under_one_name(graph: EmotionGraph) -> None:
    first = graph.with_vad(lexicon_of("dread", name="first"))

    both = first.with_vad(lexicon_of("dread", name="second"))

    assert [v.origin for v in both.vad("dread")] == ["glasgow", "user/first", "user/second"]
    with pytest.raises(InputError, match="got 'first' twice"):
        both.with_vad(lexicon_of("joy", name="first"))


def test_source_of_an_imported_value_says_that_it_is_the_users(graph: EmotionGraph) -> None:
    source = graph.with_vad(lexicon_of("dread")).source("user/mine")

    assert "not to be passed on" in source.licence
    assert "user/mine" not in {s.id for s in graph.sources()}


def test_no_verdict_rests_on_an_imported_value(graph: EmotionGraph) -> None:
    texts = ["Dread is pleasant.", "Distrust is an unpleasant state."]
    with_it = graph.with_vad(lexicon_of("dread", "distrust"))

    for text in texts:
        assert Checker(with_it).check(text) == Checker(graph).check(text)


def test_senses_of_an_imported_lexicon_are_found_by_sense(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    file = tmp_path / "norms.csv"
    file.write_text(GLASGOW)
    with_it = graph.with_vad(import_vad(file).lexicon)

    values = with_it.vad_of_word("content", sense="happy", sources=["user/norms"])

    assert [v.mean.valence for v in values] == [0.75]
    with pytest.raises(UnknownTermError, match=r"There are: .*happy"):
        with_it.vad_of_word("content", sense="sad")


# --- kept out of exports --------------------------------------------------------------------------


@pytest.mark.slow
def test_lexicon_laid_over_a_graph_is_in_no_export(graph: EmotionGraph) -> None:
    with_it = graph.with_vad(lexicon_of("dread", "zyzzyva"))

    written = [str(quad) for quad in all_quads(with_it)]

    assert written == [str(quad) for quad in all_quads(graph)]
    assert not any("zyzzyva" in line or "0.123456" in line or "/user/" in line for line in written)


@pytest.mark.slow
def test_lexicon_kept_in_the_store_itself_is_in_no_export(
    graph: EmotionGraph, tmp_path: Path
) -> None:
    file = tmp_path / "mine.nq"
    lexicon_of("dread", "zyzzyva").save(file)
    store = Store()
    store.bulk_extend(all_quads(graph))
    before = len(store)
    store.load(path=str(file))

    written = list(all_quads(EmotionGraph(OxigraphStore(store))))

    assert len(store) > before == len(written)
    assert not any("zyzzyva" in str(quad) for quad in written)


def test_kept_lexicon_stands_in_a_named_graph_of_the_user_only(tmp_path: Path) -> None:
    file = tmp_path / "mine.trig"
    lexicon_of("dread").save(file)
    store = Store()
    store.load(path=str(file))

    assert {str(quad.graph_name) for quad in store} == {
        "<https://w3id.org/affectgraph/graph/user/vad-mine>"
    }
    assert not list(store.quads_for_pattern(None, None, None, DefaultGraph()))


# --- files of lexicons ----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".nq", ".trig"])
def test_lexicon_reads_back_as_it_was(ending: str, tmp_path: Path) -> None:
    terms = [
        VadTerm("Fed up with", "", Vad(-0.1, 1 / 3, 0.25)),
        VadTerm("content", "happy", Vad(0.75, 0.25, 0.5), (0.25, 0.4, 0.4), 32),
        VadTerm('na\u00efve "😀" <x>', "", Vad(-1, 0, 1)),
    ]
    lexicon = VadLexicon("mine", "1..9", {term.key: term for term in terms})

    lexicon.save(tmp_path / f"kept{ending}")

    assert read_lexicon(tmp_path / f"kept{ending}") == lexicon


def test_lexicon_cannot_be_changed() -> None:
    lexicon = lexicon_of("dread")

    with pytest.raises(TypeError):
        lexicon.terms["joy", ""] = VadTerm("joy", "", Vad(0, 0, 0))  # type: ignore[index]


@pytest.mark.parametrize("name", ["kept.ttl", "kept", "kept.csv"])
def test_file_of_another_kind_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.nq or \.trig"):
        lexicon_of("dread").save(tmp_path / name)


def test_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Cannot write"):
        lexicon_of("dread").save(tmp_path / "no" / "kept.nq")


@pytest.mark.parametrize("text", ["", "no quads\n", "<urn:a> <urn:b> <urn:c> .\n"])
def test_file_without_a_lexicon_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.nq"
    file.write_text(text)

    with pytest.raises(BackendError, match="expected one imported lexicon in"):
        read_lexicon(file)


def test_missing_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="expected one imported lexicon"):
        read_lexicon(tmp_path / "none.nq")


# --- sources that disagree ------------------------------------------------------------------------


@pytest.mark.parametrize("beyond", [-0.1, 2.1, float("nan"), "0.3", None])
def test_gap_that_no_two_values_can_have_is_refused(graph: EmotionGraph, beyond: object) -> None:
    with pytest.raises(InputError, match=r"Expected a gap in 0\.\.2"):
        graph.vad_disagreements(beyond)  # type: ignore[arg-type]


def test_disagreement_of_an_unknown_source_names_those_there_are(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match=r"'nrc'.*glasgow"):
        graph.vad_disagreements(sources=["glasgow", "nrc"])


def test_disagreements_come_widest_first_and_only_beyond_the_gap(graph: EmotionGraph) -> None:
    other = graph.with_vad(lexicon_of("joy", "dread", "anger"))

    found = other.vad_disagreements(0.5)

    # By hand, valence .123456: joy .765 - .123 = .642, arousal .485 + .123 = .609; dread .734 + .123;
    # anger .618 + .123.
    assert [pair.concept.slug for pair in found] == ["dread", "anger", "joy"]
    assert [round(pair.widest, 3) for pair in found] == [0.857, 0.741, 0.642]
    assert [pair.concept.slug for pair in other.vad_disagreements(0.8)] == ["dread"]
