"""Composes the reviews of the rating example from written parts. They are made up: nobody wrote them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from measures import SEED, read_jsonl

FOLDS = 3
PER_CORE = 5
CORE_FIRST = 0.7

THINGS = {
    "product": ("kettle", "speaker", "lamp", "phone"),
    "restaurant": ("bistro", "trattoria", "diner", "tavern"),
    "film": ("film", "thriller", "drama", "comedy"),
}

TONES = ("good", "middling", "bad")
TONE_ODDS = {
    1: (0.00, 0.15, 0.85),
    2: (0.05, 0.30, 0.65),
    3: (0.25, 0.50, 0.25),
    4: (0.65, 0.30, 0.05),
    5: (0.85, 0.15, 0.00),
}
"""How often an aside of each tone goes with a rating; set by hand."""


@dataclass(frozen=True, slots=True)
class Review:
    """A made-up review.

    :param rating: 1 to 5, the rating of its core.
    :param core: id of the sentence that carries the rating.
    :param fold: parts of one fold are in no review of another, so folds share no sentence.
    """

    text: str
    rating: int
    domain: str
    core: str
    fold: int


def composed_reviews() -> list[Review]:
    """Return five reviews for each core: the core and one or two asides, in the order of the cores."""
    parts = read_jsonl("review_parts.jsonl")
    cores = [part for part in parts if part["part"] == "core"]
    asides = [part for part in parts if part["part"] == "aside"]
    rng = random.Random(SEED)  # noqa: S311  (no secret hangs on it)
    return [
        review
        for place, core in enumerate(cores)
        for review in _reviews_of(core, _fold_of_core(place), asides, rng)
    ]


def _fold_of_core(place: int) -> int:
    """Return the fold of a core; four of a rating follow each other, and ratings start in turn."""
    return (place % 4 + place // 4) % FOLDS


def _reviews_of(
    core: dict[str, Any], fold: int, asides: Sequence[dict[str, Any]], rng: random.Random
) -> list[Review]:
    mine = [aside for aside in asides if aside["domain"] == core["domain"]]
    fitting = {tone: [a["text"] for a in mine if a["tone"] == tone][fold::FOLDS] for tone in TONES}
    texts: list[str] = []
    while len(texts) < PER_CORE:
        text = _text(core, fitting, rng)
        if text not in texts:
            texts.append(text)
    return [Review(text, core["rating"], core["domain"], core["id"], fold) for text in texts]


def _text(core: dict[str, Any], fitting: dict[str, list[str]], rng: random.Random) -> str:
    opening = core["text"].replace("{thing}", rng.choice(THINGS[core["domain"]]))
    chosen: list[str] = []
    for tone in rng.choices(TONES, TONE_ODDS[core["rating"]], k=rng.choice((1, 2))):
        left = [text for text in fitting[tone] if text not in chosen]
        chosen.append(rng.choice(left))
    sentences = [opening, *chosen] if rng.random() < CORE_FIRST else [*chosen, opening]
    return " ".join(sentences)
