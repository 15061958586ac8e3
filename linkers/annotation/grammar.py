"""Words of closed classes that rules of the annotator share, and steps over adverbs."""

from affectgraph.linkers.annotation.cues import STOPS
from affectgraph.linkers.annotation.remembered import Remembered

ADVERBS = frozenset(
    """so very quite rather really too a bit little pretty extremely absolutely not never still always all
    totally completely just more truly deeply somewhat slightly also no longer being be been anything but
    far from utterly kind of sort incredibly most less how that ever hardly barely genuinely terribly
    visibly obviously clearly equally super as such neither nor even almost already now suddenly
    increasingly often sometimes usually both again mostly only fairly bloody fucking freaking damn""".split()
)
EXPRESSIVE = frozenset(
    """mood atmosphere tone voice face faces expression eyes eye gaze look smile lip lips brow brows mouth
    posture frown grin glance stare jaw eyebrows silence affect emotion emotions feeling feelings
    sentiment narrator speech caption heart""".split()
)
"""Nouns that show or carry a feeling: what is said of them is said of a feeler."""

AFFECTING = frozenset(
    """filled fills gripped grips seized seizes overcame overcomes overwhelmed overwhelms consumed consumes
    washed washes swept sweeps flooded floods took surged surges welled wells crept creeps spread spreads
    rose rises""".split()
)
"""Verbs behind a noun that say what a feeling does."""

FOLLOWS = STOPS | frozenset(
    """, and or but with at about that when because by for to over as in of if nor after since right now again
    today all anymore instead rather better lol tbh ngl rn though too haha here there tonight lately
    sometimes how whenever every before until while than enough around inside on myself himself herself
    yesterday this last most whether today's then once ever like yet so during throughout despite
    without amid among towards toward behind against beyond under""".split()
)
DETERMINERS = frozenset("a an the some any such this that these those no much little more".split())

MOST_ADVERBS = 20
"""How many adverbs in a row are stepped over."""


def step_back(words: list[str], start: int) -> int:
    """Return the position of the last word before ``start`` that is no adverb, -1 if there is none.

    Behind :data:`MOST_ADVERBS` of them any word will do, as texts of adverbs alone are asked at each.
    """
    position = start - 1
    last = max(-1, position - MOST_ADVERBS)
    while position > last and _IS_ADVERB[words[position]]:
        if words[position] == "of" and (not position or words[position - 1] not in _KINDS):
            break
        position -= 1
    return position


def is_adverb(word: str) -> bool:
    """Return whether a word is an adverb of degree or time, or ends like an adverb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERBS)


_NO_ADVERBS = frozenset(
    """family friendly lovely lonely ugly silly elderly early daily holy jelly belly bully rally reply supply
    apply likely unlikely curly chilly italy july ally unfriendly kindly cowardly lively deadly""".split()
)
_IS_ADVERB = Remembered(is_adverb)
_KINDS = frozenset("kind sort type".split())
