"""What is read from the text of a query before it is sent to a server."""

import pytest
from pyoxigraph import Literal, NamedNode, QueryTriples, RdfFormat, Store

from affectgraph.kg.query_text import Form, read_query, with_values
from affectgraph.ontology.errors import QueryError

DATA = b"<urn:a> <urn:p> <urn:b> .\n<urn:c> <urn:p> <urn:d> ."


@pytest.fixture(scope="module")
def data() -> Store:
    store = Store()
    store.load(DATA, format=RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("select * { ?s ?p ?o }", "SELECT"),
        ("# ASK, said a comment\nASK {}", "ASK"),
        ("BASE <urn:x:> PREFIX : <urn:y:> CONSTRUCT WHERE { :a ?p ?o }", "CONSTRUCT"),
        ("PREFIX select: <urn:s:>\nDESCRIBE select:ask", "DESCRIBE"),
    ],
)
def test_form_is_the_word_behind_the_prologue(text: str, form: Form) -> None:
    assert read_query(text).form == form


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s <urn:insert> 'DELETE' } # DROP ALL",
        "PREFIX clear: <urn:c:> SELECT ?load { ?load clear:create ?drop }",
        'ASK { ?s ?p """INSERT DATA { }""" }',
        "SELECT ?s { ?s ?p 'x'@add }",
    ],
)
def test_words_of_updates_in_strings_names_and_comments_are_no_updates(text: str) -> None:
    assert read_query(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x:> DELETE WHERE { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o }; DROP ALL",
        "SELECT ?s { ?s ?p ?o } insert { ?s ?p ?o } where {}",
        "clear graph <urn:g>",
        "LOAD <http://127.0.0.1/x>",
        "CREATE GRAPH <urn:g>",
        "MOVE <urn:g> TO <urn:h>",
    ],
)
def test_update_is_refused_and_named(text: str) -> None:
    with pytest.raises(QueryError, match="got an update") as caught:
        read_query(text)

    assert caught.value.query == text


@pytest.mark.parametrize(
    "text", ["", "   ", "hello", "# SELECT", "PREFIX x: <urn:x:>", "define input:x 'y' SELECT * {}"]
)
def test_text_of_no_form_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="Expected a query that begins with SELECT, ASK"):
        read_query(text)


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p ?o", "ASK { ?s ?p ?o }}", "ASK { FILTER(1 = 1] }", "ASK { ( }"]
)
def test_brackets_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="Expected brackets in pairs"):
        read_query(text)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_code_between_strings_that_go_on_behind_a_carriage_return_is_refused(quote: str) -> None:
    hidden = f"BIND({quote}\r{quote} AS ?y) BIND(<bif:user>() AS ?x) BIND({quote}\r{quote} AS ?z)"

    with pytest.raises(QueryError, match="Expected a string that ends on its line") as caught:
        read_query(f"SELECT ?x {{ {hidden} }}")

    assert caught.value.position == (1, 18)


def test_long_string_may_have_any_line_ends() -> None:
    assert read_query("ASK { ?s ?p '''a\r\n\"b' ''' . ?s ?p '\\r' }").form == "ASK"


@pytest.mark.parametrize("text", ["ASK { ?s nope:p ?o }", "SELECT (bif:upper('a') AS ?x) {}"])
def test_prefix_that_only_some_servers_know_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"Add a line: PREFIX (nope|bif): <\.\.\.>"):
        read_query(text)


def test_blank_nodes_need_no_prefix() -> None:
    assert read_query("ASK { _:x ?p ?o }").form == "ASK"


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("ASK { ?s ?p 'FROM NAMED GRAPH' }", (False, False, False)),
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", (True, False, False)),
        ("SELECT * FROM NAMED <urn:g> { graph ?g { ?s ?p ?o } }", (True, True, True)),
    ],
)
def test_dataset_and_graphs_are_seen(text: str, dataset: tuple[bool, bool, bool]) -> None:
    found = read_query(text)

    assert (found.has_dataset, found.has_named_graphs, found.asks_graphs) == dataset


def test_select_has_its_values_at_the_end() -> None:
    text = with_values(read_query("SELECT ?s { ?s ?p ?o }"), {"s": NamedNode("urn:a")})

    assert text == "SELECT ?s { ?s ?p ?o }\nVALUES (?s) { (<urn:a>) }"


def test_no_bindings_leave_the_text_as_it_is() -> None:
    assert with_values(read_query("ASK { ?s ?p ?o }"), {}) == "ASK { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "construct where { ?s ?p ?o } LIMIT 5",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?o LIMIT 5",
        "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT ?s ?p ?o { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } VALUES ?p { <urn:p> }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { ?s ?p ?o } } # }",
    ],
)
def test_binding_restricts_a_graph_of_any_shape(text: str, data: Store) -> None:
    found = data.query(with_values(read_query(text), {"s": NamedNode("urn:a")}))

    assert isinstance(found, QueryTriples)
    assert [str(triple) for triple in found] == ["<urn:a> <urn:p> <urn:b>"]


@pytest.mark.parametrize(("subject", "truth"), [("urn:a", True), ("urn:b", False)])
def test_binding_restricts_the_truth(subject: str, truth: bool, data: Store) -> None:
    text = with_values(read_query("ASK { ?s ?p ?o }"), {"s": NamedNode(subject)})

    assert bool(data.query(text)) is truth


def test_value_cannot_leave_its_place(data: Store) -> None:
    text = with_values(read_query("ASK { ?s ?p ?o }"), {"o": Literal('x" } DROP ALL #')})

    assert not data.query(text)


def test_binding_without_a_group_is_refused() -> None:
    with pytest.raises(QueryError, match="a group"):
        with_values(read_query("DESCRIBE <urn:a>"), {"s": NamedNode("urn:a")})
