"""Label Studio: the tree or a scheme as a labelling configuration, and groundings as pre-annotations.

Formats: https://labelstud.io/tags/taxonomy, /tags/choices, /tags/labels and /guide/predictions. A span's
offsets count code points, as Label Studio stores them (its ``charsToCodePoints``).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.kg.model import Concept, Scheme
from affectgraph.kg.observation import ConceptSpan
from affectgraph.linkers.model import Candidate, Grounding
from affectgraph.linkers.normalise import normalise
from affectgraph.linkers.scheme import labels_by_writing
from affectgraph.linkers.scores import MARGIN
from affectgraph.ontology.errors import InputError
from affectgraph.ontology.version import VERSION

TEXT = "text"
"""Name of the text tag, and the field of a task's data that it shows."""
EMOTION = "emotion"
"""Name of the tag with the emotions of the whole text."""
SPAN = "mention"
"""Name of the tag with the labels of spans: primaries, and the branches of states."""
SEPARATOR = " > "
"""Between the parts of a path; the names of states have a slash, Label Studio's own separator."""
REASON = "affectgraph_reason"
"""Field of a task's data that says why nothing is linked."""


def label_studio_config(
    graph: EmotionGraph, *, scheme: str | None = None, with_spans: bool = False
) -> str:
    """Return a labelling configuration for texts, as XML.

    Without a scheme a ``Taxonomy``: the tree by slugs, then each branch of the states outside it. With
    one, ``Choices`` of its labels, several to choose where the data set allows several. A choice's hint is
    the definition, or what the label stands for.

    :param scheme: name of a scheme whose labels to offer.
    :param with_spans: also ``Labels`` for words of the text: the primaries and the branches of states.
    :raises UnknownTermError: if there is no such scheme.
    """
    view = ET.Element("View")
    if with_spans:
        labels = ET.SubElement(view, "Labels", name=SPAN, toName=TEXT)
        for name in span_labels(graph):
            ET.SubElement(labels, "Label", value=name)
    ET.SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
    if scheme is None:
        _taxonomy(view, graph)
    else:
        _choices(view, graph.scheme(scheme))
    ET.indent(view)
    return ET.tostring(view, encoding="unicode")


def span_labels(graph: EmotionGraph) -> tuple[str, ...]:
    """Return the labels a span can have: the primaries, then the branches of states."""
    return (*(concept.slug for concept in graph.emotions(tier="primary")), *_branches(graph))


def pre_annotated_task(
    graph: EmotionGraph,
    text: str,
    *,
    id: str,  # noqa: A002
    grounding: Grounding | None = None,
    spans: Iterable[ConceptSpan] = (),
    data: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a task with one prediction, ready for ``json.dump`` in a list of tasks.

    A grounding in a scheme becomes choices of :func:`label_studio_config` for that scheme, any other the
    paths of its candidates in the taxonomy: one if it is linked, all that tie if it is ambiguous. A
    ``nil`` predicts nothing and leaves its reason in the data. Each span gets the label of its primary, or
    of its branch. The prediction's score is the lowest of its results, so that Label Studio can put the
    least sure first.

    :param id: name of the task, unique in the project; results are named after it.
    :param grounding: what the text's label means.
    :param spans: concepts marked in the text, by code points.
    :param data: further fields of the task's data, such as the id of the row.
    :raises InputError: if ``data`` has a field that this writes, or a span lies beyond the text.
    :raises UnknownTermError: if the graph does not hold a concept.

    >>> from affectgraph.linkers import LabelLinker
    >>> from affectgraph.linkers.columns import ground_values
    >>> graph = EmotionGraph.load()
    >>> (found,) = ground_values(LabelLinker(graph), ["resentment"])
    >>> task = pre_annotated_task(graph, "Grr!", id="7", grounding=found)
    >>> task["predictions"][0]["result"][0]["value"]
    {'taxonomy': [['anger', 'rage', 'resentment']]}
    """
    given = dict(data or {})
    clashes = sorted({TEXT, REASON} & given.keys())
    if clashes:
        raise InputError(f"Expected data without {', '.join(clashes)}, which this writes.")
    results = [_span_result(graph, text, span) for span in spans]
    if grounding is not None:
        results += _grounding_results(graph, grounding)
        if grounding.reason is not None:
            given[REASON] = grounding.reason
    numbered = [{"id": f"{id}-{place}", **result} for place, result in enumerate(results, start=1)]
    scores = [result["score"] for result in results if "score" in result]
    prediction: dict[str, Any] = {"model_version": f"affectgraph {VERSION}", "result": numbered}
    if scores:
        prediction["score"] = min(scores)
    return {"data": {TEXT: text, **given}, "predictions": [prediction]}


# --- configuration --------------------------------------------------------------------------------


def _taxonomy(view: ET.Element, graph: EmotionGraph) -> None:
    taxonomy = ET.SubElement(
        view, "Taxonomy", name=EMOTION, toName=TEXT, showFullPath="true", pathSeparator=SEPARATOR
    )
    for primary in graph.emotions(tier="primary"):
        _branch(taxonomy, graph, primary)
    for branch in _branches(graph):
        node = ET.SubElement(taxonomy, "Choice", value=branch)
        for concept in graph.states():
            if concept.branch == branch:
                ET.SubElement(node, "Choice", value=concept.slug, hint=concept.definition)


def _branch(parent: ET.Element, graph: EmotionGraph, concept: Concept) -> None:
    node = ET.SubElement(parent, "Choice", value=concept.slug, hint=concept.definition)
    for child in graph.narrower(concept.slug):
        _branch(node, graph, child)


def _choices(view: ET.Element, scheme: Scheme) -> None:
    kind = "multiple" if scheme.labelling == "multi" else "single"
    choices = ET.SubElement(view, "Choices", name=EMOTION, toName=TEXT, choice=kind)
    for label in scheme.labels:
        node = ET.SubElement(choices, "Choice", value=label.name)
        if label.anchors:
            node.set("hint", ", ".join(f"{a.concept} ({a.relation})" for a in label.anchors))


def _branches(graph: EmotionGraph) -> tuple[str, ...]:
    return tuple(sorted({str(concept.branch) for concept in graph.states()}))


# --- predictions ----------------------------------------------------------------------------------


def _span_result(graph: EmotionGraph, text: str, span: ConceptSpan) -> dict[str, Any]:
    if span.end > len(text):
        raise InputError(
            f"Expected spans within the {len(text)} code points of the text, got "
            f"{span.start}..{span.end}."
        )
    concept = graph.concept(span.concept)
    value = {
        "start": span.start,
        "end": span.end,
        "text": text[span.start : span.end],
        "labels": [concept.primary or concept.branch],
    }
    result: dict[str, Any] = {"from_name": SPAN, "to_name": TEXT, "type": "labels", "value": value}
    return result if span.score is None else {**result, "score": span.score}


def _grounding_results(graph: EmotionGraph, grounding: Grounding) -> list[dict[str, Any]]:
    result: dict[str, Any] = {"from_name": EMOTION, "to_name": TEXT}
    if grounding.candidates:
        result["score"] = grounding.score
    if grounding.scheme is not None:
        label = labels_by_writing(graph.scheme(grounding.scheme)).get(normalise(grounding.text))
        if label is None:
            return []
        return [{**result, "type": "choices", "value": {"choices": [label.name]}}]
    if not grounding.candidates:
        return []
    chosen = grounding.candidates[:1] if grounding.concept else _rivals(grounding.candidates)
    paths = [list(c.path) or [str(c.concept.branch), c.concept.slug] for c in chosen]
    return [{**result, "type": "taxonomy", "value": {"taxonomy": paths}}]


def _rivals(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    return tuple(c for c in candidates if candidates[0].score - c.score < MARGIN)
