"""Reasons about more observations than one call likes: batches of Ray Data and of Hugging Face datasets.

What runs in a worker is a callable class that pickles as its settings; the graph is loaded and the model
opened when its first batch comes, once per worker. The packages of Ray come with the extra ``ray``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from math import isnan, nan
from pathlib import Path
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.linkers.bulk import import_ray_data
from affectgraph.ontology.errors import AffectGraphError, BackendError, InputError
from affectgraph.reasoner.claim_rdf import clean
from affectgraph.reasoner.loop import CONCURRENT, DEFAULT_SETTINGS, Reasoner, ReasonSettings
from affectgraph.reasoner.models.opening import open_model
from affectgraph.reasoner.reasoning import Reasoning

OBSERVED = ("text", "label", "scheme", "labels", "aus", "vad")
"""Columns that are read; see :func:`affectgraph.reasoner.given.take`."""

JSON_CELLS = ("labels", "aus", "vad")
"""Columns whose cells may be JSON as text."""

NOTHING: dict[str, Any] = {
    "emotion": "",
    "iri": "",
    "rationale": "",
    "statements": "[]",
    "stopped": "",
    "score": nan,
    "contradicted": 0,
    "rounds": 0,
    "prompt_tokens": 0,
    "completion_tokens": 0,
    "notes": "",
    "error": "",
}
"""The added columns, with what stands there where there is no answer."""


class ReasonBatch:
    """A callable that reasons about the rows of a batch, for ``Dataset.map_batches`` and ``datasets.map``.

    A batch, a mapping from column to cells, comes back with columns added: ``{prefix}emotion`` (its slug),
    ``iri``, ``rationale``, ``statements`` (JSON: a list of ``text`` and ``fact``), ``stopped``, ``score``
    (-1..1), ``contradicted`` (claims), ``rounds``, ``prompt_tokens``, ``completion_tokens``, ``notes`` (one
    a line) and ``error``. What is not known is the empty text, 0, or NaN, so that a column has one type in
    every batch. A bad row has its error and loses no other. Threads may not share one.

    Of the batch the columns ``text``, ``label``, ``scheme``, ``labels``, ``aus`` and ``vad`` are read, as
    :meth:`Reasoner.reason` takes them. Empty cells and members are as if not given; cells of the last three
    may be JSON as text.

    :param model: name, folder or address, as :func:`open_model` takes it; the graph alone if left out.
    :param settings: how the model is asked.
    :param graph: where the graph is, as :meth:`EmotionGraph.load` takes it; the packaged one if left out.
    :param options: of :func:`open_model`, such as ``{"concurrency": 64}`` or ``{"device": "cuda"}``.
    :param prefix: how the added columns' names start.

    >>> batch = {"text": ["", None], "aus": ['{"AU06_r": 2.1, "AU12_r": 2.9}', "{}"]}
    >>> found = ReasonBatch()(batch)
    >>> found["reasoned_emotion"], found["reasoned_error"][1]
    (['joy', ''], 'Expected one of the fields text, label, labels, aus, vad, got nothing.')
    """

    def __init__(
        self,
        model: str | Path | None = None,
        *,
        settings: ReasonSettings = DEFAULT_SETTINGS,
        graph: str | Path | None = None,
        options: Mapping[str, Any] | None = None,
        prefix: str = "reasoned_",
    ) -> None:
        self._model = model
        self._settings = settings
        self._graph = graph
        self._options = dict(options or {})
        self._prefix = prefix
        self._reasoner: Reasoner | None = None

    def __call__(self, batch: Mapping[str, Iterable[Any]]) -> dict[str, Any]:
        """Return the batch with its answers; the number and order of the rows stay.

        :raises InputError: if the batch is no mapping, has none of the columns, is a single record, has
            columns of different lengths, or an added one.
        :raises BackendError: if the model cannot be opened, or failed on every row that reached it, so that a
            server that is down ends the run.
        """
        records = list(_records(batch, self._prefix))
        found = self._opened().reason_many(records)
        _raise_if_none_came(found)
        rows = [NOTHING | _answer(one) for one in found]
        return {**batch, **{self._prefix + name: [row[name] for row in rows] for name in NOTHING}}

    def __getstate__(self) -> dict[str, Any]:
        """Return the settings, without graph and model."""
        return {**self.__dict__, "_reasoner": None}

    def close(self) -> None:
        """Close the model, if it was opened; the next batch opens it anew."""
        if self._reasoner is not None and self._reasoner.model is not None:
            self._reasoner.model.close()
        self._reasoner = None

    def _opened(self) -> Reasoner:
        if self._reasoner is None:
            graph = EmotionGraph.load(self._graph)
            model = None if self._model is None else open_model(self._model, **self._options)
            self._reasoner = Reasoner(graph, model, settings=self._settings)
        return self._reasoner


def reason_dataset(
    dataset: Any,
    model: str | Path | None = None,
    *,
    settings: ReasonSettings = DEFAULT_SETTINGS,
    graph: str | Path | None = None,
    options: Mapping[str, Any] | None = None,
    prefix: str = "reasoned_",
    batch_size: int = CONCURRENT,
    actors: int = 1,
    num_gpus: float = 0,
) -> Any:
    """Return a Ray dataset with the answers to its observations added; see :class:`ReasonBatch`.

    Lazy, as Ray Data is: the work is done when rows are taken or written. Each actor has a graph and a model
    of its own and takes a processor, so that on two processors one actor leaves one for reading and writing.
    Ray keeps no order of rows, so give them an id and sort by it where order matters.

    :param dataset: a ``ray.data.Dataset``.
    :param batch_size: rows of a call; as many are in work at once up to 32.
    :param actors: workers, of which each opens the model: one per GPU for a local model; for a server, so
        many that its batches are full.
    :param num_gpus: of each actor; 0 for a server.
    :raises InputError: if the dataset has none of the columns that are read, or a number is below its least.
    :raises MissingExtraError: if Ray is not installed.
    """
    if batch_size < 1 or actors < 1 or num_gpus < 0:
        raise InputError(
            f"Expected batch_size and actors of 1 or more and num_gpus of 0 or more, got {batch_size}, "
            f"{actors} and {num_gpus}."
        )
    data = import_ray_data("Reasoning in bulk")
    _check_columns(dataset.columns() or [], prefix)
    return dataset.map_batches(
        ReasonBatch,
        fn_constructor_args=(model,),
        fn_constructor_kwargs={
            "settings": settings,
            "graph": graph,
            "options": options,
            "prefix": prefix,
        },
        batch_size=batch_size,
        batch_format="numpy",
        compute=data.ActorPoolStrategy(size=actors),
        num_gpus=num_gpus or None,
    )


def _records(batch: Mapping[str, Iterable[Any]], prefix: str) -> Iterator[dict[str, Any]]:
    """Yield the observation of each row of a batch; the reasoner refuses a cell that is no JSON.

    :raises InputError: as :meth:`ReasonBatch.__call__`.
    """
    if not isinstance(batch, Mapping):
        raise InputError(
            f"Expected a batch, a mapping from column to cells, got {type(batch).__name__}. "
            "Call map with batched=True."
        )
    _check_columns(batch, prefix)
    columns = {name: batch[name] for name in OBSERVED if name in batch}
    for name, cells in columns.items():
        if isinstance(cells, str | bytes) or not isinstance(cells, Iterable):
            raise InputError(
                f"Expected a list of cells in {name!r}, got {type(cells).__name__}. "
                "Call map with batched=True."
            )
    lengths = {name: len(cells) for name, cells in columns.items() if isinstance(cells, Sized)}
    if len(set(lengths.values())) > 1:
        raise InputError(
            f"Expected columns of equal length, got {lengths}. Fill them up with None."
        )
    for cells in zip(*columns.values(), strict=True):
        row = {name: _cell(name, cell) for name, cell in zip(columns, cells, strict=True)}
        yield {name: value for name, value in row.items() if value is not None}


def _check_columns(names: Iterable[str], prefix: str) -> None:
    known = list(names)
    if not set(OBSERVED[:2] + OBSERVED[3:]) & set(known):
        raise InputError(
            f"Expected one of the columns {', '.join(OBSERVED)}, got {_listed(known)}. Rename them."
        )
    clashes = [prefix + name for name in NOTHING if prefix + name in known]
    if clashes:
        raise InputError(
            f"Expected columns other than {_listed(clashes)}, which this would write. "
            "Rename them, or give another prefix."
        )


def _cell(name: str, cell: Any) -> Any:
    """Return what a cell says in Python's own types; None if it is empty."""
    cell = _plain(cell)
    if name in JSON_CELLS and isinstance(cell, str):
        cell = _read_json(cell)
    is_nan = isinstance(cell, float) and isnan(cell)
    return None if is_nan or cell in ("", {}, []) else cell


def _read_json(cell: str) -> Any:
    """Return what a cell says in JSON; the cell itself if it is none, or nested too deep to be read."""
    try:
        value = _plain(json.loads(cell))
        json.dumps(value)  # as deep as the reasoner's messages will go into it
    except (ValueError, RecursionError):
        return cell
    return value


def _plain(value: Any) -> Any:
    """Return a value without numpy's types, and without members that are None, which Arrow fills in."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items() if member is not None}
    return [_plain(member) for member in value] if isinstance(value, list) else value


def _raise_if_none_came(found: Sequence[Reasoning | AffectGraphError]) -> None:
    """Raise the first error of the model, if no row has an answer and one failed for the model."""
    failed = [one for one in found if isinstance(one, BackendError)]
    if failed and not any(isinstance(one, Reasoning) for one in found):
        raise failed[0]


def _answer(found: Reasoning | AffectGraphError) -> dict[str, Any]:
    """Return what an answer adds; Arrow takes no lone surrogates, so each is written as U+FFFD."""
    return {n: clean(v) if isinstance(v, str) else v for n, v in _said(found).items()}


def _said(found: Reasoning | AffectGraphError) -> dict[str, Any]:
    if isinstance(found, AffectGraphError):
        return {"error": str(found)}
    said = [
        {"text": statement.text, "fact": statement.fact.text if statement.fact else None}
        for statement in found.statements
    ]
    return {
        "emotion": found.emotion.slug if found.emotion else "",
        "iri": found.emotion.iri if found.emotion else "",
        "rationale": found.rationale,
        "statements": json.dumps(said, ensure_ascii=False),
        "stopped": found.stopped,
        "score": float(found.score),
        "contradicted": found.report.counts()["contradicted"],
        "rounds": len(found.rounds),
        "prompt_tokens": found.usage.prompt_tokens,
        "completion_tokens": found.usage.completion_tokens,
        "notes": "\n".join(found.notes),
        "error": "" if found.error is None else str(found.error),
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
