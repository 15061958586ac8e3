"""Which kinds of claims a sentence can make, told by its words alone.

A trigger is one bit. It stands for patterns that cannot match a sentence unless one of its words holds one
of the trigger's pieces, so that one look at each word spares a sentence all patterns it cannot match. A
trigger may be set in vain; it must never be missing.
"""

from affectgraph.linkers.late_pattern import late_pattern

TIER, KIND, STRENGTH, OPPOSITE, EXCLUSIVE, TOGETHER, SELDOM, BLEND = (1 << n for n in range(8))
LEVEL, MEANING, STATE, MADE, THAT, SO, HIM, REASON, HIDE, TURN = (1 << n for n in range(8, 18))
FACE, UNIT, POSITION, CHANNEL, SIDE, CLASH, SMILE, SHOWS = (1 << n for n in range(18, 26))
FIELD, MARKER, CALLS, POINTS, SIGN, SCHEME_NAME, PHRASE_START = (1 << n for n in range(26, 33))
DENIAL, HEDGE, SLIGHT, STRONG, GENERAL, HEARD, READS, OUT, DRAWN = (1 << n for n in range(33, 42))
OFTEN, HOLDS, ABOVE, OPPOSED, CANNOT, MAKES_UP, ENDS, PART_START, JOINED = (
    1 << n for n in range(42, 51)
)
ASKS, OWN, ABSENCE, OTHERS, NAMES, MUSCLE, COMPARES = (1 << n for n in range(51, 58))

ALL = -1
"""Every trigger: of texts whose letters may be taken for others."""

TAKEN_FOR_OTHERS = late_pattern("[\u0130\u0131\u017f\u212a]")
"""Letters that patterns take for i, s and k, and that belong to no word here."""

_PIECES = {
    TIER: r"primar|basic|second|tertiary|tier|third|first",
    KIND: r"kind|form|type|variet|sort|sub|variant|shade|species|case|instance|branch|member|part|child"
    r"|flavo|facet|expression|fall|come|belong|sit|lie|rank|stand|count|under|within|below|beneath",
    STRENGTH: r"stronger|more|fiercer|greater|sharper|deeper|higher|hotter|weaker|milder|less|gentler"
    r"|softer|fainter|slighter|exceed|surpass|outrank",
    OPPOSITE: r"opposite|anti|reverse|antonym|contrary",
    EXCLUSIVE: r"together|time|once|simultaneously|side|moment|concurrently|both|exclu|incompatible"
    r"|coexist|occur",
    TOGETHER: r"come|go|accompan|show|occur|appear|travel|paired|found|mixes|tend|given|named"
    r"|mention|listed|reported"
    r"|annotated|rated|chosen|seen|observed|assigned",
    SELDOM: r"rarely|seldom|hardly",
    BLEND: r"mix|blend|plus|combin|compound|fus|made|compos|joins|merg|unite|consist|dyad",
    LEVEL: r"positiv|negativ|pleasant|aversive|arous|dominan|valence|activat|calming|energ|submissive",
    MEANING: r"mean|denote|stand|refer|name|describe|signif|word|term|way|synonym|express|suggest|amount"
    r"|be$|feel|being",
    STATE: r"\b(?:is|are|was|were|am|feels?|felt|feeling|(?:seem|appear|look|sound)(?:s|ed)?|shows?|expresses"
    r"|comes?|came"
    r"|experiences|s|re|becomes?|gets?|grows|remains?|stays|experiencing|displays?|displaying"
    r"|conveys?|portray(?:s|ing)|be|being|been|have|has)\b",
    MADE: r"made|mak|left|leave|fill|caus|trigger|provok|spark|bring|elicit",
    THAT: r"\bthat\b",
    SO: r"\bso\b",
    HIM: r"\b(?:him|her|them|me)\b",
    REASON: r"reason|cause|trigger|source",
    HIDE: r"hid|mask|conceal|cover|disguis|suppress|camouflage|veil|behind|under|beneath",
    TURN: r"from|turn|giv|gave|becom|became|lead|shift|resolve|fade|change|develop|grow|followed|replaced"
    r"|melt|morph|tip|dissolve|slide|pass|escalate|evolve|move",
    UNIT: r"\ba[ud](?:s|[lru])?\b|\baction\b",
    POSITION: r"\b[mlr]\b",
    SIDE: r"left|right|both|either",
    CLASH: r"conflict|contradict|clash|match|agree|discrepan|incongruen|inconsisten|different|another|odds"
    r"|diverge|\bfits?\b|opposing|contrast|\bstep\b|belie|undercut|consistent|\bline\b|congruent|converge"
    r"|align|support|\bbears?\b|confirm|corroborate|\bsame\b|together|harmony|\bbacks?\b|reinforce|mirror",
    SMILE: r"genuine|sincere|real|authentic|duchenne|heartfelt|felt|posed|fake|forced|polite|social"
    r"|artificial|put|reach|staged|feigned",
    FIELD: r"emotion|label|answer|prediction|category|class|sentiment|conclusion|impression|state|decision"
    r"|verdict|choice|feeling|reading|mood|guess|summary|outcome|word",
    MARKER: r"\b(?:overall|therefore|thus|hence|conclusion|summary|short|sum|total|end|taken|taking|all"
    r"|altogether|finally|consequently|likely|result|considered|accordingly|best|conclude[sd]?|verdict"
    r"|so|weighing|balance|final)\b",
    CALLS: r"\bi\b|call|label|rate|choose|pick|read|classif|opt|settle|lean|goes|vote",
    POINTS: r"evidence|cue|everything|\ball\b|this|picture|overall|indicator|combination|together|signal"
    r"|nothing|these|face|modalities|expression|\bit\b",
    SIGN: r"\b(?:no|not|nothing|never|any|t)\b",
    DENIAL: r"\b(?:no|not|t|never|neither|nor|without|nothing|none|nobody|lack\w*|absence|rather|instead"
    r"|cannot|free|hardly|barely|scarcely|den\w+|opposed|other|far|fail\w*|unlikely|absent|missing"
    r"|devoid|stop\w*|ceas\w*|longer|rul\w+|less|zero|little|inactive|lacking)\b",
    HEDGE: r"may|might|could|seem|appear|likely|probabl|possib|perhaps|somewhat|apparent|presum|plausib"
    r"|conceiv|arguab|lean|look|doubt|tentativ|potential|suspect|guess|would|necessarily|read|think"
    r"|believe|suppos|hint",
    SLIGHT: r"slight|faint|weak|mild|trace|subtl|bit|little|small|somewhat|barely|minimal|soft|low|gentl"
    r"|tiny|modest|hint|touch|part|light|moderate|note",
    STRONG: r"strong|broad|wide|very|clear|marked|intense|full|sharp|heav|deep|tight|extreme|pronounced"
    r"|big|huge|beaming|severe|\ball\b|whatsoever|lot|hard|unmistak|obvious|perfect|high|complete"
    r"|definite|fierce|rapid|constant|entire|utter|much",
    GENERAL: r"ever|rarely|seldom|would|requir|need|involv|typically|usually|normally|prototyp",
    HEARD: r"audi|listen|handwriting|typing|spelling|punctuation"
    r"|sound|voice|tone|speech|intonation|prosody|pitch|transcript|subtitle|text|words|caption"
    r"|wording|sentence|utterance|script|acoustic|vocal|loudness|volume|hear|\bear\b|lexical|linguistic"
    r"|verbal|writ|recording|\bsay|choice",
    READS: r"read|interpret|take|see|regard|understand",
    OUT: r"rule|ruling|exclud|speak|argu|count|preclud|odds|incompatible|inconsistent|mak|hardly|dismiss",
    ABSENCE: r"\b(?:absent|missing|inactive|lacking|un\w+|negative|no|not|t|never|none|nothing|cannot|barely"
    r"|hardly|scarcely|neither|zero|baseline|below|under|less|beneath|fail\w*|false|off|little|silent|idle|dormant|quiet"
    r"|gone|vanish\w*|disappear\w*|fade[sd]|die[sd])\b",
    ASKS: r"\b(?:if|when\w*|would|could|what|how|suppose|please|imagine|which|you)\b",
    OWN: r"\b(?:i|we)\b",
    OTHERS: r"expert|rater|annotator|coder|observer|reviewer|clinician|psychologist|specialist"
    r"|author|researcher|scholar|colleague|labell?er|assessor",
    OFTEN: r"often|frequently|commonly|usually|typically|regularly",
    HOLDS: r"descend|derive|branch|includ|cover|compris|embrac|subsum|encompass|\b(?:all|every|any)\b",
    ABOVE: r"outweigh|tops|beats|above|beyond|compared|\bits\b",
    OPPOSED: r"opposed|contrast|oppose",
    CANNOT: r"cannot|incompatible",
    MAKES_UP: r"result|contain|aris|born|giv|mak|yield|equal|together",
    ENDS: r"ends|result|culminat|follow|replace|succeed|first|initially",
    COMPARES: r"\bvs\b|versus|differ|distin|contrast|confus|\btell|\btold|discriminat|separat|mistaken",
    DRAWN: r"\b(?:so|hence|thus|therefore)\b|mean",
}  # fmt: skip
_PATTERNS = tuple((bit, late_pattern(pieces)) for bit, pieces in _PIECES.items())
_ANY = late_pattern("|".join(_PIECES.values()))


def triggers(word: str) -> int:
    """Return the triggers of a word in lower case, or of several words joined by hyphens and apostrophes.

    >>> triggers("primary") == TIER, triggers("whereupon")
    (True, 0)
    """
    if _ANY.search(word) is None:
        return 0
    return sum(bit for bit, pattern in _PATTERNS if pattern.search(word))
