"""Words that carry a label and add nothing to it, words of degree, and words that deny."""

import re
from typing import Final

from affectgraph.linkers.late_pattern import late_pattern

_DEGREES = (
    "very really so extremely slightly somewhat quite rather pretty mildly moderately deeply highly "
    "intensely incredibly totally completely absolutely utterly too super fairly increasingly mostly "
    "strongly severely profoundly terribly awfully truly faintly vaguely partly partially overly "
    "particularly especially unusually remarkably exceedingly thoroughly genuinely overwhelmingly "
    "more most less least just still even also all strong mild intense deep slight severe extreme great "
    "utter pure sheer profound moderate faint subtle light heavy overwhelming growing sudden sheer "
    "complete total absolute genuine real true quiet "
    "probably maybe perhaps possibly seemingly apparently likely arguably clearly obviously visibly"
).split()
_PHRASES = (
    "a bit of",
    "a little bit of",
    "a little bit",
    "a bit",
    "a little",
    "a lot of",
    "lots of",
    "a touch of",
    "a hint of",
    "a trace of",
    "a tinge of",
    "a great deal of",
    "a high level of",
    "a low level of",
    "high level of",
    "low level of",
    "hints of",
    "touch of",
    "hint of",
    "tinge of",
    "bit of",
    "kind of",
    "sort of",
    "a kind of",
    "a sort of",
    "some",
)


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


_HYPHENED = "|".join(
    rf"(?<={word})" for word in "ly very so mild deep strong slight intense severe extreme".split()
)
DEGREE_BEFORE: Final = late_pattern(
    rf"(?:{_any((*_DEGREES, *_PHRASES))})(?:\s+|(?:{_HYPHENED})-)(?=\S)"
)
_DEGREE_STARTS = frozenset(words.split()[0] for words in (*_DEGREES, *_PHRASES))


def may_have_degree(form: str) -> bool:
    """Return whether a form begins like :data:`DEGREE_BEFORE`; a look that spares most matches.

    >>> may_have_degree("very sad"), may_have_degree("mild-mannered"), may_have_degree("sad")
    (True, True, False)
    """
    return form.replace("-", " ", 1).partition(" ")[0] in _DEGREE_STARTS


DEGREE_AFTER: Final = frozenset(
    [*_DEGREES, "high", "low", "medium", "weak", "strongly", "mildly", "intensely"]
)
"""Words of degree that may stand behind a label or in brackets: "anger (mild)"."""

NEGATED: Final = late_pattern(
    r"(?!(?:can|could)(?:n't| ?not) be (?:\w+er|more)\b)"
    r"(?:not|no|non|never|neither|nor|without|lacking|lacks|lacked|lost|lost all|losing|"
    r"(?:hardly|scarcely|barely)(?!\s(?:contain|conceal|control|suppress|hid|restrain|veil))|"
    r"(?:is|are|was|were|do|does|did|has|have|can|could|would|wo|should|ai)n't(?: feel| feeling| be| seem)?|"
    r"do not feel|does not feel|did not feel|cannot be|(?:a |the )?(?:lack|absence) of|"
    r"free (?:of|from)|far from|anything but|devoid of|no longer|unable to (?:feel|be)|fails? to)[\s-]+(?=\S)"
)
"""The beginning of a form that denies what follows."""

DENYING: Final = frozenset({"not", "no", "never", "without", "non"})
"""Words that deny a sign that stands beside them."""

_WHO = (
    r"(?:(?:the|this|that|a|an|my|his|her|their|our|both|one)\s+)?(?:(?:young|old|main|first|second)\s+)?"
    r"(?:person|people|man|men|woman|women|boy|girl|child|speaker|subject|character|user|author|writer|"
    r"narrator|individual|patient|client|customer|student|face|voice|text|sentence|utterance|tweet|"
    r"comment|post|review|message|expression|tone|image|video|clip)"
    r"|i|he|she|they|we|you|it|someone|somebody|everyone|everybody"
)
_DOES = (
    r"(?:is|are|was|were|am|be|been|feels?|felt|seem(?:s|ed)?|look(?:s|ed)?|sound(?:s|ed)?|"
    r"appear(?:s|ed)?|becomes?|became|gets?|got|express(?:es|ed)?|shows?|showed|experienc(?:es|ed?)|"
    r"convey(?:s|ed)?|display(?:s|ed)?|reflects?|indicates?|suggests?|exhibit(?:s|ed)?|has|have|had)"
)
_NOUN = (
    r"(?:feelings?|sense|state|states|emotions?|moods?|expressions?|looks?|air|mix|mixture|blend|"
    r"combination|moments?|waves?|surges?|bursts?|fits?|pangs?|rush|spells?|twinges?|glimmers?|"
    r"flash|flashes|outburst|level|degree|amount|tone|tears|touch|display|show|signs?|bout|nods?|sighs?|"
    r"smiles?|grins?|glances?|gestures?|tokens?|cry|cries|laugh|gasps?|screams?|howls?|shouts?|stares?|"
    r"shrieks?|shudders?|shivers?|gleam|words?|atmosphere|vibes?)"
)
DEGREE_TAIL: Final = late_pattern(
    r"[\s,]+(?:(?:very )?(?:high|low|medium|moderate|strong|weak) (?:confidence|certainty|intensity|arousal)"
    r"|(?:confidence|certainty|intensity|arousal|valence):? (?:very )?"
    r"(?:high|low|medium|moderate|strong|weak|positive|negative)"
    r"|to the (?:max|core|bone|extreme)|as hell|beyond (?:belief|words|measure)|like crazy|big time)$"
)
"""What is said of a label behind it in words: "joy (high confidence)"."""

_ASIDE = r"(?:valence|arousal|dominance|intensity|confidence|certainty|score|reason\w*|explanation|text)\b"

STRIPPED: Final = (
    late_pattern(r"^(?:can|could)(?:n't| ?not) be (?=(?:\w+er|more)\b)"),
    late_pattern(rf"^(?!{_ASIDE})[a-z][\w' ]{{0,30}}\s*[:=]\s*(?=\S)"),
    late_pattern(
        r"^(?:(?:the|my|your|his|her|their|overall|primary|main|dominant|secondary|predicted|detected|"
        r"final|user|speaker|speaker's|person's|expressed|current)\s+)*"
        r"(?:emotions?|emotional state|feelings?|mood|labels?|affect|sentiment|class|category|state|answer|"
        r"prediction|expression|mixed(?: emotions?| feelings?)?|blend|mixture|combination|tone)"
        r"(?:\s*->\s*|\s+-\s+|\s+(?:is|are|was|were)\s+)"
    ),
    late_pattern(
        rf"^(?:{_WHO})\s+(?:(?:also|probably|clearly|just|likely|may|might|must)\s+)*{_DOES}\s+"
        r"(?:(?:to be|to feel|to express|like|as if|being|feeling|that)\s+)*"
    ),
    late_pattern(rf"^(?:{_WHO})\s+(?=(?:is|are|was|were|do|does|did)(?:n't| not)\s)"),
    late_pattern(r"^(?:is|are|was|were|am|do|does|did)\s+(?=not\s)"),
    late_pattern(
        r"^(?:i'm|im|he's|she's|they're|we're|you're|it's|i've)\s+(?:(?:being|feeling)\s+)?"
    ),
    late_pattern(rf"^(?:an?\s+|the\s+|some\s+|one's\s+)?{_NOUN}\s+(?:of|that is|full of)\s+"),
    late_pattern(r"^.*\b(?:full of|filled with|overcome (?:with|by)|overwhelmed (?:with|by))\s+"),
    late_pattern(
        r"^(?:feels?|felt|feeling|being|seems?|seeming|looking|looks?|sounding|sounds|appears?|becoming|"
        r"getting|experiencing|expressing|showing|displaying|conveying|emotionally|in a state of|"
        r"a state of|full of|filled with|overcome (?:with|by)|overwhelmed (?:with|by)|mixed|"
        r"consumed (?:with|by)|driven by|in|with|of|an?|the|this|that|my|his|her|their|to be|to)\s+"
    ),
    late_pattern(
        r"\s+(?:feelings?|emotions?|moods?|state|expressions?|faces?|affect|sentiments?|vibes?|tone|"
        r"look|reactions?|responses?|label|class|category|person|people|man|woman|child|smile|"
        r"voice|inside|now|today|right now|at the moment)$"
    ),
)
"""Carrier words before and after a label; taken off in this order, one at a time."""
