"""The client has a method for every operation of the API, with all it takes, and gives what it sends."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from pydantic import TypeAdapter

from affectgraph.client import (
    AsyncClient,
    Call,
    Client,
    faces,
    judging,
    linking,
    lookups,
    places,
    service,
)
from affectgraph.client.in_process import InProcessTransport
from tests.api.test_openapi_examples import operations, values
from tests.client.conftest import BASE_URL

MODULES = (lookups, faces, places, linking, judging, service)
TWIN = {
    ("GET", "/sparql"): "sparql sends every query by POST, which takes the same and longer ones"
}
"""Operations that another one of the same route does the work of."""
OTHERWISE = {"default-graph-uri": "default_graphs", "named-graph-uri": "named_graphs"}
"""Parameters whose names are none in Python."""
LEFT_TO_OTHERS = {("POST", "/sparql"): {"format"}}


class Maker(NamedTuple):
    """A function that makes a question, and the operation it asks."""

    name: str
    make: Callable[..., Call[Any]]
    operation: tuple[str, str]

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        return dict(inspect.signature(self.make).parameters)


def makers() -> Iterator[Maker]:
    for module in MODULES:
        for name, make in vars(module).items():
            if inspect.isfunction(make) and make.__module__ == module.__name__ and name[0] != "_":
                call = make(**dict.fromkeys(required(make), "x"))
                yield Maker(name, make, (call.method, call.route))


def required(make: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(make).parameters.values()
    return [p.name for p in parameters if p.default is p.empty]


def taken(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """Return what an operation takes, by the client's names, each with its default."""
    found = {
        OTHERWISE.get(p["name"], p["name"]): p["schema"].get("default")
        for p in operation.get("parameters", ())
    }
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if body:
        schema = document["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
        found |= {name: field.get("default") for name, field in schema["properties"].items()}
    return found


MAKERS = list(makers())


def test_every_operation_has_a_method(document: dict[str, Any]) -> None:
    offered = {(method, path) for method, path, _ in operations(document)}
    asked = {maker.operation for maker in MAKERS}
    assert offered - asked == set(TWIN)
    assert asked <= offered
    assert len(asked) > 70


def test_methods_take_all_that_their_operations_take_and_nothing_else(
    document: dict[str, Any],
) -> None:
    for method, path, operation in operations(document):
        own = [maker for maker in MAKERS if maker.operation == (method, path)]
        if not own:
            continue
        takes = taken(document, operation)
        given = {name for maker in own for name in maker.parameters}
        extra = {"query", "default_graphs", "named_graphs"} if path == "/sparql" else set()
        assert given - extra == set(takes) - extra - LEFT_TO_OTHERS.get((method, path), set()), path


def test_defaults_of_methods_are_those_of_the_service(document: dict[str, Any]) -> None:
    seen = 0
    for method, path, operation in operations(document):
        takes = taken(document, operation)
        for maker in (m for m in MAKERS if m.operation == (method, path)):
            for name, parameter in maker.parameters.items():
                default = parameter.default
                if default in {parameter.empty, None, ()} or name == "format":
                    continue
                said = list(default) if isinstance(default, tuple) else default
                assert said == takes[name], f"{maker.name}({name})"
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("class_", [Client, AsyncClient])
def test_clients_have_a_method_for_each_question_with_its_parameters(class_: type) -> None:
    for maker in MAKERS:
        method = getattr(class_, maker.name)
        assert list(inspect.signature(method).parameters)[1:] == list(maker.parameters)
        assert method.__doc__ == maker.make.__doc__


def test_both_clients_offer_the_same() -> None:
    sync, later = ({n for n in dir(c) if n[0] != "_"} for c in (Client, AsyncClient))
    assert sync ^ later == {"close", "aclose"}


def test_no_two_questions_have_one_name() -> None:
    names = [maker.name for maker in MAKERS]
    assert len(names) == len(set(names))


# --- answers --------------------------------------------------------------------------------------


def example_of(document: dict[str, Any], maker: Maker) -> dict[str, Any]:
    """Return arguments of a question by the first examples of its operation."""
    method, path = maker.operation
    operation = document["paths"][path][method.lower()]
    found = {p["name"]: values(p)[0] for p in operation.get("parameters", ()) if values(p)}
    content = operation.get("requestBody", {}).get("content", {})
    found |= content.get("application/json", {}).get("example", {})
    if path == "/sparql":
        found = {"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"}
    return {name: value for name, value in found.items() if name in maker.parameters}


OTHER_FORMS = {"void", "sparql", "reason_events"}
JSON_MAKERS = [m for m in MAKERS if "document" not in m.name and m.name not in OTHER_FORMS]


@pytest.mark.parametrize("maker", JSON_MAKERS, ids=lambda maker: maker.name)
def test_answer_is_what_the_service_sends_with_every_field(
    client: Client, transport: InProcessTransport, document: dict[str, Any], maker: Maker
) -> None:
    arguments = example_of(document, maker)
    call = maker.make(**arguments)

    found = getattr(client, maker.name)(**arguments)

    with httpx.Client(transport=NoClose(transport), base_url=BASE_URL) as http:
        sent = http.request(
            call.method,
            call.path,
            params=httpx.QueryParams(call.parameters()),  # type: ignore[arg-type]
            content=call.content(),
            headers=call.headers(),
        )
    assert sent.status_code == 200
    expected = TypeAdapter(call.answer).validate_json(sent.content, extra="forbid")
    assert without_times(found) == without_times(expected)


class NoClose(httpx.BaseTransport):
    """A transport that others use, too."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(request)


def without_times(value: Any) -> Any:
    """Return an answer as JSON data without what each run takes in seconds."""
    return _without(TypeAdapter(Any).dump_python(value, mode="json"))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without(v) for k, v in value.items() if not k.endswith(("seconds", "_at"))}
    return [_without(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "maker", ["check_document", "check_many_document", "annotate_document", "void"]
)
def test_documents_come_as_they_are(client: Client, document: dict[str, Any], maker: str) -> None:
    (found,) = (m for m in MAKERS if m.name == maker)
    arguments = {n: v for n, v in example_of(document, found).items() if n != "format"}
    assert getattr(client, maker)(**arguments).startswith("@prefix")
