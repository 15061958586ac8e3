"""How often two labels of a corpus were given together, and which pairs are unusual.

Every counted pair is an ``ag:CoOccurrence``. A pair that both baselines of
:mod:`affectgraph.ontology.cooccurrence` call unusual is linked, between the labels and, where both are
anchored by an exact match, between their concepts: ``ag:coOccursWith`` or ``ag:rarelyCoOccursWith``, the
latter with a penalty. Such a link holds of the corpus and its way of labelling; it excludes nothing.
"""

from collections.abc import Iterator
from functools import partial
from itertools import product

from pyoxigraph import Quad

from affectgraph.ontology.cooccurrence import Counts, Judgement, competing_expected, judge
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, ASSOCIATION, BASE, COOCCURRENCE, PROV, SCHEME
from affectgraph.ontology.layers.links import (
    Anchors,
    association_quads,
    exact_anchors,
    graded,
    known_label,
)
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import (
    A,
    Object,
    decimal,
    describe,
    integer,
    provenance,
    slug,
    string,
)

COUNT_RULE = "affectgraph.ontology.cooccurrence.judge"
ANCHORED_COUNT_RULE = "exact anchors of the labels counted together"
RELATIONS = {"together": AG + "coOccursWith", "apart": AG + "rarelyCoOccursWith"}


def cooccurrence_quads() -> Iterator[Quad]:
    """Yield the counted pairs and the links between labels and between concepts."""
    anchors = exact_anchors()
    for rows in corpora().values():
        yield from _corpus(rows, anchors)


def corpora() -> dict[str, tuple[Row, ...]]:
    """Return the rows of each corpus by its scheme, in file order."""
    found: dict[str, list[Row]] = {}
    for row in read_table("cooccurrence"):
        found.setdefault(row["scheme"], []).append(row)
    return {scheme: tuple(rows) for scheme, rows in found.items()}


def row_counts(row: Row) -> Counts:
    """Return the counts of a row.

    :raises OntologyError: if no items can be counted so.
    """
    try:
        return Counts(*(row.integer(column) for column in ("n_a", "n_b", "n_both", "n_total")))
    except InputError as error:
        raise row.error(str(error)) from error


def judged(rows: tuple[Row, ...]) -> Iterator[tuple[Row, Counts, float, Judgement]]:
    """Yield each row of a corpus with its counts, its count under competition, and what they say."""
    counts = {(row["label_a"], row["label_b"]): row_counts(row) for row in rows}
    try:
        competing = competing_expected({pair: found.both for pair, found in counts.items()})
    except InputError as error:
        raise rows[0].error(str(error)) from error
    for row in rows:
        pair = (row["label_a"], row["label_b"])
        found, rival = counts[pair], competing[pair]
        yield row, found, rival, judge(found.both, found.expected, rival, pairs=len(rows))


def _corpus(rows: tuple[Row, ...], anchors: Anchors) -> Iterator[Quad]:
    for row, counts, competing, judgement in judged(rows):
        first, second = (
            known_label(row, row["scheme"], row[column], anchors)
            for column in ("label_a", "label_b")
        )
        iri = f"{COOCCURRENCE}{row['scheme']}/{slug(row['label_a'])}/{slug(row['label_b'])}"
        yield from describe(
            iri, [*_counted(row, first, second), *_numbers(counts, competing, judgement)]
        )
        if judgement.relation:
            pairs = _said(row, iri, counts, judgement)
            yield from _links(row, (first, second), pairs, judgement, anchors)


def _counted(row: Row, first: str, second: str) -> list[tuple[str, Object]]:
    return [
        (A, AG + "CoOccurrence"),
        (AG + "inCorpus", SCHEME + row["scheme"]),
        (AG + "firstLabel", first),
        (AG + "secondLabel", second),
        *provenance(row),
    ]


def _numbers(
    counts: Counts, competing: float, judgement: Judgement
) -> Iterator[tuple[str, Object]]:
    yield AG + "firstCount", integer(counts.first)
    yield AG + "secondCount", integer(counts.second)
    yield AG + "jointCount", integer(counts.both)
    yield AG + "itemCount", integer(counts.total)
    yield AG + "expectedCount", decimal(counts.expected, 2)
    yield AG + "competingCount", decimal(competing, 2)
    yield AG + "lift", decimal(counts.lift, 4)
    yield AG + "liftLower", decimal(judgement.lower / counts.expected, 4)
    yield AG + "liftUpper", decimal(judgement.upper / counts.expected, 4)
    yield AG + "phi", decimal(counts.phi, 4)


def _said(row: Row, iri: str, counts: Counts, judgement: Judgement) -> list[tuple[str, Object]]:
    pairs: list[tuple[str, Object]] = [
        (AG + "inCorpus", SCHEME + row["scheme"]),
        (AG + "jointCount", integer(counts.both)),
        (AG + "expectedCount", decimal(counts.expected, 2)),
        (AG + "lift", decimal(counts.lift, 4)),
        *graded("corpus", judgement.grade or ""),
        (PROV + "wasDerivedFrom", iri),
        *provenance(row),
    ]
    if judgement.relation == "apart":
        pairs.append((AG + "penalty", decimal(judgement.penalty, 4)))
    return pairs


def _links(
    row: Row,
    ends: tuple[str, str],
    pairs: list[tuple[str, Object]],
    judgement: Judgement,
    anchors: Anchors,
) -> Iterator[Quad]:
    relation = RELATIONS[judgement.relation or "together"]
    linked = partial(association_quads, relation=relation)
    name = f"{ASSOCIATION}co-occurrence/{row['scheme']}"
    labels = tuple(slug(row[column]) for column in ("label_a", "label_b"))
    for turn in (1, -1):
        start, end = ends[::turn]
        path = f"{name}/{'/'.join(labels[::turn])}"
        said = [*pairs, (AG + "derivedBy", string(COUNT_RULE))]
        yield from linked(path, start, end, pairs=said)
        said = [*pairs, (AG + "derivedBy", string(ANCHORED_COUNT_RULE))]
        for a, b in product(anchors[start], anchors[end]):
            if a != b:
                yield from linked(f"{path}/{_named(a)}/{_named(b)}", a, b, pairs=said)


def _named(concept: str) -> str:
    return slug(concept.removeprefix(BASE))
