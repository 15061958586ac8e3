"""Server-sent events as text (HTML Standard, 9.2): fields, ids, comments."""

import re

EVENT_STREAM = "text/event-stream"

KEEP_ALIVE = b": at work\n\n"
"""A comment: clients pass over it, and proxies see that the connection lives."""

_LINE_END = re.compile("\r\n|\r|\n")


def server_sent(name: str, data: str, *, number: int) -> bytes:
    r"""Return one event, whose data may have several lines.

    :param name: what listeners wait for. :param number: its id.

    >>> server_sent("token", "a\nevent: b", number=1)
    b'id: 1\nevent: token\ndata: a\ndata: event: b\n\n'
    """
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(data))
    return f"id: {number}\nevent: {name}\n{lines}\n".encode("utf-8", "replace")
