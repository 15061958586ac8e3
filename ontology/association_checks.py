"""Row-level checks of the tables that say how emotions hang together.

``affectgraph build --check`` runs them with those of :mod:`affectgraph.ontology.table_checks`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from affectgraph.ontology.cooccurrence import Counts
from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers.cooccurrences import corpora, judged, row_counts
from affectgraph.ontology.layers.sequences import EVIDENCE_GRADES
from affectgraph.ontology.layers.tree import concept_slugs
from affectgraph.ontology.layers.vocabulary import PARTS_OF_SPEECH
from affectgraph.ontology.ranks import GRADES
from affectgraph.ontology.rows import Row, read_table

_SYNSET = re.compile(r"\d{8}")


def check_cooccurrence() -> Iterator[OntologyError]:
    """Yield a fault for every pair of unknown labels, impossible or unequal counts, or wrong figures.

    Expected count, lift and phi are computed again from the counts; a cell that differs by more than
    its rounding is a fault. The pairs of a corpus are to be complete, since each is judged against all.
    """
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    for rows in corpora().values():
        faults = [fault for row in rows for fault in _pair_faults(row, labels)]
        yield from faults or _corpus_faults(rows)


def _pair_faults(row: Row, labels: set[tuple[str, str]]) -> Iterator[OntologyError]:
    for column in ("label_a", "label_b"):
        if (row["scheme"], row[column]) not in labels:
            yield row.error(f"{column}: {row['scheme']!r} has no label {row[column]!r}.")
    if row["label_a"] >= row["label_b"]:
        yield row.error("expected two labels in alphabetical order.")
    try:
        counts = row_counts(row)
    except OntologyError as error:
        yield error
        return
    yield from _figure_faults(row, counts)


def _figure_faults(row: Row, counts: Counts) -> Iterator[OntologyError]:
    for column in ("expected", "lift", "phi"):
        computed = getattr(counts, column)
        places = len(row[column].partition(".")[2])
        if abs(row.number(column) - computed) > 0.5 * 10**-places + 1e-9:
            yield row.error(f"{column}: the counts give {computed:.{places}f}, got {row[column]}.")


def _corpus_faults(rows: tuple[Row, ...]) -> Iterator[OntologyError]:
    """Yield what is wrong between the rows of one corpus: counts that differ, pairs that lack."""
    seen: dict[str, tuple[str, int]] = {}
    for row in rows:
        for key, column in ((row["label_a"], "n_a"), (row["label_b"], "n_b"), ("", "n_total")):
            count, line = seen.setdefault(key, (row[column], row.line))
            if row[column] != count:
                yield row.error(
                    f"{column}: row {line} counts {count} for the same, got {row[column]}."
                )
    pairs = {(row["label_a"], row["label_b"]) for row in rows}
    lacking = [pair for pair in combinations(sorted(filter(None, seen)), 2) if pair not in pairs]
    if lacking:
        yield rows[0].error(f"the pairs of its corpus lack {lacking[0]}.")
    try:
        for _ in judged(rows):
            pass
    except OntologyError as error:
        yield error


def check_sequences() -> Iterator[OntologyError]:
    """Yield a fault for every claim of unknown or equal concepts, or graded above its evidence."""
    known = concept_slugs()
    for row in read_table("leads_to"):
        for column in ("from", "to"):
            if row[column] not in known:
                yield row.error(
                    f"{column}: expected a tree node or state/..., got {row[column]!r}."
                )
        if row["from"] == row["to"]:
            yield row.error(f"expected two concepts, got {row['from']!r} twice.")
        if not 30 <= len(row["claim"]) <= 300:
            yield row.error(f"expected a claim of 30 to 300 characters, got {len(row['claim'])}.")
        if not row["locator"]:
            yield row.error("expected what of the source was read, got an empty locator.")
        yield from _grade_faults(row)


def _grade_faults(row: Row) -> Iterator[OntologyError]:
    if row["evidence"] not in EVIDENCE_GRADES:
        yield row.error(f"expected evidence of {list(EVIDENCE_GRADES)}, got {row['evidence']!r}.")
    elif row["grade"] not in GRADES:
        yield row.error(f"expected a grade of {list(GRADES)}, got {row['grade']!r}.")
    else:
        best = EVIDENCE_GRADES[row["evidence"]]
        if GRADES.index(row["grade"]) < GRADES.index(best):
            yield row.error(f"{row['evidence']} carries {best} at best, got {row['grade']}.")
        if row["grade"] != best and not row["note"]:
            yield row.error(f"expected a note on why the grade is below {best}.")


def check_antonyms() -> Iterator[OntologyError]:
    """Yield a fault for every antonym link of unknown or equal concepts, or without a reasoned verdict."""
    known = concept_slugs()
    for row in read_table("opposites_lexical"):
        for column in ("node_a", "node_b"):
            if row[column] not in known:
                yield row.error(
                    f"{column}: expected a tree node or state/..., got {row[column]!r}."
                )
        if row["node_a"] >= row["node_b"]:
            yield row.error("expected two concepts in alphabetical order.")
        if row["pos"] not in PARTS_OF_SPEECH:
            yield row.error(f"expected pos of {sorted(PARTS_OF_SPEECH)}, got {row['pos']!r}.")
        for column in ("synset_a", "synset_b"):
            if not _SYNSET.fullmatch(row[column]):
                yield row.error(f"{column}: expected eight digits, got {row[column]!r}.")
        if row["verdict"] not in {"accept", "reject"} or not row["reason"]:
            yield row.error(f"expected accept or reject with a reason, got {row['verdict']!r}.")


ASSOCIATION_CHECKS: tuple[Callable[[], Iterator[OntologyError]], ...] = (
    check_cooccurrence,
    check_sequences,
    check_antonyms,
)
