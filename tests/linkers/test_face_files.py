"""Readers of detector files and plain data: what is read, counted, chosen and refused."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.face_files import read_libreface, read_openface, read_py_feat
from affectgraph.linkers.face_plain import read_actions
from affectgraph.linkers.face_readings import FaceThresholds, FrameCounts
from affectgraph.ontology.errors import InputError, UnknownTermError
from affectgraph.reasoner import Checker

HEADER = "frame, face_id, timestamp, confidence, success, gaze_0_x, AU04_r, AU12_r, AU12_c, AU28_c"


def openface(*rows: str, header: str = HEADER) -> list[str]:
    return [header, *rows]


FRAMES = openface(
    "1, 0, 0.000, 0.98, 1, 0.1, 0.00, 2.00, 1.0, 0.0",
    "2, 0, 0.500, 0.95, 1, 0.1, 0.40, 4.00, 1.0, 0.0",
    "3, 0, 1.000, 0.90, 1, 0.1, 3.00, 0.00, 0.0, 1.0",
    "4, 0, 1.500, 0.69, 1, 0.1, 5.00, 5.00, 1.0, 1.0",
    "5, 0, 2.000, 0.00, 0, 0.0, 0.00, 0.00, 0.0, 0.0",
)


# --- OpenFace --------------------------------------------------------------------------------------


def test_frames_are_summed_up_with_occurrence_and_intensity_apart(graph: EmotionGraph) -> None:
    readings = read_openface(graph, FRAMES)

    (segment,) = readings.segments
    unit = segment.units["AU12"]
    # frames 1 to 3 are used: presence 1, 1, 0 and intensity 2, 4, 0
    assert unit.occurrence_share == pytest.approx(2 / 3)
    assert unit.mean_intensity == pytest.approx(2.0)
    assert unit.max_intensity == 4.0
    assert unit.shown_share == pytest.approx(2 / 3)
    assert segment.units["AU4"].occurrence_share is None
    assert segment.units["AU4"].shown_share == pytest.approx(1 / 3)
    assert segment.units["AU28"].mean_intensity is None
    assert (readings.shown, segment.frames) == (("AU12",), 3)
    assert (segment.start_s, segment.end_s) == (0.0, 1.0)


def test_low_confidence_and_failed_frames_are_counted(graph: EmotionGraph) -> None:
    counts = read_openface(graph, FRAMES).counts

    assert counts == FrameCounts(total=5, used=3, failed=1, low_confidence=1, other_faces=0)


def test_confidence_is_a_threshold_of_the_user(graph: EmotionGraph) -> None:
    def used(confidence: float | None) -> int:
        return read_openface(
            graph, FRAMES, thresholds=FaceThresholds(confidence=confidence)
        ).counts.used

    assert [used(c) for c in (0.96, 0.69, None)] == [1, 4, 4]  # a failed frame is never used


def test_segments_are_cut_by_time(graph: EmotionGraph) -> None:
    first, second = read_openface(graph, FRAMES, segment_s=1.0).segments

    assert (first.frames, first.shown) == (2, ("AU12",))
    assert (second.frames, second.shown) == (1, ("AU4", "AU28"))


@pytest.mark.parametrize(
    ("shown_by", "shown"),
    [("either", ("AU12",)), ("occurrence", ()), ("intensity", ("AU12",))],
)
def test_disagreeing_outputs_are_decided_as_asked(
    graph: EmotionGraph, shown_by: Any, shown: tuple[str, ...]
) -> None:
    lines = ["frame, timestamp, confidence, success, AU12_r, AU12_c", "1, 0, 1, 1, 3.0, 0.0"]

    limits = FaceThresholds(shown_by=shown_by)
    assert read_openface(graph, lines, thresholds=limits).shown == shown


def test_share_of_frames_from_which_a_unit_is_shown_is_a_parameter(graph: EmotionGraph) -> None:
    limits = FaceThresholds(share=0.3)

    assert read_openface(graph, FRAMES, thresholds=limits).shown == ("AU4", "AU12", "AU28")


def test_columns_tell_what_could_be_seen_and_what_was_left_out(graph: EmotionGraph) -> None:
    readings = read_openface(graph, FRAMES)

    assert readings.detector is not None
    assert readings.detector.codes == {"AU4", "AU12", "AU28"}
    assert readings.ignored == ("gaze_0_x",)
    assert readings.thresholds.confidence == 0.7


def test_file_may_be_a_path_with_a_byte_order_mark(graph: EmotionGraph, tmp_path: Path) -> None:
    path = tmp_path / "clip.csv"
    path.write_text("\ufeff" + "\r\n".join(FRAMES) + "\r\n", encoding="utf-8")

    assert read_openface(graph, path) == read_openface(graph, StringIO("\n".join(FRAMES)))


def test_file_whose_frames_all_failed_shows_nothing_and_says_so(graph: EmotionGraph) -> None:
    readings = read_openface(graph, openface(FRAMES[5]))

    assert (readings.shown, readings.segments[0].units) == ((), {})
    assert readings.counts == FrameCounts(total=1, used=0, failed=1)
    with pytest.raises(InputError, match="none of its frames could be used"):
        readings.readings()


SEVERAL = openface(
    "1, 0, 0.0, 0.90, 1, 0, 0.0, 2.0, 1.0, 0.0",
    "1, 1, 0.0, 0.95, 1, 0, 3.0, 0.0, 0.0, 0.0",
)


def test_several_faces_are_an_error_unless_one_is_chosen(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="found faces 0, 1"):
        read_openface(graph, SEVERAL)

    chosen = read_openface(graph, SEVERAL, face=0)
    assert (chosen.shown, chosen.counts.other_faces) == (("AU12",), 1)
    assert read_openface(graph, SEVERAL, face="best").shown == ("AU4",)
    with pytest.raises(InputError, match="one of the faces 0, 1"):
        read_openface(graph, SEVERAL, face=7)


def test_image_output_has_a_face_column_and_no_success(graph: EmotionGraph) -> None:
    lines = ["face, confidence, AU12_r", "0, 0.98, 2.5"]

    assert read_openface(graph, lines).shown == ("AU12",)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("nan", "'nan'"), ("", "''"), ("x", "'x'"), ("5.1", "'5.1'"), ("-1", "'-1'")],
)
def test_bad_cell_of_a_used_frame_names_line_and_column(
    graph: EmotionGraph, cell: str, shown: str
) -> None:
    lines = openface(FRAMES[1], f"2, 0, 0.5, 0.95, 1, 0.1, 0.40, {cell}, 1.0, 0.0")

    with pytest.raises(InputError, match=rf"Line 3, column AU12_r: expected .* got {shown}"):
        read_openface(graph, lines)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2, 0, inf, 0.95, 1, 0.1, 0.40, 1.0, 1.0, 0.0", "timestamp"),
        ("2, 0, 1e999, 0.95, 1, 0.1, 0.40, 1.0, 1.0, 0.0", "timestamp"),
        ("2, 0, 0.5, -inf, 1, 0.1, 0.40, 1.0, 1.0, 0.0", "confidence"),
        ("2, 0, 0.5, 0.95, yes, 0.1, 0.40, 1.0, 1.0, 0.0", "success"),
    ],
)
def test_time_or_confidence_that_is_no_number_names_line_and_column(
    graph: EmotionGraph, row: str, column: str
) -> None:
    with pytest.raises(InputError, match=f"Line 3, column {column}: expected a number"):
        read_openface(graph, openface(FRAMES[1], row), segment_s=1)


def test_segments_too_short_to_be_counted_are_an_error(graph: EmotionGraph) -> None:
    lines = openface("1, 0, 1e300, 0.95, 1, 0.1, 0.40, 1.0, 1.0, 0.0")

    with pytest.raises(InputError, match=r"Line 2: .* got 1e\+300 s\. Ask for longer segments"):
        read_openface(graph, lines, segment_s=1e-300)


def test_bad_cell_of_a_failed_frame_is_not_read(graph: EmotionGraph) -> None:
    lines = openface(FRAMES[1], "2, 0, 0.5, 0.0, 0, nan, nan, nan, nan, nan")

    assert read_openface(graph, lines).counts == FrameCounts(total=2, used=1, failed=1)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("frame, timestamp, confidence, success", "such as AU01_r"),
        ("frame, timestamp, success, AU12_r", "such as confidence, found frame"),
        ("frame, timestamp, confidence, AU12_r", "such as success, found frame"),
        ("frame, confidence, success, AU99_r", "AU99_r"),
        ("frame, confidence, success, AU12_r, AU012_r", "one intensity of AU12"),
        ("", "found none"),
    ],
)
def test_missing_or_wrong_columns_name_expected_and_found(
    graph: EmotionGraph, header: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read_openface(graph, [header])


def test_segments_need_times(graph: EmotionGraph) -> None:
    lines = ["frame, confidence, success, AU12_r", "1, 1, 1, 2.0"]

    assert read_openface(graph, lines).shown == ("AU12",)
    with pytest.raises(InputError, match="such as timestamp"):
        read_openface(graph, lines, segment_s=1)


def test_row_of_another_length_names_its_line(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="Line 3: expected 10 cells"):
        read_openface(graph, openface(FRAMES[1], "2, 0"))


def test_cell_that_is_too_long_to_be_read_is_an_error(graph: EmotionGraph, tmp_path: Path) -> None:
    lines = openface(FRAMES[1], "2" * 200_000)
    path = tmp_path / "clip.csv"
    path.write_text("\n".join(lines))

    with pytest.raises(InputError, match="Expected a CSV file in UTF-8: field larger"):
        read_openface(graph, lines)
    with pytest.raises(InputError, match=r"UTF-8 at .*clip\.csv: field larger"):
        read_openface(graph, path)


def test_missing_file_is_an_error_that_names_it(graph: EmotionGraph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.csv"):
        read_openface(graph, tmp_path / "no.csv")


@pytest.mark.parametrize(
    "limits",
    [
        {"intensity": 6},
        {"probability": -0.1},
        {"share": 2},
        {"confidence": True},
        {"shown_by": "x"},
    ],
)
def test_threshold_out_of_range_is_an_error(limits: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="Expected"):
        FaceThresholds(**limits)


@pytest.mark.parametrize("length", [0, -1, "1"])
def test_length_of_segments_must_be_positive(graph: EmotionGraph, length: Any) -> None:
    with pytest.raises(InputError, match="above 0 s"):
        read_openface(graph, FRAMES, segment_s=length)


# --- py-feat and LibreFace -------------------------------------------------------------------------


def test_py_feat_probabilities_and_face_score_are_read(graph: EmotionGraph) -> None:
    lines = [
        "frame,FaceRectX,FaceScore,AU06,AU12,anger,input",
        "0,10,0.99,0.9,0.7,0.1,clip.mp4",
        "1,10,0.99,0.2,0.9,0.1,clip.mp4",
        "2,,,,,,clip.mp4",
        "3,10,0.3,1,1,0.1,clip.mp4",
    ]

    readings = read_py_feat(graph, lines)

    assert readings.segments[0].units["AU12"].mean_probability == pytest.approx(0.8)
    assert readings.segments[0].units["AU6"].shown_share == 0.5
    assert readings.shown == ("AU6", "AU12")
    assert readings.counts == FrameCounts(total=4, used=2, failed=1, low_confidence=1)


def test_two_py_feat_faces_in_a_frame_need_a_choice(graph: EmotionGraph) -> None:
    lines = ["frame,FaceScore,AU12,input", "0,0.9,0.1,a.png", "0,0.99,0.8,a.png"]

    with pytest.raises(InputError, match=r"several in frame a\.png/0"):
        read_py_feat(graph, lines)
    assert read_py_feat(graph, lines, face="best").shown == ("AU12",)


def test_libreface_presence_and_intensity_are_read(graph: EmotionGraph) -> None:
    lines = [
        ",frame_idx,frame_time_in_ms,facial_expression,au_7,au_12,au_12_intensity",
        "0,0,0.0,Happiness,0,1,2.5",
        "1,1,33.3,Happiness,0,1,3.5",
    ]

    readings = read_libreface(graph, lines)

    assert readings.shown == ("AU12",)
    assert readings.segments[0].units["AU12"].mean_intensity == pytest.approx(3.0)
    assert readings.segments[0].end_s == pytest.approx(0.0333)


# --- plain data ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("AU6+AU12", ("AU6", "AU12")),
        ("6+12", ("AU6", "AU12")),
        ("AU6, AU12", ("AU6", "AU12")),
        (["AU6", "AU12"], ("AU6", "AU12")),
        ([6, 12, "AU06"], ("AU6", "AU12")),
        ({"AU12": 0.8, "AU06": 0.2}, ("AU12",)),
        ({"AU12_r": 0.5, "AU12_c": 1, "AU04_r": 0.9}, ("AU12",)),
        ({"AU12": True, "AU4": False}, ("AU12",)),
    ],
)
def test_plain_data_is_read(graph: EmotionGraph, data: object, shown: tuple[str, ...]) -> None:
    assert read_actions(graph, data).shown == shown


def test_list_saw_everything_and_dict_only_what_it_names(graph: EmotionGraph) -> None:
    assert read_actions(graph, ["AU6"]).detector is None
    detector = read_actions(graph, {"AU12": 0.8, "AU06": 0.2}).detector
    assert detector is not None
    assert detector.codes == {"AU6", "AU12"}


@pytest.mark.parametrize(
    "data", [{"AU12": float("nan")}, {"AU12": 7}, {}, [], "", "joy", 5, [1.5], [True]]
)
def test_plain_data_that_says_nothing_or_nonsense_is_an_error(
    graph: EmotionGraph, data: object
) -> None:
    with pytest.raises(InputError):
        read_actions(graph, data)


@pytest.mark.parametrize("data", [["AU99"], "AU99", {"AU99": True}])
def test_unknown_code_is_an_error(graph: EmotionGraph, data: object) -> None:
    with pytest.raises(UnknownTermError, match="FACS"):
        read_actions(graph, data)


def test_checker_judges_sightings_by_readings_of_a_file(graph: EmotionGraph) -> None:
    readings = read_openface(graph, FRAMES).readings()

    report = Checker(graph).check("AU12 is shown. AU4 is shown.", aus=readings)

    assert [j.verdict for j in report.judgements if j.claim.type == "observes"] == [
        "supported",
        "contradicted",
    ]
