"""What a reader should know of a text that is no plain English: another language, markup, binary data."""

import re

from affectgraph.linkers.english import is_english

SHARE = 0.5
"""Share of words in the English word list below which a text without claims counts as another language.

Sentences of the gold set have .57 or more, of words of three letters or more; sentences on faces in twelve
other languages at most .34, as the tests try them."""
FEWEST = 3
"""Words a text needs for a guess at its language."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_MARKUP = re.compile(
    r"</?(?:html|head|body|div|span|p|br|b|i|em|strong|ul|ol|li|table|tr|td|a|img|script|style|h[1-6])"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_READ = 5_000
"""Characters that are looked at for the language."""


def text_notes(text: str, *, has_claims: bool) -> tuple[str, ...]:
    """Return what is odd about a text, one sentence each; empty for plain English.

    :param has_claims: whether any claim was read from it; the language is in question only without.

    >>> text_notes("Die Augenbrauen sind gesenkt und die Person wirkt sehr traurig.", has_claims=False)
    ('The text is probably not in English; no claim could be read from it.',)
    >>> text_notes("<p>AU12 is shown.</p>", has_claims=True)
    ('The text holds markup (<p>, </p>); it is read as it stands.',)
    """
    found = []
    control = len(_CONTROL.findall(text))
    if control:
        plural = "s" if control > 1 else ""
        found.append(
            f"The text holds {control:,} control or replacement character{plural}; it may be binary data."
        )
    tags = list(dict.fromkeys(match[0] for match in _MARKUP.finditer(text)))
    if tags:
        shown = ", ".join(tag[:20] for tag in tags[:3])
        more = ", ..." if len(tags) > 3 else ""
        found.append(f"The text holds markup ({shown}{more}); it is read as it stands.")
    if not has_claims and is_another_language(text):
        found.append("The text is probably not in English; no claim could be read from it.")
    return tuple(found)


def is_another_language(text: str) -> bool:
    """Return whether a text seems to be in another language: few of its words are English ones.

    A text without an ASCII letter is, and one of fewer than three words is taken for English.

    >>> is_another_language("彼女は悲しそうです"), is_another_language("brrr"), is_another_language("")
    (True, False, False)
    """
    start = text[:_READ]
    if not any(char.isascii() and char.isalpha() for char in start):
        return any(char.isalpha() for char in start)
    words = [word.lower() for word in _WORD.findall(start)]
    if len(words) < FEWEST:
        return False
    known = len([word for word in words if word.isascii() and is_english(word)])
    return known < SHARE * len(words)
