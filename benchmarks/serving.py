"""What a server of language models makes of the reasoner's requests; any that speaks chat completions.

    python benchmarks/serving.py http://localhost:8000/v1#NAME --observations 32 --concurrency 32

For each form of answer: how many answers were in form, at the first try or the second, how long prompts were
and how much of them the server had cached, whether a sample with a seed comes again, and tokens per second
with that many requests under way. Exits with 1 if an answer with a constraint was out of form, or a request
failed. Observations are drawn with a fixed seed (``reasoning_loop.py``). Without an address it prints the
longest request that the default effort makes, by which ``max-model-len`` of a server is set:

    python benchmarks/serving.py

Models with random weights, to try a server without a real one: ``random_models.py``.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from reasoning_loop import observations
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Draft, Effort, Reasoner, Reasoning, ReasonSettings
from affectgraph.reasoner.effort import FULL
from affectgraph.reasoner.models import GenerationRequest, HttpModel, Message, ScriptedModel
from affectgraph.reasoner.models.server.chat import first_ask, payload
from affectgraph.reasoner.models.server.checks import fault_of
from affectgraph.reasoner.models.server.profiles import profile_named
from affectgraph.reasoner.prompt_styles import Answer
from affectgraph.reasoner.retrieve import estimate_tokens

FORMS: tuple[Answer, ...] = ("json", "cited", "free")
EFFORT = Effort(rounds=1, drafts=2)
"""A greedy draft and a sample with a seed, with 200 facts in the prompt."""

LONGEST_TEXT = "I was devastated and furious, ashamed and yet relieved. " * 72
"""As long as an observed text can be before it is cut: 4,000 characters."""

_ASKED_AGAIN = "asked again"
_REFUSED = "the server refused"


@dataclass(frozen=True)
class Seen:
    """What came of one form of answer.

    :param first: answers in form at the first try. :param again: those asked for twice, or in words.
    """

    form: Answer
    answers: int
    in_form: int
    first: int
    again: int
    failures: tuple[str, ...]
    prompt_tokens: int
    cached: float
    tokens_per_second: float
    equal_seeds: bool

    @property
    def holds(self) -> bool:
        """Whether nothing failed and each answer is in form; free text has none."""
        return not self.failures and (self.form == "free" or self.in_form == self.answers)


def ask(
    graph: EmotionGraph, model: HttpModel, form: Answer, records: Sequence[dict[str, Any]]
) -> Seen:
    """Return what came of the observations, asked with one form of answer."""
    reasoner = Reasoner(graph, model, settings=ReasonSettings(answer=form, effort=EFFORT))
    start = perf_counter()
    found = reasoner.reason_many(records)
    seconds = perf_counter() - start
    drafts = [
        d for r in found if isinstance(r, Reasoning) for turn in r.rounds for d in turn.drafts
    ]
    failures = [str(r) for r in found if not isinstance(r, Reasoning)]
    failures += [str(r.error) for r in found if isinstance(r, Reasoning) and r.error is not None]
    equal = not failures and is_repeatable(reasoner, records[0])
    return _seen(form, drafts, failures, seconds, equal)


def _seen(
    form: Answer, drafts: Sequence[Draft], failures: list[str], seconds: float, equal: bool
) -> Seen:
    good = [draft for draft in drafts if not draft.problem]
    again = [draft for draft in drafts if _was_asked_again(draft)]
    prompts = sum(draft.generation.usage.prompt_tokens for draft in drafts)
    cached = sum(draft.generation.usage.cached_tokens for draft in drafts)
    written = sum(draft.generation.usage.completion_tokens for draft in drafts)
    return Seen(
        form=form,
        answers=len(drafts),
        in_form=len(good),
        first=sum(not _was_asked_again(draft) for draft in good),
        again=len(again),
        failures=tuple(failures[:3]),
        prompt_tokens=max((d.generation.usage.prompt_tokens for d in drafts), default=0),
        cached=round(cached / prompts, 3) if prompts else 0.0,
        tokens_per_second=round(written / seconds, 1),
        equal_seeds=equal,
    )


def _was_asked_again(draft: Draft) -> bool:
    notes = draft.generation.notes
    return any(_ASKED_AGAIN in note or note.startswith(_REFUSED) for note in notes)


def is_repeatable(reasoner: Reasoner, record: dict[str, Any]) -> bool:
    """Return whether the sample of an observation comes again, word for word, by its seed."""
    one = [reasoner.reason(record).rounds[0].drafts[-1].generation.text for _ in range(2)]
    return one[0] == one[1]


def longest_request(graph: EmotionGraph) -> tuple[int, GenerationRequest]:
    """Return the longest request of the default effort, and its tokens by estimate, the answer's with them.

    The observation has the longest text and many actions; each draft takes all the tokens it may, and as
    many of its sentences are wrong as an answer may have. Such a draft is asked for once more, which the
    tokens are those of where there is a constraint; the request is as it was first.
    """
    wrong = "AU20 is the nostril flare. " * FULL.steps
    filler = wrong + "So it seems. " * ((FULL.max_tokens * 3 - len(wrong)) // 13)
    effort = replace(FULL, drafts=1)
    most, longest = 0, GenerationRequest((Message("user", "-"),))
    for form in FORMS:
        model = ScriptedModel(lambda _: filler)
        reasoner = Reasoner(graph, model, settings=ReasonSettings(answer=form, effort=effort))
        for record in observations(graph, 8, 5):
            reasoner.reason({**record, "text": LONGEST_TEXT})
        for request in model.requests:
            tokens = _prompt_tokens(request, filler) + request.max_tokens
            if tokens > most:
                most, longest = tokens, request
    return most, longest


def _prompt_tokens(request: GenerationRequest, answer: str) -> int:
    """Return the tokens of a prompt, that of the second try if an answer breaks the constraint."""
    profile = profile_named("vllm")
    ask = first_ask(request, profile)
    if (fault := fault_of(answer, request.constraint)) is not None:
        ask = ask.again(answer, fault)
    messages = payload(ask, "-", profile, stream=False)["messages"]
    return sum(estimate_tokens(message["content"]) for message in messages)


def print_seen(seen: Seen) -> None:
    print(
        f"{seen.form:6} in form {seen.in_form} of {seen.answers} ({seen.first} at the first try, "
        f"{seen.again} asked again); prompts up to {seen.prompt_tokens} tokens, {seen.cached:.0%} cached; "
        f"{seen.tokens_per_second} tokens/s; equal by seed: {'yes' if seen.equal_seeds else 'no'}"
    )
    for failure in seen.failures:
        print(f"       failed: {failure[:300]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("url", nargs="?", help="address with the model's name behind a #")
    parser.add_argument("--observations", type=int, default=16)
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the figures as lines of JSON")
    options = parser.parse_args()
    print_run_info()
    graph = EmotionGraph.load()
    if options.url is None:
        most, request = longest_request(graph)
        print(
            f"longest request of the default effort: {most} tokens by estimate (3 characters each), with a "
            f"first answer out of form and {request.max_tokens} for the second"
        )
        return
    model = HttpModel.connect(options.url, concurrency=options.concurrency)
    print(f"{model}; {options.observations} observations, {options.concurrency} requests at once")
    records = observations(graph, options.observations, options.seed)
    try:
        found = [ask(graph, model, form, records) for form in FORMS]
    finally:
        model.close()
    for seen in found:
        print(json.dumps(vars(seen))) if options.json else print_seen(seen)
    raise SystemExit(0 if all(seen.holds for seen in found) else 1)


if __name__ == "__main__":
    main()
