"""Label columns: which scheme, what the labels mean, and what is lost in another scheme."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker, SchemeLinker, UnknownLabel, detect_schemes
from affectgraph.linkers.columns import ground_values
from affectgraph.ontology.errors import InputError, UnknownTermError


@pytest.fixture(scope="module")
def goemotions(graph: EmotionGraph) -> SchemeLinker:
    return SchemeLinker(graph, "goemotions")


# --- reading --------------------------------------------------------------------------------------


def test_column_is_read_by_names_and_writings_of_data_files(graph: EmotionGraph) -> None:
    column = SchemeLinker(graph, "ravdess").read(["happy", "03", " HAPPY ", "05", "surprise"])

    assert column.names == ("happy", "happy", "happy", "angry", "surprised")
    assert column.counts["happy"] == 3
    assert column.counts["calm"] == 0
    assert list(column.counts) == [label.name for label in graph.labels("ravdess")]
    assert column.unknown == ()


def test_whole_numbers_stand_for_their_digits(graph: EmotionGraph) -> None:
    # XED numbers its labels from 1; pandas makes floats of whole numbers where a cell is missing.
    linker = SchemeLinker(graph, "xed")

    assert linker.label(1) == linker.label("1") == linker.label(1.0)
    assert linker.label(1) is not None
    assert linker.label(True) is None
    assert linker.label(1.5) is None


def test_groundings_are_those_of_the_label_in_its_scheme(
    graph: EmotionGraph, goemotions: SchemeLinker
) -> None:
    column = goemotions.read(["joy", "nope", "joy"])

    concepts = [g.concept.slug if g.concept else g.reason for g in column.groundings]
    assert concepts == ["joy", "not_in_scheme", "joy"]
    assert {g.scheme for g in column.groundings} == {"goemotions"}


def test_unknown_labels_are_counted_with_rows_and_the_nearest_name(
    goemotions: SchemeLinker,
) -> None:
    column = goemotions.read(["joyy", "joy", None, "qqq", "qqq", " ", float("nan")])

    assert column.missing == 3
    assert column.unknown == (
        UnknownLabel("qqq", 2, (3, 4), None),
        UnknownLabel("joyy", 1, (0,), "joy"),
    )
    assert len(column.names) == 7


@pytest.mark.parametrize(
    "cell", [["joy"], {"joy": 1}, {1, 2}, b"joy", object, 10**400, True, "x" * 10**6]
)
def test_cells_of_any_type_are_reported_and_cost_no_neighbour(
    goemotions: SchemeLinker, cell: object
) -> None:
    column = goemotions.read(["joy", cell, "fear"])

    assert column.names == ("joy", None, "fear")
    assert [u.rows for u in column.unknown] == [(1,)]
    assert column.groundings[1].status == "nil"


def test_empty_column_has_no_rows(goemotions: SchemeLinker) -> None:
    column = goemotions.read([])

    assert (column.names, column.missing, column.unknown) == ((), 0, ())
    assert set(column.counts.values()) == {0}


def test_scheme_that_is_not_there_is_an_error_with_the_nearest(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError, match="goemotions"):
        SchemeLinker(graph, "goemotion")


# --- another scheme -------------------------------------------------------------------------------


def test_column_is_mapped_row_by_row_with_what_each_row_loses(goemotions: SchemeLinker) -> None:
    cells = ["joy", "fear", "nervousness", "love", "joyy", None, "joy"]
    found = goemotions.map(cells, "ekman-6")

    assert found.labels == (("happiness",), ("fear",), ("fear",), (), (), (), ("happiness",))
    assert found.relations == {"exact": 3, "coarser": 1, "none": 1}
    # fear can no longer be told from nervousness; joy is said by happiness alone among these labels.
    assert found.lossless == 2
    assert [line.partition(":")[0] for line in found.losses()] == [
        "fear (1 row)",
        "love (1 row)",
        "nervousness (1 row)",
        "no label (1 row)",
        "'joyy' (1 row)",
    ]
    assert found.losses()[-1].endswith("Nearest: joy.")


def test_label_is_lossless_if_those_it_merges_with_do_not_occur(goemotions: SchemeLinker) -> None:
    assert goemotions.map(["fear", "joy"], "ekman-6").lossless == 2


def test_every_row_is_in_the_relations_the_missing_or_the_unknown(
    goemotions: SchemeLinker,
) -> None:
    cells = [*(label.name for label in goemotions.scheme.labels), "what", None, ""]
    found = goemotions.map(cells, "plutchik-8")

    unknown = sum(u.count for u in found.source.unknown)
    assert sum(found.relations.values()) + found.source.missing + unknown == len(cells)


def test_scheme_mapped_to_itself_loses_nothing(goemotions: SchemeLinker) -> None:
    cells = [label.name for label in goemotions.scheme.labels]
    found = goemotions.map(cells, "GoEmotions")

    assert found.target == "goemotions"
    assert found.labels == tuple((cell,) for cell in cells)
    assert (found.lossless, found.losses()) == (28, [])


def test_mapping_to_a_scheme_that_is_not_there_is_an_error(goemotions: SchemeLinker) -> None:
    with pytest.raises(UnknownTermError):
        goemotions.map(["joy"], "nope")


# --- detection ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["goemotions", "empathetic-dialogues", "ravdess", "panas", "occ"])
def test_all_labels_of_a_large_scheme_are_recognised_as_its_own(
    graph: EmotionGraph, name: str
) -> None:
    fits = detect_schemes(graph, [label.name for label in graph.labels(name)])

    assert fits[0].scheme == name
    assert (fits[0].coverage, fits[0].used, fits[0].unknown) == (1.0, 1.0, ())


def test_fit_says_which_labels_do_not_fit(graph: EmotionGraph) -> None:
    cells = ["hap", "hap", "neu", "fru", "oth", None, "oth"]
    (fit,) = detect_schemes(graph, cells, limit=1)

    # Six rows have a label; oth, twice, is none of IEMOCAP's six.
    assert fit.scheme == "iemocap-6"
    assert (fit.rows, fit.coverage, fit.used) == (6, 4 / 6, 3 / 6)
    assert fit.unknown == (UnknownLabel("oth", 2, (4, 6), None),)


def test_schemes_are_ranked_by_rows_then_by_labels_used(graph: EmotionGraph) -> None:
    fits = detect_schemes(graph, ["joy", "anger", "trust", "anticipation"], limit=None)

    keys = [(-f.coverage, -f.used, f.scheme) for f in fits]
    assert keys == sorted(keys)
    assert fits[0].scheme in {"plutchik-8", "ssec", "xed"}


def test_column_of_no_scheme_fits_none(graph: EmotionGraph) -> None:
    assert detect_schemes(graph, ["qqq", None, 3.7, ["joy"]]) == ()
    assert detect_schemes(graph, []) == ()


def test_limit_below_one_is_an_error(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="at least 1"):
        detect_schemes(graph, ["joy"], limit=0)


def test_reading_in_a_scheme_agrees_with_the_label_linker(graph: EmotionGraph) -> None:
    linker = LabelLinker(graph)
    for scheme in graph.schemes():
        names = [label.name for label in scheme.labels]
        column = SchemeLinker(graph, scheme.name).read(names)
        assert list(column.names) == names
        assert list(column.groundings) == ground_values(linker, names, scheme=scheme.name)
