"""The shapes in which models write labels: what is read, and what is kept beside it."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


ONE = {
    # case, number, marks
    "HAPPY": "happiness",
    "Fears": "fear",
    "angry!!!": "anger",
    "Excited!!! See you there": "excitement",
    "**Disgust**": "disgust",
    "deep_sadness": "sadness",
    "DeepSadness": "sadness",
    # carrier words
    "feeling of dread": "dread",
    "a sense of unease": "uneasiness",
    "feeling anxious": "anxiety",
    "The person is angry.": "anger",
    "She looks terrified": "terror",
    "I'm so excited": "excitement",
    "full of joy": "joy",
    "angry face": "anger",
    # keys, numbers, lists of one
    "emotion: fear": "fear",
    "Final answer: **loneliness**": "loneliness",
    "anger: 0.8": "anger",
    "1. joy": "joy",
    "['sadness']": "sadness",
    '{"emotion": "joy", "score": .9}': "joy",
    '{"label": "fear"': "fear",
    "<emotion>fear</emotion>": "fear",
    # hashtags, emoji, drawn-out letters
    "#SoHappy": "happiness",
    "#joy": "joy",
    "happy \U0001f60a": "happiness",
    "\U0001f622\U0001f622": "sadness",
    "so happy :)": "happiness",
    "sooo haaappy": "happiness",
    # what a longer label turns on
    "angry at her boss": "anger",
    "anticipation of the exam": "state/anticipation",
    # phrases in other words for who and when
    "over the moon": "elation",
    "blew his top": "rage",
    "made my blood boil": "rage",
}


@pytest.mark.parametrize("label", sorted(ONE))
def test_label_of_one_emotion_is_linked_in_the_shape_models_give_it(
    linker: LabelLinker, graph: EmotionGraph, label: str
) -> None:
    found = linker.ground(label)

    assert found.text == label
    assert found.concept is not None, found.explain()
    assert graph.is_a(found.concept.slug, ONE[label]) or graph.is_a(ONE[label], found.concept.slug)


@pytest.mark.parametrize(
    ("label", "degree", "given"),
    [
        ("very happy", ("very",), None),
        ("slightly annoyed (0.7)", ("slightly",), 0.7),
        ("a bit sad", ("a bit",), None),
        ("anger (mild)", ("mild",), None),
        ("joy (high confidence)", ("high confidence",), None),
        ("probably very angry", ("probably", "very"), None),
        ("anger: 0.8", (), 0.8),
        ("80% joy", (), 0.8),
        ("disgust - 7/10", (), 0.7),
        ("fear = 3", (), 3.0),
        ("Emotion: Joy (Confidence: 85%)", (), 0.85),
        ('{"label": "fear", "score": 0.91}', (), 0.91),
        ("joy", (), None),
    ],
)
def test_degree_and_number_are_kept_beside_the_concept(
    linker: LabelLinker, label: str, degree: tuple[str, ...], given: float | None
) -> None:
    found = linker.ground(label)

    assert found.status == "linked"
    assert (found.degree, found.given) == (degree, given)


def test_explanation_says_degree_number_and_parts(linker: LabelLinker) -> None:
    assert "degree: slightly" in linker.ground("slightly annoyed (0.7)").explain()
    assert "number given in the label: 0.7" in linker.ground("slightly annoyed (0.7)").explain()
    assert "part 'sad'" in linker.ground("happy, sad").explain()


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("mixed: joy/sadness", {"joy", "sadness"}),
        ("joy and sadness", {"joy", "sadness"}),
        ('["joy","sadness"]', {"joy", "sadness"}),
        ("joy; sadness", {"joy", "sadness"}),
        ("joy -> sadness", {"joy", "sadness"}),
        ("from joy to sadness", {"joy", "sadness"}),
        ("joy|sadness|fear", {"joy", "sadness", "fear"}),
        ('{"joy": 0.8, "fear": 0.1}', {"joy", "fear"}),
        ("1. joy\n2. fear", {"joy", "fear"}),
        ("\U0001f622\U0001f621", {"sadness", "anger"}),
        ("nervous excitement", {"nervousness", "excitement"}),
    ],
)
def test_compound_of_several_branches_is_ambiguous_and_keeps_all_its_parts(
    linker: LabelLinker, label: str, parts: set[str]
) -> None:
    found = linker.ground(label)

    assert found.status == "ambiguous"
    assert {part.concept.slug for part in found.parts if part.concept} == parts
    assert parts <= {candidate.concept.slug for candidate in found.candidates}


def test_compound_of_one_branch_is_linked(linker: LabelLinker) -> None:
    found = linker.ground("rage/fury")

    assert found.status == "linked"
    assert {candidate.concept.slug for candidate in found.candidates} == {"rage", "fury"}


def test_parts_keep_their_own_degrees_and_numbers(linker: LabelLinker) -> None:
    found = linker.ground("joy: 0.6, very sad: 40%")

    assert [(part.degree, part.given) for part in found.parts] == [((), 0.6), (("very",), 0.4)]


def test_part_that_is_not_placed_is_named(linker: LabelLinker) -> None:
    found = linker.ground("joy, qwxyz")

    assert found.concept is not None
    assert found.concept.slug == "joy"
    assert [part.status for part in found.parts] == ["linked", "nil"]
    assert "'qwxyz'" in found.message


def test_compound_without_any_emotion_is_nil(linker: LabelLinker) -> None:
    found = linker.ground("bread and butter")

    assert (found.status, found.candidates) == ("nil", ())
    assert len(found.parts) == 2


@pytest.mark.parametrize(
    "label",
    [
        "not happy",
        "The person isn't happy.",
        "not very happy",
        "far from happy",
        "lack of interest",
        "no longer sad",
        "neither angry nor afraid of it",
        "no joy or fear",
        "not at all worried",
        "not \U0001f600",
        "without any anger",
    ],
)
def test_denied_emotion_is_nil_in_every_shape(linker: LabelLinker, label: str) -> None:
    found = linker.ground(label)

    assert (found.reason, found.candidates) == ("negated", ())


def test_denied_part_does_not_deny_the_other(linker: LabelLinker) -> None:
    found = linker.ground("not sad but angry")

    assert found.concept is not None
    assert found.concept.slug == "anger"
    assert [part.reason for part in found.parts] == ["negated", None]


@pytest.mark.parametrize("label", ["couldn't be happier", "I could not be happier"])
def test_denied_comparative_is_no_denial(linker: LabelLinker, label: str) -> None:
    found = linker.ground(label)

    assert found.concept is not None
    assert found.concept.slug == "happiness"


@pytest.mark.parametrize("label", ["no emotion", "no clear emotion", "no emotion expressed"])
def test_statement_of_no_emotion_is_neutral(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status == "neutral"


@pytest.mark.parametrize("label", ["none", "N/A", "null", "NaN"])
def test_missing_label_is_empty_and_not_neutral(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).reason == "empty"


@pytest.mark.parametrize(
    "label",
    [
        "I cannot determine the emotion.",
        "Sorry, I can't help with that.",
        "love letter",
        "the table",
        "a river of text and a bridge",
        "[[[[",
        "{}",
        '{"text": "hello"}',
    ],
)
def test_what_names_no_emotion_is_nil_in_every_shape(linker: LabelLinker, label: str) -> None:
    assert linker.ground(label).status == "nil"


# --- outputs without names ---------------------------------------------------------------------------


def test_unnamed_output_counts_in_the_order_of_its_scheme(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    third = graph.labels("emonet")[3]

    found = linker.ground("LABEL_3", scheme="emonet")

    assert [c.concept.slug for c in found.candidates] == [a.concept for a in third.anchors]


def test_unnamed_output_follows_the_codes_of_data_files_that_begin_at_0(
    linker: LabelLinker,
) -> None:
    found = linker.ground("LABEL_27", scheme="goemotions")

    assert found.status == "neutral"  # 27 is neutral in the data files of GoEmotions


def test_unnamed_output_of_a_scheme_that_counts_from_1_is_not_guessed(linker: LabelLinker) -> None:
    found = linker.ground("LABEL_3", scheme="raf-db")

    assert found.reason == "not_in_scheme"
    assert "begin at '1'" in found.message


def test_unnamed_output_beyond_the_scheme_is_not_in_it(linker: LabelLinker) -> None:
    assert linker.ground("LABEL_99", scheme="goemotions").reason == "not_in_scheme"


def test_unnamed_output_without_a_scheme_asks_for_one(linker: LabelLinker) -> None:
    found = linker.ground("LABEL_3")

    assert found.reason == "unknown"
    assert "scheme" in found.message


def test_shapes_are_read_in_a_scheme_too(linker: LabelLinker) -> None:
    found = linker.ground('{"emotion": "HAP", "score": 0.7}', scheme="crema-d")

    assert found.concept is not None
    assert found.concept.slug in {"joy", "happiness"}
    assert found.given == 0.7
