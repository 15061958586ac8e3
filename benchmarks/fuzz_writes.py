"""Throws made writes at a service that keeps users' data, and counts what they got; any 500 is a fault.

    python benchmarks/fuzz_writes.py --writes 4000 --seed 1

Updates, documents of each format of RDF and tables, good ones and damaged ones, go to ``/sparql``,
``/rdf-graph-store``, ``/graph/user/NAME`` and ``/v1/data/NAME`` with a key, a few at once. A fault is a
status that a write may not have, an answer that is not of its type, a graph that is not as its digest says
at the end, or a change of the project's own graph. The command exits with 1 if there is any.
"""

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

import anyio
import httpx
from fastapi import FastAPI
from fuzz_queries import ODD, Case, damaged
from fuzz_service import judged, print_outcome, throw
from run_info import print_run_info

from affectgraph.api.access import Access
from affectgraph.api.app import create_app
from affectgraph.api.key_file import KeyFile, create_key
from affectgraph.api.pool_limits import PoolLimits
from affectgraph.api.user_data import open_user_data
from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.user_store import UserStore

STATUSES = frozenset({200, 201, 204, 308, 400, 404, 405, 406, 413, 415, 422, 503})
NAMES = ["mine", "words", "a b", "ü", "x" * 300, "..", "a/b", "%2e%2e", "\x00", "Mine", ""]
GRAPHS = [
    *("urn:g", "urn:h", "http://example.org/g", "not an iri", "", "urn:g\n", "file:///etc/passwd"),
    *("https://w3id.org/affectgraph/graph/core", "https://w3id.org/affectgraph/graph/user/mine"),
]
KINDS = ["rdf", "vocabulary", "scheme", "vad", "observations", "rationales", "traces", "none", ""]
UPDATES = [
    'INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> "o"@en , 1 , [] } }',
    "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { ?s ?p ?o } ; DROP GRAPH <urn:h>",
    "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o FILTER(?o = 1) }",
    *("CLEAR ALL", "DROP DEFAULT", "DROP NAMED", "CREATE GRAPH <urn:h>", "COPY <urn:g> TO <urn:h>"),
    *("MOVE <urn:h> TO <urn:g>", "ADD DEFAULT TO <urn:g>", "LOAD <file:///etc/passwd>"),
]
DOCUMENTS = {
    "text/turtle": '@prefix e: <urn:> . e:s e:p "o"@en , 1.50 , [ e:q e:r ] , ( 1 2 ) .',
    "application/n-triples": '<urn:s> <urn:p> "o" .\n_:b <urn:p> <urn:o> .\n',
    "application/trig": "<urn:g> { <urn:s> <urn:p> 1 }",
    "application/n-quads": "<urn:s> <urn:p> <urn:o> <urn:g> .\n",
    "application/rdf+xml": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
        '<rdf:Description rdf:about="urn:s"><e:p>o</e:p></rdf:Description></rdf:RDF>'
    ),
    "application/ld+json": '{"@context": {"p": "urn:p"}, "@id": "urn:s", "p": ["o", {"@id": "urn:o"}]}',
    "text/csv": 'form,concept,polarity\nchuffzled,joy,positive\n"gutted, ish",sadness,negative\n',
    "text/tab-separated-values": "label\tconcept\nstoked\texcitement\n",
}
OWN = Case(
    "the project's own graph",
    "GET",
    f"/sparql?{urlencode({'query': 'SELECT ?s ?p ?o { ?s ?p ?o }', 'format': 'csv'})}",
    {},
)
AS_IT_WAS = "s,p,o\r\nurn:own,urn:p,as it was\r\n"
EACH = 100
"""Writes after each of which the project's own graph is looked at."""
FORM, UPDATE = "application/x-www-form-urlencoded", "application/sparql-update"


class WriteMaker:
    """Makes writes; the same seed gives the same.

    :param key: the token that every write has.
    """

    def __init__(self, seed: int, key: str) -> None:
        self._random = Random(seed)  # noqa: S311 - not for secrets
        self._key = key

    def case(self) -> Case:
        """Return a write."""
        return self._update() if self._random.randrange(2) else self._document()

    def _text(self, good: str) -> bytes:
        text = good if self._random.randrange(3) == 0 else damaged(good, UPDATES, self._random)
        if self._random.randrange(20) == 0:
            text += self._random.choice(ODD) * self._random.choice([1, 1_000])
        return text.encode("utf-8", "surrogatepass")

    def _headers(self, type_: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key}", "content-type": type_}

    def _update(self) -> Case:
        random = self._random
        content = self._text(random.choice(UPDATES))
        graphs = [("using-graph-uri", random.choice(GRAPHS))] if random.randrange(6) == 0 else []
        if random.randrange(2):
            body = urlencode([("update", content), *graphs]).encode()
            return Case("update", "POST", "/sparql", self._headers(FORM), body)
        path = "/sparql" + (f"?{urlencode(graphs)}" if graphs else "")
        return Case("update", "POST", path, self._headers(UPDATE), content)

    def _document(self) -> Case:
        random = self._random
        type_, good = random.choice(sorted(DOCUMENTS.items()))
        method = random.choice(["PUT", "PUT", "PUT", "POST", "DELETE", "GET"])
        kind, path = random.choice(
            [
                ("graph store", f"/rdf-graph-store?{urlencode({'graph': random.choice(GRAPHS)})}"),
                ("graph store", random.choice(["/rdf-graph-store", "/rdf-graph-store?default"])),
                ("graph by name", f"/graph/user/{quote(random.choice(NAMES), safe='')}"),
                ("data", f"/v1/data/{quote(random.choice(NAMES), safe='')}?{self._options()}"),
            ]
        )
        wrong = random.choice([type_] * 9 + [random.choice([*DOCUMENTS, "", "x"])])
        return Case(kind, method, path, self._headers(wrong), self._text(good))

    def _options(self) -> str:
        random = self._random
        return urlencode(
            {
                "kind": random.choice(KINDS),
                "source": random.choice(["", "a book", "\u202e", "x" * 5_000]),
                "keep_good": random.choice(["true", "false", "perhaps"]),
            }
        )


def judge(case: Case, response: httpx.Response) -> str | None:
    """Return what is wrong with an answer to a write, or to what was there before; None if nothing."""
    if case.kind == OWN.kind and response.text != AS_IT_WAS:
        return f"the project's own graph has changed: {response.text[:300]}"
    return judged(response, STATUSES)


def service(folder: Path) -> tuple[FastAPI, str]:
    """Return a service on a graph of one triple that keeps users' data, and a key that may write."""
    own = folder / "own.ttl"
    own.write_text('<urn:own> <urn:p> "as it was" .', encoding="utf-8")
    keys = folder / "keys.jsonl"
    token = create_key(keys, "fuzz", ("write",)).token
    limits = PoolLimits(workers=2, timeout_seconds=5.0, memory_mb=256)
    data = open_user_data(folder / "data", EmotionGraph.load(), str(own), limits)
    return create_app(data=data, access=Access(KeyFile(keys))), token


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--writes", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.getLogger("affectgraph.access").disabled = True
    print_run_info()
    print(f"seed: {options.seed}\n")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app, token = service(folder)
        maker = WriteMaker(options.seed, token)
        cases = [
            case
            for number in range(1, options.writes + 1)
            for case in ([maker.case(), OWN] if number % EACH == 0 else [maker.case()])
        ]
        start = time.monotonic()
        outcome = anyio.run(throw, app, cases, judge)
        print_outcome("writes", outcome, time.monotonic() - start)
        with UserStore.open(folder / "data", create=False) as store:
            faults = store.check()
            print(f"graphs at the end: {len(store.entries())}, faults: {faults or 'none'}")
    return 1 if outcome.faults or faults else 0


if __name__ == "__main__":
    sys.exit(main())
