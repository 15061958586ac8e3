"""How a function becomes a tool of the Model Context Protocol: strict input, short answers, plain errors."""

import inspect
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any, get_args

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, create_model
from pydantic.json_schema import GenerateJsonSchema

from affectgraph.api.bodies import Body
from affectgraph.api.shapes import Shape
from affectgraph.ontology.errors import (
    AffectGraphError,
    BackendError,
    InputError,
    QueryError,
    UnknownTermError,
)

logger = logging.getLogger(__name__)

ANSWER_LIMIT = 60_000
"""Characters that an answer may have as text: 20,000 tokens, at 3 characters a token."""

KIND_HINTS = {
    "emotion": "`ground` says what any word means.",
    "scheme": "`schemes` lists them.",
}
"""What to do where the graph holds nothing of a name, by a word of what was expected."""
UNFORESEEN = (
    "Something went wrong that should not have; it is in the server's log. "
    "Report it with the call that led here."
)
QUERY_HINT = "Send one SELECT, ASK, CONSTRUCT or DESCRIBE query of SPARQL 1.1."

ANNOTATIONS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
"""What every tool here is: it changes nothing, and the same call has the same answer."""


class _Untitled(GenerateJsonSchema):
    """Leaves out titles that repeat a field's name: whoever reads the schema pays for them."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def to_tool(
    work: Callable[..., Any], *, title: str, annotations: ToolAnnotations = ANNOTATIONS
) -> Tool:
    """Return the tool that a function is.

    Its name without a last underscore is the tool's, its docstring the description, its parameters with
    their ``Field`` the input, of which unknown names are refused, and the shape it returns the structured
    output. The text of an answer is the same JSON without what is empty. Errors of the package become
    errors of the tool.

    :param work: a function, also a coroutine, of keyword arguments that returns a :class:`Shape`.
    """
    tool = Tool.from_function(
        _answering(work),
        name=work.__name__.rstrip("_"),
        title=title,
        description=inspect.cleandoc(work.__doc__ or ""),
        annotations=annotations,
    )
    metadata = dict(tool.fn_metadata)
    tool.fn_metadata = _Arguments(
        **metadata | {"arg_model": _strict(tool.name, metadata["arg_model"])}
    )
    tool.parameters = _schema(tool.fn_metadata.arg_model)
    return tool


class _Arguments(FuncMetadata):
    """What a tool takes. The SDK reads JSON in texts as lists and objects, for clients that send those so."""

    def pre_parse_json(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments so read, but for those that may be text: a rationale may be JSON itself."""
        fields = self.arg_model.model_fields
        texts = {n for n, field in fields.items() if str in get_args(field.annotation)}
        kept = {n: given for n, given in data.items() if n in texts and isinstance(given, str)}
        return super().pre_parse_json(data) | kept


def _strict(name: str, model: type[BaseModel]) -> Any:
    """Return a model of arguments that refuses unknown names, and mends text that no answer could carry."""
    return create_model(f"{name}Input", __base__=(Body, model))


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(schema_generator=_Untitled)
    return {name: value for name, value in schema.items() if name not in {"title", "description"}}


def _answering(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that answers with what another returns, or with what was wrong."""
    signature = inspect.signature(work, eval_str=True)
    shape = signature.return_annotation

    @wraps(work)
    def answer(**given: Any) -> CallToolResult:
        with _errors_in_words(work.__name__):
            return to_result(work(**given))

    @wraps(work)
    async def answer_later(**given: Any) -> CallToolResult:
        with _errors_in_words(work.__name__):
            return to_result(await work(**given))

    found: Any = answer_later if inspect.iscoroutinefunction(work) else answer
    result = Annotated[CallToolResult, shape]
    parameters = signature.parameters.values()
    found.__signature__ = signature.replace(return_annotation=result)
    found.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": result}
    del found.__wrapped__  # its annotations would be read in place of these
    return found  # type: ignore[no-any-return]


@contextmanager
def _errors_in_words(name: str) -> Iterator[None]:
    """Turn errors of the package into errors of the tool; what nobody foresaw is logged, and not shown."""
    try:
        yield
    except AffectGraphError as error:
        raise ToolError(error_text(error)) from error
    except Exception as error:
        logger.exception("Tool %s failed", name)
        raise ToolError(UNFORESEEN) from error


def to_result(answer: Shape) -> CallToolResult:
    """Return an answer as a tool sends it.

    :raises InputError: if it has more than :data:`ANSWER_LIMIT` characters as text.
    """
    data = answer.model_dump(mode="json")
    text = json.dumps(without_empty(data), ensure_ascii=False, separators=(",", ":"))
    if len(text) > ANSWER_LIMIT:
        raise InputError(
            f"Expected an answer of at most {ANSWER_LIMIT:,} characters, got {len(text):,}. Ask for "
            "less: a lower limit, fewer items, or a shorter text."
        )
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=data)


def without_empty(data: Any) -> Any:
    """Return JSON data whose objects have no fields that are null or empty.

    >>> without_empty({"slug": "joy", "path": [], "note": "", "vad": None, "score": 0.0, "rows": [None, {}]})
    {'slug': 'joy', 'score': 0.0, 'rows': [None, {}]}
    """
    if isinstance(data, list):
        return [without_empty(item) for item in data]
    if not isinstance(data, dict):
        return data
    found = ((name, without_empty(value)) for name, value in data.items())
    return {name: value for name, value in found if value is not None and value not in ("", [], {})}


def error_text(error: AffectGraphError) -> str:
    """Return an error in words.

    >>> error_text(QueryError("Expected a query, got an update."))
    'Expected a query, got an update. Send one SELECT, ASK, CONSTRUCT or DESCRIBE query of SPARQL 1.1.'
    """
    message, hint = str(error), _hint(error)
    if hint and not message.endswith((".", "?")):
        message += "."
    return f"{message} {hint}".rstrip()


def _hint(error: AffectGraphError) -> str:
    """Return what to do about an error whose message may not say it; empty if it does."""
    if isinstance(error, UnknownTermError):
        return next((hint for word, hint in KIND_HINTS.items() if word in error.kind), "")
    if isinstance(error, QueryError):
        return error.hint or QUERY_HINT
    is_unsaid = isinstance(error, BackendError) and error.retryable and not error.hint
    return "Try again later." if is_unsaid else ""
