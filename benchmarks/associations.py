"""How emotions hang together by the tables: relations per grade, opposites in VAD, penalties, faces.

Prints relations per kind of evidence and grade; for each pair of rated opposites, published or lexical,
how near it comes to mirroring; for each corpus, how many pairs are unusual by one baseline and by both,
with the largest penalties; and the order of the facial patterns, with the concepts nothing tells apart.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import product

from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import CoOccurrence
from affectgraph.kg.relations import RELATIONS
from affectgraph.ontology.au_lattice import confusions, deciders, nestings
from affectgraph.ontology.cooccurrence import ALPHA, count_bounds
from affectgraph.ontology.layers.antonyms import accepted_pairs
from affectgraph.ontology.layers.lattice import pattern_sets
from affectgraph.ontology.layers.links import exact_anchors, rated_points
from affectgraph.ontology.layers.schemes import label_iri
from affectgraph.ontology.reflection import is_mirrored, mirror_ratio
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.triples import concept_iri


def print_relations(graph: EmotionGraph) -> None:
    """Print how many relations there are, by what they join, evidence and grade."""
    print("relations (both directions of symmetric ones counted)")
    counts = Counter(
        (
            link.relation,
            "concepts" if link.start in graph.index.concepts else "labels",
            link.evidence or "name of a label",
            link.grade or "-",
        )
        for link in graph.index.associations
    )
    for relation, joined, evidence, grade in sorted(counts):
        count = counts[relation, joined, evidence, grade]
        print(f"  {relation:20} {joined:9} {evidence:23} {grade:9} {count:4}")
    total = Counter(link.relation for link in graph.index.associations)
    print("  total:", ", ".join(f"{name} {total[name]}" for name in RELATIONS), "\n")


def opposites() -> Iterator[tuple[str, str, str]]:
    """Yield (origin, first, second) of every pair of concepts some theory or antonym calls opposite."""
    anchors = exact_anchors()
    for row in read_table("opposites"):
        ends = (label_iri(row[f"scheme_{end}"], row[f"label_{end}"]) for end in "ab")
        for first, second in product(*(anchors[end] for end in ends)):
            unconfirmed = ", unconfirmed" if row["confidence"] == "low" else ""
            yield row["theory"] + unconfirmed, first, second
    for first, second in accepted_pairs():
        yield "wordnet-3.0", concept_iri(first), concept_iri(second)


def print_reflection() -> None:
    """Print the mirror ratio of every rated pair of opposites, and how many of each origin agree."""
    points = rated_points()
    rated = [pair for pair in opposites() if {pair[1], pair[2]} <= points.keys()]
    print("opposites whose concepts are both rated: distance to the mirror image / distance apart")
    for origin, first, second in sorted(
        rated, key=lambda pair: mirror_ratio(points[pair[1]], points[pair[2]])
    ):
        ratio = mirror_ratio(points[first], points[second])
        verdict = "mirrored" if is_mirrored(points[first], points[second]) else "not mirrored"
        names = " / ".join(iri.rpartition("affectgraph/")[2] for iri in (first, second))
        print(f"  {ratio:5.2f}  {verdict:12}  {names:45} {origin}")
    agree = Counter(o for o, a, b in rated if is_mirrored(points[a], points[b]))
    of_all, of_rated = Counter(o for o, _, _ in opposites()), Counter(o for o, _, _ in rated)
    for origin in of_all:
        print(f"  {origin}: {agree[origin]} of {of_rated[origin]} rated, {of_all[origin]} pairs")
    print()


def by_independence(pair: CoOccurrence, pairs: int) -> str:
    """Return what independence alone would say of a pair: ``more``, ``less`` or ``no more or less``."""
    lower, upper = count_bounds(pair.count, alpha=ALPHA / pairs)
    return "more" if lower > pair.expected else "less" if upper < pair.expected else "neither"


def print_corpora(graph: EmotionGraph) -> None:
    """Print the verdicts of every corpus, and its largest penalties."""
    for scheme, pairs in sorted(graph.index.cooccurrences.items()):
        alone = Counter(by_independence(pair, len(pairs)) for pair in pairs)
        both = Counter((pair.relation or "neither", pair.grade or "-") for pair in pairs)
        print(f"{scheme}: {len(pairs)} pairs of labels over {pairs[0].total} items")
        print(f"  by independence alone: {dict(sorted(alone.items()))}")
        said = ", ".join(f"{name} {grade} {n}" for (name, grade), n in sorted(both.items()))
        print(f"  by both baselines: {said}")
        for pair in graph.unlikely_pairs(scheme)[:3]:
            print(
                f"  penalty {pair.penalty:.2f}: {pair.first} with {pair.second}, {pair.count} found, "
                f"{pair.expected:.1f} and {pair.competing:.1f} expected"
            )
    print()


def print_faces() -> None:
    """Print the size of the lattice, and the confusable concepts that no unit of most patterns splits."""
    sets = pattern_sets()
    orders = Counter(standing for _, standing, _ in nestings(sets))
    asking = sum(bool(pattern.required) for pattern in sets)
    print(f"facial patterns: {len(sets)}, of which {asking} ask for a set of actions")
    print(f"  pairs nested: {orders['nested']}, pairs equal: {orders['equal']}")
    pairs = confusions(sets)
    having = len({pattern.concept for pattern in sets if pattern.is_comparable})
    print(
        f"  confusable pairs: {len(pairs)} of {having * (having - 1) // 2} between {having} concepts"
    )
    undecided = [" / ".join(pair) for pair in pairs if not deciders(sets, *pair)]
    print(f"  without a deciding unit: {len(undecided)} ({', '.join(undecided)})")


def main() -> None:
    """Print all figures."""
    print_run_info()
    graph = EmotionGraph.load()
    print_relations(graph)
    print_reflection()
    print_corpora(graph)
    print_faces()


if __name__ == "__main__":
    main()
