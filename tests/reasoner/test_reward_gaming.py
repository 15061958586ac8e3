"""No way around an honest rationale earns as much: ``benchmarks/reward_gaming.py`` has texts and faces."""

import importlib
import math
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import RewardBreakdown, rationale_reward

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

LEAD = 0.1
"""By which the weaker of an observation's honest rationales must lead; it is in no format."""

LEAD_IN_FORMAT = 0.15
"""By which the one in the format must lead."""

LOWEST, HIGHEST = -1.15, 1.0
"""What docs/reward.md says of the total with the default weights."""

WAYS = (
    "nothing",
    "empty tags",
    "only the label",
    "one true fact, twenty times",
    "true facts about no face, and the label",
    "everything hedged",
    "everything denied",
    "every unit, and the label",
    "every unit, hedged, and the label",
    "every emotion",
    "every emotion of the person",
    "the prototype of the label",
    "the prototype of happiness",
    "the prompt",
    "the honest text, three times",
)
FACES = (
    "smile",
    "sad face",
    "angry face",
    "fearful face",
    "surprised face",
    "disgusted face",
    "smile without the eyes",
    "anger around the mouth",
    "still face",
)

SENTENCES = (
    "AU6 and AU12 are visible.",
    "AU12 is visible.",
    "The brows are lowered (AU4).",
    "AU4 is absent.",
    "AU12 may be shown.",
    "AU6 and AU12 suggest happiness.",
    "AU4 suggests fear.",
    "AU20 is the nostril flare.",
    "She is happy.",
    "The person appears afraid.",
    "He is not angry.",
    "Happiness and fear are opposites.",
    "Together they suggest fear.",
    "Perhaps AU1, AU4 and AU20 are visible.",
    "Her cheeks are raised and she smiles.",
    "AU12 (brow lowerer) is on.",
    "AU4 or AU12 is visible.",
    "<think>AU12 is visible.</think><answer>happiness</answer>",
    "Conclusion: fear.",
)
UNRELATED = (
    "It was raining outside.",
    "The picture is sharp.",
    "Irritation is a kind of anger.",
    "Joy is a primary emotion.",
    "AU38 is the nostril dilator.",
    "Sadness is the opposite of joy.",
    "Irritation is a kind of joy.",
    "Envy is a tertiary emotion.",
    "The bus was late.",
)

texts = st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join)
readings = st.dictionaries(
    st.sampled_from(["AU04_r", "AU06_r", "AU12_r", "AU20_r"]),
    st.sampled_from([0.0, 0.9, 1.0, 3.0]),
    min_size=1,
)
labels = st.sampled_from([None, "happiness", "fear", "anger", "neutral", "zorp"])


@pytest.fixture(scope="module")
def gaming() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        return importlib.import_module("reward_gaming")


def reward(graph: EmotionGraph, text: str, observed: object, label: str | None) -> RewardBreakdown:
    return rationale_reward(text, observed=observed, label=label, graph=graph)  # type: ignore[arg-type]


def test_ways_and_faces_are_those_of_the_benchmark(gaming: ModuleType) -> None:
    assert tuple(gaming.WAYS) == WAYS
    assert tuple(seen.name for seen in gaming.OBSERVATIONS) == FACES


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("way", WAYS)
def test_way_around_earns_less_than_an_honest_rationale(
    graph: EmotionGraph, gaming: ModuleType, way: str, face: str
) -> None:
    seen = gaming.OBSERVATIONS[FACES.index(face)]
    if not gaming.applies(way, seen):
        pytest.skip("of this face, the text is the truth")

    total = gaming.reward(graph, seen, gaming.WAYS[way](seen)).total

    assert gaming.least_honest(graph, seen) - total >= LEAD
    assert gaming.reward(graph, seen, seen.honest[0]).total - total >= LEAD_IN_FORMAT


@pytest.mark.parametrize("face", FACES)
def test_honest_rationale_keeps_clear_of_penalties(
    graph: EmotionGraph, gaming: ModuleType, face: str
) -> None:
    seen = gaming.OBSERVATIONS[FACES.index(face)]

    for text in seen.honest:
        parts = gaming.reward(graph, seen, text).parts
        assert (parts.label, parts.consistency, parts.contradiction) == (1.0, 1.0, 0.0)
        assert parts.duplicates < 0.1


@pytest.mark.parametrize("face", FACES)
def test_honest_rationale_of_one_face_earns_less_on_every_other(
    graph: EmotionGraph, gaming: ModuleType, face: str
) -> None:
    seen = gaming.OBSERVATIONS[FACES.index(face)]
    own = gaming.reward(graph, seen, seen.honest[0]).total

    for other in gaming.OBSERVATIONS:
        if other is not seen:
            assert gaming.reward(graph, other, seen.honest[0]).total < own


@pytest.mark.parametrize("face", FACES[:-1])
def test_wrong_unit_in_the_place_of_a_right_one_costs(
    graph: EmotionGraph, gaming: ModuleType, face: str
) -> None:
    seen = gaming.OBSERVATIONS[FACES.index(face)]
    units = list(seen.shown)
    wrong = next(unit for unit in gaming.UNITS if unit not in seen.shown)
    text = "{} are visible. The person appears to show {}."

    right = text.format(gaming.listed(units), seen.label)
    changed = text.format(gaming.listed([wrong, *units[1:]]), seen.label)

    assert (
        gaming.reward(graph, seen, changed).total < gaming.reward(graph, seen, right).total - LEAD
    )


@given(texts, readings, labels)
def test_reward_and_parts_stay_in_their_ranges(
    graph: EmotionGraph, text: str, observed: dict[str, float], label: str | None
) -> None:
    found = reward(graph, text, observed, label)

    assert LOWEST <= found.total <= HIGHEST
    for name, value in found.parts.values().items():
        assert value is None or (-1 if name == "au" else 0) <= value <= 1


@given(st.text(max_size=300))
def test_any_text_has_a_finite_reward(graph: EmotionGraph, text: str) -> None:
    assert math.isfinite(reward(graph, text, {"AU12_r": 2.0}, "joy").total)


@given(texts, readings, labels)
def test_reward_is_the_same_on_repeat(
    graph: EmotionGraph, text: str, observed: dict[str, float], label: str | None
) -> None:
    assert reward(graph, text, observed, label) == reward(graph, text, observed, label)


@given(texts, st.sampled_from(UNRELATED), readings, labels)
def test_unrelated_sentence_never_raises_the_reward(
    graph: EmotionGraph, text: str, more: str, observed: dict[str, float], label: str | None
) -> None:
    plain = reward(graph, text, observed, label)
    longer = reward(graph, f"{text} {more}", observed, label)

    assert longer.total <= plain.total


@given(texts.filter(lambda text: "Together" not in text), readings, labels)
def test_saying_all_again_never_raises_the_reward(
    graph: EmotionGraph, text: str, observed: dict[str, float], label: str | None
) -> None:
    once = reward(graph, text, observed, label)
    twice = reward(graph, f"{text} {text}", observed, label)

    assert twice.total <= once.total


@given(texts, readings)
def test_denying_what_is_not_shown_never_raises_the_reward_of_a_face_that_shows_something(
    graph: EmotionGraph, text: str, observed: dict[str, float]
) -> None:
    face = {**observed, "AU06_r": 3.0, "AU01_r": 0.0, "AU02_r": 0.0}

    plain = reward(graph, text, face, "happiness")
    more = reward(graph, f"{text} AU1 is absent. AU2 is absent.", face, "happiness")
    assert more.total <= plain.total
