"""What holds for every value of one origin, said once on the node of its named graph."""

from collections.abc import Iterator

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, DCT, GRAPH, PROV, SOURCE
from affectgraph.ontology.layers.vad import BRANCH_MEAN, ORIGINAL_SCALE
from affectgraph.ontology.layers.vad_further import (
    ADJUSTED,
    ADJUSTED_BY,
    ESTIMATED,
    ESTIMATED_BY,
    arousal_adjustment,
)
from affectgraph.ontology.layers.vad_words import GLASGOW
from affectgraph.ontology.rows import SHARED, Row, read_table
from affectgraph.ontology.triples import A, Object, describe, moment, string, text

CC_BY_4 = "https://creativecommons.org/licenses/by/4.0/"
DAY = "2026-11-25"
WORDS = "emotion words"


def dataset_quads() -> Iterator[Quad]:
    """Yield what there is to say of each origin of VAD values: title, licence, source, day, method.

    That its named graph is a ``void:Dataset``, and how large, is said where the graph counts itself.
    """
    for origin, pairs in (
        (GLASGOW, _glasgow()),
        (BRANCH_MEAN, _branch_mean()),
        (ADJUSTED, _adjusted()),
        (ESTIMATED, _estimated()),
    ):
        kind: list[tuple[str, Object]] = [
            (A, PROV + "Entity"),
            (DCT + "license", CC_BY_4),
        ]
        yield from describe(f"{GRAPH}vad-{origin}", [*kind, *pairs])


def _glasgow() -> Iterator[tuple[str, Object]]:
    (row,) = (row for row in read_table(SHARED) if row["table"] == "vad_glasgow")
    yield DCT + "title", text("Glasgow Norms: valence, arousal and dominance as rated")
    yield DCT + "source", SOURCE + row["source"]
    yield PROV + "generatedAtTime", moment(row["date"])
    yield AG + "confidenceGrade", string(row["confidence"])
    yield AG + "locator", string(row["locator"])
    yield AG + "originalScale", string(ORIGINAL_SCALE)


def _branch_mean() -> Iterator[tuple[str, Object]]:
    yield DCT + "title", text("Means of a branch's measured concepts, for emotions nobody rated")
    yield from _derived("affectgraph.ontology.layers.vad.branch_mean")


def _adjusted() -> Iterator[tuple[str, Object]]:
    fit = arousal_adjustment()
    yield DCT + "title", text("Glasgow Norms with arousal adjusted for valence")
    yield (
        DCT + "description",
        text(
            f"Arousal less {fit.slope} times valence: the slope of the least-squares line over the "
            f"{fit.words} rated words that speak for concepts of the tree. Valence and dominance as rated; "
            "the spread of arousal is that of the words about the line."
        ),
    )
    yield from _derived(ADJUSTED_BY)


def _estimated() -> Iterator[tuple[str, Object]]:
    (shared,) = (row for row in read_table(SHARED) if row["table"] == "vad_estimated")
    yield DCT + "title", text("Valence, arousal and dominance estimated from word embeddings")
    yield DCT + "description", text(_validation())
    yield from _derived(ESTIMATED_BY, day=shared["date"])
    yield PROV + "wasDerivedFrom", SOURCE + "all-minilm-l6-v2"


def _validation() -> str:
    rows = [r for r in read_table("vad_validation") if (r["chosen"], r["words"]) == ("yes", WORDS)]
    shown = "; ".join(map(_figures, rows))
    method = ", ".join(dict.fromkeys(row["method"] for row in rows))
    return (
        f"By {method}, trained on the Glasgow Norms. Ten-fold cross-validation on emotion words, with no "
        f"word's senses, inflections or derivations on both sides: {shown}. The spread of a value is the "
        "cross-validated root mean squared error of emotion words as near to a rated word as it is."
    )


def _figures(row: Row) -> str:
    return f"{row['dimension']} R2 {row['r2']}, RMSE {row['rmse']}, n {row['n']}"


def _derived(method: str, *, day: str = DAY) -> Iterator[tuple[str, Object]]:
    yield DCT + "source", SOURCE + "affectgraph"
    yield PROV + "wasDerivedFrom", SOURCE + "scott-2019"
    yield PROV + "generatedAtTime", moment(day)
    yield AG + "confidenceGrade", string("low")
    yield AG + "derivedBy", string(method)
