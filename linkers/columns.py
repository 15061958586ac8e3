"""Grounds the cells of a column: each label once, missing cells as such, in the order of the rows."""

from collections.abc import Iterable
from numbers import Real
from typing import Any

from affectgraph.linkers.label import LabelLinker
from affectgraph.linkers.model import Grounding

_MISSING_TYPES = {"NAType", "NaTType"}
"""Names of the types with which pandas says that a cell is missing."""

FIELDS = ("label", "status", "concept", "iri", "tier", "primary", "score", "reason")
"""Columns of a grounded column, in this order; see :func:`to_row`."""


def is_missing(value: object) -> bool:
    """Return whether a cell holds nothing: None, NaN, or what pandas writes for them.

    >>> is_missing(float("nan")), is_missing(None), is_missing(""), is_missing([])
    (True, True, False, False)
    """
    if value is None or type(value).__name__ in _MISSING_TYPES:
        return True
    return isinstance(value, Real) and bool(value != value)  # only NaN differs from itself


def ground_values(
    linker: LabelLinker, values: Iterable[object], *, scheme: str | None = None
) -> list[Grounding]:
    """Return the grounding of each cell, in order; each equals that of the cell alone.

    Equal texts are grounded once. A missing cell is answered as nothing is (``not_text``), and so is
    any other cell that is no text, hashable or not.

    :raises UnknownTermError: if there is no such scheme.

    >>> from affectgraph.kg import EmotionGraph
    >>> linker = LabelLinker(EmotionGraph.load())
    >>> [g.reason for g in ground_values(linker, ["joy", None, " ", ["joy"], "joy"])]
    [None, 'not_text', 'empty', 'not_text', None]
    """
    if scheme is not None:
        linker.graph.scheme(scheme)
    known: dict[str, Grounding] = {}
    found: list[Grounding] = []
    for value in values:
        if not isinstance(value, str):
            found.append(_ground(linker, None if is_missing(value) else value, scheme))
            continue
        text = str(value)
        grounding = known.get(text)
        if grounding is None:
            grounding = known[text] = _ground(linker, text, scheme)
        found.append(grounding)
    return found


def ground_rows(
    linker: LabelLinker, values: Iterable[object], *, scheme: str | None = None
) -> list[dict[str, Any]]:
    """Return the answer of each cell by :data:`FIELDS`, in order; rows of equal texts are one object.

    :raises UnknownTermError: if there is no such scheme.
    """
    cells = list(values)
    made: dict[int, dict[str, Any]] = {}
    found: list[dict[str, Any]] = []
    groundings = ground_values(linker, cells, scheme=scheme)
    for value, grounding in zip(cells, groundings, strict=True):
        row = made.get(id(grounding))  # the list keeps each grounding alive, so ids are not reused
        if row is None:
            row = made[id(grounding)] = to_row(value, grounding)
        found.append(row)
    return found


def to_row(value: object, grounding: Grounding) -> dict[str, Any]:
    """Return a cell's answer by :data:`FIELDS`; what is not known is None.

    ``label`` is the cell as text, None if it is missing; ``score`` is P(right) of the best candidate, 0 if
    there is none; ``tier`` and ``primary`` are None for states outside the tree. Of an ``ambiguous``
    label, concept, IRI, tier and primary are None.
    """
    concept = grounding.concept
    return {
        "label": None if is_missing(value) else grounding.text,
        "status": grounding.status,
        "concept": concept.slug if concept else None,
        "iri": concept.iri if concept else None,
        "tier": concept.tier if concept else None,
        "primary": concept.primary if concept else None,
        "score": grounding.score,
        "reason": grounding.reason,
    }


def _ground(linker: LabelLinker, label: object, scheme: str | None) -> Grounding:
    return linker.ground(label, scheme=scheme)
