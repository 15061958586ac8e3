"""What later clauses, conditions and verbs say of an emotion: a denied text and its affirmed twin."""

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


SHORT_DENIALS = [
    # what was supposed, said or asked, and the same where somebody else is denied
    ("Everybody assumed I'd be angry. I wasn't.", "Everybody saw I was angry. He wasn't.", "angry"),
    (
        "You might think he was jealous, but he wasn't.",
        "He was jealous, but she wasn't.",
        "jealous",
    ),
    ("People say she is bitter. She isn't.", "People say she is bitter. I'm not.", "bitter"),
    ("I should be happy. I'm not.", "I should be happy. He's not.", "happy"),
    ("My son was meant to be glad. He wasn't.", "My son was glad. I wasn't.", "glad"),
    ("u think im mad?? im not", "u think im mad?? im not joking", "mad"),
    ("You'd expect me to be sad. I'm really not.", "You'd expect me to be sad. You're not.", "sad"),
    ("She looked calm but she wasn't.", "She looked calm but we weren't.", "calm"),
    (
        "They said he felt regret. He did not.",
        "They said he felt regret. We did not.",
        "regret",
    ),
    ("Everyone thinks I'm angry but nah, just tired", "Everyone is angry but no, not me", "angry"),
    (
        "If I were envious I'd say so. I'm not.",
        "If I were envious I'd say so. They're not.",
        "envious",
    ),
    (
        "You thought I was bored. I wasn't at all.",
        "You thought I was bored. I wasn't listening.",
        "bored",
    ),
    ("“You're scared,” said Bo. “I'm not.”", "“I'm scared,” said Bo. “She's not.”", "scared"),
    ("I was scared but I'm not any more.", "I was scared but he's not any more.", "scared"),
]
ANSWERS = [
    (
        "“Are you afraid?” he asked. “No,” she said.",
        "“Are you afraid?” he asked. “No idea.”",
        "afraid",
    ),
    (
        "Q: Were you frightened? A: No, not once.",
        "Q: Were you frightened? A: Yes, once.",
        "frightened",
    ),
    ("Q: Is there regret? A: None at all.", "Q: Is there regret? A: Some of it.", "regret"),
    ('"Weren\'t you scared?" "Not at all."', "Weren't you scared?", "scared"),
    ("Offended? Me? Please.", "Offended? Please, of course I am.", "offended"),
    ("Asked if he felt guilty, he said no.", "Asked if he felt guilty, he said yes.", "guilty"),
    ("Asked about shame, she replied “none”.", "Asked about shame, she replied “a bit”.", "shame"),
    (
        "Asked whether she was sad, she shook her head.",
        "Asked whether she was sad, she nodded.",
        "sad",
    ),
    ("Is he jealous? He isn't.", "Is he jealous? He is.", "jealous"),
]
ABSENT = [
    ("I looked for remorse and found none.", "I looked for remorse and found it.", "remorse"),
    (
        "The judge waited for remorse. None came.",
        "The judge waited for remorse. It came.",
        "remorse",
    ),
    ("She braced for panic, but it never came.", "She braced for panic, and it came.", "panic"),
    (
        "One expects fear here, yet none is visible.",
        "One sees fear here, yet none is hurt.",
        "fear",
    ),
    (
        "I searched for guilt and could not find any.",
        "I searched for guilt and found some.",
        "guilt",
    ),
    ("He tried to be happy, but couldn't.", "He tried to be happy, and it worked.", "happy"),
    (
        "She acts as if she is terrified; it's an act.",
        "She is terrified; it's no act.",
        "terrified",
    ),
    ("Love she had in mind; hatred she had none.", "Hatred she had in plenty.", "hatred"),
    ("Fear: none reported.", "Fear: some reported.", "fear"),
    ("Generalised anxiety ruled out.", "Generalised anxiety not ruled out.", "anxiety"),
    ("Anger is not supported by the image.", "Anger is supported by the image.", "anger"),
    ("The joy we had at first is a thing of the past.", "The joy of the past is back.", "joy"),
    ("The terror he had in storms has gone.", "The terror he had in storms has grown.", "terror"),
    (
        "Any bitterness he felt has since gone.",
        "The bitterness he felt has not gone.",
        "bitterness",
    ),
    ("The fear that followed her left her at last.", "The fear did not leave her.", "fear"),
    ("All hope was lost.", "Hope was not lost.", "hope"),
    ("Gone was the joy of May.", "Here was the joy of May.", "joy"),
    ("Their enthusiasm was feigned.", "Their enthusiasm was not feigned.", "enthusiasm"),
    ("It fell short of joy.", "A short moment of joy.", "joy"),
    (
        "The lowered brows argue against surprise.",
        "The raised brows argue for surprise.",
        "surprise",
    ),
]
CONDITIONS = [
    ("If I had been bored I would have left.", "If I hadn't been bored I'd have stayed.", "bored"),
    (
        "Had she been afraid, she would have run.",
        "Had she not been afraid, she would have stayed.",
        "afraid",
    ),
    ("I'd be ashamed if I had lied.", "I wouldn't be ashamed if I hadn't lied.", "ashamed"),
    (
        "If he had loved her he would have stayed.",
        "If he had known she loved him he'd have stayed.",
        "loved",
    ),
    (
        "If she'd been proud of it she would have kept it.",
        "If she is proud of it she will keep it.",
        "proud",
    ),
]
REPORTED = [
    (
        "He dismissed suggestions that she was jealous.",
        "He repeated suggestions that she was jealous.",
        "jealous",
    ),
    (
        "The mayor denied reports that he was furious.",
        "He did not deny reports that he was furious.",
        "furious",
    ),
    (
        "She rejected the idea that he felt guilty.",
        "She had the idea that he felt guilty.",
        "guilty",
    ),
    ("Whoever tells you I was sad is lying.", "Whoever tells you I was sad is right.", "sad"),
    ("If you think I am hurt, you are mistaken.", "If you think I am hurt, you are right.", "hurt"),
    ("I would exclude anxiety.", "I would not exclude anxiety.", "anxiety"),
]
TAKEN_FOR_GRANTED = [
    ("No increase in traffic, and no sadness.", "No improvement in sadness.", "sadness"),
    ("There was no fear.", "There is no cure for fear.", "fear"),
    ("She never felt his fear.", "She was never treated for her fear.", "fear"),
    ("He did not show any grief.", "He did not talk about his grief.", "grief"),
    ("They never won her love.", "They never returned her love.", "love"),
]
CLAUSE_ENDS = [
    ("It was not sad and boring.", "It was not effective and sadness persists.", "sad"),
    ("She is not fearful and sad.", "She is not fearful and reports sadness.", "sad"),
    ("dont feel sad or guilty", "dont feel guilty anymore just sad", "sad"),
    ("Neither Dana nor I was nervous.", "Neither came, and I was nervous.", "nervous"),
    (
        "Those who read it won't be confused.",
        "Those who didn't read it will be confused.",
        "confused",
    ),
    ("The man who sat was not angry.", "The man who did not sit was angry.", "angry"),
    ("Nobody hurt her.", "The fact that nobody came hurt her.", "hurt"),
    ("He no longer feels hopeless.", "Since he no longer works he feels hopeless.", "hopeless"),
    ("I saw no film which annoyed me", "he didn't reply which annoyed me", "annoyed"),
    ("Less out of spite than out of fear.", "More often out of spite than before.", "spite"),
    ("I rarely leave disgusted.", "Rarely have I left so disgusted.", "disgusted"),
    ("No song makes me nostalgic.", "No other song makes me so nostalgic.", "nostalgic"),
]


FURTHER = [
    ("Was there panic? There was not.", "Was there panic? There was, once.", "panic"),
    ("I waited for the anger. It hasn't come.", "I waited for the anger. It has come.", "anger"),
    ("He tried to feel pride and failed.", "He tried to hide his pride and failed.", "pride"),
    ("She tried to look happy. It didn't work.", "She was happy. The lamp didn't work.", "happy"),
    ("People say they were delighted. Not true.", "They were delighted. Not loud.", "delighted"),
    (
        "The story that he was furious turned out to be false.",
        "The story that he was furious turned out to be true.",
        "furious",
    ),
    ("I'd have been happy had it worked.", "I have been happy, it worked.", "happy"),
    ("He lost his fear of lifts.", "He lost his voice to fear.", "fear"),
    ("He refused to be jealous.", "He refused to admit he was jealous.", "jealous"),
    ("He failed to be joyful.", "He failed to notice that she was joyful.", "joyful"),
    (
        "Whatever resentment there was has faded.",
        "The resentment there was has grown.",
        "resentment",
    ),
    ("Her anxiety has resolved.", "Her anxiety has not resolved.", "anxiety"),
    ("The anxiety is no longer there.", "The anxiety is still there.", "anxiety"),
    ("No insomnia, irritability or tears.", "No insomnia; irritability or tears.", "irritability"),
    ("Denies insomnia, pain and guilt.", "Denies insomnia. Pain and guilt.", "guilt"),
    ("The face is too relaxed for fear.", "The face is relaxed but for fear.", "fear"),
    ("Nothing in it suggests fear.", "Nothing in it contradicts fear.", "fear"),
    ("It is closer to pity than to anger.", "It is closer to anger than to pity.", "anger"),
    (
        "You'd think he was embarrassed, but not him.",
        "He was embarrassed, but not hurt.",
        "embarrassed",
    ),
    ("He was not afraid of dogs.", "He could not attend due to being afraid.", "afraid"),
    ("I lied when I said I was jealous.", "I lied when I said I wasn't jealous.", "jealous"),
    ("I was never glad.", "I never thought I'd be this glad.", "glad"),
    ("No label of fear fits.", "No other label than fear fits.", "fear"),
    ("Few felt anger.", "A few felt anger.", "anger"),
    ("Angry isn't the word.", "Angry is not a strong enough word.", "angry"),
    ("There's nothing about it to love.", "There's nothing about it I don't love.", "love"),
    ("The expected fear never came.", "The fear she had never shown came.", "fear"),
    ("The fear failed to materialise.", "The fear failed no one.", "fear"),
    ("Joy eluded him.", "Joy filled him.", "joy"),
    ("Hope among traders has waned.", "Hope among traders has not waned.", "hope"),
    ("Of pity there was none.", "Of pity there was plenty.", "pity"),
    ("She is a stranger to joy.", "She is no stranger to joy.", "joy"),
    ("I used to be angry. Not anymore.", "I used to be angry. Not loud.", "angry"),
    (
        "You want me to be angry, but I won't be.",
        "You want me to be angry, but he won't be.",
        "angry",
    ),
    ("It isn't true that he's jealous.", "It isn't nice that he's jealous.", "jealous"),
    ("It's a myth that they are jealous.", "It's a pity that they are jealous.", "jealous"),
    ("He was never, ever jealous.", "He was, as ever, jealous.", "jealous"),
    ("I thought I'd be bored; instead I sang.", "I was bored; instead of a song I sang.", "bored"),
    ("Anxious he was not; thin he was.", "Anxious he was; thin he was not.", "anxious"),
    ("The fear had left.", "Only fear was left.", "fear"),
    ("Sadness no, anger yes.", "Sadness yes, anger no.", "sadness"),
    ("With hope gone, they sat down.", "With hope, gone were the days of sorrow.", "hope"),
    ("He could barely feel excitement.", "He could barely speak for excitement.", "excitement"),
    ("I was anything but happy.", "I couldn't be anything but happy.", "happy"),
    ("He never said that he felt fear.", "He never let on that he felt fear.", "fear"),
    ("It doesn't make me happy.", "It doesn't get more happy than this.", "happy"),
    ("less mad more disappointed tbh", "a bit mad and more tired tbh", "mad"),
    ("she aint mad", "she aint asleep shes mad", "mad"),
    ("no sadness tonight", "no rage tonight only sadness", "sadness"),
]


@pytest.mark.parametrize(
    ("denied", "affirmed", "word"),
    [
        *FURTHER,
        *SHORT_DENIALS,
        *ANSWERS,
        *ABSENT,
        *CONDITIONS,
        *REPORTED,
        *TAKEN_FOR_GRANTED,
        *CLAUSE_ENDS,
    ],
)
def test_text_is_denied_and_its_twin_is_not(
    annotator: Annotator, denied: str, affirmed: str, word: str
) -> None:
    assert polarity(annotator, denied, word) == "negated"
    assert polarity(annotator, affirmed, word) == "affirmed"
