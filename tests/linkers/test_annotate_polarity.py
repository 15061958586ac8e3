"""What denies an emotion and what only looks like it: a denied and an affirmed text a construction."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


def polarities(annotator: Annotator, text: str, *words: str) -> list[str]:
    """Return the polarity of each word, ``missed`` where it is not marked; the last of equal words."""
    found = annotator.annotate(text).mentions
    starts = [text.lower().rindex(word) for word in words]
    return [
        next((m.polarity for m in found if m.start <= start < m.end), "missed") for start in starts
    ]


PAIRS = [
    # verbs and particles that end what they govern, and the same where nothing ended
    ("She has got over her fear of lifts", "She never got over her fear of lifts", "fear"),
    ("He got past the grief", "He could not get past the grief", "grief"),
    ("I have overcome my shyness", "I am trying to overcome my shyness", "shyness"),
    ("I have overcome my fear", "I still haven't overcome my fear", "fear"),
    (
        "The pills took away my despair",
        "The pills took away my sleep; my despair stayed",
        "despair",
    ),
    ("The kids ran out of excitement", "The kids ran out in excitement", "excitement"),
    ("I let go of my resentment", "I could not let go of my resentment", "resentment"),
    ("He kept from being lonely", "He kept on being lonely", "lonely"),
    (
        "The dog prevented me from feeling lonely",
        "The dog never prevented me from feeling lonely",
        "lonely",
    ),
    ("The talk rid him of his anxiety", "The talk did not rid him of his anxiety", "anxiety"),
    ("I'm over being angry about it", "I'm still angry about it", "angry"),
    ("Her fear faded", "Her fear never faded", "fear"),
    ("Her anger is long gone", "Her anger is here to stay", "anger"),
    ("Rage gave way to silence", "Rage took over at once, we all saw it", "rage"),
    ("He put his resentment aside", "He could not put his resentment aside", "resentment"),
    # behind, beside and around
    ("Happy she was not", "Happy she was not hurt", "happy"),
    ("No one I work with was sad about it", "No one I work with knew I was sad", "sad"),
    ("Nobody he met there was angry", "Nobody saw he was angry", "angry"),
    ("She left without any panic", "Without warning the panic starts", "panic"),
    (
        "They weren't bored and weren't excited",
        "They weren't bored and one of them looked excited",
        "excited",
    ),
    ("You'd have expected him to be furious", "You had him furious", "furious"),
    (
        "I expected her to be angry; she was amused",
        "I expected her to be angry and she was",
        "angry",
    ),
    ("He denied that he had ever been jealous", "He denied it because he was jealous", "jealous"),
    ("It has ceased to be a joy", "It has come to be a joy", "joy"),
    (
        "It's been years since I was last scared",
        "It's been a year since she died and I'm still scared",
        "scared",
    ),
    ("I was scared of him but I'm not any more", "I was scared but I'm fine", "scared"),
    ("To say I was pleased would be a lie", "To say I was pleased would be fair", "pleased"),
    ("She never felt any anger", "Never once did her anger fade", "anger"),
    ("You cannot feel pity for it", "You can't watch it and not feel pity", "pity"),
    ("None of the people we asked felt angry", "None of them came, and she was angry", "angry"),
    ("At no point did I feel scared", "At one point I felt scared", "scared"),
    ("I can't say it made me happy", "I must say it made me happy", "happy"),
    ("Don't imagine that I was hurt", "You can't imagine how hurt I was", "hurt"),
    (
        "I would have been glad if you had called",
        "I have been glad since you called",
        "glad",
    ),
    ("I wish I'd been excited", "I guess I'd been excited", "excited"),
    ("It was less fear than cold", "It was no less than fear", "fear"),
    ("She was less afraid than bored", "She was less afraid than before", "afraid"),
    (
        "He used to be confident on stage; since then he isn't",
        "He used to be shy; since then he is confident",
        "confident",
    ),
    ("There is no sadness in it", "There is no escaping the sadness", "sadness"),
    (
        "It would be wrong to say they felt angry",
        "It would be wrong to say they did not feel angry",
        "angry",
    ),
    ("Any hope of rain evaporated", "Her hope of rain never evaporated", "hope"),
    ("You thought I'd be sad. I wasn't", "You were sad. I wasn't", "sad"),
    ("I expected to be bored but nope", "I was bored but so what", "bored"),
    ("Jealous? Don't make me laugh", "Jealous? I think so", "jealous"),
    ("The mood was a far cry from joy", "The mood was one of joy", "joy"),
    # what is not so
    ("I wish I were excited", "I wish I weren't so excited", "excited"),
    ("If only I were cheerful", "I am cheerful, if only for a day", "cheerful"),
    ("I'd be lying if I said I was pleased", "I'd be lying if I said I wasn't pleased", "pleased"),
    ("She pretended to be cheerful", "She didn't pretend; she was cheerful", "cheerful"),
    ("It would be wrong to call her gloomy", "It is right to call her gloomy", "gloomy"),
    (
        "The rumour that she was outraged is untrue",
        "She was outraged, and the rumour is untrue",
        "outraged",
    ),
    ("Why would I be ashamed of that?", "Why wouldn't I be ashamed of that?", "ashamed"),
    ("How could anyone be happy here?", "How could anyone not be happy here?", "happy"),
    ("It's hard to be excited about it", "It's hard not to be excited about it", "excited"),
    (
        "I thought he'd be furious but he wasn't",
        "I thought he'd laugh but he was furious",
        "furious",
    ),
    ("I have yet to feel anxious", "I have felt anxious yet again", "anxious"),
    ("I'm done being scared", "I'm done, and I was scared", "scared"),
    ("They took the joy out of it", "They took the joy with them", "joy"),
    ("The fear I once had is gone", "The fear I once had is back", "fear"),
    (
        "I expected her to be furious, but no.",
        "I expected her to be furious, and so she was.",
        "furious",
    ),
    ("There is very little joy in it", "There is a little joy in it", "joy"),
    ("She is anything other than sad", "She is sad, among other things", "sad"),
    ("Would I be angry? Of course not.", "Would I be angry? Of course.", "angry"),
    ("Why be embarrassed?", "Why are you embarrassed?", "embarrassed"),
    ("No one thinks he is scared", "No one knows how scared he is", "scared"),
    # comparisons
    ("Less angry than sad, she left", "She left, more angry than ever", "angry"),
    ("He was more amused than offended", "He was more offended than ever", "offended"),
    ("I was relieved more than glad", "I was glad more than once", "glad"),
    ("She felt pity rather than contempt", "She felt rather strong contempt", "contempt"),
    ("It takes more than a spider to make me panic", "It takes a spider to make me panic", "panic"),
    ("He was too tired to feel proud", "He was too proud to ask", "proud"),
    # answers, fragments, remarks between
    ('"Are you angry?" "No."', '"Are you angry?" "No idea."', "angry"),
    ("Jealous? Me? Never.", "Jealous? Me? Always.", "jealous"),
    ("Happy? Hardly.", "Happy? Very.", "happy"),
    ("Her grief? Gone.", "Her grief? Endless.", "grief"),
    (
        "We were not, as the paper claims, terrified",
        "We were, as the paper claims, terrified",
        "terrified",
    ),
    ("The last thing I felt was relief", "The first thing I felt was relief", "relief"),
    ("Angry is the one thing she was not", "Angry is the one thing she was", "angry"),
    ("Hate is not what I feel", "Hate is what I feel", "hate"),
    # amounts and nouns
    ("Few residents were alarmed by it", "A few residents were alarmed by it", "alarmed"),
    ("There's no point in being upset", "There's no shame in being upset", "upset"),
    ("A lack of fear", "Lack of sleep fills me with fear", "fear"),
    ("Instead of dread there was joy", "Instead of rain there was dread", "dread"),
    ("Nothing about it is depressing", "Everything about it is depressing", "depressing"),
    (
        "Under no circumstances should you get angry",
        "Under such circumstances you get angry",
        "angry",
    ),
    ("There's no cause for panic", "There was panic, because of the smoke", "panic"),
    # prohibitions
    ("Stop being so gloomy", "I can't stop being gloomy", "gloomy"),
    ("Don't be afraid", "Don't laugh, I am afraid", "afraid"),
    # denials that deny nothing
    ("I was never terrified", "I was never not terrified", "terrified"),
    ("No one was surprised", "No one was more surprised than I was", "surprised"),
    ("There was no relief", "It was with no small relief that we left", "relief"),
    ("I'm not going to be scared", "I'm not going to lie, I'm scared", "scared"),
    ("I can't be overjoyed", "It goes without saying that we're overjoyed", "overjoyed"),
    (
        "There isn't anyone here who is excited",
        "There isn't anyone here who isn't excited",
        "excited",
    ),
    ("Nothing scares me", "Nothing scares me more than geese", "scares"),
    ("He felt no anger", "Nothing could ease his anger", "anger"),
    ("I was never happy", "I have not been this happy since May", "happy"),
    ("He was never happy", "Hardly a day passes when I'm not happy", "happy"),
    ("There is no joy in it", "There is no greater joy than this", "joy"),
    ("I didn't feel sad", "The fact that he never called made me sad", "sad"),
    ("The coach was never nervous", "The coach was never anything but nervous", "nervous"),
]


@pytest.mark.parametrize(("denied", "affirmed", "word"), PAIRS)
def test_construction_denies_and_its_twin_does_not(
    annotator: Annotator, denied: str, affirmed: str, word: str
) -> None:
    assert polarities(annotator, denied, word) == ["negated"]
    assert polarities(annotator, affirmed, word) == ["affirmed"]


FURTHER = [
    ("He did not express regret", "He could not express his regret", "regret"),
    ("They never once made us feel uneasy", "That he never called made me feel uneasy", "uneasy"),
    ("He said without hesitation or joy", "Without hesitation he said he felt joy", "joy"),
    ("Negative for hopelessness at intake", "Positive for hopelessness at intake", "hopelessness"),
    ("Nobody felt delight in the rain", "Not even rain could spoil our delight", "delight"),
    ("He never said he was afraid", "He never told anyone that he was afraid", "afraid"),
    ("I have yet to feel satisfied", "I feel satisfied at last", "satisfied"),
    ("I did not leave inspired", "I left inspired", "inspired"),
    ("No one in the office is sorry", "Someone in the office is sorry", "sorry"),
    ("He was not agitated during the shift", "He was agitated during the shift", "agitated"),
    ("He did not (and I watched) look guilty", "He did (not that I watched) look guilty", "guilty"),
    ("Is she upset? - No, just tired", "Is she upset? - Yes, and tired", "upset"),
    ("They were neither elated nor crushed", "They were elated and crushed", "crushed"),
    ("no sympathy for him or compassion", "no room for him and a lot of compassion", "compassion"),
]


@pytest.mark.parametrize(("denied", "affirmed", "word"), FURTHER)
def test_reach_of_a_negator_ends_where_its_clause_does(
    annotator: Annotator, denied: str, affirmed: str, word: str
) -> None:
    assert polarities(annotator, denied, word) == ["negated"]
    assert polarities(annotator, affirmed, word) == ["affirmed"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("I used to love this show; now I'm bored", ("love", "bored"), ["negated", "affirmed"]),
        ("Once furious, now simply weary", ("furious", "weary"), ["negated", "affirmed"]),
        ("Anxious? A little. Hopeless? No.", ("anxious", "hopeless"), ["affirmed", "negated"]),
        ("He was free of envy and full of joy", ("envy", "joy"), ["negated", "affirmed"]),
        ("free of fear and shame", ("fear", "shame"), ["negated", "negated"]),
        ("It's not sadness so much as longing", ("sadness", "longing"), ["negated", "affirmed"]),
        ("Without fear and without hope", ("fear", "hope"), ["negated", "negated"]),
        ("more love than hate", ("love", "hate"), ["affirmed", "negated"]),
    ],
)
def test_two_words_have_their_own_polarity(
    annotator: Annotator, text: str, words: tuple[str, ...], expected: list[str]
) -> None:
    assert polarities(annotator, text, *words) == expected


def test_construction_that_is_cut_short_is_read(annotator: Annotator) -> None:
    texts = [text for denied, affirmed, _ in PAIRS for text in (denied, affirmed)]
    parts = [
        " ".join(part)
        for words in map(str.split, texts)
        for n in range(1, len(words))
        for part in (words[:n], words[n:])
    ]

    for annotation in annotator.annotate_many(parts):
        assert all(annotation.text[m.start : m.end] == m.quote for m in annotation.mentions)


@pytest.mark.parametrize("text", ["No point to be sad at", "No time was he sad at"])
def test_cue_stands_in_the_text_where_it_says(annotator: Annotator, text: str) -> None:
    for mention in annotator.annotate(text).mentions:
        cue = mention.polarity_cue
        assert cue is None or text[cue.start : cue.end] == cue.quote != ""
