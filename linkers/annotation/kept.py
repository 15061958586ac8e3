"""What a clause with a negator leaves as it is: "never spoke of her grief", "that nobody came hurt her"."""

from affectgraph.linkers.annotation.cues import (
    ADVERBS,
    BELIEVING,
    CAUSING,
    CHANGES,
    CONTRACTED_SUBJECTS,
    EASING,
    FINITE,
    HAVING,
    LEADING,
    POSSESSIVES,
    STOPS,
    SUBJECTS,
    TAKING,
    TENSED,
)


def is_in_subject(words: list[str], position: int, middle: list[str], end: int) -> bool:
    """Return whether a negator is in a clause of the subject: "those who didn't come were sad"."""
    before = words[max(0, position - 4) : position]
    if words[position] == "not" and middle[:1] != [] and middle[0].endswith("ing"):
        is_first = not before or before[-1] in _CLOSING
        return is_first and not FINITE.isdisjoint(middle)  # "not calling her is my regret"
    if _RELATIVE.isdisjoint(before) or not _CLOSING.isdisjoint(before):
        return False
    if words[position] == "no":
        return before[-1] not in _RELATIVE and _has_verb(middle)
    if not BELIEVING.isdisjoint(middle) and not {"like", "as", "that"}.issuperset(
        BELIEVING & set(middle)
    ):
        return False
    if "that" in before and words[end : end + 1] != [] and words[end] in _MOVED:
        is_first = (
            before[0] == "that" or not _FACTS.isdisjoint(before) or words[position - 1] == "that"
        )
        return is_first and any(word not in ADVERBS for word in middle)
    is_auxiliary = words[position] in {"not", "never"} or words[position].endswith(("n't", "nt"))
    for index in range(len(middle) - 1, 0, -1):
        if is_auxiliary and middle[index] in FINITE:
            return middle[index - 1] not in _NO_SUBJECTS and middle[index - 1] not in ADVERBS
    return False


def _has_verb(middle: list[str]) -> bool:
    """Return whether a verb follows the noun behind "no": "who got no warning reacted with"."""
    return any(
        word in TENSED or (word.endswith("ed") and middle[index + 2] in _BEHIND_VERBS)
        for index, word in enumerate(middle[1:-1])
    )


_BEHIND_VERBS = POSSESSIVES | frozenset("with in to at by".split())
_CLOSING = STOPS | {","}
_RELATIVE = frozenset("who which that".split())


_FACTS = frozenset("fact idea thought".split())


_NO_SUBJECTS = frozenset("i he she we they you it who which that and or to".split())


def is_kept_in(words: list[str], position: int, middle: list[str]) -> bool:
    """Return whether somebody only kept from sight what he felt: "he didn't show he was afraid".

    Of a thing, "the scan did not show that he was sad" denies it.
    """
    if middle[:1] not in (["show"], ["showed"]) or middle[1:2] == []:
        return False
    subject = words[position - 1] if words[position - 1] in SUBJECTS else words[position - 2]
    clause = middle[2:3] if middle[1] == "that" else middle[1:2]
    return subject in SUBJECTS and clause == [subject]


def is_judged(middle: list[str]) -> bool:
    """Return whether what is denied judges a fact: "it isn't nice that he is sad".

    Predicates of that kind take their clause for granted (Kiparsky and Kiparsky 1970, Fact).
    """
    words = [word for word in middle[:4] if word not in ADVERBS or word == "that"]
    return words[1:2] == ["that"] and words[0] in _JUDGING_FACTS


_JUDGING_FACTS = frozenset(
    "nice good bad fair fun odd strange funny great sad helpful surprising weird kind right cool".split()
)


def is_presupposed(cue: str, middle: list[str]) -> bool:
    """Return whether a verb under a negator takes its object for granted: "never spoke of her grief".

    A possessive says that there is what it is of, and negation leaves that (Karttunen 1973, Presuppositions
    of Compound Sentences), unless the verb is one of having, finding or bringing about.
    """
    if middle[-1:] == [] or not (middle[-1] in _OWNERS or middle[-1].endswith("'s")):
        return False
    if middle[-1] in CONTRACTED_SUBJECTS:
        return False
    if cue not in {"not", "never"} and not cue.endswith(("n't", "nt")):
        return False
    verbs = [word for word in middle[:-1] if word not in ADVERBS and word not in _BEFORE_VERBS]
    return bool(verbs) and verbs[0] not in _NO_VERBS and HAVING.isdisjoint(verbs)


def is_of_change(middle: list[str]) -> bool:
    """Return whether "no" denies a change or a cure of an emotion: "no improvement in her sadness"."""
    if (
        middle[:1] != []
        and middle[0] in _TROUBLE
        and middle[1:2] != []
        and middle[1].endswith("ing")
    ):
        return True  # "no trouble feeling sad"
    return any(
        word in CHANGES and not _OF_CHANGE.isdisjoint(middle[index + 1 : index + 2])
        for index, word in enumerate(middle[:2])
    )


_TROUBLE = frozenset("problem trouble difficulty qualms".split())
_OWNERS = frozenset("my your his her its our their".split())


_BEFORE_VERBS = frozenset(
    "once yet still also really actually i he she we they you it did do does".split()
)


_NO_VERBS = (
    LEADING | POSSESSIVES | STOPS | frozenset("because out because only just one no".split())
)


def is_still_there(words: list[str], middle: list[str], start: int, end: int, cue: str) -> bool:
    """Return whether what is denied is an end, a reason or an equal of the emotion."""
    if not EASING.isdisjoint(middle) or _is_put_away(words, middle, end):
        return True
    if cue in {"not", "never"} and middle[-2:-1] != [] and middle[-1] in POSSESSIVES:
        is_asked = not _DID.isdisjoint(middle)
        if is_asked and not _ENDS.isdisjoint(words[end : end + 2]):
            return True  # "not once did her compassion run out"
    if words[end : end + 1] == ["enough"] and cue in {"never", "can't", "cannot", "couldn't"}:
        return True
    if middle[-1:] == ["for"] and words[end : end + 1] == ["of"]:
        return True  # "for fear of"
    if (
        cue == "no"
        and middle[-1:] != []
        and middle[-1].endswith("er")
        and "than" in words[end : end + 3]
    ):
        return True  # "no greater joy than"
    is_nobody = cue in {"nobody", "none", "nothing"} or middle[:1] == ["one"]
    if is_nobody and "more" in words[end : end + 3] and "any" not in words[end : end + 3]:
        return True  # "nothing scares me more"
    if is_nobody and middle[-1:] == ["as"] and words[end : end + 1] == ["as"]:
        return not _ONES.isdisjoint(words[end + 1 : end + 2])  # "nobody is as glad as me"
    behind = words[end : end + 6]
    if not is_nobody or "like" not in behind:
        return False
    return not _ONES.isdisjoint(behind[behind.index("like") :])


_DID = frozenset("did does do has had have will would".split())


_ENDS = frozenset(
    "run fade waver falter leave fail wane dim end stop subside pass disappear die".split()
)


_ONES = frozenset("i me him her he she you we they us".split())


def _is_put_away(words: list[str], middle: list[str], end: int) -> bool:
    """Return whether a verb under a negator has its particle behind the mention: "put it aside"."""
    for particle in words[end : end + 2]:
        verbs = TAKING.get(particle)
        if verbs is not None and not verbs.isdisjoint(middle):
            return True
    return False


def is_caused(cue: str, middle: list[str]) -> bool:
    """Return whether a clause with a negator brings the emotion about: "that he never called made me"."""
    if cue not in {"not", "never"} and not cue.endswith("n't"):
        return False
    if CAUSING.isdisjoint(middle) or middle[0] in BELIEVING:
        return False  # "I can't say it made me sad"
    causes = next(index for index, word in enumerate(middle) if word in CAUSING)
    if middle[causes - 1] in _RELATIVE or middle[causes - 1] == "to":
        return False  # "it's not the kind of film that makes me sad", "never meant to make her sad"
    is_causing = causes > 0 and middle[causes + 1 : causes + 2] != []
    if not is_causing or middle[causes + 1] not in _MOVED:
        return False
    return any(word not in ADVERBS and word != "once" for word in middle[:causes])


_MOVED = _ONES | POSSESSIVES


_OF_CHANGE = frozenset("in to of for from on".split())
