"""Prints what the reward pays for honest rationales and for ways around them.

Nine made-up observations in OpenFace columns, each with honest rationales written by hand, one with
numbers in ``<think>`` and ``<answer>``, one in everyday words with the usual hedges. Beside them stand
texts that try to earn as much without saying what the face shows. Prints the mean total of each way with
the mean of its parts, and ``lead``, the least margin by which the weaker honest rationale of a face leads.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from time import perf_counter

from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import RewardBreakdown, rationale_reward

UNITS = (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25, 26, 45)
"""Units of OpenFace's intensity columns."""

EMOTIONS = ("happiness", "sadness", "anger", "fear", "surprise", "disgust")
WORDS = ("happy", "sad", "angry", "afraid", "surprised", "disgusted")

PROTOTYPES = {
    "happiness": (6, 12),
    "sadness": (1, 4, 15),
    "anger": (4, 5, 7, 23),
    "fear": (1, 2, 4, 5, 7, 20, 26),
    "surprise": (1, 2, 5, 26),
    "disgust": (9, 15),
}
"""The units that everybody knows for each emotion: EMFACS, as table au_patterns has them."""

FACTS = (
    "Irritation is a kind of anger. Joy is a primary emotion. AU38 is the nostril dilator. Sadness is the "
    "opposite of joy. Relief is a kind of joy. AU43 is eye closure. Anger is a negative emotion. Dread is "
    "a kind of fear. Fear is high in arousal. Envy is a kind of anger."
)


@dataclass(frozen=True)
class Observation:
    """A face, its right label and honest rationales of it.

    :param shown: intensity on 0..5 by unit; all others are 0.
    """

    name: str
    label: str
    shown: dict[int, float]
    honest: tuple[str, str]

    @property
    def columns(self) -> dict[str, float]:
        """The observation as OpenFace writes it."""
        return {f"AU{unit:02}_r": self.shown.get(unit, 0.0) for unit in UNITS}


OBSERVATIONS = (
    Observation(
        "smile",
        "happiness",
        {6: 2.1, 12: 2.9, 25: 1.4},
        (
            "<think>The cheek raiser (AU6) and the lip corner puller (AU12) are active and the lips are "
            "parted (AU25). AU6 and AU12 together suggest happiness. There is no brow lowering (AU4)."
            "</think><answer>happiness</answer>",
            "Her cheeks are raised, the corners of her mouth are pulled up, and her lips are parted. The "
            "raised cheeks and the smile suggest happiness. Overall, she appears happy.",
        ),
    ),
    Observation(
        "sad face",
        "sadness",
        {1: 1.8, 4: 1.3, 15: 1.6},
        (
            "<think>AU1 (inner brow raiser), AU4 (brow lowerer) and AU15 (lip corner depressor) are "
            "visible. AU1, AU4 and AU15 indicate sadness.</think><answer>sadness</answer>",
            "The inner brows are raised, the brows are lowered, and the corners of the mouth are turned "
            "down. Raised inner brows with a downturned mouth are consistent with sadness. The man seems "
            "sad.",
        ),
    ),
    Observation(
        "angry face",
        "anger",
        {4: 2.4, 5: 1.2, 7: 1.9, 23: 1.5},
        (
            "<think>The brows are lowered (AU4), the upper lids are raised (AU5), the lids are tightened "
            "(AU7) and the lips are tightened (AU23). AU4, AU5, AU7 and AU23 suggest anger.</think>"
            "<answer>anger</answer>",
            "AU4 and AU7 are strong, and AU5 and AU23 are present as well. These four actions may point to "
            "anger. Taken together, the person is angry.",
        ),
    ),
    Observation(
        "fearful face",
        "fear",
        {1: 2.2, 2: 1.7, 4: 1.8, 5: 2.4, 20: 1.9, 25: 1.5},
        (
            "<think>AU1, AU2 and AU4 are active in the brows, AU5 in the eyes, AU20 and AU25 around the "
            "mouth. AU1, AU2, AU4, AU5 and AU20 together indicate fear.</think><answer>fear</answer>",
            "AU1 (inner brow raiser), AU2 (outer brow raiser), AU4 (brow lowerer), AU5 (upper lid raiser), "
            "AU20 (lip stretcher) and AU25 (lips part) are visible. The stretched lips (AU20) with AU1, "
            "AU2, AU4 and AU5 suggest fear. The person appears to be afraid.",
        ),
    ),
    Observation(
        "surprised face",
        "surprise",
        {1: 2.0, 2: 2.3, 5: 1.5, 26: 1.7},
        (
            "<think>The inner and outer brows are raised (AU1, AU2), the upper lids are raised (AU5), and "
            "the jaw drops (AU26). AU1, AU2, AU5 and AU26 indicate surprise.</think>"
            "<answer>surprise</answer>",
            "AU1 and AU2 are clearly visible, AU5 widens the eyes and AU26 drops the jaw. AU1, AU2, AU5 "
            "and AU26 are typical of surprise, and AU4 is absent. So the person is likely surprised.",
        ),
    ),
    Observation(
        "disgusted face",
        "disgust",
        {9: 2.2, 10: 1.4, 17: 1.3},
        (
            "<think>The nose is wrinkled (AU9), the upper lip is raised (AU10) and the chin is raised "
            "(AU17). AU9, AU10 and AU17 point to disgust.</think><answer>disgust</answer>",
            "AU9 (nose wrinkler), AU10 (upper lip raiser) and AU17 (chin raiser) are present. AU9 and AU10 "
            "suggest disgust, and AU17 fits disgust, too. Overall, the woman appears disgusted.",
        ),
    ),
    Observation(
        "smile without the eyes",
        "happiness",
        {12: 1.8, 25: 1.2},
        (
            "<think>The lip corners are pulled up (AU12) and the lips are parted (AU25), while the cheek "
            "raiser (AU6) is absent. AU12 suggests happiness.</think><answer>happiness</answer>",
            "AU12 and AU25 are visible, and AU6 is not. AU12 may indicate happiness, even without the "
            "eyes. The person appears happy.",
        ),
    ),
    Observation(
        "anger around the mouth",
        "anger",
        {4: 1.7, 17: 1.1, 23: 1.4},
        (
            "<think>The brows are lowered (AU4), the chin is raised (AU17) and the lips are tightened "
            "(AU23). AU4 and AU23 suggest anger. The eyes show no upper lid raise (AU5).</think>"
            "<answer>anger</answer>",
            "AU4, AU17 and AU23 are visible. AU4, AU17 and AU23 together are consistent with anger. The "
            "speaker seems angry.",
        ),
    ),
    Observation(
        "still face",
        "neutral",
        {},
        (
            "<think>AU4 and AU12 are absent, and the brows are not raised.</think><answer>neutral</answer>",
            "There is no smile and no frown, and AU1 and AU2 are absent. The face is neutral.",
        ),
    ),
)

SHORT = {
    "au": "au",
    "label": "label",
    "format": "format",
    "faithfulness": "faith",
    "consistency": "consist",
    "contradiction": "contra",
    "duplicates": "dupl",
}
"""Parts of the reward and how the table heads them."""

Way = Callable[[Observation], str]


def tagged(thought: str, answer: str) -> str:
    """Return a text in the format that the reward asks for."""
    return f"<think>{thought}</think><answer>{answer}</answer>"


def listed(units: Sequence[int]) -> str:
    """Return units as a list in words."""
    names = [f"AU{unit}" for unit in units]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def one_fact_again(seen: Observation) -> str:
    """Repeat one true sighting, or one true name where the face shows nothing."""
    unit = next(iter(seen.shown), None)
    fact = f"AU{unit} is visible. " if unit else "AU12 is the lip corner puller. "
    return tagged(fact * 20, seen.label)


def hedged(seen: Observation) -> str:
    """Say all that the face shows, and be sure of nothing."""
    sightings = " ".join(f"AU{unit} may perhaps be present." for unit in seen.shown)
    link = f"{listed([*seen.shown])} might possibly suggest {seen.label}." if seen.shown else ""
    return tagged(f"{sightings} {link}", f"possibly {seen.label}")


def denied(seen: Observation) -> str:
    """Deny every unit and every emotion."""
    units = " ".join(f"AU{unit} is absent." for unit in UNITS)
    return f"{units} The person is not {', not '.join(WORDS)}."


def prompt(seen: Observation) -> str:
    """Return a prompt as a trainer would give it."""
    readings = ", ".join(f"{column}={value:g}" for column, value in seen.columns.items())
    return (
        f"An action unit detector reports {readings}. Which of {', '.join(EMOTIONS)} and neutral does the "
        "face show? Explain with facial action units, then answer."
    )


def prototype(emotion: str) -> str:
    """Return what the books print for an emotion."""
    units = listed(PROTOTYPES[emotion])
    return tagged(f"{units} are visible. {units} together indicate {emotion}.", emotion)


WAYS: dict[str, Way] = {
    "nothing": lambda _: "",
    "empty tags": lambda _: tagged(" ", " "),
    "only the label": lambda seen: tagged("The label is clear.", seen.label),
    "one true fact, twenty times": one_fact_again,
    "true facts about no face, and the label": lambda seen: tagged(FACTS, seen.label),
    "everything hedged": hedged,
    "everything denied": denied,
    "every unit, and the label": lambda seen: tagged(f"{listed(UNITS)} are visible.", seen.label),
    "every unit, hedged, and the label": lambda seen: tagged(
        f"Perhaps {listed(UNITS)} are visible.", seen.label
    ),
    "every emotion": lambda seen: (
        f"{seen.honest[0].partition('<answer>')[0]}<answer>{', '.join(EMOTIONS)}</answer>"
    ),
    "every emotion of the person": lambda _: f"The person is {', '.join(WORDS)}.",
    "the prototype of the label": lambda seen: prototype(seen.label),
    "the prototype of happiness": lambda _: prototype("happiness"),
    "the prompt": prompt,
    "the honest text, three times": lambda seen: " ".join([seen.honest[0]] * 3),
}
"""How one could try to earn without saying what the face shows, by name."""

LISTED = "the units listed, and the label"
"""Not a way around: true and bare. It is shown beside, to tell what an explanation adds."""


def applies(way: str, seen: Observation) -> bool:
    """Return whether a way is one at all: a prototype is the truth if the face shows all of it."""
    if way in {"everything denied", "everything hedged"}:
        return bool(seen.shown)  # of a still face, denials are the truth
    copied = {"the prototype of the label": seen.label, "the prototype of happiness": "happiness"}
    if way not in copied:
        return True
    units = PROTOTYPES.get(copied[way], ())
    return not {*units} <= {*seen.shown}


def reward(graph: EmotionGraph, seen: Observation, text: str) -> RewardBreakdown:
    """Return the reward of a text on an observation, with the default weights."""
    return rationale_reward(text, observed=seen.columns, label=seen.label, graph=graph)


def least_honest(graph: EmotionGraph, seen: Observation) -> float:
    """Return the lower total of an observation's honest rationales."""
    return min(reward(graph, seen, text).total for text in seen.honest)


def margin(graph: EmotionGraph, seen: Observation, way: str) -> float:
    """Return by how much the honest rationales of an observation lead a way around them."""
    return least_honest(graph, seen) - reward(graph, seen, WAYS[way](seen)).total


def _row(name: str, found: Sequence[RewardBreakdown], lead: float | None) -> str:
    parts = [fmean(float(getattr(r.parts, part)) for r in found) for part in SHORT]
    figures = "".join(f"{value:8.2f}" for value in (fmean(r.total for r in found), *parts))
    return f"{name:40}{figures}" + (f"{lead:8.2f}" if lead is not None else "")


def print_table(graph: EmotionGraph) -> None:
    """Print a line for each kind of honest rationale and each way around."""
    columns = ("total", *SHORT.values(), "lead")
    print(f"{'mean over the faces':40}" + "".join(f"{column:>8}" for column in columns))
    for number, style in enumerate(("honest, numbers and tags", "honest, everyday words")):
        print(_row(style, [reward(graph, o, o.honest[number]) for o in OBSERVATIONS], None))
    moving = [seen for seen in OBSERVATIONS if seen.shown]
    texts = [tagged(f"{listed([*o.shown])} are visible.", o.label) for o in moving]
    bare = [reward(graph, seen, text) for seen, text in zip(moving, texts, strict=True)]
    print(_row(LISTED, bare, None))
    for way, write in WAYS.items():
        cases = [seen for seen in OBSERVATIONS if applies(way, seen)]
        lead = min(margin(graph, seen, way) for seen in cases)
        print(_row(way, [reward(graph, seen, write(seen)) for seen in cases], lead))


def blind_sentences() -> list[str]:
    """Return what one may say of a face without looking."""
    units = [f"AU{unit} is visible." for unit in UNITS]
    links = [f"{listed(PROTOTYPES[e])} suggest {e}." for e in EMOTIONS]
    stated = [f"The person is {word}." for word in (*WORDS, "neutral")]
    return [*units, "AU12 or AU4 is visible.", "AU4 and AU12 are absent.", *links, *stated]


def best_blind_text(graph: EmotionGraph) -> tuple[float, str]:
    """Return the best mean total over all faces of one text for all, found greedily, and that text."""

    def worth(thought: Sequence[str], answer: str) -> float:
        text = tagged(" ".join(thought) or "None.", answer)
        return fmean(reward(graph, seen, text).total for seen in OBSERVATIONS)

    best = (-1.0, "")
    for answer in (*EMOTIONS, "neutral"):
        thought: list[str] = []
        total = worth(thought, answer)
        while True:
            more = [[*thought, s] for s in blind_sentences() if s not in thought]
            found, longer = max((worth(longer, answer), longer) for longer in more)
            if found <= total:
                break
            total, thought = found, longer
        best = max(best, (total, tagged(" ".join(thought), answer)))
    return best


def main() -> None:
    """Print the table, the best text that does not look, and how fast rewards are reckoned."""
    print_run_info()
    graph = EmotionGraph.load()
    print_table(graph)
    print("\nbest text for all faces: {:.2f} {}".format(*best_blind_text(graph)))
    cases = [(seen, text) for seen in OBSERVATIONS for text in seen.honest] * 20
    start = perf_counter()
    for seen, text in cases:
        reward(graph, seen, text)
    print(f"\n{len(cases) / (perf_counter() - start):.0f} rewards a second, one thread")


if __name__ == "__main__":
    main()
