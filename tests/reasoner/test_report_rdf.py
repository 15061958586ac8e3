"""Reports as RDF: nothing is lost, spans are exact, and SPARQL finds what rationales cite."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from affectgraph.kg import EmotionGraph
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, PREFIXES
from affectgraph.ontology.layers.checking_terms import CHECKING_TERMS
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.shacl import validate_checks
from affectgraph.reasoner import CheckedRationale, Checker, reports_to_rdf
from affectgraph.reasoner.claim_rdf import ENDS
from affectgraph.reasoner.model import ClaimType

GOLD = Path(__file__).parents[2] / "benchmarks" / "data" / "gold" / "rationales.jsonl"
HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
HEAD += "PREFIX oa: <http://www.w3.org/ns/oa#>\n"
TEXT = "😀 AU6 (cheek raiser) and the frown suggest joy. AU20 is the nostril flare. No AU9. She is happy."
AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


def checked(checker: Checker, text: str, **fields: Any) -> CheckedRationale:
    named = {name: fields.pop(name, "") for name in ("id", "agent")}
    return CheckedRationale(text, checker.check(text, **fields), **named)


def loaded(content: str, format_: RdfFormat = RdfFormat.TURTLE) -> Store:
    store = Store()
    store.load(content.encode(), format=format_)
    return store


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(HEAD + query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple("" if value is None else value.value for value in row) for row in found]


# --- what is said ---------------------------------------------------------------------------------


def test_every_claim_has_its_verdict_with_reason_hint_and_strength(checker: Checker) -> None:
    one = checked(checker, TEXT, label="joy", id="r1")
    store = loaded(reports_to_rdf(checker.graph, [one]).content)

    found = rows(
        store,
        """SELECT ?claim ?type ?quote ?verdict ?rule ?said ?hint WHERE {
             ?c ag:claimType ?type ; ag:quote ?quote . BIND(REPLACE(STR(?c), "^.*-", "") AS ?claim)
             ?v ag:judges ?c ; ag:verdict ?verdict ; ag:ruleId ?rule ; ag:verdictText ?said
             OPTIONAL { ?v ag:fixHint ?hint } }""",
    )

    judgements = one.report.judgements
    assert sorted(found) == sorted(
        (j.claim.id, j.claim.type, j.claim.quote, j.verdict, j.rule, j.sentence, j.hint)
        for j in judgements
    )
    assert len(judgements) >= 6


def test_fact_names_the_graph_of_its_value(checker: Checker) -> None:
    one = checked(checker, "Fear is a negative emotion. AU4 is the brow lowerer.")
    store = loaded(reports_to_rdf(checker.graph, [one]).content)

    found = rows(
        store,
        "SELECT ?p ?g WHERE { ?f rdf:predicate ?p OPTIONAL { ?f dct:isPartOf ?g } } ORDER BY ?p",
    )

    assert found == [
        ("http://www.w3.org/2004/02/skos/core#prefLabel", ""),
        (f"{AG}valence", "https://w3id.org/affectgraph/graph/vad-glasgow"),
    ]


def test_claim_of_another_names_who_is_said_to_say_it(checker: Checker) -> None:
    one = checked(checker, "Expert B says that AU4 is visible, but I see AU12.", id="r1")
    found = reports_to_rdf(checker.graph, [one])

    said = rows(
        loaded(found.content),
        """SELECT ?quote ?who WHERE {
             ?c ag:quote ?quote OPTIONAL { ?c prov:wasAttributedTo [ dct:identifier ?who ] } }""",
    )

    assert sorted(said) == [("AU12", ""), ("AU4", "Expert B")]
    assert validate_checks(found.content.encode()).conforms


def test_selectors_find_the_words_in_code_points(checker: Checker) -> None:
    one = checked(checker, TEXT, id="https://example.org/r1")
    store = loaded(reports_to_rdf(checker.graph, [one]).content)

    found = rows(
        store,
        """SELECT ?start ?end ?exact ?prefix ?suffix WHERE {
             ?a a oa:Annotation ; oa:hasTarget ?t . ?t oa:hasSource <https://example.org/r1> ;
               oa:hasSelector [ oa:start ?start ; oa:end ?end ] ,
                 [ oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix ] }""",
    )

    assert len(found) == sum(j.claim.source == "text" for j in one.report.judgements)
    for start, end, exact, prefix, suffix in found:
        assert TEXT[int(start) : int(end)] == exact
        assert prefix + exact + suffix in TEXT
        assert TEXT.index(prefix + exact + suffix) + len(prefix) == int(start)


def test_verdicts_rest_on_triples_of_the_graph_with_their_source(
    checker: Checker, graph: EmotionGraph
) -> None:
    said = "AU20 is the nostril flare. Fear is negative. Irritation is a kind of anger. AU12 shows joy."
    one = checked(checker, said)
    content = reports_to_rdf(graph, [one]).content

    store = loaded(content)
    query = """SELECT ?s ?p ?o ?source WHERE {
      ?v ag:restsOn ?f . ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; dct:source ?source }"""
    found = store.query(HEAD + query)
    assert isinstance(found, QuerySolutions)
    facts = list(found)

    assert len(facts) >= 6
    for s, p, o, source in facts:
        known = graph.store.query("ASK { ?s ?p ?o }", bindings={"s": s, "p": p, "o": o})
        assert bool(known), (s, p, o)
        assert graph.source(str(source).rsplit("/", 1)[1].strip(">"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU6 and AU12 suggest joy.", {("claimSubject", "au:AU6"), ("claimSubject", "au:AU12")}),
        ("The frown suggests anger.", {("claimSubjectAnyOf", "au:AU4")}),
        ("Fear is a primary emotion.", {("claimSubject", "emotion:fear")}),
        ("AU99 is visible.", {("claimSubjectText", "99")}),
        ("Her voice trembles.", {("claimSubjectText", "voice:Her voice trembles")}),
        ("AU20 is the nostril flare.", {("claimObject", "au:AU38"), ("claimSubject", "au:AU20")}),
        ("The smile hides fear.", {("claimSubject", "emotion:fear"), ("claimObject", "au:AU12")}),
        ("Contempt masks his fear.", {("claimObject", "emotion:contempt")}),
        (
            "The frown hides his fear.",
            {("claimObjectAnyOf", "au:AU4"), ("claimObjectAnyOf", "au:AU15")},
        ),
    ],
)
def test_claims_name_what_the_graph_has_by_its_iri(
    checker: Checker, text: str, expected: set[tuple[str, str]]
) -> None:
    store = loaded(reports_to_rdf(checker.graph, [checked(checker, text)]).content)

    found = set()
    for property_, value in rows(store, "SELECT ?p ?o { ?c a ag:RationaleClaim ; ?p ?o }"):
        short = next(
            (f"{p}:{value[len(s) :]}" for p, s in PREFIXES.items() if value.startswith(s)), value
        )
        found.add((property_.removeprefix(AG), short))

    assert expected <= found


def test_every_type_of_claim_says_what_its_ends_name() -> None:
    assert set(ENDS) == set(get_args(ClaimType))


def test_run_used_rationales_and_graph_and_generated_reports(checker: Checker) -> None:
    run = [checked(checker, "AU4 suggests anger.", id=f"r{n}", agent="model-7") for n in range(2)]
    store = loaded(reports_to_rdf(checker.graph, run, checked_at=AT).content)

    found = rows(
        store,
        """SELECT ?id ?agent ?time ?version WHERE {
             ?run a ag:CheckingRun ; prov:used ?r , ?graph ; prov:endedAtTime ?time ;
               prov:wasAssociatedWith [ a prov:SoftwareAgent ; owl:versionInfo ?version ] .
             ?r a ag:Rationale ; dct:identifier ?id ; prov:wasAttributedTo [ dct:identifier ?agent ] .
             ?report ag:reportOf ?r ; prov:wasGeneratedBy ?run ; prov:generatedAtTime ?time
             FILTER(STRSTARTS(STR(?graph), "https://w3id.org/affectgraph/ontology/")) } ORDER BY ?id""",
    )

    assert [(id_, agent, time) for id_, agent, time, _ in found] == [
        ("r0", "model-7", "2026-11-26T08:00:00Z"),
        ("r1", "model-7", "2026-11-26T08:00:00Z"),
    ]


# --- documents ------------------------------------------------------------------------------------


def test_formats_say_the_same_and_trig_says_it_in_the_users_graph(checker: Checker) -> None:
    run = [checked(checker, TEXT, label="joy", id="r1"), checked(checker, "AU12 shows joy.")]
    by_format = {
        "turtle": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "ntriples": RdfFormat.N_TRIPLES,
        "trig": RdfFormat.TRIG,
    }
    triples: dict[str, set[str]] = {}
    for name, format_ in by_format.items():
        written = reports_to_rdf(checker.graph, run, format=name)
        quads = list(parse(written.content, format=format_))
        triples[name] = {str(quad.triple) for quad in quads}
        graphs = {quad.graph_name for quad in quads}
        assert written.losses == ()
        if name == "trig":
            assert graphs == {NamedNode("https://w3id.org/affectgraph/graph/user/checks")}

    assert triples["turtle"] == triples["jsonld"] == triples["ntriples"] == triples["trig"]


def test_equal_runs_give_equal_bytes_and_other_runs_other_names(checker: Checker) -> None:
    def written(text: str, at: datetime | None = None) -> str:
        return reports_to_rdf(checker.graph, [checked(checker, text)], checked_at=at).content

    def run(content: str) -> list[tuple[str, ...]]:
        return rows(loaded(content), "SELECT ?run { ?run a ag:CheckingRun }")

    assert written(TEXT) == written(TEXT)
    names = [run(written(TEXT)), run(written(TEXT, AT)), run(written("AU4 suggests fear."))]
    assert len({name for ((name,),) in names}) == 3


@pytest.mark.parametrize("sources", ["any", "majority", "goemotions"])
def test_run_says_whose_word_counted(checker: Checker, sources: str) -> None:
    one = checked(checker.with_sources(sources), "Fear and surprise often go together.")
    store = loaded(reports_to_rdf(checker.graph, [one]).content)

    assert one.report.sources == sources
    assert rows(store, "SELECT ?by { ?run a ag:CheckingRun ; ag:sourcePolicy ?by }") == [(sources,)]


def test_runs_by_other_policies_are_other_runs_and_never_one(checker: Checker) -> None:
    said = "AU6 is the cheek raiser."  # the same verdict by either policy
    runs = [checked(checker.with_sources(sources), said) for sources in ("any", "majority")]

    names = {
        rows(loaded(reports_to_rdf(checker.graph, [one]).content), "SELECT ?r { ?r prov:used ?x }")[
            0
        ]
        for one in runs
    }

    assert len(names) == 2
    with pytest.raises(InputError, match="one policy on sources, got any, majority"):
        reports_to_rdf(checker.graph, runs)


def test_one_iri_with_two_texts_is_two_rationales_that_specialise_it(checker: Checker) -> None:
    iri = "https://example.org/clip7"
    said = ["AU4 suggests anger.", "AU12 suggests joy.", "AU4 suggests anger."]
    run = [checked(checker, text, id=iri) for text in said]
    run.append(checked(checker, said[0], id="https://example.org/other"))
    document = reports_to_rdf(checker.graph, run)

    found = rows(
        loaded(document.content),
        """SELECT ?r ?text ?of (COUNT(?report) AS ?n) {
             ?r a ag:Rationale ; ag:rationaleText ?text . ?report ag:reportOf ?r
             OPTIONAL { ?r prov:specializationOf ?of } } GROUP BY ?r ?text ?of""",
    )

    assert sorted((text, of, n) for _, text, of, n in found) == [
        (said[1], iri, "1"),
        (said[0], "", "1"),
        (said[0], iri, "2"),
    ]
    assert len({name for name, *_ in found}) == 3
    assert all(name.startswith(f"{iri}#text-") for name, _, of, _ in found if of)
    quotes = rows(
        loaded(document.content),
        "SELECT ?text ?words { ?c ag:claimOf [ ag:rationaleText ?text ] ; ag:quote ?words }",
    )
    assert all(words in text for text, words in quotes)
    pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    report = validate_checks(document.content.encode(), RdfFormat.TURTLE)
    assert report.conforms, report.text


def test_text_keeps_its_name_whatever_else_has_its_iri(checker: Checker) -> None:
    def names(*said: str) -> dict[str, str]:
        run = [checked(checker, text, id="urn:x:r") for text in said]
        content = reports_to_rdf(checker.graph, run).content
        query = "SELECT ?text ?r { ?r ag:rationaleText ?text }"
        found = rows(loaded(content), query)
        return {row[0]: row[1] for row in found}

    one, other = names("AU4.", "AU12."), names("AU9.", "AU12.")

    assert one["AU12."] == other["AU12."]
    assert names("AU12.", "AU12.") == {"AU12.": "urn:x:r"}


def test_document_uses_only_declared_terms(checker: Checker) -> None:
    declared = {AG + name for s in (CHECKING_TERMS, OBSERVATION_TERMS) for name, _, _ in s.terms()}
    records = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    run = [
        checked(
            checker,
            r["text"],
            label=r["label"],
            id=r["id"],
            aus={f"{code}_r": value for code, value in (r["aus"] or {"AU12": 0.0}).items()},
        )
        for r in records
    ]

    run.append(checked(checker, "The frown hides his fear."))

    quads: list[Quad] = list(
        parse(reports_to_rdf(checker.graph, run).content, format=RdfFormat.TURTLE)
    )

    used = {quad.predicate.value for quad in quads}
    used |= {
        quad.object.value
        for quad in quads
        if quad.predicate.value.endswith("#type") and isinstance(quad.object, NamedNode)
    }
    assert {term for term in used if term.startswith(AG)} <= declared
    new = {AG + name for name, _, _ in CHECKING_TERMS.terms()}
    assert new - used <= {AG + "dissentingSource", AG + "claimSide"}


def test_shapes_hold_on_whole_rationales(checker: Checker) -> None:
    pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    records = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()[:8]]
    run = [
        checked(checker, r["text"], label=r["label"], scheme=r["scheme"], id=r["id"], agent="m")
        for r in records
    ]
    run += [checked(checker, ""), CheckedRationale("", checker.check(None, label="joy"))]

    document = reports_to_rdf(checker.graph, run, format="trig", checked_at=AT)

    report = validate_checks(document.content.encode(), RdfFormat.TRIG)
    assert report.conforms, report.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01 AU12 is shown.",
        "\ud800 AU12 is shown.",
        "<b>AU12</b> \"'\\ \n\t is shown.",
        "x\u2028y AU4",
    ],
)
def test_any_text_comes_back_with_its_places(checker: Checker, text: str) -> None:
    one = checked(checker, text, id="odd \ud800 name", agent="\ud800", label="\ud800")
    for name, format_ in (("turtle", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)):
        store = loaded(reports_to_rdf(checker.graph, [one], format=name).content, format_)
        texts = store.quads_for_pattern(None, NamedNode(AG + "rationaleText"), None)
        found = [quad.object.value for quad in texts if isinstance(quad.object, Literal)]
        assert found == ([text.replace("\ud800", "\ufffd")] if text else [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "html"}, "Expected a format"),
        ({"format": "turtle", "name": "run"}, "trig"),
        ({"format": "trig", "name": "My Run"}, "lower-case"),
        ({"format": "trig", "name": ""}, "lower-case"),
        ({"format": "trig", "name": "../../core"}, "lower-case"),
    ],
)
def test_wrong_format_or_name_is_refused(
    checker: Checker, options: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        reports_to_rdf(checker.graph, [], **options)  # type: ignore[arg-type]


def test_run_over_nothing_is_a_run(checker: Checker) -> None:
    store = loaded(reports_to_rdf(checker.graph, []).content)

    assert rows(store, "SELECT ?run { ?run a ag:CheckingRun }")
    assert rows(store, "SELECT ?r { ?r a ag:Rationale }") == []


def test_a_verdict_names_the_claims_that_carry_it(checker: Checker) -> None:
    one = checked(checker, "AU12 is visible. AU39 is visible. She is happy.", id="r1")
    store = loaded(reports_to_rdf(checker.graph, [one]).content)

    found = rows(
        store,
        """SELECT ?quote WHERE {
             ?v ag:judges [ ag:claimType "concludes" ] ; prov:wasInfluencedBy [ ag:quote ?quote ] }""",
    )

    assert found == [("AU12",)]
