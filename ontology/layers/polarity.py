"""Sentiment polarity of schemes' labels: the published group, and where none is, a derived sign.

The two are never mixed: ``ag:polarityGroup`` is what the scheme's authors say, with its source;
``ag:derivedPolarity`` is the sign of the measured valence of the concepts a label is anchored to, with
the values it comes from. A label has one of them at most.
"""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Quad

from affectgraph.ontology.iris import AG, SOURCE, VAD
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.layers.tree import tree_nodes
from affectgraph.ontology.layers.vad import concept_norms
from affectgraph.ontology.layers.vad_words import GLASGOW
from affectgraph.ontology.rows import Row, read_table
from affectgraph.ontology.triples import Object, describe, slug, string

POLARITIES = frozenset({"positive", "negative", "ambiguous", "neutral"})
"""Groups that published groupings have."""

LEAST_VALENCE = 0.25
"""Least absolute valence a sign is taken from: one step of the norms' 1..9 scale, on -1..1."""

AMBIGUOUS_PRIMARY = "surprise"
AMBIGUOUS_BRANCH = "EpistemicState"
"""Where no sign is derived: the one published grouping with a class for ambiguous labels (GoEmotions)
files surprise, confusion, curiosity and realization there, though their words are rated."""

_SIGNED_ANCHORS = frozenset({"exact", "close", "narrower"})


def polarity_quads() -> Iterator[Quad]:
    """Yield the published groups and the derived signs."""
    labels: dict[tuple[str, str], list[Row]] = {}
    for row in read_table("scheme_labels"):
        labels.setdefault((row["scheme"], row["label"]), []).append(row)
    valences = measured_valences()
    for (scheme, label), rows in labels.items():
        yield from describe(label_iri(scheme, label), _polarity(rows, valences))


def _polarity(rows: Sequence[Row], valences: Mapping[str, float]) -> Iterator[tuple[str, Object]]:
    first = rows[0]
    if first["polarity"]:
        yield AG + "polarityGroup", string(first["polarity"])
        yield AG + "polaritySource", SOURCE + first["polarity_source"]
        return
    sign = derived_polarity([(row["relation"], row["target"]) for row in rows], valences)
    if sign is not None:
        yield AG + "derivedPolarity", string(sign)
        for row in rows:
            yield AG + "polarityValue", f"{VAD}{GLASGOW}/{slug(row['target'])}"


def derived_polarity(
    anchors: Sequence[tuple[str, str]], valences: Mapping[str, float] | None = None
) -> str | None:
    """Return ``positive`` or ``negative``, or None where the valence of the anchors does not say.

    It says so if the label means nothing but its anchors (``exact``, ``close``, ``narrower``), each of
    them was rated by people, is neither surprise nor an epistemic state, has an absolute valence of at
    least :data:`LEAST_VALENCE`, and all have the same sign.

    :param anchors: (relation, concept as tables name it) pairs of one label.
    :param valences: measured valence by concept, -1..1; the Glasgow table if left out.

    >>> derived_polarity([("exact", "dread")]), derived_polarity([("exact", "surprise")])
    ('negative', None)
    """
    known = measured_valences() if valences is None else valences
    signs = {_sign(relation, concept, known) for relation, concept in anchors}
    return signs.pop() if len(signs) == 1 else None


def _sign(relation: str, concept: str, valences: Mapping[str, float]) -> str | None:
    valence = valences.get(concept, 0.0)
    if relation not in _SIGNED_ANCHORS or abs(valence) < LEAST_VALENCE or is_ambiguous(concept):
        return None
    return "positive" if valence > 0 else "negative"


def measured_valences() -> dict[str, float]:
    """Return the measured valence of the concepts that were rated, -1..1."""
    return {node: norm.number("valence") for node, (_, norm) in concept_norms().items()}


def is_ambiguous(concept: str) -> bool:
    """Return whether a concept is a kind of surprise or an epistemic state.

    >>> is_ambiguous("astonishment"), is_ambiguous("state/doubt"), is_ambiguous("joy")
    (True, True, False)
    """
    node = tree_nodes().get(concept)
    if node is not None:
        return node.path[0] == AMBIGUOUS_PRIMARY
    epistemic = {r["state"] for r in read_table("states") if r["branch"] == AMBIGUOUS_BRANCH}
    return concept.removeprefix("state/") in epistemic
