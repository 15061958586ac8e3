"""Tells emoji and emoticons in a label from its words."""

import re

from affectgraph.linkers.entry import Entry
from affectgraph.linkers.lexicon import Lexicon

_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_BASE = "[\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]"
_MARKS = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
_EMOJI = re.compile(f"{_BASE}{_MARKS}*(?:\u200d{_BASE}{_MARKS}*)*")

LONGEST_WORD_SIGN = 4
"""Letters of the longest sign that is written as a word, such as "XD"."""


def split_signs(label: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Return a label without its signs, and the signs in order, each once.

    Emoji count wherever they stand, emoticons where the lexicon has them between spaces.

    >>> from affectgraph.kg import EmotionGraph
    >>> split_signs("so happy :) :)", Lexicon(EmotionGraph.load()))
    ('so happy', (':)',))
    """
    emoji = [] if label.isascii() else _EMOJI.findall(label)
    words = _EMOJI.sub(" ", label) if emoji else label
    tokens = words.split()
    emoticons = [t for t in tokens if not t.isalnum() and t in lexicon.signs]
    if emoticons:
        words = " ".join(t for t in tokens if t not in emoticons)
    return words.strip(), tuple(dict.fromkeys([*emoji, *emoticons]))


def sign_entries(sign: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Return the entries of a sign, of any skin tone; empty if the lexicon has none."""
    if len(sign) > LONGEST_WORD_SIGN and sign.isascii() and sign.isalpha():
        return ()
    found = lexicon.look_up_sign(sign)
    return found if found or sign.isascii() else lexicon.look_up_sign(_TONES.sub("", sign))
