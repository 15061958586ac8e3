"""Runs that the measurements of decoding share: requests, constraints without end, plain ``generate``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from affectgraph.kg.graph import EmotionGraph
from affectgraph.reasoner import CitableFact, CitedText, RationaleSchema
from affectgraph.reasoner.constrain import Constraint
from affectgraph.reasoner.models import GenerationRequest, Message, TransformersModel

SYSTEM = "You explain what a face and a text show. Cite a fact of the graph for each sentence."
OBSERVED = ("AU4", "AU5", "AU7", "AU23", "AU12", "AU6", "AU1", "AU2", "AU15", "AU20", "AU26", "AU9")


@dataclass(frozen=True)
class Bench:
    """What the measurements share.

    :param device: ``cuda`` or ``cpu``.
    :param facts: of the whole graph.
    """

    graph: EmotionGraph
    device: str
    facts: Sequence[CitableFact]
    tokens: int
    repeats: int

    def schema(self, count: int, **options: Any) -> RationaleSchema:
        """Return a schema over the first facts, with 137 emotions and all action units."""
        concepts = self.graph.index.concepts.values()
        emotions = [concept.slug for concept in concepts if concept.is_emotion]
        units = sorted(self.graph.index.units)
        facts = self.facts[:count]
        return RationaleSchema(facts, emotions, units, self.graph.version, **options)

    def endless(self) -> Constraint:
        """Return a schema that no answer of a run's length can close, so that all are equally long."""
        schema = self.schema(1000, most_steps=64, longest=200)
        return replace(schema.constraint, reserve=0)

    def endless_text(self) -> Constraint:
        """Return the grammar over the whole graph, likewise."""
        cited = CitedText(self.facts, self.graph.version, most_sentences=64, longest=200)
        return replace(cited.constraint, reserve=0)


@dataclass(frozen=True)
class Subject:
    """A model under measurement: as transformers has it, and behind the backend, without shared prompts."""

    size: str
    model: Any
    tokenizer: Any
    ours: TransformersModel


def requests(
    count: int, constraint: Constraint | None, tokens: int, **options: Any
) -> list[GenerationRequest]:
    """Return requests with different observations."""
    made = []
    for number in range(count):
        units = [OBSERVED[(number * step + step) % len(OBSERVED)] for step in (1, 5, 7)]
        observation = Message("user", f"Case {number}: {', '.join(units)} are seen. What is felt?")
        messages = (Message("system", SYSTEM), observation)
        made.append(GenerationRequest(messages, constraint, tokens, **options))
    return made


def backend(
    model: Any,
    tokenizer: Any,
    batch: int,
    *,
    reuse_prefix: bool = False,
    compile: bool = False,  # noqa: A002 - torch's own name for it
) -> TransformersModel:
    """Return the backend, for calls that bring their whole batch along."""
    return TransformersModel(
        model,
        tokenizer,
        batch_size=batch,
        batch_wait_seconds=0,
        reuse_prefix=reuse_prefix,
        compile=compile,
    )


def plain(model: Any, tokenizer: Any, batch: int, tokens: int) -> int:
    """Run transformers' ``generate`` greedily on the same prompts, and return the number of tokens."""
    import torch
    from transformers import GenerationConfig

    texts = [
        tokenizer.apply_chat_template(
            [{"role": m.role, "content": m.content} for m in request.messages],
            tokenize=False,
            add_generation_prompt=True,
        )
        for request in requests(batch, None, tokens)
    ]
    tokenizer.padding_side = "left"
    inputs = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    settings = GenerationConfig(  # type: ignore[no-untyped-call]
        max_new_tokens=tokens,
        min_new_tokens=None,
        do_sample=False,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    with torch.inference_mode():
        out = model.generate(
            input_ids=inputs["input_ids"].to(model.device),
            attention_mask=inputs["attention_mask"].to(model.device),
            generation_config=settings,
        )
    written = out[:, inputs["input_ids"].shape[1] :]
    return int((written != tokenizer.pad_token_id).sum())


def answered(
    model: TransformersModel, batch: int, constraint: Constraint | None, tokens: int
) -> int:
    """Run the backend and return the number of tokens."""
    answers = model.batch(requests(batch, constraint, tokens))
    return sum(answer.usage.completion_tokens for answer in answers)
