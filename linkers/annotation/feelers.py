"""Signs that a word is felt by somebody where it stands, and signs that it is said of a thing."""

from affectgraph.linkers.annotation.circumstance import LINKING
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.cues import STOPS
from affectgraph.linkers.annotation.grammar import (
    ADVERBS,
    AFFECTING,
    DETERMINERS,
    EXPRESSIVE,
    FOLLOWS,
    step_back,
)
from affectgraph.linkers.annotation.judging import is_negator
from affectgraph.linkers.annotation.matcher import Form
from affectgraph.linkers.annotation.noun_phrases import has_capital, phrase_before
from affectgraph.linkers.annotation.people import (
    OBJECT_PRONOUNS,
    OWNERS,
    SELVES,
    SUBJECT_PRONOUNS,
    is_contracted_person,
    is_idea,
    is_noun,
    is_noun_of_person,
    names_person,
    names_thing,
)
from affectgraph.linkers.annotation.uses import Usual

AUXILIARIES = frozenset(
    """do does did don't doesn't didn't will would can could may might must should can't couldn't won't
    wouldn't have has had haven't hasn't hadn't i'll he'll she'll they'll we'll you'll i'd he'd she'd
    they'd we'd you'd to yet always never still really just also secretly truly absolutely deeply
    fucking""".split()
)
FEEL = frozenset("feel feels felt feeling".split())
CAUSING = frozenset(
    "make makes made making leave leaves left get gets got keep kept drive drove".split()
)
FEELING_NOUNS = frozenset(
    """feeling feelings sense look looks expression expressions tear tears pang pangs wave waves surge rush
    burst bursts flash flicker twinge stab fit fits shiver cry cries scream screams gasp sigh smile glow
    mixture mix blend moment moments sensation flood spark touch hint trace note tone air stirring
    stirrings state emotions emotion outburst outpouring combination excess lack absence sign signs
    evidence display show degree bit shred ounce""".split()
)
FEELING_VERBS = frozenset(
    """brimming burst bursting consumed convey conveyed conveying conveys display displayed displaying
    displays experience experienced experiences experiencing express expressed expresses expressing
    feigned fill filled fills full gripped hide hid hides hiding indicate indicates indicating overcome
    overwhelmed overwhelming racked radiated radiates reveal revealed reveals screamed seized sensed show
    showed showing shown shows stricken struck suffered suffering suggest suggested suggests suggesting
    trembled trembling shaking shook wept wracked laughed cried gasped smiled devoid deprived betrayed
    betrays signals signalled inner intense genuine sheer utter pure real great deep mild sudden much
    quiet bitter cold""".split()
)
"""Words in front of a noun, or a step before it, that make it a feeling."""


def ends_predicate(words: list[str], end: int) -> bool:
    """Return whether a word ends what is said, so that it describes no noun but its subject."""
    if end >= len(words):
        return True
    following = words[end]
    return following in FOLLOWS or (names_person(following) and following not in OWNERS)


def has_person_subject(context: Context, verb: int) -> bool:
    """Return whether a person, or nobody that is named, is the subject of the verb at a position."""
    words = context.words
    position = verb - 1
    while position >= 0 and (words[position] in ADVERBS or words[position] in AUXILIARIES):
        if is_contracted_person(words[position]):
            return True
        position -= 1
    if position < 0 or words[position] in STOPS or words[position] in {",", "and", "but"}:
        return True
    if words[position] in _REASONS and words[position + 1] == "to":
        return context.has_person(position)  # "she had every reason to be bitter"
    if words[position] in {"it", "this", "which", "that", "there", "please"}:
        return False
    phrase = phrase_before(context, position)
    if phrase is None:
        return False
    head = words[phrase.head]
    if names_person(head) or head in EXPRESSIVE or context.is_name(phrase.head):
        return True
    opens = context.sentence(phrase.head)[0] == phrase.head
    return has_capital(context, phrase.head) and not (
        opens and (is_idea(head) or names_thing(head))
    )


_REASONS = frozenset("reason reasons right cause grounds".split())


def is_framed(context: Context, start: int, end: int, form: Form) -> bool:
    """Return whether a frame as plain as "feels X" or "a look of X" makes a word a feeling."""
    words = context.words
    if form.is_noun and (_is_seen(context, start, end) or _is_stated(words, start)):
        return True
    position = step_back(words, start)
    if position < 0:
        return False
    before = words[position]
    if before in FEEL and ends_predicate(words, end):
        is_noun_only = not form.is_adjective and not form.is_noun
        return not is_noun_only and has_person_subject(context, position)
    if not form.is_noun or is_compound(words, end):
        return False
    return before == "of" and position > 0 and words[position - 1] in FEELING_NOUNS


def _is_seen(context: Context, start: int, end: int) -> bool:
    """Return whether a noun is said to be seen in somebody: "alarm is visible in her face"."""
    words = context.words
    behind = words[end : end + 3]
    if behind[1:2] == [] or behind[0] not in LINKING or _SEEN.isdisjoint(behind[1:]):
        return False
    return is_expressive(context, start)


_SEEN = frozenset(
    "visible evident apparent audible discernible detectable plain seen heard".split()
)


def _is_stated(words: list[str], start: int) -> bool:
    """Return whether a noun is what somebody denies or admits to: "denied any alarm"."""
    return words[start - 1] in {"any", "some"} and words[start - 2] in _STATING and start > 1


_STATING = frozenset("denied denies deny denying admitted admits voiced expressed".split())


def is_felt(context: Context, start: int, end: int, form: Form) -> bool:
    """Return whether a feeler or a word of feeling goes with a word."""
    return (
        is_framed(context, start, end, form)
        or (form.is_adjective and _is_adjective_felt(context, start, end, form))
        or (form.is_noun and _is_noun_felt(context, start, end))
        or ((form.is_verb or form.is_inflected) and _is_verb_felt(context, start, end, form))
        or (form.is_interjection and _is_called(context.words, start, end))
        or is_joined(context, start, end)
    )


def is_expressive(context: Context, start: int) -> bool:
    """Return whether the sentence around a word has a noun that shows a feeling, such as "voice"."""
    first, last = context.sentence(start)
    words = context.words
    return any(words[index] in EXPRESSIVE for index in range(first, last) if index != start)


def is_joined(context: Context, start: int, end: int) -> bool:
    """Return whether a word is joined to one that mostly means a feeling: "not ecstatic, not gutted"."""
    words = context.words
    position = end
    while position < min(len(words), end + 3) and words[position] in _JOINTS:
        position += 1
    if end < position < len(words) and _is_sure(context, position):
        return True
    position = start - 1
    while position > max(-1, start - 4) and words[position] in _JOINTS:
        position -= 1
    return -1 < position < start - 1 and _is_sure(context, position)


_JOINTS = frozenset(
    ", and or but nor not no yet also even if anything rather than just without merely only though".split()
)


def _is_sure(context: Context, position: int) -> bool:
    known = context.matcher[context.words[position]]
    if known is None or known.form is None or known.form.first.is_weak:
        return False
    return known.form.usual == "feeling"


def _is_adjective_felt(context: Context, start: int, end: int, form: Form) -> bool:
    words = context.words
    position = step_back(words, start)
    before = words[position] if position >= 0 else ""
    if end < len(words) and names_person(words[end]) and words[end] not in _PRONOUNS:
        return before not in AUXILIARIES
    if form.first.role == "stimulus" and not form.form.endswith("ed"):
        is_said = is_contracted_person(before) or before in LINKING
        is_pronoun = position > 0 and words[position - 1] in SUBJECT_PRONOUNS
        return is_said and is_pronoun and ends_predicate(words, end)
    if not ends_predicate(words, end):
        return False
    if words[end : end + 1] == ["?"] and (not start or words[start - 1] in STOPS):
        return True  # "Satisfied? Never."
    if _is_fragment(context, position, start) and form.first.strength >= CLEAR:
        return True
    if start and words[start - 1] in {"being", "been"} and context.has_person(start):
        return True
    if before == "," and position and names_person(words[position - 1]):
        return True  # "the tenants, tense and silent,"
    if position >= 0 and not _BE.isdisjoint(words[position + 1 : start]):
        return has_person_subject(context, position + 1)
    if is_contracted_person(before) or before in FEEL:
        return before not in FEEL or has_person_subject(context, position)
    if before in _OBJECTS and position and words[position - 1] in CAUSING:
        return True
    return before in LINKING | _LEAVING and has_person_subject(context, position)


_LEAVING = frozenset("left leaves leave returned woke sat slept died".split())
"""Verbs whose subject is described behind them: "I left inspired"."""
_BE = frozenset("be been being".split())
CLEAR = 0.8
"""Adjectives of at least this strength count alone in a sentence: "Absolutely fuming."."""


def _is_fragment(context: Context, position: int, start: int) -> bool:
    """Return whether a word opens its sentence, but for adverbs."""
    first, last = context.sentence(start)
    return position < first and last - first > 1 - (start > first)


def _is_noun_felt(context: Context, start: int, end: int) -> bool:
    words = context.words
    if is_compound(words, end):
        return False
    for position in range(start - 1, max(-1, start - 4), -1):
        word = words[position]
        if word in STOPS:
            break
        if word in OWNERS or word in FEEL or word in FEELING_VERBS or word in FEELING_NOUNS:
            return True
        if word in {"to", "of"} and words[position - 1] in _SIGN_OF[word]:
            return True  # "points to amusement", "out of concern"
        if word.endswith("'s") and names_person(word) and not is_contracted_person(word):
            return True
        if is_negator(word) and context.has_person(start):
            return True
    if is_expressive(context, start):
        return True
    position = step_back(words, start)
    if position > 0 and words[position] in LINKING and ends_predicate(words, end):
        return words[position - 1] in {"this", "it", "that"}  # "this is scorn"
    return end < len(words) and words[end] in AFFECTING


_SIGN_OF = {"to": frozenset("points point pointing pointed".split()), "of": frozenset({"out"})}


def _is_verb_felt(context: Context, start: int, end: int, form: Form) -> bool:
    words = context.words
    if form.first.role == "stimulus":
        return has_person_object(context, end)
    position = start - 1
    while position >= 0 and (words[position] in ADVERBS or words[position] in AUXILIARIES):
        if is_contracted_person(words[position]):
            return form.first.concept.is_emotion
        position -= 1
    if position < 0:
        return False
    before = words[position]
    is_subject = before in SUBJECT_PRONOUNS or (
        names_person(before) and before not in OWNERS and before not in OBJECT_PRONOUNS
    )
    if before in {"and", "but", "or", "then"} and form.is_inflected:
        return context.has_person(start) and has_person_object(context, end)
    if not (is_subject or context.is_name(position)):
        return False
    return form.first.concept.is_emotion or (
        form.first.strength >= NAMING and has_person_object(context, end)
    )


NAMING = 0.9
"""Verbs of states outside the tree with at least this strength count with a person as their object."""


def has_person_object(context: Context, end: int) -> bool:
    """Return whether a person follows a verb: "me", "the old man", "Anna"."""
    words = context.words
    if end >= len(words):
        return False
    if words[end] in _OBJECTS or context.is_name(end):
        return True
    if words[end] in OWNERS or words[end] in DETERMINERS:
        return any(names_person(word) and word not in OWNERS for word in words[end + 1 : end + 3])
    return False


def _is_called(words: list[str], start: int, end: int) -> bool:
    """Return whether an interjection stands by itself."""
    before = words[start - 1] if start else ""
    following = words[end] if end < len(words) else ""
    return (not before or before in _CUT) and (not following or following in _CUT)


_CUT = STOPS | {","}
_OBJECTS = OBJECT_PRONOUNS | SELVES | {"people"}
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS | OWNERS


def is_compound(words: list[str], end: int) -> bool:
    """Return whether a noun follows that a noun describes: "sympathy cards", "her stress test"."""
    if end >= len(words):
        return False
    following = words[end]
    return following not in FOLLOWS and following not in AFFECTING and is_noun(following)


def _is_in_thing(words: list[str], end: int) -> bool:
    """Return whether a noun is said to be in a thing: "the stress in the beam"."""
    if end + 2 >= len(words) or words[end] not in {"in", "on", "of", "across"}:
        return False
    return (
        words[end + 1] in DETERMINERS
        and names_thing(words[end + 2])
        and words[end + 2] not in _PLACES
    )


_PLACES = frozenset(
    "room house home hall office car kitchen school street church building air".split()
)
"""Things that persons are in."""


def is_of_thing(context: Context, start: int, end: int, form: Form, usual: Usual) -> bool:
    """Return whether a word is said of a thing and of nobody: "fear spell", "the cylinder was bored"."""
    words = context.words
    following = words[end] if end < len(words) else ""
    is_described = form.is_noun and not form.is_adjective
    if is_described and start and words[start - 1] in DETERMINERS and is_noun_of_person(following):
        return True  # "the relief driver"
    return _may_be_of_thing(words, start, end, form, usual) and not context.has_person(start)


def _may_be_of_thing(words: list[str], start: int, end: int, form: Form, usual: Usual) -> bool:
    """Return whether a word describes a thing, or stands in one, or is said of one."""
    is_adjective, is_noun_form = form.is_adjective, form.is_noun
    if start and words[start - 1] in DETERMINERS and form.first.parts_of_speech == _VERB:
        return True  # "an enrage timer"
    if usual == "mostly" and is_noun_form and _is_in_thing(words, end):
        return True
    if is_noun_form and not is_adjective and is_compound(words, end):
        return True
    if form.first.role == "stimulus" and not words[start].endswith("ed"):
        return False
    if is_adjective and end < len(words) and names_thing(words[end]):
        return True
    position = _before_modals(words, step_back(words, start))
    if position < 1 or (words[position] not in LINKING and is_noun_form):
        return False
    subject = position - 1 if words[position] in LINKING else position
    subject = _before_modals(words, step_back(words, subject + 1))
    return subject >= 0 and names_thing(words[subject])


_VERB = frozenset({"verb"})


def _before_modals(words: list[str], position: int) -> int:
    while position > 0 and words[position] in _MODALS:
        position -= 1
    return position


_MODALS = frozenset("may might can could must should will would has have had be been".split())
