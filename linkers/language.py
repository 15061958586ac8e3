"""Says whether a label that the graph does not hold is written in another language than English."""

import re
from collections.abc import Mapping
from functools import cache

from affectgraph.linkers.english import DATA, is_common, is_english
from affectgraph.linkers.normalise import is_foreign_script

SCRIPT = "another script or marked letters"
ENDING = "an ending of another language"

_ENDING = re.compile(
    r"[a-z]{3,}(?:cion|ciones|idad|idade|dade|ezza|zione|zioni|heit|keit|schaft|ungen|"
    r"igung|erung|lich|miento|amento|imento|amente|emente|issant|cao|coes|eux|euse)"
)
"""Endings that English words hardly have; a word with one counts if no list has it as English."""


@cache
def other_words() -> Mapping[str, str]:
    """Return common words for feelings of other languages: word without marks -> language.

    A word of several languages stands under the first of the file.
    """
    text = (DATA / "other_languages.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    found: dict[str, str] = {}
    for language, *words in lines:
        for word in words:
            found.setdefault(word, language)
    return found


def language_sign(form: str) -> str | None:
    """Return what shows that a form is not English: a language's code, a script, an ending; else None.

    Common English words never count: "surprise" is no French and "anger" no Swedish.

    >>> language_sign("felicidad"), language_sign("felicity"), language_sign("radost")
    ('es', None, 'ru')
    """
    if is_foreign_script(form):
        return SCRIPT
    for word in re.findall(r"[a-z]+", form):
        if word in other_words() and not is_common(word):
            return other_words()[word]
    words = re.findall(r"[a-z]+", form)
    if len(words) == 1 and _ENDING.fullmatch(words[0]) and not is_english(words[0]):
        return ENDING
    return None
