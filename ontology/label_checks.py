"""Row-level checks of what schemes' labels are called and how they are grouped."""

from collections.abc import Iterator

from affectgraph.ontology.errors import OntologyError
from affectgraph.ontology.layers.aliases import SIGNS, WORDS, alias_iri
from affectgraph.ontology.layers.polarity import POLARITIES
from affectgraph.ontology.rows import Row, read_table

SCHEME_KINDS = frozenset({"emotion", "expression", "temperament", "intent", "cause", "problem"})
"""What a scheme's labels are labels of."""


def check_scheme_kinds() -> Iterator[OntologyError]:
    """Yield a fault for every scheme that does not say what its labels are labels of."""
    for row in read_table("schemes"):
        if row["kind"] not in SCHEME_KINDS:
            yield row.error(f"expected a kind of {sorted(SCHEME_KINDS)}, got {row['kind']!r}.")


def check_polarities() -> Iterator[OntologyError]:
    """Yield a fault for every polarity that is unknown, unsourced, or differs between a label's rows."""
    known = {row["id"] for row in read_table("sources")}
    seen: dict[tuple[str, str], Row] = {}
    for row in read_table("scheme_labels"):
        first = seen.setdefault((row["scheme"], row["label"]), row)
        if row["polarity"] and row["polarity"] not in POLARITIES:
            yield row.error(
                f"expected a polarity of {sorted(POLARITIES)}, got {row['polarity']!r}."
            )
        if bool(row["polarity"]) != bool(row["polarity_source"]):
            yield row.error("expected a polarity with its source, or neither.")
        if row["polarity_source"] and row["polarity_source"] not in known:
            yield row.error(
                f"polarity_source: expected a source of sources.tsv, got {row['polarity_source']!r}."
            )
        if row["polarity"] != first["polarity"]:
            yield row.error(f"expected the polarity of row {first.line}, {first['polarity']!r}.")


def check_aliases() -> Iterator[OntologyError]:
    """Yield a fault for every alias of an unknown kind or label, or that names another label as well."""
    labels = {(row["scheme"], row["label"]) for row in read_table("scheme_labels")}
    names = {(scheme, label.casefold()) for scheme, label in labels}
    seen: dict[str, int] = {}
    for row in read_table("scheme_label_aliases"):
        if row["kind"] not in WORDS | SIGNS:
            yield row.error(f"expected a kind of {sorted(WORDS | SIGNS)}, got {row['kind']!r}.")
        if (row["scheme"], row["label"]) not in labels:
            yield row.error(f"expected a label of a scheme, got {(row['scheme'], row['label'])!r}.")
        if (row["scheme"], row["alias"].casefold()) in names:
            yield row.error(f"the alias {row['alias']!r} is a label of {row['scheme']} itself.")
        iri = alias_iri(row["scheme"], row["alias"])
        if iri in seen:
            yield row.error(f"the alias {row['alias']!r} repeats row {seen[iri]}.")
        seen.setdefault(iri, row.line)
