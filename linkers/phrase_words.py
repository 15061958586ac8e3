"""The small words of English that phrases are compared by: who, when, how much, and what joins."""

from collections.abc import Mapping
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES: Final = _words("the a an this that these those some any such")
BE: Final = _words("be am is are was were been being 're 'm")
SKIPPED: Final = _words(
    """so really just all absolutely completely totally always still almost literally practically quite
    very too way rather pretty simply utterly fairly truly perfectly nearly already ever even
    fucking bloody damn"""
)
"""Words of degree that may stand inside a phrase without being part of it."""

UNKNOWN_OWNERS: Final = _words("one's ones someone's somebody's")
POSSESSIVES: Final = UNKNOWN_OWNERS | _words("my your his her its our their whose own")
UNKNOWN_OBJECTS: Final = _words("someone somebody something sb sth")
PERSONS: Final = UNKNOWN_OBJECTS | _words(
    "i you he she it we they me him her us them one who everyone everybody anyone nobody"
)
PEOPLE: Final = PERSONS | _words(
    """person people man men woman women boy boys girl girls child children kid kids baby mother father
    mom mum dad parent parents grandma grandpa grandmother grandfather son daughter brother sister
    sibling aunt uncle cousin niece nephew wife husband partner boyfriend girlfriend lover friend friends
    boss teacher student students pupil coach player players fan fans supporter supporters crowd audience
    team family couple guy guys lady ladies gentleman speaker narrator author writer user customer
    customers client patient voter viewer viewers reader colleague colleagues neighbour neighbor stranger
    character hero heroine host guest guests passenger driver worker nurse doctor soldier teenager"""
)
SELVES: Final = _words(
    "myself yourself himself herself itself ourselves yourselves themselves oneself"
)
QUANTITIES: Final = _words("few couple many lot lots bit little more another big huge real")

SUBJECTS: Final[Mapping[str, str]] = {
    f"{who}{mark}{end}": who
    for who in ("i", "you", "he", "she", "it", "we", "they", "who")
    for mark in ("'",)
    for end in ("m", "s", "re", "ve", "d", "ll")
} | {"im": "i", "ive": "i", "it's": "it", "that's": "", "there's": ""}
"""Persons with the verb that hangs on them."""

DENIALS: Final[Mapping[str, str]] = {
    word: base
    for base, forms in {
        "cannot": "can't cannot couldn't cant couldnt",
        "not": """don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't ain't dont didnt
            doesnt not""",
        "wouldn't": "won't wouldn't wont wouldnt",
    }.items()
    for word in forms.split()
}
NEGATIVE: Final = _words(
    "not cannot wouldn't never no hardly barely scarcely without nor neither none"
)
CONJUNCTIONS: Final = _words("and or but nor yet then plus vs versus")

PREPOSITIONS: Final = _words(
    """for at about over on with by from in into of to towards toward upon onto after because when while
    that as during since until till around against through under between before among if whenever
    every each last next whether how what"""
)
"""What may bring in more behind a phrase, "over it" and "every time"."""

PARTICLES: Final = _words("up out off down away back in on over apart around")
LIGHT: Final = _words("have get feel let")
"""Verbs that a phrase may or may not begin with."""

LEADING: Final = LIGHT | _words(
    """do go come fall look seem sound appear become turn give make sit stand keep end will would can
    could may might must should use like as to in into of see sense smell start begin now suddenly"""
)
"""What may stand before a phrase: "came as", "felt like", "did", "gave", "sat"."""

CAUSING: Final = _words("leave drive send make put give set get have fill cause bring push keep")
"""Verbs that somebody or something may stand behind before a phrase: "drove his mother"."""

FUNCTION: Final = (
    PREPOSITIONS | PARTICLES | LIGHT | NEGATIVE | PERSONS | _words("do go come like and")
)
"""Words without content of their own."""

ADVERBS: Final = PARTICLES | _words(
    """afterwards afterward again inside now today later tonight lately forever once together anyway deep
    within alone day night time week year moment yesterday tomorrow earlier ago though there here
    instead too well right morning evening sometimes often most least first much"""
)
"""What may stand behind a phrase beside words in -ly."""

VARIANTS: Final[Mapping[str, str]] = {
    "'n": "and",
    "n": "and",
    "'n'": "and",
    "upon": "on",
    "onto": "on",
    "into": "in",
    "round": "around",
    "wits": "wit",
    "tummy": "stomach",
    "mum": "mother",
} | {
    word: word
    for word in (
        "hearted tempered faced minded headed eyed handed blooded footed spirited jawed lipped"
    ).split()
}
"""Words that phrases have for each other."""

IRREGULAR: Final[Mapping[str, str]] = {
    past: verb
    for line in """\
sleep: slept
sweep: swept
smell: smelt
sit: sat
stink: stank stunk
shrink: shrank shrunk
spend: spent
steal: stole stolen
swing: swung
teach: taught
wake: woke woken
begin: began begun
ring: rang rung
ride: rode ridden
lie: lay lain lying
lead: led
lend: lent
let: letting
hide: hid hidden
hurt: hurting
forget: forgot forgotten
feed: fed
fight: fought
cling: clung
creep: crept
choose: chose chosen
buy: bought
build: built
bind: bound
bend: bent
awake: awoke
spin: spun
split: splitting
swim: swam swum
burst: bursting
cut: cutting
hit: hitting
put: putting
set: setting
die: dying died dies
cry: cried cries
try: tried tries
dry: dried dries
see: seeing
""".splitlines()
    for verb, _, pasts in (line.partition(": "),)
    for past in pasts.split()
}
"""Verbs by irregular forms that matching in texts does not know."""
