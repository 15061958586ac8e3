"""Shapes found in sixty rationales that were written, with their claims, before the checker had seen them.

Each test holds one shape that was read wrongly or not at all; expected claims are read off by hand.
"""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, Judgement

Said = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def said(checker: Checker, text: str, *types: str) -> list[Said]:
    claims = [j.claim for j in checker.check(text).judgements]
    return [
        (c.type, "/".join(c.subject), "/".join(c.object), c.polarity)
        for c in claims
        if not types or c.type in types
    ]


def final(checker: Checker, text: str) -> Judgement:
    report = checker.check(text)
    return next(j for j in report.judgements if j.claim.id == report.conclusion)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[AU4] brow lowerer [AU7] lid tightener [AU24] lip pressor => anger",
            ["4 supported", "7 supported", "24 supported"],
        ),
        (
            "(AU1) inner brow raiser (AU2) outer brow raiser (AU5) jaw drop",
            ["1 supported", "2 supported", "5 contradicted"],
        ),
        ("lid tightener [AU7], lip pressor [AU24]", ["7 supported", "24 supported"]),
    ],
)
def test_labels_in_brackets_stand_before_their_names_all_along_a_line(
    checker: Checker, text: str, expected: list[str]
) -> None:
    found = [j for j in checker.check(text).judgements if j.claim.type == "au_identity"]
    assert [f"{j.claim.subject[0]} {j.verdict}" for j in found] == expected


@pytest.mark.parametrize(
    ("text", "denotes"),
    [
        ("AU15, so the smile is likely controlled.", []),
        ("AU4 is on, so the grin is a mask.", []),
        ("AU15, so the lip corners are down.", ["supported"]),
    ],
)
def test_so_draws_a_conclusion_unless_the_phrase_means_the_code(
    checker: Checker, text: str, denotes: list[str]
) -> None:
    found = [j for j in checker.check(text).judgements if j.claim.type == "cue_denotes"]
    assert [j.verdict for j in found] == denotes


@pytest.mark.parametrize(
    ("text", "not_so", "so"),
    [
        ("The emotion is not fear but surprise.", "fear", "surprise"),
        ("It is not fear but rather surprise.", "fear", "surprise"),
        ("She is not afraid but surprised.", "fear", "surprise"),
        ("The emotion shown is not joy, but a deep sorrow.", "joy", "sorrow"),
    ],
)
def test_not_one_but_another_denies_the_one_and_concludes_the_other(
    checker: Checker, text: str, not_so: str, so: str
) -> None:
    assert said(checker, text, "concludes") == [
        ("concludes", not_so, "stated", "denied"),
        ("concludes", so, "stated", "affirmed"),
    ]
    assert final(checker, text).claim.subject == (so,)


@pytest.mark.parametrize(
    "text", ["I'd say sorrow.", "I\u2019d go with sorrow.", "I'd call it sorrow."]
)
def test_what_i_would_say_is_concluded(checker: Checker, text: str) -> None:
    assert final(checker, text).claim.subject == ("sorrow",)


@pytest.mark.parametrize(
    "text",
    [
        "Inference -> frustration. Alternative -> concentration.",
        "He is frustrated. Alternatively, he is bored.",
        "He is frustrated. Another possibility is boredom.",
    ],
)
def test_an_alternative_is_not_what_a_text_concludes(checker: Checker, text: str) -> None:
    assert final(checker, text).claim.subject == ("frustration",)


@pytest.mark.parametrize(
    "general",
    [
        "AU4 and AU7 often occur in anger.",
        "AU4 and AU7 usually suggest anger.",
        "Anger would require AU4 and AU7.",
        "AU4 and AU7 are common in anger.",
    ],
)
def test_what_is_said_in_general_refutes_nothing_that_is_seen(
    checker: Checker, general: str
) -> None:
    assert final(checker, f"{general} Overall, she is happy.").verdict != "contradicted"
    seen = f"{general} AU4 and AU7 are active. Overall, she is happy."
    assert final(checker, seen).verdict == "contradicted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fear and surprise both involve AU1 and AU5, but fear adds AU4 and AU20.",
            ["AU1/AU5 fear", "AU1/AU5 surprise", "AU4/AU20 fear"],
        ),
        ("Joy requires AU6 and AU12, while anger needs AU4.", ["AU6/AU12 joy", "AU4 anger"]),
        ("Anger is shown by AU4; sadness is shown by AU15.", ["AU4 anger", "AU15 sadness"]),
        ("Fear includes AU1, but there AU20 would be active.", ["AU1 fear", "AU20 fear"]),
    ],
)
def test_each_emotion_has_the_actions_that_are_named_for_it(
    checker: Checker, text: str, expected: list[str]
) -> None:
    found = said(checker, text, "expresses")
    assert [f"{subject} {object_}" for _, subject, object_, _ in found] == expected
    assert said(checker, text, "observes") == []


@pytest.mark.parametrize(
    "text",
    [
        "The smile claimed in the caption cannot be confirmed.",
        "A frown is mentioned in the transcript.",
        "The tears and the pout described by the author may be irony.",
    ],
)
def test_what_others_claim_is_there_is_no_sighting(checker: Checker, text: str) -> None:
    quotes = [j.claim.quote for j in checker.check(text).judgements]
    assert not {"smile", "frown", "pout"} & set(quotes)


def test_what_a_detector_reports_is_a_sighting(checker: Checker) -> None:
    assert said(checker, "The smile reported by the detector is weak.") == [
        ("observes", "AU12", "shown", "affirmed")
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The AU codes present are 1, 2 and 5.", "AU1/AU2/AU5"),
        ("AUs detected were 6 and 12.", "AU6/AU12"),
        ("Action units include 4, 7.", "AU4/AU7"),
        ("AU20 is pronounced, a sign of fear.", "AU20"),
    ],
)
def test_codes_behind_what_is_said_of_them_are_sightings(
    checker: Checker, text: str, codes: str
) -> None:
    assert said(checker, text, "observes") == [("observes", codes, "shown", "affirmed")]


@pytest.mark.parametrize("text", ["The AUs are 12 in total.", "AUs were 3 times more frequent."])
def test_a_number_of_codes_is_no_code(checker: Checker, text: str) -> None:
    assert said(checker, text) == []


LIST = "- AU1 (1.5)\n- AU4 (1.8)\n- AU15 (1.7)\n"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (f"{LIST}\nThese units point to sadness.", "AU1/AU4/AU15"),
        (f"{LIST}Together they suggest sadness.", "AU1/AU4/AU15"),
        (f"{LIST}This combination is typical of sadness.", "AU1/AU4/AU15"),
        (f"{LIST}The first two units suggest sadness.", "AU1/AU4"),
        (f"{LIST}The last 2 actions suggest sadness.", "AU4/AU15"),
        (f"{LIST}This suggests sadness.", "AU15"),  # the last alone
        ("| AU9 | 2.6 |\n| AU10 | 1.7 |\n\nAll these signs suggest disgust.", "AU9/AU10"),
        ("1. AU9 is on.\n2. No AU12.\n3. AU10 is on.\nThese cues suggest disgust.", "AU9/AU10"),
    ],
)
def test_words_for_a_list_take_up_its_items(checker: Checker, text: str, units: str) -> None:
    ((_, subject, _, polarity),) = said(checker, text, "expresses")
    assert (subject, polarity) == (units, "affirmed")


def test_a_list_ends_where_something_is_drawn_from_it(checker: Checker) -> None:
    text = f"{LIST}These units suggest sadness.\n- AU6\n- AU12\nThese units suggest joy."
    found = [claim[1:3] for claim in said(checker, text, "expresses")]
    assert found == [("AU1/AU4/AU15", "sadness"), ("AU6/AU12", "joy")]


def test_sentences_of_prose_are_no_list(checker: Checker) -> None:
    text = "AU1 is visible. AU12 is visible. These cues suggest joy."
    assert [claim[1] for claim in said(checker, text, "expresses")] == ["AU12"]


@pytest.mark.parametrize(
    ("text", "subject", "polarity"),
    [
        ("**Brows**: drawn together and lowered.", "AU4", "affirmed"),
        ("- Eyes: narrowed, hard stare", "AU7", "affirmed"),
        ("1. Mouth: corners turned down", "AU15", "affirmed"),
        ("Jaw: clenched", "AU31", "affirmed"),
        ("The nose: wrinkled", "AU9", "affirmed"),
        ("Inner brows: raised", "AU1", "affirmed"),
        ("She is tense; jaw: clenched", "AU31", "affirmed"),
        ("Nose: not wrinkled", "AU9", "denied"),
    ],
)
def test_a_part_of_the_face_may_be_the_key_of_its_movement(
    checker: Checker, text: str, subject: str, polarity: str
) -> None:
    assert said(checker, text, "observes") == [("observes", subject, "shown", polarity)]


@pytest.mark.parametrize(
    "text",
    [
        "Brows: no movement",
        "She raised a point about the brows: lowered expectations do not help.",
        "Jaw: n/a",
        "Brows:\nlowered voice",
        "Jaw:clenched",  # no key: nothing stands apart
    ],
)
def test_other_colons_end_what_is_said_of_a_part(checker: Checker, text: str) -> None:
    assert said(checker, text, "observes") in (
        [],
        [("observes", "voice:lowered voice", "shown", "affirmed")],
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Envy is widespread. It is negative.", ["envy valence:negative affirmed"]),
        (
            "Joy is nice. It is a positive emotion. It is high in arousal.",
            ["joy valence:positive affirmed", "joy arousal:high affirmed"],
        ),
        ("Fear is common. It is not a positive emotion.", ["fear valence:positive denied"]),
    ],
)
def test_it_means_the_emotion_of_the_sentence_before(
    checker: Checker, text: str, levels: list[str]
) -> None:
    found = said(checker, text, "vad_level")
    assert [f"{subject} {level} {polarity}" for _, subject, level, polarity in found] == levels


@pytest.mark.parametrize(
    "text",
    [
        "It is negative.",
        "Envy is widespread. The scene goes on. It is negative.",
        "She is angry. It is unpleasant to watch.",
        "She is angry. It is a negative scene.",
        "She is happy. This is positive for the team.",
        "He is sad. The overall valence is positive.",
    ],
)
def test_it_may_be_something_else_than_an_emotion(checker: Checker, text: str) -> None:
    assert said(checker, text, "vad_level") == []
