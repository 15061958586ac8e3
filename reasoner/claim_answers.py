"""The form in which a language model gives claims: types and terms it may name, and how they are read.

Offered are the types that the graph can judge by themselves. Causes, hidden feelings and channels are left
out, for nothing in the graph bears on them, and ``concludes``, which a whole rationale decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from affectgraph.ontology.errors import ClaimError
from affectgraph.reasoner.constrain import JsonSchema
from affectgraph.reasoner.json_answers import (
    array_schema,
    object_schema,
    read_json,
    refuse_further,
    require_offered,
    required_field,
)
from affectgraph.reasoner.model import Claim, ClaimType

LONGEST_QUOTE = 300
"""Most characters of a quote."""

LONGEST_WORDS = 80
"""Most characters of a word, phrase or name that is a term itself."""

MODEL_CONFIDENCE = 0.5
"""Confidence of a model's reading. Set by judgement: no reading of a model was measured."""

FIELDS = ("type", "quote", "subject", "object", "polarity", "commitment")

OF_UNITS: tuple[ClaimType, ...] = ("expresses", "excludes")
OF_PAIRS: tuple[ClaimType, ...] = (
    "subsumed_by",
    "opposite_of",
    "exclusive",
    "co_occurs",
    "stronger_than",
    "transition",
)
_OF_FACES = frozenset({*OF_UNITS, "observes", "au_identity", "cue_denotes", "genuine"})

_LEVELS = tuple(
    f"{dimension}:{side}"
    for dimension, sides in (
        ("valence", ("positive", "negative")),
        ("arousal", ("high", "low")),
        ("dominance", ("high", "low")),
    )
    for side in sides
)
_WORDS = {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS}

Terms = dict[str, Any]
"""JSON Schema of a list of terms."""


@dataclass(frozen=True)
class ClaimAnswer:
    """The answer to a text: a list of claims of the types and terms offered.

    :param units: FACS codes that may be named, one or more.
    :param concepts: slugs of concepts that may be named, one or more.
    :param schemes: names of label schemes that may be named; without one, no claim on labels is offered.
    :param graph_version: of the graph they are from.
    :param most: at most so many claims, 1 or more.

    >>> form = ClaimAnswer(("AU6", "AU12"), ("joy", "anger"))
    >>> claim = '{"type":"expresses","quote":"AU6 shows joy","subject":["AU6"],"object":["joy"],'
    >>> (read,) = form.read('{"claims":[' + claim + '"polarity":"affirmed","commitment":"plain"}]}')
    >>> form.claim(read).subject, form.claim(read).source
    (('AU6',), 'model')
    """

    units: tuple[str, ...]
    concepts: tuple[str, ...]
    schemes: tuple[str, ...] = ()
    graph_version: str = ""
    most: int = 24

    @cached_property
    def types(self) -> tuple[ClaimType, ...]:
        """The types that may be given."""
        return tuple(type_ for types, _, _ in self._forms() for type_ in types)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) as a dictionary: one alternative for types with the same terms."""
        claims = [_claim_schema(*form) for form in self._forms()]
        return object_schema({"claims": array_schema({"anyOf": claims}, least=0, most=self.most)})

    @cached_property
    def constraint(self) -> JsonSchema:
        """What a request carries."""
        return JsonSchema.of(self.schema, graph_version=self.graph_version)

    def read(self, text: str) -> list[object]:
        """Return the claims of an answer as they are given, whatever stands in them.

        :raises ClaimError: if it is no JSON object with a list of claims and nothing else.
        """
        value = read_json(text)
        refuse_further(value, ("claims",), "the answer")
        claims: list[object] = required_field(value, "claims", list)
        return claims

    def claim(self, value: object) -> Claim:
        """Return one claim as given, without a place in the text; its terms are not checked here.

        :raises ClaimError: if a field is missing, one too many or of the wrong type, or its type was not
            offered.
        """
        refuse_further(value, FIELDS, "a claim")
        type_ = required_field(value, "type", str)
        require_offered(type_, self.types, "a type of claim")
        return Claim(
            id="",
            type=type_,
            subject=_terms(value, "subject"),
            object=_terms(value, "object"),
            polarity=required_field(value, "polarity", str),
            commitment=required_field(value, "commitment", str),
            degree="plain",
            side="",
            modality="face" if type_ in _OF_FACES else "",
            span=(-1, -1),
            quote=required_field(value, "quote", str),
            source="model",
            confidence=MODEL_CONFIDENCE,
        )

    def _forms(self) -> Iterator[tuple[tuple[ClaimType, ...], Terms, Terms]]:
        """Yield types with what their subject and object may be."""
        unit, concept = {"enum": [*self.units]}, {"enum": [*self.concepts]}
        yield ("observes",), _list(unit, 8), _one_of("shown")
        yield OF_UNITS, _list(unit, 8), _list(concept, 2)
        yield ("au_identity",), _list(unit), _list(_WORDS)
        yield ("cue_denotes",), _list(_WORDS), _list(unit, 4)
        yield ("genuine",), _one_of("smile"), _one_of("genuine", "posed")
        yield ("in_tier",), _list(concept), _one_of("primary", "secondary", "tertiary")
        yield OF_PAIRS, _list(concept), _list(concept)
        yield ("blend_of",), _list(concept), array_schema(concept, least=2, most=4)
        yield ("denotes",), _list(_WORDS), _list(concept)
        yield ("vad_level",), _list(concept), _one_of(*_LEVELS)
        if self.schemes:
            yield ("label_in_scheme",), _list(_WORDS), _one_of(*self.schemes)


def _claim_schema(types: tuple[ClaimType, ...], subject: Terms, object_: Terms) -> dict[str, Any]:
    return object_schema(
        {
            "type": {"enum": [*types]},
            "quote": {"type": "string", "minLength": 1, "maxLength": LONGEST_QUOTE},
            "subject": subject,
            "object": object_,
            "polarity": {"enum": ["affirmed", "denied"]},
            "commitment": {"enum": ["plain", "hedged"]},
        }
    )


def _list(term: dict[str, Any], most: int = 1) -> Terms:
    return array_schema(term, least=1, most=most)


def _one_of(*names: str) -> Terms:
    return _list({"enum": [*names]})


def _terms(value: object, role: str) -> tuple[str, ...]:
    found = required_field(value, role, list)
    if not all(isinstance(term, str) for term in found):
        raise ClaimError(f"Expected texts in {role!r} of a claim, got {found!r}.")
    return tuple(found)


def terms_in_words(claim: Claim) -> tuple[str, ...]:
    """Return the terms of a claim that are words of its text: they have to stand in its quote.

    >>> answer = ClaimAnswer(("AU4",), ("joy",))
    >>> terms_in_words(answer.claim({"type": "cue_denotes", "quote": "the frown, AU4", "subject": ["frown"],
    ...     "object": ["AU4"], "polarity": "affirmed", "commitment": "plain"}))
    ('frown',)
    """
    if claim.type in ("cue_denotes", "denotes", "label_in_scheme"):
        return claim.subject
    return claim.object if claim.type == "au_identity" else ()
