"""What stands around an emotion, as the graph has it."""

import pytest

from affectgraph.kg import EmotionGraph, OxigraphStore
from affectgraph.kg.around import read_around
from affectgraph.ontology.errors import UnknownTermError
from affectgraph.ontology.rows import read_table

# Numbers of items of the Working Group Note "Vocabularies for EmotionML", counted in its XML file.
NOTE = {
    "pad-dimensions": 3,
    "fsre-dimensions": 4,
    "intensity-dimension": 1,
    "occ-appraisals": 11,
    "scherer-appraisals": 20,
    "ema-appraisals": 12,
    "frijda-action-tendencies": 10,
}
CATEGORIES = {
    "big6",
    "everyday-categories",
    "occ-categories",
    "fsre-categories",
    "frijda-categories",
}


def test_vocabularies_are_those_of_the_note_with_as_many_items(graph: EmotionGraph) -> None:
    found = graph.around.vocabularies

    assert set(found) == {*NOTE, *CATEGORIES}
    assert {name: len(found[name].items) for name in NOTE} == NOTE
    assert {v.name for v in found.values() if v.kind == "category"} == CATEGORIES


def test_items_keep_the_order_of_the_vocabulary(graph: EmotionGraph) -> None:
    names = [item.name for item in graph.around.vocabulary("frijda-action-tendencies").items]

    assert names[:3] == ["approach", "avoidance", "being-with"]
    assert names[-1] == "submitting"


def test_every_item_has_a_definition_of_its_own(graph: EmotionGraph) -> None:
    for vocabulary in graph.around.vocabularies.values():
        definitions = [item.definition for item in vocabulary.items]
        assert len(set(definitions)) == len(definitions)
        assert all(len(text) > 20 for text in definitions)


def test_scheme_of_a_vocabulary_has_the_items_of_the_note(graph: EmotionGraph) -> None:
    big6 = {"anger", "disgust", "fear", "happiness", "sadness", "surprise"}

    assert {label.name for label in graph.labels("ekman-6")} == big6
    counts = {
        name: len(graph.labels(v.scheme))
        for name, v in graph.around.vocabularies.items()
        if v.scheme
    }
    note = {
        "big6": 6,
        "everyday-categories": 17,
        "occ-categories": 22,
        "fsre-categories": 24,
        "frijda-categories": 12,
    }
    assert counts == {name: note[name] for name in counts}
    assert {"big6", "occ-categories", "fsre-categories"} <= set(counts)


def test_causes_are_the_five_types_of_reccon(graph: EmotionGraph) -> None:
    labels = {cause.dataset_label for cause in graph.around.cause_types.values()}

    assert labels == {"no-context", "inter-personal", "self-contagion", "hybrid", "latent"}


def test_only_context_is_a_modality_that_emotionml_does_not_list(graph: EmotionGraph) -> None:
    modalities = graph.around.modalities

    assert [name for name, m in modalities.items() if not m.token] == ["context"]
    assert len(modalities) == 12


def test_every_kind_of_cue_is_of_a_modality(graph: EmotionGraph) -> None:
    around = graph.around

    assert {cue.modality for cue in around.cue_types.values()} <= set(around.modalities)
    assert around.cue_type("prosody").modality == "voice"
    assert len(around.cue_types) == len(read_table("cue_types"))


@pytest.mark.parametrize(
    ("method", "name", "words"),
    [
        ("modality", "voise", "Nearest: voice"),
        ("cue_type", "", "There are: emoji"),
        ("cause_type", "No-Context", "Nearest: no-context"),
        ("vocabulary", "big7", "Nearest: big6"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(
    graph: EmotionGraph, method: str, name: str, words: str
) -> None:
    with pytest.raises(UnknownTermError) as caught:
        getattr(graph.around, method)(name)

    assert words in str(caught.value)


def test_vocabulary_of_another_kind_is_refused(graph: EmotionGraph) -> None:
    assert graph.around.vocabulary("big6", kind="category").scheme == "ekman-6"
    with pytest.raises(UnknownTermError, match="name of category vocabulary"):
        graph.around.vocabulary("pad-dimensions", kind="category")


def test_graph_without_such_things_has_none_and_says_so() -> None:
    found = read_around(OxigraphStore.from_bytes(b""))

    assert (found.modalities, found.vocabularies) == ({}, {})
    with pytest.raises(UnknownTermError, match="The graph has none"):
        found.modality("face")
