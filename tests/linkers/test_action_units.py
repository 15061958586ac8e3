"""Grounding of facial actions: codes, names, descriptions, sides, grades, denial, and what is refused."""

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.action_units import MAX_PHRASE, MAX_TEXT, ActionUnitLinker
from affectgraph.linkers.face_grammar import find_descriptions
from affectgraph.linkers.face_model import UNIT_P_RIGHT, UnitMention
from affectgraph.linkers.face_rules_table import RULES
from affectgraph.ontology.errors import InputError

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> ActionUnitLinker:
    return ActionUnitLinker(graph)


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location(
            "action_unit_development", BENCHMARKS / "action_unit_development.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def one(linker: ActionUnitLinker, text: str) -> UnitMention:
    (mention,) = linker.find(text)
    return mention


# --- codes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["AU4", "au 4", "AU04", "Action Unit 4", "AU-4", "AU_4", "AU#4", "AU4_r", "FACS 4", "AU\uff14"],
)
def test_every_writing_of_a_code_is_the_code(linker: ActionUnitLinker, text: str) -> None:
    assert linker.ground(text).codes == ("AU4",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AU6+12", ["AU6", "AU12"]),
        ("AUs 1, 2 and 5", ["AU1", "AU2", "AU5"]),
        ("AU1, AU2, AU4", ["AU1", "AU2", "AU4"]),
        ("action units 6 and 12", ["AU6", "AU12"]),
        ("AU4 in 12 of 25 frames", ["AU4"]),
        ("AU4, 12 frames later", ["AU4"]),
        ("AU19", ["AD19"]),
        ("M55", ["M55"]),
    ],
)
def test_lists_of_codes_end_where_the_list_ends(
    linker: ActionUnitLinker, text: str, codes: list[str]
) -> None:
    assert [code for m in linker.find(text) for code in m.codes] == codes


@pytest.mark.parametrize(
    ("text", "side", "grade"),
    [
        ("AU12B", "", "B"),
        ("AU L12", "L", ""),
        ("unilateral AU14", "one", ""),
        ("left AU12C", "L", "C"),
        ("AU14 (right)", "R", ""),
        ("AU12 on the left", "L", ""),
        ("AU12 (intensity D)", "", "D"),
        ("AU12 at intensity E", "", "E"),
    ],
)
def test_side_and_grade_of_a_code_are_told(
    linker: ActionUnitLinker, text: str, side: str, grade: str
) -> None:
    mention = one(linker, text)

    assert (mention.side, mention.grade, mention.quote) == (side, grade, text)


@pytest.mark.parametrize("text", ["AU 25/26", "AU25 or AU26", "AU 25 or 26"])
def test_alternatives_stay_open(linker: ActionUnitLinker, text: str) -> None:
    grounding = linker.ground(text)

    assert grounding.status == "ambiguous"
    assert grounding.mentions[0].any_of == ("AU25", "AU26")
    assert [c.score for c in grounding.candidates] == [UNIT_P_RIGHT["code"] / 2] * 2


@pytest.mark.parametrize("text", ["AU99", "AU3", "AU0", "AU1000", "AU59", "99"])
def test_number_that_facs_lacks_is_nil_with_a_reason(linker: ActionUnitLinker, text: str) -> None:
    grounding = linker.ground(text)

    assert (grounding.status, grounding.reason) == ("nil", "no_such_unit")
    assert "AU1 to AU46" in grounding.message
    assert grounding.candidates == ()


def test_unknown_number_in_prose_is_a_mention_with_its_reason(linker: ActionUnitLinker) -> None:
    known, unknown = linker.find("He shows AU4 and AU99.")

    assert (known.codes, known.reason) == (("AU4",), None)
    assert (unknown.quote, unknown.codes, unknown.reason) == ("AU99", (), "no_such_unit")


def test_sided_codes_need_a_face_around_them_in_prose(linker: ActionUnitLinker) -> None:
    assert [m.codes for m in linker.find("R12 and L14 in the face")] == [("AU12",), ("AU14",)]
    assert linker.find("The bus stops at gate R12.") == []


def test_grade_behind_the_name_belongs_to_the_code(linker: ActionUnitLinker) -> None:
    code, name = linker.find("AU 6 (cheek raiser) intensity B")

    assert (code.quote, code.grade) == ("AU 6", "B")
    assert (name.quote, name.codes) == ("cheek raiser", ("AU6",))


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # FACS names and names of other manuals: AU20 lip stretcher, AU7 lid tightener.
        ("lip stretcher", ("AU20",)),
        ("lid tightener", ("AU7",)),
        ("corners of the mouth pulled up", ("AU12",)),
        ("furrowed brow", ("AU4",)),
        ("raised inner eyebrows", ("AU1",)),
        ("lips pressed together", ("AU24",)),
        # wording of no table: by part and movement
        ("her mouth curves upwards at both ends", ("AU12",)),
        ("the eyebrows are pulled downward", ("AU4",)),
        ("the lids are drawn tight", ("AU7",)),
    ],
)
def test_words_ground_to_the_action_that_facs_calls_so(
    linker: ActionUnitLinker, text: str, codes: tuple[str, ...]
) -> None:
    grounding = linker.ground(text)

    assert (grounding.status, grounding.codes) == ("linked", codes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AU4", "code"),
        ("brow lowerer", "name"),
        ("nose wrinkle", "alias"),
        ("furrowed brow", "cue"),
        ("brows dragged down", "description"),
    ],
)
def test_candidate_says_how_it_was_found(linker: ActionUnitLinker, text: str, kind: str) -> None:
    (candidate,) = linker.ground(text).candidates

    (evidence,) = candidate.evidence
    assert evidence.kind == kind
    assert candidate.score == evidence.value == UNIT_P_RIGHT[evidence.kind]
    assert evidence.iri.startswith("https://w3id.org/affectgraph/")
    assert evidence.source


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("one corner of the mouth raised", "one"),
        ("her left eyebrow is raised", "L"),
        ("the right corner of the mouth is lifted", "R"),
        ("the left side of the upper lip is raised", "L"),
        ("the corners of the mouth are lifted", ""),
        ("head turned left", ""),  # the movement, no side of the face
    ],
)
def test_side_of_a_description_is_told(linker: ActionUnitLinker, text: str, side: str) -> None:
    assert one(linker, text).side == side


def test_offsets_are_code_points_and_quote_the_text(linker: ActionUnitLinker) -> None:
    text = "\U0001f600 Her brows are raised, jaw clenched; AU12B."

    mentions = linker.find(text)

    assert [m.quote for m in mentions] == ["brows are raised", "jaw clenched", "AU12B"]
    assert all(text[m.start : m.end] == m.quote for m in mentions)


def test_next_part_keeps_its_own_words(linker: ActionUnitLinker) -> None:
    mentions = linker.find("raised brows and lips pressed together, eyes closed and jaw dropped")

    assert [m.codes for m in mentions] == [("AU1", "AU2"), ("AU24",), ("AU43",), ("AU26",)]


# --- denial ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "says", "cue"),
    [
        ("There is no nose wrinkle.", "nose wrinkle", "absent", "no"),
        ("AU9 is absent.", "AU9", "absent", "absent"),
        ("AU9 was not visible.", "AU9", "absent", "not visible"),
        ("The brow is not furrowed.", "brow is not furrowed", "absent", "not"),
        ("Her eyes aren't wide.", "eyes aren't wide", "absent", "aren't"),
        ("AU17 isn't.", "AU17", "absent", "isn't"),
        ("AU12_r=0.0", "AU12_r", "absent", "0.0"),
        ("AU12: 0", "AU12", "absent", "0"),
        ("AU12=0.8", "AU12", "shown", None),
        ("AU12: 0.07", "AU12", "shown", None),
        ("The brow is relaxed.", "brow is relaxed", "absent", None),
        ("The brow isn't relaxed.", "brow isn't relaxed", "unclear", "isn't"),
        ("No doubt a furrowed brow.", "furrowed brow", "shown", None),
        ("Not only furrowed brows.", "furrowed brows", "shown", None),
    ],
)
def test_denial_is_marked_with_its_cue(
    linker: ActionUnitLinker, text: str, quote: str, says: str, cue: str | None
) -> None:
    mention = one(linker, text)

    assert (mention.quote, mention.says) == (quote, says)
    assert (mention.denial.quote if mention.denial else None) == cue
    if mention.denial:
        assert text[mention.denial.start : mention.denial.end] == cue


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("No smile, but raised brows.", ["absent", "shown"]),
        ("No AU9, AU10 or AU15.", ["absent", "absent", "absent"]),
        ("Neither AU1 nor AU2 is there.", ["absent", "absent"]),
        ("AU4 is absent, AU12 is strong.", ["absent", "shown"]),
        ("He shows AU4. No AU12.", ["shown", "absent"]),
    ],
)
def test_denial_ends_with_its_clause_or_list(
    linker: ActionUnitLinker, text: str, says: list[str]
) -> None:
    assert [m.says for m in linker.find(text)] == says


# --- what is no facial action ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "He raised his hand.",
        "They stood on the brow of the hill.",
        "We should head back to the office.",
        "She headed up the sales team.",
        "It was a blow to the economy.",
        "The corners of the page were turned up.",
        "The mouth of the river is wide open.",
        "Keep your chin up and carry on.",
        "Bus 12 leaves at 6.",
        "We spent 12+6 dollars.",
        "",
    ],
)
def test_text_about_no_face_has_no_action(linker: ActionUnitLinker, text: str) -> None:
    assert linker.find(text) == []


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        (None, "not_text"),
        (12, "not_text"),
        (float("nan"), "not_text"),
        ("x" * (MAX_PHRASE + 1), "too_long"),
        ("hello there", "unknown"),
        ("AU", "unknown"),
        ("\u7709", "language"),
        ("\ud800", "unknown"),
    ],
)
def test_what_is_no_phrase_is_nil_with_a_reason(
    linker: ActionUnitLinker, phrase: object, reason: str
) -> None:
    grounding = linker.ground(phrase)

    assert (grounding.status, grounding.reason, grounding.codes) == ("nil", reason, ())


@pytest.mark.parametrize("text", [None, 12, b"AU4", "x" * (MAX_TEXT + 1)])
def test_prose_that_is_no_text_or_too_long_is_an_error(
    linker: ActionUnitLinker, text: object
) -> None:
    with pytest.raises(InputError, match=r"Expected (a )?text"):
        linker.find(text)  # type: ignore[arg-type]


@given(st.text(max_size=80))
def test_any_text_gives_ordered_mentions_that_quote_it(graph: EmotionGraph, text: str) -> None:
    mentions = ActionUnitLinker(graph).find(text)

    assert all(text[m.start : m.end] == m.quote for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_answers_are_the_same_alone_in_a_batch_and_on_repeat(linker: ActionUnitLinker) -> None:
    phrases = ["AU4", "smirk", None, "no smile", "AU99"]

    assert linker.ground_many(phrases) == [linker.ground(p) for p in phrases]
    assert linker.ground_many(phrases[::-1]) == linker.ground_many(phrases)[::-1]


def test_explanation_names_units_evidence_side_and_denial(linker: ActionUnitLinker) -> None:
    text = linker.ground("unilateral AU14B and no nose wrinkle").explain()

    assert "AU14 Dimpler" in text
    assert "one side, intensity B" in text
    assert "'nose wrinkle' absent (denied by 'no')" in text


# --- rules and figures -----------------------------------------------------------------------------


def test_every_rule_names_codes_of_the_graph(graph: EmotionGraph) -> None:
    codes = {c for rules in RULES.values() for r in rules for c in (*r.codes, *r.any_of)}

    assert codes <= set(graph.index.units)


def test_rules_agree_with_every_cue_phrase_they_read(graph: EmotionGraph) -> None:
    """A description may be narrower than the cue's choice, never about another action."""
    wrong = []
    for cue in graph.index.cues:
        for found in find_descriptions(cue.phrase):
            codes = {*found.rule.codes, *found.rule.any_of}
            is_whole = found.end - found.start >= len(cue.phrase) - 1
            if is_whole and not codes & {*cue.codes, *cue.any_of}:
                wrong.append((cue.phrase, sorted(codes)))

    assert wrong == []


def test_scores_are_those_of_the_fit(linker: ActionUnitLinker, benchmark: ModuleType) -> None:
    fitted = benchmark.fit(linker)

    assert {kind: value for kind, (value, _) in fitted.items()} == UNIT_P_RIGHT


def test_held_out_phrases_reach_what_the_page_says(
    linker: ActionUnitLinker, benchmark: ModuleType
) -> None:
    held_out = benchmark.cases(benchmark.SECOND_HELD_OUT)

    solved = [c for c in held_out if benchmark.is_solved(c, list(linker.ground(c.phrase).mentions))]
    assert len(solved) / len(held_out) >= 0.87
