"""Row-level checks of the curated tables: every fault is found and named with file, row and repair.

The build stops at the first wrong row; these checks read all rows and report all faults, so that a
curator mends a table in one go. ``affectgraph build --check`` runs them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from affectgraph.ontology import vad_checks
from affectgraph.ontology.alignment_checks import check_alignments, check_external_terms
from affectgraph.ontology.around_checks import (
    check_around,
    check_term_links,
    check_vocabularies,
)
from affectgraph.ontology.association_checks import ASSOCIATION_CHECKS
from affectgraph.ontology.au_grammar import parse_actions
from affectgraph.ontology.channel_cue_checks import check_channel_cues
from affectgraph.ontology.errors import InputError, OntologyError
from affectgraph.ontology.label_checks import check_aliases, check_polarities, check_scheme_kinds
from affectgraph.ontology.layers.schemes import RELATIONS
from affectgraph.ontology.layers.tree import concept_slugs, tree_nodes
from affectgraph.ontology.layers.vocabulary import check_vocabulary
from affectgraph.ontology.ranks import TIERS
from affectgraph.ontology.reading_checks import READING_CHECKS
from affectgraph.ontology.release_checks import check_deprecated, check_variants
from affectgraph.ontology.rows import SHARED, TABLES, Row, read_table
from affectgraph.ontology.triples import slug
from affectgraph.ontology.use_checks import check_word_use_readings, check_word_uses

LICENCES = re.compile(
    r"^(CC0|CC BY(-SA)?( [0-9.]+)?|MIT|Apache-2\.0|BSD-3-Clause|W3C|WordNet 3\.0|facts only)(?= \(|$)"
)
"""Licences under which material may be carried; ``facts only`` = nothing but bare facts is taken."""

KEYS: dict[str, tuple[str, ...]] = {
    "action_units": ("code",),
    "alignment_readings": ("concept", "term"),
    "alignments": ("concept", "term"),
    "anchor_readings": ("scheme", "label", "target", "reader"),
    "au_base_rates": ("dataset", "split", "code"),
    "au_cues": ("cue",),
    "au_detectors": ("detector", "output"),
    "au_intensity": ("grade",),
    "au_patterns": ("pattern",),
    "cause_types": ("cause_type",),
    "channel_cues": ("channel", "role", "words"),
    "cooccurrence": ("scheme", "label_a", "label_b"),
    "cue_readings": ("cue",),
    "cue_types": ("cue_type",),
    "definition_readings": ("node",),
    "definitions": ("node",),
    "deprecated": ("term",),
    "dyads": ("dyad",),
    "emotionml_items": ("vocabulary", "item"),
    "emotionml_vocabularies": ("vocabulary",),
    "external_terms": ("term",),
    "form_readings": ("form", "pos"),
    "leads_to": ("from", "to", "source"),
    "modalities": ("modality",),
    "opposites": ("scheme_a", "label_a", "scheme_b", "label_b", "theory"),
    "opposites_lexical": ("node_a", "node_b", "synset_a", "synset_b"),
    "scheme_label_aliases": ("scheme", "alias"),
    "scheme_labels": ("scheme", "label", "target"),
    "schemes": ("scheme",),
    "shared_provenance": ("table",),
    "sources": ("id",),
    "states": ("state",),
    "term_links": ("term", "iri"),
    "tree": ("label", "tier", "parent_path"),
    "tree_variants": ("version", "label", "tier", "parent_path"),
    "vad_concepts": ("node",),
    "vad_estimated": ("form",),
    "vad_glasgow": ("form", "sense"),
    "vad_senses": ("form", "sense", "pos", "under"),
    "vad_validation": ("method", "words", "dimension"),
    "vocabulary": ("form", "pos", "node", "sense"),
    "vocabulary_readings": ("form", "pos", "sense", "reader"),
    "word_use_readings": ("form",),
    "word_uses": ("form",),
}
"""Columns that together name a row of a table once."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_tables() -> list[OntologyError]:
    """Return every fault of every table, in the order of checks and rows; empty if all is well."""
    faults = {str(fault): fault for check in CHECKS for fault in _faults(check)}
    return list(faults.values())


def _faults(check: Callable[[], Iterator[OntologyError]]) -> Iterator[OntologyError]:
    """Yield a check's faults; one it cannot go on after, such as a missing parent, is its last."""
    try:
        yield from check()
    except OntologyError as error:
        yield error


def check_keys() -> Iterator[OntologyError]:
    """Yield a fault for every row whose key stands in an earlier row."""
    for name, columns in KEYS.items():
        seen: dict[tuple[str, ...], int] = {}
        for row in read_table(name):
            key = tuple(row[column] for column in columns)
            if key in seen:
                yield row.error(f"{dict(zip(columns, key, strict=True))} repeats row {seen[key]}.")
            seen.setdefault(key, row.line)


def check_provenance() -> Iterator[OntologyError]:
    """Yield a fault for every row without a known source, a curator, a day and a grade of trust.

    Rows of a table that shares them are judged once, by the row of ``shared_provenance.tsv``.
    """
    known = {row["id"] for row in read_table("sources")}
    shared = {row["table"]: row for row in read_table(SHARED)}
    for name, row in shared.items():
        if name not in TABLES:
            yield row.error(f"expected a table of rows.TABLES, got {name!r}.")
    for name in TABLES:
        if name == "sources" or name in shared:
            continue
        for row in read_table(name):
            if row["source"] not in known:
                yield row.error(f"expected a source of sources.tsv, got {row['source']!r}.")
            if not row["curator"]:
                yield row.error("expected a curator, got an empty cell.")
            if not _DAY.fullmatch(row["date"]):
                yield row.error(f"expected a day YYYY-MM-DD, got {row['date']!r}.")
            if row["confidence"] not in {"high", "medium", "low"}:
                yield row.error(f"expected confidence high|medium|low, got {row['confidence']!r}.")


def check_sources() -> Iterator[OntologyError]:
    """Yield a fault for every source without citation, with an odd DOI, or under no allowed licence."""
    for row in read_table("sources"):
        if not row["citation"]:
            yield row.error("expected a citation, got an empty cell.")
        if not LICENCES.match(row["licence"]):
            yield row.error(f"licence {row['licence']!r} is not on the allowed list.")
        if row["doi"] and not re.fullmatch(r"10\.\d{4,9}/\S+", row["doi"]):
            yield row.error(f"expected a bare DOI such as 10.1000/xyz, got {row['doi']!r}.")


def check_tree() -> Iterator[OntologyError]:
    """Yield a fault for every entry of an unknown tier or without its parent, and for a wrong count."""
    nodes = tree_nodes()
    for row in read_table("tree"):
        depth = len([step for step in row["parent_path"].split("/") if step])
        if row["tier"] not in TIERS:
            yield row.error(f"expected a tier of {TIERS}, got {row['tier']!r}.")
        elif depth != TIERS.index(row["tier"]):
            yield row.error(f"expected {TIERS.index(row['tier'])} steps in the path, got {depth}.")
    counts = Counter(node.tier for node in nodes.values())
    if counts != {"primary": 6, "secondary": 25, "tertiary": 106}:
        yield OntologyError(
            f"expected 6 + 25 + 106 nodes, got {dict(counts)}.",
            file="tree.tsv",
            repair="compare ontology/tables/tree.tsv with the published tree, then run `make data`",
        )


def check_concepts() -> Iterator[OntologyError]:
    """Yield a fault for every cell that names a concept the graph does not have, or lacks one."""
    known = concept_slugs()
    columns = (
        ("definitions", "node"),
        ("vad_concepts", "node"),
        ("vad_senses", "under"),
        ("scheme_labels", "fallback_primary"),
    )
    for table, column in columns:
        for row in read_table(table):
            if row[column] and row[column] not in known:
                yield row.error(
                    f"{column}: expected a tree node or state/..., got {row[column]!r}."
                )
    defined = {row["node"] for row in read_table("definitions")}
    for name in sorted(known - defined):
        yield OntologyError(
            f"expected a definition of {name!r}.",
            file="definitions.tsv",
            repair="add a row to ontology/tables/definitions.tsv, then run `make data`",
        )


def check_definitions() -> Iterator[OntologyError]:
    """Yield a fault for every definition that is too short, too long, repeated or circular."""
    seen: dict[str, int] = {}
    for row in read_table("definitions"):
        text = row["definition"]
        if not 40 <= len(text) <= 260:
            yield row.error(f"expected a definition of 40 to 260 characters, got {len(text)}.")
        if text.lower() in seen:
            yield row.error(f"the definition repeats row {seen[text.lower()]}.")
        seen.setdefault(text.lower(), row.line)
        headword = row["node"].removeprefix("state/").removesuffix("-secondary").replace("-", " ")
        if re.search(rf"\b{re.escape(headword)}\b", text.lower()):
            yield row.error(f"the definition uses its own headword {headword!r}.")


def check_faces() -> Iterator[OntologyError]:
    """Yield a fault for every action expression that does not parse or names no FACS code."""
    numbers = {row["number"] for row in read_table("action_units")}
    codes = {row["code"] for row in read_table("action_units")}
    expressions = [("au_cues", "aus")]
    expressions += [("au_patterns", column) for column in ("required", "optional", "excluded")]
    for table, column in expressions:
        for row in read_table(table):
            try:
                groups = parse_actions(row[column])
            except InputError as error:
                yield row.error(str(error))
                continue
            odd = {term.number for group in groups for term in group} - numbers
            if odd:
                yield row.error(f"{column}: FACS has no action {sorted(odd)}.")
    known = concept_slugs()
    for row in read_table("au_patterns"):
        for name in row["target"].split(" + "):
            if name not in known:
                yield row.error(f"target: expected a tree node or state/..., got {name!r}.")
        if not (row["required"] or row["excluded"] or row["rule"]):
            yield row.error("expected required or excluded actions, or a rule.")
    for row in read_table("au_base_rates"):
        if row["code"] not in codes:
            yield row.error(f"expected a FACS code, got {row['code']!r}.")
        if not 0 <= row.number("share") <= 1:
            yield row.error(f"expected a share in 0..1, got {row['share']}.")


def check_cues() -> Iterator[OntologyError]:
    """Yield a fault for every phrase that is another's other spelling yet describes other actions."""
    seen: dict[str, Row] = {}
    for row in read_table("au_cues"):
        first = seen.setdefault(slug(row["cue"]), row)
        if (row["aus"], row["polarity"]) != (first["aus"], first["polarity"]):
            yield row.error(f"expected the actions of row {first.line}, {first['aus']!r}.")


def check_schemes() -> Iterator[OntologyError]:
    """Yield a fault for every label with a wrong anchor and every scheme with a wrong count."""
    known = concept_slugs()
    labels: dict[str, set[str]] = {row["scheme"]: set() for row in read_table("schemes")}
    for row in read_table("scheme_labels"):
        if row["scheme"] not in labels:
            yield row.error(f"expected a scheme of schemes.tsv, got {row['scheme']!r}.")
            continue
        labels[row["scheme"]].add(row["label"])
        if row["relation"] not in {*RELATIONS, "none"}:
            yield row.error(
                f"expected relation {sorted(RELATIONS)} or none, got {row['relation']!r}."
            )
        if (row["relation"] == "none") != (not row["target"]):
            yield row.error("expected a target exactly if the relation is not none.")
        if row["target"] and row["target"] not in known:
            yield row.error(f"target: expected a tree node or state/..., got {row['target']!r}.")
        if bool(row["fallback_primary"]) != bool(row["fallback_source"]):
            yield row.error("expected a fallback primary with its source, or neither.")
    for row in read_table("schemes"):
        if len(labels[row["scheme"]]) != row.integer("n_labels"):
            yield row.error(f"expected {row['n_labels']} labels, got {len(labels[row['scheme']])}.")


def check_relations() -> Iterator[OntologyError]:
    """Yield a fault for every opposite or dyad whose ends are no labels, and for repeated pairs."""
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    seen: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}
    for row in read_table("opposites"):
        ends = [(row[f"scheme_{end}"], row[f"label_{end}"]) for end in "ab"]
        for end in ends:
            if end not in labels:
                yield row.error(f"expected a label of a scheme, got {end}.")
        key = (row["theory"], frozenset(ends))
        if key in seen:
            yield row.error(f"the pair repeats row {seen[key]}.")
        seen.setdefault(key, row.line)
    for row in read_table("dyads"):
        needed = [("plutchik-dyads", row["dyad"])]
        needed += [("plutchik-8", row[f"component_{end}"]) for end in "ab"]
        for end in needed:
            if end not in labels:
                yield row.error(f"expected a label of a scheme, got {end}.")


CHECKS: tuple[Callable[[], Iterator[OntologyError]], ...] = (
    check_keys,
    check_provenance,
    check_sources,
    check_tree,
    check_concepts,
    check_definitions,
    check_deprecated,
    check_variants,
    *vad_checks.CHECKS,
    check_faces,
    check_cues,
    check_channel_cues,
    check_schemes,
    check_scheme_kinds,
    check_polarities,
    check_aliases,
    check_relations,
    check_vocabulary,
    check_external_terms,
    check_alignments,
    *READING_CHECKS,
    *ASSOCIATION_CHECKS,
    check_around,
    check_vocabularies,
    check_term_links,
    check_word_uses,
    check_word_use_readings,
)
