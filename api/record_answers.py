"""Answers the records of ``ground``, in this process or by Ray: the same answers either way."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from affectgraph.api.cli_base import as_data, open_graph
from affectgraph.ontology.errors import AffectGraphError, InputError

if TYPE_CHECKING:
    from affectgraph.linkers import LabelLinker, Preset

Answer = Callable[[list[dict[str, Any]]], list[Any]]
"""Gives one JSON value, or an error, for each record."""


@dataclass(frozen=True, slots=True)
class GroundRecords:
    """Grounds a field of records. It pickles as its settings; a worker loads the graph when it needs it.

    :param field: the field with the label.
    :param scheme: scheme of the labels; if None, each record's own field ``scheme`` counts.
    :param limit: at most so many candidates.
    :param graph: where the graph is; the packaged one if None.
    :param preset: how sure an answer has to be.
    """

    field: str
    scheme: str | None
    limit: int
    graph: str | None
    preset: "Preset" = "balanced"

    def here(self) -> Answer:
        """Return what answers in this process.

        :raises UnknownTermError: if there is no such scheme.
        """
        from affectgraph.linkers import LabelLinker

        linker = LabelLinker(open_graph(self.graph))
        if self.scheme is not None:
            linker.graph.scheme(self.scheme)
        return lambda records: [self._answer(linker, record) for record in records]

    def by_ray(self, records: list[dict[str, Any]]) -> list[Any]:
        """Return the answers of records, worked out by Ray.

        :raises UnknownTermError: if there is no such scheme.
        :raises BackendError: if a block fails for good.
        :raises MissingExtraError: if Ray is not installed.
        """
        from affectgraph.linkers.bulk import map_rows

        if self.scheme is not None:
            open_graph(self.graph).scheme(self.scheme)
        wanted = [{key: record.get(key) for key in (self.field, "scheme")} for record in records]
        answers = map_rows([json.dumps(record) for record in wanted], self.answer_block)
        return [_opened(answer) for answer in answers]

    def answer_block(self, rows: list[str]) -> list[str]:
        """Return the answers of records in JSON, each as JSON: ``{"answer": ...}`` or ``{"error": ...}``."""
        from affectgraph.linkers.frames import linker_at

        linker = linker_at(self.graph)
        answers = [self._answer(linker, json.loads(row)) for row in rows]
        return [
            json.dumps({"error": str(x)} if isinstance(x, AffectGraphError) else {"answer": x})
            for x in answers
        ]

    def _answer(self, linker: "LabelLinker", record: dict[str, Any]) -> Any:
        from affectgraph.api.answers import Grounding

        own = record.get("scheme")
        try:
            if self.scheme is None and own is not None and not isinstance(own, str):
                raise InputError(f"Expected text in 'scheme', got {own!r}.")
            found = linker.ground(
                record.get(self.field),
                scheme=self.scheme or own,
                limit=self.limit,
                preset=self.preset,
            )
        except AffectGraphError as error:
            return error
        return as_data(Grounding.model_validate(found))


def require_preset(name: str) -> "Preset":
    """Return a preset by its name.

    :raises InputError: if there is no such preset.
    """
    from affectgraph.linkers.presets import PRESETS

    found = next((preset for preset in PRESETS if preset == name.strip().lower()), None)
    if found is None:
        raise InputError(f"Expected a preset of {', '.join(PRESETS)}, got {name!r}.")
    return found


def _opened(answer: str) -> Any:
    found = json.loads(answer)
    return InputError(found["error"]) if "error" in found else found["answer"]
