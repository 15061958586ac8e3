"""Words that deny an emotion, undo a denial, or close the clause it reaches over.

Closed classes and common constructions of English, chosen by hand;
:mod:`affectgraph.linkers.annotation.scope` reads them.
"""

NOT = frozenset(
    """not n't cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt aint never
    nor neither without nobody nothing none nowhere hardly barely scarcely rarely seldom no non minus sans
    nary nil zero 0 unlikely false untrue""".split()
)
NEGATORS = (
    NOT
    | {
        f"{verb}n't"
        for verb in """do does did ca could wo would should is are was were have has had must need
        might may ought sha ai dare""".split()
    }
    | frozenset("nobody's nothing's none's noone".split())
)
"""Words that deny by themselves."""

DOUBT = frozenset("doubt doubts doubted doubtful unlikely false untrue wrong".split())
"""Words that deny a clause with a subject of its own."""

ABLE = frozenset("can't couldn't cannot cant couldnt".split())
NEVER = frozenset("never rarely seldom hardly scarcely nothing nobody none no".split())
LITTLE = frozenset("little few scant scarce insufficient minimal".split())
LITTLE_OF = frozenset("to sign evidence hint trace reason point people of in".split())

PAIRS = frozenset(
    """no longer|far from|anything but|lack of|free of|free from|devoid of|void of|absence of|instead of
    rather than|rid of|let alone|much less|empty of|bereft of|stripped of|exempt from|deprived of
    cleared of|clear of|bare of|loss of|immune to|incapable of|refrain from|cured of|opposite of
    less than|cry from|other than|who said|who says|you'd think|give up|gave up|given up|giving up|relieved of
    negative for|purged of|robbed of|shorn of|inconsistent with|incompatible with|stranger to|strangers to
    starved of|drained of|emptied of|want of|dearth of|vain for|pretence of|pretense of
    charade of|parody of|travesty of""".replace("\n    ", "|").split("|")
)
"""Two words that deny what follows them."""

ALONE = frozenset({"no longer", "let alone", "anything but", "who said", "who says", "you'd think"})
"""Pairs that no earlier negator undoes."""

LACKING = frozenset("lack lacks lacked lacking".split())
ENDING = frozenset(
    """stop stops stopped stopping cease ceases ceased quit quits quitting deny denies denied denying avoid
    avoids avoided avoiding lose loses lost losing banish banished dispel dispelled eliminate eliminated
    overcame overcome overcomes overcoming abandon abandoned conquer conquered conquering outgrew outgrown
    outgrow shed vanquished vanquish reject rejects rejected exclude excludes excluded extinguished
    extinguish contradict contradicts contradicted quelled quell shelved""".split()
)
"""Verbs that say of their object that it is not there, or no more."""

DENYING = frozenset("deny denies denied denying".split())
"""The same before a clause."""

ENDING_TO = frozenset(
    """forget forgets forgot forgotten neglect neglects neglected omitted
    fail fails failed failing refuse refuses refused refusing unable decline declined cease ceases
    ceased""".split()
)
"""The same before "to"."""

HIDING = frozenset(
    """help hide hid hiding contain conceal concealing suppress resist wait shake describe express explain
    imagine control disguise mask forget stifle restrain deny stop hold bear escape ignore overcome manage
    tell thank overstate exaggerate underestimate fathom believe keep fight lose mistake quench swallow
    get concealed hidden contained suppressed disguised veiled masked lack avoid uncommon unusual
    impossible unlikely hard difficult surprising unreasonable unnatural""".split()
)
"""Verbs under "not" whose object is there all the same: "could not hide her joy"."""

BELIEVING = frozenset(
    """think believe suppose guess feel seem appear imagine expect say saying said claim claimed mean suggest
    that like as way sign evidence indication proof reason true hint show find see seen thinking case call
    describe look sound mind fact chance impression tell thinks believes supposes guesses expects says
    claims suggests seems appears sounds looks sees""".split()
)
"""Words under "not" that pass it on to a clause of their own: "I don't think he is angry"."""

KNOWING = frozenset(
    """know knew understand realize realise realized remember see care tell notice recall believe explain
    imagine mind surprise""".split()
)
"""Verbs under "not" that leave their clause as it is: "I don't know why she is angry"."""

CONFIDING = frozenset(
    """told tells admit admits admitted confess confessed reveal revealed disclosed knew realised realized
    noticed acknowledged mentioned""".split()
)
"""Verbs under "never" that leave a clause with "that" as it is: "never told anyone that he was afraid"."""

HIDDEN = frozenset("hide hiding conceal concealing disguise contain suppress mask stifle".split())
HOW = frozenset("how why".split())
AUXILIARIES = frozenset(
    "was were is are am did do does have has had could can would will should may might must shall".split()
)
IMPOSSIBLE = frozenset(
    """impossible hard difficult can't cannot dead could couldn't fool fools idiot crazy mad stupid foolish
    silly inhuman strange weird odd wrong""".split()
)
QUESTION = frozenset("how why what when who whether if where".split())
STOPS = frozenset([*'.!?;:\n()"*', "\u2026", "\u2014", "\u2013", "--", " - "])
"""Marks that end a clause."""

CONTRAST = frozenset(
    """but yet however although though because since while whereas unless except until if when cause
    cuz coz""".split()
)
EXCEPTING = frozenset("beyond except excepting besides save from".split())
"""Words behind a negator that take out what follows: "nothing except relief", "apart from"."""

SUBJECTS = frozenset("i he she we they".split())
MAYBE_SUBJECTS = frozenset("you it this that there who everyone everybody someone people".split())
FINITE = frozenset(
    """am is are was were feel feels felt have has had will would can could do does did 'm 's 're got get
    became become seems seemed look looks looked remain remained stayed""".split()
)
TENSED = frozenset(
    """reports reported describes described expresses expressed shows showed says said admits admitted denies
    claims claimed notes noted states stated endorses endorsed presents presented remains appears appeared
    turns turned starts started ends ended keeps kept went goes left leaves made makes took takes gave gives
    came comes found finds laughed laughs smiled smiles cried cries wept wants wanted thinks thought talks
    talked spoke speaks tells told walks walked sleeps slept works worked plays played loves loved enjoys
    enjoyed hates hated persists persisted continues continued increased worsened grew grows began begins
    returned returns sits sat stands stood burst""".split()
)
"""Verbs in forms that no auxiliary takes, or seldom: they open a clause behind "and"."""

CONTRACTED = ("'m", "'re", "'s", "'ve", "'ll", "'d")
CONTRACTED_SUBJECTS = frozenset(
    p + c for p in ("i", "he", "she", "we", "they", "you", "it") for c in CONTRACTED
) | {"im", "ive", "hes", "shes", "theyre", "youre"}
MORE = frozenset("more better prouder".split())
SO = frozenset("so this that such as quite".split())
ONLY = frozenset("only just merely simply solely".split())
PSEUDO = frozenset(
    """wonder doubt question denying matter mistake mistaking secret escaping hiding avoiding ignoring
    concealing disguising shaking""".split()
)
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

PARTICLES = {
    "of": "fall short|falls short|fell short|falling short|stop short|stops short|stopped short|"
    "run out|runs out|ran out|running out|fresh out|clean out|fall out|fell out|fallen out|"
    "let go|lets go|letting go",
    "over": "get|gets|got|gotten|getting|been|am|is|are|was|were|i'm|he's|she's|we're|they're|you're|im",
    "past": "get|gets|got|gotten|getting|move|moved|moving|am|i'm|he's|she's|we're|they're|been|is|was",
    "away": "take|takes|took|taken|taking|drove|driven|drive|washed|melted|chased|wiped|blew",
    "out": "rule|rules|ruled|ruling|drove|driven|drown|drowned",
    "off": "shake|shakes|shook|shaken|shaking|shrug|shrugged|throw|threw|fought",
    "aside": "put|putting|set|setting|lay|laid|cast|pushed|push",
    "from": "recover|recovers|recovered|refrain|refrained|kept|abstained|cured|free",
    "with": "done|finished|through",
    "behind": "left|leave|leaving|put",
    "down": "tamped|calmed",
    "against": "speak|speaks|spoke|speaking|argue|argues|argued|arguing|count|counts|counted|evidence",
}
"""Verbs that end their object together with a particle, by the particle: "got over her fear"."""

TAKING = {
    particle: frozenset(PARTICLES[particle].split("|")) for particle in ("away", "aside", "behind")
}
"""Those whose particle may stand behind the object: "took her fear away"."""

AFTER_STATE_PARTICLE = frozenset(
    "being feeling my her his our their your the that this all any".split()
)
BE = frozenset(
    """am is are was were be been i'm he's she's we're they're you're im it's being get gets got gotten
    getting move moved moving""".split()
)
PREVENTING = frozenset(
    """prevent prevents prevented preventing keep keeps kept keeping stop stops stopped stopping save saves
    saved saving spare spares spared sparing deter deters deterred discourage discourages protect protects
    protected shield shielded rescue rescued refrain refrains refrained abstain""".split()
)
"""Verbs that keep somebody from what follows "from"."""

TRYING = frozenset(
    """try tries tried trying want wants wanted need needs needed help helps helped helping hard struggle
    struggles struggled struggling how learn hope hopes work working must should need fight battle ways
    way let's please can could will would to if""".split()
)
"""Words before "to" and a verb of ending that leave open whether it ended anything."""

PRETENDING = frozenset(
    """pretend pretends pretended pretending fake fakes faked faking feign feigns feigned feigning sham mock
    feigned""".split()
)
"""Words that say of a feeling that it is played."""

UNREAL = frozenset("were was had could felt weren't wasn't".split())
"""Verbs after "wish" and "if only" that say of what follows that it is not so."""

UNTRUE = frozenset(
    "dishonest disingenuous insincere overstatement "
    "wrong untrue false inaccurate incorrect mistaken misleading unfair unjust absurd lie stretch mistake "
    "exaggeration ridiculous".split()
)
CALLING = frozenset(
    "call say describe claim suggest think assume imply pretend believe accuse paint portray".split()
)
REPORTS = frozenset(
    """rumour rumor rumours rumors claim claims report reports idea notion story suggestion allegation
    suggestions ideas notions speculation accusation accusations charge charges hints
    allegations assertion belief assumption myth gossip theory statement lie impression""".split()
)
REJECTING = frozenset(
    """deny denies denied denying dismiss dismisses dismissed dismissing reject rejects rejected rejecting
    refute refutes refuted dispute disputes disputed rebut rebuts rebutted debunk debunks debunked dispel
    dispels dispelled disprove disproves disproved contradict contradicts contradicted quash quashed scotch
    scotched""".split()
)
"""Verbs that say of a report that it is false: "dismissed rumours that she was jealous"."""

REFUTED = frozenset(
    """denied dismissed rejected refuted disproved
    untrue false unfounded baseless wrong nonsense rubbish incorrect mistaken fiction invented bunk
    absurd ridiculous laughable preposterous ludicrous groundless debunked""".split()
)
POINTLESS = frozenset("point use sense need reason cause call good excuse grounds".split())
"""Nouns under "no" that leave their clause denied: "no point in being upset"."""

FORMULAS = tuple(
    tuple(phrase.split())
    for phrase in """\
    can't lie; cant lie; don't lie; dont lie; won't lie; wont lie; not gonna lie; not going to lie;
    ain't gonna lie; no lie; no joke; no kidding; no cap; no bull; no word of a lie; goes without saying; no
    offence; no offense; no matter; not to mention; believe it or not; like it or not; more
    often than not; or not; no exaggeration; without exaggeration; without question; without
    fail; can't deny; cannot deny; can't help; cannot help; no two ways; nothing if not; not a
    little; not a few; what's not to; whats not to; did nothing for; does nothing for; do
    nothing for; not least; not for nothing; no small; no little; no mean; no ordinary; no end
    of; no limit to; no bounds; not unlike; never mind; never fear; no thanks; no thank; no
    idea; no clue; not sure; don't know""".split(";")
)
"""Phrases whose negator denies nothing that follows."""

STOPPED_BY = frozenset(
    """am is are was were has have had do does did will would can could may might must should make makes made
    there i he she we they me us them it who which that because when""".split()
)
"""Words that end what a noun or preposition reaches over: "lack of sleep makes me irritable"."""

LEADING = frozenset(
    "of in with about at for any all and or being feeling by from on than with to".split()
)
POSSESSIVES = frozenset("my your his her its our their the a an this that".split())
FEW_FROM = frozenset(
    """a the last past next first these those every quite only some my his her our their of no
    not many""".split()
)

RIDDING = frozenset(
    """rid rids cured cures cure relieved relieves relieve stripped strips robbed robs rob purged drained
    freed frees free deprived cleared absolved""".split()
)
"""Verbs that take from somebody what follows "of"."""

HARD = frozenset(
    "hard harder difficult tough impossible struggle struggles struggled struggling unable".split()
)
BEING = frozenset(
    """to be feel get stay remain become seem look sound so very too this that particularly really any much
    feeling getting being as all properly""".split()
)
"""Words between such a word and the feeling that is not reached."""

EASING = frozenset(
    """ease eases eased easing soothe soothed calm calmed heal healed cure relieve relieved lessen lessened
    reduce reduced diminish diminished dull dulled quiet quieted cool cooled dampen dampened dent shake
    explain spoil spoiled spoilt ruin ruined mar sour soured crush extinguish kill""".split()
)
"""Verbs under a negator whose object is still there: "nothing could ease her fear"."""

CHANGES = frozenset(
    """improvement change changes reduction decrease decline drop end cure remedy treatment medication therapy
    help relief respite letup escape shortage lack dearth limit limits outlet explanation words""".split()
)
"""Nouns that take for granted what they are of: "no improvement in sadness"."""

JUDGING = frozenset("exclude rule reject dismiss discount".split())
"""Verbs of judgement, which "would" and "can" make polite, not open: "I would exclude fear"."""

HAVING = frozenset(
    """have has had having feel feels felt feeling show shows shown showed see seen find found detect
    sense hear get got give given express want need cause earn win gain arouse raise provoke spark
    draw attract incur excite stir wake be is was are were been being look seem appear sound know
    become like love enjoy expect deserve think say mean call believe describe buy make read notice
    lack come go return won earned gained aroused raised provoked sparked drew attracted incurred
    stirred sensed heard needed wanted received receive caused expressed made noticed""".split()
)
"""Verbs under a negator whose object need not be there: "did not feel his anger", "did not win her love"."""

CAUSING = frozenset(
    "make makes made making leave leaves left get gets got drive drove drives".split()
)
LIKING = frozenset("like likes liked enjoy mind love want care".split())
ASKED = frozenset("i you he she it they we that this".split())
"""Subjects behind the verb of a question."""

INSTANTS = frozenset("day moment minute hour week night time month year second morning".split())
