"""What every store must do; ``test_stores.py`` runs it on each.

A new store is finished when a subclass of :class:`StoreCompliance` with its ``store`` fixture passes.
The store must hold the packaged graph.
"""

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from affectgraph.kg import EmotionGraph, GraphStore
from affectgraph.ontology.errors import QueryError
from affectgraph.ontology.iris import AG, EMOTION, GRAPH, SKOS, XSD

PREFIXES = f"PREFIX ag: <{AG}> PREFIX emotion: <{EMOTION}> PREFIX skos: <{SKOS}> "


def table(store: GraphStore, query: str, **options: object) -> list[tuple[str | None, ...]]:
    """Return the rows of a SELECT query as text."""
    result = store.query(PREFIXES + query, **options)  # type: ignore[arg-type]
    assert isinstance(result, QuerySolutions)
    return [tuple(term.value if term else None for term in row) for row in result]


def ask(store: GraphStore, query: str, **options: object) -> bool:
    """Return the answer of an ASK query."""
    result = store.query(PREFIXES + query, **options)  # type: ignore[arg-type]
    assert isinstance(result, QueryBoolean)
    return bool(result)


class StoreCompliance:
    """Tests that hold for every store."""

    def test_store_satisfies_the_protocol_and_has_a_name(self, store: GraphStore) -> None:
        assert isinstance(store, GraphStore)
        assert store.name

    def test_select_gives_its_variables_and_rows_in_order(self, store: GraphStore) -> None:
        query = "SELECT ?label ?broader WHERE { ?s skos:prefLabel ?label ; skos:broader ?broader ; "
        result = store.query(PREFIXES + query + "ag:primary emotion:surprise } ORDER BY ?label")

        assert isinstance(result, QuerySolutions)
        assert [variable.value for variable in result.variables] == ["label", "broader"]
        assert [(row["label"].value, row["broader"]) for row in result] == [
            ("amazement", NamedNode(EMOTION + "surprise-secondary")),
            ("astonishment", NamedNode(EMOTION + "surprise-secondary")),
            ("surprise", NamedNode(EMOTION + "surprise")),
        ]

    def test_terms_keep_their_language_and_datatype(self, store: GraphStore) -> None:
        query = "SELECT ?l ?v WHERE { emotion:dread skos:prefLabel ?l ; ag:valence ?v }"
        result = store.query(PREFIXES + query)
        assert isinstance(result, QuerySolutions)

        (row,) = list(result)

        assert row["l"] == Literal("dread", language="en")
        assert row["v"] == Literal("-0.734", datatype=NamedNode(XSD + "decimal"))

    def test_unbound_variable_is_none(self, store: GraphStore) -> None:
        rows = table(
            store,
            "SELECT ?p ?t WHERE { emotion:fear skos:prefLabel ?p "
            "OPTIONAL { emotion:fear skos:broader ?t } }",
        )

        assert rows == [("fear", None)]

    def test_empty_answer_is_empty(self, store: GraphStore) -> None:
        assert table(store, "SELECT ?s WHERE { ?s skos:broader <urn:nobody> }") == []

    @pytest.mark.parametrize(("child", "expected"), [("resentment", True), ("dread", False)])
    def test_ask_answers_with_a_truth(self, store: GraphStore, child: str, expected: bool) -> None:
        query = f"ASK {{ emotion:{child} skos:broader+ emotion:anger }}"

        assert ask(store, query) is expected

    @pytest.mark.parametrize(
        "query",
        [
            "CONSTRUCT { ?s skos:broader ?o } WHERE { ?s skos:broader ?o }",
            "CONSTRUCT WHERE { ?s skos:broader ?o }",
        ],
    )
    def test_construct_gives_triples(self, store: GraphStore, query: str) -> None:
        result = store.query(PREFIXES + query)

        assert isinstance(result, QueryTriples)
        # 137 nodes, 6 of them without a parent.
        assert len({triple.subject for triple in result}) == 131

    def test_describe_gives_the_triples_of_a_resource(self, store: GraphStore) -> None:
        result = store.query(PREFIXES + "DESCRIBE emotion:dread")

        assert isinstance(result, QueryTriples)
        assert NamedNode(EMOTION + "dread") in {triple.subject for triple in result}

    def test_bindings_fill_variables_with_iris_and_literals(self, store: GraphStore) -> None:
        query = "SELECT ?s ?parent ?label WHERE { ?s skos:broader ?parent ; skos:prefLabel ?label }"

        rows = table(
            store,
            query,
            bindings={
                "parent": NamedNode(EMOTION + "rage"),
                "label": Literal("fury", language="en"),
            },
        )

        assert rows == [(EMOTION + "fury", EMOTION + "rage", "fury")]

    @pytest.mark.parametrize(("parent", "expected"), [("rage", True), ("fear", False)])
    def test_bindings_reach_ask_queries(
        self, store: GraphStore, parent: str, expected: bool
    ) -> None:
        query = "ASK { emotion:fury skos:broader ?parent }"

        assert ask(store, query, bindings={"parent": NamedNode(EMOTION + parent)}) is expected

    def test_bindings_reach_construct_queries(self, store: GraphStore) -> None:
        query = PREFIXES + "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"

        result = store.query(query, bindings={"s": NamedNode(EMOTION + "dread")})

        assert isinstance(result, QueryTriples)
        assert {triple.subject for triple in result} == {NamedNode(EMOTION + "dread")}

    def test_binding_is_a_value_and_never_text_of_the_query(self, store: GraphStore) -> None:
        query = "SELECT ?s ?n WHERE { ?s skos:notation ?n }"

        rows = table(store, query, bindings={"n": Literal('x" } DROP ALL #')})

        assert rows == []

    def test_default_graph_is_complete_without_asking_for_graphs(self, store: GraphStore) -> None:
        assert table(store, "SELECT (COUNT(?v) AS ?n) WHERE { ?v a ag:VadValue }") == [("183",)]

    def test_default_graph_can_be_one_source_of_values(self, store: GraphStore) -> None:
        counts = {
            name: table(
                store,
                "SELECT (COUNT(?v) AS ?n) WHERE { ?v a ag:VadValue }",
                default_graphs=[GRAPH + name],
            )
            for name in ("vad-glasgow", "vad-branch-mean")
        }

        assert counts == {"vad-glasgow": [("157",)], "vad-branch-mean": [("26",)]}

    def test_default_graph_can_be_the_union_of_several(self, store: GraphStore) -> None:
        rows = table(
            store,
            "SELECT (COUNT(?v) AS ?n) WHERE { ?v a ag:VadValue }",
            default_graphs=[GRAPH + "vad-glasgow", GRAPH + "vad-branch-mean"],
        )

        assert rows == [("183",)]

    def test_named_graphs_can_be_restricted(self, store: GraphStore) -> None:
        query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?v a ag:VadValue } } ORDER BY ?g"

        everything = table(store, query)
        one = table(store, query, named_graphs=[GRAPH + "vad-glasgow"])

        assert everything == [(GRAPH + "vad-branch-mean",), (GRAPH + "vad-glasgow",)]
        assert one == [(GRAPH + "vad-glasgow",)]

    def test_dataset_holds_no_more_than_it_names(self, store: GraphStore) -> None:
        everywhere = "ASK { { ?v a ag:VadValue } UNION { GRAPH ?g { ?v a ag:VadValue } } }"
        in_graphs = "{ GRAPH ?g { ?v a ag:VadValue } }"
        one = GRAPH + "vad-glasgow"

        assert ask(store, everywhere, default_graphs=[one])
        assert not ask(store, f"ASK {in_graphs}", default_graphs=[one])
        assert not ask(store, "ASK { ?v a ag:VadValue }", named_graphs=[one])
        assert not ask(store, f"ASK FROM <{one}> {in_graphs}")
        assert not ask(store, f"ASK FROM NAMED <{one}> {{ ?v a ag:VadValue }}")
        assert ask(store, f"ASK FROM NAMED <{one}> {in_graphs}")

    def test_unknown_graph_is_empty(self, store: GraphStore) -> None:
        assert not ask(store, "ASK { ?s ?p ?o }", default_graphs=["urn:nobody"])

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "SELECT",
            "SELECT ?s WHERE { ?s ?p",
            "hello",
            "SELECT ?s WHERE { ?s nope:p ?o }",
            "DELETE WHERE { ?s ?p ?o }",
            "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        ],
    )
    def test_what_is_no_query_is_a_query_error_with_its_text(
        self, store: GraphStore, query: str
    ) -> None:
        with pytest.raises(QueryError) as caught:
            store.query(query)

        assert caught.value.query == query
        assert caught.value.reason

    def test_graph_over_the_store_gives_the_same_lookups(
        self, store: GraphStore, graph: EmotionGraph
    ) -> None:
        other = EmotionGraph(store)

        assert other.version == graph.version
        assert other.emotions() == graph.emotions()
        assert other.states() == graph.states()
        assert other.vad("dread") == graph.vad("dread")
        assert other.action_units() == graph.action_units()
        assert other.index.patterns == graph.index.patterns
        assert other.schemes() == graph.schemes()
        assert other.opposites("joy") == graph.opposites("joy")
        assert other.sources() == graph.sources()
        assert other.index.cues == graph.index.cues
        assert other.index.forms == graph.index.forms

    def test_close_may_be_called_twice(self, store: GraphStore) -> None:
        store.close()
        store.close()
