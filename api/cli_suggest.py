"""The command ``suggest``."""

from typing import Annotated

import typer

from affectgraph.api.cli_base import (
    GraphOption,
    JsonOption,
    LimitOption,
    app,
    emit,
    emit_json,
    open_graph,
    usage,
)


@app.command()
def suggest(
    text: Annotated[str, typer.Argument(help="What has been typed so far, such as dre.")],
    limit: LimitOption = 10,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this: concept, label or word; may be repeated.")
    ] = None,
    json_: JsonOption = False,
    graph: GraphOption = None,
) -> None:
    """Complete a name of a concept, a label or a word."""
    from affectgraph.linkers.suggest import KINDS, Suggester

    wrong = set(kind or ()) - set(KINDS)
    if wrong:
        raise usage(f"Expected --kind {', '.join(KINDS)}, got {', '.join(sorted(wrong))}.")
    kinds = [name for name in KINDS if not kind or name in kind]
    found = Suggester(open_graph(graph)).suggest(text, limit=limit, kinds=kinds)
    from affectgraph.api.suggestions import suggestions_text, to_suggestions

    if json_:
        emit_json(to_suggestions(found))
    else:
        emit(suggestions_text(found))
