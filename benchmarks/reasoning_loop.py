"""Times what the reasoning loop adds to a language model: retrieval, making the request, reading, checking.

Run: python benchmarks/reasoning_loop.py [--repeats N] [--seed N]. Observations are random sets of facial
actions, half of them with a text from the development comments and a third with a VAD point, drawn with a
fixed seed; each is another one, so nothing is remembered from the last but the graph's index. The model is
scripted, with an answer in JSON whose second sentence is wrong. Times are wall-clock milliseconds, once warm.
Tokens are words, as the scripted model counts them: of a clear and an open observation, where the answers
hold (one round) and where they never do (all rounds).
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from annotation_development import rows
from run_info import print_run_info

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import Effort, Reasoner, ReasonSettings, Retriever
from affectgraph.reasoner.models import GenerationRequest, ScriptedModel

TARGET_RETRIEVAL_MS = 2.0
TARGET_ROUND_MS = 5.0
CLEAR = {"aus": {"AU04": 0.0, "AU06": 0.9, "AU12": 0.9}}
OPEN = {"aus": {"AU01": 0.9, "AU02": 0.9, "AU05": 0.9, "AU26": 0.9}}


def observations(graph: EmotionGraph, number: int, seed: int) -> list[dict[str, Any]]:
    """Return random observations: one to six actions that py-feat reports, texts, points."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    codes = sorted(graph.detector("py-feat").codes)
    comments = [row["text"] for row in rows("emotional_comments.tsv")]
    found = []
    for place in range(number):
        shown = set(draw.sample(codes, draw.randint(1, 6)))
        record: dict[str, Any] = {"aus": {code: float(code in shown) for code in codes}}
        if place % 2:
            record["text"] = draw.choice(comments)
        if place % 3 == 0:
            record["vad"] = [round(draw.uniform(-1, 1), 2) for _ in range(3)]
        found.append(record)
    return found


def answer(sentences: Sequence[str]) -> Callable[[GenerationRequest], str]:
    """Return a script that always says these sentences and abstains."""
    steps = [{"text": text, "fact": "no fact"} for text in sentences]
    text = json.dumps({"steps": steps, "action_units": [], "emotion": "undetermined"})
    return lambda _: text


WRONG = ("The face shows AU1 and AU2.", "AU20 is the nostril flare.", "AU6 and AU12 suggest joy.")
RIGHT = ("AU6 and AU12 suggest joy.",)


def report(name: str, milliseconds: Sequence[float], target: float | None = None) -> None:
    high = quantiles(milliseconds, n=20)[-1]
    said = f"   target {target:g}" if target is not None else ""
    print(f"{name:44} median {median(milliseconds):6.2f}   95th of 100 {high:6.2f} ms{said}")


def time_loop(graph: EmotionGraph, records: Sequence[dict[str, Any]]) -> None:
    retriever = Retriever(graph)
    retriever.retrieve(records[0])
    for limit in (200, 1000):
        times = []
        for record in records:
            start = perf_counter()
            retriever.retrieve(record, limit=limit)
            times.append((perf_counter() - start) * 1e3)
        report(f"retrieval, {limit} facts", times, TARGET_RETRIEVAL_MS)
    effort = Effort(rounds=2, drafts=1, facts=200)
    model = ScriptedModel(answer(WRONG))
    reasoner = Reasoner(graph, model, settings=ReasonSettings(effort=effort))
    reasoner.reason(records[0])
    found = [reasoner.reason(record) for record in records]
    checks = [d.check_seconds * 1e3 for r in found for turn in r.rounds for d in turn.drafts]
    report("reading and checking a draft", checks)
    rounds = [r.seconds * 1e3 / len(r.rounds) for r in found]
    report("a round, model taken out", rounds, TARGET_ROUND_MS)
    alone = Reasoner(graph)
    report("the graph alone, all in all", [alone.reason(x).seconds * 1e3 for x in records])


def count_tokens(graph: EmotionGraph) -> None:
    for name, sentences in (("answers hold", RIGHT), ("answers never hold", WRONG)):
        spent = []
        for observation in (CLEAR, OPEN):
            model = ScriptedModel(answer(sentences))
            usage = Reasoner(graph, model).reason(observation).usage
            spent.append(usage.prompt_tokens + usage.completion_tokens)
        print(f"tokens, {name}: clear {spent[0]:,}, open {spent[1]:,}: {spent[0] / spent[1]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    print_run_info()
    graph = EmotionGraph.load()
    records = observations(graph, options.repeats, options.seed)
    print(f"{len(records)} observations, seed {options.seed}")
    time_loop(graph, records)
    count_tokens(graph)


if __name__ == "__main__":
    main()
