"""The SSSOM sets: their form, their content, and that an independent reader accepts them."""

import csv
import io
import re
from pathlib import Path

import pytest

from affectgraph.ontology.alignments import PREDICATES
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.sssom import COLUMNS, CONFIDENCE, SETS, sssom_tsv, write_sssom
from affectgraph.ontology.version import VERSION

ALL = (None, *SETS)


def table(name: str | None) -> list[dict[str, str]]:
    body = [line for line in sssom_tsv(name).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(body)), delimiter="\t"))


def header(name: str | None) -> str:
    return "".join(line[1:] + "\n" for line in sssom_tsv(name).splitlines() if line[0] == "#")


@pytest.mark.parametrize("name", ALL)
def test_independent_reader_takes_every_row_without_an_error(
    name: str | None, tmp_path: Path
) -> None:
    reader = pytest.importorskip("sssom_pydantic", reason="pip install sssom-pydantic")
    file = tmp_path / "set.sssom.tsv"
    file.write_text(sssom_tsv(name), encoding="utf-8")

    mappings, _, mapping_set, errors = reader.read(file, return_errors=True)

    assert list(errors) == []
    assert len(mappings) == len(table(name))
    assert str(mapping_set.id) == f"https://w3id.org/affectgraph/mapping/{name or 'all'}"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("skos:closeMatch\t", "closeMatch\t"), ("ili:i", "nowhere:i"), ("\t0.9\t", "\t9\t")],
)
def test_independent_reader_refuses_a_set_broken_on_purpose(
    right: str, wrong: str, tmp_path: Path
) -> None:
    reader = pytest.importorskip("sssom_pydantic", reason="pip install sssom-pydantic")
    file = tmp_path / "set.sssom.tsv"
    assert right in sssom_tsv("cili")
    file.write_text(sssom_tsv("cili").replace(right, wrong), encoding="utf-8")

    *_, errors = reader.read(file, return_errors=True)

    assert len(list(errors)) > 0


@pytest.mark.parametrize("name", ALL)
def test_metadata_names_set_version_licence_and_every_prefix_in_use(name: str | None) -> None:
    text = header(name)
    known = set(re.findall(r"^  (\w+): http", text, re.MULTILINE))
    identifiers = ("subject_id", "predicate_id", "object_id", "mapping_justification")

    used = {
        row[c].partition(":")[0] for row in table(name) for c in (*identifiers, "object_source")
    }
    assert known == used
    assert f'mapping_set_version: "{VERSION}"' in text
    assert "license: https://creativecommons.org/licenses/by/4.0/" in text
    assert "mapping_set_id: https://w3id.org/affectgraph/mapping/" in text


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_predicate_justification_confidence_and_reason(name: str | None) -> None:
    rows = table(name)

    assert rows
    assert {row["predicate_id"] for row in rows} <= set(PREDICATES)
    assert {row["confidence"] for row in rows} <= set(CONFIDENCE.values())
    assert {row["predicate_modifier"] for row in rows} <= {"", "Not"}
    assert all(row["mapping_justification"].startswith("semapv:") for row in rows)
    assert all(len(row["comment"]) > 10 for row in rows)


def test_no_set_states_an_owl_equivalence() -> None:
    assert "owl:equivalent" not in sssom_tsv()
    assert "sameAs" not in sssom_tsv()


def test_rejected_sense_is_a_row_with_the_modifier_not() -> None:
    (row,) = (
        row
        for row in table("cili")
        if (row["subject_id"], row["object_id"]) == ("emotion:irritation", "ili:i76265")
    )

    assert row["predicate_modifier"] == "Not"
    assert row["comment"].endswith("Definition there: a sudden outburst of anger")


def test_all_sets_together_are_the_sets() -> None:
    together = [tuple(row.values()) for row in table(None)]
    apart = [tuple(row.values()) for name in SETS for row in table(name)]

    assert sorted(together) == sorted(apart)
    assert together == sorted(together)


def test_sets_of_read_terms_have_one_row_per_decision() -> None:
    read = [
        row for name in SETS for row in table(name) if row["object_source"].startswith("source:")
    ]
    chained = [row for row in read if row["mapping_justification"] == "semapv:MappingChaining"]

    assert len(read) - len(chained) == len(read_table("alignments"))


def test_items_of_emotionml_name_their_vocabulary() -> None:
    sources = {row["object_source"] for row in table("emotionml")}

    assert {"emotionml:big6", "emotionml:fsre-categories", "emotionml:occ-categories"} <= sources


def test_columns_are_those_of_the_table() -> None:
    assert tuple(table("mfoem")[0]) == COLUMNS


@pytest.mark.parametrize("name", ["", "CILI", "owl", "cili.tsv"])
def test_unknown_set_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match="Expected a mapping set of cili, emotionml"):
        sssom_tsv(name)


def test_files_are_written_the_same_on_every_call(tmp_path: Path) -> None:
    first = write_sssom(tmp_path / "a" / "b")
    second = write_sssom(tmp_path / "c")

    assert first == second
    assert set(first) == {"affectgraph.sssom.tsv", *(f"{name}.sssom.tsv" for name in SETS)}
    for name, size in first.items():
        content = (tmp_path / "c" / name).read_bytes()
        assert content == (tmp_path / "a" / "b" / name).read_bytes()
        assert len(content) == size
