"""Makes training data of runs of reasoning: accepted rationales, and pairs of a better and a worse draft.

Records have the columns that TRL reads in its conversational format
(https://huggingface.co/docs/trl/dataset_formats): ``prompt`` and ``completion`` for supervised fine-tuning,
``prompt``, ``chosen`` and ``rejected`` for preference training; other columns say where a record comes from.

What would teach a model to win cheaply is left out, and counted: see :func:`training_data`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from affectgraph.kg.finite import is_finite, written
from affectgraph.ontology.errors import AffectGraphError, InputError
from affectgraph.reasoner.graph_rationale import is_decided
from affectgraph.reasoner.model import Claim, Judgement
from affectgraph.reasoner.models.model import Message
from affectgraph.reasoner.reasoning import Draft, Reasoning, Round, each_run

LEAST_GAP = 0.1
"""Least difference of two scores that makes a pair. Set by judgement."""

LEAST_SCORE = 0.5
"""Least score of an accepted rationale. Set by judgement."""

Record = Mapping[str, Any]
Step = Literal["revision", "drafts"]
"""Where a pair comes from: a draft and its revision, or two drafts of one round."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Records for training, as JSON data.

    :param accepted: one per run at most, in order: ``prompt``, ``completion``, and ``graph_version``,
        ``model``, ``style``, ``emotion`` (empty if it abstains), ``score``, ``round``.
    :param pairs: in order of the runs and their rounds: ``prompt``, ``chosen``, ``rejected``, and
        ``graph_version``, ``model``, ``style``, ``step`` (``revision`` or ``drafts``), ``chosen_score``,
        ``rejected_score``, ``chosen_round``, ``rejected_round``, ``mended``: the claims contradicted in the
        rejected text and not in the chosen one, each with ``type``, ``quote``, ``rule``, ``sentence``.
    :param left_out: what was left out -> how often: ``run: ...`` gives neither, ``accepted: ...`` the kept
        draft of a run, ``pair: ...`` two drafts; only what occurred.
    """

    accepted: tuple[Record, ...]
    pairs: tuple[Record, ...]
    left_out: Mapping[str, int]


def training_data(
    reasonings: Iterable[Reasoning | AffectGraphError],
    *,
    least_gap: float = LEAST_GAP,
    least_score: float = LEAST_SCORE,
) -> TrainingData:
    """Return what can be trained on from runs with a model; equal runs give equal records.

    The prompt is that of a run's first round, for drafts of later rounds too: what is to be learned is to
    answer well at once. A completion is the answer as it came, in its form, without the model's thoughts.

    Accepted is the kept draft of a run if it is in form, whole and Unicode text, nothing in it is
    contradicted, its conclusion is not unsupported, and its score reaches ``least_score``. A draft that
    abstains is accepted if the graph's own evidence decides for nothing either, and the answer says so in a
    form that has a word for it (``json``).

    A pair is made of the best draft of a round and each other draft of it, and of the best drafts of two
    rounds in turn, which is what the model was shown and what it made of it. The better one by its score is
    chosen, whichever came first. Left out are pairs whose scores differ by less than ``least_gap``; of equal
    texts; with an empty or broken-off answer, or one with lone surrogates; whose chosen draft is not in
    form, has more contradicted claims or a worse conclusion than the rejected one (its score can be higher
    still), or abstains where the evidence decides; and those that came before with the same prompt.

    Records hold observed texts, prompts and answers.

    :param least_gap: above 0 to 2; scores lie in -1..1.
    :param least_score: -1 to 1.
    :raises InputError: if a number is out of its range, or a single reasoning or anything else is given.

    >>> import affectgraph
    >>> alone = affectgraph.reason({"aus": {"AU06_r": 2.1, "AU12_r": 2.9}})
    >>> training_data([alone])
    TrainingData(accepted=(), pairs=(), left_out={'run: no model': 1})
    """
    if not is_finite(least_gap) or not 0 < float(least_gap) <= 2:
        raise InputError(f"Expected least_gap above 0 to 2, got {written(least_gap)}.")
    if not is_finite(least_score) or not -1 <= float(least_score) <= 1:
        raise InputError(f"Expected least_score in -1..1, got {written(least_score)}.")
    collector = _Collector(float(least_gap), float(least_score))
    for reasoned in each_run(reasonings):
        collector.take(reasoned)
    return collector.data()


class _Collector:
    """Gathers records, each once, and counts what is left out."""

    def __init__(self, least_gap: float, least_score: float) -> None:
        self._least_gap = least_gap
        self._least_score = least_score
        self._accepted: dict[tuple[object, ...], Record] = {}
        self._pairs: dict[tuple[object, ...], Record] = {}
        self._left_out: Counter[str] = Counter()

    def data(self) -> TrainingData:
        """Return what was gathered."""
        left_out = dict(sorted(self._left_out.items()))
        return TrainingData(tuple(self._accepted.values()), tuple(self._pairs.values()), left_out)

    def take(self, reasoned: Reasoning | AffectGraphError) -> None:
        """Gather what one run gives."""
        if isinstance(reasoned, AffectGraphError):
            self._left_out["run: error"] += 1
        elif reasoned.kept is None:
            self._left_out["run: no model"] += 1
        else:
            self._accept(reasoned, reasoned.kept)
            for pair in _pairs(reasoned):
                self._pair(reasoned, pair)

    def _accept(self, run: Reasoning, kept: Draft) -> None:
        key = (run.rounds[0].messages, kept.generation.text)
        reason = _unaccepted(run, kept, self._least_score)
        if not reason and key in self._accepted:
            reason = "came before"
        if reason:
            self._left_out[f"accepted: {reason}"] += 1
        else:
            self._accepted[key] = {
                **_prompt(run),
                "completion": [_answer(kept)],
                **_origin(run),
                "emotion": kept.emotion.slug if kept.emotion is not None else "",
                "score": kept.score,
                "round": run.chosen,
            }

    def _pair(self, run: Reasoning, pair: "_Pair") -> None:
        key = (run.rounds[0].messages, *(d.generation.text for d in (pair.chosen, pair.rejected)))
        reason = _unpaired(run, pair, self._least_gap)
        if not reason and key in self._pairs:
            reason = "came before"
        if reason:
            self._left_out[f"pair: {reason}"] += 1
        else:
            self._pairs[key] = {
                **_prompt(run),
                "chosen": [_answer(pair.chosen)],
                "rejected": [_answer(pair.rejected)],
                **_origin(run),
                "step": pair.step,
                "chosen_score": pair.chosen.score,
                "rejected_score": pair.rejected.score,
                "chosen_round": pair.chosen_round,
                "rejected_round": pair.rejected_round,
                "mended": [_mended(one) for one in mended(pair.rejected, pair.chosen)],
            }


def _prompt(run: Reasoning) -> dict[str, Any]:
    return {"prompt": [_message(message) for message in run.rounds[0].messages]}


def _message(message: Message) -> dict[str, str]:
    return {"role": message.role, "content": message.content}


def _answer(draft: Draft) -> dict[str, str]:
    return {"role": "assistant", "content": draft.generation.text}


def _origin(run: Reasoning) -> dict[str, str]:
    return {
        "graph_version": run.evidence.graph_version,
        "model": run.model,
        "style": run.style,
    }


# --- accepted rationales --------------------------------------------------------------------------


def _unaccepted(run: Reasoning, kept: Draft, least_score: float) -> str:
    """Return why a kept draft is no example to follow; empty if it is one."""
    if kept.problem:
        return "not in form"
    if not _is_unicode(kept):
        return "no Unicode text"
    if kept.generation.finish_reason != "stop":
        return "broken off"
    if kept.failures:
        return "contradicted"
    if _abstains_wrongly(run, kept):
        return "abstains"
    if _conclusion(kept) == "unsupported":
        return "unsupported conclusion"
    return "low score" if kept.score < least_score else ""


def _is_unicode(draft: Draft) -> bool:
    """Return whether an answer has no lone surrogates, which no file in UTF-8 and no tokenizer takes."""
    return not any("\ud800" <= char <= "\udfff" for char in draft.generation.text)


def _abstains_wrongly(run: Reasoning, draft: Draft) -> bool:
    """Return whether a draft concludes nothing where the evidence decides, or without saying so."""
    if draft.emotion is not None:
        return False
    says_so = run.settings is not None and run.settings.answer == "json"
    return not says_so or is_decided(run.evidence)


def _conclusion(draft: Draft) -> str:
    """Return the verdict on what a draft concludes; empty if its text concludes nothing."""
    id_ = draft.report.conclusion
    return next((j.verdict for j in draft.report.judgements if j.claim.id == id_), "")


# --- pairs ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two drafts of a run, the better one by its score as chosen; of equals the earlier one."""

    step: Step
    chosen: Draft
    rejected: Draft
    chosen_round: int
    rejected_round: int


def _pairs(run: Reasoning) -> Iterator[_Pair]:
    for one in run.rounds:
        for draft in one.drafts:
            if draft is not one.chosen:
                yield _Pair("drafts", one.chosen, draft, one.number, one.number)
    for before, after in pairwise(run.rounds):
        yield _revision(before, after)


def _revision(before: Round, after: Round) -> _Pair:
    first, second = (before.chosen, before.number), (after.chosen, after.number)
    better, worse = (second, first) if second[0].score > first[0].score else (first, second)
    return _Pair("revision", better[0], worse[0], better[1], worse[1])


def _unpaired(run: Reasoning, pair: _Pair, least_gap: float) -> str:
    """Return why two drafts teach nothing, or the wrong thing; empty if they are a pair."""
    chosen, rejected = pair.chosen, pair.rejected
    if _is_same(chosen, rejected):
        return "same text"
    if not rejected.generation.text.strip() or _is_broken_off(chosen, rejected):
        return "empty or broken off"
    if not (_is_unicode(chosen) and _is_unicode(rejected)):
        return "no Unicode text"
    if round(chosen.score - rejected.score, 4) < least_gap:
        return "small gap"
    if chosen.problem:
        return "not in form"
    if len(chosen.failures) > len(rejected.failures):
        return "more contradicted"
    if _RANK.get(_conclusion(chosen), 1) < _RANK.get(_conclusion(rejected), 1):
        return "worse conclusion"
    return "abstains" if _abstains_wrongly(run, chosen) else ""


_RANK = {"supported": 2, "contradicted": 0}
"""Of verdicts on a conclusion; all others, and none, are 1."""


def _is_same(one: Draft, other: Draft) -> bool:
    texts = [
        {" ".join(text.split()) for text in (draft.generation.text, draft.rationale)}
        for draft in (one, other)
    ]
    return bool(texts[0] & texts[1])


def _is_broken_off(chosen: Draft, rejected: Draft) -> bool:
    """Return whether a pair has an answer cut at its end, or one whose reader went away.

    That an answer runs on until it is cut is a fault of its own, which a rejected one may have.
    """
    ended, stopped = chosen.generation.finish_reason, rejected.generation.finish_reason
    return ended != "stop" or stopped == "cancelled"


def mended(before: Draft, after: Draft) -> tuple[Judgement, ...]:
    """Return the contradicted claims of a draft that are not contradicted in another one, in their order.

    A claim is the same if it has the same type, subject, object and polarity; its words may differ.
    """
    still = {_key(one.claim) for one in after.failures}
    return tuple(one for one in before.failures if _key(one.claim) not in still)


def _key(claim: Claim) -> tuple[object, ...]:
    return (claim.type, claim.subject, claim.object, claim.polarity)


def _mended(judgement: Judgement) -> dict[str, str]:
    claim = judgement.claim
    return {
        "type": claim.type,
        "quote": claim.quote,
        "rule": judgement.rule,
        "sentence": judgement.sentence,
    }
