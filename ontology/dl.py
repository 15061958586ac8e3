"""The description-logic layer: classes of emotion episodes, states and facial displays.

Its own file, for OWL reasoners only. Disjointness holds between the six primary *episode* classes
and nowhere else: a mixed feeling is one observation with two episodes. Pattern classes mean "shows
these actions", never "is fear"; their subsumptions say which published patterns contain which.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, count

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from affectgraph.ontology.au_grammar import Group
from affectgraph.ontology.iris import AG, BASE, DCT, OWL, PATTERN, RDF, RDFS, SKOS, XSD
from affectgraph.ontology.layers.faces import actions_of, unit_codes
from affectgraph.ontology.layers.tree import episode_label, tree_nodes, words
from affectgraph.ontology.rows import read_table
from affectgraph.ontology.triples import A, Object, class_iri, concept_iri, decimal, describe, text
from affectgraph.ontology.version import VERSION

DL_ONTOLOGY = BASE + "ontology/dl"

EPISODE = AG + "EmotionEpisode"
STATE = AG + "AffectiveState"
OBSERVATION = AG + "Observation"
DISPLAY = AG + "FacialDisplay"
ACTION = AG + "FacialAction"
AGENT = AG + "Agent"
CAUSE = AG + "EmotionCause"
RATING = AG + "DimensionRating"


class _Axioms:
    """Collects the triples of a file; blank nodes are numbered in the order they are made."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self._numbers = count(1)

    def add(self, subject: str | BlankNode, pairs: Iterable[tuple[str, Object]]) -> None:
        self.quads.extend(describe(subject, pairs))

    def blank(self, pairs: Iterable[tuple[str, Object]]) -> BlankNode:
        node = BlankNode(f"b{next(self._numbers):05d}")
        self.add(node, pairs)
        return node

    def list_of(self, items: Iterable[Object]) -> Object:
        head: Object = RDF + "nil"
        for item in reversed(list(items)):
            head = self.blank([(RDF + "first", item), (RDF + "rest", head)])
        return head

    def some(self, role: str, filler: Object) -> BlankNode:
        return self.blank(
            [(A, OWL + "Restriction"), (OWL + "onProperty", role), (OWL + "someValuesFrom", filler)]
        )

    def combine(self, operator: str, members: Iterable[Object]) -> BlankNode:
        return self.blank([(A, OWL + "Class"), (OWL + operator, self.list_of(members))])

    def disjoint(self, members: Iterable[str]) -> None:
        """Say so pair by pair: some readers drop ``owl:AllDisjointClasses`` without a word.

        horned-owl (github.com/phillord/horned-owl/pull/289) and Jena's rules
        (github.com/apache/jena/issues/2151) do, and both take ``owl:disjointWith``.
        """
        for first, second in combinations(members, 2):
            self.add(first, [(OWL + "disjointWith", second)])

    def subclass(self, name: str, parent: Object, label: str) -> None:
        self.add(
            name, [(A, OWL + "Class"), (RDFS + "subClassOf", parent), (RDFS + "label", text(label))]
        )


def dl_quads() -> list[Quad]:
    """Return the layer's triples; the same list on every call."""
    axioms = _Axioms()
    _header(axioms)
    _frame(axioms)
    _episodes(axioms)
    _states(axioms)
    _displays(axioms)
    return axioms.quads


def _header(axioms: _Axioms) -> None:
    axioms.add(
        DL_ONTOLOGY,
        [
            (A, OWL + "Ontology"),
            (OWL + "versionIRI", f"{DL_ONTOLOGY}/{VERSION}"),
            (DCT + "title", text("AffectGraph, description-logic layer")),
            (DCT + "license", "https://creativecommons.org/licenses/by/4.0/"),
        ],
    )
    for annotation in (DCT + "title", DCT + "license", SKOS + "prefLabel", SKOS + "exactMatch"):
        axioms.add(annotation, [(A, OWL + "AnnotationProperty")])


def _frame(axioms: _Axioms) -> None:
    roots = {
        EPISODE: "An emotion somebody goes through once, of one primary kind.",
        STATE: "An affective state that is no emotion of the tree.",
        OBSERVATION: "A reading of a text, voice or face; it may hold several episodes.",
        DISPLAY: "What a face shows at one time.",
        ACTION: "One facial action of a display.",
        AGENT: "Somebody who has episodes.",
        CAUSE: "What brought an episode about, and where the item says so.",
        RATING: "How an episode stands on one dimension, appraisal or tendency.",
    }
    for iri, comment in roots.items():
        axioms.add(iri, [(A, OWL + "Class"), (RDFS + "comment", text(comment))])
    axioms.disjoint(sorted(roots))
    _role(axioms, "hasEpisode", OBSERVATION, EPISODE)
    _role(axioms, "hasState", OBSERVATION, STATE)
    _role(axioms, "hasDisplay", OBSERVATION, DISPLAY)
    _role(axioms, "showsAction", DISPLAY, ACTION)
    felt = axioms.combine("unionOf", [EPISODE, STATE])
    _role(axioms, "experiencedBy", felt, AGENT, functional=True)
    _role(axioms, "hasCause", felt, CAUSE)
    _role(axioms, "hasRating", felt, RATING)
    for name in ("episodeValence", "episodeArousal", "episodeDominance"):
        _measure(axioms, name, felt, low=-1)
    _measure(axioms, "episodeIntensity", felt, low=0)
    _measure(axioms, "degree", RATING, low=0)
    _mixed(axioms)


def _measure(axioms: _Axioms, name: str, domain: Object, *, low: int) -> None:
    """Declare a decimal of which a thing has one, from ``low`` to 1."""
    axioms.add(
        AG + name,
        [
            (A, OWL + "DatatypeProperty"),
            (A, OWL + "FunctionalProperty"),
            (RDFS + "domain", domain),
            (RDFS + "range", _up_to_one(axioms, low)),
        ],
    )


def _role(
    axioms: _Axioms, name: str, domain: Object, range_: str, *, functional: bool = False
) -> None:
    pairs: list[tuple[str, Object]] = [
        (A, OWL + "ObjectProperty"),
        (RDFS + "domain", domain),
        (RDFS + "range", range_),
    ]
    if functional:
        pairs.append((A, OWL + "FunctionalProperty"))
    axioms.add(AG + name, pairs)


def _up_to_one(axioms: _Axioms, low: int) -> BlankNode:
    facets = [
        axioms.blank([(XSD + "minInclusive", decimal(low))]),
        axioms.blank([(XSD + "maxInclusive", decimal(1))]),
    ]
    return axioms.blank(
        [
            (A, RDFS + "Datatype"),
            (OWL + "onDatatype", XSD + "decimal"),
            (OWL + "withRestrictions", axioms.list_of(facets)),
        ]
    )


def _mixed(axioms: _Axioms) -> None:
    several = axioms.blank(
        [
            (A, OWL + "Restriction"),
            (OWL + "onProperty", AG + "hasEpisode"),
            (
                OWL + "minCardinality",
                Literal("2", datatype=NamedNode(XSD + "nonNegativeInteger")),
            ),
        ]
    )
    mixed = axioms.combine("intersectionOf", [OBSERVATION, several])
    axioms.add(
        AG + "MixedObservation",
        [
            (A, OWL + "Class"),
            (OWL + "equivalentClass", mixed),
            (RDFS + "comment", text("An observation of mixed feelings: two episodes or more.")),
        ],
    )


def _episodes(axioms: _Axioms) -> None:
    nodes = tree_nodes()
    for node in nodes.values():
        parent = EPISODE if node.parent is None else class_iri(node.parent)
        axioms.subclass(class_iri(node.slug), parent, episode_label(node))
        axioms.add(class_iri(node.slug), [(RDFS + "seeAlso", concept_iri(node.slug))])
    axioms.disjoint(class_iri(node.slug) for node in nodes.values() if node.tier == "primary")


def _states(axioms: _Axioms) -> None:
    rows = read_table("states")
    for branch in sorted({row["branch"] for row in rows}):
        axioms.subclass(AG + branch, STATE, f"{words(branch)} (branch of states)")
    for row in rows:
        name = f"state/{row['state']}"
        axioms.subclass(class_iri(name), AG + row["branch"], f"{row['label']} (state)")
        axioms.add(class_iri(name), [(RDFS + "seeAlso", concept_iri(name))])


def action_class(code: str) -> str:
    """Return the class of facial actions that a FACS code names."""
    return f"{AG}{code}Action"


def _displays(axioms: _Axioms) -> None:
    codes = unit_codes()
    for row in read_table("action_units"):
        axioms.subclass(action_class(row["code"]), ACTION, f"{row['code']} {row['name']}")
    for row in read_table("au_patterns"):
        groups = actions_of(row, "required", codes)
        if groups:
            shown = [_shows(axioms, group, codes) for group in groups]
            definition = axioms.combine("intersectionOf", [DISPLAY, *shown])
            axioms.add(
                AG + "Shows-" + row["pattern"],
                [
                    (A, OWL + "Class"),
                    (OWL + "equivalentClass", definition),
                    (RDFS + "label", text(f"display of {row['pattern']}")),
                    (RDFS + "seeAlso", PATTERN + row["pattern"]),
                ],
            )


def _shows(axioms: _Axioms, group: Group, codes: dict[str, str]) -> BlankNode:
    fillers = sorted({action_class(codes[term.number]) for term in group})
    if len(fillers) == 1:
        return axioms.some(AG + "showsAction", fillers[0])
    return axioms.some(AG + "showsAction", axioms.combine("unionOf", fillers))


def dl_triples() -> Iterator[Triple]:
    """Yield the layer as triples."""
    return (quad.triple for quad in dl_quads())
