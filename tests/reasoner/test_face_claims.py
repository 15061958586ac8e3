"""Claims about facial actions: names, sightings and what they are said to express."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, ClaimType, Judgement

OPENFACE = {
    "AU01_r": 0.2,
    "AU02_r": 0.0,
    "AU04_r": 2.0,
    "AU04_c": 1.0,
    "AU06_c": 0.0,
    "AU09_r": 0.99,
    "AU12_r": 3.0,
    "AU12_c": 1.0,
    "AU25_r": 1.0,
}
PYFEAT = {"AU04": 0.9, "AU12": 0.1, "AU43": 0.5}


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def found(
    checker: Checker, type_: ClaimType, text: str, aus: dict[str, float] | None = None
) -> list[Judgement]:
    return [j for j in checker.check(text, aus=aus).judgements if j.claim.type == type_]


# --- au_identity -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("AU6 (cheek raiser) is on.", "AU6 (cheek raiser)"),
        ("The lip corner puller (AU12) is on.", "lip corner puller (AU12)"),
        ("AU38, the nostril flare, is seen.", "AU38, the nostril flare"),  # an alias
        ("AU12: lip corner pulling", "AU12: lip corner pulling"),
        ("AU4 = brow lowerer", "AU4 = brow lowerer"),
        ("AU20 is the lip stretcher.", "AU20 is the lip stretcher"),
        ("AU5 (upper eyelid raiser)", "AU5 (upper eyelid raiser)"),
        ("AU19 (tongue show)", "AU19 (tongue show)"),
    ],
)
def test_name_of_its_own_unit_is_supported(checker: Checker, text: str, quote: str) -> None:
    (judgement,) = found(checker, "au_identity", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "au-name")
    assert judgement.claim.quote == quote
    assert judgement.strength == 1.0
    assert judgement.hint == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("AU20, the nostril flare, is seen.", "AU38"),
        ("AU12 (lip corner depressor)", "AU15"),
        ("AU9 is the lip stretcher.", "AU20"),
        ("The chin raiser (AU10) is seen.", "AU17"),
        ("AU64 (head up)", "AU53"),
        ("AU15: lip corner puller", "AU12"),
    ],
)
def test_name_of_another_unit_is_contradicted_and_mended(
    checker: Checker, text: str, right: str
) -> None:
    (judgement,) = found(checker, "au_identity", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", "au-name-of-another-unit")
    assert right in judgement.hint
    assert len(judgement.facts) == 2


@pytest.mark.parametrize(
    "text", ["AU 999 (forehead spiral)", "AU3 (cheek raiser)", "AU99, the ear wiggle,"]
)
def test_number_that_facs_lacks_is_contradicted(checker: Checker, text: str) -> None:
    (judgement,) = found(checker, "au_identity", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", "au-unknown-number")
    assert judgement.hint


@pytest.mark.parametrize("text", ["AU6", "AU6 (strong)", "AU6 (forehead spiral)", "cheek raiser"])
def test_number_without_a_known_name_makes_no_claim(checker: Checker, text: str) -> None:
    assert found(checker, "au_identity", text) == []


def test_alias_that_looks_like_another_unit_is_supported(checker: Checker) -> None:
    (judgement,) = found(checker, "au_identity", "AU13 (cheek puffer)")

    assert judgement.verdict == "supported"


# --- observes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict", "rule"),
    [
        ("AU4 is visible.", "supported", "reading-agrees"),
        ("AU25 is visible.", "supported", "reading-agrees"),  # 1.0 counts as shown
        ("AU1 is visible.", "contradicted", "reading-disagrees"),
        ("AU9 is visible.", "contradicted", "reading-disagrees"),  # 0.99 does not
        ("AU6 is visible.", "contradicted", "reading-disagrees"),
        ("There is no AU1.", "supported", "reading-agrees"),
        ("AU1 is absent.", "supported", "reading-agrees"),
        ("There is no AU4.", "contradicted", "reading-disagrees"),
        ("AU4 is not visible.", "contradicted", "reading-disagrees"),
        ("without a smile", "contradicted", "reading-disagrees"),
        ("She is not smiling.", "contradicted", "reading-disagrees"),
        ("The brow is relaxed.", "contradicted", "reading-disagrees"),  # says that AU4 is missing
        ("The eyebrows are raised.", "contradicted", "reading-disagrees"),
        ("The eyebrows are not raised.", "supported", "reading-agrees"),
        ("AU43 is visible.", "not_checkable", "detector-cannot-see"),
        ("The head is tilted.", "not_checkable", "detector-cannot-see"),
    ],
)
def test_sighting_is_held_against_the_readings(
    checker: Checker, text: str, verdict: str, rule: str
) -> None:
    (judgement,) = found(checker, "observes", text, OPENFACE)

    assert (judgement.verdict, judgement.rule) == (verdict, rule)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("AU4 is visible.", "supported"),
        ("AU12 is visible.", "contradicted"),
        ("The eyes are closed.", "supported"),  # 0.5 counts as shown
        ("AU1 is visible.", "not_checkable"),
    ],
)
def test_probabilities_are_readings_too(checker: Checker, text: str, verdict: str) -> None:
    (judgement,) = found(checker, "observes", text, PYFEAT)

    assert judgement.verdict == verdict


@pytest.mark.parametrize("text", ["AU4 is visible.", "no AU4", "The brow is relaxed."])
def test_sighting_without_readings_is_not_checkable(checker: Checker, text: str) -> None:
    (judgement,) = found(checker, "observes", text)

    assert (judgement.verdict, judgement.rule) == ("not_checkable", "no-readings")
    assert judgement.strength == 0.0
    assert judgement.facts == ()


def test_disagreement_shows_the_figures_and_a_way_out(checker: Checker) -> None:
    (judgement,) = found(checker, "observes", "AU9 is visible.", OPENFACE)

    assert "AU09_r 0.99" in judgement.sentence
    assert "absent" in judgement.hint


def test_list_of_units_is_one_sighting_and_the_hint_names_the_wrong_one(checker: Checker) -> None:
    (judgement,) = found(checker, "observes", "AU1, AU4 and AU12 are visible.", OPENFACE)

    assert judgement.claim.quote == "AU1, AU4 and AU12"
    assert judgement.claim.subject == ("AU1", "AU4", "AU12")
    assert judgement.verdict == "contradicted"
    assert "AU1 is absent" in judgement.hint


def test_denial_ends_with_its_clause(checker: Checker) -> None:
    first, second = found(checker, "observes", "No AU1 is seen, but AU4 is.", OPENFACE)

    assert (first.claim.is_denied, second.claim.is_denied) == (True, False)
    assert first.verdict == second.verdict == "supported"


def test_absence_of_a_list_is_that_of_each(checker: Checker) -> None:
    judgements = found(checker, "observes", "AU1, AU2 and AU6 are absent.", OPENFACE)

    assert [j.verdict for j in judgements] == ["supported"]


@pytest.mark.parametrize(
    "text",
    [
        "There is no AU1, AU2 or AU6.",
        "Neither AU1, AU2 nor AU6 is visible.",
    ],
)
def test_denied_list_denies_each(checker: Checker, text: str) -> None:
    judgements = found(checker, "observes", text, OPENFACE)

    assert [(j.claim.subject, j.claim.is_denied) for j in judgements] == [
        (("AU1", "AU2", "AU6"), True)
    ]


def test_unit_that_does_not_indicate_an_emotion_is_still_seen(checker: Checker) -> None:
    judgements = found(checker, "observes", "AU12 does not indicate fear.", OPENFACE)

    assert "contradicted" not in [j.verdict for j in judgements]


def test_hedged_sighting_has_half_the_strength(checker: Checker) -> None:
    (judgement,) = found(checker, "observes", "AU4 might be visible.", OPENFACE)

    assert judgement.claim.is_hedged
    assert (judgement.verdict, judgement.strength) == ("supported", 0.5)


def test_unit_that_can_be_seen_is_not_hedged(checker: Checker) -> None:
    (judgement,) = found(checker, "observes", "AU4 can be seen.", OPENFACE)

    assert not judgement.claim.is_hedged


def test_action_that_serves_an_inference_is_no_sighting(checker: Checker) -> None:
    assert found(checker, "observes", "AU4 suggests anger.", OPENFACE) == []


# --- expresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "actions", "emotion"),
    [
        (
            "AU1 + AU2 + AU5 indicate surprise.",
            "AU1 + AU2 + AU5 indicate surprise",
            ("AU1", "AU2", "AU5"),
            "surprise",
        ),
        (
            "AU6 and AU12 are typical of joy.",
            "AU6 and AU12 are typical of joy",
            ("AU6", "AU12"),
            "joy",
        ),
        ("The furrowed brow conveys anger.", "furrowed brow conveys anger", ("AU4",), "anger"),
        ("AU9 means disgust.", "AU9 means disgust", ("AU9",), "disgust"),
        ("Fear is indicated by AU20.", "Fear is indicated by AU20", ("AU20",), "fear"),
        ("AU54 and AU64 express shame.", "AU54 and AU64 express shame", ("AU54", "AU64"), "shame"),
        ("AU1 and AU2 express awe.", "AU1 and AU2 express awe", ("AU1", "AU2"), "state/awe"),
    ],
)
def test_actions_of_a_published_pattern_are_supported(
    checker: Checker, text: str, quote: str, actions: tuple[str, ...], emotion: str
) -> None:
    (judgement,) = found(checker, "expresses", text)

    assert (judgement.verdict, judgement.rule) == ("supported", "au-in-pattern")
    assert judgement.claim.quote == quote
    assert judgement.claim.subject == actions
    assert judgement.claim.object == (emotion,)
    assert 0 < judgement.strength <= 1
    assert judgement.facts


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("AU6 and AU12 express joy.", 1.0),  # the whole prototype 6+12
        ("AU26 expresses amusement.", 1 / 6),  # one of 6+7+12+25+26+53
        ("AU43 expresses contentment.", 0.5),  # one of 12+43
        ("AU54 expresses shame.", 0.5),  # one of 54+64, better than one of 4+17+54
    ],
)
def test_strength_is_the_share_of_the_best_pattern(
    checker: Checker, text: str, strength: float
) -> None:
    (judgement,) = found(checker, "expresses", text)

    assert judgement.strength == pytest.approx(strength, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "AU6 and AU12 express fear.",
        "AU12 expresses irritation.",
        "AU4 expresses trust.",
        "AU9 and AU12 express sadness.",
        "AU1 expresses anger.",
        "AU31 expresses anger.",
        "AU4 reveals resentment.",  # narrower than anger, which has it
    ],
)
def test_actions_of_no_pattern_of_the_emotion_are_unsupported(checker: Checker, text: str) -> None:
    (judgement,) = found(checker, "expresses", text)

    assert (judgement.verdict, judgement.rule) == ("unsupported", "au-in-no-pattern")
    assert judgement.strength == 0.0


def test_emotions_that_the_actions_do_fit_are_named(checker: Checker) -> None:
    (judgement,) = found(checker, "expresses", "AU6 and AU12 express fear.")

    assert set(judgement.rivals) == {"amusement", "desire", "joy"}


@pytest.mark.parametrize("text", ["AU12 expresses shame.", "AU54 and AU12 indicate shame."])
def test_action_that_a_source_excludes_is_contradicted(checker: Checker, text: str) -> None:
    (judgement,) = found(checker, "expresses", text)

    assert (judgement.verdict, judgement.rule) == ("contradicted", "au-excluded")
    assert "AU12" in judgement.hint
    assert {fact.source for fact in judgement.facts} == {"tracy-matsumoto-2008"}


def test_grade_that_a_source_excludes_excludes_no_unit(checker: Checker) -> None:
    (judgement,) = found(checker, "expresses", "AU1, AU2 and AU5 express surprise.")

    assert judgement.verdict == "supported"


def test_hedged_inference_has_half_the_strength(checker: Checker) -> None:
    (plain,) = found(checker, "expresses", "AU6 and AU12 express joy.")
    (hedged,) = found(checker, "expresses", "AU6 and AU12 may express joy.")

    assert (hedged.verdict, hedged.claim.is_hedged) == ("supported", True)
    assert hedged.strength == plain.strength / 2


def test_two_emotions_of_one_inference_are_two_claims(checker: Checker) -> None:
    judgements = found(checker, "expresses", "AU6 and AU12 express joy or amusement.")

    assert [j.claim.object for j in judgements] == [("joy",), ("amusement",)]


def test_two_inferences_of_one_sentence_keep_their_own_evidence(checker: Checker) -> None:
    judgements = found(checker, "expresses", "AU6 expresses joy, while AU1 expresses fear.")

    assert [(j.claim.subject, j.claim.object) for j in judgements] == [
        (("AU6",), ("joy",)),
        (("AU1",), ("fear",)),
    ]


def test_this_means_the_actions_of_the_sentence_before(checker: Checker) -> None:
    (judgement,) = found(checker, "expresses", "AU4 is visible. This indicates anger.")

    assert judgement.claim.subject == ("AU4",)


@pytest.mark.parametrize(
    "text",
    [
        "This suggests anger.",
        "AU6 and AU12 are visible.",
        "No AU12, which suggests sadness.",
        "Joy suggests AU6.",
        "The table suggests anger.",
    ],
)
def test_text_that_ties_no_action_to_an_emotion_makes_no_inference(
    checker: Checker, text: str
) -> None:
    assert found(checker, "expresses", text) == []


def test_number_that_facs_lacks_never_expresses_an_emotion(checker: Checker) -> None:
    verdicts = [j.verdict for j in found(checker, "expresses", "AU999 expresses joy.")]

    assert "supported" not in verdicts


def test_action_that_is_one_of_two_meets_no_pattern_that_asks_for_both(checker: Checker) -> None:
    (judgement,) = found(checker, "expresses", "The frown expresses sadness.")

    assert judgement.strength < 1.0


def test_phrase_for_a_missing_action_does_not_name_it(checker: Checker) -> None:
    (judgement,) = found(checker, "cue_denotes", "AU43 (eyes open)")

    assert (judgement.verdict, judgement.rule) == ("contradicted", "cue-of-another-unit")
