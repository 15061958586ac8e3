"""Row-level checks of the VAD tables: values in range, and every reference to a rated word resolved."""

from collections.abc import Callable, Iterator
from math import isfinite

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers.vocabulary import PARTS_OF_SPEECH
from affectgraph.ontology.rows import Row, read_table

DIMENSIONS = ("valence", "arousal", "dominance")


def check_vad() -> Iterator[OntologyError]:
    """Yield a fault for every rated word with a mean outside -1..1, a spread outside 0..2 or no rater."""
    for row in read_table("vad_glasgow"):
        yield from _means(row)
        yield from _spreads(row, "sd")
        if row.integer("raters") < 1:
            yield row.error(f"expected at least one rater, got {row['raters']}.")
        if not row["form"]:
            yield row.error("expected a word, got an empty cell.")


def check_vad_concepts() -> Iterator[OntologyError]:
    """Yield a fault for every concept whose word nobody rated, or with an unknown kind of match."""
    rated = {(row["form"], row["sense"]) for row in read_table("vad_glasgow")}
    for row in read_table("vad_concepts"):
        if row["match"] not in {"exact", "form", "sense"}:
            yield row.error(f"expected match exact|form|sense, got {row['match']!r}.")
        elif (row["match"] == "sense") != bool(row["sense"]):
            yield row.error(
                f"expected a sense exactly if the match is 'sense', got {row['sense']!r}."
            )
        if (row["form"], row["sense"]) not in rated:
            yield _unrated(row)


def check_vad_senses() -> Iterator[OntologyError]:
    """Yield a fault for every sense that nobody was shown, or with an unknown part of speech."""
    rated = {(row["form"], row["sense"]) for row in read_table("vad_glasgow") if row["sense"]}
    for row in read_table("vad_senses"):
        if row["pos"] not in PARTS_OF_SPEECH:
            yield row.error(f"expected pos of {sorted(PARTS_OF_SPEECH)}, got {row['pos']!r}.")
        if (row["form"], row["sense"]) not in rated:
            yield _unrated(row)
        if not row["under"]:
            yield row.error("expected the concept that the sense names or lies under.")


def check_vad_estimated() -> Iterator[OntologyError]:
    """Yield a fault for every estimate out of range, without its error, or beside a rating."""
    rated = {row["form"].casefold() for row in read_table("vad_glasgow") if not row["sense"]}
    for row in read_table("vad_estimated"):
        yield from _means(row)
        yield from _spreads(row, "rmse")
        if not -1 <= row.number("similarity") <= 1:
            yield row.error(f"expected a similarity in -1..1, got {row['similarity']}.")
        if row["form"] in rated:
            yield row.error(f"{row['form']!r} was rated; expected no estimate beside a rating.")


def check_vad_validation() -> Iterator[OntologyError]:
    """Yield a fault for every figure of the cross-validation that cannot be one."""
    for row in read_table("vad_validation"):
        if row["dimension"] not in DIMENSIONS:
            yield row.error(f"expected a dimension of {DIMENSIONS}, got {row['dimension']!r}.")
        if row.integer("n") < 2:
            yield row.error(f"expected at least two words, got {row['n']}.")
        for name in ("rmse", "mae"):
            if not 0 < row.number(name) < 2:
                yield row.error(f"expected {name} in 0..2, got {row[name]}.")
        if not -1 <= row.number("r") <= 1 or not row.number("r2") <= 1:
            yield row.error(f"expected r in -1..1 and R2 up to 1, got {row['r']} and {row['r2']}.")


def _means(row: Row) -> Iterator[OntologyError]:
    for name in DIMENSIONS:
        if not -1 <= row.number(name) <= 1:
            yield row.error(f"expected {name} in -1..1, got {row[name]}.")


def _spreads(row: Row, kind: str) -> Iterator[OntologyError]:
    for name in (f"{dimension}_{kind}" for dimension in DIMENSIONS):
        value = row.number(name)
        if not isfinite(value) or not 0 < value <= 2:
            yield row.error(f"expected {name} in 0..2, got {row[name]}.")


def _unrated(row: Row) -> OntologyError:
    shown = f"{row['form']} ({row['sense']})" if row["sense"] else row["form"]
    return row.error(f"expected a word and sense of vad_glasgow.tsv, got {shown!r}.")


CHECKS: tuple[Callable[[], Iterator[OntologyError]], ...] = (
    check_vad,
    check_vad_concepts,
    check_vad_senses,
    check_vad_estimated,
    check_vad_validation,
)
