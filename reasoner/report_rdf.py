"""Writes reports as RDF: PROV-O for the run, Web Annotation for spans, the project's terms for the rest.

A run used rationales and a version of the graph and generated one report per rationale. A report has a
verdict per claim; a claim says its subject and object by the graph's own IRIs where it has them, so that a
SPARQL query goes from a concept or an action unit to the rationales that cite it. The terms are those of
``ontology/layers/checking_terms.py``, the shapes ``ontology/shapes/checking.ttl``. A verdict's triples are
statements (``rdf:Statement``) with their source.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from affectgraph.kg.envelopes.model import Envelope
from affectgraph.kg.envelopes.names import is_iri, part_iri, thing_iri
from affectgraph.kg.envelopes.rdf import FORMATS, KNOWN, moment, named, number
from affectgraph.kg.user_data import user_graph
from affectgraph.ontology.build import dump
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import AG, BASE, DCT, OWL, PROV, RDFS, SKOS
from affectgraph.ontology.triples import A, Object, describe, string, text
from affectgraph.ontology.version import VERSION
from affectgraph.reasoner.claim_rdf import (
    OA,
    CheckedRationale,
    clean,
    clean_string,
    judgement_quads,
    made_iri,
    rationale_iri,
)

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

SCORES = {
    "checkability": "checkability",
    "grounded_precision": "groundedPrecision",
    "contradiction_rate": "contradictionRate",
    "evidence_recall": "evidenceRecall",
    "faithfulness_f1": "faithfulnessF1",
    "label_score": "labelScore",
    "consistency": "consistency",
    "au_agreement": "auAgreement",
}
"""Name of a score -> its property."""

RDF_FORMATS = {**FORMATS, "trig": (RdfFormat.TRIG, "application/trig")}
"""Name of a format -> format and media type; ``trig`` alone holds a named graph."""


def reports_to_rdf(
    graph: "EmotionGraph",
    checked: Iterable[CheckedRationale],
    *,
    format: str = "turtle",  # noqa: A002
    name: str | None = None,
    checked_at: datetime | None = None,
) -> Envelope:
    """Return the reports of one run as one RDF document, sorted; nothing is lost.

    Equal input gives equal bytes. Rationales that are named by no IRI get one made from their name and
    text. If one IRI comes with several texts, each text is a rationale of its own, ``IRI#text-...`` by its
    content, and a ``prov:specializationOf`` the IRI. The document is made in memory: some 30 kB a rationale
    of 100 words.

    :param checked: rationales with their reports.
    :param format: ``turtle``, ``jsonld``, ``ntriples``, or ``trig`` for a named graph.
    :param name: with ``trig``: name of the graph below ``graph/user/``, lower-case letters, digits and
        hyphens; ``checks`` if left out.
    :param checked_at: when the run was, with its time zone; left out if None.
    :raises InputError: if there is no such format, a name comes with another or is none, or the reports
        were made by different policies on sources: one run has one.

    >>> from affectgraph.kg import EmotionGraph
    >>> from affectgraph.reasoner import Checker
    >>> graph = EmotionGraph.load()
    >>> said = "AU4 suggests anger."
    >>> found = reports_to_rdf(graph, [CheckedRationale(said, Checker(graph).check(said), id="r1")])
    >>> "ag:claimSubject au:AU4" in found.content, "ag:claimObject emotion:anger" in found.content
    (True, True)
    """
    run = list(checked)
    iri = made_iri("run", str(checked_at), *(json.dumps(_content(one)) for one in run))
    quads = checking_quads(graph, iri, run, checked_at)
    return user_document(quads, format, name, default="checks")


def user_document(
    quads: Iterable[Quad], format_: str, name: str | None, *, default: str
) -> Envelope:
    """Return quads of the default graph as one document, sorted, each once.

    :param name: with ``trig``: name of the graph below ``graph/user/`` that they stand in.
    :param default: that name if it is left out.
    :raises InputError: if there is no such format, or a name comes with another or is none.
    """
    if format_ not in RDF_FORMATS:
        raise InputError(f"Expected a format of {', '.join(RDF_FORMATS)}, got {format_!r}.")
    if name is not None and format_ != "trig":
        raise InputError(f"Expected format 'trig' with the name of a graph, got {format_!r}.")
    is_named = format_ == "trig"
    where = NamedNode(user_graph(default if name is None else name)) if is_named else DefaultGraph()
    placed = {Quad(q.subject, q.predicate, q.object, where) for q in quads}
    rdf, media_type = RDF_FORMATS[format_]
    ordered = sorted(placed, key=str)
    shown = " ".join(map(str, ordered))
    used = {p: space for p, space in {**KNOWN, "oa": OA}.items() if f"<{space}" in shown}
    written = ordered if is_named else [quad.triple for quad in ordered]
    return Envelope(dump(written, rdf, prefixes=used).decode("utf-8"), media_type, ())


# --- the run --------------------------------------------------------------------------------------


def checking_quads(
    graph: "EmotionGraph", run: str, checked: Sequence[CheckedRationale], at: datetime | None = None
) -> Iterator[Quad]:
    """Yield the triples of one run of the checker: its rationales, and a report of each.

    :param run: IRI of the run; its reports are parts of it, ``report-1`` and so on, in order.
    :raises InputError: if the reports were made by different policies on sources.
    """
    checked, wholes = _apart(checked)
    policies = sorted({one.report.sources for one in checked})
    if len(policies) > 1:
        raise InputError(
            f"Expected reports by one policy on sources, got {', '.join(policies)}. Write a run for each."
        )
    checker = part_iri(run, "checker")
    pairs: list[tuple[str, Object]] = [
        (A, AG + "CheckingRun"),
        (A, PROV + "Activity"),
        (PROV + "used", f"{BASE}ontology/{graph.version}"),
        (PROV + "wasAssociatedWith", checker),
    ]
    pairs += [(PROV + "used", rationale_iri(one)) for one in checked]
    pairs += [(AG + "sourcePolicy", string(policy)) for policy in policies]
    if at is not None:
        pairs.append((PROV + "endedAtTime", moment(at)))
    yield from describe(run, pairs)
    agent: list[tuple[str, Object]] = [
        (A, PROV + "SoftwareAgent"),
        (RDFS + "label", string("AffectGraph checker")),
        (OWL + "versionInfo", string(VERSION)),
    ]
    yield from describe(checker, agent)
    for part, whole in wholes.items():
        yield from describe(part, [(PROV + "specializationOf", whole)])
    for place, one in enumerate(checked, start=1):
        yield from _rationale(one)
        yield from _report(graph, part_iri(run, f"report-{place}"), run, one, at)


def _apart(
    checked: Sequence[CheckedRationale],
) -> tuple[list[CheckedRationale], dict[str, str]]:
    """Return rationales of which no two have one IRI and two texts, and the IRIs made for that with whose."""
    texts: dict[str, set[str]] = {}
    for one in checked:
        texts.setdefault(rationale_iri(one), set()).add(one.text)
    found, wholes = [], {}
    for one in checked:
        iri = rationale_iri(one)
        if len(texts[iri]) > 1:
            part = part_iri(iri, f"text-{made_iri(one.text).removeprefix('urn:uuid:')}")
            wholes[part] = iri
            one = replace(one, id=part)
        found.append(one)
    return found, wholes


def _content(checked: CheckedRationale) -> list[object]:
    """Return what makes a report another one: the rationale, who judged it, and what was said of it."""
    report = checked.report
    judged = [[j.claim.id, j.claim.quote, j.verdict, j.sentence] for j in report.judgements]
    label = report.grounding.text if report.grounding is not None else None
    figures = list(report.scores.values().values())
    by = [report.graph_version, report.sources]
    return [checked.id, checked.text, label, *by, judged, figures]


def _rationale(checked: CheckedRationale) -> Iterator[Quad]:
    iri = rationale_iri(checked)
    pairs: list[tuple[str, Object]] = [(A, AG + "Rationale"), (A, PROV + "Entity")]
    if checked.text:
        pairs.append((AG + "rationaleText", clean_string(checked.text)))
    if checked.id and not is_iri(clean(checked.id)):
        pairs.append((DCT + "identifier", clean_string(checked.id)))
    agent = clean(checked.agent)
    if agent:
        pairs.append((PROV + "wasAttributedTo", thing_iri(agent)))
        yield from named(agent)
    grounding = checked.report.grounding
    if grounding is not None:
        pairs.append((AG + "labelText", clean_string(grounding.text)))
        if grounding.concept is not None:
            pairs.append((AG + "labelConcept", grounding.concept.iri))
    yield from describe(iri, pairs)


def _report(
    graph: "EmotionGraph", iri: str, run: str, checked: CheckedRationale, at: datetime | None
) -> Iterator[Quad]:
    report = checked.report
    pairs: list[tuple[str, Object]] = [
        (A, AG + "RationaleReport"),
        (A, PROV + "Entity"),
        (AG + "reportOf", rationale_iri(checked)),
        (PROV + "wasDerivedFrom", rationale_iri(checked)),
        (PROV + "wasGeneratedBy", run),
        *(
            (AG + SCORES[name], number(value))
            for name, value in report.scores.values().items()
            if value is not None
        ),
        (SKOS + "note", text(report.caveat)),
    ]
    if at is not None:
        pairs.append((PROV + "generatedAtTime", moment(at)))
    if report.conclusion is not None:
        pairs.append((AG + "concludingClaim", part_iri(iri, report.conclusion)))
    pairs += [(SKOS + "note", text(clean(note))) for note in report.notes]
    yield from describe(iri, pairs)
    for judgement in report.judgements:
        yield from judgement_quads(graph, iri, checked, judgement)
