"""Requests and answers in the form of OpenAI's chat completions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from affectgraph.reasoner.constrain import Constraint, JsonSchema
from affectgraph.reasoner.models.model import GenerationRequest, Message, Usage
from affectgraph.reasoner.models.server.errors import (
    ModelServerError,
    error_words,
    is_html,
    server_words,
    shown,
)
from affectgraph.reasoner.models.server.profiles import ServerProfile
from affectgraph.reasoner.models.server.strict_schema import is_within_strict_limits, strict_schema

_NO_ANSWER = "(no answer)"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as one server is asked it.

    :param has_field: whether the constraint goes into its own field; else it is only in words, or unsaid.
    :param added: messages behind the request's own.
    :param words: what is added to the last message of the request.
    :param notes: for the answer.
    """

    request: GenerationRequest
    has_field: bool = False
    words: str = ""
    added: tuple[Message, ...] = ()
    notes: tuple[str, ...] = ()

    def in_words(self, note: str) -> "Ask":
        """Return the same with the constraint in words, for a server that refuses its field."""
        return replace(
            self,
            has_field=False,
            words=constraint_words(self.request.constraint),
            notes=(*self.notes, note),
        )

    def again(self, answer: str, fault: str) -> "Ask":
        """Return what is asked after an answer that is not what the constraint asks."""
        wanted = "" if self.words else f"\n{constraint_words(self.request.constraint)}"
        complaint = f"This answer cannot be used: {fault}. Answer anew.{wanted}"
        turns = (Message("assistant", answer or _NO_ANSWER), Message("user", complaint))
        return replace(
            self,
            added=turns,
            notes=(*self.notes, f"asked again, as the first answer failed: {fault}"),
        )


def first_ask(request: GenerationRequest, profile: ServerProfile) -> Ask:
    """Return how a server is asked first."""
    notes = []
    has_field = takes_field(request.constraint, profile)
    if request.constraint is not None and not has_field:
        notes.append("the server takes no such grammar; the answer was checked, not constrained")
    if request.is_sampled and request.seed is not None and not profile.keeps_seed:
        notes.append(f"{profile.name} servers do not promise the same sample for the same seed")
    return Ask(request, has_field, notes=tuple(notes))


def takes_field(constraint: Constraint | None, profile: ServerProfile) -> bool:
    """Return whether a server has a field for a constraint."""
    if constraint is None:
        return False
    return isinstance(constraint, JsonSchema) or bool(profile.grammar_at and constraint.gbnf)


def constraint_words(constraint: Constraint | None) -> str:
    """Return what is asked of the answer, for the model to read; nothing without a constraint."""
    if constraint is None:
        return ""
    if isinstance(constraint, JsonSchema):
        wanted = "Answer with one JSON value and nothing else. It must satisfy this JSON Schema:"
        return f"{wanted}\n{constraint.text}"
    wanted = "Answer in the language of this grammar and nothing else:"
    return f"{wanted}\n{constraint.gbnf or constraint.text}"


def payload(ask: Ask, model: str, profile: ServerProfile, *, stream: bool) -> dict[str, Any]:
    """Return the body of a request to ``/chat/completions``."""
    request = ask.request
    body: dict[str, Any] = {
        "model": model,
        "messages": _messages(ask),
        profile.max_tokens_key: request.max_tokens,
        "temperature": request.temperature,
        "stream": stream,
    }
    if request.is_sampled:
        body |= {"top_p": request.top_p, "seed": request.seed}
    if request.stop:
        body["stop"] = list(request.stop[: profile.most_stops])
    if stream:
        body["stream_options"] = {"include_usage": True}
    if ask.has_field and request.constraint is not None:
        _add_constraint(body, request.constraint, profile)
    return body


def _messages(ask: Ask) -> list[dict[str, str]]:
    *before, last = ask.request.messages
    if ask.words:
        last = Message(last.role, f"{last.content}\n\n{ask.words}")
    return [{"role": m.role, "content": m.content} for m in (*before, last, *ask.added)]


def _add_constraint(body: dict[str, Any], constraint: Constraint, profile: ServerProfile) -> None:
    if isinstance(constraint, JsonSchema):
        schema = json.loads(constraint.text)
        is_strict = not profile.is_strict or is_within_strict_limits(schema)
        wanted = strict_schema(schema) if profile.is_strict and is_strict else schema
        named = {"name": "answer", "strict": is_strict, "schema": wanted}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
        return
    place = body
    for key in profile.grammar_at[:-1]:
        place = place.setdefault(key, {})
    place[profile.grammar_at[-1]] = constraint.gbnf


@dataclass(frozen=True, slots=True)
class ChatPiece:
    """An answer, or a piece of one.

    :param finish: why it ended, in the server's word; None while it goes on.
    :param usage: None where the server did not count.
    :param model: what the server calls the model; may be empty.
    :param refusal: what it says instead of an answer.
    """

    content: str = ""
    reasoning: str = ""
    finish: str | None = None
    usage: Usage | None = None
    model: str = ""
    refusal: str = ""


def read_completion(body: bytes) -> ChatPiece:
    """Return the whole answer in a body.

    :raises ModelServerError: if it is none.
    """
    value = read_object(body)
    if not value.get("choices"):
        raise _malformed(f"an answer with a choice, got {shown(value)}")
    return read_piece(value)


def read_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in a body.

    :raises ModelServerError: if it is none, is not UTF-8, or is an error under status 200.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"UTF-8, got byte {body[error.start]:#04x} at {error.start}") from error
    if is_html(text):
        raise ModelServerError(
            f"expected JSON, got {server_words(text)}.",
            kind="not_the_api",
            hint="Check the address: it is the one before /chat/completions, as in .../v1.",
        )
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"JSON, got {text[-80:]!r} at the end of the answer") from error
    if not isinstance(value, dict):
        raise _malformed(f"a JSON object, got {text[:80]!r}")
    return value


def read_piece(value: Mapping[str, Any]) -> ChatPiece:
    """Return what an answer or an event of a stream says; a piece without a choice may carry the usage.

    :raises ModelServerError: if it is an error, or not of the form.
    """
    if value.get("error"):
        raise ModelServerError(
            f"the server failed: {error_words(value)}",
            kind="unavailable",
            hint="Try again later; the server's log says more.",
        )
    try:
        choice = (value.get("choices") or [{}])[0]
        said = choice.get("message") or choice.get("delta") or {}
        return ChatPiece(
            _text(said.get("content")),
            _text(said.get("reasoning_content") or said.get("reasoning")),
            _finish(choice.get("finish_reason")),
            _usage(value.get("usage")),
            _text(value.get("model")),
            _text(said.get("refusal")),
        )
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise _malformed(f"an answer in OpenAI's form, got {shown(value)}") from error


def _text(value: object) -> str:
    """Return the text of a field: a string, or a list of parts with texts. Half a character becomes ``?``."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "".join(_text(part.get("text")) for part in value)
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value.encode("utf-8", "replace").decode()


def _finish(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _usage(value: object) -> Usage | None:
    if not isinstance(value, dict):
        return None
    details = value.get("prompt_tokens_details") or {}
    counts = (
        value.get("prompt_tokens"),
        value.get("completion_tokens"),
        details.get("cached_tokens") or 0,
    )
    whole = [count for count in counts if isinstance(count, int)]
    return Usage(*whole) if len(whole) == len(counts) else None


def _malformed(expected: str) -> ModelServerError:
    return ModelServerError(
        f"expected {expected}.",
        kind="malformed",
        hint="The server, or what stands before it, is at fault; its log says more.",
    )
