"""Who feels an emotion and in which role its word stands, by the construction around it."""

from affectgraph.linkers.annotation.circumstance import LINKING
from affectgraph.linkers.annotation.context import Context
from affectgraph.linkers.annotation.cues import CAUSING, STOPS
from affectgraph.linkers.annotation.grammar import AFFECTING, step_back
from affectgraph.linkers.annotation.kinds import (
    ADVERB,
    CLOSING,
    CONTRACTED,
    ENDING,
    KINDS,
    PREPOSITIONS,
    SHOWING,
    VERB,
)
from affectgraph.linkers.annotation.matcher import Form
from affectgraph.linkers.annotation.noun_phrases import (
    ARTICLES,
    OPENING,
    SHOWN,
    Phrase,
    ends_phrase,
    is_person,
    is_verb,
    owner_of,
    phrase_before,
    phrase_behind,
)
from affectgraph.linkers.annotation.people import (
    OBJECT_PRONOUNS,
    OWNERS,
    is_contracted_person,
    is_noun_of_person,
    names_person,
)
from affectgraph.linkers.annotation.stems import STEMS, stem

Feeler = tuple[int, int] | None
REACH = 14
"""Words before a mention that are read for a subject."""

FEELING_VERBS = frozenset(
    map(
        stem,
        """love like hate adore loathe detest despise admire envy enjoy fear dread miss trust pity
        regret respect
        resent prefer want desire crave cherish treasure value appreciate worship dislike abhor scorn
        grieve mourn yearn hope long lust doubt relish savour savor begrudge distrust mistrust suspect
        esteem revere idolise idolize anticipate expect disdain lament rue covet fancy tolerate""".split(),
    )
)
"""Verbs whose subject has the feeling, by stem."""

ACTS = frozenset(
    map(
        stem,
        """comfort console insult hug kiss mock tease taunt ridicule soothe praise compliment
        congratulate thank
        forgive avenge bully belittle betray abandon reject criticise criticize condemn celebrate brag
        scold jeer heckle applaud embrace cuddle caress flatter reassure calm cheer harass threaten abuse
        honour honor apologise apologize excuse pardon court flirt jest joke attack punish spurn shun snub
        hector denounce revenge retaliate""".split(),
    )
)
"""Verbs whose subject does something to somebody, by stem."""

TONES = frozenset("tone voice expression look smile gaze manner face stare glance".split())
"""Nouns whose predicate is how a feeling shows."""

_TRAITS = frozenset("easily naturally habitually temperamentally".split())
_GIVING = frozenset("gave gives give giving brought caused".split())
_MAKING = _GIVING | CAUSING


def find_feeler(context: Context, start: int, end: int, form: Form) -> tuple[str, Feeler]:
    """Return the role of a mention, and the words (first, end) that name who feels it.

    :returns: a role of :class:`~affectgraph.linkers.annotation.model.TextMention`; None for who feels it
        if the rules find nobody.
    """
    role = form.first.role
    joint = step_back(context.words, start)
    if _is_active(context, start, end, form, joint):
        return _active(context, start, end, form, joint)
    if end == start + 1:
        role = _role(context, start, end, role, joint)
        return role, _feeler(context, start, end, form, role, joint)
    feeler = _feeler(context, start, end, form, role, joint)
    return role, feeler or _owner_inside(context.words, start, end)


def _owner_inside(words: list[str], start: int, end: int) -> Feeler:
    """Return the owner within a phrase: "my blood boiled", "to her dismay"."""
    for position in range(start, end):
        if words[position] in OWNERS:
            return position, position + 1
    return None


# --- verbs ---------------------------------------------------------------------------------------


def _is_active(context: Context, start: int, end: int, form: Form, joint: int) -> bool:
    """Return whether a word is a verb in the active voice with somebody as its object.

    :param joint: the last word before it that is no adverb, -1 if there is none; so in all that follow.
    """
    words = context.words
    word = words[start]
    base = STEMS[word]
    if end >= len(words) or (words[end] in _NO_OBJECTS and base not in FEELING_VERBS):
        return False
    if not form.is_verb and not word.endswith(("ed", "s", "ing")):
        return False
    before = words[joint] if joint >= 0 else ""
    is_passive = before in LINKING or (is_contracted_person(before) and not before.endswith(_WILL))
    directly = words[start - 1] if start else ""
    if directly in ARTICLES or before in OWNERS:
        return False
    if is_passive and not word.endswith("ing"):
        return False
    if base in FEELING_VERBS or (base in ACTS and phrase_behind(context, end) is not None):
        return joint >= 0 and (word.endswith("ing") or _has_verb_place(context, joint))
    if end > start + 1:
        return False
    object_ = _object(context, end)
    return object_ is not None and is_person(context, object_) and not is_passive


_NO_OBJECTS = STOPS | frozenset(
    ", at with by about that when because for to in of but if from on as than again too so".split()
)
"""Words that begin no object of a verb."""

_WILL = ("'ll", "'d", "'ve")


def _has_verb_place(context: Context, position: int) -> bool:
    """Return whether a subject, an auxiliary or "to" stands at a position."""
    before = context.words[position]
    if before in _BEFORE_VERBS or before.endswith("n't") or is_contracted_person(before):
        return True
    return before not in _PREPOSED and ends_phrase(context, position)


_BEFORE_VERBS = frozenset(
    "to do does did will would can could may might must should and or but who that have has had".split()
)
_PREPOSED = frozenset("of in with at for by from".split())


def _object(context: Context, end: int) -> Phrase | None:
    """Return the object behind a verb, also behind another verb: "bother or worry the pilot"."""
    words = context.words
    position = end
    if words[position : position + 1] in (["or"], ["and"]) and position + 2 < len(words):
        position += 2
    return phrase_behind(context, position)


def _active(context: Context, start: int, end: int, form: Form, joint: int) -> tuple[str, Feeler]:
    base = STEMS[context.words[start]]
    subject = _subject(context, start, form, joint)
    if base in FEELING_VERBS:
        return "state", subject
    object_ = _object(context, end)
    if base in ACTS and (subject or object_ is None or not is_person(context, object_)):
        return "act", subject
    return "stimulus", None if object_ is None else (object_.first, object_.end)


# --- roles ---------------------------------------------------------------------------------------


def _role(context: Context, start: int, end: int, role: str, joint: int) -> str:
    """Return the role that a frame gives a word, or else its own."""
    words = context.words
    following = words[end] if end < len(words) else ""
    if role in {"state", "disposition"} and following in SHOWN:
        return "expression" if not _is_owner_of_feeling(following) else role
    if role in {"state", "stimulus"} and start and words[start - 1] in _TRAITS:
        return "disposition"
    if role == "state" and _is_toned(context, joint):
        return "expression"
    if role == "state" and _is_trait(context, start, end):
        return "disposition"
    if role == "act" and STEMS[words[start]] in FEELING_VERBS:
        return "state"
    if role == "stimulus" and words[start].endswith("ed") and _is_predicate(words, joint):
        return "state"
    return role


def _is_toned(context: Context, verb: int) -> bool:
    """Return whether a word is said of a voice, a look or a tone: "the tone of the memo is contemptuous"."""
    if verb < 1 or context.words[verb] not in LINKING:
        return False
    phrase = phrase_before(context, step_back(context.words, verb))
    return phrase is not None and context.words[phrase.head] in TONES


def _is_owner_of_feeling(word: str) -> bool:
    return word in {"heart", "feeling", "feelings", "emotion", "emotions"}


def _is_predicate(words: list[str], joint: int) -> bool:
    return joint >= 0 and words[joint] in LINKING


def _is_trait(context: Context, start: int, end: int) -> bool:
    """Return whether somebody is said to be of a kind: "is a cheerful man", "a nervous animal"."""
    words = context.words
    near = words[max(0, start - 5) : start]
    if "a" not in near and "an" not in near:
        return False
    position = start - 1
    while position > 0 and (
        words[position] not in {"a", "an"} or words[position + 1] in {"bit", "little", "tad", "lot"}
    ):
        if words[position] in STOPS or start - position > 4:
            return False
        position -= 1
    copula = step_back(words, position)
    if position <= 0 or (
        words[copula] not in _COPULAS and not words[copula].endswith(("'s", "'m", "'re"))
    ):
        return False
    for index in range(end, min(len(words), end + 4)):
        word = words[index]
        if is_noun_of_person(word) or word in _KINDS:
            return True
        if word in STOPS or word in PREPOSITIONS or word in {"about", "to", "of"}:
            return False
    return False


_COPULAS = frozenset("is was are were been be".split())
_KINDS = frozenset(
    """animal creature fellow soul man woman person guy girl boy kid child lad lady chap type people dog cat
    horse individual human being""".split()
)


# --- who -----------------------------------------------------------------------------------------


def _feeler(context: Context, start: int, end: int, form: Form, role: str, joint: int) -> Feeler:
    words = context.words
    following = words[end] if end < len(words) else ""
    caused = _caused(context, start, joint)
    if caused is not None:
        return caused
    if role == "stimulus":
        return _addressed(context, end)
    if following in AFFECTING or (following == "of" and form.is_noun and not form.is_adjective):
        reached = _reached(context, end)
        if reached is not None:
            return reached
    is_owned = (form.is_noun and not form.is_inflected) or following in SHOWN or end > start + 1
    owner = _owner(context, start) if is_owned else None
    if owner is not None:
        return owner
    if is_noun_of_person(following) and not _is_predicate(words, joint):
        trait = _subject(context, start, form, joint) if role == "disposition" else None
        return trait or (end, end + 1)
    return _subject(context, start, form, joint)


def _addressed(context: Context, end: int) -> Feeler:
    """Return to whom something is as a word says: "scary to me", "shocking for the crew"."""
    words = context.words
    for position in range(end, min(len(words), end + 5)):
        if words[position] in STOPS:
            return None
        if words[position] in {"to", "for"}:
            phrase = phrase_behind(context, position + 1)
            if phrase is not None and is_person(context, phrase):
                is_sure = words[phrase.head] in OBJECT_PRONOUNS or names_person(words[phrase.head])
                return (phrase.first, phrase.end) if is_sure else None
    return None


def _caused(context: Context, start: int, last: int) -> Feeler:
    """Return who is made to feel: "it makes Piotr anxious", "the news gave Rosa goosebumps"."""
    words = context.words
    if _MAKING.isdisjoint(words[max(0, start - REACH) : start]):
        return None
    for position in range(last - 1, max(-1, last - 6), -1):
        word = words[position]
        if word in STOPS or word == ",":
            return None
        if word in CAUSING or word in _GIVING:
            phrase = phrase_behind(context, position + 1)
            if phrase is None or phrase.end != last + 1 or not is_person(context, phrase):
                return None
            return phrase.first, phrase.end
    return None


def _reached(context: Context, end: int) -> Feeler:
    """Return whom a feeling comes over or belongs to: "swept over the runners", "the joy of the fans"."""
    words = context.words
    position = end
    while position < min(len(words), end + 3) and words[position] in _BETWEEN:
        position += 1
    phrase = phrase_behind(context, position)
    if phrase is None or not is_person(context, phrase):
        return None
    return phrase.first, phrase.end


_BETWEEN = AFFECTING | frozenset("over through up in into across of".split())


def _owner(context: Context, start: int) -> Feeler:
    """Return whose feeling a noun is: "my anger", "the widow's deep grief"."""
    words = context.words
    for position in range(start - 1, max(-1, start - 4), -1):
        word = words[position]
        if word in OWNERS:
            return position, position + 1
        if word.endswith("'s") and not is_contracted_person(word) and word not in _IT_IS:
            has_article = position > 0 and words[position - 1] in OPENING
            if names_person(word) or context.is_name(position) or has_article:
                return (position - 1 if has_article else position), position + 1
            return None
        if not word.isalpha() or word in LINKING or word in ARTICLES or is_verb(context, position):
            return None
        if word in PREPOSITIONS and word != "of":
            return None
    return None


_IT_IS = frozenset("it's that's there's what's here's".split())


def _subject(context: Context, start: int, form: Form, joint: int) -> Feeler:
    """Return the subject of the clause around a word: the nearest one before a verb that is a person."""
    words = context.words
    is_before_verb = False  # whether a verb follows, but for adverbs
    for position in range(start - 1, max(-1, start - REACH - 1), -1):
        word = words[position]
        if word == "," and position == joint:
            continue  # "the tenants, tense and silent,"
        kinds = KINDS[word]
        if kinds & CLOSING:
            return None
        if kinds & CONTRACTED:
            return position, position + 1
        if kinds & ENDING:
            is_next = not is_before_verb and _is_next(context, position, joint, form)
            phrase = phrase_before(context, position) if is_next or is_before_verb else None
            if phrase is not None and not _is_preposed(words, phrase):
                if is_person(context, phrase):
                    return phrase.first, phrase.end
                if words[phrase.head] in SHOWN:
                    return owner_of(context, phrase)
                if not is_next:
                    return None
        if not kinds & ADVERB:
            is_before_verb = kinds & VERB > 0 or is_verb(context, position)
    return None


def _is_preposed(words: list[str], phrase: Phrase) -> bool:
    return phrase.first > 0 and words[phrase.first - 1] in _PREPOSED


def _is_next(context: Context, position: int, joint: int, form: Form) -> bool:
    """Return whether a word stands right before a verb or adjective that may be said of it.

    :param joint: the last word before that which is no adverb.
    """
    words = context.words
    if words[joint] == ",":
        is_one = names_person(words[position]) or context.is_name(position)
        return position == joint - 1 and is_one
    if position != joint or is_verb(context, position) or words[position] in SHOWING:
        return False
    return form.is_inflected or bool(form.parts_of_speech & {"verb", "adjective", "adverb"})
