"""What an update can change is read from its text, where it is certain; what it did is seen in the store."""

import json
import random
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from affectgraph.api.update_evaluation import Guarded, guard, updated
from affectgraph.api.update_targets import targets_of
from affectgraph.api.user_frames import load_quads
from affectgraph.kg.user_names import CATALOGUE
from affectgraph.ontology.errors import QueryError

OURS = "https://w3id.org/affectgraph/graph/vad-glasgow"
"""A graph of the project."""
PACKAGED = f"<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> <urn:o> <{OURS}> .\n"
USERS = f"""
<urn:s> <urn:p> "g" <urn:g> .
<urn:s> <urn:p> "h" <urn:h> .
<{CATALOGUE}> <urn:p> "entry" <{CATALOGUE}> .
"""


@pytest.fixture
def engine() -> Store:
    """A store as the template of workers has it, before users' graphs are put into it."""
    store = Store()
    store.extend(parse(PACKAGED, format=RdfFormat.N_QUADS))
    return store


@pytest.fixture
def guarded(engine: Store) -> Guarded:
    """What is guarded of the store, which has users' graphs from now on."""
    found = guard(engine)
    load_quads(engine, USERS.encode())
    return found


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { GRAPH <urn:g> { <urn:s> a <urn:T> ; <urn:p> 1 , true . } }", {"urn:g"}),
        ("insert data { graph <urn:g> {} . graph <urn:h> { [] <urn:p> (1) } }", {"urn:g", "urn:h"}),
        ("DELETE DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'x'@en } }", {"urn:g"}),
        ("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }", {"urn:g"}),
        ("WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", {"urn:g"}),
        ("WITH <urn:g> INSERT { GRAPH <urn:h> { ?s ?p 1 } ?s ?p 2 } WHERE {}", {"urn:g", "urn:h"}),
        (
            "PREFIX u: <urn:> INSERT { GRAPH <urn:g> { u:s u:p ?o } } USING u:a USING NAMED <urn:b> "
            "WHERE { GRAPH ?g { ?s ?p ?o FILTER (?o < 3 && ?o > 1) } { SELECT * { ?a ?b ?c } } }",
            {"urn:g"},
        ),
        ("CREATE SILENT GRAPH <urn:g> ; DROP GRAPH <urn:h>;\nCLEAR GRAPH <urn:i> ;", None),
        ("COPY DEFAULT TO <urn:g>", {"urn:g"}),
        ("ADD SILENT GRAPH <https://w3id.org/affectgraph/graph/x> TO GRAPH <urn:g>", {"urn:g"}),
        ("MOVE <urn:g> TO <urn:h>", {"urn:g", "urn:h"}),
        ("", set()),
        ("# nothing\n", set()),
    ],
)
def test_targets_that_are_iris_are_read(update: str, graphs: set[str] | None) -> None:
    found = targets_of(update)
    assert found is not None
    assert found.graphs == ({"urn:g", "urn:h", "urn:i"} if graphs is None else graphs)


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL",
        "CLEAR NAMED",
        "CLEAR DEFAULT",
        "DROP SILENT DEFAULT",
        "COPY <urn:g> TO DEFAULT",
        "MOVE DEFAULT TO <urn:g>",
        "LOAD <urn:x> INTO GRAPH <urn:g>",
        "INSERT DATA { <urn:s> <urn:p> 1 }",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } <urn:s> <urn:p> 1 }",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { GRAPH <urn:g> { ?s ?p ?o } }",
        "PREFIX u: <urn:> INSERT DATA { GRAPH u:g { <urn:s> <urn:p> 1 } }",
        "INSERT DATA { GRAPH <g> { <urn:s> <urn:p> 1 } }",
        "BASE <urn:x> INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }",
        f"INSERT DATA {{ GRAPH <{OURS}> {{ <urn:s> <urn:p> 1 }} }}",
        f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ <urn:s> <urn:p> 1 }} }}",
        f"MOVE <{OURS}> TO <urn:g>",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> } }",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 {| <urn:q> 2 |} } }",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'it\\u0027s' } }",
        "\\u0044ROP ALL",
        "INSERT { GRAPH <urn:g> { ?s ?p 1 } } WHERE { ?s ?p ?o FILTER (?o<urn:a'''>?o) }",
        "CREATE GRAPH <urn:g>\N{NO-BREAK SPACE}",
        "CREATE GRAPH <urn:g> DROP GRAPH <urn:h>",
        "SELECT * { ?s ?p ?o }",
        "WITH <urn:g> DELETE WHERE { ?s ?p ?o }",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 'a } }",
        "INSERT DATA { GRAPH <urn:g> {",
    ],
)
def test_text_that_does_not_say_for_certain_is_given_up_on(update: str) -> None:
    assert targets_of(update) is None


# --- attacks: what the text hides is not done, or is seen --------------------------------------------

HIDDEN = "; INSERT DATA { <urn:x> <urn:x> <urn:x> } ;"
BEGIN = "PREFIX urn: <urn:> INSERT { GRAPH <urn:g> { ?s ?p 1 } } WHERE { ?s ?p ?o FILTER "
"""Whoever cuts what follows otherwise than the engine takes this for all of the update."""
CUT_OTHERWISE = {
    # Compared with urn:a, and then a comment; for others an IRI, and then a string.
    "comment": f"{BEGIN} (?o<urn:a#>'''\n) }} {HIDDEN} #''')}}",
    # Compared with ?p, and then a string, code and a comment; for others an IRI, and then a string.
    "quotes": f"{BEGIN} (?o<?p&&'''>''' ) }} {HIDDEN} #''')}}",
    # Compared with an IRI, and then code; for others the begin of a triple term, and then a comment.
    "triple term": f"{BEGIN} (?o<<urn:a#>) }} {HIDDEN} INSERT {{}} WHERE {{ FILTER (1\n) }}",
}
ATTACKS = [
    f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> 'a\\u0027 }} }} {HIDDEN} #' }} }}",
    f'INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> "a\\\\" }} }} {HIDDEN} #" }} }}',
    f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> '''a''''' }} }} {HIDDEN} #''' }} }}",
    f"CREATE GRAPH <urn:new> # \r {HIDDEN}",
    f"CREATE GRAPH <urn:new> # \u2028 {HIDDEN}",
    f"CREATE GRAPH <urn:new#> {HIDDEN}",
    f"WITH <urn:g> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }} }} {HIDDEN}",
    "WITH <urn:g> INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH <urn:g> INSERT { ?s ?p 1 } USING <urn:h> WHERE { ?s ?p ?o } ; INSERT { ?s ?p 1 } WHERE {}",
    f"INSERT {{ GRAPH <urn:g> {{ ?s ?p 1 }} }} WHERE {{ ?s a:\\#b ?o }} {HIDDEN}",
    f"INSERT {{ GRAPH <urn:g> {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o FILTER (?o<<urn:a#>?o) }} {HIDDEN}\n) }}",
    f"DELETE {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }}",
    f"MOVE SILENT <{OURS}> TO <urn:g>",
    f"DROP SILENT GRAPH <{CATALOGUE}> ; CREATE SILENT GRAPH <{CATALOGUE}>",
    f"BASE <{OURS}> DROP GRAPH <>",
    f"PREFIX g: <{OURS}> CLEAR GRAPH g:",
    "DROP GRAPH <https://w3id.org/affectgraph/graph/user/../vad-glasgow>",
    "DROP SILENT GRAPH <HTTPS://w3id.org/affectgraph/graph/vad-glasgow>",
]


def guarded_quads(engine: Store) -> set[Quad]:
    """Return what no update may change: all that is in no graph of a user."""
    return {q for q in engine if q.graph_name not in (NamedNode("urn:g"), NamedNode("urn:h"))}


@pytest.mark.parametrize("name", CUT_OTHERWISE)
def test_what_the_engine_alone_sees_is_seen_in_the_store(
    name: str, engine: Store, guarded: Guarded
) -> None:
    update = CUT_OTHERWISE[name]
    plain = Store()
    plain.extend(engine)
    plain.update(update)
    assert guarded_quads(plain) != guarded_quads(engine)  # the attack is one

    with pytest.raises(QueryError, match="one that changes the default graph"):
        updated(engine, guarded, update)


@pytest.mark.parametrize("update", ATTACKS)
def test_attack_is_refused_or_changes_users_graphs_alone(
    update: str, engine: Store, guarded: Guarded
) -> None:
    before = guarded_quads(engine)
    try:
        updated(engine, guarded, update)
    except QueryError:
        return
    after = {q for q in guarded_quads(engine) if q.graph_name != NamedNode("urn:new")}
    assert after == before


@pytest.mark.parametrize(
    "sign", [" ", '"', "{", "}", "|", "^", "`", "\\", "\n", "<", "\x00", "\x1f"]
)
def test_engine_reads_no_sign_within_an_iri_that_the_cut_ends_at(sign: str) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        Store().update(f"CREATE GRAPH <urn:a{sign}b>")


def pieces(chance: random.Random) -> Iterator[str]:
    """Yield the pieces of a text that looks like an update, with all that may be read in two ways."""
    graphs = ["<urn:g>", "<urn:h>", "?g", f"<{OURS}>", f"<{CATALOGUE}>", "<g>", "DEFAULT", "u:g"]
    triples = ["?s ?p ?o", "<urn:s> <urn:p> 1 .", "?s ?p 'x'", "?s ?p '''#'''", ""]
    filters = [
        "",
        "FILTER(?o<urn:a#>1)",
        "FILTER(?o<urn:a'''>1)",
        "FILTER(?o < 1 || ?o<?p&&?p>1)",
        "#}\n",
    ]

    def graph() -> str:
        return chance.choice(graphs if chance.random() < 0.3 else graphs[:2])

    def quads() -> str:
        inner = f"GRAPH {graph()} {{ {chance.choice(triples)} }}"
        return inner if chance.random() < 0.8 else f"{chance.choice(triples)} {inner}"

    def where() -> str:
        return (
            f"WHERE {{ GRAPH {graph()} {{ {chance.choice(triples)} {chance.choice(filters)} }} }}"
        )

    yield "PREFIX u: <urn:> "
    for _ in range(chance.randint(1, 3)):
        match chance.randint(0, 5):
            case 0:
                yield f"{chance.choice(['INSERT', 'DELETE'])} DATA {{ {quads()} }}"
            case 1:
                yield f"DELETE {where()}"
            case 2:
                with_ = f"WITH {graph()} " if chance.random() < 0.5 else ""
                yield f"{with_}DELETE {{ {quads()} }} INSERT {{ {quads()} }} {where()}"
            case 3:
                yield f"{chance.choice(['CLEAR', 'DROP', 'CREATE'])} SILENT GRAPH {graph()}"
            case 4:
                yield f"{chance.choice(['ADD', 'MOVE', 'COPY'])} SILENT {graph()} TO {graph()}"
            case _:
                yield f"CLEAR {chance.choice(['ALL', 'NAMED', 'DEFAULT'])}"
        yield chance.choice([" ;\n", "; #'''\n", " ; # ;\n"])


def test_made_updates_change_what_their_text_says_and_nothing_else() -> None:
    told = made = 0
    for seed in range(3_000):
        update = "".join(pieces(random.Random(seed)))  # noqa: S311  # the same texts on every run
        targets = targets_of(update)
        if targets is None:
            continue
        told += 1
        engine = Store()
        load_quads(engine, (PACKAGED + USERS).encode())
        before = set(engine)
        plain = Store()
        plain.extend(before)
        try:
            engine.update(targets.text)
            plain.update(update)
        except (SyntaxError, RuntimeError):
            continue
        made += 1
        changed = {quad.graph_name for quad in before ^ set(engine)}
        assert changed <= {NamedNode(graph) for graph in targets.graphs}, update
        assert set(engine) == set(plain), update  # the text for the engine says the same
    assert told > 700, told
    assert made > 500, made


def test_made_attacks_on_the_cut_change_nothing_unseen() -> None:
    signs = [
        "'",
        "'''",
        '"',
        '"""',
        "#",
        "<urn:a#>",
        "<urn:a'>",
        "<",
        ">",
        "{",
        "}",
        "\n",
        " ",
        "?o",
    ]
    signs += [
        "\\u0027",
        "\\",
        "<<",
        "(",
        ")",
        HIDDEN,
        "FILTER(?o<urn:a#>?o)",
        "FILTER(?o<?p#>?o)",
        "@en",
    ]
    told = made = 0
    for seed in range(20_000):
        chance = random.Random(seed)  # noqa: S311  # the same texts on every run
        noise = "".join(chance.choice(signs) for _ in range(chance.randint(1, 7)))
        update = (
            f"INSERT {{ GRAPH <urn:g> {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o {noise} }} {HIDDEN[:-1]}"
        )
        if chance.random() < 0.5:
            update = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> 'x{noise}' }} }}"
        targets = targets_of(update)
        if targets is None:
            continue
        told += 1
        engine = Store()
        load_quads(engine, (PACKAGED + USERS).encode())
        before = set(engine)
        try:
            engine.update(targets.text)
        except (SyntaxError, ValueError, RuntimeError):
            continue
        made += 1
        changed = {quad.graph_name for quad in before ^ set(engine)}
        assert changed <= {NamedNode(graph) for graph in targets.graphs}, update
    assert told > 4_000, told
    assert made > 3_000, made


def test_position_of_a_fault_is_that_in_the_users_own_text(engine: Store, guarded: Guarded) -> None:
    update = "# first\nINSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 2 } }"
    with pytest.raises(QueryError, match=r"at 2:"):
        updated(engine, guarded, update)


def test_update_whose_text_tells_all_reads_no_quad_of_the_packaged_graph(
    engine: Store, guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise AssertionError("Expected no look at all quads.")

    monkeypatch.setattr("affectgraph.api.update_evaluation._digest", refuse)

    meta, content = updated(engine, guarded, "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert json.loads(meta)["changes"] == [{"graph": "urn:g", "clears": False, "deletes": False}]
    assert content == b'<urn:s> <urn:p> "g" <urn:g> .\n'
    with pytest.raises(AssertionError):
        updated(engine, guarded, "CLEAR DEFAULT")
