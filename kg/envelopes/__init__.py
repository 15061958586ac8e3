"""Observations in the formats of others: EmotionML and Onyx, and RDF in the project's own terms."""

from affectgraph.kg.envelopes.conversion import Conversion, convert, convert_reading
from affectgraph.kg.envelopes.emotionml import to_emotionml
from affectgraph.kg.envelopes.emotionml_reading import from_emotionml
from affectgraph.kg.envelopes.model import Envelope, Loss, Opened
from affectgraph.kg.envelopes.nif import to_nif
from affectgraph.kg.envelopes.onyx import to_onyx
from affectgraph.kg.envelopes.onyx_reading import from_onyx
from affectgraph.kg.envelopes.rdf import to_rdf
from affectgraph.kg.envelopes.writing import write_envelope

__all__ = [
    "Conversion",
    "Envelope",
    "Loss",
    "Opened",
    "convert",
    "convert_reading",
    "from_emotionml",
    "from_onyx",
    "to_emotionml",
    "to_nif",
    "to_onyx",
    "to_rdf",
    "write_envelope",
]
