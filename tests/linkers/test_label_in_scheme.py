"""Labels of a scheme mean what that scheme's anchor says."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.errors import UnknownTermError


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize(
    ("scheme", "label", "slug"),
    [
        ("raf-db", "happiness", "joy"),  # the anchor, not the third-tier happiness
        ("fsre", "happiness", "happiness"),
        ("emotic", "happiness", "cheerfulness"),
        ("emotic", "Embarrassment", "shame"),
        ("goemotions", "embarrassment", "embarrassment"),
        ("plutchik-dyads", "awe", "state/awe"),
        ("occ", "resentment", "envy"),
        ("occ", "distress", "sadness"),
        ("occ", "fears-confirmed", "dismay"),
        ("iemocap-6", "ang", "anger"),
        ("iemocap-6", "FRU", "frustration"),
        ("emonet", "Helplessness", "hopelessness"),
        ("cowen-keltner", "empathic pain", "sympathy"),
        ("cowen-keltner", "empathic_pain", "sympathy"),
        ("mer2023", " worried ", "worry"),
        ("xed", "trust", "state/trust"),
        ("plutchik-24", "serenity", "contentment"),
    ],
)
def test_label_means_what_the_anchor_of_its_scheme_says(
    linker: LabelLinker, scheme: str, label: str, slug: str
) -> None:
    grounding = linker.ground(label, scheme=scheme)

    assert grounding.status == "linked"
    assert grounding.scheme == scheme
    assert grounding.candidates[0].concept.slug == slug


@pytest.mark.parametrize(
    ("scheme", "label"),
    [("affectnet", "neutral"), ("dailydialog", "no emotion"), ("iemocap-6", "neu")],
)
def test_neutral_label_of_a_scheme_is_neutral(linker: LabelLinker, scheme: str, label: str) -> None:
    grounding = linker.ground(label, scheme=scheme)

    assert grounding.status == "neutral"
    assert grounding.candidates[0].concept.slug == "state/neutral"


def test_every_label_of_every_scheme_links_to_an_anchor_of_its_own(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    for scheme in graph.schemes():
        for label in scheme.labels:
            grounding = linker.ground(label.name, scheme=scheme.name)

            anchors = {anchor.concept for anchor in label.anchors}
            assert {c.concept.slug for c in grounding.candidates} == anchors, label.iri
            assert (grounding.status == "nil") == (not anchors)


def test_evidence_names_the_label_its_anchor_and_the_source_of_the_scheme(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    (evidence,) = linker.ground("happy", scheme="affectnet").candidates[0].evidence

    assert evidence.kind == "scheme"
    assert evidence.matched == "affectnet/happy (exact)"
    assert graph.source(evidence.source).id == "affectnet"
    assert graph.sparql(f"ASK {{ <{evidence.iri}> ?p ?o }}") is True


def test_looser_anchor_scores_less(linker: LabelLinker) -> None:
    exact = linker.ground("happy", scheme="affectnet").score
    close = linker.ground("impressed", scheme="empathetic-dialogues").score
    component = linker.ground("sadly angry", scheme="raf-db-compound").score

    assert exact > close > component > 0


# --- several concepts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "label", "slugs"),
    [
        ("raf-db-compound", "happily surprised", {"joy", "surprise"}),
        ("raf-db-compound", "angrily disgusted", {"anger", "disgust"}),
        ("raf-db-compound", "sadly fearful", {"sadness", "fear"}),
        ("emotic", "Doubt/Confusion", {"state/doubt", "state/confusion"}),
    ],
)
def test_compound_label_keeps_all_its_parts(
    linker: LabelLinker, scheme: str, label: str, slugs: set[str]
) -> None:
    assert {c.concept.slug for c in linker.ground(label, scheme=scheme).candidates} == slugs


@pytest.mark.parametrize(
    "label",
    [
        "happily surprised",
        "happily disgusted",
        "sadly fearful",
        "sadly angry",
        "sadly surprised",
        "sadly disgusted",
        "fearfully angry",
        "fearfully surprised",
        "angrily surprised",
        "disgustedly surprised",
    ],
)
@pytest.mark.parametrize("scheme", ["raf-db-compound", None])
def test_compound_of_two_primaries_is_ambiguous(
    linker: LabelLinker, scheme: str | None, label: str
) -> None:
    grounding = linker.ground(label, scheme=scheme)

    assert grounding.status == "ambiguous"
    assert grounding.concept is None
    assert len(grounding.candidates) == 2


# --- nothing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "label"),
    [
        ("affectnet", "love"),
        ("ekman-6", "contempt"),
        ("raf-db", "calm"),
        ("dair-ai-emotion", "gratitude"),
        ("affectnet", "fears"),
        ("affectnet", "table"),
        ("affectnet", "not happy"),
        ("affectnet", "\u6012\u308a"),
        ("iemocap-6", "anger"),
        ("affectnet", "8"),  # "none" in the data files, no label of the set
    ],
)
def test_label_of_another_set_is_not_in_the_scheme(
    linker: LabelLinker, scheme: str, label: str
) -> None:
    grounding = linker.ground(label, scheme=scheme)

    assert (grounding.status, grounding.reason) == ("nil", "not_in_scheme")
    assert grounding.candidates == ()
    assert scheme in grounding.message


def test_near_miss_is_told_the_nearest_labels(linker: LabelLinker) -> None:
    assert "happiness" in linker.ground("hapiness", scheme="raf-db").message


def test_label_without_a_home_in_the_graph_is_not_an_emotion(linker: LabelLinker) -> None:
    grounding = linker.ground("dependent", scheme="mehrabian-pad")

    assert (grounding.status, grounding.reason) == ("nil", "not_an_emotion")
    assert grounding.candidates == ()


def test_bucket_is_not_an_emotion_without_its_scheme_either(linker: LabelLinker) -> None:
    assert linker.ground("dependent").reason == "not_an_emotion"


@pytest.mark.parametrize(
    ("label", "reason"),
    [("", "empty"), ("  ", "empty"), (None, "not_text"), (3, "not_text"), ("x" * 201, "too_long")],
)
def test_malformed_label_is_said_to_be_so_before_the_scheme_is_asked(
    linker: LabelLinker, label: object, reason: str
) -> None:
    grounding = linker.ground(label, scheme="affectnet")

    assert grounding.reason == reason
    assert grounding.scheme == "affectnet"


@pytest.mark.parametrize("scheme", ["affect-net", "", "no such scheme", "\u6012"])
def test_unknown_scheme_is_an_error(linker: LabelLinker, scheme: str) -> None:
    with pytest.raises(UnknownTermError, match="a label scheme"):
        linker.ground("joy", scheme=scheme)


def test_unknown_scheme_names_the_nearest(linker: LabelLinker) -> None:
    with pytest.raises(UnknownTermError, match="affectnet"):
        linker.ground("joy", scheme="affect-net")


def test_name_of_a_scheme_is_read_in_any_case(linker: LabelLinker) -> None:
    assert linker.ground("happy", scheme=" AffectNet ").scheme == "affectnet"
