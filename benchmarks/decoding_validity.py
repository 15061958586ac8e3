"""Whether constrained answers of random weights are valid, and a device says what the processor says."""

from typing import Any

from decoding_runs import Bench, Subject, requests
from random_models import SHAPES, graph_tokenizer, random_model

from affectgraph.ontology.errors import ClaimError
from affectgraph.reasoner import CitedText
from affectgraph.reasoner.models import TransformersModel


def validity(bench: Bench, under: Subject, count: int) -> dict[str, Any]:
    """Return how many answers of random weights are valid and cite only what exists, greedy and drawn."""
    schema = bench.schema(1000, most_steps=3, longest=80)
    cited = CitedText(bench.facts, bench.graph.version, most_sentences=3, longest=80)
    known = {fact.text: fact for fact in bench.facts}
    asked = answers = valid = citations = existing = 0
    faults: list[str] = []
    for way in (schema, cited):
        room = way.constraint.reserve + 96
        greedy = requests(count // 4, way.constraint, room)
        drawn = requests(count // 4, way.constraint, room, temperature=1.0)
        for answer in under.ours.batch([*greedy, *drawn]):
            asked += 1
            answers += answer.finish_reason == "stop"
            try:
                read = way.read(answer.text)
            except ClaimError as error:
                faults.append(str(error))
                continue
            valid += 1
            citations += len(read.facts)
            existing += sum(known.get(fact.text) == fact for fact in read.facts)
    return {
        "size": under.size,
        "asked": asked,
        "ended_by_themselves": answers,
        "valid": valid,
        "first_faults": faults[:3],
        "facts_cited": citations,
        "facts_existing": existing,
    }


def equality(bench: Bench) -> dict[str, Any]:
    """Return whether the tiny model's greedy answers are the same on the processor and on the device."""
    tokenizer = graph_tokenizer(bench.graph, SHAPES["tiny"]["vocab_size"])
    cited = CitedText(bench.facts, bench.graph.version, most_sentences=2, longest=60)
    asked = [*requests(8, None, 64), *requests(8, cited.constraint, 320)]
    texts = {}
    for device in ("cpu", bench.device):
        model = random_model("tiny", tokenizer, device="cpu", dtype="float32").to(device)
        ours = TransformersModel(model, tokenizer, batch_size=8)
        texts[device] = [answer.text for answer in ours.batch(asked)]
        ours.close()
    same = sum(a == b for a, b in zip(texts["cpu"], texts[bench.device], strict=True))
    return {"device": bench.device, "answers": len(asked), "equal_to_cpu": same}
