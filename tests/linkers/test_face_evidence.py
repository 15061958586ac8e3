"""Emotions ranked by facial actions: coverage, percentages, base rates, what is unseen, what would decide."""

from math import log2
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.faces import CAVEAT, rank_emotions
from affectgraph.linkers.action_units import ActionUnitLinker
from affectgraph.linkers.face_columns import read_readings
from affectgraph.linkers.face_evidence import FaceEvidence, RankedEmotion, weigh_face
from affectgraph.linkers.face_files import read_openface
from affectgraph.ontology.errors import InputError, UnknownTermError


def of(found: FaceEvidence, slug: str) -> RankedEmotion:
    (item,) = [r for r in found.ranked if r.concept.slug == slug]
    return item


def test_ranking_by_score_is_that_of_the_graph(graph: EmotionGraph) -> None:
    for actions in (["AU6", "AU12"], ["AU1", "AU4", "AU15"], ["AU4", "AU5", "AU7", "AU23"]):
        found = weigh_face(graph, actions, limit=100)

        expected = rank_emotions(graph.index, actions)
        assert [(r.concept.slug, r.score) for r in found.ranked] == [
            (e.concept.slug, e.score) for e in expected
        ]


def test_every_answer_carries_the_caveat_and_no_verdict(graph: EmotionGraph) -> None:
    found = weigh_face(graph, ["AU6", "AU12"])

    assert found.caveat == CAVEAT
    assert found.explain().endswith(CAVEAT)
    assert not {"emotion", "concept", "verdict", "answer"} & set(FaceEvidence.__slots__)


def test_coverage_is_the_share_of_required_actions_that_are_met(graph: EmotionGraph) -> None:
    sadness = of(weigh_face(graph, ["AU1", "AU15"], limit=50), "sadness")

    # EMFACS asks for 1, 4, 15: two of three.
    assert sadness.by_source["emfacs"].support == pytest.approx(2 / 3, abs=1e-4)
    assert sadness.by_source["emfacs"].missing == ("AU4",)


def test_percentages_weigh_actions_as_published(graph: EmotionGraph) -> None:
    # Du et al. 2014, happy: 12 and 25 required (more than 70 %), 6 optional with 51 %.
    without = of(weigh_face(graph, ["AU12", "AU25"]), "joy")
    smile_alone = of(weigh_face(graph, ["AU12"]), "joy")
    whole = of(weigh_face(graph, ["AU6", "AU12", "AU25"]), "joy")

    assert without.percent_coverage == pytest.approx(140 / 191, abs=1e-4)
    assert smile_alone.percent_coverage == pytest.approx(70 / 191, abs=1e-4)
    assert whole.percent_coverage == 1.0


def test_percentages_leave_out_what_the_detector_cannot_see(graph: EmotionGraph) -> None:
    # BP4D has no AU25: 70 of 70 + 51.
    found = of(weigh_face(graph, ["AU12"], detector="bp4d"), "joy")

    assert found.percent_coverage == pytest.approx(70 / 121, abs=1e-4)


def test_ranking_by_percentages_has_only_concepts_with_published_ones(graph: EmotionGraph) -> None:
    found = weigh_face(graph, ["AU4", "AU7"], by="percent", limit=100)

    values = [r.percent_coverage for r in found.ranked]
    assert None not in values
    assert values == sorted(values, reverse=True, key=lambda v: v or 0)


def test_base_rates_discount_what_most_faces_show(graph: EmotionGraph) -> None:
    rates = {"AU6": 0.5, "AU12": 0.25}  # 1 bit and 2 bits
    found = of(weigh_face(graph, ["AU12"], base_rates=rates, limit=50), "joy")

    # CK+: AU12 alone is complete; EMFACS would be 2 bits of 3.
    assert found.discounted == 1.0
    rare = weigh_face(graph, ["AU6"], base_rates=rates, limit=50)
    emfacs_coverage = 1 / 3
    # harmonic mean of coverage 1/3 and precision 1
    assert of(rare, "joy").discounted >= 2 * emfacs_coverage / (1 + emfacs_coverage) - 1e-4


def test_common_action_counts_less_than_a_rare_one(graph: EmotionGraph) -> None:
    rates = {"AU1": 0.5, "AU4": 0.5, "AU15": 2**-6}

    rare = of(weigh_face(graph, ["AU15"], base_rates=rates, limit=50), "sadness")
    common = of(weigh_face(graph, ["AU1"], base_rates=rates, limit=50), "sadness")

    assert -log2(rates["AU15"]) == 6.0
    assert rare.discounted > common.discounted


def test_actions_without_a_base_rate_are_named(graph: EmotionGraph) -> None:
    found = weigh_face(graph, ["AU12", "AU28"], base_rates="disfa")

    assert (found.base_rates, found.unrated) == ("DISFA", ("AU28",))


def test_what_the_detector_cannot_report_is_told_apart_from_what_is_missing(
    graph: EmotionGraph,
) -> None:
    found = weigh_face(graph, ["AU4"], detector="disfa", limit=50)

    anger = of(found, "anger").by_source["emfacs"]  # 4 5 7 23; DISFA has 4 alone of them
    assert anger.unseen == ("AU5", "AU7", "AU23")
    assert anger.missing == ()
    assert {"AU5", "AU7", "AU23"} <= set(found.cannot_see)


def test_deciding_actions_say_whether_they_were_seen(graph: EmotionGraph) -> None:
    actions = ["AU1", "AU2", "AU5", "AU26"]

    def state(detector: str | None) -> list[str]:
        found = weigh_face(graph, actions, detector=detector, limit=2)
        return [d.state for d in found.deciding if (d.code, d.favours) == ("AU4", "fear")]

    assert state("openface") == ["not-shown"]  # "AU4 -> fear rather than surprise"
    assert state(None) == ["not-shown"]
    with_it = weigh_face(graph, [*actions, "AU4"], limit=100)
    assert {d.state for d in with_it.deciding if d.code == "AU4"} <= {"shown"}


def test_each_source_ranks_by_itself(graph: EmotionGraph) -> None:
    found = weigh_face(graph, ["AU6", "AU12"], limit=50)

    assert found.of_source("emfacs")[0].concept.slug == "joy"
    assert all(e.pattern.source == "emfacs" for e in found.of_source("emfacs"))
    assert found.of_source("no-such") == ()


def test_mentions_of_a_text_count_if_they_are_said_to_be_shown(graph: EmotionGraph) -> None:
    mentions = ActionUnitLinker(graph).find("AU6 and AU12, no nose wrinkle, open mouth, AU99.")

    found = weigh_face(graph, mentions)

    assert found.shown == ("AU6", "AU12")
    assert found.left_out == ("open mouth",)


def test_readings_of_a_file_count_by_segment(graph: EmotionGraph) -> None:
    lines = [
        "frame, timestamp, confidence, success, AU04_r, AU12_r",
        "1, 0.0, 0.9, 1, 0.0, 3.0",
        "2, 1.0, 0.9, 1, 3.0, 0.0",
    ]
    readings = read_openface(graph, lines, segment_s=1)

    assert weigh_face(graph, readings, segment=0).shown == ("AU12",)
    assert weigh_face(graph, readings, segment=1).shown == ("AU4",)
    assert weigh_face(graph, readings).shown == ("AU12", "AU4")
    assert "AU6" in weigh_face(graph, readings, segment=0).cannot_see
    with pytest.raises(InputError, match="segment from 0 to 1"):
        weigh_face(graph, readings, segment=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "best"}, "score, percent, discounted"),
        ({"limit": 0}, "at least 1"),
        ({"base_rates": {}}, "got none"),
        ({"base_rates": {"AU12": 1.5}}, "in 0..1"),
        ({"base_rates": {"AU12": float("nan")}}, "in 0..1"),
        ({"base_rates": {"AU12": 1.0}}, "below 1"),
    ],
)
def test_bad_parameter_is_an_error(
    graph: EmotionGraph, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        weigh_face(graph, ["AU12"], **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments", [{"base_rates": "no-such"}, {"detector": "no-such"}, {"base_rates": {"AU99": 0.1}}]
)
def test_unknown_name_is_an_error(graph: EmotionGraph, arguments: dict[str, object]) -> None:
    with pytest.raises(UnknownTermError):
        weigh_face(graph, ["AU12"], **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("actions", [[], "", {}, {"AU12": 0.1}, None])
def test_nothing_shown_is_an_error(graph: EmotionGraph, actions: object) -> None:
    with pytest.raises(InputError):
        weigh_face(graph, actions)


@pytest.mark.parametrize(
    "wrong",
    [{"limit": "a"}, {"limit": None}, {"limit": True}, {"detector": 5}, {"base_rates": 5}],
)
def test_options_of_the_wrong_type_are_refused(graph: EmotionGraph, wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="Expected"):
        weigh_face(graph, ["AU12", "AU6"], **wrong)


@pytest.mark.parametrize("source", [5, "a\0b"])
def test_source_that_is_no_file_is_refused(graph: EmotionGraph, source: Any) -> None:
    with pytest.raises(InputError, match="Expected"):
        read_openface(graph, source)


def test_readings_that_are_no_mapping_are_refused(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="values by the name of a column"):
        read_readings(graph, None)  # type: ignore[arg-type]
