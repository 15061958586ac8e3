"""Claims about emotions themselves: tier, kind, opposite, valence, and labels of schemes."""

from collections.abc import Sequence

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, ClaimType, Judgement


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def only(checker: Checker, type_: ClaimType, text: str) -> Judgement:
    (judgement,) = [j for j in checker.check(text).judgements if j.claim.type == type_]
    return judgement


# --- in_tier: the tree is Parrott's, six primaries -------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Resentment is a tertiary emotion.",
        "Anger is a basic emotion.",
        "Anger is a primary emotion.",
        "Irritation is a second-tier emotion.",
        "Irritation is a secondary feeling.",
        "Resentment is a third tier emotion.",
        "Resentment is not a primary emotion.",
        "Envy is a tier-2 emotion.",
    ],
)
def test_tier_of_the_tree_is_supported(checker: Checker, text: str) -> None:
    judgement = only(checker, "in_tier", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "tier")
    assert judgement.facts


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Resentment is a primary emotion.", "tertiary"),
        ("Irritation is a basic emotion.", "secondary"),
        ("Anger is a secondary emotion.", "primary"),
        ("Disgust is a primary emotion.", "secondary"),
        ("Anger is not a basic emotion.", "primary"),
    ],
)
def test_tier_that_is_not_the_trees_is_contradicted(checker: Checker, text: str, hint: str) -> None:
    judgement = only(checker, "in_tier", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", "tier")
    assert hint in judgement.hint


def test_word_that_the_tree_prints_at_two_tiers_is_in_the_higher(checker: Checker) -> None:
    # surprise, primary, has a secondary child of the same name
    assert only(checker, "in_tier", "Surprise is a primary emotion.").verdict == "supported"
    assert only(checker, "in_tier", "Surprise is a secondary emotion.").verdict == "contradicted"


def test_verdict_on_a_second_tier_rests_on_a_triple_of_that_tier(checker: Checker) -> None:
    judgement = only(checker, "in_tier", "Fear is a tertiary emotion.")

    assert judgement.verdict != "supported" or any(
        fact.object.endswith("#tertiaryTier") for fact in judgement.facts
    )


def test_state_outside_the_tree_has_no_tier(checker: Checker) -> None:
    judgement = only(checker, "in_tier", "Trust is a primary emotion.")

    assert (judgement.verdict, judgement.rule) == ("unsupported", "outside-the-tree")


# --- subsumed_by -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Irritation is a kind of anger.",
        "Resentment is a form of anger.",
        "Resentment falls under rage.",
        "Disgust is a type of anger.",
        "Guilt belongs to sadness.",
        "Fear is a kind of fear.",
        '"Irritation" is a kind of "anger".',
    ],
)
def test_kind_of_an_ancestor_is_supported(checker: Checker, text: str) -> None:
    judgement = only(checker, "subsumed_by", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "ancestor")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Anger is a kind of irritation.", "descendant"),
        ("Joy is a form of bliss.", "descendant"),
        ("Irritation is a kind of joy.", "other-primary"),
        ("Guilt belongs to fear.", "other-primary"),
        ("Irritation is not a kind of anger.", "ancestor"),
    ],
)
def test_kind_of_anything_else_in_the_tree_is_contradicted(
    checker: Checker, text: str, rule: str
) -> None:
    judgement = only(checker, "subsumed_by", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", rule)
    assert judgement.hint


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Irritation is not a kind of joy.", "other-primary"),
        ("Irritation doesn't belong to joy.", "other-primary"),
        ("Anger is not a kind of irritation.", "descendant"),
    ],
)
def test_denial_of_what_is_false_is_supported(checker: Checker, text: str, rule: str) -> None:
    judgement = only(checker, "subsumed_by", text)

    assert judgement.claim.is_denied
    assert (judgement.verdict, judgement.rule, judgement.hint) == ("supported", rule, "")


@pytest.mark.parametrize(
    "text",
    [
        "Pity is a kind of grief.",  # siblings' children within sadness
        "Trust is a kind of love.",  # a state
        "Joy is a kind of trust.",
        "Pity is not a kind of grief.",
    ],
)
def test_absence_of_a_path_contradicts_nothing(checker: Checker, text: str) -> None:
    judgement = only(checker, "subsumed_by", text)

    assert (judgement.verdict, judgement.rule) == ("unsupported", "no-ancestor")
    assert judgement.facts == ()


# --- opposite_of: Plutchik 1980, OCC 1988, Mehrabian 1996 ------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Joy is the opposite of sadness.",
        "Sadness is the opposite of joy.",
        "Joy and sadness are opposites.",
        "Love is the antithesis of hate.",
        "Pride and shame are polar opposites.",
        "Trust is the opposite of disgust.",
        "Hope is the opposite of fear.",
    ],
)
def test_pair_of_a_theory_is_supported(checker: Checker, text: str) -> None:
    judgement = only(checker, "opposite_of", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "opposite")
    assert {fact.source for fact in judgement.facts} <= {
        "affectgraph",
        "mehrabian-1996",
        "occ-1988",
        "plutchik-1980",
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Irritation is the opposite of anger.", "opposite-of-own-kind"),
        ("Anger is the opposite of irritation.", "opposite-of-own-kind"),
        ("Joy is the opposite of joy.", "opposite-of-own-kind"),
        ("Joy is not the opposite of sadness.", "opposite"),
        ("Joy and sadness are not opposites.", "opposite"),
    ],
)
def test_kind_is_no_opposite_and_a_pair_not_deniable(
    checker: Checker, text: str, rule: str
) -> None:
    judgement = only(checker, "opposite_of", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", rule)


@pytest.mark.parametrize(
    "text",
    [
        "Joy is the opposite of fear.",
        "Envy is the opposite of relief.",
        "Boredom is the opposite of interest.",  # antonyms in WordNet, and no theory says so
        "Joy is not the opposite of fear.",
    ],
)
def test_pair_of_no_theory_is_unsupported(checker: Checker, text: str) -> None:
    judgement = only(checker, "opposite_of", text)

    assert (judgement.verdict, judgement.rule) == ("unsupported", "no-opposite")


# --- vad_level -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Fear is a negative emotion.",
        "Fear is an unpleasant feeling.",
        "Joy is a positive emotion.",
        "Joy has positive valence.",
        "Fear is not a positive emotion.",
        "Rage has high arousal.",
        "Sadness has low arousal.",
        "Fear has low dominance.",
        "Trust is a positive state.",
    ],
)
def test_level_on_the_side_of_every_mean_is_supported(checker: Checker, text: str) -> None:
    judgement = only(checker, "vad_level", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "vad-same-side")
    assert 0 < judgement.strength <= 1
    assert judgement.facts


def test_contracted_denial_is_a_statement_too(checker: Checker) -> None:
    judgement = only(checker, "vad_level", "Fear isn't a positive emotion.")

    assert judgement.claim.is_denied
    assert judgement.verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Fear is a positive emotion.",
        "Fear has high valence.",
        "Joy is a negative emotion.",
        "Joy is not a pleasant emotion.",
        "Sadness is a pleasant feeling.",
    ],
)
def test_valence_far_on_the_other_side_is_contradicted(checker: Checker, text: str) -> None:
    judgement = only(checker, "vad_level", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", "valence-other-side")
    assert judgement.hint


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Fear is a dominant emotion.", "contradicted"),
        ("Fear has high dominance.", "contradicted"),  # -.54
        ("Boredom is an activating state.", "contradicted"),  # -.64
        ("Relief has high arousal.", "unsupported"),  # +.04
        ("Rage has low dominance.", "unsupported"),  # +.22, within the band
    ],
)
def test_arousal_and_dominance_are_contradicted_by_means_far_off_only(
    checker: Checker, text: str, verdict: str
) -> None:
    assert only(checker, "vad_level", text).verdict == verdict


def test_level_of_an_emotion_that_nobody_rated_is_not_checkable(
    graph: EmotionGraph, checker: Checker
) -> None:
    assert graph.vad("state/sourness") == ()

    judgement = only(checker, "vad_level", "Sourness is an unpleasant state.")

    assert (judgement.verdict, judgement.rule) == ("not_checkable", "no-vad")


@pytest.mark.parametrize(
    ("label", "vad", "verdict"),
    [
        ("joy", (0.8, 0.5, 0.3), "supported"),
        ("joy", (-0.8, 0.5, 0.3), "contradicted"),
        ("joy", (0.05, 0.5, 0.3), "not_checkable"),  # takes no side
        ("fear", [-0.5, 1, -1], "supported"),
        ("fear", [1, 1, 1], "contradicted"),
    ],
)
def test_point_of_a_record_claims_the_valence_of_its_label(
    checker: Checker, label: str, vad: Sequence[float], verdict: str
) -> None:
    (judgement,) = [
        j
        for j in checker.check(None, label=label, vad=vad).judgements
        if j.claim.type == "vad_level"
    ]

    assert judgement.verdict == verdict
    assert judgement.claim.source == "input"
    assert (judgement.claim.start, judgement.claim.end) == (-1, -1)


@pytest.mark.parametrize("label", ["zorp", "", None, "table", "impatient"])
def test_point_without_a_grounded_label_claims_nothing(checker: Checker, label: str | None) -> None:
    report = checker.check(None, label=label, vad=(1, 0, 0))

    assert [j for j in report.judgements if j.claim.type == "vad_level"] == []


# --- label_in_scheme -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "label"),
    [("affectnet", "happy"), ("emotic", "Peace"), ("iemocap-6", "fru"), ("occ", "happy-for")],
)
def test_label_of_the_scheme_is_supported(checker: Checker, scheme: str, label: str) -> None:
    (judgement,) = checker.check(None, label=label, scheme=scheme).judgements

    assert (judgement.claim.type, judgement.verdict) == ("label_in_scheme", "supported")
    assert judgement.rule == "label-in-scheme"


@pytest.mark.parametrize(
    ("scheme", "label"),
    [
        ("affectnet", "love"),
        ("ekman-6", "contempt"),
        ("affectnet", "zorp"),
        ("xed", "\u6012\u308a"),
    ],
)
def test_label_of_another_set_is_contradicted_with_the_right_ones(
    checker: Checker, scheme: str, label: str
) -> None:
    (judgement,) = checker.check(None, label=label, scheme=scheme).judgements

    assert (judgement.verdict, judgement.rule) == ("contradicted", "label-not-in-scheme")
    assert "anger" in judgement.hint


@pytest.mark.parametrize(
    ("scheme", "label"), [("affectnet", "  "), ("affectnet", ""), (None, "joy")]
)
def test_label_or_scheme_alone_claims_nothing(
    checker: Checker, scheme: str | None, label: str
) -> None:
    assert checker.check(None, label=label, scheme=scheme).judgements == ()


def test_grounded_label_and_its_claim_agree_in_case_and_space(checker: Checker) -> None:
    report = checker.check(None, label=" Happy ", scheme="affectnet")

    assert report.grounding is not None
    assert report.grounding.status == "linked"
    assert [j.verdict for j in report.judgements] == ["supported"]


# --- what is no statement --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Irritation is a kind of table.",
        "The table is a kind of anger.",
        "Anger is loud.",
        "Joy and sadness are near.",
        "Is anger basic?",
        "The primary reason is anger.",
        "The opposite of the door is the window.",
        "",
    ],
)
def test_other_sentences_make_no_statement_about_emotions(checker: Checker, text: str) -> None:
    types = {j.claim.type for j in checker.check(text).judgements}

    assert types <= {"concludes"}


@pytest.mark.parametrize("text", ["Joy is pleasant.", "Joy is a high arousal emotion."])
def test_statement_about_an_emotion_is_no_conclusion(checker: Checker, text: str) -> None:
    assert checker.check(text).conclusion is None
