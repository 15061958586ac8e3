"""Changes of a text that must not change its verdicts, and changes that must.

No verdict is expected by its value but where the table says so: pairs of texts are held against each other.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker

READINGS = {"AU06_r": 2.0, "AU12_r": 2.9, "AU04_r": 0.0}

PARAPHRASES = [
    ("au_identity", "AU6 (cheek raiser) is visible.", "AU6, the cheek raiser, is visible."),
    ("au_identity", "AU20 is the nostril flare.", "Action unit 20 is the nostril flare."),
    ("au_identity", "AU4 is the brow lowerer.", "The brow lowerer is AU4."),
    ("cue_denotes", "The frown, i.e. AU4, is visible.", "The frown, that is AU4, is visible."),
    ("observes", "AU12 is visible.", "AU12 is present."),
    ("observes", "The lip corners are pulled up.", "The corners of the lips are pulled up."),
    ("observes", "The cheeks are raised.", "Her cheeks are raised."),
    ("observes", "AU4 is absent.", "There is no AU4."),
    ("expresses", "AU6 and AU12 suggest joy.", "AU6 and AU12 indicate joy."),
    ("expresses", "AU4 suggests anger.", "AU4 points to anger."),
    ("expresses", "AU12 suggests shame.", "AU12 is a sign of shame."),
    ("expresses", "AU5 indicates fear.", "AU5 signals fear."),
    ("in_tier", "Joy is a primary emotion.", "Joy is one of the primary emotions."),
    ("in_tier", "Irritation is a primary emotion.", "Irritation is one of the primary emotions."),
    ("subsumed_by", "Rage is a kind of anger.", "Rage is a form of anger."),
    ("subsumed_by", "Irritation is a kind of joy.", "Irritation is a type of joy."),
    ("opposite_of", "Joy is the opposite of sadness.", "Joy and sadness are opposites."),
    ("opposite_of", "Rage is the opposite of anger.", "Rage and anger are opposites."),
    ("stronger_than", "Rage is stronger than anger.", "Rage is more intense than anger."),
    ("stronger_than", "Annoyance is stronger than rage.", "Annoyance is more intense than rage."),
    ("vad_level", "Joy is unpleasant.", "Joy is a negative emotion."),
    ("vad_level", "Fear is a negative emotion.", "Fear is unpleasant."),
    ("concludes", "AU12 is visible. She is happy.", "AU12 is visible. She feels happy."),
    ("concludes", "AU4 is visible. Overall, he is angry.", "AU4 is visible. Thus, he is angry."),
    ("excludes", "AU12 rules out shame.", "AU12 excludes shame."),
    ("exclusive", "Joy and anger cannot be felt together.", "Joy and anger cannot be felt at the same time."),
    ("exclusive", "Joy and anger are mutually exclusive.", "Joy and anger exclude each other."),
    ("co_occurs", "Fear and surprise often go together.", "Fear and surprise often occur together."),
    (
        "blend_of",
        "Optimism is a blend of anticipation and joy.",
        "Optimism is a mixture of anticipation and joy.",
    ),
    ("transition", "Frustration leads to boredom.", "Frustration turns into boredom."),
    ("denotes", 'The term "dread" means fear.', "The word 'dread' means fear."),
    ("denotes", 'The word "dread" means fear.', "The word 'dread' means fear."),
    ("denotes", 'The word "dread" does not mean joy.', "The word 'dread' does not mean joy."),
    ("denotes", 'The word "dread", roughly, means fear.', "The word 'dread', roughly, means fear."),
    ("label_in_scheme", "Contempt is a label of ekman-6.", "Contempt is one of the labels of ekman-6."),
    ("genuine", "It is a genuine smile.", "The smile is genuine."),
    ("genuine", "It is a posed smile.", "The smile is posed."),
    ("elicited_by", "She is afraid because of the dog.", "She is afraid due to the dog."),
    ("masks", "The smile masks anger.", "The smile hides anger."),
    ("modal_agreement", "Voice and face agree.", "The voice and the face agree."),
    (
        "modal_conflict",
        "Voice and face contradict each other.",
        "The voice and the face contradict each other.",
    ),
    ("vad_level", "Rage is high in arousal.", "Rage has high arousal."),
    ("observes", "The brows are lowered.", "The eyebrows are lowered."),
    ("expresses", "AU6 and AU12 are consistent with joy.", "AU6 and AU12 point to joy."),
]  # fmt: skip

NEGATIONS = [
    ("in_tier", "Joy is a primary emotion.", "Joy is not a primary emotion."),
    ("subsumed_by", "Rage is a kind of anger.", "Rage is not a kind of anger."),
    ("subsumed_by", "Irritation is a kind of joy.", "Irritation is not a kind of joy."),
    ("opposite_of", "Joy is the opposite of sadness.", "Joy is not the opposite of sadness."),
    ("stronger_than", "Rage is stronger than anger.", "Rage is not stronger than anger."),
    ("vad_level", "Joy is unpleasant.", "Joy is not unpleasant."),
    ("observes", "AU12 is visible.", "AU12 is not visible."),
    ("observes", "AU4 is visible.", "AU4 is not visible."),
    ("expresses", "AU6 and AU12 suggest joy.", "AU6 and AU12 do not suggest joy."),
    ("expresses", "AU12 suggests shame.", "AU12 does not suggest shame."),
]  # fmt: skip

UNRELATED = [
    "The bus was late again.",
    "The video has a frame rate of 25 per second.",
    "Two cups stand on the table.",
    "It was recorded on a Tuesday.",
]
INDEPENDENT = [
    "Rage is a kind of anger.",
    "AU20 is the nostril flare.",
    "Joy is unpleasant.",
    "AU6 and AU12 suggest joy.",
    "Rage is stronger than anger.",
]
FLIPPED = {"supported": "contradicted", "contradicted": "supported"}


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def verdicts(checker: Checker, text: str, type_: str | None = None) -> list[tuple[str, str]]:
    found = checker.check(text, aus=READINGS).judgements
    return [(j.claim.type, j.verdict) for j in found if type_ in {None, j.claim.type}]


@pytest.mark.parametrize(
    "frame",
    [
        "According to the first rater, {}.",
        "{}, says expert B.",
        "One annotator wrote that {}.",
        "In the view of the second coder, {}.",
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        "AU12 is visible",
        "AU4 is absent",
        "AU20 is the nostril flare",
        "AU4 suggests anger",
        "AU12 suggests shame",
        "irritation is a kind of joy",
        "joy is a primary emotion",
    ],
)
def test_what_another_is_said_to_say_is_judged_as_if_the_text_said_it(
    checker: Checker, frame: str, said: str
) -> None:
    own = checker.check(f"{said[0].upper()}{said[1:]}.", aus=READINGS).judgements
    others = checker.check(frame.format(said), aus=READINGS).judgements

    assert [(j.claim.type, j.verdict, j.rule) for j in others] == [
        (j.claim.type, j.verdict, j.rule) for j in own
    ]
    assert own
    assert not any(j.claim.attributed_to for j in own)
    assert all(j.claim.attributed_to for j in others)


@pytest.mark.parametrize(("type_", "one", "other"), PARAPHRASES)
def test_paraphrase_keeps_the_verdict(checker: Checker, type_: str, one: str, other: str) -> None:
    found = verdicts(checker, one, type_)
    assert found
    assert verdicts(checker, other, type_) == found


@pytest.mark.parametrize(("type_", "one", "denied"), NEGATIONS)
def test_negation_flips_the_verdict(checker: Checker, type_: str, one: str, denied: str) -> None:
    ((_, verdict),) = verdicts(checker, one, type_)
    assert verdicts(checker, denied, type_) == [(type_, FLIPPED[verdict])]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(PARAPHRASES), st.sampled_from(UNRELATED), st.integers(0, 2))
def test_unrelated_sentence_changes_no_verdict(
    graph: EmotionGraph, pair: tuple[str, str, str], more: str, place: int
) -> None:
    checker = _shared(graph)
    parts = [part.strip() + "." for part in pair[1].rstrip(".").split(". ")]
    parts.insert(min(place, len(parts)), more)
    assert verdicts(checker, " ".join(parts)) == verdicts(checker, pair[1])


def test_another_action_turns_support_for_happiness(checker: Checker) -> None:
    said = "{} is visible. {} suggests happiness. Overall, she is happy."
    frown, smile = (
        [j.verdict for j in checker.check(said.format(c, c)).judgements] for c in ("AU4", "AU12")
    )
    assert smile == ["not_checkable", "supported", "supported"]
    assert frown[1] == "unsupported"
    assert frown[2] != "supported"


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.permutations(INDEPENDENT))
def test_order_of_independent_claims_changes_no_verdict(
    graph: EmotionGraph, order: list[str]
) -> None:
    checker = _shared(graph)
    found = verdicts(checker, " ".join(INDEPENDENT))
    assert sorted(verdicts(checker, " ".join(order))) == sorted(found)


@pytest.mark.parametrize("text", [p[1] for p in PARAPHRASES if p[1] != "AU4 is absent."])
def test_white_space_and_capitals_change_no_verdict(checker: Checker, text: str) -> None:
    found = verdicts(checker, text)
    assert verdicts(checker, text.replace(" ", "  ")) == found
    assert verdicts(checker, f"\n  {text}\n") == found
    assert verdicts(checker, text.lower()) == found


def test_two_blanks_hide_no_denial(checker: Checker) -> None:
    assert verdicts(checker, "AU4 is  absent.") == verdicts(checker, "AU4 is absent.")


def test_typographic_quotes_change_no_verdict(checker: Checker) -> None:
    plain = 'The word "dread" means fear. She said "I am so happy". AU6 isn\'t visible.'
    curly = plain.replace(' "', " \u201c").replace('"', "\u201d").replace("'", "\u2019")
    assert verdicts(checker, curly) == verdicts(checker, plain)


def test_order_of_a_batch_changes_no_report(checker: Checker, graph: EmotionGraph) -> None:
    records = [{"rationale": text} for pair in PARAPHRASES for text in pair[1:]]
    order = [*range(1, len(records), 2), *range(0, len(records), 2)]
    shuffled = Checker(graph).check_many([records[n] for n in order])
    expected = checker.check_many(records)
    assert [shuffled[order.index(n)] for n in range(len(records))] == expected


_CHECKERS: dict[str, Checker] = {}


def _shared(graph: EmotionGraph) -> Checker:
    return _CHECKERS.setdefault(graph.version, Checker(graph))
