"""The API's description: what FastAPI derives from the routes, and examples that the graph answers."""

import inspect
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from starlette.responses import Response

from affectgraph.api.handlers import documented
from affectgraph.api.immutable import kept_as
from affectgraph.api.problems import Problem
from affectgraph.api.services import Services
from affectgraph.ontology.errors import UnknownTermError

KEY_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key from whoever runs the service, where it asks for one; see docs/operation.md.",
}

OF_USERS = "data"
"""Tag of the routes of users' data."""

SHOWN_ITEMS = 2
"""Items of a list that an example shows."""


@dataclass(frozen=True, slots=True)
class Example:
    """The example of a handler's parameter that is made of several of the request, among its annotations."""

    value: Any


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made at the first call.

    The example of a route's answer is what its handler says to the examples of its parameters, so an
    example can be tried, and cannot be out of date. Routes of users' data have none: what they answer is
    the users', and to call them may write.
    """
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
            license_info=app.license_info,
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        model = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(model.pop("$defs", {}))
        schemas["Problem"] = model
        document["components"]["securitySchemes"] = {"key": KEY_SCHEME}
        document["security"] = [{}, {"key": []}]
        for route in documented_routes(app.state.routers):
            if OF_USERS not in route.tags:
                _add_example(document, route, app.state.services)
            _add_tag(document, route)
            _add_body_refusals(document, route)
        app.openapi_schema = document
    return app.openapi_schema


def documented_routes(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """Return the routes that stand in the OpenAPI document, in order."""
    routes = (route for router in routers for route in router.routes)
    return [r for r in routes if isinstance(r, APIRoute) and r.include_in_schema]


def example_arguments(route: APIRoute) -> dict[str, Any]:
    """Return the example of each parameter of a route that has one, by the handler's own names."""
    found = {}
    for name, parameter in inspect.signature(route.endpoint).parameters.items():
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, BaseModel):
            found[name] = body_example(parameter.annotation)
            continue
        for extra in get_args(parameter.annotation)[1:]:
            if isinstance(extra, FieldInfo) and extra.examples:
                found[name] = extra.examples[0]
            elif isinstance(extra, Example):
                found[name] = extra.value
    return found


def body_example(model: type[BaseModel]) -> BaseModel:
    """Return a body made of its fields' examples."""
    fields = {k: field.examples[0] for k, field in model.model_fields.items() if field.examples}
    return model.model_validate(fields)


def _add_example(document: dict[str, Any], route: APIRoute, services: Services) -> None:
    arguments = example_arguments(route)
    for method in route.methods or ():
        operation = document["paths"][route.path_format][method.lower()]
        content = operation["responses"]["200"].get("content", {}).get("application/json")
        if route.response_class is Response or content is None:
            continue
        with suppress(UnknownTermError):  # a graph that is not the packaged one may lack the term
            answer = route.endpoint(services=services, **arguments)
            content["example"] = shorten(jsonable_encoder(answer))
        for argument in arguments.values():
            if isinstance(argument, BaseModel):
                body = operation["requestBody"]["content"]["application/json"]
                body["example"] = argument.model_dump(mode="json", exclude_unset=True)


def _add_tag(document: dict[str, Any], route: APIRoute) -> None:
    """Say of a route whose answers cannot change that they are tagged."""
    if "GET" not in (route.methods or ()) or kept_as(route.path_format) is None:
        return
    answers = document["paths"][route.path_format]["get"]["responses"]
    tag = {
        "description": "Strong entity tag, by the graph's version.",
        "schema": {"type": "string"},
    }
    answers["200"].setdefault("headers", {})["ETag"] = tag
    answers["304"] = {"description": "The answer has the tag that `If-None-Match` names."}


def _add_body_refusals(document: dict[str, Any], route: APIRoute) -> None:
    """Say of a route that takes a body how one is refused that cannot be read, or is too large."""
    for method in route.methods or ():
        operation = document["paths"][route.path_format][method.lower()]
        if "requestBody" in operation:
            for status, answer in documented(400, 413).items():
                operation["responses"].setdefault(str(status), answer)


def shorten(value: Any) -> Any:
    """Return an answer with its lists cut to :data:`SHOWN_ITEMS` items."""
    if isinstance(value, list):
        return [shorten(item) for item in value[:SHOWN_ITEMS]]
    if isinstance(value, dict):
        return {key: shorten(item) for key, item in value.items()}
    return value
