"""Runs of reasoning as RDF: what came from what, what was judged, and what SPARQL finds of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.observation import Episode, Observation
from affectgraph.kg.store import OxigraphStore
from affectgraph.kg.user_data import add_user_data
from affectgraph.ontology.errors import BackendError, InputError
from affectgraph.ontology.iris import AG, PREFIXES
from affectgraph.ontology.layers.checking_terms import CHECKING_TERMS
from affectgraph.ontology.layers.observation_terms import OBSERVATION_TERMS
from affectgraph.ontology.layers.tracing_terms import TRACING_TERMS
from affectgraph.ontology.shacl import validate_observations, validate_traces
from affectgraph.reasoner import Reasoner, Reasoning, reasonings_to_rdf
from affectgraph.reasoner.trace_records import reasoning_iri
from affectgraph.reasoner.trace_texts import digest
from tests.reasoner.traced import (
    FACT,
    GOOD,
    SAID,
    SMILE,
    WORSE,
    WRONG,
    effort,
    json_answer,
    run,
    timed,
    with_answers,
)

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
DOWN = BackendError("Frank's server is down.", backend="scripted", retryable=True)


def rows(content: str, query: str, format_: RdfFormat = RdfFormat.TURTLE) -> list[tuple[str, ...]]:
    store = Store()
    store.load(content.encode(), format=format_)
    found = store.query(HEAD + query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple("" if value is None else value.value for value in row) for row in found]


@pytest.fixture(scope="module")
def every_kind(graph: EmotionGraph) -> list[Reasoning]:
    """Return runs that end in every way, in every form of answer."""
    cited = f"AU12 pulls the lip corners [{FACT}] This is joy [no fact]"
    return [
        run(graph, [WRONG, WORSE, GOOD], SAID, feedback="affective"),
        run(graph, [WRONG, WRONG]),
        run(graph, [WORSE, GOOD, WRONG, WORSE], effort=effort(rounds=2, drafts=2), seed=7),
        run(graph, [WORSE], effort=effort(rounds=1)),
        run(graph, ["", DOWN], SAID, style="free"),
        run(graph, [json_answer("AU12 pulls the lip corners.", fact=FACT)], answer="json"),
        run(graph, ["no JSON", json_answer("Hm.", emotion="undetermined")], answer="json"),
        run(graph, [cited], answer="cited"),
        timed(Reasoner(graph).reason(SAID)),
        Reasoner(graph).reason({"text": "Hm."}),
    ]


# --- what is said ---------------------------------------------------------------------------------


def test_run_used_an_observation_and_the_graph_and_says_how_it_ended(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, GOOD], SAID, style="three-hop", seed=3, model="org/tiny")
    content = reasonings_to_rdf(graph, [reasoning]).content

    (found,) = rows(
        content,
        """SELECT ?start ?end ?item ?text ?style ?form ?seed ?stop ?emotion ?abstains ?model ?run {
             ?run a ag:ReasoningRun ; prov:startedAtTime ?start ; prov:endedAtTime ?end ; prov:used ?o , ?g ;
               ag:promptStyle ?style ; ag:answerForm ?form ; ag:randomSeed ?seed ; ag:stopReason ?stop ;
               ag:concludedConcept ?emotion ; ag:abstains ?abstains ; prov:wasAssociatedWith ?agent .
             ?o a ag:Observation ; ag:observedItem/dct:identifier ?item ; ag:observedText ?text .
             ?agent rdfs:label ?model FILTER NOT EXISTS { ?agent owl:versionInfo ?v }
             FILTER(STRSTARTS(STR(?g), "https://w3id.org/affectgraph/ontology/")) }""",
    )

    assert found == (
        "2026-11-26T08:00:00Z",
        "2026-11-26T08:00:01.5Z",
        "clip-7",
        SAID["text"],
        "three-hop",
        "free",
        "3",
        "clean",
        PREFIXES["emotion"] + "joy",
        "false",
        "org/tiny",
        reasoning_iri(reasoning),
    )


def test_rounds_follow_each_other_and_their_checks(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, WORSE, GOOD], feedback=["plain", "anger"])
    content = reasonings_to_rdf(graph, [reasoning]).content

    found = rows(
        content,
        """SELECT ?n ?tone ?before ?checked {
             ?round a ag:DraftingRound ; ag:roundNumber ?n ; dct:isPartOf/a ag:ReasoningRun
             OPTIONAL { ?round ag:feedbackTone ?tone }
             OPTIONAL { ?round prov:wasInformedBy [ ag:roundNumber ?before ] , ?check .
                        ?check a ag:CheckingRun ; prov:wasInformedBy [ ag:roundNumber ?checked ] }
           } ORDER BY ?n""",
    )

    assert found == [("1", "", "", ""), ("2", "plain", "1", "1"), ("3", "anger", "2", "2")]


def test_a_draft_revises_the_one_that_its_prompt_shows(graph: EmotionGraph) -> None:
    # Of two drafts the second is better, and the next round shows that one.
    reasoning = run(graph, [WORSE, WRONG, GOOD, WORSE], effort=effort(rounds=2, drafts=2))
    content = reasonings_to_rdf(graph, [reasoning]).content

    found = rows(
        content,
        """SELECT ?text ?before ?score ?seed ?temperature {
             ?draft a ag:RationaleDraft ; ag:rationaleText ?text ; ag:draftScore ?score ;
               ag:samplingTemperature ?temperature ; prov:wasGeneratedBy [ prov:used ?prompt ]
             OPTIONAL { ?draft ag:randomSeed ?seed }
             OPTIONAL { ?draft prov:wasRevisionOf ?old . ?prompt prov:wasDerivedFrom ?old .
                        ?old ag:rationaleText ?before } }""",
    )

    scores = {
        draft.rationale: f"{draft.score:g}" for one in reasoning.rounds for draft in one.drafts
    }
    assert sorted(found) == sorted(
        [
            (WORSE, "", scores[WORSE], "", "0"),
            (WRONG, "", "0.4667", "1", "0.8"),
            (GOOD, WRONG, "1", "", "0"),
            (WORSE, WRONG, scores[WORSE], "3", "0.8"),
        ]
    )
    assert rows(content, "SELECT ?text { ?run ag:keptRationale/ag:rationaleText ?text }") == [
        (GOOD,)
    ]


def test_tokens_and_seconds_of_every_draft_are_said(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, GOOD])
    content = reasonings_to_rdf(graph, [reasoning]).content

    found = rows(
        content,
        """SELECT ?text ?prompt ?tokens ?cached ?written ?checked {
             ?d ag:rationaleText ?text ; ag:promptTokens ?prompt ; ag:completionTokens ?tokens ;
               ag:cachedTokens ?cached ; ag:generationSeconds ?written ; ag:checkSeconds ?checked }
           ORDER BY ?prompt""",
    )

    drafts = [one.chosen for one in reasoning.rounds]
    assert found == [
        (d.rationale, str(d.generation.usage.prompt_tokens), str(words), "0", "0.5", "0.125")
        for d, words in zip(drafts, (14, 9), strict=True)
    ]
    totals = rows(content, "SELECT ?s ?r { ?run ag:runSeconds ?s ; ag:retrievalSeconds ?r }")
    assert totals == [("1.5", "0.25")]


def test_claims_of_every_draft_have_their_verdicts(graph: EmotionGraph) -> None:
    reasoning = run(graph, [WRONG, GOOD])
    content = reasonings_to_rdf(graph, [reasoning]).content

    found = rows(
        content,
        """SELECT ?n ?type ?quote ?verdict ?rule {
             ?claim ag:claimOf/prov:wasGeneratedBy/ag:roundNumber ?n ; ag:claimType ?type ; ag:quote ?quote .
             ?v ag:judges ?claim ; ag:verdict ?verdict ; ag:ruleId ?rule }""",
    )

    assert sorted(found) == sorted(
        (str(one.number), j.claim.type, j.claim.quote, j.verdict, j.rule)
        for one in reasoning.rounds
        for j in one.chosen.report.judgements
    )
    assert len(found) >= 5


def test_citations_lead_to_triples_of_the_graph(graph: EmotionGraph) -> None:
    answer = json_answer("AU12 pulls the lip corners.", fact=FACT)
    content = reasonings_to_rdf(graph, [run(graph, [answer], answer="json")]).content

    found = rows(
        content,
        """SELECT ?s ?p ?o { ?d a ag:RationaleDraft ; prov:value ?answer ; ag:cites ?f .
             ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; dct:source ?source }""",
    )

    assert found == [(PREFIXES["au"] + "AU12", PREFIXES["skos"] + "prefLabel", "Lip corner puller")]
    assert rows(content, "SELECT ?v { ?d a ag:RationaleDraft ; prov:value ?v }") == [(answer,)]


def test_run_without_a_model_is_the_graphs_own(graph: EmotionGraph) -> None:
    reasoning = Reasoner(graph).reason(SMILE)
    content = reasonings_to_rdf(graph, [reasoning]).content

    found = rows(
        content,
        """SELECT ?text ?stop ?agent ?verdict {
             ?run ag:keptRationale ?r ; ag:stopReason ?stop . ?r prov:wasGeneratedBy ?run ;
               ag:rationaleText ?text ; prov:wasAttributedTo/rdfs:label ?agent .
             ?report ag:reportOf ?r ; ag:hasVerdict/ag:verdict ?verdict }""",
    )

    assert {row[:3] for row in found} == {(reasoning.rationale, "no_model", "AffectGraph reasoner")}
    assert "contradicted" not in {verdict for *_, verdict in found}
    assert rows(content, "SELECT ?r { ?r a ag:DraftingRound }") == []


def test_error_that_ended_a_run_is_named(graph: EmotionGraph) -> None:
    content = reasonings_to_rdf(graph, [run(graph, [WRONG, DOWN])]).content

    found = rows(content, "SELECT ?stop ?type { ?r ag:stopReason ?stop ; ag:errorType ?type }")
    assert found == [("model_failed", "BackendError")]


def test_draft_out_of_form_says_why_and_has_the_least_score(graph: EmotionGraph) -> None:
    content = reasonings_to_rdf(graph, [run(graph, ["joy", "joy!", "joy?"], answer="json")]).content

    found = rows(content, "SELECT ?score ?why { ?d ag:draftScore ?score ; ag:formProblem ?why }")
    assert [score for score, _ in found] == ["-1"] * 3
    assert all(why.startswith("Expected an answer in JSON") for _, why in found)


def test_error_in_place_of_a_run_is_a_loss(graph: EmotionGraph) -> None:
    reasonings = Reasoner(graph).reason_many([SMILE, {"mood": "Frank"}])
    found = reasonings_to_rdf(graph, reasonings)

    (loss,) = found.losses
    assert (loss.place, loss.field) == ("reasonings[1]", "error")
    assert loss.message.startswith("no run, InputError: Expected one of the fields")
    assert "Frank" not in str(reasonings_to_rdf(graph, [InputError("Frank")], texts=False).losses)
    assert len(rows(found.content, "SELECT ?r { ?r a ag:ReasoningRun }")) == 1


# --- without words --------------------------------------------------------------------------------


def test_no_word_is_left_where_texts_are_left_out(graph: EmotionGraph) -> None:
    said = "Her voice trembles at Frank Ogilvy. She is sad because of Frank. AU12 is the nostril flare."
    found = with_answers(
        run(graph, [said, f"{GOOD} Frank smiles.", DOWN], SAID), notes=("about Frank",)
    )
    full = reasonings_to_rdf(graph, [found]).content
    bare = reasonings_to_rdf(graph, [found], texts=False).content

    assert full.count("Frank") > 10
    for word in ("Frank", "Ogilvy", "boss", "laugh", "trembles", "nostril flare"):
        assert word not in bare
    for query in (
        "SELECT ?r ?d { ?r a ag:Rationale ; ag:textDigest ?d }",
        "SELECT ?p ?d { ?p a ag:Prompt ; ag:textDigest ?d }",
        "SELECT ?o ?d ?i { ?o a ag:Observation ; ag:textDigest ?d ; ag:observedItem/dct:identifier ?i }",
        "SELECT ?v ?verdict ?rule { ?v ag:verdict ?verdict ; ag:ruleId ?rule }",
        "SELECT ?d ?s ?t { ?d ag:draftScore ?s ; ag:promptTokens ?t }",
    ):
        assert sorted(rows(bare, query)) == sorted(rows(full, query)) != []
    text = digest(str(SAID["text"])).removeprefix("sha256:")
    assert rows(bare, f'SELECT ?o {{ ?o a ag:Observation ; ag:textDigest "{text}" }}')


def test_who_is_said_to_say_a_claim_goes_with_the_words(graph: EmotionGraph) -> None:
    found = run(graph, [f"Rater 17 says that AU12 is visible. {GOOD}"])

    assert "Rater 17" in reasonings_to_rdf(graph, [found]).content
    assert "Rater 17" not in reasonings_to_rdf(graph, [found], texts=False).content


def test_name_of_an_observation_stays_without_its_text(graph: EmotionGraph) -> None:
    seen = Observation((Episode(intensity=0.5),), text="Frank shouted.", id="row 7", agent="Ann")
    reasoning = run(graph, [GOOD], seen)
    query = "SELECT ?o ?id ?by { ?o dct:identifier ?id ; prov:wasAttributedTo/dct:identifier ?by }"

    with_texts, without = (
        rows(reasonings_to_rdf(graph, [reasoning], texts=texts).content, query)
        for texts in (True, False)
    )

    assert with_texts == without
    assert with_texts[0][1:] == ("row 7", "Ann")


# --- documents ------------------------------------------------------------------------------------


def test_equal_input_gives_equal_bytes_and_runs_are_named_by_their_content(
    graph: EmotionGraph,
) -> None:
    first, second = (
        reasonings_to_rdf(graph, [run(graph, [WRONG, GOOD]), run(graph, [GOOD])]).content
        for _ in range(2)
    )
    later = replace(run(graph, [GOOD]), started_at=None)

    assert first == second
    names = rows(first, "SELECT ?r { ?r a ag:ReasoningRun }")
    names += rows(reasonings_to_rdf(graph, [later]).content, "SELECT ?r { ?r a ag:ReasoningRun }")
    assert len(set(names)) == 3


def test_formats_say_the_same_and_trig_says_it_in_the_users_graph(
    graph: EmotionGraph, every_kind: list[Reasoning]
) -> None:
    runs = every_kind[:2]
    by_format = {
        "turtle": RdfFormat.TURTLE,
        "jsonld": RdfFormat.JSON_LD,
        "ntriples": RdfFormat.N_TRIPLES,
        "trig": RdfFormat.TRIG,
    }
    triples = {}
    for name, format_ in by_format.items():
        quads = list(parse(reasonings_to_rdf(graph, runs, format=name).content, format=format_))
        assert not any(isinstance(quad.subject, BlankNode) for quad in quads)
        triples[name] = {str(quad.triple) for quad in quads}
        if name == "trig":
            assert {quad.graph_name for quad in quads} == {
                NamedNode("https://w3id.org/affectgraph/graph/user/traces")
            }

    assert triples["turtle"] == triples["jsonld"] == triples["ntriples"] == triples["trig"]


def test_rdflib_reads_the_same_triples(graph: EmotionGraph, every_kind: list[Reasoning]) -> None:
    rdflib = pytest.importorskip("rdflib")
    content = reasonings_to_rdf(graph, every_kind).content

    read = rdflib.Graph().parse(data=content, format="turtle")
    written = rdflib.Graph().parse(data=read.serialize(format="nt"), format="nt")

    assert len(read) == len(set(parse(content, format=RdfFormat.TURTLE))) == len(written)
    runs = set(read.subjects(rdflib.RDF.type, rdflib.URIRef(AG + "ReasoningRun")))
    assert len(runs) == 10


def test_document_uses_only_declared_terms_and_all_of_its_own(
    graph: EmotionGraph, every_kind: list[Reasoning]
) -> None:
    sets = (TRACING_TERMS, CHECKING_TERMS, OBSERVATION_TERMS)
    declared = {AG + name for terms in sets for name, _, _ in terms.terms()}
    content = reasonings_to_rdf(graph, every_kind).content
    quads: list[Quad] = list(parse(content, format=RdfFormat.TURTLE))

    used = {quad.predicate.value for quad in quads}
    used |= {
        quad.object.value
        for quad in quads
        if quad.predicate.value.endswith("#type") and isinstance(quad.object, NamedNode)
    }
    own = {term for term in used if term.startswith(AG) and not term.endswith("Action")}
    assert own - declared == {AG + "actionUnit"}  # which the packaged graph uses, too
    assert {AG + name for name, _, _ in TRACING_TERMS.terms()} <= used


@pytest.mark.parametrize("texts", [True, False])
def test_shapes_hold_on_every_kind_of_run(
    graph: EmotionGraph, every_kind: list[Reasoning], texts: bool
) -> None:
    pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    document = reasonings_to_rdf(graph, every_kind, format="trig", name="run-1", texts=texts)

    assert {one.stopped for one in every_kind} == {
        "no_model",
        "clean",
        "unchanged",
        "budget",
        "model_failed",
    }
    report = validate_traces(document.content.encode(), RdfFormat.TRIG)
    assert report.conforms, report.text


@pytest.mark.slow  # builds the core graph for what observations refer to
@pytest.mark.parametrize("texts", [True, False])
def test_observations_of_a_trace_conform(
    graph: EmotionGraph, every_kind: list[Reasoning], texts: bool
) -> None:
    pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    labelled = run(graph, [GOOD], {**SAID, "labels": ["joyful", "anger"]})
    document = reasonings_to_rdf(graph, [*every_kind, labelled], texts=texts)

    report = validate_observations(document.content.encode())
    assert report.conforms, report.text


@pytest.mark.parametrize("answer", ["", "\ud800 AU4 is shown.", "x\u2028y AU4 \x00", "a" * 100_001])
def test_any_answer_can_be_written(graph: EmotionGraph, answer: str) -> None:
    reasoning = run(graph, [answer, GOOD], {**SMILE, "text": "<b>\"'\\ \n\t"}, model="odd \ud800")
    for texts in (True, False):
        content = reasonings_to_rdf(graph, [reasoning], texts=texts).content
        found = rows(
            content,
            "SELECT ?n (COUNT(?d) AS ?k) { ?d prov:wasGeneratedBy/ag:roundNumber ?n } GROUP BY ?n",
        )
        assert sorted(found) == [("1", "1"), ("2", "1")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "html"}, "Expected a format"),
        ({"format": "turtle", "name": "run"}, "trig"),
        ({"format": "trig", "name": "My Run"}, "lower-case"),
        ({"format": "trig", "name": ""}, "lower-case"),
    ],
)
def test_wrong_format_or_name_is_refused(
    graph: EmotionGraph, options: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        reasonings_to_rdf(graph, [], **options)  # type: ignore[arg-type]


def test_single_run_and_run_of_another_graph_are_refused(graph: EmotionGraph) -> None:
    reasoning = run(graph, [GOOD])
    other = replace(reasoning, evidence=replace(reasoning.evidence, graph_version="0.0.1"))

    with pytest.raises(InputError, match="several reasonings, got one Reasoning"):
        reasonings_to_rdf(graph, reasoning)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"version .* of the graph, got one of 0\.0\.1"):
        reasonings_to_rdf(graph, [other])


@pytest.mark.parametrize("given", ["abc", [3]])
def test_what_is_no_run_is_refused_with_its_place(graph: EmotionGraph, given: Any) -> None:
    with pytest.raises(InputError, match="Expected a Reasoning or its error at place 0, got"):
        reasonings_to_rdf(graph, given)


def test_model_without_a_name_is_an_agent_of_the_run(graph: EmotionGraph) -> None:
    found = reasonings_to_rdf(graph, [run(graph, [WRONG, GOOD], model="")])

    assert 'rdfs:label "a model without a name"' in found.content
    assert validate_traces(found.content.encode()).conforms


def test_nothing_is_an_empty_document(graph: EmotionGraph) -> None:
    found = reasonings_to_rdf(graph, [])

    assert (found.content.strip(), found.losses) == ("", ())


def test_users_graph_joins_the_tree(
    small: EmotionGraph, graph: EmotionGraph, tmp_path: Path
) -> None:
    assert isinstance(small.store, OxigraphStore)
    small.store.save(tmp_path / "own")
    runs = [run(graph, [GOOD], SAID), run(graph, ["She is sad."], {"text": "I feel dread."})]
    document = reasonings_to_rdf(graph, runs, format="trig", name="run-1").content
    add_user_data(tmp_path / "own", document.encode(), format=RdfFormat.TRIG)

    own = EmotionGraph.load(tmp_path / "own")
    found: Any = own.sparql(
        HEAD
        + """SELECT ?item ?primary {
             GRAPH <https://w3id.org/affectgraph/graph/user/run-1> {
               ?run ag:concludedConcept ?concept ; prov:used/ag:observedItem/dct:identifier ?item }
             ?concept ag:primary/skos:notation ?primary }"""
    )
    assert [tuple(row.values()) for row in found] == [("clip-7", "joy")]
