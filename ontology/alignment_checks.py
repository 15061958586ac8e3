"""Row-level checks of the alignments: identifiers, decisions, and what excludes what."""

from collections.abc import Iterator

from affectgraph.ontology.alignments import PREDICATES, RESOURCES, expand_term
from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.layers.tree import concept_slugs
from affectgraph.ontology.rows import Row, read_table


def check_external_terms() -> Iterator[OntologyError]:
    """Yield a fault for every malformed identifier, unknown resource or parent, and empty label."""
    names = {row["term"] for row in read_table("external_terms")}
    for row in read_table("external_terms"):
        for name in (row["term"], *row["same_as"].split()):
            yield from _malformed(row, name)
        prefix = RESOURCES.get(row["resource"])
        if row["term"].partition(":")[0] != prefix:
            yield row.error(
                f"expected a resource of {', '.join(RESOURCES)} with its own prefix, "
                f"got {row['resource']!r} for {row['term']!r}."
            )
        if not row["label"]:
            yield row.error("expected a label, got an empty cell.")
        for parent in row["parents"].split():
            if parent not in names:
                yield row.error(f"parents: expected a term of this table, got {parent!r}.")


def _malformed(row: Row, name: str) -> Iterator[OntologyError]:
    try:
        expand_term(name)
    except InputError as error:
        yield row.error(str(error))


def check_alignments() -> Iterator[OntologyError]:
    """Yield a fault for every decision that is incomplete, and for exact matches that exclude others."""
    known = concept_slugs()
    terms = {row["term"]: row["resource"] for row in read_table("external_terms")}
    exact: dict[tuple[str, str], int] = {}
    for row in read_table("alignments"):
        if row["concept"] not in known:
            yield row.error(f"concept: expected a tree node or state/..., got {row['concept']!r}.")
        if row["term"] not in terms:
            yield row.error(f"expected a term of external_terms.tsv, got {row['term']!r}.")
            continue
        if row["decision"] not in {"accept", "reject"}:
            yield row.error(f"expected decision accept|reject, got {row['decision']!r}.")
        if row["predicate"] not in PREDICATES:
            yield row.error(f"expected predicate {'|'.join(PREDICATES)}, got {row['predicate']!r}.")
        if len(row["reason"]) < 10:
            yield row.error(f"expected a reason of 10 characters or more, got {row['reason']!r}.")
        if (row["decision"], row["predicate"]) == ("accept", "skos:exactMatch"):
            yield from _second_exact(row, terms[row["term"]], exact)


def _second_exact(
    row: Row, resource: str, seen: dict[tuple[str, str], int]
) -> Iterator[OntologyError]:
    """Yield a fault if the term is exact for another concept, or the concept for another term."""
    for key in ((row["term"], ""), (row["concept"], resource)):
        if key in seen:
            yield row.error(f"{key[0]!r} has an exact match in row {seen[key]} already.")
        seen.setdefault(key, row.line)
