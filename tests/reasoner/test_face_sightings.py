"""Facial actions that a text says are there or are not, in many wordings."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def observed(checker: Checker, text: str) -> list[tuple[str, bool]]:
    """Return the actions said to be there or not, each with whether it is denied."""
    return [
        (code, j.claim.is_denied)
        for j in checker.check(text).judgements
        if j.claim.type == "observes"
        for code in j.claim.subject
    ]


SEEN = {
    "AUs 1, 2 and 5 are visible.": "AU1 AU2 AU5",
    "AUs: 6, 12, 25": "AU6 AU12 AU25",
    "AUs 1,2,5": "AU1 AU2 AU5",
    "AU(s) 6 and 12": "AU6 AU12",
    "action units (AUs) 6 and 12": "AU6 AU12",
    "AU 6, 12, 25 are on": "AU6 AU12 AU25",
    "AU1+2+5": "AU1 AU2 AU5",
    "AU6&12": "AU6 AU12",
    "AU 6/12": "AU6 AU12",
    "Active AUs: [4, 7, 23]": "AU4 AU7 AU23",
    '"aus": ["AU1", "AU2"]': "AU1 AU2",
    "AU R14": "AU14",
    "The left brow is raised a little.": "AU2",
    "He raises one eyebrow.": "AU2",
    "AU12 with a raised eyebrow": "AU12 AU2",
    "Both brows are raised.": "AU1 AU2",

    "au12_lip_corner_puller = 2.1": "AU12",
    "lip_corner_puller": "AU12",
    "AU6 and AU12 (cheek raiser and lip corner puller) are active.": "AU6 AU12",
    "Besides AU12, no other AU is active.": "AU12",
    "not only AU6 but also AU12": "AU6 AU12",
    "No doubt AU12 is active.": "AU12",
    "The brow lowerer does not necessarily point to anger.": "AU4",
    "The closed eyes hardly fit disgust.": "AU43",
    "I would not read the dimples as contempt.": "AU14",
    "If AU4 were present, it would be fear.": "",
    "Without AU4 the same face might be taken for surprise.": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEEN.items())
def test_actions_of_a_text_are_seen_once_each(checker: Checker, text: str, expected: str) -> None:
    assert observed(checker, text) == [(code, False) for code in expected.split()]


NOT_SEEN = """
AU6 is not present.|AU6 remains inactive.|AU6 fails to activate.|AU6 did not fire.|There is no AU6 activation.
The lack of AU6 is notable.|AU6 stays below 1.|AU6 is below threshold.|AU6 does not exceed the threshold.
AU6 hovers around 0.3.|AU6's reading of 0.1|AU6: absent|AU6: not present|AU6: 0|AU6 = 0.0|AU6 - absent
AU6 (absent)|AU6 (not detected)|AU6 < 0.5|(AU6 0.2)|\\| AU6 \\| Cheek Raiser \\| absent \\|
\\| AU6 \\| Cheek Raiser \\| 0.0 \\||AU6 (cheek raiser): absent|AU6 (cheek raiser): 0.1|Absent: AU6
"absent": ["AU6"]|Inactive AUs: AU6 (cheek raiser)|Missing: the cheek raiser
AU6 shows no activation.|AU6 has zero intensity.
Little evidence of AU6|zero activation of AU6|AU6 is no longer active.|AU6 isn\u2019t active.
AU6 is near zero.|no raised cheeks (AU6)|The cheek raiser (AU6) is missing.|The cheek raiser, AU6, is missing.
The raised cheeks that often accompany it are absent.
"""  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        t.replace("\0", "|")
        for t in NOT_SEEN.replace("\\|", "\0").replace("\n", "|").strip("|").split("|")
        if t
    ],
)
def test_action_said_to_be_missing_is_denied(checker: Checker, text: str) -> None:
    assert observed(checker, text) == [("AU6", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU12 without AU6", "+AU12 -AU6"),
        ("AU12 (3.1) is active but AU6 (0.2) is not.", "+AU12 -AU6"),
        ("AU12 is active while AU6 is not.", "+AU12 -AU6"),
        ("AU12, not AU6, is active.", "+AU12 -AU6"),
        ("AU6 (not detected), AU12 (present)", "-AU6 +AU12"),
        ("AU6 (cheek raiser) and AU9 (nose wrinkler) are inactive.", "-AU6 -AU9"),
        ("Neither AU9 (nose wrinkler) nor AU10 (upper lip raiser) appears.", "-AU9 -AU10"),
        ("no cheek raiser (AU6) or lip corner puller (AU12)", "-AU6 -AU12"),
        ("AU6, AU9 and AU10 show no activation.", "-AU6 -AU9 -AU10"),
        ("AU1, AU2 -> all below 0.5", "-AU1 -AU2"),
        ("AU4 is absent, and so is AU15.", "-AU4 -AU15"),
        ("AU4 is absent, as is AU15.", "-AU4 -AU15"),
        ("Unlike AU12, AU6 is inactive.", "+AU12 -AU6"),
        ("Although AU6 is absent, AU12 is strong.", "-AU6 +AU12"),
        ('{"absent": ["AU4", "AU15"], "present": ["AU6", "AU12"]}', "-AU4 -AU15 +AU6 +AU12"),
        ("Absent AUs: AU1, AU2; present: AU6", "-AU1 -AU2 +AU6"),
        ('"absent_cues": ["furrowed brow", "smile"]', "-AU4 -AU12"),
        ("a smile instead of raised brows", "+AU12 -AU1 -AU2"),
        ("The lack of a smile and the lowered brows suggest anger.", "-AU12 +AU4"),
        ("He smiles without raising his cheeks.", "+AU12 -AU6"),
        ("The nose is not wrinkled and the upper lip is raised.", "-AU9 +AU10"),
        ("The smile does not reach the eyes.", "+AU12"),
        ("There is no denying that he smiles.", "+AU12"),
        ("There is no mistaking the smile.", "+AU12"),
        ("no more than a slight smile", "+AU12"),
        ("The smile has no warmth.", "+AU12"),
        ("Far from smiling, she has lowered brows.", "-AU12 +AU4"),
    ],
)
def test_denial_reaches_what_it_is_said_of_and_no_more(
    checker: Checker, text: str, expected: str
) -> None:
    found = [("-" if denied else "+") + code for code, denied in observed(checker, text)]

    assert " ".join(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raised brows suggest surprise.", [("AU1", False), ("AU2", False)]),
        ("The brows are raised. Raised brows suggest surprise.", [("AU1", False), ("AU2", False)]),
        ("The brows are raised. The raised brows are clear.", [("AU1", False), ("AU2", False)] * 2),
        ("Both AU5 (upper lid raiser) and AU7 (lid tightener) act on the lids.", []),
        ("AU21 (neck tightener) is not among the outputs.", []),
        ("AU1, AU2, AU5 and AU25 are what awe looks like.", []),
        ("The inner brow raiser is AU1.", []),
        (
            "Neither AU9 nor AU10 is active, which excludes disgust.",
            [("AU9", True), ("AU10", True)],
        ),
        ("The absence of AU12 rules out joy.", [("AU12", True)]),
        ("AU15 would make sadness the better choice.", []),
        ("It does not require tight lips.", []),
        ("The clenched jaw is not part of the pattern.", [("AU31", False)]),
        ("AU31 is active, though it cannot be read by the detector.", [("AU31", False)]),
        ("Her cheeks are a bit raised.", [("AU6", False)]),
    ],
)
def test_what_is_said_in_general_is_not_seen(
    checker: Checker, text: str, expected: list[tuple[str, bool]]
) -> None:
    assert observed(checker, text) == expected


@pytest.mark.parametrize(
    ("columns", "is_denied"), [({"AU04_r": 0.8}, True), ({"AU04": 0.8}, False), (None, False)]
)
def test_figure_means_what_the_readings_mean(
    checker: Checker, columns: dict[str, float] | None, is_denied: bool
) -> None:
    """An intensity of 0.8 is below the threshold of 1.0, a probability of 0.8 above that of 0.5."""
    report = checker.check("AU4 hovers around 0.8.", aus=columns)

    assert [j.claim.is_denied for j in report.judgements] == [is_denied]


@pytest.mark.parametrize(
    "text",
    [
        "Listening to the recording, I notice a wrinkled nose.",
        "In her handwriting, a jaw clench is visible.",
        "In the audio one can hear that the brows are raised.",
    ],
)
def test_facial_action_taken_from_another_channel_is_a_mistake(checker: Checker, text: str) -> None:
    verdicts = {j.rule for j in checker.check(text).judgements if j.claim.type == "observes"}

    assert verdicts == {"cue-of-other-channel"}
