"""The spaCy component: the same answers as the plain path, aligned to tokens, and written and read."""

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from spacy.language import Language  # noqa: E402

from affectgraph.kg import EmotionGraph  # noqa: E402
from affectgraph.linkers import Annotator  # noqa: E402
from affectgraph.linkers.spacy_component import NAME, AnnotatorComponent  # noqa: E402
from affectgraph.ontology.errors import InputError  # noqa: E402

TEXTS = [
    "I've never been happier, not sad :)",
    "",
    "grief-stricken #NotHappy",
    "\u05d0\u05e0\u05d9 sad",
    "no emotion here",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    made: Language = spacy.blank("en")
    made.add_pipe(NAME)
    return made


@pytest.fixture(scope="module")
def annotator(graph: EmotionGraph) -> Annotator:
    return Annotator(graph)


@pytest.mark.parametrize("text", TEXTS)
def test_component_gives_what_the_plain_path_gives(
    nlp: Language, annotator: Annotator, text: str
) -> None:
    doc = nlp(text)
    spans = doc.spans["affectgraph"]
    mentions = annotator.annotate(text).mentions

    assert [span.label_ for span in spans] == [m.concept.slug for m in mentions]
    assert [span._.affectgraph_polarity for span in spans] == [m.polarity for m in mentions]
    for span, mention in zip(spans, mentions, strict=True):
        assert span.start_char <= mention.start
        assert span.end_char >= mention.end


def test_pipe_gives_what_single_calls_give(nlp: Language) -> None:
    piped = [doc._.affectgraph for doc in nlp.pipe(TEXTS, batch_size=2)]

    assert piped == [nlp(text)._.affectgraph for text in TEXTS]


def test_document_carries_emotions_and_vad(nlp: Language) -> None:
    summary = nlp("I am furious")._.affectgraph

    assert summary["emotions"]["anger"] == 1
    assert len(summary["vad"]) == 3


def test_annotated_document_survives_bytes(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert [s.label_ for s in again.spans["affectgraph"]] == ["happiness", "sadness", "gladness"]
    assert again._.affectgraph == doc._.affectgraph


def test_pipeline_written_to_disk_keeps_its_settings(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config={"key": "feelings", "ambiguous": True})
    nlp.to_disk(tmp_path)

    again = spacy.load(tmp_path)

    component = again.get_pipe(NAME)
    assert isinstance(component, AnnotatorComponent)
    assert (component.key, component.ambiguous, component.overlapping) == ("feelings", True, False)
    assert len(again("The content is new").spans["feelings"]) == 1


def test_settings_survive_bytes() -> None:
    written = AnnotatorComponent(key="a", overlapping=True, ambiguous=False).to_bytes()
    read = AnnotatorComponent(key="b", overlapping=False, ambiguous=True).from_bytes(written)

    assert (read.key, read.overlapping, read.ambiguous) == ("a", True, False)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff"])
def test_settings_that_are_none_are_refused(data: bytes) -> None:
    component = AnnotatorComponent(key="a", overlapping=False, ambiguous=False)

    with pytest.raises(InputError, match="Expected the settings of affectgraph_annotator"):
        component.from_bytes(data)
