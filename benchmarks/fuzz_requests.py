"""Makes requests to every route of an OpenAPI document for ``benchmarks/fuzz_service.py``.

Values follow a schema, or do not: a third of them breaks it in one place. The same seed gives the same
requests.
"""

import json
from collections.abc import Mapping
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from fuzz_queries import Case

TEXTS = [
    *(
        "",
        " ",
        "joy",
        "Sadness",
        "furious",
        "AU12",
        "AU6+AU12",
        "ekman-6",
        "goemotions",
        "emotion:anger",
    ),
    *(
        "a" * 3_000,
        "\x00",
        "\u202eabc",
        "😀😡",
        "n'est pas",
        "../../etc/passwd",
        "%2e%2e%2f",
        "<script>",
    ),
    *(
        "http://example.org/",
        "NaN",
        "-1",
        "1e999",
        "null",
        "null\n",
        "\ud800",
        "ﷺ",
        "I was so happy to see her.",
    ),
]
NUMBERS = [0, 1, -1, 2, 0.5, -0.5, 1e9, -1e9, 1e308, 2**63, 3.0000001, 10**40]
WRONG: list[Any] = [
    None,
    True,
    [],
    {},
    "",
    "x",
    7,
    -0.0,
    [[]],
    {"a": {"b": [1]}},
    [None],
    1e400,
    float("nan"),
]
DEPTH = 5


class SchemaReader:
    """Makes values for schemas of an OpenAPI document.

    :param document: where ``$ref`` leads to.
    """

    def __init__(self, document: Mapping[str, Any], random: Random) -> None:
        self.schemas = document.get("components", {}).get("schemas", {})
        self.random = random

    def value(self, schema: Mapping[str, Any], depth: int = DEPTH) -> Any:
        """Return a value that a schema describes, by and large: patterns and bounds may be broken."""
        schema = self._resolved(schema)
        if "examples" in schema and self.random.randrange(2):
            return self.random.choice(schema["examples"])
        for name in ("anyOf", "oneOf"):
            if name in schema:
                return self.value(self.random.choice(schema[name]), depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        return self._by_type(schema, depth)

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema

    def _by_type(self, schema: Mapping[str, Any], depth: int) -> Any:
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "string":
                return self.random.choice(TEXTS)
            case "integer":
                return int(self.random.choice(NUMBERS[:6]))
            case "number":
                return self.random.choice(NUMBERS)
            case "boolean":
                return bool(self.random.randrange(2))
            case "null":
                return None
        return self.random.choice(WRONG)

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        found = {
            name: self.value(part, depth - 1)
            for name, part in schema.get("properties", {}).items()
            if name in required or (depth > 0 and self.random.randrange(3) == 0)
        }
        further = schema.get("additionalProperties")
        if isinstance(further, Mapping) and depth > 0:
            names = self.random.choices(
                [*TEXTS, "AU06_r", "AU12_c", "AU1"], k=self.random.randrange(3)
            )
            found |= {name: self.value(further, depth - 1) for name in names}
        return found

    def _array(self, schema: Mapping[str, Any], depth: int) -> list[Any]:
        if "prefixItems" in schema:
            return [self.value(part, depth - 1) for part in schema["prefixItems"]]
        count = self.random.choice([0, 1, 2, 5]) if depth > 0 else 0
        items = schema.get("items", {})
        return [self.value(items, depth - 1) for _ in range(max(count, schema.get("minItems", 0)))]

    def broken(self, value: Any) -> Any:
        """Return a value changed in one place: another type, left out, or one more."""
        if isinstance(value, dict) and value and self.random.randrange(3):
            name = self.random.choice(list(value))
            rest = {key: part for key, part in value.items() if key != name}
            if self.random.randrange(4) == 0:
                return {**rest, self.random.choice(TEXTS): 1}
            return {**rest, name: self.broken(value[name])}
        if isinstance(value, list) and value and self.random.randrange(3):
            place = self.random.randrange(len(value))
            return [*value[:place], self.broken(value[place]), *value[place + 1 :]]
        return self.random.choice(WRONG)


def request_cases(document: Mapping[str, Any], count: int, *, seed: int) -> list[Case]:
    """Return requests to the routes of a document, each as often as the others; SPARQL has its own.

    Kinds are ``METHOD path``, as the document has them.
    """
    random = Random(seed)  # noqa: S311 - not for secrets
    reader = SchemaReader(document, random)
    routes = [
        (path, method, operation)
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
        if path != "/sparql"
    ]
    return [_request(reader, *routes[number % len(routes)]) for number in range(count)]


def _request(reader: SchemaReader, path: str, method: str, operation: Mapping[str, Any]) -> Case:
    random = reader.random
    kind = f"{method.upper()} {path}"
    query: list[tuple[str, str]] = []
    for parameter in operation.get("parameters", ()):
        value = _parameter(reader, parameter)
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", quote(_text(value), safe=""))
        elif value is not None and parameter["in"] == "query":
            values = value if isinstance(value, list) else [value]
            query += [(parameter["name"], _text(part)) for part in values]
    headers = {
        "accept": random.choice(
            ["*/*", "application/json", "text/turtle", "text/html", "image/png"]
        )
    }
    address = path + (f"?{urlencode(query, errors='replace')}" if query else "")
    if "requestBody" not in operation:
        return Case(kind, method.upper(), address, headers)
    type_, media = random.choice(sorted(operation["requestBody"]["content"].items()))
    headers["content-type"] = type_
    return Case(kind, method.upper(), address, headers, _body(reader, media, type_))


def _parameter(reader: SchemaReader, parameter: Mapping[str, Any]) -> Any:
    if not parameter.get("required") and reader.random.randrange(2):
        return None
    examples = parameter.get("examples") or (
        [parameter["example"]] if "example" in parameter else []
    )
    if isinstance(examples, list) and examples and reader.random.randrange(2):
        return reader.random.choice(examples)
    if reader.random.randrange(3) == 0:
        return reader.random.choice([*TEXTS, *NUMBERS])
    return reader.value(parameter["schema"])


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "replace").decode("utf-8") or "-"


def _body(reader: SchemaReader, media: Mapping[str, Any], type_: str) -> bytes:
    value = reader.value(media.get("schema", {}))
    if "example" in media and reader.random.randrange(3) == 0:
        value = media["example"]
    if reader.random.randrange(3) == 0:
        value = reader.broken(value)
    if reader.random.randrange(40) == 0:
        return reader.random.choice(
            [b"", b"{", b"\xff\xfe", b"[" * 5_000, b"{}{}", b'{"a":1,"a":2}']
        )
    if "json" not in type_ and isinstance(value, str):
        return value.encode("utf-8", "replace")
    return json.dumps(value).encode("ascii")
