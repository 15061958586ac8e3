"""A sentence that was read before is read the same again, wherever and whenever it stands.

Expected claims are read off the sentences by hand.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.linkers.lexicon import Lexicon
from affectgraph.reasoner import Checker, Report
from affectgraph.reasoner.extract import outlines
from affectgraph.reasoner.extract.outlines import Outlines, Setting
from affectgraph.reasoner.extract.text import sentences

SMILE = "AU6 and AU12 suggest joy."
TEXTS = (
    f"{SMILE} The voice is calm.",
    f"The man looks at the camera. {SMILE} Overall, he is happy.",
    f"<think>{SMILE}</think><answer>joy</answer>",
    "joy",
    "AU4 at 0.7 suggests anger.",
    "AU12 at 3.5. AU4 at 0.7 suggests anger.",
    "Envy is common. It is a negative feeling, and AU4 is active.",
    "Delight is common. It is a negative feeling, and AU4 is active.",
    "AU1 is visible. It suggests fear.",
    "It suggests fear.",
)


@pytest.fixture
def checker(graph: EmotionGraph) -> Checker:
    return Checker(graph)


@pytest.fixture
def known(graph: EmotionGraph) -> Outlines:
    return Outlines(graph, Lexicon(graph))


def said(report: Report) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    claims = (j.claim for j in report.judgements)
    return [(c.type, c.subject, c.object, c.polarity) for c in claims]


def test_a_sentence_met_twice_is_read_no_more(known: Outlines) -> None:
    text = f"{SMILE} {SMILE} {SMILE} {SMILE} Yes."
    found = [known.of(text, sentence, Setting()) for sentence in sentences(text)[1:4]]
    first, second, third = (outline for outline, _ in found)
    assert second is third
    assert second is not first  # what never comes again is not kept
    assert [place for _, place in found] == [
        n * len(SMILE) + n - 1 for n in (1, 2, 3)
    ]  # the blank before
    assert len(known) == 1


def test_claims_of_a_known_sentence_have_the_places_of_the_new_text(checker: Checker) -> None:
    for _ in range(2):
        checker.check(f"Somebody speaks. {SMILE}")
    text = f"Nobody speaks. {SMILE}"
    (found,) = [j.claim for j in checker.check(text).judgements if j.claim.type == "expresses"]
    assert text[slice(*found.span)] == found.quote == "AU6 and AU12 suggest joy"
    assert found.start == len("Nobody speaks. ")


def test_what_a_sentence_refers_to_is_not_remembered_with_it(checker: Checker) -> None:
    envy, delight = (checker.check(text) for text in TEXTS[6:8])
    assert [s[1] for s in said(envy) if s[0] == "vad_level"] == [("envy",)]
    assert [s[1] for s in said(delight) if s[0] == "vad_level"] == [("delight",)]


def test_cues_of_sentences_before_are_not_remembered(checker: Checker) -> None:
    assert ("expresses", ("AU1",), ("fear",), "affirmed") in said(checker.check(TEXTS[8]))
    assert "expresses" not in [s[0] for s in said(checker.check(TEXTS[9]))]
    assert ("expresses", ("AU1",), ("fear",), "affirmed") in said(checker.check(TEXTS[8]))


def test_a_figure_counts_on_the_scale_of_its_text(checker: Checker) -> None:
    probability, intensity = (checker.check(text) for text in TEXTS[4:6])
    assert ("observes", ("AU4",), ("shown",), "affirmed") in said(probability)
    assert ("observes", ("AU4",), ("shown",), "denied") in said(intensity)  # below 1 of 5


def test_a_tag_in_front_makes_an_answer_of_a_known_word(checker: Checker) -> None:
    checker.check("It could be joy or grief. joy")
    report = checker.check("<think>It could be joy or grief.</think><answer>joy</answer>")
    assert report.conclusion is not None
    (final,) = [j.claim for j in report.judgements if j.claim.id == report.conclusion]
    assert (final.subject, final.quote) == (("joy",), "joy")


@pytest.mark.parametrize("most", [1, 2, 2048])
def test_no_report_depends_on_what_is_remembered(
    graph: EmotionGraph, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(outlines, "REMEMBERED", most)
    shared = Checker(graph)
    alone = [Checker(graph).check(text) for text in TEXTS]
    for _ in range(3):
        assert [shared.check(text) for text in TEXTS] == alone
    assert [shared.check(text) for text in reversed(TEXTS)] == alone[::-1]


def test_the_label_of_one_record_is_unknown_to_the_next(checker: Checker) -> None:
    text = "Overall, the answer is disgustd."  # a word that only the label explains
    stated = ("concludes", ("disgust",), ("stated",), "affirmed")
    assert stated in said(checker.check(text, label="disgustd"))
    assert said(checker.check(text)) == []
    assert stated in said(checker.check(text, label="disgustd"))


def test_memory_is_bounded(known: Outlines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "REMEMBERED", 3)
    texts = [f"AU{number} is active." for number in range(1, 20)]
    for text in texts * 2:
        known.of(text, sentences(text)[0], Setting())
    assert 3 <= len(known) <= 2 * 3


def test_threads_share_a_memory(checker: Checker) -> None:
    alone = [Checker(checker.graph).check(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(checker.check, TEXTS * 8)) == alone * 8
