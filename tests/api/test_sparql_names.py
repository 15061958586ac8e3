"""What is known of a query before an engine reads it: tokens, prefixes, graphs, where it is wrong."""

import subprocess
import sys

import pytest

from affectgraph.api.query_errors import QueryCostError
from affectgraph.api.query_evaluation import Question, error_frame, read_frame
from affectgraph.api.query_faults import explained, place_in, plain
from affectgraph.api.sparql_guard import refuse_unsafe
from affectgraph.api.sparql_names import from_clauses, missing_prefixes
from affectgraph.kg.sparql_tokens import after_prologue, position_of, tokenise
from affectgraph.ontology.errors import QueryError

EMOTION = {"emotion": "https://w3id.org/affectgraph/emotion/"}


# --- tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("é\n\n😀x", 4, (3, 2)),
    ],
)
def test_position_counts_lines_and_characters_from_one(
    query: str, offset: int, expected: tuple[int, int]
) -> None:
    assert position_of(query, offset) == expected


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ASK {}", "ASK"),
        ("PREFIX ex: <urn:x> BASE <urn:y> prefix : <urn:z> Select * {}", "Select"),
        ("# PREFIX\nDESCRIBE <urn:x>", "DESCRIBE"),
    ],
)
def test_first_word_after_the_prologue(query: str, first: str) -> None:
    found = after_prologue(list(tokenise(query)))

    assert found is not None
    assert found.text == first


@pytest.mark.parametrize(
    "query", ["", "PREFIX", "PREFIX ex:", "PREFIX ex: <urn:x>", "BASE", "# ASK"]
)
def test_prologue_without_an_end_has_no_first_word(query: str) -> None:
    assert after_prologue(list(tokenise(query))) is None


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("a.b.c:d", ["a.b.c:d"]),
        ("a.b-c d:e", ["a", ".", "b", "-", "c", "d:e"]),
        ("?a.b:c", ["?a", ".", "b:c"]),
        ("a.b.:c", ["a", ".", "b", ".", ":c"]),
        (".2_-:b", [".2", "_-:b"]),
        ("1e+5.a:b", ["1e+5", ".", "a:b"]),
        ("1.5e3x:b", ["1.5e3x:b"]),
    ],
)
def test_run_of_words_is_cut_as_one_name_or_none(query: str, texts: list[str]) -> None:
    assert [token.text for token in tokenise(query)] == texts


LONG = """
from affectgraph.kg.sparql_tokens import tokenise
for text in ("a.", "a-", "1e.b-", "?a."):
    print(sum(1 for _ in tokenise(text * 60_000)))
"""


def test_long_runs_without_a_colon_are_cut_in_time() -> None:
    done = subprocess.run(  # noqa: S603  # itself
        [sys.executable, "-c", LONG],
        capture_output=True,
        text=True,
        timeout=120,  # time by the square of their length would be many minutes
        check=True,
    )
    assert done.stdout.split() == ["120000", "120000", "300000", "120000"]


# --- graphs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> FROM <urn:a> {}", ["urn:a", "urn:b", "urn:a"]),
        ("PREFIX ex: <http://x/> ASK FROM ex:y {}", ["http://x/y"]),
        ("PREFIX ex: <http://x/> ASK FROM ex:a\\~b {}", ["http://x/a~b"]),
        ("BASE <http://x/a/b> ASK FROM <c> FROM NAMED <../d> {}", ["http://x/a/c", "http://x/d"]),
        ("BASE <http://x/> PREFIX ex: <y#> ASK FROM ex:z {}", ["http://x/y#z"]),
        (
            "BASE <http://x/> PREFIX ex: <http://y/z#> ASK FROM ex:a FROM <urn:b> {}",
            ["http://y/z#a", "urn:b"],
        ),
        ("SELECT (1<?x AS ?y) FROM <urn:a> {}", ["urn:a"]),
        # A name with a prefix that is not declared, or that is no name: the engine refuses the query.
        ("ASK FROM ex:y {}", []),
        ("ASK FROM", []),
        ("ASK FROM NAMED", []),
        ("ASK FROM ?g {}", []),
        ("ASK { ?s ?p 'FROM <urn:a>' } # FROM <urn:b>", []),
        ("ASK { { FROM <urn:a> } }", []),
        ("ASK {}", []),
    ],
)
def test_graphs_of_the_clauses(query: str, expected: list[str]) -> None:
    assert [name.iri for name in from_clauses(query)] == expected


# --- prefixes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { emotion:joy ?p ?o }", EMOTION),
        ("PREFIX emotion: <urn:mine> ASK { emotion:joy ?p ?o }", {}),
        ("ASK { ?s ?p 'emotion:joy', <emotion:joy> } # emotion:joy", {}),
        ("ASK { unknown:joy ?p ?o }", {}),
        ("", {}),
    ],
)
def test_missing_prefixes_are_those_used_and_not_declared(
    query: str, expected: dict[str, str]
) -> None:
    assert missing_prefixes(query) == expected


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", "ADD CLEAR COPY CREATE DELETE DROP INSERT LOAD MOVE WITH insert".split()
)
def test_update_is_refused_by_its_word_and_place(word: str) -> None:
    with pytest.raises(QueryError, match=f"the update {word.upper()} at 2:3") as caught:
        refuse_unsafe(f"PREFIX ex: <urn:x>\n  {word} <urn:y>")
    assert caught.value.position == (2, 3)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?load { ?load ?insert ?delete }",
        "PREFIX load: <urn:x> ASK { load:clear load:drop 'INSERT' }",
        "# LOAD <urn:x>\nASK {}",
        "DESCRIBE <urn:x>",
    ],
)
def test_words_of_updates_elsewhere_are_let_through(query: str) -> None:
    refuse_unsafe(query)


def test_service_that_is_written_with_escapes_is_refused_without_a_place() -> None:
    with pytest.raises(QueryError, match="SERVICE is refused: ") as caught:
        refuse_unsafe("SELECT * { \\u0053ERVICE <urn:x> {} }")
    assert caught.value.position is None


# --- what an engine said --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("error at 12:7: expected WHERE", (12, 7)),
        ("Parse error: Line 3, column 5: Unresolved prefixed name", (3, 5)),
        ("the graph at 10.0.0.1:80 is away", None),
        ("", None),
    ],
)
def test_place_is_read_out_of_a_message(reason: str, expected: tuple[int, int] | None) -> None:
    assert place_in(reason) == expected


def test_message_that_repeats_what_was_sent_is_left_alone() -> None:
    # A pattern that tried every bracket would take minutes.
    reason = "got '" + "[" * 200_000 + "'"

    assert plain(reason) == reason


def test_explained_error_keeps_what_it_knew_and_narrower_classes() -> None:
    known = QueryError("error at 1:2: no", query="ASK { emotion:joy }", position=(9, 9), hint="Do.")
    costly = QueryCostError("The query takes over 1 s at 3:4.", query="ASK { emotion:joy }")

    assert (explained(known).position, explained(known).hint) == ((9, 9), "Do.")
    assert explained(costly) is costly


@pytest.mark.parametrize("position", [None, (2, 17)])
def test_place_and_hint_of_an_error_come_whole_from_a_worker(
    position: tuple[int, int] | None,
) -> None:
    meta, content = error_frame(QueryError("No.", position=position, hint="Do this."))

    with pytest.raises(QueryError, match="No") as caught:
        read_frame(meta, content, Question("ASK {}"))
    assert (caught.value.position, caught.value.hint) == (position, "Do this.")


@pytest.mark.parametrize("position", ["[1]", '"1:2"', "[1, 2, 3]", '[1, "2"]', "{}"])
def test_place_of_another_form_from_a_worker_is_none(position: str) -> None:
    meta = b'{"status": "refused", "reason": "No.", "position": ' + position.encode() + b"}"

    with pytest.raises(QueryError) as caught:
        read_frame(meta, b"", Question("ASK {}"))
    assert caught.value.position is None


def test_long_query_is_not_looked_through_for_prefixes() -> None:
    query = "ASK { emotion:joy ?p ?o }"
    found = [explained(QueryError("a", query=query + pad)).hint for pad in ("", " " * 10_000)]

    assert found[0].endswith("PREFIX emotion: <https://w3id.org/affectgraph/emotion/>")
    assert found[1] == ""
