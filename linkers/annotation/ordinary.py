"""Words and phrases of emotion that labels mostly use of something else.

Labels are read without the context that :mod:`affectgraph.linkers.annotation.senses` has, so these lists
serve :mod:`affectgraph.linkers.free_labels` and :mod:`affectgraph.linkers.idioms`; texts are read by the
table of uses. They were chosen by reading the words of the lexicon in order of their frequency.
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
