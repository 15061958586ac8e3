"""What is remembered of sentences never shows: readings with and without a memory are the same.

The sentences lean on what stands around them: the emotion before ("it"), the cues before ("this
suggests"), a heading, a list of what is absent, the scale of the figures, the label of the record.
"""

import random

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.linkers.mentions import Mention
from affectgraph.reasoner.extract import outlines
from affectgraph.reasoner.extract.outlines import Outlines, Setting
from affectgraph.reasoner.extract.reading import Reader, Reading
from affectgraph.reasoner.extract.text import sentences

SENTENCES = (
    "AU4 at 0.7 suggests anger.",
    "AU12 at 3.5.",
    "AU6 (cheek raiser) and AU12 are visible.",
    "There is no frown.",
    "It is a negative feeling.",
    "It is unpleasant and high in arousal.",
    "This suggests fear.",
    "The face suggests joy, the voice does not.",
    "Both of them point to sadness.",
    "Without AU4 the face would look surprised.",
    "She smiles, but the smile is forced.",
    "It looks genuine.",
    "The voice trembles.",
    "The voice and the face agree.",
    "Expert B says that she is angry, but I see joy.",
    "Irritation is a kind of anger.",
    "Envy is common.",
    "He is wroth.",
    'He says "I am fine".',
    "Overall, she is afraid.",
    "Conclusion: disgust",
    "The lips are pressed and the brows are raised",
    "- AU1",
    "- AU15 (lip corner depressor)",
    "1. AU26",
    "joy",
)
HEADINGS = (
    "Audio:", "Text:", "Visual cues:", "Not observed:", "AUs under threshold:", "Overall interpretation:",
    "<think>", "<answer>", "",
)  # fmt: skip
GAPS = (" ", "\n", "\n\n", "\n- ", "</think><answer>")
LABELS = ("", "joy", "wroth", "anger")
Options = tuple[str, bool]


def text_of(chance: random.Random) -> str:
    count = chance.randint(1, 5)
    pieces = [chance.choice(SENTENCES)]
    for _ in range(count):
        pieces.append(chance.choice(GAPS))
        if chance.random() < 0.3:
            pieces += [chance.choice(HEADINGS), chance.choice("\n ")]
        pieces.append(chance.choice(SENTENCES))
    return "".join(pieces)


def read(reader: Reader, graph: EmotionGraph, text: str, options: Options) -> Reading:
    label, is_intensity = options
    concept = graph.concept("anger" if label == "wroth" else label) if label else None
    extra = Mention(0, 0, "", (concept,), "state") if concept else None
    return reader.read(text, extra=extra, label=label, is_intensity=is_intensity)


def said(reading: Reading) -> list[object]:
    parts = [(p.offset, p.drafts, p.used, p.inferences, p.attributions) for p in reading.sentences]
    return [*parts, reading.stated, reading.conclusion]


def without_memory(graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader(graph, Lexicon(graph))
    monkeypatch.setattr(reader._outlines, "_remember", lambda _key, _known: None)
    return reader


@pytest.mark.parametrize("pairs", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_reading_never_depends_on_what_was_read_before(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, pairs: int
) -> None:
    chance = random.Random(20)  # noqa: S311  # the same texts on every run
    remembering, forgetful = Reader(graph, Lexicon(graph)), without_memory(graph, monkeypatch)
    options = [(label, scale) for label in LABELS for scale in (False, True)]
    for _ in range(pairs):
        text = text_of(chance)
        for chosen in chance.sample(options, 2):
            found = said(read(remembering, graph, text, chosen))
            assert found == said(read(forgetful, graph, text, chosen)), (text, chosen)
    assert len(remembering._outlines) > 20
    assert len(forgetful._outlines) == 0


@pytest.mark.parametrize(
    "parts",
    [
        ("AU12 is active.", "This suggests joy."),
        ("Envy is common.", "It is a negative feeling."),
        ("Not observed:\n", "- AU1\n", "- AU4\n"),
        ("Audio:\n", 'She says "go away".\n', "Overall:\n"),
    ],
)
def test_order_of_sentences_counts_for_what_they_refer_to(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, parts: tuple[str, ...]
) -> None:
    remembering, forgetful = Reader(graph, Lexicon(graph)), without_memory(graph, monkeypatch)
    orders = [parts, parts[::-1], parts]
    texts = ["".join(f"{part} " if part[-1] == "." else part for part in order) for order in orders]
    found, again = ([said(r.read(text)) for text in texts * 2] for r in (remembering, forgetful))
    assert found == again
    assert found[0] == found[2] != found[1]


def test_a_label_that_means_nothing_takes_no_room(graph: EmotionGraph) -> None:
    known = Outlines(graph, Lexicon(graph))
    text = "AU12 is active. Yes."
    for number in range(20):
        known.of(text, sentences(text)[0], Setting(label=f"label {number}"))
    assert len(known) == 1


def test_a_sentence_is_remembered_behind_few_emotions(graph: EmotionGraph) -> None:
    known = Outlines(graph, Lexicon(graph))
    text = "It is a negative feeling, and AU4 is active. Yes."
    slugs = [concept.slug for concept in list(graph.index.concepts.values())[:50]]
    assert len(slugs) == 50
    for _ in range(2):
        for slug in slugs:
            outline, _ = known.of(text, sentences(text)[0], Setting(before=slug))
            assert [draft.subject for draft, _ in outline.stated] == [(slug,)]
    ((_, remembered),) = known._known.values()
    assert 1 <= len(remembered) <= outlines._READINGS
