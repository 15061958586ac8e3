"""Row-level checks of the second readings: what was read is there, and every difference is settled.

The readings are kept as they were made. What the tables say now may differ from a first reading, as an
``adopted`` second reading changed it; the checks hold the two together where a table can be compared.
"""

from collections.abc import Callable, Iterator

from affectgraph.ontology.alignments import PREDICATES
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers.schemes import RELATIONS
from affectgraph.ontology.layers.tree import concept_slugs
from affectgraph.ontology.layers.vocabulary import KINDS
from affectgraph.ontology.rows import Row, read_table

FIRST, SECOND = "first", "second, blind"
"""The reader whose reading was the table's, and the one who did not see it."""

ANCHOR_READERS = frozenset({SECOND, "third, blind"})
"""Readers of labels; a third read labels again whose anchors were disputed or had changed."""

OUTCOMES = frozenset({"agrees", "adopted", "overruled", "third"})
"""What became of a reading: the table's own; taken over; refused; both refused for a third answer."""

SETTLED = "settled"
"""Outcome of a word that other readings settled before the sample's were compared."""

ROLES = frozenset({"act", "disposition", "expression", "state", "stimulus"})
POLARITIES = frozenset({"positive", "negative", "neutral", "mixed"})


def weights(row: Row) -> dict[str, float]:
    """Return the concepts of a reading's ``target`` with their weights; none if it refuses.

    A cell holds one concept, or several as ``concept=weight`` with spaces between.

    :raises OntologyError: if a weight is no number in 0..1, or a concept stands twice.
    """
    found: dict[str, float] = {}
    for part in row["target"].split():
        concept, _, weight = part.partition("=")
        try:
            value = float(weight or 1)
        except ValueError:
            value = 0.0
        if not 0 < value <= 1 or concept in found:
            raise row.error(
                f"target: expected each concept once with a weight in 0..1, got {row['target']!r}."
            )
        found[concept] = value
    return found


def check_anchor_readings() -> Iterator[OntologyError]:
    """Yield a fault for every reading of no label, with an unknown cell, or not settled."""
    known = concept_slugs()
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    for row in read_table("anchor_readings"):
        if (row["scheme"], row["label"]) not in labels:
            yield row.error(f"expected a label of a scheme, got {(row['scheme'], row['label'])!r}.")
        if row["relation"] not in {*RELATIONS, "none"}:
            yield row.error(f"expected a relation or none, got {row['relation']!r}.")
        if (row["relation"] == "none") != (not row["target"]):
            yield row.error("expected a target exactly if the relation is not none.")
        if row["target"] and row["target"] not in known:
            yield row.error(f"target: expected a tree node or state/..., got {row['target']!r}.")
        if row["reader"] not in ANCHOR_READERS:
            yield row.error(
                f"expected a reader of {sorted(ANCHOR_READERS)}, got {row['reader']!r}."
            )
        if row["outcome"] not in OUTCOMES:
            yield row.error(f"expected an outcome of {sorted(OUTCOMES)}, got {row['outcome']!r}.")
        if row["outcome"] in {"overruled", "third"} and not row["reason"]:
            yield row.error(f"expected a reason why it is {row['outcome']}.")


def check_alignment_readings() -> Iterator[OntologyError]:
    """Yield a fault for every reading of no decision, and where outcome and decision do not fit."""
    now = {
        (row["concept"], row["term"]): row["predicate"] if row["decision"] == "accept" else "reject"
        for row in read_table("alignments")
    }
    answers = {*PREDICATES, "reject"}
    for row in read_table("alignment_readings"):
        decided = now.get((row["concept"], row["term"]))
        if decided is None:
            yield row.error(
                f"expected a decision of alignments.tsv, got {(row['concept'], row['term'])!r}."
            )
        for column in ("first", "second"):
            if row[column] not in answers:
                yield row.error(f"expected {column} of {sorted(answers)}, got {row[column]!r}.")
        if row["reader"] != SECOND:
            yield row.error(f"expected the reader {SECOND!r}, got {row['reader']!r}.")
        if decided is not None and row["outcome"] != _outcome(row, decided):
            yield row.error(
                f"expected outcome {_outcome(row, decided)!r}, as alignments.tsv says {decided} now, "
                f"got {row['outcome']!r}."
            )
        if (row["outcome"] == "agrees") != (not row["reason"]):
            yield row.error("expected a reason exactly if the readings differ.")


def _outcome(row: Row, decided: str) -> str:
    """Return what became of a reading, given what the table says now."""
    if row["first"] == row["second"]:
        return "agrees"
    return {row["second"]: "adopted", row["first"]: "overruled"}.get(decided, "third")


def check_vocabulary_readings() -> Iterator[OntologyError]:
    """Yield a fault for every reading of no word, without its counterpart, or with unknown cells.

    A sampled sense may have been joined with another of its word since, so the word is looked for.
    """
    known = concept_slugs()
    words = {(row["form"], row["pos"]) for row in read_table("vocabulary")}
    pairs: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in read_table("vocabulary_readings"):
        if (row["form"], row["pos"]) not in words:
            yield row.error(f"expected a word of vocabulary.tsv, got {row['form']!r}.")
        if row["reader"] not in {FIRST, SECOND}:
            yield row.error(f"expected a reader of {[FIRST, SECOND]}, got {row['reader']!r}.")
        yield from _check_answer(row, known)
        pairs.setdefault((row["form"], row["pos"], row["sense"]), {})[row["reader"]] = row
    for readings in pairs.values():
        yield from _check_pair(readings)


def _check_answer(row: Row, known: set[str]) -> Iterator[OntologyError]:
    try:
        named = {*weights(row), *filter(None, [row["second"]])}
    except OntologyError as error:
        yield error
        return
    for concept in sorted(named - known):
        yield row.error(f"expected a tree node or state/..., got {concept!r}.")
    if row["kind"] not in KINDS:
        yield row.error(f"expected kind of {sorted(KINDS)}, got {row['kind']!r}.")
    for column, values in (("role", ROLES), ("polarity", POLARITIES)):
        expected = sorted(values) if row["target"] else [""]
        if row[column] not in expected:
            yield row.error(f"expected {column} of {expected}, got {row[column]!r}.")
    if row["ambiguous"] not in {"", "yes"} or (row["ambiguous"] and not row["target"]):
        yield row.error(
            f"expected ambiguous yes or empty, empty if refused, got {row['ambiguous']!r}."
        )


def _check_pair(readings: dict[str, Row]) -> Iterator[OntologyError]:
    """Yield the faults of one sense's readings taken together."""
    row = readings.get(SECOND) or next(iter(readings.values()))
    if set(readings) != {FIRST, SECOND}:
        yield row.error(f"expected the readings {[FIRST, SECOND]}, got {sorted(readings)}.")
        return
    if readings[FIRST]["outcome"] or readings[FIRST]["reason"]:
        yield readings[FIRST].error("expected outcome and reason at the second reading only.")
    is_same = _concepts(readings[FIRST]) == _concepts(row)
    is_shared = bool(_concepts(readings[FIRST]) & _concepts(row))
    if row["outcome"] not in {*OUTCOMES, SETTLED}:
        yield row.error(
            f"expected an outcome of {sorted({*OUTCOMES, SETTLED})}, got {row['outcome']!r}."
        )
    elif (row["outcome"] == "agrees") != (is_same or is_shared):
        yield row.error(
            "expected 'agrees' exactly if the readings share a concept or both refuse, "
            f"got {row['outcome']!r}."
        )
    if row["outcome"] != "agrees" and not row["reason"]:
        yield row.error(f"expected a reason why it is {row['outcome']}.")


def _concepts(row: Row) -> set[str]:
    """Return the concepts of a reading, without weights."""
    return {part.partition("=")[0] for part in row["target"].split()}


READING_CHECKS: tuple[Callable[[], Iterator[OntologyError]], ...] = (
    check_anchor_readings,
    check_alignment_readings,
    check_vocabulary_readings,
)
"""The checks of this module, in the order to run."""
