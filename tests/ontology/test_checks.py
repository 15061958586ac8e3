"""The named queries: every rule holds on the packaged graph, and fails on a copy broken on purpose."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import pairwise
from tempfile import TemporaryDirectory

import pytest
from pyoxigraph import NamedNode, Quad, Store

from affectgraph.kg.store import GraphStore, OxigraphStore
from affectgraph.ontology import graph_checks
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.graph_checks import (
    CheckFailure,
    rule_query,
    rule_text,
    rules,
    run_check,
    run_checks,
)
from affectgraph.ontology.iris import LEX, PREFIXES

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())

BREAKS: dict[str, tuple[str, str]] = {
    # rule: (SPARQL update that breaks the graph, a name the failure must then hold)
    "alignment-owl": (
        "INSERT DATA { ag:Shame owl:equivalentClass <http://purl.obolibrary.org/obo/MFOEM_000055> }",
        "MFOEM_000055",
    ),
    "association-derived": (
        """INSERT DATA { <urn:a> a ag:Association ; ag:associationFrom emotion:zest ;
             ag:associationRelation ag:oppositeOf ; ag:associationTo emotion:gloom ;
             ag:derivedBy "a guess" ; dct:source source:plutchik-1980 }""",
        "urn:a",
    ),
    "association-grade": (
        """DELETE WHERE {
             <https://w3id.org/affectgraph/association/leads-to/mclaughlin-2007/worry/anxiety>
               ag:claim ?claim }""",
        "leads-to/mclaughlin-2007/worry/anxiety",
    ),
    "association-source": (
        "INSERT DATA { emotion:zest ag:oppositeOf emotion:gloom }",
        "emotion/gloom",
    ),
    "association-symmetry": (
        "DELETE DATA { emotion:anxiety ag:followsFrom emotion:worry }",
        "emotion/worry",
    ),
    "association-triple": (
        "DELETE DATA { emotion:joy ag:oppositeOf emotion:sadness }",
        "opposite/plutchik-1980/emotion-joy/emotion-sadness",
    ),
    "class-cycle": (
        "INSERT DATA { prov:Entity rdfs:subClassOf ag:Source }",
        "prov#Entity",
    ),
    "class-linked": (
        "INSERT DATA { ag:Nobody a owl:Class }",
        "ontology#Nobody",
    ),
    "class-same": (
        "INSERT DATA { emotion:joy owl:sameAs emotion:glee }",
        "emotion/glee",
    ),
    "concept-class": ("INSERT DATA { emotion:dread a owl:Class }", "emotion/dread"),
    "concept-definition": (
        "DELETE WHERE { state:trust skos:definition ?text }",
        "state/trust",
    ),
    "concept-label": (
        'INSERT DATA { emotion:dread skos:prefLabel "trust"@en }',
        "emotion/dread",
    ),
    "cooccurrence-penalty": (
        """INSERT DATA {
             <https://w3id.org/affectgraph/association/co-occurrence/xed/joy/trust> ag:penalty 0.5 }""",
        "co-occurrence/xed/joy/trust",
    ),
    "dataset-counts": (
        "INSERT DATA { emotion:dread skos:scopeNote 'one triple more'@en }",
        "affectgraph/dataset",
    ),
    "definition-circular": (
        """INSERT { emotion:dread skos:definition "The dread of what may come."@en } WHERE {}""",
        "emotion/dread",
    ),
    "definition-repeat": (
        """INSERT { emotion:dread skos:definition ?text } WHERE { emotion:worry skos:definition ?text }""",
        "emotion/worry",
    ),
    "deprecated-term": (
        "INSERT DATA { emotion:dread owl:deprecated true }",
        "emotion/dread",
    ),
    "domain-missing": (
        "DELETE DATA { ag:share rdfs:domain ag:BaseRate }",
        "ontology#share",
    ),
    "entry-counts": ("DELETE WHERE { ?e ag:entryLabel 'dread'@en ; ?p ?o }", "tertiaryTier"),
    "entry-cover": ("DELETE WHERE { ?e ag:denotesConcept emotion:dread }", "emotion/dread"),
    "entry-repeat": (
        """DELETE { ?e ag:listedUnder emotion:torment } INSERT { ?e ag:listedUnder emotion:zest }
           WHERE { ?e ag:denotesConcept emotion:torment ; ag:listedUnder emotion:torment }""",
        "emotion/torment",
    ),
    "fact-provenance": (
        "DELETE WHERE { cue:raised-eyebrows dct:source ?source }",
        "cue/raised-eyebrows",
    ),
    "functional-value": (
        "INSERT DATA { emotion:dread ag:primary emotion:anger }",
        "emotion/dread",
    ),
    "header": (
        "DELETE WHERE { ?ontology a owl:Ontology ; dct:license ?licence }",
        "terms/license",
    ),
    "intensity-bands": (
        """DELETE { ?grade ag:openFaceMaximum ?end } INSERT { ?grade ag:openFaceMaximum 2.4 }
           WHERE { ?grade skos:notation "B" ; ag:openFaceMaximum ?end }""",
        "ontology#intensityB",
    ),
    "inverse-both": (
        "DELETE WHERE { emotion:dread ag:hasVad ?value }",
        "vad/glasgow/dread",
    ),
    "inverse-missing": (
        "DELETE DATA { ag:expresses owl:inverseOf ag:hasPattern }",
        "ontology#hasPattern",
    ),
    "iri-dangling": (
        "INSERT DATA { emotion:dread skos:related emotion:doom }",
        "emotion/doom",
    ),
    "iri-form": (
        "INSERT DATA { <https://w3id.org/affectgraph/emotion/d%C3%A9pit> a skos:Concept }",
        "emotion/d%C3%A9pit",
    ),
    "label-disjoint": (
        "INSERT DATA { emotion:dread skos:altLabel 'dread'@en }",
        "emotion/dread",
    ),
    "label-fallback": (
        """INSERT { ?label ag:fallbackPrimary emotion:horror }
           WHERE { ?label skos:prefLabel "neutral"@en ; skos:inScheme scheme:goemotions }""",
        "goemotions/neutral",
    ),
    "label-home": (
        """DELETE { ?label ag:hasHome true } INSERT { ?label ag:hasHome false }
           WHERE { ?label ag:anchoredTo state:trust ; skos:inScheme scheme:plutchik-8 }""",
        "plutchik-8/trust",
    ),
    "mapping-conflict": (
        "INSERT DATA { emotion:shame skos:broadMatch <http://globalwordnet.org/ili/i76196> }",
        "ili/i76196",
    ),
    "mapping-source": (
        "INSERT DATA { emotion:shame skos:closeMatch <http://globalwordnet.org/ili/i76265> }",
        "ili/i76265",
    ),
    "mapping-term": (
        """DELETE { ?m ag:mappedTerm ?t } INSERT { ?m ag:mappedTerm <http://globalwordnet.org/ili/76196> }
           WHERE { ?m ag:mappedConcept emotion:shame ; ag:termResource "cili" ; ag:mappedTerm ?t }""",
        "ili/76196",
    ),
    "mapping-triple": (
        """INSERT DATA {
             emotion:irritation skos:closeMatch <http://globalwordnet.org/ili/i76265> }""",
        "mapping/cili/irritation/i76265",
    ),
    "label-language": (
        "INSERT DATA { emotion:dread skos:altLabel 'foreboding' }",
        "foreboding",
    ),
    "label-shared": (
        "INSERT DATA { ag:Source rdfs:label 'tier'@en }",
        "ontology#Tier",
    ),
    "label-single": (
        "INSERT DATA { emotion:dread skos:prefLabel 'doom'@en }",
        "emotion/dread",
    ),
    "literal-form": (
        "INSERT DATA { emotion:dread ag:valence 'low'^^xsd:decimal }",
        "low",
    ),
    "literal-space": (
        "INSERT DATA { emotion:dread skos:altLabel 'grim  dread'@en }",
        "grim  dread",
    ),
    "match-conflict": (
        """INSERT { ?label skos:closeMatch state:admiration }
           WHERE { ?label skos:exactMatch state:admiration ; skos:inScheme scheme:goemotions }""",
        "goemotions/admiration",
    ),
    "match-inverse": (
        "DELETE WHERE { ?label skos:exactMatch emotion:fear . ?label a ag:SchemeLabel }",
        "emotion/fear",
    ),
    "observation-apart": (
        "INSERT DATA { <urn:o> a ag:Observation ; ag:hasEpisode <urn:e> }",
        "ontology#hasEpisode",
    ),
    "opposite-branch": (
        "INSERT DATA { emotion:rage ag:oppositeOf emotion:anger }",
        "emotion/rage",
    ),
    "opposite-mirrored": (
        """DELETE { ?value ag:valence ?old } INSERT { ?value ag:valence 0.1 }
           WHERE { ?value ag:ofConcept emotion:sorrow ; ag:valence ?old }""",
        "antonym/wordnet-3.0/joy/sorrow",
    ),
    "opposite-symmetry": (
        "DELETE DATA { emotion:joy ag:oppositeOf emotion:sadness }",
        "emotion/joy",
    ),
    "pattern-content": (
        "DELETE WHERE { pattern:emfacs-happiness-proto-1 ag:requiredGroup ?group }",
        "emfacs-happiness-proto-1",
    ),
    "pattern-contradiction": (
        "INSERT DATA { pattern:emfacs-happiness-proto-1 ag:excludedUnit au:AU12 }",
        "au/AU12",
    ),
    "pattern-order": (
        "DELETE DATA { pattern:emfacs-fear-proto-1 ag:requiredUnit au:AU26 }",
        "emfacs-surprise-proto-1",
    ),
    "pattern-shortcut": (
        "DELETE DATA { pattern:emfacs-happiness-proto-1 ag:requiredUnit au:AU12 }",
        "au/AU12",
    ),
    "pattern-target": (
        "INSERT DATA { pattern:emfacs-happiness-proto-1 ag:blendComponent emotion:fear }",
        "emfacs-happiness-proto-1",
    ),
    "pattern-unit": (
        "INSERT DATA { pattern:emfacs-happiness-proto-1 ag:optionalUnit au:AU999 }",
        "au/AU999",
    ),
    "range-missing": (
        "DELETE DATA { ag:tier rdfs:range ag:Tier }",
        "ontology#tier",
    ),
    "related-tree": (
        "INSERT DATA { emotion:dread skos:related emotion:fear . emotion:fear skos:related emotion:dread }",
        "emotion/dread",
    ),
    "schema-declared": ("INSERT DATA { emotion:dread ag:colour 'grey' }", "ontology#colour"),
    "schema-range": (
        'INSERT DATA { emotion:dread dct:date "2026-11-21"^^xsd:date }',
        "2026-11-21",
    ),
    "schema-used": (
        "DELETE WHERE { ?pattern ag:patternRule ?text }",
        "ontology#patternRule",
    ),
    "scheme-count": (
        """DELETE { ?label ag:position 3 } INSERT { ?label ag:position 4 }
           WHERE { ?label skos:inScheme scheme:ekman-6 ; ag:position 3 }""",
        "scheme/ekman-6",
    ),
    "scheme-top": (
        "DELETE DATA { scheme:parrott skos:hasTopConcept emotion:anger }",
        "emotion/anger",
    ),
    "self-reference": (
        "INSERT DATA { emotion:dread skos:related emotion:dread }",
        "emotion/dread",
    ),
    "source-known": (
        "INSERT DATA { emotion:dread dct:source source:hearsay }",
        "source/hearsay",
    ),
    "source-used": (
        "INSERT DATA { source:hearsay a ag:Source }",
        "source/hearsay",
    ),
    "term-annotated": (
        "DELETE WHERE { ag:Dread rdfs:comment ?comment }",
        "ontology#Dread",
    ),
    "term-borrowed": (
        "INSERT DATA { emotion:dread <http://xmlns.com/foaf/0.1/name> 'dread' }",
        "foaf/0.1/name",
    ),
    "term-domain": (
        "INSERT DATA { emotion:dread ag:ratedWord vad:glasgow\\/word\\/dread }",
        "emotion/dread",
    ),
    "term-range": (
        "INSERT DATA { emotion:dread ag:hasVad emotion:worry }",
        "emotion/worry",
    ),
    "tree-closure": (
        "DELETE DATA { emotion:resentment skos:broaderTransitive emotion:anger }",
        "emotion/resentment",
    ),
    "tree-counts": ("DELETE DATA { emotion:dread ag:tier ag:tertiaryTier }", "tertiaryTier"),
    "tree-narrower": (
        "DELETE DATA { emotion:rage skos:narrower emotion:resentment }",
        "emotion/resentment",
    ),
    "tree-next-tier": (
        """DELETE DATA { emotion:resentment skos:broader emotion:rage } ;
           INSERT DATA { emotion:resentment skos:broader emotion:anger }""",
        "emotion/resentment",
    ),
    "tree-one-parent": (
        "INSERT DATA { emotion:resentment skos:broader emotion:envy }",
        "emotion/resentment",
    ),
    "tree-one-primary": (
        "INSERT DATA { emotion:resentment skos:broader emotion:horror }",
        "emotion/fear",
    ),
    "vad-concept-word": (
        """DELETE { ?word ag:arousal ?old } INSERT { ?word ag:arousal 0.999 }
           WHERE { vad:glasgow\\/dread ag:ratedWord ?word . ?word ag:arousal ?old }""",
        "vad/glasgow/dread",
    ),
    "vad-cover": ("DELETE WHERE { emotion:dread ag:hasVad ?value }", "emotion/dread"),
    "vad-derived": (
        "DELETE { ?value ag:derivedBy ?method } WHERE { ?value ag:derivedBy ?method }",
        "vad/branch-mean/joviality",
    ),
    "vad-further": (
        "DELETE WHERE { graph:vad-glasgow-adjusted ag:derivedBy ?method }",
        "vad/glasgow-adjusted/dread",
    ),
    "vad-range": (
        """DELETE { ?value ag:valence ?old } INSERT { ?value ag:valence 1.5 }
           WHERE { ?value ag:ofConcept emotion:dread ; ag:valence ?old }""",
        "vad/glasgow/dread",
    ),
    "vad-shortcut": (
        "DELETE WHERE { emotion:dread ag:arousal ?number }",
        "emotion/dread",
    ),
    "vad-source": (
        "DELETE WHERE { ?value ag:ofConcept emotion:dread ; dct:source ?source }",
        "vad/glasgow/dread",
    ),
    "vad-word-link": (
        "DELETE DATA { lex:fearfully-adv ag:hasFurtherVad vad:estimated\\/fearfully }",
        "vad/estimated/fearfully",
    ),
    "word-counts": (
        'INSERT DATA { lex:fearful-adj rdfs:label "full of fear"@en }',
        "lex/fearful-adj",
    ),
    "word-sense": (
        "DELETE WHERE { lex:fearful-adj\\/form ontolex:writtenRep ?form }",
        "lex/fearful-adj",
    ),
    "word-values": (
        """DELETE { ?sense ag:strength ?right } INSERT { ?sense ag:strength 1.5 }
           WHERE { ?sense ag:strength ?right ; ontolex:isSenseOf lex:fearful-adj }""",
        "lex/fearful-adj",
    ),
}


ABOUT_ALL_WORDS = {
    *("class-linked", "dataset-counts", "domain-missing", "range-missing", "schema-used"),
    *("term-domain", "vad-further", "vad-word-link"),
}
"""Rules that need the words to hold."""


@pytest.fixture(scope="module")
def quads(core: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(str(tmp_path_factory.mktemp("graph") / "store"))
    store.bulk_extend(core)
    store.flush()
    return store


@pytest.fixture(scope="module")
def few_words(core: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The graph with the words of one entry only: as good to break, and quick to ask."""
    small = Store(str(tmp_path_factory.mktemp("small") / "store"))
    small.bulk_extend(q for q in core if not is_of_another_word(q))
    small.flush()
    return small


def is_of_another_word(quad: Quad) -> bool:
    ends = (term.value for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
    return any(end.startswith(LEX) and not end.startswith(f"{LEX}fearful-adj") for end in ends)


@pytest.fixture
def broken() -> Iterator[Callable[[Store, str], Store]]:
    """Makes a changed copy of a store on disk: a checkpoint, which costs little at any size."""
    with TemporaryDirectory(prefix="affectgraph-", ignore_cleanup_errors=True) as folder:

        def change(quads: Store, update: str) -> Store:
            quads.backup(f"{folder}/copy")
            copy = Store(f"{folder}/copy")
            copy.update(HEAD + update)
            return copy

        yield change


@pytest.mark.parametrize("rule", rules())
def test_rule_holds_on_the_packaged_graph(rule: str, store: GraphStore) -> None:
    failure = run_check(store, rule)

    assert failure is None, str(failure)


@pytest.mark.parametrize("rule", rules())
def test_rule_fails_on_a_graph_broken_on_purpose(
    rule: str, quads: Store, few_words: Store, broken: Callable[[Store, str], Store]
) -> None:
    update, name = BREAKS[rule]
    whole = quads if rule in ABOUT_ALL_WORDS else few_words
    assert run_check(whole, rule) is None

    failure = run_check(broken(whole, update), rule)

    assert failure is not None
    assert failure.rule == rule
    assert any(name in value for row in failure.rows for value in row.values()), str(failure)


def test_every_rule_is_shown_to_fail() -> None:
    assert sorted(BREAKS) == list(rules())


@pytest.mark.slow
def test_all_rules_together_name_only_what_one_wrong_triple_breaks(
    quads: Store, broken: Callable[[Store, str], Store]
) -> None:
    copy = broken(quads, "DELETE DATA { emotion:rage skos:narrower emotion:resentment }")

    failures = run_checks(copy)

    # One triple less is also one less than the graph says it has.
    assert [failure.rule for failure in failures] == ["dataset-counts", "tree-narrower"]
    assert failures[1].rows == (
        {
            "child": "https://w3id.org/affectgraph/emotion/resentment",
            "parent": "https://w3id.org/affectgraph/emotion/rage",
            "missing": "http://www.w3.org/2004/02/skos/core#narrower",
        },
    )


@pytest.mark.slow
def test_no_rule_fails_on_the_graph_as_built(quads: Store) -> None:
    assert run_checks(quads) == []


@pytest.mark.slow
def test_cycle_in_the_tree_is_found_and_ends(
    quads: Store, broken: Callable[[Store, str], Store]
) -> None:
    copy = broken(quads, "INSERT DATA { emotion:anger skos:broader emotion:rage }")

    failed = {failure.rule for failure in run_checks(copy)}

    assert {"tree-one-parent", "tree-next-tier", "tree-narrower", "tree-closure"} <= failed


def test_empty_store_fails_the_counts_and_the_header_and_only_them() -> None:
    failed = {failure.rule for failure in run_checks(Store())}

    assert failed == {"entry-counts", "header", "tree-counts"}


def test_value_that_stands_only_in_a_named_graph_is_found(
    quads: Store, broken: Callable[[Store, str], Store]
) -> None:
    update = """INSERT DATA { GRAPH graph:vad-glasgow { vad:glasgow\\/dread ag:valence 0.9 } }"""

    failure = run_check(broken(quads, update), "vad-source")

    assert failure is not None
    assert [row["fault"] for row in failure.rows] == ["only in a graph"]


def test_double_instead_of_a_decimal_is_found(
    quads: Store, broken: Callable[[Store, str], Store]
) -> None:
    failure = run_check(broken(quads, "INSERT DATA { au:AU1 ag:share 5e-1 }"), "schema-range")

    assert failure is not None
    assert [row["property"] for row in failure.rows] == [PREFIXES["ag"] + "share"]


def test_failure_says_the_rule_and_what_breaks_it() -> None:
    failure = CheckFailure("a-rule", "All is well.", ({"a": "1", "b": "2"},))

    assert str(failure) == "a-rule: All is well. 1 violations:\n  a = 1, b = 2"


def test_stores_of_both_layers_can_be_checked(quads: Store) -> None:
    assert run_check(quads, "tree-counts") is None
    assert run_check(OxigraphStore(quads), "tree-counts") is None


@pytest.mark.parametrize("rule", ["", "no-such-rule", "../rows", "tree-counts-violation"])
def test_unknown_rule_is_refused_with_the_known_ones(rule: str) -> None:
    with pytest.raises(InputError, match="tree-counts"):
        run_check(Store(), rule)


def test_query_that_is_no_select_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_checks, "rule_query", lambda rule: "ASK {}")

    with pytest.raises(TypeError, match="to be a SELECT query"):
        run_check(Store(), "tree-counts")


@pytest.mark.parametrize("rule", rules())
def test_query_says_its_rule_its_variables_and_its_order(rule: str) -> None:
    header = [line for line in rule_query(rule).splitlines() if line.startswith("# ")]
    variables = re.search(r"^SELECT (?:DISTINCT )?(.+) WHERE \{$", rule_query(rule), re.MULTILINE)

    assert rule_text(rule).endswith(".")
    assert variables is not None
    named = re.findall(
        r"\?\w+", re.sub(r"\((?:[^()]|\([^()]*\))+ AS (\?\w+)\)", r"\1", variables[1])
    )
    assert [name for name in named if name not in " ".join(header)] == []
    assert "Ordered by" in " ".join(header)
    assert "ORDER BY" in rule_query(rule)


def test_folder_holds_queries_only_and_more_than_fifteen() -> None:
    names = [entry.name for entry in files("affectgraph.ontology.checks").iterdir()]

    assert [name for name in names if not re.fullmatch(r"[a-z-]+-violation\.rq", name)] == []
    assert len(rules()) >= 15
    assert all(first < second for first, second in pairwise(rules()))
