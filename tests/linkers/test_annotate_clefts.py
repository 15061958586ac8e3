"""Clefts, corrections in a later clause and verbs under a negator: denied texts and their twins."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


def polarity(annotator: Annotator, text: str, word: str) -> str:
    """Return the polarity of a word, ``missed`` where it is not marked."""
    start = text.lower().index(word)
    found = annotator.annotate(text).mentions
    return next((m.polarity for m in found if m.start <= start < m.end), "missed")


CLEFTS = [
    # what a cleft denies is its focus; the clause behind it is taken for granted (Prince 1978)
    (
        "It was not a storm that would frighten her.",
        "It wasn't the storm that frightened her but the silence.",
        "frighten",
    ),
    ("It isn't true that the noise upset him.", "It isn't the noise that upset him.", "upset"),
    ("It's not that the job makes me sad.", "It's not the job that makes me sad.", "sad"),
    (
        "It's not the kind of film that makes you happy.",
        "It's not my money that makes her happy.",
        "happy",
    ),
    ("It was not fear that drove him.", "It was not the cold that filled him with fear.", "fear"),
    ("There is nothing here that scares me.", "It's not the dog that scares me.", "scares"),
    # the last thing
    (
        "The last thing I felt when the bell rang was joy.",
        "The first thing I felt when the bell rang was joy.",
        "joy",
    ),
    (
        "The last emotion you see while he sings is sorrow.",
        "The main emotion you see while he sings is sorrow.",
        "sorrow",
    ),
    # what seems one thing is another
    (
        "What looks like anger is in fact effort.",
        "What looks like effort is in fact anger.",
        "anger",
    ),
    ("What seemed to be joy was only wine.", "What seemed to be wine brought joy.", "joy"),
    ("What passes for love here is just habit.", "What passes here is just love.", "love"),
    ("I mistook his shyness for contempt.", "I mistook his contempt for shyness.", "contempt"),
    # others would
    (
        "Where others might have felt fear, she saw a game.",
        "Where she sat others felt fear.",
        "fear",
    ),
    (
        "Where most people would be angry, he just laughed.",
        "Most people were angry where we sat.",
        "angry",
    ),
    # what ought to have been
    ("She should have been ashamed.", "She must have been ashamed.", "ashamed"),
    ("He ought to have felt guilt.", "He seems to have felt guilt.", "guilt"),
    # no time at which
    (
        "I can't remember a day there when I was happy.",
        "I can't remember the day when I was happy.",
        "happy",
    ),
    (
        "There was never a moment when she felt afraid.",
        "There was a moment when she felt afraid.",
        "afraid",
    ),
    ("We never had one night when we were bored.", "We never slept when we were bored.", "bored"),
]
LATER = [
    # a remark between subject and predicate
    (
        "Fear, which the label names, is absent from the voice.",
        "Fear, which the label names, is present in the voice.",
        "fear",
    ),
    ("Joy (the first label) is not supported.", "Joy (the first label) is supported.", "joy"),
    ("Her grief, she says, is gone.", "Her grief, she says, is here to stay.", "grief"),
    # nothing came of what was awaited
    (
        "She waited for the panic to start. It didn't.",
        "She felt the panic start. It didn't stop.",
        "panic",
    ),
    (
        "He listened for the rage to return; it never did.",
        "He felt the rage return; it never left.",
        "rage",
    ),
    ("We looked in vain for remorse.", "We looked and saw remorse.", "remorse"),
    # an elided subject
    ("I expected to be bored and wasn't.", "I was bored and wasn't alone.", "bored"),
    (
        "She was told she would feel regret and didn't.",
        "She felt regret and didn't sleep.",
        "regret",
    ),
    ("Thought I'd be sad, turns out I'm not.", "I'm sad, turns out I'm not alone.", "sad"),
    ("thought id be jealous. im not", "thought it over, im jealous. im not ok", "jealous"),
    (
        "I expected to feel fear. What came instead was calm.",
        "I felt fear. What came instead of help was calm.",
        "fear",
    ),
    (
        "You'd expect him to be angry but he just sings.",
        "You'd expect him to be angry by now.",
        "angry",
    ),
    # a verdict on what was only possible
    (
        "The brow could suggest anger, but the smile rules it out.",
        "The brow suggests anger, but the noise rules nothing out.",
        "anger",
    ),
    (
        "The voice might point to fear, but the pace contradicts it.",
        "The voice points to fear, and the pace confirms it.",
        "fear",
    ),
    (
        "Depression was considered and rejected; grief was considered and ruled out.",
        "Grief was considered and confirmed.",
        "grief",
    ),
    # questions that answer themselves, and answers
    ("What is there to be happy about?", "What made you so happy about it?", "happy"),
    ("What have I got to be proud of?", "What have I got? I'm proud of it.", "proud"),
    ("Fear? I have none.", "Fear? I have loads.", "fear"),
    ("Anger? I could find none.", "Anger? I could find nothing else.", "anger"),
    # what one was ready for
    (
        "Prepared to be bored, I was delighted.",
        "Prepared to be bored, I was.",
        "bored",
    ),
    ("We braced for panic but they sang.", "We braced for panic and saw it.", "panic"),
    # scorn
    ("Proud, my foot!", "Proud, my friend!", "proud"),
    (
        "He put on a show of grief and felt none of it.",
        "He put on a coat of grief and felt all of it.",
        "grief",
    ),
    ("It was a pretence of joy.", "It was a song of joy.", "joy"),
    (
        "It would be dishonest of me to say I was pleased.",
        "It would be kind of you to say I was pleased.",
        "pleased",
    ),
    ("I'm fresh out of sympathy.", "I gave it out of sympathy.", "sympathy"),
    (
        "I used to be terrified of dogs. Walking one cured me.",
        "I was terrified of dogs. A friend drove me.",
        "terrified",
    ),
]
CONDITIONS = [
    ("Were he angry, he would shout.", "They were angry and he would shout.", "angry"),
    (
        "If he had been afraid he would have run.",
        "I wouldn't be here if I weren't afraid.",
        "afraid",
    ),
    (
        "Were the speaker sad, the pitch would drop.",
        "The speakers were sad; the pitch would drop.",
        "sad",
    ),
    (
        "I thought I'd be nervous, yet I felt calm.",
        "I thought I was nervous, yet I felt calm.",
        "nervous",
    ),
    ("I see no reason why she should be upset.", "I see no reason; why is she upset?", "upset"),
    ("The idea that he is jealous is absurd.", "The way that he is jealous is sad.", "jealous"),
    ("Fear would be wrong here.", "Fear would be with us for years.", "fear"),
    ("Nothing scares me.", "Nothing scares me more.", "scares"),
    ("I never meant to make her sad.", "That I never called made her sad.", "sad"),
    (
        "Kind he is; jealous is not one of his faults.",
        "Jealous is one of his faults; kind is not.",
        "jealous",
    ),
    ("I don't think being sad helps.", "I don't like being sad.", "sad"),
    ("I have no reason for feeling sad.", "I have no trouble feeling sad.", "sad"),
    ("As though he felt guilt.", "It looked as though he felt guilt.", "guilt"),
    ("It didn't look as though he felt guilt.", "He called, though he felt guilt.", "guilt"),
    ("He wasn't angry.", "He wasn't alone in being angry.", "angry"),
    ("She was too tired to be angry.", "She was not too tired to be angry.", "angry"),
    ("He doesn't look sad.", "I'd come if I weren't so sad.", "sad"),
]
VERBS = [
    # verbs that deny by themselves, with another denial or an easing in their clause
    ("The letter failed to bring joy.", "The letter failed to dampen our joy.", "joy"),
    ("She failed to feel any anxiety.", "The pills failed to reduce her anxiety.", "anxiety"),
    ("He overcame his shame.", "He was unable to overcome his shame.", "shame"),
    ("He lost his fear.", "He failed to lose his fear.", "fear"),
    # exceptions
    (
        "They did not say that they were grateful.",
        "They said nothing beyond saying they were grateful.",
        "grateful",
    ),
    ("He felt nothing like pride.", "He felt nothing except pride.", "pride"),
    ("She has no hobbies or joys.", "She has no hobbies besides her joy in cooking.", "joy"),
    # clauses of their own
    ("don't call me angry", "dont call me now im angry", "angry"),
    (
        "No crowd reacted with fury.",
        "Guests who got no refund for the trip reacted with fury.",
        "fury",
    ),
    # implicatives: what they say of their complement, affirmed and denied (Karttunen 1971)
    ("I forgot to be angry.", "I forgot how angry I was.", "angry"),
    ("She neglected to feel guilt.", "She never neglected to feel guilt.", "guilt"),
    ("He did not manage to be happy.", "He managed to be happy.", "happy"),
    ("He could not manage to feel rage.", "He could not manage his rage.", "rage"),
    ("She did little to earn his love.", "She did little to hide her love.", "love"),
    # kept from sight
    ("The scan did not show that he was sad.", "He did not show that he was sad.", "sad"),
    ("She was all out of pity.", "She did it all out of pity.", "pity"),
    ("Nil anxiety on review.", "Mild anxiety on review.", "anxiety"),
]


TWINS = [*CLEFTS, *LATER, *CONDITIONS, *VERBS]


@pytest.mark.parametrize(("denied", "affirmed", "word"), TWINS)
def test_text_is_denied_and_its_twin_is_not(
    annotator: Annotator, denied: str, affirmed: str, word: str
) -> None:
    assert polarity(annotator, denied, word) == "negated"
    assert polarity(annotator, affirmed, word) == "affirmed"


def test_texts_that_are_cut_short_are_read(annotator: Annotator) -> None:
    texts = [text for denied, affirmed, _ in TWINS for text in (denied, affirmed)]
    parts = [
        " ".join(part)
        for words in map(str.split, texts)
        for n in range(1, len(words))
        for part in (words[:n], words[n:])
    ]

    for annotation in annotator.annotate_many(parts):
        for mention in annotation.mentions:
            cue = mention.polarity_cue
            assert cue is None or annotation.text[cue.start : cue.end] == cue.quote != ""
