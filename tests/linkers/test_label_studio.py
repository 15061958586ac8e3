"""Label Studio: configurations have every concept once, and predictions fit the configuration."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from affectgraph.kg import EmotionGraph
from affectgraph.kg.observation import ConceptSpan
from affectgraph.linkers import (
    LabelLinker,
    SchemeLinker,
    label_studio_config,
    pre_annotated_task,
)
from affectgraph.linkers.columns import ground_values
from affectgraph.ontology.errors import InputError, UnknownTermError


@pytest.fixture(scope="module")
def linker(graph: EmotionGraph) -> LabelLinker:
    return LabelLinker(graph)


def paths(node: ET.Element, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for choice in node.findall("Choice"):
        path = (*above, choice.attrib["value"])
        found += [path, *paths(choice, path)]
    return found


def controls(config: str) -> dict[str, ET.Element]:
    """Return the tags that label something, by name."""
    return {node.attrib["name"]: node for node in ET.fromstring(config) if "toName" in node.attrib}  # noqa: S314


def results(task: dict[str, Any]) -> list[dict[str, Any]]:
    (prediction,) = task["predictions"]
    found: list[dict[str, Any]] = prediction["result"]
    return found


# --- configuration --------------------------------------------------------------------------------


def test_taxonomy_has_every_concept_once_at_its_path(graph: EmotionGraph) -> None:
    taxonomy = controls(label_studio_config(graph))["emotion"]
    found = paths(taxonomy)

    concepts = graph.index.concepts.values()
    expected = {c.path or (str(c.branch), c.slug) for c in concepts}
    branches = {(c.branch,) for c in concepts if c.branch}
    assert taxonomy.tag == "Taxonomy"
    assert set(found) == expected | branches
    assert len(found) == len(expected) + len(branches)


def test_separator_of_paths_stands_in_no_name(graph: EmotionGraph) -> None:
    taxonomy = controls(label_studio_config(graph))["emotion"]

    assert all(taxonomy.attrib["pathSeparator"] not in part for p in paths(taxonomy) for part in p)


def test_choices_are_the_labels_of_the_scheme_in_its_order(graph: EmotionGraph) -> None:
    for scheme in graph.schemes():
        choices = controls(label_studio_config(graph, scheme=scheme.name))["emotion"]
        assert choices.tag == "Choices"
        assert [p[0] for p in paths(choices)] == [label.name for label in scheme.labels]
        assert choices.attrib["choice"] == ("multiple" if scheme.labelling == "multi" else "single")


def test_every_control_points_at_the_text_that_is_there(graph: EmotionGraph) -> None:
    config = label_studio_config(graph, with_spans=True)
    view = ET.fromstring(config)  # noqa: S314 - written above

    (text,) = view.findall("Text")
    assert (text.attrib["name"], text.attrib["value"]) == ("text", "$text")
    assert set(controls(config)) == {"emotion", "mention"}
    assert {node.attrib["toName"] for node in controls(config).values()} == {"text"}
    assert "mention" not in controls(label_studio_config(graph))


def test_configuration_of_no_scheme_is_an_error(graph: EmotionGraph) -> None:
    with pytest.raises(UnknownTermError):
        label_studio_config(graph, scheme="nope")


# --- predictions ----------------------------------------------------------------------------------


def test_linked_label_becomes_the_path_of_its_concept(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    (grounding,) = ground_values(linker, ["resentment"])
    task = pre_annotated_task(graph, "Grr!", id="t1", grounding=grounding)

    assert task["data"] == {"text": "Grr!"}
    assert results(task) == [
        {
            "id": "t1-1",
            "from_name": "emotion",
            "to_name": "text",
            "type": "taxonomy",
            "value": {"taxonomy": [["anger", "rage", "resentment"]]},
            "score": grounding.score,
        }
    ]
    assert task["predictions"][0]["score"] == grounding.score
    assert task["predictions"][0]["model_version"].startswith("affectgraph ")


def test_all_predictions_of_all_schemes_are_choices_of_their_configuration(
    graph: EmotionGraph,
) -> None:
    for scheme in graph.schemes():
        choices = controls(label_studio_config(graph, scheme=scheme.name))["emotion"]
        names = [label.name for label in scheme.labels]
        column = SchemeLinker(graph, scheme.name).read(names)
        for name, grounding in zip(names, column.groundings, strict=True):
            (result,) = results(pre_annotated_task(graph, "x", id="1", grounding=grounding))
            assert (result["type"], result["value"]) == ("choices", {"choices": [name]})
            assert (name,) in paths(choices)


def test_nil_predicts_nothing_and_leaves_its_reason(
    graph: EmotionGraph, linker: LabelLinker
) -> None:
    task = pre_annotated_task(
        graph, "x", id="1", grounding=SchemeLinker(graph, "meld").read(["qqq"]).groundings[0]
    )

    assert results(task) == []
    assert task["data"]["affectgraph_reason"] == "not_in_scheme"
    assert "score" not in task["predictions"][0]


def test_spans_count_code_points_and_carry_the_primary_or_branch(graph: EmotionGraph) -> None:
    text = "😀 so sad, and curious"
    spans = [
        ConceptSpan(5, 8, "sadness-secondary", 0.9),
        ConceptSpan(14, 21, "state/interest", 0.4),
    ]
    config = label_studio_config(graph, with_spans=True)
    task = pre_annotated_task(graph, text, id="9", spans=spans, data={"row": 3})

    labels = {node.attrib["value"] for node in controls(config)["mention"]}
    found = [r["value"] for r in results(task)]
    assert [(v["start"], v["end"], v["text"]) for v in found] == [
        (5, 8, "sad"),
        (14, 21, "curious"),
    ]
    assert found[0]["labels"] == ["sadness"]
    assert {name for v in found for name in v["labels"]} <= labels
    assert [r["id"] for r in results(task)] == ["9-1", "9-2"]
    assert task["predictions"][0]["score"] == 0.4
    assert task["data"]["row"] == 3
    assert json.loads(json.dumps([task])) == [task]


def test_span_beyond_the_text_or_of_no_concept_is_an_error(graph: EmotionGraph) -> None:
    with pytest.raises(InputError, match="within the 3 code points"):
        pre_annotated_task(graph, "sad", id="1", spans=[ConceptSpan(0, 4, "sadness")])
    with pytest.raises(UnknownTermError):
        pre_annotated_task(graph, "sad", id="1", spans=[ConceptSpan(0, 3, "table")])


@pytest.mark.parametrize("field", ["text", "affectgraph_reason"])
def test_data_that_would_be_overwritten_is_an_error(graph: EmotionGraph, field: str) -> None:
    with pytest.raises(InputError, match=field):
        pre_annotated_task(graph, "sad", id="1", data={field: "mine"})
