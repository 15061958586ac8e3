"""One question to the service as a value: its route, what goes with it, and the type of its answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from affectgraph.client.errors import UnreadableAnswerError
from affectgraph.ontology.errors import InputError

Answer = TypeVar("Answer")

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Call(Generic[Answer]):
    """A question to the service; :class:`affectgraph.client.Client` asks it.

    :param method: ``GET``, ``POST``, ``PUT`` or ``DELETE``.
    :param route: path as the API's description writes it, such as ``/v1/emotions/{name}``.
    :param answer: type of the answer: what pydantic validates, ``str`` for a document as it is, or None for
        nothing.
    :param names: values for the names in the route.
    :param query: parameters of the query; a sequence repeats the name, None leaves it out.
    :param body: what is sent: an object as JSON, a text as UTF-8, bytes as they are, or nothing.
    :param accept: media types that the answer may have.
    :param media_type: type of the body.
    :param if_match: entity tag of what is to be changed; whatever there is, if it is empty.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    route: str
    answer: Any
    names: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | str | bytes | None = None
    accept: str = JSON
    media_type: str = JSON
    if_match: str = ""

    @property
    def path(self) -> str:
        """The route with its names filled in.

        :raises InputError: if a name has a step ``.`` or ``..``, which would make it another route.

        >>> Call("GET", "/v1/emotions/{name}", str, names={"name": "state/trust"}).path
        '/v1/emotions/state/trust'
        """
        for value in self.names.values():
            _refuse_steps(value)
        quoted = {name: quote(value, safe="/") for name, value in self.names.items()}
        return self.route.format_map(quoted)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the query as they are sent."""
        return [
            (name, text)
            for name, value in self.query.items()
            for text in _texts(value)
            if value is not None
        ]

    def headers(self) -> dict[str, str]:
        """Return the headers that say what is sent, what is wanted, and what is expected to be there.

        :raises InputError: if the entity tag has signs that a header cannot hold.
        """
        if not re.fullmatch("[ -~]*", self.if_match):
            raise InputError(
                f"Expected if_match as the service's own etag, got {self.if_match!r:.80}."
            )
        sent = {} if self.body is None else {"content-type": self.media_type}
        expected = {"if-match": self.if_match} if self.if_match else {}
        return {"accept": self.accept, **sent, **expected}

    def content(self) -> bytes | None:
        """Return the body as bytes: models in it become JSON, fields that are None are left out."""
        if self.body is None or isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        given = {name: value for name, value in self.body.items() if value is not None}
        return _ANY.dump_json(given)

    def at(self, *, limit: int, offset: int) -> "Call[Answer]":
        """Return the same question for another part of a list."""
        return replace(self, query={**self.query, "limit": limit, "offset": offset})

    def read(self, content: bytes, media_type: str) -> Answer:
        """Return an answer of the service as its type; fields that this release does not know are left out.

        :raises UnreadableAnswerError: if it has another form.
        """
        if self.answer is None:
            return None  # type: ignore[return-value]
        if self.answer is str:
            return content.decode("utf-8", "replace")  # type: ignore[return-value]
        try:
            found: Answer = _adapter(self.answer).validate_json(content, extra="ignore")
        except ValidationError as error:
            raise UnreadableAnswerError(self.route, media_type, error) from error
        return found


_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def _refuse_steps(name: str) -> None:
    if not {".", ".."}.isdisjoint(name.split("/")):
        raise InputError(
            f"Expected a name, got {name!r:.120}: addresses drop a part that is . or .. before they are sent."
        )


def _texts(value: object) -> Sequence[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return [str(value)]


@lru_cache(maxsize=256)
def _adapter(answer: Any) -> TypeAdapter[Any]:
    return TypeAdapter(answer)


def get(
    route: str,
    answer: Any,
    /,
    *,
    accept: str = JSON,
    names: Mapping[str, str] | None = None,
    **query: Any,
) -> Call[Any]:
    """Return a question that asks by address alone."""
    return Call("GET", route, answer, names or {}, query, accept=accept)


def post(
    route: str,
    answer: Any,
    /,
    *,
    names: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | None = None,
    accept: str = JSON,
    **body: Any,
) -> Call[Any]:
    """Return a question that sends an object."""
    return Call("POST", route, answer, names or {}, query or {}, body, accept)
