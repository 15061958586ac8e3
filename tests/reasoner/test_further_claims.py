"""Claims on pairs of emotions, words, schemes, channels and events: what is read and how it is judged."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.reasoner import Checker, ClaimType, Judgement


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def found(
    checker: Checker, type_: ClaimType, text: str, aus: dict[str, float] | None = None
) -> list[Judgement]:
    return [j for j in checker.check(text, aus=aus).judgements if j.claim.type == type_]


def one(
    checker: Checker, type_: ClaimType, text: str, aus: dict[str, float] | None = None
) -> Judgement:
    (judgement,) = found(checker, type_, text, aus)
    return judgement


@pytest.mark.parametrize(
    ("type_", "text", "subject", "object_", "verdict"),
    [
        # the wheel orders apprehension < fear < terror, annoyance < anger < rage
        ("stronger_than", "Terror is stronger than fear.", ("terror",), ("fear",), "supported"),
        ("stronger_than", "Fear is milder than terror.", ("terror",), ("fear",), "supported"),
        ("stronger_than", "Fear exceeds terror.", ("fear",), ("terror",), "contradicted"),
        (
            "stronger_than",
            "Terror is not stronger than fear.",
            ("terror",),
            ("fear",),
            "contradicted",
        ),
        ("stronger_than", "Joy is stronger than fear.", ("joy",), ("fear",), "unsupported"),
        # dyads join anger and disgust into contempt; awe is fear and surprise
        (
            "blend_of",
            "Contempt blends anger with disgust.",
            ("contempt",),
            ("anger", "disgust"),
            "supported",
        ),
        (
            "blend_of",
            "Envy is a mixture of joy and trust.",
            ("envy",),
            ("joy", "state/trust"),
            "unsupported",
        ),
        (
            "exclusive",
            "Fear and surprise exclude each other.",
            ("fear",),
            ("surprise",),
            "contradicted",
        ),
        (
            "exclusive",
            "Fear and surprise can be felt together.",
            ("fear",),
            ("surprise",),
            "supported",
        ),
        # lifts of goemotions: grief and sadness 10.09, gratitude and fear 0.04
        ("co_occurs", "Grief often comes with sadness.", ("grief",), ("sadness",), "supported"),
        (
            "co_occurs",
            "Gratitude is often accompanied by fear.",
            ("state/gratitude",),
            ("fear",),
            "contradicted",
        ),
        (
            "co_occurs",
            "Gratitude is rarely accompanied by fear.",
            ("state/gratitude",),
            ("fear",),
            "supported",
        ),
        # studies have anxiety lead to depression; none has amusement lead to boredom
        (
            "transition",
            "Anxiety turns into depression.",
            ("anxiety",),
            ("depression",),
            "supported",
        ),
        (
            "transition",
            "The mood shifts from amusement to boredom.",
            ("amusement",),
            ("state/boredom",),
            "unsupported",
        ),
        ("denotes", "'Furious' means anger.", ("Furious",), ("anger",), "supported"),
        ("denotes", "'Furious' means joy.", ("Furious",), ("joy",), "contradicted"),
        ("denotes", "'Furious' does not mean joy.", ("Furious",), ("joy",), "supported"),
        (
            "label_in_scheme",
            "Contempt is one of Ekman's six basic emotions.",
            ("Contempt",),
            ("ekman-6",),
            "contradicted",
        ),
        (
            "label_in_scheme",
            "Ekman-6 has the label joy.",
            ("joy",),
            ("ekman-6",),
            "supported",
        ),
        (
            "label_in_scheme",
            "PLUTCHIK-8 includes contempt.",
            ("contempt",),
            ("plutchik-8",),
            "contradicted",
        ),
        (
            "label_in_scheme",
            "MELD has no label for disgust.",
            ("disgust",),
            ("meld",),
            "contradicted",
        ),
        (
            "label_in_scheme",
            "AffectNet lists contempt.",
            ("contempt",),
            ("affectnet",),
            "supported",
        ),
        ("cue_denotes", "The scowl, i.e. AU4, is clear.", ("scowl",), ("AU4",), "supported"),
        ("cue_denotes", "The scowl (AU1) is clear.", ("scowl",), ("AU1",), "contradicted"),
        # Tracy and Matsumoto: AU12 argues against shame; CK+: no joy without AU12
        ("excludes", "AU12 rules out shame.", ("AU12",), ("shame",), "supported"),
        (
            "excludes",
            "There is no smile, so joy can be ruled out.",
            ("not AU12",),
            ("joy",),
            "supported",
        ),
        ("excludes", "AU4 and AU7 rule out anger.", ("AU4", "AU7"), ("anger",), "contradicted"),
        (
            "excludes",
            "There is no AU4, so anger can be ruled out.",
            ("not AU4",),
            ("anger",),
            "unsupported",
        ),
        ("masks", "The smile hides her anger.", ("anger",), ("AU12",), "not_checkable"),
        (
            "elicited_by",
            "She is angry because the train is late.",
            ("anger",),
            ("the train is late",),
            "not_checkable",
        ),
        (
            "modal_conflict",
            "The voice and the face contradict each other.",
            ("voice", "face"),
            (),
            "not_checkable",
        ),
        (
            "modal_agreement",
            "The voice and the face agree.",
            ("voice", "face"),
            (),
            "not_checkable",
        ),
    ],
)
def test_claim_is_read_and_judged(
    checker: Checker,
    type_: ClaimType,
    text: str,
    subject: tuple[str, ...],
    object_: tuple[str, ...],
    verdict: str,
) -> None:
    judgement = one(checker, type_, text)

    assert judgement.claim.subject == subject
    assert judgement.claim.object == object_
    assert judgement.verdict == verdict
    assert text[judgement.claim.start : judgement.claim.end] == judgement.claim.quote
    assert bool(judgement.facts) == (verdict in {"supported", "contradicted"})


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("stronger_than", "She is stronger than him."),
        ("blend_of", "The colours blend into grey."),
        ("exclusive", "The two rooms exclude each other."),
        ("co_occurs", "Rain often comes with wind."),
        ("transition", "The road turns into a path."),
        ("denotes", "This means trouble."),
        ("label_in_scheme", "The list contains joy."),
        ("masks", "The curtain hides the door."),
        ("genuine", "The painting is genuine."),
        ("modal_agreement", "The neighbours agree."),
        ("modal_conflict", "The reports contradict each other."),
        ("elicited_by", "The train is late because of snow."),
        ("observes", "If you see a smile, write it down."),
        ("observes", "How would you describe the smile of the Mona Lisa?"),
    ],
)
def test_other_sentences_make_no_such_claim(checker: Checker, type_: ClaimType, text: str) -> None:
    assert found(checker, type_, text) == []


@pytest.mark.parametrize(
    ("text", "readings", "verdict"),
    [
        ("The smile looks genuine.", {"AU06_r": 2.0, "AU12_r": 3.0}, "supported"),
        ("The smile looks genuine.", {"AU06_r": 0.1, "AU12_r": 3.0}, "contradicted"),
        ("The smile looks posed.", {"AU06_r": 0.1, "AU12_r": 3.0}, "supported"),
        ("The smile looks posed.", {"AU06_r": 0.1, "AU12_r": 0.0}, "unsupported"),
        ("The smile looks posed.", None, "not_checkable"),
    ],
)
def test_genuine_smile_has_the_cheek_raiser(
    checker: Checker, text: str, readings: dict[str, float] | None, verdict: str
) -> None:
    assert one(checker, "genuine", text, readings).verdict == verdict


@pytest.mark.parametrize(
    ("text", "channel", "verdict"),
    [
        ("In the audio track, the lip corners are pulled down.", "voice", "contradicted"),
        ("From the transcript, one can see that the nose is wrinkled.", "text", "contradicted"),
        ("The nose is wrinkled.", "face", "not_checkable"),
        ("The voice trembles.", "voice", "not_checkable"),
        ("His shoulders are slumped.", "posture", "not_checkable"),
    ],
)
def test_cue_belongs_to_its_channel(
    checker: Checker, text: str, channel: str, verdict: str
) -> None:
    judgement = one(checker, "observes", text)

    assert (judgement.claim.modality, judgement.verdict) == (channel, verdict)


@pytest.mark.parametrize(
    ("text", "degree", "side", "commitment"),
    [
        ("A faint smile is visible.", "slight", "", "plain"),
        ("Her left lip corner is strongly raised.", "strong", "left", "plain"),
        ("AU4 might be visible.", "plain", "", "hedged"),
    ],
)
def test_sighting_has_degree_side_and_commitment(
    checker: Checker, text: str, degree: str, side: str, commitment: str
) -> None:
    claim = one(checker, "observes", text).claim

    assert (claim.degree, claim.side, claim.commitment) == (degree, side, commitment)


# --- metamorphic -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("AU6 and AU12 indicate joy.", "AU6 and AU12 point to joy."),
        ("Irritation is a kind of anger.", "Irritation is a form of anger."),
        ("AU20 is the nostril flare.", "AU20 refers to the nostril flare."),
        ("Terror is stronger than fear.", "Terror is more intense than fear."),
    ],
)
def test_paraphrase_keeps_the_verdict(checker: Checker, first: str, second: str) -> None:
    verdicts = [[j.verdict for j in checker.check(text).judgements] for text in (first, second)]

    assert verdicts[0] == verdicts[1] != []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Irritation is a kind of anger.", "Irritation is not a kind of anger."),
        ("Joy is the opposite of sadness.", "Joy is not the opposite of sadness."),
        ("Fear is a primary emotion.", "Fear is not a primary emotion."),
        ("AU12 is the lip corner puller.", "AU12 isn't the lip corner puller."),
        ("Contempt blends anger and disgust.", "Contempt never blends anger and disgust."),
    ],
)
def test_denial_turns_support_into_contradiction(checker: Checker, text: str, denied: str) -> None:
    assert [j.verdict for j in checker.check(text).judgements] == ["supported"]
    assert [j.verdict for j in checker.check(denied).judgements] == ["contradicted"]


def test_unrelated_sentence_changes_no_verdict(checker: Checker) -> None:
    text = "AU6 (cheek raiser) and AU20 (nostril flare) are visible. Irritation is a kind of joy."
    alone = [(j.claim.quote, j.verdict) for j in checker.check(text).judgements]

    more = checker.check(f"The camera is steady. {text} A bus goes by.").judgements

    assert [(j.claim.quote, j.verdict) for j in more] == alone


def test_another_action_turns_support_into_none(checker: Checker) -> None:
    assert one(checker, "expresses", "AU12 suggests happiness.").verdict == "supported"
    assert one(checker, "expresses", "AU4 suggests happiness.").verdict == "unsupported"


def test_claim_given_as_such_is_judged(checker: Checker) -> None:
    (claim,) = (j.claim for j in checker.check("Irritation is a kind of anger.").judgements)

    assert checker.judge(claim).verdict == "supported"


def test_what_two_wordings_say_of_the_same_words_is_one_claim(checker: Checker) -> None:
    judgements = checker.check("Annoyance is a milder form of anger.").judgements

    assert [j.claim.type for j in judgements] == ["subsumed_by", "stronger_than"]


# --- layouts ---------------------------------------------------------------------------------------

NUMBERED = """1. AU4 (Brow Lowerer), intensity 2.1: the brows are drawn together.
2. AU12 - Lip Corner Puller - 0.3
Conclusion: anger"""
JSON = """{"observations": ["AU4 is active", "no smile"], "action_units": {"AU4": 2.1, "AU12": 0.0},
"units": [{"au": "AU7", "name": "nose wrinkler"}], "emotion": "anger", "confidence": 0.8}"""
SECTIONS = """## Key observations
- Furrowed brows (AU4) and tightened lids (AU7)
- Voice: trembling

## Overall interpretation
These cues suggest anger."""


def test_numbered_list_names_describes_and_measures(checker: Checker) -> None:
    found = [
        (j.claim.type, j.claim.subject, j.claim.polarity)
        for j in checker.check(NUMBERED).judgements
    ]

    assert ("au_identity", ("4",), "affirmed") in found
    assert ("cue_denotes", ("brows are drawn together",), "affirmed") in found
    assert ("observes", ("AU12",), "denied") in found
    assert ("concludes", ("anger",), "affirmed") in found


def test_json_is_read_by_its_values(checker: Checker) -> None:
    judgements = checker.check(JSON).judgements
    found = [(j.claim.type, j.claim.subject, j.claim.polarity, j.verdict) for j in judgements]

    assert ("observes", ("AU4",), "affirmed", "not_checkable") in found
    assert ("observes", ("AU12",), "denied", "not_checkable") in found
    assert ("au_identity", ("7",), "affirmed", "contradicted") in found
    assert "state/confidence" not in {s for _, subject, _, _ in found for s in subject}


def test_interpretation_takes_up_all_cues_of_the_face(checker: Checker) -> None:
    assert one(checker, "expresses", SECTIONS).claim.subject == ("AU4", "AU7")


@pytest.mark.parametrize(
    ("type_", "text", "verdict"),
    [
        ("stronger_than", "Anger tends to be stronger than rage.", "contradicted"),
        ("subsumed_by", "Disgust is no form of anger.", "contradicted"),
        ("subsumed_by", "Grumpiness is best seen as a kind of irritation.", "supported"),
        ("blend_of", "Despair could be thought of as fear mixed with sadness.", "supported"),
        ("co_occurs", "Anger and disgust tend to occur together.", "supported"),
        ("vad_level", "Fear goes with low dominance.", "supported"),
        ("label_in_scheme", "Among Plutchik's eight primaries one may find love.", "contradicted"),
    ],
)
def test_relations_are_read_behind_verbs_that_hedge(
    checker: Checker, type_: ClaimType, text: str, verdict: str
) -> None:
    assert one(checker, type_, text).verdict == verdict
