"""The command line: ``affectgraph COMMAND``. Text on stdout, or JSON with ``--json``; counts on stderr.

Exit codes: 0 done; 1 some input lines were bad (the good ones were answered), or a check or gate failed;
2 wrong use or refused input; 3 unknown term; 4 the store or a model failed, or an extra is missing.

Commands import what they need when they run, so that a lookup does not wait for the web service.
"""

from typing import Annotated

import typer

from affectgraph.api import (
    cli_annotate,
    cli_ask,
    cli_check,
    cli_columns,
    cli_config,
    cli_data,
    cli_envelope,
    cli_faces,
    cli_facts,
    cli_keys,
    cli_mcp,
    cli_places,
    cli_reason,
    cli_records,
    cli_releases,
    cli_reward,
    cli_service,
    cli_suggest,
    cli_user_data,
    cli_user_store,
    cli_vad,
    cli_vad_series,
    cli_wheel,
)
from affectgraph.api.cli_base import (
    GraphOption,
    JsonOption,
    LimitOption,
    VadOption,
    app,
    emit,
    emit_json,
    open_graph,
    usage,
)

__all__ = [
    "app",
    "cli_annotate",
    "cli_ask",
    "cli_check",
    "cli_columns",
    "cli_config",
    "cli_data",
    "cli_envelope",
    "cli_faces",
    "cli_facts",
    "cli_keys",
    "cli_mcp",
    "cli_places",
    "cli_reason",
    "cli_records",
    "cli_releases",
    "cli_reward",
    "cli_service",
    "cli_suggest",
    "cli_user_data",
    "cli_user_store",
    "cli_vad",
    "cli_vad_series",
    "cli_wheel",
    "main",
]

NEGATIVE_NUMBERS = {"ignore_unknown_options": True}
"""Setting that lets an argument start with a minus sign."""


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="Slug, label, CURIE or IRI, such as dread.")],
    json_: JsonOption = False,
    graph: GraphOption = None,
    vad: VadOption = None,
) -> None:
    """Show a concept: definition, path, opposites, values."""
    opened = open_graph(graph, vad)
    concept = opened.concept(name)
    if json_:
        from affectgraph.api import shapes

        emit_json(shapes.Concept.model_validate(concept))
        return
    from affectgraph.api.text import concept_text

    emit(concept_text(opened, concept))


@app.command(context_settings=NEGATIVE_NUMBERS)
def nearest(
    valence: Annotated[float, typer.Argument(metavar="V", help="Valence, -1..1.")],
    arousal: Annotated[float, typer.Argument(metavar="A", help="Arousal, -1..1.")],
    dominance: Annotated[float, typer.Argument(metavar="D", help="Dominance, -1..1.")],
    limit: LimitOption = 5,
    derived: Annotated[
        bool, typer.Option("--derived", help="Also concepts without a rated word.")
    ] = False,
    json_: JsonOption = False,
    graph: GraphOption = None,
    vad: VadOption = None,
) -> None:
    """List the concepts nearest to a VAD point.

    Valence, arousal and dominance lie in -1..1; rescale other scales first.
    """
    found = open_graph(graph, vad).nearest(
        valence, arousal, dominance, limit=limit, measured_only=not derived
    )
    if json_:
        from affectgraph.api import shapes

        emit_json(shapes.to_neighbours(found))
        return
    from affectgraph.api.text import neighbours_text

    emit(neighbours_text(found))


@app.command()
def aus(
    actions: Annotated[
        list[str] | None, typer.Argument(help="FACS codes, such as AU6 AU12.")
    ] = None,
    emotion: Annotated[str | None, typer.Option(help="Show this emotion's patterns.")] = None,
    detector: Annotated[
        str | None, typer.Option(help="Tool that reported the codes, such as openface.")
    ] = None,
    limit: LimitOption = 5,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Rank emotions by facial actions, or show patterns.

    A ranking is evidence about what a face shows, never a verdict about a person.
    """
    if bool(actions) == (emotion is not None):
        raise usage("Give FACS codes such as AU6 AU12, or --emotion NAME.")
    if emotion is not None:
        _show_patterns(emotion, json_, graph)
    else:
        _show_ranking(actions or [], detector, limit, json_, graph)


def _show_patterns(emotion: str, as_json: bool, location: str | None) -> None:
    patterns = open_graph(location).patterns(emotion)
    if as_json:
        from affectgraph.api import shapes

        emit_json([shapes.Pattern.model_validate(pattern) for pattern in patterns])
        return
    from affectgraph.api.text import patterns_text

    emit(patterns_text(patterns))


def _show_ranking(
    actions: list[str], detector: str | None, limit: int, as_json: bool, location: str | None
) -> None:
    graph = open_graph(location)
    found = graph.emotions_by_action_units(actions, detector=detector, limit=limit)
    if as_json:
        from affectgraph.api.answers import to_ranking

        codes = dict.fromkeys(graph.action_unit(name).code for name in actions)
        tool = graph.detector(detector).name if detector is not None else None
        emit_json(to_ranking(found, actions=codes, detector=tool))
        return
    from affectgraph.api.text import ranking_text

    emit(ranking_text(found))


@app.command(name="map")
def map_(
    source: Annotated[str, typer.Argument(help="Scheme of the labels, such as meld.")],
    target: Annotated[str, typer.Argument(help="Scheme to say them in, such as ekman-6.")],
    label: Annotated[
        str | None, typer.Option(help="Only this label, by its name or as data files write it.")
    ] = None,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Say the labels of one scheme in another, and what that loses."""
    opened = open_graph(graph)
    crossings = opened.crosswalk(source, target)
    if label is not None:
        wanted = label.strip().lower()
        crossings = tuple(
            c
            for c in crossings
            if wanted in {name.lower() for name in (c.label.name, *c.label.aliases)}
        )
        if not crossings:
            from affectgraph.ontology.errors import UnknownTermError

            names = tuple(x.name for x in opened.labels(source))
            raise UnknownTermError(label, kind=f"a label of {source}", nearest=names)
    if json_:
        from affectgraph.api.crossings import Crossing

        emit_json([Crossing.model_validate(crossing) for crossing in crossings])
        return
    from affectgraph.api.text import crosswalk_summary_text, crosswalk_text

    emit(crosswalk_text(crossings))
    if label is None:
        emit(crosswalk_summary_text(opened.crosswalk_summary(source, target)))


def main() -> None:
    """Run the command line; exits with a code."""
    app(prog_name="affectgraph")
