"""Words of emotion that texts mostly use of something else, and what shows that emotion is meant.

The tables are read by :mod:`affectgraph.linkers.annotation.senses`. They hold common words and fixed
phrases of English, chosen by reading the words of the lexicon in order of their frequency.
"""

NEVER = frozenset(
    """want wants wanted wanting ready security securities please set attention expect expects expected
    expecting seriously honestly honest frankly strength strengths realize realized realizing realise
    realised realizes willing supporting support supports interests favorite favourite favorites
    favourites commitment violent engagement expectation expectations convinced inspiration forgotten
    josh stan concentration neutral unexpected fever trusted submission insisted insist insists
    conviction respected belonging spectacular meditation favorable acceptance illness engaging heated
    inviting polite courtesy hospitality criticism criticized condemned praise praised approval
    approved kindly romance appetite ambition delicious well good bad nice kind mean fine open sure
    clear high light low game fire energy strong dead alone certain hot cool whatever green involved
    serious poor popular safe waiting deep dark included cold moving peace spent beat focus positive
    welcome winning heavy fit pro active civil sweet gay truly activity activities highest powerful
    slow wearing critical mental faith understanding wild dangerous firm negative aware dear patient
    tough alive frank dry lovely prepared shoot taste tastes electric flat ill fixed suddenly yellow
    soft stuck accepted appeal appeals listening sharing weak committed focused mm quiet affected
    secure ah chicken collected charged unfortunately bright cutting familiar threat careful danger
    empty dedicated favor favour ha prefer hopefully severe dirty constant driven attractive closely
    drawn raw wondering balls recognize clinical entitled exposed injured protected burning rough
    involving strongly carefully offensive sensitive superior charity protest awareness rank comic
    lowest remote abandoned desert bother reflect silly defensive incredibly vital genuine spell asleep
    extraordinary threatened epic preferred blues ease alert boom commit precious blast occupied dare
    dynamic grave steady rely intent threats challenging huh composed fits bold eh offense worn
    focusing loaded measured mercy isolated actively casual dominant strict handsome slight useless
    gravity snap closest dismissed protests distant insight invested lit nerve participating
    threatening wasted accepting accessible animation conscious contents reserved compliance contrary
    controlling fires magnetic mysterious partial reflection resolve desired vocal believing strain
    awake blank harsh demanding goodness keen protective pressed mild preference promising reflects
    faithful genuinely poorly resolved severely invisible riot surrender approve focuses concern
    concerns concerned interesting doubt doubts disconnect attached beauty help live true close like-
    minded pretty sensible sour bitter kidding wonder wonders wondered number numb comfort distracted
    romantic uncertainty uncertain drunk gentle friendly thanks thank thankfully luckily mad sadly
    congratulations congrats patience confidence humor humour joke jokes isolation apologize apology
    apologies curious impressive supportive enjoy enjoyable""".split()
) - frozenset(
    """mad alone safe stuck curious bitter empty interested impressive confidence trust
    wonder doubt thanks
    thank enjoy drunk friendly comfort respect interest concerned worn numb isolated abandoned
    threatened accepted included fatigue uncertain patience sadly wondered low isolation""".split()
)
"""Words that never mark an emotion by themselves, whatever the lexicon says of them."""

LICENSED = frozenset(
    """relief shock pride passion panic terror horror depression depressed pain stress alarm
    defeat attraction
    attractions triumph romance distress comfort courage suffering shame torture charm fury wrath rage
    savage delight pleasure sympathy desire desires surprise surprises surprising surprised insult
    neglect rejected rejection sick sore hurt hurts hurting tears suspicion rebellion devotion
    compassion affection attachment excitement excited confidence trust wonder doubt comfortable
    interest interested impressive respect concerned friendly drunk sorry hungry confusion confused
    satisfied satisfaction satisfying satisfy crush shocks shocked shocking scare charming revenge
    tension fatigue uncertain patience defeated relaxing relax hostile isolation cheer marvel fancy
    thrill boo kick spite hope hopes joy grace sensation desperate desperately brave loyal loyalty
    determination kissing kiss hug hugged humiliation nightmare painful peaceful tragic lively lonely
    vulnerable overwhelming exhausted uncomfortable encouraged motivated devoted beloved obsessed
    tempted aggression bullying cruel brutal abusive fierce hunger lust gloom gloomy weeping grim blue
    mourning despair amusement beautiful anticipated anticipation regret regrets fear fears
    funalarm""".split()
) - frozenset(
    """panic shocking fear lonely regret surprised shocked excited despair joy excitement
    affection shame rage
    delight amusement confused sympathy compassion humiliation fury tragic beautiful fun depressed
    satisfying painful distress terror desperate fears overwhelming exhausted obsessed hope
    hopes""".split()
)
"""Words with a common use of their own: they count where a feeler or a word of feeling goes with them."""

WEAK_STATES = frozenset(
    """content mad upset blue down low hurt bitter anxious frustrated guilty stressed bored
    tense torn crushed
    broken touched moved pissed cross devastated lost alone empty numb haunted troubled disturbed
    heartbroken impressed inspired curious suspicious relaxed shaken disappointed worried attracted
    wounded shy blessed awkward abandoned threatened isolated stuck safe calm thrilled determined sick
    tired helpless hopeless powerless worthless hollow fragile shattered stunned speechless floored
    agitated restless uneasy moody grumpy cranky sullen cheerful sunny gay light worn humble proud
    honored valued appreciated accepted included excluded rejected ignored betrayed used dumped drained
    cold distant warm friendly comfortable confident trusting interested concerned uncertain drunk
    triggered hyped psyched pumped stoked gutted absorbed bent inclined unimpressed amused startled
    rattled flustered embarrassed bothered annoyed irritated exasperated provoked sore jumpy edgy nervy
    tender affectionate passionate romantic jealous envious grateful appreciative fortunate lucky
    sympathetic sorry remorseful regretful desperate lonely gloomy melancholy miserable wretched crazy
    wild wonderful terrible horrible awful dreadful great bad good""".split()
) - frozenset("used inclined bent great good bad wild light warm cold".split())
"""Words with an ordinary sense that name a state if somebody is or feels so."""

WEAK_ANYWHERE = frozenset(
    """funny frustrated stressed bored heartbroken relaxed frustrating anxious horrible
    disgusted gutted omg
    haha hahaha lmao rofl yay yikes ew eww boo ugh lol calm tense nervous awkward lonely gross offended
    impressed appreciation suffer suffers suffered wept weep weeps shy tension pissed disappointed
    devastated devastating touching furious cheer smile smiled smiles hug hugs hugged kissed screaming
    shouted yelled sigh sighed sobbed sob sobbing cried cry crying determined inspired relieved delight
    enthralled thanks curious threatened horribly loathe despise wonderful fantastic awesome
    terrific""".split()
) - frozenset("fantastic awesome terrific wonderful determined threatened".split())
"""Words flagged for an ordinary sense that is rare enough in texts about people."""

FEELING = frozenset(
    """feel feels felt feeling feelings sense senses sensed emotion emotions wave waves pang
    pangs surge burst
    bursts flood rush fit fits flash flicker spark mixture mix blend combination look looks expression
    expressions tears cries cry cried scream screamed full filled fill fills overcome consumed seized
    trembling trembled shaking shook shivering bursting brimming overwhelmed gripped torn struck
    stricken crippled racked wracked hint trace sign signs display displays displayed displaying shows
    showed show showing shown express expresses expressed expressing expressive feigned hide hiding hid
    conveys convey conveyed conveying experience experiencing experienced suffering suffered face faces
    faced voice eyes heart gasp gasped laughed smile smiled wept moment moments tone state deep utter
    pure sheer inner intense overwhelming sudden great bitter cold quiet mild genuine real such what my
    his her our their your suggest suggests suggested indicate indicates lack lacks lacked devoid free
    cleared deprived absence excess instead avoid avoided only hardly much is was nothing no without
    with not nor neither or and""".split()
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
    """thank you|thank you so much|don't worry|no worries|don't mind|look forward|look forward to
    looking forward to|looking forward|good for you|pay attention|no problem|take to|so what|take part
    as if|up for it|long for home|hold back|so be it|out of it|get up and go|think over
    get even|keep at it
    be there for|well being|show off|give in|give in to|big on|feel for|feel like|in control|role model
    many thanks|take an interest in|in question|at the ready|pick me up|on the ball|my word|put up with
    say what|what the hell|done in|do tell|that's life|such is life|in a state|on the go|straight face
    come to terms with|pick up|keep watch|on the watch|watch over|free will|will power
    good will|self control
    open up to|let down by|down to earth|in good hands|one of us|taken with|stay the course|go all out
    make friends|make friends with|question mark over|come off second best|it is what it is
    have it in for
    be all for|just doing my job|a likely story|fun and games|game face|happy to hear|good to see you
    all eyes|over my dead body|hear, hear|stand by someone|stand up to|take courage|food for thought
    all worked up|worked up|living death|don't mention it|not so sure|come home to|easy going
    no joke|no nonsense|in pain""".replace("\n    ", "|").split("|")
) - frozenset({"worked up", "all worked up", "in pain", "long for home"})
"""Phrases that texts mostly use of something else, though the lexicon does not flag them."""
