"""AffectGraph: an open knowledge graph of emotions, and the service that checks models against it.

The functions here use the packaged graph, loaded once when it is first needed. Importing this package
loads nothing; see ``tests/test_imports.py``.

>>> import affectgraph
>>> affectgraph.ground("furious").concept.slug
'fury'
>>> affectgraph.check("AU20 is the nostril flare.").judgements[0].hint
'AU20 is the lip stretcher; nostril flare is AU38.'
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from affectgraph.ontology.version import VERSION as __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from affectgraph.kg import EmotionGraph
    from affectgraph.kg.observation import Observation
    from affectgraph.linkers import Grounding, LabelLinker, Preset
    from affectgraph.linkers.face_columns import Readings
    from affectgraph.ontology.errors import AffectGraphError
    from affectgraph.reasoner import (
        Checker,
        Reasoner,
        Reasoning,
        ReasonSettings,
        Report,
        RewardBreakdown,
        StatementVerdict,
        Weights,
    )
    from affectgraph.reasoner.models import LanguageModel

__all__ = [
    "__version__",
    "ask",
    "check",
    "ground",
    "ground_many",
    "load",
    "rationale_reward",
    "reason",
    "reason_many",
]


def load(location: "str | Path | None" = None) -> "EmotionGraph":
    """Return a graph; the packaged one, loaded once per process, if no location is given.

    :param location: an RDF file, an Oxigraph directory, or the ``http(s)://`` URL of a SPARQL endpoint.
    :raises BackendError: if there is no AffectGraph at the place.

    >>> load().concept("dread").path
    ('fear', 'nervousness', 'dread')
    """
    from affectgraph.kg import EmotionGraph
    from affectgraph.kg.default import default_graph

    return default_graph() if location is None else EmotionGraph.load(location)


@cache
def _linker() -> "LabelLinker":
    from affectgraph.linkers import LabelLinker

    return LabelLinker(load())


@cache
def _checker() -> "Checker":
    from affectgraph.reasoner import Checker

    return Checker(load())


@lru_cache(maxsize=8)
def _checker_by(sources: str) -> "Checker":
    return _checker().with_sources(sources)


def ground(
    label: object, *, scheme: str | None = None, limit: int = 5, preset: "Preset" = "balanced"
) -> "Grounding":
    """Return what a label means in the packaged graph; see :meth:`LabelLinker.ground`.

    >>> ground("table").reason
    'not_an_emotion'
    """
    return _linker().ground(label, scheme=scheme, limit=limit, preset=preset)


def ground_many(
    labels: "Iterable[object]",
    *,
    scheme: str | None = None,
    limit: int = 5,
    preset: "Preset" = "balanced",
) -> "list[Grounding]":
    """Return what each label means, in order; see :meth:`LabelLinker.ground_many`."""
    return _linker().ground_many(labels, scheme=scheme, limit=limit, preset=preset)


def check(
    rationale: str | None,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: "Mapping[str, float] | None" = None,
    vad: "Sequence[float] | None" = None,
    sources: str = "any",
) -> "Report":
    """Return what the packaged graph says about every claim of a rationale; see :meth:`Checker.check`.

    :param sources: whose word counts where sources disagree: ``any``, ``majority``, or the id of a source.

    >>> check("AU6 and AU12 suggest joy.").counts()["supported"]
    1
    """
    checker = _checker() if sources == "any" else _checker_by(sources)
    return checker.check(rationale, label=label, scheme=scheme, aus=aus, vad=vad)


def ask(
    statement: str,
    *,
    label: str | None = None,
    scheme: str | None = None,
    aus: "Mapping[str, float] | None" = None,
) -> "StatementVerdict":
    """Return whether a statement about an observation is true, false or unknown in the packaged graph.

    "true" means that it agrees with the observation and the graph's sources; see
    :func:`affectgraph.reasoner.judge_statement`.

    >>> ask("The lip corners are pulled up.", aus={"AU12_r": 2.9}).truth
    'true'
    """
    from affectgraph.reasoner import judge_statement

    return judge_statement(_checker(), statement, label=label, scheme=scheme, aus=aus)


def rationale_reward(
    text: str,
    *,
    observed: "Mapping[str, float] | Readings | None",
    label: str | None = None,
    scheme: str | None = None,
    weights: "Weights | None" = None,
) -> "RewardBreakdown":
    """Return the reward for a rationale of one observation, by the packaged graph.

    See :func:`affectgraph.reasoner.rationale_reward`; the default weights if none are given.

    >>> rationale_reward("", observed={"AU12": 0.9}, label="joy").total
    -0.2667
    """
    from affectgraph.reasoner import Weights, reward

    return reward.rationale_reward(
        text,
        observed=observed,
        label=label,
        scheme=scheme,
        graph=load(),
        weights=Weights() if weights is None else weights,
    )


def reason(
    observation: "Observation | Mapping[str, Any]",
    *,
    model: "LanguageModel | None" = None,
    settings: "ReasonSettings | None" = None,
) -> "Reasoning":
    """Return an emotion with a rationale that the packaged graph has checked; see :meth:`Reasoner.reason`.

    :param observation: an :class:`Observation`, or a record with any of ``text``, ``aus``, ``vad``,
        ``label``, ``labels``, ``scheme``.
    :param model: writes the rationale; without one the graph writes its own.
    :param settings: how the model is asked; the defaults if left out.

    >>> found = reason({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})
    >>> found.emotion.slug, found.stopped
    ('joy', 'no_model')
    """
    return _reasoner(model, settings).reason(observation)


def reason_many(
    observations: "Iterable[Observation | Mapping[str, Any]]",
    *,
    model: "LanguageModel | None" = None,
    settings: "ReasonSettings | None" = None,
) -> "list[Reasoning | AffectGraphError]":
    """Return what came of each observation, in order; a bad one gives its error and loses no other.

    See :meth:`Reasoner.reason_many`.
    """
    return _reasoner(model, settings).reason_many(observations)


@cache
def _graph_reasoner() -> "Reasoner":
    from affectgraph.reasoner import Reasoner

    return Reasoner(load())


def _reasoner(model: "LanguageModel | None", settings: "ReasonSettings | None") -> "Reasoner":
    return _graph_reasoner().using(model, settings)
