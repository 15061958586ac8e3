"""Writes one rationale's claims, their spans and their verdicts as RDF; :mod:`.report_rdf` has the run."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from affectgraph.kg.envelopes.names import is_iri, part_iri, to_uri
from affectgraph.kg.envelopes.rdf import number
from affectgraph.kg.faces import find_unit
from affectgraph.ontology.iris import AG, AU, DCT, PROV, RDF, SCHEME, SKOS, SOURCE, XSD
from affectgraph.ontology.triples import A, Object, boolean, decimal, describe, string, text
from affectgraph.reasoner.model import Claim, ClaimType, Fact, Judgement, Report

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph

OA = "http://www.w3.org/ns/oa#"
"""Namespace of the Web Annotation vocabulary."""

CONTEXT = 32
"""Characters of the text around a quote that its selector repeats."""

Kind = Literal["unit", "concept", "unit or concept", "scheme", "text"]

ENDS: dict[ClaimType, tuple[Kind, Kind]] = {
    "au_identity": ("unit", "unit"),
    "blend_of": ("concept", "concept"),
    "co_occurs": ("concept", "concept"),
    "concludes": ("concept", "text"),
    "cue_denotes": ("text", "unit"),
    "denotes": ("text", "concept"),
    "elicited_by": ("concept", "text"),
    "excludes": ("unit", "concept"),
    "exclusive": ("concept", "concept"),
    "expresses": ("unit", "concept"),
    "genuine": ("unit", "text"),
    "in_tier": ("concept", "text"),
    "label_in_scheme": ("text", "scheme"),
    "masks": ("concept", "unit or concept"),
    "modal_agreement": ("concept", "concept"),
    "modal_conflict": ("concept", "concept"),
    "observes": ("unit", "text"),
    "opposite_of": ("concept", "concept"),
    "stronger_than": ("concept", "concept"),
    "subsumed_by": ("concept", "concept"),
    "transition": ("concept", "concept"),
    "vad_level": ("concept", "text"),
}
"""Type of claim -> what its subject and its object name; what the graph lacks stays text."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBERS = {AG + name for name in ("valence", "arousal", "dominance")}


@dataclass(frozen=True, slots=True)
class CheckedRationale:
    """A rationale with its report.

    :param text: the text that was checked; empty if there was none.
    :param id: its IRI, or any name of it.
    :param agent: IRI or name of who or what wrote it.
    """

    text: str
    report: Report
    id: str = ""
    agent: str = ""


def of_record(
    record: Mapping[str, object], report: Report, *, field: str = "rationale"
) -> CheckedRationale:
    """Return a record with its report; a missing id or agent is empty, and so is what is no text.

    :param field: field of the text; ``id`` and ``agent`` are the others.
    """
    said, id_, agent = (record.get(name) for name in (field, "id", "agent"))
    return CheckedRationale(
        said if isinstance(said, str) else "",
        report,
        "" if id_ is None else str(id_),
        "" if agent is None else str(agent),
    )


def rationale_iri(checked: CheckedRationale) -> str:
    """Return the IRI of a rationale: its id if that is one, else one made from its id and text."""
    name = clean(checked.id)
    return to_uri(name) if is_iri(name) else made_iri("rationale", checked.id, checked.text)


def made_iri(*parts: str) -> str:
    """Return an IRI that is made from texts; equal texts give equal ones."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts))}"


def clean(value: str) -> str:
    """Return a text that RDF can hold: lone surrogates become U+FFFD, places stay."""
    return _SURROGATE.sub("\ufffd", value)


def clean_string(value: str) -> Object:
    """Return a plain string that RDF can hold."""
    return string(clean(value))


# --- claims ---------------------------------------------------------------------------------------


def judgement_quads(
    graph: "EmotionGraph", report: str, checked: CheckedRationale, judgement: Judgement
) -> Iterator[Quad]:
    """Yield the triples of a claim, of the words that make it, if they are there, and of the verdict on it.

    :param report: IRI of the report.
    """
    claim = part_iri(report, judgement.claim.id)
    yield from _claim(graph, claim, checked, judgement.claim)
    yield from _verdict(graph, claim, report, judgement)
    if judgement.claim.source == "text" and judgement.claim.quote:
        yield from _annotation(claim, checked, judgement.claim)


def _claim(
    graph: "EmotionGraph", iri: str, checked: CheckedRationale, claim: Claim
) -> Iterator[Quad]:
    subject, object_ = ENDS[claim.type]
    pairs: list[tuple[str, Object]] = [
        (A, AG + "RationaleClaim"),
        (A, PROV + "Entity"),
        (AG + "claimOf", rationale_iri(checked)),
        (AG + "claimType", string(claim.type)),
        (AG + "isDenied", boolean(claim.is_denied)),
        (AG + "isHedged", boolean(claim.is_hedged)),
        (AG + "confidence", number(claim.confidence)),
        *(pair for token in claim.subject for pair in _end(graph, "claimSubject", subject, token)),
        *(pair for token in claim.object for pair in _end(graph, "claimObject", object_, token)),
    ]
    if claim.quote:
        pairs.append((AG + "quote", clean_string(claim.quote)))
    if claim.degree != "plain":
        pairs.append((AG + "claimDegree", string(claim.degree)))
    if claim.side:
        pairs.append((AG + "claimSide", string(claim.side)))
    if claim.modality:
        pairs.append((AG + "claimChannel", string(claim.modality)))
    if claim.attributed_to:
        speaker = part_iri(iri, "speaker")
        pairs.append((PROV + "wasAttributedTo", speaker))
        named = [(A, PROV + "Agent"), (DCT + "identifier", clean_string(claim.attributed_to))]
        yield from describe(speaker, named)
    yield from describe(iri, pairs)


def _end(graph: "EmotionGraph", name: str, kind: Kind, token: str) -> Iterator[tuple[str, Object]]:
    """Yield what says one thing that a claim is about or says: by IRI, or as text."""
    parts = token.split("|")
    known = [_iri(graph, kind, part) for part in parts]
    if all(known):
        ending = "AnyOf" if len(parts) > 1 else ""
        yield from ((f"{AG}{name}{ending}", iri) for iri in known if iri)
    elif token:
        yield f"{AG}{name}Text", clean_string(token)


def _iri(graph: "EmotionGraph", kind: Kind, token: str) -> str | None:
    """Return the IRI of what a token names, None if the graph has none."""
    if kind == "unit":
        unit = find_unit(graph.index, token) if token else None
        return AU + unit.code if unit is not None else None
    if kind == "unit or concept":
        return _iri(graph, "unit", token) or _iri(graph, "concept", token)
    if kind == "concept":
        concept = graph.index.concepts.get(token)
        return concept.iri if concept is not None else None
    if kind == "scheme":
        return SCHEME + token if token in {s.name for s in graph.schemes()} else None
    return None


def _annotation(iri: str, checked: CheckedRationale, claim: Claim) -> Iterator[Quad]:
    """Yield the Web Annotation that puts a claim and its verdict on the words that make the claim."""
    annotation, target = part_iri(iri, "annotation"), part_iri(iri, "target")
    position, quote = part_iri(iri, "position"), part_iri(iri, "words")
    said = checked.text
    yield from describe(
        annotation,
        [
            (A, OA + "Annotation"),
            (OA + "motivatedBy", OA + "assessing"),
            (OA + "hasBody", iri),
            (OA + "hasBody", part_iri(iri, "verdict")),
            (OA + "hasTarget", target),
        ],
    )
    yield from describe(
        target,
        [
            (A, OA + "SpecificResource"),
            (OA + "hasSource", rationale_iri(checked)),
            (OA + "hasSelector", position),
            (OA + "hasSelector", quote),
        ],
    )
    yield from describe(
        position,
        [
            (A, OA + "TextPositionSelector"),
            (OA + "start", _count(claim.start)),
            (OA + "end", _count(claim.end)),
        ],
    )
    yield from describe(
        quote,
        [
            (A, OA + "TextQuoteSelector"),
            (OA + "exact", clean_string(claim.quote)),
            (OA + "prefix", clean_string(said[max(0, claim.start - CONTEXT) : claim.start])),
            (OA + "suffix", clean_string(said[claim.end : claim.end + CONTEXT])),
        ],
    )


# --- verdicts -------------------------------------------------------------------------------------


def _verdict(
    graph: "EmotionGraph", claim: str, report: str, judgement: Judgement
) -> Iterator[Quad]:
    iri = part_iri(claim, "verdict")
    pairs: list[tuple[str, Object]] = [
        (A, AG + "ClaimVerdict"),
        (A, PROV + "Entity"),
        (AG + "judges", claim),
        (PROV + "wasDerivedFrom", claim),
        (AG + "verdict", string(judgement.verdict)),
        (AG + "ruleId", string(judgement.rule)),
        (AG + "verdictStrength", number(judgement.strength)),
        (AG + "verdictText", clean_string(judgement.sentence)),
    ]
    if judgement.hint:
        pairs.append((AG + "fixHint", clean_string(judgement.hint)))
    known = graph.index.concepts
    pairs += [(AG + "rivalConcept", known[r].iri) for r in judgement.rivals if r in known]
    pairs += [(AG + "dissentingSource", string(source)) for source in judgement.dissent]
    pairs += [(PROV + "wasInfluencedBy", part_iri(report, id_)) for id_ in judgement.carried_by]
    pairs += [(AG + "restsOn", fact_iri(fact)) for fact in judgement.facts]
    yield from describe(report, [(AG + "hasVerdict", iri)])
    yield from describe(iri, pairs)
    for fact in judgement.facts:
        yield from fact_quads(fact)


def fact_iri(fact: Fact) -> str:
    """Return the IRI of a triple's statement: equal triples of one source have equal ones."""
    return made_iri("fact", fact.subject, fact.predicate, fact.object, fact.source)


def fact_quads(fact: Fact) -> Iterator[Quad]:
    """Yield what says a triple of the graph as a statement, with its source."""
    pairs: list[tuple[str, Object]] = [
        (A, RDF + "Statement"),
        (RDF + "subject", fact.subject),
        (RDF + "predicate", fact.predicate),
        (RDF + "object", _fact_object(fact)),
        (DCT + "source", SOURCE + fact.source),
        (DCT + "rights", text(fact.licence)),
        *([(DCT + "isPartOf", fact.graph)] if fact.graph else []),
    ]
    yield from describe(fact_iri(fact), pairs)


def _fact_object(fact: Fact) -> Object:
    """Return the object as the graph has it: an IRI, a number, a name in English, or a plain string."""
    if fact.object.startswith(("http://", "https://")):
        return fact.object
    if fact.predicate in _NUMBERS:
        return decimal(float(fact.object))
    return text(fact.object) if fact.predicate.startswith(SKOS) else string(fact.object)


def _count(value: int) -> Object:
    return RdfLiteral(str(value), datatype=NamedNode(XSD + "nonNegativeInteger"))
