"""The alignments as SSSOM: one mapping set per resource, or all in one, as TSV with its metadata.

The form is that of the Simple Standard for Sharing Ontological Mappings
(https://mapping-commons.github.io/sssom/): a YAML block behind ``#``, then a table. A rejected match is
a row with ``predicate_modifier`` ``Not``. The sets ``oewn`` and ``pwn30`` follow from ``cili`` by the
identifiers that are published for the same synsets, and say so by their justification.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from affectgraph.ontology.alignments import (
    EXTERNAL_PREFIXES,
    Alignment,
    alignments,
    chained,
    shorten_term,
)
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import BASE, EMOTION, SCHEME, SEMAPV, SKOS, SOURCE, STATE, curie
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.triples import concept_iri
from affectgraph.ontology.version import VERSION

SETS: Final[dict[str, str]] = {
    "cili": "Collaborative Interlingual Index",
    "emotionml": "EmotionML vocabularies",
    "mfoem": "Emotion Ontology (MFOEM)",
    "oewn": "Open English WordNet",
    "pwn30": "Princeton WordNet 3.0",
    "spice-plutchik": "Plutchik's wheel in the SPICE Ontology Network",
    "spice-shaver": "Shaver's words in the SPICE Ontology Network",
    "wikidata": "Wikidata",
}
"""Mapping set -> what it maps to."""

CONFIDENCE: Final = {"high": "0.9", "medium": "0.7", "low": "0.5"}
"""The curators' grade as SSSOM asks for it, a number in 0..1. A convention, not a measured rate."""

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "subject_type",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "object_type",
    "mapping_justification",
    "object_source",
    "mapping_date",
    "confidence",
    "comment",
)

_OBJECT_TYPES: Final = {
    "emotionml": "skos concept",
    "mfoem": "owl class",
    "spice-plutchik": "owl class",
    "spice-shaver": "owl class",
}
_PREFIXES: Final = {
    **EXTERNAL_PREFIXES,
    "emotion": EMOTION,
    "scheme": SCHEME,
    "semapv": SEMAPV,
    "skos": SKOS,
    "source": SOURCE,
    "state": STATE,
}
_SOURCES: Final = {
    "cili": "cili",
    "mfoem": "mfoem",
    "oewn": "oewn",
    "pwn30": "wordnet-3.0",
    "spice-plutchik": "spice-son",
    "spice-shaver": "spice-son",
    "wikidata": "wikidata",
}


def sssom_tsv(name: str | None = None) -> str:
    """Return a mapping set as SSSOM/TSV, the same text on every call; all sets in one if none is named.

    Rows are sorted by subject, object and predicate. ``confidence`` is the curators' grade as a number
    (:data:`CONFIDENCE`); the comment has the reason, and the object's definition where it has one.

    :param name: one of :data:`SETS`.
    :raises InputError: if there is no such set.
    :raises OntologyError: if a table is wrong.

    >>> print(sssom_tsv("wikidata").splitlines()[0])
    #mapping_set_id: https://w3id.org/affectgraph/mapping/wikidata
    """
    if name is not None and name not in SETS:
        raise InputError(f"Expected a mapping set of {', '.join(SETS)}, got {name!r}.")
    rows = sorted(_row(found) for member in ([name] if name else SETS) for found in _of(member))
    out = io.StringIO()
    out.writelines(f"#{line}\n" for line in _metadata(name, rows))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def write_sssom(folder: Path) -> dict[str, int]:
    """Write every mapping set, and ``affectgraph.sssom.tsv`` with all; return sizes in bytes by name.

    :raises OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name in (None, *SETS):
        file = f"{name or 'affectgraph'}.sssom.tsv"
        content = sssom_tsv(name).encode()
        (folder / file).write_bytes(content)
        sizes[file] = len(content)
    return sizes


def _of(name: str) -> Iterator[Alignment]:
    if name in {"oewn", "pwn30"}:
        return chained(name)
    return (found for found in alignments() if found.resource == name)


def _row(found: Alignment) -> tuple[str, ...]:
    gloss = f" Definition there: {found.gloss}" if found.gloss else ""
    source = f"source:{_SOURCES.get(found.resource, '')}"
    return (
        curie(concept_iri(found.concept)),
        _labels().get(found.concept, found.concept),
        "skos concept",
        found.predicate,
        "" if found.is_accepted else "Not",
        curie(shorten_term(found.term)),
        found.label,
        _OBJECT_TYPES.get(found.resource, ""),
        found.justification,
        shorten_term(found.vocabulary) or source,
        found.date,
        CONFIDENCE[found.confidence],
        f"{found.reason}.{gloss}",
    )


def _labels() -> dict[str, str]:
    labels = {row["node"]: row["label"] for row in read_table("tree")}
    return labels | {f"state/{row['state']}": row["label"] for row in read_table("states")}


def _metadata(name: str | None, rows: list[tuple[str, ...]]) -> Iterator[str]:
    used = {cell.partition(":")[0] for row in rows for cell in row[:10] if ":" in cell}
    title = SETS[name] if name else "all resources"
    yield f"mapping_set_id: {BASE}mapping/{name or 'all'}"
    yield f'mapping_set_version: "{VERSION}"'
    yield f'mapping_set_title: "AffectGraph to {title}"'
    yield (
        'mapping_set_description: "Concepts of AffectGraph and terms of other vocabularies, chosen by '
        'definition; rejected senses are rows with predicate_modifier Not."'
    )
    yield "license: https://creativecommons.org/licenses/by/4.0/"
    yield f"mapping_provider: {BASE.rstrip('/')}"
    yield (
        "comment: \"confidence is the curators' grade as a number by convention (high 0.9, medium 0.7, "
        'low 0.5), and no measured rate"'
    )
    yield "curie_map:"
    for prefix in sorted(used & set(_PREFIXES)):
        yield f"  {prefix}: {_PREFIXES[prefix]}"
