"""Addresses in envelopes: what is an IRI stays one, and every other name becomes one and back."""

import json
import re
import uuid
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from affectgraph.kg.observation import Observation, Span
from affectgraph.kg.observed import to_dict
from affectgraph.ontology.errors import InputError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_SAFE = "!#$%&'()*+,/:;=?@~"
_CHAR = re.compile(r"(.*)#char=(\d+),(\d+)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_iri(name: str) -> bool:
    """Return whether a name is an absolute IRI once its odd characters are encoded.

    >>> is_iri("https://example.org/ann"), is_iri("Ann")
    (True, False)
    """
    if not _SCHEME.match(name):
        return False
    return _is_valid(name) or _is_valid(quote(name, safe=_SAFE))


def _is_valid(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def to_uri(name: str) -> str:
    """Return a name as a URI reference: an IRI with its odd characters encoded, else a relative one.

    >>> to_uri("clip 7.wav")
    'clip%207.wav'
    """
    if not is_iri(name):
        return quote(name, safe="/")
    return name if _is_valid(name) else quote(name, safe=_SAFE)


def from_uri(uri: str) -> str:
    """Return the name that :func:`to_uri` wrote; an IRI comes back as it stands."""
    return uri if is_iri(uri) else unquote(uri)


def char_uri(item: str, span: Span | None) -> str:
    """Return the address of a span of an item by RFC 5147, or an empty text if it has none."""
    if not item or "#" in to_uri(item) or span is None or span.start is None:
        return ""
    return f"{to_uri(item)}#char={span.start},{span.end}"


def read_char_uri(uri: str) -> tuple[str, int, int] | None:
    """Return (item, start, end) of an address that :func:`char_uri` wrote; None for any other."""
    found = _CHAR.fullmatch(uri)
    return (from_uri(found[1]), int(found[2]), int(found[3])) if found else None


def observation_iri(observation: Observation) -> str:
    """Return an observation's IRI: its id if that is one, else a name made from its content.

    Equal observations get equal names.
    """
    if is_iri(observation.id):
        return to_uri(observation.id)
    content = json.dumps(to_dict(observation), sort_keys=True, ensure_ascii=True)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}"


def thing_iri(name: str) -> str:
    """Return the IRI of an item, person or thing: the name if it is one, else a name made from it."""
    return to_uri(name) if is_iri(name) else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def part_iri(whole: str, name: str) -> str:
    """Return the IRI of a part.

    >>> part_iri("https://example.org/o1", "episode-1")
    'https://example.org/o1#episode-1'
    """
    return f"{whole}{'-' if '#' in whole else '#'}{name}"


def require_xml(text: str, field: str) -> str:
    """Return a text that XML can hold.

    :raises InputError: if it has a control character or a lone surrogate.
    """
    found = _NOT_XML.search(text)
    if found:
        raise InputError(
            f"Expected characters that XML allows in {field}, got {found[0]!r} at {found.start()}. "
            "Take it out first."
        )
    return text
