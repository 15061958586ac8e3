"""Labels as data files write them: abbreviations, codes, numbers and spellings, each in its scheme."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import LabelLinker
from affectgraph.ontology.rows import read_table


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


@pytest.mark.parametrize(
    ("scheme", "alias", "slug"),
    [
        ("iemocap-9", "hap", "joy"),
        ("iemocap-9", "fru", "frustration"),
        ("iemocap-9", "Neutral state", "state/neutral"),
        ("iemocap-6", "frustrated", "frustration"),
        ("iemocap-6", "3", "anger"),
        ("cped", "feared", "fear"),
        ("cped", "other-negative", "state/unpleasantness"),
        ("affectnet", "0", "state/neutral"),
        ("affectnet", "7", "contempt"),
        ("raf-db", "1", "surprise"),
        ("raf-db", "7", "state/neutral"),
        ("isear", "7", "guilt"),
        ("dailydialog", "4", "joy"),
        ("goemotions", "27", "state/neutral"),
        ("xed", "8", "state/trust"),
        ("ravdess", "02", "state/calmness"),
        ("ravdess", "08", "surprise"),
        ("crema-d", "FEA", "fear"),
        ("crema-d", "N", "state/neutral"),
        ("ferplus", "1", "joy"),
        ("emonet", "Hopelessness", "hopelessness"),
        ("plutchik-dyads", "cynism", "scorn"),
        ("plutchik-dyads", "alarm", "state/awe"),
        ("emotic", "doubt / confusion", "state/confusion"),
    ],
)
def test_alias_means_what_its_label_means(
    linker: LabelLinker, scheme: str, alias: str, slug: str
) -> None:
    grounding = linker.ground(alias, scheme=scheme)

    assert slug in {candidate.concept.slug for candidate in grounding.candidates}
    assert grounding.candidates[0].evidence[0].kind == "scheme"


def test_every_alias_of_the_table_is_grounded_as_its_label(linker: LabelLinker) -> None:
    for row in read_table("scheme_label_aliases"):
        found = linker.ground(row["alias"], scheme=row["scheme"])
        label = linker.ground(row["label"], scheme=row["scheme"])

        assert [c.concept for c in found.candidates] == [c.concept for c in label.candidates]
        assert (found.status, found.reason) == (label.status, label.reason)


@pytest.mark.parametrize("alias", ["0", "3", "27", "03", "A", "FEA"])
def test_code_or_number_means_nothing_without_its_scheme(linker: LabelLinker, alias: str) -> None:
    assert linker.ground(alias).status == "nil"


@pytest.mark.parametrize(
    ("scheme", "alias"),
    [
        ("iemocap-9", "xxx"),  # no agreement
        ("iemocap-9", "oth"),
        ("affectnet", "10"),  # no face
        ("raf-db", "0"),  # its numbers begin at 1
        ("ravdess", "09"),
        ("ravdess", "3"),
        ("crema-d", "02"),
        ("mafw", "1"),  # no numbering of the data set's own is known
        ("goemotions", "-1"),
        ("goemotions", "1.0"),
    ],
)
def test_code_of_no_label_is_not_in_the_scheme(
    linker: LabelLinker, scheme: str, alias: str
) -> None:
    assert linker.ground(alias, scheme=scheme).reason == "not_in_scheme"


def test_name_of_a_label_wins_over_an_alias(linker: LabelLinker) -> None:
    # "disappointment" is an alias of a dyad, and a label of other schemes.
    (evidence,) = linker.ground("fear", scheme="iemocap-9").candidates[0].evidence

    assert evidence.matched == "iemocap-9/fear (exact)"


def test_evidence_of_an_alias_names_the_label_it_stands_for(linker: LabelLinker) -> None:
    (evidence,) = linker.ground("03", scheme="ravdess").candidates[0].evidence

    assert (evidence.query, evidence.matched) == ("03", "ravdess/happy (exact)")


def test_label_holds_its_aliases(graph: EmotionGraph) -> None:
    aliases = {label.name: label.aliases for label in graph.labels("iemocap-9")}

    assert aliases["happy"] == ("hap", "happiness")
    assert aliases["sad"] == ("sadness",)
