"""Words of emotion that texts mostly use of something else, and what shows that emotion is meant.

The tables are read by :mod:`affectgraph.linkers.annotation.senses`. They hold common words and fixed
phrases of English, chosen by reading the words of the lexicon in order of their frequency.
"""

NEVER = frozenset(
    """acceptance accepting accessible active actively activities activity affected ah alert alive ambition
    animation apologies apologize apology appeal appeals appetite approval approve approved asleep
    attached attention attractive awake aware awareness bad balls beat beauty believing belonging
    blank blast blues bold boom bother bright burning careful carefully casual certain challenging
    charged charity chicken civil clear clinical close closely closest cold collected comic commit
    commitment committed compliance composed concentration concern concerns condemned congrats
    congratulations conscious constant contents contrary controlling conviction convinced cool
    courtesy critical criticism criticized cutting danger dangerous dare dark dead dear dedicated
    deep defensive delicious demanding desert desired dirty disconnect dismissed distant distracted
    dominant doubts drawn driven dry dynamic ease eh electric energy engagement engaging enjoyable
    entitled epic expect expectation expectations expected expecting expects exposed extraordinary
    faith faithful familiar favor favorable favorite favorites favour favourite favourites fever
    fine fire fires firm fit fits fixed flat focus focused focuses focusing forgotten frank frankly
    game gay gentle genuine genuinely good goodness grave gravity green ha handsome harsh heated
    heavy help high highest honest honestly hopefully hospitality hot huh humor humour ill illness
    incredibly injured insight insist insisted insists inspiration intent interesting interests
    invested invisible inviting involved involving joke jokes josh keen kidding kind kindly light
    listening lit live loaded lovely lowest luckily magnetic mean measured meditation mental mercy
    mild minded mm moving mysterious negative nerve neutral nice number occupied offense offensive
    open partial participating patient peace please polite poor poorly popular positive powerful
    praise praised precious prefer preference preferred prepared pressed pretty pro promising
    protected protective protest protests quiet rank raw ready realise realised realize realized
    realizes realizing recognize reflect reflection reflects rely remote reserved resolve resolved
    respected riot romance romantic rough secure securities security sensible sensitive serious
    seriously set severe severely sharing shoot silly slight slow snap soft sour spectacular spell
    spent stan steady strain strength strengths strict strong strongly submission suddenly superior
    support supporting supportive supports sure surrender sweet taste tastes thankfully threat
    threatening threats tough true truly trusted uncertainty understanding unexpected unfortunately
    useless violent vital vocal waiting want wanted wanting wants wasted weak wearing welcome well
    whatever wild willing winning wondering wonders yellow""".split()
)
"""Words that never mark an emotion by themselves, whatever the lexicon says of them."""

LICENSED = frozenset(
    """abusive aggression alarm anticipated anticipation attachment attraction attractions beloved blue boo
    brave brutal bullying charm charming cheer comfort comfortable concerned confidence confusion
    courage cruel crush defeat defeated depression desire desires desperately determination devoted
    devotion doubt drunk encouraged fancy fatigue fierce friendly gloom gloomy grace grim
    horror hostile hug hugged hunger hungry hurt hurting hurts impressive insult interest interested
    isolation kick kiss kissing lively loyal loyalty lust marvel motivated mourning neglect
    nightmare pain passion patience peaceful pleasure pride rebellion regrets rejected rejection
    relax relaxing relief respect revenge romance satisfaction satisfied satisfy savage scare
    sensation shock shocks sick sore sorry spite stress suffering surprise surprises surprising
    suspicion tears tempted tension thrill torture triumph trust uncertain uncomfortable vulnerable
    weeping wonder wrath""".split()
)
"""Words with a common use of their own: they count where a feeler or a word of feeling goes with them."""

WEAK_STATES = frozenset(
    """abandoned absorbed accepted affectionate agitated alone amused annoyed anxious appreciated
    appreciative attracted awful awkward betrayed bitter blessed blue bored bothered broken calm
    cheerful comfortable concerned confident content cranky crazy cross crushed curious desperate
    determined devastated disappointed distant disturbed down drained dreadful drunk dumped edgy
    embarrassed empty envious exasperated excluded floored flustered fortunate fragile friendly
    frustrated gay gloomy grateful grumpy guilty gutted haunted heartbroken helpless hollow honored
    hopeless horrible humble hurt hyped ignored impressed included inspired interested irritated
    isolated jealous jumpy lonely lost low lucky mad melancholy miserable moody moved nervy numb
    passionate pissed powerless proud provoked psyched pumped rattled regretful rejected relaxed
    remorseful restless romantic safe shaken shattered shy sick sore sorry speechless startled
    stoked stressed stuck stunned sullen sunny suspicious sympathetic tender tense terrible
    threatened thrilled tired torn touched triggered troubled trusting uncertain uneasy unimpressed
    upset valued wonderful worn worried worthless wounded wretched""".split()
)
"""Words with an ordinary sense that name a state if somebody is or feels so."""

WEAK_ANYWHERE = frozenset(
    """anxious appreciation awkward boo bored calm cheer cried cry crying curious delight despise
    devastated devastating disappointed disgusted enthralled ew eww frustrated frustrating funny
    furious gross gutted haha hahaha heartbroken horrible horribly hug hugged hugs impressed
    inspired kissed lmao loathe lol lonely nervous offended omg pissed relaxed relieved rofl
    screaming shouted shy sigh sighed smile smiled smiles sob sobbed sobbing stressed suffer
    suffered suffers tense tension thanks touching ugh weep weeps wept yay yelled yikes""".split()
)
"""Words flagged for an ordinary sense that is rare enough in texts about people."""

FEELING = frozenset(
    """absence and avoid avoided bitter blend brimming burst bursting bursts cleared cold combination
    consumed convey conveyed conveying conveys cried cries crippled cry deep deprived devoid display
    displayed displaying displays emotion emotions excess experience experienced experiencing
    express expressed expresses expressing expression expressions expressive eyes face faced faces
    feel feeling feelings feels feigned felt fill filled fills fit fits flash flicker flood free
    full gasp gasped genuine great gripped hardly heart her hid hide hiding hint his indicate
    indicates inner instead intense is lack lacked lacks laughed look looks mild mix mixture moment
    moments much my neither no nor not nothing only or our overcome overwhelmed overwhelming pang
    pangs pure quiet racked real rush scream screamed seized sense sensed senses shaking sheer
    shivering shook show showed showing shown shows sign signs smile smiled spark state stricken
    struck such sudden suffered suffering suggest suggested suggests surge tears their tone torn
    trace trembled trembling utter voice was wave waves wept what with without wracked your""".split()
)
"""Words in front of a noun, or a step before it, that make it a feeling."""

PERSONS = frozenset(
    """i he she we they you me him her us them who everyone everybody someone somebody nobody
    anyone i'm he's
    she's we're they're you're i've we've they've you've i'd he'd she'd im myself himself herself
    themselves mother father mom mum dad son daughter brother sister wife husband friend friends boss
    people man woman men women boy girl boys girls child children kid kids person crowd team fans
    parents speaker narrator author writer customer customers student students teacher teachers
    neighbour neighbor baby dog grandma grandpa uncle aunt cousin colleagues colleague players guy guys
    family""".split()
)

FORMULAS = {
    "happy": """birthday new holidays christmas easter anniversary hour hours path medium meal meals
        thanksgiving halloween friday monday weekend coding travels trails""",
    "love": "all letter letters affair song songs canal story stories triangle seat",
    "anger": "management",
    "excited": "state states electron electrons atom atoms level levels",
    "sick": "leave day days pay bay note bed",
    "shock": "absorber absorbers wave waves value therapy",
    "panic": "button buttons room buying",
    "pain": "killer killers relief killer point points reliever threshold",
    "joy": "stick division ride con",
    "surprise": "party parties guest inspection visit test",
    "stress": "test tests testing level levels fracture ball",
    "depression": "era glass",
    "pity": "party",
    "envy": "free",
    "fear": "factor index",
    "hate": "crime crimes speech mail group groups",
    "rage": "quit",
    "guilt": "trip",
    "lonely": "planet",
    "terror": "attack attacks threat",
    "horror": "film films movie movies story stories novel novels",
    "passion": "fruit play week flower",
    "pleasure": "craft boat boats cruise",
    "pride": "parade month flag lands rock",
    "disgust": "scale",
    "fun": "run fair facts fact size",
    "sorry": "state",
    "smile": "lines design",
    "worry": "beads free",
    "crying": "wolf",
    "laughing": "stock gas cow",
    "shocking": "price prices",
    "tears": "of",
    "desire": "path paths line lines",
    "upset": "price win",
    "loving": "cup",
    "angry": "birds",
    "fury": "road",
    "nervous": "system breakdown tissue",
    "alarm": "clock clocks system bell",
    "bored": "hole holes pile piles tunnel into through",
    "hope": "street",
    "grief": "counsellor counselor",
}
"""Words that follow and make a word part of a name or formula."""

FORMULAS_BEFORE = {
    "wonder": "no little small",
    "fear": "never",
    "pleasure": "my",
    "depression": "tropical great atmospheric economic shallow",
    "shock": "electric anaphylactic septic culture thermal toxic",
    "stress": "thermal mechanical shear tensile yield oxidative",
    "sick": "call called calling phone off",
    "tears": "wear",
    "fun": "make for",
    "pity": "take",
    "relief": "tax tropical bas debt disaster flood",
    "spite": "in",
    "love": "i'd would i'll six fifteen thirty forty courtney",
    "regret": "we i to",
    "regrets": "company",
    "delight": "turkish",
    "passion": "st",
    "panic": "kernel",
    "alarm": "my the an fire burglar car false",
    "attraction": "tourist star main gravitational magnetic",
    "attractions": "tourist star main",
    "tension": "surface high",
}
"""Words that stand before and make a word part of a name or formula."""

POLITE = frozenset("happy glad pleased delighted honoured honored pleasure love thrilled".split())
POLITE_VERBS = frozenset(
    """help assist answer be meet discuss send share provide explain take chat talk offer confirm inform
    announce hear invite accept arrange clarify oblige review respond""".split()
)
SORRY_FOR = frozenset(
    """to interrupt bother but if for the about any we i your this there sir guys , . - that
    no not could can
    just did what where""".split()
)
SORRY_TO = frozenset(
    """interrupt bother butt disturb intrude ask be the my any this delay late typo inconvenience spam
    confusion formatting""".split()
)
AFRAID_THAT = frozenset(
    "so not we i the that's there it this you your that our no all my , he'll".split()
)

PHRASES_NEVER = frozenset(
    "|".join(
        (
            "a likely story|all eyes|as if|at the ready|be all for|be there for|big on|come home to",
            "come off second best|come to terms with|do tell|don't mention it|don't mind|don't worry",
            "done in|down to earth|easy going|feel for|feel like|food for thought|free will",
            "fun and games|game face|get even|get up and go|give in|give in to|go all out|good for you",
            "good to see you|good will|happy to hear|have it in for|hear, hear|hold back|in a state",
            "in control|in good hands|in question|it is what it is|just doing my job|keep at it",
            "keep watch|let down by|living death|look forward|look forward to|looking forward",
            "looking forward to|make friends|make friends with|many thanks|my word|no joke|no nonsense",
            "no problem|no worries|not so sure|on the ball|on the go|on the watch|one of us|open up to",
            "out of it|over my dead body|pay attention|pick me up|pick up|put up with|question mark over",
            "role model|say what|self control|show off|so be it|so what|stand by someone|stand up to",
            "stay the course|straight face|such is life|take an interest in|take courage|take part",
            "take to|taken with|thank you|thank you so much|that's life|think over|up for it|watch over",
            "well being|what the hell|will power",
        )
    ).split("|")
)
"""Phrases that texts mostly use of something else, though the lexicon does not flag them."""
