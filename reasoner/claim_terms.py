"""What the terms of each type of claim must be, checked where a claim is handed in from outside."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from affectgraph.kg.faces import require_unit
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import ClaimError
from affectgraph.reasoner.extract.channel_cues import PREFIX
from affectgraph.reasoner.extract.faces import ABSENT
from affectgraph.reasoner.model import (
    Channel,
    Claim,
    ClaimType,
    Commitment,
    Degree,
    Origin,
    Polarity,
    Side,
)

Terms = tuple[str, ...]
_Reader = Callable[[EmotionGraph, Terms], Terms | None]
"""Returns terms as the rules want them, None if they are not of the kind; raises UnknownTermError."""

_CODE = re.compile(r"[A-Za-z]{0,2}\s?\d{1,3}")
_CUE = re.compile(rf"(?:{'|'.join((*PREFIX.values(), 'context:'))}).", re.DOTALL)
_LEVEL = re.compile(
    r"valence:(?:positive|negative)|(?:arousal|dominance):(?:high|low)"
    r"|(?:valence|arousal|dominance)=[+-]?(?:1(?:\.0{1,9})?|0?\.\d{1,9}|0(?:\.\d{1,9})?)(?:e-\d{1,3})?"
)
_FIELDS = {
    "polarity": Polarity,
    "commitment": Commitment,
    "degree": Degree,
    "side": Side,
    "modality": Channel,
    "source": Origin,
}


def read_terms(graph: EmotionGraph, claim: Claim) -> Claim:
    """Return a claim with its terms as the rules want them: slugs of concepts, FACS codes.

    :raises ClaimError: if its type is unknown or ``concludes``, its terms are not those of its type, or its
        span is not as long as its quote.
    :raises UnknownTermError: if it names a concept, action unit or scheme that the graph does not have.

    >>> from dataclasses import replace
    >>> from affectgraph.reasoner import Checker
    >>> graph = EmotionGraph.load()
    >>> claim = Checker(graph).check("AU6 suggests joy.").judgements[0].claim
    >>> read_terms(graph, replace(claim, subject=("AU06",))).subject
    ('AU6',)
    """
    if not isinstance(claim, Claim):
        raise ClaimError(f"Expected a Claim, got {type(claim).__name__}.")
    if claim.type == "concludes":
        raise ClaimError("Expected a claim of a type other than 'concludes'; check its text.")
    shape = _SHAPES.get(claim.type) if isinstance(claim.type, str) else None
    if shape is None:
        raise ClaimError(f"Expected one of the types {', '.join(_SHAPES)}, got {claim.type!r}.")
    _require_fields(claim)
    subject = _read(graph, claim, "subject", *shape[:2])
    object_ = _read(graph, claim, "object", *shape[2:])
    if (subject, object_) == (claim.subject, claim.object):
        return claim
    return replace(claim, subject=subject, object=object_)


def _require_fields(claim: Claim) -> None:
    for name, literal in _FIELDS.items():
        value = getattr(claim, name)
        if value not in get_args(literal):
            wanted = ", ".join(map(repr, get_args(literal)))
            raise ClaimError(f"Expected {name} to be one of {wanted}, got {value!r}.")
    if not isinstance(claim.quote, str):
        raise ClaimError(f"Expected the quote as text, got {claim.quote!r}.")
    span = claim.span
    is_pair = isinstance(span, tuple) and len(span) == 2 and all(type(n) is int for n in span)
    if not is_pair or (span != (-1, -1) and (span[0] < 0 or span[1] - span[0] != len(claim.quote))):
        raise ClaimError(
            f"Expected a span as long as the quote, {len(claim.quote)} characters, or (-1, -1) for none, "
            f"got {span!r}."
        )


def _read(graph: EmotionGraph, claim: Claim, role: str, wanted: str, reader: _Reader) -> Terms:
    terms = getattr(claim, role)
    is_text = isinstance(terms, tuple) and all(isinstance(term, str) for term in terms)
    found = reader(graph, terms) if is_text else None
    if found is None:
        raise ClaimError(
            f"Expected the {role} of a claim {claim.type!r} to be a tuple of {wanted}, got {terms!r}."
        )
    return found


# --- kinds of terms -------------------------------------------------------------------------------


def _concept(graph: EmotionGraph, terms: Terms) -> Terms | None:
    return (graph.concept(terms[0]).slug,) if len(terms) == 1 else None


def _concepts(graph: EmotionGraph, terms: Terms) -> Terms | None:
    return tuple(graph.concept(term).slug for term in terms) if terms else None


def _components(graph: EmotionGraph, terms: Terms) -> Terms | None:
    return tuple(graph.concept(term).slug for term in terms) if len(terms) > 1 else None


def _word(_: EmotionGraph, terms: Terms) -> Terms | None:
    return terms if len(terms) == 1 and terms[0].strip() else None


def _words(_: EmotionGraph, terms: Terms) -> Terms | None:
    return terms if terms and all(term.strip() for term in terms) else None


def _any(_: EmotionGraph, terms: Terms) -> Terms | None:
    return terms


def _one_of(*values: str) -> _Reader:
    return lambda _, terms: terms if len(terms) == 1 and terms[0] in values else None


def _level(_: EmotionGraph, terms: Terms) -> Terms | None:
    return terms if len(terms) == 1 and _LEVEL.fullmatch(terms[0]) else None


def _scheme(graph: EmotionGraph, terms: Terms) -> Terms | None:
    return (graph.scheme(terms[0]).name,) if len(terms) == 1 else None


def _code(graph: EmotionGraph, term: str) -> str:
    absent = ABSENT if term.startswith(ABSENT) else ""
    return absent + require_unit(graph.index, term.removeprefix(ABSENT)).code


def _codes(graph: EmotionGraph, terms: Terms) -> Terms | None:
    return tuple(_code(graph, term) for term in terms) if terms else None


def _shown(graph: EmotionGraph, terms: Terms) -> Terms | None:
    """Read actions, alternatives joined by "|", and cues of other channels, which need no code."""
    return tuple(_group(graph, term) for term in terms) if terms else None


def _group(graph: EmotionGraph, term: str) -> str:
    plain = term.removeprefix(ABSENT)
    if _CUE.match(plain):
        return term
    absent = ABSENT if term.startswith(ABSENT) else ""
    return absent + "|".join(require_unit(graph.index, code).code for code in plain.split("|"))


def _seen(graph: EmotionGraph, terms: Terms) -> Terms | None:
    if any(term.startswith(ABSENT) for term in terms):
        return None
    return _shown(graph, terms)


def _numbers(_: EmotionGraph, terms: Terms) -> Terms | None:
    return terms if terms and all(_CODE.fullmatch(term.strip()) for term in terms) else None


def _name(graph: EmotionGraph, terms: Terms) -> Terms | None:
    if not terms:
        return None
    return (terms[0], *(_code(graph, code) for code in terms[1:]))


_CONCEPT = ("one concept", _concept)
_PAIR = (*_CONCEPT, *_CONCEPT)
_WORD = ("one word or phrase", _word)
_CUES = ("one or more FACS codes, alternatives joined by '|', or cues such as 'voice:trembling'",)
_TIERS = _one_of("primary", "secondary", "tertiary")
_CHANNELS = ("one or more channels", _words, "texts", _any)
_SHAPES: dict[ClaimType, tuple[str, _Reader, str, _Reader]] = {
    "au_identity": (
        "one or more numbers of action units",
        _numbers,
        "a name (empty for a number without one), and the FACS codes it stands for if they are known",
        _name,
    ),
    "blend_of": (*_CONCEPT, "two or more concepts", _components),
    "co_occurs": _PAIR,
    "cue_denotes": (*_WORD, "one or more FACS codes", _codes),
    "denotes": (*_WORD, *_CONCEPT),
    "elicited_by": (*_CONCEPT, "the words of the cause", _words),
    "excludes": (*_CUES, _shown, *_CONCEPT),
    "exclusive": _PAIR,
    "expresses": (*_CUES, _shown, "one or more concepts", _concepts),
    "genuine": ("the smile", _word, "'genuine' or 'posed'", _one_of("genuine", "posed")),
    "in_tier": (*_CONCEPT, "'primary', 'secondary' or 'tertiary'", _TIERS),
    "label_in_scheme": ("one label", _word, "one scheme", _scheme),
    "masks": (*_CONCEPT, "what is shown", _words),
    "modal_agreement": _CHANNELS,
    "modal_conflict": _CHANNELS,
    "observes": (*_CUES, _seen, "'shown'", _one_of("shown")),
    "opposite_of": _PAIR,
    "stronger_than": _PAIR,
    "subsumed_by": _PAIR,
    "transition": _PAIR,
    "vad_level": (
        *_CONCEPT,
        "one side such as 'valence:positive' or 'arousal:low', or a value such as 'valence=0.5'",
        _level,
    ),
}
"""What subject and object of each type are: in words, and read."""
