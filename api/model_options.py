"""Options that say which model reasons and how it is asked, read as settings; and the model opened."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from affectgraph.api.cli_base import usage
from affectgraph.api.cli_options import options_text
from affectgraph.api.json_text import read_json
from affectgraph.ontology.errors import InputError

if TYPE_CHECKING:
    from affectgraph.reasoner import Effort, Reasoner, ReasonSettings
    from affectgraph.reasoner.models import LanguageModel

Result = TypeVar("Result")

MODEL_NAMES = (
    "a folder, a name in the local Hugging Face cache, or the address of a server (URL#NAME where it has "
    "several models)"
)
"""What models can be named by, for help texts."""

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME|URL",
        help=f"Language model: {MODEL_NAMES}. The graph reasons alone if left out.",
    ),
]
DeviceOption = Annotated[
    str | None, typer.Option("--device", help="For a local model: cuda, cuda:1, cpu.")
]
DtypeOption = Annotated[
    str | None, typer.Option("--dtype", help="For a local model: bfloat16, float16, float32.")
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile", help="For a server: vllm, sglang, llama.cpp, ollama, openai, generic."
    ),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style", help="Prompt style: three-section (the default), three-hop, free, or your own."
    ),
]
PromptsOption = Annotated[
    Path | None,
    typer.Option("--prompts", metavar="FOLDER", help="Where prompt styles of your own lie."),
]
AnswerOption = Annotated[
    str | None, typer.Option("--answer", help="Form of answers: json (the default), cited, free.")
]
FeedbackOption = Annotated[
    str | None,
    typer.Option(
        "--feedback", help="plain (the default), affective, or tones in turn: joy,surprise,fear."
    ),
]
EffortOption = Annotated[
    str | None,
    typer.Option(
        "--effort",
        metavar="JSON",
        help='What may be spent on each observation, such as {"rounds": 2, "drafts": 1}; by how much the '
        "graph leaves open if left out.",
    ),
]
SeedOption = Annotated[
    int | None, typer.Option("--seed", help="Of the sampled drafts; 0 if left out.")
]


def require_model(model: str | None, options: Mapping[str, object]) -> None:
    """Refuse options that would have no effect, as no model is named.

    :param options: by name; None for one that is not given.
    :raises typer.BadParameter: if one is given.
    """
    given = [name for name, value in options.items() if value is not None]
    if model is None and given:
        verb = "goes" if len(given) == 1 else "go"
        raise usage(
            f"{options_text(given)} {verb} with --model; without one the graph reasons alone."
        )


def read_settings(
    *, effort: str | None, feedback: str | None, **settings: object
) -> "ReasonSettings":
    """Return settings; those that are None have their default.

    :param effort: as for :func:`read_effort`.
    :param feedback: ``plain``, ``affective``, or tones with commas between them.
    :param settings: the other fields of :class:`affectgraph.reasoner.ReasonSettings`.
    :raises InputError: if a value is none of those that there are.

    >>> read_settings(effort=None, feedback="joy, anger", seed=7, style=None).feedback
    ('joy', 'anger')
    """
    from affectgraph.reasoner import ReasonSettings

    given = {name: value for name, value in settings.items() if value is not None}
    if effort is not None:
        given["effort"] = read_effort(effort)
    if feedback is not None:
        tones = tuple(tone.strip() for tone in feedback.split(","))
        given["feedback"] = tones if len(tones) > 1 else tones[0]
    return ReasonSettings(**given)  # type: ignore[arg-type]


def read_effort(text: str) -> "Effort":
    """Return an effort from a JSON object; what it leaves out has its default.

    :raises InputError: if the text is no such object, or a number is out of range.

    >>> read_effort('{"rounds": 1}')
    Effort(rounds=1, drafts=2, facts=200, steps=8, max_tokens=768)
    """
    from affectgraph.reasoner import Effort

    given = read_json(text, "an effort as JSON")
    names = [field.name for field in fields(Effort)]
    if not isinstance(given, dict) or not set(given) <= set(names):
        raise InputError(
            f"Expected a JSON object with some of {', '.join(names)}, got {text[:80]!r}."
        )
    return Effort(**given)


@contextmanager
def with_model(
    reasoner: "Reasoner",
    name: str | None,
    *,
    device: str | None,
    dtype: str | None,
    profile: str | None,
) -> "Iterator[Reasoner]":
    """Give the reasoner with a model, opened by its name and closed at the end; as it is if there is none.

    :raises AffectGraphError: as :func:`affectgraph.reasoner.models.open_model` does.
    """
    if name is None:
        yield reasoner
        return
    from affectgraph.reasoner.models import open_model

    model = open_model(name, device=device, dtype=dtype, profile=profile)
    try:
        yield reasoner.using(model)
    finally:
        model.close()


def closing_if_interrupted(model: "LanguageModel | None", work: Callable[[], Result]) -> Result:
    """Return what work with a model gives; Ctrl+C closes the model, so that the work ends soon.

    With a model the work runs in a thread of its own, for this one to be free to close it.

    :raises KeyboardInterrupt: once the work has ended.
    """
    if model is None:
        return work()
    with ThreadPoolExecutor(1, thread_name_prefix="work") as pool:
        try:
            return pool.submit(work).result()
        except KeyboardInterrupt:
            model.close()
            raise
