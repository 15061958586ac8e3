"""Renders pages from ``api/templates``: escaped throughout, with links that stay on this host."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from starlette.responses import HTMLResponse

from affectgraph.api.requests_seen import current_exchange
from affectgraph.ontology.iris import BASE, XSD, curie
from affectgraph.ontology.version import VERSION


def template_text(name: str) -> str:
    """Return the text of a packaged template or style sheet."""
    return files("affectgraph.api.templates").joinpath(name).read_text(encoding="utf-8")


_OWN_LINK = re.compile(r'\b(?:href|action)="(?=/(?!/))')
"""The start of an attribute that leads to a path of this service; what users sent is escaped in pages."""


@dataclass(frozen=True, slots=True)
class Link:
    """An RDF term as a page shows it.

    :param href: where it leads; None for values and for IRIs that no browser opens.
    :param note: language or datatype of a literal, where it says something.
    """

    text: str
    href: str | None = None
    note: str = ""


def local_href(iri: str) -> str | None:
    """Return where an IRI leads: a path of this service, the IRI if it is of the web, or None.

    >>> local_href("https://w3id.org/affectgraph/emotion/anger")
    '/emotion/anger'
    """
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("http://", "https://")) else None


def linked(term: NamedNode | BlankNode | Literal | Triple | None) -> Link:
    """Return an RDF term, or an unbound variable, as a page shows it."""
    if term is None:
        return Link("")
    if isinstance(term, NamedNode):
        href = local_href(term.value)
        return Link(curie(term.value), href)
    if isinstance(term, Literal):
        datatype = "" if term.datatype.value == XSD + "string" else curie(term.datatype.value)
        return Link(term.value, note=term.language or datatype)
    return Link(str(term))


@cache
def environment() -> Environment:
    """Return the template environment, made once."""
    found = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["local"] = local_href
    found.filters["curie"] = curie
    found.globals["package_version"] = VERSION
    found.globals["is_static"] = False
    return found


def render_text(name: str, context: Mapping[str, Any]) -> str:
    """Return the text of a page.

    :param name: file of the template.
    :param context: what the template names; a name it lacks is an error. ``is_static`` leaves out what
        only a service can do.
    """
    return environment().get_template(name).render(context)


def render(
    name: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a page.

    :param name: file of the template.
    :param context: what the template names; a name it lacks is an error.
    """
    text = below_root(render_text(name, context))
    return HTMLResponse(text, status_code=status, headers=dict(headers or {}))


def own_address(path: str) -> str:
    """Return the address on this host of a path of the service, which may be reached below another."""
    exchange = current_exchange()
    return path if exchange is None else exchange.root_path + path


def below_root(text: str) -> str:
    """Return a page whose links and forms lead to where the service is reached."""
    root = own_address("")
    return _OWN_LINK.sub(lambda link: link[0] + root, text) if root else text
