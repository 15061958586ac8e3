"""Denials of facial actions in checklists, values and short answers, and names within a bracket."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def sightings(checker: Checker, text: str) -> dict[str, str]:
    """Return the polarity of each facial action or cue that a text says is there or not."""
    claims = [j.claim for j in checker.check(text).judgements if j.claim.type == "observes"]
    return {name: claim.polarity for claim in claims for name in claim.subject}


@pytest.mark.parametrize(
    ("denied", "affirmed", "code"),
    [
        ("AU1 yes. AU4 no.", "AU1 no. AU4 yes.", "AU4"),
        ("AU5 yes; AU7 (lid tightener) no; AU4 yes", "AU5 no; AU7 (lid tightener) yes", "AU7"),
        ("The lip corner depressor is silent.", "The lip corner depressor is busy.", "AU15"),
        ("The lip corner puller plays no role.", "The lip corner puller plays a role.", "AU12"),
        ("Action units checked but not found: AU 6, AU 9", "Action units found: AU 6, AU 9", "AU9"),
        ("AUs under threshold: AU2, AU4", "AUs over threshold: AU2, AU4", "AU4"),
        ("5. AU1 (inner brow raiser) — 0.0", "5. AU1 (inner brow raiser) — 2.0", "AU1"),
        (
            '{"unit": "AU6", "intensity": 0.0}',
            '{"unit": "AU6", "intensity": 2.0}',
            "AU6",
        ),
        ("I hoped for AU6, and I don't find it.", "I hoped for AU6, and I do find it.", "AU6"),
        (
            "I looked for AU6 and found neither of them.",
            "I looked for AU6 and found both of them.",
            "AU6",
        ),
    ],
)
def test_action_is_denied_and_its_twin_is_not(
    checker: Checker, denied: str, affirmed: str, code: str
) -> None:
    assert sightings(checker, denied)[code] == "denied"
    assert sightings(checker, affirmed)[code] == "affirmed"


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The fists are not clenched.", "denied"),
        ("The fists are clenched.", "affirmed"),
        ("Her voice is barely a whisper.", "affirmed"),
        ('She says "I can\'t even watch this".', "affirmed"),
    ],
)
def test_cue_of_another_channel_is_denied_by_its_own_words(
    checker: Checker, text: str, polarity: str
) -> None:
    assert [*sightings(checker, text).values()] == [polarity]


def test_phrase_that_a_code_before_it_does_is_not_tied_to_the_code_behind(checker: Checker) -> None:
    text = "AU1 and AU2 lift the brows, AU4 draws them together."

    assert {j.verdict for j in checker.check(text).judgements} == {"not_checkable"}
    assert sightings(checker, text) == dict.fromkeys(("AU1", "AU2", "AU4"), "affirmed")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("His lips roll inward (AU28, lip funneler).", "His lips roll inward (AU28, lip suck)."),
        ("The lids are raised (AU5, lid droop).", "The lids are raised (AU5, upper lid raiser)."),
        ("Her eyes close (AU43, squint).", "Her eyes narrow (AU44, squint)."),
        (
            "AU15, the lip corner puller, pulls the mouth corners.",
            "AU12, the lip corner puller, pulls the mouth corners.",
        ),
    ],
)
def test_name_beside_a_number_is_checked_behind_a_description(
    checker: Checker, wrong: str, right: str
) -> None:
    def contradicted(text: str) -> list[str]:
        judgements = checker.check(text).judgements
        return [j.claim.type for j in judgements if j.verdict == "contradicted"]

    assert len(contradicted(wrong)) == 1
    assert contradicted(right) == []


# --- headings whose items stand below --------------------------------------------------------------

ITEMS = {"AU1", "AU4"}


@pytest.mark.parametrize(
    "heading",
    [
        "AUs under threshold:",
        "Absent:",
        "**Absent AUs:**",
        "## Not observed",
        "- Inactive action units:",
        "The following were not seen:",
        "Missing indicators",
        "3. Below the detection threshold:",
        '"absent": [',
        "No signs of:",
    ],
)
@pytest.mark.parametrize(
    "items",
    [
        "- AU1\n- AU4",
        "* AU1 (inner brow raiser)\n* AU4 (brow lowerer)",
        "1. AU1\n2. AU4",
        "AU1\nAU4",
        '  "AU1",\n  "AU4"',
        "\n- AU1\n- AU4",
    ],
)
def test_items_below_a_heading_of_absence_are_denied(
    checker: Checker, heading: str, items: str
) -> None:
    found = sightings(checker, f"{heading}\n{items}")

    assert found == dict.fromkeys(ITEMS, "denied")


@pytest.mark.parametrize(
    "heading",
    [
        "AUs above threshold:",
        "Present:",
        "Observed:",
        "Absent-minded, she looks at the list:",
        "What is absent here?",
        "Nothing is missing:",
        "Not only observed:",
    ],
)
def test_items_below_another_heading_are_not_denied(checker: Checker, heading: str) -> None:
    assert sightings(checker, f"{heading}\n- AU1\n- AU4") == dict.fromkeys(ITEMS, "affirmed")


@pytest.mark.parametrize(
    "behind",
    [
        "Present:\n- AU6",
        "**Present**\n- AU6",
        "\n- AU6",
        "The smile is broad.\n- AU6",
        "- AU6: present",
        "- AU6 is active.",
        "Overall, AU6 is on.",
        "]\n- AU6",
    ],
)
def test_a_list_of_absence_ends_where_something_else_begins(checker: Checker, behind: str) -> None:
    found = sightings(checker, f"Absent:\n- AU1\n- AU4\n{behind}")

    assert found["AU6"] == "affirmed"
    assert {found["AU1"], found["AU4"]} == {"denied"}


@pytest.mark.parametrize("key", ["absent", "content", "low"])
def test_key_of_an_object_is_no_emotion_that_is_concluded(checker: Checker, key: str) -> None:
    report = checker.check(f'{{"{key}": [\n  "AU1"\n]}}')

    assert report.conclusion is None
    assert [j.claim.type for j in report.judgements] == ["observes"]


def test_readings_are_held_against_what_a_list_denies(checker: Checker) -> None:
    report = checker.check("AUs under threshold:\n- AU1\n- AU4", aus={"AU01_r": 0.0, "AU04_r": 2.5})

    assert [(j.claim.subject, j.verdict) for j in report.judgements] == [
        (("AU1",), "supported"),
        (("AU4",), "contradicted"),
    ]


def test_an_absent_item_shows_nothing_for_the_conclusion(checker: Checker) -> None:
    text = "Absent:\n- AU6\n- AU12\n\nOverall, she is happy."
    report = checker.check(text)

    (conclusion,) = (j for j in report.judgements if j.claim.id == report.conclusion)
    assert conclusion.rule == "evidence-unknown"
