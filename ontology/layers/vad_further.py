"""Values that speak only when asked for: adjusted arousal of concepts, and estimates for unrated words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import linear_regression, pstdev

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, GRAPH, PROV, RDFS, VAD
from affectgraph.ontology.layers.tree import concept_slugs, tree_nodes
from affectgraph.ontology.layers.vad import concept_norms
from affectgraph.ontology.layers.vad_words import (
    DIMENSIONS,
    GLASGOW,
    measured_words,
    norm_rows,
    vocabulary,
)
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import A, Object, concept_iri, decimal, describe, slug, text

UNSPELLED = frozenset({"emoji", "emoticon", "misspelling"})
"""Kinds of entries not to estimate: signs have no spelling, and misspellings belong to another word."""

ADJUSTED = "glasgow-adjusted"
ESTIMATED = "estimated"
ADJUSTED_BY = "affectgraph.ontology.layers.vad_further.arousal_adjustment"
ESTIMATED_BY = "affectgraph.ontology.vad_estimates"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """How arousal rises with valence over the rated words of the tree.

    :param slope: of the least-squares line, rounded to three places: what is taken off arousal per unit of
        valence.
    :param residual_sd: standard deviation of the words about the line.
    :param words: number of rated words the line is fitted to.
    """

    slope: float
    residual_sd: float
    words: int


def arousal_adjustment() -> Adjustment:
    """Return the adjustment, fitted to the rated words that speak for a concept of the tree, each once."""
    nodes = tree_nodes()
    rows = {norm.line: norm for node, (_, norm) in concept_norms().items() if node in nodes}
    valence = [row.number("valence") for row in rows.values()]
    arousal = [row.number("arousal") for row in rows.values()]
    line = linear_regression(valence, arousal)
    residuals = [a - line.slope * v for v, a in zip(valence, arousal, strict=True)]
    return Adjustment(round(line.slope, 3), round(pstdev(residuals), 3), len(rows))


def adjusted_arousal(arousal: float, valence: float, slope: float) -> float:
    """Return arousal less what comes with the word being pleasant, held to -1..1.

    >>> round(adjusted_arousal(0.485, 0.765, 0.36), 3)
    0.21
    """
    return max(-1.0, min(1.0, arousal - slope * valence))


def further_vad_quads() -> Iterator[Quad]:
    """Yield adjusted values of measured concepts, then estimates of words and concepts nobody rated."""
    adjustment = arousal_adjustment()
    for node, (_, norm) in concept_norms().items():
        value = f"{VAD}{ADJUSTED}/{slug(node)}"
        pairs = [
            *_adjusted(norm, adjustment),
            (PROV + "wasDerivedFrom", f"{VAD}{GLASGOW}/{slug(node)}"),
        ]
        yield from _value(value, [concept_iri(node)], pairs, ADJUSTED)
    estimates = {row["form"]: row for row in read_table("vad_estimated")}
    for form, targets in unrated_targets().items():
        if form in estimates:
            value = f"{VAD}{ESTIMATED}/{slug(form)}"
            yield from _value(value, targets, [*_estimated(estimates[form])], ESTIMATED)


def unrated_targets() -> dict[str, list[str]]:
    """Return by spelling, in lower case, the IRIs of words and concepts to be estimated: nobody rated them.

    Single words only, and no signs or misspellings.
    Concepts go by their label; one whose name was rated, but in another sense, is left out. Spellings that
    give one slug go under the first of them by the alphabet.
    """
    found: dict[str, list[str]] = defaultdict(list)
    measured = measured_words()
    for word in vocabulary():
        if word not in measured and word.kind not in UNSPELLED and is_single(word.form):
            found[word.form.casefold()].append(word.entry)
    concepts, rated = concept_norms(), {norm.form.casefold() for norm in norm_rows()}
    labels = {node.slug: node.label for node in tree_nodes().values()}
    labels |= {f"state/{row['state']}": row["label"] for row in read_table("states")}
    for node in sorted(concept_slugs() - concepts.keys()):
        if labels[node].casefold() not in rated and is_single(labels[node]):
            found[labels[node].casefold()].append(concept_iri(node))
    return _by_slug(found)


def is_single(form: str) -> bool:
    """Return whether a form is one word. No phrase was rated, so nobody can say how far off one would be."""
    return " " not in form


def _by_slug(targets: dict[str, list[str]]) -> dict[str, list[str]]:
    first: dict[str, str] = {}
    merged: dict[str, list[str]] = defaultdict(list)
    for form in sorted(targets):
        merged[first.setdefault(slug(form), form)] += targets[form]
    return {form: list(dict.fromkeys(iris)) for form, iris in merged.items()}


def _value(
    value: str, targets: list[str], pairs: list[tuple[str, Object]], origin: str
) -> Iterator[Quad]:
    graph = f"{GRAPH}vad-{origin}"
    pairs += [(A, AG + "FurtherVadValue"), (DCT + "isPartOf", graph)]
    pairs += [(AG + "furtherVadOf", target) for target in targets]
    for place in (None, graph):
        yield from describe(value, pairs, place)
        for target in targets:
            yield from describe(target, [(AG + "hasFurtherVad", value)], place)


def _adjusted(norm: Row, adjustment: Adjustment) -> Iterator[tuple[str, Object]]:
    valence, arousal = norm.number("valence"), norm.number("arousal")
    yield AG + "valence", decimal(valence)
    yield AG + "arousal", decimal(adjusted_arousal(arousal, valence, adjustment.slope))
    yield AG + "dominance", decimal(norm.number("dominance"))
    yield AG + "valenceSd", decimal(norm.number("valence_sd"))
    yield AG + "arousalSd", decimal(adjustment.residual_sd)
    yield AG + "dominanceSd", decimal(norm.number("dominance_sd"))


def _estimated(row: Row) -> Iterator[tuple[str, Object]]:
    for name in DIMENSIONS:
        yield AG + name, decimal(row.number(name))
        yield AG + name + "Sd", decimal(row.number(f"{name}_rmse"))
    yield RDFS + "label", text(row["form"])
