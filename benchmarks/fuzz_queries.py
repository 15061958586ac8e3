"""Makes requests with SPARQL for ``benchmarks/fuzz_service.py``: by the grammar, and by damage to good ones.

The same seed gives the same requests. Queries by the grammar use terms of the graph, so that many of them
have answers; some nest deeply. Damaged ones lose, repeat, swap or take over tokens and characters.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

SPACES = {
    "ag": "https://w3id.org/affectgraph/ontology#",
    "emotion": "https://w3id.org/affectgraph/emotion/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PROLOGUE = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in SPACES.items())
GRAPHS = [
    "https://w3id.org/affectgraph/graph/vad-glasgow",
    "https://w3id.org/affectgraph/graph/vad-branch-mean",
    "https://w3id.org/affectgraph/graph/none",
    "file:///etc/passwd",
    "not an iri",
]
VARIABLES = ["?s", "?p", "?o", "?x", "?y", "$z", "?label"]
IRIS = [
    "emotion:joy",
    "emotion:dread",
    "emotion:nothing",
    "<http://example.org/é>",
    "skos:Concept",
    "_:b",
]
PREDICATES = ["skos:prefLabel", "skos:broader", "ag:valence", "ag:tier", "a", "skos:altLabel"]
LITERALS = [
    '"joy"@en',
    "'''x\n'y'''",
    "1",
    "-1.5",
    "1e400",
    "true",
    '"1"^^xsd:integer',
    '"\\u0000"',
    '"😀"',
]
CALLS = [
    *("STR", "LANG", "UCASE", "STRLEN", "ABS", "DATATYPE", "BOUND", "ENCODE_FOR_URI", "MD5", "IRI"),
    *("isIRI", "ROUND", "YEAR", "COALESCE", "BNODE", "xsd:integer", "xsd:dateTime", "emotion:call"),
]
OPERATORS = ["+", "-", "*", "/", "=", "!=", "<", ">", "<=", "&&", "||"]
ODD = [
    "\x00",
    "\ufeff",
    "\u202e",
    "😀",
    "\\u0041",
    "\\",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "'",
    '"',
    "#",
    ";",
    "|",
]
WORDS = [
    *(
        "SERVICE <http://127.0.0.1:9/>",
        "FROM <file:///etc/passwd>",
        "LOAD <http://127.0.0.1:9/>",
        "UNION",
    ),
    *(
        "INSERT DATA { <a:a> <a:b> 1 }",
        "LIMIT 99999999999999999999",
        "OFFSET -1",
        "BASE <x>",
        "VALUES",
    ),
    *("GRAPH ?g", "LATERAL", "REDUCED", "HAVING", "UNDEF", "<< ?s ?p ?o >>", "<<( ?s ?p ?o )>>"),
]
TYPES = [
    *(["*/*"] * 6),
    *(
        "*/*",
        "application/json",
        "text/csv",
        "text/turtle",
        "application/sparql-results+xml",
        "text/html",
    ),
    *(
        "application/n-quads",
        "application/ld+json;q=0.3, text/*;q=0.2",
        "image/png",
        "nonsense",
        "",
    ),
]
_TOKEN = re.compile(r"\s+|\w+|\S", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Case:
    """A request.

    :param kind: by what it was made, for the summary.
    :param path: with the query string.
    """

    kind: str
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class QueryMaker:
    """Makes queries by the grammar of SPARQL 1.1.

    :param random: decides.
    """

    def __init__(self, random: Random) -> None:
        self.random = random

    def query(self) -> str:
        """Return a query with its prologue."""
        forms = [self._select, self._ask, self._construct, self._describe]
        form = self.random.choices(forms, weights=[6, 2, 2, 1])[0]
        return PROLOGUE + form()

    def _select(self) -> str:
        what = self.random.choice(["*", "?s", "DISTINCT ?s ?o", "REDUCED ?x", self._aggregate()])
        return f"SELECT {what} {self._dataset()}WHERE {self._group(3)}{self._modifiers()}"

    def _aggregate(self) -> str:
        name = self.random.choice(["COUNT", "SUM", "AVG", "MIN", "SAMPLE", "GROUP_CONCAT"])
        inner = "*" if name == "COUNT" and self._once(2) else self._expression(1)
        return f"({name}({self._some('DISTINCT ', 3)}{inner}) AS ?n)"

    def _ask(self) -> str:
        return f"ASK {self._dataset()}{self._group(3)}"

    def _construct(self) -> str:
        return f"CONSTRUCT {{ {self._triple()} }} WHERE {self._group(3)}{self._modifiers()}"

    def _describe(self) -> str:
        return f"DESCRIBE {self.random.choice(IRIS[:3])} {self._some(self._group(1), 2)}"

    def _dataset(self) -> str:
        if not self._once(12):
            return ""
        return f"FROM {self._some('NAMED ', 2)}<{self.random.choice(GRAPHS)}> "

    def _modifiers(self) -> str:
        parts = [
            self._some(" GROUP BY ?s", 8),
            self._some(f" HAVING ({self._expression(1)})", 16),
            self._some(f" ORDER BY DESC({self._expression(1)}) ?s", 6),
            "" if self._once(6) else f" LIMIT {self.random.choice([0, 1, 10, 1000])}",
            self._some(" OFFSET 5", 8),
        ]
        return "".join(parts)

    def _group(self, depth: int) -> str:
        parts = [self._triple() for _ in range(self.random.randint(1, 2))]
        if depth and self._once(2):
            parts.append(self._pattern(depth - 1))
        return "{ " + " ".join(parts) + " }"

    def _pattern(self, depth: int) -> str:
        group = self._group(depth)
        return self.random.choice(
            [
                f"OPTIONAL {group}",
                f"{group} UNION {self._group(depth)}",
                f"MINUS {group}",
                f"FILTER({self._expression(3)})",
                f"FILTER NOT EXISTS {group}",
                f"BIND({self._expression(2)} AS ?bound)",
                f"GRAPH {self.random.choice(['?g', f'<{GRAPHS[0]}>', 'emotion:joy'])} {group}",
                f"VALUES (?s ?x) {{ ({self._value()} {self._value()}) (UNDEF {self._value()}) }}",
                f"{{ SELECT ?s WHERE {group} LIMIT 5 }}",
                self._nested(),
            ]
        )

    def _nested(self) -> str:
        count = self.random.choice([2, 50, 150])
        opened, closed = self.random.choice([("{ ", " }"), ("FILTER(" + "(" * 5, ")" * 6)])
        inner = "" if opened.startswith("{") else "1"
        return opened * count + inner + closed * count

    def _triple(self) -> str:
        subject = self.random.choice([*VARIABLES, *VARIABLES, *IRIS, "[]", "( 1 ?x )"])
        objects = [*VARIABLES, *VARIABLES, *IRIS, *LITERALS]
        return f"{subject} {self._path()} {self.random.choice(objects)} ."

    def _path(self) -> str:
        if not self._once(4):
            return self.random.choice([*PREDICATES, *PREDICATES, "?p"])
        first, second = self.random.choices(PREDICATES, k=2)
        shape = self.random.choice(
            ["{}/{}", "{}|{}", "^{}/{}", "({})+/{}", "({}|{})*", "!({}|{})", "{}?/{}"]
        )
        return shape.format(first, second)

    def _value(self) -> str:
        return self.random.choice([*IRIS[:5], *LITERALS, "UNDEF"])

    def _expression(self, depth: int) -> str:
        if depth == 0 or self._once(3):
            return self.random.choice([*VARIABLES, *LITERALS, "emotion:joy"])
        inner = [self._expression(depth - 1) for _ in range(2)]
        return self.random.choice(
            [
                f"({inner[0]} {self.random.choice(OPERATORS)} {inner[1]})",
                f"{self.random.choice(CALLS)}({inner[0]})",
                f"IF({inner[0]}, {inner[1]}, 1/0)",
                f"REGEX(STR({inner[0]}), '{self.random.choice(['a+', '(a|a)*b', '[', 'x{1,9}'])}')",
                f"({inner[0]} IN ({inner[1]}, 2))",
                f"REPLACE(STR({inner[0]}), 'a*', {inner[1]})",
                f"(! {inner[0]})",
            ]
        )

    def _once(self, times: int) -> bool:
        return self.random.randrange(times) == 0

    def _some(self, text: str, times: int) -> str:
        return text if self._once(times) else ""


def damaged(query: str, others: Sequence[str], random: Random) -> str:
    """Return a query after one to four changes to its tokens and characters."""
    changes: list[Callable[[list[str]], list[str]]] = [
        lambda t: t[: random.randrange(len(t) + 1)],
        lambda t: _without(t, random.randrange(len(t))),
        lambda t: _with(t, random, random.choice(ODD)),
        lambda t: _with(t, random, f" {random.choice(WORDS)} "),
        lambda t: _with(t, random, random.choice(t) * random.choice([2, 40])),
        lambda t: _swapped(t, random),
        lambda t: t[: len(t) // 2] + _TOKEN.findall(random.choice(others)),
    ]
    tokens = _TOKEN.findall(query)
    for _ in range(random.randint(1, 4)):
        if tokens:
            tokens = random.choice(changes)(tokens)
    return "".join(tokens)


def _without(tokens: list[str], place: int) -> list[str]:
    return tokens[:place] + tokens[place + 1 :]


def _with(tokens: list[str], random: Random, new: str) -> list[str]:
    place = random.randrange(len(tokens) + 1)
    return [*tokens[:place], new, *tokens[place:]]


def _swapped(tokens: list[str], random: Random) -> list[str]:
    changed = list(tokens)
    one, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def query_cases(count: int, good: Sequence[str], *, seed: int) -> list[Case]:
    """Return requests to the endpoint: half by the grammar, half good queries that were damaged.

    :param good: queries to damage.
    """
    random = Random(seed)  # noqa: S311 - not for secrets
    maker = QueryMaker(random)
    made = []
    for number in range(count):
        by_grammar = number % 2 == 0
        query = maker.query() if by_grammar else damaged(random.choice(good), good, random)
        made.append(_case("grammar" if by_grammar else "damaged", query, random))
    return made


def _case(kind: str, query: str, random: Random) -> Case:
    further = [
        (name, random.choice(GRAPHS))
        for name in ("default-graph-uri", "named-graph-uri")
        if random.randrange(12) == 0
    ]
    if random.randrange(20) == 0:
        further.append(("format", random.choice(["json", "ttl", "nq", "html", "nonsense"])))
    headers = {"accept": random.choice(TYPES)}
    way = random.choice(["get", "form", "direct"])
    content = query.encode("utf-8", "surrogatepass")
    if way == "direct":
        headers["content-type"] = "application/sparql-query"
        path = "/sparql" + (f"?{urlencode(further)}" if further else "")
        return Case(kind, "POST", path, headers, content)
    fields = urlencode([("query", query), *further])
    if way == "get":
        return Case(kind, "GET", f"/sparql?{fields}", headers)
    headers["content-type"] = "application/x-www-form-urlencoded"
    return Case(kind, "POST", "/sparql", headers, fields.encode())
