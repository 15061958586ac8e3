"""Makes one string of all inflected forms of a word, so that words can be compared."""

from affectgraph.linkers.annotation.remembered import Remembered
from affectgraph.linkers.inflection import base_forms

IRREGULAR = {
    past: verb
    for line in """\
be: is are was were been being am
bear: bore borne
beat: beaten
become: became
bite: bit bitten
bleed: bled
blow: blew blown
break: broke broken
bring: brought
catch: caught
come: came
do: did done does
draw: drew drawn
drink: drank drunk
drive: drove driven
eat: ate eaten
fall: fell fallen
feel: felt
find: found
fly: flew flown
freeze: froze frozen
get: got gotten
give: gave given
go: went gone goes
grind: ground
grow: grew grown
hang: hung
have: had has
hold: held
keep: kept
know: knew known
leave: left
light: lit
lose: lost
make: made
meet: met
pay: paid
rise: rose risen
rub: rubbed
run: ran
say: said
see: saw seen
send: sent
shake: shook shaken
shoot: shot
sing: sang sung
sink: sank sunk
speak: spoke spoken
spit: spat
spring: sprang sprung
stand: stood
stick: stuck
strike: struck
swear: swore sworn
swell: swollen
take: took taken
tear: tore torn
tell: told
think: thought
throw: threw thrown
wear: wore worn
weep: wept
win: won
wring: wrung
write: wrote written
""".splitlines()
    for verb, _, pasts in (line.partition(": "),)
    for past in pasts.split()
}
"""Verbs by their irregular forms."""


def stem(word: str) -> str:
    """Return one string for all inflected forms of a word, as far as rules can tell.

    >>> stem("boiling") == stem("boils"), stem("sank")
    (True, 'sink')
    """
    word = IRREGULAR.get(word, word)
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


STEMS = Remembered(stem)
"""Stems of words, remembered."""


def inflects(word: str, base: str) -> bool:
    """Return whether a word is a form of another, as far as rules can tell.

    >>> inflects("hated", "hate"), inflects("hat", "hate")
    (True, False)
    """
    if word == base or IRREGULAR.get(word) == base or stem(word) != stem(base):
        return word == base or IRREGULAR.get(word) == base
    return any(found.form == base for found in base_forms(word))
