"""What ``reason`` writes beside its answers: traces of runs as JSON lines or RDF, and training data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from affectgraph.api.cli_base import note, to_json, usage
from affectgraph.api.record_files import JSON_ENDINGS
from affectgraph.ontology.errors import AffectGraphError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph
    from affectgraph.reasoner import Reasoning

RDF_ENDINGS = {".jsonld": "jsonld", ".nt": "ntriples", ".trig": "trig", ".ttl": "turtle"}
"""Ending of a trace in RDF -> name of its format."""

TraceOption = Annotated[
    Path | None,
    typer.Option(
        "--trace",
        help="Write every run with its prompts, drafts and verdicts to a new file: .jsonl, .trig, .ttl, .nt "
        "or .jsonld.",
    ),
]
DigestsOption = Annotated[
    bool,
    typer.Option("--digests", help="In --trace: digests in place of texts, prompts and answers."),
]
PairsOption = Annotated[
    Path | None,
    typer.Option("--pairs", help="Write preference pairs for training to a new .jsonl file."),
]
AcceptedOption = Annotated[
    Path | None,
    typer.Option("--accepted", help="Write accepted rationales for training to a new .jsonl file."),
]

Take = Callable[["Reasoning | AffectGraphError"], None]
"""Takes what came of an observation, in order."""


@dataclass(frozen=True, slots=True)
class TraceFiles:
    """Files to write beside the answers; None for one that is not asked for.

    :param trace: every run. :param digests: whether digests stand in it in place of words.
    :param pairs: preference pairs. :param accepted: accepted rationales.
    :raises typer.BadParameter: if a name has no ending that says how to write it, or ``digests`` comes
        without a trace.
    """

    trace: Path | None = None
    digests: bool = False
    pairs: Path | None = None
    accepted: Path | None = None

    def __post_init__(self) -> None:
        if self.digests and self.trace is None:
            raise usage("--digests goes with --trace.")
        _require_ending("--trace", self.trace, {*JSON_ENDINGS, *RDF_ENDINGS})
        _require_ending("--pairs", self.pairs, JSON_ENDINGS)
        _require_ending("--accepted", self.accepted, JSON_ENDINGS)

    @contextmanager
    def opened(self, graph: "EmotionGraph", *, to: Path | None = None) -> Iterator[Take]:
        """Give what takes the runs; the files are whole at the end, also if the work is stopped.

        If it is stopped before the first run, as when a model cannot be opened, they stay empty, so that the
        same command may be given again.

        A trace in JSON lines is written as runs come. For the other files all runs are kept in memory.

        :param graph: the graph that the runs use.
        :param to: where the answers go.
        :raises typer.BadParameter: if two files are one, or one cannot be written or has something in it.
        """
        _require_apart(to, self.trace, self.pairs, self.accepted)
        with _new(self.trace) as trace, _new(self.pairs) as pairs, _new(self.accepted) as accepted:
            writer = _Writer(graph, self, trace, pairs, accepted)
            try:
                yield writer.take
            except BaseException:
                if writer.has_taken:
                    writer.end()
                raise
            writer.end()


class _Writer:
    """Writes runs to open files; None for one that is not asked for."""

    def __init__(
        self,
        graph: "EmotionGraph",
        files: TraceFiles,
        trace: BinaryIO | None,
        pairs: BinaryIO | None,
        accepted: BinaryIO | None,
    ) -> None:
        self._graph = graph
        self._files = files
        self._trace, self._pairs, self._accepted = trace, pairs, accepted
        ending = files.trace.suffix.lower() if files.trace is not None else ""
        self._format = RDF_ENDINGS.get(ending)
        self._keeps = bool(self._format or pairs or accepted)
        self._runs: list[Reasoning | AffectGraphError] = []
        self.has_taken = False

    def take(self, found: "Reasoning | AffectGraphError") -> None:
        """Write what came of an observation, or keep it for the end."""
        from affectgraph.reasoner import trace_record

        self.has_taken = True
        if self._trace is not None and self._format is None:
            _write_lines(self._trace, [trace_record(found, texts=not self._files.digests)])
            self._trace.flush()
        if self._keeps:
            self._runs.append(found)

    def end(self) -> None:
        """Write what needs all runs, and say on stderr what is not in it."""
        from affectgraph.reasoner import reasonings_to_rdf, training_data

        if self._trace is not None and self._format is not None:
            found = reasonings_to_rdf(
                self._graph, self._runs, format=self._format, texts=not self._files.digests
            )
            self._trace.write(found.content.encode("utf-8"))
            note(
                f"{self._files.trace}: {len(self._runs) - len(found.losses)} runs, "
                f"{len(found.losses)} records without one"
            )
        if self._pairs is None and self._accepted is None:
            return
        data = training_data(self._runs)
        for stream, path, records in (
            (self._pairs, self._files.pairs, data.pairs),
            (self._accepted, self._files.accepted, data.accepted),
        ):
            if stream is not None:
                _write_lines(stream, records)
                note(f"{path}: {len(records)} records")
        if data.left_out:
            said = "; ".join(f"{count} {why}" for why, count in data.left_out.items())
            note(f"left out of training data: {said}")


def _require_ending(option: str, path: Path | None, endings: Iterable[str]) -> None:
    if path is not None and path.suffix.lower() not in endings:
        raise usage(f"Expected {option} with a name in {', '.join(sorted(endings))}, got {path}.")


def _require_apart(*paths: Path | None) -> None:
    given = [path.resolve() for path in paths if path is not None]
    twice = [path for path in given if given.count(path) > 1]
    if twice:
        raise usage(f"{twice[0]} is named twice. Name a file of its own for each.")


@contextmanager
def _new(path: Path | None) -> Iterator[BinaryIO | None]:
    """Give a file for writing that has nothing in it yet; None for None."""
    if path is None:
        yield None
        return
    try:
        if path.exists() and path.stat().st_size:
            raise usage(f"{path} exists. Remove it first, or name another file.")
        stream = path.open("wb")
    except OSError as error:
        raise usage(f"Cannot write {path}: {error.strerror}.") from error
    with stream:
        yield stream


def _write_lines(stream: BinaryIO, records: Iterable[Mapping[str, Any]]) -> None:
    for record in records:
        stream.write(to_json(record).encode("utf-8") + b"\n")
