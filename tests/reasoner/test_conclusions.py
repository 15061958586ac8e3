"""What a rationale concludes, judged by its own evidence."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Judgement


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def conclude(checker: Checker, text: str, label: str | None = None) -> Judgement:
    report = checker.check(text, label=label)
    (judgement,) = [j for j in report.judgements if j.claim.id == report.conclusion]
    assert judgement.claim.type == "concludes"
    return judgement


def test_quote_begins_and_ends_with_a_word(checker: Checker) -> None:
    claim = conclude(checker, "AU4 is shown. Overall, he is angry.").claim

    assert claim.quote == "he is angry"
    assert claim.span == (23, 34)


# --- where the conclusion is stated ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Overall, the person appears sad.", "sadness"),
        ("Therefore joy.", "joy"),
        ("So the final emotion is joy.", "joy"),
        ("The most likely emotion is fear.", "fear"),
        ("Fear is most likely.", "fear"),
        ("emotion: joy", "joy"),
        ("**Emotion:** joy", "joy"),
        ('{"emotion": "joy", "confidence": 0.9}', "joy"),
        ("<think>She is sad.</think><answer>joy</answer>", "joy"),
        ("<answer>joy</answer> Overall, sadness.", "joy"),  # the answer wins
        ("She seems angry. He looks calm. Overall, anger.", "anger"),
        ("Overall, it is anger. In the end, therefore, it is fear.", "fear"),  # the last one
        ("The man is happy. The final label is sadness.", "sadness"),
        ("Overall, the person is not afraid but angry.", "anger"),
        ("Overall, anger rather than fear.", "anger"),
        ("Overall, it is gratitude.", "state/gratitude"),
        ("He feels lonely.", "loneliness"),  # a state ascribed in the last sentence
        ("He was sad at first, then became angry.", "anger"),  # the last of states in turn
        ("He looked happy and later looked scared.", "fear"),
        ("He seems sad and angry.", "sadness"),  # at once: the first
        ("Overall, fear is the dominant emotion.", "fear"),
        ("Frustration is the primary emotion expressed by the man.", "frustration"),
        ("Contempt is the primary emotion here.", "contempt"),
        ("Overall, relief appears to be the primary emotion in this clip.", "relief"),
        ("In this scene, sadness is a secondary emotion.", "sadness"),
        ("Joy is the main emotion, and fear is a secondary emotion here.", "joy"),
    ],
)
def test_conclusion_is_found_where_the_text_states_it(
    checker: Checker, text: str, slug: str
) -> None:
    judgement = conclude(checker, text)

    assert judgement.claim.subject == (slug,)
    assert judgement.claim.source == "text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The river is long.",
        "AU6 and AU12 are visible.",
        "AU6 is active.",
        "AU6 (cheek raiser) is active.",
        "Overall, no emotion word stands here at all.",
        "Overall, she is not afraid.",
        "There is no sign of fear.",
        "Irritation is a kind of anger.",
        "Fear is one of the primary emotions.",
        "Fear is the primary emotion in Parrott's tree.",
        "Anger is a dominant emotion.",
        "Joy is not the dominant emotion.",
        "\u603b\u4f53\u6765\u770b\uff0c\u60c5\u7eea\u662f\u60b2\u4f24\u3002",
    ],
)
def test_text_that_states_no_emotion_concludes_none(checker: Checker, text: str) -> None:
    report = checker.check(text)

    assert report.conclusion is None
    stated = [j.claim for j in report.judgements if j.claim.type == "concludes"]
    assert all(claim.is_denied for claim in stated)


def test_label_is_the_conclusion_of_a_text_that_states_none(checker: Checker) -> None:
    claim = conclude(checker, "AU6 and AU12 are visible.", "joy").claim

    assert (claim.source, claim.quote, claim.start, claim.end) == ("input", "joy", -1, -1)
    assert claim.subject == ("joy",)


def test_label_without_a_rationale_concludes_nothing(checker: Checker) -> None:
    assert checker.check(None, label="joy").conclusion is None


def test_weak_word_said_of_something_else_is_no_conclusion(checker: Checker) -> None:
    assert checker.check("The list is active. The content is strong.").conclusion is None


# --- verdicts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("She says she is happy. Overall, the person appears happy.", "happy"),
        ("AU6 and AU12 are visible. So the final emotion is joy.", "joy"),
        ("AU6 and AU12 are visible.", "joy"),
        ("AU6 and AU12 are active.", "joy"),
        ("The furrowed brow suggests anger. Overall, anger.", None),
        ("He feels irritated. Overall, anger.", None),  # a word of the same primary
        ("He shows joy and fear. Overall, joy.", None),
        ("I feel grateful. Overall, gratitude.", "gratitude"),
        ("AU4, AU5, AU7 and AU23 are on. Overall, anger.", "anger"),
    ],
)
def test_conclusion_with_evidence_is_supported(
    checker: Checker, text: str, label: str | None
) -> None:
    judgement = conclude(checker, text, label)

    assert (judgement.verdict, judgement.rule) == ("supported", "evidence-agrees")
    assert 0 < judgement.strength <= 1


@pytest.mark.parametrize(
    ("text", "label", "rule"),
    [
        ("Overall, she is sad.", "happy", "conclusion-against-label"),
        ("The speaker is furious.", "joy", "conclusion-against-label"),
        ("She feels hopeless and miserable. Overall, joy.", "joy", "evidence-against"),
        ("AU6 and AU12 are visible. So the final emotion is fear.", "fear", "evidence-against"),
        ("AU6 and AU12 are visible.", "fear", "evidence-against"),
        ("The man is happy. The final label is sadness.", None, "evidence-against"),
        ("She is delighted. He is furious. Overall, surprise.", None, "evidence-against"),
        ("She feels hopeless and miserable. Overall, joy.", None, "evidence-against"),
        ('He says "I am happy" twice. Overall, sadness.', None, "evidence-against"),
        ("AU4 suggests anger. The final label is sadness.", None, "evidence-against"),
    ],
)
def test_conclusion_against_its_evidence_or_label_is_contradicted(
    checker: Checker, text: str, label: str | None, rule: str
) -> None:
    judgement = conclude(checker, text, label)

    assert (judgement.verdict, judgement.rule) == ("contradicted", rule)
    assert judgement.hint
    assert any(fact.predicate.endswith("disjointWith") for fact in judgement.facts)


@pytest.mark.parametrize(
    ("text", "label", "rule"),
    [
        ("Nothing much happens.", "joy", "evidence-unknown"),
        ("Overall, the person trusts him.", "joy", "conclusion-besides-label"),
        ("He is angry. Overall, gratitude.", None, "evidence-besides"),
        ("She feels sad and angry.", None, "evidence-besides"),
        ("He was sad at first, then became angry.", None, "evidence-besides"),
        ("Although she smiles, she is sad.", None, "evidence-besides"),  # one action alone
        ("Her friend is happy, but she is sad.", None, "evidence-besides"),
        ("The dominant emotion is sadness, with a hint of anger.", None, "evidence-besides"),
        ("She is angry. She is sad.", None, "evidence-besides"),  # neither is marked as final
        ("He was happy at first. Overall, he is sad.", None, "evidence-besides"),
        ("Her friend is happy. Overall, she is sad.", None, "evidence-besides"),
        ("Voices full of sorrow. Overall, joy.", "joy", "evidence-besides"),  # of nobody
        ('He says "I am not happy" twice. Overall, sadness.', None, "evidence-besides"),
    ],
)
def test_conclusion_that_the_graph_cannot_connect_is_unsupported(
    checker: Checker, text: str, label: str | None, rule: str
) -> None:
    judgement = conclude(checker, text, label)

    assert (judgement.verdict, judgement.rule) == ("unsupported", rule)
    assert judgement.strength == 0.0


def test_readings_that_meet_a_pattern_come_before_a_label(checker: Checker) -> None:
    aus = {"AU06_r": 2.0, "AU12_r": 3.0}

    met = checker.check("She is happy.", label="anger", aus=aus).judgements[0]
    unmet = checker.check("She is afraid.", label="anger", aus=aus).judgements[0]

    assert (met.verdict, met.rule) == ("supported", "reading-meets-pattern")
    assert (unmet.verdict, unmet.rule) == ("contradicted", "conclusion-against-label")


@pytest.mark.parametrize("text", ["Although she smiles, she is sad.", "She feels sad and angry."])
def test_what_may_go_with_a_conclusion_does_not_outweigh_a_label(
    checker: Checker, text: str
) -> None:
    judgement = conclude(checker, text, "sad")

    assert (judgement.verdict, judgement.rule) == ("supported", "conclusion-is-label")


@pytest.mark.parametrize(
    ("text", "label", "rule"),
    [
        ("", "joy", "no-text"),
        ("  \n", "joy", "no-text"),
        ("AU6 and AU12 are visible.", "zorp", "no-conclusion"),
        ("The river is long.", "", "no-conclusion"),
        ("The river is long.", "impatient", "no-conclusion"),  # ambiguous
        ("She is a terrifying woman. Overall, fear.", None, "evidence-unknown"),  # a cause
        ("She feels no joy. Overall, sadness.", None, "evidence-unknown"),  # denied
        ("AU12 (brow lowerer) is on. Overall, joy.", None, "evidence-unknown"),  # which of two?
    ],
)
def test_conclusion_without_anything_to_hold_it_against_is_not_checkable(
    checker: Checker, text: str, label: str | None, rule: str
) -> None:
    judgement = conclude(checker, text, label)

    assert (judgement.verdict, judgement.rule) == ("not_checkable", rule)


@pytest.mark.parametrize(
    ("text", "label", "rule"),
    [
        ("The pitch is low. Overall, sadness.", "sadness", "conclusion-is-label"),
        ("The person seems neutral.", "neutral", "conclusion-is-label"),
        ("Overall, joy.", "amusement", "conclusion-is-label"),  # a kind of it
    ],
)
def test_conclusion_that_the_label_entails_is_supported(
    checker: Checker, text: str, label: str, rule: str
) -> None:
    judgement = conclude(checker, text, label)

    assert (judgement.verdict, judgement.rule) == ("supported", rule)


def test_conclusion_narrower_than_the_label_is_unsupported(checker: Checker) -> None:
    judgement = conclude(checker, "Overall, she is amused.", "joy")

    assert (judgement.verdict, judgement.rule) == ("unsupported", "conclusion-besides-label")


@pytest.mark.parametrize(
    ("text", "aus", "verdict", "rule"),
    [
        ("Overall, joy.", {"AU06_r": 2.0, "AU12_r": 3.0}, "supported", "reading-meets-pattern"),
        (
            "Overall, fear.",
            {"AU06_r": 2.0, "AU12_r": 3.0},
            "unsupported",
            "reading-meets-no-pattern",
        ),
        (
            "Overall, joy.",
            {"AU06_r": 0.0, "AU12_r": 0.2},
            "unsupported",
            "reading-meets-no-pattern",
        ),
    ],
)
def test_readings_decide_what_is_concluded(
    checker: Checker, text: str, aus: dict[str, float], verdict: str, rule: str
) -> None:
    (judgement,) = [
        j for j in checker.check(text, aus=aus).judgements if j.claim.type == "concludes"
    ]

    assert (judgement.verdict, judgement.rule) == (verdict, rule)


@pytest.mark.parametrize(
    ("text", "label", "verdict"),
    [
        ("She is not afraid.", "fear", "contradicted"),
        ("She is not afraid.", "joy", "supported"),
        ("She is not afraid.", None, "not_checkable"),
    ],
)
def test_denied_emotion_is_held_against_the_label(
    checker: Checker, text: str, label: str | None, verdict: str
) -> None:
    found = [j for j in checker.check(text, label=label).judgements if j.claim.is_denied]

    assert [(j.claim.type, j.claim.subject, j.verdict) for j in found] == [
        ("concludes", ("fear",), verdict)
    ]


def test_disgust_and_contempt_do_not_contradict_anger(checker: Checker) -> None:
    # the six primaries are disjoint; disgust and contempt lie under anger
    judgement = conclude(checker, "AU9 is visible. Overall, anger.")

    assert judgement.verdict == "supported"


def test_stronger_evidence_for_another_primary_leaves_it_open(checker: Checker) -> None:
    judgement = conclude(checker, "AU6 and AU12 are visible, and AU1 too. Overall, fear.")

    assert (judgement.verdict, judgement.rule) == ("unsupported", "evidence-divided")
    assert "joy" in judgement.rivals


def test_hedged_conclusion_has_half_the_strength(checker: Checker) -> None:
    plain = conclude(checker, "He feels angry. Overall, he is furious.")
    hedged = conclude(checker, "He feels angry. Overall, he may be furious.")

    assert (hedged.verdict, hedged.claim.is_hedged) == ("supported", True)
    assert hedged.strength == plain.strength / 2


@pytest.mark.parametrize(
    "text", ["No AU6, no AU12. Overall, joy.", "AU12 is absent. Overall, joy."]
)
def test_denied_action_is_no_evidence(checker: Checker, text: str) -> None:
    assert conclude(checker, text).verdict == "not_checkable"


def test_denied_list_of_actions_is_no_evidence(checker: Checker) -> None:
    text = "AU6 and AU12 are absent. Overall, joy."

    assert conclude(checker, text).verdict == "not_checkable"


def test_action_that_is_one_of_two_contradicts_no_conclusion(checker: Checker) -> None:
    assert conclude(checker, "A frown is visible.", "joy").verdict != "contradicted"


def test_emotion_behind_not_only_is_affirmed(checker: Checker) -> None:
    text = "She feels not only sad but also lost. Overall, sadness."

    assert conclude(checker, text).verdict == "supported"


def test_unlikely_emotion_contradicts_no_conclusion(checker: Checker) -> None:
    text = "He is unlikely to be angry. Overall, joy."

    assert conclude(checker, text).verdict == "not_checkable"


@pytest.mark.parametrize(
    "text", ["AU15 is visible. This means joy.", "Joy, because AU15 is visible."]
)
def test_what_is_to_be_shown_is_no_evidence_for_itself(checker: Checker, text: str) -> None:
    assert conclude(checker, text, "joy").verdict == "unsupported"


def test_last_inference_is_the_conclusion_if_none_is_stated_and_none_fits(
    checker: Checker,
) -> None:
    judgement = conclude(checker, "A smile with AU6 indicates sadness.", "joy")

    assert (judgement.verdict, judgement.rule) == ("contradicted", "conclusion-against-label")


def test_arousal_in_a_text_is_a_dimension_and_no_emotion(checker: Checker) -> None:
    text = "Valence is low and arousal is high, indicating anger."

    assert conclude(checker, text, "anger").verdict != "contradicted"
