"""Parts of the face, the words that move them, and the action units that make each movement.

Data of :mod:`affectgraph.linkers.face_grammar`. A rule names groups of words; it fits if a word of each
group was said. Rules of a part are tried in order, the more special first. Codes are those that FACS
gives the movement (``action_units.tsv``: names, muscles); where wording leaves open which of several,
they are ``any_of``, as in ``au_cues.tsv``.
"""

from dataclasses import dataclass

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a movement of a part stands for.

    :param groups: sets of words; the rule fits if each has a word that was said.
    :param codes: FACS codes that are all meant; ``any_of``: one or more of them.
    :param is_present: False where the words say that the action is missing.
    """

    groups: tuple[Group, ...]
    codes: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    is_present: bool = True

    @property
    def vocabulary(self) -> Group:
        """Every word of the groups."""
        return frozenset().union(*self.groups)

    def fits(self, words: Group) -> bool:
        """Return whether each group has a word among those said."""
        return all(group & words for group in self.groups)


def _words(text: str) -> Group:
    return frozenset(text.split())


UP = _words(
    "raise lift elevate hike arch rise upturn up upward upwards skyward uplift upraise climb ascend"
)
DOWN = _words("lower depress drop droop sag downturn down downward downwards fall sink")
TOGETHER = _words(
    "together knit bunch pinch squeeze contract scrunch gather converge inward inwards"
)
SIDEWAYS = _words(
    "sideways sideward horizontally horizontal laterally lateral stretch outward outwards"
)
TIGHT = _words("tight tense tighten tension taut")
OPEN = _words("open agape gape ajar")
SHUT = _words("close shut")
RELAX = _words("relax smooth unfurrow unlined")
OUT = _words("out show stick protrude poke stuck visible extend")

DETERMINERS = _words("the his her their its my your our a an both each this that these those")
SIDES = _words("left right one single unilateral other")
MOTION = _words(
    "pull push draw turn curve curl go come move tilt bend drag shoot press roll cast direct look fly"
    " angle slant stretch tug yank point slide dart jerk yawn tip"
)
"""Words that say that something moves, and not where."""
NEUTRAL = MOTION | _words("get make keep hold stay remain become bring form hang open be out")
GRAMMAR = DETERMINERS | _words(
    "of to in into at on and or nor with as from is are was were been being am has have had do does did"
    " very so more rather quite then also almost slightly he she it they i we you person man woman who"
    " not never no without can could will would toward towards against each other middle hard far all"
    " isn't aren't wasn't weren't doesn't don't didn't won't just still back seem appear by hairline ear"
    " bit little somewhat hers for kiss wide way side along across around between either straight"
    " centre center often sometimes always"
)
IRREGULAR = {
    "drawn": "draw", "drew": "draw", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall",
    "hung": "hang", "sunk": "sink", "sank": "sink", "went": "go", "gone": "go", "came": "come",
    "bent": "bend", "shot": "shoot", "held": "hold", "kept": "keep", "got": "get", "made": "make",
    "became": "become", "stuck": "stick", "shown": "show", "bitten": "bite", "bit": "bite",
    "thrown": "throw", "threw": "throw", "blown": "blow", "blew": "blow", "shook": "shake",
    "shaken": "shake", "brought": "bring", "flew": "fly", "flown": "fly", "is": "be", "are": "be",
    "was": "be", "were": "be", "teeth": "tooth", "thrusted": "thrust", "bared": "bare", "leant": "lean",
    "knitted": "knit", "lips": "lip", "leftward": "left", "rightward": "right", "leftwards": "left",
    "rightwards": "right", "eyebrow": "brow", "eyebrows": "brow", "brows": "brow", "lids": "eyelid",
    "eyelids": "eyelid", "centre": "center", "openly": "open",
}  # fmt: skip

_BROW, _LID, _LIP, _EYE = (_words(w) for w in ("brow", "lid eyelid", "lip", "eye"))
_INNER = _words("inner medial middle inside center central")
_OUTER = _words("outer lateral outside")
_SEGMENT = _words("corner end edge part portion third half side tip")
_OF = _words("of")

PARTS: tuple[tuple[str, tuple[Group, ...]], ...] = (
    ("brow_gap", (_words("between"), _BROW)),
    ("brow_gap", (_words("forehead"), _words("between"), _BROW)),
    ("inner_brow", (_INNER, _SEGMENT, _OF, _BROW)),
    ("inner_brow", (_words("middle center inside"), _OF, _BROW)),
    ("inner_brow", (_INNER, _BROW, _SEGMENT)),
    ("inner_brow", (_INNER, _BROW)),
    ("outer_brow", (_OUTER, _SEGMENT, _OF, _BROW)),
    ("outer_brow", (_OUTER, _BROW, _SEGMENT)),
    ("outer_brow", (_OUTER, _BROW)),
    ("eye_corner", (_OUTER, _SEGMENT, _OF, _EYE)),
    ("eye_corner", (_OUTER, _EYE, _SEGMENT)),
    ("eye_corner", (_words("corner"), _OF, _EYE)),
    ("lip_corner", (_words("corner end edge"), _OF, _LIP | _words("mouth"))),
    ("lip_corner", (_LIP | _words("mouth"), _words("corner end edge"))),
    ("upper_lip", (_words("upper top"), _LIP)),
    ("lower_lip", (_words("lower bottom under"), _LIP)),
    ("upper_lid", (_words("upper top"), _LID)),
    ("lower_lid", (_words("lower bottom under"), _LID)),
    ("jaw", (_words("lower"), _words("jaw"))),
    ("jaw", (_words("jaw"), _words("muscle"))),
    ("chin", (_words("chin"), _words("boss"))),
    ("outer_brow", (_words("tail"), _OF, _BROW)),
    ("nose", (_words("bridge root side top"), _OF, _words("nose"))),
    ("nasolabial", (_words("nasolabial"), _words("fold furrow line crease"))),
    ("brow", (_BROW,)),
    ("forehead", (_words("forehead"),)),
    ("lid", (_words("eyelid"),)),
    ("brow_gap", (_words("glabella"),)),
    ("eyes", (_EYE,)),
    ("gaze", (_words("gaze stare glance"),)),
    ("cheek", (_words("cheek"),)),
    ("nostril", (_words("nostril"),)),
    ("nose", (_words("nose"),)),
    ("lips", (_LIP,)),
    ("mouth", (_words("mouth"),)),
    ("jaw", (_words("jaw mandible"),)),
    ("tooth", (_words("tooth"),)),
    ("tongue", (_words("tongue"),)),
    ("chin", (_words("chin"),)),
    ("neck", (_words("neck"),)),
    ("head", (_words("head"),)),
    ("face", (_words("face"),)),
)
"""Names of parts and the words they are called by, the longer first."""


def _rule(groups: str | tuple[Group | str, ...], codes: str = "", any_of: str = "") -> Rule:
    """Return a rule; codes are numbers, and "!" before the first says that they are missing."""
    sets = (groups,) if isinstance(groups, str) else groups
    return Rule(
        tuple(_words(s) if isinstance(s, str) else s for s in sets),
        _codes(codes),
        _codes(any_of),
        is_present=not (codes + any_of).startswith("!"),
    )


def _codes(numbers: str) -> tuple[str, ...]:
    return tuple(
        f"AD{n}" if n in _DESCRIPTORS else f"AU{n}" for n in numbers.removeprefix("!").split()
    )


_DESCRIPTORS = frozenset("19 29 30 32 33 34 35 36 37".split())

_LIPS = (
    _rule("bite chew nibble", "32"),
    _rule("lick wipe moisten", "37"),
    _rule("purse", "", "18 24"),
    _rule("pucker", "18"),
    _rule(("scrunch push", "forward kiss"), "18"),
    _rule("funnel", "22"),
    _rule("flare", "22"),
    _rule((_words("thin"),), "", "23 24"),
    _rule("suck fold tuck inside inward inwards", "28"),
    _rule(("roll draw pull", "in between tooth"), "28"),
    _rule(("close shut", "tightly tight"), "", "23 24"),
    _rule("squeeze clamp compress press squash", "24"),
    _rule("together", "!25"),
    _rule((TIGHT | _words("narrow"),), "23"),
    _rule("apart part separate gap open", "25"),
    _rule(("pull draw spread", "back"), "20"),
    _rule((SIDEWAYS,), "20"),
    _rule("protrude jut", "", "18 22"),
    _rule((_words("tremble quiver"),), "", "15 17"),
    _rule("close shut seal", "!25"),
    _rule((_words("downturn"),), "15"),
    _rule(("turn curve bend", DOWN), "15"),
    _rule((_words("upturn"),), "12"),
    _rule(("turn curve bend curl", UP), "12"),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "brow": (
        _rule((UP, TOGETHER), "1 2 4"),
        _rule((RELAX,), "!4"),
        _rule((UP,), "1 2"),
        _rule((DOWN | TOGETHER | _words("furrow crease frown wrinkle"),), "4"),
    ),
    "inner_brow": (
        _rule((UP, TOGETHER), "1 4"),
        _rule((UP,), "1"),
        _rule((DOWN | TOGETHER,), "4"),
    ),
    "outer_brow": (_rule((UP,), "2"),),
    "brow_gap": (_rule("crease line wrinkle furrow fold vertical frown bunch", "4"),),
    "forehead": (_rule((RELAX,), "!4"),),
    "eye_corner": (_rule("crinkle wrinkle crease crow line", "6"),),
    "upper_lid": (
        _rule((DOWN | _words("hang heavy"),), "41"),
        _rule((UP | _words("back retract wide widen"),), "5"),
        _rule((TIGHT,), "7"),
    ),
    "lower_lid": (_rule((TIGHT | UP,), "7"),),
    "lid": (
        _rule("wide widen", "5"),
        _rule((SHUT,), "43"),
        _rule((TIGHT | _words("narrow squeeze"),), "7"),
        _rule((DOWN | _words("hang heavy"),), "41"),
        _rule((UP | _words("widen retract"),), "5"),
    ),
    "eyes": (
        _rule((SHUT, TIGHT | _words("squeeze screw scrunch tightly")), "7 43"),
        _rule("screw", "7 43"),
        _rule("wide widen bulge pop", "5"),
        _rule("narrow", "7"),
        _rule("squint", "", "7 44"),
        _rule("scrunch crinkle", "", "6 7"),
        _rule((SHUT,), "43"),
        _rule("blink", "45"),
        _rule("wink", "46"),
        _rule("cross", "66"),
        _rule((_words("up upward upwards skyward ceiling heavenward"),), "63"),
        _rule((_words("down downward downwards floor ground lower downcast"),), "64"),
        _rule("left", "61"),
        _rule("right", "62"),
        _rule("sideways aside side", "", "61 62"),
        _rule("away avert", "", "61 62 63 64"),
    ),
    "gaze": (
        _rule((_words("up upward upwards skyward ceiling raise lift"),), "63"),
        _rule((_words("down downward downwards floor ground lower drop downcast"),), "64"),
        _rule("left", "61"),
        _rule("right", "62"),
        _rule("sideways aside side sidelong", "", "61 62"),
        _rule("away avert", "", "61 62 63 64"),
    ),
    "cheek": (
        _rule("dimple", "14"),
        _rule("suck hollow", "35"),
        _rule(("draw pull", "in inward inwards"), "35"),
        _rule("puff inflate", "34"),
        _rule("fill balloon air", "", "33 34"),
        _rule("blow", "33"),
        _rule((UP | _words("bunch"),), "6"),
    ),
    "nostril": (
        _rule("flare widen dilate wide expand open", "38"),
        _rule("narrow pinch compress constrict", "39"),
    ),
    "nose": (_rule("wrinkle crinkle scrunch crease", "9"),),
    "nasolabial": (_rule("deep deepen deeper pronounce", "11"),),
    "upper_lip": (
        _rule((UP | _words("curl"),), "10"),
        *(rule for rule in _LIPS[:2]),
    ),
    "lower_lip": (
        _rule("bite chew nibble sink", "32"),
        _rule("lick", "37"),
        _rule("protrude jut stick pout", "", "17 22"),
        _rule("tremble quiver", "", "15 17"),
        _rule((DOWN,), "16"),
        _rule((UP,), "17"),
    ),
    "lip_corner": (
        _rule(("sharply", UP), "13"),
        _rule((UP,), "12"),
        _rule((DOWN,), "15"),
        _rule((TIGHT | _words("tuck dimple press inward inwards"),), "14"),
        _rule((SIDEWAYS | _words("back"),), "20"),
    ),
    "lips": _LIPS,
    "mouth": (
        _rule((OPEN, "wide stretch"), "27"),
        _rule((OPEN, "hang fall"), "26"),
        _rule(("hang", OPEN), "26"),
        _rule((OPEN,), "", "25 26 27"),
        _rule((SHUT,), "", "!25 26 27"),
        _rule(("pull draw", "back"), "20"),
        *(rule for rule in _LIPS if rule.codes not in {("AU24",), ("AU25",), ("AD32",), ("AD37",)}),
        _rule((DOWN,), "15"),
    ),
    "jaw": (
        _rule(("stretch", DOWN), "27"),
        _rule((RELAX, OPEN), "26"),
        _rule((RELAX | _words("unclench"),), "!31"),
        _rule("forward thrust jut", "29"),
        _rule("sideways side shift slide", "30"),
        _rule((TIGHT | _words("clench grit set"),), "31"),
        _rule((DOWN | OPEN | _words("hang slack"),), "26"),
    ),
    "tooth": (
        _rule("clench grit grind", "31"),
        _rule("bare expose", "25", "10 16"),
    ),
    "tongue": (
        _rule("cheek bulge", "36"),
        _rule((OUT,), "19"),
    ),
    "chin": (
        _rule("wrinkle bunch dimple pucker quiver tremble crinkle", "17"),
        _rule(("push", UP), "17"),
        _rule((UP,), "", "17 53"),
        _rule((DOWN | _words("tuck"),), "54"),
    ),
    "neck": (_rule((TIGHT,), "21"),),
    "head": (
        _rule(("tilt lean cock tip", "left"), "55"),
        _rule(("tilt lean cock tip", "right"), "56"),
        _rule("left", "51"),
        _rule("right", "52"),
        _rule(("tilt tip", "back backward backwards"), "", "53 58"),
        _rule("back backward backwards throw", "58"),
        _rule((DOWN | _words("bow dip"),), "54"),
        _rule("forward", "57"),
        _rule((UP,), "53"),
        _rule("away aside", "", "51 52"),
        _rule("tilt lean cock", "", "55 56"),
    ),
    "face": (
        _rule(("turn", "left"), "51"),
        _rule(("turn", "right"), "52"),
        _rule(("turn", "away"), "", "51 52"),
    ),
}  # fmt: skip

NOUNS = frozenset(
    "brow lid eyelid lip eye nose nostril cheek mouth jaw tooth tongue chin neck head face forehead".split()
)
"""Names of parts; a verb made of one ("headed") is no part."""

WORDS = frozenset().union(
    DETERMINERS,
    SIDES,
    NEUTRAL,
    GRAMMAR,
    *(rule.vocabulary for rules in RULES.values() for rule in rules),
    *(choices for _, pattern in PARTS for choices in pattern),
)
"""Every word the rules know, in its base form."""
