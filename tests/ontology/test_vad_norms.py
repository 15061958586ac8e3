"""The Glasgow Norms in the tables and in the graph: as published, rescaled, and mapped to words."""

import csv
from pathlib import Path

import pytest

from affectgraph.kg.answers import Table
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers import vad_further
from affectgraph.ontology.layers.vad import concept_norms
from affectgraph.ontology.layers.vad_further import (
    adjusted_arousal,
    arousal_adjustment,
    unrated_targets,
)
from affectgraph.ontology.layers.vad_words import (
    Norm,
    Word,
    above,
    match_words,
    measured_words,
    norm_rows,
)
from affectgraph.ontology.rows import SHARED, TABLES, Row, parse_table, read_table, with_provenance

# 55 rows of the supplement as published (13428_2018_1099_MOESM2_ESM.csv, columns up to dominance), copied
# by hand from three places of the file.
PUBLISHED = Path(__file__).with_name("glasgow_published.csv")
DIMENSIONS = {"arousal": 2, "valence": 5, "dominance": 8}
"""Dimension -> column of its mean; SD and N follow."""


def published() -> list[list[str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[2:]


def norm_of(printed: str) -> Norm:
    word, _, sense = printed.partition(" (")
    return Norm(word, sense.removesuffix(")"))


@pytest.mark.parametrize("cells", published(), ids=lambda cells: cells[0])
def test_row_is_the_published_one_rescaled(cells: list[str]) -> None:
    row = norm_rows()[norm_of(cells[0])]

    for name, column in DIMENSIONS.items():
        assert row.number(name) == pytest.approx((float(cells[column]) - 5) / 4, abs=0.00051)
        assert row.number(f"{name}_sd") == pytest.approx(float(cells[column + 1]) / 4, abs=0.00051)
    assert row["raters"] == cells[DIMENSIONS["valence"] + 2]


def test_at_least_forty_rows_are_compared_and_some_have_senses() -> None:
    printed = [cells[0] for cells in published()]

    assert len(set(printed)) == len(printed) >= 40
    assert sum("(" in word for word in printed) >= 8


def test_norms_have_the_published_number_of_words_and_senses() -> None:
    # 5,553 entries, 871 of them with a sense in brackets (Scott et al. 2019).
    rows = read_table("vad_glasgow")

    assert len(rows) == 5553
    assert sum(bool(row["sense"]) for row in rows) == 871


# --- provenance said once -------------------------------------------------------------------------


def test_row_of_a_table_that_shares_its_provenance_has_it() -> None:
    row = read_table("vad_glasgow")[0]

    assert (row["source"], row["confidence"]) == ("scott-2019", "high")
    assert row["locator"] == "supplement 2 (ESM2), word row"


def test_tables_that_share_their_provenance_are_known() -> None:
    shared = {row["table"] for row in read_table(SHARED)}

    words = {"channel_cues", "word_uses", "word_use_readings"}
    assert shared == {"vad_glasgow", "vad_estimated", "vad_validation"} | words
    assert shared <= set(TABLES)


def test_provenance_said_in_two_places_is_refused() -> None:
    rows = parse_table("form\tsource\ndread\tscott-2019\n", file="vad_x.tsv")
    shared = Row(f"{SHARED}.tsv", 2, {"table": "vad_x", "source": "affectgraph"})

    with pytest.raises(
        OntologyError, match=r"shared_provenance.tsv:2: vad_x.tsv has columns \['source'\]"
    ):
        with_provenance(rows, shared)


def test_shared_cells_keep_file_and_line_of_the_row() -> None:
    rows = parse_table("form\ndread\n", file="vad_x.tsv")
    shared = Row(f"{SHARED}.tsv", 2, {"table": "vad_x", "source": "affectgraph"})

    (row,) = with_provenance(rows, shared)

    assert (row.file, row.line, row["form"], row["source"]) == (
        "vad_x.tsv",
        2,
        "dread",
        "affectgraph",
    )


# --- concepts -------------------------------------------------------------------------------------

# The 140 values the graph had when each concept carried its own numbers; a few of each kind.
KEPT = {
    "adoration": ("adore", "", 0.807, 0.379, 0.129),
    "contentment": ("content", "happy", 0.789, 0.387, 0.567),
    "dread": ("dread", "", -0.734, 0.137, -0.500),
    "liking": ("like", "love", 0.677, 0.434, 0.125),
    "pride": ("pride", "feeling", 0.516, 0.281, 0.524),
    "state/trust": ("trust", "", 0.601, 0.037, 0.177),
    "tenseness": ("tense", "strained", -0.507, 0.037, -0.257),
    "zest": ("zest", "", 0.454, 0.242, 0.280),
}


@pytest.mark.parametrize("node", KEPT)
def test_concept_keeps_its_value(node: str, graph: EmotionGraph) -> None:
    form, sense, *numbers = KEPT[node]

    (value,) = graph.vad(node)

    mean = value.mean
    assert value.form == (f"{form} ({sense})" if sense else form)
    assert [mean.valence, mean.arousal, mean.dominance] == numbers
    assert value.origin == "glasgow"


def test_157_concepts_are_measured_17_of_them_newly() -> None:
    found = concept_norms()

    assert len(found) == 157
    assert sum(row["date"] == "2026-11-25" for row, _ in found.values()) == 17


# Read in the same published rows: strength 7.152 -> .538; empty and engagement are left out on purpose.
def test_state_named_by_a_rated_word_of_another_sense_has_no_value(graph: EmotionGraph) -> None:
    assert graph.vad("state/emptiness") == ()
    assert graph.vad("state/engagement") == ()
    assert graph.vad("state/strength")[0].mean.valence == 0.538


# --- words ----------------------------------------------------------------------------------------

NORMS = (Norm("Upset", ""), Norm("upset", "sad"), Norm("upset", "unbalance"), Norm("awe", ""))
SENSES = parse_table("form\tsense\tpos\tunder\nupset\tsad\tadj\tsadness\n", file="vad_senses.tsv")


def kind_of(word: Word) -> tuple[str, str] | None:
    match = match_words([word], NORMS, SENSES).get(word)
    return None if match is None else (match.norm.sense, match.kind)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (Word("awe", "noun", "state/awe"), ("", "exact")),
        (Word("Awe", "noun", "state/awe"), ("", "exact")),
        (Word("upset", "adj", "unhappiness"), ("sad", "sense")),
        (Word("upset", "adj", "anger"), ("", "unmarked")),
        (Word("upset", "noun", "unhappiness"), ("", "unmarked")),
        (Word("upsets", "verb", "unhappiness"), None),
        (Word("awed", "adj", "state/awe"), None),
    ],
)
def test_word_is_spoken_for_by_its_own_rating_only(
    word: Word, expected: tuple[str, str] | None
) -> None:
    assert kind_of(word) == expected


def test_word_rated_in_foreign_senses_only_has_no_rating() -> None:
    word = Word("bark", "verb", "anger")

    assert match_words([word], [Norm("bark", "dog"), Norm("bark", "tree")], ()) == {}


def test_concepts_above_a_node_include_itself_and_a_state_stands_alone() -> None:
    assert above("dread") == {"dread", "nervousness", "fear"}
    assert above("state/awe") == {"state/awe"}


def test_no_word_is_both_rated_and_estimated() -> None:
    estimated = {row["form"] for row in read_table("vad_estimated")}

    assert estimated.isdisjoint(word.form.casefold() for word in measured_words())
    assert estimated == set(unrated_targets())


def test_vocabulary_of_any_size_plugs_in_and_signs_are_not_estimated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = (
        Word("seething", "adj", "fury"),
        Word("Seething", "noun", "fury"),
        Word(":D", "symbol", "joy", "emoticon"),
        Word("hit the roof", "verb", "fury", "idiom"),
        Word("furius", "adj", "fury", "misspelling"),
        Word("dread", "noun", "dread"),
    )
    monkeypatch.setattr(vad_further, "vocabulary", lambda: words)
    monkeypatch.setattr(vad_further, "measured_words", lambda: match_words(words, norm_rows(), ()))

    found = vad_further.unrated_targets()

    lex = "https://w3id.org/affectgraph/lex/"
    assert found["seething"] == [f"{lex}seething-adj", f"{lex}seething-noun"]
    assert "dread" not in found
    assert not {":d", "hit the roof", "furius"} & found.keys()


def test_entry_points_to_its_rating_and_back(graph: EmotionGraph) -> None:
    query = """PREFIX ag: <https://w3id.org/affectgraph/ontology#>
      PREFIX lex: <https://w3id.org/affectgraph/lex/>
      SELECT ?valence ?kind WHERE { lex:active-adj ag:isRatedAs ?word .
        ?word ag:ofEntry lex:active-adj ; ag:valence ?valence ; ag:matchKind ?kind }"""

    answer = graph.sparql(query)

    assert isinstance(answer, Table)
    assert [(str(row["valence"]), row["kind"]) for row in answer] == [("0.5", "exact")]


# --- adjusted arousal -----------------------------------------------------------------------------


def test_adjustment_is_the_least_squares_slope_over_the_rated_words_of_the_tree() -> None:
    # Computed once more here with sums of squares; 109 words speak for the 111 measured nodes, as sadness
    # and surprise stand at two tiers each.
    rows = {norm.line: norm for node, (_, norm) in concept_norms().items() if "/" not in node}
    x = [row.number("valence") for row in rows.values()]
    y = [row.number("arousal") for row in rows.values()]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum(
        (a - mx) ** 2 for a in x
    )

    found = arousal_adjustment()

    assert found.words == len(rows) == 109
    assert found.slope == round(slope, 3) == 0.355


def test_adjusted_arousal_of_joy_in_the_graph(graph: EmotionGraph) -> None:
    # joy: valence .765, arousal .485; .485 - .355 * .765 = .213425
    (value,) = graph.vad("joy", sources=["glasgow-adjusted"])

    assert value.mean.arousal == 0.213
    assert (value.mean.valence, value.mean.dominance) == (0.765, 0.397)
    assert (value.kind, value.derived_by) == (
        "derived",
        "affectgraph.ontology.layers.vad_further.arousal_adjustment",
    )


def test_adjusted_arousal_stays_on_the_scale() -> None:
    assert adjusted_arousal(0.9, -1.0, 0.355) == 1.0
    assert adjusted_arousal(-0.9, 1.0, 0.355) == -1.0
