"""How strongly and how surely an emotion is felt, by the words around its mention."""

from affectgraph.linkers.annotation.cues import SENTENCE, STOPS
from affectgraph.linkers.annotation.model import Certainty
from affectgraph.linkers.annotation.people import is_contracted_person
from affectgraph.linkers.annotation.remembered import Remembered

DEGREES = {
    word: value
    for value, words in {
        0.4: "barely hardly scarcely vaguely faintly",
        0.5: "slightly marginally mildly minimally slight mild faint tiny hint trace touch tinge twinge",
        0.6: "somewhat bit little partly tad kinda sorta moderately",
        0.8: "fairly almost nearly relatively semi kind sort moderate",
        1.2: "rather quite pretty too certainly",
        1.3: "really truly genuinely seriously such genuine real quickly more proper properly",
        1.4: """very so super deeply highly greatly strongly much badly terribly awfully damn damned
            intensely particularly especially thoroughly deep great big strong considerable hella mad
            visibly sooo soo sooooo real'""",
        1.7: """extremely incredibly insanely absolutely totally completely utterly entirely wholly
            immensely enormously tremendously profoundly overwhelmingly unbelievably ridiculously beyond
            fucking freaking bloody intense overwhelming immense enormous huge pure sheer utter extreme
            most exceptionally wildly furiously hugely massively crazy insane absolute total complete
            deepest greatest uncontrollable endless boundless perfectly hopelessly desperately""",
    }.items()
    for word in words.split()
}
"""Intensity by word of degree. Set by judgement; 1 is the plain word."""

STRONGER = 1.7
"""Intensity of what nothing is more so."""

CAPITALS = 1.4
EXCLAIMED = 1.2
"""Intensity of a word in capitals, and of one in a sentence that ends in exclamation marks."""

SUPERLATIVE = 1.5
REACH = 4
_LINKS = frozenset("of a an the and , to with in at by about be been feeling".split())

HEDGES = frozenset(
    """maybe perhaps possibly probably apparently presumably supposedly seemingly arguably likely might may
    could seem seems seemed appear appears appeared guess suppose suspect suspected assume assumed think
    thinks looks looked look sounds sounded sound suggest suggests suggested indicate indicates hints
    imply implies possible unsure doubtful reportedly allegedly must potentially believe""".split()
)
HYPOTHETICAL = frozenset(
    """if would unless whether imagine imagined pretend pretended wish wished hope hoping hopes want wants
    wanted will won't wouldn't gonna should shall shouldn't suppose i'd he'd she'd they'd we'd you'd i'll
    he'll she'll they'll we'll you'll it'll it'd lest expect otherwise going""".split()
)
PAST = frozenset(
    """was were wasn't weren't had hadn't did didn't felt used became once ago yesterday previously formerly
    earlier couldn't got grew made went turned left gave kept found came saw showed lost broke crept swept
    shut swore wept spoke told said smiled stood sat ran took brought began stopped ceased""".split()
)
PRESENT = frozenset("am is are im has have do does feel feels don't doesn't isn't aren't".split())
_IT_IS = frozenset("it's that's there's what's here's".split())
_GOING = "going"
CERTAINTY_REACH = 9
_QUESTIONS = frozenset("are is do does did was were am have has can could will".split())

ARTICLES = frozenset(
    "the a an my your his her our their this that these those each every some many no".split()
)
LINKING = frozenset(
    """am is are was were be been being feel feels felt feeling look looks looked seem seems seemed appear
    appears appeared sound sounds sounded become becomes became get gets got getting remain remains
    remained stay stayed isn't aren't wasn't weren't grew stand stood""".split()
)
AUXILIARY = LINKING | frozenset(
    """has have had do does did don't doesn't didn't hasn't haven't hadn't will would can could may might must
    should can't couldn't won't wouldn't not never no always still also just really so very too a bit
    slightly absolutely extremely quite rather deeply clearly truly now often all that ever hardly barely
    completely totally utterly somewhat longer to more visibly most pretty little""".split()
)


def find_degree(
    words: list[str], start: int, end: int, quote: str, word: str
) -> tuple[float, int | None]:
    """Return the intensity of a mention, and the position of the word that says so, if one does.

    :param quote: the mention as written; capitals raise it.
    :param word: the mention's first word, lower case.
    """
    for position in range(start - 1, max(-1, start - REACH - 1), -1):
        word_before = words[position]
        value = DEGREES.get(word_before)
        if value is not None and not _is_kind_of(words, position):
            return value, position
        if (position < start - 1 and word_before not in _LINKS) or word_before in STOPS:
            break
    behind = _degree_behind(words, end)
    if behind is not None:
        return behind
    if len(quote) > 3 and quote.isupper():
        return CAPITALS, None
    if word.endswith("est") and end - start == 1:
        return SUPERLATIVE, None
    return (EXCLAIMED, None) if _is_exclaimed(words, end) else (1.0, None)


def _degree_behind(words: list[str], end: int) -> tuple[float, int] | None:
    """Read a degree behind a word: "sad as hell", "misses him terribly"."""
    if end >= len(words):
        return None
    if words[end] in _OPENING:
        pair = words[end : end + 2]
        if pair in (["as", "hell"], ["to", "death"]) or pair[0] == "beyond":
            return STRONGER, end
        if pair in (["a", "bit"], ["a", "little"]):
            return 0.6, end + 1
    if _CLOSING.isdisjoint(words[end + 1 : end + REACH]):
        return None
    for position in range(end + 1, min(len(words), end + REACH)):
        closes = position + 1 == len(words) or words[position + 1] in STOPS
        if words[position] in STOPS:
            return None
        if closes and words[position] in _CLOSING:
            return DEGREES[words[position]], position
    return None


_OPENING = frozenset("as to beyond a".split())
_CLOSING = frozenset(word for word in DEGREES if word.endswith("ly"))


def _is_kind_of(words: list[str], position: int) -> bool:
    """Return whether "kind" or "little" is no degree here: "a kind man"."""
    word = words[position]
    if word in {"kind", "sort"}:
        return words[position + 1] != "of"
    return word == "little" and (not position or words[position - 1] != "a")


def _is_exclaimed(words: list[str], end: int) -> bool:
    behind = words[end : end + 6]
    if "!" not in behind:
        return False
    return next(word for word in behind if word in STOPS) == "!"


def find_certainty(words: list[str], start: int, end: int) -> tuple[Certainty, int | None]:
    """Return how sure it is that the emotion is there, and the position of the word that says so."""
    hedge = supposed = past = None
    is_present = False
    lowest = start - CERTAINTY_REACH if start > CERTAINTY_REACH else 0
    before = list(map(_SAYS.__getitem__, words[lowest:start]))
    for position in range(start - 1, lowest - 1, -1) if any(before) else ():
        says = before[position - lowest]
        if not says:
            continue
        if says & _CLOSES:
            break
        if says & _SUPPOSES and not _is_plain(words, position):
            supposed = position
        elif says & _HEDGES:
            hedge = position
        elif says & _PAST or (says & _IN_ED and not is_present):
            past = position
        elif says & _PRESENT:
            is_present = True
    verb = words[start]
    if past is None and start and words[start - 1] not in AUXILIARY:
        is_past_verb = verb.endswith("ed") or (end > start + 1 and verb in PAST)
        if is_past_verb and not (words[start - 1] in ARTICLES or is_present):
            past = start
    behind = map(_SAYS.__getitem__, words[end : end + 7])
    for position, says in enumerate(behind, start=end):
        if not says:
            continue
        if says & _STOPS:
            if words[position] == "?" and supposed is None and _asks(words, start):
                supposed = start
            break
        if says & (_PAST | _IN_ED) and past is None and not is_present and hedge is None:
            past = position
    if supposed is not None:
        return "hypothetical", supposed if supposed != start else None
    if hedge is not None:
        return "hedged", hedge
    if past is not None:
        return "past", past if past != start else None
    return "certain", None


_STOPS, _CLOSES, _SUPPOSES, _HEDGES, _PAST, _IN_ED, _PRESENT = (1 << bit for bit in range(7))
_CONJUNCTIONS = frozenset("but although though because".split())


def _says(word: str) -> int:
    """Return what a word says of certainty, as bits."""
    says = _STOPS | _CLOSES if word in STOPS else 0
    if word in _CONJUNCTIONS:
        says |= _CLOSES
    if word in HYPOTHETICAL:
        says |= _SUPPOSES
    if word in HEDGES:
        says |= _HEDGES
    if word in PAST:
        says |= _PAST
    if word.endswith("ed") and len(word) > 4:
        says |= _IN_ED
    if word in PRESENT or is_contracted_person(word) or word in _IT_IS:
        says |= _PRESENT
    return says


_SAYS = Remembered(_says)


def _is_plain(words: list[str], position: int) -> bool:
    """Return whether "going" is no future here."""
    return words[position] == _GOING and words[position + 1 : position + 2] != ["to"]


def _asks(words: list[str], start: int) -> bool:
    position = start
    while position > max(0, start - SENTENCE) and words[position - 1] not in STOPS:
        position -= 1
    return words[position] in _QUESTIONS
