"""The command ``envelope``: predictions and observations as EmotionML, Onyx or RDF."""

from typing import TYPE_CHECKING, Annotated

import typer

from affectgraph.api.cli_base import (
    FAULTY,
    GraphOption,
    SchemeOption,
    app,
    emit,
    note,
    open_graph,
)
from affectgraph.api.record_files import open_input, read_json_lines
from affectgraph.ontology.errors import AffectGraphError, InputError

if TYPE_CHECKING:
    from affectgraph.kg.graph import EmotionGraph
    from affectgraph.kg.observation import Observation


@app.command()
def envelope(
    input_: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON lines; stdin for '-'.")],
    to: Annotated[str, typer.Option(help="emotionml, onyx, or rdf in the project's own terms.")] = (
        "emotionml"
    ),
    categories: Annotated[
        str | None,
        typer.Option(
            help="Vocabulary of the categories, such as big6 or fsre-categories, or affectgraph for the "
            "concepts themselves. By default big6 in EmotionML, affectgraph in Onyx."
        ),
    ] = None,
    dimensions: Annotated[
        str | None,
        typer.Option(help="EmotionML: pad-dimensions (the default) or fsre-dimensions."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="Onyx and RDF: turtle (the default), jsonld or ntriples."),
    ] = None,
    scheme: SchemeOption = None,
    graph: GraphOption = None,
) -> None:
    """Write predictions or observations as EmotionML or Onyx.

    A record with "episodes" is an observation; any other is a prediction with the fields label, scheme,
    aus, vad, and item (or id), text, agent, created. One document goes to stdout; what it cannot carry is
    said on stderr, line by line, as are records that are left out.
    """
    from affectgraph.kg.envelopes import write_envelope

    opened = open_graph(graph)
    observations, faulty = _read(opened, input_, scheme)
    written = write_envelope(
        opened, observations, to=to, categories=categories, dimensions=dimensions, format=format_
    )
    emit(written.content.rstrip("\n"))
    for loss in written.losses:
        note(f"loss: {loss}")
    note(f"{len(observations)} records, {len(written.losses)} losses, {faulty} bad")
    if faulty:
        raise typer.Exit(FAULTY)


def _read(graph: "EmotionGraph", name: str, scheme: str | None) -> tuple[list["Observation"], int]:
    """Return the observations of a file, and how many lines are bad; each of those is said."""
    from affectgraph.kg.observed import resolve
    from affectgraph.linkers import LabelLinker
    from affectgraph.reasoner.observing import observe

    if scheme is not None:
        graph.scheme(scheme)
    linker = LabelLinker(graph)
    found: list[Observation] = []
    faulty = 0
    with open_input(name) as stream:
        for line in read_json_lines(stream):
            try:
                if line.record is None:
                    raise InputError(line.fault)
                found.append(resolve(graph, observe(linker, line.record, scheme=scheme)))
            except AffectGraphError as error:
                faulty += 1
                note(f"line {line.number}: {error}")
    return found, faulty
