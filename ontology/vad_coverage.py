"""Counts which concepts and words have a value of valence, arousal and dominance, and of what kind.

``benchmarks/vad_coverage.py`` prints these tables, and ``make docs`` puts them into docs/vad.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import linear_regression

from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.vad import branch_mean, concept_norms
from affectgraph.ontology.layers.vad_further import (
    UNSPELLED,
    arousal_adjustment,
    is_single,
    unrated_targets,
)
from affectgraph.ontology.layers.vad_words import Word, measured_words, vocabulary
from affectgraph.ontology.ranks import TIERS
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.triples import concept_iri

CONCEPT_KINDS = ("exact", "form", "sense", "secondary-mean", "primary-mean", "estimated", "none")
WORD_GROUPS = ("words", "phrases", "signs, misspellings")
WORD_KINDS = ("exact", "sense", "unmarked", "estimated", "none")


def concept_kinds() -> dict[str, tuple[str, str]]:
    """Return by concept its group (a tier, or ``state``) and the kind of value that comes first."""
    measured, nodes = concept_norms(), tree_nodes()
    rated = {name: norm for name, (_, norm) in measured.items()}
    found = {
        name: (node.tier, measured[name][0]["match"] if name in measured else "")
        for name, node in nodes.items()
    }
    for name, (tier, kind) in found.items():
        found[name] = (tier, kind or branch_mean(nodes[name], rated).match)
    estimated = _estimated()
    for row in read_table("states"):
        name = f"state/{row['state']}"
        kind = "estimated" if concept_iri(name) in estimated else "none"
        found[name] = ("state", measured[name][0]["match"] if name in measured else kind)
    return found


def word_kinds() -> dict[str, tuple[str, str]]:
    """Return by lexical entry its group (words, phrases, others) and the kind of value of its best sense."""
    measured, estimated = measured_words(), _estimated()
    found: dict[str, tuple[str, str]] = {}
    for word in vocabulary():
        kind = "estimated" if word.entry in estimated else "none"
        if word in measured:
            kind = measured[word].kind
        _, before = found.get(word.entry, ("", kind))
        found[word.entry] = (_group(word), min(kind, before, key=WORD_KINDS.index))
    return found


def _group(word: Word) -> str:
    if word.kind in UNSPELLED:
        return WORD_GROUPS[2]
    return WORD_GROUPS[0] if is_single(word.form) else WORD_GROUPS[1]


def _estimated() -> frozenset[str]:
    forms = {row["form"] for row in read_table("vad_estimated")}
    return frozenset(
        iri for form, iris in unrated_targets().items() if form in forms for iri in iris
    )


def coverage_table() -> Iterator[str]:
    """Yield the lines of a Markdown table: concepts by tier and kind of value, then lexical entries."""
    concepts = concept_kinds().values()
    yield from _header(["Concepts", *CONCEPT_KINDS, "all"])
    for group in (*TIERS, "state"):
        yield _counts(group, CONCEPT_KINDS, (kind for name, kind in concepts if name == group))
    yield ""
    yield from _header(["Vocabulary", *WORD_KINDS, "all"])
    words = word_kinds().values()
    for group in WORD_GROUPS:
        yield _counts(group, WORD_KINDS, (kind for name, kind in words if name == group))


def validation_table() -> Iterator[str]:
    """Yield the lines of a Markdown table of the cross-validation; figures of vad_validation.tsv."""
    yield from _header(["Of", "Method", "Dimension", "n", "R2", "RMSE", "MAE", "r"], text=3)
    for row in read_table("vad_validation"):
        name = f"**{row['method']}**" if row["chosen"] == "yes" else row["method"]
        figures = [row[column] for column in ("n", "r2", "rmse", "mae", "r")]
        yield _line([row["words"], name, row["dimension"], *figures])


def error_table() -> Iterator[str]:
    """Yield the lines of a Markdown table: estimates by how near a rated word is, with their error."""
    yield from _header(
        ["Cosine with the nearest rated word", "Estimates", "Valence", "Arousal", "Dominance"]
    )
    bands: dict[tuple[str, ...], list[float]] = {}
    for row in read_table("vad_estimated"):
        key = tuple(row[f"{name}_rmse"] for name in ("valence", "arousal", "dominance"))
        bands.setdefault(key, []).append(row.number("similarity"))
    for errors, found in sorted(bands.items(), key=lambda band: min(band[1])):
        yield _line([f"{min(found):.2f} to {max(found):.2f}", str(len(found)), *errors])


def adjustment_lines() -> Iterator[str]:
    """Yield what the adjustment of arousal is, and what it would be over all rated words."""
    fit, rated = arousal_adjustment(), read_table("vad_glasgow")
    line = linear_regression(
        [row.number("valence") for row in rated], [row.number("arousal") for row in rated]
    )
    yield (
        f"adjusted arousal = arousal - {fit.slope} x valence, fitted to {fit.words} rated words of the "
        f"tree; standard deviation about the line {fit.residual_sd}. Over all {len(rated):,} rated words "
        f"the slope would be {line.slope:.3f}."
    )


def _header(names: Sequence[str], *, text: int = 1) -> Iterator[str]:
    yield _line(names)
    yield _line(["---"] * text + ["--:"] * (len(names) - text)).replace(" ", "")


def _counts(name: str, kinds: Sequence[str], found: Iterable[str]) -> str:
    counts = Counter(found)
    return _line([name, *(str(counts[kind]) for kind in kinds), str(counts.total())])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
