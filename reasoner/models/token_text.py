"""Turns tokens into text as they come, without cutting a character in two."""

from collections.abc import Callable, Sequence

Decode = Callable[[Sequence[int]], str]


class TokenText:
    """The text of an answer that is still being written.

    Tokens are decoded from the last safe place on, with the tokens before it as context, since some
    tokenizers write a token otherwise at the start of a text. So a step costs a few tokens, not all.

    :param decode: tokens to text.
    :param stop: texts that end the answer.
    """

    def __init__(self, decode: Decode, stop: Sequence[str] = ()) -> None:
        self._decode = decode
        self._stop = tuple(stop)
        self._held = max((len(text) for text in self._stop), default=1) - 1
        self._tokens: list[int] = []
        self._context = 0
        self._read = 0
        self._given = 0
        self.text = ""
        self.is_stopped = False

    def push(self, token: int) -> str:
        """Take a token and return what may be shown now: text that no stop text can still begin in."""
        if not self.is_stopped:
            self._tokens.append(token)
            self._extend()
        return self._show(len(self.text) if self.is_stopped else len(self.text) - self._held)

    def finish(self, text: str) -> str:
        """Return what is still to be shown of the answer's whole text."""
        shown = self._given
        self.text, self._given = text, len(text)
        return text[shown:]

    def _extend(self) -> None:
        before = self._decode(self._tokens[self._context : self._read])
        now = self._decode(self._tokens[self._context :])
        if len(now) <= len(before) or now.endswith("\ufffd"):
            return
        start = max(len(self.text) - self._held, 0)
        self.text += now[len(before) :]
        self._context, self._read = self._read, len(self._tokens)
        found = [at for at in (self.text.find(stop, start) for stop in self._stop) if at >= 0]
        if found:
            self.text = self.text[: min(found)]
            self.is_stopped = True

    def _show(self, end: int) -> str:
        shown = self.text[self._given : max(end, self._given)]
        self._given += len(shown)
        return shown


def cut_at_stop(text: str, stop: Sequence[str]) -> str:
    """Return a text up to the first stop text in it.

    >>> cut_at_stop("joy. END fear", ["END"])
    'joy. '
    """
    return text[: min((text.find(s) for s in stop if s in text), default=len(text))]
