"""Writes concepts marked in a text as NIF 2.0: the text a context, each span a string that refers to it.

The concept stands in ITS 2.0's ``itsrdf:taIdentRef`` and, as in :mod:`affectgraph.kg.envelopes.onyx`, as
the category of an ``onyx:Emotion``. Offsets count code points from 0, half open, as RFC 5147 does.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from affectgraph.kg.envelopes.model import Envelope
from affectgraph.kg.envelopes.names import part_iri, thing_iri
from affectgraph.kg.envelopes.rdf import ITSRDF, NIF, ONYX, named, serialised
from affectgraph.kg.observation import ConceptSpan
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.iris import XSD
from affectgraph.ontology.triples import A, Object, describe, string

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph


def to_nif(
    graph: "EmotionGraph",
    text: str,
    spans: Iterable[ConceptSpan],
    *,
    item: str = "",
    format: str = "jsonld",  # noqa: A002
) -> Envelope:
    """Return a text with its marked concepts as NIF 2.0; nothing is lost.

    Several concepts of one span are one string with several references; their scores then stand on the
    emotions alone, as a string has one ``itsrdf:taConfidence``.

    :param item: IRI or name of the text; strings are named ``{item}#char={start},{end}``. If left out, a
        name made from the text, so that equal texts have equal names.
    :param format: ``jsonld``, ``turtle`` or ``ntriples``.
    :raises UnknownTermError: if the graph does not hold a concept.
    :raises InputError: if a span reaches beyond the text, the text holds a lone surrogate, or there is
        no such format.

    >>> from affectgraph.kg import EmotionGraph
    >>> found = to_nif(EmotionGraph.load(), "so sad", [ConceptSpan(3, 6, "sadness", 0.9)], format="turtle")
    >>> "itsrdf:taIdentRef emotion:sadness" in found.content
    True
    """
    _require_unicode(text)
    whole = thing_iri(item) if item else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    context = part_iri(whole, f"char=0,{len(text)}")
    quads = [*_context(context, text), *named(item)]
    marked = list(spans)
    concepts = Counter((span.start, span.end) for span in marked)
    for place, span in enumerate(marked, start=1):
        if span.end > len(text):
            raise InputError(
                f"Expected spans within the {len(text)} code points of the text, got "
                f"{span.start}..{span.end}."
            )
        is_alone = concepts[span.start, span.end] == 1
        quads += _string(
            whole, context, text, graph.concept(span.concept).iri, place, span, is_alone
        )
    return serialised(quads, format)


def _require_unicode(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"Expected Unicode text, got a lone surrogate at {error.start}. Take it out first."
        ) from error


def _count(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "nonNegativeInteger"))


def _context(context: str, text: str) -> Iterator[Quad]:
    yield from describe(
        context,
        [
            (A, NIF + "Context"),
            (A, NIF + "RFC5147String"),
            (NIF + "isString", string(text)),
            (NIF + "beginIndex", _count(0)),
            (NIF + "endIndex", _count(len(text))),
        ],
    )


def _string(
    whole: str, context: str, text: str, concept: str, place: int, span: ConceptSpan, is_alone: bool
) -> Iterator[Quad]:
    iri = part_iri(whole, f"char={span.start},{span.end}")
    emotions = part_iri(whole, f"emotions-{place}")
    emotion = part_iri(whole, f"emotion-{place}")
    pairs: list[tuple[str, Object]] = [
        (ITSRDF + "taIdentRef", concept),
        (ONYX + "hasEmotionSet", emotions),
    ]
    if iri != context:
        pairs += [
            (A, NIF + "RFC5147String"),
            (NIF + "anchorOf", string(text[span.start : span.end])),
            (NIF + "beginIndex", _count(span.start)),
            (NIF + "endIndex", _count(span.end)),
            (NIF + "referenceContext", context),
        ]
    if span.score is not None and is_alone:
        pairs.append((ITSRDF + "taConfidence", _real(span.score, "double")))
    yield from describe(iri, pairs)
    yield from describe(
        emotions,
        [(A, ONYX + "EmotionSet"), (ONYX + "extractedFrom", iri), (ONYX + "hasEmotion", emotion)],
    )
    said: list[tuple[str, Object]] = [
        (A, ONYX + "Emotion"),
        (ONYX + "hasEmotionCategory", concept),
    ]
    if span.score is not None:
        said.append((ONYX + "algorithmConfidence", _real(span.score, "float")))
    yield from describe(emotion, said)


def _real(value: float, type_: str) -> Literal:
    return Literal(repr(float(value)), datatype=NamedNode(XSD + type_))
