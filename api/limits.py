"""Middlewares of the service: the limit on request bodies, HEAD, and headers against misuse."""

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes a request body may have."""

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # For browsers that do not know frame-ancestors.
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'",
    ),
)
"""Sent with every answer, JSON too; pages use no script and nothing from elsewhere."""


class BodyTooLargeError(HTTPException):
    """A request body is over the limit; the error handlers turn it into a 413."""

    def __init__(self) -> None:
        detail = (
            f"Expected a request body of at most {BODY_LIMIT // 1024 // 1024} MiB. "
            "Send the items in several batches."
        )
        super().__init__(413, detail)


class BodyLimit:
    """Refuses bodies over :data:`BODY_LIMIT`, by their declared length or counted as they come in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a body that counts itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        too_long = _declared_length(scope) > BODY_LIMIT
        total = 0

        async def counted() -> Message:
            nonlocal total
            if too_long:
                raise BodyTooLargeError
            message = await receive()
            total += len(message.get("body", b""))
            if total > BODY_LIMIT:
                raise BodyTooLargeError
            return message

        await self.app(scope, counted, send)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


class PlainAnswers:
    """Answers HEAD like GET without the body, and adds :data:`SECURITY_HEADERS`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as GET if it is HEAD, and mend the answer's start and body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def mended(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *SECURITY_HEADERS]}
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"} if is_head else scope, receive, mended)
