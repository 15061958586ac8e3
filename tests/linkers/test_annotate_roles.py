"""In which role a word of emotion stands and who feels it, construction by construction."""

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers import Annotator


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


@pytest.mark.parametrize(
    ("text", "word", "role", "experiencer"),
    [
        # verbs that move somebody
        ("The verdict outraged the families.", "outraged", "stimulus", "the families"),
        ("That advert annoys me.", "annoys", "stimulus", "me"),
        ("Thunder frightened my old horse.", "frightened", "stimulus", "my old horse"),
        ("The clown doesn't scare Ivy.", "scare", "stimulus", "Ivy"),
        ("The talk inspired dozens of students.", "inspired", "stimulus", "dozens of students"),
        ("The families were outraged.", "outraged", "state", "The families"),
        # verbs whose subject feels it
        ("Olga envied her cousin.", "envied", "state", "Olga"),
        ("My son adores his aunt.", "adores", "state", "My son"),
        ("The child had never felt loved.", "loved", "state", "The child"),
        # acts
        ("Her brother insulted the waiter.", "insulted", "act", "Her brother"),
        ("My sister comforted the widow.", "comforted", "act", "My sister"),
        # traits
        ("My uncle is a cheerful man.", "cheerful", "disposition", "My uncle"),
        ("The mare is a nervous animal.", "nervous", "disposition", "The mare"),
        ("She is easily embarrassed.", "embarrassed", "disposition", "She"),
        ("She is a bit nervous about the dentist.", "nervous", "state", "She"),
        # what shows
        ("The tone of the memo is contemptuous.", "contemptuous", "expression", None),
        ("He answered with an arrogant smile.", "arrogant", "expression", "He"),
        ("The man's voice was angry.", "angry", "expression", "The man"),
        # causes
        ("The delay is making Piotr anxious.", "anxious", "state", "Piotr"),
        ("The puzzle is fascinating.", "fascinating", "stimulus", None),
        ("The scene was shocking for the crew.", "shocking", "stimulus", "the crew"),
        # owners, and what comes over somebody
        ("The widow's deep grief moved nobody.", "grief", "state", "The widow"),
        ("A wave of euphoria swept over the runners.", "euphoria", "state", "the runners"),
        ("Much to the delight of the children, it snowed.", "delight", "state", "the children"),
        # subjects
        ("The woman in the photo is sad.", "sad", "state", "The woman in the photo"),
        ("My little brother was thrilled.", "thrilled", "state", "My little brother"),
        ("Our neighbour slammed the gate in a rage.", "rage", "state", "Our neighbour"),
        ("The premier expressed dismay at the vote.", "dismay", "state", "The premier"),
        ("I think Yusuf is happy.", "happy", "state", "Yusuf"),
        ("The tired nurse leaned on the wall.", "tired", "state", "nurse"),
        # nobody
        ("The knitted brow suggests worry.", "worry", "state", None),
        ("Don't be afraid.", "afraid", "state", None),
        ("The review reads as enthusiastic.", "enthusiastic", "state", None),
    ],
)
def test_construction_gives_role_and_experiencer(
    annotator: Annotator, text: str, word: str, role: str, experiencer: str | None
) -> None:
    start = text.index(word)
    (found,) = [m for m in annotator.annotate(text).mentions if m.start <= start < m.end]

    assert found.role == role
    assert (found.experiencer.quote if found.experiencer is not None else None) == experiencer
