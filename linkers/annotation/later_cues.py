"""Words behind a mention that deny it: ends of feelings, verdicts, answers."""

AFTER_NOT = frozenset("not hardly never no nope nah".split())

ENDED = frozenset(
    """resolved remitted
    gone vanished faded disappeared evaporated subsided dissolved ebbed lifted absent missing over passed
    left worn died drained departed nowhere excluded ruled unlikely improbable dismissed unfounded
    forgotten""".split()
)

CLOSED: tuple[list[str], ...] = ([], ["."], ["!"], [";"])

DOES_NOT = frozenset("not doesn't didn't don't".split())

FITTING = frozenset("fit fits apply match appear come show".split())

BRINGS_END = frozenset(
    """since both
    has have had was is were are 's soon quickly slowly all finally me him her us them completely can could
    be been may must should therefore thus eventually long largely entirely mostly already now just simply
    very highly""".split()
)

FADING = frozenset(
    """eluded eludes deserted deserts evaded resolved resolves remitted
    died dies cooled cools waned wanes withered vanished vanishes faded fades disappeared disappears
    evaporated evaporates subsided subsides dissolved dissolves ebbed ebbs lifted lifts departed drained
    dissipated melted passed""".split()
)
"""Verbs that say right behind a feeling that it ended."""

GIVING_WAY = (
    ["gave", "way", "to"],
    ["gives", "way", "to"],
    ["giving", "way", "to"],
    ["given", "way", "to"],
    ["was", "replaced", "by"],
    ["is", "replaced", "by"],
    ["went", "away"],
    ["go", "away"],
    ["goes", "away"],
    ["wore", "off"],
    ["wears", "off"],
    ["melted", "away"],
    ["melts", "away"],
    ["died", "down"],
    ["died", "away"],
    ["drained", "away"],
    *(["leave", word] for word in ("me", "him", "her", "us", "them")),
    ["left", "me"],
    ["left", "him"],
    ["left", "her"],
    ["left", "us"],
    ["left", "them"],
    ["has", "left"],
    ["had", "left"],
    ["went", "out", "of"],
)

DENYING_ANSWERS = frozenset("no nope nah never hardly not scarcely gone none nonsense".split())

DENYING_PHRASES = (
    ["far", "from", "it"],
    ["quite", "the", "opposite"],
    ["quite", "the", "contrary"],
    ["on", "the", "contrary"],
    ["the", "opposite"],
    ["as", "if"],
    ["anything", "but"],
    ["think", "again"],
    *(
        [adverb, "not"]
        for adverb in ("certainly", "absolutely", "definitely", "obviously", "clearly", "probably")
    ),
    ["of", "course", "not"],
    ["by", "no", "means"],
    ["god", "no"],
    ["hell", "no"],
    ["oh", "no"],
    *(["there", verb] for verb in ("wasn't", "weren't", "isn't", "aren't")),
    *(["there", verb, "not"] for verb in ("was", "were", "is", "are")),
    *(["there", verb, "none"] for verb in ("was", "were", "is")),
    ["not", "until"],
    ["not", "yet"],
    ["that's", "not"],
    ["that", "is", "not"],
    ["that", "isn't"],
    ["not", "for", "a"],
    ["not", "for", "one"],
    ["not", "any"],
    ["not", "particularly"],
    ["not", "especially"],
    ["nothing", "of", "the"],
    ["not", "really"],
    ["not", "at", "all"],
    ["not", "me"],
    ["not", "a", "bit"],
    ["not", "one", "bit"],
    ["not", "exactly"],
    ["not", "anymore"],
    ["not", "any", "more"],
    ["not", "remotely"],
    ["not", "in", "the"],
    ["not", "even"],
    ["not", "even", "close"],
    ["i'm", "not"],
    ["he's", "not"],
    ["she's", "not"],
    ["they're", "not"],
    ["we're", "not"],
    ["it's", "not"],
    ["i", "am", "not"],
    ["i", "wasn't"],
    ["i", "don't"],
    ["i", "didn't"],
    ["he", "isn't"],
    ["he", "wasn't"],
    ["she", "isn't"],
    ["she", "wasn't"],
    ["they", "aren't"],
    ["they", "weren't"],
    ["we", "aren't"],
    ["we", "weren't"],
    ["no", "way"],
    ["not", "likely"],
    ["don't", "make", "me", "laugh"],
    ["yeah", "right"],
    ["no", "chance"],
    ["not", "on", "your"],
)
"""Answers that deny what a question asks, alone and with words after them."""
