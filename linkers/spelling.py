"""Which words of the lexicon a misspelled word is one edit away from."""

from collections.abc import Iterator

from affectgraph.linkers.english import english_words, is_english
from affectgraph.linkers.entry import Entry
from affectgraph.linkers.inflection import base_forms
from affectgraph.linkers.lexicon import Lexicon

SHORTEST = 4
"""Letters of the shortest word that is read as misspelled; shorter ones are near too many others."""

SHORT = 4
"""Letters up to which only slips are taken back: "hapy", not "hupy", nor "angr", which is cut short."""

LONGEST = 30
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_edit(word: str) -> Iterator[str]:
    """Yield the words one edit away: a letter left out, swapped with the next, changed, or put in.

    Some words come twice. About 53 per letter.

    >>> "fear" in one_edit("faer"), "fear" in one_edit("fearr"), "fear" in one_edit("fera")
    (True, True, True)
    """
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        rest = tail[1:]
        if tail:
            yield head + rest
            yield from [head + letter + rest for letter in LETTERS if letter != tail[0]]
        if rest:
            yield head + rest[0] + tail[0] + rest[1:]
        yield from [head + letter + tail for letter in LETTERS]


def may_be_misspelled(word: str) -> bool:
    """Return whether a form is one word of plain letters that is long enough and no English word.

    >>> may_be_misspelled("angryy"), may_be_misspelled("table"), may_be_misspelled("agr")
    (True, False, False)
    """
    if not (SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()):
        return False
    return not is_english(word) and not any(
        is_english(base.form) for base in base_forms(word) if len(base.form) > len(word) - 2
    )


def corrections(word: str, lexicon: Lexicon) -> dict[str, tuple[Entry, ...]]:
    """Return the words meant and their entries; empty if a common word without one is as likely.

    Likelier come first: words with the same first letter; then, of those, letters left out, doubled or
    swapped before letters changed or put in. Words that mostly mean something else are no corrections.
    Costs some tenths of a millisecond.

    >>> from affectgraph.kg import EmotionGraph
    >>> lexicon = Lexicon(EmotionGraph.load())
    >>> list(corrections("hapiest", lexicon)), list(corrections("monring", lexicon))
    (['happiest'], [])
    """
    common = english_words().common
    edits = set(one_edit(word))
    near = (lexicon.words.keys() & edits) | (common & edits)
    found = {form: entries for form in sorted(near) if (entries := _entries(form, lexicon))}
    if not found:
        return {}
    least = min(unlikeliness(word, form) for form in found)
    if len(word) <= SHORT:
        if least:
            return {}
        found = {form: held for form, held in found.items() if not form.startswith(word)}
    rivals = near - found.keys()
    if any(unlikeliness(word, form) <= least for form in rivals):
        return {}
    return {form: held for form, held in found.items() if unlikeliness(word, form) == least}


def unlikeliness(written: str, meant: str) -> int:
    """Return how unlikely a word one edit away is: 0 for a slip that people make, up to 3.

    >>> [unlikeliness("digust", meant) for meant in ("disgust", "digest", "august")]
    [0, 1, 3]
    """
    other_start = 2 * (written[0] != meant[0])
    if len(meant) > len(written) or sorted(written) == sorted(meant):
        return other_start
    if len(meant) < len(written) and _is_doubled(written, meant):
        return other_start
    return other_start + 1


def _is_doubled(written: str, meant: str) -> bool:
    """Return whether a word was written with a letter twice that stands once."""
    place = next(
        (n for n, pair in enumerate(zip(written, meant, strict=False)) if pair[0] != pair[1]), -1
    )
    return written[place] == written[place - 1]


def _entries(form: str, lexicon: Lexicon) -> tuple[Entry, ...]:
    entries, _ = lexicon.look_up(form)
    return tuple(entry for entry in entries if not entry.is_rare)
