"""Words that deny an emotion, undo a denial, or close the clause it reaches over.

Closed classes and common constructions of English, chosen by hand;
:mod:`affectgraph.linkers.annotation.scope` reads them.
"""

NOT = frozenset(
    """not n't cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt aint never
    nor neither without nobody nothing none nowhere hardly barely scarcely rarely seldom no non minus
    sans nary zero 0 unlikely false untrue""".split()
)
DOUBT = frozenset("doubt doubts doubted doubtful unlikely false untrue wrong".split())
"""Words that deny a clause with a subject of its own."""

ABLE = frozenset("can't couldn't cannot cant couldnt".split())
NEVER = frozenset("never rarely seldom hardly scarcely nothing nobody none no".split())
LITTLE = frozenset("little few".split())
LITTLE_OF = frozenset("to sign evidence hint trace reason point people of in".split())

PAIRS = frozenset(
    """no longer|far from|anything but|lack of|free of|free from|devoid of|void of|absence of|instead of
    rather than|rid of|let alone|much less|empty of|bereft of|stripped of|exempt from|deprived of
    cleared of|clear of|bare of|loss of|immune to|incapable of|refrain from|cured of|opposite of
    less than|who said|who says|you'd think|give up|gave up|given up|giving up""".replace(
        "\n    ", "|"
    ).split("|")
)
"""Two words that deny what follows them."""

ALONE = frozenset({"no longer", "let alone", "anything but", "who said", "who says", "you'd think"})
"""Pairs that no earlier negator undoes."""

LACKING = frozenset("lack lacks lacked lacking".split())
ENDING = frozenset(
    """stop stops stopped stopping cease ceases ceased quit quits deny denies denied denying avoid avoids
    avoided avoiding lose loses lost losing banish banished dispel dispelled eliminate eliminated
    overcame abandon abandoned conquer conquered""".split()
)
"""Verbs that say of their object that it is not there, or no more."""

ENDING_TO = frozenset(
    "fail fails failed failing refuse refuses refused refusing unable decline declined".split()
)
"""The same before "to"."""

HIDING = frozenset(
    """help hide hid hiding contain conceal concealing suppress resist wait shake describe express explain
    imagine control disguise mask forget stifle restrain deny stop hold bear escape ignore overcome
    manage tell thank overstate exaggerate underestimate fathom believe keep fight lose mistake quench
    swallow get concealed hidden contained suppressed disguised veiled masked lack avoid uncommon
    unusual impossible unlikely hard difficult surprising unreasonable unnatural""".split()
)
"""Verbs under "not" whose object is there all the same: "could not hide her joy"."""

BELIEVING = frozenset(
    """think believe suppose guess feel seem appear imagine expect say saying said claim claimed mean suggest
    that like as way sign evidence indication proof reason true hint show find see seen thinking case
    call describe look sound mind fact chance impression tell""".split()
)
"""Words under "not" that pass it on to a clause of their own: "I don't think he is angry"."""

KNOWING = frozenset(
    """know knew understand realize realise realized remember see care tell notice recall believe explain
    imagine mind surprise""".split()
)
"""Verbs under "not" that leave their clause as it is: "I don't know why she is angry"."""

HIDDEN = frozenset("hide hiding conceal concealing disguise contain suppress mask stifle".split())
HOW = frozenset("how why".split())
AUXILIARIES = frozenset("was were is are am did do does have has had could can would will".split())
IMPOSSIBLE = frozenset("impossible hard difficult can't cannot dead could couldn't".split())
QUESTION = frozenset("how why what when who whether if where".split())
STOPS = frozenset([*'.!?;:\n()"*', "\u2026", "\u2014", "\u2013", "--", " - "])
"""Marks that end a clause."""

CONTRAST = frozenset(
    """but yet however although though because since while whereas unless except until if when
    cause cuz coz""".split()
)
SUBJECTS = frozenset("i he she we they".split())
MAYBE_SUBJECTS = frozenset("you it this that there who everyone everybody someone people".split())
FINITE = frozenset(
    """am is are was were feel feels felt have has had will would can could do does did 'm 's 're got get
    became become seems seemed look looks looked remain remained stayed""".split()
)
CONTRACTED = ("'m", "'re", "'s", "'ve", "'ll", "'d")
CONTRACTED_SUBJECTS = frozenset(
    p + c for p in ("i", "he", "she", "we", "they", "you", "it") for c in CONTRACTED
) | {"im", "ive"}
MORE = frozenset("more better prouder".split())
SO = frozenset("so this that such as quite".split())
ONLY = frozenset("only just merely simply solely".split())
PSEUDO = frozenset("wonder doubt question denying matter mistake mistaking secret".split())
ADVERBS = frozenset(
    """even ever really very too all at that so particularly especially exactly entirely completely quite a
    bit the least in any be been being much more anything remotely truly feel feeling felt to""".split()
)
REACH = 12
"""Words before a mention that are read."""

SENTENCE = 40
"""Words behind a mention that are read for the mark that ends its sentence."""

NOUN_REACH = 6
"""Words that "no" and "without" reach over."""

AFTER_NOT = frozenset("not hardly never no nope nah".split())
ENDED = frozenset(
    """gone vanished faded disappeared evaporated subsided dissolved ebbed lifted absent missing over passed
    left worn died drained departed nowhere""".split()
)
CLOSED: tuple[list[str], ...] = ([], ["."], ["!"], [";"])
DOES_NOT = frozenset("not doesn't didn't don't".split())
FITTING = frozenset("fit fits apply match appear come show".split())
BRINGS_END = frozenset(
    "has have had was is were are 's soon quickly slowly all finally me him her us them completely".split()
)
