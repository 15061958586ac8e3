"""The reward as trainers call it: TRL's GRPO trainer and verl. Neither is imported.

Both give columns of a data set along: ``observed`` (detector columns), ``label`` and ``scheme``.
"""

import json
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from affectgraph.kg.default import default_graph
from affectgraph.kg.finite import written
from affectgraph.kg.graph import EmotionGraph
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.checker import MAX_LENGTH
from affectgraph.reasoner.reward import (
    DEFAULT_WEIGHTS,
    RewardBreakdown,
    RewardParts,
    Weights,
    rationale_reward,
)

_TRUTH = ("label", "scheme", "observed")

_log = logging.getLogger(__name__)


def trl_reward(
    prompts: Sequence[object],
    completions: Sequence[object],
    completion_ids: Sequence[object] | None = None,
    *,
    observed: Sequence[Mapping[str, float | None] | None] | None = None,
    label: Sequence[str | None] | None = None,
    scheme: Sequence[str | None] | None = None,
    trainer_state: object = None,
    log_extra: Callable[[str, list[Any]], None] | None = None,
    log_metric: Callable[[str, float], None] | None = None,
    graph: EmotionGraph | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
    **columns: object,
) -> list[float | None]:
    """Return one reward per completion, in order, as TRL's ``GRPOTrainer(reward_funcs=...)`` asks for.

    For other weights or another graph give ``functools.partial(trl_reward, weights=...)``. A row whose
    readings, label or scheme cannot be used has None, which TRL leaves out; the log says why, once a
    batch, and names labels that no concept stands for. Of a completion of more than 100,000 characters
    the rest is not read.

    :param prompts: one per completion; not read.
    :param completions: texts, or lists of chat messages, of which those of the assistant are read.
    :param observed: the column of readings; entries without a value are left out, as ``datasets`` fills
        up objects of unlike keys with None.
    :param label: the column of right labels.
    :param scheme: the column of the labels' schemes.
    :param log_extra: gets the parts of each reward as columns of TRL's table of completions.
    :param log_metric: gets the mean of each part.
    :param graph: the packaged one if left out.
    :raises InputError: if a column has another length than the completions, or a completion is neither
        text nor messages.

    >>> trl_reward(prompts=["?"], completions=[""], observed=[{"AU12": 0.9}], label=["joy"])
    [-0.2667]
    """
    count = len(completions)
    rows = zip(
        map(completion_text, completions),
        _column("observed", observed, count),
        _column("label", label, count),
        _column("scheme", scheme, count),
        strict=True,
    )
    used = default_graph() if graph is None else graph
    answers = [_reward(*row, graph=used, weights=weights) for row in rows]
    for message in dict.fromkeys(message for _, message in answers if message):
        _log.warning(message)
    found = [reward for reward, _ in answers]
    _log_parts(found, log_extra, log_metric)
    return [reward.total if reward else None for reward in found]


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: object,
    extra_info: Mapping[str, object] | None = None,
    *,
    graph: EmotionGraph | None = None,
    weights: Weights | Mapping[str, float] = DEFAULT_WEIGHTS,
    **kwargs: object,
) -> dict[str, float]:
    """Return the reward as ``score``, and its parts, as verl's reward managers ask for.

    Parts that the row leaves undefined are NaN. Threads may call it at once.

    :param data_source: name of the data set; not read.
    :param solution_str: the completion; beyond 100,000 characters it is not read.
    :param ground_truth: the right label, or an object with ``label``, ``scheme`` and ``observed``, or
        that object as JSON text, which keeps parquet from filling up keys.
    :param extra_info: may hold ``scheme`` and ``observed``, too.
    :param graph: the packaged one if left out.
    :param weights: a mapping, too, as ``reward_kwargs`` of verl's configuration give it.
    :param kwargs: what else a version of verl gives along; not read.
    :raises InputError: if completion, ground truth, extra info, readings or weights cannot be used.
    :raises UnknownTermError: if there is no such scheme.

    >>> compute_score("faces", "AU12 is shown.", {"label": "joy", "observed": {"AU12": 0.9}})["au"]
    1.0
    """
    if not isinstance(solution_str, str):
        raise InputError(f"Expected the completion as text, got {written(solution_str)}.")
    truth = {**_extra(extra_info), **_truth(ground_truth)}
    reward = rationale_reward(
        solution_str[:MAX_LENGTH],
        observed=_present(truth.get("observed")),
        label=truth.get("label"),  # type: ignore[arg-type]
        scheme=truth.get("scheme"),  # type: ignore[arg-type]
        graph=default_graph() if graph is None else graph,
        weights=_weights(weights),
    )
    parts = {n: math.nan if v is None else v for n, v in reward.parts.values().items()}
    return {"score": reward.total, **parts}


def completion_text(completion: object) -> str:
    """Return what the assistant says in a completion: text, or a list of chat messages.

    :raises InputError: if it is neither.

    >>> completion_text([{"role": "assistant", "content": "She smiles."}])
    'She smiles.'
    """
    if isinstance(completion, str):
        return completion
    if isinstance(completion, Sequence) and all(isinstance(m, Mapping) for m in completion):
        said = [m.get("content") for m in completion if m.get("role", "assistant") == "assistant"]
        return "\n".join(filter(None, map(_content_text, said)))
    raise InputError(
        f"Expected a completion as text or as a list of chat messages, got {completion!r:.200}."
    )


def _content_text(content: object) -> str:
    """Return the text of a message: itself, or its blocks of type text; none for None."""
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, Sequence) else ()
    return "\n".join(str(b.get("text") or "") for b in blocks if isinstance(b, Mapping))


def _column(name: str, values: Sequence[Any] | None, count: int) -> Sequence[Any]:
    if values is None:
        return [None] * count
    if isinstance(values, str) or len(values) != count:
        raise InputError(
            f"Expected the column {name!r} with one entry per completion ({count}), got {values!r:.200}."
        )
    return values


def _reward(
    text: str,
    observed: object,
    label: Any,
    scheme: Any,
    *,
    graph: EmotionGraph,
    weights: Weights,
) -> tuple[RewardBreakdown | None, str]:
    """Return a row's reward, if it has one, and what is wrong with its data, if anything is."""
    try:
        reward = rationale_reward(
            text[:MAX_LENGTH],
            observed=_present(observed),
            label=label,
            scheme=scheme,
            graph=graph,
            weights=weights,
        )
    except AffectGraphError as error:
        return None, f"A row has no reward: {error}"
    if label is not None and reward.parts.label is None:
        return reward, f"A row is rewarded without its label: {reward.notes[-1]}"
    return reward, ""


def _present(observed: object) -> Mapping[str, float] | None:
    """Return readings without the columns that have no value; None if none has one."""
    if not isinstance(observed, Mapping):
        return observed  # type: ignore[return-value]  # rationale_reward says what is wrong with it
    return {column: value for column, value in observed.items() if value is not None} or None


def _weights(weights: object) -> Weights:
    if isinstance(weights, Weights):
        return weights
    names = [field.name for field in fields(Weights)]
    if not isinstance(weights, Mapping) or not set(weights) <= set(names):
        raise InputError(
            f"Expected weights as an object with some of {', '.join(names)}, got {written(weights)}."
        )
    return Weights(**weights)


def _extra(extra_info: object) -> dict[str, object]:
    """Return what extra info says of a row's truth; what else it holds is verl's own."""
    if extra_info is None:
        return {}
    if not isinstance(extra_info, Mapping):
        raise InputError(f"Expected extra_info as an object, got {written(extra_info)}.")
    return {k: v for k, v in extra_info.items() if k in {"scheme", "observed"}}


def _truth(ground_truth: object) -> dict[str, object]:
    if isinstance(ground_truth, str) and ground_truth.lstrip().startswith("{"):
        try:
            ground_truth = json.loads(ground_truth)
        except ValueError as error:
            raise InputError(
                f"Expected JSON in a ground truth that starts with {{, got {ground_truth!r:.200}."
            ) from error
    if ground_truth is None or isinstance(ground_truth, str):
        return {"label": ground_truth}
    if not isinstance(ground_truth, Mapping):
        raise InputError(
            "Expected the ground truth as a label or an object with label, scheme, observed, got "
            f"{ground_truth!r:.200}."
        )
    given = {name: value for name, value in ground_truth.items() if value is not None}
    unknown = sorted(str(name) for name in given if name not in _TRUTH)
    if unknown:
        raise InputError(
            f"Expected no other names in the ground truth than {', '.join(_TRUTH)}, got "
            f"{', '.join(unknown)}."
        )
    return given


def _log_parts(
    found: Sequence[RewardBreakdown | None],
    log_extra: Callable[[str, list[Any]], None] | None,
    log_metric: Callable[[str, float], None] | None,
) -> None:
    for name in RewardParts.__slots__:
        values = [getattr(reward.parts, name) if reward else None for reward in found]
        if log_extra is not None:
            log_extra(f"reward {name}", values)
        known = [value for value in values if value is not None]
        if log_metric is not None and known:
            log_metric(f"reward_parts/{name}", sum(known) / len(known))
