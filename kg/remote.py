"""A store behind any SPARQL 1.1 server (Virtuoso, GraphDB, Fuseki, QLever, Neptune, AffectGraph)."""

from collections.abc import Sequence
from typing import ClassVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from affectgraph.kg.store import Bindings, QueryResult
from affectgraph.ontology.errors import BackendError, InputError, QueryError

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"


class RemoteStore:
    """A SPARQL endpoint by URL. Nothing is sent before the first query.

    :param url: the endpoint, ``http://`` or ``https://``.
    :param timeout: seconds to wait for an answer.
    :raises InputError: if the URL has another scheme.
    """

    name: ClassVar[str] = "remote"

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise InputError(f"Expected the http(s) URL of a SPARQL endpoint, got {url!r}.")
        self.url = url
        self.timeout = timeout

    def query(
        self,
        sparql: str,
        *,
        bindings: Bindings | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QueryResult:
        """Return the answer of a query; see :meth:`affectgraph.kg.store.GraphStore.query`.

        Bindings travel as a VALUES block at the end of the query, so they reach the outermost
        group only.
        """
        form = [("query", sparql + _values(bindings or {}))]
        form += [("default-graph-uri", iri) for iri in default_graphs]
        form += [("named-graph-uri", iri) for iri in named_graphs]
        body, media_type = self._post(urlencode(form).encode(), sparql)
        if media_type == "application/sparql-results+json":
            return parse_query_results(body, format=QueryResultsFormat.JSON)
        format_ = RdfFormat.from_media_type(media_type)
        if format_ is None:
            raise BackendError(
                f"expected SPARQL JSON results or RDF, got {media_type!r}.",
                backend=self.name,
                retryable=False,
                hint=f"Check that {self.url} is a SPARQL endpoint.",
            )
        return _as_triples(body, format_)

    def _post(self, body: bytes, sparql: str) -> tuple[bytes, str]:
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        request = Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=self.timeout) as response:  # noqa: S310
                media_type = response.headers.get_content_type()
                return response.read(), media_type
        except HTTPError as error:
            detail = error.read().decode("utf-8", "replace").strip()[:800]
            if error.code == 400:
                raise QueryError(detail or str(error), query=sparql) from error
            raise BackendError(
                f"HTTP {error.code}: {detail}", backend=self.name, retryable=error.code >= 500
            ) from error
        except (URLError, TimeoutError, OSError) as error:
            raise BackendError(
                f"no answer from {self.url}: {error}",
                backend=self.name,
                retryable=True,
                hint="Check that the server runs and the URL is right.",
            ) from error

    def close(self) -> None:
        """Nothing stays open between queries; see :meth:`GraphStore.close`."""


def _values(bindings: Bindings) -> str:
    if not bindings:
        return ""
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term) for term in bindings.values())
    return f"\nVALUES ({names}) {{ ({terms}) }}"


def _as_triples(body: bytes, format_: RdfFormat) -> QueryResult:
    store = Store()
    store.extend(parse(body, format=format_))
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
