"""The text of an answer as it comes: thoughts apart, stop texts cut, a code fence taken off."""

import re
from collections.abc import Sequence

_OPEN, _CLOSE, _FENCE = "<think>", "</think>", "```"


class AnswerText:
    """Takes the pieces of an answer and says what may be shown; the shown pieces together are ``text``.

    Thoughts are what stands between ``<think>`` and ``</think>`` at the very beginning. A fence is taken off
    only if the whole answer is one, so such an answer is shown at its end.

    :param stop: texts that end the answer.
    :param unfence: whether a fence is taken off.

    >>> answer = AnswerText()
    >>> [answer.push("<think>AU12."), answer.push("</think> joy"), answer.finish()]
    ['', 'joy', '']
    >>> answer.text, answer.reasoning
    ('joy', 'AU12.')
    """

    def __init__(self, stop: Sequence[str] = (), *, unfence: bool = False) -> None:
        self.text = ""
        self.reasoning = ""
        self.is_stopped = False
        self._stop = tuple(stop)
        self._held = max((len(text) for text in self._stop), default=1) - 1
        self._unfence = unfence
        self._place = "head"
        self._pending = ""
        self._given = 0

    def push(self, piece: str) -> str:
        """Take a piece and return what may be shown now."""
        self._add(self._outside_thoughts(piece))
        if self.is_stopped:
            return self._show(len(self.text))
        return "" if self._may_be_fenced else self._show(len(self.text) - self._held)

    def finish(self) -> str:
        """Return what is still to be shown, once no more comes."""
        if self._place == "thoughts":
            self.reasoning = self._pending.strip()
        elif self._place == "head":
            self._add(self._pending)
        self._pending = ""
        if self._may_be_fenced:
            self.text = without_fence(self.text)
        return self._show(len(self.text))

    @property
    def _may_be_fenced(self) -> bool:
        start = self.text.lstrip()[: len(_FENCE)]
        return self._unfence and _FENCE.startswith(start)

    def _outside_thoughts(self, piece: str) -> str:
        """Return what of the text so far is known to be no thought, and keep the rest."""
        if self._place == "text":
            return piece
        self._pending += piece
        if self._place == "head":
            self._read_head()
        if self._place == "thoughts" and _CLOSE in self._pending:
            thoughts, _, self._pending = self._pending.partition(_CLOSE)
            self.reasoning, self._place = thoughts.strip(), "gap"
        if self._place == "gap":
            self._pending = self._pending.lstrip()
            self._place = "text" if self._pending else "gap"
        if self._place != "text":
            return ""
        known, self._pending = self._pending, ""
        return known

    def _read_head(self) -> None:
        head = self._pending.lstrip()
        if head.startswith(_OPEN):
            self._place, self._pending = "thoughts", head[len(_OPEN) :]
        elif head and not _OPEN.startswith(head):
            self._place = "text"

    def _add(self, text: str) -> None:
        if self.is_stopped or not text:
            return
        start = max(len(self.text) - self._held, 0)
        self.text += text
        found = [at for at in (self.text.find(stop, start) for stop in self._stop) if at >= 0]
        if found:
            self.text = self.text[: min(found)]
            self.is_stopped = True

    def _show(self, end: int) -> str:
        shown = self.text[self._given : max(end, self._given)]
        self._given += len(shown)
        return shown


_INFO = re.compile(r"[\w+.-]*[ \t]*\r?\n|json\b", re.IGNORECASE)


def without_fence(text: str) -> str:
    r"""Return what stands in a code fence if the text is one and nothing else; else the text.

    >>> without_fence("```json\n{}\n```")
    '{}'
    >>> without_fence("It is ```{}```")
    'It is ```{}```'
    """
    whole = text.strip()
    if len(whole) < 6 or not (whole.startswith(_FENCE) and whole.endswith(_FENCE)):
        return text
    inner = whole[3:-3]
    info = _INFO.match(inner)
    inner = inner[info.end() :] if info else inner
    return text if f"\n{_FENCE}" in inner else inner.strip()
